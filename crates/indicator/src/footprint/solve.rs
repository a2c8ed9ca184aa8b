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
const SETTLED: f64 = 1e-13;
/// The largest core that elimination takes: half a gigabyte of floats.
const MOST_ELIMINATED: usize = 8_000;

/// A solution and what it is worth.
#[derive(Debug, Clone)]
pub struct Solved {
    pub values: Vec<f64>,
    pub residual: f64,
    pub solver: &'static str,
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

/// A matrix that was looked at once and is solved for many right sides.
pub struct Solver {
    matrix: Matrix,
    diagonal: Vec<f64>,
    parts: Vec<Vec<usize>>,
    adjoint: bool,
}

impl Solver {
    /// A s = f.
    pub fn forward(system: &ProductSystem) -> Self {
        Self::of(system.technosphere().clone(), false)
    }

    /// Aᵀ y = q.
    pub fn adjoint(system: &ProductSystem) -> Self {
        Self::of(system.technosphere().turned(), true)
    }

    fn of(matrix: Matrix, adjoint: bool) -> Self {
        let diagonal = |row: usize| {
            matrix
                .row(row)
                .filter(|(column, _)| *column == row)
                .map(|(_, value)| value)
                .sum()
        };
        Self {
            diagonal: (0..matrix.size()).map(diagonal).collect(),
            parts: parts(&matrix),
            matrix,
            adjoint,
        }
    }

    /// Solves for a right side.
    pub fn solve(&self, right: &[f64]) -> Result<Solved, Refused> {
        let mut values = vec![0.0; right.len()];
        let (mut swept, mut eliminated) = (false, false);
        for part in &self.parts {
            if let [one] = part.as_slice() {
                values[*one] = self.rest(*one, right[*one], &values) / self.diagonal[*one];
                continue;
            }
            if part
                .iter()
                .all(|row| right[*row] == 0.0 && self.rest(*row, 0.0, &values) == 0.0)
            {
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
        if !residual.is_finite() || residual > TOLERANCE {
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
        })
    }

    /// A right side less what others take of it.
    fn rest(&self, row: usize, right: f64, values: &[f64]) -> f64 {
        let others = self.matrix.row(row).filter(|(column, _)| *column != row);
        right - others.map(|(column, value)| value * values[column]).sum::<f64>()
    }

    /// What a row lacks of its right side.
    fn lacking(&self, row: usize, right: &[f64], values: &[f64]) -> f64 {
        let made = self.matrix.row(row).map(|(column, value)| value * values[column]);
        right[row] - made.sum::<f64>()
    }

    /// Sweeps up and down until nothing moves; whether it settled.
    fn sweep(&self, part: &[usize], right: &[f64], values: &mut [f64]) -> bool {
        let mut before = f64::INFINITY;
        for sweep in 0..MOST_SWEEPS {
            let (mut moved, mut size) = (0.0_f64, 0.0_f64);
            let mut step = |row: usize| {
                let lacking = self.lacking(row, right, values);
                values[row] += lacking / self.diagonal[row];
                moved = moved.max(lacking.abs());
                size = size.max((values[row] * self.diagonal[row]).abs());
            };
            if sweep % 2 == 0 {
                part.iter().for_each(|row| step(*row));
            } else {
                part.iter().rev().for_each(|row| step(*row));
            }
            if moved <= size * SETTLED {
                return size.is_finite();
            }
            // It runs away, or stands at the noise of its floats.
            if !moved.is_finite() || (sweep > 20 && moved > before * 4.0) {
                break;
            }
            before = moved;
        }
        part.iter().for_each(|row| values[*row] = 0.0);
        false
    }

    fn eliminate(&self, part: &[usize], right: &[f64], values: &mut [f64]) -> Result<(), Refused> {
        if part.len() > MOST_ELIMINATED {
            return Err(refused("footprint-unsolved", part, f64::NAN));
        }
        let place = |row: usize| part.binary_search(&row).ok();
        let mut rows = vec![vec![0.0; part.len()]; part.len()];
        let mut inner = Vec::with_capacity(part.len());
        for (at, row) in part.iter().enumerate() {
            let mut outside = right[*row];
            for (column, value) in self.matrix.row(*row) {
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
            let (mut sum, mut size) = (-right[row], right[row].abs());
            for (column, value) in self.matrix.row(row) {
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

fn refused(rule: &'static str, core: &[usize], residual: f64) -> Refused {
    Refused {
        rule,
        core: core.iter().copied().take(5).collect(),
        size: core.len(),
        residual,
    }
}
