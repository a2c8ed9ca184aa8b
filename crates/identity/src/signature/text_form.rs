//! The text form of public keys and signatures, as JSON carries them.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};

use super::{DoubleSignature, PublicKeys, SM2_IDENTIFIER, SignatureError};

/// The text form of public keys and of signatures.
#[derive(Serialize, Deserialize)]
pub(super) struct Base64Form {
    ed25519: String,
    sm2: String,
    key_id: String,
}

fn decode(field: &'static str, text: &str) -> Result<Vec<u8>, SignatureError> {
    STANDARD.decode(text).map_err(|_| SignatureError::Malformed {
        field,
        expected: "base64",
    })
}

impl From<PublicKeys> for Base64Form {
    fn from(keys: PublicKeys) -> Self {
        Self {
            ed25519: STANDARD.encode(keys.ed25519.as_bytes()),
            sm2: STANDARD.encode(keys.sm2.to_sec1_bytes()),
            key_id: keys.key_id,
        }
    }
}

impl TryFrom<Base64Form> for PublicKeys {
    type Error = SignatureError;

    fn try_from(form: Base64Form) -> Result<Self, Self::Error> {
        let malformed = |field, expected| SignatureError::Malformed { field, expected };
        let ed25519 = <[u8; 32]>::try_from(decode("ed25519", &form.ed25519)?.as_slice())
            .ok()
            .and_then(|bytes| ed25519_dalek::VerifyingKey::from_bytes(&bytes).ok())
            .filter(|key| !key.is_weak())
            .ok_or_else(|| malformed("ed25519", "an Ed25519 public key"))?;
        let sm2 = sm2::dsa::VerifyingKey::from_sec1_bytes(SM2_IDENTIFIER, &decode("sm2", &form.sm2)?)
            .map_err(|_| malformed("sm2", "a point of the SM2 curve"))?;
        let keys = Self::new(ed25519, sm2);
        if keys.key_id != form.key_id {
            return Err(malformed("key_id", "the id of these keys"));
        }
        Ok(keys)
    }
}

impl From<DoubleSignature> for Base64Form {
    fn from(signature: DoubleSignature) -> Self {
        Self {
            ed25519: STANDARD.encode(signature.ed25519.to_bytes()),
            sm2: STANDARD.encode(signature.sm2.to_der().as_bytes()),
            key_id: signature.key_id,
        }
    }
}

impl TryFrom<Base64Form> for DoubleSignature {
    type Error = SignatureError;

    fn try_from(form: Base64Form) -> Result<Self, Self::Error> {
        let malformed = |field, expected| SignatureError::Malformed { field, expected };
        Ok(Self {
            ed25519: ed25519_dalek::Signature::from_slice(&decode("ed25519", &form.ed25519)?)
                .map_err(|_| malformed("ed25519", "an Ed25519 signature of 64 bytes"))?,
            sm2: sm2::dsa::Signature::from_der(&decode("sm2", &form.sm2)?)
                .map_err(|_| malformed("sm2", "an SM2 signature in DER"))?,
            key_id: form.key_id,
        })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use crate::randomness::Seeded;
    use crate::signature::{DoubleSignature, PublicKeys, SigningKeys};

    #[test]
    fn keys_and_signatures_go_to_json_and_back() {
        let keys = SigningKeys::generate(&Seeded::new(2)).unwrap();
        let public: PublicKeys = serde_json::from_str(&serde_json::to_string(keys.public_keys()).unwrap()).unwrap();
        assert_eq!(&public, keys.public_keys());
        let json = serde_json::to_value(keys.sign(b"manifest").unwrap()).unwrap();
        let mut names: Vec<&String> = json.as_object().unwrap().keys().collect();
        names.sort();
        assert_eq!(names, ["ed25519", "key_id", "sm2"]);
        let signature: DoubleSignature = serde_json::from_value(json).unwrap();
        assert_eq!(public.verify(b"manifest", &signature), Ok(()));
    }

    #[test]
    fn damaged_texts_are_refused_by_field() {
        let keys = SigningKeys::generate(&Seeded::new(2)).unwrap();
        let public = serde_json::to_value(keys.public_keys()).unwrap();
        let signature = serde_json::to_value(keys.sign(b"manifest").unwrap()).unwrap();
        for field in ["ed25519", "sm2"] {
            for damage in ["", "AAAA", "not base64!"] {
                let mut damaged = public.clone();
                damaged[field] = damage.into();
                let error = serde_json::from_value::<PublicKeys>(damaged).unwrap_err().to_string();
                assert!(error.contains(field), "{error}");
                let mut damaged = signature.clone();
                damaged[field] = damage.into();
                let error = serde_json::from_value::<DoubleSignature>(damaged)
                    .unwrap_err()
                    .to_string();
                assert!(error.contains(field), "{error}");
            }
        }
        let mut renamed = public;
        renamed["key_id"] = "0000000000000000".into();
        assert!(
            serde_json::from_value::<PublicKeys>(renamed)
                .unwrap_err()
                .to_string()
                .contains("key_id")
        );
    }
}
