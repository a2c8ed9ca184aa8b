//! Texts in two languages, and in English: what a text prints by itself is in the language of what stands around it.

use document::docx::{Options, file};
use document::model::Document;
use document::resolve::{Resolved, resolve};
use document::source::parse;
use std::io::{Cursor, Read as _};

/// Both languages, with all that may be referred to.
const BOTH: &str = "+++\nbilingual = true\n+++\n\n# 要求 {#need en=\"Requirements\"}\n\n## 外观 {#look}\n\n外观应符合[](#tb)、[](#fig)、[](#eq)、[](#need)和[](#ax)，见[@GB/T 1—2020, 5.2]。\n\n\
    ::: 译文\nThe appearance shall conform to [](#tb), [](#fig), [](#eq), [](#need), [](#look) and [](#ax), see [@GB/T 1—2020, 5.2].\n\n注：A remark.\n\n示例：A case.\n:::\n\n\
    ::: 表 限值 {#tb en=\"Limits\" unit=\"mm\"}\n| 甲 | 乙 |\n|---|---|\n| 1 | 2 |\n:::\n\n\
    ::: 图 结构 {#fig en=\"Structure\"}\n![结构](a.png)\n:::\n\n::: 公式 {#eq}\nS = w\n式中：\nS：得分\n:::\n\n\
    # 附录 记录 {.资料性 #ax en=\"Records\"}\n\n记录。\n";

fn both(source: &str) -> (Document, Resolved) {
    let document = parse(source).document;
    let resolved = resolve(&document);
    (document, resolved)
}

fn html(source: &str) -> String {
    let (document, resolved) = both(source);
    document::html::page(&document, &resolved, &document::html::Options::default())
}

fn program(source: &str) -> String {
    let (document, resolved) = both(source);
    document::typeset::program(&document, &resolved, &document::typeset::Options::default())
}

/// A part of the Word file.
fn word(source: &str, name: &str) -> String {
    let (document, resolved) = both(source);
    let bytes = file(&document, &resolved, &Options::default()).unwrap();
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

/// The words of markup, what stands between `<…>`, with those of fields' codes left out.
fn words(markup: &str) -> String {
    let mut out = String::new();
    let mut rest = markup;
    while let Some((before, after)) = rest.split_once('<') {
        out.push_str(before);
        let Some((tag, after)) = after.split_once('>') else {
            break;
        };
        rest = if tag.starts_with("w:instrText") {
            after.split_once("</w:instrText>").map_or("", |(_, after)| after)
        } else {
            after
        };
        if tag == "/w:p" || tag == "/p" {
            out.push('\n');
        }
    }
    out + rest
}

const TRANSLATED: &str =
    "The appearance shall conform to Table 1, Figure 1, Formula (1), Clause 1, 1.1 and Annex A, see GB/T 1—2020, 5.2.";

#[test]
fn references_of_a_translation_are_in_its_language() {
    let page = html(BOTH);
    let translation = page.split("class=\"translation\" lang=\"en\"").nth(1).unwrap();
    let translation = words(&format!("<{}", translation.split("</figure>").next().unwrap()));
    assert!(translation.contains(TRANSLATED), "{translation}");
    assert!(
        translation.contains("NOTE: ") && translation.contains("EXAMPLE: "),
        "{translation}"
    );
    assert!(words(&page).contains("外观应符合表1、图1、公式（1）、第1章和附录A，见GB/T 1—2020，5.2。"));
    let typeset = program(BOTH);
    for piece in [
        "Table 1",
        "Figure 1",
        "Formula (1)",
        "Clause 1",
        "Annex A",
        ", 5.2",
        "NOTE: ",
    ] {
        assert!(typeset.contains(&format!("\"{piece}\"")), "{piece}");
    }
    let (document, resolved) = both(BOTH);
    let xml = words(&document::sts::print(&document, &resolved));
    assert!(
        xml.contains("Table 1") && xml.contains("Annex A") && xml.contains("Clause 1"),
        "{xml}"
    );
    assert!(xml.contains("表1") && xml.contains("第1章"));
}

#[test]
fn titles_in_the_other_language_have_their_numbers() {
    let page = words(&html(BOTH));
    for title in ["Table 1 — Limits", "Figure 1 — Structure", "Annex A — Records"] {
        assert!(page.contains(title), "{title}: {page}");
    }
    assert!(page.contains("表1 限值") && page.contains("Requirements"));
    let typeset = program(BOTH);
    assert!(typeset.contains("Table 1 — Limits") && typeset.contains("Annex A — Records"));
}

#[test]
fn word_computes_the_numbers_of_both_languages() {
    let xml = word(BOTH, "word/document.xml");
    let text = words(&xml);
    assert!(text.contains(TRANSLATED), "{text}");
    assert!(text.contains("表1　限值Table 1 — Limits"), "{text}");
    assert!(text.contains("NOTE: A remark."), "{text}");
    // The count is a field's in both.
    let named = |name: &str| xml.contains(&format!("w:name=\"{name}\""));
    let codes: Vec<&str> = xml
        .split("> REF ")
        .skip(1)
        .filter_map(|rest| rest.split(' ').next())
        .collect();
    assert!(
        codes.iter().filter(|name| name.ends_with('c')).count() >= 5,
        "{codes:?}"
    );
    assert!(codes.iter().all(|name| named(name)), "{codes:?}");
    assert!(xml.contains("<w:lang w:val=\"en-US\"/></w:rPr><w:t xml:space=\"preserve\">The appearance"));
}

#[test]
fn titles_in_both_languages_come_back_from_word() {
    let (document, resolved) = both(BOTH);
    let bytes = file(&document, &resolved, &Options::default()).unwrap();
    let source = document::import::docx(&crate::import::bare(&bytes), "").unwrap().source;
    for title in [
        "::: 表 限值 {",
        "en=\"Limits\"",
        "单位=\"mm\"",
        "en=\"Records\"",
        "::: 图 结构 {",
        "en=\"Structure\"",
    ] {
        assert!(source.contains(title), "{title}: {source}");
    }
    assert!(!source.contains("<br>"), "{source}");
}

#[test]
fn an_english_text_is_english() {
    let english = BOTH
        .replacen("bilingual = true", "language = \"en\"", 1)
        .replace("::: 译文\n", "")
        .replacen("A case.\n:::", "A case.", 1);
    let page = html(&english);
    assert!(page.starts_with("<!doctype html>\n<html lang=\"en\">"), "{page:.80}");
    let text = words(&page);
    for piece in [TRANSLATED, "Table 1 限值", "Unit: mm", "where", "Annex A"] {
        assert!(text.contains(piece), "{piece}: {text}");
    }
    assert!(page.contains("<span class=\"other\" lang=\"zh-CN\">"));
    let typeset = program(&english);
    assert!(typeset.contains("\" (continued)\"") && typeset.contains("\"Unit: mm\""));
    let xml = words(&word(&english, "word/document.xml"));
    assert!(xml.contains(TRANSLATED) && xml.contains("Table 1　限值"), "{xml}");
    assert!(word(&english, "word/numbering.xml").contains("w:val=\"Annex %1\""));
}
