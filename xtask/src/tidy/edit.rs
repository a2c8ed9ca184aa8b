//! What a line costs: from an edit in the room that most things are in to a binary that runs.

use crate::process::{Tally, cargo, root, succeeds};
use anyhow::{Context, Result};
use std::{fs, path::PathBuf, time::Instant};

/// Rooms in which people work most, each with a file that nearly everything in it uses.
const EDITED: [(&str, &str); 2] = [
    ("platform", "crates/platform/src/running.rs"),
    ("web", "crates/web/src/page.rs"),
];
/// From here on a room is split into groups of features.
const MOST: f64 = 10.0;

/// A file with a line more, put back when dropped.
struct Edited {
    path: PathBuf,
    text: String,
}

impl Edited {
    fn new(path: PathBuf) -> Result<Self> {
        let text = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
        // At the top, so that every line below moves, as it does when a person writes.
        let (head, rest) = text.split_once('\n').unwrap_or((&text, ""));
        let edited = format!("{head}\n//!\n{rest}");
        fs::write(&path, edited).with_context(|| format!("cannot write {}", path.display()))?;
        Ok(Self { path, text })
    }
}

impl Drop for Edited {
    fn drop(&mut self) {
        if let Err(failure) = fs::write(&self.path, &self.text) {
            eprintln!("take the empty line 2 out of {}: {failure}", self.path.display());
        }
    }
}

/// Builds, edits a line, builds again, and prints how long that took. Nothing is checked: machines differ.
pub fn measure() -> Result<Tally> {
    anyhow::ensure!(build()?, "it does not build as it is");
    for (room, file) in EDITED {
        let edited = Edited::new(root().join(file))?;
        let from = Instant::now();
        let built = build()?;
        let took = from.elapsed().as_secs_f64();
        drop(edited);
        anyhow::ensure!(built, "it does not build after an empty line in {file}");
        println!("a line in {room} runs after {took:.1} s (a room is split from {MOST} s on)");
    }
    build().map(Tally::one)
}

fn build() -> Result<bool> {
    succeeds(&mut cargo(&["build", "--locked", "--quiet", "--package", "biaochi"]))
}
