//! Signatures on publications and checkpoints: Ed25519 and SM2 with SM3, both over the same bytes, both must hold.
//!
//! SM2 (GB/T 32918.2, curve of GB/T 32918.5) signs with the distinguishing identifier that GM/T 0009 gives for users
//! without one, [`SM2_IDENTIFIER`]; its signature is written in DER (GM/T 0009), so that other software checks it. Both
//! schemes draw no randomness while signing: the same message has the same signature.

mod text_form;

use std::fmt;

use ed25519_dalek::Signer as _;
use ed25519_dalek::pkcs8::EncodePublicKey as _;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use sm2::dsa::signature::Verifier as _;
use sm2::pkcs8::LineEnding;
use zeroize::Zeroizing;

use self::text_form::Base64Form;
use crate::randomness::{Randomness, RandomnessError, random_bytes};

/// The distinguishing identifier of the signer, as GM/T 0009 gives it for users without one.
pub const SM2_IDENTIFIER: &str = "1234567812345678";

/// How often fresh bytes are drawn until they are an SM2 key; one draw in 2³² fails.
const DRAWS: usize = 8;

/// One of the two schemes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Scheme {
    /// RFC 8032.
    Ed25519,
    /// GB/T 32918.2 with SM3.
    Sm2,
}

impl fmt::Display for Scheme {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Ed25519 => "Ed25519",
            Self::Sm2 => "SM2",
        })
    }
}

/// Something could not be signed, or a signature does not hold.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SignatureError {
    /// No key could be made.
    #[error(transparent)]
    Randomness(#[from] RandomnessError),
    /// These bytes are no key of the scheme.
    #[error("this is no {scheme} key")]
    Key {
        /// Whose key it should be.
        scheme: Scheme,
    },
    /// The scheme could not sign; the key is unfit.
    #[error("{scheme} could not sign; make new signing keys")]
    Signing {
        /// Which one.
        scheme: Scheme,
    },
    /// The signature was made by other keys.
    #[error("the signature was made by key {found}, and {expected} is asked; use the public keys of that time")]
    OtherKey {
        /// Id of the keys asked.
        expected: String,
        /// Id that the signature names.
        found: String,
    },
    /// The signature does not hold: message or signature were altered.
    #[error("the {scheme} signature does not hold: the message or the signature was altered")]
    DoesNotHold {
        /// The scheme that failed first.
        scheme: Scheme,
    },
    /// A text form cannot be read.
    #[error("`{field}` is not {expected}")]
    Malformed {
        /// Field of the text form.
        field: &'static str,
        /// What should stand there.
        expected: &'static str,
    },
}

/// The secret halves of both key pairs.
#[derive(Clone)]
pub struct SigningKeys {
    ed25519: ed25519_dalek::SigningKey,
    sm2: sm2::SecretKey,
    public: PublicKeys,
}

impl SigningKeys {
    /// Two fresh key pairs.
    ///
    /// # Errors
    ///
    /// [`SignatureError::Randomness`].
    pub fn generate(random: &dyn Randomness) -> Result<Self, SignatureError> {
        let ed25519 = random_bytes::<32>(random)?;
        let mut outcome = Err(SignatureError::Key { scheme: Scheme::Sm2 });
        for _ in 0..DRAWS {
            outcome = Self::from_bytes(&ed25519, &*random_bytes::<32>(random)?);
            if outcome.is_ok() {
                break;
            }
        }
        outcome
    }

    /// The keys as the key file has them: the Ed25519 seed and the SM2 secret scalar (big endian).
    ///
    /// # Errors
    ///
    /// [`SignatureError::Key`] when the SM2 bytes are no scalar of the curve.
    pub fn from_bytes(ed25519: &[u8; 32], sm2: &[u8; 32]) -> Result<Self, SignatureError> {
        let unfit = |_| SignatureError::Key { scheme: Scheme::Sm2 };
        let ed25519 = ed25519_dalek::SigningKey::from_bytes(ed25519);
        let sm2 = sm2::SecretKey::from_slice(sm2).map_err(unfit)?;
        let sm2_public = sm2::dsa::VerifyingKey::new(SM2_IDENTIFIER, sm2.public_key())
            .map_err(|_| SignatureError::Key { scheme: Scheme::Sm2 })?;
        let public = PublicKeys::new(ed25519.verifying_key(), sm2_public);
        Ok(Self { ed25519, sm2, public })
    }

