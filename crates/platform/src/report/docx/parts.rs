//! The other parts of the package: what is in it, what belongs to what, page numbers, settings.

use super::{Document, escaped, styles::W};

const HEAD: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#;
const R: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const P: &str = "http://schemas.openxmlformats.org/package/2006";

/// `[Content_Types].xml`.
pub(super) fn content_types() -> String {
    let word = "application/vnd.openxmlformats-officedocument.wordprocessingml";
    let mut xml = format!(
        r#"{HEAD}<Types xmlns="{P}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>"#
    );
    for (part, kind) in [
        ("document", "document.main"),
        ("styles", "styles"),
        ("numbering", "numbering"),
        ("fontTable", "fontTable"),
        ("settings", "settings"),
        ("header", "header"),
        ("footer-odd", "footer"),
        ("footer-even", "footer"),
    ] {
        xml.push_str(&format!(
            r#"<Override PartName="/word/{part}.xml" ContentType="{word}.{kind}+xml"/>"#
        ));
    }
    xml.push_str("</Types>");
    xml
}

/// `_rels/.rels`.
pub(super) fn package_relations() -> String {
    format!(
        r#"{HEAD}<Relationships xmlns="{P}/relationships"><Relationship Id="document" Type="{R}/officeDocument" Target="word/document.xml"/><Relationship Id="core" Type="{P}/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>"#
    )
}

/// `word/_rels/document.xml.rels`.
pub(super) fn document_relations(links: &[String]) -> String {
    let mut xml = format!(r#"{HEAD}<Relationships xmlns="{P}/relationships">"#);
    for (id, kind, part) in [
        ("styles", "styles", "styles"),
        ("numbering", "numbering", "numbering"),
        ("fonts", "fontTable", "fontTable"),
        ("settings", "settings", "settings"),
        ("header", "header", "header"),
        ("odd", "footer", "footer-odd"),
        ("even", "footer", "footer-even"),
    ] {
        xml.push_str(&format!(
            r#"<Relationship Id="{id}" Type="{R}/{kind}" Target="{part}.xml"/>"#
        ));
    }
    for (index, url) in links.iter().enumerate() {
        xml.push_str(&format!(
            r#"<Relationship Id="link{}" Type="{R}/hyperlink" Target="{}" TargetMode="External"/>"#,
            index + 1,
            escaped(url)
        ));
    }
    xml.push_str("</Relationships>");
    xml
}

/// `docProps/core.xml`. The creation date is the day of the data, never the clock.
pub(super) fn core(document: &Document) -> String {
    format!(
        r#"{HEAD}<cp:coreProperties xmlns:cp="{P}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>{}</dc:title><dc:creator>{}</dc:creator><dcterms:created xsi:type="dcterms:W3CDTF">{day}T00:00:00Z</dcterms:created><dcterms:modified xsi:type="dcterms:W3CDTF">{day}T00:00:00Z</dcterms:modified></cp:coreProperties>"#,
        escaped(&document.title),
        escaped(&document.creator),
        day = document.as_of,
    )
}

/// `word/settings.xml`: odd and even pages have their numbers outside.
pub(super) fn settings() -> String {
    format!(
        r#"{HEAD}<w:settings xmlns:w="{W}"><w:defaultTabStop w:val="420"/><w:evenAndOddHeaders/><w:characterSpacingControl w:val="compressPunctuation"/><w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat></w:settings>"#
    )
}

/// `word/header.xml`.
pub(super) fn header(text: &str) -> String {
    format!(
        r#"{HEAD}<w:hdr xmlns:w="{W}"><w:p><w:pPr><w:pStyle w:val="Header"/></w:pPr><w:r><w:t xml:space="preserve">{}</w:t></w:r></w:p></w:hdr>"#,
        escaped(text)
    )
}

/// `word/footer-….xml`: — 1 —, right on odd pages, left on even ones, one character from the edge.
pub(super) fn footer(odd: bool) -> String {
    let (side, indent) = if odd {
        ("right", r#"w:rightChars="100" w:right="280""#)
    } else {
        ("left", r#"w:leftChars="100" w:left="280""#)
    };
    format!(
        r#"{HEAD}<w:ftr xmlns:w="{W}"><w:p><w:pPr><w:pStyle w:val="Footer"/><w:ind {indent}/><w:jc w:val="{side}"/></w:pPr><w:r><w:t xml:space="preserve">— </w:t></w:r><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:t xml:space="preserve"> —</w:t></w:r></w:p></w:ftr>"#
    )
}

/// `word/document.xml` around its body. Margins of GB/T 9704: 37 mm above, 28 mm at the left, text area 156 × 225 mm.
pub(super) fn document(body: &str) -> String {
    format!(
        r#"{HEAD}<w:document xmlns:w="{W}" xmlns:r="{R}"><w:body>{body}<w:sectPr><w:headerReference w:type="default" r:id="header"/><w:headerReference w:type="even" r:id="header"/><w:footerReference w:type="default" r:id="odd"/><w:footerReference w:type="even" r:id="even"/><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="2098" w:right="1474" w:bottom="1985" w:left="1587" w:header="851" w:footer="1400" w:gutter="0"/><w:docGrid w:type="lines" w:linePitch="579"/></w:sectPr></w:body></w:document>"#
    )
}
