//! Rows to totals, and which of them may be shown. Pure.

use super::{
    definition::{Class, Definition},
    event::{Cell, Wanted},
    sealed::{Basis, Unit},
};
use formula::{Number, NumberError};
use indicator::disclosure::{Contribution, Failure, Fate, Unsafe, protect};
use std::collections::BTreeMap;

/// A row that is summed.
#[derive(Debug, Clone)]
pub struct Counted {
    /// Id of the unit.
    pub unit: String,
    /// Number of its row.
    pub row: u32,
    /// What it reported of the measure.
    pub value: Number,
}

/// A total, and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drafted {
    /// As it would be published.
    pub cell: Cell,
    /// Why, for the survey's statisticians alone.
    pub fate: Fate,
    /// The total and how many units it sums, for them alone.
    pub whole: (String, u32),
}

impl Drafted {
    /// Why it is hidden, as messages name it: `few`, `dominated`, `secondary`; nothing where it is shown.
    pub const fn why(&self) -> Option<&'static str> {
        match self.fate {
            Fate::Shown => None,
            Fate::Primary(Unsafe::Few) => Some("few"),
            Fate::Primary(Unsafe::Dominated) => Some("dominated"),
            Fate::Secondary => Some("secondary"),
        }
    }
}

/// A table that might be published.
#[derive(Debug, Clone)]
pub struct Draft {
    /// Its totals, row by row, all together last.
    pub cells: Vec<Drafted>,
    /// The values down the side; nothing for all together.
    pub rows: Vec<Option<String>>,
    /// The values across.
    pub columns: Vec<Option<String>>,
    /// Which rows the totals shown sum.
    pub basis: Basis,
    /// How many units reported the measure.
    pub reporting: u32,
    /// To how many sums less stands between a unit and an attacker than the rule demands, by what was published before.
    pub standing: usize,
}

impl Draft {
    /// Whether something can be shown.
    pub fn shows(&self) -> bool {
        self.cells.iter().any(|drafted| drafted.cell.value.is_some())
    }
}

/// What is known around a table.
#[derive(Debug, Clone, Default)]
pub struct Known {
    /// The units, by id.
    pub units: BTreeMap<String, Unit>,
    /// The newest row of each unit for the period under the definition.
    pub current: Vec<Counted>,
    /// What every row that an earlier table of the measure and period sums says of the measure.
    pub earlier: BTreeMap<(String, u32), Number>,
    /// The totals shown by those tables.
    pub public: Vec<Vec<(String, u32)>>,
}

/// The values of a classification, and all together.
fn values(class: Option<&Class>) -> Vec<Option<String>> {
    let mut values: Vec<Option<String>> = class
        .into_iter()
        .flat_map(|class| class.values.iter().map(|value| Some(value.code.clone())))
        .collect();
    values.push(None);
    values
}

/// Draws up a table.
///
/// # Errors
/// A [`Failure`]; then nothing of it may be shown.
pub fn tabulate(definition: &Definition, wanted: &Wanted, known: &Known) -> Result<Draft, Failure> {
    let class = |code: &Option<String>| code.as_deref().and_then(|code| definition.class(code));
    let (rows, columns) = (values(class(&wanted.rows)), values(class(&wanted.columns)));
    let mut pool = Pool::default();
    let mut current: Vec<usize> = Vec::new();
    for counted in &known.current {
        current.push(pool.put(&counted.unit, &counted.value));
    }
    let mut public: Vec<Vec<usize>> = Vec::new();
    for total in &known.public {
        let mut members = Vec::with_capacity(total.len());
        for key in total {
            if let Some(value) = known.earlier.get(key) {
                members.push(pool.put(&key.0, value));
            }
        }
        public.push(members);
    }
    let stands_in = |unit: &str, class: &Option<String>, value: &Option<String>| {
        let of_unit = || known.units.get(unit)?.classes.get(class.as_deref()?);
        value.is_none() || of_unit() == value.as_ref()
    };
    let mut places = Vec::new();
    let mut offered: Vec<Vec<usize>> = Vec::new();
    let mut sums: Vec<Vec<usize>> = Vec::new();
    for row in &rows {
        for column in &columns {
            let of_cell: Vec<usize> = (0..known.current.len())
                .filter(|at| {
                    let unit = &known.current[*at].unit;
                    stands_in(unit, &wanted.rows, row) && stands_in(unit, &wanted.columns, column)
                })
                .collect();
            places.push((row.clone(), column.clone()));
            offered.push(of_cell.iter().map(|at| current[*at]).collect());
            sums.push(of_cell);
        }
    }
    let measure = definition.measure(&wanted.measure);
    let rule = measure
        .map(|measure| definition.secrecy.rule(measure))
        .unwrap_or_default();
    let protected = protect(&pool.contributions, &public, &offered, &rule)?;
    let mut draft = Draft {
        cells: Vec::with_capacity(places.len()),
        rows,
        columns,
        basis: Basis::default(),
        reporting: u32::try_from(known.current.len()).unwrap_or(u32::MAX),
        standing: protected.standing.len(),
    };
    for (((row, column), of_cell), fate) in places.into_iter().zip(sums).zip(protected.fates) {
        let units = u32::try_from(of_cell.len()).unwrap_or(u32::MAX);
        let value = sum(of_cell.iter().map(|at| &known.current[*at].value))?;
        let shown = fate == Fate::Shown;
        if shown && units > 0 {
            let total = of_cell.iter().map(|at| {
                let counted = &known.current[*at];
                (counted.unit.clone(), counted.row)
            });
            draft.basis.totals.push(total.collect());
        }
        draft.cells.push(Drafted {
            cell: Cell {
                row,
                column,
                value: (shown && units > 0).then(|| value.clone()),
                units: shown.then_some(units),
                suppressed: !shown,
            },
            fate,
            whole: (value, units),
        });
    }
    Ok(draft)
}

