//! The installation's key file on the disk: read, or made once, readable by its owner alone.

use crate::{
    config::Config,
    failure::{Failure, Result},
};
use identity::{KeyFile, OperatingSystem};
use language::t;
use std::{
    fs::OpenOptions,
    io::{ErrorKind, Write},
    os::unix::fs::OpenOptionsExt,
    path::Path,
};

/// Reads the key file; where there is none, makes one.
pub fn read_or_make(config: &Config) -> Result<KeyFile> {
    match std::fs::read_to_string(&config.key_file) {
        Ok(text) => parse(config, &text),
        Err(failure) if failure.kind() == ErrorKind::NotFound => make(config),
        Err(failure) => Err(Failure::environment(config.key_file.display(), failure)),
    }
}

/// Reads the key file, which must be there.
pub fn read(config: &Config) -> Result<KeyFile> {
    match std::fs::read_to_string(&config.key_file) {
        Ok(text) => parse(config, &text),
        Err(failure) if failure.kind() == ErrorKind::NotFound => {
            let file = config.key_file.display().to_string();
            Err(Failure::Input(t!(config.lang, "cli-no-key-file", file = file)))
        }
        Err(failure) => Err(Failure::environment(config.key_file.display(), failure)),
    }
}

fn parse(config: &Config, text: &str) -> Result<KeyFile> {
    KeyFile::parse(text).map_err(|fault| Failure::Input(format!("{}: {fault}", config.key_file.display())))
}

fn make(config: &Config) -> Result<KeyFile> {
    let path = &config.key_file;
    let keys = KeyFile::generate(&OperatingSystem).map_err(|fault| Failure::environment(path.display(), fault))?;
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(|fault| Failure::environment(folder.display(), fault))?;
    }
    write(path, &keys).map_err(|fault| Failure::environment(path.display(), fault))?;
    Ok(keys)
}

/// Writes for the owner alone, to the disk, and never over a file that is there.
fn write(path: &Path, keys: &KeyFile) -> std::io::Result<()> {
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    file.write_all(keys.print().as_bytes())?;
    file.sync_all()
}
