//! What somebody can deduce from the totals that are shown.

use super::{
    Failure,
    bounds::{Bound, Interval, System},
    group::Groups,
    rule::{Contribution, Demand, Rule},
};
use formula::{Number, NumberError};

/// More contributions, or totals, than are judged at once.
const MOST: (usize, usize) = (5_000, 1_000);

/// Who deduces.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Attacker {
    /// Somebody who knows the totals and who reported.
    Outsider,
    /// A respondent, who knows their own contributions besides.
    Insider(usize),
}

/// An unsafe sum of which an attacker can deduce too much.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exposure {
    /// The contributions whose sum it is.
    pub of: Vec<usize>,
    /// Who deduces it.
    pub by: Attacker,
    /// How narrowly.
    pub interval: Interval,
    /// From which of the totals shown, by number.
    pub from: Vec<usize>,
}

/// Every unsafe sum that an attacker can deduce too narrowly from the totals `shown`: of those that are `hidden`, and of
/// the groups that follow from all of them.
///
/// # Errors
/// A [`Failure`]; then nothing is known to be safe.
pub fn exposures(
    contributions: &[Contribution],
    shown: &[Vec<usize>],
    hidden: &[Vec<usize>],
    rule: &Rule,
) -> Result<Vec<Exposure>, Failure> {
    if contributions.len() > MOST.0 || shown.len() + hidden.len() > MOST.1 {
        return Err(Failure::TooMuch {
            contributions: contributions.len(),
            totals: shown.len() + hidden.len(),
        });
    }
    let totals = shown.iter().chain(hidden).map(Vec::as_slice);
    let groups = Groups::of(contributions, totals, rule)?;
    let mut targets = groups.exposed.clone();
    for total in hidden {
        let mut total = total.clone();
        total.sort_unstable();
        if rule.judge(contributions, &total)?.is_some() && !targets.contains(&total) {
            targets.push(total);
        }
    }
    let judging = Judging {
        contributions,
        shown,
        groups: &groups,
        rule,
    };
    let mut attackers = vec![Attacker::Outsider];
    let mut few: Vec<usize> = groups.parts.iter().filter_map(|part| part.respondent).collect();
    few.sort_unstable();
    few.dedup();
    attackers.extend(few.into_iter().map(Attacker::Insider));
    let mut found = Vec::new();
    for attacker in attackers {
        judging.attack(attacker, &targets, &mut found)?;
    }
    Ok(found)
}

struct Judging<'a> {
    contributions: &'a [Contribution],
    shown: &'a [Vec<usize>],
    groups: &'a Groups,
    rule: &'a Rule,
}

impl Judging<'_> {
    fn attack(&self, by: Attacker, targets: &[Vec<usize>], found: &mut Vec<Exposure>) -> Result<(), Failure> {
        let own = |member: &usize| by == Attacker::Insider(self.contributions[*member].respondent);
        // What the insider knows is no unknown: it is taken from every total, and from what is sought.
        let unknown: Vec<usize> = (0..self.groups.parts.len())
            .filter(|part| !self.groups.parts[*part].members.iter().any(own))
            .collect();
        let place_of = |part: usize| unknown.binary_search(&part).ok();
        let mut truth = Vec::with_capacity(unknown.len());
        for part in &unknown {
            truth.push(self.sum(&self.groups.parts[*part].members)?);
        }
        let unknowns_of = |total: &[usize]| -> Vec<usize> {
            let parts = self.groups.parts_of(total);
            parts.into_iter().filter_map(place_of).collect()
        };
        let known: Vec<Vec<usize>> = self.shown.iter().map(|total| unknowns_of(total)).collect();
        let mut system = System::new(&truth, &known, self.rule.never_negative)?;
        for target in targets {
            // An insider looks for the others of a group to which they belong, and for groups to which they do not.
            let others: Vec<usize> = target.iter().copied().filter(|member| !own(member)).collect();
            let sought = unknowns_of(&others);
            if sought.is_empty() {
                continue;
            }
            let demand = self.rule.demand(self.contributions, &others)?;
            let interval = system.interval(&sought)?;
            if let Some(from) = self.narrow(&interval, &self.sum(&others)?, &demand)? {
                found.push(Exposure {
                    of: others,
                    by,
                    interval,
                    from,
                });
            }
        }
        Ok(())
    }

    fn sum(&self, members: &[usize]) -> Result<Number, NumberError> {
        members.iter().try_fold(Number::zero(), |total, member| {
            total.plus(&self.contributions[*member].value)
        })
    }

    /// From which totals an end follows that lies too near; nothing where both are far enough.
    fn narrow(&self, interval: &Interval, value: &Number, demand: &Demand) -> Result<Option<Vec<usize>>, NumberError> {
        // The value itself must never follow, however little the rule demands: not of a sum that is zero either.
        let exact = interval.low.value().is_some() && interval.low.value() == interval.high.value();
        let low = far(&interval.low, |end| value.minus(end), &demand.below)?;
        let high = far(&interval.high, |end| end.minus(value), &demand.above)?;
        if low && high && !exact {
            return Ok(None);
        }
        let mut from: Vec<usize> = Vec::new();
        for (bound, far) in [(&interval.low, low), (&interval.high, high)] {
            if let (Bound::At { from: totals, .. }, true) = (bound, exact || !far) {
                from.extend(totals);
            }
        }
        from.sort_unstable();
        from.dedup();
        Ok(Some(from))
    }
}

fn far(
    bound: &Bound,
    distance: impl Fn(&Number) -> Result<Number, NumberError>,
    demanded: &Number,
) -> Result<bool, NumberError> {
    Ok(match bound {
        Bound::Open => true,
        Bound::At { value, .. } => distance(value)? >= *demanded,
    })
}
