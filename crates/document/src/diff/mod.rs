//! Two editions of a text: what is the same, changed, moved, split, merged, added, removed. Pure.
//!
//! **Units** are elements, clauses and entries of terms. They are paired by the names that authors wrote, by titles,
//! numbers and words ([`pairing`]); then what was divided or merged is found ([`group`]), what has moved ([`order`]),
//! and what differs inside of each pair ([`inside`]), down to cells of tables and symbols of formulas. A number that
//! changes since a clause was put in before it is no change, and neither is a reference that follows it.
//!
//! Beside the pairs stand what the new foreword would say of them ([`Diff::foreword`], 8.3 c)), and where each name of
//! the old text leads in the new one ([`Anchors`]).

mod anchor;
mod formula;
mod group;
mod html;
mod inside;
mod likeness;
mod object;
mod order;
mod pairing;
mod piece;
mod side;
mod table;
mod technical;
mod text;
mod unit;
mod words;

pub use anchor::{Anchors, Carried};
pub use html::{body, page};
pub use text::lines;
pub use unit::Edition;
pub use words::{Of, Stretch};

use group::Group;
use inside::Context;
use object::Objects;
use pairing::Pairing;
use serde::Serialize;
use side::Side;
use std::collections::{HashMap, HashSet};
use unit::{Alike, Unit, Units};

/// What became of an old text.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Diff {
    /// Every unit of both texts, in the order of the new one; what was removed stands where it stood.
    pub pairs: Vec<Pair>,
    /// 8.3 c): the sentence that leads in and the main technical changes, marked a), b) …; one sentence if there are
    /// none.
    pub foreword: Vec<String>,
    /// Where names of the old text lead.
    #[serde(skip)]
    pub anchors: Anchors,
}

/// Units of the old text and what they are in the new one.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Pair {
    /// What happened.
    pub change: Change,
    /// Of the old text: none where it was added, several where they were merged.
    pub old: Vec<Place>,
    /// Of the new text: none where it was removed, several where it was divided.
    pub new: Vec<Place>,
    /// What differs inside.
    pub inside: Vec<Inside>,
}

/// What happened to a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// The words are the same, at the same place; its number may be another.
    Same,
    /// Words differ.
    Changed,
    /// It stands elsewhere; its words may differ, too.
    Moved,
    /// One became several.
    Split,
    /// Several became one.
    Merged,
    /// It is new.
    Added,
    /// It is gone.
    Removed,
}

/// A unit of one of the texts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Place {
    /// Its name.
    pub id: String,
    /// Its number as referred to: 第5章, 5.2, 附录A.
    pub number: String,
    /// Its title.
    pub title: String,
    /// Its own words, without the clauses below.
    pub text: String,
}

/// One difference inside of a pair.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Inside {
    /// In what.
    pub what: What,
    /// What happened: changed, moved, added or removed.
    pub change: Change,
    /// Where: `a)`, `表1 裂纹长度 / 限值`; empty where the clause says enough.
    pub place: String,
    /// The old words.
    pub old: String,
    /// The new words.
    pub new: String,
    /// Both, stretch by stretch.
    pub words: Vec<Stretch>,
}

/// What differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "each is its own word")]
pub enum What {
    Title,
    /// All the words of units that were divided or merged.
    Text,
    Paragraph,
    Item,
    Note,
    Example,
    Warning,
    Translation,
    /// A change that an amendment makes.
    Amendment,
    Listing,
    /// An entry of a list of documents.
    Reference,
    Table,
    Caption,
    Unit,
    Column,
    /// The title of a column.
    Head,
    Row,
    Cell,
    Figure,
    Formula,
    Symbol,
    Data,
    /// Parts of an entry of terms.
    English,
    Admitted,
    Deprecated,
    Domain,
    Source,
}

