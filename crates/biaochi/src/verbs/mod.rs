//! One file for each verb.

mod backup;
mod bench;
mod doctor;
mod generate;
mod list;
mod number;
mod rebuild;
mod redact;
mod search;
mod serve;
mod standard;
mod text;
mod user;
mod verify;

use crate::{
    cli::{Cli, Verb},
    config::Config,
    failure::{Failure, Outcome, Result},
};
use language::Lang;

/// Carries out a verb.
pub fn run(cli: Cli, lang: Lang) -> Result<Outcome> {
    let config = Config::settle(&cli.global, lang)?;
    match cli.verb {
        Verb::Number { text } => number::run(&config, &text),
        Verb::Run(run) => standard::run::run(&config, &run),
        Verb::Explain(explain) => standard::explain::run(&config, &explain),
        Verb::Sensitivity(call) => standard::sensitivity::run(&config, &call),
        Verb::Analyse(call) => standard::analyse::run(&config, &call),
        Verb::Footprint(call) => standard::footprint::run(&config, &call),
        Verb::ImportIndex(call) => standard::import_index::run(&config, &call),
        Verb::ImportOpenlca(call) => standard::openlca::import(&config, &call),
        Verb::ExportOpenlca(call) => standard::openlca::export(&config, &call),
        Verb::Build(build) => text::build(&config, &build),
        Verb::Check(check) => text::check(&config, &check),
        Verb::Fmt { file, check } => text::fmt(&config, &file, check),
        Verb::Fix(check) => text::fix(&config, &check),
        Verb::Import(import) => text::import(&config, &import),
        Verb::Diff(diff) => text::diff(&config, &diff),
        Verb::Form(form) => text::form(&config, &form),
        Verb::Completions { shell } => generate::completions(shell, lang),
        Verb::Man { folder } => generate::man(&folder, lang),
        verb => tokio::runtime::Runtime::new()
            .map_err(|fault| Failure::environment("tokio", fault))?
            .block_on(awaited(&config, verb)),
    }
}

async fn awaited(config: &Config, verb: Verb) -> Result<Outcome> {
    match verb {
        Verb::Serve(serve) => serve::run(config, &serve).await,
        Verb::List(list) => list::run(config, list).await,
        Verb::Search { query } => search::run(config, &query).await,
        Verb::Verify { file, .. } => verify::run(config, file.as_deref()).await,
        Verb::Redact { position, reason, rule } => redact::run(config, position, &reason, &rule).await,
        Verb::Rebuild { check } => rebuild::run(config, check).await,
        Verb::Backup { file } => backup::back_up(config, &file).await,
        Verb::Restore { file, erasures } => backup::restore(config, &file, erasures.as_deref()).await,
        Verb::Bench { name, long, json } => bench::run(config, name, long, json).await,
        Verb::User(user) => user::run(config, user).await,
        Verb::Doctor => doctor::run(config).await,
        Verb::Number { .. }
        | Verb::Run(_)
        | Verb::Explain(_)
        | Verb::Sensitivity(_)
        | Verb::Analyse(_)
        | Verb::Footprint(_)
        | Verb::ImportIndex(_)
        | Verb::ImportOpenlca(_)
        | Verb::ExportOpenlca(_)
        | Verb::Build(_)
        | Verb::Check(_)
        | Verb::Fmt { .. }
        | Verb::Fix(_)
        | Verb::Import(_)
        | Verb::Diff(_)
        | Verb::Form(_)
        | Verb::Completions { .. }
        | Verb::Man { .. } => Ok(Outcome::Clean),
    }
}
