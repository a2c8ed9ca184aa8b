//! What somebody sent, as a source: Markdown as it is, Word read. Pure.

use super::{
    compile::{Compiled, compile},
    event::Found,
};
use crate::{
    bilingual::{Bilingual, Origin},
    obligation::check::LONGEST_TITLE,
    refusal::{Fault, Refusal, Result},
};
use document::{
    finding::Severity,
    import::{self, Report},
    source::LONGEST,
};
use std::collections::BTreeMap;

/// The folder beside the source in which pictures of a Word file lie.
const FOLDER: &str = "pictures";
/// Media type of Word files.
pub const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

/// A text that was read.
pub struct Taken {
    /// The source.
    pub source: String,
    /// Its pictures, by path.
    pub pictures: BTreeMap<String, Vec<u8>>,
    /// What each block of a Word file rests on; nothing of a source.
    pub report: Option<Report>,
    /// What is computed from the source.
    pub compiled: Compiled,
}

impl Taken {
    /// How many findings of each weight it has.
    pub fn found(&self) -> Found {
        let count = |severity: Severity| {
            let of_weight = self.compiled.findings.iter().filter(|f| f.severity == severity);
            u32::try_from(of_weight.count()).unwrap_or(u32::MAX)
        };
        Found {
            errors: count(Severity::Error),
            warnings: count(Severity::Warning),
            infos: count(Severity::Info),
        }
    }

    /// The title that the source gives; empty where it gives none.
    pub fn title(&self) -> Bilingual {
        let title = &self.compiled.document.front.title;
        let cut = |text: String| text.chars().take(LONGEST_TITLE).collect::<String>();
        let (zh, en) = (cut(title.zh()), cut(title.en()));
        Bilingual {
            zh: if zh.is_empty() { en.clone() } else { zh },
            en_origin: if en.is_empty() { Origin::None } else { Origin::Person },
            en: Some(en).filter(|en| !en.is_empty()),
        }
    }
}

/// Reads what was sent.
///
/// # Errors
/// A [`Refusal`] `text/…` of what is neither a source nor a Word file that can be read.
pub fn take(bytes: &[u8], media: &str) -> Result<Taken, Refusal> {
    if media == WORD {
        let imported = import::docx(bytes, FOLDER).map_err(|error| {
            let mut refusal = Refusal::wrong("text/unreadable");
            refusal.faults.push(Fault {
                field: "file",
                fault: error.message().id(),
                with: error.message().with(),
            });
            refusal
        })?;
        return Ok(Taken {
            compiled: compile(&imported.source),
            source: imported.source,
            pictures: imported.files,
            report: Some(imported.report),
        });
    }
    if !media.starts_with("text/") {
        return Err(Refusal::wrong("text/kind").fault("file", "fault-text-kind"));
    }
    let source = source(bytes)?.to_owned();
    Ok(Taken {
        compiled: compile(&source),
        source,
        pictures: BTreeMap::new(),
        report: None,
    })
}

/// A source from its bytes.
///
/// # Errors
/// A [`Refusal`] `text/…` of what is too long, no UTF-8, or empty.
pub fn source(bytes: &[u8]) -> Result<&str, Refusal> {
    if bytes.len() > LONGEST {
        return Err(Refusal::wrong("text/too_long")
            .with("limit", (LONGEST / 1024 / 1024).to_string())
            .fault("file", "fault-text-source-long"));
    }
    let source =
        std::str::from_utf8(bytes).map_err(|_| Refusal::wrong("text/not_utf8").fault("file", "fault-text-not-utf8"))?;
    if source.trim().is_empty() {
        return Err(Refusal::wrong("text/empty").fault("file", "fault-text-empty"));
    }
    Ok(source)
}
