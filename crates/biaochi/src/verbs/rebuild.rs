//! `biaochi rebuild`: rows made again from the log, or compared with it.

use crate::{
    config::Config,
    failure::{Outcome, Result},
    installation::Installation,
    output,
    waiting::Waiting,
};
use language::t;
use ledger::Access;

/// Makes the rows again; with `check` compares and changes nothing.
pub async fn run(config: &Config, check: bool) -> Result<Outcome> {
    let installation = Installation::open(config).await?;
    let ledger = installation
        .ledger(if check { Access::Read } else { Access::Write })
        .await?;
    let what = if check {
        t!(config.lang, "cli-waiting-comparing")
    } else {
        t!(config.lang, "cli-waiting-rebuilding")
    };
    let waiting = Waiting::for_work(config, what, ledger.progress());
    if !check {
        ledger.rebuild(&[]).await?;
        drop(waiting);
        ledger.close().await?;
        output::say(t!(config.lang, "cli-rebuilt"));
        if config.is_json() {
            output::json(&serde_json::json!({ "ok": true, "differences": [] }))?;
        }
        return Ok(Outcome::Clean);
    }
    let differences = ledger.rebuild_check().await?;
    drop(waiting);
    ledger.close().await?;
    if config.is_json() {
        let differences: Vec<_> = differences
            .iter()
            .map(|d| {
                serde_json::json!({
                    "projection": d.projection, "table": d.table, "missing": d.missing, "surplus": d.surplus,
                })
            })
            .collect();
        output::json(&serde_json::json!({ "ok": differences.is_empty(), "differences": differences }))?;
    } else if differences.is_empty() {
        output::line(t!(config.lang, "cli-rows-agree"))?;
    } else {
        for d in &differences {
            let table = format!("{}/{}", d.projection, d.table);
            output::line(t!(
                config.lang,
                "cli-rows-differ",
                table = table,
                missing = d.missing,
                surplus = d.surplus
            ))?;
        }
    }
    Ok(Outcome::of(differences.is_empty()))
}
