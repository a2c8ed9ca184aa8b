//! Workbooks whose changed rows become commands, whatever the rows are of: what each row asks for, what cannot be taken, and
//! carrying it out once somebody confirms it. Nothing is applied by an upload.

use super::workbook::{Table, other, text_of};
use crate::{
    context::Context,
    refusal::{Error, Result},
    running::Platform,
};
use language::Lang;
use ledger::Committed;
use sheet::{CellValue, Change, ColumnId, Fault, Upload};
use std::{
    collections::{BTreeMap, BTreeSet},
    future::Future,
};

/// A command on the object that a row is of.
pub trait RowCommand: Sync {
    /// Carries it out, with its own rights and rules.
    fn run(
        &self,
        platform: &Platform,
        context: &Context,
        object: &str,
    ) -> impl Future<Output = Result<Committed, Error>> + Send;
}

/// A command that a workbook asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Planned<C> {
    /// The row, as the sheet numbers it.
    pub sheet_row: u32,
    /// What the row is of, by id.
    pub object: String,
    /// The number of its task; 0 of a sentence's.
    pub number: u32,
    /// The title of its task, in the language of the table.
    pub title: String,
    /// The columns that were changed, with what stood there and what was written.
    pub cells: Vec<(String, String, String)>,
    /// What is to be done.
    pub command: C,
}

impl<C> Planned<C> {
    /// Its cells in which something was written: row, column and what stands there.
    fn written(&self) -> impl Iterator<Item = (u32, &str, &str)> {
        let cells = self.cells.iter().filter(|(_, _, after)| !after.is_empty());
        cells.map(move |(column, _, after)| (self.sheet_row, column.as_str(), after.as_str()))
    }
}

/// What an upload asks for.
#[derive(Debug, Clone, PartialEq)]
pub struct Asked<C> {
    /// What is to be done, row by row.
    pub planned: Vec<Planned<C>>,
    /// Cells that cannot be taken; their rows do nothing.
    pub faults: Vec<Fault>,
    /// The upload with those cells marked; absent where there are none.
    pub marked: Option<Vec<u8>>,
    /// Objects whose rows are missing: they stay as they are.
    pub missing: Vec<String>,
}

