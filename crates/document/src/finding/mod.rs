//! What is wrong with a text, where, by which rule, and how to mend it: used by reading, resolving and lint alike.

mod fix;
mod message;
mod shown;

pub use fix::{Edit, Fix, apply, apply_each};
pub(crate) use message::message;
pub use message::{Message, Value};
pub use shown::changed_lines;

use crate::model::{Position, Span};
use language::Lang;
use serde::Serialize;

/// How much a finding weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Good to know.
    Info,
    /// Somebody should look.
    Warning,
    /// The text breaks a rule.
    Error,
}

/// One finding.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// The rule: `SRC-07` of the dialect, `REF-02` of GB/T 1.1.
    pub rule: &'static str,
    /// Its weight.
    pub severity: Severity,
    /// Where it stands.
    pub span: Span,
    /// The number of the clause in which it stands, `5.2`, or its title; empty outside of clauses.
    pub clause: String,
    /// What is wrong and how to mend it, in both languages.
    pub message: Message,
    /// Edits that mend it, if a machine may.
    pub fix: Option<Fix>,
}

impl Finding {
    /// An error without a fix.
    pub fn error(rule: &'static str, span: Span, message: Message) -> Self {
        Self {
            rule,
            severity: Severity::Error,
            span,
            clause: String::new(),
            message,
            fix: None,
        }
    }

    /// A warning without a fix.
    pub fn warning(rule: &'static str, span: Span, message: Message) -> Self {
        Self {
            severity: Severity::Warning,
            ..Self::error(rule, span, message)
        }
    }

    /// Something good to know.
    pub fn info(rule: &'static str, span: Span, message: Message) -> Self {
        Self {
            severity: Severity::Info,
            ..Self::error(rule, span, message)
        }
    }

    /// The same, mended by these edits.
    #[must_use]
    pub fn mended_by(self, fix: Fix) -> Self {
        Self { fix: Some(fix), ..self }
    }

    /// As programs read it (contracts §1), for the file of that name.
    pub fn report(&self, file: &str, lang: Lang) -> Report {
        Report {
            file: file.to_owned(),
            line: self.span.start.line.max(1),
            column: self.span.start.column.max(1),
            rule: self.rule,
            severity: self.severity,
            clause: self.clause.clone(),
            message: self.message.text(lang),
            fix: self.fix.clone(),
        }
    }
}

/// A finding as `check --format json` prints it: line and column from 1, the column in characters.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Report {
    /// The file as named by the caller.
    pub file: String,
    /// The line, from 1.
    pub line: u32,
    /// The column, from 1.
    pub column: u32,
    /// The rule.
    pub rule: &'static str,
    /// The weight.
    pub severity: Severity,
    /// The clause.
    pub clause: String,
    /// The message in the caller's language.
    pub message: String,
    /// The edits, or null.
    pub fix: Option<Fix>,
}

/// Findings in the order of their places; what has no place comes first.
pub fn sort(findings: &mut [Finding]) {
    let place = |finding: &Finding| -> (Position, Position) { (finding.span.start, finding.span.end) };
    findings.sort_by(|a, b| place(a).cmp(&place(b)).then(a.rule.cmp(b.rule)));
}
