//! Units of measure: read as people write them (`kgCO2/kWh`, `万Nm³`, `元/人`), with the factor to base quantities.

use crate::dimension::Dimension;
use crate::number::Number;
use crate::unit_table::{MULTIPLIERS, PLAIN, PREFIXED, PREFIXES, Row, SUBSTANCES};

/// A unit. Two are the same where they mean the same, however they are written.
#[derive(Debug, Clone)]
pub struct Unit {
    text: String,
    factor: Number,
    dimension: Dimension,
}

impl PartialEq for Unit {
    fn eq(&self, other: &Self) -> bool {
        self.factor == other.factor && self.dimension == other.dimension
    }
}
impl Eq for Unit {}

/// Units longer than this are no units.
const MAX_CHARS: usize = 60;

impl Unit {
    /// The unit of pure numbers, written as nothing.
    pub fn none() -> Self {
        Self {
            text: String::new(),
            factor: Number::one(),
            dimension: Dimension::NONE,
        }
    }

    /// Reads a unit that fills the whole text; empty is the unit of pure numbers. `None` where it is not known.
    ///
    /// ```
    /// use formula::Unit;
    /// let factor = Unit::parse("GJ/10^4Nm3").unwrap();
    /// assert_eq!(factor, Unit::parse("GJ/万Nm³").unwrap());
    /// assert_eq!(Unit::parse("万元/人").unwrap().factor().exact_text(), "10000");
    /// assert!(Unit::parse("斗").is_none());
    /// ```
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if text.is_empty() {
            return Some(Self::none());
        }
        let (unit, length) = Self::scan(text)?;
        (length == text.len()).then_some(unit)
    }

    /// Reads the longest unit at the start of a text, and how many bytes it takes.
    pub(crate) fn scan(text: &str) -> Option<(Self, usize)> {
        let (mut factor, mut dimension, mut length) = atom(text)?;
        while let Some(sign) = text[length..].chars().next() {
            let over = match sign {
                '/' => true,
                '·' | '⋅' => false,
                _ => break,
            };
            let after = length + sign.len_utf8();
            let (next_factor, next_dimension, next_end) = match text[after..].strip_prefix('(') {
                Some(inside) => {
                    let Some((unit, inner)) = Self::scan(inside) else { break };
                    if !inside[inner..].starts_with(')') {
                        break;
                    }
                    (unit.factor, unit.dimension, after + inner + 2)
                }
                None => {
                    let Some((factor, dimension, taken)) = atom(&text[after..]) else {
                        break;
                    };
                    (factor, dimension, after + taken)
                }
            };
            if next_end > MAX_CHARS * 4 {
                break;
            }
            if over {
                factor = factor.over(&next_factor).ok()?;
                dimension = dimension.over(next_dimension);
            } else {
                factor = factor.times(&next_factor).ok()?;
                dimension = dimension.times(next_dimension);
            }
            length = next_end;
        }
        let unit = Self {
            text: text[..length].to_owned(),
            factor,
            dimension,
        };
        Some((unit, length))
    }

    /// As it was written.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// How many base units one of it is.
    pub const fn factor(&self) -> &Number {
        &self.factor
    }

    /// What it measures.
    pub const fn dimension(&self) -> Dimension {
        self.dimension
    }

    /// Whether it is the unit of pure numbers, written as nothing.
    pub fn is_none(&self) -> bool {
        self.text.is_empty()
    }

    /// A number of this unit in base units.
    pub fn to_base(&self, number: &Number) -> Number {
        number.times(&self.factor).unwrap_or_else(|_| number.clone())
    }

    /// A number of base units in this unit.
    pub fn of_base(&self, number: &Number) -> Number {
        number.over(&self.factor).unwrap_or_else(|_| number.clone())
    }
}

/// Whether a character may stand in the name of a unit.
fn is_unit_char(c: char) -> bool {
    c.is_alphabetic()
        || c.is_ascii_digit()
        || matches!(
            c,
            '%' | '％' | '‰' | '‱' | '℃' | '°' | '²' | '³' | '₂' | '₄' | '⁴' | '⁶' | '⁸' | '⁹' | '^' | '-'
        )
}

