//! The mirror: what one pasted line of an announcement or of a project plan says happened elsewhere. Pure.
//!
//! Most procedures run in other systems; a line copied from there is read into a [`Proposal`], which a person confirms
//! or mends before anything is recorded. What could not be read, or could be read in two ways, is a [`Doubt`].
//!
//! ```
//! use platform::obligation::mirror::{Kind, PlaceName, TaskTitle, read};
//! let tasks = [TaskTitle { id: "first-20".into(), number: 20, titles: vec!["养老机构康复服务规范".into()], places: vec!["320100".into()] }];
//! let places = [PlaceName { code: "320100".into(), names: vec!["南京市".into(), "南京".into()], prefix: Some("DB3201".into()) }];
//! let read = read("DB3201/T 1234—2026《养老机构康复服务规范》2026年3月1日发布", &tasks, &places);
//! assert_eq!(read.kind, Kind::Evidence);
//! assert_eq!(read.designation.as_deref(), Some("DB3201/T 1234—2026"));
//! assert_eq!(read.place.as_deref(), Some("320100"));
//! assert_eq!(read.tasks[0].number, 20);
//! ```

#[cfg(test)]
mod announcements;
mod dates;
mod milestones;
mod stages;
mod tasks;
#[cfg(test)]
mod tests;
mod titles;

pub use milestones::{fitting, is_earlier};
pub use tasks::{Candidate, Reason, clear};

use crate::list::event::Tier;
use dates::Dates;
use jiff::civil::Date;

/// What kind of entry the line would become.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A stage was reached.
    Stage,
    /// A standard came out.
    Evidence,
}

/// A task by its titles.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TaskTitle {
    /// Id.
    pub id: String,
    /// Number in the list.
    pub number: u32,
    /// Its title in each language, and the topics that it bundles.
    pub titles: Vec<String>,
    /// Codes of the places that hold it.
    pub places: Vec<String>,
}

/// A place by its names.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PlaceName {
    /// Code.
    pub code: String,
    /// Full, short and English names.
    pub names: Vec<String>,
    /// Prefix of its local standards: DB3201.
    pub prefix: Option<String>,
}

/// What the line was read as. Nothing is recorded by it.
#[derive(Debug, Clone, PartialEq)]
pub struct Proposal {
    /// What kind of entry it would become.
    pub kind: Kind,
    /// Harmonised stage code, where a word tells it.
    pub stage: Option<String>,
    /// Canonical designation; absent where none stands there, or its number is still open.
    pub designation: Option<String>,
    /// Title of the standard; empty where none could be told.
    pub title: String,
    /// Day of publication, or of the stage.
    pub published: Option<Date>,
    /// Day from which it is in force.
    pub in_force: Option<Date>,
    /// Last day of a consultation.
    pub closes: Option<Date>,
    /// Code of the place.
    pub place: Option<String>,
    /// Tasks it may come from, the likeliest first.
    pub tasks: Vec<Candidate>,
    /// What to look at before confirming.
    pub doubts: Vec<Doubt>,
}

/// Something to look at before confirming.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Doubt {
    /// The line is empty, or longer than an entry may be.
    Length,
    /// No designation (编号待补).
    NoDesignation,
    /// The number is still open: DB3201/T …—2026.
    OpenNumber(String),
    /// Several designations; the first was taken.
    SeveralDesignations(Vec<String>),
    /// The designation is not quite right.
    DoubtfulDesignation(String),
    /// No title.
    NoTitle,
    /// Several titles; the first was taken.
    SeveralTitles(Vec<String>),
    /// No day.
    NoDate,
    /// A month without a day.
    NoDayOfMonth(String),
    /// Several days for the same; the first was taken.
    SeveralDates(Vec<Date>),
    /// A date that no calendar has.
    NoSuchDate(String),
    /// It is in force before it was published.
    InForceFirst,
    /// The year of the number is not that of publication.
    YearsDiffer {
        /// In the designation.
        designation: u16,
        /// Of the day of publication.
        published: i16,
    },
    /// No place.
    NoPlace,
    /// Several places; the first was taken.
    SeveralPlaces(Vec<String>),
    /// The prefix is of one place, the words name another; the prefix was taken.
    PlacesDiffer {
        /// By prefix.
        prefix: String,
        /// By name.
        named: String,
    },
    /// No word tells what happened.
    NoVerb,
    /// No task is like it: perhaps an output outside the list.
    NoTask,
    /// Two tasks are about as like it.
    SeveralTasks,
}

