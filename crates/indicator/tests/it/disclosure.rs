//! What is shown of a survey, and what an attacker makes of it who shares no line with what decided it: linear algebra
//! and corners of polytopes over fractions of `i128`, with one unknown for each row.

use std::ops::{Div, Mul, Sub};

use formula::Number;
use indicator::disclosure::{
    Attacker, Bound, Contribution, Dominance, Failure, Fate, Rule, System, Unsafe, exposures, protect,
};
use proptest::prelude::*;

fn reported(values: &[i64]) -> Vec<Contribution> {
    let contribution = |(respondent, value): (usize, &i64)| Contribution {
        respondent,
        value: Number::from(*value),
    };
    values.iter().enumerate().map(contribution).collect()
}

fn few_alone() -> Rule {
    Rule {
        dominance: None,
        ..Rule::default()
    }
}

/// The totals of a table of two classifications, with margins: interior, rows, columns, everything.
fn table(classes: &[(usize, usize)], height: usize, width: usize) -> Vec<Vec<usize>> {
    let of = |wanted: &dyn Fn(&(usize, usize)) -> bool| -> Vec<usize> {
        (0..classes.len()).filter(|row| wanted(&classes[*row])).collect()
    };
    let mut totals = Vec::new();
    for y in 0..height {
        for x in 0..width {
            totals.push(of(&|class| *class == (y, x)));
        }
        totals.push(of(&|class| class.0 == y));
    }
    totals.extend((0..width).map(|x| of(&|class| class.1 == x)));
    totals.push(of(&|_| true));
    totals.retain(|total| !total.is_empty());
    totals
}

fn shown(offered: &[Vec<usize>], fates: &[Fate]) -> Vec<Vec<usize>> {
    let kept = offered.iter().zip(fates).filter(|(_, fate)| **fate == Fate::Shown);
    kept.map(|(total, _)| total.clone()).collect()
}

// --- The attacker ---

#[derive(Debug, Clone, Copy, PartialEq)]
struct Fraction(i128, i128);

fn gcd(a: i128, b: i128) -> i128 {
    if b == 0 { a.abs().max(1) } else { gcd(b, a % b) }
}

impl Fraction {
    fn new(above: i128, below: i128) -> Self {
        let common = gcd(above, below) * below.signum();
        Self(above / common, below / common)
    }
    fn is_zero(self) -> bool {
        self.0 == 0
    }
    fn to_f64(self) -> f64 {
        self.0 as f64 / self.1 as f64
    }
}
impl From<i64> for Fraction {
    fn from(value: i64) -> Self {
        Self(i128::from(value), 1)
    }
}
impl Sub for Fraction {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self::new(self.0 * other.1 - other.0 * self.1, self.1 * other.1)
    }
}
impl Mul for Fraction {
    type Output = Self;
    fn mul(self, other: Self) -> Self {
        Self::new(self.0 * other.0, self.1 * other.1)
    }
}
impl Div for Fraction {
    type Output = Self;
    fn div(self, other: Self) -> Self {
        Self::new(self.0 * other.1, self.1 * other.0)
    }
}

/// Rows in echelon form with the columns of their pivots.
fn echelon(mut rows: Vec<Vec<Fraction>>, columns: usize) -> Vec<(usize, Vec<Fraction>)> {
    let mut done: Vec<(usize, Vec<Fraction>)> = Vec::new();
    for column in 0..columns {
        let Some(at) = rows.iter().position(|row| !row[column].is_zero()) else {
            continue;
        };
        let row = rows.remove(at);
        let pivot: Vec<Fraction> = row.iter().map(|cell| *cell / row[column]).collect();
        let clear = |row: &mut Vec<Fraction>| {
            let factor = row[column];
            for (cell, other) in row.iter_mut().zip(&pivot) {
                *cell = *cell - factor * *other;
            }
        };
        rows.iter_mut().for_each(clear);
        done.iter_mut().for_each(|(_, row)| clear(row));
        done.push((column, pivot));
    }
    done
}

fn indicator_of(total: &[usize], unknowns: usize) -> Vec<Fraction> {
    (0..unknowns)
        .map(|at| Fraction::from(i64::from(total.contains(&at))))
        .collect()
}

