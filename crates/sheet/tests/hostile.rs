//! Files made to harm are refused with the limit and the value found; none makes the reader panic.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

use std::io::{Cursor, Write};
use std::sync::LazyLock;

use jiff::civil::date;
use proptest::prelude::*;
use sheet::{ArchiveError, Cell, Column, Kind, LimitError, Limits, TableLayout, UploadError, read, write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

fn layout() -> TableLayout {
    TableLayout::new("t", "表", date(2025, 1, 1), vec![Column::new("a", "甲", Kind::Text)])
}

fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
        zip.start_file(*name, options).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A workbook around one sheet's XML.
fn workbook(sheet: &str) -> Vec<u8> {
    const TYPES: &str = r#"<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>"#;
    const ROOT: &str = r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
    const BOOK: &str = r#"<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>"#;
    const RELS: &str = r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#;
    let sheet = format!(
        r#"<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{sheet}</worksheet>"#
    );
    archive(&[
        ("[Content_Types].xml", TYPES.as_bytes()),
        ("_rels/.rels", ROOT.as_bytes()),
        ("xl/workbook.xml", BOOK.as_bytes()),
        ("xl/_rels/workbook.xml.rels", RELS.as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
    ])
}

fn limit_of(bytes: &[u8], limits: &Limits) -> LimitError {
    match read(bytes, &layout(), limits) {
        Err(UploadError::Limit(limit)) => limit,
        other => panic!("expected a limit, got {other:?}"),
    }
}

#[test]
fn a_bomb_is_refused_before_it_is_inflated() {
    let bomb = archive(&[("xl/worksheets/sheet1.xml", &vec![b' '; 16 << 20])]);
    assert!(bomb.len() < 100_000, "the bomb is small: {}", bomb.len());
    match limit_of(&bomb, &Limits::default()) {
        LimitError::Ratio { entry, limit, found } => {
            assert_eq!((entry.as_str(), limit), ("xl/worksheets/sheet1.xml", 200));
            assert!(found > 200, "{found}");
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn many_parts_that_pack_honestly_still_exceed_the_total() {
    // Less than 1 MiB each, so that no ratio is measured.
    let part = vec![b'x'; 900 << 10];
    let names: Vec<String> = (0..8).map(|i| format!("xl/media/{i}.bin")).collect();
    let parts: Vec<(&str, &[u8])> = names.iter().map(|n| (n.as_str(), part.as_slice())).collect();
    let limits = Limits {
        inflated_bytes: 4 << 20,
        ..Limits::default()
    };
    assert_eq!(
        limit_of(&archive(&parts), &limits),
        LimitError::InflatedBytes {
            limit: 4 << 20,
            found: 8 * (900 << 10)
        }
    );
}

/// Writes another uncompressed size over the true one, in the local header and in the directory.
fn lie(bytes: &mut [u8], truth: u32, lie: u32) -> usize {
    let (mut lies, mut at) = (0, 0);
    while at + 30 < bytes.len() {
        let offset = match &bytes[at..at + 4] {
            b"PK\x03\x04" => 22,
            b"PK\x01\x02" => 24,
            _ => {
                at += 1;
                continue;
            }
        };
        let field = &mut bytes[at + offset..at + offset + 4];
        if field == truth.to_le_bytes() {
            field.copy_from_slice(&lie.to_le_bytes());
            lies += 1;
        }
        at += 4;
    }
    lies
}

#[test]
fn a_lying_header_does_not_help() {
    let truth: u32 = 12 << 20;
    let mut bomb = archive(&[("xl/worksheets/sheet1.xml", &vec![b' '; truth as usize])]);
    assert_eq!(lie(&mut bomb, truth, 1000), 2, "both headers were rewritten");
    assert_eq!(
        limit_of(&bomb, &Limits::default()),
        LimitError::LyingHeader {
            entry: "xl/worksheets/sheet1.xml".into(),
            declared: 1000,
            found: 1001
        }
    );
    let mut empty_promise = archive(&[("a.xml", b"short")]);
    assert_eq!(lie(&mut empty_promise, 5, 500), 2);
    assert_eq!(
        limit_of(&empty_promise, &Limits::default()),
        LimitError::LyingHeader {
            entry: "a.xml".into(),
            declared: 500,
            found: 5
        }
    );
}

#[test]
fn sizes_counts_and_archives_within_are_refused() {
    let limits = Limits {
        file_bytes: 100,
        ..Limits::default()
    };
    assert_eq!(
        limit_of(&[b'a'; 101], &limits),
        LimitError::FileBytes { limit: 100, found: 101 }
    );

    let names: Vec<String> = (0..2001).map(|i| i.to_string()).collect();
    let parts: Vec<(&str, &[u8])> = names.iter().map(|n| (n.as_str(), b"".as_slice())).collect();
    assert_eq!(
        limit_of(&archive(&parts), &Limits::default()),
        LimitError::Entries {
            limit: 2000,
            found: 2001
        }
    );

    let inner = archive(&[("a", b"a")]);
    for name in ["xl/embeddings/inner.zip", "xl/media/picture.png"] {
        assert_eq!(
            limit_of(&archive(&[(name, &inner)]), &Limits::default()),
            LimitError::NestedArchive { entry: name.into() }
        );
    }

    let macros = archive(&[("xl/vbaProject.bin", b"x")]);
    let error = read(&macros, &layout(), &Limits::default()).unwrap_err();
    assert!(matches!(error, UploadError::Archive(ArchiveError::Macros)), "{error:?}");
}

#[test]
fn far_cells_and_repeated_texts_are_refused() {
    let text = |cell: &str, text: &str| format!(r#"<c r="{cell}" t="inlineStr"><is><t>{text}</t></is></c>"#);
    let sheet = |rows: &str| workbook(&format!("<sheetData>{rows}</sheetData>"));
    let head = format!(r#"<row r="1">{}</row>"#, text("A1", "甲"));

    let far = sheet(&format!(r#"{head}<row r="200001">{}</row>"#, text("A200001", "x")));
    assert_eq!(
        limit_of(&far, &Limits::default()),
        LimitError::Rows {
            sheet: "S".into(),
            limit: 200_000,
            found: 200_001
        }
    );
    let wide = sheet(&format!(r#"{head}<row r="2">{}</row>"#, text("IW2", "x")));
    assert_eq!(
        limit_of(&wide, &Limits::default()),
        LimitError::Columns {
            sheet: "S".into(),
            limit: 256,
            found: 257
        }
    );
    let long = sheet(&format!(
        r#"{head}<row r="2">{}</row>"#,
        text("A2", &"长".repeat(32_768))
    ));
    assert_eq!(
        limit_of(&long, &Limits::default()),
        LimitError::CellText {
            sheet: "S".into(),
            row: 2,
            column: 1,
            limit: 32_767,
            found: 32_768
        }
    );
    let accepted = sheet(&format!(
        r#"{head}<row r="200000">{}</row>"#,
        text("A200000", &"长".repeat(32_767))
    ));
    let upload = read(&accepted, &layout(), &Limits::default()).unwrap();
    assert_eq!(upload.rows[0].sheet_row, 200_000);

    let limits = Limits {
        total_text: 20,
        ..Limits::default()
    };
    let rows: Vec<String> = (2..10)
        .map(|i| format!(r#"<row r="{i}">{}</row>"#, text(&format!("A{i}"), "abcd")))
        .collect();
    let rows = rows.concat();
    assert_eq!(
        limit_of(&sheet(&format!("{head}{rows}")), &limits),
        LimitError::TotalText { limit: 20, found: 23 }
    );
    let limits = Limits {
        cells: 3,
        ..Limits::default()
    };
    assert_eq!(
        limit_of(&sheet(&format!("{head}{rows}")), &limits),
        LimitError::Cells { limit: 3, found: 4 }
    );
}

#[test]
fn entities_are_not_expanded() {
    let bytes = workbook(
        r#"<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>&b;</t></is></c></row></sheetData>"#,
    );
    let error = read(&bytes, &layout(), &Limits::default()).unwrap_err();
    assert!(matches!(error, UploadError::Unreadable { .. }), "{error:?}");
}

#[test]
fn what_is_no_workbook_is_named() {
    let read = |bytes: &[u8]| read(bytes, &layout(), &Limits::default()).unwrap_err();
    assert!(matches!(read(b""), UploadError::Empty));
    assert!(matches!(
        read(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"),
        UploadError::OldOrProtected
    ));
    assert!(matches!(
        read(b"PK\x03\x04 cut off"),
        UploadError::Archive(ArchiveError::Damaged(_))
    ));
    assert!(matches!(
        read(&archive(&[("word/document.xml", b"<w/>")])),
        UploadError::Unreadable { .. }
    ));
    assert!(matches!(read("乙,丙\n1,2\n".as_bytes()), UploadError::NoHead { .. }));
    // 甲,1 in GB18030, as Excel saves plain CSV on a Chinese system.
    let message = read(b"\xBC\xD7,1\r\n").to_string();
    assert!(
        message.contains("GB18030") && message.contains("CSV UTF-8"),
        "{message}"
    );
}

/// A dimension that ends before it begins makes the sheet reader overflow; the file is refused, not the process.
#[test]
fn a_backward_dimension_is_only_an_unreadable_file() {
    let bytes = workbook(
        r#"<dimension ref="B5:A1"/><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>甲</t></is></c></row></sheetData>"#,
    );
    match read(&bytes, &layout(), &Limits::default()) {
        Ok(upload) => assert_eq!(upload.head_row, 1),
        Err(UploadError::Unreadable { .. }) => {}
        Err(other) => panic!("{other:?}"),
    }
}

static SOUND: LazyLock<Vec<u8>> = LazyLock::new(|| write(&layout(), &[vec![Cell::Text("值".into())]]).unwrap());

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn altered_bytes_never_panic(at in any::<proptest::sample::Index>(), byte in any::<u8>(), cut in any::<proptest::sample::Index>()) {
        let mut bytes = SOUND.clone();
        let index = at.index(bytes.len());
        bytes[index] = byte;
        let _ = read(&bytes, &layout(), &Limits::default());
        bytes.truncate(cut.index(bytes.len()));
        let _ = read(&bytes, &layout(), &Limits::default());
    }

    #[test]
    fn any_sheet_text_never_panics(xml in "(<row( r=\"[0-9]{1,8}\")?>|</row>|<c( r=\"[A-Z]{1,4}[0-9]{1,8}\")?( t=\"(s|n|b|e|d|str|inlineStr)\")?( s=\"[0-9]\")?>|<v>[0-9#A-Z!.e-]{0,6}</v>|<f( t=\"shared\" si=\"[0-9]{1,12}\")?>A1</f>|</c>|<is><t>甲</t></is>){0,20}") {
        let _ = read(&workbook(&format!("<sheetData>{xml}</sheetData>")), &layout(), &Limits::default());
    }

    #[test]
    fn any_text_is_a_csv_or_an_error(text in "\\PC{0,200}") {
        let _ = read(text.as_bytes(), &layout(), &Limits::default());
    }
}