/// Longest line that is read, in characters.
const LONGEST: usize = 4_000;

/// The line that would be pasted for a standard that was published: `DB3201/T 1—2026《…》2026-03-01发布`, as far as known.
pub fn line(number: Option<&str>, title: &str, published: Option<&str>) -> String {
    let number = number.unwrap_or_default();
    let day = published.map_or_else(String::new, |day| format!("{day}发布"));
    format!("{number}《{title}》{day}")
}

/// Whose standards carry numbers like this; nothing where it is no number, or one that no list asks for.
pub fn tier_of(number: &str) -> Option<Tier> {
    let found = designation::find(number, &designation::Known::default());
    Some(match found.first()?.designation.tier()? {
        designation::Tier::National => Tier::National,
        designation::Tier::Industry => Tier::Industry,
        designation::Tier::Local => Tier::Local,
        designation::Tier::Group => Tier::Group,
        designation::Tier::Enterprise => Tier::Enterprise,
        _ => return None,
    })
}

/// Reads one pasted line.
pub fn read(line: &str, tasks: &[TaskTitle], places: &[PlaceName]) -> Proposal {
    let line = half_width(line.trim());
    let mut doubts = Vec::new();
    let length = line.chars().count();
    if length == 0 || length > LONGEST {
        return Proposal {
            kind: Kind::Stage,
            stage: None,
            designation: None,
            title: String::new(),
            published: None,
            in_force: None,
            closes: None,
            place: None,
            tasks: Vec::new(),
            doubts: vec![Doubt::Length],
        };
    }
    let (open, line) = titles::open_number(&line);
    let found = designation::find(&line, &designation::Known::default());
    let number = designation(&found, open.as_ref(), &mut doubts);
    let parts = titles::split(&line, &found);
    match parts.titles.as_slice() {
        [] => doubts.push(Doubt::NoTitle),
        [_] => {}
        several => doubts.push(Doubt::SeveralTitles(several.to_vec())),
    }
    let title = parts.titles.first().cloned().unwrap_or_default();
    let stage = parts
        .draft
        .map(str::to_owned)
        .or_else(|| stages::of(&parts.around).map(str::to_owned));
    let (stage, kind) = match stage {
        Some(stage) if stage.starts_with("60") => (Some(stage), Kind::Evidence),
        Some(stage) => (Some(stage), Kind::Stage),
        None => {
            doubts.push(Doubt::NoVerb);
            // A full number is given to what is published, so a bare line with one tells of a standard.
            let full = number.is_some();
            (
                full.then(|| "60.60".to_owned()),
                if full { Kind::Evidence } else { Kind::Stage },
            )
        }
    };
    let Dates {
        published,
        in_force,
        closes,
    } = dates::of(&parts.around, &mut doubts);
    if let (Some(published), Some(in_force)) = (published, in_force)
        && in_force < published
    {
        doubts.push(Doubt::InForceFirst);
    }
    let year = found
        .first()
        .and_then(|f| f.designation.year())
        .map(designation::Year::value);
    if let (Some(year), Some(day), Kind::Evidence) = (year, published, kind)
        && i32::from(year) != i32::from(day.year())
    {
        doubts.push(Doubt::YearsDiffer {
            designation: year,
            published: day.year(),
        });
    }
    let region = found
        .iter()
        .find_map(|f| f.designation.region())
        .map(|r| (format!("DB{r}"), r.place_code()));
    let region = region.or_else(|| open.as_ref().and_then(|o| o.region.clone()));
    let place = place(region, &parts.around, &title, places, &mut doubts);
    let tasks = tasks::rank(&title, place.as_deref(), &parts.around, tasks);
    match tasks.as_slice() {
        [] => doubts.push(Doubt::NoTask),
        [first, second, ..] if first.score - second.score < tasks::CLEARLY => doubts.push(Doubt::SeveralTasks),
        _ => {}
    }
    Proposal {
        kind,
        stage,
        designation: number,
        title,
        published,
        in_force,
        closes,
        place,
        tasks,
        doubts,
    }
}

