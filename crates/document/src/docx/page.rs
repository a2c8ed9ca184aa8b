//! Pages: sections, what stands above and below the text, and the namespaces of all parts.

use super::package::HEAD;
use super::style_name::{FOOTER_EVEN, FOOTER_ODD, HEADER_EVEN, HEADER_ODD};
use crate::model::{Document, DocumentKind, TextLanguage};
use crate::xml::escape;

/// The namespace of texts.
pub(super) const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

/// The namespaces that a part of the text declares.
pub(super) const NAMESPACES: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
     xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" \
     xmlns:m=\"http://schemas.openxmlformats.org/officeDocument/2006/math\" \
     xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\" \
     xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" \
     xmlns:pic=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"";

/// The section of pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Section {
    /// Neither header nor number.
    Cover,
    /// I, II ….
    Preliminary,
    /// 1, 2 …, from an odd page.
    Main,
    /// A form: how many pages there are, and which this is, stands above.
    Sheet { wide: bool },
    /// A report: the number stands below.
    Report,
}

impl Section {
    /// The section in which a document ends.
    pub fn last(kind: DocumentKind) -> Self {
        match kind {
            DocumentKind::Standard => Self::Main,
            DocumentKind::Sheet => Self::Sheet { wide: false },
            DocumentKind::WideSheet => Self::Sheet { wide: true },
            DocumentKind::Report => Self::Report,
        }
    }

    /// Left and right margin.
    fn margins(self) -> (u32, u32) {
        match self {
            Self::Cover | Self::Preliminary | Self::Main => (1418, 1134),
            Self::Sheet { .. } => (1134, 1134),
            Self::Report => (1474, 1474),
        }
    }

    /// Width and height of the page.
    fn size(self) -> (u32, u32) {
        match self {
            Self::Sheet { wide: true } => (16838, 11906),
            _ => (11906, 16838),
        }
    }

    /// The width of the text's column, in twentieths of a point.
    pub fn column(self) -> u32 {
        let (left, right) = self.margins();
        self.size().0 - left - right
    }
}

/// The names of the parts that stand above and below, with the kind of each.
pub(super) const EDGES: [(&str, &str, &str); 5] = [
    ("header", "even", "header-even.xml"),
    ("header", "default", "header-odd.xml"),
    ("footer", "even", "footer-even.xml"),
    ("footer", "default", "footer-odd.xml"),
    ("header", "", "header-none.xml"),
];

/// `w:sectPr`; `edges` are the ids of [`EDGES`].
pub(super) fn section(section: Section, edges: &[String]) -> String {
    let mut out = String::from("<w:sectPr>");
    for ((part, kind, _), id) in EDGES.iter().zip(edges) {
        match (section, *kind) {
            (Section::Cover, "") => {
                for kind in ["even", "default"] {
                    out.push_str(&format!("<w:{part}Reference w:type=\"{kind}\" r:id=\"{id}\"/>"));
                }
            }
            (Section::Cover, _) | (_, "") => {}
            (_, kind) => out.push_str(&format!("<w:{part}Reference w:type=\"{kind}\" r:id=\"{id}\"/>")),
        }
    }
    let (kind, numbers) = match section {
        Section::Cover => ("nextPage", ""),
        Section::Preliminary => ("nextPage", "<w:pgNumType w:fmt=\"upperRoman\" w:start=\"1\"/>"),
        Section::Main => ("oddPage", "<w:pgNumType w:fmt=\"decimal\" w:start=\"1\"/>"),
        Section::Sheet { .. } | Section::Report => ("nextPage", "<w:pgNumType w:fmt=\"decimal\" w:start=\"1\"/>"),
    };
    let ((left, right), (width, height)) = (section.margins(), section.size());
    let (orient, top, header) = match section {
        Section::Sheet { wide: true } => (" w:orient=\"landscape\"", 1418, 850),
        Section::Sheet { wide: false } => ("", 1418, 850),
        _ => ("", 1928, 1418),
    };
    out.push_str(&format!(
        "<w:footnotePr><w:numFmt w:val=\"decimal\"/></w:footnotePr><w:type w:val=\"{kind}\"/><w:pgSz w:w=\"{width}\" \
         w:h=\"{height}\"{orient}/><w:pgMar w:top=\"{top}\" w:right=\"{right}\" w:bottom=\"1418\" w:left=\"{left}\" \
         w:header=\"{header}\" w:footer=\"850\" w:gutter=\"0\"/>{numbers}<w:cols w:space=\"425\"/></w:sectPr>"
    ));
    out
}