impl Inside {
    fn of(what: What, place: String, old: &str, new: &str) -> Self {
        Self {
            what,
            change: match (old.is_empty(), new.is_empty()) {
                (true, false) => Change::Added,
                (false, true) => Change::Removed,
                _ => Change::Changed,
            },
            place,
            words: words::words(old, new),
            old: old.to_owned(),
            new: new.to_owned(),
        }
    }

    fn moved(what: What, place: String, text: String) -> Self {
        Self {
            what,
            change: Change::Moved,
            place,
            old: text.clone(),
            new: text,
            words: Vec::new(),
        }
    }
}

/// Tells a difference if there is one.
fn said(found: &mut Vec<Inside>, what: What, place: &str, old: &str, new: &str) {
    if old != new {
        found.push(Inside::of(what, place.to_owned(), old, new));
    }
}

/// Compares two editions.
///
/// ```
/// use document::{diff::{Change, Edition, diff}, resolve::resolve, source::parse};
///
/// let old = parse("# 外观\n外观应完好。\n# 尺寸\n长度应为10 mm。\n").document;
/// let new = parse("# 气味\n应无异味。\n# 外观\n外观应完好。\n# 尺寸\n长度应为12 mm。\n").document;
/// let (a, b) = (resolve(&old), resolve(&new));
/// let diff = diff(Edition { document: &old, resolved: &a }, Edition { document: &new, resolved: &b });
/// let changes: Vec<Change> = diff.pairs.iter().map(|pair| pair.change).collect();
/// assert_eq!(changes, [Change::Added, Change::Same, Change::Changed]);
/// ```
pub fn diff(old: Edition<'_>, new: Edition<'_>) -> Diff {
    let (from, to) = (Units::of(old), Units::of(new));
    let alike = Alike::of(&from, &to);
    let pairing = Pairing::of(&from, &to, &alike);
    let splits = group::splits(&from, &to, &pairing, &alike);
    let mut merges = group::merges(&from, &to, &pairing, &alike);
    // A unit is told once: what was divided is not merged, too.
    merges.retain(|merge| {
        !splits
            .iter()
            .any(|split| merge.parts.contains(&split.whole) || split.parts.contains(&merge.whole))
    });
    let moved = order::moved(&from, &to, &pairing, &splits, &merges);
    let objects = Objects::of(&from, &to, &pairing);
    let mut anchors = Anchors::default();
    units_carried(&from, &to, &pairing, &splits, &merges, &mut anchors);
    for object in &objects.old {
        if let Some(became) = objects.became(object.block.id.as_str()) {
            let named = object.block.id.is_written() && object.block.id == became.id;
            anchors.put(&object.block.id, &became.id, if named { 1.0 } else { 0.9 });
        }
    }
    let became: HashMap<String, String> = anchors
        .all()
        .map(|(id, carried)| (id.to_owned(), carried.id.clone()))
        .collect();
    let context = Context {
        sides: [
            Side {
                resolved: old.resolved,
                became: Some(&became),
            },
            Side {
                resolved: new.resolved,
                became: None,
            },
        ],
        objects: &objects,
        likeness: &alike.likeness,
    };
    let pairs = told(
        &context,
        [&from, &to],
        &pairing,
        [&splits, &merges],
        &moved,
        &mut anchors,
    );
    let foreword = technical::foreword(old, new, [&from, &to], &pairs);
    Diff {
        pairs,
        foreword,
        anchors,
    }
}

/// The names of units.
fn units_carried(
    from: &Units<'_>,
    to: &Units<'_>,
    pairing: &Pairing,
    splits: &[Group],
    merges: &[Group],
    anchors: &mut Anchors,
) {
    for (index, other) in pairing.new_of.iter().enumerate() {
        if let (Some(unit), Some(other)) = (from.get(index), other.and_then(|other| to.get(other))) {
            let sure = pairing.sure.get(index).copied().unwrap_or_default();
            anchors.put(unit.id, other.id, sure);
        }
    }
    // A unit that was divided and has no pair leads to its largest part; one that was merged to the whole.
    for group in splits {
        let largest = group
            .parts
            .iter()
            .filter_map(|part| to.get(*part))
            .max_by_key(|unit| unit.text.chars().count());
        if let (Some(unit), Some(part)) = (from.get(group.whole), largest) {
            anchors.put(unit.id, part.id, 0.5);
        }
    }
    for group in merges {
        for part in &group.parts {
            if let (Some(unit), Some(whole)) = (from.get(*part), to.get(group.whole)) {
                anchors.put(unit.id, whole.id, 0.7);
            }
        }
    }
}

