//! The values of cells: what is written, and what is understood when it is read.

use jiff::civil::Date;
use rust_decimal::Decimal;

/// A cell on its way out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// Nothing.
    Empty,
    /// Text, always written as text: never a formula, whatever it begins with.
    Text(String),
    /// A whole number; beyond ±2⁵³ it is written as text, because a sheet would round it.
    Integer(i64),
    /// A decimal; written as text where a sheet would round it.
    Decimal(Decimal),
    /// A day.
    Date(Date),
    /// Text that leads to `url` (http, https or mailto; anything else is written beside the text).
    Link {
        /// What the reader sees.
        text: String,
        /// Where it leads.
        url: String,
    },
    /// A formula that the program wrote, which a sheet computes again; never one that came from outside.
    Formula {
        /// The formula, with English names of functions: `=SUM(A1:A3)`.
        formula: String,
        /// What it gives, as text, until a sheet computes it.
        value: String,
    },
}

/// A cell as it was understood on its way in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CellValue {
    /// The cell was there and held nothing.
    Empty,
    /// Text or a choice.
    Text(String),
    /// A whole number.
    Integer(i64),
    /// A decimal.
    Decimal(Decimal),
    /// A day.
    Date(Date),
}

impl CellValue {
    /// Whether two values say the same: `1` and `1.0`, nothing and the empty text, and line ends of
    /// either custom are equal.
    ///
    /// ```
    /// use sheet::CellValue;
    /// assert!(CellValue::Integer(1).says_same(&CellValue::Decimal("1.0".parse()?)));
    /// assert!(CellValue::Text("a\r\nb".into()).says_same(&CellValue::Text("a\nb".into())));
    /// assert!(!CellValue::Text("a".into()).says_same(&CellValue::Empty));
    /// # Ok::<(), rust_decimal::Error>(())
    /// ```
    pub fn says_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Text(a), Self::Text(b)) => a == b || a.replace("\r\n", "\n") == b.replace("\r\n", "\n"),
            (Self::Text(text), Self::Empty) | (Self::Empty, Self::Text(text)) => text.is_empty(),
            (Self::Integer(i), Self::Decimal(d)) | (Self::Decimal(d), Self::Integer(i)) => Decimal::from(*i) == *d,
            _ => self == other,
        }
    }
}

impl From<CellValue> for Cell {
    fn from(value: CellValue) -> Self {
        match value {
            CellValue::Empty => Self::Empty,
            CellValue::Text(text) => Self::Text(text),
            CellValue::Integer(number) => Self::Integer(number),
            CellValue::Decimal(number) => Self::Decimal(number),
            CellValue::Date(date) => Self::Date(date),
        }
    }
}

impl Cell {
    /// What reading this cell back gives; a link gives its text, the empty text gives nothing.
    pub fn value(&self) -> CellValue {
        match self {
            Self::Empty => CellValue::Empty,
            Self::Text(text) | Self::Link { text, .. } | Self::Formula { value: text, .. } if text.is_empty() => {
                CellValue::Empty
            }
            Self::Text(text) | Self::Link { text, .. } => CellValue::Text(text.clone()),
            Self::Formula { value, .. } => value
                .parse()
                .map_or_else(|_| CellValue::Text(value.clone()), CellValue::Decimal),
            Self::Integer(number) => CellValue::Integer(*number),
            Self::Decimal(number) => CellValue::Decimal(*number),
            Self::Date(date) => CellValue::Date(*date),
        }
    }
}
