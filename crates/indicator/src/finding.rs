//! What is found in a standard or in data: which rule, how grave, where, and how to mend it, in either language.

use formula::Fault;
use language::{Arg, Lang};
use serde::Serialize;

/// How grave a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// It does not run, or would run wrongly.
    Error,
    /// It runs; somebody should look.
    Warning,
    /// Worth knowing.
    Info,
}

/// A place in a file.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
pub struct Place {
    /// From 1; 0 where there is no line.
    pub line: usize,
    /// From 1, in characters.
    pub column: usize,
    /// The clause under which it stands.
    pub clause: String,
}

impl Place {
    /// So many characters further on the same line.
    #[must_use]
    pub fn further(&self, characters: usize) -> Self {
        Self {
            column: self.column + characters,
            ..self.clone()
        }
    }
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The rule, and the message that says it; with `-mend` after it, the message that says what to do.
    pub rule: &'static str,
    /// How grave it is.
    pub severity: Severity,
    /// Where.
    pub place: Place,
    /// Variables of the messages.
    pub arguments: Vec<(&'static str, String)>,
}

impl Finding {
    pub(crate) fn new(
        severity: Severity,
        rule: &'static str,
        place: &Place,
        arguments: &[(&'static str, &dyn ToString)],
    ) -> Self {
        Self {
            rule,
            severity,
            place: place.clone(),
            arguments: arguments
                .iter()
                .map(|(name, value)| (*name, value.to_string()))
                .collect(),
        }
    }

    pub(crate) fn error(rule: &'static str, place: &Place, arguments: &[(&'static str, &dyn ToString)]) -> Self {
        Self::new(Severity::Error, rule, place, arguments)
    }

    pub(crate) fn warning(rule: &'static str, place: &Place, arguments: &[(&'static str, &dyn ToString)]) -> Self {
        Self::new(Severity::Warning, rule, place, arguments)
    }

    /// A fault of a formula that begins at a place.
    pub(crate) fn of_fault(fault: &Fault, text: &str, place: &Place) -> Self {
        let (line, column) = fault.span.position(text);
        let place = if line == 1 {
            place.further(column - 1)
        } else {
            Place {
                line: place.line + line - 1,
                column,
                clause: place.clause.clone(),
            }
        };
        Self {
            rule: fault.kind.id(),
            severity: Severity::Error,
            place,
            arguments: fault.kind.arguments(),
        }
    }

    /// What it is, in words.
    pub fn message(&self, lang: Lang) -> String {
        said(lang, self.rule, &self.arguments)
    }

    /// What to do, in words.
    pub fn mend(&self, lang: Lang) -> String {
        said(lang, &format!("{}-mend", self.rule), &self.arguments)
    }
}

/// A message with its variables.
pub(crate) fn said(lang: Lang, id: &str, arguments: &[(&'static str, String)]) -> String {
    let filled: Vec<(&str, Arg<'_>)> = arguments
        .iter()
        .map(|(name, value)| (*name, Arg::from(value.as_str())))
        .collect();
    language::format(lang, id, &filled)
}
