//! What kind of file it is: by what is in it, and in agreement with its name.

/// A kind of file that is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Media {
    /// PDF.
    Pdf,
    /// Word, Office Open XML (also as WPS writes it).
    Docx,
    /// Excel, Office Open XML (also as WPS writes it).
    Xlsx,
    /// PNG picture.
    Png,
    /// JPEG picture.
    Jpeg,
    /// ZIP archive.
    Zip,
    /// Plain text, CSV, Markdown or JSON, in UTF-8, UTF-16 with a mark, or GB 18030.
    Text,
}

impl Media {
    /// Every kind, for messages that say what is taken.
    pub const ALL: [Self; 7] = [
        Self::Pdf,
        Self::Docx,
        Self::Xlsx,
        Self::Png,
        Self::Jpeg,
        Self::Zip,
        Self::Text,
    ];

    /// The media type to send it with. Text is without a charset, since it may be any of three.
    pub const fn mime(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::Zip => "application/zip",
            Self::Text => "text/plain",
        }
    }

    /// The usual ending of its name, without the dot.
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Docx => "docx",
            Self::Xlsx => "xlsx",
            Self::Png => "png",
            Self::Jpeg => "jpg",
            Self::Zip => "zip",
            Self::Text => "txt",
        }
    }

    fn of_extension(extension: &str) -> Option<Self> {
        Some(match extension {
            "pdf" => Self::Pdf,
            "docx" => Self::Docx,
            "xlsx" => Self::Xlsx,
            "png" => Self::Png,
            "jpg" | "jpeg" => Self::Jpeg,
            "zip" => Self::Zip,
            "txt" | "csv" | "tsv" | "md" | "json" => Self::Text,
            _ => return None,
        })
    }
}

/// Why a file is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Refusal {
    /// There is nothing in it.
    Empty,
    /// A program or script (EXE, ELF, `#!`, BAT …).
    Program,
    /// A page or picture that a browser would run: HTML, SVG, XML.
    Active,
    /// An Office file with macros (DOCM, XLSM …): save it without.
    Macros,
    /// An Office file of before 2007 or of WPS (DOC, XLS, WPS, ET …): save it as DOCX or XLSX.
    OldOffice,
    /// What is in it is not what its name says: perhaps renamed, or damaged.
    Disagrees {
        /// By its name.
        named: Media,
        /// By its content; `None` where that is nothing we know.
        found: Option<Media>,
    },
    /// Another kind of file.
    Unknown,
}

const PROGRAMS: &[&str] = &[
    "exe", "dll", "com", "scr", "msi", "bat", "cmd", "ps1", "vbs", "vbe", "js", "jse", "wsf", "hta", "jar", "apk",
    "sh", "lnk", "reg", "chm", "cpl", "pif",
];
const ACTIVE: &[&str] = &["html", "htm", "xhtml", "mht", "mhtml", "svg", "xml", "xsl"];
const MACROS: &[&str] = &["docm", "dotm", "xlsm", "xltm", "xlam", "xlsb", "pptm", "ppsm", "potm"];
const OLD_OFFICE: &[&str] = &[
    "doc", "dot", "xls", "xlt", "ppt", "pps", "wps", "wpt", "et", "ett", "dps",
];

/// The kind of a file, by its first bytes (512 are enough; all of a small one) and its name.
///
/// Both must agree: the name tells a browser and a person what it is, the content is what it is. A name without an
/// ending leaves it to the content.
///
/// ```
/// use ledger::files::{Media, Refusal, media_type};
/// assert_eq!(media_type(b"%PDF-1.7\n%\xe2\xe3", "实施方案.PDF"), Ok(Media::Pdf));
/// assert_eq!(media_type(b"MZ\x90\x00", "实施方案.pdf"), Err(Refusal::Program));
/// ```
pub fn media_type(first: &[u8], name: &str) -> Result<Media, Refusal> {
    let name = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let extension = name
        .rsplit_once('.')
        .map(|(_, extension)| extension.trim().to_ascii_lowercase());
    let named = extension.as_deref().unwrap_or_default();
    let listed = |list: &[&str]| list.contains(&named);
    if first.is_empty() {
        return Err(Refusal::Empty);
    }
    if listed(PROGRAMS) || is_program(first) {
        return Err(Refusal::Program);
    }
    if listed(ACTIVE) || is_markup(first) {
        return Err(Refusal::Active);
    }
    if listed(MACROS) {
        return Err(Refusal::Macros);
    }
    if listed(OLD_OFFICE) || first.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
        return Err(Refusal::OldOffice);
    }
    let found = by_content(first);
    if named.is_empty() {
        return match found {
            Some(Content::Sure(media) | Content::Office(Some(media))) => Ok(media),
            Some(Content::Office(None)) => Ok(Media::Zip),
            None => Err(Refusal::Unknown),
        };
    }
    let named = Media::of_extension(named).ok_or(Refusal::Unknown)?;
    match (named, found) {
        (media, Some(Content::Sure(found) | Content::Office(Some(found)))) if media == found => Ok(media),
        (Media::Docx | Media::Xlsx, Some(Content::Office(None))) => Ok(named),
        // Office files are ZIP archives: calling one that hides nothing.
        (Media::Zip, Some(Content::Office(_))) => Ok(Media::Zip),
        (named, Some(Content::Sure(found))) => Err(Refusal::Disagrees {
            named,
            found: Some(found),
        }),
        (named, Some(Content::Office(found))) => Err(Refusal::Disagrees {
            named,
            found: Some(found.unwrap_or(Media::Zip)),
        }),
        (named, None) => Err(Refusal::Disagrees { named, found: None }),
    }
}

