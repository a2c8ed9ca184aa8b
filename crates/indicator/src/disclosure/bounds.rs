//! The least and the greatest value that a sum of unknowns can have, given sums that are known: the simplex method over
//! exact fractions. It starts from the true values, which are known to satisfy everything, so there is no first phase.

use formula::{Number, NumberError};

/// One end of an interval.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Bound {
    /// The value, and the known sums from which it follows, by number.
    At {
        /// How far.
        value: Number,
        /// From which.
        from: Vec<usize>,
    },
    /// Nothing that is known bounds it.
    Open,
}

/// What can be deduced of a sum.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Interval {
    /// Its least value.
    pub low: Bound,
    /// Its greatest.
    pub high: Bound,
}

impl Bound {
    /// How far it lies; nothing where it is open.
    pub fn value(&self) -> Option<&Number> {
        match self {
            Self::At { value, .. } => Some(value),
            Self::Open => None,
        }
    }
}

impl Interval {
    /// Whether it is the same interval, from whatever it follows.
    pub(super) fn same_ends(&self, other: &Self) -> bool {
        (self.low.value(), self.high.value()) == (other.low.value(), other.high.value())
    }
}

/// Unknowns of which some sums are known.
///
/// ```
/// use formula::Number;
/// use indicator::disclosure::{Bound, System};
///
/// // 3 + 4 = 7 is known, and that none is negative: the first lies between 0 and 7.
/// let truth = [3, 4].map(Number::from);
/// let mut system = System::new(&truth, &[vec![0, 1]], true)?;
/// let interval = system.interval(&[0])?;
/// assert_eq!(interval.high, Bound::At { value: Number::from(7), from: vec![0] });
/// # Ok::<(), formula::NumberError>(())
/// ```
#[derive(Debug, Clone)]
pub struct System {
    unknowns: usize,
    never_negative: bool,
    /// A row for each independent sum: coefficients of the unknowns, then how the row was made from the known sums.
    rows: Vec<Vec<Number>>,
    /// Which unknown each row gives.
    basis: Vec<usize>,
    /// Values that satisfy everything.
    point: Vec<Number>,
}

impl System {
    /// The system whose unknowns have the values `truth` and of which the sums `known` are known.
    ///
    /// # Errors
    /// A number grew beyond what is carried.
    pub fn new(truth: &[Number], known: &[Vec<usize>], never_negative: bool) -> Result<Self, NumberError> {
        let mut system = Self {
            unknowns: truth.len(),
            never_negative,
            rows: Vec::new(),
            basis: Vec::new(),
            point: truth.to_vec(),
        };
        for (number, sum) in known.iter().enumerate() {
            let mut row = vec![Number::zero(); truth.len() + known.len()];
            for unknown in sum {
                row[*unknown] = Number::one();
            }
            row[truth.len() + number] = Number::one();
            system.take(row)?;
        }
        if never_negative {
            system.go_to_a_corner()?;
        }
        Ok(system)
    }

    /// Adds a known sum; one that follows from the others adds nothing.
    fn take(&mut self, mut row: Vec<Number>) -> Result<(), NumberError> {
        for (other, unknown) in self.rows.iter().zip(&self.basis) {
            let factor = row[*unknown].clone();
            subtract(&mut row, other, &factor)?;
        }
        let Some(pivot) = (0..self.unknowns).find(|unknown| !row[*unknown].is_zero()) else {
            return Ok(());
        };
        divide(&mut row, pivot)?;
        for other in &mut self.rows {
            let factor = other[pivot].clone();
            subtract(other, &row, &factor)?;
        }
        self.rows.push(row);
        self.basis.push(pivot);
        Ok(())
    }

    /// Moves every unknown that no row gives to zero, or lets a row give it.
    fn go_to_a_corner(&mut self) -> Result<(), NumberError> {
        for unknown in 0..self.unknowns {
            if self.basis.contains(&unknown) || self.point[unknown].is_zero() {
                continue;
            }
            let whole = self.point[unknown].clone();
            // Less of it is more of what has a positive coefficient in its row, less of what has a negative one.
            let (step, row) = match self.limit(unknown, |coefficient| coefficient.negated())? {
                Some((step, row)) if step < whole => (step, Some(row)),
                _ => (whole, None),
            };
            self.advance(unknown, &step.negated())?;
            if let Some(row) = row {
                self.pivot(row, unknown)?;
            }
        }
        Ok(())
    }

