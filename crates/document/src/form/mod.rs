//! Forms of the procedures: the papers that go with a standard from its proposal to its review.
//!
//! A form is data (`rules/forms/`): fields with their kinds, tables, what must be filled and what must add up, and the
//! rule it rests on. A filled form ([`Filled`]) is names and values, checked against it ([`check`]); both together
//! are a document ([`document`]) that the writers of pages, Word, HTML and JSON take as any other. No form has code.
//!
//! # Words
//!
//! - **part**: a stretch of the paper: lines, a framed sheet, a table, remarks, a chapter of a report.
//! - **field**: what is asked: a label, a kind, when it must be filled.
//! - **blank**: the form before anybody filled it.

mod amount;
mod blank;
mod check;
mod definition;
mod explain;
mod filled;
mod paper;
mod prose;
mod shipped;
mod shown;

pub use crate::model::Words;
pub use blank::{blank, blank_json, blank_toml};
pub use check::{FormFinding, check};
pub use definition::{Choice, Field, Form, FormError, Kind, Layout, Page, Part, Rule, Source, Tally, When};
pub use explain::{Explained, explain, grounds};
pub use filled::Filled;
pub use paper::document;
pub use shipped::shipped;
