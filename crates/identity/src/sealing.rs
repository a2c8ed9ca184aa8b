//! Personal data under lock: one key for each person, wrapped by the installation's.
//!
//! Every box is XChaCha20-Poly1305 with a fresh random nonce: `version (1 byte) ‖ nonce (24) ‖ ciphertext and tag`.
//! What it belongs to (the person's id for a wrapped key, the record's id for a sealed record) is authenticated with
//! it, so a box that was moved elsewhere does not open.

mod personal_digest;
mod sealed_box;

pub use personal_digest::{KeyedDigest, LookupField, Salt, SaltedDigest, salted_digest};

use std::fmt;
use std::str::FromStr;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use serde::{Deserialize, Serialize};
use sha2::Sha256;
use zeroize::Zeroizing;

use self::sealed_box::{belonging, check_box, close, open};
use crate::randomness::{Randomness, RandomnessError, random_bytes};

/// Something could not be sealed or opened.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SealingError {
    /// No nonce could be made.
    #[error(transparent)]
    Randomness(#[from] RandomnessError),
    /// The wrapped key belongs to another installation key.
    #[error(
        "the key was wrapped under installation key {wrapped_under}, and {offered} was offered; use the key file of that installation"
    )]
    OtherInstallationKey {
        /// Id of the key that wrapped it.
        wrapped_under: String,
        /// Id of the key that was offered.
        offered: String,
    },
    /// The box does not open: another key, another person or record, or altered bytes.
    #[error("the sealed data do not open: the key is another, they belong elsewhere, or they were altered")]
    DoesNotOpen,
    /// The bytes or the text are no sealed data at all.
    #[error("these are no sealed data: {0}")]
    Malformed(Malformation),
}

/// What is wrong with bytes or a text that should be sealed data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Malformation {
    /// Fewer bytes than an empty box has.
    #[error("they are cut off")]
    TooShort,
    /// More bytes than the cipher takes.
    #[error("they are too long")]
    TooLong,
    /// A form that this release does not know.
    #[error("their form is of another release")]
    OtherVersion,
    /// A wrapped key without the id of its installation key.
    #[error("the id of the installation key is missing")]
    NoInstallation,
    /// A text that is not base64.
    #[error("they are not base64")]
    NotBase64,
    /// A box that opens, but holds no key.
    #[error("they hold no key")]
    NoKey,
}

/// HMAC-SHA256 over the parts one after the other.
fn mac(key: &[u8; 32], parts: &[&[u8]]) -> [u8; 32] {
    // HMAC's own padding of a short key to the block of SHA-256.
    let mut block = Zeroizing::new([0_u8; 64]);
    block[..32].copy_from_slice(key);
    let mut mac = Hmac::<Sha256>::new((&*block).into());
    for part in parts {
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

/// The key of this installation: 32 bytes, kept in the key file, outside the database and its backups. Losing it loses
/// every sealed record.
#[derive(Clone)]
pub struct InstallationKey(Zeroizing<[u8; 32]>);

impl InstallationKey {
    /// A fresh key.
    ///
    /// # Errors
    ///
    /// [`RandomnessError`] when the source cannot answer.
    pub fn generate(random: &dyn Randomness) -> Result<Self, RandomnessError> {
        random_bytes(random).map(Self)
    }

    /// The key as the key file has it.
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    /// The key itself, for the key file alone.
    pub fn expose(&self) -> &[u8; 32] {
        &self.0
    }

    /// 16 characters that tell installation keys apart and reveal nothing of them.
    pub fn id(&self) -> String {
        crate::digest::hex(&mac(&self.0, &[b"biaochi key id v1"])[..8])
    }

    fn wrapping_key(&self) -> Zeroizing<[u8; 32]> {
        Zeroizing::new(mac(&self.0, &[b"biaochi wrapping v1"]))
    }

    /// Wraps a person's key, bound to the person's id.
    ///
    /// # Errors
    ///
    /// [`SealingError::Randomness`].
    pub fn wrap(&self, key: &PersonKey, person: &str, random: &dyn Randomness) -> Result<WrappedKey, SealingError> {
        let bytes = close(
            &self.wrapping_key(),
            &belonging("biaochi person key v1", person),
            key.0.as_slice(),
            random,
        )?;
        Ok(WrappedKey {
            installation: self.id(),
            bytes,
        })
    }

    /// The person's key again.
    ///
    /// # Errors
    ///
    /// [`SealingError::OtherInstallationKey`], or [`SealingError::DoesNotOpen`] when the key is another person's or
    /// was altered.
    pub fn unwrap_key(&self, wrapped: &WrappedKey, person: &str) -> Result<PersonKey, SealingError> {
        let offered = self.id();
        if wrapped.installation != offered {
            return Err(SealingError::OtherInstallationKey {
                wrapped_under: wrapped.installation.clone(),
                offered,
            });
        }
        let plain = open(
            &self.wrapping_key(),
            &belonging("biaochi person key v1", person),
            &wrapped.bytes,
        )?;
        let bytes = <[u8; 32]>::try_from(plain.as_slice()).map_err(|_| SealingError::Malformed(Malformation::NoKey))?;
        Ok(PersonKey(Zeroizing::new(bytes)))
    }
}

impl fmt::Debug for InstallationKey {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "InstallationKey({}, …)", self.id())
    }
}

