//! Who somebody is, and what keeps that secret: passwords, the second factor, tokens, keys, signatures, sealed
//! personal data.
//!
//! The room knows no roles, no database and no pages. Randomness enters through [`Randomness`] (the operating system's
//! in production, a seeded one in tests); time is passed in as microseconds since 1970-01-01T00:00Z. Nothing here
//! prints a secret: `Debug` of every secret type is blank, and secrets are wiped when dropped.
//!
//! # Words
//!
//! - **Key file**: the text file that holds the installation key and the signing keys, kept outside the database and
//!   its backups ([`key_file`]).
//! - **Installation key**: wraps person keys and yields the keyed digests by which a login is found ([`sealing`]).
//! - **Person key**: one for each person; every record about that person is sealed under it. Destroying its wrapped
//!   form makes the records unreadable for ever, in backups too if they apply the list of erasures.
//! - **Sealed record**: XChaCha20-Poly1305 ciphertext bound to the id of its record.
//! - **Keyed digest**: HMAC-SHA256 of a normalised value, for search by equality.
//! - **Salted digest**: SHA-256 over a salt and the plaintext; what the public log holds of a personal text.
//! - **Token**: 256 random bits with a prefix that says what it opens; only its digest is stored ([`token`]).
//! - **Double signature**: Ed25519 and SM2 with SM3 over the same bytes; both must hold ([`signature`]).
//! - **Statement**: JSON under both signatures, as a file that holds by itself ([`statement`]).
//! - **Step**: the number of a 30-second interval since 1970, by which a TOTP code is counted ([`totp`]).
//!
//! # Example
//!
//! ```
//! use identity::key_file::KeyFile;
//! use identity::password::{self, Cost, PasswordPolicy};
//! use identity::randomness::OperatingSystem;
//! use identity::sealing::PersonKey;
//! use identity::token::{Secret, TokenKind};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let random = OperatingSystem;
//!
//! // A password is checked, hashed and verified.
//! PasswordPolicy::default().check("correct horse battery", "zhang.wei")?;
//! let stored = password::hash("correct horse battery", Cost::Light, &random)?;
//! assert!(password::verify("correct horse battery", &stored)?);
//!
//! // A person's data are sealed under that person's key, which the installation key wraps.
//! let keys = KeyFile::generate(&random)?;
//! let person = PersonKey::generate(&random)?;
//! let wrapped = keys.installation().wrap(&person, "person-7", &random)?;
//! let sealed = person.seal("record-1", "南京市建邺区".as_bytes(), &random)?;
//! let again = keys.unwrap_person_key(&wrapped, "person-7")?;
//! assert_eq!(again.open("record-1", &sealed)?.as_slice(), "南京市建邺区".as_bytes());
//!
//! // A publication is signed twice, and anybody can check it with the public keys.
//! let signature = keys.signing().sign(b"manifest")?;
//! keys.signing().public_keys().verify(b"manifest", &signature)?;
//!
//! // Of a token only the digest is kept.
//! let secret = Secret::generate(TokenKind::ApiKey, &random)?;
//! let digest = secret.digest();
//! assert!(digest.matches(&Secret::parse(secret.expose(), TokenKind::ApiKey)?));
//! # Ok(())
//! # }
//! ```

pub mod digest;
pub mod key_file;
pub mod lockout;
pub mod password;
pub mod randomness;
pub mod sealing;
pub mod signature;
pub mod statement;
pub mod token;
pub mod totp;

pub use key_file::KeyFile;
pub use randomness::{OperatingSystem, Randomness};
