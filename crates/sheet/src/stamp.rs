//! The hidden sheet by which a workbook is recognised when it comes back: which table, which version, which
//! columns, whatever became of titles and order in between.

use crate::column::{ColumnId, Kind, TableLayout};
use crate::grid::{Grid, column_of};

/// The hidden sheet's name.
pub(crate) const STAMP_SHEET: &str = "_biaochi";
/// The first cell of the hidden sheet.
const MARK: &str = "biaochi";
/// Defined names that follow a head cell when columns are moved: `biaochi_c0`, `biaochi_c1`…
const NAME: &str = "biaochi_c";

/// What a workbook says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamp {
    /// The table's id.
    pub table: String,
    /// The layout version it was written with.
    pub layout_version: u32,
    /// The list version its rows came from.
    pub list_version: String,
    /// The sheet that held the rows.
    pub sheet: String,
    /// The head's row, as the sheet numbers it.
    pub head_row: u32,
    /// The title of the column of reasons, when the workbook had been marked.
    pub reason_title: Option<String>,
    /// The columns and their titles, in the order they were written.
    pub columns: Vec<(ColumnId, String)>,
}

impl Stamp {
    /// What a workbook of this layout says.
    pub(crate) fn of(layout: &TableLayout, sheet: &str, head_row: u32) -> Self {
        Self {
            table: layout.id.clone(),
            layout_version: layout.layout_version,
            list_version: layout.list_version.clone(),
            sheet: sheet.to_owned(),
            head_row: head_row + 1,
            reason_title: None,
            columns: layout.columns.iter().map(|c| (c.id.clone(), c.title.clone())).collect(),
        }
    }

    /// The rows of the hidden sheet.
    pub(crate) fn lines(&self) -> Vec<[String; 3]> {
        let pair = |key: &str, value: &str| [key.to_owned(), value.to_owned(), String::new()];
        let mut lines = vec![
            pair(MARK, "1"),
            pair("table", &self.table),
            pair("layout_version", &self.layout_version.to_string()),
            pair("list_version", &self.list_version),
            pair("sheet", &self.sheet),
            pair("head_row", &self.head_row.to_string()),
        ];
        if let Some(title) = &self.reason_title {
            lines.push(pair("reason_title", title));
        }
        for (id, title) in &self.columns {
            lines.push(["column".to_owned(), id.to_string(), title.clone()]);
        }
        lines
    }

    /// Reads the hidden sheet; `None` when it is not one of ours.
    pub(crate) fn read(grid: &Grid) -> Option<Self> {
        if grid.name != STAMP_SHEET || grid.shown(0, 0) != MARK || grid.shown(0, 1) != "1" {
            return None;
        }
        let mut stamp = Self {
            table: String::new(),
            layout_version: 0,
            list_version: String::new(),
            sheet: String::new(),
            head_row: 0,
            reason_title: None,
            columns: Vec::new(),
        };
        for row in grid.rows.keys().skip(1) {
            let value = grid.shown(*row, 1);
            match grid.shown(*row, 0).as_str() {
                "table" => stamp.table = value,
                "layout_version" => stamp.layout_version = value.parse().ok()?,
                "list_version" => stamp.list_version = value,
                "sheet" => stamp.sheet = value,
                "head_row" => stamp.head_row = value.parse().ok()?,
                "reason_title" => stamp.reason_title = Some(value),
                "column" => stamp.columns.push((ColumnId::new(value), grid.shown(*row, 2))),
                _ => {}
            }
        }
        Some(stamp)
    }
}

/// The defined name that follows the head cell of the column at `index` of the stamp.
pub(crate) fn name_of(index: usize) -> String {
    format!("{NAME}{index}")
}

/// The place a defined name of ours points to: index in the stamp, row and column from 0.
pub(crate) fn place_of(name: &str, formula: &str) -> Option<(usize, u32, u32)> {
    let index = name.strip_prefix(NAME)?.parse().ok()?;
    let cell = formula.rsplit('!').next()?.strip_prefix('$')?;
    let (letters, row) = cell.split_once('$')?;
    let row: u32 = row.parse().ok()?;
    Some((index, row.checked_sub(1)?, column_of(letters)?))
}

/// Whether the choices of a column fit into the rule itself; longer ones, and those with commas, are listed on
/// the hidden sheet.
pub(crate) fn listed_inline(kind: &Kind) -> bool {
    match kind {
        Kind::Choice(choices) => {
            let length: usize = choices.iter().map(|c| c.encode_utf16().count() + 1).sum();
            length <= 250 && !choices.iter().any(|c| c.contains([',', '"']))
        }
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_point_to_places() {
        assert_eq!(place_of("biaochi_c2", "'任务 表'!$AB$5"), Some((2, 4, 27)));
        assert_eq!(place_of("biaochi_c2", "#REF!"), None);
        assert_eq!(place_of("other", "A!$A$1"), None);
        assert_eq!(name_of(2), "biaochi_c2");
    }
}