/// Whether the sum follows from the totals by adding and subtracting.
fn follows(totals: &[Vec<usize>], sum: &[usize], unknowns: usize) -> bool {
    let rows = totals.iter().map(|total| indicator_of(total, unknowns)).collect();
    let mut rest = indicator_of(sum, unknowns);
    for (column, row) in echelon(rows, unknowns) {
        let factor = rest[column];
        for (cell, other) in rest.iter_mut().zip(&row) {
            *cell = *cell - factor * *other;
        }
    }
    rest.iter().all(|cell| cell.is_zero())
}

/// Least and greatest value of the sum over all corners of what the totals leave possible. Every unknown must stand in
/// some total.
fn corners(values: &[i64], totals: &[Vec<usize>], sum: &[usize]) -> (f64, f64) {
    let n = values.len();
    let (mut low, mut high) = (f64::INFINITY, f64::NEG_INFINITY);
    for chosen in 0..1_u32 << n {
        let columns: Vec<usize> = (0..n).filter(|at| chosen & (1 << at) != 0).collect();
        let rows = totals
            .iter()
            .map(|total| {
                let mut row: Vec<Fraction> = columns
                    .iter()
                    .map(|at| Fraction::from(i64::from(total.contains(at))))
                    .collect();
                row.push(Fraction::from(total.iter().map(|at| values[*at]).sum::<i64>()));
                row
            })
            .collect();
        let solved = echelon(rows, columns.len() + 1);
        // Independent columns, no contradiction, nothing negative: a corner.
        if solved.len() != columns.len() || solved.iter().any(|(column, _)| *column == columns.len()) {
            continue;
        }
        let value = |at: usize| -> Fraction {
            let place = columns.iter().position(|column| *column == at);
            place.map_or(Fraction::from(0), |place| {
                *solved
                    .iter()
                    .find(|(column, _)| *column == place)
                    .unwrap()
                    .1
                    .last()
                    .unwrap()
            })
        };
        if (0..n).any(|at| value(at).0 < 0) {
            continue;
        }
        let total: f64 = sum.iter().map(|at| value(*at).to_f64()).sum();
        low = low.min(total);
        high = high.max(total);
    }
    (low, high)
}

fn worlds() -> impl Strategy<Value = (Vec<i64>, Vec<(usize, usize)>, usize, usize)> {
    (1_usize..4, 1_usize..4).prop_flat_map(|(height, width)| {
        prop::collection::vec((0_i64..30, 0..height, 0..width), 1..14).prop_map(move |rows| {
            let values = rows.iter().map(|row| row.0).collect();
            let classes = rows.iter().map(|row| (row.1, row.2)).collect();
            (values, classes, height, width)
        })
    })
}

// --- Properties ---

