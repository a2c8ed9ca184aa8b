//! How a verb ends: done, done with findings, a wrong call or input, an environment that failed.

use language::{Lang, t};
use ledger::{LedgerError, backup::BackupError};
use std::{io::Write, process::ExitCode};

/// A verb that was carried out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Nothing to object: status 0.
    Clean,
    /// The caller must look at what was found: status 1.
    Findings,
}

impl Outcome {
    /// Clean, or not.
    pub const fn of(clean: bool) -> Self {
        if clean { Self::Clean } else { Self::Findings }
    }
}

/// A verb that was not carried out.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The call or its input is wrong: status 2.
    #[error("{0}")]
    Input(String),
    /// Disk, database or port failed: status 3.
    #[error("{0}")]
    Environment(String),
    /// Whoever reads our output has gone: no failure of ours.
    #[error("the reader of the output has gone")]
    ReaderGone,
}

/// Result of a verb.
pub type Result<T, E = Failure> = std::result::Result<T, E>;

impl Failure {
    /// The environment failed at something.
    pub fn environment(what: impl std::fmt::Display, reason: impl std::fmt::Display) -> Self {
        Self::Environment(format!("{what}: {reason}"))
    }

    /// Says it on stderr; the status.
    pub fn report(self, lang: Lang) -> ExitCode {
        let status = match self {
            Self::ReaderGone => return ExitCode::SUCCESS,
            Self::Input(_) => 2,
            Self::Environment(_) => 3,
        };
        let _ = writeln!(std::io::stderr(), "{}", t!(lang, "cli-failed", what = self.to_string()));
        ExitCode::from(status)
    }
}

impl From<LedgerError> for Failure {
    fn from(error: LedgerError) -> Self {
        match error {
            LedgerError::ReadOnly | LedgerError::StreamName { .. } | LedgerError::TooLarge { .. } => {
                Self::Input(error.to_string())
            }
            _ => Self::Environment(error.to_string()),
        }
    }
}

impl From<BackupError> for Failure {
    fn from(error: BackupError) -> Self {
        match error {
            BackupError::Environment { .. } => Self::Environment(error.to_string()),
            BackupError::Ledger(error) => error.into(),
            _ => Self::Input(error.to_string()),
        }
    }
}

/// A refusal of the platform in the caller's language, or its failure.
pub fn of_platform(lang: Lang, error: platform::refusal::Error) -> Failure {
    use platform::refusal::Error;
    match error {
        Error::Refused(refusal) => {
            let with: Vec<(&str, language::Arg<'_>)> = refusal
                .with
                .iter()
                .map(|(name, value)| (*name, value.as_str().into()))
                .collect();
            let mut text = language::format(lang, &refusal.message_id(), &with);
            for fault in &refusal.faults {
                let with: Vec<(&str, language::Arg<'_>)> = fault
                    .with
                    .iter()
                    .map(|(name, value)| (*name, value.as_str().into()))
                    .collect();
                text.push_str(&format!(
                    "\n  {}: {}",
                    fault.field,
                    language::format(lang, fault.fault, &with)
                ));
            }
            Failure::Input(text)
        }
        Error::Ledger(error) => error.into(),
        Error::Data { .. } => Failure::Environment(error.to_string()),
    }
}