enum Content {
    Sure(Media),
    /// A package of Office Open XML; which, as far as the first bytes tell.
    Office(Option<Media>),
}

fn by_content(first: &[u8]) -> Option<Content> {
    let starts: [(&[u8], Media); 3] = [
        (b"%PDF-", Media::Pdf),
        (b"\x89PNG\r\n\x1a\n", Media::Png),
        (b"\xff\xd8\xff", Media::Jpeg),
    ];
    if let Some((_, media)) = starts.iter().find(|(start, _)| first.starts_with(start)) {
        return Some(Content::Sure(*media));
    }
    if first.starts_with(b"PK\x05\x06") {
        return Some(Content::Sure(Media::Zip));
    }
    if first.starts_with(b"PK\x03\x04") {
        return Some(package(first));
    }
    is_text(first).then_some(Content::Sure(Media::Text))
}

/// What a ZIP archive is, by the names of its entries as far as they show.
fn package(first: &[u8]) -> Content {
    let entries: Vec<&[u8]> = first
        .windows(4)
        .enumerate()
        .filter(|(_, window)| window == b"PK\x03\x04")
        .filter_map(|(at, _)| {
            let header = first.get(at..)?;
            let length = u16::from_le_bytes([*header.get(26)?, *header.get(27)?]);
            let rest = header.get(30..)?;
            Some(rest.get(..usize::from(length)).unwrap_or(rest))
        })
        .collect();
    let below = |folder: &[u8]| entries.iter().any(|entry| entry.starts_with(folder));
    if below(b"word/") {
        return Content::Office(Some(Media::Docx));
    }
    if below(b"xl/") {
        return Content::Office(Some(Media::Xlsx));
    }
    let parts: [&[u8]; 4] = [b"[Content_Types].xml", b"_rels/", b"docProps/", b"customXml/"];
    match entries.first() {
        Some(entry) if parts.iter().any(|part| entry.starts_with(part)) => Content::Office(None),
        _ => Content::Sure(Media::Zip),
    }
}

fn is_program(first: &[u8]) -> bool {
    let starts: [&[u8]; 6] = [
        b"MZ",
        b"\x7fELF",
        b"#!",
        b"\xca\xfe\xba\xbe",
        b"\xcf\xfa\xed\xfe",
        b"L\x00\x00\x00\x01\x14\x02\x00",
    ];
    // "MZ" may also begin a text; a program has zero bytes in its header.
    starts.iter().any(|start| first.starts_with(start)) && (!first.starts_with(b"MZ") || first.contains(&0))
}

fn is_markup(first: &[u8]) -> bool {
    let text = first.strip_prefix(b"\xef\xbb\xbf").unwrap_or(first).trim_ascii_start();
    let starts: [&[u8]; 8] = [
        b"<!doctype",
        b"<html",
        b"<head",
        b"<body",
        b"<script",
        b"<svg",
        b"<?xml",
        b"<!--",
    ];
    starts.iter().any(|start| {
        text.get(..start.len())
            .is_some_and(|begin| begin.eq_ignore_ascii_case(start))
    })
}

fn is_text(first: &[u8]) -> bool {
    if first.starts_with(b"\xff\xfe") || first.starts_with(b"\xfe\xff") {
        return true;
    }
    let plain = |byte: u8| byte >= 0x20 && byte != 0x7f || matches!(byte, b'\t' | b'\n' | b'\r' | 0x0c);
    if !first.iter().all(|byte| plain(*byte)) {
        return false;
    }
    match std::str::from_utf8(first) {
        Ok(_) => true,
        // Cut within a character at the end of the sample.
        Err(error) => error.error_len().is_none() || is_gb18030(first),
    }
}

/// Whether the bytes are GB 18030, as Excel and WPS write CSV in China: one, two or four bytes a character.
fn is_gb18030(mut rest: &[u8]) -> bool {
    while let Some((lead, tail)) = rest.split_first() {
        rest = match (lead, tail) {
            (0x00..=0x7f, _) => tail,
            (0x81..=0xfe, [0x40..=0x7e | 0x80..=0xfe, after @ ..]) => after,
            (0x81..=0xfe, [0x30..=0x39, 0x81..=0xfe, 0x30..=0x39, after @ ..]) => after,
            // Cut within a character at the end of the sample.
            (0x81..=0xfe, [] | [0x30..=0x39] | [0x30..=0x39, 0x81..=0xfe]) => return true,
            _ => return false,
        };
    }
    true
}
