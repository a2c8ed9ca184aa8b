//! What pages are drawn with: functions that give markup. Classes are those of the style sheet (`ui/README.md`); words
//! come in, or are taken from the catalogue where they are the same everywhere.

pub mod diff;
pub mod facts;
pub mod field;
pub mod filters;
pub mod follow;
pub mod otherwise;
pub mod pager;
pub mod refusal_box;
pub mod ruler;
pub mod standing;
pub mod table;
pub mod tabs;
pub mod timeline;
pub mod words;
