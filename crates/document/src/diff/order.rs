//! What has moved: to another parent, or past its siblings. That a number changes since something was put in before
//! is no move.

use super::group::Group;
use super::pairing::Pairing;
use super::unit::Units;
use std::collections::{BTreeMap, HashSet};

/// The old units that have moved.
pub(super) fn moved(
    old: &Units<'_>,
    new: &Units<'_>,
    pairing: &Pairing,
    splits: &[Group],
    merges: &[Group],
) -> HashSet<usize> {
    let mut moved = HashSet::new();
    let mut families: BTreeMap<Option<usize>, Vec<(usize, usize)>> = BTreeMap::new();
    for (index, other) in pairing.new_of.iter().enumerate() {
        let Some(other) = *other else { continue };
        let (Some(unit), Some(new_unit)) = (old.get(index), new.get(other)) else {
            continue;
        };
        let stays = match (unit.parent, new_unit.parent) {
            (None, None) => true,
            (Some(parent), Some(new_parent)) => same_place(parent, new_parent, pairing, splits, merges),
            _ => false,
        };
        if stays {
            families.entry(new_unit.parent).or_default().push((index, other));
        } else {
            moved.insert(index);
        }
    }
    for family in families.values() {
        let keep = longest_rising(&family.iter().map(|(_, other)| *other).collect::<Vec<_>>());
        for (turn, (index, _)) in family.iter().enumerate() {
            if !keep.contains(&turn) {
                moved.insert(*index);
            }
        }
    }
    moved
}

/// Whether two parents are a pair, or parts of one that was divided or merged.
fn same_place(parent: usize, new_parent: usize, pairing: &Pairing, splits: &[Group], merges: &[Group]) -> bool {
    pairing.new_of.get(parent).copied().flatten() == Some(new_parent)
        || splits
            .iter()
            .any(|group| group.whole == parent && group.parts.contains(&new_parent))
        || merges
            .iter()
            .any(|group| group.whole == new_parent && group.parts.contains(&parent))
}

/// The places of the longest rising run of some numbers, all different.
pub(super) fn longest_rising(numbers: &[usize]) -> HashSet<usize> {
    // `tails[n]`: the place of the smallest number that ends a run of n + 1.
    let mut tails: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = vec![None; numbers.len()];
    for (place, number) in numbers.iter().enumerate() {
        let length = tails.partition_point(|tail| numbers.get(*tail).is_some_and(|last| last < number));
        if let Some(slot) = before.get_mut(place) {
            *slot = length.checked_sub(1).and_then(|index| tails.get(index).copied());
        }
        if length == tails.len() {
            tails.push(place);
        } else if let Some(tail) = tails.get_mut(length) {
            *tail = place;
        }
    }
    let mut run = HashSet::new();
    let mut at = tails.last().copied();
    while let Some(place) = at {
        run.insert(place);
        at = before.get(place).copied().flatten();
    }
    run
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_that_jumps_is_left_out() {
        let kept = |numbers: &[usize]| {
            let mut places: Vec<usize> = longest_rising(numbers).into_iter().collect();
            places.sort_unstable();
            places
        };
        assert_eq!(kept(&[4, 0, 1, 2, 3]), [1, 2, 3, 4]);
        assert_eq!(kept(&[0, 1, 2]), [0, 1, 2]);
        assert_eq!(kept(&[]), Vec::<usize>::new());
    }
}
