//! What sign-in and administration need to know: credentials, sessions, keys, tokens, substitutions.

use super::person::membership;
use crate::{
    context::{PersonId, placeholders},
    people::{
        event::Ground,
        profile::{self, Profile, field_id},
        state::Holding,
    },
    refusal::{Error, Result},
    rights::{Grant, Role},
    running::Platform,
};
use identity::sealing::{LookupField, PersonKey};
use jiff::{Timestamp, civil::Date};
use ledger::{Row, Value};

/// Who signs in, and with what.
#[derive(Debug, Clone)]
pub struct Account {
    /// Who.
    pub person: PersonId,
    /// Whether the person may still sign in.
    pub present: bool,
    /// The stored hash; empty where no password was set yet.
    pub password: String,
    /// Whether the password must be changed first.
    pub must_change: bool,
    /// The sealed secret of the second factor; empty where there is none.
    pub totp: Vec<u8>,
    /// The one that was offered and not confirmed yet.
    pub totp_offered: Vec<u8>,
    /// The step that was accepted last.
    pub totp_last_step: i64,
    /// Digests of unused recovery codes, as JSON.
    pub recovery: String,
}

const ACCOUNT: &str = "SELECT p.id AS person, p.left_on, p.erased, c.password, c.must_change, c.totp, c.totp_offered, \
    c.totp_last_step, c.recovery FROM person p JOIN credential c ON c.person = p.id";

fn account(row: &Row) -> Result<Account> {
    Ok(Account {
        person: PersonId(row.text("person")?),
        present: row.text_or_null("left_on")?.is_none() && !row.truth("erased")?,
        password: row.text("password")?,
        must_change: row.truth("must_change")?,
        totp: row.bytes("totp")?,
        totp_offered: row.bytes("totp_offered")?,
        totp_last_step: row.integer("totp_last_step")?,
        recovery: row.text("recovery")?,
    })
}

/// The account of a login, given the digests under which it may stand.
pub async fn by_login(platform: &Platform, digests: &[String]) -> Result<Option<Account>> {
    let sql = format!(
        "{ACCOUNT} JOIN person_digest d ON d.person = p.id WHERE d.field = 'login' AND d.digest IN ({})",
        placeholders(1, digests.len())
    );
    let values = digests.iter().map(Value::from).collect();
    let row = platform.ledger().fetch_one(sql, values).await?;
    row.as_ref().map(account).transpose()
}

/// The account of a person; nothing where no password was ever set.
pub async fn of_person(platform: &Platform, person: &PersonId) -> Result<Option<Account>> {
    let sql = format!("{ACCOUNT} WHERE p.id = $1");
    let row = platform.ledger().fetch_one(sql, vec![Value::from(&person.0)]).await?;
    row.as_ref().map(account).transpose()
}

/// The persons to whom a login or an address belongs.
pub async fn found_by(platform: &Platform, field: LookupField, value: &str) -> Result<Vec<PersonId>> {
    let digests = profile::digests(platform.keys(), field, value);
    let sql = format!(
        "SELECT person FROM person_digest WHERE field = $1 AND digest IN ({}) ORDER BY person",
        placeholders(2, digests.len())
    );
    let mut values = vec![Value::from(field_id(field))];
    values.extend(digests.iter().map(Value::from));
    let rows = platform.ledger().fetch(sql, values).await?;
    rows.iter().map(|row| Ok(PersonId(row.text("person")?))).collect()
}

/// The digests by which a person is found, with their fields.
pub async fn digests_of(platform: &Platform, person: &PersonId) -> Result<Vec<(String, String)>> {
    let sql = "SELECT field, digest FROM person_digest WHERE person = $1 ORDER BY field";
    let rows = platform.ledger().fetch(sql, vec![Value::from(&person.0)]).await?;
    rows.iter()
        .map(|row| Ok((row.text("field")?, row.text("digest")?)))
        .collect()
}

/// A person's key; nothing where it was destroyed.
pub async fn key(platform: &Platform, person: &PersonId) -> Result<Option<PersonKey>> {
    let sql = "SELECT wrapped FROM person_key WHERE person = $1";
    let row = platform.ledger().fetch_one(sql, vec![Value::from(&person.0)]).await?;
    row.map(|row| profile::key_of(platform.keys(), &person.0, &row.text("wrapped")?))
        .transpose()
}

/// A person's profile; nothing where it was erased.
pub async fn profile(platform: &Platform, person: &PersonId) -> Result<Option<Profile>> {
    let sql = "SELECT k.wrapped, s.content FROM person_key k, sealed s WHERE k.person = $1 AND s.record = $2";
    let values = vec![Value::from(&person.0), profile::record(&person.0).into()];
    let row = platform.ledger().fetch_one(sql, values).await?;
    row.map(|row| {
        let key = profile::key_of(platform.keys(), &person.0, &row.text("wrapped")?)?;
        profile::open(&key, &person.0, row.bytes("content")?)
    })
    .transpose()
}