fn sum<'a>(values: impl Iterator<Item = &'a Number>) -> Result<String, NumberError> {
    let mut total = Number::zero();
    for value in values {
        total = total.plus(value)?;
    }
    Ok(total.exact_text())
}

/// Contributions: what one unit said, once for each value that it said.
#[derive(Default)]
struct Pool {
    contributions: Vec<Contribution>,
    respondents: BTreeMap<String, usize>,
    places: BTreeMap<(usize, String), usize>,
}

impl Pool {
    fn put(&mut self, unit: &str, value: &Number) -> usize {
        let next = self.respondents.len();
        let respondent = *self.respondents.entry(unit.to_owned()).or_insert(next);
        let contributions = &mut self.contributions;
        *self.places.entry((respondent, value.exact_text())).or_insert_with(|| {
            contributions.push(Contribution {
                respondent,
                value: value.clone(),
            });
            contributions.len() - 1
        })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use crate::survey::definition::Typed;

    fn definition() -> Definition {
        let typed = Typed {
            frequency: "year".to_owned(),
            from: "2025".to_owned(),
            measures: "revenue | 营业收入 | 万元".to_owned(),
            classes: "branch | 行业 | 批发; 零售; 物流".to_owned(),
            ..Typed::default()
        };
        typed.read().unwrap()
    }

    fn wanted() -> Wanted {
        Wanted {
            definition: 1,
            period: "2025".to_owned(),
            measure: "revenue".to_owned(),
            rows: Some("branch".to_owned()),
            columns: None,
        }
    }

    /// Units with their branch and what they reported.
    fn known(reported: &[(&str, &str, i64)]) -> Known {
        let mut known = Known::default();
        for (unit, branch, value) in reported {
            let of_unit = Unit {
                name: (*unit).to_owned(),
                organization: (*unit).to_owned(),
                classes: BTreeMap::from([("branch".to_owned(), (*branch).to_owned())]),
            };
            known.units.insert((*unit).to_owned(), of_unit);
            known.current.push(Counted {
                unit: (*unit).to_owned(),
                row: 1,
                value: Number::from(*value),
            });
        }
        known
    }

    const TEN: [(&str, &str, i64); 10] = [
        ("a", "批发", 40),
        ("b", "批发", 50),
        ("c", "批发", 60),
        ("d", "批发", 45),
        ("e", "零售", 30),
        ("f", "零售", 20),
        ("g", "零售", 25),
        ("h", "零售", 35),
        ("i", "物流", 70),
        ("j", "物流", 80),
    ];

    #[test]
    fn a_branch_of_two_is_hidden_and_another_with_it_and_neither_number_is_told() {
        let draft = tabulate(&definition(), &wanted(), &known(&TEN)).unwrap();
        let told: Vec<_> = draft
            .cells
            .iter()
            .map(|d| (d.cell.row.as_deref(), d.cell.value.as_deref(), d.cell.units))
            .collect();
        assert_eq!(told[2], (Some("物流"), None, None));
        assert_eq!(told[3], (None, Some("455"), Some(10)));
        assert_eq!(draft.cells.iter().filter(|d| d.fate == Fate::Secondary).count(), 1);
        assert_eq!(draft.basis.totals.len(), 2);
        assert_eq!(draft.cells[2].whole, ("150".to_owned(), 2));
    }

    #[test]
    fn what_an_earlier_table_showed_counts_when_a_unit_has_come_since() {
        let first = tabulate(&definition(), &wanted(), &known(&TEN)).unwrap();
        let mut more = TEN.to_vec();
        more.push(("k", "零售", 33));
        let mut later = known(&more);
        later.public = first.basis.totals.clone();
        later.earlier = later
            .current
            .iter()
            .map(|counted| ((counted.unit.clone(), counted.row), counted.value.clone()))
            .collect();
        let second = tabulate(&definition(), &wanted(), &later).unwrap();
        let total = second.cells.last().unwrap();
        assert_eq!(
            total.fate,
            Fate::Secondary,
            "with both totals the new unit would be the difference"
        );
        assert!(total.cell.suppressed && total.cell.value.is_none());
    }

    #[test]
    fn a_branch_without_units_is_empty_and_not_hidden() {
        let draft = tabulate(&definition(), &wanted(), &known(&TEN[..4])).unwrap();
        let empty = &draft.cells[1].cell;
        assert_eq!(
            (empty.units, empty.value.as_deref(), empty.suppressed),
            (Some(0), None, false)
        );
    }
}
