//! Reading and running systems: away from the threads that answer, few at a time, within a time limit, as texts are compiled.

use super::executable::{Executable, anchors_of, of_source};
use crate::{
    refusal::{Fault, Refusal, Result},
    running::Platform,
    text::{
        shelf::Shelf,
        workshop::{content, made},
    },
    upload::Attachment,
};
use indicator::{
    Explanation, Finding, Inputs, RawUnit, Report, Settings, Severity, Trial, explain, report, trial, understand,
};
use jiff::civil::Date;
use language::Lang;
use std::sync::{Arc, Mutex, PoisonError};

/// Bytes of sources whose executables are kept.
const ROOM: usize = 4 * 1024 * 1024;
/// Most units of one call.
pub const MOST_UNITS: usize = 1_000;
/// Most findings that are told of one call.
const MOST_FINDINGS: usize = 50;
/// The rule by which somebody is told that it takes too long.
pub(crate) const SLOW: &str = "system/slow";

/// Executables that were read lately, by the digest of their source.
#[derive(Debug, Clone)]
pub struct Executables(Arc<Mutex<Shelf<Arc<Executable>>>>);

impl Default for Executables {
    fn default() -> Self {
        Self(Arc::new(Mutex::new(Shelf::new(ROOM))))
    }
}

impl Executables {
    fn get(&self, digest: &str) -> Option<Arc<Executable>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(digest)
    }

    fn put(&self, digest: &str, weight: usize, executable: Arc<Executable>) {
        let mut shelf = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        shelf.put(digest, weight, executable);
    }
}

/// A source as the engine understands it.
///
/// # Errors
/// A [`Refusal`] `system/slow` where it takes too long.
pub async fn executable(platform: &Platform, source: &Attachment) -> Result<Arc<Executable>> {
    if let Some(kept) = platform.executables().get(&source.sha256) {
        return Ok(kept);
    }
    let content = content(platform, source).await?;
    let (shelf, digest) = (platform.executables().clone(), source.sha256.clone());
    made(platform.workshop(), SLOW, move || {
        let text = String::from_utf8_lossy(&content);
        let mut executable = of_source(&text);
        executable.anchors = anchors_of(&text);
        let executable = Arc::new(executable);
        shelf.put(&digest, content.len(), executable.clone());
        Ok(executable)
    })
    .await
}

/// A trial with its derivation.
#[derive(Debug)]
pub struct Tried {
    /// Both results.
    pub trial: Trial,
    /// The derivation of the one with the changed inputs.
    pub explanations: Vec<Explanation>,
}

/// An example with other inputs; or what cannot be right in them.
///
/// # Errors
/// A [`Refusal`] `system/…` where there is no such example, or it takes too long.
pub async fn tried(
    platform: &Platform,
    executable: Arc<Executable>,
    example: usize,
    inputs: Inputs,
    lang: Lang,
) -> Result<Result<Tried, Vec<Finding>>> {
    made(platform.workshop(), SLOW, move || {
        let standard = &executable.standard;
        let example = standard.examples.get(example).ok_or_else(Refusal::unseen)?;
        Ok(trial(standard, example, &inputs).map(|trial| Tried {
            explanations: explain(standard, &trial.after.unit, &trial.after.result, None, lang),
            trial,
        }))
    })
    .await
}

/// The results of units, in the shape that programs read, each with its derivation where it is asked for.
///
/// # Errors
/// A [`Refusal`] `system/…` of too many units, and of cells that cannot be right.
pub async fn results(
    platform: &Platform,
    executable: Arc<Executable>,
    units: Vec<RawUnit>,
    at: Date,
    lang: Lang,
    traced: bool,
) -> Result<(Report, Vec<Vec<Explanation>>)> {
    if units.len() > MOST_UNITS {
        return Err(Refusal::wrong("system/too_many_units")
            .with("most", MOST_UNITS.to_string())
            .fault("units", "fault-system-too-many-units")
            .into());
    }
    made(platform.workshop(), SLOW, move || {
        let standard = &executable.standard;
        let (units, findings) = understand(standard, &units);
        let errors: Vec<Finding> = findings.into_iter().filter(|f| f.severity == Severity::Error).collect();
        if !errors.is_empty() {
            return Err(refused(errors).into());
        }
        let results = indicator::run(standard, &units, Settings { at: Some(at) });
        let told = units.iter().zip(&results).filter(|_| traced);
        let told = told
            .map(|(unit, result)| explain(standard, unit, result, None, lang))
            .collect();
        Ok((report(standard, &results, Some(at), lang), told))
    })
    .await
}

/// Cells that cannot be right, as a refusal.
pub fn refused(findings: Vec<Finding>) -> Refusal {
    let mut refusal = Refusal::wrong("system/inputs").with("count", findings.len().to_string());
    refusal.faults = findings
        .into_iter()
        .take(MOST_FINDINGS)
        .map(|finding| Fault {
            field: "units",
            fault: finding.rule,
            with: finding.arguments,
        })
        .collect();
    refusal
}
