//! What people do to a sheet before they send it back.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

use std::collections::BTreeMap;

use jiff::civil::date;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, Worksheet};
use sheet::{
    Cell, CellValue, Change, Column, ColumnId, CurrentRow, Expected, FaultKind, Kind, Limits, Note, TableLayout,
    Upload, UploadError, diff, read, write,
};

fn layout() -> TableLayout {
    TableLayout::new(
        "outcomes",
        "成果台账",
        date(2025, 6, 30),
        vec![
            Column::key(),
            Column::new("name", "单位名称", Kind::Text).required().max_chars(200),
            Column::new("count", "数量", Kind::Integer).editable(),
            Column::new("amount", "金额（万元）", Kind::Decimal).editable(),
            Column::new("done", "完成日期", Kind::Date).editable(),
            Column::new("status", "进展", Kind::Choice(vec!["已启动".into(), "已完成".into()])).editable(),
        ],
    )
}

const TITLES: [&str; 6] = ["key", "单位名称", "数量", "金额（万元）", "完成日期", "进展"];

fn open(bytes: &[u8]) -> Upload {
    read(bytes, &layout(), &Limits::default()).unwrap()
}

/// A workbook of somebody's own with our titles.
fn foreign(fill: impl FnOnce(&mut Worksheet)) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (column, title) in (0_u16..).zip(TITLES) {
        sheet.write_string(0, column, title).unwrap();
    }
    fill(sheet);
    book.save_to_buffer().unwrap()
}

fn kinds(upload: &Upload) -> Vec<(u32, String, FaultKind)> {
    let of = |f: &sheet::Fault| (f.sheet_row, f.column.as_ref().unwrap().to_string(), f.kind.clone());
    upload.faults().map(of).collect()
}

#[test]
fn days_as_people_write_them() {
    let text = [
        "2025-03-01",
        "2025/3/1",
        "2025年3月1日",
        "20250301",
        "２０２５年３月１日",
        " 2025.3.1 ",
    ];
    let bytes = foreign(|sheet| {
        for (row, day) in (1_u32..).zip(text) {
            sheet.write_string(row, 1, "甲").unwrap();
            sheet.write_string(row, 4, day).unwrap();
        }
        let as_date = Format::new().set_num_format("yyyy\"年\"m\"月\"d\"日\"");
        let day = ExcelDateTime::from_ymd(2025, 3, 1).unwrap();
        sheet.write_string(7, 1, "甲").unwrap();
        sheet.write_datetime_with_format(7, 4, &day, &as_date).unwrap();
        sheet.write_string(8, 1, "甲").unwrap();
        sheet.write_number(8, 4, 45_717).unwrap();
        sheet.write_string(9, 1, "甲").unwrap();
        sheet.write_number(9, 4, 20_250_301).unwrap();
        sheet.write_string(10, 1, "甲").unwrap();
        sheet.write_number_with_format(10, 4, 45_717.75, &as_date).unwrap();
    });
    let upload = open(&bytes);
    assert_eq!(upload.rows.len(), 10);
    for row in &upload.rows {
        assert_eq!(
            row.cells["done"],
            CellValue::Date(date(2025, 3, 1)),
            "row {}",
            row.sheet_row
        );
    }
    assert_eq!(
        upload.notes,
        [Note::TimeDropped {
            sheet_row: 11,
            column: "done".into()
        }]
    );
}

#[test]
fn numbers_as_people_write_them() {
    let csv = "单位名称,数量,金额（万元）\n甲,\"１，２３４\",\"1,234.50\"\n乙,12,0.1\n丙,1.5,约5\n";
    let upload = open(csv.as_bytes());
    assert_eq!(upload.rows[0].cells["count"], CellValue::Integer(1234));
    assert_eq!(
        upload.rows[0].cells["amount"],
        CellValue::Decimal("1234.50".parse().unwrap())
    );
    assert_eq!(
        upload.rows[1].cells["amount"],
        CellValue::Decimal("0.1".parse().unwrap())
    );
    assert_eq!(
        kinds(&upload),
        [
            (
                4,
                "count".into(),
                FaultKind::WrongKind {
                    expected: Expected::Integer
                }
            ),
            (
                4,
                "amount".into(),
                FaultKind::WrongKind {
                    expected: Expected::Decimal
                }
            ),
        ]
    );
    // A faulty cell is absent, its row is not.
    assert_eq!(upload.rows[2].cells["name"], CellValue::Text("丙".into()));
    assert!(!upload.rows[2].cells.contains_key("count"));
}

