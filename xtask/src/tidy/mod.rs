//! The invariants of ARCHITECTURE.md, each a check that names the place where it does not hold.

mod arrows;
mod deny;
pub mod edit;
mod licence;
mod origin;
mod rooms;
mod source;
mod text;

use crate::{
    house,
    process::{Tally, output, root},
};
use anyhow::{Context, Result};
use deny::Deny;
use rooms::Rooms;
use source::Source;
use std::{fs, path::Path, process::Command};

/// Where an invariant does not hold.
type Faults = Vec<String>;

/// Runs every check, prints the faults; one count for each check.
pub fn run() -> Result<Tally> {
    let rooms = Rooms::read()?;
    let deny = Deny::read()?;
    let metadata = house::metadata()?;
    let files = tracked()?;
    let sources: Vec<Source> = files
        .iter()
        .filter(|(path, _)| written_in(path, "rs"))
        .map(|(path, text)| Source::read(path, text))
        .collect();
    let sources = source::with_test_modules(sources);

    let mut tally = Tally::default();
    let mut check = |name: &str, faults: Faults| {
        tally += Tally::one(faults.is_empty());
        if !faults.is_empty() {
            println!("tidy: {name}");
            for fault in &faults {
                println!("  {fault}");
            }
        }
    };
    check(
        "arrows run down only (xtask/src/rooms.toml)",
        arrows::upward(&rooms, &metadata),
    );
    check("a heavy library has one room", arrows::kept(&rooms, &metadata));
    check(
        "a pure room knows no clock, file, network or database",
        text::impure(&rooms, &sources, &metadata),
    );
    check(
        "SQL stands in the ledger, in rows.rs and query.rs",
        text::sql(&rooms, &sources),
    );
    check(
        "what people read comes from locales/ and catalog/",
        text::words(&rooms, &sources),
    );
    check(
        "no unwrap, expect or panic outside tests",
        text::panics(&rooms, &sources),
    );
    check(
        "nothing is left for later, no test is switched off",
        text::left_over(&files, &sources),
    );
    check("a file is one subject", text::size(&rooms, &files));
    check("no paths of one machine", text::paths(&files));
    check(
        "licences are on the list (deny.toml)",
        licence::crates(&deny, &metadata),
    );
    check(
        "licences of the pages' packages are on the list",
        licence::packages(&deny, &files)?,
    );
    check(
        "crates come from places on the list (deny.toml)",
        origin::crates(&deny, &metadata),
    );
    check(
        "the pages' packages come from their registry, by digest",
        origin::packages(&files)?,
    );
    match deny::advisories()? {
        Some(clear) => {
            let fault = "an advisory stands against what is built in: cargo deny check advisories".to_owned();
            check("no advisory is known", if clear { Faults::new() } else { vec![fault] });
        }
        None => println!("tidy: advisories were not looked at: cargo-deny is not installed"),
    }
    Ok(tally)
}

/// Every file that git tracks and that is text, with its path from the root.
fn tracked() -> Result<Vec<(String, String)>> {
    let root = root();
    let list = if root.join(".git").exists() {
        let listed = Command::new("git")
            .args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
            .current_dir(&root)
            .output();
        let listed = listed.context("cannot start git")?;
        String::from_utf8_lossy(&listed.stdout).into_owned()
    } else {
        // An unpacked archive: what stands in the rooms.
        output(
            Command::new("find")
                .args(["crates", "xtask", "ui/src", "e2e", "-type", "f", "-print0"])
                .current_dir(&root),
        )?
    };
    let mut files: Vec<(String, String)> = list
        .split('\0')
        .filter(|path| !path.is_empty() && !path.contains("node_modules/"))
        .filter_map(|path| Some((path.to_owned(), text_of(&root.join(path))?)))
        .collect();
    files.sort();
    Ok(files)
}

fn text_of(path: &Path) -> Option<String> {
    String::from_utf8(fs::read(path).ok()?).ok()
}

/// The room of a path: `crates/ledger/src/lib.rs` stands in `ledger`.
fn room_of(path: &str) -> Option<&str> {
    path.strip_prefix("crates/").and_then(|rest| rest.split('/').next())
}

/// Whether a file's name ends so, after the dot.
fn written_in(path: &str, extension: &str) -> bool {
    Path::new(path).extension().is_some_and(|e| e == extension)
}
