//! TAB, FIG, EQN-01: tables, figures and formulas, and how the text points to them (9.7 to 9.9, 10.4).

use super::{Check, formula, typed_reference};
use crate::finding::{Edit, Fix, message};
use crate::model::{
    Block, BlockKind, Cell, Formula, Inline, InlineKind, Plain, Row, Span, Table, Visit, plain_text, walk_document,
};
use std::collections::{HashMap, HashSet};

/// What stands in a cell for what the cell beside or above says (10.4.2.2).
const DITTO: &[&str] = &["同上", "同左", "同前", "〃", "″"];

pub(super) fn check(check: &mut Check<'_>) {
    let mut objects = Objects::default();
    walk_document(check.document, &mut objects);
    titles(check, &objects);
    mentioned(check, &objects);
    numbered_apart(check, &objects);
    for (block, table) in &objects.tables {
        nested(check, table);
        head(check, block, table);
        cells(check, table);
    }
    formula::check(check, &objects.formulas);
}

#[derive(Default)]
struct Objects<'a> {
    tables: Vec<(&'a Block, &'a Table)>,
    figures: Vec<(&'a Block, &'a Option<Vec<Inline>>)>,
    formulas: Vec<(&'a Block, &'a Formula)>,
    targets: HashSet<&'a str>,
    lines: Vec<&'a [Inline]>,
}

impl<'a> Visit<'a> for Objects<'a> {
    fn block(&mut self, block: &'a Block) {
        match &block.kind {
            BlockKind::Table(table) if !table.unnumbered => self.tables.push((block, table)),
            BlockKind::Figure(figure) if !figure.unnumbered => self.figures.push((block, &figure.caption)),
            BlockKind::Formula(formula) => self.formulas.push((block, formula)),
            _ => {}
        }
    }

    fn text(&mut self, text: &'a [Inline]) {
        self.lines.push(text);
    }

    fn inline(&mut self, inline: &'a Inline) {
        if let InlineKind::CrossReference(reference) = &inline.kind {
            self.targets.insert(reference.target.as_str());
        }
    }
}

/// All have a title, or none (9.7.2, 9.8.2); and no two have the same.
fn titles(check: &mut Check<'_>, objects: &Objects<'_>) {
    let title = |caption: &Option<Vec<Inline>>| caption.as_ref().map(|text| plain_text(text).trim().to_owned());
    let tables: Vec<(Span, Option<String>)> = objects
        .tables
        .iter()
        .map(|(block, table)| (block.span, title(&table.caption)))
        .collect();
    let figures: Vec<(Span, Option<String>)> = objects
        .figures
        .iter()
        .map(|(block, caption)| (block.span, title(caption)))
        .collect();
    for all in [tables, figures] {
        let some = all.iter().any(|(_, title)| title.is_some());
        let mut first: HashMap<&str, u32> = HashMap::new();
        for (span, title) in &all {
            match title {
                None if some => check.tell("FIG-01", *span, message!("lint-fig-01")),
                None => {}
                Some(title) => {
                    let line = *first.entry(title.as_str()).or_insert(span.start.line);
                    if line != span.start.line && !title.is_empty() {
                        check.tell(
                            "FIG-01",
                            Span::at(span.start),
                            message!("lint-fig-01-same", title = title, line = line),
                        );
                    }
                }
            }
        }
    }
}

