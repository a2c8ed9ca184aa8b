//! Damaged workbooks and damaged CSV: rows, faults or a refusal, never a panic; and what was found can be marked.
#![allow(clippy::unwrap_used, reason = "tests")]

use fuzz::Fuzz;
use jiff::civil::date;
use sheet::{
    Cell, Column, Fault, Kind, Limits, TableLayout, UploadError, diff, mark, read, read_day, read_number, write,
    write_csv,
};
use std::io::{Cursor, Read, Write};
use zip::{CompressionMethod, ZipArchive, ZipWriter, write::SimpleFileOptions};

fn layout() -> TableLayout {
    TableLayout::new(
        "outcomes",
        "成果台账",
        date(2025, 6, 30),
        vec![
            Column::key(),
            Column::new("name", "单位名称", Kind::Text).required().max_chars(20),
            Column::new("count", "数量", Kind::Integer).editable(),
            Column::new("amount", "金额（万元）", Kind::Decimal).editable(),
            Column::new("done", "完成日期", Kind::Date).editable(),
            Column::new("status", "进展", Kind::Choice(vec!["已启动".into(), "已完成".into()])).editable(),
        ],
    )
}

fn rows() -> Vec<Vec<Cell>> {
    let row = |key: &str, name: &str, count: i64| {
        vec![
            Cell::Text(key.to_owned()),
            Cell::Text(name.to_owned()),
            Cell::Integer(count),
            Cell::Decimal("12.50".parse().unwrap()),
            Cell::Date(date(2025, 3, 1)),
            Cell::Text("已启动".to_owned()),
        ]
    };
    vec![
        row("a-1", "南京市商务局", 3),
        row("a-2", "=cmd|' /C calc'!A0", -7),
        row("a-3", "成都\"商务\"局\n", 0),
    ]
}

/// Reads it as an upload; whatever was found is marked in it, and the marked one can be read again.
fn upload(bytes: &[u8]) {
    let layout = layout();
    let limits = Limits::default();
    let Ok(upload) = read(bytes, &layout, &limits) else {
        return;
    };
    let _ = diff(&upload.rows, &[]);
    let faults: Vec<Fault> = upload.faults().cloned().collect();
    let marked = mark(&upload, &layout, &faults, "原因", |fault| format!("{:?}", fault.kind)).unwrap();
    match read(&marked, &layout, &limits) {
        Ok(_) | Err(UploadError::Limit(_)) => {}
        Err(other) => panic!("what we marked ourselves cannot be read: {other}"),
    }
}

#[test]
fn bytes_that_are_no_workbook() {
    let good = write(&layout(), &rows()).unwrap();
    Fuzz::new("xlsx bytes")
        .rounds(300)
        .bytes(&[&good], &[b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"], upload);
}

/// Each part of a good workbook is damaged within a sound archive, so that the damage reaches the reader of XML.
#[test]
fn workbooks_with_a_damaged_part() {
    let good = write(&layout(), &rows()).unwrap();
    let mut archive = ZipArchive::new(Cursor::new(good)).unwrap();
    let mut parts: Vec<(String, Vec<u8>)> = Vec::new();
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).unwrap();
        let mut content = Vec::new();
        entry.read_to_end(&mut content).unwrap();
        parts.push((entry.name().unwrap().into_owned(), content));
    }
    let words: &[&[u8]] = &[
        b"<c r=\"B5\" t=\"s\"><v>",
        b"</v></c>",
        b"<v>99999999999</v>",
        b"r=\"XFD1048576\"",
        b"t=\"inlineStr\"",
        b"<f>",
        b"&#0;",
        b"&lt;",
        b"<!DOCTYPE x [<!ENTITY a \"b\">]>",
        b"<mergeCell ref=\"A1:XFD1048576\"/>",
        b"1e308",
        b"-1",
        b"s=\"99\"",
        b"<row r=\"0\">",
    ];
    for (damaged, content) in parts.clone() {
        if !damaged.starts_with("xl/") {
            continue;
        }
        Fuzz::new("xlsx part").rounds(120).bytes(&[&content], words, |bytes| {
            let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
            for (name, content) in &parts {
                let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
                zip.start_file(name.as_str(), options).unwrap();
                zip.write_all(if *name == damaged { bytes } else { content }).unwrap();
            }
            upload(&zip.finish().unwrap().into_inner());
        });
    }
}

#[test]
fn damaged_csv() {
    let good = write_csv(&layout(), &rows()).unwrap();
    let words: &[&[u8]] = &[
        b"\"",
        b"\"\"",
        b",",
        b"\r\n",
        b";",
        b"\t",
        "单位名称".as_bytes(),
        "已启动".as_bytes(),
        b"2025-02-30",
        b"1e9",
        b"\xc4\xcf\xbe\xa9",
        b"\xef\xbb\xbf",
        b"\xff\xfe",
    ];
    Fuzz::new("csv")
        .rounds(400)
        .bytes(&[&good, b"key,count\r\na-1,3\r\n"], words, upload);
}

#[test]
fn days_and_numbers_as_people_write_them() {
    let corpus = [
        "2025-03-01",
        "2025年3月1日",
        "20250301",
        "２０２５．３．１",
        "1,234.50",
        "－3",
        "12.5%",
        "1e5",
        "45717",
    ];
    Fuzz::new("cells").rounds(6_000).text(
        &corpus,
        &["年", "月", "日", "-", ".", ",", "%", "0", "99999999999999999999"],
        |text| {
            let _ = read_day(text);
            if let Some(number) = read_number(text) {
                assert_eq!(read_number(&number.to_string()), Some(number));
            }
        },
    );
}
