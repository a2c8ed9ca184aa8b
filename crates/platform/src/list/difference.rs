//! The difference between two versions of the list, or between the list and what a proposal would make of it: what a
//! 调整说明 says. Pure, and data alone: a page, a print or an answer puts it into words.

use super::{
    edition::{self, Edition, Entry, Pair},
    event::Tier,
    state::Fate,
};
use crate::{bilingual::Bilingual, refusal::Result, running::Platform};
use jiff::civil::Date;
use serde::Serialize;

/// What of a task's wording is different.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// Title.
    Title,
    /// Its English, unofficial.
    TitleEnglish,
    /// Kind of standard, by id.
    Tier,
    /// Part of the list.
    Part,
    /// Section of the part.
    Section,
    /// Places as written.
    Places,
    /// Topics, one a line.
    Topics,
}

impl Field {
    /// Every field, in the order in which a reader meets them.
    pub const ALL: [Self; 7] = [
        Self::Title,
        Self::TitleEnglish,
        Self::Tier,
        Self::Part,
        Self::Section,
        Self::Places,
        Self::Topics,
    ];

    /// What it says in a wording.
    fn of(self, entry: &Entry) -> String {
        let wording = &entry.wording;
        match self {
            Self::Title => wording.title.zh.clone(),
            Self::TitleEnglish => wording.title.en.clone().unwrap_or_default(),
            Self::Tier => wording.tier.id().to_owned(),
            Self::Part => wording.part.zh.clone(),
            Self::Section => wording.section.as_ref().map(|s| s.zh.clone()).unwrap_or_default(),
            Self::Places => wording.places_as_written.clone(),
            Self::Topics => wording
                .topics
                .iter()
                .map(|t| t.zh.as_str())
                .collect::<Vec<_>>()
                .join("\n"),
        }
    }
}

/// A task, as a difference names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Named {
    /// Id.
    pub id: String,
    /// Number in the list.
    pub number: u32,
    /// Title.
    pub title: Bilingual,
    /// Kind of standard.
    pub tier: Tier,
    /// Places as written.
    pub places: String,
}

/// One field before and after.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FieldChange {
    /// Which.
    pub field: Field,
    /// Before.
    pub before: String,
    /// After.
    pub after: String,
}

/// A task that is worded anew.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Changed {
    /// The task, as worded before.
    pub task: Named,
    /// What is different; never empty.
    pub fields: Vec<FieldChange>,
}

/// A task that is merged into another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Merged {
    /// The task that ends.
    pub task: Named,
    /// The task that goes on.
    pub into: Named,
}

/// A task that is closed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Closed {
    /// The task.
    pub task: Named,
    /// Why.
    pub reason: String,
}

/// A task held by a place.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Held {
    /// Task, by id.
    pub task: String,
    /// Its number.
    pub number: u32,
    /// Code of the place.
    pub place: String,
}

/// Firm obligations before and after.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Obligations {
    /// How many before.
    pub before: usize,
    /// How many after.
    pub after: usize,
    /// Those that begin.
    pub begun: Vec<Held>,
    /// Those that end; their history stays.
    pub ended: Vec<Held>,
    /// Those that stay, of a task that is worded anew or held on another ground.
    pub touched: Vec<Held>,
}

/// What a 调整说明 says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// The list, by id.
    pub list: String,
    /// The version before.
    pub from: u32,
    /// The version after; of a preview, the one that it would become.
    pub to: u32,
    /// Since when the version before has been in force.
    pub from_in_force: Date,
    /// Since when the version after has been in force; absent in a preview.
    pub to_in_force: Option<Date>,
    /// Tasks that come in.
    pub added: Vec<Named>,
    /// Tasks that are worded anew.
    pub changed: Vec<Changed>,
    /// Tasks that are merged into others.
    pub merged: Vec<Merged>,
    /// Tasks that are closed.
    pub closed: Vec<Closed>,
    /// Codes of the places for which 各试点示范省市 stands from then on.
    pub places_added: Vec<String>,
    /// Firm obligations.
    pub obligations: Obligations,
    /// Tasks that the list asks for, before and after.
    pub tasks: (usize, usize),
}

impl Difference {
    /// Whether nothing is different.
    pub fn is_empty(&self) -> bool {
        self.added.is_empty()
            && self.changed.is_empty()
            && self.merged.is_empty()
            && self.closed.is_empty()
            && self.places_added.is_empty()
            && self.obligations.begun.is_empty()
            && self.obligations.ended.is_empty()
    }

