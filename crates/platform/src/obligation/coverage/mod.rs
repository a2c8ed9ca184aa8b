//! How long nothing has been heard of each measure in each place.

mod query;

pub use query::*;
