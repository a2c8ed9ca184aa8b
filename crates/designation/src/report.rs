//! What a text says, in the shape that `biaochi number` prints.

use serde::Serialize;

use crate::codes::Known;
use crate::finding::{Finding, FindingKind, Span};
use crate::model::{Part, Seq, Tier};
use crate::parse::{Parsed, parse_list};

/// One designation of an input, or the input that holds none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Report {
    /// The text as given; the places of findings count in it.
    pub input: String,
    /// The canonical text.
    pub canonical: Option<String>,
    /// The tier.
    pub tier: Option<Tier>,
    /// The issuer as the number shows it (GB, SB, DB3201, CAS, ABC, ISO/IEC).
    pub issuer: Option<String>,
    /// The number within the series, leading zeros kept; `None` while pending.
    pub number: Option<String>,
    /// The part (`1`, `2.1`).
    pub part: Option<String>,
    /// The year, completed to four digits.
    pub year: Option<u16>,
    /// Whether nothing is wrong; mended writing and a pending number are not wrong.
    pub valid: bool,
    /// What was mended, is open or is wrong.
    pub findings: Vec<Finding>,
}

impl Report {
    /// Reads a text: one report for each designation in it, or one that says it is none. Never empty.
    pub fn of(input: &str, known: &Known) -> Vec<Self> {
        match parse_list(input, known) {
            Ok(list) => list.into_iter().map(|parsed| Self::readable(input, parsed)).collect(),
            Err(_) => vec![Self::unreadable(input)],
        }
    }

    fn readable(input: &str, parsed: Parsed) -> Self {
        let designation = &parsed.designation;
        Self {
            input: input.to_owned(),
            canonical: Some(designation.to_string()),
            tier: designation.tier(),
            issuer: Some(designation.issuer_text()).filter(|issuer| !issuer.is_empty()),
            number: match designation.number() {
                Seq::Known(number) => Some(number.clone()),
                Seq::Unknown => None,
            },
            part: designation.part().map(Part::as_str).map(str::to_owned),
            year: designation.year().map(crate::model::Year::value),
            valid: parsed.is_valid(),
            findings: parsed.findings,
        }
    }

    fn unreadable(input: &str) -> Self {
        let kind = FindingKind::Unreadable;
        let span = Span {
            start: 0,
            end: input.chars().count(),
        };
        let finding = Finding {
            kind,
            severity: kind.severity(),
            span,
            what: input.to_owned(),
            mend: None,
        };
        Self {
            input: input.to_owned(),
            canonical: None,
            tier: None,
            issuer: None,
            number: None,
            part: None,
            year: None,
            valid: false,
            findings: vec![finding],
        }
    }
}
