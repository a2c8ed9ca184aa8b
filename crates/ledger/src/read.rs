//! Questions to the ledger: events, and rows.

use crate::{
    error::LedgerError,
    event::{ActorId, Position, Recorded, StreamName, Version},
    ledger::Ledger,
    statement::{one, placeholders, rows},
    value::{Row, Value},
};
use jiff::{Timestamp, civil::Date};
use sea_orm::ConnectionTrait;

/// The columns of an event, in the order in which they are hashed.
pub(crate) const EVENT_COLUMNS: &str =
    "position, stream, version, kind, schema, at, effective, actor, cause, body, previous_hash, hash";

/// An event from its row. A column that holds another spelling than the one that was hashed is refused.
pub(crate) fn recorded(row: &Row) -> Result<Recorded, LedgerError> {
    Ok(Recorded {
        position: Position(row.integer("position")?),
        stream: StreamName::parse(&row.text("stream")?)?,
        version: Version(row.integer("version")?),
        kind: row.text("kind")?,
        schema: u32::try_from(row.integer("schema")?).map_err(|source| LedgerError::Column {
            column: "schema".to_owned(),
            reason: source.to_string(),
        })?,
        at: row.instant("at")?,
        effective: spelled(row)?,
        actor: ActorId(row.text("actor")?),
        cause: row.text("cause")?,
        body: row.text("body")?,
        previous_hash: row.bytes("previous_hash")?,
        hash: row.bytes("hash")?,
    })
}

/// The date, which must stand as it is printed.
fn spelled(row: &Row) -> Result<Date, LedgerError> {
    let date = row.date("effective")?;
    let text = row.text("effective")?;
    if date.to_string() == text {
        return Ok(date);
    }
    Err(LedgerError::Column {
        column: "effective".to_owned(),
        reason: format!("`{text}` is not written as {date}"),
    })
}

/// Events of some streams, by stream and version.
pub(crate) async fn events_of<C: ConnectionTrait>(
    connection: &C,
    streams: &[StreamName],
) -> Result<Vec<Recorded>, LedgerError> {
    let mut events = Vec::new();
    for some in streams.chunks(500) {
        let sql = format!(
            "SELECT {EVENT_COLUMNS} FROM events WHERE stream IN ({}) ORDER BY stream, version",
            placeholders(1, some.len())
        );
        let names = some.iter().map(|stream| stream.as_str().into()).collect();
        for row in rows(connection, sql, names).await? {
            events.push(recorded(&row)?);
        }
    }
    Ok(events)
}

/// Events after a position, at most `limit`, in order.
pub(crate) async fn events_after<C: ConnectionTrait>(
    connection: &C,
    after: Position,
    limit: i64,
) -> Result<Vec<Recorded>, LedgerError> {
    log_after(connection, after, limit)
        .await?
        .iter()
        .map(recorded)
        .collect()
}

/// The rows of events after a position, at most `limit`, in order.
pub(crate) async fn log_after<C: ConnectionTrait>(
    connection: &C,
    after: Position,
    limit: i64,
) -> Result<Vec<Row>, LedgerError> {
    let sql = format!("SELECT {EVENT_COLUMNS} FROM events WHERE position > $1 ORDER BY position LIMIT $2");
    Ok(rows(connection, sql, vec![after.into(), limit.into()]).await?)
}

/// Where the log stands.
pub(crate) async fn head_of<C: ConnectionTrait>(connection: &C) -> Result<(Position, Vec<u8>), LedgerError> {
    let row = one(connection, "SELECT position, hash FROM head WHERE id = 1", vec![]).await?;
    let Some(row) = row else {
        return Err(LedgerError::Broken {
            position: Position::START,
            what: "the head row is missing".to_owned(),
        });
    };
    Ok((Position(row.integer("position")?), row.bytes("hash")?))
}

impl Ledger {
    /// All events of a stream, in order; none where it does not exist.
    pub async fn stream(&self, stream: &StreamName) -> Result<Vec<Recorded>, LedgerError> {
        events_of(self.inner.database.reader(), std::slice::from_ref(stream)).await
    }

    /// All events of several streams, by stream and then in order.
    pub async fn streams(&self, streams: &[StreamName]) -> Result<Vec<Recorded>, LedgerError> {
        events_of(self.inner.database.reader(), streams).await
    }

    /// The version at which a stream stands; [`Version::NONE`] where it has no events.
    pub async fn version(&self, stream: &StreamName) -> Result<Version, LedgerError> {
        let row = self
            .fetch_one(
                "SELECT version FROM stream WHERE name = $1",
                vec![stream.as_str().into()],
            )
            .await?;
        row.map_or(Ok(Version::NONE), |row| Ok(Version(row.integer("version")?)))
    }

    /// The events after a position, at most `limit`, in order.
    pub async fn events(&self, after: Position, limit: u32) -> Result<Vec<Recorded>, LedgerError> {
        events_after(self.inner.database.reader(), after, limit.into()).await
    }

    /// The event at a position.
    pub async fn event(&self, position: Position) -> Result<Option<Recorded>, LedgerError> {
        let sql = format!("SELECT {EVENT_COLUMNS} FROM events WHERE position = $1");
        self.fetch_one(sql, vec![position.into()])
            .await?
            .as_ref()
            .map(recorded)
            .transpose()
    }

    /// The position and hash of the last event; [`Position::START`] and zeros while there is none.
    pub async fn head(&self) -> Result<(Position, Vec<u8>), LedgerError> {
        head_of(self.inner.database.reader()).await
    }

    /// The last position recorded at or before an instant: what `known_at` means.
    pub async fn position_at(&self, instant: Timestamp) -> Result<Position, LedgerError> {
        let sql = "SELECT position FROM events WHERE at <= $1 ORDER BY at DESC, position DESC LIMIT 1";
        let row = self.fetch_one(sql, vec![instant.into()]).await?;
        row.map_or(Ok(Position::START), |row| Ok(Position(row.integer("position")?)))
    }

    /// The rows of a query; `$1`, `$2` … stand for the values. Ask for columns by name, and for integers as BIGINT
    /// (`count(*)`, `CAST(sum(x) AS BIGINT)`).
    pub async fn fetch(&self, sql: impl Into<String>, values: Vec<Value>) -> Result<Vec<Row>, LedgerError> {
        Ok(rows(self.inner.database.reader(), sql, values).await?)
    }

    /// The first row of a query, if there is one.
    pub async fn fetch_one(&self, sql: impl Into<String>, values: Vec<Value>) -> Result<Option<Row>, LedgerError> {
        Ok(one(self.inner.database.reader(), sql, values).await?)
    }

    /// The one integer of a query whose column is called `n`: `SELECT count(*) AS n FROM …`.
    pub async fn count(&self, sql: impl Into<String>, values: Vec<Value>) -> Result<i64, LedgerError> {
        self.fetch_one(sql, values).await?.map_or(Ok(0), |row| row.integer("n"))
    }
}
