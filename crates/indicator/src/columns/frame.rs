//! The units of a run as columns of floats, grouped by period.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use formula::{LaneKind, Lanes, Number, State, Unit, Value};

use crate::data::UnitData;
use crate::day::Period;

/// Units by columns. Of rows that were read, the exact values stay at hand; a frame of bare floats is taken at the
/// decimals that its floats print as.
#[derive(Debug, Clone, Default)]
pub struct Frame<'a> {
    rows: usize,
    units: Option<Cow<'a, [UnitData]>>,
    columns: BTreeMap<String, Given>,
    words: Vec<String>,
    codes: BTreeMap<String, f64>,
    /// Rows of each period, in their order.
    pub(crate) groups: Vec<(Option<Period>, Vec<u32>)>,
    /// The row of the same unit one period earlier.
    before: Vec<Option<u32>>,
}

/// A column as it was given.
#[derive(Debug, Clone)]
struct Given {
    kind: LaneKind,
    /// For showing and for the exact way, where there are no rows.
    unit: Unit,
    values: Vec<f64>,
    states: Option<Vec<State>>,
    /// Where nothing was given at all, not even a reason; `None` where everything was.
    blank: Option<Vec<bool>>,
}

impl<'a> Frame<'a> {
    /// The columns of units that were read.
    pub fn of_units(units: &'a [UnitData]) -> Self {
        Self::over(Cow::Borrowed(units))
    }