proptest! {
    #![proptest_config(crate::cases(300))]

    #[test]
    fn nobody_works_out_a_hidden_total_or_a_single_row((values, classes, height, width) in worlds()) {
        let rows = reported(&values);
        let rule = Rule::default();
        let offered = table(&classes, height, width);
        let protected = protect(&rows, &[], &offered, &rule).unwrap();
        prop_assert!(protected.standing.is_empty());
        let public = shown(&offered, &protected.fates);
        for (total, fate) in offered.iter().zip(&protected.fates) {
            let unsafe_total = rule.judge(&rows, total).unwrap();
            prop_assert_eq!(unsafe_total.is_some(), matches!(fate, Fate::Primary(_)));
            prop_assert!(unsafe_total.is_none() || !follows(&public, total, values.len()));
        }
        for row in 0..values.len() {
            prop_assert!(!follows(&public, &[row], values.len()), "an outsider learns row {}", row);
            // Whoever knows one row learns no other.
            let mut insider = public.clone();
            insider.push(vec![row]);
            for other in (0..values.len()).filter(|other| *other != row) {
                prop_assert!(!follows(&insider, &[other], values.len()), "{} learns row {}", row, other);
            }
        }
    }

    #[test]
    fn two_tables_of_the_same_rows_and_an_earlier_definition_give_nobody_away(
        (values, classes, height, width) in worlds(), left_out in 0_usize..14,
    ) {
        let rows = reported(&values);
        let rule = few_alone();
        // First the table under a definition that leaves one unit out; then, for all units, one classification alone.
        let kept: Vec<usize> = (0..values.len()).filter(|row| *row != left_out).collect();
        let earlier: Vec<Vec<usize>> = table(&classes, height, width)
            .into_iter()
            .map(|total| total.into_iter().filter(|row| kept.contains(row)).collect::<Vec<_>>())
            .filter(|total| !total.is_empty())
            .collect();
        let first = protect(&rows, &[], &earlier, &rule).unwrap();
        let mut public = shown(&earlier, &first.fates);
        let later: Vec<Vec<usize>> = table(&classes.iter().map(|class| (class.0, 0)).collect::<Vec<_>>(), height, 1);
        let second = protect(&rows, &public, &later, &rule).unwrap();
        public.extend(shown(&later, &second.fates));
        for row in 0..values.len() {
            prop_assert!(!follows(&public, &[row], values.len()), "row {} follows", row);
            let mut insider = public.clone();
            insider.push(vec![row]);
            for other in (0..values.len()).filter(|other| *other != row) {
                prop_assert!(!follows(&insider, &[other], values.len()), "{} learns row {}", row, other);
            }
        }
    }

    #[test]
    fn ends_are_those_of_the_corners(
        values in prop::collection::vec(0_i64..9, 1..7),
        picks in prop::collection::vec(any::<u8>(), 0..4),
        sought in any::<u8>(),
    ) {
        let n = values.len();
        let of = |bits: u8| -> Vec<usize> { (0..n).filter(|at| bits & (1 << at) != 0).collect() };
        let mut totals: Vec<Vec<usize>> = picks.into_iter().map(of).collect();
        totals.push((0..n).collect());
        let sum = of(sought);
        let truth: Vec<Number> = values.iter().map(|value| Number::from(*value)).collect();
        let mut system = System::new(&truth, &totals, true).unwrap();
        for sum in [sum, vec![0], (0..n).collect()] {
            let interval = system.interval(&sum).unwrap();
            let ends = [&interval.low, &interval.high].map(|bound| bound.value().unwrap().to_f64());
            let (low, high) = corners(&values, &totals, &sum);
            prop_assert!((ends[0] - low).abs() < 1e-9 && (ends[1] - high).abs() < 1e-9, "{ends:?} {low} {high}");
        }
    }

    #[test]
    fn what_can_be_deduced_of_a_hidden_total_is_as_wide_as_the_rule_demands(
        values in prop::collection::vec(0_i64..30, 1..9), split in any::<u8>(), other in any::<u8>(),
    ) {
        let n = values.len();
        let rows = reported(&values);
        let bit = |bits: u8, at: usize| usize::from(bits & (1 << at) != 0);
        let classes: Vec<(usize, usize)> = (0..n).map(|at| (bit(split, at), bit(other, at))).collect();
        let offered = table(&classes, 2, 2);
        let rule = few_alone();
        let protected = protect(&rows, &[], &offered, &rule).unwrap();
        let public = shown(&offered, &protected.fates);
        // Corners bound nothing where some row stands in no total that is shown.
        prop_assume!((0..n).all(|row| public.iter().any(|total| total.contains(&row))));
        for (total, fate) in offered.iter().zip(&protected.fates) {
            if *fate == Fate::Primary(Unsafe::Few) {
                let value = total.iter().map(|row| values[*row]).sum::<i64>() as f64;
                let (low, high) = corners(&values, &public, total);
                prop_assert!(low <= value * 0.9 + 1e-9 && high >= value * 1.1 - 1e-9 && high > low);
            }
        }
    }

    #[test]
    fn whatever_linear_algebra_finds_is_an_exposure((values, classes, height, width) in worlds()) {
        let rows = reported(&values);
        let rule = few_alone();
        let offered = table(&classes, height, width);
        let (hidden, public): (Vec<_>, Vec<_>) = offered.into_iter().partition(|total| total.len() < 3);
        let found = exposures(&rows, &public, &hidden, &rule).unwrap();
        for total in &hidden {
            if follows(&public, total, values.len()) {
                prop_assert!(found.iter().any(|e| e.of == *total && e.by == Attacker::Outsider));
            }
        }
    }
}

