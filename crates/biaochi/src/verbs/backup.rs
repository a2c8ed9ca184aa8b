//! `biaochi backup` and `biaochi restore`.

use crate::{
    config::Config,
    failure::{Outcome, Result},
    installation::Installation,
    key_file, output,
};
use language::t;
use ledger::{
    Access, SystemClock,
    backup::{self, Opening},
};
use platform::projections;
use std::{path::Path, sync::Arc};

/// State that must not come back from an old copy: whoever was signed in then is not signed in by it.
const LEFT_OUT: &[&str] = &["session"];

/// A consistent copy, while a server runs or not.
pub async fn back_up(config: &Config, file: &Path) -> Result<Outcome> {
    let installation = Installation::open(config).await?;
    let ledger = installation.ledger_beside_a_server().await?;
    let made = backup::backup(&ledger, &installation.store, LEFT_OUT, file).await?;
    ledger.close().await?;
    let missing = &made.manifest.files.missing;
    if config.is_json() {
        output::json(&serde_json::json!({
            "file": file.display().to_string(), "bytes": made.size,
            "events": made.manifest.head.position, "hash": made.manifest.head.hash, "missing": missing,
        }))?;
    } else {
        let events = made.manifest.head.position.to_string();
        let size = language::file_size(config.lang, made.size);
        output::line(t!(
            config.lang,
            "cli-backed-up",
            file = file.display().to_string(),
            events = events,
            size = size
        ))?;
    }
    for digest in missing {
        output::say(t!(config.lang, "cli-file-missing", digest = digest.to_string()));
    }
    Ok(Outcome::of(missing.is_empty()))
}

/// Back again, into an empty database of either kind.
pub async fn restore(config: &Config, file: &Path) -> Result<Outcome> {
    // The copy holds sealed data and signatures; without the key file of its installation they are of no use.
    key_file::read(config)?;
    let installation = Installation::open_or_make(config).await?;
    let opening = Opening {
        config: installation.ledger_config(Access::Write),
        projections: projections::all(),
        state: projections::state(),
        clock: Arc::new(SystemClock),
    };
    let restored = backup::restore(file, &installation.store, opening).await?;
    let found = &restored.verification;
    if config.is_json() {
        output::json(&serde_json::json!({ "verification": found, "missing": restored.missing }))?;
    } else {
        let events = restored.manifest.head.position.to_string();
        output::line(t!(
            config.lang,
            "cli-restored",
            file = file.display().to_string(),
            events = events
        ))?;
    }
    for problem in &found.problems {
        output::say(format!("{}\t{}", problem.position, problem.what));
    }
    for digest in &restored.missing {
        output::say(t!(config.lang, "cli-file-missing", digest = digest.to_string()));
    }
    let clean = found.ok && restored.missing.is_empty();
    restored.ledger.close().await?;
    Ok(Outcome::of(clean))
}
