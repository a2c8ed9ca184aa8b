//! Texts 文本: what a task's standard says, version by version, from the first draft on.
//!
//! A version is put up as a source or as a Word file and never changed. The log holds the digests of its source, of its
//! pictures and, where it came from Word, of that file; the store holds them. Numbers, findings and every other format are
//! computed from the source when somebody asks ([`workshop`]).
//!
//! # Words
//! - **text** 文本: all versions of one standard. It belongs to an **owner**: an obligation, later a project.
//! - **version** 版本: one source, whole; numbered from 1, never used twice.
//! - **original** 原件: the Word file from which a source was read. It stays with whoever sees the entry: publishing a
//!   version publishes its text, not a file that may hold names and comments of those who wrote it.
//! - **published** 公开: everybody may read the version; a step of its own, after it was put up.

pub mod command;
pub mod compile;
mod decide;
pub mod demo;
pub mod event;
mod pdf;
pub mod query;
pub mod reading;
pub mod rows;
pub(crate) mod shelf;
pub mod state;
pub mod taking;
pub mod workshop;