/// The instants of failures since `since` of a login or an address (`column`).
pub async fn failures(platform: &Platform, login: &str, address: &str, since: i64) -> Result<(Vec<i64>, Vec<i64>)> {
    let sql = "SELECT login, address, at FROM sign_in_failure WHERE at >= $3 AND (login = $1 OR address = $2) \
               ORDER BY at DESC LIMIT 2000";
    let rows = platform
        .ledger()
        .fetch(sql, vec![login.into(), address.into(), since.into()])
        .await?;
    let (mut of_login, mut of_address) = (Vec::new(), Vec::new());
    for row in rows {
        let at = row.integer("at")?;
        if row.text("login")? == login {
            of_login.push(at);
        }
        if row.text("address")? == address {
            of_address.push(at);
        }
    }
    Ok((of_login, of_address))
}

/// A session that was not ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionRow {
    /// Digest of its token.
    pub digest: String,
    /// Id by which its owner names it.
    pub id: String,
    /// Whose.
    pub person: PersonId,
    /// When it began.
    pub created: Timestamp,
    /// When it was used last.
    pub last_seen: Timestamp,
    /// When it ends in any case.
    pub expires: Timestamp,
    /// Whether a second factor was shown.
    pub second_factor: bool,
    /// Whether the second factor is still to be shown.
    pub pending: bool,
    /// Browser and system.
    pub agent: String,
    /// Whether its person may still sign in.
    pub present: bool,
}

const SESSION: &str = "SELECT s.digest, s.id, s.person, s.created, s.last_seen, s.expires, s.second_factor, s.pending, \
    s.agent, p.left_on, p.erased FROM session s JOIN person p ON p.id = s.person WHERE s.revoked IS NULL";

fn session_row(row: &Row) -> Result<SessionRow> {
    Ok(SessionRow {
        digest: row.text("digest")?,
        id: row.text("id")?,
        person: PersonId(row.text("person")?),
        created: row.instant("created")?,
        last_seen: row.instant("last_seen")?,
        expires: row.instant("expires")?,
        second_factor: row.truth("second_factor")?,
        pending: row.truth("pending")?,
        agent: row.text("agent")?,
        present: row.text_or_null("left_on")?.is_none() && !row.truth("erased")?,
    })
}

/// A session by the digest of its token.
pub async fn session(platform: &Platform, digest: &str) -> Result<Option<SessionRow>> {
    let sql = format!("{SESSION} AND s.digest = $1");
    let row = platform.ledger().fetch_one(sql, vec![digest.into()]).await?;
    row.as_ref().map(session_row).transpose()
}

/// The sessions of a person, latest first.
pub async fn sessions(platform: &Platform, person: &PersonId) -> Result<Vec<SessionRow>> {
    let sql = format!("{SESSION} AND s.person = $1 ORDER BY s.last_seen DESC, s.id");
    let rows = platform.ledger().fetch(sql, vec![Value::from(&person.0)]).await?;
    rows.iter().map(session_row).collect()
}

/// A personal key that was not ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyRow {
    /// Digest of its token.
    pub digest: String,
    /// Id by which its owner names it.
    pub id: String,
    /// Whose.
    pub person: PersonId,
    /// What its owner calls it.
    pub name: String,
    /// The actions to which it is bound.
    pub scopes: Vec<String>,
    /// When it was made.
    pub created: Timestamp,
    /// When it was used last.
    pub last_used: Option<Timestamp>,
    /// When it ends in any case.
    pub expires: Option<Timestamp>,
    /// Whether its person may still act.
    pub present: bool,
}

const KEY: &str = "SELECT k.digest, k.id, k.person, k.name, k.scopes, k.created, k.last_used, k.expires, p.left_on, \
    p.erased FROM api_key k JOIN person p ON p.id = k.person WHERE k.revoked IS NULL";

fn key_row(row: &Row) -> Result<KeyRow> {
    let instant = |column: &str| -> Result<Option<Timestamp>> {
        row.integer_or_null(column)?
            .map(|micros| {
                Timestamp::from_microsecond(micros).map_err(|e| Error::Data {
                    what: format!("{column} of a key"),
                    reason: e.to_string(),
                })
            })
            .transpose()
    };
    Ok(KeyRow {
        digest: row.text("digest")?,
        id: row.text("id")?,
        person: PersonId(row.text("person")?),
        name: row.text("name")?,
        scopes: serde_json::from_str(&row.text("scopes")?).map_err(|e| Error::Data {
            what: "scopes of a key".to_owned(),
            reason: e.to_string(),
        })?,
        created: row.instant("created")?,
        last_used: instant("last_used")?,
        expires: instant("expires")?,
        present: row.text_or_null("left_on")?.is_none() && !row.truth("erased")?,
    })
}

