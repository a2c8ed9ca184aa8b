//! Workbooks of a survey: the form that a unit fills in, what its statisticians keep, a published table.

use super::{
    definition::{Class, Definition},
    event::{Cell as Total, Published},
    keeping::Kept,
    query::Survey,
    sealed::Reported,
};
use crate::{
    bilingual::Bilingual,
    list::workbook::{Table, page_of},
    refusal::Result,
};
use jiff::civil::Date;
use language::{Lang, t};
use rust_decimal::Decimal;
use sheet::{Cell, CellValue, Column, Kind, TableLayout};
use std::collections::BTreeMap;

/// A name in a language.
pub fn said(lang: Lang, name: &Bilingual) -> &str {
    match (lang, &name.en) {
        (Lang::En, Some(en)) => en,
        _ => &name.zh,
    }
}

/// A number as a cell: exact, or as text where a sheet would round it.
fn number(text: Option<&String>) -> Cell {
    match text {
        None => Cell::Empty,
        Some(text) => text
            .parse::<Decimal>()
            .map_or_else(|_| Cell::Text(text.clone()), Cell::Decimal),
    }
}

/// Lines above a form: its marks, which it must bear (统计法 2024 article 17).
fn marks(lang: Lang, survey: &Survey) -> Vec<String> {
    let marks = &survey.marks;
    let mut lines = Vec::new();
    if survey.demo {
        lines.push(t!(lang, "workbook-demo"));
    }
    lines.push(t!(
        lang,
        "survey-marks-line",
        form = marks.form_number.as_str(),
        maker = marks.maker.as_str(),
        number = marks.approval.number(),
        until = language::date(lang, marks.valid_until)
    ));
    lines
}

/// The form of a period, filled in as far as the unit has reported.
pub fn form(
    lang: Lang,
    survey: &Survey,
    (number_of, definition): (u32, &Definition),
    period: &str,
    before: Option<&Reported>,
    as_of: Date,
) -> Table {
    let columns = vec![
        Column::key(),
        Column::new("measure", &t!(lang, "survey-measure"), Kind::Text).width(30),
        Column::new("unit", &t!(lang, "survey-measure-unit"), Kind::Text).width(12),
        Column::new("value", &t!(lang, "survey-value"), Kind::Decimal)
            .editable()
            .width(20),
    ];
    let id = format!("survey-{}-{number_of}-{period}", survey.id);
    let title = format!("{} {period}", said(lang, &survey.title));
    let mut layout = TableLayout::new(&id, &title, as_of, columns);
    layout.notes = marks(lang, survey);
    layout.page_of = page_of(lang);
    let rows = definition
        .measures
        .iter()
        .map(|measure| {
            vec![
                Cell::Text(measure.code.clone()),
                Cell::Text(said(lang, &measure.name).to_owned()),
                Cell::Text(measure.unit.clone()),
                number(before.and_then(|reported| reported.values.get(&measure.code))),
            ]
        })
        .collect();
    Table { layout, rows }
}

/// What a form that came back says, by the codes of measures; a cell that is no number comes as it was found.
///
/// # Errors
/// A refusal where it is no workbook, or one of another table.
pub fn read_form(table: &Table, bytes: &[u8]) -> Result<BTreeMap<String, String>> {
    let upload = table.read(bytes)?;
    let mut values = BTreeMap::new();
    for row in &upload.rows {
        let Some(code) = &row.key else { continue };
        let value = match row.cells.get("value") {
            Some(CellValue::Decimal(number)) => number.to_string(),
            Some(CellValue::Integer(number)) => number.to_string(),
            Some(CellValue::Text(text)) => text.clone(),
            _ => String::new(),
        };
        let found = row.faults.first().map(|fault| fault.found.clone());
        values.insert(code.clone(), found.unwrap_or(value));
    }
    Ok(values)
}

