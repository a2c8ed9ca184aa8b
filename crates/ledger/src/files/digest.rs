//! The name of a file: the digest of what is in it.

use crate::error::LedgerError;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sha2::{Digest as _, Sha256};
use std::{fmt, str::FromStr};

/// SHA-256 of a file's content. Written as 64 lower-case hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Digest([u8; 32]);

impl Digest {
    /// The digest of `content`.
    pub fn of(content: &[u8]) -> Self {
        Self(Sha256::digest(content).into())
    }

    /// The 32 bytes.
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// Reads 64 hexadecimal digits, lower case, as [`Display`](fmt::Display) writes them.
    pub fn parse(text: &str) -> Result<Self, LedgerError> {
        let refuse = || {
            let shown: String = text.chars().take(80).collect();
            LedgerError::Files(format!(
                "`{shown}` is no digest: write 64 lower-case hexadecimal digits"
            ))
        };
        let digits = text.as_bytes();
        if digits.len() != 64 {
            return Err(refuse());
        }
        let mut bytes = [0_u8; 32];
        for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
            for digit in pair {
                let value = match digit {
                    b'0'..=b'9' => digit - b'0',
                    b'a'..=b'f' => digit - b'a' + 10,
                    _ => return Err(refuse()),
                };
                *byte = *byte << 4 | value;
            }
        }
        Ok(Self(bytes))
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Digest({self})")
    }
}

impl FromStr for Digest {
    type Err = LedgerError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}

impl Serialize for Digest {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Digest {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).map_err(serde::de::Error::custom)
    }
}

/// How much of a file is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// The largest size accepted, in bytes.
    pub max_bytes: u64,
}

/// A file in the store.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Stored {
    /// Its name.
    pub digest: Digest,
    /// Its size in bytes.
    pub size: u64,
}

/// Hashes and counts what passes, and cuts it off at the limit.
#[derive(Debug, Clone)]
pub(crate) struct Measure {
    hasher: Sha256,
    size: u64,
    limits: Limits,
}

impl Measure {
    /// Without a limit.
    pub(crate) fn unlimited() -> Self {
        Self::new(Limits { max_bytes: u64::MAX })
    }

    pub(crate) fn new(limits: Limits) -> Self {
        Self {
            hasher: Sha256::new(),
            size: 0,
            limits,
        }
    }

    /// Takes the next bytes, or says that they are too many.
    pub(crate) fn take(&mut self, chunk: &[u8]) -> Result<(), LedgerError> {
        self.size = self.size.saturating_add(chunk.len() as u64);
        if self.size > self.limits.max_bytes {
            return Err(LedgerError::TooLarge {
                limit: self.limits.max_bytes,
            });
        }
        self.hasher.update(chunk);
        Ok(())
    }

    /// What has passed.
    pub(crate) fn finish(self) -> Stored {
        Stored {
            digest: Digest(self.hasher.finalize().into()),
            size: self.size,
        }
    }
}
