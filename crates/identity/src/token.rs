//! Tokens that open something by themselves: API keys, sessions, invitations, resets, the first administrator.
//!
//! A token is 256 random bits in URL-safe text behind a prefix that says what it opens, so that a leaked one is
//! recognised by people and by scanners. Only [`TokenDigest`] is stored.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::digest::digest_type;
use crate::randomness::{Randomness, RandomnessError, random_bytes};

/// Characters of 256 bits in base 64 without padding.
const BODY: usize = 43;

/// What a token opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TokenKind {
    /// The API, as a person or a machine: `bc_key_`.
    ApiKey,
    /// A browser's session: `bc_session_`.
    Session,
    /// An invitation to join: `bc_invite_`.
    Invitation,
    /// A new password for a known account: `bc_reset_`.
    Reset,
    /// The making of the first administrator: `bc_admin_`.
    FirstAdministrator,
}

impl TokenKind {
    /// Every kind.
    pub const ALL: [Self; 5] = [
        Self::ApiKey,
        Self::Session,
        Self::Invitation,
        Self::Reset,
        Self::FirstAdministrator,
    ];

    /// What a token of this kind begins with.
    pub const fn prefix(self) -> &'static str {
        match self {
            Self::ApiKey => "bc_key_",
            Self::Session => "bc_session_",
            Self::Invitation => "bc_invite_",
            Self::Reset => "bc_reset_",
            Self::FirstAdministrator => "bc_admin_",
        }
    }
}

impl fmt::Display for TokenKind {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}…", self.prefix())
    }
}

/// A text is not the token that was expected. Never carries the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TokenError {
    /// A token, but it opens something else.
    #[error("this is a token {found}, and {expected} is needed here")]
    OtherKind {
        /// The kind asked for.
        expected: TokenKind,
        /// The kind given.
        found: TokenKind,
    },
    /// No token: cut off, with other characters, or without the prefix.
    #[error("this is no token {expected}; copy it whole, with its beginning")]
    Malformed {
        /// The kind asked for.
        expected: TokenKind,
    },
}

/// A token in the clear: shown once to its owner, then only its digest is kept.
#[derive(Clone)]
pub struct Secret {
    kind: TokenKind,
    text: Zeroizing<String>,
}

impl Secret {
    /// A fresh token.
    ///
    /// # Errors
    ///
    /// [`RandomnessError`] when the source cannot answer.
    pub fn generate(kind: TokenKind, random: &dyn Randomness) -> Result<Self, RandomnessError> {
        let bytes = random_bytes::<32>(random)?;
        let mut text = Zeroizing::new(String::with_capacity(kind.prefix().len() + BODY));
        text.push_str(kind.prefix());
        URL_SAFE_NO_PAD.encode_string(bytes.as_slice(), &mut text);
        Ok(Self { kind, text })
    }

    /// Reads what a request carries, spaces at the ends apart, and requires the kind.
    ///
    /// # Errors
    ///
    /// [`TokenError`] when it is no token, or one of another kind.
    pub fn parse(text: &str, expected: TokenKind) -> Result<Self, TokenError> {
        let text = text.trim();
        let Some(kind) = TokenKind::ALL.into_iter().find(|kind| text.starts_with(kind.prefix())) else {
            return Err(TokenError::Malformed { expected });
        };
        if kind != expected {
            return Err(TokenError::OtherKind { expected, found: kind });
        }
        let body = text.get(kind.prefix().len()..).unwrap_or_default();
        let bytes = (body.len() == BODY).then(|| URL_SAFE_NO_PAD.decode(body).map(Zeroizing::new));
        match bytes {
            Some(Ok(_)) => Ok(Self {
                kind,
                text: Zeroizing::new(text.to_owned()),
            }),
            _ => Err(TokenError::Malformed { expected }),
        }
    }

    /// What it opens.
    pub const fn kind(&self) -> TokenKind {
        self.kind
    }

    /// The token itself, for its owner alone.
    pub fn expose(&self) -> &str {
        &self.text
    }

