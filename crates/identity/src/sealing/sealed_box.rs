//! The authenticated box: `version (1 byte) ‖ nonce (24) ‖ ciphertext and tag`, XChaCha20-Poly1305.

use chacha20poly1305::aead::{Aead as _, Payload};
use chacha20poly1305::{KeyInit as _, XChaCha20Poly1305, XNonce};
use zeroize::Zeroizing;

use super::{Malformation, SealingError};
use crate::randomness::{Randomness, random_bytes};

const VERSION: u8 = 1;
const NONCE: usize = 24;
const TAG: usize = 16;

/// What an authenticated box belongs to; the first part keeps kinds of boxes apart.
pub(super) fn belonging(kind: &str, id: &str) -> Vec<u8> {
    [kind.as_bytes(), b"\0", id.as_bytes()].concat()
}

/// Closes a fresh box around `plain`.
pub(super) fn close(
    key: &[u8; 32],
    belonging: &[u8],
    plain: &[u8],
    random: &dyn Randomness,
) -> Result<Vec<u8>, SealingError> {
    let nonce = random_bytes::<NONCE>(random)?;
    let cipher = XChaCha20Poly1305::new(key.into());
    let payload = Payload {
        msg: plain,
        aad: belonging,
    };
    // Fails only for plaintexts of 256 GiB.
    let ciphertext = cipher
        .encrypt(&XNonce::from(*nonce), payload)
        .map_err(|_| SealingError::Malformed(Malformation::TooLong))?;
    let mut bytes = Vec::with_capacity(1 + NONCE + ciphertext.len());
    bytes.push(VERSION);
    bytes.extend_from_slice(nonce.as_slice());
    bytes.extend_from_slice(&ciphertext);
    Ok(bytes)
}

/// What is in the box, if key and belonging are those it was closed with.
pub(super) fn open(key: &[u8; 32], belonging: &[u8], bytes: &[u8]) -> Result<Zeroizing<Vec<u8>>, SealingError> {
    check_box(bytes)?;
    let (nonce, ciphertext) = bytes[1..]
        .split_first_chunk::<NONCE>()
        .ok_or(SealingError::Malformed(Malformation::TooShort))?;
    XChaCha20Poly1305::new(key.into())
        .decrypt(
            &XNonce::from(*nonce),
            Payload {
                msg: ciphertext,
                aad: belonging,
            },
        )
        .map(Zeroizing::new)
        .map_err(|_| SealingError::DoesNotOpen)
}

/// Refuses bytes that are no box by their length or version.
pub(super) fn check_box(bytes: &[u8]) -> Result<(), SealingError> {
    if bytes.len() < 1 + NONCE + TAG {
        return Err(SealingError::Malformed(Malformation::TooShort));
    }
    if bytes[0] != VERSION {
        return Err(SealingError::Malformed(Malformation::OtherVersion));
    }
    Ok(())
}
