//! What texts are held to: the rules of their profile, and what a catalogue says of the standards that they cite.

use super::{all_findings, files::Text};
use crate::{
    cli,
    config::Config,
    failure::{Failure, Result},
    output,
};
use document::{
    finding::{Finding, sort},
    lint::{Catalogue, Profile, lint_against},
    resolve::resolve,
};
use language::{Lang, t};
use std::{fs, path::Path};

/// The same rules for every text of a call.
pub struct Examiner {
    profile: Option<Profile>,
    catalogue: Catalogue,
}

impl Examiner {
    /// As the call asks.
    pub fn new(config: &Config, check: &cli::Check) -> Result<Self> {
        let catalogue = check
            .catalog
            .as_deref()
            .map(|file| catalogue(file, config.lang))
            .transpose()?;
        Ok(Self {
            profile: check.profile,
            catalogue: catalogue.unwrap_or_default(),
        })
    }

    /// By the rules of a profile alone.
    pub fn of(profile: Profile) -> Self {
        Self {
            profile: Some(profile),
            catalogue: Catalogue::default(),
        }
    }

    /// All that is wrong with a text, in the order of places: its form, what is computed from it, and the rules of the
    /// profile that was asked for, else of its own.
    pub fn findings(&self, text: &Text) -> Vec<Finding> {
        let profile = self.profile.unwrap_or_else(|| Profile::of_text(&text.document.front));
        let mut findings = all_findings(text);
        let resolved = resolve(&text.document);
        findings.extend(lint_against(&text.document, &resolved, profile, &self.catalogue));
        sort(&mut findings);
        findings
    }
}

/// The catalogue in a file; rows that name no standard are said.
fn catalogue(file: &Path, lang: Lang) -> Result<Catalogue> {
    let name = file.display().to_string();
    let text = fs::read_to_string(file).map_err(|fault| {
        Failure::Input(t!(
            lang,
            "cli-unreadable",
            file = name.clone(),
            reason = fault.to_string()
        ))
    })?;
    let (catalogue, unread) = Catalogue::read(&text).map_err(|missing| {
        Failure::Input(t!(
            lang,
            "cli-catalog-column",
            file = name.clone(),
            column = missing.column
        ))
    })?;
    for row in unread {
        output::say(t!(
            lang,
            "cli-catalog-row",
            file = name.clone(),
            line = row.line,
            number = row.number
        ));
    }
    Ok(catalogue)
}
