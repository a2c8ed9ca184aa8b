//! The desk 我的工作台: what is in somebody's hands, why it is theirs, and what they have done.
//!
//! # Words
//! - **in hand** 待办/在办: obligations at one's desk, or with oneself. **to assign** 待分派: of one's place or body, at no desk yet.
//! - **done** 已办: the entries one has recorded: [`crate::history::query::entries`] with `mine`.
//! - **copied** 抄送: what one takes part in and others hold: obligations of one's place or body at another desk, those of the
//!   tasks that one's ministry guides, and changes of the list that others propose.
//! - **awaited** 待我办理的清单调整: open changes of the list of which the next step is the reader's: an answer, a number, a wording.
//! - **group** 按期限: overdue, this week, later, without a date; a day that has passed is told as overdue only to readers
//!   who may know who is late, and only where the task binds.

mod awaiting;
pub mod query;
mod row;

pub use awaiting::{Awaited, Turn};
pub use row::{Group, Why, group, takes_part, why};
