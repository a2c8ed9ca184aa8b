//! Bodies, desks, contacts: public, with their history.

use crate::{
    bilingual::Bilingual,
    context::placeholders,
    refusal::{Error, Result},
    running::Platform,
};
use jiff::civil::Date;
use ledger::{AsOf, Position, Row, Value, timeline::OPEN_DATE};

/// A body, as it was on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Organization {
    /// Id.
    pub id: String,
    /// Full name.
    pub name: Bilingual,
    /// Name by which documents address it.
    pub short: String,
    /// ministry, commerce, market_regulation, …
    pub kind: String,
    /// Code of the place it acts for.
    pub place: Option<String>,
    /// The body above.
    pub parent: Option<String>,
    /// Class of an enterprise, a statistic.
    pub ownership: Option<String>,
    /// Codes of industry standards that it owns.
    pub codes: Vec<String>,
    /// Whether the document of the list addresses it.
    pub addressed: bool,
    /// Whether it is illustrative.
    pub demo: bool,
    /// First day on which it was so.
    pub from: Date,
    /// First day on which it was no longer so; open where absent.
    pub to: Option<Date>,
    /// The entry by which it became known.
    pub known_from: Position,
}

/// A desk, as it was on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Desk {
    /// Id.
    pub id: String,
    /// The body.
    pub organization: String,
    /// Its name.
    pub name: Bilingual,
    /// How the public reaches it.
    pub contact: Option<String>,
}

/// How the public reaches a body of a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contact {
    /// Id of the body.
    pub organization: String,
    /// Name of the body.
    pub organization_name: Bilingual,
    /// Id of the desk.
    pub desk: String,
    /// Name of the desk.
    pub desk_name: Bilingual,
    /// Telephone, address, hours, as entered.
    pub contact: String,
}

/// Which bodies; absent fields do not narrow.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OrganizationFilter {
    /// Of this kind.
    pub kind: Option<String>,
    /// Acting for this place.
    pub place: Option<String>,
    /// Under this body.
    pub parent: Option<String>,
    /// After this id, for the next page; of bodies by id.
    pub after: Option<String>,
    /// By what they are sorted, and whether the other way round.
    pub order: (OrganizationKey, bool),
}

/// By what bodies are sorted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum OrganizationKey {
    /// Id.
    #[default]
    Id,
    /// What kind of body it is.
    Kind,
    /// Code of the place for which it acts; those of no place first.
    Place,
}

impl OrganizationKey {
    const fn column(self) -> &'static str {
        match self {
            Self::Id => "o.id",
            Self::Kind => "o.kind",
            Self::Place => "o.place",
        }
    }
}

const COLUMNS: &str = "o.id, o.valid_from, o.valid_to, o.from_position, o.name_zh, o.name_en, o.name_origin, o.short, \
    o.kind, o.place, o.parent, o.ownership, o.codes, o.addressed, o.demo";

fn filled(text: String) -> Option<String> {
    (!text.is_empty()).then_some(text)
}

fn shown(row: &Row) -> Result<Organization> {
    let id = row.text("id")?;
    let codes = serde_json::from_str(&row.text("codes")?).map_err(|e| Error::Data {
        what: format!("codes of organization {id}"),
        reason: e.to_string(),
    })?;
    let to = row.text("valid_to")?;
    Ok(Organization {
        name: Bilingual::from_row(row, "name_zh", "name_en", "name_origin")?,
        short: row.text("short")?,
        kind: row.text("kind")?,
        place: filled(row.text("place")?),
        parent: filled(row.text("parent")?),
        ownership: filled(row.text("ownership")?),
        codes,
        addressed: row.truth("addressed")?,
        demo: row.truth("demo")?,
        from: row.date("valid_from")?,
        to: if to == OPEN_DATE {
            None
        } else {
            Some(row.date("valid_to")?)
        },
        known_from: Position(row.integer("from_position")?),
        id,
    })
}

/// A body as of a day; nothing where it did not exist then.
pub async fn organization(platform: &Platform, id: &str, as_of: AsOf) -> Result<Option<Organization>> {
    let (holds, [date, known]) = as_of.condition("o", 2);
    let sql = format!("SELECT {COLUMNS} FROM organization o WHERE o.id = $1 AND {holds}");
    let row = platform.ledger().fetch_one(sql, vec![id.into(), date, known]).await?;
    row.as_ref().map(shown).transpose()
}

/// Bodies as of a day, by id or as the filter says, at most `limit`.
pub async fn organizations(
    platform: &Platform,
    filter: &OrganizationFilter,
    as_of: AsOf,
    limit: u32,
) -> Result<Vec<Organization>> {
    let (holds, [date, known]) = as_of.condition("o", 1);
    let mut values = vec![date, known];
    let mut sql = format!("SELECT {COLUMNS} FROM organization o WHERE {holds}");
    for (column, wanted) in [
        ("o.kind =", &filter.kind),
        ("o.place =", &filter.place),
        ("o.parent =", &filter.parent),
        ("o.id >", &filter.after),
    ] {
        if let Some(wanted) = wanted {
            values.push(Value::from(wanted));
            sql.push_str(&format!(" AND {column} ${}", values.len()));
        }
    }
    values.push(limit.into());
    let (key, down) = filter.order;
    let way = if down { " DESC" } else { "" };
    sql.push_str(&format!(
        " ORDER BY {}{way}, o.id LIMIT ${}",
        key.column(),
        values.len()
    ));
    let rows = platform.ledger().fetch(sql, values).await?;
    rows.iter().map(shown).collect()
}

