//! What can be wrong with a formula before it runs: what, where, and the message that says it and how to mend it.

use crate::span::Span;

/// What a reader waited for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Expectation {
    /// A number, a name, a function, a bracket.
    Operand,
    /// `)`.
    CloseParenthesis,
    /// `]`.
    CloseBracket,
    /// `}`.
    CloseBrace,
    /// `则`, `then`.
    Then,
    /// `否则`, `else`.
    Else,
    /// `→`, `->`.
    Arrow,
    /// A name.
    Name,
    /// `=` of a definition.
    Equals,
    /// A period after `@`.
    Period,
    /// Nothing more.
    End,
}

/// The kinds of faults.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum FaultKind {
    /// More characters than a formula may have.
    TooLong,
    /// More brackets in brackets than a formula may have.
    TooDeep,
    /// A character that means nothing here.
    StrangeCharacter(String),
    /// Quotation marks that do not close.
    UnclosedText,
    /// A number with too many digits, or badly written.
    BadNumber(String),
    /// What follows a number is no unit.
    UnknownUnit(String),
    /// Something else should stand here.
    Expected {
        /// What should stand here.
        what: Expectation,
        /// What stands here.
        found: String,
    },
    /// `a < b < c`.
    ChainedComparison,
    /// A function that there is none of.
    UnknownFunction {
        /// As it is written.
        name: String,
        /// What was perhaps meant.
        near: Option<String>,
    },
    /// Too many arguments, or too few.
    ArgumentCount {
        /// The function.
        function: &'static str,
        /// How many it takes, as `2` or `1–3`.
        wanted: String,
        /// How many stand there.
        found: usize,
    },
    /// A ladder without rungs.
    NoRungs,
    /// A name that nothing defines.
    UnknownName {
        /// As it is written.
        name: String,
        /// What was perhaps meant.
        near: Option<String>,
    },
    /// Quantities of two dimensions are added or compared.
    UnitMismatch {
        /// Dimension on the left.
        left: String,
        /// Dimension on the right.
        right: String,
    },
    /// The result does not have the dimension of the unit that is declared.
    WrongUnit {
        /// The unit that is declared.
        declared: String,
        /// The dimension that comes out.
        found: String,
    },
    /// A number stands where a condition should.
    NotATruth,
    /// Something else stands where a number should.
    NotAQuantity,
    /// Something else stands where a list should.
    NotAList,
    /// A number in one case and a word in another.
    MixedKinds,
    /// A word is compared with what can never be it.
    UnknownWord {
        /// The word.
        word: String,
        /// The words that it could be.
        known: String,
    },
    /// A quantity with a unit has a broken or unknown exponent.
    UnclearPower,
    /// Logarithm, exponential or exponent of a quantity with a unit.
    UnitInFunction {
        /// The function.
        function: &'static str,
        /// The dimension.
        found: String,
    },
    /// Points of a ladder do not rise.
    RungOrder,
    /// The same word stands twice in a ladder.
    RungTwice(String),
    /// A linear ladder with one point, or with conditions.
    RungKind,
    /// A ladder has nothing to climb with: no subject, and not a scoring formula.
    NoSubject,
    /// A table that there is none of.
    UnknownTable(String),
    /// The parts of a definition depend on each other in a ring.
    Ring(String),
    /// A name is defined twice.
    DefinedTwice(String),
}

/// A fault and its place in the text.
#[derive(Debug, Clone, PartialEq, Eq, Hash, thiserror::Error)]
#[error("{} at byte {}", kind.id(), span.start)]
pub struct Fault {
    /// What it is.
    pub kind: FaultKind,
    /// Where it stands.
    pub span: Span,
}

impl std::hash::Hash for Span {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        (self.start, self.end).hash(state);
    }
}

impl Fault {
    pub(crate) const fn new(kind: FaultKind, span: Span) -> Self {
        Self { kind, span }
    }
}

