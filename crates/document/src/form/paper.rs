//! A form, filled or empty, as a document: the writers of pages, Word, HTML and JSON take it from there.

use super::check::date;
use super::definition::{Field, Form, Kind, Layout, Page, Part};
use super::filled::{Filled, Row};
use super::prose;
use super::shown::broken;
use crate::model::{
    Align, Block, BlockKind, Cell, Clause, Column, Document, DocumentKind, Element, ElementKind, FrontMatter, Heading,
    Inline, InlineKind, Row as TableRow, Table, TextLanguage, Title, Words, name_all,
};

/// What stands where a report says nothing yet.
const BLANK: &str = "＿＿＿＿＿＿";

/// The document. An empty form has blanks where it is to be filled.
///
/// ```
/// use document::form::{Filled, document, shipped};
/// use document::model::TextLanguage;
///
/// let forms = shipped().unwrap();
/// let form = forms.iter().find(|form| form.id == "F3").unwrap();
/// let paper = document(form, &Filled::default(), TextLanguage::Zh);
/// assert_eq!(paper.front.title.zh, ["征求意见汇总处理表"]);
/// ```
pub fn document(form: &Form, filled: &Filled, language: TextLanguage) -> Document {
    let writer = Writer { form, filled, language };
    let mut document = Document {
        front: writer.front(),
        kind: match form.page {
            Page::Portrait => DocumentKind::Sheet,
            Page::Landscape => DocumentKind::WideSheet,
            Page::Report => DocumentKind::Report,
        },
        ..Document::default()
    };
    for part in &form.parts {
        match part.layout {
            Layout::Lines => document.lead.push(writer.lines(part)),
            Layout::Grid => document.lead.push(writer.grid(part)),
            Layout::Table => document.lead.push(writer.table(part)),
            Layout::Remarks => document.lead.extend(writer.remarks(part)),
            Layout::Chapter => writer.chapter(part, &mut document),
        }
    }
    name_all(&mut document);
    document
}

pub(super) struct Writer<'a> {
    pub(super) form: &'a Form,
    pub(super) filled: &'a Filled,
    pub(super) language: TextLanguage,
}

