//! Contributions that no total tells apart.

use super::{Failure, rule::Contribution, rule::Rule};
use std::collections::BTreeMap;

/// Contributions that stand in exactly the same totals; where they are unsafe together, those of one respondent alone, so
/// that an insider's own can be told apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Part {
    /// Which contributions.
    pub(super) members: Vec<usize>,
    /// Whose they are, where they are one respondent's.
    pub(super) respondent: Option<usize>,
}

/// Contributions divided by the totals in which they stand.
#[derive(Debug, Clone, Default)]
pub(super) struct Groups {
    /// The parts; what an attacker does not know is one number for each.
    pub(super) parts: Vec<Part>,
    /// For each contribution its part; nothing where no total has it.
    pub(super) part_of: Vec<Option<usize>>,
    /// The unsafe groups, each as its contributions.
    pub(super) exposed: Vec<Vec<usize>>,
}

impl Groups {
    /// Divides the contributions that stand in some total.
    pub(super) fn of<'a>(
        contributions: &[Contribution],
        totals: impl Iterator<Item = &'a [usize]>,
        rule: &Rule,
    ) -> Result<Self, Failure> {
        let mut stands_in: Vec<Vec<usize>> = vec![Vec::new(); contributions.len()];
        for (number, total) in totals.enumerate() {
            for member in total {
                let missing = Failure::NoContribution {
                    contribution: *member,
                    of: contributions.len(),
                };
                let stands = stands_in.get_mut(*member).ok_or(missing)?;
                if stands.last() != Some(&number) {
                    stands.push(number);
                }
            }
        }
        let mut alike: BTreeMap<&[usize], Vec<usize>> = BTreeMap::new();
        for (member, stands) in stands_in.iter().enumerate().filter(|(_, stands)| !stands.is_empty()) {
            alike.entry(stands).or_default().push(member);
        }
        let mut groups = Self {
            part_of: vec![None; contributions.len()],
            ..Self::default()
        };
        for members in alike.into_values() {
            if rule.judge(contributions, &members)?.is_none() {
                groups.push(members, None);
                continue;
            }
            let mut of_one: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
            for member in &members {
                of_one
                    .entry(contributions[*member].respondent)
                    .or_default()
                    .push(*member);
            }
            for (respondent, own) in of_one {
                groups.push(own, Some(respondent));
            }
            groups.exposed.push(members);
        }
        Ok(groups)
    }

    fn push(&mut self, members: Vec<usize>, respondent: Option<usize>) {
        for member in &members {
            self.part_of[*member] = Some(self.parts.len());
        }
        self.parts.push(Part { members, respondent });
    }

    /// The parts of which a total consists.
    pub(super) fn parts_of(&self, total: &[usize]) -> Vec<usize> {
        let mut parts: Vec<usize> = total.iter().filter_map(|member| self.part_of[*member]).collect();
        parts.sort_unstable();
        parts.dedup();
        parts
    }
}