/// What the units reported for a period under a definition: for the survey's own statisticians.
pub fn kept(
    lang: Lang,
    survey: &Survey,
    definition: (u32, &Definition),
    period: &str,
    kept: &Kept,
    as_of: Date,
) -> Table {
    let (number_of, definition) = definition;
    let mut columns = vec![Column::new("unit", &t!(lang, "survey-unit"), Kind::Text).width(30)];
    for class in &definition.classes {
        columns.push(Column::new(&class.code, said(lang, &class.name), Kind::Text).width(14));
    }
    for measure in &definition.measures {
        columns.push(Column::new(&measure.code, said(lang, &measure.name), Kind::Decimal).width(16));
    }
    columns.push(Column::new("note", &t!(lang, "survey-note"), Kind::Text).width(30));
    columns.push(Column::new("at", &t!(lang, "survey-reported-at"), Kind::Date).width(12));
    let title = format!("{} {period}", said(lang, &survey.title));
    let mut layout = TableLayout::new(
        &format!("survey-rows-{}-{number_of}-{period}", survey.id),
        &title,
        as_of,
        columns,
    );
    layout.notes = marks(lang, survey);
    layout.notes.push(t!(lang, "survey-rows-secret"));
    layout.page_of = page_of(lang);
    let mut rows = Vec::new();
    for row in kept.rows.iter().filter(|row| row.definition == number_of) {
        let unit = kept.units.get(&row.unit);
        let mut cells = vec![Cell::Text(unit.map(|unit| unit.name.clone()).unwrap_or_default())];
        for class in &definition.classes {
            let value = unit.and_then(|unit| unit.classes.get(&class.code));
            cells.push(value.map_or(Cell::Empty, |value| Cell::Text(value_name(lang, class, value))));
        }
        for measure in &definition.measures {
            cells.push(number(row.reported.values.get(&measure.code)));
        }
        cells.push(match row.reported.note.as_str() {
            "" => Cell::Empty,
            note => Cell::Text(note.to_owned()),
        });
        cells.push(Cell::Date(ledger::clock::today(row.at)));
        rows.push(cells);
    }
    Table { layout, rows }
}

/// What a value of a classification is called.
pub fn value_name(lang: Lang, class: &Class, code: &str) -> String {
    let value = class.values.iter().find(|value| value.code == code);
    value.map_or(code, |value| said(lang, &value.name)).to_owned()
}

/// The values down the side and across of a table, as it was published, and all together last.
pub fn sides(table: &Published) -> (Vec<Option<String>>, Vec<Option<String>>) {
    let mut rows: Vec<Option<String>> = Vec::new();
    let mut columns: Vec<Option<String>> = Vec::new();
    for cell in &table.cells {
        if !rows.contains(&cell.row) {
            rows.push(cell.row.clone());
        }
        if !columns.contains(&cell.column) {
            columns.push(cell.column.clone());
        }
    }
    (rows, columns)
}

/// The cell of a place.
pub fn total_at<'a>(table: &'a Published, row: &Option<String>, column: &Option<String>) -> Option<&'a Total> {
    table
        .cells
        .iter()
        .find(|cell| (&cell.row, &cell.column) == (row, column))
}

/// A published table: totals, and how many units each sums; `*` where one is suppressed.
pub fn published(lang: Lang, survey: &Survey, definition: &Definition, table: &Published, as_of: Date) -> Table {
    let (rows, columns) = sides(table);
    let class = |code: &Option<String>| code.as_deref().and_then(|code| definition.class(code));
    let (down, across) = (class(&table.wanted.rows), class(&table.wanted.columns));
    let name = |class: Option<&Class>, value: &Option<String>| match (class, value) {
        (Some(class), Some(value)) => value_name(lang, class, value),
        _ => t!(lang, "survey-all"),
    };
    let mut heads = vec![Column::new(
        "row",
        down.map_or("", |class| said(lang, &class.name)),
        Kind::Text,
    )];
    for (at, column) in columns.iter().enumerate() {
        let title = name(across, column);
        heads.push(Column::new(&format!("value{at}"), &title, Kind::Decimal).width(18));
        let units = format!("{title} · {}", t!(lang, "survey-units"));
        heads.push(Column::new(&format!("units{at}"), &units, Kind::Integer).width(12));
    }
    let measure = definition.measure(&table.wanted.measure);
    let title = measure.map_or_else(
        || table.wanted.measure.clone(),
        |measure| match measure.unit.as_str() {
            "" => format!("{} {}", said(lang, &measure.name), table.wanted.period),
            unit => format!("{} {} ({unit})", said(lang, &measure.name), table.wanted.period),
        },
    );
    let mut layout = TableLayout::new(
        &format!("survey-table-{}-{}", survey.id, table.table),
        &title,
        as_of,
        heads,
    );
    layout.notes = marks(lang, survey);
    layout.notes.push(t!(lang, "survey-suppressed-means"));
    layout.page_of = page_of(lang);
    let star = || Cell::Text("*".to_owned());
    let cells = rows
        .iter()
        .map(|row| {
            let mut line = vec![Cell::Text(name(down, row))];
            for column in &columns {
                match total_at(table, row, column) {
                    Some(cell) if cell.suppressed => line.extend([star(), star()]),
                    Some(cell) => {
                        line.push(number(cell.value.as_ref()));
                        line.push(cell.units.map_or(Cell::Empty, |units| Cell::Integer(units.into())));
                    }
                    None => line.extend([Cell::Empty, Cell::Empty]),
                }
            }
            line
        })
        .collect();
    Table { layout, rows: cells }
}
