//! What is computed from a source: document, numbers, findings, every format but PDF. Pure: the same source gives the
//! same bytes.

use document::{
    docx,
    finding::{Finding, sort},
    html, json,
    lint::{Profile, lint},
    model::Document,
    resolve::{Resolved, resolve},
    source::parse,
    sts,
};
use std::collections::BTreeMap;

/// A format in which a version can be had.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// PDF/A.
    Pdf,
    /// Word.
    Docx,
    /// One page of HTML.
    Html,
    /// NISO STS.
    Xml,
    /// The document as programs read it.
    Json,
    /// The source as it was put up.
    Source,
}

impl Format {
    /// Every one of them, in the order in which they are offered.
    pub const ALL: [Self; 6] = [Self::Pdf, Self::Docx, Self::Html, Self::Xml, Self::Json, Self::Source];

    /// The ending of its files.
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Docx => "docx",
            Self::Html => "html",
            Self::Xml => "xml",
            Self::Json => "json",
            Self::Source => "md",
        }
    }

    /// Its media type.
    pub const fn media(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Docx => super::taking::WORD,
            Self::Html => "text/html; charset=utf-8",
            Self::Xml => "application/xml",
            Self::Json => "application/json",
            Self::Source => "text/markdown; charset=utf-8",
        }
    }

    /// By the ending of its files.
    pub fn parse(extension: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.extension() == extension)
    }

    /// The one that an `Accept` asks for, by its order of preference; nothing where it asks for none of them.
    ///
    /// ```
    /// use platform::text::compile::Format;
    /// assert_eq!(Format::accepted("text/html;q=0.5, application/pdf"), Some(Format::Pdf));
    /// assert_eq!(Format::accepted("image/png, */*;q=0.1"), Some(Format::Json));
    /// assert_eq!(Format::accepted("image/png"), None);
    /// ```
    pub fn accepted(accept: &str) -> Option<Self> {
        let mut asked: Vec<(f32, Self)> = accept
            .split(',')
            .filter_map(|part| {
                let mut words = part.split(';').map(str::trim);
                let format = Self::of_media(words.next()?)?;
                let quality = words.find_map(|word| word.strip_prefix("q="));
                Some((quality.map_or(1.0, |q| q.parse().unwrap_or(0.0)), format))
            })
            .filter(|(quality, _)| *quality > 0.0)
            .collect();
        asked.sort_by(|a, b| b.0.total_cmp(&a.0));
        asked.first().map(|(_, format)| *format)
    }

    fn of_media(media: &str) -> Option<Self> {
        Some(match media.to_ascii_lowercase().as_str() {
            "application/pdf" => Self::Pdf,
            super::taking::WORD => Self::Docx,
            "text/html" | "application/xhtml+xml" => Self::Html,
            "application/xml" | "text/xml" | "application/jats+xml" => Self::Xml,
            "text/markdown" | "text/plain" | "text/*" => Self::Source,
            "application/json" | "application/*" | "*/*" => Self::Json,
            _ => return None,
        })
    }
}

/// A source with all that is computed from it.
#[derive(Debug, Clone)]
pub struct Compiled {
    /// What it says.
    pub document: Document,
    /// Its numbers and lists.
    pub resolved: Resolved,
    /// What is wrong with it, in the order of places.
    pub findings: Vec<Finding>,
}

/// Reads a source and holds it to the rules of its profile.
pub fn compile(source: &str) -> Compiled {
    let parsed = parse(source);
    let document = parsed.document;
    let resolved = resolve(&document);
    let mut findings = parsed.findings;
    findings.extend(resolved.findings.iter().cloned());
    findings.extend(lint(&document, &resolved, Profile::of_text(&document.front)));
    sort(&mut findings);
    Compiled {
        document,
        resolved,
        findings,
    }
}

/// A picture as it is shown.
#[derive(Debug, Clone)]
pub struct Shown {
    /// Its media type.
    pub media: String,
    /// The picture.
    pub bytes: Vec<u8>,
    /// The same in dots, for programs that draw no lines.
    pub raster: Option<Vec<u8>>,
}

/// The pictures of a text, by path.
pub type Pictures = BTreeMap<String, Shown>;

/// The file of a format; nothing for PDF, which the press prints.
///
/// # Errors
/// In words for the log: what cannot be written.
pub fn file(source: &str, pictures: &Pictures, format: Format) -> Result<Option<Vec<u8>>, String> {
    let compiled = compile(source);
    let (document, resolved) = (&compiled.document, &compiled.resolved);
    match format {
        Format::Pdf => Ok(None),
        Format::Source => Ok(Some(source.as_bytes().to_vec())),
        Format::Html => {
            let options = html::Options {
                pictures: addresses(pictures),
                ..html::Options::default()
            };
            Ok(Some(html::page(document, resolved, &options).into_bytes()))
        }
        Format::Xml => Ok(Some(sts::print(document, resolved).into_bytes())),
        Format::Json => json::print(document, resolved)
            .map(|text| Some(text.into_bytes()))
            .map_err(|fault| fault.to_string()),
        Format::Docx => {
            let options = docx::Options {
                pictures: pictures
                    .iter()
                    .map(|(path, picture)| {
                        let word = docx::Picture {
                            ending: path.rsplit('.').next().unwrap_or_default().to_lowercase(),
                            bytes: picture.bytes.clone(),
                            raster: picture.raster.clone(),
                        };
                        (path.clone(), word)
                    })
                    .collect(),
            };
            docx::file(document, resolved, &options)
                .map(Some)
                .map_err(|fault| fault.to_string())
        }
    }
}

/// For each picture an address that holds it.
pub(super) fn addresses(pictures: &Pictures) -> BTreeMap<String, String> {
    use base64::{Engine as _, engine::general_purpose::STANDARD};
    let address = |picture: &Shown| format!("data:{};base64,{}", picture.media, STANDARD.encode(&picture.bytes));
    pictures
        .iter()
        .map(|(path, picture)| (path.clone(), address(picture)))
        .collect()
}