// --- Cases that an officer would name ---

#[test]
fn a_table_in_which_everything_is_safe_is_shown_whole() {
    let classes: Vec<(usize, usize)> = (0..12).map(|row| (row % 2, row / 6)).collect();
    let offered = table(&classes, 2, 2);
    let protected = protect(&reported(&[10; 12]), &[], &offered, &Rule::default()).unwrap();
    assert!(protected.fates.iter().all(|fate| *fate == Fate::Shown));
}

#[test]
fn one_hidden_cell_of_a_table_with_margins_takes_three_more_with_it() {
    // Three units in each cell but the first, which has one.
    let classes: Vec<(usize, usize)> = std::iter::once((0, 0))
        .chain((0..24).map(|row| (1 + row / 9, row % 3)))
        .chain((0..6).map(|row| (0, 1 + row % 2)))
        .map(|(y, x)| (y.min(2), x))
        .collect();
    let offered = table(&classes, 3, 3);
    let protected = protect(&reported(&vec![10; classes.len()]), &[], &offered, &few_alone()).unwrap();
    let of = |fate: Fate| protected.fates.iter().filter(|f| **f == fate).count();
    assert_eq!((of(Fate::Primary(Unsafe::Few)), of(Fate::Secondary)), (1, 3));
}

#[test]
fn the_same_cell_with_one_unit_fewer_is_not_published_again() {
    let rows = reported(&[10, 20, 30, 40]);
    let earlier = [vec![0, 1, 2, 3]];
    let protected = protect(&rows, &earlier, &[vec![0, 1, 2]], &few_alone()).unwrap();
    assert_eq!(protected.fates, [Fate::Secondary]);
    // With three units fewer nobody is alone in the difference.
    let rows = reported(&[10, 20, 30, 40, 50, 60]);
    let protected = protect(&rows, &[(0..6).collect()], &[vec![0, 1, 2]], &few_alone()).unwrap();
    assert_eq!(protected.fates, [Fate::Shown]);
}

#[test]
fn a_mended_row_is_told_by_no_second_publication_of_the_same_cell() {
    // The last row mends the third: the same respondent, another value. What changed is then one respondent's.
    let mut rows = reported(&[10, 20, 30, 35]);
    rows[3].respondent = 2;
    let protected = protect(&rows, &[], &[vec![0, 1, 2]], &few_alone()).unwrap();
    assert_eq!(protected.fates, [Fate::Shown]);
    let public = [vec![0, 1, 2]];
    let protected = protect(&rows, &public, &[vec![0, 1, 3]], &few_alone()).unwrap();
    assert_eq!(
        protected.fates,
        [Fate::Shown],
        "the difference says how much was mended, not to what"
    );
    // Where the others are public by themselves, it would say both.
    let rows = {
        let mut rows = reported(&[10, 20, 30, 40, 45]);
        rows[4].respondent = 3;
        rows
    };
    let protected = protect(&rows, &[vec![0, 1, 2]], &[vec![0, 1, 2, 4]], &few_alone()).unwrap();
    assert_eq!(protected.fates, [Fate::Secondary]);
}

#[test]
fn two_single_respondents_do_not_hide_one_another_from_themselves() {
    // Two cells of one respondent each, hidden; their sum is the difference of what is shown.
    let rows = reported(&[10, 90, 30, 40, 50]);
    let (total, rest) = (vec![0, 1, 2, 3, 4], vec![2, 3, 4]);
    let found = exposures(&rows, &[total.clone(), rest.clone()], &[vec![0], vec![1]], &few_alone()).unwrap();
    let insiders: Vec<Attacker> = found.iter().map(|exposure| exposure.by).collect();
    assert!(insiders.contains(&Attacker::Insider(0)) && insiders.contains(&Attacker::Insider(1)));
    let offered = [vec![0], vec![1], rest, total];
    let protected = protect(&rows, &[], &offered, &few_alone()).unwrap();
    assert_eq!(protected.fates.iter().filter(|fate| **fate == Fate::Shown).count(), 1);
}

