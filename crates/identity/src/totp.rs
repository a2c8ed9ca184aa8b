//! The second factor: time-based one-time codes (RFC 6238: SHA-1, 6 digits, 30 s, one step either way) and recovery
//! codes for whoever has lost the telephone.

use std::fmt;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use totp_rs::{Builder, Totp};
use zeroize::Zeroizing;

use crate::digest::digest_type;
use crate::randomness::{Randomness, RandomnessError, random_bytes};

/// The name that authenticator applications show.
pub const ISSUER: &str = "Biaochi";

/// Seconds of one step.
const STEP_SECONDS: i64 = 30;

/// Digits of a code.
const DIGITS: usize = 6;

/// Steps accepted before and after the present one.
const SKEW: i64 = 1;

/// Recovery codes made at once.
pub const RECOVERY_CODES: usize = 10;

/// Letters of recovery codes: Crockford's base 32, without I, L, O and U.
const RECOVERY_LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// The number of a 30-second interval since 1970. Store the last accepted one; see [`TotpSecret::verify`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TotpStep(pub u64);

/// What a typed code is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TotpVerdict {
    /// The code of this step, which was not used before: store the step.
    Accepted(TotpStep),
    /// A right code of a step that was accepted before, or of an earlier one: refuse.
    Replayed(TotpStep),
    /// No code of this time.
    Wrong,
}

/// An account's name cannot be written in a provisioning address.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the account name `{account}` cannot go to an authenticator application; it must be non-empty and without `:`")]
pub struct ProvisioningError {
    /// The name given.
    pub account: String,
}

/// What the account and the authenticator application share: 160 bits. Store it sealed.
#[derive(Clone)]
pub struct TotpSecret(Zeroizing<[u8; 20]>);

impl TotpSecret {
    /// A fresh secret.
    ///
    /// # Errors
    ///
    /// [`RandomnessError`] when the source cannot answer.
    pub fn generate(random: &dyn Randomness) -> Result<Self, RandomnessError> {
        random_bytes(random).map(Self)
    }

    /// The secret as it was stored.
    pub fn from_bytes(bytes: [u8; 20]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    /// The secret itself, to be sealed and stored.
    pub fn expose(&self) -> &[u8; 20] {
        &self.0
    }

    fn generator(&self) -> Builder {
        Builder::new()
            .with_secret(*self.0)
            .with_skew(0)
            .with_issuer(Some(ISSUER))
    }

    fn totp(&self) -> Totp {
        self.generator().build_noncompliant()
    }

    /// The address `otpauth://totp/…` that an authenticator application reads, usually from a QR code. It contains
    /// the secret.
    ///
    /// # Errors
    ///
    /// [`ProvisioningError`] when `account` is empty or has a colon.
    pub fn provisioning_uri(&self, account: &str) -> Result<Zeroizing<String>, ProvisioningError> {
        self.generator()
            .with_account_name(account)
            .build()
            .and_then(|totp| totp.to_url())
            .map(Zeroizing::new)
            .map_err(|_| ProvisioningError {
                account: account.to_owned(),
            })
    }

    /// The secret in base 32, for typing into an application without a camera.
    pub fn base32(&self) -> Zeroizing<String> {
        Zeroizing::new(self.totp().secret().to_base32())
    }

    /// The code of the instant `at_micros` (microseconds since 1970); before 1970 the first one.
    pub fn code_at(&self, at_micros: i64) -> String {
        self.totp()
            .generate(seconds(at_micros).max(0).cast_unsigned())
            .to_string()
    }

    /// Judges `typed` at the instant `at_micros` (microseconds since 1970), given the step that was accepted last.
    /// Spaces and full-width digits are read as people mean them.
    pub fn verify(&self, typed: &str, at_micros: i64, last: Option<TotpStep>) -> TotpVerdict {
        let Some(code) = six_digits(typed) else {
            return TotpVerdict::Wrong;
        };
        let totp = self.totp();
        let now = seconds(at_micros).div_euclid(STEP_SECONDS);
        let mut verdict = TotpVerdict::Wrong;
        for step in now.saturating_sub(SKEW)..=now.saturating_add(SKEW) {
            let Ok(step) = u64::try_from(step) else {
                continue;
            };
            if totp.check(&code, step * STEP_SECONDS.cast_unsigned()).is_none() {
                continue;
            }
            let step = TotpStep(step);
            if last.is_some_and(|last| step <= last) {
                verdict = TotpVerdict::Replayed(step);
            } else {
                return TotpVerdict::Accepted(step);
            }
        }
        verdict
    }
}

impl fmt::Debug for TotpSecret {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("TotpSecret(…)")
    }
}

const fn seconds(micros: i64) -> i64 {
    micros.div_euclid(1_000_000)
}

