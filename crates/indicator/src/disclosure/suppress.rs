//! Which totals to hide.

use super::{
    Failure,
    attack::{Exposure, exposures},
    rule::{Contribution, Rule, Unsafe},
};
use std::collections::BTreeSet;

/// What becomes of a total that was offered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It may be shown.
    Shown,
    /// It is unsafe.
    Primary(Unsafe),
    /// It is safe by itself, but an unsafe one would follow from it.
    Secondary,
}

/// What may be shown of the totals that were offered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Protected {
    /// For each total offered, in their order.
    pub fates: Vec<Fate>,
    /// What follows already from the totals that were public before; nothing that is shown now adds to it.
    pub standing: Vec<Exposure>,
}

/// Hides of the totals `offered` so many that, together with those that are `public` already, no unsafe sum can be deduced
/// more narrowly than the rule allows.
///
/// # Errors
/// A [`Failure`]; then nothing may be shown.
pub fn protect(
    contributions: &[Contribution],
    public: &[Vec<usize>],
    offered: &[Vec<usize>],
    rule: &Rule,
) -> Result<Protected, Failure> {
    let mut fates = Vec::with_capacity(offered.len());
    for total in offered {
        let known = public.iter().any(|other| same(other, total));
        fates.push(match rule.judge(contributions, total)? {
            Some(why) if !known => Fate::Primary(why),
            _ => Fate::Shown,
        });
    }
    let standing = exposures(contributions, public, offered, rule)?;
    let stood = |exposure: &Exposure| {
        let alike = |other: &Exposure| {
            (other.by, &other.of) == (exposure.by, &exposure.of) && other.interval.same_ends(&exposure.interval)
        };
        standing.iter().any(alike)
    };
    loop {
        let showing: Vec<usize> = (0..offered.len())
            .filter(|number| fates[*number] == Fate::Shown)
            .collect();
        let mut shown = public.to_vec();
        shown.extend(showing.iter().map(|number| offered[*number].clone()));
        let hidden: Vec<Vec<usize>> = (0..offered.len())
            .filter(|number| fates[*number] != Fate::Shown)
            .map(|number| offered[number].clone())
            .collect();
        let found = exposures(contributions, &shown, &hidden, rule)?;
        let mut gone: BTreeSet<usize> = BTreeSet::new();
        let new: Vec<&Exposure> = found.iter().filter(|exposure| !stood(exposure)).collect();
        if new.is_empty() {
            return Ok(Protected { fates, standing });
        }
        for exposure in new {
            let offers = exposure.from.iter().filter_map(|total| total.checked_sub(public.len()));
            let used: Vec<usize> = offers.map(|offer| showing[offer]).collect();
            if used.iter().any(|number| gone.contains(number)) {
                continue;
            }
            // Of what gives it away, the total with the fewest contributions is missed least.
            gone.extend(used.into_iter().min_by_key(|number| (offered[*number].len(), *number)));
        }
        // Every exposure that did not stand before uses something that is shown now.
        if gone.is_empty() {
            gone.extend(showing);
        }
        for number in gone {
            fates[number] = Fate::Secondary;
        }
    }
}

fn same(a: &[usize], b: &[usize]) -> bool {
    let set = |total: &[usize]| total.iter().copied().collect::<BTreeSet<_>>();
    set(a) == set(b)
}
