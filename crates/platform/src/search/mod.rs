//! One question over everything that has a title or a number: the search box of the pages and `biaochi search`.
//!
//! # Words
//! - **hit** 命中: something whose title, number or text holds the words; tasks, outputs and proposals as far as the reader
//!   may see them, places and bodies by any of their names, measures and their sentences by their text.

pub mod query;
mod wanted;

pub use query::{Found, Passage, find};
