//! `biaochi diff`: what became of a text from one edition to the next.

use super::files::Text;
use crate::{
    cli::{self, DiffTarget},
    config::Config,
    failure::{Failure, Outcome, Result},
    output,
};
use document::{
    diff::{Edition, diff, lines, page},
    resolve::resolve,
};
use std::fs;

/// Prints or writes the difference.
pub fn run(config: &Config, call: &cli::Diff) -> Result<Outcome> {
    let (old, new) = (Text::read(&call.old, config.lang)?, Text::read(&call.new, config.lang)?);
    let (before, after) = (resolve(&old.document), resolve(&new.document));
    let from = Edition {
        document: &old.document,
        resolved: &before,
    };
    let to = Edition {
        document: &new.document,
        resolved: &after,
    };
    let found = diff(from, to);
    let target = call.to.unwrap_or(if config.is_json() {
        DiffTarget::Json
    } else {
        DiffTarget::Text
    });
    let shown = match target {
        DiffTarget::Json => {
            serde_json::to_string_pretty(&found).map_err(|fault| Failure::environment("JSON", fault))?
        }
        DiffTarget::Html => page(&found, from, to, config.lang),
        DiffTarget::Text => lines(&found, config.lang).join("\n"),
    };
    match &call.output {
        Some(file) => {
            fs::write(file, shown + "\n").map_err(|fault| Failure::environment(file.display(), fault))?;
        }
        None => output::line(shown)?,
    }
    Ok(Outcome::Clean)
}
