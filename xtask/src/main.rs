//! The project's own tools: `cargo xtask serve` and `cargo xtask test` are all that a newcomer needs to know.

#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a tool of the command line speaks there"
)]

mod browser;
mod house;
mod postgres;
mod process;
mod release;
mod serve;
mod setup;
mod suite;
mod tidy;
mod ui;

use anyhow::{Result, bail};
use std::process::ExitCode;

const HELP: &str = "\
cargo xtask serve [ARGS]   sets up, builds, and starts the platform with the demonstration on 127.0.0.1:8080
                           (or the next free port), its data in ./data; ARGS go to `biaochi serve`
cargo xtask test [--long] [--no-browser] [--only NAME]
                           everything that is tested, on SQLite and PostgreSQL, and in Chromium
                           NAME: fmt, tidy, ui, rust, browser, or a crate
cargo xtask tidy [--edit]  the invariants of ARCHITECTURE.md; with --edit, how long a one-line edit takes to run
cargo xtask lint           clippy, warnings are errors
cargo xtask setup          installs what a fresh Debian or Ubuntu lacks: browser, database, fonts, Node
cargo xtask release        an optimised binary, packed with licence and deployment samples into target/release-pack";

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let verb = arguments.next().unwrap_or_default();
    let rest: Vec<String> = arguments.collect();
    match dispatch(&verb, &rest) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(failure) => {
            eprintln!("xtask: {failure:#}");
            ExitCode::from(2)
        }
    }
}

/// Whether all went well; an error is a call or a machine that is wrong.
fn dispatch(verb: &str, rest: &[String]) -> Result<bool> {
    match verb {
        "serve" => serve::serve(rest),
        "test" => suite::test(&suite::Options::parse(rest)?),
        "tidy" => match rest {
            [] => Ok(tidy::run()?.failed == 0),
            [edit] if edit == "--edit" => Ok((tidy::edit::measure()?).failed == 0),
            _ => bail!("cargo xtask tidy takes --edit or nothing"),
        },
        "lint" => process::succeeds(&mut process::cargo(&[
            "clippy",
            "--workspace",
            "--all-targets",
            "--locked",
            "--",
            "--deny=warnings",
        ])),
        "setup" => setup::ensure(&setup::ALL).map(|()| true),
        "release" => release::release(),
        "" | "help" | "--help" | "-h" => {
            println!("{HELP}");
            Ok(true)
        }
        other => bail!("there is no `{other}`\n\n{HELP}"),
    }
}