    /// The columns of units that are the frame's own, to be edited.
    pub fn owning(units: Vec<UnitData>) -> Frame<'static> {
        Frame::over(Cow::Owned(units))
    }

    fn over(own: Cow<'a, [UnitData]>) -> Self {
        let units: &[UnitData] = &own;
        let mut frame = Self {
            rows: units.len(),
            ..Self::default()
        };
        let mut names: BTreeSet<&str> = BTreeSet::new();
        let mut rows_of: BTreeMap<(&str, Option<Period>), u32> = BTreeMap::new();
        let mut groups: BTreeMap<Option<Period>, Vec<u32>> = BTreeMap::new();
        for (row, unit) in (0..).zip(units) {
            groups.entry(unit.period).or_default().push(row);
            rows_of.insert((&unit.id, unit.period), row);
            for (name, value) in &unit.values {
                names.insert(name);
                if let Value::Word(word) = value
                    && !frame.codes.contains_key(word)
                {
                    frame.codes.insert(word.clone(), frame.words.len() as f64);
                    frame.words.push(word.clone());
                }
            }
        }
        frame.groups = groups.into_iter().collect();
        let earlier = |unit: &UnitData| {
            let before = unit.period.and_then(Period::before)?;
            rows_of.get(&(unit.id.as_str(), Some(before))).copied()
        };
        frame.before = units.iter().map(earlier).collect();
        for name in names {
            let column = frame.column_of(units, name);
            frame.columns.insert(name.to_owned(), column);
        }
        frame.units = Some(own);
        frame
    }

    /// Gives a row another value of a name, or none.
    pub(crate) fn give(&mut self, row: usize, name: &str, value: Option<Value>) {
        let Some(units) = &mut self.units else {
            return self.give_float(row, name, value.as_ref());
        };
        if let Some(Value::Word(word)) = &value
            && !self.codes.contains_key(word)
        {
            self.codes.insert(word.clone(), self.words.len() as f64);
            self.words.push(word.clone());
        }
        let Some(unit) = units.to_mut().get_mut(row) else {
            return;
        };
        unit.written.remove(name);
        match value {
            Some(value) => unit.values.insert(name.to_owned(), value),
            None => unit.values.remove(name),
        };
        let Some(units) = self.units() else { return };
        let kind = kind_of(units, name);
        let given = units.get(row).and_then(|unit| unit.values.get(name));
        let (lane, none) = (self.lane(kind, given), given.is_none());
        let anywhere = !none || units.iter().any(|unit| unit.values.contains_key(name));
        let same = self.columns.get(name).is_some_and(|column| column.kind == kind);
        let anew = (anywhere && !same).then(|| self.column_of(units, name));
        if let Some(column) = anew {
            self.columns.insert(name.to_owned(), column);
        } else if !anywhere {
            self.columns.remove(name);
        } else if let Some(column) = self.columns.get_mut(name) {
            column.set(row, lane, none);
        }
    }

    fn give_float(&mut self, row: usize, name: &str, value: Option<&Value>) {
        let float = value.and_then(Value::quantity).map(|quantity| quantity.number.to_f64());
        let lane = match float {
            Some(float) => (float, State::Present),
            None => (0.0, State::Missing),
        };
        if let Some(column) = self.columns.get_mut(name) {
            column.set(row, lane, float.is_none());
        }
    }

    fn column_of(&self, units: &[UnitData], name: &str) -> Given {
        let kind = kind_of(units, name);
        let mut values = Vec::with_capacity(units.len());
        let mut states = Vec::with_capacity(units.len());
        let mut blank = Vec::with_capacity(units.len());
        for unit in units {
            let given = unit.values.get(name);
            let (value, state) = self.lane(kind, given);
            blank.push(given.is_none());
            values.push(value);
            states.push(state);
        }
        Given {
            kind,
            unit: Unit::none(),
            values,
            states: states.iter().any(|state| !state.is_present()).then_some(states),
            blank: blank.contains(&true).then_some(blank),
        }
    }

    /// What floats hold of a value in a column of a kind.
    fn lane(&self, kind: LaneKind, given: Option<&Value>) -> (f64, State) {
        let (value, state) = match (kind, given) {
            (_, None) => (0.0, State::Missing),
            (_, Some(Value::Absent(absence))) => (0.0, State::of(&absence.why)),
            (LaneKind::Number(dimension), Some(Value::Quantity(quantity))) if quantity.dimension == dimension => {
                (quantity.number.to_f64(), State::Present)
            }
            (LaneKind::Truth, Some(Value::Truth(truth))) => (f64::from(u8::from(*truth)), State::Present),
            (LaneKind::Word, Some(Value::Word(word))) => {
                (self.codes.get(word).copied().unwrap_or(-1.0), State::Present)
            }
            // Lists, and what is of another kind than the rest of the column.
            _ => (0.0, State::Doubtful),
        };
        // What floats hold neither as zero nor well.
        let wild = !value.is_finite() || (value != 0.0 && value.abs() < 1e-280);
        if wild { (0.0, State::Doubtful) } else { (value, state) }
    }

    /// A frame of so many units of one period, without columns.
    pub fn of_floats(rows: usize, period: Option<Period>) -> Self {
        let all = (0..).take(rows).collect();
        Self {
            rows,
            groups: vec![(period, all)],
            before: vec![None; rows],
            ..Self::default()
        }
    }

    /// With a column of pure numbers; NaN where nothing is given.
    #[must_use]
    pub fn with_numbers(self, name: &str, values: Vec<f64>) -> Self {
        self.with(name, &Unit::none(), values)
    }

    /// With a column of numbers in a unit; NaN where nothing is given.
    #[must_use]
    pub fn with(mut self, name: &str, unit: &Unit, mut values: Vec<f64>) -> Self {
        values.resize(self.rows, f64::NAN);
        let blank: Vec<bool> = values.iter().map(|value| !value.is_finite()).collect();
        let factor = unit.factor().to_f64();
        for value in &mut values {
            *value = if value.is_finite() { *value * factor } else { 0.0 };
        }
        let any = blank.contains(&true);
        let state = |blank: &bool| if *blank { State::Missing } else { State::Present };
        let column = Given {
            kind: LaneKind::Number(unit.dimension()),
            unit: unit.clone(),
            values,
            states: any.then(|| blank.iter().map(state).collect()),
            blank: any.then_some(blank),
        };
        self.columns.insert(name.to_owned(), column);
        self
    }

    /// How many units there are.
    pub const fn rows(&self) -> usize {
        self.rows
    }

    /// The units, where they were read one by one.
    pub(crate) fn units(&self) -> Option<&[UnitData]> {
        self.units.as_deref()
    }

    /// A row as the exact way takes it.
    pub(crate) fn unit(&self, row: u32) -> UnitData {
        let at = row as usize;
        if let Some(unit) = self.units().and_then(|units| units.get(at)) {
            return unit.clone();
        }
        let period = self
            .groups
            .iter()
            .find(|(_, rows)| rows.contains(&row))
            .and_then(|(period, _)| *period);
        let given = |(name, column): (&String, &Given)| {
            let blank = column
                .blank
                .as_ref()
                .is_some_and(|blank| blank.get(at).copied().unwrap_or(true));
            let float = column.values.get(at).copied().filter(|_| !blank)?;
            let shown = float / column.unit.factor().to_f64();
            Some((name.clone(), Value::of_unit(&Number::from_float(shown)?, &column.unit)))
        };
        UnitData {
            id: (at + 1).to_string(),
            period,
            values: self.columns.iter().filter_map(given).collect(),
            written: BTreeMap::new(),
        }
    }

    pub(crate) fn word(&self, text: &str) -> f64 {
        self.codes.get(text).copied().unwrap_or(-1.0)
    }

    pub(crate) fn words(&self) -> &[String] {
        &self.words
    }

    pub(crate) fn before(&self, row: u32) -> Option<u32> {
        self.before.get(row as usize).copied().flatten()
    }

    /// The values of a name for rows (`None`: there is no such row), and where nothing was given at all.
    pub(crate) fn lanes(&self, name: &str, rows: &[Option<u32>]) -> Option<(Lanes, Vec<bool>)> {
        let column = self.columns.get(name)?;
        let (mut values, mut states, mut blank) = (
            Vec::with_capacity(rows.len()),
            Vec::with_capacity(rows.len()),
            Vec::with_capacity(rows.len()),
        );
        for row in rows {
            let at = row.map(|row| row as usize);
            let none = at.is_none_or(|at| column.blank.as_ref().is_some_and(|blank| blank.get(at) == Some(&true)));
            let state = match at {
                None => State::Missing,
                Some(at) => column
                    .states
                    .as_ref()
                    .and_then(|states| states.get(at))
                    .copied()
                    .unwrap_or_default(),
            };
            values.push(at.and_then(|at| column.values.get(at)).copied().unwrap_or(0.0));
            states.push(state);
            blank.push(none);
        }
        Some((column.lanes(values, states), blank))
    }

    /// The same for rows of this period: where they follow each other, in one piece. `None` for blanks where everything
    /// was given.
    pub(crate) fn own_lanes(&self, name: &str, rows: &[u32]) -> Option<(Lanes, Option<Vec<bool>>)> {
        let column = self.columns.get(name)?;
        let from = rows.first().copied().unwrap_or_default() as usize;
        let last = rows.last().copied().unwrap_or_default() as usize;
        if last + 1 - from != rows.len() {
            let (lanes, blank) = self.lanes(name, &rows.iter().copied().map(Some).collect::<Vec<_>>())?;
            return Some((lanes, blank.contains(&true).then_some(blank)));
        }
        let piece = from..from + rows.len();
        let values = column.values.get(piece.clone())?.to_vec();
        let states = column.states.as_ref().and_then(|states| states.get(piece.clone()));
        let blank = column.blank.as_ref().and_then(|blank| blank.get(piece));
        let states = states.map(<[State]>::to_vec).unwrap_or_default();
        let blank = blank.filter(|blank| blank.contains(&true)).map(<[bool]>::to_vec);
        Some((column.lanes(values, states), blank))
    }
}