impl Writer<'_> {
    pub(super) fn say<'w>(&self, words: &'w Words) -> &'w str {
        words.of(self.language)
    }

    fn label<'f>(&self, field: &'f Field) -> &'f str {
        match self.language {
            TextLanguage::Zh => &field.zh,
            TextLanguage::En => &field.en,
        }
    }

    fn part_title<'f>(&self, part: &'f Part) -> &'f str {
        match self.language {
            TextLanguage::Zh => &part.zh,
            TextLanguage::En => &part.en,
        }
    }

    fn front(&self) -> FrontMatter {
        let heading = self.heading();
        let title = heading.unwrap_or_else(|| self.say(&self.form.title).to_owned());
        let days = self.form.single().filter(|field| field.kind == Kind::Date);
        let title = match self.language {
            TextLanguage::Zh => Title {
                zh: vec![title],
                ..Title::default()
            },
            TextLanguage::En => Title {
                en: vec![title],
                ..Title::default()
            },
        };
        FrontMatter {
            title,
            language: self.language,
            // The last day that the form names is that of the file.
            drafted: days
                .filter_map(|field| date(self.filled.value(&field.name, None)?))
                .max(),
            ..FrontMatter::default()
        }
    }

    /// The heading with its fields, where all of them are filled.
    fn heading(&self) -> Option<String> {
        let mut rest = self.say(self.form.heading.as_ref()?);
        let mut out = String::new();
        while let Some((before, after)) = rest.split_once('{') {
            let (name, after) = after.split_once('}')?;
            let field = self.form.field(name)?;
            out.push_str(before);
            out.push_str(&self.shown(field, None)?);
            rest = after;
        }
        out.push_str(rest);
        Some(out)
    }

    /// The fields that this paper has; an empty one has them all.
    fn shows<'f>(&self, part: &'f Part) -> Vec<&'f Field> {
        let shown = |field: &&Field| self.filled.0.is_empty() || self.filled.shows(self.form, field);
        part.fields.iter().filter(shown).collect()
    }

    /// Label and value, two in a line.
    fn lines(&self, part: &Part) -> Block {
        let colon = match self.language {
            TextLanguage::Zh => "：",
            TextLanguage::En => ": ",
        };
        let cells: Vec<(Cell, bool)> = self
            .shows(part)
            .into_iter()
            .map(|field| {
                let said = self.shown(field, None).unwrap_or_default();
                let text = format!("{}{colon}{}", self.label(field), said.replace('\n', " "));
                (Cell::new(vec![Inline::text(text)]), field.wide)
            })
            .collect();
        framed(Table {
            columns: columns(&[(1, Align::Left); 2]),
            body: paired(cells, 2),
            open: true,
            ..Table::default()
        })
    }

    /// Labels and values in a frame.
    fn grid(&self, part: &Part) -> Block {
        let title = self.part_title(part);
        let mut body = Vec::new();
        if !title.is_empty() {
            body.push(TableRow {
                cells: vec![Cell {
                    columns: 4,
                    ..Cell::new(vec![Inline::new(InlineKind::Strong(vec![Inline::text(title)]))])
                }],
                ..TableRow::default()
            });
        }
        let mut half: Option<Vec<Cell>> = None;
        for field in self.shows(part) {
            let label = Cell::new(vec![Inline::text(self.label(field))]);
            let value = Cell::new(self.cell(field, None));
            match (half.take(), field.wide) {
                (before, true) => {
                    body.extend(before.map(stretched));
                    body.push(stretched(vec![label, value]));
                }
                (Some(mut before), false) => {
                    before.extend([label, value]);
                    body.push(TableRow {
                        cells: before,
                        ..TableRow::default()
                    });
                }
                (None, false) => half = Some(vec![label, value]),
            }
        }
        body.extend(half.map(stretched));
        framed(Table {
            columns: columns(&[
                (20, Align::Natural),
                (30, Align::Left),
                (20, Align::Natural),
                (30, Align::Left),
            ]),
            body,
            ..Table::default()
        })
    }

    /// Rows under a head.
    fn table(&self, part: &Part) -> Block {
        let rows = self.filled.rows(&part.name);
        let row = |cells: Vec<Cell>| TableRow {
            cells,
            ..TableRow::default()
        };
        let cells = |of: Row<'_>, index: Option<usize>| -> Vec<Cell> {
            part.fields
                .iter()
                .map(|field| {
                    Cell::new(match (field.kind, index) {
                        (Kind::Turn, Some(index)) => vec![Inline::text((index + 1).to_string())],
                        // Room to write.
                        _ if of.is_none() => broken(&[const { String::new() }; 3]),
                        _ => self.cell(field, of),
                    })
                })
                .collect()
        };
        let mut body: Vec<TableRow> = rows
            .iter()
            .enumerate()
            .map(|(index, filled)| row(cells(Some(*filled), Some(index))))
            .collect();
        if body.is_empty() {
            body.extend((0..part.blank.max(1)).map(|_| row(cells(None, None))));
        }
        let title = self.part_title(part);
        let align = |field: &Field| match field.kind {
            Kind::Text | Kind::Prose => Align::Left,
            _ => Align::Natural,
        };
        let shares: Vec<(u32, Align)> = part
            .fields
            .iter()
            .map(|field| (field.width.max(1), align(field)))
            .collect();
        framed(Table {
            // A table that is all there is needs no title but the paper's.
            caption: (part.titled && !title.is_empty()).then(|| vec![Inline::text(title)]),
            columns: columns(&shares),
            head: vec![row(part
                .fields
                .iter()
                .map(|field| Cell::new(vec![Inline::text(self.label(field))]))
                .collect())],
            body,
            ..Table::default()
        })
    }

    /// Numbered lines below a title.
    fn remarks(&self, part: &Part) -> Vec<Block> {
        let (open, close, colon) = match self.language {
            TextLanguage::Zh => ("（", "）", "："),
            TextLanguage::En => ("(", ") ", ": "),
        };
        let title = self.part_title(part);
        let mut blocks = Vec::new();
        if !title.is_empty() {
            blocks.push(Block::paragraph(format!("{title}{colon}")));
        }
        for (index, field) in self.shows(part).into_iter().enumerate() {
            let said = self.shown(field, None).unwrap_or_else(|| "　　　".to_owned());
            let unit = field.unit.as_ref().map(|unit| self.say(unit)).unwrap_or_default();
            let line = format!("{open}{}{close}{}{colon}{said}{unit}", index + 1, self.label(field));
            blocks.push(Block::paragraph(line));
        }
        blocks
    }

    /// A chapter: its fields are clauses; one without a label stands under the chapter's own title.
    fn chapter(&self, part: &Part, document: &mut Document) {
        let heading = |words: &str| {
            Some(Heading {
                title: vec![Inline::text(words)],
                ..Heading::default()
            })
        };
        let mut clause = Clause {
            heading: heading(self.part_title(part)),
            ..Clause::default()
        };
        for field in self.shows(part) {
            let said = self.shown(field, None);
            let label = self.label(field);
            // What a revision alone has, and this text has not.
            if said.is_none() && !field.required && !self.filled.0.is_empty() && field.required_when.is_none() {
                continue;
            }
            let read = prose::read(said.as_deref().unwrap_or(BLANK));
            document.footnotes.extend(read.footnotes);
            if label.is_empty() {
                clause.blocks.extend(read.blocks);
                clause.clauses.extend(read.clauses);
            } else {
                clause.clauses.push(Clause {
                    heading: heading(label),
                    blocks: read.blocks,
                    clauses: read.clauses,
                    ..Clause::default()
                });
            }
        }
        document.elements.push(Element {
            kind: ElementKind::Chapter,
            clause,
        });
    }
}