/// Every numbered table, figure and formula is pointed to from the text (9.7.1.2, 9.8.1.2, 9.9.2).
fn mentioned(check: &mut Check<'_>, objects: &Objects<'_>) {
    // In an amendment they stand for those of the amended text, which mentions them.
    if check.document.front.is_amendment() {
        return;
    }
    let typed = typed_reference::all(check);
    let told: Vec<(&'static str, &Block)> = objects
        .tables
        .iter()
        .map(|(block, _)| ("FIG-02", *block))
        .chain(objects.figures.iter().map(|(block, _)| ("FIG-02", *block)))
        .chain(
            objects
                .formulas
                .iter()
                .filter(|(_, formula)| !formula.unnumbered)
                .map(|(block, _)| ("EQN-01", *block)),
        )
        .filter(|(_, block)| !objects.targets.contains(&block.id.as_str()))
        .collect();
    for (rule, block) in told {
        let span = Span::at(block.span.start);
        let by_hand = typed.iter().find(|typed| typed.target.as_ref() == Some(&block.id));
        match by_hand {
            Some(typed) => {
                let line = typed.span.start.line;
                check.tell(
                    rule,
                    span,
                    message!("lint-fig-02-typed", written = &typed.written, line = line),
                );
            }
            None if rule == "EQN-01" => check.tell(rule, span, message!("lint-eqn-01")),
            None => check.tell(rule, span, message!("lint-fig-02")),
        }
    }
}

/// No table stands in another (9.8.1.3).
fn nested(check: &mut Check<'_>, table: &Table) {
    for block in &table.below {
        if matches!(block.kind, BlockKind::Table(_)) {
            check.tell("TAB-01", block.span, message!("lint-tab-01-nested"));
        }
    }
}

/// No table is 表2a: a table that is divided becomes several (9.8.1.3).
fn numbered_apart(check: &mut Check<'_>, objects: &Objects<'_>) {
    for line in &objects.lines {
        let plain = Plain::of(line);
        for (at, word) in plain.text.match_indices('表') {
            let rest = plain.text.get(at + word.len()..).unwrap_or_default();
            let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
            let mut letters = rest.get(digits..).unwrap_or_default().chars();
            let apart = digits > 0
                && letters.next().is_some_and(|c| c.is_ascii_lowercase())
                && letters.next().is_none_or(|c| !c.is_ascii_alphanumeric());
            if apart {
                let number = format!("表{}", rest.get(..=digits).unwrap_or_default());
                let start = plain.position(at);
                let span = Span::new(start, start.right(number.chars().count() as u32));
                check.tell("TAB-01", span, message!("lint-tab-01-letter", number = number));
            }
        }
    }
}

/// A head, no diagonal in its first cell, and one line for a unit that all columns share (9.8.4).
fn head(check: &mut Check<'_>, block: &Block, table: &Table) {
    if table.head.is_empty() {
        check.tell("TAB-02", Span::at(block.span.start), message!("lint-tab-02-head"));
        return;
    }
    let titles: Vec<String> = table
        .head
        .iter()
        .flat_map(|row| &row.cells)
        .map(|cell| Plain::of(&cell.text).text.trim().to_owned())
        .collect();
    if let Some(first) = titles
        .first()
        .filter(|first| first.contains('＼') || first.contains('\\'))
    {
        check.tell(
            "TAB-02",
            Span::at(block.span.start),
            message!("lint-tab-02-diagonal", cell = first),
        );
    }
    let units: Vec<&str> = titles.iter().skip(1).filter_map(|title| unit_of(title)).collect();
    let columns = titles.len().saturating_sub(1);
    if table.unit.is_none()
        && columns > 1
        && units.len() == columns
        && let Some(unit) = units.first().filter(|unit| units.iter().all(|other| other == *unit))
    {
        check.tell(
            "TAB-02",
            Span::at(block.span.start),
            message!("lint-tab-02-unit", unit = *unit),
        );
    }
}

/// The unit in 长度/mm or 长度（mm）.
fn unit_of(title: &str) -> Option<&str> {
    let unit = title
        .rsplit_once('/')
        .map(|(_, unit)| unit)
        .or_else(|| {
            title
                .strip_suffix(['）', ')'])
                .and_then(|rest| rest.rsplit_once(['（', '(']))
                .map(|(_, unit)| unit)
        })?
        .trim();
    (!unit.is_empty() && unit.chars().count() <= 6 && unit.chars().any(|c| c.is_ascii_alphabetic() || c == '%'))
        .then_some(unit)
}

fn cells(check: &mut Check<'_>, table: &Table) {
    // A data fence is the program's own table: an empty cell there means that nothing is said, and prints as —.
    if table.fence.is_some() {
        return;
    }
    let form = is_form(table);
    for (at, row) in table.body.iter().enumerate() {
        if let Some(empty) = group(table, row) {
            let edits = empty.iter().map(|cell| Edit {
                span: cell.span,
                text: " < ".to_owned(),
            });
            let fix = Fix { edits: edits.collect() };
            let place = empty.first().map_or(row.span, |cell| cell.span);
            check.put("TAB-03", place, message!("lint-tab-03-group"), (!form).then_some(fix));
            continue;
        }
        for (column, cell) in row.cells.iter().enumerate() {
            let text = Plain::of(&cell.text).text;
            let text = text.trim();
            if text.is_empty() {
                if cell.text.is_empty() {
                    let fix = Fix::replace(cell.span, " — ");
                    check.put(
                        "TAB-03",
                        cell.span,
                        message!("lint-tab-03-empty"),
                        (!form).then_some(fix),
                    );
                }
            } else if DITTO.contains(&text) {
                let fix = meant(table, at, column, text).map(|meant| Fix::replace(cell.span, meant));
                check.put("TAB-03", cell.span, message!("lint-tab-03-ditto", word = text), fix);
            }
        }
    }
}

/// What a ditto mark stands for: the words of the cell before it in its row, else of the nearest above it that says
/// something; nothing where cells reach over others, or say more than words.
fn meant(table: &Table, row: usize, column: usize, mark: &str) -> Option<String> {
    let whole = |row: &&Row| row.cells.len() == table.columns.len();
    let own = table.body.get(row).filter(whole)?;
    let cell = if mark == "同左" {
        own.cells.get(column.checked_sub(1)?)
    } else {
        let above = table
            .body
            .get(..row)?
            .iter()
            .rev()
            .map_while(|row| Some(row).filter(whole));
        above
            .filter_map(|row| row.cells.get(column))
            .find(|cell| !DITTO.contains(&Plain::of(&cell.text).text.trim()))
    }?;
    let plain = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '—' | '～' | '，' | '、' | '（' | '）' | '.' | '%');
    match cell.text.as_slice() {
        [one] => match &one.kind {
            InlineKind::Text(run) if run.text.chars().all(plain) && !DITTO.contains(&run.text.trim()) => {
                Some(run.text.trim().to_owned()).filter(|text| !text.is_empty())
            }
            _ => None,
        },
        _ => None,
    }
}

/// The empty cells of a row of which the first alone says something, in a table of three columns or more: it names the
/// rows below.
fn group<'t>(table: &Table, row: &'t Row) -> Option<Vec<&'t Cell>> {
    let (first, rest) = row.cells.split_first()?;
    let empty: Vec<&Cell> = rest.iter().filter(|cell| cell.text.is_empty()).collect();
    (table.columns.len() >= 3
        && row.cells.len() == table.columns.len()
        && !first.text.is_empty()
        && empty.len() == rest.len())
    .then_some(empty)
}

/// A form that somebody is to fill in: nothing stands in it but the names of its rows. A dash would close its cells.
fn is_form(table: &Table) -> bool {
    table.body.len() > 1
        && table
            .body
            .iter()
            .all(|row| row.cells.iter().skip(1).all(|cell| cell.text.is_empty()))
}