/// The kind of the first value of a name.
fn kind_of(units: &[UnitData], name: &str) -> LaneKind {
    let first = units.iter().find_map(|unit| match unit.values.get(name) {
        Some(Value::Quantity(quantity)) => Some(LaneKind::Number(quantity.dimension)),
        Some(Value::Truth(_)) => Some(LaneKind::Truth),
        Some(Value::Word(_)) => Some(LaneKind::Word),
        _ => None,
    });
    first.unwrap_or(LaneKind::Number(formula::Dimension::NONE))
}

impl Given {
    fn set(&mut self, row: usize, (value, state): (f64, State), none: bool) {
        let count = self.values.len();
        if let Some(place) = self.values.get_mut(row) {
            *place = value;
        }
        let states = self.states.get_or_insert_with(|| vec![State::Present; count]);
        if let Some(place) = states.get_mut(row) {
            *place = state;
        }
        if states.iter().all(|state| state.is_present()) {
            self.states = None;
        }
        let blank = self.blank.get_or_insert_with(|| vec![false; count]);
        if let Some(place) = blank.get_mut(row) {
            *place = none;
        }
        if !blank.contains(&true) {
            self.blank = None;
        }
    }

    fn lanes(&self, values: Vec<f64>, states: Vec<State>) -> Lanes {
        let states = states.iter().any(|state| !state.is_present()).then_some(states);
        let mut lanes = Lanes::of(self.kind, values, states);
        if self.unit.factor().to_f64().to_bits() != 1.0_f64.to_bits() {
            // Taken into base units: one rounding more.
            lanes.relative = 2.0 * formula::ROUNDOFF;
        }
        lanes
    }
}
