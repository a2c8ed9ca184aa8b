//! `cargo xtask release`: an optimised binary in an archive that unpacks anywhere.

use crate::{
    house,
    process::{cargo, output, root, succeeds},
    ui,
};
use anyhow::{Context, Result, ensure};
use std::{fs, process::Command};

/// Builds and packs; the archive's path is printed.
pub fn release() -> Result<bool> {
    ui::build()?;
    if !succeeds(&mut cargo(&["build", "--locked", "--release", "--package", "biaochi"]))? {
        return Ok(false);
    }
    let binary = house::built_binary("release")?;
    let version = output(Command::new(&binary).arg("--version"))?;
    let version = version
        .split_whitespace()
        .last()
        .context("the binary does not say its version")?;
    let name = format!("biaochi-{version}-{}-{}", std::env::consts::OS, std::env::consts::ARCH);
    let packs = house::target()?.join("release-pack");
    let folder = packs.join(&name);
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    fs::create_dir_all(&folder)?;
    fs::copy(&binary, folder.join("biaochi"))?;
    for file in ["LICENSE", "README.md", "README.zh-CN.md", "CHANGELOG.md"] {
        if root().join(file).exists() {
            fs::copy(root().join(file), folder.join(file))?;
        }
    }
    ensure!(
        succeeds(
            Command::new("cp")
                .arg("-r")
                .arg(root().join("deploy"))
                .arg(folder.join("deploy"))
        )?,
        "cannot copy deploy/"
    );
    for shell in ["bash", "zsh", "fish"] {
        let script = output(Command::new(&binary).args(["completions", shell]))?;
        fs::create_dir_all(folder.join("completions"))?;
        fs::write(folder.join("completions").join(format!("biaochi.{shell}")), script)?;
    }
    ensure!(
        succeeds(Command::new(&binary).arg("man").arg(folder.join("man")))?,
        "the binary writes no man pages"
    );
    let archive = packs.join(format!("{name}.tar.gz"));
    let mut tar = Command::new("tar");
    tar.arg("-C")
        .arg(&packs)
        .arg("--owner=0")
        .arg("--group=0")
        .arg("-czf")
        .arg(&archive)
        .arg(&name);
    ensure!(succeeds(&mut tar)?, "tar failed");
    println!("{}", archive.display());
    Ok(true)
}
