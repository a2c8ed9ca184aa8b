//! The binary: verbs of the command line and their wiring, nothing else.

mod checkpoints;
mod cli;
mod config;
mod failure;
mod help;
mod installation;
mod key_file;
mod output;
mod verbs;
mod waiting;

use clap::FromArgMatches;
use failure::Outcome;
use std::process::ExitCode;

/// A row is made of many small texts that one thread makes and another lets go: the system's allocator spends a third of
/// the time on them.
#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let lang = help::lang_of_call(std::env::args_os().skip(1), std::env::var("LANG").ok());
    let matches = match help::command(lang).try_get_matches() {
        Ok(matches) => matches,
        Err(refused) => {
            // Help and version are answers; everything else is a wrong call.
            let _ = refused.print();
            return ExitCode::from(if refused.use_stderr() { 2 } else { 0 });
        }
    };
    let cli = match cli::Cli::from_arg_matches(&matches) {
        Ok(cli) => cli,
        Err(refused) => {
            let _ = refused.print();
            return ExitCode::from(2);
        }
    };
    match verbs::run(cli, lang) {
        Ok(Outcome::Clean) => ExitCode::SUCCESS,
        Ok(Outcome::Findings) => ExitCode::from(1),
        Err(failure) => failure.report(lang),
    }
}