/// The key under which everything about one person is sealed.
#[derive(Clone)]
pub struct PersonKey(Zeroizing<[u8; 32]>);

impl PersonKey {
    /// A fresh key.
    ///
    /// # Errors
    ///
    /// [`RandomnessError`] when the source cannot answer.
    pub fn generate(random: &dyn Randomness) -> Result<Self, RandomnessError> {
        random_bytes(random).map(Self)
    }

    /// Seals `plain` as the record `record`.
    ///
    /// # Errors
    ///
    /// [`SealingError::Randomness`].
    pub fn seal(&self, record: &str, plain: &[u8], random: &dyn Randomness) -> Result<Sealed, SealingError> {
        close(&self.0, &belonging("biaochi record v1", record), plain, random).map(Sealed)
    }

    /// The plaintext of the record `record`, wiped when dropped.
    ///
    /// # Errors
    ///
    /// [`SealingError::DoesNotOpen`] when key or record is another, or the bytes were altered.
    pub fn open(&self, record: &str, sealed: &Sealed) -> Result<Zeroizing<Vec<u8>>, SealingError> {
        open(&self.0, &belonging("biaochi record v1", record), &sealed.0)
    }
}

impl fmt::Debug for PersonKey {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("PersonKey(…)")
    }
}

/// A person's key as the database holds it. Deleting every copy erases the person's data.
///
/// Text form, also by serde: `v1.<installation key id>.<base64>`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct WrappedKey {
    installation: String,
    bytes: Vec<u8>,
}

impl WrappedKey {
    /// The id of the installation key that opens it.
    pub fn installation(&self) -> &str {
        &self.installation
    }

    /// The same person's key under another installation key. Sealed records stay as they are.
    ///
    /// # Errors
    ///
    /// As [`InstallationKey::unwrap_key`] with `old` and [`InstallationKey::wrap`] with `new`.
    pub fn rewrap(
        &self,
        person: &str,
        old: &InstallationKey,
        new: &InstallationKey,
        random: &dyn Randomness,
    ) -> Result<Self, SealingError> {
        new.wrap(&old.unwrap_key(self, person)?, person, random)
    }
}

impl fmt::Display for WrappedKey {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "v1.{}.{}", self.installation, STANDARD.encode(&self.bytes))
    }
}

impl fmt::Debug for WrappedKey {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "WrappedKey(under {}, …)", self.installation)
    }
}

impl FromStr for WrappedKey {
    type Err = SealingError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let malformed = SealingError::Malformed;
        let mut parts = text.splitn(3, '.');
        let (Some("v1"), Some(installation), Some(bytes)) = (parts.next(), parts.next(), parts.next()) else {
            return Err(malformed(Malformation::OtherVersion));
        };
        if installation.len() != 16
            || !installation
                .bytes()
                .all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
        {
            return Err(malformed(Malformation::NoInstallation));
        }
        let bytes = STANDARD.decode(bytes).map_err(|_| malformed(Malformation::NotBase64))?;
        check_box(&bytes)?;
        Ok(Self {
            installation: installation.to_owned(),
            bytes,
        })
    }
}

