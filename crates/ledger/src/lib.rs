//! The ledger: events, and everything that hangs on them.
//!
//! One door for every write: [`Ledger::commit`] appends typed events to their streams in one transaction together with
//! the rows that are derived from them. What is recorded is never changed; a mistake is corrected by a later event that
//! names it. The room knows nothing of standards, people or pages: what an event means is told to it by [`Projection`]s.
//!
//! # Words
//! - **stream**: the events of one object, in order (`task/first-28`). A stream is small.
//! - **position**: the place of an event in the whole log, 1, 2, 3 …
//! - **version**: the place of an event in its stream, 1, 2, 3 …; 0 is a stream without events.
//! - **head**: the position and hash of the last event.
//! - **effective**: the civil date (Asia/Shanghai) from which the fact holds; **at**: the instant it was recorded.
//! - **row**: what a projection derives from events; can be dropped and made again.
//! - **state**: what is kept beside the log and not derived from it: sessions, keys, sealed personal data, queue.
//! - **checkpoint**: a signed `(position, hash)`, kept outside the database.
//!
//! # Example
//! ```
//! use ledger::{ActorId, Cause, Commit, Config, DatabaseUrl, Ledger, NewEvent, StreamName, SystemClock, Version};
//! use std::sync::Arc;
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let folder = tempfile::tempdir()?;
//! let database = DatabaseUrl::Sqlite(folder.path().join("biaochi.db"));
//! let ledger = Ledger::open(Config::new(database), vec![], vec![], Arc::new(SystemClock)).await?;
//!
//! let task = StreamName::parse("task/first-28")?;
//! let entered = NewEvent::new("task.entered", 1, &serde_json::json!({ "number": 28 }))?;
//! let commit = Commit::new(ActorId::system(), Cause::Request("import-1".to_owned()))
//!     .write(task.clone(), Version::NONE, vec![entered]);
//! let committed = ledger.commit(commit).await?;
//!
//! assert_eq!(ledger.stream(&task).await?[0].position, committed.first);
//! assert!(ledger.verify().await?.ok);
//! # Ok(())
//! # }
//! ```
//!
//! # Where to look
//! - a write: [`Ledger::commit`], [`Ledger::commit_with`], [`Ledger::state`]; what it may change: [`Change`]
//! - a read: [`Ledger::stream`], [`Ledger::events`], [`Ledger::fetch`]; two times: [`timeline`]
//! - work and messages: [`jobs`], [`outbox`]; files: [`files`]; copies: [`backup`]
//! - trust: [`chain`], [`checkpoint`], [`verify`], [`rebuild`]

mod append;
mod aside;
pub mod backup;
pub mod chain;
pub mod change;
pub mod checkpoint;
pub mod clock;
pub mod commit;
mod condense;
pub mod database;
pub mod error;
pub mod event;
pub mod files;
mod group;
pub mod jobs;
pub mod ledger;
pub mod migration;
pub mod outbox;
pub mod progress;
pub mod projection;
mod read;
pub mod rebuild;
pub mod redact;
pub mod register;
mod registry;
mod replay;
mod rows;
mod schema;
mod state;
pub mod statement;
pub mod table;
pub mod tables;
pub mod timeline;
mod updates;
pub mod value;
pub mod verify;

pub use change::Change;
pub use checkpoint::{Checkpoint, CheckpointSink, Signer};
pub use clock::{Clock, SetClock, SystemClock, today};
pub use commit::{Cause, Commit, Committed, Idempotency, Write};
pub use database::{Access, Backend, DatabaseUrl};
pub use error::{CommitError, LedgerError};
pub use event::{ActorId, NewEvent, Position, Recorded, StreamName, Version};
pub use jobs::{Job, NewJob, Uniqueness};
pub use ledger::{Config, Ledger, Mark, Opening};
pub use migration::{MigrationStep, StateMigration};
pub use outbox::{Message, MessageState, NewMessage, Resolution};
pub use projection::Projection;
pub use rebuild::Difference;
pub use redact::{Redacted, Redaction};
pub use register::RegisteredFile;
pub use statement::counted;
pub use table::{Column, ColumnKind, Table};
pub use timeline::{AsOf, Segment, Timeline};
pub use value::{Row, Value};
pub use verify::{Fault, Problem, Verification};