/// The names and kinds that a body has had, as known at `known`, by day.
pub async fn organization_history(platform: &Platform, id: &str, known: Position) -> Result<Vec<Organization>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM organization o WHERE o.id = $1 AND o.from_position <= $2 AND o.to_position > $2 \
         ORDER BY o.valid_from"
    );
    let rows = platform.ledger().fetch(sql, vec![id.into(), known.into()]).await?;
    rows.iter().map(shown).collect()
}

/// How much a body holds, owes or guides on a day: obligations and tasks.
pub async fn work_of(platform: &Platform, id: &str, day: Date) -> Result<i64> {
    let (obligation, at) = AsOf::day(day).condition("o", 2);
    let (task, _) = AsOf::day(day).condition("t", 2);
    let sql = format!(
        "SELECT (SELECT COUNT(*) FROM obligation o WHERE (o.holder_organization = $1 OR o.organization = $1) AND {obligation}) \
         + (SELECT COUNT(*) FROM task t WHERE t.guiding = $1 AND {task}) AS n"
    );
    let mut values: Vec<Value> = vec![id.into()];
    values.extend(at);
    Ok(platform.ledger().count(sql, values).await?)
}

fn desk_of(row: &Row) -> Result<Desk> {
    Ok(Desk {
        id: row.text("id")?,
        organization: row.text("organization")?,
        name: Bilingual::from_row(row, "name_zh", "name_en", "name_origin")?,
        contact: filled(row.text("contact")?),
    })
}

const DESK: &str = "SELECT d.id, d.organization, d.name_zh, d.name_en, d.name_origin, d.contact FROM desk d WHERE";

/// The desks of a body as of a day.
pub async fn desks(platform: &Platform, organization: &str, as_of: AsOf) -> Result<Vec<Desk>> {
    let (holds, [date, known]) = as_of.condition("d", 2);
    let sql = format!("{DESK} d.organization = $1 AND {holds} ORDER BY d.id");
    let rows = platform
        .ledger()
        .fetch(sql, vec![organization.into(), date, known])
        .await?;
    rows.iter().map(desk_of).collect()
}

/// A desk as of a day; nothing where it was not open then.
pub async fn desk(platform: &Platform, id: &str, as_of: AsOf) -> Result<Option<Desk>> {
    let (holds, [date, known]) = as_of.condition("d", 2);
    let sql = format!("{DESK} d.id = $1 AND {holds}");
    let row = platform.ledger().fetch_one(sql, vec![id.into(), date, known]).await?;
    row.as_ref().map(desk_of).transpose()
}

/// How the public reaches the bodies of a place, as of a day; empty where nobody has entered a contact.
pub async fn contacts_of_place(platform: &Platform, place: &str, as_of: AsOf) -> Result<Vec<Contact>> {
    contacts(platform, "o.place = $3", &[place.to_owned()], as_of).await
}

/// How the public reaches some bodies, as of a day.
pub async fn contacts_of(platform: &Platform, bodies: &[String], as_of: AsOf) -> Result<Vec<Contact>> {
    if bodies.is_empty() {
        return Ok(Vec::new());
    }
    let condition = format!("o.id IN ({})", placeholders(3, bodies.len()));
    contacts(platform, &condition, bodies, as_of).await
}

/// Contacts under a condition whose values are numbered from `$3`.
async fn contacts(platform: &Platform, condition: &str, values: &[String], as_of: AsOf) -> Result<Vec<Contact>> {
    let (body, at) = as_of.condition("o", 1);
    let (desk, _) = as_of.condition("d", 1);
    let sql = format!(
        "SELECT o.id AS organization, o.name_zh, o.name_en, o.name_origin, d.id AS desk, d.name_zh AS desk_zh, \
         d.name_en AS desk_en, d.name_origin AS desk_origin, d.contact FROM organization o \
         JOIN desk d ON d.organization = o.id WHERE {condition} AND {body} AND {desk} AND d.contact <> '' \
         ORDER BY o.id, d.id"
    );
    let values = at.into_iter().chain(values.iter().map(Value::from)).collect();
    let rows = platform.ledger().fetch(sql, values).await?;
    rows.iter()
        .map(|row| {
            Ok(Contact {
                organization: row.text("organization")?,
                organization_name: Bilingual::from_row(row, "name_zh", "name_en", "name_origin")?,
                desk: row.text("desk")?,
                desk_name: Bilingual::from_row(row, "desk_zh", "desk_en", "desk_origin")?,
                contact: row.text("contact")?,
            })
        })
        .collect()
}
