//! Statistics surveys 统计调查: a form that units fill in by law, and the tables that are published of it. A survey is no
//! assessment: what a unit reports is used for statistics alone, and enters no grade, certificate or decision (统计法 2024
//! article 28).
//!
//! # Words
//! - **marks** 标志: form number, maker, approval or filing number, validity. Without them nothing is opened and nobody
//!   need report (统计法 2024 article 17).
//! - **definition** 指标定义: measures and classifications as they are asked from a period on; numbered, never changed.
//! - **unit** 统计调查对象: who reports; an opaque id in the log, its body and classes sealed outside it.
//! - **row** 报表数据: what a unit reports for a period under a definition; sealed, its salted digest in the log. One that
//!   is reported again replaces the one before, which stays.
//! - **statistician** 统计人员 of a survey: named in it, and holding that role in its body. Nobody else reads rows; a unit
//!   reads its own.
//! - **table** 统计表: totals of one measure and period by up to two classifications, after suppression
//!   ([`indicator::disclosure`]). Its **basis**, which rows each total sums, is sealed as rows are: later tables are judged
//!   together with it.
//! - **series** 时间序列: a measure's totals over periods; where the definition changed, spliced by a period published
//!   under both, and the splice is stated ([`series`]).
//!
//! Streams: `survey/{id}` and, for each unit, `return/{survey}.{unit}`, which has no entries in the history.
//! Why it is so: `docs/decisions/0011-surveys.md`.

pub mod access;
pub mod bundle;
pub mod command;
mod decide;
pub mod definition;
pub mod demo;
pub mod event;
pub mod keeping;
pub mod period;
pub mod publishing;
pub mod query;
pub mod reporting;
pub mod rows;
mod sealed;
pub mod series;
pub mod state;
pub mod tables;
pub mod tabulation;
pub mod workbook;

/// Where it stands that a form bears its marks, and that nobody need fill in one that does not.
pub const MARKS: &str = "统计法（2024）第十七条";
/// Where it stands that what identifies a unit is neither given out nor used for anything but statistics.
pub const SECRECY: &str = "统计法（2024）第二十八条";
