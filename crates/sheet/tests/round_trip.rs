//! What is written is read back the same, whatever it is.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

use jiff::civil::{Date, date};
use proptest::prelude::*;
use rust_decimal::Decimal;
use sheet::{Cell, CellValue, Column, Kind, Limits, Note, Paper, TableLayout, read, write, write_csv};

fn layout() -> TableLayout {
    let mut layout = TableLayout::new(
        "all-kinds",
        "各类单元格",
        date(2025, 6, 30),
        vec![
            Column::key(),
            Column::new("text", "文本", Kind::Text).editable(),
            Column::new("whole", "数量", Kind::Integer).editable(),
            Column::new("amount", "金额", Kind::Decimal),
            Column::new("day", "日期", Kind::Date).editable(),
        ],
    );
    layout.notes = vec!["演示".into(), "清单版本 2025-1".into(), "数据时间 2025-06-30".into()];
    layout
}

fn any_date() -> impl Strategy<Value = Date> {
    // Before 1900-03-01 a sheet has no serials; such days travel as text.
    (1000_i16..=9999, 1_i8..=12, 1_i8..=28).prop_map(|(y, m, d)| date(y, m, d))
}

fn hostile_text() -> impl Strategy<Value = String> {
    prop_oneof![
        "[^\u{0}]{0,40}",
        Just("=cmd|' /C calc'!A0".to_owned()),
        Just("+1+1".to_owned()),
        Just("-2".to_owned()),
        Just("@SUM(A1)".to_owned()),
        Just("\t=1".to_owned()),
        Just("\r=1".to_owned()),
        Just("'=1".to_owned()),
        Just("'''@x".to_owned()),
        Just(" 前后有空格 ".to_owned()),
        Just("第一行\n第二行\r\n第三行".to_owned()),
        Just("_x000D_".to_owned()),
        Just("_x005F_x000D_".to_owned()),
        Just("<r><t>不是富文本</t></r>".to_owned()),
        Just("<r>_x000D_</t><f>1</f></r>".to_owned()),
        Just("\"引号\",逗号".to_owned()),
        Just("00123".to_owned()),
        Just("1e5".to_owned()),
        Just("TRUE".to_owned()),
    ]
}

fn any_row() -> impl Strategy<Value = Vec<Cell>> {
    (
        hostile_text(),
        proptest::option::of(any::<i64>()),
        proptest::option::of((any::<i64>(), 0_u32..18)),
        proptest::option::of(any_date()),
    )
        .prop_map(|(text, whole, amount, day)| {
            vec![
                Cell::Empty,
                Cell::Text(text),
                whole.map_or(Cell::Empty, Cell::Integer),
                amount.map_or(Cell::Empty, |(n, scale)| Cell::Decimal(Decimal::new(n, scale))),
                day.map_or(Cell::Empty, Cell::Date),
            ]
        })
}

/// Gives every row its key, so that no row is blank.
fn keyed(mut rows: Vec<Vec<Cell>>) -> Vec<Vec<Cell>> {
    for (index, row) in rows.iter_mut().enumerate() {
        row[0] = Cell::Text(format!("k{index}"));
    }
    rows
}

fn assert_same(layout: &TableLayout, bytes: &[u8], rows: &[Vec<Cell>]) {
    let upload = read(bytes, layout, &Limits::default()).unwrap();
    assert_eq!(upload.rows.len(), rows.len());
    for (read, written) in upload.rows.iter().zip(rows) {
        assert_eq!(read.faults, [], "{written:?}");
        assert_eq!(CellValue::Text(read.key.clone().unwrap()), written[0].value());
        for (column, cell) in layout.columns.iter().zip(written).skip(1) {
            assert_eq!(read.cells[&column.id], cell.value(), "{}", column.id);
        }
    }
    assert_eq!(upload.notes, []);
    assert_eq!(upload.unknown_columns, []);
    assert_eq!(upload.missing_columns, []);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn a_workbook_reads_back_as_it_was_written(rows in proptest::collection::vec(any_row(), 0..12)) {
        let (layout, rows) = (layout(), keyed(rows));
        assert_same(&layout, &write(&layout, &rows).unwrap(), &rows);
    }

    #[test]
    fn a_csv_reads_back_as_it_was_written(rows in proptest::collection::vec(any_row(), 0..12)) {
        let (layout, rows) = (layout(), keyed(rows));
        assert_same(&layout, &write_csv(&layout, &rows).unwrap(), &rows);
    }
}

#[test]
fn equal_input_gives_equal_bytes() {
    let layout = layout();
    let rows = vec![vec![
        Cell::Text("k".into()),
        Cell::Text("文本".into()),
        Cell::Integer(1),
        Cell::Decimal("0.1".parse().unwrap()),
        Cell::Date(date(2025, 3, 1)),
    ]];
    assert_eq!(write(&layout, &rows).unwrap(), write(&layout, &rows).unwrap());
    let mut later = layout.clone();
    later.as_of = date(2025, 7, 1);
    assert_ne!(write(&layout, &rows).unwrap(), write(&later, &rows).unwrap());
}

