//! Shell completion and man pages, made from the verbs themselves.

use crate::{
    failure::{Failure, Outcome, Result},
    help, output,
};
use clap_complete::Shell;
use language::Lang;
use std::path::Path;

/// Prints a completion script.
pub fn completions(shell: Shell, lang: Lang) -> Result<Outcome> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut help::command(lang), "biaochi", &mut script);
    output::bytes(&script)?;
    Ok(Outcome::Clean)
}

/// Writes a page for each verb into a folder.
pub fn man(folder: &Path, lang: Lang) -> Result<Outcome> {
    let failed = |fault| Failure::environment(folder.display(), fault);
    std::fs::create_dir_all(folder).map_err(failed)?;
    clap_mangen::generate_to(help::command(lang), folder).map_err(failed)?;
    Ok(Outcome::Clean)
}
