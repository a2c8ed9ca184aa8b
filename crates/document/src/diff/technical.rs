//! The main technical changes as the foreword tells them (8.3 c)): drafted from the pairs, for a person to finish.
//!
//! Structure and editing are left out, as the sentence that leads in says: what moved, was divided or merged with the
//! same words, what changed in notes and examples, in titles, in marks.

use super::unit::{Edition, Unit, UnitKind, Units};
use super::{Change, Inside, Pair, Place, What};
use crate::model::{AnnexNature, Document, DraftStage, ElementKind, ListStyle};
use crate::resolve::{Resolved, SentenceClass, item_marker};
use designation::Designation;
use std::collections::{HashMap, HashSet};

/// One change: what was done to what, and where it stands in both.
struct Item {
    verb: &'static str,
    subject: String,
    new: Vec<String>,
    old: Vec<String>,
}

/// The sentence that leads in, and the changes.
pub(super) fn foreword(old: Edition<'_>, new: Edition<'_>, [from, to]: [&Units<'_>; 2], pairs: &[Pair]) -> Vec<String> {
    let mut items: Vec<Item> = Vec::new();
    if old.document.front.title.zh != new.document.front.title.zh && !old.document.front.title.zh.is_empty() {
        items.push(Item {
            verb: "更改了",
            subject: "文件名称".to_owned(),
            new: vec!["封面".to_owned()],
            old: vec!["封面".to_owned()],
        });
    }
    let mut known: HashMap<(&'static str, String), usize> = HashMap::new();
    let alone_before: HashSet<(Change, &str)> = pairs
        .iter()
        .filter(|pair| matches!(pair.change, Change::Added | Change::Removed))
        .flat_map(|pair| {
            pair.old
                .iter()
                .chain(&pair.new)
                .map(|place| (pair.change, place.id.as_str()))
        })
        .collect();
    for pair in pairs {
        let item = match pair.change {
            Change::Same => None,
            Change::Added => alone(pair.new.first(), to, &alone_before, Change::Added, new.resolved),
            Change::Removed => alone(pair.old.first(), from, &alone_before, Change::Removed, old.resolved),
            Change::Changed | Change::Moved | Change::Split | Change::Merged => changed(pair, from, to, new.resolved),
        };
        let Some(item) = item else { continue };
        let place = known.entry((item.verb, item.subject.clone())).or_insert(items.len());
        match items.get_mut(*place) {
            Some(other) => {
                other.new.extend(item.new);
                other.old.extend(item.old);
            }
            None => items.push(item),
        }
    }
    let name = name(old.document);
    let replaces = !is_draft_of(old.document, new.document);
    let edition = edition(old.document, replaces);
    let leads = if replaces {
        let title = old.document.front.title.zh();
        let titled = if title.is_empty() || name.starts_with('《') {
            String::new()
        } else {
            format!("《{title}》")
        };
        format!("本文件代替{name}{titled}，与{name}相比")
    } else {
        format!("与{name}{edition}相比", edition = stage(old.document))
    };
    if items.is_empty() {
        return vec![format!("{leads}，仅有结构调整和编辑性改动。")];
    }
    let mut lines = vec![format!("{leads}，除结构调整和编辑性改动外，主要技术变化如下：")];
    let last = items.len() - 1;
    for (index, item) in items.iter().enumerate() {
        let end = if index == last { '。' } else { '；' };
        lines.push(format!(
            "{} {}{}（{}）{end}",
            item_marker(ListStyle::Ordered, 0, index),
            item.verb,
            item.subject,
            places(item, &edition)
        ));
    }
    lines
}

/// 见5.1，2020年版的4.1.
fn places(item: &Item, edition: &str) -> String {
    let (new, old) = (item.new.join("、"), item.old.join("、"));
    match (new.is_empty(), old.is_empty()) {
        (false, false) => format!("见{new}，{edition}的{old}"),
        (false, true) => format!("见{new}"),
        _ => format!("见{edition}的{old}"),
    }
}

/// The old text's number; its title where it has none.
fn name(old: &Document) -> String {
    match old.front.designation.as_ref() {
        Some(designation) => designation.to_string(),
        None => format!("《{}》", old.front.title.zh()),
    }
}

/// 2020年版; of an earlier draft of the same text its stage.
fn edition(old: &Document, replaces: bool) -> String {
    match old.front.designation.as_ref().and_then(Designation::year) {
        Some(year) if replaces => format!("{}年版", year.value()),
        _ => stage(old).trim_matches(['（', '）']).to_owned(),
    }
}

/// （征求意见稿）; 上一版 for what is no draft.
fn stage(old: &Document) -> String {
    match old.front.draft.map(DraftStage::words) {
        Some((word, _)) => format!("（{word}）"),
        None => "上一版".to_owned(),
    }
}

/// Whether both are drafts of one text: then nothing is replaced.
fn is_draft_of(old: &Document, new: &Document) -> bool {
    let (old, new) = (&old.front, &new.front);
    old.draft.is_some() && new.replaces == old.replaces && old.designation == new.designation
}

/// A unit that was added or removed; nothing where its parent was, too, since the parent says it.
fn alone(
    place: Option<&Place>,
    units: &Units<'_>,
    alone_before: &HashSet<(Change, &str)>,
    change: Change,
    resolved: &Resolved,
) -> Option<Item> {
    let place = place?;
    let unit = unit_of(place, units)?;
    let parent = unit.parent.and_then(|parent| units.get(parent));
    if let Some(parent) = parent {
        let told = alone_before.contains(&(change, parent.id.as_str()));
        if told {
            return None;
        }
    }
    if !is_technical_element(unit.element) {
        return None;
    }
    let subject = match unit.kind {
        UnitKind::Term(_) => format!("术语“{}”", unit.title),
        UnitKind::Element(ElementKind::Annex(_)) => format!("附录“{}”", unit.title),
        UnitKind::Element(_) => format!("“{}”一章", unit.title),
        UnitKind::Clause => subject(unit, units, resolved),
    };
    let reference = vec![place.number.clone()];
    let (verb, new, old) = if change == Change::Added {
        ("增加了", reference, Vec::new())
    } else {
        ("删除了", Vec::new(), reference)
    };
    Some(Item {
        verb,
        subject,
        new,
        old,
    })
}

fn changed(pair: &Pair, from: &Units<'_>, to: &Units<'_>, resolved: &Resolved) -> Option<Item> {
    if !pair.inside.iter().any(is_technical) {
        return None;
    }
    let unit = unit_of(pair.new.first()?, to)?;
    let informative = matches!(unit.element, ElementKind::Annex(AnnexNature::Informative));
    if !is_technical_element(unit.element) || informative {
        return None;
    }
    // The old unit is asked for its element alone, so that a text that left the introduction counts.
    unit_of(pair.old.first()?, from)?;
    let subject = match unit.kind {
        UnitKind::Term(_) => {
            let definition = pair
                .inside
                .iter()
                .any(|inside| matches!(inside.what, What::Paragraph | What::Formula | What::Item));
            let of = if definition { "的定义" } else { "" };
            format!("术语“{}”{of}", unit.title)
        }
        UnitKind::Element(ElementKind::Scope) => "范围".to_owned(),
        _ => subject(unit, to, resolved),
    };
    let numbers = |places: &[Place]| places.iter().map(|place| place.number.clone()).collect();
    Some(Item {
        verb: "更改了",
        subject,
        new: numbers(&pair.new),
        old: numbers(&pair.old),
    })
}

/// “外观”的要求: by the title of the clause, or of the nearest that has one, and by what its sentences are.
fn subject(unit: &Unit<'_>, units: &Units<'_>, resolved: &Resolved) -> String {
    let mut titled = Some(unit);
    while let Some(above) = titled.filter(|unit| unit.title.is_empty()) {
        titled = above.parent.and_then(|parent| units.get(parent));
    }
    let title = titled.map_or("", |unit| unit.title.as_str());
    let of = match resolved.class(unit.id) {
        Some(SentenceClass::Requirement) => "的要求",
        Some(SentenceClass::Recommendation) => "的建议",
        Some(SentenceClass::Instruction) => "的规定",
        _ => "的内容",
    };
    format!("“{title}”{of}")
}

fn unit_of<'u, 'a>(place: &Place, units: &'u Units<'a>) -> Option<&'u Unit<'a>> {
    units.by_id.get(place.id.as_str()).and_then(|index| units.get(*index))
}

fn is_technical_element(kind: ElementKind) -> bool {
    matches!(
        kind,
        ElementKind::Scope | ElementKind::Terms | ElementKind::Symbols | ElementKind::Chapter | ElementKind::Annex(_)
    )
}

/// Whether more than marks, notes and titles differs.
fn is_technical(inside: &Inside) -> bool {
    let informative = matches!(
        inside.what,
        What::Note
            | What::Example
            | What::Title
            | What::Caption
            | What::Translation
            | What::Listing
            | What::English
            | What::Source
            | What::Reference
    );
    !informative && inside.change != Change::Moved && folded(&inside.old) != folded(&inside.new)
}

/// The letters and digits; a mark, a blank, 的 more or less is editing.
fn folded(text: &str) -> String {
    text.chars()
        .filter(|c| c.is_alphanumeric() || matches!(c, '≤' | '≥' | '<' | '>' | '±' | '%' | '‰' | '℃'))
        .filter(|c| !matches!(c, '的' | '之'))
        .collect()
}
