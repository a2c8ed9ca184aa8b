//! Which kinds of files are taken.

use ledger::files::{Media, Refusal, media_type};
use proptest::prelude::*;
use std::io::{Cursor, Write};
use zip::{ZipWriter, write::SimpleFileOptions};

/// The first 512 bytes of an archive of these entries.
fn archive(entries: &[&str]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for entry in entries {
        writer.start_file(*entry, SimpleFileOptions::default()).unwrap();
        writer
            .write_all("<some content that is long enough to matter/>".as_bytes())
            .unwrap();
    }
    let mut bytes = writer.finish().unwrap().into_inner();
    bytes.truncate(512);
    bytes
}

#[test]
fn each_kind_is_known_by_content_and_name() {
    let docx = archive(&["[Content_Types].xml", "_rels/.rels", "word/document.xml"]);
    let xlsx = archive(&["[Content_Types].xml", "_rels/.rels", "xl/workbook.xml"]);
    let undecided = archive(&["[Content_Types].xml"]);
    let zip = archive(&["方案/一.pdf"]);
    let gbk = b"\xd0\xf2\xba\xc5,\xc8\xce\xce\xf1\r\n1,\xc4\xcf\xc9\xb3\r\n"; // 序号,任务 1,南沙
    let cases: [(&[u8], &str, Media); 15] = [
        (b"%PDF-1.4\n", "方案.pdf", Media::Pdf),
        (b"%PDF-1.4\n", "方案.PDF", Media::Pdf),
        (b"%PDF-1.4\n", "方案", Media::Pdf),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "图.png", Media::Png),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "图.jpeg", Media::Jpeg),
        (&docx, "附件1.docx", Media::Docx),
        (&docx, "附件1", Media::Docx),
        (&undecided, "附件1.docx", Media::Docx),
        (&xlsx, "清单.xlsx", Media::Xlsx),
        (&undecided, "清单.xlsx", Media::Xlsx),
        (&zip, "材料.zip", Media::Zip),
        (&docx, "材料.zip", Media::Zip),
        ("序号,任务\n1,南沙\n".as_bytes(), "清单.csv", Media::Text),
        (gbk, "清单.csv", Media::Text),
        (b"\xff\xfe\x8f\x5e", "清单.txt", Media::Text),
    ];
    for (first, name, media) in cases {
        assert_eq!(media_type(first, name), Ok(media), "{name}");
    }
}

#[test]
fn what_is_not_taken_is_refused_with_its_reason() {
    let docx = archive(&["[Content_Types].xml", "_rels/.rels", "word/document.xml"]);
    let plain = archive(&["a.txt"]);
    let cases: [(&[u8], &str, Refusal); 20] = [
        (b"", "空.pdf", Refusal::Empty),
        (b"MZ\x90\0\x03", "方案.pdf", Refusal::Program),
        (b"\x7fELF\x02", "方案", Refusal::Program),
        (b"#!/bin/sh\n", "run.txt", Refusal::Program),
        (b"rem hello", "run.BAT", Refusal::Program),
        (b"<!DOCTYPE html>", "页.txt", Refusal::Active),
        (b"\xef\xbb\xbf  <HTML>", "页", Refusal::Active),
        (b"<svg xmlns=", "图.svg", Refusal::Active),
        (b"<?xml version=", "x.xml", Refusal::Active),
        (&docx, "宏.docm", Refusal::Macros),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "旧.doc", Refusal::OldOffice),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "旧.docx", Refusal::OldOffice),
        (b"anything", "旧.wps", Refusal::OldOffice),
        (
            b"%PDF-1.4\n",
            "方案.docx",
            Refusal::Disagrees {
                named: Media::Docx,
                found: Some(Media::Pdf),
            },
        ),
        (
            b"just text",
            "方案.pdf",
            Refusal::Disagrees {
                named: Media::Pdf,
                found: Some(Media::Text),
            },
        ),
        (
            &docx,
            "清单.xlsx",
            Refusal::Disagrees {
                named: Media::Xlsx,
                found: Some(Media::Docx),
            },
        ),
        (
            &plain,
            "方案.docx",
            Refusal::Disagrees {
                named: Media::Docx,
                found: Some(Media::Zip),
            },
        ),
        (
            b"\x00\x01\x02",
            "方案.txt",
            Refusal::Disagrees {
                named: Media::Text,
                found: None,
            },
        ),
        (b"GIF89a", "图.gif", Refusal::Unknown),
        (b"\x00\x01\x02", "方案", Refusal::Unknown),
    ];
    for (first, name, why) in cases {
        assert_eq!(media_type(first, name), Err(why), "{name}");
    }
}

#[test]
fn a_text_cut_within_a_character_is_still_text() {
    let text = "推进内外贸一体化".as_bytes();
    for cut in 1..=text.len() {
        assert_eq!(
            media_type(&text[..cut], "任务.txt"),
            Ok(Media::Text),
            "cut after {cut} bytes"
        );
    }
}

proptest! {
    #[test]
    fn any_text_that_is_no_markup_is_text(text in "[\\p{Han}a-zA-Z0-9,。、\n]{1,60}") {
        prop_assume!(!text.starts_with("MZ"));
        prop_assert_eq!(media_type(text.as_bytes(), "说明.txt"), Ok(Media::Text));
    }

    #[test]
    fn nothing_is_taken_under_a_name_of_another_kind(first in proptest::collection::vec(any::<u8>(), 0..600), name in ".{0,20}") {
        if let Ok(media) = media_type(&first, &name) {
            prop_assert!(Media::ALL.contains(&media));
            let renamed = format!("x.{}", media.extension());
            prop_assert!(media_type(&first, &renamed).is_ok());
        }
    }
}
