//! Reads a published policy text — a notice, opinions with numbered measures, a list of tasks — into values with doubts.
//!
//! The published copy has wraps in odd places, bullets, brackets of two widths, page numbers. Nothing of it may be
//! dropped and nothing may be wrong in silence: every line that is not blank is accounted for in the [`Reading`], and
//! what the reader is not sure of carries a [`Doubt`] with the line where a person should look.
//!
//! Words: a **task** is a numbered row of the list (清单事项), with **claims** in the bracket behind its title: places
//! that are named, all pilots, willing ones, relevant ones. A **measure** is a numbered paragraph of the opinions
//! (（一）–（十七）), or 总体要求 or 组织保障; its **sentences** are actions, with a strength, or plain statements.
//!
//! ```
//! use tasklist::{ClaimKind, Places, Tier, read};
//!
//! let text = "四、协调当地社会团体制定团体标准\n\n（一）行业治理\n\n- 79.环境、社会和治理（ESG）评价\n标准(北京)\n";
//! let reading = read(text, &Places::default());
//! let task = &reading.tasks[0];
//! assert_eq!(task.number, Some(79));
//! assert_eq!(task.title, "环境、社会和治理（ESG）评价标准");
//! assert_eq!((task.tier, task.section.as_str()), (Some(Tier::Group), "（一）行业治理"));
//! assert_eq!(task.claims[0].claim, ClaimKind::Named);
//! assert_eq!(task.original, "- 79.环境、社会和治理（ESG）评价\n标准(北京)");
//! // The list does not begin at 1: said, not passed over.
//! assert!(!task.doubts.is_empty());
//! ```

mod action;
mod doubt;
mod glyph;
mod list;
mod mark;
mod measure;
mod notice;
mod number;
mod piece;
mod place;
mod reading;
mod task;
mod topics;

pub use action::{Action, Sentence, Strength, Who};
pub use doubt::{Doubt, LineRange, TitleFault};
pub use measure::{Measure, MeasureKey};
pub use notice::{Notice, Passage, PassageKind};
pub use place::{Claim, ClaimKind, PILOTS, PlaceCode, Places, PlacesRead, read_places};
pub use reading::{Heading, Leftover, LeftoverKind, Level, Reading, TasksJson, read};
pub use task::{Role, Task, Tier};
pub use topics::topics;