    /// Codes of the places whose obligations it touches, in order.
    pub fn affected(&self) -> std::collections::BTreeSet<String> {
        let o = &self.obligations;
        o.begun
            .iter()
            .chain(&o.ended)
            .chain(&o.touched)
            .map(|h| h.place.clone())
            .collect()
    }
}

/// The difference between two editions of one list. Pure.
pub fn between(before: &Edition, after: &Edition) -> Difference {
    let (firm_before, firm_after) = (before.firm(), after.firm());
    let held = |edition: &Edition, (task, place): &Pair| Held {
        number: edition.tasks.get(task).map_or(0, |e| e.wording.number),
        task: task.clone(),
        place: place.clone(),
    };
    let mut difference = Difference {
        list: before.list.clone(),
        from: before.version,
        to: after.version,
        from_in_force: before.in_force,
        to_in_force: Some(after.in_force),
        added: Vec::new(),
        changed: Vec::new(),
        merged: Vec::new(),
        closed: Vec::new(),
        places_added: after
            .places
            .iter()
            .filter(|p| !before.places.contains(p))
            .cloned()
            .collect(),
        obligations: Obligations {
            before: firm_before.len(),
            after: firm_after.len(),
            begun: firm_after
                .keys()
                .filter(|p| !firm_before.contains_key(*p))
                .map(|p| held(after, p))
                .collect(),
            ended: firm_before
                .keys()
                .filter(|p| !firm_after.contains_key(*p))
                .map(|p| held(before, p))
                .collect(),
            touched: Vec::new(),
        },
        tasks: (before.open().len(), after.open().len()),
    };
    for (id, entry) in &after.tasks {
        let Some(old) = before.tasks.get(id) else {
            difference.added.push(named(id, entry));
            continue;
        };
        match &entry.fate {
            Fate::Open => {}
            Fate::Merged(into) if old.fate == Fate::Open => {
                let into = after.tasks.get(into).map(|e| named(into, e));
                difference.merged.extend(into.map(|into| Merged {
                    task: named(id, old),
                    into,
                }));
            }
            Fate::Closed(reason) if old.fate == Fate::Open => {
                difference.closed.push(Closed {
                    task: named(id, old),
                    reason: reason.clone(),
                });
            }
            Fate::Merged(_) | Fate::Closed(_) => {}
        }
        let fields: Vec<FieldChange> = Field::ALL
            .into_iter()
            .map(|field| FieldChange {
                field,
                before: field.of(old),
                after: field.of(entry),
            })
            .filter(|change| change.before != change.after)
            .collect();
        if !fields.is_empty() {
            difference.changed.push(Changed {
                task: named(id, old),
                fields,
            });
        }
    }
    let worded_anew: Vec<&str> = difference.changed.iter().map(|c| c.task.id.as_str()).collect();
    difference.obligations.touched = firm_after
        .iter()
        .filter(|(pair, firm)| {
            firm_before
                .get(*pair)
                .is_some_and(|old| old != *firm || worded_anew.contains(&pair.0.as_str()))
        })
        .map(|(pair, _)| held(after, pair))
        .collect();
    difference.added.sort_by_key(|t| t.number);
    difference.changed.sort_by_key(|c| c.task.number);
    difference.merged.sort_by_key(|m| m.task.number);
    difference.closed.sort_by_key(|c| c.task.number);
    for held in [
        &mut difference.obligations.begun,
        &mut difference.obligations.ended,
        &mut difference.obligations.touched,
    ] {
        held.sort_by(|a, b| (a.number, &a.place).cmp(&(b.number, &b.place)));
    }
    difference
}

/// The difference between two issued versions of a list. Public: versions are.
pub async fn difference(platform: &Platform, list: &str, from: u32, to: u32) -> Result<Difference> {
    let loaded = edition::load(platform, list).await?;
    Ok(between(&loaded.edition(from)?, &loaded.edition(to)?))
}

fn named(id: &str, entry: &Entry) -> Named {
    Named {
        id: id.to_owned(),
        number: entry.wording.number,
        title: entry.wording.title.clone(),
        tier: entry.wording.tier,
        places: entry.wording.places_as_written.clone(),
    }
}