#[test]
fn a_cell_that_one_unit_dominates_is_hidden_though_many_report() {
    let rule = Rule {
        dominance: Some(Dominance::Share {
            largest: 2,
            percent: Number::from(85),
        }),
        ..Rule::default()
    };
    let rows = reported(&[900, 20, 20, 20, 20]);
    let protected = protect(&rows, &[], &[(0..5).collect()], &rule).unwrap();
    assert_eq!(protected.fates, [Fate::Primary(Unsafe::Dominated)]);
}

#[test]
fn of_what_may_be_negative_only_the_value_itself_can_follow() {
    let rule = Rule {
        never_negative: false,
        dominance: None,
        ..Rule::default()
    };
    let rows = reported(&[-10, 20, 30, 40, 7]);
    let everything: Vec<usize> = (0..5).collect();
    let protected = protect(&rows, &[], &[everything.clone(), vec![4], vec![0, 1, 2, 3]], &rule).unwrap();
    assert_eq!(protected.fates[1], Fate::Primary(Unsafe::Few));
    assert_eq!(protected.fates[2], Fate::Secondary);
    let found = exposures(&rows, &[everything], &[vec![4]], &rule).unwrap();
    assert!(
        found.is_empty(),
        "a sum of what may be negative bounds nothing: {found:?}"
    );
}

#[test]
fn that_somebody_reported_nothing_at_all_does_not_follow_either() {
    let rows = reported(&[0, 5, 5, 5]);
    let offered = [vec![0], vec![1, 2, 3], vec![0, 1, 2, 3]];
    let protected = protect(&rows, &[], &offered, &few_alone()).unwrap();
    assert_eq!(protected.fates.iter().filter(|fate| **fate == Fate::Shown).count(), 1);
}

#[test]
fn what_was_given_away_before_is_told_and_nothing_is_added() {
    let rows = reported(&[10, 20, 30, 40, 50]);
    // Somebody published two definitions that differ by one unit, without this rule.
    let public = [vec![0, 1, 2, 3], vec![0, 1, 2]];
    let protected = protect(&rows, &public, &[vec![0, 1, 2, 3, 4]], &few_alone()).unwrap();
    assert!(protected.standing.iter().any(|exposure| exposure.of == [3]));
    assert_eq!(
        protected.fates,
        [Fate::Secondary],
        "the fifth unit would be alone in the difference"
    );
}

#[test]
fn without_bounds_there_is_no_exposure_and_what_is_not_there_is_refused() {
    let rows = reported(&[10, 20]);
    let mut system = System::new(&[Number::from(10)], &[], true).unwrap();
    assert_eq!(system.interval(&[0]).unwrap().high, Bound::Open);
    assert!(matches!(
        protect(&rows, &[], &[vec![0, 7]], &Rule::default()),
        Err(Failure::NoContribution { contribution: 7, of: 2 })
    ));
}

/// A survey of a city: a hundred units in eight industries and five districts, most cells of few.
#[test]
fn a_survey_of_a_hundred_units_is_judged_and_gives_nobody_away() {
    let values: Vec<i64> = (0..100_i64).map(|row| 10 + (row * 7_919) % 997).collect();
    let classes: Vec<(usize, usize)> = (0..100_usize)
        .map(|row| ((row * row + row / 7) % 8, (row * 13 / 5) % 5))
        .collect();
    let rows = reported(&values);
    let offered = table(&classes, 8, 5);
    let protected = protect(&rows, &[], &offered, &Rule::default()).unwrap();
    let public = shown(&offered, &protected.fates);
    assert!(
        protected.fates.last() == Some(&Fate::Shown),
        "the total of all is shown"
    );
    for total in offered
        .iter()
        .zip(&protected.fates)
        .filter(|(_, fate)| matches!(fate, Fate::Primary(_)))
    {
        assert!(!follows(&public, total.0, values.len()));
    }
}
