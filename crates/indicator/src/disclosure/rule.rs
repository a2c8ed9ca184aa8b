//! When a total is unsafe, and how wide the interval must be that can be deduced of it.

use formula::{Number, NumberError};
use std::collections::BTreeMap;

/// What one respondent reported for one measure and period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contribution {
    /// Whose it is.
    pub respondent: usize,
    /// How much.
    pub value: Number,
}

/// When a few respondents say too much of a total.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Dominance {
    /// (n,k): the largest `largest` contributions are more than `percent` of the total.
    Share {
        /// How many.
        largest: usize,
        /// More than so much of a hundred.
        percent: Number,
    },
    /// p%: the second largest respondent can work the largest out to within `percent` of it.
    Near {
        /// Nearer than so much of a hundred.
        percent: Number,
    },
}

/// What makes a total unsafe.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// A total needs at least so many respondents.
    pub least: usize,
    /// Nor may a few of them dominate it.
    pub dominance: Option<Dominance>,
    /// What can be deduced of an unsafe total must leave at least so much of a hundred of it open on either side.
    pub width: Number,
    /// Whether everybody knows that no contribution is negative.
    pub never_negative: bool,
}

impl Default for Rule {
    /// Three respondents, p% and width of ten of a hundred, nothing negative.
    fn default() -> Self {
        Self {
            least: 3,
            dominance: Some(Dominance::Near {
                percent: Number::from(10),
            }),
            width: Number::from(10),
            never_negative: true,
        }
    }
}

/// Why a total is unsafe.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unsafe {
    /// It has fewer respondents than it needs.
    Few,
    /// A few of them dominate it.
    Dominated,
}

/// What is asked of the interval that can be deduced of an unsafe total.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Demand {
    /// The lower end must lie at least so far below the value, or at zero.
    pub(super) below: Number,
    /// The upper end must lie at least so far above it.
    pub(super) above: Number,
}

/// A total as the rule sees it.
struct Profile {
    total: Number,
    largest: Vec<Number>,
}

impl Profile {
    fn of(contributions: &[Contribution], members: &[usize]) -> Result<Self, NumberError> {
        let mut by_respondent: BTreeMap<usize, Number> = BTreeMap::new();
        let mut total = Number::zero();
        for contribution in members.iter().filter_map(|member| contributions.get(*member)) {
            total = total.plus(&contribution.value)?;
            let sum = by_respondent
                .entry(contribution.respondent)
                .or_insert_with(Number::zero);
            *sum = sum.plus(&contribution.value)?;
        }
        let mut largest: Vec<Number> = by_respondent.into_values().map(|value| value.abs()).collect();
        largest.sort_by(|a, b| b.cmp(a));
        Ok(Self { total, largest })
    }

    /// Σ|x|: of contributions on both sides of zero, the total says little of their size.
    fn size(&self) -> Result<Number, NumberError> {
        sum(&self.largest)
    }

    fn first(&self, count: usize) -> Result<Number, NumberError> {
        sum(&self.largest[..count.min(self.largest.len())])
    }
}

fn sum(numbers: &[Number]) -> Result<Number, NumberError> {
    numbers
        .iter()
        .try_fold(Number::zero(), |total, number| total.plus(number))
}

fn of_a_hundred(number: &Number, percent: &Number) -> Result<Number, NumberError> {
    number.times(percent)?.over(&Number::from(100))
}

impl Dominance {
    /// How far the upper end must lie above the total before the rule would be kept (Hundepool et al. 2012, 4.2.2);
    /// negative or zero where it is kept as it is.
    fn missing(&self, profile: &Profile) -> Result<Number, NumberError> {
        match self {
            Self::Share { largest, percent } => {
                let first = profile.first(*largest)?.times(&Number::from(100))?;
                if percent.is_zero() {
                    return Ok(first);
                }
                first.over(percent)?.minus(&profile.size()?)
            }
            Self::Near { percent } => {
                let largest = profile.first(1)?;
                let others = profile.size()?.minus(&profile.first(2)?)?;
                of_a_hundred(&largest, percent)?.minus(&others)
            }
        }
    }
}