fn six_digits(typed: &str) -> Option<Zeroizing<String>> {
    let mut digits = Zeroizing::new(String::with_capacity(DIGITS));
    for character in typed.chars().filter(|character| !character.is_whitespace()) {
        let digit = match character {
            '0'..='9' => character,
            '０'..='９' => char::from_digit(u32::from(character) - u32::from('０'), 10)?,
            _ => return None,
        };
        if digits.len() == DIGITS {
            return None;
        }
        digits.push(digit);
    }
    (digits.len() == DIGITS).then_some(digits)
}

digest_type! {
    /// What is stored of a recovery code: SHA-256. The code's 80 random bits need no slow hash.
    RecoveryDigest
}

/// A code that replaces the telephone once: `XXXX-XXXX-XXXX-XXXX`, 80 bits. Shown once, then only its digest is kept.
#[derive(Clone)]
pub struct RecoveryCode(Zeroizing<String>);

impl RecoveryCode {
    /// [`RECOVERY_CODES`] fresh codes.
    ///
    /// # Errors
    ///
    /// [`RandomnessError`] when the source cannot answer.
    pub fn generate_set(random: &dyn Randomness) -> Result<Vec<Self>, RandomnessError> {
        (0..RECOVERY_CODES).map(|_| Self::generate(random)).collect()
    }

    fn generate(random: &dyn Randomness) -> Result<Self, RandomnessError> {
        // 256 is a multiple of 32, so the low five bits of a byte are even.
        let bytes = random_bytes::<16>(random)?;
        let mut text = Zeroizing::new(String::with_capacity(19));
        for (position, byte) in bytes.iter().enumerate() {
            if position > 0 && position % 4 == 0 {
                text.push('-');
            }
            text.push(char::from(RECOVERY_LETTERS[usize::from(byte & 31)]));
        }
        Ok(Self(text))
    }

    /// Reads what a person typed: any case, with or without hyphens and spaces, O for 0, I and L for 1.
    /// `None` when it is no code at all.
    pub fn parse(typed: &str) -> Option<Self> {
        let mut text = Zeroizing::new(String::with_capacity(19));
        let mut letters = 0;
        for character in typed
            .chars()
            .filter(|character| !character.is_whitespace() && *character != '-')
        {
            let letter = match character.to_ascii_uppercase() {
                'O' => '0',
                'I' | 'L' => '1',
                other => other,
            };
            if letters == 16 || !letter.is_ascii() || !RECOVERY_LETTERS.contains(&(letter as u8)) {
                return None;
            }
            if letters > 0 && letters % 4 == 0 {
                text.push('-');
            }
            text.push(letter);
            letters += 1;
        }
        (letters == 16).then_some(Self(text))
    }

    /// The code itself, to be shown to its owner.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// What is stored of it.
    pub fn digest(&self) -> RecoveryDigest {
        let digest = Sha256::new()
            .chain_update(b"biaochi recovery code v1\0")
            .chain_update(self.0.as_bytes());
        RecoveryDigest(digest.finalize().into())
    }

    /// Which of the unused `stored` digests this code answers: remove that one. Looks at all of them.
    pub fn position_in(&self, stored: &[RecoveryDigest]) -> Option<usize> {
        let own = self.digest();
        stored.iter().enumerate().fold(
            None,
            |found, (position, digest)| {
                if *digest == own { Some(position) } else { found }
            },
        )
    }
}

impl fmt::Debug for RecoveryCode {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("RecoveryCode(…)")
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use crate::randomness::{OperatingSystem, Seeded};

    const SECOND: i64 = 1_000_000;

    fn rfc() -> TotpSecret {
        TotpSecret::from_bytes(*b"12345678901234567890")
    }

    #[test]
    fn codes_are_those_of_rfc_6238_appendix_b() {
        // The appendix prints eight digits; six are their last six.
        for (at, eight) in [
            (59, "94287082"),
            (1_111_111_109, "07081804"),
            (1_111_111_111, "14050471"),
            (1_234_567_890, "89005924"),
            (2_000_000_000, "69279037"),
            (20_000_000_000, "65353130"),
        ] {
            assert_eq!(rfc().code_at(at * SECOND), eight[2..], "at {at}");
            let step = TotpStep(at.cast_unsigned() / 30);
            assert_eq!(
                rfc().verify(&eight[2..], at * SECOND, None),
                TotpVerdict::Accepted(step)
            );
        }
    }

    #[test]
    fn one_step_either_way_is_accepted_and_no_more() {
        let at = 1_234_567_890 * SECOND;
        for (steps, accepted) in [(-2, false), (-1, true), (0, true), (1, true), (2, false)] {
            let code = rfc().code_at(at + steps * 30 * SECOND);
            let verdict = rfc().verify(&code, at, None);
            assert_eq!(
                matches!(verdict, TotpVerdict::Accepted(_)),
                accepted,
                "{steps}: {verdict:?}"
            );
        }
    }

