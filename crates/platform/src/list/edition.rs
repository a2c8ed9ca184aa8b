//! An edition: the list as one version words it, whole, with the obligations that follow from it. Pure values.
//!
//! A version is told by the events that carry its number, not by a date: an earlier version stays citable to the letter,
//! also where two versions take effect on one day.

use super::{
    event::{Claim, ClaimKind, ListEvent, TaskEvent, Tier, Wording},
    state::Fate,
};
use crate::{
    event::{read, standing},
    obligation::event::Part,
    refusal::{Refusal, Result},
    running::Platform,
};
use jiff::civil::Date;
use ledger::{Recorded, StreamName, Version};
use std::collections::{BTreeMap, BTreeSet};

/// A task in an edition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its wording.
    pub wording: Wording,
    /// What became of it.
    pub fate: Fate,
    /// The version of the list that last touched it.
    pub touched: u32,
}

/// How a place holds a task without opt-in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Firm {
    /// By name, or as one of all pilots.
    pub claim: ClaimKind,
    /// What is asked of it.
    pub part: Part,
    /// Kind of standard.
    pub tier: Tier,
}

/// Task and place.
pub type Pair = (String, String);

/// The list as one version words it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edition {
    /// The list, by id.
    pub list: String,
    /// The version, from 1.
    pub version: u32,
    /// The day from which it is in force.
    pub in_force: Date,
    /// Codes of the places for which 各试点示范省市 stands.
    pub places: Vec<String>,
    /// Tasks by id; those merged and closed are still there, with their fate.
    pub tasks: BTreeMap<String, Entry>,
}

impl Edition {
    /// The edition that these events of the list and of its tasks tell, up to a version; nothing where there is no such
    /// version. Pure.
    pub fn at(list: &str, version: u32, events: &[Recorded]) -> Option<Self> {
        let mut streams: BTreeMap<&StreamName, Vec<Recorded>> = BTreeMap::new();
        for event in events {
            streams.entry(&event.stream).or_default().push(event.clone());
        }
        let mut edition: Option<Self> = None;
        for (stream, events) in streams.iter().filter(|(s, _)| s.kind() == "list" && s.id() == list) {
            for recorded in standing(events) {
                if let Some(ListEvent::VersionIssued {
                    version: issued,
                    places,
                    ..
                }) = read(recorded)
                    && issued == version
                {
                    edition = Some(Self {
                        list: stream.id().to_owned(),
                        version,
                        in_force: recorded.effective,
                        places,
                        tasks: BTreeMap::new(),
                    });
                }
            }
        }
        let mut edition = edition?;
        for (stream, events) in streams.iter().filter(|(s, _)| s.kind() == "task") {
            if let Some(entry) = entry(list, version, events) {
                edition.tasks.insert(stream.id().to_owned(), entry);
            }
        }
        Some(edition)
    }

    /// Tasks that the list asks for, by number.
    pub fn open(&self) -> Vec<(&str, &Entry)> {
        let mut open: Vec<(&str, &Entry)> = self
            .tasks
            .iter()
            .filter(|(_, e)| e.fate == Fate::Open)
            .map(|(id, e)| (id.as_str(), e))
            .collect();
        open.sort_by_key(|(_, e)| e.wording.number);
        open
    }

    /// What follows without opt-in: each open task with each place that it names, or that 各 stands for.
    pub fn firm(&self) -> BTreeMap<Pair, Firm> {
        let mut firm = BTreeMap::new();
        for (id, entry) in self.open() {
            for (place, claim) in holders(&entry.wording.claims, &self.places) {
                let part = Part::parse(&entry.wording.role).unwrap_or(Part::Undertake);
                firm.entry((id.to_owned(), place)).or_insert(Firm {
                    claim,
                    part,
                    tier: entry.wording.tier,
                });
            }
        }
        firm
    }

    /// Whether places may still take a task up by themselves.
    pub fn invites(&self, task: &str) -> bool {
        self.tasks.get(task).is_some_and(|e| {
            e.fate == Fate::Open
                && e.wording
                    .claims
                    .iter()
                    .any(|c| matches!(c.claim, ClaimKind::Willing | ClaimKind::Relevant))
        })
    }

