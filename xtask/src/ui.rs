//! Styles and islands of the pages: built by Node before the binary that carries them.

use crate::process::{Tally, counted, find, root, succeeds};
use anyhow::{Result, bail, ensure};
use std::{collections::BTreeMap, fs, path::Path, process::Command};

/// Installs what the lock file of a folder names, unless that is there already.
pub fn install(folder: &Path) -> Result<()> {
    let lock = fs::read_to_string(folder.join("package-lock.json"))?;
    let stamp = folder.join("node_modules/.installed-lock.json");
    if fs::read_to_string(&stamp).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    let mut npm = npm(folder);
    npm.args(["ci", "--no-audit", "--no-fund", "--loglevel=error"]);
    ensure!(succeeds(&mut npm)?, "npm ci failed in {}", folder.display());
    fs::create_dir_all(folder.join("node_modules"))?;
    fs::write(stamp, lock)?;
    Ok(())
}

fn npm(folder: &Path) -> Command {
    let mut npm = Command::new("npm");
    npm.current_dir(folder)
        // A browser is the system's, never a download.
        .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
    npm
}

/// Builds `ui/dist`. Without Node, what was built before is kept.
pub fn build() -> Result<()> {
    let folder = root().join("ui");
    if find("node", &[]).is_none() || find("npm", &[]).is_none() {
        if folder.join("dist/biaochi.css").exists() {
            eprintln!("Node is absent: the pages keep the styles and islands built before");
            return Ok(());
        }
        bail!("the pages' styles and islands are built with Node: install nodejs and npm");
    }
    install(&folder)?;
    ensure!(
        succeeds(npm(&folder).args(["run", "--silent", "build"]))?,
        "building ui/dist failed"
    );
    Ok(())
}

/// Type check and tests of the islands.
pub fn test(skipped: &mut BTreeMap<String, u64>) -> Result<Tally> {
    let folder = root().join("ui");
    let mut tally = Tally::one(succeeds(npm(&folder).args(["run", "--silent", "check"]))?);
    tally += counted(npm(&folder).args(["run", "--silent", "test"]), skipped)?;
    Ok(tally)
}
