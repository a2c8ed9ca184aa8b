//! Other programs: where they are, running them, counting what their test runners report.

use anyhow::{Context, Result};
use std::{
    collections::BTreeMap,
    io::{BufRead, BufReader, Write},
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

/// Tests that passed and failed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    pub passed: u64,
    pub failed: u64,
}

impl Tally {
    /// One check.
    pub const fn one(passed: bool) -> Self {
        Self {
            passed: passed as u64,
            failed: !passed as u64,
        }
    }
}

impl std::ops::AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }
}

/// The folder of the workspace.
pub fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_owned()
}

/// The cargo that runs us, in the workspace.
pub fn cargo(arguments: &[&str]) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(arguments).current_dir(root());
    command
}

/// A program in `PATH`, or at one of the further places.
pub fn find(name: &str, further: &[PathBuf]) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path)
        .chain(further.iter().cloned())
        .map(|folder| folder.join(name))
        .find(|candidate| candidate.is_file())
}

/// Runs a program with our terminal; whether it ended well.
pub fn succeeds(command: &mut Command) -> Result<bool> {
    let status = command
        .status()
        .with_context(|| format!("cannot start {}", command.get_program().display()))?;
    Ok(status.success())
}

/// What a program prints; an error where it ends badly.
pub fn output(command: &mut Command) -> Result<String> {
    let output = command
        .stderr(Stdio::inherit())
        .output()
        .with_context(|| format!("cannot start {}", command.get_program().display()))?;
    anyhow::ensure!(
        output.status.success(),
        "{} ended with {}",
        command.get_program().display(),
        output.status
    );
    String::from_utf8(output.stdout).context("the output is not UTF-8")
}

/// Runs a test runner (cargo's or node's), passes on what it prints, and counts. A runner that fails without naming a
/// failed test counts as one failure. What tests say they skipped is collected.
pub fn counted(command: &mut Command, skipped: &mut BTreeMap<String, u64>) -> Result<Tally> {
    let mut child = command
        .stdout(Stdio::piped())
        .spawn()
        .with_context(|| format!("cannot start {}", command.get_program().display()))?;
    let mut reader = RunnerOutput::default();
    if let Some(stdout) = child.stdout.take() {
        for line in BufReader::new(stdout).split(b'\n') {
            let line = line.context("the runner's output broke off")?;
            let line = String::from_utf8_lossy(&line);
            if reader.read(&line) {
                writeln!(std::io::stdout(), "{line}").context("cannot print")?;
            }
        }
    }
    let status = child.wait().context("cannot wait for the runner")?;
    if !status.success() && reader.tally.failed == 0 {
        reader.tally.failed = 1;
    }
    for (line, times) in reader.skipped {
        *skipped.entry(line).or_default() += times;
    }
    Ok(reader.tally)
}

/// Reads the lines of a test runner.
#[derive(Debug, Default)]
struct RunnerOutput {
    tally: Tally,
    skipped: BTreeMap<String, u64>,
    /// Inside what tests that passed have printed.
    of_passed: bool,
}

impl RunnerOutput {
    /// Takes in a line; whether it is worth showing.
    fn read(&mut self, line: &str) -> bool {
        if let Some(at) = line.find("SKIPPED") {
            *self.skipped.entry(line[at..].trim().to_owned()).or_default() += 1;
        }
        if let Some(result) = line.strip_prefix("test result: ") {
            self.of_passed = false;
            self.tally.passed += number_before(result, " passed");
            self.tally.failed += number_before(result, " failed");
        } else if let Some(rest) = line.strip_prefix("# ").or_else(|| line.strip_prefix("ℹ ")) {
            let number = |word: &str| rest.strip_prefix(word).and_then(|n| n.trim().parse::<u64>().ok());
            self.tally.passed += number("pass ").unwrap_or(0);
            self.tally.failed += number("fail ").unwrap_or(0) + number("cancelled ").unwrap_or(0);
        } else if line == "successes:" {
            self.of_passed = true;
        } else if line == "failures:" {
            self.of_passed = false;
        }
        !self.of_passed
    }
}

fn number_before(text: &str, word: &str) -> u64 {
    text.find(word)
        .and_then(|end| text[..end].rsplit(' ').next())
        .and_then(|number| number.parse().ok())
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    fn read(lines: &[&str]) -> (Tally, Vec<String>, usize) {
        let mut output = RunnerOutput::default();
        let shown = lines.iter().filter(|line| output.read(line)).count();
        (output.tally, output.skipped.into_keys().collect(), shown)
    }

    #[test]
    fn counts_what_cargo_and_node_report() {
        let (tally, _, shown) = read(&[
            "running 3 tests",
            "test a ... ok",
            "test result: ok. 2 passed; 1 failed; 0 ignored; 0 measured; 4 filtered out; finished in 0.1s",
            "# tests 5",
            "# pass 4",
            "# fail 1",
            "ℹ pass 2",
        ]);
        assert_eq!(tally, Tally { passed: 8, failed: 2 });
        assert_eq!(shown, 7);
    }

    #[test]
    fn tells_skips_and_hides_the_rest_of_what_passing_tests_print() {
        let (tally, skipped, shown) = read(&[
            "test a ... ok",
            "",
            "successes:",
            "",
            "---- a stdout ----",
            "chatter",
            "SKIPPED on PostgreSQL: no server",
            "test result: ok. 1 passed; 0 failed; 0 ignored",
        ]);
        assert_eq!(tally, Tally { passed: 1, failed: 0 });
        assert_eq!(skipped, ["SKIPPED on PostgreSQL: no server"]);
        assert_eq!(shown, 3);
    }
}