fn designation(
    found: &[designation::Found],
    open: Option<&titles::OpenNumber>,
    doubts: &mut Vec<Doubt>,
) -> Option<String> {
    let Some(first) = found.first() else {
        doubts.push(open.map_or(Doubt::NoDesignation, |o| Doubt::OpenNumber(o.text.clone())));
        return None;
    };
    let text = first.designation.to_string();
    if found.len() > 1 {
        doubts.push(Doubt::SeveralDesignations(
            found.iter().map(|f| f.designation.to_string()).collect(),
        ));
    }
    if first.designation.is_pending() {
        doubts.push(Doubt::OpenNumber(text));
        return None;
    }
    if !first.is_valid() {
        doubts.push(Doubt::DoubtfulDesignation(text.clone()));
    }
    Some(text)
}

/// The place by the prefix of the number, else by the words around the title, else by those of the title.
fn place(
    region: Option<(String, String)>,
    around: &str,
    title: &str,
    places: &[PlaceName],
    doubts: &mut Vec<Doubt>,
) -> Option<String> {
    let by_prefix = region.map(|(prefix, code)| {
        places
            .iter()
            .find(|p| p.prefix.as_deref() == Some(prefix.as_str()))
            .map_or(code, |p| p.code.clone())
    });
    let mut named = named(around, places);
    if named.is_empty() {
        named = self::named(title, places);
    }
    match (by_prefix, named.first()) {
        (Some(prefix), Some(_)) => {
            // A city's standard may name its province too.
            if let Some(other) = named.first().filter(|_| !named.contains(&prefix)) {
                doubts.push(Doubt::PlacesDiffer {
                    prefix: prefix.clone(),
                    named: other.clone(),
                });
            }
            Some(prefix)
        }
        (Some(prefix), None) => Some(prefix),
        (None, Some(first)) => {
            let first = first.clone();
            if named.len() > 1 {
                doubts.push(Doubt::SeveralPlaces(named));
            }
            Some(first)
        }
        (None, None) => {
            doubts.push(Doubt::NoPlace);
            None
        }
    }
}

/// Codes of the places that a text names, in order; a name inside a longer one does not count.
fn named(text: &str, places: &[PlaceName]) -> Vec<String> {
    let lower = text.to_lowercase();
    let mut hits: Vec<(usize, usize, &str)> = Vec::new();
    for place in places {
        for name in place.names.iter().filter(|n| !n.is_empty()) {
            let name = name.to_lowercase();
            for (at, _) in lower.match_indices(&name) {
                hits.push((at, at + name.len(), &place.code));
            }
        }
    }
    hits.sort_by_key(|(from, to, _)| (*from, std::cmp::Reverse(*to)));
    let (mut codes, mut end) = (Vec::new(), 0);
    for (from, to, code) in hits {
        if from >= end {
            end = to;
            if !codes.iter().any(|c| c == code) {
                codes.push(code.to_owned());
            }
        }
    }
    codes
}

/// Full-width letters and digits as half-width ones; punctuation stays as it is.
fn half_width(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' | '／' | '．' => {
                char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c)
            }
            '\u{3000}' | '\t' | '\r' | '\n' => ' ',
            other => other,
        })
        .collect()
}
