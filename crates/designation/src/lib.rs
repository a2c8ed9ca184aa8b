//! The numbers of standards: parse, normalise, compare, print. Pure: no files, no clock.
//!
//! A **designation** (标准编号) names a standard: GB/T 1.1—2020, SB/T 11238—2023, DB3201/T 284—2017,
//! T/CAS 290—2017, Q/ABC 001—2024, ISO 9001:2015. Its **tier** says whose it is, its **issuer** who numbers it, its
//! **nature** whether it is recommended (`/T`) or guidance (`/Z`). A **double number** also names the international
//! text it adopts. Numbers that are still to be given out (`DB3201/T XXXX—2026`) are designations too.
//!
//! People write these in many ways: other dashes, full-width letters, missing blanks. Reading mends what can only
//! mean one thing and gives [`Finding`]s beside the value, each with its place, what stood there and what should; it
//! never panics. Industry codes and places are data: a caller hands in what is [`Known`].
//!
//! ```
//! use designation::{Designation, FindingKind, Known, Tier, find, parse};
//!
//! let known = Known::default();
//! let parsed = parse("ＤＢ 3201/T1234.2-2026", &known)?;
//! assert_eq!(parsed.designation.to_string(), "DB3201/T 1234.2—2026");
//! assert_eq!(parsed.designation.tier(), Some(Tier::Local));
//! assert!(parsed.is_valid());
//! assert!(parsed.findings.iter().any(|f| f.kind == FindingKind::WrongDash && f.what == "-"));
//!
//! let line = "南京发布DB3201/T 1234—2026《养老机构康复服务规范》";
//! let found = find(line, &known);
//! assert_eq!(found[0].designation.slug(), "DB3201-T_1234~2026");
//! assert_eq!((found[0].span.start, found[0].span.end), (4, 22));
//!
//! let older: Designation = "GB/T 1.1—2009".parse()?;
//! let newer: Designation = "GB/T 1.1—2020".parse()?;
//! assert!(older < newer && older.same_standard_as(&newer));
//! # Ok::<(), designation::Unreadable>(())
//! ```

mod codes;
mod domestic;
mod finding;
mod international;
mod model;
mod parse;
mod report;
mod scan;
mod series;
mod slug;
mod text;

pub use codes::{CodeError, IndustryCode, Known, Region};
pub use finding::{Finding, FindingKind, Severity, Span};
pub use model::{Amendment, AmendmentForm, Designation, Issuer, Kind, Nature, Part, Seq, Tier, Year};
pub use parse::{Found, Parsed, Unreadable, find, normalise, parse, parse_list};
pub use report::Report;
