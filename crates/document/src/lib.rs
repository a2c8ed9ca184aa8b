//! A standard's text: read, numbered, checked, shown. Pure: no files, no clock.
//!
//! A **source** is plain text in the dialect of `docs/contracts.md`. [`source::parse`] makes a **document**
//! ([`model`]) of it and **findings** ([`finding`]), each with its place, its rule and how to mend it. In a document
//! nothing is numbered: numbers, references, fixed sentences and lists are computed.
//!
//! # Words
//!
//! - **element**: what stands under a heading of the first level: foreword, scope, a chapter, an annex (要素).
//! - **clause**: a chapter or what it is divided into, with or without a title (章, 条).
//! - **block**, **inline**: paragraph, list, note, table …; text, citation, formula … within a line.
//! - **data fence**: indicators, parameters, rules, examples, tables that a program can read; kept to the letter.
//! - **print**: the canonical source of a document.
//!
//! ```
//! use document::source::{parse, print};
//!
//! let parsed = parse("# 范围\n\n本文件规定了外观的要求。\n\n::: 框\n见下文。\n:::\n");
//! assert_eq!(parsed.findings[0].rule, "SRC-07");
//! assert_eq!((parsed.findings[0].span.start.line, parsed.findings[0].span.start.column), (5, 5));
//! assert!(print(&parsed.document).starts_with("# 范围\n"));
//! ```

mod column_width;
pub mod data;
pub mod diff;
pub mod docx;
pub mod finding;
pub mod form;
pub mod html;
pub mod import;
pub mod json;
pub mod lint;
mod mathml;
pub mod model;
pub mod resolve;
pub mod source;
pub mod sts;
pub mod typeset;
mod xml;
