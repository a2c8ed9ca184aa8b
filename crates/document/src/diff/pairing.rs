//! Which unit of the old text is which of the new.
//!
//! Names that authors wrote decide first, then fixed elements, then texts that stand word for word on both sides and
//! once on each. From there pairs go down: the chapters by all that stands in them, what is below a pair among itself,
//! and what is left over anywhere (that has moved). What is still alone and keeps its title or number under the same
//! parent is the same clause, rewritten.

use super::unit::{Alike, Unit, Units};
use std::collections::{HashMap, VecDeque};

/// A chapter is the same where so much of it is.
const CHAPTER: f64 = 0.3;
/// A clause among the children of a pair.
const SIBLING: f64 = 0.45;
/// A clause from elsewhere.
const ELSEWHERE: f64 = 0.55;
/// A clause of the same number under the same parent, rewritten.
const REWRITTEN: f64 = 0.2;

/// No more pairs than so many are likened at a time: beyond, only units at about the same place. No standard comes
/// near; a text that means no good would.
const MOST: usize = 500_000;

/// Pairs, in both directions.
pub(super) struct Pairing {
    pub new_of: Vec<Option<usize>>,
    pub old_of: Vec<Option<usize>>,
    /// How sure each pair is, by the old unit: 0 to 1.
    pub sure: Vec<f64>,
}

impl Pairing {
    pub fn of(old: &Units<'_>, new: &Units<'_>, alike: &Alike) -> Self {
        let mut pairing = Self {
            new_of: vec![None; old.all.len()],
            old_of: vec![None; new.all.len()],
            sure: vec![0.0; old.all.len()],
        };
        pairing.by_name(old, new);
        pairing.fixed(old, new);
        pairing.word_for_word(old, new);
        pairing.chapters(old, new, alike);
        pairing.below(old, new, alike);
        pairing.elsewhere(old, new, alike);
        pairing.below(old, new, alike);
        pairing.rewritten(old, new, alike);
        pairing.below(old, new, alike);
        pairing
    }

    fn join(&mut self, old: usize, new: usize, sure: f64) {
        if let (Some(to), Some(from), Some(how)) = (
            self.new_of.get_mut(old),
            self.old_of.get_mut(new),
            self.sure.get_mut(old),
        ) {
            *to = Some(new);
            *from = Some(old);
            *how = sure.clamp(0.0, 1.0);
        }
    }

    fn is_free(&self, old: usize, new: usize) -> bool {
        self.new_of.get(old).is_some_and(Option::is_none) && self.old_of.get(new).is_some_and(Option::is_none)
    }

    fn free_old(&self) -> Vec<usize> {
        (0..self.new_of.len())
            .filter(|index| self.new_of.get(*index).is_some_and(Option::is_none))
            .collect()
    }

    fn free_new(&self) -> Vec<usize> {
        (0..self.old_of.len())
            .filter(|index| self.old_of.get(*index).is_some_and(Option::is_none))
            .collect()
    }

    fn by_name(&mut self, old: &Units<'_>, new: &Units<'_>) {
        for (index, unit) in old.all.iter().enumerate().filter(|(_, unit)| unit.id.is_written()) {
            let same = new.by_id.get(unit.id.as_str()).copied();
            let Some(other) = same.filter(|other| new.get(*other).is_some_and(|other| fit(unit, other))) else {
                continue;
            };
            if new.get(other).is_some_and(|other| other.id.is_written()) {
                self.join(index, other, 1.0);
            }
        }
    }

    fn fixed(&mut self, old: &Units<'_>, new: &Units<'_>) {
        for (index, unit) in old.all.iter().enumerate() {
            let Some(kind) = unit.fixed() else { continue };
            let other = new.all.iter().position(|other| other.fixed() == Some(kind));
            if let Some(other) = other.filter(|other| self.is_free(index, *other)) {
                self.join(index, other, 1.0);
            }
        }
    }

