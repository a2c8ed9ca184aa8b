//! Reports: what is read off the ledger for a period, as pages, Word, workbook and data.
//!
//! # Words
//! - **monthly report** 月报, **quarterly report** 季报: what stands and what changed, of a place or of the whole list.
//! - **evaluation sheet** 试点评估表: indicators of each place, from events alone, by formulas that everybody can read.
//! - **scope**: one place, or the whole list for the ministry.
//! - **explanation** 说明: what a place says to its row of the evaluation sheet; it stands beside the figures, never in them.
//!
//! A report is a pure function of rows that were asked for as of two days ([`monthly::monthly`]); the same rows give the
//! same bytes, in Word ([`document`]) and in the workbook ([`annex`]).

pub mod annex;
pub mod coming;
pub mod document;
pub mod docx;
pub mod evaluation;
pub mod evaluation_book;
pub mod evaluation_input;
pub mod evaluation_sheet;
pub mod explanation;
pub mod fraction;
pub mod gathering;
pub mod monthly;
pub mod period;
