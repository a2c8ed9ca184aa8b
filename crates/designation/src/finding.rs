//! What was mended in a designation, what is left open, and what is wrong.

use serde::Serialize;

/// A range of characters (not bytes) of the input, from 0, the end excluded. Serialises as `[start, end]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(into = "[usize; 2]")]
pub struct Span {
    /// Index of the first character.
    pub start: usize,
    /// Index after the last character.
    pub end: usize,
}

impl From<Span> for [usize; 2] {
    fn from(span: Span) -> Self {
        [span.start, span.end]
    }
}

/// How much a finding weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// The canonical form already has it right.
    Mended,
    /// Somebody should look; the designation stands.
    Noted,
    /// The designation is not a lawful one as written.
    Wrong,
}

/// The kinds of findings. Serialises in snake case (`wrong_dash`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum FindingKind {
    /// A full-width or other compatibility form of an ASCII character.
    FullWidth,
    /// Lower-case letters where capitals belong.
    LetterCase,
    /// Another dash than the one that belongs there: U+2014 before a year, `-` in plan numbers, `:` in
    /// international ones.
    WrongDash,
    /// Another stroke than `/`.
    WrongSlash,
    /// No blank after the prefix.
    MissingBlank,
    /// A blank where none belongs, a longer one, or an invisible character.
    ExtraBlank,
    /// `GBT` for `GB/T`, `DB11 1` for `DB11/ 1`.
    MissingSlash,
    /// An international year written as `(10/2019)`.
    YearForm,
    /// A year of two digits; lawful only in old national and industry standards.
    TwoDigitYear,
    /// The number is not given out yet.
    NumberPending,
    /// The year is not fixed yet.
    YearPending,
    /// The text holds more numbers than the one that was asked for.
    SeveralNumbers,
    /// No year.
    MissingYear,
    /// Digits after the dash that are no year.
    BadYear,
    /// Zero, or more than six digits.
    BadNumber,
    /// Two capitals that are no approved industry code.
    UnknownIndustryCode,
    /// Digits after `DB` that are no place which issues local standards.
    UnknownRegion,
    /// A `/` without the letter that should follow.
    StraySlash,
    /// `/T` or `/Z` where this kind of standard has none.
    UnexpectedNature,
    /// Text after the designation.
    TrailingText,
    /// The text is no designation.
    Unreadable,
}

impl FindingKind {
    /// The weight of this kind where its context says nothing else.
    pub fn severity(self) -> Severity {
        match self {
            Self::FullWidth
            | Self::LetterCase
            | Self::WrongDash
            | Self::WrongSlash
            | Self::MissingBlank
            | Self::ExtraBlank
            | Self::MissingSlash
            | Self::YearForm => Severity::Mended,
            Self::TwoDigitYear | Self::NumberPending | Self::YearPending | Self::SeveralNumbers => Severity::Noted,
            Self::MissingYear
            | Self::BadYear
            | Self::BadNumber
            | Self::UnknownIndustryCode
            | Self::UnknownRegion
            | Self::StraySlash
            | Self::UnexpectedNature
            | Self::TrailingText
            | Self::Unreadable => Severity::Wrong,
        }
    }
}

/// One finding: what, where, how grave, and how to mend it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Finding {
    /// What it is. Serialises as `code`.
    #[serde(rename = "code")]
    pub kind: FindingKind,
    /// Its weight.
    pub severity: Severity,
    /// Where it stands in the input. Serialises as `at`.
    #[serde(rename = "at")]
    pub span: Span,
    /// The characters found there, empty if something is missing.
    pub what: String,
    /// What should stand there; `None` if only a person can tell.
    pub mend: Option<String>,
}
