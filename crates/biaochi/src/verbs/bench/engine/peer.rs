//! The same work by others: a Python is started with the script of benches/peers, and says how long each took.

use crate::verbs::bench::figure::Figure;
use serde::Deserialize;
use std::{
    collections::BTreeMap,
    io::Write,
    process::{Command, Stdio},
};

const SCRIPT: &str = include_str!("../../../../../../benches/peers/engine.py");

/// A Python, where one is found that has numpy.
pub struct Peers {
    python: Option<String>,
    lacking: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Told {
    key: String,
    peer: Option<String>,
    ms: Option<f64>,
    absent: Option<String>,
}

/// What the peers of one case took, by key.
#[derive(Debug, Default)]
pub struct Times(BTreeMap<String, (String, f64)>);

impl Times {
    /// The figure, a time in milliseconds, beside the peer of that key where it ran.
    pub fn beside(&self, figure: Figure, key: &str) -> Figure {
        match self.0.get(key) {
            Some((peer, ms)) => figure.beside(format!("{peer} ({ms:.2} ms)"), *ms),
            None => figure,
        }
    }
}

impl Peers {
    /// Looks for a Python that has numpy.
    pub fn find() -> Self {
        let python = std::env::var("BIAOCHI_PEERS").unwrap_or_else(|_| "python3".to_owned());
        let has = Command::new(&python)
            .args(["-c", "import numpy"])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
            .is_ok_and(|status| status.success());
        if has {
            return Self {
                python: Some(python),
                lacking: None,
            };
        }
        Self {
            lacking: Some(format!(
                "SKIPPED every peer: {python} has no numpy; benches/peers/environment.sh makes a Python with it, \
                 BIAOCHI_PEERS names it"
            )),
            python: None,
        }
    }

    /// Why there are none.
    pub fn lacking(&self) -> Option<String> {
        self.lacking.clone()
    }

    /// Runs a case of the script, and says what it lacks by `said`.
    pub fn run(&self, arguments: &[&str], said: &mut dyn FnMut(&str)) -> Times {
        let Some(python) = &self.python else {
            return Times::default();
        };
        let case = arguments.join(" ");
        let out = match output_of(python, arguments) {
            Ok(out) => out,
            Err(fault) => {
                said(&format!("SKIPPED the peers of {case}: {fault}"));
                return Times::default();
            }
        };
        let mut times = Times::default();
        for line in out.lines() {
            let Ok(told) = serde_json::from_str::<Told>(line) else {
                continue;
            };
            match (told.peer, told.ms, told.absent) {
                (Some(peer), Some(ms), _) => {
                    times.0.insert(told.key, (peer, ms));
                }
                (_, _, Some(absent)) => said(&format!("SKIPPED the peer {absent}: it is not in {python}")),
                _ => {}
            }
        }
        times
    }
}

fn output_of(python: &str, arguments: &[&str]) -> std::io::Result<String> {
    let mut child = Command::new(python)
        .arg("-")
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()?;
    if let Some(mut input) = child.stdin.take() {
        input.write_all(SCRIPT.as_bytes())?;
    }
    let done = child.wait_with_output()?;
    if done.status.success() {
        return Ok(String::from_utf8_lossy(&done.stdout).into_owned());
    }
    let wrong = String::from_utf8_lossy(&done.stderr);
    let last = wrong.lines().last().unwrap_or_default().to_owned();
    Err(std::io::Error::other(last))
}
