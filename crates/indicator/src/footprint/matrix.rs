//! A sparse matrix, by rows and by columns.

/// Entries of a square matrix, each place once.
#[derive(Debug, Clone, Default)]
pub struct Matrix {
    size: usize,
    rows: Compressed,
    columns: Compressed,
}

#[derive(Debug, Clone, Default)]
struct Compressed {
    starts: Vec<usize>,
    places: Vec<u32>,
    values: Vec<f64>,
}

impl Compressed {
    /// Lines of entries (line, place, value) that are sorted by line.
    fn of(lines: usize, entries: &[(u32, u32, f64)]) -> Self {
        let mut starts = vec![0; lines + 1];
        for (line, _, _) in entries {
            if let Some(start) = starts.get_mut(*line as usize + 1) {
                *start += 1;
            }
        }
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        Self {
            starts,
            places: entries.iter().map(|entry| entry.1).collect(),
            values: entries.iter().map(|entry| entry.2).collect(),
        }
    }

    fn line(&self, line: usize) -> impl Iterator<Item = (usize, f64)> + Clone + '_ {
        let from = self.starts.get(line).copied().unwrap_or_default();
        let to = self.starts.get(line + 1).copied().unwrap_or(from);
        let places = self.places.get(from..to).unwrap_or_default();
        let values = self.values.get(from..to).unwrap_or_default();
        places.iter().map(|place| *place as usize).zip(values.iter().copied())
    }
}

impl Matrix {
    /// Of entries (row, column, value); those of one place are summed, sums of nothing left out.
    pub fn new(size: usize, mut entries: Vec<(u32, u32, f64)>) -> Self {
        entries.sort_by_key(|entry| (entry.0, entry.1));
        entries.dedup_by(|next, kept| {
            let same = (next.0, next.1) == (kept.0, kept.1);
            if same {
                kept.2 += next.2;
            }
            same
        });
        entries.retain(|entry| entry.2 != 0.0);
        let rows = Compressed::of(size, &entries);
        let mut turned: Vec<(u32, u32, f64)> = entries
            .iter()
            .map(|(row, column, value)| (*column, *row, *value))
            .collect();
        turned.sort_by_key(|entry| (entry.0, entry.1));
        Self {
            size,
            rows,
            columns: Compressed::of(size, &turned),
        }
    }

    /// Rows and columns.
    pub const fn size(&self) -> usize {
        self.size
    }

    /// The entries of a row.
    pub fn row(&self, row: usize) -> impl Iterator<Item = (usize, f64)> + Clone + '_ {
        self.rows.line(row)
    }

    /// The entries of a column.
    pub fn column(&self, column: usize) -> impl Iterator<Item = (usize, f64)> + Clone + '_ {
        self.columns.line(column)
    }

    /// Rows for columns.
    pub fn turned(&self) -> Self {
        Self {
            size: self.size,
            rows: self.columns.clone(),
            columns: self.rows.clone(),
        }
    }

    /// Every entry.
    pub fn entries(&self) -> impl Iterator<Item = (usize, usize, f64)> + '_ {
        (0..self.size).flat_map(|row| self.row(row).map(move |(column, value)| (row, column, value)))
    }
}