    fn word_for_word(&mut self, old: &Units<'_>, new: &Units<'_>) {
        let once = |units: &Units<'_>| -> HashMap<(String, String), Option<usize>> {
            let mut found: HashMap<(String, String), Option<usize>> = HashMap::new();
            for (index, unit) in units.all.iter().enumerate() {
                // A few characters say nothing.
                if unit.text.chars().count() < 8 {
                    continue;
                }
                found
                    .entry((unit.title.clone(), unit.text.clone()))
                    .and_modify(|place| *place = None)
                    .or_insert(Some(index));
            }
            found
        };
        let others = once(new);
        for (text, index) in once(old) {
            let (Some(index), Some(Some(other))) = (index, others.get(&text)) else {
                continue;
            };
            let both_fit = old
                .get(index)
                .zip(new.get(*other))
                .is_some_and(|(unit, other)| fit(unit, other));
            if both_fit && self.is_free(index, *other) {
                self.join(index, *other, 1.0);
            }
        }
    }

    fn chapters(&mut self, old: &Units<'_>, new: &Units<'_>, alike: &Alike) {
        let (from, to) = (old.children(None), new.children(None));
        self.best(old, new, from, to, CHAPTER, &|a, b| alike.whole(a, b));
    }

    /// The children of pairs among themselves, and theirs.
    fn below(&mut self, old: &Units<'_>, new: &Units<'_>, alike: &Alike) {
        let mut open: VecDeque<(usize, usize)> = self
            .new_of
            .iter()
            .enumerate()
            .filter_map(|(index, other)| Some((index, (*other)?)))
            .collect();
        while let Some((parent, other)) = open.pop_front() {
            let (from, to) = (old.children(Some(parent)), new.children(Some(other)));
            let joined = self.best(old, new, from, to, SIBLING, &|a, b| alike.content(a, b));
            open.extend(joined);
        }
    }

    fn elsewhere(&mut self, old: &Units<'_>, new: &Units<'_>, alike: &Alike) {
        let (from, to) = (self.free_old(), self.free_new());
        self.best(old, new, &from, &to, ELSEWHERE, &|a, b| alike.content(a, b));
    }

    fn rewritten(&mut self, old: &Units<'_>, new: &Units<'_>, alike: &Alike) {
        for index in self.free_old() {
            let Some(unit) = old.get(index) else { continue };
            let parent = match unit.parent {
                None => None,
                Some(parent) => match self.new_of.get(parent).copied().flatten() {
                    Some(other) => Some(other),
                    None => continue,
                },
            };
            let siblings = new.children(parent);
            if siblings.len() * old.children(unit.parent).len() > MOST {
                continue;
            }
            let other = siblings.iter().copied().find(|other| {
                self.is_free(index, *other)
                    && new.get(*other).is_some_and(|other_unit| {
                        fit(unit, other_unit)
                            && ((!unit.title.is_empty() && unit.title == other_unit.title)
                                || (unit.number == other_unit.number && alike.content(index, *other) >= REWRITTEN))
                    })
            });
            if let Some(other) = other {
                self.join(index, other, alike.content(index, other).max(0.5));
            }
        }
    }

    /// Joins the likeliest pairs first, as long as they are like enough; gives those joined.
    fn best(
        &mut self,
        old: &Units<'_>,
        new: &Units<'_>,
        from: &[usize],
        to: &[usize],
        enough: f64,
        like: &dyn Fn(usize, usize) -> f64,
    ) -> Vec<(usize, usize)> {
        let mut candidates: Vec<(f64, f64, usize, usize)> = Vec::new();
        let reach = MOST / from.len().max(1);
        for (turn, a) in from.iter().copied().enumerate() {
            let Some(unit) = old.get(a) else { continue };
            let first = if to.len() > reach {
                turn.saturating_sub(reach / 2)
            } else {
                0
            };
            for (other_turn, b) in to.iter().copied().enumerate().skip(first).take(reach.max(1)) {
                let Some(other) = new.get(b) else { continue };
                if !self.is_free(a, b) || !fit(unit, other) {
                    continue;
                }
                let alike = like(a, b);
                if alike < enough {
                    continue;
                }
                // Of two that are alike the nearer one is meant, and the one that keeps its name or number.
                let near = 1.0 / (1.0 + (turn as f64 - other_turn as f64).abs());
                let kept = f64::from(u8::from(unit.number == other.number))
                    + f64::from(u8::from(unit.id == other.id))
                    + f64::from(u8::from(self.under_a_pair(unit, other)));
                candidates.push((alike + 0.02 * near + 0.02 * kept, alike, a, b));
            }
        }
        candidates.sort_by(|x, y| y.0.total_cmp(&x.0).then(x.2.cmp(&y.2)).then(x.3.cmp(&y.3)));
        let mut joined = Vec::new();
        for (_, alike, a, b) in candidates {
            if self.is_free(a, b) {
                self.join(a, b, alike);
                joined.push((a, b));
            }
        }
        joined
    }

    fn under_a_pair(&self, unit: &Unit<'_>, other: &Unit<'_>) -> bool {
        match (unit.parent, other.parent) {
            (Some(parent), Some(other)) => self.new_of.get(parent).copied().flatten() == Some(other),
            (None, None) => true,
            _ => false,
        }
    }
}

/// Whether two can be the same at all: terms are terms, and a fixed element is none but itself.
fn fit(old: &Unit<'_>, new: &Unit<'_>) -> bool {
    old.is_term() == new.is_term() && old.fixed() == new.fixed()
}