#[test]
fn each_fault_has_its_kind_and_place() {
    let bytes = foreign(|sheet| {
        sheet.write_string(1, 0, "k1").unwrap();
        sheet.write_string(1, 1, "甲").unwrap();
        sheet.write_formula(1, 2, "=1+1").unwrap();
        sheet.write_string(1, 4, "三月初").unwrap();
        sheet.write_string(1, 5, "快了").unwrap();
        sheet.write_string(2, 0, "k1").unwrap();
        sheet.write_number(2, 2, 3).unwrap();
        sheet.write_boolean(2, 4, true).unwrap();
        sheet.write_string(3, 0, "k2").unwrap();
        sheet.write_number(3, 1, 1.234_567_890_123_456_7e17).unwrap();
    });
    let upload = open(&bytes);
    assert_eq!(
        kinds(&upload),
        [
            (2, "count".into(), FaultKind::FormulaNotAllowed),
            (2, "done".into(), FaultKind::DateUnreadable),
            (
                2,
                "status".into(),
                FaultKind::NotAChoice {
                    choices: vec!["已启动".into(), "已完成".into()]
                }
            ),
            (3, "key".into(), FaultKind::DuplicateKey { first_row: 2 }),
            (3, "name".into(), FaultKind::Required),
            (
                3,
                "done".into(),
                FaultKind::WrongKind {
                    expected: Expected::Date
                }
            ),
            (4, "name".into(), FaultKind::DigitsLost),
        ]
    );
    assert_eq!(upload.faults().nth(2).unwrap().found, "快了");
}

#[test]
fn a_name_of_ten_thousand_characters() {
    let name = "长".repeat(10_000);
    let csv = format!("单位名称\n{name}\n");
    let upload = open(csv.as_bytes());
    assert_eq!(
        kinds(&upload),
        [(
            2,
            "name".into(),
            FaultKind::TooLong {
                limit: 200,
                found: 10_000
            }
        )]
    );
    assert_eq!(upload.faults().next().unwrap().found.chars().count(), 200);
    let mut wide = layout();
    wide.columns[1].max_chars = Some(10_000);
    let upload = read(csv.as_bytes(), &wide, &Limits::default()).unwrap();
    assert_eq!(upload.rows[0].cells["name"], CellValue::Text(name));
}

#[test]
fn columns_in_another_order_more_and_fewer() {
    let csv = "进展,备注,单位名称,,key\n已完成,自加,甲,散落,k1\n";
    let upload = open(csv.as_bytes());
    let row = &upload.rows[0];
    assert_eq!(row.key.as_deref(), Some("k1"));
    assert_eq!(row.cells["name"], CellValue::Text("甲".into()));
    assert_eq!(row.cells["status"], CellValue::Text("已完成".into()));
    assert_eq!(row.faults, []);
    let unknown: Vec<_> = upload
        .unknown_columns
        .iter()
        .map(|c| (c.letter.as_str(), c.title.as_str(), c.filled))
        .collect();
    assert_eq!(unknown, [("B", "备注", 1), ("D", "", 1)]);
    assert_eq!(
        upload.missing_columns,
        [ColumnId::from("count"), "amount".into(), "done".into()]
    );
    let error = read("单位名称,数量,单位 名称\n".as_bytes(), &layout(), &Limits::default()).unwrap_err();
    assert!(matches!(error, UploadError::ColumnTwice { .. }), "{error:?}");
}

fn one_row() -> Vec<Cell> {
    vec![
        Cell::Text("k1".into()),
        Cell::Text("甲".into()),
        Cell::Integer(3),
        Cell::Decimal("1.5".parse().unwrap()),
        Cell::Date(date(2025, 3, 1)),
        Cell::Text("已启动".into()),
    ]
}

#[test]
fn a_workbook_in_another_language_and_order_is_recognised() {
    let mut english = layout();
    english.title = "Outcomes".into();
    english.notes = vec!["Demonstration".into()];
    let titles = ["key", "Name", "Count", "Amount", "Done", "Status"];
    for (column, title) in english.columns.iter_mut().zip(titles) {
        column.title = title.into();
    }
    let mut row = one_row();
    english.columns.rotate_left(2);
    row.rotate_left(2);
    let upload = open(&write(&english, &[row]).unwrap());
    assert_eq!(upload.rows[0].key.as_deref(), Some("k1"));
    assert_eq!(upload.rows[0].cells["name"], CellValue::Text("甲".into()));
    assert_eq!(upload.rows[0].cells["done"], CellValue::Date(date(2025, 3, 1)));
    assert_eq!((upload.missing_columns.len(), upload.unknown_columns.len()), (0, 0));
    assert_eq!(upload.notes, []);

    let mut other = layout();
    other.id = "measures".into();
    let error = read(&write(&other, &[]).unwrap(), &layout(), &Limits::default()).unwrap_err();
    assert!(
        matches!(&error, UploadError::OtherTable { found, .. } if found == "measures"),
        "{error:?}"
    );
}