/// A key by the digest of its token.
pub async fn api_key(platform: &Platform, digest: &str) -> Result<Option<KeyRow>> {
    let sql = format!("{KEY} AND k.digest = $1");
    let row = platform.ledger().fetch_one(sql, vec![digest.into()]).await?;
    row.as_ref().map(key_row).transpose()
}

/// The keys of a person.
pub async fn api_keys(platform: &Platform, person: &PersonId) -> Result<Vec<KeyRow>> {
    let sql = format!("{KEY} AND k.person = $1 ORDER BY k.created, k.id");
    let rows = platform.ledger().fetch(sql, vec![Value::from(&person.0)]).await?;
    rows.iter().map(key_row).collect()
}

/// What a person may act as on a day: own memberships in force, and those of persons for whom they stand in, in the
/// bodies to which they belong themselves.
pub async fn grants(platform: &Platform, person: &PersonId, day: Date) -> Result<Vec<Grant>> {
    let force = "m.from_day <= $2 AND (m.until_day IS NULL OR m.until_day >= $2)";
    let columns = "m.id, m.organization, m.desk, m.role, m.places, m.from_day, m.until_day";
    let sql = format!(
        "SELECT {columns}, '' AS instead_of FROM membership m WHERE m.person = $1 AND {force} \
         UNION ALL SELECT {columns}, m.person AS instead_of FROM substitution s \
         JOIN membership m ON m.person = s.person JOIN person p ON p.id = s.person \
         WHERE s.substitute = $1 AND s.from_day <= $2 AND s.until_day >= $2 AND {force} \
         AND p.left_on IS NULL AND p.erased = 0 AND m.organization IN (SELECT o.organization FROM membership o \
         WHERE o.person = $1 AND o.from_day <= $2 AND (o.until_day IS NULL OR o.until_day >= $2)) \
         ORDER BY 8, 1"
    );
    let rows = platform
        .ledger()
        .fetch(sql, vec![Value::from(&person.0), day.into()])
        .await?;
    rows.iter()
        .map(|row| {
            let given = membership(row)?;
            let instead_of = row.text("instead_of")?;
            Ok(Grant {
                role: given.role,
                organization: given.organization,
                desk: given.desk,
                places: given.places,
                membership: row.text("id")?,
                standing_in_for: (!instead_of.is_empty()).then_some(instead_of),
            })
        })
        .collect()
}

/// What is held by those for whom a person stands in and by those who stand in for them, within the days of the
/// substitution, with the persons themselves.
pub async fn related(platform: &Platform, person: &PersonId, today: Date) -> Result<Vec<(PersonId, Holding)>> {
    let sql = "SELECT m.person, m.role, m.from_day, m.until_day, s.from_day AS first_day, s.until_day AS last_day \
        FROM substitution s JOIN membership m ON m.person = CASE WHEN s.person = $1 THEN s.substitute ELSE s.person END \
        WHERE (s.person = $1 OR s.substitute = $1) AND s.until_day >= $2 ORDER BY m.person, m.id";
    let rows = platform
        .ledger()
        .fetch(sql, vec![Value::from(&person.0), today.into()])
        .await?;
    let mut related = Vec::new();
    for row in rows {
        let Some(role) = Role::parse(&row.text("role")?) else {
            continue;
        };
        let held = Holding {
            role,
            from: row.date("from_day")?,
            until: row.date_or_null("until_day")?.unwrap_or(Date::MAX),
        };
        let (first, last) = (row.date("first_day")?, row.date("last_day")?);
        related.extend(
            held.within(first, last)
                .map(|holding| Ok::<_, Error>((PersonId(row.text("person")?), holding)))
                .transpose()?,
        );
    }
    Ok(related)
}

/// How many others hold a role from `day` on without an end.
pub async fn others_holding(platform: &Platform, role: Role, except: &PersonId, day: Date) -> Result<i64> {
    let sql = "SELECT count(*) AS n FROM membership m JOIN person p ON p.id = m.person WHERE m.role = $1 \
               AND m.person <> $2 AND m.from_day <= $3 AND m.until_day IS NULL AND p.left_on IS NULL AND p.erased = 0";
    let values = vec![role.id().into(), Value::from(&except.0), day.into()];
    Ok(platform.ledger().count(sql, values).await?)
}

/// Whether anybody has ever held a role.
pub async fn ever_held(platform: &Platform, role: Role) -> Result<bool> {
    let sql = "SELECT count(*) AS n FROM membership WHERE role = $1";
    Ok(platform.ledger().count(sql, vec![role.id().into()]).await? > 0)
}

