//! Questions about uploads.

use super::Attachment;
use crate::{
    context::{PersonId, Reader, placeholders},
    history::query as history,
    obligation::event::Audience,
    refusal::{Error, Refusal, Result},
    running::Platform,
};
use jiff::Timestamp;
use ledger::{Position, Value};

/// Of these digests, the files that the person sent, under the names under which they sent them.
pub async fn sent(platform: &Platform, person: &PersonId, digests: &[String]) -> Result<Vec<Attachment>> {
    if digests.is_empty() {
        return Ok(Vec::new());
    }
    let sql = format!(
        "SELECT u.digest, u.name, f.size, f.media FROM upload u JOIN file f ON f.digest = u.digest AND f.referred >= 0 \
         WHERE u.person = $1 AND u.digest IN ({})",
        placeholders(2, digests.len())
    );
    let mut values: Vec<Value> = vec![(&person.0).into()];
    values.extend(digests.iter().map(Value::from));
    let rows = platform.ledger().fetch(sql, values).await?;
    rows.iter()
        .map(|row| {
            Ok(Attachment {
                sha256: row.text("digest")?,
                name: row.text("name")?,
                size: u64::try_from(row.integer("size")?).unwrap_or_default(),
                media: row.text("media")?,
            })
        })
        .collect::<Result<_, ledger::LedgerError>>()
        .map_err(Error::from)
}

/// The files that the body of an entry names. Pure.
pub fn of_body(body: &serde_json::Value) -> Vec<Attachment> {
    if let Some(files) = body.pointer("/evidence/files") {
        return serde_json::from_value(files.clone()).unwrap_or_default();
    }
    // A version of a text: what was sent, and what was read from it.
    ["/original", "/source"]
        .iter()
        .filter_map(|name| serde_json::from_value(body.pointer(name)?.clone()).ok())
        .collect()
}

/// A file of an entry, and who may see the entry; unseen where the reader may not, or the entry has no such file.
pub async fn attached(
    platform: &Platform,
    reader: &Reader,
    position: Position,
    digest: &str,
) -> Result<(Attachment, Audience)> {
    let entry = history::entry(platform, reader, position).await?.entry;
    let file = of_body(&entry.body).into_iter().find(|file| file.sha256 == digest);
    Ok((file.ok_or_else(Refusal::unseen)?, entry.audience))
}

/// How many files of a person wait for an event.
pub async fn waiting(platform: &Platform, person: &PersonId) -> Result<i64> {
    let sql =
        "SELECT COUNT(*) AS n FROM upload u JOIN file f ON f.digest = u.digest WHERE u.person = $1 AND f.referred = 0";
    Ok(platform.ledger().count(sql, vec![Value::from(&person.0)]).await?)
}

/// Uploads of before an instant whose person may forget them: who, and which file.
pub(super) async fn old(platform: &Platform, before: Timestamp, limit: u32) -> Result<Vec<(String, String)>> {
    let sql = "SELECT person, digest FROM upload WHERE at < $1 ORDER BY at, person, digest LIMIT $2";
    let rows = platform.ledger().fetch(sql, vec![before.into(), limit.into()]).await?;
    rows.iter()
        .map(|row| Ok((row.text("person")?, row.text("digest")?)))
        .collect::<Result<_, ledger::LedgerError>>()
        .map_err(Error::from)
}