/// Somebody overwrites a head cell: the defined name still says which column it is.
#[test]
fn a_head_that_was_overwritten_is_known_by_its_place() {
    let ours = write(&layout(), &[one_row()]).unwrap();
    let upload = open(&with_cell(&ours, "C2", "数量（改）"));
    assert_eq!(upload.rows[0].cells["count"], CellValue::Integer(3));
    assert_eq!(
        upload.notes,
        [Note::TitleChanged {
            column: "count".into(),
            found: "数量（改）".into()
        }]
    );
}

/// Overwrites one cell of the first sheet, as a sheet program would.
fn with_cell(workbook: &[u8], reference: &str, text: &str) -> Vec<u8> {
    use std::io::{Cursor, Read, Write};
    let mut archive = zip::ZipArchive::new(Cursor::new(workbook)).unwrap();
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).unwrap();
        let name = entry.name().unwrap().into_owned();
        let mut xml = String::new();
        entry.read_to_string(&mut xml).unwrap();
        if name == "xl/worksheets/sheet1.xml" {
            let start = xml.find(&format!("<c r=\"{reference}\"")).unwrap();
            let end = start + xml[start..].find("</c>").unwrap() + 4;
            let cell = format!("<c r=\"{reference}\" t=\"inlineStr\"><is><t>{text}</t></is></c>");
            xml.replace_range(start..end, &cell);
        }
        out.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        out.write_all(xml.as_bytes()).unwrap();
    }
    out.finish().unwrap().into_inner()
}

#[test]
fn nothing_is_dropped_unsaid() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write_string(0, 0, "某市商务局报送").unwrap();
    for (column, title) in (0_u16..).zip(TITLES) {
        sheet.write_string(2, column, title).unwrap();
    }
    sheet.write_string(3, 1, "甲").unwrap();
    sheet.write_string(4, 1, "  ").unwrap();
    sheet.write_string(7, 1, "乙").unwrap();
    sheet.merge_range(8, 1, 9, 1, "合并", &Format::new()).unwrap();
    sheet.write_number(9, 2, 1).unwrap();
    let second = book.add_worksheet();
    second.set_name("说明").unwrap();
    second.write_string(0, 0, "随便写写").unwrap();
    let upload = open(&book.save_to_buffer().unwrap());
    let rows: Vec<u32> = upload.rows.iter().map(|r| r.sheet_row).collect();
    assert_eq!(rows, [4, 8, 9, 10]);
    assert_eq!(
        upload.notes,
        [
            Note::RowsAboveHead { count: 1 },
            Note::BlankRows { first: 5, last: 7 },
            Note::Merged { range: "B9:B10".into() },
            Note::ExtraSheet {
                name: "说明".into(),
                rows: 1
            },
        ]
    );
    assert_eq!(kinds(&upload), [(10, "name".into(), FaultKind::Required)]);
}

#[test]
fn the_difference_is_reported_by_key() {
    let id = ColumnId::from;
    let current = |key: &str, name: &str, count: i64| CurrentRow {
        key: key.into(),
        cells: BTreeMap::from([
            (id("name"), CellValue::Text(name.into())),
            (id("count"), CellValue::Integer(count)),
        ]),
    };
    let standing = [current("k1", "甲", 1), current("k2", "乙", 2), current("k3", "丙", 3)];
    let csv = "key,单位名称,数量\nk3,丙,三\nk1,甲,5\n,丁,1\nk9,戊,1\nk1,重复,9\n";
    let changes = diff(&open(csv.as_bytes()).rows, &standing);
    let new_row = |name: &str| {
        BTreeMap::from([
            (id("name"), CellValue::Text(name.into())),
            (id("count"), CellValue::Integer(1)),
        ])
    };
    assert_eq!(
        changes,
        [
            Change::Changed {
                key: "k1".into(),
                column: id("count"),
                before: CellValue::Integer(1),
                after: CellValue::Integer(5),
            },
            Change::Added {
                sheet_row: 4,
                key: None,
                cells: new_row("丁")
            },
            Change::Added {
                sheet_row: 5,
                key: Some("k9".into()),
                cells: new_row("戊")
            },
            Change::Missing { key: "k2".into() },
        ]
    );
    assert_eq!(
        diff(&open("key,单位名称,数量\nk1,甲,1\n".as_bytes()).rows, &standing[..1]),
        []
    );
}
