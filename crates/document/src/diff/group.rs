//! Clauses that were divided, and clauses that became one.

use super::pairing::Pairing;
use super::unit::{Alike, Units};
use std::collections::BTreeMap;

/// So much of a part comes from the whole.
const FROM: f64 = 0.7;
/// So much of the whole is in its parts together.
const COVERED: f64 = 0.6;
/// A pair of which more than this is shared leaves nothing to come from elsewhere.
const WHOLE: f64 = 0.85;

/// Beyond so many comparisons nothing is sought: no standard comes near.
const MOST: usize = 4_000_000;

/// One unit of one side and its parts of the other, the first the one that it is paired with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Group {
    pub whole: usize,
    pub parts: Vec<usize>,
}

/// Old units that were divided into new ones.
pub(super) fn splits(old: &Units<'_>, new: &Units<'_>, pairing: &Pairing, alike: &Alike) -> Vec<Group> {
    groups(old, new, &pairing.new_of, &pairing.old_of, alike, (0, 1))
}

/// New units that old ones were merged into.
pub(super) fn merges(old: &Units<'_>, new: &Units<'_>, pairing: &Pairing, alike: &Alike) -> Vec<Group> {
    groups(new, old, &pairing.old_of, &pairing.new_of, alike, (1, 0))
}

fn groups(
    wholes: &Units<'_>,
    parts: &Units<'_>,
    part_of: &[Option<usize>],
    whole_of: &[Option<usize>],
    alike: &Alike,
    (side, other): (usize, usize),
) -> Vec<Group> {
    if wholes.all.len() * whole_of.iter().filter(|whole| whole.is_none()).count() > MOST {
        return Vec::new();
    }
    // Each part that is alone goes to the whole that it comes from most.
    let mut found: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (part, unit) in parts.all.iter().enumerate() {
        let alone = whole_of.get(part).is_some_and(Option::is_none);
        let Some(words) = alike
            .own(other, part)
            .filter(|_| alone && unit.text.chars().count() >= 6)
        else {
            continue;
        };
        let best = (0..wholes.all.len())
            .filter(|whole| {
                wholes
                    .get(*whole)
                    .is_some_and(|whole| whole.is_term() == unit.is_term())
            })
            .filter_map(|whole| Some((words.within(alike.own(side, whole)?), whole)))
            .filter(|(from, _)| *from >= FROM)
            .max_by(|x, y| x.0.total_cmp(&y.0).then(y.1.cmp(&x.1)));
        if let Some((_, whole)) = best {
            found.entry(whole).or_default().push(part);
        }
    }
    let mut groups = Vec::new();
    for (whole, alone) in found {
        let Some(words) = alike.own(side, whole) else { continue };
        let mut members = alone;
        let mut together = super::likeness::Weighed::default();
        if let Some(pair) = part_of.get(whole).copied().flatten()
            && let Some(pair_words) = alike.own(other, pair)
        {
            // What is wholly in its pair was not divided: the others are copies.
            if words.within(pair_words) > WHOLE {
                continue;
            }
            together = together.and(pair_words);
            members.insert(0, pair);
        }
        if members.len() < 2 {
            continue;
        }
        for part in &members {
            if let Some(part_words) = alike
                .own(other, *part)
                .filter(|_| part_of.get(whole) != Some(&Some(*part)))
            {
                together = together.and(part_words);
            }
        }
        if words.within(&together) >= COVERED {
            groups.push(Group { whole, parts: members });
        }
    }
    groups
}
