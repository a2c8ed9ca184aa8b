//! The body of a document as WordprocessingML, and the addresses that it leads to.

use super::{Block, Document, Run, escaped};

/// Width of the text area of GB/T 9704 (156 mm) in twentieths of a point.
const TEXT_WIDTH: u32 = 8845;

/// The body's XML, and the addresses of its links in order: link n is relationship `link{n}`.
pub(super) fn body(document: &Document) -> (String, Vec<String>) {
    let mut links = Vec::new();
    let mut xml = String::new();
    for block in &document.blocks {
        draw(block, &mut xml, &mut links);
    }
    (xml, links)
}

fn draw(block: &Block, xml: &mut String, links: &mut Vec<String>) {
    match block {
        Block::Mark(text) => plain(xml, "Mark", text),
        Block::Number(text) => plain(xml, "DocumentNumber", text),
        Block::Rule => xml.push_str(r#"<w:p><w:pPr><w:pStyle w:val="RedRule"/></w:pPr></w:p>"#),
        Block::Title(text) => plain(xml, "Title", text),
        Block::Addressee(text) => plain(xml, "Addressee", text),
        Block::Heading(level, text) => plain(xml, if *level <= 1 { "Heading1" } else { "Heading2" }, text),
        Block::Body(runs) => paragraph(xml, "BodyText", runs, links),
        Block::Table { widths, head, rows } => table(xml, widths, head, rows, links),
        Block::Annexes { label, names } => {
            for (index, name) in names.iter().enumerate() {
                let lead = if index == 0 { label.as_str() } else { "" };
                let style = if index == 0 { "Annex" } else { "AnnexNext" };
                plain(xml, style, &format!("{lead}{}. {name}", index + 1));
            }
        }
        Block::Signature(text) => plain(xml, "Signature", text),
        Block::Day(text) => plain(xml, "IssueDay", text),
        Block::Note(runs) => paragraph(xml, "Note", runs, links),
    }
}

fn plain(xml: &mut String, style: &str, text: &str) {
    paragraph(xml, style, &[Run::text(text)], &mut Vec::new());
}

fn paragraph(xml: &mut String, style: &str, runs: &[Run], links: &mut Vec<String>) {
    xml.push_str(&format!(r#"<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>"#));
    for run in runs {
        match run {
            Run::Text(text) => xml.push_str(&format!("<w:r>{}</w:r>", words(text))),
            Run::Link { text, url } => {
                links.push(url.clone());
                xml.push_str(&format!(
                    r#"<w:hyperlink r:id="link{}" w:history="1"><w:r><w:rPr><w:rStyle w:val="Hyperlink"/></w:rPr>{}</w:r></w:hyperlink>"#,
                    links.len(),
                    words(text)
                ));
            }
        }
    }
    xml.push_str("</w:p>");
}

fn words(text: &str) -> String {
    format!(r#"<w:t xml:space="preserve">{}</w:t>"#, escaped(text))
}

fn table(xml: &mut String, widths: &[u8], head: &[String], rows: &[Vec<Run>], links: &mut Vec<String>) {
    let twips: Vec<u32> = widths
        .iter()
        .map(|percent| TEXT_WIDTH * u32::from(*percent) / 100)
        .collect();
    xml.push_str(&format!(
        r#"<w:tbl><w:tblPr><w:tblStyle w:val="ReportTable"/><w:tblW w:w="{TEXT_WIDTH}" w:type="dxa"/><w:tblLayout w:type="fixed"/><w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/></w:tblPr><w:tblGrid>"#
    ));
    for width in &twips {
        xml.push_str(&format!(r#"<w:gridCol w:w="{width}"/>"#));
    }
    xml.push_str("</w:tblGrid>");
    let heads: Vec<Run> = head.iter().map(Run::text).collect();
    row(xml, &twips, &heads, "TableHead", links);
    for cells in rows {
        row(xml, &twips, cells, "TableText", links);
    }
    // Word wants a paragraph between two tables and before the end of the body.
    xml.push_str(r#"</w:tbl><w:p><w:pPr><w:pStyle w:val="AfterTable"/></w:pPr></w:p>"#);
}

fn row(xml: &mut String, widths: &[u32], cells: &[Run], style: &str, links: &mut Vec<String>) {
    xml.push_str("<w:tr><w:trPr><w:cantSplit/>");
    if style == "TableHead" {
        xml.push_str("<w:tblHeader/>");
    }
    xml.push_str("</w:trPr>");
    for (width, cell) in widths.iter().zip(cells) {
        xml.push_str(&format!(
            r#"<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>"#
        ));
        paragraph(xml, style, std::slice::from_ref(cell), links);
        xml.push_str("</w:tc>");
    }
    xml.push_str("</w:tr>");
}
