//! Certificates of runs: what was run over what, and what came out, under both signatures of the installation.

use super::Ran;
use crate::{
    config::Config,
    failure::{Failure, Result},
    key_file,
};
use identity::{
    signature::SignatureError,
    statement::{SignedStatement, StatementError},
};
use indicator::{
    Report,
    certificate::{Grounds, statement, traces_hold},
};
use language::t;
use std::path::Path;

/// Writes the certificate of a run.
pub(super) fn write(
    config: &Config,
    file: &Path,
    (standard, data): (&Path, &Path),
    ran: &Ran,
    report: &Report,
) -> Result<()> {
    let bytes = |path: &Path| std::fs::read(path).map_err(|fault| Failure::environment(path.display(), fault));
    let unwritten = |fault: String| Failure::environment(file.display(), fault);
    let grounds = Grounds {
        kind: "run",
        program: env!("CARGO_PKG_VERSION"),
        source: &bytes(standard)?,
        data: &bytes(data)?,
    };
    let stated = statement(&grounds, &ran.standard, &ran.units, &ran.results, report, config.lang)
        .map_err(|fault| unwritten(fault.to_string()))?;
    let keys = key_file::read_or_make(config)?;
    let text = SignedStatement::sign(stated, keys.signing())
        .and_then(|signed| signed.print())
        .map_err(|fault| unwritten(fault.to_string()))?;
    std::fs::write(file, text).map_err(|fault| Failure::environment(file.display(), fault))
}

/// What does not hold of a certificate, in words; needs nothing but the file.
pub fn problems(config: &Config, given: &SignedStatement) -> Vec<String> {
    let mut problems = Vec::new();
    if let Err(fault) = given.verify() {
        problems.push(match fault {
            StatementError::Signature(SignatureError::DoesNotHold { scheme }) => {
                t!(config.lang, "cli-certificate-altered", scheme = scheme.to_string())
            }
            StatementError::Signature(SignatureError::OtherKey { expected, .. }) => {
                t!(config.lang, "cli-certificate-unsigned", key = expected)
            }
            other => t!(config.lang, "cli-certificate-malformed", reason = other.to_string()),
        });
    }
    if !traces_hold(given.stated()) {
        problems.push(t!(config.lang, "cli-certificate-trace"));
    }
    problems
}