    /// The Ed25519 seed, for the key file alone.
    pub fn expose_ed25519(&self) -> Zeroizing<[u8; 32]> {
        Zeroizing::new(self.ed25519.to_bytes())
    }

    /// The SM2 secret scalar, big endian, for the key file alone.
    pub fn expose_sm2(&self) -> Zeroizing<[u8; 32]> {
        Zeroizing::new(self.sm2.to_bytes().into())
    }

    /// The public halves.
    pub const fn public_keys(&self) -> &PublicKeys {
        &self.public
    }

    /// Signs `message` under both schemes.
    ///
    /// # Errors
    ///
    /// [`SignatureError::Signing`] when the SM2 key is unfit, as the one scalar `n − 1` is.
    pub fn sign(&self, message: &[u8]) -> Result<DoubleSignature, SignatureError> {
        let unfit = |_| SignatureError::Signing { scheme: Scheme::Sm2 };
        let sm2 = sm2::dsa::SigningKey::new(SM2_IDENTIFIER, &self.sm2).map_err(unfit)?;
        Ok(DoubleSignature {
            ed25519: self.ed25519.sign(message),
            sm2: sm2.try_sign(message).map_err(unfit)?,
            key_id: self.public.key_id.clone(),
        })
    }
}

impl fmt::Debug for SigningKeys {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "SigningKeys({}, …)", self.public.key_id)
    }
}

/// The public halves of both key pairs.
///
/// By serde: `{"ed25519": base64 of 32 bytes, "sm2": base64 of the 65-byte point 04‖x‖y, "key_id": …}`.
#[derive(Clone, Serialize, Deserialize)]
#[serde(try_from = "Base64Form", into = "Base64Form")]
pub struct PublicKeys {
    ed25519: ed25519_dalek::VerifyingKey,
    sm2: sm2::dsa::VerifyingKey,
    key_id: String,
}

impl PublicKeys {
    fn new(ed25519: ed25519_dalek::VerifyingKey, sm2: sm2::dsa::VerifyingKey) -> Self {
        let digest = Sha256::new()
            .chain_update(ed25519.as_bytes())
            .chain_update(sm2.to_sec1_bytes())
            .finalize();
        let key_id = crate::digest::hex(&digest[..8]);
        Self { ed25519, sm2, key_id }
    }

    /// 16 hexadecimal characters that name the pair: the beginning of SHA-256 over the Ed25519 key and the SM2 point.
    pub fn key_id(&self) -> &str {
        &self.key_id
    }

    /// Whether both signatures are these keys' over `message`.
    ///
    /// # Errors
    ///
    /// [`SignatureError::OtherKey`] or [`SignatureError::DoesNotHold`].
    pub fn verify(&self, message: &[u8], signature: &DoubleSignature) -> Result<(), SignatureError> {
        if signature.key_id != self.key_id {
            return Err(SignatureError::OtherKey {
                expected: self.key_id.clone(),
                found: signature.key_id.clone(),
            });
        }
        let fails = |scheme| SignatureError::DoesNotHold { scheme };
        self.ed25519
            .verify_strict(message, &signature.ed25519)
            .map_err(|_| fails(Scheme::Ed25519))?;
        self.sm2.verify(message, &signature.sm2).map_err(|_| fails(Scheme::Sm2))
    }

    /// One key as other software reads it: PEM, `-----BEGIN PUBLIC KEY-----`.
    ///
    /// # Errors
    ///
    /// [`SignatureError::Key`] when the key cannot be written so.
    pub fn pem(&self, scheme: Scheme) -> Result<String, SignatureError> {
        match scheme {
            Scheme::Ed25519 => self.ed25519.to_public_key_pem(LineEnding::LF),
            Scheme::Sm2 => self.sm2.to_public_key_pem(LineEnding::LF),
        }
        .map_err(|_| SignatureError::Key { scheme })
    }
}

impl PartialEq for PublicKeys {
    fn eq(&self, other: &Self) -> bool {
        self.ed25519 == other.ed25519 && self.sm2.to_sec1_bytes() == other.sm2.to_sec1_bytes()
    }
}