/// A field: what Word computes, and what it shows until it does.
pub(super) fn field(code: &str, properties: &str, shown: &str) -> String {
    let code = escape(code);
    let part = |inside: String| format!("<w:r>{properties}{inside}</w:r>");
    [
        part("<w:fldChar w:fldCharType=\"begin\"/>".to_owned()),
        part(format!("<w:instrText xml:space=\"preserve\"> {code} </w:instrText>")),
        part("<w:fldChar w:fldCharType=\"separate\"/>".to_owned()),
        shown.to_owned(),
        part("<w:fldChar w:fldCharType=\"end\"/>".to_owned()),
    ]
    .concat()
}

/// The parts of [`EDGES`]; `number` is that of the document.
pub(super) fn edges(document: &Document, number: &str) -> Vec<(String, &'static str, String)> {
    let words = |text: &str| format!("<w:r><w:t xml:space=\"preserve\">{}</w:t></w:r>", escape(text));
    let page = field("PAGE", "", &words("1"));
    let pages = field("NUMPAGES", "", &words("1"));
    let (header, footer) = match (document.kind, document.front.language) {
        (DocumentKind::Standard, _) => (
            field(&format!("STYLEREF \"{}\"", "标准文件_文件编号"), "", &words(number)),
            page,
        ),
        (DocumentKind::Report, _) => (String::new(), page),
        (_, TextLanguage::Zh) => (
            [words("共"), pages, words("页　第"), page, words("页")].concat(),
            String::new(),
        ),
        (_, TextLanguage::En) => ([words("Page "), page, words(" of "), pages].concat(), String::new()),
    };
    // Papers have no inner and outer side.
    let align = match document.kind {
        DocumentKind::Standard => "",
        DocumentKind::Report => "<w:jc w:val=\"center\"/>",
        DocumentKind::Sheet | DocumentKind::WideSheet => "<w:jc w:val=\"right\"/>",
    };
    EDGES
        .iter()
        .map(|(part, kind, name)| {
            let (style, runs) = match (*part, *kind) {
                (_, "") => (HEADER_ODD, ""),
                ("header", "even") => (HEADER_EVEN, header.as_str()),
                ("header", _) => (HEADER_ODD, header.as_str()),
                (_, "even") => (FOOTER_EVEN, footer.as_str()),
                _ => (FOOTER_ODD, footer.as_str()),
            };
            let (tag, media) = if *part == "header" {
                (
                    "hdr",
                    "application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml",
                )
            } else {
                (
                    "ftr",
                    "application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml",
                )
            };
            let text = format!(
                "{HEAD}<w:{tag} {NAMESPACES}><w:p><w:pPr><w:pStyle w:val=\"{style}\"/>{align}</w:pPr>{runs}</w:p></w:{tag}>"
            );
            (format!("word/{name}"), media, text)
        })
        .collect()
}

/// The part `word/settings.xml`.
pub(super) fn settings() -> String {
    format!(
        "{HEAD}<w:settings xmlns:w=\"{WORD}\" xmlns:m=\"http://schemas.openxmlformats.org/officeDocument/2006/math\">\
         <w:zoom w:percent=\"100\"/><w:mirrorMargins/><w:evenAndOddHeaders/><w:characterSpacingControl \
         w:val=\"compressPunctuation\"/><w:footnotePr><w:footnote w:id=\"-1\"/><w:footnote w:id=\"0\"/></w:footnotePr><w:compat>\
         <w:compatSetting w:name=\"compatibilityMode\" w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"15\"/>\
         </w:compat><m:mathPr><m:mathFont m:val=\"Cambria Math\"/><m:defJc m:val=\"center\"/></m:mathPr></w:settings>"
    )
}
