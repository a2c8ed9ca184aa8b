//! The monthly and the quarterly report: a pure function of what was asked for as of two days.

use super::period::Period;
use crate::{bilingual::Bilingual, obligation::query::Obligation, output::query::Output, place::query::Place};
use jiff::{Timestamp, civil::Date};
use std::collections::BTreeMap;

/// States of obligations, in the order in which reports name them.
pub const STATES: [&str; 6] = [
    "closed",
    "delivered",
    "in_progress",
    "blocked",
    "unassigned",
    "unreported",
];

/// How many days ahead a report looks for what falls due.
pub const AHEAD: i32 = 90;

/// Of whom the report speaks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scope {
    /// Of one place.
    Place(Box<Place>),
    /// Of the whole list, place by place.
    Whole,
}

/// What was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Data {
    /// Of whom.
    pub scope: Scope,
    /// The period.
    pub period: Period,
    /// The day whose end the report shows.
    pub until: Date,
    /// When the report was made, where its last day is not over: it shows that instant, not the end of the day.
    pub at: Option<Timestamp>,
    /// Version of the list in force on that day.
    pub version: u32,
    /// Number of the document of the list: 商资发〔2024〕314号.
    pub document: String,
    /// Obligations at the end of the day before the period.
    pub before: Vec<Obligation>,
    /// Obligations at the end of `until`.
    pub now: Vec<Obligation>,
    /// Outputs known at the end of `until`.
    pub outputs: Vec<Output>,
    /// Where the output or closing evidence of an obligation is written, by the obligation's id.
    pub sources: BTreeMap<String, String>,
    /// Places by code, for their names.
    pub places: BTreeMap<String, Place>,
    /// Names of bodies by id, for a ministry's obligations.
    pub bodies: BTreeMap<String, Bilingual>,
    /// Whether the reader may know what stands in the way.
    pub participant: bool,
    /// Whether this is a demonstration.
    pub demo: bool,
}

/// Which obligations a number counts. They are counted beside one another, never together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// Tasks of the list that hold without opt-in.
    Firm,
    /// Tasks of the list that a place may take up.
    Willing,
    /// Sentences of the measures.
    Sentences,
}

impl Group {
    /// All of them, in the order of a report.
    pub const ALL: [Self; 3] = [Self::Firm, Self::Willing, Self::Sentences];

    /// To which group an obligation belongs.
    pub fn of(obligation: &Obligation) -> Self {
        match (obligation.subject_kind.as_str(), obligation.firm) {
            ("action", _) => Self::Sentences,
            (_, true) => Self::Firm,
            (_, false) => Self::Willing,
        }
    }

    /// The part of an address that asks for this group.
    const fn query(self) -> &'static str {
        match self {
            Self::Firm => "subject=task&firm=true",
            Self::Willing => "subject=task&firm=false",
            Self::Sentences => "subject=action",
        }
    }
}

/// A number, and the address of the rows that it counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Number {
    /// How many.
    pub count: usize,
    /// The address of its rows, without a language: `/obligations?place=320100&…&as_of=2026-10-31`.
    pub address: String,
}

/// How many obligations of a group stood in a state, at the two days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StateCount {
    /// The state; empty for all.
    pub state: &'static str,
    /// At the end of the day before the period.
    pub before: Number,
    /// At the end of the period.
    pub now: Number,
}

/// A place's numbers in the report on the whole list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlaceCount {
    /// The place.
    pub place: Place,
    /// Firm obligations in all.
    pub total: Number,
    /// Of these, by state, in the order of [`STATES`].
    pub states: Vec<Number>,
    /// How many of these changed in the period.
    pub changed: usize,
}

/// An obligation whose row changed in the period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    /// As it stands now.
    pub now: Obligation,
    /// The state it was in; absent where there was no such obligation.
    pub from: Option<String>,
    /// What of it changed.
    pub what: Vec<Aspect>,
}

/// What of an obligation can change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Aspect {
    /// It is new.
    New,
    /// Where it stands.
    State,
    /// Its stage.
    Stage,
    /// In whose hands it is.
    Holder,
    /// What comes next, and by when.
    Next,
    /// Evidence, or what came out.
    Evidence,
    /// What stands in the way.
    Block,
    /// Its part, topics or wording.
    Terms,
    /// Something was reported that moved none of these.
    Reported,
}

impl Aspect {
    /// The id that ends the message's: `report-changed-…`.
    pub const fn id(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::State => "state",
            Self::Stage => "stage",
            Self::Holder => "holder",
            Self::Next => "next",
            Self::Evidence => "evidence",
            Self::Block => "block",
            Self::Terms => "terms",
            Self::Reported => "reported",
        }
    }
}

