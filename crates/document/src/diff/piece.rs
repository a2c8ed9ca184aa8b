//! The pieces of a unit, side by side: which paragraph, item, note or table of the old text is which of the new.

use super::likeness::{Likeness, Weighed};
use super::object::{Objects, is_object};
use super::side::Side;
use super::{What, object};
use crate::model::{Block, BlockKind, Id, ListStyle, Reference};
use crate::resolve::item_marker;
use std::collections::HashMap;

/// Two pieces are one, changed, where so much is shared.
const ENOUGH: f64 = 0.35;

/// Beyond so many comparisons only pieces with the same words are one.
const MOST: usize = 1_000_000;

/// A paragraph, an item, a note, an entry of a list, a table ….
pub(super) struct Piece<'a> {
    pub what: What,
    /// Where it is in its unit: `a)`, 表1.
    pub place: String,
    /// As printed.
    pub shown: String,
    /// As compared.
    pub keyed: String,
    /// The block, for what is compared from within.
    pub block: Option<&'a Block>,
    /// Its names and those inside, in a fixed order.
    pub ids: Vec<&'a Id>,
    words: Weighed,
    listed: Option<&'a Reference>,
}

/// The pieces of some blocks.
pub(super) fn pieces<'a>(blocks: &'a [Block], side: Side<'a>, likeness: &Likeness) -> Vec<Piece<'a>> {
    let mut cutter = Cutter {
        side,
        likeness,
        pieces: Vec::new(),
    };
    cutter.blocks(blocks, (0, 0), "", &[]);
    cutter.pieces
}

struct Cutter<'a, 'l> {
    side: Side<'a>,
    likeness: &'l Likeness,
    pieces: Vec<Piece<'a>>,
}

impl<'a> Cutter<'a, '_> {
    fn blocks(&mut self, blocks: &'a [Block], around: (usize, usize), marker: &str, outer: &[&'a Id]) {
        for (turn, block) in blocks.iter().enumerate() {
            // The first paragraph of an item carries the item's names.
            let outer = if turn == 0 { outer } else { &[] };
            self.block(block, around, marker, outer);
        }
    }

    fn block(&mut self, block: &'a Block, around: (usize, usize), marker: &str, outer: &[&'a Id]) {
        let what = match &block.kind {
            BlockKind::Comment(_) | BlockKind::Term(_) => return,
            BlockKind::List(list) => {
                let (depth, inner) = match list.style {
                    ListStyle::Dash => (around.0, (around.0 + 1, around.1)),
                    ListStyle::Ordered => (around.1, (around.0, around.1 + 1)),
                };
                for (index, item) in list.items.iter().enumerate() {
                    let mark = item_marker(list.style, depth, index);
                    let mark = if marker.is_empty() {
                        mark
                    } else {
                        format!("{marker} {mark}")
                    };
                    self.blocks(&item.blocks, inner, &mark, &[&item.id, &block.id]);
                }
                return;
            }
            BlockKind::References(list) => {
                for entry in &list.entries {
                    let mut shown = entry.designation.as_ref().map(ToString::to_string).unwrap_or_default();
                    if !shown.is_empty() {
                        shown.push('\u{3000}');
                    }
                    shown.push_str(&self.side.shown(&entry.text));
                    let keyed = shown.clone();
                    self.push(
                        What::Reference,
                        String::new(),
                        shown,
                        keyed,
                        None,
                        vec![&entry.key, &block.id],
                    );
                    if let Some(last) = self.pieces.last_mut() {
                        last.listed = Some(entry);
                    }
                }
                return;
            }
            BlockKind::Paragraph(_) if !marker.is_empty() => What::Item,
            BlockKind::Paragraph(_) | BlockKind::Unplaced(_) => What::Paragraph,
            BlockKind::Note(_) => What::Note,
            BlockKind::Example(_) => What::Example,
            BlockKind::Warning(_) => What::Warning,
            BlockKind::Translation(_) => What::Translation,
            BlockKind::Change(_) => What::Amendment,
            BlockKind::Listing { .. } => What::Listing,
            BlockKind::Table(_) => What::Table,
            BlockKind::Figure(_) => What::Figure,
            BlockKind::Formula(_) => What::Formula,
            BlockKind::Data(_) => What::Data,
        };
        let place = if is_object(block) {
            self.side.number(&block.id)
        } else if what == What::Item {
            marker.to_owned()
        } else {
            String::new()
        };
        let mut ids: Vec<&'a Id> = outer.to_vec();
        if ids.is_empty() && what == What::Item {
            ids = vec![&block.id, &block.id];
        }
        ids.push(&block.id);
        inner_ids(block, &mut ids);
        let (shown, keyed) = (self.side.shown_block(block), self.side.keyed_block(block));
        self.push(what, place, shown, keyed, Some(block), ids);
    }

    fn push(
        &mut self,
        what: What,
        place: String,
        shown: String,
        keyed: String,
        block: Option<&'a Block>,
        ids: Vec<&'a Id>,
    ) {
        self.pieces.push(Piece {
            words: self.likeness.weigh(&shown),
            what,
            place,
            shown,
            keyed,
            block,
            ids,
            listed: None,
        });
    }
}

