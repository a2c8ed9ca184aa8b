//! Tables as workbooks: what a page shows in rows, a workbook holds in rows, by one writer. The same filters in the same
//! address give the same rows; what the reader may not see is in neither.

mod holdings;
mod ledger;
mod records;

pub(crate) use holdings::{desk, obligations, unassigned};
pub(crate) use ledger::{changes, measures, outputs, places};
pub(crate) use records::{audit, bodies, history};

use super::workbook::kept;
use crate::{Answer, Asking, Failure};
use axum::response::Response;
use jiff::civil::Date;
use language::{Lang, t};
use platform::{
    bilingual::Bilingual,
    question::{Page, Window},
};
use sheet::{Cell, Column, Kind, Paper, TableLayout};
use std::future::Future;

/// The most rows of a workbook; a filter narrows them.
const MOST: usize = 20_000;

/// A table on its way into a workbook.
struct Book {
    /// Names the file and the table.
    id: &'static str,
    title: String,
    columns: Vec<Column>,
    rows: Vec<Vec<Cell>>,
    /// Whether a row is illustrative.
    demo: bool,
    /// Whether there were more rows than [`MOST`].
    cut: bool,
}

impl Book {
    fn new(id: &'static str, title: String, columns: Vec<Column>) -> Self {
        Self {
            id,
            title,
            columns,
            rows: Vec::new(),
            demo: false,
            cut: false,
        }
    }

    /// The answer that browsers keep.
    fn answer(self, asking: &Asking) -> Answer<Response> {
        let lang = asking.lang;
        let day = asking.reader.as_of.date;
        let mut layout = TableLayout::new(self.id, &self.title, day, self.columns);
        if self.demo {
            layout.notes.push(t!(lang, "workbook-demo"));
        }
        layout.notes.push(t!(
            lang,
            "export-as-of",
            date = language::date(lang, day),
            rows = self.rows.len()
        ));
        if self.cut {
            layout.notes.push(t!(lang, "export-cut", rows = self.rows.len()));
        }
        layout.page_of = t!(lang, "frame-page-of", page = "{page}", pages = "{pages}");
        layout.paper = Paper::A3;
        let bytes = sheet::write(&layout, &self.rows).map_err(|e| Failure::broken(e.to_string()))?;
        Ok(kept(&format!("biaochi-{}-{day}.xlsx", self.id), bytes))
    }
}

/// A column of text, so many characters wide.
fn text(id: &str, head: &str, width: u16) -> Column {
    Column::new(id, head, Kind::Text).width(width)
}

/// A column of whole numbers.
fn number(id: &str, head: &str) -> Column {
    Column::new(id, head, Kind::Integer).width(8)
}

/// A column of days.
fn day(id: &str, head: &str) -> Column {
    Column::new(id, head, Kind::Date).width(12)
}

fn words(text: impl Into<String>) -> Cell {
    let text: String = text.into();
    if text.is_empty() { Cell::Empty } else { Cell::Text(text) }
}

fn on(day: Option<Date>) -> Cell {
    day.map_or(Cell::Empty, Cell::Date)
}

fn count(n: usize) -> Cell {
    Cell::Integer(i64::try_from(n).unwrap_or(i64::MAX))
}

/// A text for a cell: the reader's language first; English readers get the Chinese where there is no English.
fn named(lang: Lang, text: &Bilingual) -> Cell {
    words(crate::components::words::first(lang, text))
}

/// All rows of a question that answers by pages, up to [`MOST`], and whether there were more.
async fn all<T, F, Asked>(mut ask: F) -> Answer<(Vec<T>, bool)>
where
    F: FnMut(Window) -> Asked,
    Asked: Future<Output = platform::refusal::Result<Page<T>>>,
{
    let mut rows = Vec::new();
    let mut window = Window::of(200);
    loop {
        let page = ask(window.clone()).await?;
        rows.extend(page.items);
        match page.next {
            None => return Ok((rows, false)),
            Some(_) if rows.len() >= MOST => {
                rows.truncate(MOST);
                return Ok((rows, true));
            }
            Some(next) => window.cursor = Some(next),
        }
    }
}