impl Eq for PublicKeys {}

impl fmt::Debug for PublicKeys {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "PublicKeys({})", self.key_id)
    }
}

/// Two signatures over one message.
///
/// By serde: `{"ed25519": base64 of 64 bytes, "sm2": base64 of DER, "key_id": …}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Base64Form", into = "Base64Form")]
pub struct DoubleSignature {
    ed25519: ed25519_dalek::Signature,
    sm2: sm2::dsa::Signature,
    key_id: String,
}

impl DoubleSignature {
    /// The id of the keys that signed; see [`PublicKeys::key_id`].
    pub fn key_id(&self) -> &str {
        &self.key_id
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use crate::randomness::{OperatingSystem, Seeded};
    use base64::Engine as _;
    use base64::engine::general_purpose::STANDARD;
    use proptest::prelude::*;

    fn bytes32(hex: &str) -> [u8; 32] {
        crate::digest::parse_hex(&hex.to_lowercase()).unwrap()
    }

    #[test]
    fn both_schemes_sign_and_hold() {
        let keys = SigningKeys::generate(&OperatingSystem).unwrap();
        let signature = keys.sign("第1号检查点".as_bytes()).unwrap();
        assert_eq!(keys.public_keys().verify("第1号检查点".as_bytes(), &signature), Ok(()));
        assert_eq!(
            keys.sign("第1号检查点".as_bytes()).unwrap(),
            signature,
            "no randomness while signing"
        );
        assert_eq!(
            keys.public_keys().verify("第2号检查点".as_bytes(), &signature),
            Err(SignatureError::DoesNotHold {
                scheme: Scheme::Ed25519
            })
        );
    }

    #[test]
    fn each_scheme_is_checked_on_its_own() {
        let keys = SigningKeys::generate(&OperatingSystem).unwrap();
        let right = keys.sign(b"manifest").unwrap();
        let wrong = keys.sign(b"another").unwrap();
        let only_ed25519 = DoubleSignature {
            sm2: wrong.sm2,
            ..right.clone()
        };
        let only_sm2 = DoubleSignature {
            ed25519: wrong.ed25519,
            ..right
        };
        let check = |signature| keys.public_keys().verify(b"manifest", &signature);
        assert_eq!(
            check(only_ed25519),
            Err(SignatureError::DoesNotHold { scheme: Scheme::Sm2 })
        );
        assert_eq!(
            check(only_sm2),
            Err(SignatureError::DoesNotHold {
                scheme: Scheme::Ed25519
            })
        );
    }

    #[test]
    fn other_keys_are_named() {
        let keys = SigningKeys::generate(&OperatingSystem).unwrap();
        let others = SigningKeys::generate(&OperatingSystem).unwrap();
        let signature = others.sign(b"manifest").unwrap();
        assert_eq!(
            keys.public_keys().verify(b"manifest", &signature),
            Err(SignatureError::OtherKey {
                expected: keys.public_keys().key_id().to_owned(),
                found: others.public_keys().key_id().to_owned(),
            })
        );
        let claimed = DoubleSignature {
            key_id: keys.public_keys().key_id().to_owned(),
            ..signature
        };
        assert!(matches!(
            keys.public_keys().verify(b"manifest", &claimed),
            Err(SignatureError::DoesNotHold { .. })
        ));
    }

    #[test]
    fn the_example_of_gb_t_32918_5_holds() {
        // Annex A.2: identifier 1234567812345678, message "message digest".
        let secret = bytes32("3945208F7B2144B13F36E38AC6D39F95889393692860B51A42FB81EF4DF7C5B8");
        let keys = SigningKeys::from_bytes(&[1; 32], &secret).unwrap();
        let point = keys.public.sm2.to_sec1_bytes();
        assert_eq!(
            point[1..33],
            bytes32("09F9DF311E5421A150DD7D161E4BC5C672179FAD1833FC076BB08FF356F35020")
        );
        assert_eq!(
            point[33..],
            bytes32("CCEA490CE26775A52DC6EA718CC1AA600AED05FBF35E084A6632F6072DA9AD13")
        );
        let signature = sm2::dsa::Signature::from_scalars(
            bytes32("F5A03B0648D2C4630EEAC513E1BB81A15944DA3827D5B74143AC7EACEEE720B3"),
            bytes32("B1B6AA29DF212FD8763182BC0D421CA1BB9038FD1F7F42D4840B69C485BBC1AA"),
        )
        .unwrap();
        assert!(keys.public.sm2.verify(b"message digest", &signature).is_ok());
        assert!(keys.public.sm2.verify(b"message digesT", &signature).is_err());
    }

    #[test]
    fn the_first_example_of_rfc_8032_holds() {
        let seed = bytes32("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");
        let keys = SigningKeys::from_bytes(&seed, &[1; 32]).unwrap();
        assert_eq!(
            crate::digest::hex(keys.public.ed25519.as_bytes()),
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"
        );
        let signature = crate::digest::hex(&keys.sign(b"").unwrap().ed25519.to_bytes());
        assert!(
            signature.starts_with("e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"),
            "{signature}"
        );
    }

    #[test]
    fn public_keys_are_written_as_pem() {
        let keys = SigningKeys::generate(&Seeded::new(2)).unwrap();
        for scheme in [Scheme::Ed25519, Scheme::Sm2] {
            let pem = keys.public_keys().pem(scheme).unwrap();
            assert!(pem.starts_with("-----BEGIN PUBLIC KEY-----\n"), "{pem}");
        }
        // 1.2.156.10197.1.301 in DER: the curve is named as SM2's.
        let sm2 = keys.public_keys().pem(Scheme::Sm2).unwrap();
        let body: String = sm2.lines().filter(|line| !line.starts_with('-')).collect();
        let der = STANDARD.decode(body).unwrap();
        assert!(
            der.windows(8)
                .any(|window| window == [0x2a, 0x81, 0x1c, 0xcf, 0x55, 0x01, 0x82, 0x2d])
        );
    }

    #[test]
    fn unfit_sm2_keys_are_refused() {
        for bytes in [[0; 32], [0xff; 32]] {
            assert_eq!(
                SigningKeys::from_bytes(&[1; 32], &bytes).unwrap_err(),
                SignatureError::Key { scheme: Scheme::Sm2 }
            );
        }
    }

    #[test]
    fn nothing_prints_a_secret_key() {
        let keys = SigningKeys::from_bytes(&[0xab; 32], &[0xab; 32]).unwrap();
        let printed = format!("{keys:?}");
        assert_eq!(printed, format!("SigningKeys({}, …)", keys.public_keys().key_id()));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(12))]

