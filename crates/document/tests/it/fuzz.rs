//! Sources, Word files and XML that nobody wrote on purpose: reading them ends, and never in a panic.

use crate::import::{pack, with_body};
use crate::round_trip::PIECES;
use ::fuzz::Fuzz;
use document::docx::{Options, file};
use document::import::{docx, sts};
use document::lint::{Profile, lint};
use document::resolve::resolve;
use document::source::{parse, print};

const NUMBERED: &str = include_str!("texts/numbered.md");
const EVERY_FORM: &str = include_str!("texts/every_form.md");

/// Examples and texts of the dialect, torn and put together anew: every finding has a place, every fix is one, and what is
/// printed reads back as the same text.
#[test]
fn damaged_sources_are_read_printed_and_checked() {
    let shelf = crate::shelf::texts();
    let mut corpus = vec![NUMBERED, EVERY_FORM];
    corpus.extend(shelf.iter().map(|(_, text)| text.as_str()));
    Fuzz::new("source").rounds(500).text(&corpus, PIECES, |text| {
        let parsed = parse(text);
        let resolved = resolve(&parsed.document);
        let told = lint(&parsed.document, &resolved, Profile::default());
        for finding in parsed.findings.iter().chain(&resolved.findings).chain(&told) {
            assert!(finding.span.start <= finding.span.end, "{finding:?}");
        }
        let _ = document::finding::apply(text, told.iter().filter_map(|finding| finding.fix.as_ref()));
        let printed = print(&parsed.document);
        let again = print(&parse(&printed).document);
        let other = again.lines().zip(printed.lines()).find(|(again, first)| again != first);
        assert!(again == printed, "{other:?}");
    });
}

/// Whatever comes back is canonical.
fn holds(bytes: &[u8]) {
    if let Ok(imported) = docx(bytes, "甲.files") {
        let again = print(&parse(&imported.source).document);
        assert!(imported.source == again, "not canonical: {:?}", imported.source);
        assert!(imported.report.blocks.iter().all(|block| block.confidence <= 100));
    }
}

#[test]
fn damaged_files_are_read_or_refused() {
    let built = |text: &str| {
        let document = parse(text).document;
        file(&document, &resolve(&document), &Options::default()).unwrap()
    };
    let (one, other) = (built(NUMBERED), built(EVERY_FORM));
    Fuzz::new("docx").rounds(60).bytes(
        &[one.as_slice(), other.as_slice()],
        &[b"PK", b"word/document.xml"],
        holds,
    );
}

/// What stands in a body: elements whole and torn.
const WORDS: &[&str] = &[
    "<w:p>",
    "</w:p>",
    "<w:r>",
    "</w:r>",
    "<w:t>",
    "</w:t>",
    "<w:p/>",
    "<w:tbl>",
    "</w:tbl>",
    "<w:tr>",
    "</w:tr>",
    "<w:tc>",
    "</w:tc>",
    "<w:tcPr><w:gridSpan w:val=\"3\"/></w:tcPr>",
    "<w:tcPr><w:vMerge/></w:tcPr>",
    "<w:tcPr><w:vMerge w:val=\"restart\"/></w:tcPr>",
    "<w:tcPr><w:gridSpan w:val=\"99999999\"/></w:tcPr>",
    "<w:fldChar w:fldCharType=\"begin\"/>",
    "<w:fldChar w:fldCharType=\"separate\"/>",
    "<w:fldChar w:fldCharType=\"end\"/>",
    "<w:instrText> REF a \\r </w:instrText>",
    "<w:instrText>TOC</w:instrText>",
    "<w:pPr><w:outlineLvl w:val=\"2\"/></w:pPr>",
    "<w:pPr><w:jc w:val=\"center\"/></w:pPr>",
    "<w:br/>",
    "<w:tab/>",
    "<m:oMath>",
    "</m:oMath>",
    "<m:f><m:num/></m:f>",
    "<m:r><m:t>x</m:t></m:r>",
    "<m:d><m:e/></m:d>",
    "<w:ins>",
    "</w:ins>",
    "<w:del><w:r><w:delText>甲</w:delText></w:r></w:del>",
    "<w:bookmarkStart w:name=\"a\"/>",
    "<w:hyperlink w:anchor=\"a\">",
    "</w:hyperlink>",
    "<w:rPr><w:b/></w:rPr>",
    "<w:rPr><w:vertAlign w:val=\"superscript\"/></w:rPr>",
    "1 范围",
    "5.2 外观",
    "附录A（规范性）",
    "附件1",
    "第一条　",
    "一、",
    "（一）",
    "1. ",
    "见表1",
    "本办法第一条",
    "表1 甲",
    "图1 乙",
    "注1：",
    "示例：",
    "——",
    "a) ",
    "1) ",
    "式中：",
    "S——得分",
    "[来源：",
    "术语和定义",
    "规范性引用文件",
    "目次",
    "。",
    "：：：",
    "```",
    "|",
    "<!--",
    "+++",
];

