//! NUM: numbers, units, ranges and tolerances (9.4.5, 10.4.6).

use super::Check;
use crate::finding::{Fix, message};
use crate::model::{Element, ElementKind, Inline, Plain, Span, Visit, walk_document};

/// Unit symbols that stand after a number, the longer first.
const UNITS: &[&str] = &[
    "kWh", "MWh", "GWh", "kPa", "MPa", "GPa", "kHz", "MHz", "GHz", "mg/L", "g/L", "μg/L", "m/s", "km/h", "mm", "cm",
    "km", "nm", "μm", "µm", "mg", "kg", "mL", "ml", "min", "ms", "kW", "MW", "GW", "kV", "mV", "mA", "Pa", "Hz", "dB",
    "lx", "lm", "kJ", "MJ", "GJ", "mol", "rad", "m", "g", "t", "L", "s", "h", "d", "W", "V", "A", "N", "J", "K",
];
/// What stands behind numbers and is no legal unit.
const NO_UNITS: &[&str] = &[
    "ppm", "ppb", "rpm", "psi", "kgf", "英寸", "英尺", "马力", "公分", "市斤",
];
/// Code points of signs that have a sign of their own.
const SIGNS: &[(&str, &str)] = &[
    ("°C", "℃"),
    ("º", "°"),
    ("㎡", "m²"),
    ("㎜", "mm"),
    ("㎝", "cm"),
    ("㎏", "kg"),
    ("㎞", "km"),
];

pub(super) fn check(check: &mut Check<'_>) {
    let mut lines = Lines::default();
    walk_document(check.document, &mut lines);
    for text in &lines.found {
        let plain = Plain::prose(text);
        signs(check, &plain);
        let characters: Vec<char> = plain.text.chars().collect();
        numbers(check, &plain, &characters);
    }
}

#[derive(Default)]
struct Lines<'a> {
    quiet: bool,
    found: Vec<&'a [Inline]>,
}

impl<'a> Visit<'a> for Lines<'a> {
    fn element(&mut self, element: &'a Element) {
        self.quiet = matches!(
            element.kind,
            ElementKind::References | ElementKind::Bibliography | ElementKind::Index | ElementKind::Foreword
        );
    }

    fn text(&mut self, text: &'a [Inline]) {
        if !self.quiet {
            self.found.push(text);
        }
    }
}

fn signs(check: &mut Check<'_>, plain: &Plain) {
    for (wrong, right) in SIGNS {
        for (at, _) in plain.text.match_indices(wrong) {
            let start = plain.position(at);
            let span = Span::new(start, start.right(wrong.chars().count() as u32));
            check.tell_with(
                "NUM-02",
                span,
                message!("lint-num-02-sign", wrong = *wrong, right = *right),
                Fix::replace(span, *right),
            );
        }
    }
}

/// A number in a line, with the characters around it.
struct Numeral {
    from: usize,
    to: usize,
    unit: Option<(usize, &'static str)>,
    gap: bool,
}

fn numerals(characters: &[char]) -> Vec<Numeral> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < characters.len() {
        let before = at.checked_sub(1).and_then(|i| characters.get(i)).copied();
        let inside = before.is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '/' | '—' | '-' | '_'));
        if !characters[at].is_ascii_digit() || inside {
            at += 1;
            continue;
        }
        let from = at;
        while characters.get(at).is_some_and(|c| c.is_ascii_digit() || *c == '.') {
            at += 1;
        }
        let to = at;
        let gap = matches!(characters.get(at), Some(' ' | '\u{2009}' | '\u{202f}' | '\u{a0}'));
        let unit_at = if gap { at + 1 } else { at };
        found.push(Numeral {
            from,
            to,
            unit: unit(characters, unit_at).map(|unit| (unit_at, unit)),
            gap,
        });
    }
    found
}

/// The unit that begins at a character and ends where no letter goes on.
fn unit(characters: &[char], at: usize) -> Option<&'static str> {
    let rest: String = characters.iter().skip(at).take(8).collect();
    UNITS.iter().copied().find(|unit| {
        rest.starts_with(unit)
            && rest
                .get(unit.len()..)
                .and_then(|after| after.chars().next())
                .is_none_or(|c| !c.is_ascii_alphanumeric() && !matches!(c, '-' | '_'))
    })
}

