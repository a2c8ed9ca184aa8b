//! `cargo xtask serve`: from a clean clone to a page.

use crate::{
    house, process,
    setup::{self, Need},
    ui,
};
use anyhow::{Context, Result, bail};
use std::{net::TcpListener, os::unix::process::CommandExt, process::Command};

const FIRST_PORT: u16 = 8080;

/// Builds and becomes the server; returns only if that fails.
pub fn serve(arguments: &[String]) -> Result<bool> {
    // The pages need Node to be built; the rest of the set-up serves tests and print.
    setup::ensure(&[Need::Node, Need::Fonts]).or_else(|lack| {
        eprintln!("{lack:#}");
        ui::build()
    })?;
    ui::build()?;
    if !process::succeeds(&mut process::cargo(&["build", "--locked", "--package", "biaochi"]))? {
        return Ok(false);
    }
    let given = |flag: &str| {
        arguments
            .iter()
            .any(|argument| argument == flag || argument.starts_with(&format!("{flag}=")))
    };
    let mut server = Command::new(house::built_binary("debug")?);
    server.current_dir(process::root()).args(["serve", "--demo"]);
    if !given("--listen") {
        server.args(["--listen", &format!("127.0.0.1:{}", free_port()?)]);
    }
    if !given("--data") {
        server.args(["--data", "data"]);
    }
    server.args(arguments);
    Err(server.exec()).with_context(|| format!("cannot start {}", server.get_program().display()))
}

fn free_port() -> Result<u16> {
    match (FIRST_PORT..FIRST_PORT + 100).find(|port| TcpListener::bind(("127.0.0.1", *port)).is_ok()) {
        Some(port) => Ok(port),
        None => bail!(
            "no port from {FIRST_PORT} to {} is free: name one with --listen 127.0.0.1:PORT",
            FIRST_PORT + 99
        ),
    }
}