/// What is past a day that somebody set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overdue {
    /// How many.
    pub number: Number,
    /// Which, the longest past its day first.
    pub rows: Vec<Obligation>,
}

/// A report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// What it was made of.
    pub data: Data,
    /// Numbers by group and state; the first of each group counts all.
    pub counts: Vec<(Group, Vec<StateCount>)>,
    /// Numbers by place, in the report on the whole list.
    pub places: Vec<PlaceCount>,
    /// What changed in the period.
    pub changed: Vec<Changed>,
    /// What came out in the period, inside the list.
    pub listed: Vec<Output>,
    /// What came out in the period, outside the list.
    pub unlisted: Vec<Output>,
    /// What is blocked, as far as the reader may know why.
    pub blocked: Vec<Obligation>,
    /// What is past its day; absent where the reader may not know.
    pub overdue: Option<Overdue>,
    /// What falls due next, the soonest first.
    pub due: Vec<Obligation>,
}

impl Report {
    /// The day whose end is shown.
    pub const fn as_of(&self) -> Date {
        self.data.until
    }

    /// The last day of what falls due next.
    pub fn horizon(&self) -> Date {
        horizon(self.data.until)
    }

    /// Whether the period still runs.
    pub fn is_running(&self) -> bool {
        self.data.until < self.data.period.last() || self.data.at.is_some()
    }

    /// How many days ago the day passed that was set for an obligation.
    pub fn days_past(&self, obligation: &Obligation) -> i64 {
        obligation.next.as_ref().map_or(0, |next| {
            next.due
                .until(self.data.until)
                .map_or(0, |span| i64::from(span.get_days()))
        })
    }

    /// Whether anything in it is illustrative.
    pub fn demo(&self) -> bool {
        self.data.demo
            || self.data.now.iter().any(|o| o.demo)
            || self.listed.iter().chain(&self.unlisted).any(|o| o.demo)
    }

    /// The number of a group in a state at the end of the period.
    pub fn number(&self, group: Group, state: &str) -> Option<&Number> {
        let (_, counts) = self.counts.iter().find(|(g, _)| *g == group)?;
        counts.iter().find(|c| c.state == state).map(|c| &c.now)
    }
}

/// The address of the obligations of a group, in a state, of a place, as of a day.
pub fn address(group: Group, place: Option<&str>, state: &str, as_of: Date) -> String {
    let mut address = format!("/obligations?{}", group.query());
    if let Some(place) = place {
        address.push_str(&format!("&place={place}"));
    }
    if !state.is_empty() {
        address.push_str(&format!("&state={state}"));
    }
    address.push_str(&format!("&as_of={as_of}"));
    address
}

/// The last day of what falls due next, seen from a day.
fn horizon(until: Date) -> Date {
    until.checked_add(jiff::Span::new().days(AHEAD)).unwrap_or(until)
}

/// What is past its day, and where its rows are; nothing where the reader may know of no lateness.
fn overdue(data: &Data, place: Option<&str>) -> Option<Overdue> {
    data.now.iter().any(|o| o.late.is_some()).then(|| {
        let mut rows: Vec<Obligation> = data.now.iter().filter(|o| o.late == Some(true)).cloned().collect();
        rows.sort_by(|a, b| (a.next.as_ref().map(|n| n.due), &a.id).cmp(&(b.next.as_ref().map(|n| n.due), &b.id)));
        let place = place.map_or_else(String::new, |place| format!("&place={place}"));
        Overdue {
            number: Number {
                count: rows.len(),
                address: format!("/obligations?subject=any&late=true{place}&as_of={}", data.until),
            },
            rows,
        }
    })
}

/// Makes the report. Pure: the same data give the same report.
pub fn monthly(data: Data) -> Report {
    let own = match &data.scope {
        Scope::Place(place) => Some(place.code.clone()),
        Scope::Whole => None,
    };
    let eve = data.period.eve();
    let (then, now) = (Tally::of(&data.before, eve), Tally::of(&data.now, data.until));
    let counts = Group::ALL
        .into_iter()
        .map(|group| {
            let states = std::iter::once("").chain(STATES);
            let rows = states
                .map(|state| StateCount {
                    state,
                    before: then.number(group, own.as_deref(), state),
                    now: now.number(group, own.as_deref(), state),
                })
                .collect();
            (group, rows)
        })
        .collect();
    let changed = changes(&data);
    let places = if own.is_some() {
        Vec::new()
    } else {
        by_place(&data, &changed, &now)
    };
    let in_period = |o: &&Output| {
        let came = o.published.or(o.reported);
        came.is_some_and(|day| day > eve && day <= data.until)
    };
    let (listed, unlisted) = data
        .outputs
        .iter()
        .filter(in_period)
        .cloned()
        .partition(|o: &Output| !o.tasks.is_empty());
    let blocked = data
        .now
        .iter()
        .filter(|o| data.participant && o.state == "blocked" && o.block.is_some())
        .cloned()
        .collect();
    let overdue = overdue(&data, own.as_deref());
    let horizon = horizon(data.until);
    let open = |o: &&Obligation| !matches!(o.state.as_str(), "delivered" | "closed");
    let mut due: Vec<Obligation> = data
        .now
        .iter()
        .filter(open)
        .filter(|o| {
            o.next
                .as_ref()
                .is_some_and(|next| next.due >= data.until && next.due <= horizon)
        })
        .cloned()
        .collect();
    due.sort_by(|a, b| (a.next.as_ref().map(|n| n.due), &a.id).cmp(&(b.next.as_ref().map(|n| n.due), &b.id)));
    Report {
        data,
        counts,
        places,
        changed,
        listed,
        unlisted,
        blocked,
        overdue,
        due,
    }
}

