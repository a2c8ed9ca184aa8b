//! The key file: the installation key and the signing keys in a small text, `name = "base64"` line by line.
//!
//! ```text
//! # Biaochi key file …
//! format = "1"
//! installation = "…"
//! previous_installation = "…"      (only while keys are being rewrapped)
//! ed25519 = "…"
//! sm2 = "…"
//! ```
//!
//! This module parses and prints; reading, writing and protecting the file is the caller's.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use zeroize::Zeroizing;

use crate::randomness::{Randomness, RandomnessError};
use crate::sealing::{InstallationKey, PersonKey, SealingError, WrappedKey};
use crate::signature::{SignatureError, SigningKeys};

const HEADER: &str = "\
# Biaochi key file. Whoever has it reads personal data and signs in this installation's name.
# Keep it readable by the service alone, out of the database and its backups, and keep a copy in a safe:
# without it sealed personal data are lost.
";

/// A name that the key file knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum KeyName {
    /// Version of the file's form.
    Format,
    /// The installation key.
    Installation,
    /// The installation key before a rotation.
    PreviousInstallation,
    /// The Ed25519 seed.
    Ed25519,
    /// The SM2 secret scalar.
    Sm2,
}

impl KeyName {
    const ALL: [Self; 5] = [
        Self::Format,
        Self::Installation,
        Self::PreviousInstallation,
        Self::Ed25519,
        Self::Sm2,
    ];

    /// The name as the file writes it.
    pub const fn text(self) -> &'static str {
        match self {
            Self::Format => "format",
            Self::Installation => "installation",
            Self::PreviousInstallation => "previous_installation",
            Self::Ed25519 => "ed25519",
            Self::Sm2 => "sm2",
        }
    }
}

impl fmt::Display for KeyName {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.text())
    }
}

/// Why a text is no key file. Lines count from 1; values are never repeated.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KeyFileError {
    /// A line is neither `name = "value"` nor a comment nor empty.
    #[error("key file, line {line}: expected `name = \"value\"`")]
    Line {
        /// Which line.
        line: usize,
    },
    /// A name that the file does not know.
    #[error("key file, line {line}: unknown name; known are format, installation, previous_installation, ed25519, sm2")]
    UnknownName {
        /// Which line.
        line: usize,
    },
    /// A name stands twice.
    #[error("key file, line {line}: `{name}` stands twice; remove one")]
    Duplicate {
        /// Which line, the second one.
        line: usize,
        /// Which name.
        name: KeyName,
    },
    /// A file of a later form.
    #[error("key file, line {line}: this release reads format 1 only; use the release that wrote the file")]
    Format {
        /// Which line.
        line: usize,
    },
    /// A value is not base64.
    #[error("key file, line {line}: `{name}` is not base64; restore the file from its copy")]
    NotBase64 {
        /// Which line.
        line: usize,
        /// Which name.
        name: KeyName,
    },
    /// A value has another length than 32 bytes.
    #[error("key file, line {line}: `{name}` has {found} bytes instead of 32; restore the file from its copy")]
    WrongLength {
        /// Which line.
        line: usize,
        /// Which name.
        name: KeyName,
        /// Bytes found.
        found: usize,
    },
    /// 32 bytes that are no key.
    #[error("key file, line {line}: `{name}` is no key; restore the file from its copy")]
    NotAKey {
        /// Which line.
        line: usize,
        /// Which name.
        name: KeyName,
    },
    /// A name is missing.
    #[error("key file: `{name}` is missing; restore the file from its copy")]
    Missing {
        /// Which name.
        name: KeyName,
    },
}

/// Everything secret that an installation keeps outside its database.
#[derive(Clone)]
pub struct KeyFile {
    installation: InstallationKey,
    previous: Option<InstallationKey>,
    signing: SigningKeys,
}

impl KeyFile {
    /// Fresh keys for a new installation.
    ///
    /// # Errors
    ///
    /// [`SignatureError`] when the source of randomness cannot answer.
    pub fn generate(random: &dyn Randomness) -> Result<Self, SignatureError> {
        Ok(Self {
            installation: InstallationKey::generate(random)?,
            previous: None,
            signing: SigningKeys::generate(random)?,
        })
    }

    /// The installation key in force.
    pub const fn installation(&self) -> &InstallationKey {
        &self.installation
    }

    /// The installation key before a rotation, while wrapped keys under it remain.
    pub const fn previous_installation(&self) -> Option<&InstallationKey> {
        self.previous.as_ref()
    }

    /// The signing keys.
    pub const fn signing(&self) -> &SigningKeys {
        &self.signing
    }

    /// The file with a fresh installation key, the present one kept as the previous. Write it before rewrapping; when
    /// every wrapped key is rewrapped and every keyed digest made anew, write [`KeyFile::without_previous`].
    ///
    /// # Errors
    ///
    /// [`RandomnessError`] when the source cannot answer.
    pub fn rotate_installation(&self, random: &dyn Randomness) -> Result<Self, RandomnessError> {
        Ok(Self {
            installation: InstallationKey::generate(random)?,
            previous: Some(self.installation.clone()),
            signing: self.signing.clone(),
        })
    }

