//! Obligations 承担单元: what one place (or ministry) undertook of one task, or of one sentence of a measure.
//!
//! # Words
//! - **claim**: whether the list names the place, means all, or leaves it to the willing. **firm**: it holds without opt-in.
//! - **role**: 参与 take_part, 承办 undertake, 先行制定 make_first, 协调 coordinate, 配合 support; each closes on its own evidence.
//! - **holder** 在谁手里: the desk, and perhaps the person, in whose hands it is; since when.
//! - **state**: `unreported` 未报告, `unassigned`, `in_progress`, `blocked`, `delivered`, `closed`; derived from events, never typed.
//! - **late**: a date that somebody set has passed; only where the task or sentence binds.

pub(crate) mod check;
pub mod command;
mod correct;
pub mod coverage;
pub mod decide;
pub mod demo;
pub mod event;
pub mod facts;
pub mod mirror;
pub mod order;
pub mod query;
pub mod rows;
pub mod standing;
pub mod state;
