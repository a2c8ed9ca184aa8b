//! The walks through the pages, in the system's Chromium.

use crate::{
    house,
    process::{Tally, counted, root},
    setup, ui,
};
use anyhow::{Context, Result};
use std::{collections::BTreeMap, process::Command};

/// Runs every walk against the binary that was built, each on a server of its own.
pub fn test(long: bool, skipped: &mut BTreeMap<String, u64>) -> Result<Tally> {
    let folder = root().join("e2e");
    ui::install(&folder)?;
    let mut node = Command::new("node");
    node.arg("run.mjs")
        .current_dir(&folder)
        .env("BIAOCHI_BINARY", house::built_binary("debug")?)
        .env(
            "BIAOCHI_CHROMIUM",
            setup::chromium().context("no Chromium: cargo xtask setup")?,
        );
    if long {
        node.env("BIAOCHI_LONG", "1");
    }
    counted(&mut node, skipped)
}
