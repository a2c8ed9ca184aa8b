//! Checkpoints: signed heads of the log, kept in the database and outside it, so that a removed tail or a log that was
//! hashed afresh is found.

use crate::{
    chain,
    database::Access,
    error::LedgerError,
    event::Position,
    ledger::{Inner, Ledger},
    read,
    statement::{execute, rows},
    value::Row,
};
use async_trait::async_trait;
use jiff::Timestamp;
use sea_orm::ConnectionTrait;
use serde::{Deserialize, Serialize};

/// A checkpoint is written each time the log passes a multiple of this.
pub const EVERY: i64 = 1_000;

/// Signs, and recognises its own signatures.
pub trait Signer: Send + Sync {
    /// The signature of a message, as text.
    fn sign(&self, message: &[u8]) -> String;
    /// Whether this is a signature of the message by the installation's key.
    fn verify(&self, message: &[u8], signature: &str) -> bool;
}

/// Keeps checkpoints outside the database. What several processes signed of one log lies there together.
#[async_trait]
pub trait CheckpointSink: Send + Sync {
    /// Keeps one, for good; one that is there already is left as it is.
    async fn put(&self, checkpoint: &Checkpoint) -> Result<(), LedgerError>;
    /// All that are kept, in any order.
    async fn all(&self) -> Result<Vec<Checkpoint>, LedgerError>;
    /// Those after a position, in any order.
    async fn after(&self, position: Position) -> Result<Vec<Checkpoint>, LedgerError> {
        let mut all = self.all().await?;
        all.retain(|checkpoint| checkpoint.position > position);
        Ok(all)
    }
}

/// Where the log stood, signed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checkpoint {
    /// Position of the event.
    pub position: Position,
    /// Its hash, hexadecimal.
    pub hash: String,
    /// When the event was recorded.
    pub at: Timestamp,
    /// Signature of [`Checkpoint::message`].
    pub signature: String,
}

impl Checkpoint {
    /// What is signed: position, hash and instant, each on its line.
    pub fn message(position: Position, hash: &str, at: Timestamp) -> String {
        format!("biaochi checkpoint\n{position}\n{hash}\n{at}\n")
    }

    /// Whether the signature is that of this checkpoint.
    pub fn holds(&self, signer: &dyn Signer) -> bool {
        signer.verify(
            Self::message(self.position, &self.hash, self.at).as_bytes(),
            &self.signature,
        )
    }

    fn read(row: &Row) -> Result<Self, LedgerError> {
        Ok(Self {
            position: Position(row.integer("position")?),
            hash: chain::hexadecimal(&row.bytes("hash")?),
            at: row.instant("at")?,
            signature: row.text("signature")?,
        })
    }
}

/// Whether the log passed a multiple of [`EVERY`].
pub(crate) const fn due(before: i64, last: i64) -> bool {
    before / EVERY != last / EVERY
}

/// Signs a head and enters it in the database; nothing where the ledger has no signer.
pub(crate) async fn sign<C: ConnectionTrait>(
    inner: &Inner,
    connection: &C,
    position: Position,
    hash: &[u8],
    at: Timestamp,
) -> Result<Option<Checkpoint>, LedgerError> {
    let Some(signer) = &inner.signer else { return Ok(None) };
    let checkpoint = signed(signer.as_ref(), position, hash, at);
    enter(connection, &checkpoint, hash).await?;
    Ok(Some(checkpoint))
}

fn signed(signer: &dyn Signer, position: Position, hash: &[u8], at: Timestamp) -> Checkpoint {
    let hexadecimal = chain::hexadecimal(hash);
    Checkpoint {
        position,
        signature: signer.sign(Checkpoint::message(position, &hexadecimal, at).as_bytes()),
        hash: hexadecimal,
        at,
    }
}

async fn enter<C: ConnectionTrait>(connection: &C, checkpoint: &Checkpoint, hash: &[u8]) -> Result<u64, LedgerError> {
    let sql = "INSERT INTO checkpoint (position, hash, at, signature) VALUES ($1, $2, $3, $4) ON CONFLICT (position) DO NOTHING";
    let values = vec![
        checkpoint.position.into(),
        hash.to_vec().into(),
        checkpoint.at.into(),
        checkpoint.signature.as_str().into(),
    ];
    Ok(execute(connection, sql, values).await?)
}