/// The names inside a block, in reading order.
fn inner_ids<'a>(block: &'a Block, ids: &mut Vec<&'a Id>) {
    let mut inner = |blocks: &'a [Block]| {
        for block in blocks {
            ids.push(&block.id);
            inner_ids(block, ids);
        }
    };
    match &block.kind {
        BlockKind::Note(note) => inner(&note.blocks),
        BlockKind::Example(example) => inner(&example.blocks),
        BlockKind::Warning(blocks) => inner(blocks),
        BlockKind::Translation(translation) => inner(&translation.blocks),
        BlockKind::Change(change) => inner(&change.blocks),
        BlockKind::Table(table) => inner(&table.below),
        BlockKind::Figure(figure) => {
            inner(&figure.below);
            ids.extend(figure.parts.iter().map(|part| &part.id));
        }
        _ => {}
    }
}

impl Piece<'_> {
    /// How alike two pieces are: 0 where they cannot be one.
    fn like(&self, other: &Self, objects: &Objects<'_>) -> f64 {
        let same_what = self.what == other.what
            // An item made a paragraph of its own is still that text.
            || matches!((self.what, other.what), (What::Item, What::Paragraph) | (What::Paragraph, What::Item));
        if !same_what {
            return 0.0;
        }
        if let (Some(block), Some(new)) = (self.block.filter(|block| is_object(block)), other.block) {
            let paired = objects
                .became(block.id.as_str())
                .is_some_and(|became| became.id == new.id);
            return f64::from(u8::from(paired));
        }
        if self.keyed == other.keyed {
            return 1.0;
        }
        if let (Some(a), Some(b)) = (self.listed, other.listed)
            && let (Some(a), Some(b)) = (&a.designation, &b.designation)
        {
            return if a.same_standard_as(b) { 0.9 } else { 0.0 };
        }
        self.words.like(&other.words)
    }

    /// How sure it is that they are one.
    pub fn sureness(&self, other: &Self) -> f64 {
        self.words.like(&other.words).max(ENOUGH)
    }

    /// The caption of a table, a figure or data.
    pub fn caption(&self) -> String {
        self.block.map(object::caption_of).unwrap_or_default()
    }
}

