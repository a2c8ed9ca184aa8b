//! Solving: part after part; a core by Gauss–Seidel sweeps in alternating directions, where these do not settle by
//! elimination; and the residual from the tables, whatever the solver says.

use super::TOLERANCE;
use super::core::parts;
use super::dense::eliminate;
use super::matrix::Matrix;
use super::tables::ProductSystem;
use crate::finding::{Finding, Place};

/// Sweeps before elimination is tried.
const MOST_SWEEPS: usize = 400;
/// How far sweeps go on: less than what is asked of the whole.
const SETTLED: f64 = 1e-12;
/// The same for a draw among many, whose chance is larger by far, and what is asked of it.
const DRAW_SETTLED: f64 = 1e-8;
const DRAW_TOLERANCE: f64 = 1e-6;
/// The largest core that elimination takes: half a gigabyte of floats.
const MOST_ELIMINATED: usize = 8_000;

/// A solution and what it is worth.
#[derive(Debug, Clone)]
pub struct Solved {
    pub values: Vec<f64>,
    pub residual: f64,
    pub solver: &'static str,
    /// Whether the system is thereby known to run, if its processes only use what others make: sweeps went over every
    /// core and settled, which they do where it can run alone (Stein and Rosenberg 1948).
    pub runs: bool,
}

/// Why there is none.
#[derive(Debug)]
pub struct Refused {
    rule: &'static str,
    /// Some of the processes of the core.
    core: Vec<usize>,
    size: usize,
    residual: f64,
}

impl Refused {
    /// Said with the names of processes.
    pub fn finding(&self, system: &ProductSystem) -> Finding {
        let names: Vec<&str> = self.core.iter().map(|process| system.process(*process)).collect();
        Finding::error(
            self.rule,
            &Place::default(),
            &[
                ("processes", &names.join(", ")),
                ("size", &self.size),
                ("residual", &format!("{:.1e}", self.residual)),
            ],
        )
    }
}

/// A matrix that was looked at once and is solved for many right sides; its values may be others from time to time.
#[derive(Debug, Clone)]
pub struct Solver {
    diagonal: Vec<f64>,
    /// Where each row begins among the entries beside the diagonal.
    starts: Vec<usize>,
    columns: Vec<u32>,
    values: Vec<f64>,
    parts: Vec<Vec<usize>>,
    adjoint: bool,
    /// Whether a core that sweeps do not settle is refused at once.
    only_sweeps: bool,
    settled: f64,
    tolerance: f64,
}

impl Solver {
    /// A s = f.
    pub fn forward(system: &ProductSystem) -> Self {
        Self::of(system.technosphere(), false)
    }

    /// Aᵀ y = q.
    pub fn adjoint(system: &ProductSystem) -> Self {
        Self::of(&system.technosphere().turned(), true)
    }

    fn of(matrix: &Matrix, adjoint: bool) -> Self {
        let size = matrix.size();
        let mut solver = Self {
            diagonal: vec![0.0; size],
            starts: vec![0],
            columns: Vec::new(),
            values: Vec::new(),
            parts: parts(matrix),
            adjoint,
            only_sweeps: false,
            settled: SETTLED,
            tolerance: TOLERANCE,
        };
        for row in 0..size {
            for (column, value) in matrix.row(row) {
                if column == row {
                    solver.diagonal[row] = value;
                } else {
                    solver.columns.push(column as u32);
                    solver.values.push(value);
                }
            }
            solver.starts.push(solver.columns.len());
        }
        solver
    }

    /// Where an entry is kept, to be renewed; `None` for what the matrix does not have.
    pub fn slot(&self, row: usize, column: usize) -> Option<Slot> {
        if row == column {
            return (row < self.diagonal.len()).then_some(Slot::Diagonal(row as u32));
        }
        let (from, to) = (*self.starts.get(row)?, *self.starts.get(row + 1)?);
        let at = self.columns.get(from..to)?.binary_search(&(column as u32)).ok()?;
        Some(Slot::Beside((from + at) as u32))
    }

    /// Solves draws from here on: as exactly as chance deserves, and without eliminating where sweeps are to do.
    pub const fn for_draws(&mut self, only_sweeps: bool) {
        self.only_sweeps = only_sweeps;
        self.settled = DRAW_SETTLED;
        self.tolerance = DRAW_TOLERANCE;
    }