/// Hands a checkpoint to the sink. A sink that fails does not undo the commit: the next checkpoint brings what it lacks.
pub(crate) async fn publish(inner: &Inner, checkpoint: &Checkpoint) {
    if let Some(sink) = &inner.sink
        && let Err(failure) = sink.put(checkpoint).await
    {
        tracing::warn!(position = checkpoint.position.0, %failure, "a checkpoint was not kept outside the database");
    }
}

/// The checkpoints in the database.
pub(crate) async fn kept<C: ConnectionTrait>(connection: &C) -> Result<Vec<Checkpoint>, LedgerError> {
    let sql = "SELECT position, hash, at, signature FROM checkpoint ORDER BY position";
    rows(connection, sql, vec![])
        .await?
        .iter()
        .map(Checkpoint::read)
        .collect()
}

impl Ledger {
    /// Signs the head as it stands and keeps it in the database and the sink, together with earlier checkpoints that
    /// the sink lacks. At stop, before a backup, and whenever an operator asks. Nothing without signer or events.
    ///
    /// Beside a server that holds the database, the sink alone gets it; the server finds it there
    /// ([`Ledger::adopt_checkpoints`]).
    pub async fn checkpoint_now(&self) -> Result<Option<Checkpoint>, LedgerError> {
        let inner = &self.inner;
        let Some(signer) = &inner.signer else { return Ok(None) };
        if inner.database.access == Access::Read {
            let (position, _) = self.head().await?;
            let Some(event) = self.event(position).await? else {
                return Ok(None);
            };
            let made = signed(signer.as_ref(), event.position, &event.hash, event.at);
            if let Some(sink) = &inner.sink {
                sink.put(&made).await?;
            }
            return Ok(Some(made));
        }
        let transaction = inner.database.write().await?;
        let (position, _) = read::head_of(&transaction).await?;
        let last = read::events_after(&transaction, Position(position.0 - 1), 1).await?;
        let Some(event) = last.first().filter(|event| event.position == position) else {
            transaction.rollback().await?;
            return Ok(None);
        };
        let made = sign(inner, &transaction, event.position, &event.hash, event.at).await?;
        transaction.commit().await?;
        if let Some(sink) = &inner.sink {
            let there: std::collections::HashSet<Position> = sink
                .all()
                .await?
                .into_iter()
                .map(|checkpoint| checkpoint.position)
                .collect();
            for checkpoint in kept(inner.database.reader()).await? {
                if !there.contains(&checkpoint.position) {
                    sink.put(&checkpoint).await?;
                }
            }
        }
        Ok(made)
    }

    /// Enters checkpoints that another process signed of this log and that only the sink has, so that the public feed
    /// shows them; how many. One that does not fit the log stays where it is, for `verify` to name.
    pub async fn adopt_checkpoints(&self) -> Result<u64, LedgerError> {
        let inner = &self.inner;
        let (Some(signer), Some(sink)) = (&inner.signer, &inner.sink) else {
            return Ok(0);
        };
        let held = self.checkpoints().await?;
        let last = held.last().map_or(0, |checkpoint| checkpoint.position.0);
        let mut adopted = 0;
        // One of before the last that is held may have come late, but not by more than one interval.
        for checkpoint in sink.after(Position(last - EVERY)).await? {
            if held.iter().any(|one| one.position == checkpoint.position) || !checkpoint.holds(signer.as_ref()) {
                continue;
            }
            let Some(event) = self.event(checkpoint.position).await? else {
                continue;
            };
            if chain::hexadecimal(&event.hash) == checkpoint.hash {
                let transaction = inner.database.write().await?;
                adopted += enter(&transaction, &checkpoint, &event.hash).await?;
                transaction.commit().await?;
            }
        }
        Ok(adopted)
    }

    /// The checkpoints that the database holds, by position: for the public feed.
    pub async fn checkpoints(&self) -> Result<Vec<Checkpoint>, LedgerError> {
        kept(self.inner.database.reader()).await
    }
}
