//! Places: provinces, cities, parks; whatever undertakes something or issues a standard. Rows, never enums.
//!
//! A place is known by its GB/T 2260 code; its names, level, prefix and the chain of authorities are facts with dates, so a
//! place can be renamed and the past still reads as it was.

pub mod command;
pub mod event;
pub mod query;
pub mod rows;
pub mod state;
