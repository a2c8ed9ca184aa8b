//! `biaochi verify`: the log, a signed checkpoint of it, or the certificate of a run.

use crate::{
    checkpoints::KeySigner,
    config::Config,
    failure::{Failure, Outcome, Result},
    installation::Installation,
    key_file, output,
    verbs::standard::certificate::problems,
    waiting::Waiting,
};
use identity::statement::SignedStatement;
use language::t;
use ledger::{Access, Checkpoint};
use std::path::Path;

/// Verifies the log, or a file.
pub async fn run(config: &Config, file: Option<&Path>) -> Result<Outcome> {
    match file {
        None => log(config).await,
        Some(file) => checkpoint(config, file).await,
    }
}

async fn log(config: &Config) -> Result<Outcome> {
    let installation = Installation::open(config).await?;
    let ledger = installation.ledger(Access::Read).await?;
    let waiting = Waiting::for_work(config, t!(config.lang, "cli-waiting-verifying"), ledger.progress());
    let found = ledger.verify().await?;
    drop(waiting);
    ledger.close().await?;
    if config.is_json() {
        output::json(&found)?;
    } else {
        for problem in &found.problems {
            output::line(format!("{}\t{}", problem.position, problem.what))?;
        }
        for one in &found.redacted {
            let (position, by) = (one.position.to_string(), one.by.to_string());
            let rule = one.rule.as_str();
            output::line(t!(
                config.lang,
                "cli-verify-redacted",
                position = position,
                by = by,
                rule = rule
            ))?;
        }
        let head = found.head.to_string();
        output::line(t!(
            config.lang,
            "cli-verified",
            events = found.events,
            head = head,
            problems = found.problems.len() as i64
        ))?;
    }
    Ok(Outcome::of(found.ok))
}

/// The certificate of a run: whether it holds in itself, and whose keys signed it. No installation is asked; where a key
/// file is at hand, the keys must be its own.
fn certificate(config: &Config, given: &SignedStatement) -> Result<Outcome> {
    let mut found = problems(config, given);
    if config.key_file.exists() {
        let own = key_file::read(config)?;
        if own.signing().public_keys().key_id() != given.key_id() {
            found.push(t!(config.lang, "cli-certificate-other-keys", key = given.key_id()));
        }
    }
    if config.is_json() {
        let listed: Vec<_> = found
            .iter()
            .map(|what| serde_json::json!({ "position": null, "what": what }))
            .collect();
        output::json(&serde_json::json!({ "ok": found.is_empty(), "key_id": given.key_id(), "problems": listed }))?;
    } else if found.is_empty() {
        output::line(t!(config.lang, "cli-certificate-holds", key = given.key_id()))?;
    } else {
        found.iter().try_for_each(output::line)?;
    }
    Ok(Outcome::of(found.is_empty()))
}

/// A checkpoint, as the file store and the public feed hold it: signed by this installation, and in its log.
async fn checkpoint(config: &Config, file: &Path) -> Result<Outcome> {
    let name = file.display().to_string();
    let text = std::fs::read_to_string(file).map_err(|reason| {
        Failure::Input(t!(
            config.lang,
            "cli-unreadable",
            file = name.as_str(),
            reason = reason.to_string()
        ))
    })?;
    if let Some(given) = SignedStatement::read(&text) {
        return certificate(config, &given);
    }
    let given: Checkpoint = serde_json::from_str(&text).map_err(|reason| {
        Failure::Input(t!(
            config.lang,
            "cli-not-signed",
            file = name.as_str(),
            reason = reason.to_string()
        ))
    })?;
    let mut problems = Vec::new();
    if !given.holds(&KeySigner(key_file::read(config)?)) {
        problems.push(t!(config.lang, "cli-signature-fails"));
    }
    let installation = Installation::open(config).await?;
    let ledger = installation.ledger(Access::Read).await?;
    // Also one that was signed beside a server, which the file store alone may hold.
    let event = ledger.event(given.position).await?;
    let entered =
        event.is_some_and(|event| event.at == given.at && ledger::chain::hexadecimal(&event.hash) == given.hash);
    ledger.close().await?;
    if !entered {
        problems.push(t!(config.lang, "cli-not-in-log"));
    }
    if config.is_json() {
        let problems: Vec<_> = problems
            .iter()
            .map(|what| serde_json::json!({ "position": given.position, "what": what }))
            .collect();
        output::json(&serde_json::json!({ "ok": problems.is_empty(), "problems": problems }))?;
    } else if problems.is_empty() {
        output::line(t!(
            config.lang,
            "cli-checkpoint-holds",
            position = given.position.to_string()
        ))?;
    } else {
        for problem in &problems {
            output::line(format!("{}\t{problem}", given.position))?;
        }
    }
    Ok(Outcome::of(problems.is_empty()))
}
