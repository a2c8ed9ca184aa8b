//! The exchange format of openLCA (JSON-LD, schema 2 and the older spelling of schema 1): a package of data sets becomes
//! the tables of a product system, and tables become a package.
//!
//! Amounts come in the reference unit of their flow. An input is followed to its default provider, else to the only
//! process that makes it; what nobody makes, or several do, is not followed and told. Co-products are allocated by the
//! factors that the process gives. Schema: GreenDelta, openLCA schema 2.

mod linking;
mod read;
mod schema;
mod write;

pub use read::{Tables, tables};
pub use write::package;

/// A file of a package: its path within it, and its text.
pub type Entry = (String, String);
