//! The list of erasures of a copy, by itself: an older copy that is restored forgets whom a later one had forgotten.

use super::{BackupError, ERASURE, archive, damaged};
use crate::files::Digest;
use serde_json::{Map, Value};
use std::{io::Read as _, path::Path};

/// A list is smaller: some million persons.
const MOST: u64 = 256 * 1024 * 1024;

/// Reads the list of erasures of an archive, row by row, and compares it with the manifest; empty where it has none.
pub fn read_erasures(path: &Path) -> Result<Vec<Map<String, Value>>, BackupError> {
    let (mut archive, manifest) = archive::open(path)?;
    let Some(list) = manifest.state.iter().find(|state| state.table == ERASURE) else {
        return Ok(Vec::new());
    };
    let name = list.part.name.as_str();
    let entry = archive.by_name(name).map_err(|source| damaged(name, source))?;
    let mut bytes = Vec::new();
    entry
        .take(MOST)
        .read_to_end(&mut bytes)
        .map_err(|source| damaged(name, source))?;
    if Digest::of(&bytes) != list.part.sha256 {
        return Err(damaged(name, "it is not what the manifest says"));
    }
    bytes
        .split(|byte| *byte == b'\n')
        .filter(|line| !line.is_empty())
        .map(|line| serde_json::from_slice(line).map_err(|source| damaged(name, source)))
        .collect()
}
