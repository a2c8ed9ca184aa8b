//! The single changes of a list, and what an edition becomes by them. Pure.

use crate::{
    bilingual::Bilingual,
    list::{
        edition::{Edition, Entry},
        event::{Claim, ClaimKind, Tier, Wording},
        state::Fate,
    },
    rights::words,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// The longest title, in characters: the list's own longest has 41.
pub const TITLE_LIMIT: usize = 200;
/// The longest reason or text of an opinion, in characters.
pub const TEXT_LIMIT: usize = 4000;
/// The most changes in one proposal.
pub const CHANGES_LIMIT: usize = 500;

words! {
    /// What kind of change: all that everybody sees of an unpublished proposal.
    ChangeKind {
        /// A task comes in.
        Add = "add",
        /// A task is worded anew.
        Change = "change",
        /// Tasks become one.
        Merge = "merge",
        /// A task is closed.
        Close = "close",
        /// 各试点示范省市 stands for more places.
        Widen = "widen",
    }
}

/// Who is to do a task: the claims, and how the document writes them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Places {
    /// The claims.
    pub claims: Vec<Claim>,
    /// As written.
    pub as_written: String,
}

/// A task to come in. Its number is the next free one of the list when the version is issued.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewTask {
    /// Kind of standard; the part of the list follows from it.
    pub tier: Tier,
    /// Section of the part.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub section: Option<Bilingual>,
    /// Title.
    pub title: Bilingual,
    /// Who is to do it.
    pub places: Places,
    /// Topics that it bundles.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub topics: Vec<Bilingual>,
}

/// New words for a task; what is absent stays.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewWords {
    /// Title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<Bilingual>,
    /// Kind of standard; part and role follow from it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tier: Option<Tier>,
    /// Who is to do it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub places: Option<Places>,
    /// Topics.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub topics: Option<Vec<Bilingual>>,
}

/// One change of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "change", rename_all = "snake_case")]
pub enum ListChange {
    /// A task comes in.
    AddTask {
        /// The task.
        task: NewTask,
    },
    /// A task is worded anew.
    ChangeTask {
        /// Id of the task.
        task: String,
        /// Its new words.
        words: NewWords,
    },
    /// Tasks become part of another, which then is held by all who held them.
    MergeTasks {
        /// Ids of the tasks that end.
        from: Vec<String>,
        /// Id of the task that goes on.
        into: String,
    },
    /// A task is closed.
    CloseTask {
        /// Id of the task.
        task: String,
        /// Why.
        reason: String,
    },
    /// 各试点示范省市 stands for more places. What the measures ask of the pilots is no part of the list, and stays.
    Widen {
        /// Codes of the places that join.
        places: Vec<String>,
    },
}

impl ListChange {
    /// The tasks that it is about, by id; none where it is about the list or a task to come.
    pub fn tasks(&self) -> Vec<&str> {
        match self {
            Self::AddTask { .. } | Self::Widen { .. } => Vec::new(),
            Self::ChangeTask { task, .. } | Self::CloseTask { task, .. } => vec![task],
            Self::MergeTasks { from, into } => from.iter().chain([into]).map(String::as_str).collect(),
        }
    }

    /// What kind it is.
    pub const fn kind(&self) -> ChangeKind {
        match self {
            Self::AddTask { .. } => ChangeKind::Add,
            Self::ChangeTask { .. } => ChangeKind::Change,
            Self::MergeTasks { .. } => ChangeKind::Merge,
            Self::CloseTask { .. } => ChangeKind::Close,
            Self::Widen { .. } => ChangeKind::Widen,
        }
    }
}

/// Why a change cannot be made of an edition. The id names the message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangeFault {
    /// Which change, from 1; 0 where all are meant.
    pub index: usize,
    /// Id of the fault, `fault-…` in the catalogue.
    pub fault: &'static str,
    /// What it is about: a task's id, a place's code.
    pub what: String,
}

