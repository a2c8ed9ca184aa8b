//! A file's parts, read within limits: a small file must not become a large one in memory.

use super::ImportError;
use crate::finding::message;
use std::collections::BTreeMap;
use std::io::{Cursor, Read as _};
use zip::ZipArchive;

/// No file is larger, in bytes; so large may one part be, and all of them together; so many there may be.
pub const LARGEST_FILE: usize = 64 * 1024 * 1024;
const LARGEST_PART: u64 = 64 * 1024 * 1024;
const LARGEST_WHOLE: u64 = 192 * 1024 * 1024;
const MOST_PARTS: usize = 8_192;

/// The parts by name.
pub(super) struct Package {
    parts: BTreeMap<String, Vec<u8>>,
}

impl Package {
    pub fn open(bytes: &[u8]) -> Result<Self, ImportError> {
        if bytes.len() > LARGEST_FILE {
            return Err(ImportError(message!("import-too-large")));
        }
        if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
            return Err(ImportError(message!("import-old-word")));
        }
        let unreadable = |reason: String| ImportError(message!("import-no-zip", reason = reason));
        let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|fault| unreadable(fault.to_string()))?;
        if archive.len() > MOST_PARTS {
            return Err(ImportError(message!("import-too-large")));
        }
        let mut parts = BTreeMap::new();
        let mut whole = 0_u64;
        for index in 0..archive.len() {
            let part = archive.by_index(index).map_err(|fault| unreadable(fault.to_string()))?;
            let name = part.name().map_err(|fault| unreadable(fault.to_string()))?.into_owned();
            let room = LARGEST_PART.min(LARGEST_WHOLE.saturating_sub(whole));
            let mut bytes = Vec::new();
            // What the archive says of its sizes is not believed.
            part.take(room + 1)
                .read_to_end(&mut bytes)
                .map_err(|fault| unreadable(fault.to_string()))?;
            if bytes.len() as u64 > room {
                return Err(ImportError(message!("import-too-large")));
            }
            whole += bytes.len() as u64;
            parts.insert(name.trim_start_matches('/').replace('\\', "/"), bytes);
        }
        Ok(Self { parts })
    }

    pub fn bytes(&self, name: &str) -> Option<&[u8]> {
        self.parts.get(name).map(Vec::as_slice)
    }

    /// A part as text.
    pub fn text(&self, name: &str) -> Option<String> {
        let bytes = self.bytes(name)?;
        let wide = |from: fn([u8; 2]) -> u16| -> String {
            let units: Vec<u16> = bytes
                .get(2..)
                .unwrap_or_default()
                .chunks_exact(2)
                .filter_map(|pair| pair.try_into().ok().map(from))
                .collect();
            String::from_utf16_lossy(&units)
        };
        Some(match bytes {
            [0xff, 0xfe, ..] => wide(u16::from_le_bytes),
            [0xfe, 0xff, ..] => wide(u16::from_be_bytes),
            _ => String::from_utf8_lossy(bytes).trim_start_matches('\u{feff}').to_owned(),
        })
    }

    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.parts.keys().map(String::as_str)
    }
}
