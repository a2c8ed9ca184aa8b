//! What people do on the platform: one folder for each feature. Each decides, records and shows; and one table says who may.
//!
//! A **write** comes in as a typed command with its [`context::Context`]; the feature loads the stream, a pure `decide`
//! gives events or a [`refusal::Refusal`] that names its rule, and the ledger commits events and rows together.
//! A **read** is a query over rows, cut in SQL by what the [`context::Reader`] may see, as of the day they ask about.
//!
//! This room knows nothing of HTML or HTTP. SQL stands only in `rows.rs`, `query.rs` and `facts.rs` of a feature.
//!
//! # Example
//! ```
//! use platform::rights::{Action, RightsTable, Role, Scope};
//! let table = RightsTable::parse(platform::catalogue::RIGHTS)?;
//! assert_eq!(table.scopes(Action::ReportProgress, Role::CommerceOfficer), [Scope::Place]);
//! assert!(table.scopes(Action::ReportProgress, Role::Citizen).is_empty());
//! # Ok::<(), platform::refusal::Error>(())
//! ```

pub mod assessment;
pub mod bilingual;
pub mod catalogue;
pub mod clockwork;
pub mod context;
pub mod correcting;
pub mod desk;
pub mod event;
pub mod history;
pub mod list;
pub mod notice;
pub mod obligation;
pub mod output;
pub mod people;
pub mod place;
pub mod projections;
pub mod proposal;
pub mod question;
pub mod reactions;
pub mod redacting;
pub mod refusal;
pub mod report;
pub mod rights;
pub mod running;
pub mod search;
pub mod survey;
pub mod system;
pub mod text;
pub mod upload;
mod writing;

pub use running::{Platform, Settings};
