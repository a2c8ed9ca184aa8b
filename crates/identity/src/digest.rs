//! Digests of 32 bytes, written as 64 lower-case hexadecimal characters and compared in constant time.

use std::fmt::Write as _;

/// A text that should be a digest is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a digest is 64 characters of 0-9 and a-f")]
pub struct DigestError;

/// Lower-case hexadecimal of any bytes.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes
        .iter()
        .fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        })
}

/// The 32 bytes of 64 lower-case hexadecimal characters.
pub(crate) fn parse_hex(text: &str) -> Result<[u8; 32], DigestError> {
    let digits = text.as_bytes();
    if digits.len() != 64 {
        return Err(DigestError);
    }
    let mut bytes = [0_u8; 32];
    for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
        *byte = nibble(pair[0])? << 4 | nibble(pair[1])?;
    }
    Ok(bytes)
}

fn nibble(digit: u8) -> Result<u8, DigestError> {
    match digit {
        b'0'..=b'9' => Ok(digit - b'0'),
        b'a'..=b'f' => Ok(digit - b'a' + 10),
        _ => Err(DigestError),
    }
}

/// Whether two digests are equal, in a time that does not depend on where they differ.
pub(crate) fn equal(left: &[u8; 32], right: &[u8; 32]) -> bool {
    use sm2::elliptic_curve::subtle::ConstantTimeEq as _;
    left.ct_eq(right).into()
}

/// Declares a public type that holds one digest: text form, serde as text, constant-time equality.
macro_rules! digest_type {
    ($(#[$attribute:meta])* $name:ident) => {
        $(#[$attribute])*
        ///
        /// Written, also by serde, as 64 lower-case hexadecimal characters; equality takes constant time.
        #[derive(Clone, Copy, serde::Serialize, serde::Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name([u8; 32]);

        impl $name {
            /// The 64 hexadecimal characters to be stored.
            pub fn hex(&self) -> String {
                $crate::digest::hex(&self.0)
            }
        }

        impl PartialEq for $name {
            fn eq(&self, other: &Self) -> bool {
                $crate::digest::equal(&self.0, &other.0)
            }
        }

        impl Eq for $name {}

        impl std::fmt::Display for $name {
            fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                out.write_str(&self.hex())
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(out, "{}({})", stringify!($name), self.hex())
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::digest::DigestError;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                $crate::digest::parse_hex(text).map(Self)
            }
        }

        impl TryFrom<String> for $name {
            type Error = $crate::digest::DigestError;

            fn try_from(text: String) -> Result<Self, Self::Error> {
                text.parse()
            }
        }

        impl From<$name> for String {
            fn from(digest: $name) -> Self {
                digest.hex()
            }
        }
    };
}
pub(crate) use digest_type;

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn text_and_bytes_are_each_other() {
        let mut bytes = [0_u8; 32];
        bytes[0] = 0xab;
        bytes[31] = 0x01;
        let text = hex(&bytes);
        assert!(text.starts_with("ab00") && text.ends_with("0001"));
        assert_eq!(parse_hex(&text).unwrap(), bytes);
    }

    #[test]
    fn what_is_no_digest_is_refused() {
        let good = "0".repeat(64);
        assert!(parse_hex(&good).is_ok());
        for bad in [
            "",
            &good[1..],
            &format!("{good}0"),
            &good.replacen('0', "A", 1),
            &good.replacen("00", "标", 1),
        ] {
            assert_eq!(parse_hex(bad), Err(DigestError), "{bad}");
        }
    }

    #[test]
    fn one_bit_makes_another_digest() {
        let mut other = [9_u8; 32];
        assert!(equal(&[9; 32], &other));
        other[31] ^= 1;
        assert!(!equal(&[9; 32], &other));
    }
}
