//! What a name can stand for: a quantity, a word, a truth, a list; or nothing, with the reason. Nothing never becomes
//! zero by itself.

use crate::dimension::Dimension;
use crate::fault::{Fault, FaultKind};
use crate::lex::{Token, keyword, lex};
use crate::number::{Number, NumberError};
use crate::span::Span;
use crate::syntax::Operator;
use crate::unit::Unit;

/// A value, or the reason why there is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// A number with what it measures.
    Quantity(Quantity),
    /// A word: 独立专网.
    Word(String),
    /// 是, 否.
    Truth(bool),
    /// Several of them.
    List(Vec<Value>),
    /// None.
    Absent(Absence),
}

/// A number of base units, and its dimension.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quantity {
    /// In base units (kg, s, 元 …).
    pub number: Number,
    /// What it measures.
    pub dimension: Dimension,
}

/// Why there is no value, and of what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Absence {
    /// The reason.
    pub why: Why,
    /// The name that has none.
    pub of: Option<String>,
}

/// The reasons for which a value is absent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// Not given; with the reason, where one was.
    Missing(String),
    /// 不适用: does not arise for this unit; with the reason, where one was given.
    NotApplicable(String),
    /// 未核验: said, but not shown.
    Unverified(String),
    /// The formula gives none.
    Undefined(Undefined),
}

/// Why a formula gives no value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Undefined {
    /// Division by zero.
    DivisionByZero,
    /// Root or logarithm outside the domain.
    Domain,
    /// More digits than are carried.
    TooLarge,
    /// No rung of the ladder holds the value.
    OffLadder(String),
    /// No row of the table has the key.
    NoRow {
        /// The table.
        table: String,
        /// The key.
        key: String,
    },
    /// Dimensions do not fit.
    UnitMismatch {
        /// One of them.
        left: String,
        /// The other.
        right: String,
    },
    /// A word where a number is needed, or the like.
    WrongKind,
    /// Nothing has the name.
    UnknownName,
    /// A parameter has no value for the period, or none was published by then.
    NoPeriod(String),
    /// No other units to rank among.
    NoPopulation,
    /// A list without elements.
    EmptyList,
    /// Names that depend on each other in a ring.
    Ring,
}

impl From<NumberError> for Undefined {
    fn from(error: NumberError) -> Self {
        match error {
            NumberError::DivisionByZero => Self::DivisionByZero,
            NumberError::Domain => Self::Domain,
            NumberError::TooLarge => Self::TooLarge,
        }
    }
}

impl Why {
    /// The message that says it (`locales/*/formula.ftl`).
    pub const fn id(&self) -> &'static str {
        match self {
            Self::Missing(_) => "absence-missing",
            Self::NotApplicable(_) => "absence-not-applicable",
            Self::Unverified(_) => "absence-unverified",
            Self::Undefined(undefined) => match undefined {
                Undefined::DivisionByZero => "absence-division-by-zero",
                Undefined::Domain => "absence-domain",
                Undefined::TooLarge => "absence-too-large",
                Undefined::OffLadder(_) => "absence-off-ladder",
                Undefined::NoRow { .. } => "absence-no-row",
                Undefined::UnitMismatch { .. } => "absence-unit-mismatch",
                Undefined::WrongKind => "absence-wrong-kind",
                Undefined::UnknownName => "absence-unknown-name",
                Undefined::NoPeriod(_) => "absence-no-period",
                Undefined::NoPopulation => "absence-no-population",
                Undefined::EmptyList => "absence-empty-list",
                Undefined::Ring => "absence-ring",
            },
        }
    }

    /// The variables of its message.
    pub fn arguments(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Missing(reason) | Self::NotApplicable(reason) | Self::Unverified(reason) => vec![
                ("reason", reason.clone()),
                ("has-reason", if reason.is_empty() { "no" } else { "yes" }.to_owned()),
            ],
            Self::Undefined(Undefined::OffLadder(value)) => vec![("value", value.clone())],
            Self::Undefined(Undefined::NoRow { table, key }) => vec![("table", table.clone()), ("key", key.clone())],
            Self::Undefined(Undefined::UnitMismatch { left, right }) => {
                vec![("left", left.clone()), ("right", right.clone())]
            }
            Self::Undefined(Undefined::NoPeriod(period)) => vec![("period", period.clone())],
            Self::Undefined(_) => Vec::new(),
        }
    }
}

impl Value {
    /// A pure number.
    pub const fn pure(number: Number) -> Self {
        Self::Quantity(Quantity {
            number,
            dimension: Dimension::NONE,
        })
    }

    /// So many of a unit.
    pub fn of_unit(number: &Number, unit: &Unit) -> Self {
        Self::Quantity(Quantity {
            number: unit.to_base(number),
            dimension: unit.dimension(),
        })
    }

    /// Not given.
    pub fn missing(name: &str, reason: &str) -> Self {
        Self::absent(name, Why::Missing(reason.to_owned()))
    }

    /// Absent for a reason.
    pub fn absent(name: &str, why: Why) -> Self {
        Self::Absent(Absence {
            why,
            of: (!name.is_empty()).then(|| name.to_owned()),
        })
    }