    /// Takes all values out, so that they are put in anew.
    pub fn clear(&mut self) {
        self.diagonal.fill(0.0);
        self.values.fill(0.0);
    }

    /// Adds to an entry.
    pub fn add(&mut self, slot: Slot, value: f64) {
        let place = match slot {
            Slot::Diagonal(row) => self.diagonal.get_mut(row as usize),
            Slot::Beside(at) => self.values.get_mut(at as usize),
        };
        if let Some(place) = place {
            *place += value;
        }
    }

    /// Whether a system whose processes only use what others make makes something of everything: its matrix is an
    /// M-matrix where a right side of ones has no negative solution (Berman and Plemmons 1994, chapter 6).
    pub fn can_run(&self) -> bool {
        let solved = self.solve(&vec![1.0; self.diagonal.len()]);
        solved.is_ok_and(|solved| solved.values.iter().all(|value| *value >= 0.0))
    }

    /// Solves for a right side.
    pub fn solve(&self, right: &[f64]) -> Result<Solved, Refused> {
        self.solve_from(right, vec![0.0; right.len()])
    }

    /// The same, beginning with values that are nearly right.
    pub fn solve_from(&self, right: &[f64], mut values: Vec<f64>) -> Result<Solved, Refused> {
        let (mut swept, mut eliminated, mut left_out) = (false, false, false);
        for part in &self.parts {
            if let [one] = part.as_slice() {
                values[*one] = self.rest(*one, right[*one], &values) / self.diagonal[*one];
                continue;
            }
            if part
                .iter()
                .all(|row| right[*row] == 0.0 && self.rest(*row, 0.0, &values) == 0.0)
            {
                part.iter().for_each(|row| values[*row] = 0.0);
                left_out = true;
                continue;
            }
            if self.sweep(part, right, &mut values) {
                swept = true;
            } else {
                self.eliminate(part, right, &mut values)?;
                eliminated = true;
            }
        }
        let residual = self.residual(right, &values);
        if !residual.is_finite() || residual > self.tolerance {
            let core = self
                .parts
                .iter()
                .max_by_key(|part| part.len())
                .cloned()
                .unwrap_or_default();
            return Err(refused("footprint-unsolved", &core, residual));
        }
        let solver = match (swept, eliminated, self.adjoint) {
            (_, true, false) => "elimination",
            (_, true, true) => "adjoint elimination",
            (true, false, false) => "gauss-seidel",
            (true, false, true) => "adjoint gauss-seidel",
            (false, false, false) => "substitution",
            (false, false, true) => "adjoint substitution",
        };
        Ok(Solved {
            values,
            residual,
            solver,
            runs: !eliminated && !left_out,
        })
    }

