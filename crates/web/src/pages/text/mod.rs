//! Texts: the versions of an obligation's standard, one of them to read, two compared, and a new one put up.

mod difference;
mod download;
pub(crate) mod findings;
mod put;
mod section;
mod show;

pub(crate) use difference::page as difference;
pub(crate) use download::{answer, file};
pub(crate) use put::{confirm, form, look};
pub(crate) use section::{of_obligation, of_task};
pub(crate) use show::{page, publish};

use crate::links::segment;
use language::{Lang, t};
use platform::text::{compile::Format, query::TextVersion};

/// The address of a version, without a language.
pub(crate) fn path(version: &TextVersion) -> String {
    format!("/texts/{}", segment(&version.id))
}

/// 第2版.
pub(crate) fn number(lang: Lang, version: &TextVersion) -> String {
    t!(lang, "text-version", version = version.version)
}

/// What a format is called.
fn format_name(lang: Lang, format: Format) -> String {
    match format {
        Format::Pdf => "PDF".to_owned(),
        Format::Docx => "Word".to_owned(),
        Format::Html => "HTML".to_owned(),
        Format::Xml => "XML (NISO STS)".to_owned(),
        Format::Json => "JSON".to_owned(),
        Format::Source => t!(lang, "text-format-source"),
    }
}