    /// What is stored of it.
    pub fn digest(&self) -> TokenDigest {
        TokenDigest(Sha256::digest(self.text.as_bytes()).into())
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Secret({})", self.kind)
    }
}

digest_type! {
    /// What is stored of a token: SHA-256 over its whole text. 256 random bits need no slow hash.
    TokenDigest
}

impl TokenDigest {
    /// Whether `secret` is the token behind this digest.
    pub fn matches(&self, secret: &Secret) -> bool {
        *self == secret.digest()
    }

    /// The first eight characters: enough to tell a person's keys apart in a list, useless for signing in.
    pub fn short(&self) -> String {
        crate::digest::hex(&self.0[..4])
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use crate::randomness::{OperatingSystem, Seeded};

    #[test]
    fn a_token_is_url_safe_and_says_what_it_opens() {
        for kind in TokenKind::ALL {
            let secret = Secret::generate(kind, &OperatingSystem).unwrap();
            let body = secret.expose().strip_prefix(kind.prefix()).unwrap();
            assert_eq!(body.len(), 43);
            assert!(
                body.bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
            );
            let read = Secret::parse(&format!(" {}\n", secret.expose()), kind).unwrap();
            assert_eq!((read.kind(), read.digest()), (kind, secret.digest()));
        }
    }

    #[test]
    fn a_token_of_another_kind_opens_nothing() {
        let session = Secret::generate(TokenKind::Session, &OperatingSystem).unwrap();
        assert_eq!(
            Secret::parse(session.expose(), TokenKind::ApiKey).unwrap_err(),
            TokenError::OtherKind {
                expected: TokenKind::ApiKey,
                found: TokenKind::Session
            }
        );
        let renamed = session.expose().replacen("bc_session_", "bc_key_", 1);
        let renamed = Secret::parse(&renamed, TokenKind::ApiKey).unwrap();
        assert!(
            !session.digest().matches(&renamed),
            "the prefix is part of what is digested"
        );
    }

    #[test]
    fn cut_off_and_foreign_texts_are_no_tokens() {
        let good = Secret::generate(TokenKind::ApiKey, &Seeded::new(5)).unwrap();
        let text = good.expose();
        let foreign = text.replacen("bc_key_", "gh_key_", 1);
        let padded = format!("{text}=");
        let mut last_bit = text[..text.len() - 1].to_owned();
        last_bit.push('B');
        for bad in [
            "",
            "bc_key_",
            &text[..text.len() - 1],
            &foreign,
            &padded,
            &last_bit,
            "bc_key_标尺标尺标尺标尺标尺标尺标尺",
        ] {
            let error = Secret::parse(bad, TokenKind::ApiKey).unwrap_err();
            assert_eq!(
                error,
                TokenError::Malformed {
                    expected: TokenKind::ApiKey
                },
                "{bad}"
            );
        }
    }

    #[test]
    fn the_digest_goes_to_the_store_and_back() {
        let secret = Secret::generate(TokenKind::Reset, &OperatingSystem).unwrap();
        let digest = secret.digest();
        let json = serde_json::to_string(&digest).unwrap();
        assert_eq!(json, format!("\"{}\"", digest.hex()));
        let read: TokenDigest = serde_json::from_str(&json).unwrap();
        assert!(read.matches(&secret));
        assert!(!read.matches(&Secret::generate(TokenKind::Reset, &OperatingSystem).unwrap()));
        assert!(digest.hex().starts_with(&digest.short()) && digest.short().len() == 8);
        assert!(serde_json::from_str::<TokenDigest>("\"abc\"").is_err());
    }

    #[test]
    fn nothing_prints_the_token() {
        let secret = Secret::generate(TokenKind::ApiKey, &OperatingSystem).unwrap();
        assert_eq!(format!("{secret:?}"), "Secret(bc_key_…)");
        assert!(!format!("{:?}", secret.digest()).contains(&secret.expose()[7..]));
    }
}
