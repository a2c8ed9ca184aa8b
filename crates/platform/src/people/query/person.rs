//! Persons and memberships, by opaque ids.

use crate::{
    context::PersonId,
    people::{event::Ground, state::Membership},
    refusal::{Error, Result},
    rights::Role,
    running::Platform,
};
use jiff::{Timestamp, civil::Date};
use ledger::{Row, Value};

/// A membership with whose it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// The person.
    pub person: PersonId,
    /// Id of the membership among the person's.
    pub id: String,
    /// What it gives.
    pub membership: Membership,
}

/// A person, without a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonRow {
    /// Id.
    pub id: PersonId,
    /// When the account was made.
    pub entered: Timestamp,
    /// Since when the person is gone.
    pub left_on: Option<Date>,
    /// Whether name and address were erased.
    pub erased: bool,
    /// When, and on what ground where that was told.
    pub removed: Option<Removed>,
    /// Whether it is illustrative.
    pub demo: bool,
}

/// A role and places as they stand in a row.
pub(super) fn membership(row: &Row) -> Result<Membership> {
    let id = row.text("id")?;
    let unreadable = |what: &str, reason: String| Error::Data {
        what: format!("{what} of membership {id}"),
        reason,
    };
    let role = row.text("role")?;
    let desk = row.text("desk")?;
    Ok(Membership {
        organization: row.text("organization")?,
        desk: (!desk.is_empty()).then_some(desk),
        role: Role::parse(&role).ok_or_else(|| unreadable("role", format!("`{role}` is no role")))?,
        places: serde_json::from_str(&row.text("places")?).map_err(|e| unreadable("places", e.to_string()))?,
        from: row.date("from_day")?,
        until: row.date_or_null("until_day")?,
    })
}

fn member(row: &Row) -> Result<Member> {
    Ok(Member {
        person: PersonId(row.text("person")?),
        id: row.text("id")?,
        membership: membership(row)?,
    })
}

const MEMBER: &str = "SELECT m.id, m.person, m.organization, m.desk, m.role, m.places, m.from_day, m.until_day \
    FROM membership m JOIN person p ON p.id = m.person";

/// Who belongs to a body on a day.
pub async fn members(platform: &Platform, organization: &str, day: Date) -> Result<Vec<Member>> {
    let sql = format!(
        "{MEMBER} WHERE m.organization = $1 AND m.from_day <= $2 AND (m.until_day IS NULL OR m.until_day >= $2) \
         AND (p.left_on IS NULL OR p.left_on > $2) ORDER BY m.person, m.id"
    );
    let rows = platform
        .ledger()
        .fetch(sql, vec![organization.into(), day.into()])
        .await?;
    rows.iter().map(member).collect()
}

/// Who holds a role on a day, in whichever body.
pub async fn holders(platform: &Platform, role: Role, day: Date) -> Result<Vec<Member>> {
    let sql = format!(
        "{MEMBER} WHERE m.role = $1 AND m.from_day <= $2 AND (m.until_day IS NULL OR m.until_day >= $2) \
         AND (p.left_on IS NULL OR p.left_on > $2) ORDER BY m.organization, m.person, m.id"
    );
    let rows = platform.ledger().fetch(sql, vec![role.id().into(), day.into()]).await?;
    rows.iter().map(member).collect()
}

/// Who holds a membership in a body on a day or after it.
pub async fn members_from(platform: &Platform, organization: &str, day: Date) -> Result<Vec<PersonId>> {
    let sql = "SELECT DISTINCT person FROM membership WHERE organization = $1 AND (until_day IS NULL OR until_day >= $2) \
               ORDER BY person";
    let rows = platform
        .ledger()
        .fetch(sql, vec![organization.into(), day.into()])
        .await?;
    rows.iter().map(|row| Ok(PersonId(row.text("person")?))).collect()
}

/// All memberships of a person, ended ones too.
pub async fn memberships_of(platform: &Platform, person: &PersonId) -> Result<Vec<Member>> {
    let sql = format!("{MEMBER} WHERE m.person = $1 ORDER BY m.from_day, m.id");
    let rows = platform.ledger().fetch(sql, vec![Value::from(&person.0)]).await?;
    rows.iter().map(member).collect()
}

/// That what was known of a person was removed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Removed {
    /// When.
    pub on: Date,
    /// On what ground; absent where the log does not say.
    pub ground: Option<Ground>,
}

impl Removed {
    /// From the columns `erased_on` and `erased_ground`.
    pub(super) fn of(row: &Row) -> Result<Option<Self>> {
        let ground = row.text_or_null("erased_ground")?.unwrap_or_default();
        Ok(row.date_or_null("erased_on")?.map(|on| Self {
            on,
            ground: Ground::parse(&ground),
        }))
    }
}

/// That a person's second factor was taken away, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FactorRemoved {
    /// When.
    pub at: Timestamp,
    /// In the words of whoever did it.
    pub reason: String,
}

/// When and why a person's second factor was last taken away; nothing where it never was.
pub async fn factor_removed(platform: &Platform, person: &PersonId) -> Result<Option<FactorRemoved>> {
    let sql =
        "SELECT factor_removed_at, factor_removed_why FROM person WHERE id = $1 AND factor_removed_at IS NOT NULL";
    let row = platform.ledger().fetch_one(sql, vec![Value::from(&person.0)]).await?;
    row.map(|row| {
        Ok(FactorRemoved {
            at: row.instant("factor_removed_at")?,
            reason: row.text("factor_removed_why")?,
        })
    })
    .transpose()
}

fn person_row(row: &Row) -> Result<PersonRow> {
    Ok(PersonRow {
        id: PersonId(row.text("id")?),
        entered: row.instant("entered_at")?,
        left_on: row.date_or_null("left_on")?,
        erased: row.truth("erased")?,
        removed: Removed::of(row)?,
        demo: row.truth("demo")?,
    })
}

/// A person by id.
pub async fn person(platform: &Platform, id: &PersonId) -> Result<Option<PersonRow>> {
    let sql = "SELECT id, entered_at, left_on, erased, erased_on, erased_ground, demo FROM person WHERE id = $1";
    let row = platform.ledger().fetch_one(sql, vec![Value::from(&id.0)]).await?;
    row.as_ref().map(person_row).transpose()
}

/// Persons by id, after one, at most `limit`: for the page of whoever manages them.
pub async fn persons(platform: &Platform, after: Option<&PersonId>, limit: u32) -> Result<Vec<PersonRow>> {
    let sql = "SELECT id, entered_at, left_on, erased, erased_on, erased_ground, demo FROM person WHERE id > $1 ORDER BY id LIMIT $2";
    let after = after.map_or("", |id| &id.0);
    let rows = platform.ledger().fetch(sql, vec![after.into(), limit.into()]).await?;
    rows.iter().map(person_row).collect()
}