        #[test]
        fn one_flipped_bit_anywhere_breaks_it(
            message in proptest::collection::vec(any::<u8>(), 1..80),
            place in any::<prop::sample::Index>(),
            bit in 0..8_u8,
        ) {
            let keys = SigningKeys::generate(&Seeded::new(9)).unwrap();
            let right = keys.sign(&message).unwrap();
            let flipped = |bytes: &[u8]| {
                let mut bytes = bytes.to_vec();
                let place = place.index(bytes.len());
                bytes[place] ^= 1 << bit;
                bytes
            };
            let public = keys.public_keys();
            prop_assert_eq!(public.verify(&message, &right), Ok(()));

            let other = flipped(&message);
            prop_assert!(public.ed25519.verify_strict(&other, &right.ed25519).is_err());
            prop_assert!(public.sm2.verify(&other, &right.sm2).is_err());

            let bytes = flipped(&right.ed25519.to_bytes());
            let ed25519 = ed25519_dalek::Signature::from_slice(&bytes).unwrap();
            let altered = DoubleSignature { ed25519, ..right.clone() };
            let expected = SignatureError::DoesNotHold { scheme: Scheme::Ed25519 };
            prop_assert_eq!(public.verify(&message, &altered), Err(expected));

            // A flip may also leave the range of scalars; then it is no signature at all.
            if let Ok(sm2) = sm2::dsa::Signature::from_slice(&flipped(&right.sm2.to_bytes())) {
                let altered = DoubleSignature { sm2, ..right };
                let expected = SignatureError::DoesNotHold { scheme: Scheme::Sm2 };
                prop_assert_eq!(public.verify(&message, &altered), Err(expected));
            }
        }
    }
}
