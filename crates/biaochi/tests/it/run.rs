//! Running the binary.

use std::{
    ffi::OsStr,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

/// How a call ended.
pub struct Ended {
    pub status: i32,
    pub out: String,
    pub err: String,
}

impl Ended {
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.out).unwrap_or_else(|fault| panic!("{fault}: {}\n{}", self.out, self.err))
    }
}

/// The binary in English, with nothing of this machine's configuration.
pub fn command<S: AsRef<OsStr>>(words: impl IntoIterator<Item = S>) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_biaochi"));
    for name in [
        "DATA", "DATABASE", "FILES", "KEY_FILE", "CONFIG", "FORMAT", "LANG", "LISTEN", "BASE_URL", "LOG",
    ] {
        command.env_remove(format!("BIAOCHI_{name}"));
    }
    let sections = ["MAIL_", "PROXY_", "LIMITS_", "ACCOUNTS_", "FIL", "VISIBILITY"];
    for (name, _) in std::env::vars() {
        if sections
            .iter()
            .any(|section| name.starts_with(&format!("BIAOCHI_{section}")))
        {
            command.env_remove(name);
        }
    }
    command.env("LANG", "en_GB.UTF-8").args(words).stdin(Stdio::null());
    command
}

/// Runs the binary to its end.
pub fn run<S: AsRef<OsStr>>(words: impl IntoIterator<Item = S>) -> Ended {
    let output = command(words).output().unwrap();
    Ended {
        status: output.status.code().unwrap_or(-1),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

/// The published text, as it ships.
pub fn policy() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../catalog/policy/mofcom-2024-314.txt")
}
