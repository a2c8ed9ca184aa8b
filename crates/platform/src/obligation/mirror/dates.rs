//! The days in a line, and what each is the day of.

use super::Doubt;
use jiff::civil::Date;
use regex::Regex;
use std::sync::LazyLock;

/// The days of a line.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Dates {
    /// Of publication, or of the stage.
    pub published: Option<Date>,
    /// From which it is in force.
    pub in_force: Option<Date>,
    /// Last day of a consultation.
    pub closes: Option<Date>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Of {
    Publication,
    Force,
    Closing,
}

/// A pattern that does not compile finds nothing; the tests would show it.
static NUMBERS: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(\d{4})\s*(?:年|[-./])\s*(\d{1,2})\s*(?:月|[-./])\s*(\d{1,2})\s*日?").ok());
static MONTH_ALONE: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"\d{4}\s*年\s*\d{1,2}\s*月").ok());
static DAY_FIRST: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?i)(\d{1,2})(?:st|nd|rd|th)?\s+(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?,?\s+(\d{4})",
    )
    .ok()
});
static MONTH_FIRST: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?i)(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})",
    )
    .ok()
});

const MONTHS: [&str; 12] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];
const STOPS: [char; 7] = ['，', ',', '。', '；', ';', '、', '\n'];

/// Words right before a day, and right behind or around it.
const BEFORE: &[(&str, Of)] = &[
    ("发布日期", Of::Publication),
    ("发布时间", Of::Publication),
    ("发布于", Of::Publication),
    ("公布于", Of::Publication),
    ("印发于", Of::Publication),
    ("published", Of::Publication),
    ("published on", Of::Publication),
    ("issued", Of::Publication),
    ("issued on", Of::Publication),
    ("released on", Of::Publication),
    ("实施日期", Of::Force),
    ("施行日期", Of::Force),
    ("实施时间", Of::Force),
    ("effective", Of::Force),
    ("effective from", Of::Force),
    ("effective on", Of::Force),
    ("in force from", Of::Force),
    ("in force on", Of::Force),
    ("into force on", Of::Force),
    ("takes effect on", Of::Force),
    ("截止日期", Of::Closing),
    ("截止时间", Of::Closing),
    ("截止", Of::Closing),
    ("截至", Of::Closing),
    ("until", Of::Closing),
    ("closes on", Of::Closing),
    ("于前", Of::Closing),
];
const WORDS: &[(&str, Of)] = &[
    ("实施", Of::Force),
    ("施行", Of::Force),
    ("生效", Of::Force),
    ("in force", Of::Force),
    ("into force", Of::Force),
    ("effective", Of::Force),
    ("截止", Of::Closing),
    ("前反馈", Of::Closing),
    ("日前", Of::Closing),
    ("之前", Of::Closing),
    ("发布", Of::Publication),
    ("公布", Of::Publication),
    ("印发", Of::Publication),
    ("published", Of::Publication),
    ("issued", Of::Publication),
];

/// Finds the days of a line.
pub(super) fn of(text: &str, doubts: &mut Vec<Doubt>) -> Dates {
    let lower = text.to_lowercase();
    let found = found(&lower, doubts);
    let mut dates = Dates::default();
    let mut several: Vec<Date> = Vec::new();
    for (from, to, date) in &found {
        let of = role(&lower[..*from], &lower[*to..]).unwrap_or(Of::Publication);
        let slot = match of {
            Of::Publication => &mut dates.published,
            Of::Force => &mut dates.in_force,
            Of::Closing => &mut dates.closes,
        };
        match slot {
            None => *slot = Some(*date),
            Some(first) if first == date => {}
            Some(first) => {
                if several.is_empty() {
                    several.push(*first);
                }
                several.push(*date);
            }
        }
    }
    if !several.is_empty() {
        doubts.push(Doubt::SeveralDates(several));
    }
    if found.is_empty() {
        match MONTH_ALONE.as_ref().and_then(|m| m.find(&lower)) {
            Some(month) => doubts.push(Doubt::NoDayOfMonth(month.as_str().to_owned())),
            None => doubts.push(Doubt::NoDate),
        }
    }
    dates
}

fn found(lower: &str, doubts: &mut Vec<Doubt>) -> Vec<(usize, usize, Date)> {
    let mut found = Vec::new();
    let mut take = |pattern: &LazyLock<Option<Regex>>, order: [usize; 3]| {
        for captures in pattern.as_ref().iter().flat_map(|p| p.captures_iter(lower)) {
            let Some(whole) = captures.get(0) else { continue };
            let part = |index: usize| {
                let text = captures.get(order[index]).map_or("", |m| m.as_str());
                MONTHS
                    .iter()
                    .position(|m| *m == text)
                    .map_or_else(|| text.parse().ok(), |m| i16::try_from(m + 1).ok())
            };
            let date = match (part(0), part(1), part(2)) {
                (Some(year), Some(month), Some(day)) => i8::try_from(month)
                    .ok()
                    .zip(i8::try_from(day).ok())
                    .and_then(|(m, d)| Date::new(year, m, d).ok()),
                _ => None,
            };
            match date {
                Some(date) => found.push((whole.start(), whole.end(), date)),
                None => doubts.push(Doubt::NoSuchDate(whole.as_str().to_owned())),
            }
        }
    };
    take(&NUMBERS, [1, 2, 3]);
    take(&DAY_FIRST, [3, 2, 1]);
    take(&MONTH_FIRST, [3, 1, 2]);
    found.sort_by_key(|(from, ..)| *from);
    found
}

/// What a day is the day of: by the words right before it, else by the first behind it in its clause, else by the last
/// before it in its clause.
fn role(before: &str, behind: &str) -> Option<Of> {
    let right_before = before.trim_end_matches([' ', ':', '：', '(', '（']);
    if let Some((_, of)) = BEFORE.iter().rfind(|(word, _)| right_before.ends_with(word)) {
        return Some(*of);
    }
    let clause = behind.split(STOPS).next().unwrap_or_default();
    let first = WORDS
        .iter()
        .filter_map(|(word, of)| clause.find(word).map(|at| (at, *of)))
        .min_by_key(|(at, _)| *at);
    if clause.starts_with('前') || clause.starts_with("之前") {
        return Some(Of::Closing);
    }
    if let Some((_, of)) = first {
        return Some(of);
    }
    let clause = before.rsplit(STOPS).next().unwrap_or_default();
    WORDS
        .iter()
        .filter_map(|(word, of)| clause.rfind(word).map(|at| (at, *of)))
        .max_by_key(|(at, _)| *at)
        .map(|(_, of)| of)
}