fn columns(shares: &[(u32, Align)]) -> Vec<Column> {
    shares
        .iter()
        .map(|(width, align)| Column {
            align: *align,
            width: Some(*width),
        })
        .collect()
}

fn framed(table: Table) -> Block {
    Block::new(BlockKind::Table(Table {
        unnumbered: true,
        ..table
    }))
}

/// Cells in rows of so many; a wide one takes a row.
fn paired(cells: Vec<(Cell, bool)>, width: u32) -> Vec<TableRow> {
    let mut rows: Vec<TableRow> = Vec::new();
    let mut line: Vec<Cell> = Vec::new();
    let row = |cells: Vec<Cell>| TableRow {
        cells,
        ..TableRow::default()
    };
    for (cell, wide) in cells {
        if wide {
            if !line.is_empty() {
                rows.push(row(std::mem::take(&mut line)));
            }
            rows.push(row(vec![Cell { columns: width, ..cell }]));
            continue;
        }
        line.push(cell);
        if line.len() == width as usize {
            rows.push(row(std::mem::take(&mut line)));
        }
    }
    if !line.is_empty() {
        rows.push(row(line));
    }
    // A row that ends early would leave a hole in the table.
    for row in &mut rows {
        let taken: u32 = row.cells.iter().map(|cell| cell.columns).sum();
        if let Some(last) = row.cells.last_mut() {
            last.columns += width.saturating_sub(taken);
        }
    }
    rows
}

/// A label and its value over the rest of the row.
fn stretched(mut cells: Vec<Cell>) -> TableRow {
    if let Some(value) = cells.last_mut() {
        value.columns = 3;
    }
    TableRow {
        cells,
        ..TableRow::default()
    }
}