    pub(crate) const fn undefined(undefined: Undefined) -> Self {
        Self::Absent(Absence {
            why: Why::Undefined(undefined),
            of: None,
        })
    }

    /// Reads a cell: `91.2 %`, `640`, `混合专网`, `是`. A number without a unit is one of `unit`.
    ///
    /// ```
    /// use formula::{Unit, Value};
    /// let percent = Unit::parse("%").unwrap();
    /// assert_eq!(Value::read("91.2 %", &percent)?, Value::read("91.2", &percent)?);
    /// assert_eq!(Value::read("是", &Unit::none())?, Value::Truth(true));
    /// assert!(Value::read("12 斗", &percent).is_err());
    /// # Ok::<(), formula::Fault>(())
    /// ```
    pub fn read(text: &str, unit: &Unit) -> Result<Self, Fault> {
        let trimmed = text.trim();
        if let Some(Token::Truth(truth)) = keyword(trimmed) {
            return Ok(Self::Truth(truth));
        }
        let signless = trimmed.trim_start_matches(['-', '−', '+']);
        if !signless.starts_with(|c: char| c.is_ascii_digit()) {
            let list: Vec<&str> = trimmed.split(['；', ';']).map(str::trim).collect();
            if list.len() > 1 {
                return list
                    .into_iter()
                    .filter(|part| !part.is_empty())
                    .map(|part| Self::read(part, unit))
                    .collect::<Result<_, _>>()
                    .map(Self::List);
            }
            return Ok(Self::Word(trimmed.to_owned()));
        }
        if trimmed.contains(['；', ';']) {
            return trimmed
                .split(['；', ';'])
                .filter(|part| !part.trim().is_empty())
                .map(|part| Self::read(part, unit))
                .collect::<Result<_, _>>()
                .map(Self::List);
        }
        let mut negative = false;
        let mut tokens = lex(trimmed)?.into_iter().peekable();
        while let Some(lexed) =
            tokens.next_if(|lexed| matches!(lexed.token, Token::Operator(Operator::Minus | Operator::Plus)))
        {
            negative ^= lexed.token == Token::Operator(Operator::Minus);
        }
        let (Some(first), Some(Token::End)) = (tokens.next(), tokens.next().map(|lexed| lexed.token)) else {
            return Err(bad_number(trimmed));
        };
        let Token::Number(number, own) = first.token else {
            return Err(bad_number(trimmed));
        };
        let number = if negative { number.negated() } else { number };
        Ok(Self::of_unit(&number, own.as_ref().unwrap_or(unit)))
    }

    /// The quantity, where it is one.
    pub const fn quantity(&self) -> Option<&Quantity> {
        match self {
            Self::Quantity(quantity) => Some(quantity),
            _ => None,
        }
    }

    /// Why there is none, where there is none.
    pub const fn absence(&self) -> Option<&Absence> {
        match self {
            Self::Absent(absence) => Some(absence),
            _ => None,
        }
    }

    /// The number in a unit of its dimension.
    pub fn in_unit(&self, unit: &Unit) -> Option<Number> {
        let quantity = self.quantity()?;
        (quantity.dimension == unit.dimension()).then(|| unit.of_base(&quantity.number))
    }

    /// The value as people read it in a sentence, numbers in `unit` where it fits, to twelve digits.
    pub fn shown(&self, unit: &Unit) -> String {
        match self {
            Self::Quantity(quantity) => match self.in_unit(unit) {
                Some(number) if unit.is_none() => number.brief(12),
                Some(number) => format!("{} {}", number.brief(12), unit.text()),
                None => format!("{} {}", quantity.number.brief(12), quantity.dimension),
            },
            Self::Word(word) => word.clone(),
            Self::Truth(true) => "是".to_owned(),
            Self::Truth(false) => "否".to_owned(),
            Self::List(values) => {
                let shown: Vec<String> = values.iter().take(12).map(|value| value.shown(unit)).collect();
                let more = if values.len() > 12 { ", …" } else { "" };
                format!("{{{}{more}}}", shown.join(", "))
            }
            Self::Absent(_) => "—".to_owned(),
        }
    }

    /// The word by which a ladder or a table knows it.
    pub(crate) fn key(&self) -> Option<String> {
        match self {
            Self::Word(word) => Some(word.clone()),
            Self::Truth(true) => Some("是".to_owned()),
            Self::Truth(false) => Some("否".to_owned()),
            Self::Quantity(quantity) if quantity.dimension.is_none() => Some(quantity.number.exact_text()),
            _ => None,
        }
    }
}

/// Whether a word of a ladder or a table is that of a key; `是` is also written `yes` and `true`.
pub fn same_word(word: &str, key: &str) -> bool {
    let truth = |word: &str| match keyword(word) {
        Some(Token::Truth(truth)) => Some(truth),
        _ => None,
    };
    word == key || (truth(word).is_some() && truth(word) == truth(key))
}

fn bad_number(text: &str) -> Fault {
    let span = Span::new(0, text.len());
    Fault::new(FaultKind::BadNumber(text.chars().take(40).collect()), span)
}
