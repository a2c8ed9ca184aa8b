//! What a result should not be read without: which parameter was taken, what was missing, why there is no grade.

use formula::{Absence, Number};
use jiff::civil::Date;
use language::Lang;

use crate::finding::said;
use crate::index::Impute;

/// A note beside a result.
#[derive(Debug, Clone, PartialEq)]
pub enum Note {
    /// A parameter's value that was used.
    Parameter {
        /// Its name.
        name: String,
        /// Its value with its unit.
        value: String,
        /// The period that it describes.
        period: Option<String>,
        /// When it was published.
        published: Option<Date>,
        /// Where it comes from.
        basis: String,
        /// The clause that gives it.
        clause: String,
    },
    /// A later value that was not yet published on the day of the report.
    NotYetPublished {
        /// Its name.
        name: String,
        /// The period that it describes.
        period: String,
        /// When it was published.
        published: Option<Date>,
    },
    /// An absent value left out, its weight given to its siblings.
    Dropped {
        /// The indicator.
        code: String,
        /// Why it is absent.
        absence: Absence,
    },
    /// An absent value counted as zero points, as the standard says.
    Zeroed {
        /// The indicator.
        code: String,
        /// Why it is absent.
        absence: Absence,
    },
    /// An absent value that leaves no result.
    Failed {
        /// The indicator.
        code: String,
        /// Why it is absent.
        absence: Absence,
    },
    /// A gap that was filled, as the index says; it does not count as covered.
    Filled {
        /// The indicator.
        code: String,
        /// Why it is absent.
        absence: Absence,
        /// How.
        how: Impute,
    },
    /// Too little of the weight is covered.
    Coverage {
        /// What is covered.
        coverage: Number,
        /// What is asked for.
        least: Number,
    },
    /// A gate does not hold.
    Gate {
        /// Its condition.
        condition: String,
        /// What then happens.
        otherwise: String,
        /// The clause.
        clause: String,
    },
    /// A gate or a grade could not be judged.
    Unjudged {
        /// Its condition.
        condition: String,
        /// Why.
        absence: Absence,
    },
    /// Points were added or taken.
    Adjusted {
        /// What for.
        name: String,
        /// How many, with sign.
        points: Number,
        /// The clause.
        clause: String,
    },
    /// A grade was missed although the rounded total reaches it: limits are judged by the full value.
    FullValueDecides {
        /// The grade that was missed.
        grade: String,
        /// The total before rounding.
        total: String,
        /// The rounded total.
        rounded: String,
        /// The condition.
        condition: String,
        /// The clause of the grades.
        clause: String,
    },
    /// No grade's condition holds.
    NoGrade,
}

/// Why something is absent, in words.
pub fn absence_said(lang: Lang, absence: &Absence) -> String {
    said(lang, absence.why.id(), &absence.why.arguments())
}

impl Note {
    /// The message that says it.
    pub const fn id(&self) -> &'static str {
        match self {
            Self::Parameter { .. } => "indicator-note-parameter",
            Self::NotYetPublished { .. } => "indicator-note-not-yet-published",
            Self::Dropped { .. } => "indicator-note-dropped",
            Self::Zeroed { .. } => "indicator-note-zeroed",
            Self::Failed { .. } => "indicator-note-failed",
            Self::Filled { .. } => "indicator-note-filled",
            Self::Coverage { .. } => "indicator-note-coverage",
            Self::Gate { .. } => "indicator-note-gate",
            Self::Unjudged { .. } => "indicator-note-unjudged",
            Self::Adjusted { .. } => "indicator-note-adjusted",
            Self::FullValueDecides { .. } => "indicator-note-full-value",
            Self::NoGrade => "indicator-note-no-grade",
        }
    }

    /// The note in words.
    pub fn said(&self, lang: Lang) -> String {
        let day = |date: &Option<Date>| date.map_or_else(|| "—".to_owned(), |date| date.to_string());
        let whose = |code: &str, absence: &Absence| {
            let of = absence.of.as_deref().filter(|of| *of != code);
            let reason = absence_said(lang, absence);
            vec![
                ("code", code.to_owned()),
                ("reason", of.map_or(reason.clone(), |of| format!("{of}: {reason}"))),
            ]
        };
        let arguments = match self {
            Self::Parameter {
                name,
                value,
                period,
                published,
                basis,
                clause,
            } => vec![
                ("name", name.clone()),
                ("value", value.clone()),
                ("period", period.clone().unwrap_or_else(|| "—".to_owned())),
                ("published", day(published)),
                (
                    "basis",
                    if basis.is_empty() {
                        "—".to_owned()
                    } else {
                        basis.clone()
                    },
                ),
                ("clause", clause.clone()),
            ],
            Self::NotYetPublished {
                name,
                period,
                published,
            } => vec![
                ("name", name.clone()),
                ("period", period.clone()),
                ("published", day(published)),
            ],
            Self::Dropped { code, absence } | Self::Zeroed { code, absence } | Self::Failed { code, absence } => {
                whose(code, absence)
            }
            Self::Filled { code, absence, how } => {
                let mut arguments = whose(code, absence);
                arguments.push(("how", how.name(lang).to_owned()));
                arguments
            }
            Self::Coverage { coverage, least } => vec![("coverage", coverage.brief(12)), ("least", least.brief(12))],
            Self::Gate {
                condition,
                otherwise,
                clause,
            } => vec![
                ("condition", condition.clone()),
                ("otherwise", otherwise.clone()),
                ("clause", clause.clone()),
            ],
            Self::Unjudged { condition, absence } => {
                let mut arguments = whose("", absence);
                arguments.retain(|(name, _)| *name == "reason");
                arguments.push(("condition", condition.clone()));
                arguments
            }
            Self::Adjusted { name, points, clause } => vec![
                ("name", name.clone()),
                ("points", points.brief(12)),
                ("clause", clause.clone()),
            ],
            Self::FullValueDecides {
                grade,
                total,
                rounded,
                condition,
                clause,
            } => vec![
                ("grade", grade.clone()),
                ("total", total.clone()),
                ("rounded", rounded.clone()),
                ("condition", condition.clone()),
                ("clause", clause.clone()),
            ],
            Self::NoGrade => Vec::new(),
        };
        said(lang, self.id(), &arguments)
    }
}
