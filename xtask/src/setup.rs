//! What the machine must have: looked for, and installed through `apt-get` where we may.

use crate::{
    postgres,
    process::{find, output, succeeds},
};
use anyhow::{Result, bail};
use std::{path::PathBuf, process::Command};

/// Something that must be there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// Node.js and npm: the islands and styles of the pages.
    Node,
    /// The programs of a PostgreSQL server.
    Postgres,
    /// Chromium: the browser tests.
    Browser,
    /// Chinese fonts: what the browser and the documents are set in.
    Fonts,
    /// poppler's `pdftotext`: what reads printed pages in tests.
    Poppler,
}

/// All of it.
pub const ALL: [Need; 5] = [Need::Node, Need::Postgres, Need::Browser, Need::Fonts, Need::Poppler];

/// Where Chromium is.
pub fn chromium() -> Option<PathBuf> {
    ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"]
        .iter()
        .find_map(|name| find(name, &[]))
}

impl Need {
    fn present(self) -> bool {
        match self {
            Self::Node => find("node", &[]).is_some() && find("npm", &[]).is_some(),
            Self::Postgres => postgres::programs().is_some(),
            Self::Browser => chromium().is_some(),
            Self::Fonts => output(Command::new("fc-list").args([":lang=zh", "family"])).is_ok_and(|families| {
                ["Noto Serif CJK SC", "Noto Sans CJK SC"]
                    .iter()
                    .all(|family| families.contains(family))
            }),
            Self::Poppler => find("pdftotext", &[]).is_some(),
        }
    }

    /// Packages of Debian and Ubuntu.
    fn packages(self) -> &'static [&'static str] {
        match self {
            // A Node from elsewhere brings its own npm, and Debian's npm would not install beside it.
            Self::Node if find("node", &[]).is_some() => &["npm"],
            Self::Node => &["nodejs", "npm"],
            Self::Postgres => &["postgresql"],
            Self::Browser => &["chromium"],
            Self::Fonts => &["fontconfig", "fonts-noto-cjk"],
            Self::Poppler => &["poppler-utils"],
        }
    }
}

/// Sees that the machine has what is needed: installs what is missing as root or through `sudo` without a password,
/// or says which packages to install.
pub fn ensure(needs: &[Need]) -> Result<()> {
    let missing: Vec<Need> = needs.iter().copied().filter(|need| !need.present()).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let packages: Vec<&str> = missing.iter().flat_map(|need| need.packages()).copied().collect();
    let install = format!("apt-get install -y --no-install-recommends {}", packages.join(" "));
    let Some(privilege) = privilege() else {
        bail!("this machine lacks {missing:?}. Install the packages, then call again:\n    sudo {install}");
    };
    eprintln!("installing {}", packages.join(" "));
    let apt = |arguments: &[&str]| {
        let mut command = privilege.command("apt-get");
        command.env("DEBIAN_FRONTEND", "noninteractive").args(arguments);
        succeeds(&mut command)
    };
    let listed = apt(&["-q", "update"])?;
    let mut arguments = vec!["-q", "install", "-y", "--no-install-recommends"];
    arguments.extend(&packages);
    if !apt(&arguments)? {
        let lists = if listed {
            ""
        } else {
            " (its package lists could not be brought up to date)"
        };
        bail!("apt-get could not install what this machine lacks{lists}. By hand:\n    sudo {install}");
    }
    match missing.iter().find(|need| !need.present()) {
        None => Ok(()),
        Some(need) => bail!(
            "{need:?} is still not found after installing {}",
            need.packages().join(" ")
        ),
    }
}

/// How we may install.
#[derive(Debug, Clone, Copy)]
enum Privilege {
    Root,
    Sudo,
}

impl Privilege {
    fn command(self, program: &str) -> Command {
        match self {
            Self::Root => Command::new(program),
            Self::Sudo => {
                let mut command = Command::new("sudo");
                command.args(["-n", "--preserve-env=DEBIAN_FRONTEND", program]);
                command
            }
        }
    }
}

/// Whether we are root.
pub fn is_root() -> bool {
    output(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0")
}

fn privilege() -> Option<Privilege> {
    find("apt-get", &[])?;
    if is_root() {
        return Some(Privilege::Root);
    }
    find("sudo", &[])?;
    succeeds(Command::new("sudo").args(["-n", "true"]))
        .is_ok_and(|may| may)
        .then_some(Privilege::Sudo)
}