/// A token that was handed out and not used yet: whose, what for, until when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenRow {
    /// Whose; empty for the token of the first administrator.
    pub person: PersonId,
    /// invitation, reset or first_administrator.
    pub kind: String,
    /// Until when.
    pub expires: Timestamp,
}

/// A token by its digest.
pub async fn token(platform: &Platform, digest: &str) -> Result<Option<TokenRow>> {
    let sql = "SELECT person, kind, expires FROM person_token WHERE digest = $1";
    let row = platform.ledger().fetch_one(sql, vec![digest.into()]).await?;
    row.map(|row| {
        Ok(TokenRow {
            person: PersonId(row.text("person")?),
            kind: row.text("kind")?,
            expires: row.instant("expires")?,
        })
    })
    .transpose()
}

/// How many tokens of a person stand at `now`.
pub async fn tokens_standing(platform: &Platform, person: &PersonId, now: Timestamp) -> Result<i64> {
    let sql = "SELECT count(*) AS n FROM person_token WHERE person = $1 AND expires > $2";
    Ok(platform
        .ledger()
        .count(sql, vec![Value::from(&person.0), now.into()])
        .await?)
}

/// How many letters to a person wait to be sent.
pub async fn letters_waiting(platform: &Platform, person: &PersonId) -> Result<i64> {
    let sql = "SELECT count(*) AS n FROM outbox WHERE recipient = $1 AND state IN ('pending', 'leased')";
    Ok(platform.ledger().count(sql, vec![Value::from(&person.0)]).await?)
}

/// Who holds a claim, by stream.
pub async fn claim_holder(platform: &Platform, kind: &str, value: &str) -> Result<Option<String>> {
    let sql = "SELECT holder FROM claim WHERE kind = $1 AND value = $2";
    let row = platform
        .ledger()
        .fetch_one(sql, vec![kind.into(), value.into()])
        .await?;
    row.map(|row| Ok(row.text("holder")?)).transpose()
}

/// An entry of the list of erasures.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Erasure {
    /// Who was erased.
    pub person: PersonId,
    /// When.
    pub at: Timestamp,
    /// On what ground; absent where the log does not say.
    pub ground: Option<Ground>,
}

/// Whom this database knows to be erased: its list, and those whom the log names.
pub async fn erasures(platform: &Platform) -> Result<Vec<Erasure>> {
    let sql = "SELECT e.person AS person, e.at AS at, e.ground AS ground FROM erasure e UNION ALL \
        SELECT p.id AS person, p.entered_at AS at, p.erased_ground AS ground FROM person p WHERE p.erased = 1 \
        AND NOT EXISTS (SELECT 1 FROM erasure l WHERE l.person = p.id) ORDER BY 1";
    let rows = platform.ledger().fetch(sql, vec![]).await?;
    rows.iter()
        .map(|row| {
            Ok(Erasure {
                person: PersonId(row.text("person")?),
                at: row.instant("at")?,
                ground: Ground::parse(&row.text("ground")?),
            })
        })
        .collect()
}

/// Which of these codes are places as known now.
pub async fn places_known(platform: &Platform, codes: &[String]) -> Result<Vec<String>> {
    if codes.is_empty() {
        return Ok(Vec::new());
    }
    let sql = format!(
        "SELECT DISTINCT id FROM place WHERE id IN ({})",
        placeholders(1, codes.len())
    );
    let values = codes.iter().map(Value::from).collect();
    let rows = platform.ledger().fetch(sql, values).await?;
    rows.iter().map(|row| Ok(row.text("id")?)).collect()
}

/// Sessions, tokens and failures that are of no more use at `now`: the digests, tokens' digests and failures' ids.
pub async fn spent(
    platform: &Platform,
    now: Timestamp,
    failures_before: i64,
) -> Result<(Vec<String>, Vec<String>, Vec<String>)> {
    let list = async |sql: &str, before: Value| -> Result<Vec<String>> {
        let rows = platform.ledger().fetch(sql, vec![before]).await?;
        rows.iter().map(|row| Ok(row.text("id")?)).collect()
    };
    Ok((
        list(
            "SELECT digest AS id FROM session WHERE expires < $1 LIMIT 500",
            now.into(),
        )
        .await?,
        list(
            "SELECT digest AS id FROM person_token WHERE expires < $1 LIMIT 500",
            now.into(),
        )
        .await?,
        list(
            "SELECT id FROM sign_in_failure WHERE at < $1 LIMIT 500",
            failures_before.into(),
        )
        .await?,
    ))
}

/// How many events of the log a person has recorded.
pub async fn recorded_by(platform: &Platform, person: &PersonId) -> Result<i64> {
    let sql = "SELECT count(*) AS n FROM entry WHERE actor = $1";
    Ok(platform.ledger().count(sql, vec![Value::from(&person.0)]).await?)
}