#[test]
fn bodies_of_any_shape_are_read_or_refused() {
    let good = [
        "<w:p><w:r><w:t>1 范围</w:t></w:r></w:p><w:p><w:r><w:t>甲。</w:t></w:r></w:p>",
        "<w:p><w:r><w:t>3 术语和定义</w:t></w:r></w:p><w:p><w:r><w:rPr><w:b/></w:rPr><w:t>甲 word</w:t></w:r></w:p><w:p><w:r>\
         <w:t>乙。</w:t></w:r></w:p>",
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>甲</w:t></w:r></w:p></w:tc><w:tc><w:p/></w:tc></w:tr></w:tbl>",
    ];
    Fuzz::new("docx body").rounds(1_500).text(&good, WORDS, |text| {
        holds(&with_body(text));
        let styled = format!("<w:p><w:pPr><w:pStyle w:val=\"a\"/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>");
        holds(&pack(&[
            ("word/document.xml", &styled),
            ("word/styles.xml", text),
            ("word/numbering.xml", text),
        ]));
    });
}

/// Bodies that other programs wrote, with their own styles and lists.
#[test]
fn bodies_of_other_programs_are_read_or_refused() {
    use std::io::{Cursor, Read as _};
    for file in crate::foreign::files() {
        let mut archive = zip::ZipArchive::new(Cursor::new(&file.bytes)).unwrap();
        let mut part = |name: &str| {
            let mut text = String::new();
            if let Ok(mut part) = archive.by_name(name) {
                part.read_to_string(&mut text).unwrap();
            }
            text
        };
        let (body, styles, lists) = (
            part("word/document.xml"),
            part("word/styles.xml"),
            part("word/numbering.xml"),
        );
        Fuzz::new("docx of others").rounds(12).text(&[&body], WORDS, |text| {
            let mut parts = vec![("word/document.xml", text), ("word/styles.xml", styles.as_str())];
            if !lists.is_empty() {
                parts.push(("word/numbering.xml", &lists));
            }
            holds(&pack(&parts));
        });
    }
}

/// Words that begin a mention or a mark, over and over in one line and in many: nothing looks back over all of it.
#[test]
fn what_repeats_is_read() {
    for piece in [
        "表1",
        "第",
        "第1条",
        "本办法第一条",
        "见1.1",
        "附录A",
        "附件1",
        "A",
        "（一）",
        "1. ",
        "①",
    ] {
        let line = |text: &str| format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>");
        holds(&with_body(&(line("表1") + &line(&piece.repeat(10_000)))));
        holds(&with_body(&line(&format!("{piece}甲")).repeat(1_000)));
    }
}

#[test]
fn torn_xml_is_read_or_refused() {
    let written = |text: &str| {
        let document = parse(text).document;
        document::sts::print(&document, &resolve(&document))
    };
    let (one, other) = (written(NUMBERED), written(EVERY_FORM));
    let words = [
        "<sec>",
        "</sec>",
        "<p>",
        "</p>",
        "<label>",
        "<title>甲</title>",
        "<list>",
        "<list-item>",
        "<table-wrap>",
        "<table>",
        "<tr>",
        "<td colspan=\"9999999\">",
        "<td rowspan=\"3\">",
        "<term-sec>",
        "<tbx:termEntry>",
        "<disp-formula>",
        "<tex-math>",
        "<xref rid=\"a\">",
        "<std><std-ref>GB/T 1.1—2020</std-ref>",
        "<preformat preformat-type=\"data\">",
        "<app>",
        "\u{202f}",
    ];
    Fuzz::new("sts").rounds(300).text(&[&one, &other], &words, |text| {
        if let Ok(imported) = sts(text.as_bytes()) {
            let again = print(&parse(&imported.source).document);
            assert!(imported.source == again, "not canonical: {:?}", imported.source);
        }
    });
}