/// All pairs in the order of the new text.
fn told<'a>(
    context: &Context<'a, '_>,
    [from, to]: [&Units<'a>; 2],
    pairing: &Pairing,
    [splits, merges]: [&[Group]; 2],
    moved: &HashSet<usize>,
    anchors: &mut Anchors,
) -> Vec<Pair> {
    let mut rows: Vec<((usize, usize), Pair)> = Vec::new();
    let mut in_groups: (HashSet<usize>, HashSet<usize>) = (HashSet::new(), HashSet::new());
    let all = |units: &Units<'a>, indices: &[usize]| -> Vec<Unit<'a>> {
        indices.iter().filter_map(|index| units.get(*index)).cloned().collect()
    };
    let mut push = |at: (usize, usize), change: Option<Change>, old: &[Unit<'a>], new: &[Unit<'a>], is_moved: bool| {
        let (a, b): (Vec<&Unit<'a>>, Vec<&Unit<'a>>) = (old.iter().collect(), new.iter().collect());
        let inside = if a.is_empty() || b.is_empty() {
            Vec::new()
        } else {
            inside::compare(context, &a, &b, anchors)
        };
        let change = change.unwrap_or(match (is_moved, inside.is_empty()) {
            (true, _) => Change::Moved,
            (false, true) => Change::Same,
            (false, false) => Change::Changed,
        });
        rows.push((
            at,
            Pair {
                change,
                old: old.iter().map(Place::of).collect(),
                new: new.iter().map(Place::of).collect(),
                inside,
            },
        ));
    };
    for (groups, change) in [(splits, Change::Split), (merges, Change::Merged)] {
        for group in groups {
            let mut parts = group.parts.clone();
            parts.sort_unstable();
            let first = parts.first().copied().unwrap_or_default();
            if change == Change::Split {
                push(
                    (first, 1),
                    Some(change),
                    &all(from, &[group.whole]),
                    &all(to, &parts),
                    false,
                );
                in_groups.0.insert(group.whole);
                in_groups.1.extend(parts);
            } else {
                push(
                    (group.whole, 1),
                    Some(change),
                    &all(from, &parts),
                    &all(to, &[group.whole]),
                    false,
                );
                in_groups.1.insert(group.whole);
                in_groups.0.extend(parts);
            }
        }
    }
    for index in 0..to.all.len() {
        if in_groups.1.contains(&index) {
            continue;
        }
        match pairing.old_of.get(index).copied().flatten() {
            Some(other) if in_groups.0.contains(&other) => {}
            Some(other) => push(
                (index, 1),
                None,
                &all(from, &[other]),
                &all(to, &[index]),
                moved.contains(&other),
            ),
            None => push((index, 1), Some(Change::Added), &[], &all(to, &[index]), false),
        }
    }
    // What was removed stands behind what stood before it.
    let mut behind = (0, 0);
    for index in 0..from.all.len() {
        match pairing.new_of.get(index).copied().flatten() {
            Some(other) => behind = (other, 2),
            None if in_groups.0.contains(&index) => {}
            None => push(behind, Some(Change::Removed), &all(from, &[index]), &[], false),
        }
    }
    rows.sort_by_key(|(at, _)| *at);
    rows.into_iter().map(|(_, pair)| pair).collect()
}

impl Place {
    fn of(unit: &Unit<'_>) -> Self {
        Self {
            id: unit.id.as_str().to_owned(),
            number: unit.reference.clone(),
            title: unit.title.clone(),
            text: unit.text.clone(),
        }
    }
}
