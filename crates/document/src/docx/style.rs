//! The styles: named as those of the drafting template (`标准文件_…`), so that who drafts in Word finds what is known.

use super::style_cover::COVER;
use super::style_name::{CODE, EMPHASIS, LINK, NOTE_MARK, STRONG, TABLE, TEXT, VARIABLE};
use super::style_text::PARAGRAPHS;

/// A style as it is printed.
pub(super) struct Style {
    pub id: &'static str,
    pub name: &'static str,
    pub based_on: &'static str,
    pub paragraph: &'static str,
    pub run: &'static str,
}

pub(super) const fn style(
    id: &'static str,
    name: &'static str,
    based_on: &'static str,
    paragraph: &'static str,
    run: &'static str,
) -> Style {
    Style {
        id,
        name,
        based_on,
        paragraph,
        run,
    }
}

const HEI: &str = "<w:rFonts w:ascii=\"Times New Roman\" w:hAnsi=\"Times New Roman\" w:eastAsia=\"黑体\"/>";
pub(super) const CENTRE: &str = "<w:ind w:firstLine=\"0\"/><w:jc w:val=\"center\"/>";
pub(super) const FLUSH: &str = "<w:ind w:firstLine=\"0\"/>";

/// Sizes in half points: 26 pt 一号, 16 三号, 14 四号, 10.5 五号 (the default), 9 小五.
const YI: &str = "<w:sz w:val=\"52\"/><w:szCs w:val=\"52\"/>";
const SAN: &str = "<w:sz w:val=\"32\"/><w:szCs w:val=\"32\"/>";
const SI: &str = "<w:sz w:val=\"28\"/><w:szCs w:val=\"28\"/>";
const XIAOWU: &str = "<w:sz w:val=\"18\"/><w:szCs w:val=\"18\"/>";

/// Run properties by words, in the order of the schema.
fn run_properties(words: &str) -> String {
    words
        .split_whitespace()
        .map(|word| match word {
            "HEI" => HEI,
            "YI" => YI,
            "SAN" => SAN,
            "SI" => SI,
            "XIAOWU" => XIAOWU,
            "SMALL" => "<w:sz w:val=\"8\"/><w:szCs w:val=\"8\"/>",
            "MONO" => "<w:rFonts w:ascii=\"Consolas\" w:hAnsi=\"Consolas\" w:eastAsia=\"宋体\"/>",
            "EMBLEM" => "<w:rFonts w:ascii=\"Times New Roman\" w:hAnsi=\"Times New Roman\" w:eastAsia=\"黑体\"/><w:b/><w:sz w:val=\"96\"/><w:szCs w:val=\"96\"/>",
            "CLASS" => "<w:rFonts w:ascii=\"Times New Roman\" w:hAnsi=\"Times New Roman\" w:eastAsia=\"黑体\"/><w:b/><w:spacing w:val=\"60\"/><w:sz w:val=\"48\"/><w:szCs w:val=\"48\"/>",
            "PUBLISHER" => "<w:rFonts w:ascii=\"Times New Roman\" w:hAnsi=\"Times New Roman\" w:eastAsia=\"黑体\"/><w:b/><w:sz w:val=\"32\"/><w:szCs w:val=\"32\"/>",
            _ => "",
        })
        .collect()
}

const CHARACTERS: [(&str, &str, &str); 6] = [
    (STRONG, "标准文件_着重", HEI),
    (EMPHASIS, "标准文件_强调", "<w:em w:val=\"dot\"/>"),
    (
        CODE,
        "标准文件_代码字",
        "<w:rFonts w:ascii=\"Consolas\" w:hAnsi=\"Consolas\"/>",
    ),
    (VARIABLE, "标准文件_变量", "<w:i/>"),
    (LINK, "Hyperlink", ""),
    (NOTE_MARK, "标准文件_脚注号", "<w:vertAlign w:val=\"superscript\"/>"),
];

/// The part `word/styles.xml`.
pub(super) fn styles(language: &str) -> String {
    let mut out = format!(
        "{}<w:styles xmlns:w=\"{}\"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii=\"Times New Roman\" \
         w:hAnsi=\"Times New Roman\" w:eastAsia=\"宋体\" w:cs=\"Times New Roman\"/><w:sz w:val=\"21\"/><w:szCs \
         w:val=\"21\"/><w:lang w:val=\"en-US\" w:eastAsia=\"{language}\" w:bidi=\"ar-SA\"/></w:rPr></w:rPrDefault>\
         <w:pPrDefault/></w:docDefaults><w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name \
         w:val=\"Normal\"/><w:qFormat/><w:pPr><w:widowControl w:val=\"0\"/><w:spacing w:line=\"320\" \
         w:lineRule=\"atLeast\"/><w:jc w:val=\"both\"/></w:pPr></w:style><w:style w:type=\"character\" w:default=\"1\" \
         w:styleId=\"DefaultFont\"><w:name w:val=\"Default Paragraph Font\"/></w:style><w:style w:type=\"table\" \
         w:default=\"1\" w:styleId=\"TableNormal\"><w:name w:val=\"Normal Table\"/><w:tblPr><w:tblCellMar><w:left \
         w:w=\"80\" w:type=\"dxa\"/><w:right w:w=\"80\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr></w:style>",
        super::package::HEAD,
        super::page::WORD
    );
    for style in PARAGRAPHS.iter().chain(&COVER) {
        let run = run_properties(style.run);
        let run = if run.is_empty() {
            run
        } else {
            format!("<w:rPr>{run}</w:rPr>")
        };
        let custom = if style.name.starts_with("标准文件_") {
            " w:customStyle=\"1\""
        } else {
            ""
        };
        let next = if style.paragraph.contains("outlineLvl") {
            format!("<w:next w:val=\"{TEXT}\"/>")
        } else {
            String::new()
        };
        out.push_str(&format!(
            "<w:style w:type=\"paragraph\"{custom} w:styleId=\"{}\"><w:name w:val=\"{}\"/><w:basedOn w:val=\"{}\"/>{next}\
             <w:qFormat/><w:pPr>{}</w:pPr>{run}</w:style>",
            style.id, style.name, style.based_on, style.paragraph
        ));
    }
    for (id, name, run) in CHARACTERS {
        let custom = if name.starts_with("标准文件_") {
            " w:customStyle=\"1\""
        } else {
            ""
        };
        out.push_str(&format!(
            "<w:style w:type=\"character\"{custom} w:styleId=\"{id}\"><w:name w:val=\"{name}\"/><w:rPr>{run}</w:rPr></w:style>"
        ));
    }
    out.push_str(&format!(
        "<w:style w:type=\"table\" w:customStyle=\"1\" w:styleId=\"{TABLE}\"><w:name w:val=\"标准文件_表\"/><w:basedOn \
         w:val=\"TableNormal\"/><w:tblPr><w:jc w:val=\"center\"/><w:tblBorders><w:top w:val=\"single\" w:sz=\"8\" w:space=\"0\" \
         w:color=\"auto\"/><w:left w:val=\"single\" w:sz=\"8\" w:space=\"0\" w:color=\"auto\"/><w:bottom w:val=\"single\" \
         w:sz=\"8\" w:space=\"0\" w:color=\"auto\"/><w:right w:val=\"single\" w:sz=\"8\" w:space=\"0\" w:color=\"auto\"/>\
         <w:insideH w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"auto\"/><w:insideV w:val=\"single\" w:sz=\"4\" \
         w:space=\"0\" w:color=\"auto\"/></w:tblBorders></w:tblPr></w:style></w:styles>"
    ));
    out
}
