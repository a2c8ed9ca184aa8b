//! Digests of personal data: keyed ones to search by, salted ones for the log.

use std::fmt;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use super::{InstallationKey, mac};
use crate::digest::digest_type;
use crate::randomness::{Randomness, RandomnessError, random_bytes};

impl InstallationKey {
    /// The digest by which an equal `value` is found again. The caller normalises `value` (case, width, spaces).
    /// Digests of different fields are unrelated; under a new installation key they must be made anew.
    pub fn keyed_digest(&self, field: LookupField, value: &str) -> KeyedDigest {
        let subkey = Zeroizing::new(mac(&self.0, &[b"biaochi lookup v1 ", field.name().as_bytes()]));
        KeyedDigest(mac(&subkey, &[value.as_bytes()]))
    }
}

/// What a person is looked up by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LookupField {
    /// The name to sign in with.
    Login,
    /// The e-mail address.
    Email,
    /// The telephone number.
    Telephone,
    /// The network address from which somebody comes.
    NetworkAddress,
    /// The link in a letter that ends letters of its kind.
    LetterStop,
}

impl LookupField {
    const fn name(self) -> &'static str {
        match self {
            Self::Login => "login",
            Self::Email => "email",
            Self::Telephone => "telephone",
            Self::NetworkAddress => "network_address",
            Self::LetterStop => "letter_stop",
        }
    }
}

digest_type! {
    /// HMAC-SHA256 of a normalised value under a key of its field: finds equal values without holding them. Removed
    /// when the person is erased.
    KeyedDigest
}

/// The salt of a [`SaltedDigest`]: 32 random bytes. Keep it sealed with the record, so that it goes with the person.
#[derive(Clone)]
pub struct Salt(Zeroizing<[u8; 32]>);

impl Salt {
    /// A fresh salt.
    ///
    /// # Errors
    ///
    /// [`RandomnessError`] when the source cannot answer.
    pub fn generate(random: &dyn Randomness) -> Result<Self, RandomnessError> {
        random_bytes(random).map(Self)
    }

    /// The salt as it was stored.
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    /// The salt itself, to be sealed with the record.
    pub fn expose(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Debug for Salt {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Salt(…)")
    }
}

digest_type! {
    /// What the log holds of a personal text: proves which text it was to whoever has text and salt, and says nothing
    /// once the salt is erased.
    SaltedDigest
}

/// SHA-256 over the salt's 32 bytes and then `plain`; anybody with both can compute it.
pub fn salted_digest(salt: &Salt, plain: &[u8]) -> SaltedDigest {
    SaltedDigest(
        Sha256::new()
            .chain_update(salt.0.as_slice())
            .chain_update(plain)
            .finalize()
            .into(),
    )
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use crate::randomness::OperatingSystem;

    #[test]
    fn keyed_digests_find_equals_within_field_and_installation() {
        let installation = InstallationKey::generate(&OperatingSystem).unwrap();
        let other = InstallationKey::generate(&OperatingSystem).unwrap();
        let digest = installation.keyed_digest(LookupField::Login, "zhangwei");
        assert_eq!(digest, installation.keyed_digest(LookupField::Login, "zhangwei"));
        assert_ne!(digest, installation.keyed_digest(LookupField::Login, "zhangwei2"));
        assert_ne!(digest, installation.keyed_digest(LookupField::Email, "zhangwei"));
        assert_ne!(digest, other.keyed_digest(LookupField::Login, "zhangwei"));
        assert_eq!(digest.hex().parse::<KeyedDigest>().unwrap(), digest);
    }

    #[test]
    fn keyed_digests_stay_what_they_were() {
        // Stored digests must be found by every later release. Computed with another implementation of HMAC-SHA256.
        let installation = InstallationKey::from_bytes([7; 32]);
        assert_eq!(
            installation.keyed_digest(LookupField::Login, "zhangwei").hex(),
            "8abffb1d59145ecc2ee4bc84d81c5ccd47b8e173a45100b4c134a0085a3e4180"
        );
        assert_eq!(installation.id(), "017530305076b981");
    }

    #[test]
    fn the_salted_digest_is_sha_256_of_salt_and_text() {
        let salt = Salt::from_bytes([7; 32]);
        assert_eq!(
            salted_digest(&salt, "意见".as_bytes()).hex(),
            "1abbf82b233ae85d2fe986709680d86191d1c1e68f2ba1d7051e655c0496de95"
        );
        let other = Salt::generate(&OperatingSystem).unwrap();
        assert_ne!(salted_digest(&salt, b"text"), salted_digest(&other, b"text"));
        assert_ne!(salted_digest(&salt, b"text"), salted_digest(&salt, b"texts"));
    }
}
