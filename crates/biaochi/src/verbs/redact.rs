//! `biaochi redact`: the content of an entry that should never have been recorded goes, by whoever holds the installation.

use crate::{
    config::Config,
    failure::{Failure, Outcome, Result, of_platform},
    installation::{self, Installation},
    output,
};
use language::t;
use ledger::{Access, Position};
use platform::{
    context::Context,
    redacting::{self, Ground},
    refusal::{Error, Manner},
};

/// The cause that the log gives.
const CAUSE: &str = "biaochi redact";

/// Removes the content of an entry.
pub async fn run(config: &Config, position: i64, reason: &str, rule: &str) -> Result<Outcome> {
    let installation = Installation::open(config).await?;
    let settings = installation::settings(config, "", false)?;
    let platform = installation.platform(config, Access::Write, settings).await?;
    let context = Context::system(platform.now(), CAUSE);
    let done = redacting::by_operator(&platform, &context, Position(position), Ground { reason, rule }).await;
    platform.ledger().close().await?;
    let done = done.map_err(|fault| match fault {
        Error::Refused(refusal) if refusal.manner == Manner::Unseen => {
            Failure::Input(t!(config.lang, "cli-no-such-entry", position = position))
        }
        other => of_platform(config.lang, other),
    })?;
    if config.is_json() {
        let told =
            serde_json::json!({ "position": position, "by": done.by.0, "rule": rule.trim(), "files": done.files });
        output::json(&told)?;
    } else {
        output::say(t!(
            config.lang,
            "cli-redacted",
            position = position,
            by = done.by.0,
            files = done.files.len()
        ));
    }
    Ok(Outcome::Clean)
}