    /// What stands beside the diagonal of a row.
    fn beside(&self, row: usize) -> impl Iterator<Item = (usize, f64)> + '_ {
        let piece = self.starts[row]..self.starts[row + 1];
        let columns = self.columns[piece.clone()].iter().map(|column| *column as usize);
        columns.zip(self.values[piece].iter().copied())
    }

    /// A right side less what others take of it.
    fn rest(&self, row: usize, right: f64, values: &[f64]) -> f64 {
        self.beside(row)
            .fold(right, |rest, (column, value)| rest - value * values[column])
    }

    /// Sweeps up and down until nothing moves; whether it settled.
    fn sweep(&self, part: &[usize], right: &[f64], values: &mut [f64]) -> bool {
        let mut before = f64::INFINITY;
        let mut decay = Decay::new(part, values);
        for sweep in 0..MOST_SWEEPS {
            let (mut moved, mut size) = (0.0_f64, 0.0_f64);
            let mut step = |row: usize| {
                let (rest, diagonal) = (self.rest(row, right[row], values), self.diagonal[row]);
                let lacking = rest - diagonal * values[row];
                values[row] = rest / diagonal;
                moved = moved.max(lacking.abs());
                size = size.max(rest.abs());
            };
            if sweep % 2 == 0 {
                part.iter().for_each(|row| step(*row));
            } else {
                part.iter().rev().for_each(|row| step(*row));
            }
            if moved <= size * self.settled {
                return size.is_finite();
            }
            // It runs away, or stands at the noise of its floats.
            if !moved.is_finite() || (sweep > 20 && moved > before * 4.0) {
                break;
            }
            before = moved;
            if sweep % 2 == 1 {
                decay.hasten(part, values);
            }
        }
        part.iter().for_each(|row| values[*row] = 0.0);
        false
    }

    fn eliminate(&self, part: &[usize], right: &[f64], values: &mut [f64]) -> Result<(), Refused> {
        if self.only_sweeps || part.len() > MOST_ELIMINATED {
            return Err(refused("footprint-unsolved", part, f64::NAN));
        }
        let place = |row: usize| part.binary_search(&row).ok();
        let mut rows = vec![vec![0.0; part.len()]; part.len()];
        let mut inner = Vec::with_capacity(part.len());
        for (at, row) in part.iter().enumerate() {
            let mut outside = right[*row];
            rows[at][at] = self.diagonal[*row];
            for (column, value) in self.beside(*row) {
                match place(column) {
                    Some(column) => rows[at][column] = value,
                    None => outside -= value * values[column],
                }
            }
            inner.push(outside);
        }
        let solved = eliminate(rows, inner).ok_or_else(|| refused("footprint-singular", part, f64::NAN))?;
        for (row, value) in part.iter().zip(solved) {
            values[*row] = value;
        }
        Ok(())
    }

    /// The largest imbalance of a row, as a share of what is balanced in it and of the whole.
    fn residual(&self, right: &[f64], values: &[f64]) -> f64 {
        let whole = right.iter().fold(0.0, |most: f64, value| most.max(value.abs()));
        let row = |row: usize| {
            let own = self.diagonal[row] * values[row];
            let (mut sum, mut size) = (own - right[row], right[row].abs().max(own.abs()));
            for (column, value) in self.beside(row) {
                sum += value * values[column];
                size = size.max((value * values[column]).abs());
            }
            let size = size.max(whole);
            if size > 0.0 { sum.abs() / size } else { sum.abs() }
        };
        (0..right.len()).map(row).fold(
            0.0,
            |most: f64, own| if own.is_nan() { f64::NAN } else { most.max(own) },
        )
    }
}

/// How what is still lacking decays from one pair of sweeps to the next. Among products that need each other it is soon
/// one pattern that shrinks by one share, and its sum to the end is known (Aitken 1926).
struct Decay {
    last: Vec<f64>,
    step: Vec<f64>,
    share: f64,
}

impl Decay {
    /// Two estimates of the share that differ by less are one.
    const STEADY: f64 = 0.03;

    fn new(part: &[usize], values: &[f64]) -> Self {
        Self {
            last: part.iter().map(|row| values[*row]).collect(),
            step: Vec::new(),
            share: f64::NAN,
        }
    }

    fn hasten(&mut self, part: &[usize], values: &mut [f64]) {
        let step: Vec<f64> = part
            .iter()
            .zip(&self.last)
            .map(|(row, last)| values[*row] - last)
            .collect();
        let (mut along, mut square) = (0.0, 0.0);
        for (now, before) in step.iter().zip(&self.step) {
            along += now * before;
            square += before * before;
        }
        let share = along / square;
        let steady = (share - self.share).abs() <= Self::STEADY * share && share > 0.0 && share < 0.99;
        if steady {
            let rest = share / (1.0 - share);
            for (row, step) in part.iter().zip(&step) {
                values[*row] += step * rest;
            }
        }
        self.last.clear();
        self.last.extend(part.iter().map(|row| values[*row]));
        (self.step, self.share) = if steady { (Vec::new(), f64::NAN) } else { (step, share) };
    }
}

/// Where an entry of a solver's matrix is kept.
#[derive(Debug, Clone, Copy)]
pub enum Slot {
    /// On the diagonal, of a row.
    Diagonal(u32),
    /// Beside it, by number.
    Beside(u32),
}

fn refused(rule: &'static str, core: &[usize], residual: f64) -> Refused {
    Refused {
        rule,
        core: core.iter().copied().take(5).collect(),
        size: core.len(),
        residual,
    }
}