#[test]
fn a_link_is_read_as_its_text_and_only_the_web_is_linked() {
    let layout = TableLayout::new(
        "links",
        "链接",
        date(2025, 6, 30),
        vec![Column::new("a", "来源", Kind::Text)],
    );
    let link = |text: &str, url: &str| {
        vec![Cell::Link {
            text: text.into(),
            url: url.into(),
        }]
    };
    let rows = [
        link("公告", "https://www.example.cn/%E5%85%AC?a=1&b=2"),
        link("危险", "file:///C:/Windows/calc.exe"),
        link("=1+1", "https://example.cn/"),
    ];
    let bytes = write(&layout, &rows).unwrap();
    let upload = read(&bytes, &layout, &Limits::default()).unwrap();
    let texts: Vec<_> = upload.rows.iter().map(|r| r.cells["a"].clone()).collect();
    assert_eq!(
        texts,
        [
            CellValue::Text("公告".into()),
            CellValue::Text("危险 <file:///C:/Windows/calc.exe>".into()),
            CellValue::Text("=1+1".into()),
        ]
    );
    let relations = part(&bytes, "xl/worksheets/_rels/sheet1.xml.rels");
    assert!(
        relations.contains("https://www.example.cn/%E5%85%AC?a=1&amp;b=2"),
        "{relations}"
    );
    assert!(!relations.contains("calc.exe"));
    assert_eq!(bytes, write(&layout, &rows).unwrap());
}

#[test]
fn the_sheet_is_set_up_for_reading_filling_and_printing() {
    let mut layout = layout();
    layout.paper = Paper::A3;
    layout.page_of = "第 {page} 页，共 {pages} 页".into();
    let long: Vec<String> = (0..80).map(|i| format!("牵头单位，第{i}处")).collect();
    layout
        .columns
        .push(Column::new("status", "进展", Kind::Choice(vec!["已启动".into(), "已完成".into()])).editable());
    layout.columns.push(
        Column::new("office", "处室, 单位", Kind::Choice(long.clone()))
            .editable()
            .help("选一个"),
    );
    let row = vec![
        Cell::Text("k".into()),
        Cell::Text("=1".into()),
        Cell::Empty,
        Cell::Empty,
        Cell::Empty,
        Cell::Text("已启动".into()),
        Cell::Text(long[3].clone()),
    ];
    let bytes = write(&layout, &[row]).unwrap();
    let sheet = part(&bytes, "xl/worksheets/sheet1.xml");
    for expected in [
        "<pane ySplit=\"5\" topLeftCell=\"A6\"", // head in row 5, after the title and three notes
        "<autoFilter ref=\"A5:G6\"",
        "orientation=\"landscape\"",
        "paperSize=\"8\"",
        "第 &amp;P 页，共 &amp;N 页",
        "hidden=\"1\"",
        "\"已启动,已完成\"",
        "_biaochi!$K$1:$K$80",
    ] {
        assert!(sheet.contains(expected), "{expected} not in {sheet}");
    }
    assert!(!sheet.contains("<f>"), "a formula was written");
    let book = part(&bytes, "xl/workbook.xml");
    assert!(book.contains("state=\"veryHidden\""));
    assert!(book.contains("Print_Titles"));
    assert!(part(&bytes, "xl/styles.xml").contains("quotePrefix=\"1\""));
    let upload = read(&bytes, &layout, &Limits::default()).unwrap();
    assert_eq!(upload.rows[0].cells["office"], CellValue::Text(long[3].clone()));
    let stamp = upload.stamp.unwrap();
    assert_eq!(
        (stamp.table.as_str(), stamp.layout_version, stamp.head_row),
        ("all-kinds", 1, 5)
    );
}

#[test]
fn a_row_of_the_wrong_width_and_a_text_too_long_are_refused() {
    let layout = TableLayout::new("t", "T", date(2025, 1, 1), vec![Column::new("a", "A", Kind::Text)]);
    let error = write(&layout, &[vec![Cell::Empty, Cell::Empty]]).unwrap_err();
    assert_eq!(error.to_string(), "row 1 has 2 cells, the table has 1 columns");
    let fits = write(&layout, &[vec![Cell::Text("长".repeat(32_767))]]).unwrap();
    let upload = read(&fits, &layout, &Limits::default()).unwrap();
    assert_eq!(upload.rows[0].cells["a"], CellValue::Text("长".repeat(32_767)));
    let error = write(&layout, &[vec![Cell::Text("长".repeat(32_768))]]).unwrap_err();
    assert!(error.to_string().contains("32768 characters"), "{error}");
}

#[test]
fn a_table_without_rows_is_still_a_table() {
    let layout = layout();
    let upload = read(&write(&layout, &[]).unwrap(), &layout, &Limits::default()).unwrap();
    assert_eq!(upload.rows, []);
    assert!(!upload.notes.iter().any(|n| matches!(n, Note::ExtraSheet { .. })));
}

fn part(bytes: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    std::io::Read::read_to_string(&mut archive.by_name(name).unwrap(), &mut text).unwrap();
    text
}

/// A large export is read back whole.
#[test]
fn two_thousand_rows_go_out_and_come_back() {
    let mut layout = layout();
    for i in 0..10 {
        layout
            .columns
            .push(Column::new(&format!("extra{i}"), &format!("附加{i}"), Kind::Text));
    }
    let rows: Vec<Vec<Cell>> = (0..2_000)
        .map(|i| {
            let mut row = vec![
                Cell::Text(format!("k{i}")),
                Cell::Text(format!("第{i}项任务的名称")),
                Cell::Integer(i),
                Cell::Decimal(Decimal::new(i, 2)),
                Cell::Date(date(2025, 3, 1)),
            ];
            row.extend((0..10).map(|c| Cell::Text(format!("附加内容{}", i % 50 + c))));
            row
        })
        .collect();
    let bytes = write(&layout, &rows).unwrap();
    assert_same(&layout, &bytes, &rows);
}