/// Commands, each with the columns from which it comes.
pub(super) type Commands<C> = Vec<(Vec<&'static str>, C)>;

/// A row in which something was changed.
pub(super) struct ChangedRow {
    at: u32,
    /// What it is of, by id.
    pub object: String,
    stands: BTreeMap<ColumnId, CellValue>,
    cells: BTreeMap<String, (CellValue, CellValue)>,
}

impl ChangedRow {
    /// The columns in which the sheet says otherwise than what stands, with what it says.
    pub fn columns(&self) -> impl Iterator<Item = (&str, &CellValue)> {
        self.cells.iter().map(|(column, (_, after))| (column.as_str(), after))
    }

    /// What stood in a column and what was written there, where it was changed.
    pub fn change(&self, column: &str) -> Option<(String, String)> {
        self.cells
            .get(column)
            .map(|(before, after)| (text_of(before), text_of(after)))
    }

    /// What was written in a column, where it was changed.
    pub fn written(&self, column: &str) -> Option<String> {
        self.change(column).map(|(_, after)| after)
    }

    /// What the column says once the change is made.
    pub fn says(&self, column: &str) -> String {
        self.written(column)
            .or_else(|| self.stands.get(column).map(text_of))
            .unwrap_or_default()
    }

    /// Something wrong with what a column says.
    pub fn fault(&self, column: &str, code: &str, detail: &str) -> Fault {
        other(self.at, column, &self.says(column), code, detail)
    }

    /// Faults of those of these columns that were changed, though they only tell.
    pub fn read_only(&self, columns: &[&str]) -> Vec<Fault> {
        columns
            .iter()
            .filter(|column| self.cells.contains_key(**column))
            .map(|column| self.fault(column, "read_only", ""))
            .collect()
    }

    /// What else a row asks for of which a cell is refused: it is not taken either, and says so.
    pub fn left_with<C>(&self, commands: &Commands<C>) -> Vec<Fault> {
        let columns = commands.iter().flat_map(|(columns, _)| columns);
        columns
            .filter(|column| self.written(column).is_some_and(|text| !text.is_empty()))
            .map(|column| self.fault(column, "row_whole", ""))
            .collect()
    }

    fn number(&self) -> u32 {
        self.stands
            .get("number")
            .and_then(|number| text_of(number).parse().ok())
            .unwrap_or(0)
    }

    fn planned<C>(&self, (columns, command): (Vec<&'static str>, C)) -> Planned<C> {
        let cell = |column: &str| {
            let (before, after) = self.change(column)?;
            Some((column.to_owned(), before, after))
        };
        Planned {
            sheet_row: self.at,
            object: self.object.clone(),
            number: self.number(),
            title: self.stands.get("title").map(text_of).unwrap_or_default(),
            cells: columns.into_iter().filter_map(cell).collect(),
            command,
        }
    }
}

/// Reads an upload of a table against what stands: `asks` says what a changed row asks for.
pub(super) fn read<C>(
    table: &Table,
    lang: Lang,
    upload: &Upload,
    mut asks: impl FnMut(&ChangedRow) -> Result<Commands<C>, Vec<Fault>>,
) -> Result<Asked<C>> {
    let current = table.current();
    let mut faults: Vec<Fault> = upload.faults().cloned().collect();
    let mut cells: BTreeMap<String, BTreeMap<String, (CellValue, CellValue)>> = BTreeMap::new();
    let mut missing = Vec::new();
    for change in sheet::diff(&upload.rows, &current) {
        match change {
            Change::Changed {
                key,
                column,
                before,
                after,
            } => {
                cells
                    .entry(key)
                    .or_default()
                    .insert(column.as_str().to_owned(), (before, after));
            }
            Change::Added { sheet_row, key, .. } => {
                let key = key.unwrap_or_default();
                faults.push(other(sheet_row, "title", &key, "key_unknown", &key));
            }
            Change::Missing { key } => missing.push(key),
        }
    }
    let at: BTreeMap<&str, u32> = upload
        .rows
        .iter()
        .filter_map(|r| Some((r.key.as_deref()?, r.sheet_row)))
        .collect();
    let mut stands: BTreeMap<String, BTreeMap<ColumnId, CellValue>> =
        current.into_iter().map(|row| (row.key, row.cells)).collect();
    let mut planned = Vec::new();
    for (object, cells) in cells {
        let row = ChangedRow {
            at: at.get(object.as_str()).copied().unwrap_or(0),
            stands: stands.remove(&object).unwrap_or_default(),
            object,
            cells,
        };
        match asks(&row) {
            Ok(commands) => planned.extend(commands.into_iter().map(|command| row.planned(command))),
            Err(found) => faults.extend(found),
        }
    }
    // A row with a fault does nothing: half of what somebody meant is not what they meant.
    let faulty: BTreeSet<u32> = faults.iter().map(|f| f.sheet_row).collect();
    let (kept, left): (Vec<Planned<C>>, Vec<Planned<C>>) =
        planned.into_iter().partition(|p| !faulty.contains(&p.sheet_row));
    planned = kept;
    for (row, column, text) in left.iter().flat_map(Planned::written) {
        let fault = other(row, column, text, "row_whole", "");
        // Several commands may come of one cell.
        if !faults.contains(&fault) {
            faults.push(fault);
        }
    }
    planned.sort_by_key(|p| p.sheet_row);
    faults.sort_by_key(|f| f.sheet_row);
    let marked = table.marked(upload, &faults, lang)?;
    Ok(Asked {
        planned,
        faults,
        marked,
        missing,
    })
}

/// Carries confirmed commands out, each by itself with its own rights and rules; the answers stand in the same order.
pub async fn confirm<C: RowCommand>(
    platform: &Platform,
    context: &Context,
    planned: &[Planned<C>],
) -> Vec<Result<Committed, Error>> {
    let mut answers = Vec::new();
    for (index, one) in planned.iter().enumerate() {
        // One key for the whole upload would let the first row answer for all.
        let mut context = context.clone();
        context.idempotency = context
            .idempotency
            .map(|(key, request)| (format!("{key}-{index}"), request));
        answers.push(one.command.run(platform, &context, &one.object).await);
    }
    answers
}