impl FaultKind {
    /// The message that says it (`locales/*/formula.ftl`); with `-mend` after it, the one that says how to mend it.
    pub const fn id(&self) -> &'static str {
        match self {
            Self::TooLong => "formula-too-long",
            Self::TooDeep => "formula-too-deep",
            Self::StrangeCharacter(_) => "formula-strange-character",
            Self::UnclosedText => "formula-unclosed-text",
            Self::BadNumber(_) => "formula-bad-number",
            Self::UnknownUnit(_) => "formula-unknown-unit",
            Self::Expected { what, .. } => match what {
                Expectation::Operand => "formula-expected-operand",
                Expectation::CloseParenthesis => "formula-expected-close-parenthesis",
                Expectation::CloseBracket => "formula-expected-close-bracket",
                Expectation::CloseBrace => "formula-expected-close-brace",
                Expectation::Then => "formula-expected-then",
                Expectation::Else => "formula-expected-else",
                Expectation::Arrow => "formula-expected-arrow",
                Expectation::Name => "formula-expected-name",
                Expectation::Equals => "formula-expected-equals",
                Expectation::Period => "formula-expected-period",
                Expectation::End => "formula-expected-end",
            },
            Self::ChainedComparison => "formula-chained-comparison",
            Self::UnknownFunction { .. } => "formula-unknown-function",
            Self::ArgumentCount { .. } => "formula-argument-count",
            Self::NoRungs => "formula-no-rungs",
            Self::UnknownName { .. } => "formula-unknown-name",
            Self::UnitMismatch { .. } => "formula-unit-mismatch",
            Self::WrongUnit { .. } => "formula-wrong-unit",
            Self::NotATruth => "formula-not-a-truth",
            Self::NotAQuantity => "formula-not-a-quantity",
            Self::NotAList => "formula-not-a-list",
            Self::MixedKinds => "formula-mixed-kinds",
            Self::UnknownWord { .. } => "formula-unknown-word",
            Self::UnclearPower => "formula-unclear-power",
            Self::UnitInFunction { .. } => "formula-unit-in-function",
            Self::RungOrder => "formula-rung-order",
            Self::RungTwice(_) => "formula-rung-twice",
            Self::RungKind => "formula-rung-kind",
            Self::NoSubject => "formula-no-subject",
            Self::UnknownTable(_) => "formula-unknown-table",
            Self::Ring(_) => "formula-ring",
            Self::DefinedTwice(_) => "formula-defined-twice",
        }
    }

    /// The variables of its messages.
    pub fn arguments(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::StrangeCharacter(found) => vec![("found", found.clone())],
            Self::BadNumber(found) => vec![("found", found.clone())],
            Self::UnknownUnit(unit) => vec![("unit", unit.clone())],
            Self::Expected { found, .. } => vec![("found", found.clone())],
            Self::UnknownFunction { name, near } | Self::UnknownName { name, near } => vec![
                ("name", name.clone()),
                ("near", near.clone().unwrap_or_default()),
                ("has-near", if near.is_some() { "yes" } else { "no" }.to_owned()),
            ],
            Self::ArgumentCount {
                function,
                wanted,
                found,
            } => vec![
                ("function", (*function).to_owned()),
                ("wanted", wanted.clone()),
                ("found", found.to_string()),
            ],
            Self::UnitMismatch { left, right } => vec![("left", left.clone()), ("right", right.clone())],
            Self::WrongUnit { declared, found } => {
                vec![("declared", declared.clone()), ("found", found.clone())]
            }
            Self::UnknownWord { word, known } => vec![("word", word.clone()), ("known", known.clone())],
            Self::UnitInFunction { function, found } => {
                vec![("function", (*function).to_owned()), ("found", found.clone())]
            }
            Self::RungTwice(word) => vec![("word", word.clone())],
            Self::UnknownTable(name) | Self::Ring(name) | Self::DefinedTwice(name) => vec![("name", name.clone())],
            _ => Vec::new(),
        }
    }
}