    /// The file without the previous installation key: the end of a rotation.
    pub fn without_previous(&self) -> Self {
        Self {
            previous: None,
            ..self.clone()
        }
    }

    /// A person's key, whether wrapped under the installation key in force or the previous one.
    ///
    /// # Errors
    ///
    /// As [`InstallationKey::unwrap_key`].
    pub fn unwrap_person_key(&self, wrapped: &WrappedKey, person: &str) -> Result<PersonKey, SealingError> {
        match &self.previous {
            Some(previous) if wrapped.installation() == previous.id() => previous.unwrap_key(wrapped, person),
            _ => self.installation.unwrap_key(wrapped, person),
        }
    }

    /// The text of the file. Wiped when dropped.
    pub fn print(&self) -> Zeroizing<String> {
        let previous = self.previous.as_ref().map(InstallationKey::expose);
        let ed25519 = self.signing.expose_ed25519();
        let sm2 = self.signing.expose_sm2();
        let keys = [
            (KeyName::Installation, Some(self.installation.expose())),
            (KeyName::PreviousInstallation, previous),
            (KeyName::Ed25519, Some(&*ed25519)),
            (KeyName::Sm2, Some(&*sm2)),
        ];
        // Room for everything, so that no half-written copy is left behind by growing.
        let mut text = Zeroizing::new(String::with_capacity(1024));
        text.push_str(HEADER);
        text.push_str("format = \"1\"\n");
        for (name, key) in keys {
            let Some(key) = key else { continue };
            text.push_str(name.text());
            text.push_str(" = \"");
            STANDARD.encode_string(key, &mut text);
            text.push_str("\"\n");
        }
        text
    }

    /// Reads the text of a key file. Comments, empty lines, a byte order mark and Windows line ends are accepted.
    ///
    /// # Errors
    ///
    /// [`KeyFileError`] with the line.
    pub fn parse(text: &str) -> Result<Self, KeyFileError> {
        let mut entries: Vec<(KeyName, usize, &str)> = Vec::new();
        for (position, content) in text.trim_start_matches('\u{feff}').lines().enumerate() {
            let line = position + 1;
            let content = content.trim();
            if content.is_empty() || content.starts_with('#') {
                continue;
            }
            let (name, value) = content
                .split_once('=')
                .and_then(|(name, value)| Some((name.trim(), value.trim().strip_prefix('"')?.strip_suffix('"')?)))
                .ok_or(KeyFileError::Line { line })?;
            let name = KeyName::ALL
                .into_iter()
                .find(|known| known.text() == name)
                .ok_or(KeyFileError::UnknownName { line })?;
            if entries.iter().any(|(other, ..)| *other == name) {
                return Err(KeyFileError::Duplicate { line, name });
            }
            entries.push((name, line, value));
        }
        let entry = |name: KeyName| {
            entries
                .iter()
                .find(|(other, ..)| *other == name)
                .map(|(_, line, value)| (*line, *value))
                .ok_or(KeyFileError::Missing { name })
        };
        let (line, format) = entry(KeyName::Format)?;
        if format != "1" {
            return Err(KeyFileError::Format { line });
        }
        let key = |name: KeyName| entry(name).and_then(|(line, value)| Ok((line, key_bytes(name, line, value)?)));
        let (_, installation) = key(KeyName::Installation)?;
        let previous = match key(KeyName::PreviousInstallation) {
            Ok((_, bytes)) => Some(InstallationKey::from_bytes(*bytes)),
            Err(KeyFileError::Missing { .. }) => None,
            Err(error) => return Err(error),
        };
        let (_, ed25519) = key(KeyName::Ed25519)?;
        let (line, sm2) = key(KeyName::Sm2)?;
        let signing = SigningKeys::from_bytes(&ed25519, &sm2).map_err(|_| KeyFileError::NotAKey {
            line,
            name: KeyName::Sm2,
        })?;
        Ok(Self {
            installation: InstallationKey::from_bytes(*installation),
            previous,
            signing,
        })
    }
}

fn key_bytes(name: KeyName, line: usize, value: &str) -> Result<Zeroizing<[u8; 32]>, KeyFileError> {
    let bytes = STANDARD
        .decode(value)
        .map(Zeroizing::new)
        .map_err(|_| KeyFileError::NotBase64 { line, name })?;
    <[u8; 32]>::try_from(bytes.as_slice())
        .map(Zeroizing::new)
        .map_err(|_| KeyFileError::WrongLength {
            line,
            name,
            found: bytes.len(),
        })
}

impl fmt::Debug for KeyFile {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("KeyFile")
            .field("installation", &self.installation)
            .field("previous", &self.previous)
            .field("signing", &self.signing)
            .finish()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use crate::randomness::{OperatingSystem, Seeded};
    use crate::sealing::LookupField;

    fn file() -> KeyFile {
        KeyFile::generate(&Seeded::new(11)).unwrap()
    }

    fn error(text: &str) -> KeyFileError {
        KeyFile::parse(text).unwrap_err()
    }

