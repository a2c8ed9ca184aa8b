//! A file of an entry, as the event names it.

use serde::{Deserialize, Serialize};

/// A file of an entry. It is also read from a digest alone.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Written")]
pub struct Attachment {
    /// SHA-256 of its content, hexadecimal: where it lies in the store.
    pub sha256: String,
    /// The name under which it was sent.
    pub name: String,
    /// Its length in bytes.
    pub size: u64,
    /// Its media type.
    pub media: String,
}

/// As it may be written down.
#[derive(Deserialize)]
#[serde(untagged)]
enum Written {
    Digest(String),
    Whole {
        sha256: String,
        #[serde(default)]
        name: String,
        #[serde(default)]
        size: u64,
        #[serde(default)]
        media: String,
    },
}

impl From<Written> for Attachment {
    fn from(written: Written) -> Self {
        match written {
            Written::Digest(sha256) => Self::of_digest(sha256),
            Written::Whole {
                sha256,
                name,
                size,
                media,
            } => Self {
                sha256,
                name,
                size,
                media,
            },
        }
    }
}

impl Attachment {
    /// A file of which the digest alone is known: as a command names it.
    pub fn of_digest(sha256: impl Into<String>) -> Self {
        Self {
            sha256: sha256.into(),
            ..Self::default()
        }
    }

    /// Its name, or the beginning of its digest where it has none.
    pub fn shown(&self) -> &str {
        if self.name.is_empty() {
            self.sha256.get(..12).unwrap_or(&self.sha256)
        } else {
            &self.name
        }
    }
}

/// Longest name of a file, in characters.
const LONGEST_NAME: usize = 120;

/// The name of a file without folders and signs that a page, a header or a file system could take for something else. A
/// name that is too long loses its middle, never its ending; where nothing is left, it is `file`. Pure.
///
/// ```
/// use platform::upload::attachment::clean_name;
/// assert_eq!(clean_name("C:\\文件\\实施方案 .pdf"), "实施方案 .pdf");
/// assert_eq!(clean_name("../../etc/passwd"), "passwd");
/// assert_eq!(clean_name("\u{202e}fdp.exe"), "fdp.exe");
/// ```
pub fn clean_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let turns = |c: char| matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let plain: String = last
        .chars()
        .filter(|c| !c.is_control() && !turns(*c) && !matches!(c, '<' | '>' | ':' | '"' | '|' | '?' | '*'))
        .collect();
    let plain = plain.trim().trim_start_matches('.');
    let length = plain.chars().count();
    if plain.is_empty() {
        return "file".to_owned();
    }
    if length <= LONGEST_NAME {
        return plain.to_owned();
    }
    let ending: String = match plain.rsplit_once('.') {
        Some((_, ending)) if ending.chars().count() <= 10 => format!(".{ending}"),
        _ => String::new(),
    };
    let kept = LONGEST_NAME - ending.chars().count() - 1;
    format!("{}…{ending}", plain.chars().take(kept).collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_of_ten_thousand_signs_keeps_its_ending() {
        let name = clean_name(&format!("{}.docx", "长".repeat(10_000)));
        assert_eq!(name.chars().count(), LONGEST_NAME);
        assert!(name.ends_with("….docx"));
        assert_eq!(clean_name(" .. "), "file");
        assert_eq!(clean_name("a\r\nb\".pdf"), "ab.pdf");
    }
}
