//! `biaochi import-index`: an index of COINr or the COIN Tool becomes an executable standard.

use super::{data::table, refused};
use crate::{
    cli::ImportIndex,
    config::Config,
    failure::{Failure, Outcome, Result},
    output,
};
use indicator::{ImportOptions, import_index};

/// Writes the standard, or prints it where no file is named.
pub fn run(config: &Config, call: &ImportIndex) -> Result<Outcome> {
    let meta = table(config, &call.meta)?;
    let data = table(config, &call.indicators)?;
    let options = ImportOptions {
        impute: call.impute.clone(),
        treat: call.treat.clone(),
        normalise: call.normalise.clone(),
        aggregate: call.aggregate.clone(),
    };
    let text = import_index(&meta.head, &meta.rows, &data.head, &options).map_err(|findings| {
        let errors: Vec<_> = findings.iter().collect();
        refused(config, &call.meta, &errors)
    })?;
    match &call.output {
        Some(file) => std::fs::write(file, text).map_err(|fault| Failure::environment(file.display(), fault))?,
        None => output::line(text.trim_end())?,
    }
    Ok(Outcome::Clean)
}
