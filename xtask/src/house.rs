//! What cargo knows of the workspace.

use crate::process::{cargo, output};
use anyhow::{Context, Result};
use serde_json::Value;
use std::path::PathBuf;

/// `cargo metadata`: packages of this machine's platform, so that nothing is fetched that a build would not fetch.
pub fn metadata() -> Result<Value> {
    let version = output(std::process::Command::new("rustc").arg("-vV"))?;
    let host = version
        .lines()
        .find_map(|line| line.strip_prefix("host: "))
        .context("rustc does not name its host")?;
    let text = output(&mut cargo(&[
        "metadata",
        "--format-version=1",
        "--locked",
        "--filter-platform",
        host,
    ]))?;
    serde_json::from_str(&text).context("cargo metadata is no JSON")
}

/// The binary that cargo has built in a profile (`debug`, `release`).
pub fn built_binary(profile: &str) -> Result<PathBuf> {
    Ok(target()?.join(profile).join("biaochi"))
}

/// Where cargo builds.
pub fn target() -> Result<PathBuf> {
    let text = output(&mut cargo(&["metadata", "--format-version=1", "--no-deps"]))?;
    let metadata: Value = serde_json::from_str(&text).context("cargo metadata is no JSON")?;
    let folder = metadata["target_directory"]
        .as_str()
        .context("cargo metadata names no target folder")?;
    Ok(PathBuf::from(folder))
}
