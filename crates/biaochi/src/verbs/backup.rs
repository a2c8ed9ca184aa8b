//! `biaochi backup` and `biaochi restore`.

use crate::{
    config::Config,
    failure::{Outcome, Result, of_platform},
    installation::{Installation, settings},
    key_file, output,
    waiting::Waiting,
};
use language::t;
use ledger::{
    Access, SystemClock,
    backup::{self, Opening},
};
use platform::{
    context::Context,
    people::{erasure, query::Erasure},
    projections,
};
use std::{path::Path, sync::Arc};

/// State that must not come back from an old copy: whoever was signed in then is not signed in by it.
const LEFT_OUT: &[&str] = &["session"];

/// A consistent copy, while a server runs or not.
pub async fn back_up(config: &Config, file: &Path) -> Result<Outcome> {
    let installation = Installation::open(config).await?;
    let ledger = installation.ledger_beside_a_server().await?;
    let waiting = Waiting::for_work(config, t!(config.lang, "cli-waiting-backing-up"), ledger.progress());
    let made = backup::backup(&ledger, &installation.store, LEFT_OUT, file).await?;
    drop(waiting);
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
///
/// `erasures` is a later copy, whose list of erasures is applied, too.
pub async fn restore(config: &Config, file: &Path, erasures: Option<&Path>) -> Result<Outcome> {
    let later = erasures.map(erasure::list_of).transpose()?.unwrap_or_default();
    // The copy holds sealed data and signatures; without the key file of its installation they are of no use.
    key_file::read(config)?;
    let installation = Installation::open_or_make(config).await?;
    let opening = Opening {
        config: installation.ledger_config(Access::Write),
        projections: projections::all(),
        state: projections::state(),
        clock: Arc::new(SystemClock),
    };
    let what = t!(config.lang, "cli-waiting-restoring");
    let waiting = Waiting::for_work(config, what, opening.config.progress.clone());
    let restored = backup::restore(file, &installation.store, opening).await?;
    drop(waiting);
    let found = &restored.verification;
    restored.ledger.close().await?;
    let again = forget_again(config, &installation, later).await?;
    if config.is_json() {
        output::json(
            &serde_json::json!({ "verification": found, "missing": restored.missing, "erased_again": again }),
        )?;
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
    if again > 0 {
        output::say(t!(config.lang, "cli-erased-again", count = again));
    }
    Ok(Outcome::of(found.ok && restored.missing.is_empty()))
}

/// Whom the copy brings back and the lists of erasures name is erased again, before anybody can ask for them.
async fn forget_again(config: &Config, installation: &Installation, later: Vec<Erasure>) -> Result<usize> {
    let platform = installation
        .platform(config, Access::Write, settings(config, "", false)?)
        .await?;
    let context = Context::system(platform.now(), "biaochi restore");
    let again = erasure::again(&platform, &context, later)
        .await
        .map_err(|fault| of_platform(config.lang, fault));
    platform.ledger().close().await?;
    again
}
