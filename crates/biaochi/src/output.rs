//! What a verb prints: results on stdout, in the form asked for; messages on stderr.

use crate::failure::{Failure, Result};
use serde::Serialize;
use std::io::{ErrorKind, Write};

/// In which form results are printed: for people, or for programs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    #[default]
    Text,
    Json,
}

/// Prints a text and a line end on stdout.
pub fn line(text: impl std::fmt::Display) -> Result<()> {
    let mut out = std::io::stdout().lock();
    written(writeln!(out, "{text}").and_then(|()| out.flush()))
}

/// Prints a value as JSON on stdout, indented, as it comes.
pub fn json(value: &impl Serialize) -> Result<()> {
    json_into(std::io::stdout().lock(), value)
}

/// Writes a value as JSON, indented, with a line end.
pub fn json_into(out: impl Write, value: &impl Serialize) -> Result<()> {
    let mut out = std::io::BufWriter::new(out);
    let all = serde_json::to_writer_pretty(&mut out, value)
        .map_err(std::io::Error::from)
        .and_then(|()| writeln!(out))
        .and_then(|()| out.flush());
    written(all)
}

/// Prints bytes on stdout.
pub fn bytes(content: &[u8]) -> Result<()> {
    let mut out = std::io::stdout().lock();
    written(out.write_all(content).and_then(|()| out.flush()))
}

/// Says something on stderr.
pub fn say(text: impl std::fmt::Display) {
    let _ = writeln!(std::io::stderr(), "{text}");
}

fn written(result: std::io::Result<()>) -> Result<()> {
    result.map_err(|failure| match failure.kind() {
        ErrorKind::BrokenPipe => Failure::ReaderGone,
        _ => Failure::environment("stdout", failure),
    })
}
