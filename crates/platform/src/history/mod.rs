//! History 历史: every recorded event of every object, as far as a reader may see it; a correction beside what it corrects.
//!
//! # Words
//! - **entry**: one recorded event, with the place, body and task it belongs to and the audience that may see it.
//! - **feed**: the entries that everybody may see, newest first.
//! - **change**: what an entry made of its object: a field before and after it, computed by folding the stream.
//!
//! Streams of persons have no entries: what is recorded of a person is read by auditors alone.

pub mod audience;
pub mod fields;
pub mod query;
pub mod rows;
