//! Where the files are: `--files URL`, read into values.

use super::digest::Digest;
use crate::error::LedgerError;
use percent_encoding::percent_decode_str;
use std::{env, fmt, path::PathBuf, str::FromStr};

/// Where the file store is.
///
/// - a path, or `file:///path`: a local folder, made where it is absent;
/// - `s3://bucket/prefix?endpoint=https://…&region=…`: a store that speaks the S3 protocol. Without `endpoint` it is
///   that of Amazon in the region; without `region` it is `us-east-1`, which other makers of stores ignore.
///
/// ```
/// use ledger::files::FilesUrl;
/// let FilesUrl::S3(bucket) = FilesUrl::parse("s3://biaochi/prod?endpoint=http://10.0.0.7:9000")? else { panic!() };
/// assert_eq!((bucket.bucket.as_str(), bucket.prefix.as_str()), ("biaochi", "prod"));
/// assert_eq!(FilesUrl::parse("./data/files")?, FilesUrl::Folder("./data/files".into()));
/// assert!(FilesUrl::parse("ftp://host/files").is_err());
/// # Ok::<(), ledger::LedgerError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FilesUrl {
    /// A folder of this machine.
    Folder(PathBuf),
    /// A bucket.
    S3(S3Address),
}

/// A bucket, and the part of it that is ours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct S3Address {
    /// Name of the bucket; it must exist.
    pub bucket: String,
    /// What every key starts with; no slash at either end; may be empty.
    pub prefix: String,
    /// `http://` or `https://` address of the service; that of Amazon where absent.
    pub endpoint: Option<String>,
    /// Region, as it stands in signatures.
    pub region: String,
}

/// What proves to an S3-compatible store who asks. Its secrets are never printed.
#[derive(Clone, PartialEq, Eq)]
pub struct S3Credentials {
    /// Public half.
    pub access_key_id: String,
    /// Secret half.
    pub secret_access_key: String,
    /// Token of a temporary key.
    pub session_token: Option<String>,
}

impl fmt::Debug for S3Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("S3Credentials")
            .field("access_key_id", &self.access_key_id)
            .finish_non_exhaustive()
    }
}

impl S3Credentials {
    /// From `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY` and, where set, `AWS_SESSION_TOKEN`.
    pub fn from_environment() -> Result<Self, LedgerError> {
        let wanted = |name: &'static str| {
            env::var(name).ok().filter(|value| !value.is_empty()).ok_or_else(|| {
                LedgerError::Files(format!(
                    "the environment variable {name} is not set: an s3:// store needs it"
                ))
            })
        };
        Ok(Self {
            access_key_id: wanted("AWS_ACCESS_KEY_ID")?,
            secret_access_key: wanted("AWS_SECRET_ACCESS_KEY")?,
            session_token: env::var("AWS_SESSION_TOKEN").ok().filter(|token| !token.is_empty()),
        })
    }
}

impl FilesUrl {
    /// Reads an address. A path may be relative; it is taken as it stands.
    pub fn parse(text: &str) -> Result<Self, LedgerError> {
        let refuse = |why: &str| {
            LedgerError::Files(format!(
                "`{text}` is no place for files: {why}; write a folder or s3://bucket/prefix?endpoint=https://…&region=…"
            ))
        };
        let Some((scheme, rest)) = text.split_once("://") else {
            return if text.is_empty() {
                Err(refuse("it is empty"))
            } else {
                Ok(Self::Folder(text.into()))
            };
        };
        match scheme {
            "file" if rest.starts_with('/') => {
                let path = percent_decode_str(rest)
                    .decode_utf8()
                    .map_err(|_| refuse("it is no UTF-8"))?;
                Ok(Self::Folder(path.into_owned().into()))
            }
            "file" => Err(refuse("file:// needs three slashes and the whole path")),
            "s3" => S3Address::parse(rest, &refuse).map(Self::S3),
            _ => Err(refuse("only file:// and s3:// are known")),
        }
    }
}

impl S3Address {
    fn parse(rest: &str, refuse: &dyn Fn(&str) -> LedgerError) -> Result<Self, LedgerError> {
        let (place, query) = rest.split_once('?').unwrap_or((rest, ""));
        let (bucket, prefix) = place.split_once('/').unwrap_or((place, ""));
        let legal = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '.');
        if !(3..=63).contains(&bucket.len()) || !bucket.chars().all(legal) {
            return Err(refuse("a bucket has 3 to 63 lower-case letters, digits, '-' or '.'"));
        }
        let prefix = prefix.trim_matches('/');
        let segment = |part: &str| {
            !part.is_empty()
                && part
                    .bytes()
                    .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.'))
                && !matches!(part, "." | "..")
        };
        if !prefix.is_empty() && !prefix.split('/').all(segment) {
            return Err(refuse("a prefix has letters, digits, '-', '_', '.' and '/'"));
        }
        let mut address = Self {
            bucket: bucket.into(),
            prefix: prefix.into(),
            endpoint: None,
            region: "us-east-1".into(),
        };
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let value = percent_decode_str(value)
                .decode_utf8()
                .map_err(|_| refuse("it is no UTF-8"))?
                .into_owned();
            match name {
                "endpoint" if value.starts_with("http://") || value.starts_with("https://") => {
                    address.endpoint = Some(value.trim_end_matches('/').to_owned());
                }
                "endpoint" => return Err(refuse("an endpoint starts with http:// or https://")),
                "region" if !value.is_empty() => address.region = value,
                "region" => return Err(refuse("the region is empty")),
                _ => return Err(refuse("only endpoint and region may follow the '?'")),
            }
        }
        Ok(address)
    }
}

impl FromStr for FilesUrl {
    type Err = LedgerError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}

impl fmt::Display for FilesUrl {
    /// As [`FilesUrl::parse`] reads it. Holds no secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Folder(path) => path.display().fmt(f),
            Self::S3(S3Address {
                bucket,
                prefix,
                endpoint,
                region,
            }) => {
                write!(f, "s3://{bucket}/{prefix}?region={region}")?;
                endpoint
                    .iter()
                    .try_for_each(|endpoint| write!(f, "&endpoint={endpoint}"))
            }
        }
    }
}

/// Key of an object that is not named by its content: `checkpoints/000001000.json`.
///
/// Parts of ASCII letters, digits, `-`, `_`, `.`, separated by slashes; at most 200 bytes; no part starts with a dot;
/// the first part is neither `sha256` nor `incoming`, where the store keeps the rest.
pub(super) fn named_key(text: &str) -> Result<&str, LedgerError> {
    let legal = |part: &str| {
        !part.is_empty()
            && !part.starts_with('.')
            && part
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.'))
    };
    let first = text.split('/').next().unwrap_or_default();
    if text.len() <= 200 && text.split('/').all(legal) && !matches!(first, CONTENT | INCOMING) {
        return Ok(text);
    }
    let shown: String = text.chars().take(200).collect();
    Err(LedgerError::Files(format!(
        "`{shown}` is no name of an object: write checkpoints/000001000.json"
    )))
}

/// Key of a file: spread over 256 folders, so that none grows too large, and the same in a folder and in a bucket, so
/// that ordinary tools can copy one into the other.
pub(super) fn content_key(digest: &Digest) -> String {
    let digest = digest.to_string();
    format!("{CONTENT}/{}/{digest}", &digest[..2])
}

/// Where files by digest are.
pub(super) const CONTENT: &str = "sha256";
/// Where files are while they are written.
pub(super) const INCOMING: &str = "incoming";
