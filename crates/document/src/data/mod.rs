//! The data fences: reading them as far as their form goes, and showing them as tables.
//!
//! What indicators, parameters and rules mean is another room's; here is TOML with Chinese keys ([`read_toml`]), pipe
//! tables, CSV, and the table that people see ([`table`]).

mod csv;
mod shown;
mod toml_text;

pub(crate) use csv::records as csv_records;
pub use shown::{check, table};
pub use toml_text::{Entry, Node, Unreadable, Value, read_toml};