    /// The printed file with the line of `name` replaced.
    fn with_line(name: &str, line: &str) -> String {
        let printed = file().print();
        printed
            .lines()
            .map(|old| if old.starts_with(name) { line } else { old })
            .collect::<Vec<_>>()
            .join("\n")
    }

    #[test]
    fn what_is_printed_is_read_and_serves() {
        let keys = KeyFile::generate(&OperatingSystem).unwrap();
        let printed = keys.print();
        let read = KeyFile::parse(&printed).unwrap();
        assert_eq!(read.print(), printed);
        assert_eq!(read.signing().public_keys(), keys.signing().public_keys());
        assert_eq!(
            read.installation().keyed_digest(LookupField::Login, "zhangwei"),
            keys.installation().keyed_digest(LookupField::Login, "zhangwei")
        );
        let signature = read.signing().sign(b"manifest").unwrap();
        assert_eq!(keys.signing().public_keys().verify(b"manifest", &signature), Ok(()));
    }

    #[test]
    fn an_editor_of_another_system_does_no_harm() {
        let text = format!(
            "\u{feff}{}\r\n\r\n",
            file().print().replace('\n', "\r\n").replace(" = ", "=")
        );
        assert_eq!(KeyFile::parse(&text).unwrap().print(), file().print());
    }

    #[test]
    fn errors_name_the_line() {
        let name = KeyName::Installation;
        assert_eq!(
            error(&with_line("installation", "installation")),
            KeyFileError::Line { line: 5 }
        );
        assert_eq!(
            error(&with_line("installation", "installation = AAAA")),
            KeyFileError::Line { line: 5 }
        );
        assert_eq!(
            error(&with_line("installation", "instalation = \"AAAA\"")),
            KeyFileError::UnknownName { line: 5 }
        );
        assert_eq!(
            error(&with_line("installation", "installation = \"?\"")),
            KeyFileError::NotBase64 { line: 5, name }
        );
        assert_eq!(
            error(&with_line("installation", "installation = \"AAAA\"")),
            KeyFileError::WrongLength {
                line: 5,
                name,
                found: 3
            }
        );
        assert_eq!(error(&with_line("installation", "")), KeyFileError::Missing { name });
        assert_eq!(
            error(&with_line("format", "format = \"2\"")),
            KeyFileError::Format { line: 4 }
        );
        assert_eq!(error(""), KeyFileError::Missing { name: KeyName::Format });
        let zeros = format!("sm2 = \"{}\"", STANDARD.encode([0; 32]));
        assert_eq!(
            error(&with_line("sm2", &zeros)),
            KeyFileError::NotAKey {
                line: 7,
                name: KeyName::Sm2
            }
        );
        let twice = format!("{}{zeros}\n", *file().print());
        assert_eq!(
            error(&twice),
            KeyFileError::Duplicate {
                line: 8,
                name: KeyName::Sm2
            }
        );
        let previous = with_line("format", "format = \"1\"\nprevious_installation = \"AAAA\"");
        assert_eq!(
            error(&previous),
            KeyFileError::WrongLength {
                line: 5,
                name: KeyName::PreviousInstallation,
                found: 3
            }
        );
    }

    #[test]
    fn a_rotation_keeps_everybody_readable_until_it_is_over() {
        let random = OperatingSystem;
        let before = file();
        let person = PersonKey::generate(&random).unwrap();
        let wrapped = before.installation().wrap(&person, "person-1", &random).unwrap();
        let sealed = person.seal("record-1", b"text", &random).unwrap();
        let opens = |keys: &KeyFile, wrapped: &WrappedKey| {
            keys.unwrap_person_key(wrapped, "person-1")
                .is_ok_and(|key| key.open("record-1", &sealed).is_ok())
        };

        let during = KeyFile::parse(&before.rotate_installation(&random).unwrap().print()).unwrap();
        assert_eq!(during.previous_installation().unwrap().id(), before.installation().id());
        assert!(opens(&during, &wrapped));
        let rewrapped = wrapped
            .rewrap(
                "person-1",
                during.previous_installation().unwrap(),
                during.installation(),
                &random,
            )
            .unwrap();
        assert!(opens(&during, &rewrapped));

        let after = KeyFile::parse(&during.without_previous().print()).unwrap();
        assert!(after.previous_installation().is_none());
        assert!(opens(&after, &rewrapped) && !opens(&after, &wrapped));
        assert_eq!(after.signing().public_keys(), before.signing().public_keys());
    }

    #[test]
    fn neither_debug_nor_errors_print_a_key() {
        let keys = file().rotate_installation(&OperatingSystem).unwrap();
        let printed = keys.print();
        let shown = format!("{keys:?}");
        for line in printed
            .lines()
            .filter(|line| !line.starts_with('#') && !line.starts_with("format"))
        {
            let value = line.split('"').nth(1).unwrap();
            assert_eq!(value.len(), 44);
            assert!(!shown.contains(value), "{shown}");
            let damaged = printed.replacen(value, &format!("{value}A"), 1);
            let error = error(&damaged);
            assert!(!format!("{error} {error:?}").contains(&value[..8]));
        }
    }
}