/// The edition that these changes make of this one, as version n + 1; `known` are the codes of all places. Every fault
/// is named, not the first alone.
pub fn apply(edition: &Edition, changes: &[ListChange], known: &BTreeSet<String>) -> Result<Edition, Vec<ChangeFault>> {
    let mut faults = Vec::new();
    let mut next = Edition {
        version: edition.version + 1,
        ..edition.clone()
    };
    if changes.is_empty() {
        faults.push(ChangeFault {
            index: 0,
            fault: "fault-no-changes",
            what: String::new(),
        });
    }
    if changes.len() > CHANGES_LIMIT {
        faults.push(ChangeFault {
            index: 0,
            fault: "fault-too-many-changes",
            what: changes.len().to_string(),
        });
    }
    for (at, change) in changes.iter().take(CHANGES_LIMIT).enumerate() {
        if let Err(found) = one(&mut next, change, known) {
            faults.extend(found.into_iter().map(|(fault, what)| ChangeFault {
                index: at + 1,
                fault,
                what,
            }));
        }
    }
    let next_tasks = next.tasks == edition.tasks;
    if faults.is_empty() && next_tasks && next.places == edition.places {
        faults.push(ChangeFault {
            index: 0,
            fault: "fault-changes-nothing",
            what: String::new(),
        });
    }
    if faults.is_empty() { Ok(next) } else { Err(faults) }
}

type Found = Vec<(&'static str, String)>;

fn one(edition: &mut Edition, change: &ListChange, known: &BTreeSet<String>) -> Result<(), Found> {
    let version = edition.version;
    match change {
        ListChange::AddTask { task } => {
            check_title(&task.title)?;
            check_places(&task.places, known)?;
            let number = edition.tasks.values().map(|e| e.wording.number).max().unwrap_or(0) + 1;
            let wording = Wording {
                number,
                part: part_of(edition, task.tier),
                section: task.section.clone(),
                tier: task.tier,
                title: task.title.clone(),
                claims: task.places.claims.clone(),
                places_as_written: task.places.as_written.clone(),
                original: String::new(),
                line: (0, 0),
                role: role_of(task.tier).to_owned(),
                topics: task.topics.clone(),
                counterparts: Vec::new(),
                near: Vec::new(),
            };
            let id = format!("{}-{number}", edition.list);
            edition.tasks.insert(
                id,
                Entry {
                    wording,
                    fate: Fate::Open,
                    touched: version,
                },
            );
        }
        ListChange::ChangeTask { task, words } => {
            let title = words.title.as_ref().map_or(Ok(()), check_title);
            let places = words.places.as_ref().map_or(Ok(()), |p| check_places(p, known));
            title.and(places)?;
            let part = words.tier.map(|tier| part_of(edition, tier));
            let entry = open_task(edition, task)?;
            let wording = &mut entry.wording;
            let before = wording.clone();
            if let Some(title) = &words.title {
                wording.title = title.clone();
            }
            if let (Some(tier), Some(part)) = (words.tier, part)
                && tier != wording.tier
            {
                wording.tier = tier;
                role_of(tier).clone_into(&mut wording.role);
                wording.part = part;
                wording.section = None;
            }
            if let Some(places) = &words.places {
                wording.claims.clone_from(&places.claims);
                wording.places_as_written.clone_from(&places.as_written);
            }
            if let Some(topics) = &words.topics {
                wording.topics.clone_from(topics);
            }
            if *wording == before {
                return Err(vec![("fault-changes-nothing", task.clone())]);
            }
            entry.touched = version;
        }
        ListChange::MergeTasks { from, into } => merge(edition, from, into)?,
        ListChange::CloseTask { task, reason } => {
            check_text(reason)?;
            let entry = open_task(edition, task)?;
            entry.fate = Fate::Closed(reason.clone());
            entry.touched = version;
        }
        ListChange::Widen { places } => {
            if places.is_empty() {
                return Err(vec![("fault-no-places", String::new())]);
            }
            let mut found = Found::new();
            for place in places {
                if !known.contains(place) {
                    found.push(("fault-place-unknown", place.clone()));
                } else if edition.places.contains(place) {
                    found.push(("fault-place-already-in", place.clone()));
                } else {
                    edition.places.push(place.clone());
                }
            }
            if !found.is_empty() {
                return Err(found);
            }
        }
    }
    Ok(())
}

fn merge(edition: &mut Edition, from: &[String], into: &str) -> Result<(), Found> {
    let version = edition.version;
    if from.is_empty() || from.iter().any(|task| task == into) {
        return Err(vec![("fault-merge-with-itself", into.to_owned())]);
    }
    open_task(edition, into)?;
    let mut gained: Vec<Claim> = Vec::new();
    let mut written: Vec<String> = Vec::new();
    for task in from {
        let entry = open_task(edition, task)?;
        gained.extend(entry.wording.claims.iter().cloned());
        written.push(entry.wording.places_as_written.clone());
        entry.fate = Fate::Merged(into.to_owned());
        entry.touched = version;
    }
    let entry = open_task(edition, into)?;
    let before = entry.wording.claims.clone();
    for claim in gained {
        join(&mut entry.wording.claims, claim);
    }
    if entry.wording.claims != before {
        for words in written {
            if !entry.wording.places_as_written.contains(&words) {
                entry.wording.places_as_written = format!("{}、{words}", entry.wording.places_as_written);
            }
        }
    }
    entry.touched = version;
    Ok(())
}

/// Adds a claim to those that stand; named places join the named ones, nothing stands twice.
fn join(claims: &mut Vec<Claim>, claim: Claim) {
    match claims.iter_mut().find(|c| c.claim == claim.claim) {
        Some(standing) if claim.claim == ClaimKind::Named => {
            for place in claim.places {
                if !standing.places.contains(&place) {
                    standing.places.push(place);
                }
            }
        }
        Some(_) => {}
        None => claims.push(claim),
    }
}

fn open_task<'e>(edition: &'e mut Edition, task: &str) -> Result<&'e mut Entry, Found> {
    match edition.tasks.get_mut(task) {
        None => Err(vec![("fault-task-unknown", task.to_owned())]),
        Some(entry) if entry.fate != Fate::Open => Err(vec![("fault-task-ended", task.to_owned())]),
        Some(entry) => Ok(entry),
    }
}

