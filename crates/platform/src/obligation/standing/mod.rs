//! How far each task has come: what all its obligations together say of state, stage and the next day.

mod query;

pub use query::*;