    #[test]
    fn a_code_opens_once() {
        let at = 1_234_567_890 * SECOND;
        let code = rfc().code_at(at);
        let TotpVerdict::Accepted(step) = rfc().verify(&code, at, None) else {
            unreachable!("the code is right")
        };
        assert_eq!(
            rfc().verify(&code, at + 5 * SECOND, Some(step)),
            TotpVerdict::Replayed(step)
        );
        let earlier = rfc().code_at(at - 30 * SECOND);
        assert_eq!(
            rfc().verify(&earlier, at, Some(step)),
            TotpVerdict::Replayed(TotpStep(step.0 - 1))
        );
        let next = rfc().code_at(at + 30 * SECOND);
        assert_eq!(
            rfc().verify(&next, at, Some(step)),
            TotpVerdict::Accepted(TotpStep(step.0 + 1))
        );
    }

    #[test]
    fn codes_are_read_as_people_type_them() {
        let at = 59 * SECOND;
        for typed in ["287082", "287 082", " 287082 ", "２８７０８２", "２８７　０８２"] {
            assert_eq!(
                rfc().verify(typed, at, None),
                TotpVerdict::Accepted(TotpStep(1)),
                "{typed}"
            );
        }
        for typed in ["", "28708", "2870820", "287083", "28708a", "二八七零八二", "-287082"] {
            assert_eq!(rfc().verify(typed, at, None), TotpVerdict::Wrong, "{typed}");
        }
    }

    #[test]
    fn instants_before_1970_and_at_the_end_of_time_do_not_trip() {
        for at in [i64::MIN, -1, 0, i64::MAX] {
            let code = rfc().code_at(at);
            assert_eq!(code.len(), 6);
            rfc().verify("000000", at, None);
        }
    }

    #[test]
    fn the_address_names_issuer_account_and_secret() {
        let uri = rfc().provisioning_uri("张伟@nanjing").unwrap();
        assert!(
            uri.starts_with("otpauth://totp/Biaochi:%E5%BC%A0%E4%BC%9F%40nanjing?"),
            "{}",
            *uri
        );
        assert!(
            uri.contains("secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ") && uri.contains("issuer=Biaochi"),
            "{}",
            *uri
        );
        assert_eq!(rfc().base32().as_str(), "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
        let read = Totp::from_url(uri.as_str()).unwrap();
        assert_eq!(
            (read.digits(), read.step(), read.account_name()),
            (6, 30, "张伟@nanjing")
        );
        assert_eq!(read.generate(59).to_string(), "287082");
        for account in ["", "a:b"] {
            assert!(rfc().provisioning_uri(account).is_err());
        }
    }

    #[test]
    fn nothing_prints_the_secret() {
        let secret = TotpSecret::generate(&OperatingSystem).unwrap();
        assert_eq!(format!("{secret:?}"), "TotpSecret(…)");
        let codes = RecoveryCode::generate_set(&OperatingSystem).unwrap();
        assert!(!format!("{codes:?}").contains(codes[0].expose()));
    }

    #[test]
    fn ten_recovery_codes_differ_and_each_is_found_once() {
        let codes = RecoveryCode::generate_set(&Seeded::new(3)).unwrap();
        assert_eq!(codes.len(), RECOVERY_CODES);
        let mut stored: Vec<RecoveryDigest> = codes.iter().map(RecoveryCode::digest).collect();
        for (position, code) in codes.iter().enumerate() {
            assert_eq!(code.expose().len(), 19);
            assert_eq!(code.position_in(&stored), Some(position));
        }
        let used = stored.remove(4);
        assert_eq!(codes[4].position_in(&stored), None);
        assert_eq!(codes[4].digest(), used);
        assert_eq!(codes[5].position_in(&stored), Some(4));
    }

    #[test]
    fn recovery_codes_are_read_as_people_type_them() {
        let code = RecoveryCode::parse("0123-456A-BCDE-FGH1").unwrap();
        for typed in ["0123456ABCDEFGH1", "o123 456a bcde fghl", "0123-456a-bcde-fghI"] {
            assert_eq!(RecoveryCode::parse(typed).unwrap().digest(), code.digest(), "{typed}");
        }
        for typed in [
            "",
            "0123-456A-BCDE-FGH",
            "0123-456A-BCDE-FGH12",
            "0123-456A-BCDE-FGHU",
            "0123-456A-BCDE-FGH标",
        ] {
            assert!(RecoveryCode::parse(typed).is_none(), "{typed}");
        }
    }
}