/// Which piece is which, in order: pairs of places, either of them missing where a piece was added or removed; and the
/// pairs that changed their order.
pub(super) fn align(
    old: &[Piece<'_>],
    new: &[Piece<'_>],
    objects: &Objects<'_>,
) -> Vec<(Option<usize>, Option<usize>)> {
    let head = old
        .iter()
        .zip(new)
        .take_while(|(a, b)| a.like(b, objects) >= 1.0)
        .count();
    let tail = old
        .iter()
        .skip(head)
        .rev()
        .zip(new.iter().skip(head).rev())
        .take_while(|(a, b)| a.like(b, objects) >= 1.0)
        .count();
    let mut pairs: Vec<(Option<usize>, Option<usize>)> = (0..head).map(|at| (Some(at), Some(at))).collect();
    let (n, m) = (old.len() - tail - head, new.len() - tail - head);
    let (a, b) = (
        old.get(head..head + n).unwrap_or_default(),
        new.get(head..head + m).unwrap_or_default(),
    );
    pairs.extend(
        middle(a, b, objects)
            .into_iter()
            .map(|(x, y)| (x.map(|x| x + head), y.map(|y| y + head))),
    );
    pairs.extend((0..tail).map(|at| (Some(head + n + at), Some(head + m + at))));
    pairs
}

/// The alignment that shares most; then what is left over and stands elsewhere word for word.
fn middle(old: &[Piece<'_>], new: &[Piece<'_>], objects: &Objects<'_>) -> Vec<(Option<usize>, Option<usize>)> {
    if old.len() * new.len() > MOST {
        return same_words(old, new);
    }
    let width = new.len() + 1;
    let mut best = vec![0.0_f64; (old.len() + 1) * width];
    let at = |i: usize, j: usize| i * width + j;
    let mut like = vec![0.0_f64; old.len() * new.len().max(1)];
    for (i, a) in old.iter().enumerate() {
        for (j, b) in new.iter().enumerate() {
            let score = a.like(b, objects);
            let score = if score >= ENOUGH { score } else { 0.0 };
            if let Some(cell) = like.get_mut(i * new.len() + j) {
                *cell = score;
            }
        }
    }
    let liked = |i: usize, j: usize| like.get(i * new.len() + j).copied().unwrap_or(0.0);
    let value = |best: &[f64], i: usize, j: usize| best.get(at(i, j)).copied().unwrap_or(0.0);
    for i in (0..old.len()).rev() {
        for j in (0..new.len()).rev() {
            let skip = value(&best, i + 1, j).max(value(&best, i, j + 1));
            let take = if liked(i, j) > 0.0 {
                liked(i, j) + value(&best, i + 1, j + 1)
            } else {
                0.0
            };
            if let Some(cell) = best.get_mut(at(i, j)) {
                *cell = skip.max(take);
            }
        }
    }
    let mut pairs = Vec::new();
    let (mut i, mut j) = (0, 0);
    while i < old.len() && j < new.len() {
        let here = value(&best, i, j);
        if liked(i, j) > 0.0 && (liked(i, j) + value(&best, i + 1, j + 1) - here).abs() < 1e-9 {
            pairs.push((Some(i), Some(j)));
            i += 1;
            j += 1;
        } else if (value(&best, i + 1, j) - here).abs() < 1e-9 {
            pairs.push((Some(i), None));
            i += 1;
        } else {
            pairs.push((None, Some(j)));
            j += 1;
        }
    }
    pairs.extend((i..old.len()).map(|i| (Some(i), None)));
    pairs.extend((j..new.len()).map(|j| (None, Some(j))));
    crossed(&mut pairs, |i, j| liked(i, j) >= 0.8);
    pairs
}

/// Pieces with the same words, in order; the rest came or went.
fn same_words(old: &[Piece<'_>], new: &[Piece<'_>]) -> Vec<(Option<usize>, Option<usize>)> {
    let mut places: HashMap<&str, Vec<usize>> = HashMap::new();
    for (j, piece) in new.iter().enumerate().rev() {
        places.entry(piece.keyed.as_str()).or_default().push(j);
    }
    let mut was: Vec<Option<usize>> = vec![None; new.len()];
    let mut pairs = Vec::new();
    for (i, piece) in old.iter().enumerate() {
        match places.get_mut(piece.keyed.as_str()).and_then(Vec::pop) {
            Some(j) => {
                if let Some(slot) = was.get_mut(j) {
                    *slot = Some(i);
                }
            }
            None => pairs.push((Some(i), None)),
        }
    }
    pairs.extend(was.into_iter().enumerate().map(|(j, i)| (i, Some(j))));
    pairs
}

/// Joins what is left of the old text with what is left of the new where both are one that changed its place.
fn crossed(pairs: &mut Vec<(Option<usize>, Option<usize>)>, one: impl Fn(usize, usize) -> bool) {
    let gone: Vec<usize> = pairs.iter().filter_map(|(i, j)| i.filter(|_| j.is_none())).collect();
    for i in gone {
        let come = pairs
            .iter()
            .position(|(old, new)| old.is_none() && new.is_some_and(|new| one(i, new)));
        if let Some(place) = come {
            if let Some(pair) = pairs.get_mut(place) {
                pair.0 = Some(i);
            }
            pairs.retain(|pair| *pair != (Some(i), None));
        }
    }
}