impl TryFrom<String> for WrappedKey {
    type Error = SealingError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<WrappedKey> for String {
    fn from(wrapped: WrappedKey) -> Self {
        wrapped.to_string()
    }
}

/// A sealed record as the database holds it.
#[derive(Clone, PartialEq, Eq)]
pub struct Sealed(Vec<u8>);

impl Sealed {
    /// The bytes to be stored: 41 more than the plaintext.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// The record as it was stored.
    ///
    /// # Errors
    ///
    /// [`SealingError::Malformed`] when these are no such bytes.
    pub fn from_bytes(bytes: Vec<u8>) -> Result<Self, SealingError> {
        check_box(&bytes)?;
        Ok(Self(bytes))
    }
}

impl fmt::Debug for Sealed {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Sealed({} bytes)", self.0.len())
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use crate::randomness::{OperatingSystem, Seeded};
    use proptest::prelude::*;

    fn keys() -> (InstallationKey, PersonKey) {
        (
            InstallationKey::generate(&OperatingSystem).unwrap(),
            PersonKey::generate(&OperatingSystem).unwrap(),
        )
    }

    #[test]
    fn a_record_opens_through_the_wrapped_key_after_a_trip_through_the_store() {
        let (installation, person) = keys();
        let wrapped = installation.wrap(&person, "person-1", &OperatingSystem).unwrap();
        let sealed = person
            .seal("record-1", "李雷，南京".as_bytes(), &OperatingSystem)
            .unwrap();
        let stored_key = serde_json::to_string(&wrapped).unwrap();
        let stored = sealed.as_bytes().to_vec();

        let wrapped: WrappedKey = serde_json::from_str(&stored_key).unwrap();
        let person = installation.unwrap_key(&wrapped, "person-1").unwrap();
        let opened = person.open("record-1", &Sealed::from_bytes(stored).unwrap()).unwrap();
        assert_eq!(opened.as_slice(), "李雷，南京".as_bytes());
    }

    #[test]
    fn erasing_the_wrapped_key_erases_the_record() {
        let (installation, person) = keys();
        let mut store = vec![(
            "person-1",
            installation.wrap(&person, "person-1", &OperatingSystem).unwrap(),
        )];
        let sealed = person.seal("record-1", b"secret", &OperatingSystem).unwrap();
        drop(person);
        assert!(
            installation
                .unwrap_key(&store[0].1, "person-1")
                .unwrap()
                .open("record-1", &sealed)
                .is_ok()
        );

        store.clear();
        // Whoever has the installation key and the record, but no wrapped key, can only make other keys.
        let other = PersonKey::generate(&OperatingSystem).unwrap();
        assert_eq!(other.open("record-1", &sealed), Err(SealingError::DoesNotOpen));
        let guessed = PersonKey(Zeroizing::new(*installation.expose()));
        assert_eq!(guessed.open("record-1", &sealed), Err(SealingError::DoesNotOpen));
        assert!(!sealed.as_bytes().windows(6).any(|window| window == b"secret"));
    }

    #[test]
    fn a_wrapped_key_serves_its_person_only() {
        let (installation, person) = keys();
        let wrapped = installation.wrap(&person, "person-1", &OperatingSystem).unwrap();
        assert_eq!(
            installation.unwrap_key(&wrapped, "person-2").unwrap_err(),
            SealingError::DoesNotOpen
        );
    }

    #[test]
    fn another_installation_is_told_whose_key_it_is() {
        let (installation, person) = keys();
        let stranger = InstallationKey::generate(&OperatingSystem).unwrap();
        let wrapped = installation.wrap(&person, "person-1", &OperatingSystem).unwrap();
        let expected = SealingError::OtherInstallationKey {
            wrapped_under: installation.id(),
            offered: stranger.id(),
        };
        assert_eq!(stranger.unwrap_key(&wrapped, "person-1").unwrap_err(), expected);
        let forged = WrappedKey {
            installation: stranger.id(),
            ..wrapped
        };
        assert_eq!(
            stranger.unwrap_key(&forged, "person-1").unwrap_err(),
            SealingError::DoesNotOpen
        );
    }