fn check_title(title: &Bilingual) -> Result<(), Found> {
    let length = title.zh.trim().chars().count();
    let english = title.en.as_ref().map_or(0, |en| en.chars().count());
    if length == 0 {
        return Err(vec![("fault-title-empty", String::new())]);
    }
    if length > TITLE_LIMIT || english > TITLE_LIMIT * 3 {
        return Err(vec![("fault-title-too-long", length.max(english).to_string())]);
    }
    if title.zh.chars().any(char::is_control) {
        return Err(vec![("fault-title-odd", String::new())]);
    }
    Ok(())
}

fn check_text(text: &str) -> Result<(), Found> {
    if text.trim().is_empty() {
        return Err(vec![("fault-reason-empty", String::new())]);
    }
    if text.chars().count() > TEXT_LIMIT {
        return Err(vec![("fault-words-too-long", TEXT_LIMIT.to_string())]);
    }
    Ok(())
}

fn check_places(places: &Places, known: &BTreeSet<String>) -> Result<(), Found> {
    let mut found = Found::new();
    if places.claims.is_empty() {
        found.push(("fault-no-places", String::new()));
    }
    if places.as_written.chars().count() > TITLE_LIMIT {
        found.push(("fault-words-too-long", TITLE_LIMIT.to_string()));
    }
    for claim in &places.claims {
        if claim.claim == ClaimKind::Named && claim.places.is_empty() {
            found.push(("fault-no-places", String::new()));
        }
        found.extend(
            claim
                .places
                .iter()
                .filter(|p| !known.contains(*p))
                .map(|p| ("fault-place-unknown", p.clone())),
        );
    }
    if found.is_empty() { Ok(()) } else { Err(found) }
}

/// The heading under which tasks of this kind stand.
fn part_of(edition: &Edition, tier: Tier) -> Bilingual {
    edition
        .tasks
        .values()
        .find(|e| e.wording.tier == tier)
        .map_or_else(|| Bilingual::zh(""), |e| e.wording.part.clone())
}

/// What a part of the list asks of places, by kind of standard.
const fn role_of(tier: Tier) -> &'static str {
    match tier {
        Tier::National | Tier::Industry => "take_part_or_undertake",
        Tier::Local | Tier::Enterprise => "make_first",
        Tier::Group => "coordinate",
        Tier::Support => "support",
    }
}