/// Obligations of a day counted once, by group, place and state.
struct Tally<'a> {
    day: Date,
    counts: BTreeMap<(Group, &'a str, &'a str), usize>,
}

impl<'a> Tally<'a> {
    fn of(rows: &'a [Obligation], day: Date) -> Self {
        let mut counts = BTreeMap::new();
        for o in rows {
            *counts
                .entry((Group::of(o), o.place.as_str(), o.state.as_str()))
                .or_default() += 1;
        }
        Self { day, counts }
    }

    /// How many of a group, of a place or of all, in a state or in any.
    fn number(&self, group: Group, place: Option<&str>, state: &str) -> Number {
        let counted = self.counts.iter().filter(|((g, p, s), _)| {
            *g == group && place.is_none_or(|place| *p == place) && (state.is_empty() || *s == state)
        });
        Number {
            count: counted.map(|(_, n)| n).sum(),
            address: address(group, place, state, self.day),
        }
    }

    /// Places that have any of a group, by code.
    fn places(&self, group: Group) -> Vec<&'a str> {
        let mut codes: Vec<&str> = self
            .counts
            .keys()
            .filter(|(g, place, _)| *g == group && !place.is_empty())
            .map(|(_, place, _)| *place)
            .collect();
        codes.dedup();
        codes
    }
}

fn by_place(data: &Data, changed: &[Changed], now: &Tally<'_>) -> Vec<PlaceCount> {
    let mut moved: BTreeMap<&str, usize> = BTreeMap::new();
    for change in changed.iter().filter(|c| Group::of(&c.now) == Group::Firm) {
        *moved.entry(change.now.place.as_str()).or_default() += 1;
    }
    now.places(Group::Firm)
        .into_iter()
        .filter_map(|code| {
            Some(PlaceCount {
                place: data.places.get(code)?.clone(),
                total: now.number(Group::Firm, Some(code), ""),
                states: STATES
                    .iter()
                    .map(|state| now.number(Group::Firm, Some(code), state))
                    .collect(),
                changed: moved.get(code).copied().unwrap_or_default(),
            })
        })
        .collect()
}

fn changes(data: &Data) -> Vec<Changed> {
    let before: BTreeMap<&str, &Obligation> = data.before.iter().map(|o| (o.id.as_str(), o)).collect();
    data.now
        .iter()
        .filter_map(|now| {
            let old = before.get(now.id.as_str()).copied();
            let what = aspects(old, now, data.period.eve());
            (!what.is_empty()).then(|| Changed {
                now: now.clone(),
                from: old.map(|o| o.state.clone()),
                what,
            })
        })
        .collect()
}

/// What differs between two states of an obligation.
fn aspects(old: Option<&Obligation>, now: &Obligation, eve: Date) -> Vec<Aspect> {
    let Some(old) = old else { return vec![Aspect::New] };
    let differs = [
        (Aspect::State, old.state != now.state),
        (Aspect::Stage, old.stage != now.stage),
        (
            Aspect::Holder,
            (&old.holder.organization, &old.holder.desk) != (&now.holder.organization, &now.holder.desk),
        ),
        (Aspect::Next, old.next != now.next),
        (
            Aspect::Evidence,
            old.evidence != now.evidence || old.delivered != now.delivered,
        ),
        (Aspect::Block, old.block != now.block),
        (
            Aspect::Terms,
            old.part != now.part || old.topics != now.topics || old.title.zh != now.title.zh,
        ),
    ];
    let mut what: Vec<Aspect> = differs
        .into_iter()
        .filter(|(_, differs)| *differs)
        .map(|(aspect, _)| aspect)
        .collect();
    if what.is_empty() && now.changed_on.is_some_and(|day| day > eve) {
        what.push(Aspect::Reported);
    }
    what
}