    /// The places at all, with the named ones outside the pilots.
    pub fn holding_places(&self) -> BTreeSet<String> {
        self.firm().into_keys().map(|(_, place)| place).collect()
    }
}

/// The places that hold a task without opt-in, named ones first.
pub fn holders(claims: &[Claim], pilots: &[String]) -> Vec<(String, ClaimKind)> {
    let mut held: Vec<(String, ClaimKind)> = Vec::new();
    for claim in claims {
        let places: &[String] = match claim.claim {
            ClaimKind::Named => &claim.places,
            ClaimKind::All => pilots,
            ClaimKind::Willing | ClaimKind::Relevant => &[],
        };
        held.extend(places.iter().map(|place| (place.clone(), claim.claim)));
    }
    held
}

fn entry(list: &str, version: u32, events: &[Recorded]) -> Option<Entry> {
    let mut entry: Option<Entry> = None;
    for recorded in standing(events) {
        match read::<TaskEvent>(recorded) {
            Some(TaskEvent::Entered {
                list: of,
                version: came,
                wording,
                ..
            }) if of == list && came <= version => {
                entry = Some(Entry {
                    wording,
                    fate: Fate::Open,
                    touched: came,
                });
            }
            Some(TaskEvent::Changed { version: came, wording }) if came <= version => {
                if let Some(entry) = &mut entry {
                    entry.wording = wording;
                    entry.touched = came;
                }
            }
            Some(TaskEvent::Merged { version: came, into }) if came <= version => {
                if let Some(entry) = &mut entry {
                    entry.fate = Fate::Merged(into);
                    entry.touched = came;
                }
            }
            Some(TaskEvent::Closed { version: came, reason }) if came <= version => {
                if let Some(entry) = &mut entry {
                    entry.fate = Fate::Closed(reason);
                    entry.touched = came;
                }
            }
            _ => {}
        }
    }
    entry
}

/// A list as loaded from the log: every event of it and its tasks, and where each stream stands.
#[derive(Debug, Clone)]
pub struct Loaded {
    /// The list, by id.
    pub list: String,
    /// Events of the list and its tasks.
    pub events: Vec<Recorded>,
    /// Where each stream stands.
    pub versions: BTreeMap<StreamName, Version>,
    /// The highest version that was issued.
    pub current: u32,
}

impl Loaded {
    /// An edition.
    pub fn edition(&self, version: u32) -> Result<Edition> {
        Edition::at(&self.list, version, &self.events).ok_or_else(|| {
            Refusal::unseen()
                .with("list", self.list.clone())
                .with("version", version.to_string())
                .into()
        })
    }

    /// The version at which a stream stands.
    pub fn version(&self, stream: &StreamName) -> Version {
        self.versions.get(stream).copied().unwrap_or(Version::NONE)
    }
}

/// Loads a list with all its versions. Two queries and the streams of its tasks.
pub async fn load(platform: &Platform, list: &str) -> Result<Loaded> {
    let ledger = platform.ledger();
    let mut streams = vec![stream("list", list)?];
    for id in super::facts::tasks_ever(platform, list).await? {
        streams.push(stream("task", &id)?);
    }
    let events = ledger.streams(&streams).await?;
    let mut versions = BTreeMap::new();
    let mut current = 0;
    for event in &events {
        let version = versions.entry(event.stream.clone()).or_insert(Version::NONE);
        *version = (*version).max(event.version);
        if let Some(ListEvent::VersionIssued { version, .. }) = read(event) {
            current = current.max(version);
        }
    }
    if current == 0 {
        return Err(Refusal::unseen().with("list", list).into());
    }
    Ok(Loaded {
        list: list.to_owned(),
        events,
        versions,
        current,
    })
}

fn stream(kind: &str, id: &str) -> Result<StreamName> {
    StreamName::parse(&format!("{kind}/{id}")).map_err(|_| Refusal::unseen().into())
}
