//! An upload comes back with its faults in their places.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

use std::io::{Cursor, Read};

use calamine::{Color, Reader, Xlsx};
use jiff::civil::date;
use rust_xlsxwriter::Workbook;
use sheet::{Cell, CellValue, Column, Fault, FaultKind, Kind, Limits, Note, TableLayout, Upload, mark, read, write};

fn layout() -> TableLayout {
    let mut layout = TableLayout::new(
        "outcomes",
        "成果台账",
        date(2025, 6, 30),
        vec![
            Column::key(),
            Column::new("name", "单位名称", Kind::Text),
            Column::new("count", "数量", Kind::Integer).editable().help("填整数"),
            Column::new("done", "完成日期", Kind::Date).editable(),
        ],
    );
    layout.notes = vec!["演示".into()];
    layout
}

fn open(bytes: &[u8]) -> Upload {
    read(bytes, &layout(), &Limits::default()).unwrap()
}

fn reason(fault: &Fault) -> String {
    match &fault.kind {
        FaultKind::WrongKind { .. } => format!("“{}”不是整数", fault.found),
        FaultKind::DateUnreadable => format!("“{}”不是日期", fault.found),
        other => format!("{other:?}"),
    }
}

fn mark_all(upload: &Upload) -> Vec<u8> {
    let faults: Vec<Fault> = upload.faults().cloned().collect();
    mark(upload, &layout(), &faults, "原因", reason).unwrap()
}

fn part(bytes: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

/// The cells below the head that are filled with the red of faults.
fn red_cells(bytes: &[u8]) -> Vec<(u32, u32)> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
    let styles = book.worksheet_style("成果台账").unwrap();
    let mut red = Vec::new();
    for row in 0..100 {
        for column in 0..10 {
            let fill = styles.get((row, column)).and_then(|s| s.fill.as_ref());
            let colour = fill.and_then(calamine::Fill::get_color);
            if colour == Some(Color::new(0xFF, 0xFF, 0xC7, 0xCE)) {
                red.push((row, column));
            }
        }
    }
    red
}

/// A workbook of 30 rows with 40 faults: 20 rows with one, 10 with two.
fn forty() -> Vec<u8> {
    let mut layout = layout();
    layout.columns[2].kind = Kind::Text;
    layout.columns[3].kind = Kind::Text;
    let rows: Vec<Vec<Cell>> = (0..30)
        .map(|i| {
            let done = if i < 10 { "三月初" } else { "2025年3月1日" };
            vec![
                Cell::Text(format!("k{i}")),
                Cell::Text(format!("=单位{i}")),
                Cell::Text(format!("约{i}")),
                Cell::Text(done.into()),
            ]
        })
        .collect();
    write(&layout, &rows).unwrap()
}

#[test]
fn forty_faults_are_forty_marked_cells() {
    let upload = open(&forty());
    assert_eq!(upload.faults().count(), 40);
    let marked = mark_all(&upload);

    let red = red_cells(&marked);
    let mut expected: Vec<(u32, u32)> = upload
        .faults()
        .map(|f| (f.sheet_row - 1, if f.column == Some("count".into()) { 2 } else { 3 }))
        .collect();
    expected.sort_unstable();
    assert_eq!(red, expected);
    assert_eq!(red.len(), 40);

    let notes = part(&marked, "xl/comments1.xml");
    // Forty reasons and the help on one head.
    assert_eq!(notes.matches("<comment ").count(), 41);
    assert!(notes.contains("“约7”不是整数"));

    // Rows are where they were, and the reasons stand after the last column.
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(marked.as_slice())).unwrap();
    let range = book.worksheet_range("成果台账").unwrap();
    let text = |row, column| range.get_value((row, column)).unwrap().to_string();
    assert_eq!(text(2, 4), "原因");
    assert_eq!(text(3, 1), "=单位0");
    assert_eq!(text(3, 4), "“约0”不是整数\n“三月初”不是日期");
    assert_eq!(text(32, 1), "=单位29");
    assert_eq!(text(32, 4), "“约29”不是整数");
    assert!(!part(&marked, "xl/worksheets/sheet1.xml").contains("<f>"));
}

#[test]
fn a_marked_workbook_is_taken_back() {
    let first = open(&forty());
    let marked = mark_all(&first);
    let again = open(&marked);
    assert_eq!(again.rows, first.rows);
    assert_eq!(again.unknown_columns, []);
    assert_eq!(again.notes, [Note::ReasonColumnIgnored]);
    // Marked twice, there is still one column of reasons, and equal input gives equal bytes.
    let twice = mark_all(&again);
    assert_eq!(red_cells(&twice).len(), 40);
    assert_eq!(open(&twice).notes, [Note::ReasonColumnIgnored]);
    assert_eq!(twice, mark_all(&again));
}

#[test]
fn a_csv_comes_back_as_a_workbook_with_everything_in_it() {
    let csv = "数量,备注,单位名称\nx,保留我,甲\n\n3,,乙\n";
    let upload = open(csv.as_bytes());
    let mut faults: Vec<Fault> = upload.faults().cloned().collect();
    let unknown = FaultKind::Other {
        code: "unknown-key".into(),
        detail: String::new(),
    };
    faults.push(Fault::new(4, None, "", unknown));
    let marked = mark(&upload, &layout(), &faults, "Reason", |f| match &f.kind {
        FaultKind::Other { code, .. } => code.clone(),
        _ => "not a number".into(),
    })
    .unwrap();
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(marked.as_slice())).unwrap();
    let range = book.worksheet_range("CSV").unwrap();
    let text = |row, column| range.get_value((row, column)).unwrap().to_string();
    assert_eq!(
        (text(0, 3), text(1, 3), text(3, 3)),
        ("Reason".into(), "not a number".into(), "unknown-key".into())
    );
    assert_eq!((text(1, 1), text(3, 2)), ("保留我".into(), "乙".into()));
    let again = open(&marked);
    assert_eq!(again.rows[1].cells["count"], CellValue::Integer(3));
    assert_eq!(again.unknown_columns[0].title, "备注");
}

#[test]
fn other_sheets_dates_and_formula_values_are_kept() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name("报送").unwrap();
    for (column, title) in (0_u16..).zip(["单位名称", "数量", "完成日期"]) {
        sheet.write_string(0, column, title).unwrap();
    }
    sheet.write_string(1, 0, "甲").unwrap();
    sheet
        .write_formula(1, 1, rust_xlsxwriter::Formula::new("=2+3").set_result("5"))
        .unwrap();
    let as_date = rust_xlsxwriter::Format::new().set_num_format("yyyy/m/d");
    sheet.write_number_with_format(1, 2, 45_717, &as_date).unwrap();
    book.add_worksheet()
        .set_name("附注")
        .unwrap()
        .write_string(4, 2, "别丢")
        .unwrap();
    let upload = open(&book.save_to_buffer().unwrap());
    assert_eq!(upload.faults().next().unwrap().kind, FaultKind::FormulaNotAllowed);
    let marked = mark_all(&upload);
    let mut returned: Xlsx<_> = Xlsx::new(Cursor::new(marked.as_slice())).unwrap();
    let kept = returned.worksheet_range("附注").unwrap();
    assert_eq!(kept.get_value((4, 2)).unwrap().to_string(), "别丢");
    let again = open(&marked);
    assert_eq!(again.rows[0].cells["count"], CellValue::Integer(5));
    assert_eq!(again.rows[0].cells["done"], CellValue::Date(date(2025, 3, 1)));
}
