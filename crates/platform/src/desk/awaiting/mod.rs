//! Changes of the list that wait for the reader: what has to be done with each next, since when and until when.

mod query;
mod turn;

pub use query::{Awaited, awaited};
pub use turn::Turn;