/// Units that the law does not know (10.4.6).
fn no_units(check: &mut Check<'_>, plain: &Plain, characters: &[char], all: &[Numeral]) {
    for numeral in all {
        let at = if numeral.gap { numeral.to + 1 } else { numeral.to };
        let rest: String = characters.iter().skip(at).take(4).collect();
        let found = NO_UNITS.iter().find(|unit| {
            let after = rest.strip_prefix(**unit).and_then(|after| after.chars().next());
            rest.starts_with(**unit) && !after.is_some_and(|c| c.is_ascii_alphanumeric())
        });
        if let Some(unit) = found {
            let start = plain.place_of_character(at);
            let span = Span::new(start, start.right(unit.chars().count() as u32));
            check.tell("NUM-02", span, message!("lint-num-02-unit", unit = *unit));
        }
    }
}

fn numbers(check: &mut Check<'_>, plain: &Plain, characters: &[char]) {
    let all = numerals(characters);
    no_units(check, plain, characters, &all);
    for numeral in &all {
        if let Some((at, unit)) = numeral.unit
            && !numeral.gap
        {
            let start = plain.place_of_character(numeral.to);
            let span = Span::at(start);
            let number: String = characters[numeral.from..numeral.to].iter().collect();
            // 5G and 4K are names, no quantities.
            if !matches!(
                unit,
                "K" | "g" | "d" | "h" | "t" | "A" | "N" | "J" | "V" | "W" | "s" | "m" | "L"
            ) || looks_like_quantity(characters, at, unit)
            {
                check.tell_with(
                    "NUM-02",
                    Span::new(start, start.right(1)),
                    message!("lint-num-02-gap", number = number, unit = unit),
                    Fix::replace(span, " "),
                );
            }
        }
    }
    for pair in all.windows(2) {
        let (a, b) = (&pair[0], &pair[1]);
        let between: String = characters[a.to..b.from].iter().collect();
        let told = match between.trim() {
            // 80×25×50 mm: each number has its unit.
            "×" | "x" | "X" | "*" if b.unit.is_some() => Some("lint-num-01-times"),
            // 0～10 ℃ → 0 ℃～10 ℃.
            "～" | "~" if a.unit.is_none() && b.unit.is_some() => Some("lint-num-01-range"),
            "-" | "–" | "—" if b.unit.is_some() && a.unit.is_none() => Some("lint-num-01-range"),
            // 80±2 μF → 80 μF±2 μF or (80±2) μF.
            "±" if b.unit.is_some() && a.unit.is_none() && !bracketed(characters, a.from, b.to) => {
                Some("lint-num-01-tolerance")
            }
            _ => None,
        };
        let Some(which) = told else { continue };
        let span = Span::new(plain.place_of_character(a.from), plain.place_of_character(b.to));
        let text: String = characters[a.from..b.to].iter().collect();
        let message = match which {
            "lint-num-01-times" => message!("lint-num-01-times", text = text),
            "lint-num-01-range" => message!("lint-num-01-range", text = text),
            _ => message!("lint-num-01-tolerance", text = text),
        };
        check.tell("NUM-01", span, message);
    }
    percent(check, plain, characters);
}

/// One letter after a number is a unit where Chinese or nothing follows, and the letter is in lower case.
fn looks_like_quantity(characters: &[char], at: usize, unit: &str) -> bool {
    let after = characters.get(at + unit.chars().count()).copied();
    unit.chars().all(char::is_lowercase) && after.is_none_or(|c| !c.is_ascii_alphanumeric())
}

fn bracketed(characters: &[char], from: usize, to: usize) -> bool {
    let open = from.checked_sub(1).and_then(|i| characters.get(i)).copied();
    let close = characters.get(to).copied();
    matches!(open, Some('(' | '（')) && matches!(close, Some(')' | '）'))
}

/// 65±2%: whose per cent is the 2? (9.4.5.4)
fn percent(check: &mut Check<'_>, plain: &Plain, characters: &[char]) {
    for (at, c) in characters.iter().enumerate() {
        if *c != '±' {
            continue;
        }
        let after: Vec<char> = characters[at + 1..]
            .iter()
            .copied()
            .skip_while(|c| c.is_ascii_digit() || *c == '.' || *c == ' ')
            .take(1)
            .collect();
        let mut back = at;
        while back > 0 && matches!(characters[back - 1], '0'..='9' | '.' | ' ' | '%') {
            back -= 1;
        }
        let number = characters[back..at].iter().any(char::is_ascii_digit);
        if after == ['%'] && number && !matches!(back.checked_sub(1).and_then(|i| characters.get(i)), Some('(' | '（'))
        {
            let span = Span::new(plain.place_of_character(back), plain.place_of_character(at).right(1));
            let text: String = characters[back..=at].iter().collect();
            check.tell("NUM-01", span, message!("lint-num-01-percent", text = text));
        }
    }
}