    #[test]
    fn rotation_changes_the_wrapping_and_no_record() {
        let (old, person) = keys();
        let new = InstallationKey::generate(&OperatingSystem).unwrap();
        let wrapped = old.wrap(&person, "person-1", &OperatingSystem).unwrap();
        let sealed = person.seal("record-1", b"secret", &OperatingSystem).unwrap();

        let rewrapped = wrapped.rewrap("person-1", &old, &new, &OperatingSystem).unwrap();
        assert_eq!(rewrapped.installation(), new.id());
        assert_eq!(
            new.unwrap_key(&rewrapped, "person-1")
                .unwrap()
                .open("record-1", &sealed)
                .unwrap()
                .as_slice(),
            b"secret"
        );
        assert!(old.unwrap_key(&rewrapped, "person-1").is_err());
        assert!(wrapped.rewrap("person-2", &old, &new, &OperatingSystem).is_err());
    }

    #[test]
    fn a_wrapped_key_is_no_record_and_a_record_no_wrapped_key() {
        let (installation, person) = keys();
        let wrapping = PersonKey(installation.wrapping_key());
        let record = wrapping.seal("person-1", &[1; 32], &OperatingSystem).unwrap();
        let posed = WrappedKey {
            installation: installation.id(),
            bytes: record.0,
        };
        assert_eq!(
            installation.unwrap_key(&posed, "person-1").unwrap_err(),
            SealingError::DoesNotOpen
        );
        let wrapped = installation.wrap(&person, "person-1", &OperatingSystem).unwrap();
        assert!(wrapping.open("person-1", &Sealed(wrapped.bytes)).is_err());
    }

    #[test]
    fn what_is_no_box_is_refused_by_name() {
        let id = "0011223344556677";
        for (text, what) in [
            (String::new(), Malformation::OtherVersion),
            ("v1".to_owned(), Malformation::OtherVersion),
            (format!("v2.{id}.AAAA"), Malformation::OtherVersion),
            ("v1.xyz.AAAA".to_owned(), Malformation::NoInstallation),
            (format!("v1.{id}.A?"), Malformation::NotBase64),
            (format!("v1.{id}.AAAA"), Malformation::TooShort),
        ] {
            assert_eq!(text.parse::<WrappedKey>(), Err(SealingError::Malformed(what)), "{text}");
        }
        for (bytes, what) in [
            (vec![1; 40], Malformation::TooShort),
            (vec![2; 60], Malformation::OtherVersion),
        ] {
            assert_eq!(Sealed::from_bytes(bytes), Err(SealingError::Malformed(what)));
        }
    }

    #[test]
    fn nothing_prints_a_key() {
        let installation = InstallationKey::from_bytes([0xab; 32]);
        let person = PersonKey(Zeroizing::new([0xab; 32]));
        let wrapped = installation.wrap(&person, "person-1", &OperatingSystem).unwrap();
        let salt = Salt::from_bytes([0xab; 32]);
        let printed = format!("{installation:?} {person:?} {wrapped:?} {salt:?}");
        assert!(
            !printed.contains("abab") && !printed.contains("171") && !printed.contains("q6ur"),
            "{printed}"
        );
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn what_is_sealed_opens(
            seed in any::<u64>(),
            record in ".{0,40}",
            plain in proptest::collection::vec(any::<u8>(), 0..600),
        ) {
            let random = Seeded::new(seed);
            let person = PersonKey::generate(&random).unwrap();
            let sealed = person.seal(&record, &plain, &random).unwrap();
            prop_assert_eq!(sealed.as_bytes().len(), plain.len() + 41);
            let opened = person.open(&record, &sealed).unwrap();
            prop_assert_eq!(opened.as_slice(), plain.as_slice());
            // The same again is another box.
            prop_assert_ne!(person.seal(&record, &plain, &random).unwrap(), sealed);
        }

        #[test]
        fn one_flipped_bit_or_another_record_does_not_open(
            seed in any::<u64>(),
            record in "[a-z0-9]{1,20}",
            other in "[a-z0-9]{1,20}",
            plain in proptest::collection::vec(any::<u8>(), 0..100),
            place in any::<prop::sample::Index>(),
            bit in 0..8_u8,
        ) {
            prop_assume!(record != other);
            let random = Seeded::new(seed);
            let person = PersonKey::generate(&random).unwrap();
            let sealed = person.seal(&record, &plain, &random).unwrap();
            prop_assert_eq!(person.open(&other, &sealed), Err(SealingError::DoesNotOpen));
            let mut bytes = sealed.as_bytes().to_vec();
            let place = place.index(bytes.len());
            bytes[place] ^= 1 << bit;
            prop_assert!(Sealed::from_bytes(bytes).and_then(|altered| person.open(&record, &altered)).is_err());
        }
    }
}
