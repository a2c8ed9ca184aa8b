//! Tables, figures, formulas and data: which is which, wherever they stand.

use super::likeness::{Likeness, Weighed};
use super::pairing::Pairing;
use super::unit::Units;
use crate::model::{Block, BlockKind, Visit, plain_text, spell_block, walk_blocks};
use std::collections::HashMap;

/// Two are one where so much is shared.
const ENOUGH: f64 = 0.4;
/// Beyond so many comparisons only names and titles count.
const MOST: usize = 1_000_000;

/// A table, a figure, a formula or a data fence, and the unit that holds it.
pub(super) struct Object<'a> {
    pub block: &'a Block,
    unit: usize,
    caption: String,
    words: Weighed,
}

/// The objects of both texts and their pairs.
pub(super) struct Objects<'a> {
    pub old: Vec<Object<'a>>,
    pub new: Vec<Object<'a>>,
    /// By the name of the old one: which of the new.
    pub new_of: HashMap<&'a str, usize>,
    /// By the name of the new one: which of the old.
    pub old_of: HashMap<&'a str, usize>,
}

impl<'a> Objects<'a> {
    pub fn of(old: &Units<'a>, new: &Units<'a>, pairing: &Pairing) -> Self {
        let texts: Vec<String> = [old, new]
            .into_iter()
            .flat_map(|units| found(units).into_iter().map(|(_, block)| text_of(block)))
            .collect();
        let likeness = Likeness::of(texts.iter().map(String::as_str));
        let read = |units: &Units<'a>| -> Vec<Object<'a>> {
            found(units)
                .into_iter()
                .map(|(unit, block)| Object {
                    block,
                    unit,
                    caption: caption_of(block),
                    words: likeness.weigh(&text_of(block)),
                })
                .collect()
        };
        let mut objects = Self {
            old: read(old),
            new: read(new),
            new_of: HashMap::new(),
            old_of: HashMap::new(),
        };
        objects.pair(pairing);
        objects
    }

    fn pair(&mut self, pairing: &Pairing) {
        let mut candidates: Vec<(f64, usize, usize)> = Vec::new();
        if self.old.len() * self.new.len() > MOST {
            let names: HashMap<&str, usize> = self
                .new
                .iter()
                .enumerate()
                .map(|(index, object)| (object.block.id.as_str(), index))
                .collect();
            for (index, object) in self.old.iter().enumerate() {
                let same = names.get(object.block.id.as_str());
                candidates.extend(same.map(|other| (3.0, index, *other)));
            }
            self.join(candidates);
            return;
        }
        for (index, object) in self.old.iter().enumerate() {
            for (other_index, other) in self.new.iter().enumerate() {
                if std::mem::discriminant(&object.block.kind) != std::mem::discriminant(&other.block.kind) {
                    continue;
                }
                let named =
                    object.block.id.is_written() && other.block.id.is_written() && object.block.id == other.block.id;
                let together = pairing.new_of.get(object.unit).copied().flatten() == Some(other.unit);
                let titled = !object.caption.is_empty() && object.caption == other.caption;
                let alike = object.words.like(&other.words);
                let score = if named {
                    3.0
                } else {
                    alike + f64::from(u8::from(together)) * 0.2 + f64::from(u8::from(titled)) * 0.5
                };
                if score >= ENOUGH {
                    candidates.push((score, index, other_index));
                }
            }
        }
        self.join(candidates);
    }

    /// The likeliest pairs first.
    fn join(&mut self, mut candidates: Vec<(f64, usize, usize)>) {
        candidates.sort_by(|x, y| y.0.total_cmp(&x.0).then(x.1.cmp(&y.1)).then(x.2.cmp(&y.2)));
        let mut taken = (vec![false; self.old.len()], vec![false; self.new.len()]);
        for (_, index, other) in candidates {
            let free = taken.0.get(index) == Some(&false) && taken.1.get(other) == Some(&false);
            let (Some(object), Some(new)) = (self.old.get(index), self.new.get(other)) else {
                continue;
            };
            if free {
                self.new_of.insert(object.block.id.as_str(), other);
                self.old_of.insert(new.block.id.as_str(), index);
                if let (Some(a), Some(b)) = (taken.0.get_mut(index), taken.1.get_mut(other)) {
                    (*a, *b) = (true, true);
                }
            }
        }
    }

    /// What became of an old object.
    pub fn became(&self, name: &str) -> Option<&'a Block> {
        self.new_of
            .get(name)
            .and_then(|index| self.new.get(*index))
            .map(|object| object.block)
    }

    /// What a new object was.
    pub fn was(&self, name: &str) -> Option<&'a Block> {
        self.old_of
            .get(name)
            .and_then(|index| self.old.get(*index))
            .map(|object| object.block)
    }
}

fn found<'a>(units: &Units<'a>) -> Vec<(usize, &'a Block)> {
    struct Found<'a> {
        unit: usize,
        blocks: Vec<(usize, &'a Block)>,
    }
    impl<'a> Visit<'a> for Found<'a> {
        fn block(&mut self, block: &'a Block) {
            if is_object(block) {
                self.blocks.push((self.unit, block));
            }
        }
    }
    let mut found = Found {
        unit: 0,
        blocks: Vec::new(),
    };
    for (index, unit) in units.all.iter().enumerate() {
        found.unit = index;
        for block in unit
            .blocks
            .iter()
            .filter(|block| !matches!(block.kind, BlockKind::Term(_)))
        {
            walk_blocks(std::slice::from_ref(block), &mut found);
        }
    }
    found.blocks
}

pub(super) fn is_object(block: &Block) -> bool {
    matches!(
        block.kind,
        BlockKind::Table(_) | BlockKind::Figure(_) | BlockKind::Formula(_) | BlockKind::Data(_)
    )
}

fn text_of(block: &Block) -> String {
    let mut text = String::new();
    spell_block(block, &|_| String::new(), &mut text);
    text
}

pub(super) fn caption_of(block: &Block) -> String {
    let caption = match &block.kind {
        BlockKind::Table(table) => table.caption.as_ref(),
        BlockKind::Figure(figure) => figure.caption.as_ref(),
        BlockKind::Data(fence) => fence.caption.as_ref(),
        _ => None,
    };
    caption.map(|text| plain_text(text)).unwrap_or_default()
}