/// One unit without `/`: a run of characters of which the longest beginning is known, in whole words.
fn atom(text: &str) -> Option<(Number, Dimension, usize)> {
    let run: usize = text
        .chars()
        .take(MAX_CHARS)
        .take_while(|c| is_unit_char(*c))
        .map(char::len_utf8)
        .sum();
    let run = text[..run].trim_end_matches(['-', '^']);
    if run.is_empty() {
        return None;
    }
    // A sign such as % ends a unit; letters and digits must match to their end.
    let first = run.chars().next()?;
    if matches!(first, '%' | '％' | '‰' | '‱') {
        let (factor, dimension) = named(&run[..first.len_utf8()])?;
        return Some((factor, dimension, first.len_utf8()));
    }
    let mut end = run.len();
    loop {
        if let Some((factor, dimension)) = powered(&run[..end]) {
            return Some((factor, dimension, end));
        }
        // Only a trailing `-…` may be left over: it is a minus sign.
        end = run[..end].rfind('-')?;
    }
}

fn powered(name: &str) -> Option<(Number, Dimension)> {
    if let Some(found) = multiplied(name) {
        return Some(found);
    }
    let (base, exponent) = split_exponent(name)?;
    let (factor, dimension) = multiplied_base(base, exponent)?;
    Some((factor, dimension))
}

/// `km²`: the power holds for the prefixed unit; `万m³`: it does not hold for the multiplier.
fn multiplied_base(base: &str, exponent: i8) -> Option<(Number, Dimension)> {
    let power = |(factor, dimension): (Number, Dimension)| {
        let factor = factor.power(&Number::from(i64::from(exponent))).ok()?;
        Some((factor, dimension.power(exponent)))
    };
    if let Some(found) = named(base) {
        return power(found);
    }
    let (multiplier, ten) = MULTIPLIERS.iter().find(|(name, _)| base.starts_with(name))?;
    let (factor, dimension) = power(named(&base[multiplier.len()..])?)?;
    Some((factor.times(&Number::power_of_ten(*ten)).ok()?, dimension))
}

fn split_exponent(name: &str) -> Option<(&str, i8)> {
    let ends: [(&str, i8); 9] = [
        ("²", 2),
        ("³", 3),
        ("^-1", -1),
        ("^-2", -2),
        ("^-3", -3),
        ("^2", 2),
        ("^3", 3),
        ("2", 2),
        ("3", 3),
    ];
    ends.iter()
        .find_map(|(end, exponent)| name.strip_suffix(end).map(|base| (base, *exponent)))
}

fn multiplied(name: &str) -> Option<(Number, Dimension)> {
    if let Some(found) = named(name) {
        return Some(found);
    }
    MULTIPLIERS.iter().find_map(|(multiplier, ten)| {
        let rest = name.strip_prefix(multiplier)?;
        let (factor, dimension) = if rest.is_empty() {
            (Number::one(), Dimension::NONE)
        } else {
            named(rest)?
        };
        Some((factor.times(&Number::power_of_ten(*ten)).ok()?, dimension))
    })
}

fn named(name: &str) -> Option<(Number, Dimension)> {
    if let Some(row) = PLAIN.iter().chain(PREFIXED).find(|row| row.0 == name) {
        return of_row(row);
    }
    if let Some(found) = prefixed(name) {
        return Some(found);
    }
    SUBSTANCES.iter().find_map(|substance| {
        let mass = name.strip_suffix(substance)?;
        let (factor, dimension) = named_mass(mass)?;
        Some((factor, dimension))
    })
}

fn named_mass(name: &str) -> Option<(Number, Dimension)> {
    let row = PLAIN.iter().chain(PREFIXED).find(|row| row.0 == name);
    let found = row.map_or_else(|| prefixed(name), of_row)?;
    (Some(found.1) == Dimension::base("kg")).then_some(found)
}

fn prefixed(name: &str) -> Option<(Number, Dimension)> {
    PREFIXES.iter().find_map(|(prefix, ten)| {
        let rest = name.strip_prefix(prefix)?;
        let row = PREFIXED.iter().find(|row| row.0 == rest)?;
        // Tonnes take only kilo, mega, giga: `mt` and `Tt` are slips.
        if matches!(rest, "t" | "tce") && !matches!(*prefix, "k" | "M" | "G") {
            return None;
        }
        let (factor, dimension) = of_row(row)?;
        Some((factor.times(&Number::power_of_ten(*ten)).ok()?, dimension))
    })
}

fn of_row(row: &Row) -> Option<(Number, Dimension)> {
    let factor = Number::fraction(row.1, row.2)?;
    let mut dimension = Dimension::NONE;
    for (base, exponent) in row.3 {
        dimension = dimension.times(Dimension::base(base)?.power(*exponent));
    }
    Some((factor, dimension))
}