impl Rule {
    /// Why the total of these contributions is unsafe; nothing where it is safe, or sums nothing.
    ///
    /// # Errors
    /// A number grew beyond what is carried.
    pub fn judge(&self, contributions: &[Contribution], members: &[usize]) -> Result<Option<Unsafe>, NumberError> {
        let profile = Profile::of(contributions, members)?;
        self.judge_profile(&profile)
    }

    fn judge_profile(&self, profile: &Profile) -> Result<Option<Unsafe>, NumberError> {
        if profile.largest.is_empty() {
            return Ok(None);
        }
        if profile.largest.len() < self.least {
            return Ok(Some(Unsafe::Few));
        }
        // Where nobody reported anything but zero, nobody dominates.
        if profile.size()?.is_zero() {
            return Ok(None);
        }
        Ok(match &self.dominance {
            Some(dominance) if dominance.missing(profile)? > Number::zero() => Some(Unsafe::Dominated),
            _ => None,
        })
    }

    /// What the interval of an unsafe total must leave open.
    pub(super) fn demand(&self, contributions: &[Contribution], members: &[usize]) -> Result<Demand, NumberError> {
        let profile = Profile::of(contributions, members)?;
        let mut open = of_a_hundred(&profile.size()?, &self.width)?;
        if let Some(dominance) = &self.dominance {
            open = open.max(dominance.missing(&profile)?);
        }
        let below = if self.never_negative {
            open.clone().min(profile.total)
        } else {
            open.clone()
        };
        Ok(Demand { below, above: open })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reported(values: &[i64]) -> Vec<Contribution> {
        let contribution = |(respondent, value): (usize, &i64)| Contribution {
            respondent,
            value: Number::from(*value),
        };
        values.iter().enumerate().map(contribution).collect()
    }

    fn judged(rule: &Rule, values: &[i64]) -> Option<Unsafe> {
        let all: Vec<usize> = (0..values.len()).collect();
        rule.judge(&reported(values), &all).unwrap()
    }

    #[test]
    fn two_respondents_are_few_and_three_are_enough() {
        let rule = Rule {
            dominance: None,
            ..Rule::default()
        };
        assert_eq!(judged(&rule, &[]), None);
        assert_eq!(judged(&rule, &[5]), Some(Unsafe::Few));
        assert_eq!(judged(&rule, &[5, 5]), Some(Unsafe::Few));
        assert_eq!(judged(&rule, &[5, 5, 5]), None);
    }

    #[test]
    fn contributions_of_one_respondent_count_once() {
        let mut rows = reported(&[5, 5, 5]);
        rows[2].respondent = 1;
        let rule = Rule::default();
        assert_eq!(rule.judge(&rows, &[0, 1, 2]).unwrap(), Some(Unsafe::Few));
    }

    #[test]
    fn the_second_largest_must_not_come_near_the_largest() {
        // 100 + 50 + 10: the second knows 160 − 50, which misses 100 by 10: exactly ten of a hundred, so it passes.
        let rule = Rule::default();
        assert_eq!(judged(&rule, &[100, 50, 10]), None);
        assert_eq!(judged(&rule, &[100, 50, 9]), Some(Unsafe::Dominated));
        assert_eq!(judged(&rule, &[0, 0, 0]), None);
    }

    #[test]
    fn the_largest_must_not_be_more_than_their_share() {
        let rule = Rule {
            dominance: Some(Dominance::Share {
                largest: 1,
                percent: Number::from(75),
            }),
            ..Rule::default()
        };
        assert_eq!(judged(&rule, &[75, 20, 5]), None);
        assert_eq!(judged(&rule, &[76, 20, 4]), Some(Unsafe::Dominated));
    }

    #[test]
    fn what_must_stay_open_is_what_the_rule_misses_or_the_width() {
        let rule = Rule::default();
        let rows = reported(&[100, 50, 1]);
        let demand = rule.demand(&rows, &[0, 1, 2]).unwrap();
        // Ten of a hundred of 151 is more than the nine that p% misses.
        assert_eq!(demand.above.exact_text(), "15.1");
        let demand = rule.demand(&rows, &[0]).unwrap();
        assert_eq!(demand.below.exact_text(), "10");
        let nothing = rule.demand(&reported(&[0]), &[0]).unwrap();
        assert!(nothing.above.is_zero() && nothing.below.is_zero());
    }
}