    /// How far an unknown can be moved before one that a row gives would be negative, and which row that is.
    fn limit(
        &self,
        unknown: usize,
        falls_by: impl Fn(&Number) -> Number,
    ) -> Result<Option<(Number, usize)>, NumberError> {
        let mut nearest: Option<(Number, usize)> = None;
        for (number, row) in self.rows.iter().enumerate() {
            let fall = falls_by(&row[unknown]);
            if fall.is_zero() || fall.is_negative() {
                continue;
            }
            let step = self.point[self.basis[number]].over(&fall)?;
            let nearer = nearest.as_ref().is_none_or(|(least, at)| {
                // Of several the unknown with the least number leaves, so that the method never goes in circles (Bland).
                step < *least || (step == *least && self.basis[number] < self.basis[*at])
            });
            if nearer {
                nearest = Some((step, number));
            }
        }
        Ok(nearest)
    }

    /// Moves an unknown that no row gives, and with it those that rows give.
    fn advance(&mut self, unknown: usize, step: &Number) -> Result<(), NumberError> {
        if step.is_zero() {
            return Ok(());
        }
        for (row, given) in self.rows.iter().zip(&self.basis) {
            if !row[unknown].is_zero() {
                self.point[*given] = self.point[*given].minus(&row[unknown].times(step)?)?;
            }
        }
        self.point[unknown] = self.point[unknown].plus(step)?;
        Ok(())
    }

    /// Lets a row give another unknown.
    fn pivot(&mut self, at: usize, unknown: usize) -> Result<(), NumberError> {
        let mut row = std::mem::take(&mut self.rows[at]);
        divide(&mut row, unknown)?;
        for (number, other) in self.rows.iter_mut().enumerate() {
            if number != at {
                let factor = other[unknown].clone();
                subtract(other, &row, &factor)?;
            }
        }
        self.rows[at] = row;
        self.basis[at] = unknown;
        Ok(())
    }

    /// What can be deduced of the sum of these unknowns.
    ///
    /// # Errors
    /// A number grew beyond what is carried.
    pub fn interval(&mut self, sum: &[usize]) -> Result<Interval, NumberError> {
        Ok(Interval {
            low: self.end(sum, &Number::from(-1))?,
            high: self.end(sum, &Number::one())?,
        })
    }

    /// The greatest value of `sign` times the sum, times `sign`.
    fn end(&mut self, sum: &[usize], sign: &Number) -> Result<Bound, NumberError> {
        let mut wanted = vec![Number::zero(); self.unknowns];
        for unknown in sum {
            wanted[*unknown] = sign.clone();
        }
        loop {
            let prices = self.prices(&wanted)?;
            let gains = |unknown: &usize| match self.never_negative {
                true => !prices[*unknown].is_zero() && !prices[*unknown].is_negative(),
                false => !prices[*unknown].is_zero(),
            };
            let Some(enters) = (0..self.unknowns).find(gains) else {
                let mut value = Number::zero();
                for unknown in sum {
                    value = value.plus(&self.point[*unknown])?;
                }
                let known = &prices[self.unknowns..];
                let from = known.iter().enumerate().filter(|(_, price)| !price.is_zero());
                return Ok(Bound::At {
                    value,
                    from: from.map(|(number, _)| number).collect(),
                });
            };
            if !self.never_negative {
                return Ok(Bound::Open);
            }
            let Some((step, row)) = self.limit(enters, Number::clone)? else {
                return Ok(Bound::Open);
            };
            self.advance(enters, &step)?;
            self.pivot(row, enters)?;
        }
    }

    /// What one more of each unknown would add to the sum that is wanted, and behind them by how much each known sum
    /// counts in it, the sign turned.
    fn prices(&self, wanted: &[Number]) -> Result<Vec<Number>, NumberError> {
        let width = self.rows.first().map_or(self.unknowns, Vec::len);
        let mut prices = wanted.to_vec();
        prices.resize(width, Number::zero());
        for (row, given) in self.rows.iter().zip(&self.basis) {
            let factor = wanted[*given].clone();
            subtract(&mut prices, row, &factor)?;
        }
        Ok(prices)
    }
}

fn subtract(row: &mut [Number], other: &[Number], factor: &Number) -> Result<(), NumberError> {
    if factor.is_zero() {
        return Ok(());
    }
    for (cell, amount) in row.iter_mut().zip(other) {
        if !amount.is_zero() {
            *cell = cell.minus(&amount.times(factor)?)?;
        }
    }
    Ok(())
}

fn divide(row: &mut [Number], by: usize) -> Result<(), NumberError> {
    let divisor = row[by].clone();
    if divisor == Number::one() {
        return Ok(());
    }
    for cell in row.iter_mut().filter(|cell| !cell.is_zero()) {
        *cell = cell.over(&divisor)?;
    }
    Ok(())
}
