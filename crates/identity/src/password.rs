//! Passwords: which are accepted, how they are hashed (argon2id), verified and renewed.

use argon2::password_hash::phc::PasswordHash;
use argon2::{ARGON2ID_IDENT, Algorithm, Argon2, Params, PasswordHasher as _, PasswordVerifier as _, Version};

use crate::randomness::{Randomness, RandomnessError, random_bytes};

/// Passwords that people choose first when twelve characters are asked for, one a line; compared in lower case without
/// spaces.
const COMMON: &str = include_str!("common_passwords.txt");

/// Fewest different characters of an accepted password.
const FEWEST_DIFFERENT: usize = 5;

/// Fewest characters that a password needs beyond the login it contains.
const FEWEST_BESIDE_LOGIN: usize = 6;

/// What a password must be. Lengths count characters, not bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PasswordPolicy {
    /// Fewest characters.
    pub min: usize,
    /// Most characters; argon2 would take more, but nobody types them.
    pub max: usize,
}

impl Default for PasswordPolicy {
    /// 12 to 256 characters.
    fn default() -> Self {
        Self { min: 12, max: 256 }
    }
}

/// Why a password is not accepted. Never carries the password.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PasswordRefusal {
    /// Too few characters.
    #[error("the password has {found} characters; use {min} or more")]
    TooShort {
        /// Fewest accepted.
        min: usize,
        /// Counted.
        found: usize,
    },
    /// Too many characters.
    #[error("the password has {found} characters; use {max} or fewer")]
    TooLong {
        /// Most accepted.
        max: usize,
        /// Counted.
        found: usize,
    },
    /// One of those that are tried first.
    #[error("the password is one of those that are guessed first; choose another")]
    Common,
    /// A few characters over and over.
    #[error("the password repeats {different} characters; use more different ones")]
    Repetitive {
        /// Number of different characters.
        different: usize,
    },
    /// The login itself, forwards or backwards, or little more than it.
    #[error("the password is the login, or little more; choose another")]
    Login,
}

impl PasswordPolicy {
    /// Every reason against `password` for the account `login`; empty when it is accepted.
    pub fn refusals(&self, password: &str, login: &str) -> Vec<PasswordRefusal> {
        let mut refusals = Vec::new();
        let found = password.chars().count();
        if found < self.min {
            refusals.push(PasswordRefusal::TooShort { min: self.min, found });
        }
        if found > self.max {
            refusals.push(PasswordRefusal::TooLong { max: self.max, found });
            return refusals;
        }
        let plain = plain(password);
        if COMMON.lines().any(|common| common == plain) {
            refusals.push(PasswordRefusal::Common);
        }
        let different = different_characters(&plain);
        if found >= self.min && different < FEWEST_DIFFERENT {
            refusals.push(PasswordRefusal::Repetitive { different });
        }
        if resembles_login(&plain, login) {
            refusals.push(PasswordRefusal::Login);
        }
        refusals
    }

    /// Accepts `password` for the account `login`, or gives the first reason against it.
    ///
    /// # Errors
    ///
    /// The first of [`PasswordPolicy::refusals`].
    pub fn check(&self, password: &str, login: &str) -> Result<(), PasswordRefusal> {
        self.refusals(password, login)
            .first()
            .map_or(Ok(()), |refusal| Err(*refusal))
    }
}

fn plain(text: &str) -> String {
    text.chars()
        .filter(|character| !character.is_whitespace())
        .flat_map(char::to_lowercase)
        .collect()
}

fn different_characters(text: &str) -> usize {
    let mut characters: Vec<char> = text.chars().collect();
    characters.sort_unstable();
    characters.dedup();
    characters.len()
}

fn resembles_login(password: &str, login: &str) -> bool {
    let login = plain(login);
    let before_at = login.split('@').next().unwrap_or_default();
    let length = password.chars().count();
    [login.as_str(), before_at]
        .into_iter()
        .filter(|name| name.chars().count() >= 3)
        .any(|name| {
            let backwards: String = name.chars().rev().collect();
            let beside = length.saturating_sub(name.chars().count());
            if length >= 3 && name.contains(password) {
                return true;
            }
            (password.contains(name) || password.contains(&backwards)) && beside < FEWEST_BESIDE_LOGIN
        })
}

/// How much work a hash takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Cost {
    /// argon2id, 19 MiB, 2 passes, 1 lane: the library's default, which is OWASP's.
    #[default]
    Standard,
    /// argon2id, 64 KiB, 1 pass: for tests and demonstrations, where nothing is to be protected.
    Light,
}

impl Cost {
    const fn params(self) -> Params {
        match self {
            Self::Standard => Params::DEFAULT,
            Self::Light => match Params::new(64, 1, 1, None) {
                Ok(params) => params,
                Err(_) => Params::DEFAULT,
            },
        }
    }

    fn argon2(self) -> Argon2<'static> {
        Argon2::new(Algorithm::Argon2id, Version::V0x13, self.params())
    }
}

/// A password could not be hashed or compared.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PasswordError {
    /// No salt could be made.
    #[error(transparent)]
    Randomness(#[from] RandomnessError),
    /// The hashing itself failed, as when memory is lacking.
    #[error("the password could not be hashed: {reason}")]
    Hashing {
        /// What the library said; never contains the password.
        reason: String,
    },
    /// What is stored is no argon2 hash; the account needs a reset.
    #[error("the stored password hash cannot be read ({reason}); reset the password of this account")]
    StoredHash {
        /// What the library said.
        reason: String,
    },
}

/// Hashes `password` with a fresh salt. Takes tens of milliseconds at [`Cost::Standard`]: call it on a pool.
///
/// Returns a PHC string, `$argon2id$v=19$m=…,t=…,p=…$salt$hash`, to be stored as it is.
///
/// # Errors
///
/// [`PasswordError::Randomness`] or [`PasswordError::Hashing`].
pub fn hash(password: &str, cost: Cost, random: &dyn Randomness) -> Result<String, PasswordError> {
    let salt = random_bytes::<16>(random)?;
    cost.argon2()
        .hash_password_with_salt(password.as_bytes(), salt.as_slice())
        .map(|hash| hash.to_string())
        .map_err(|error| PasswordError::Hashing {
            reason: error.to_string(),
        })
}

/// Whether `password` is the one behind `stored`, a PHC string by [`hash`]. The cost is the stored one's.
///
/// # Errors
///
/// [`PasswordError::StoredHash`] when `stored` is no such string.
pub fn verify(password: &str, stored: &str) -> Result<bool, PasswordError> {
    let unreadable = |reason: String| PasswordError::StoredHash { reason };
    let parsed = PasswordHash::new(stored).map_err(|error| unreadable(error.to_string()))?;
    match Cost::Standard.argon2().verify_password(password.as_bytes(), &parsed) {
        Ok(()) => Ok(true),
        Err(argon2::password_hash::Error::PasswordInvalid) => Ok(false),
        Err(error) => Err(unreadable(error.to_string())),
    }
}

/// Takes the time that [`verify`] takes at `cost` and always answers `false`: for a login that nobody has, so that the
/// time of the answer does not tell who has an account. `cost` is the one at which the installation hashes.
pub fn verify_nothing(password: &str, cost: Cost) -> bool {
    let mut output = [0_u8; Params::DEFAULT_OUTPUT_LEN];
    let outcome = cost
        .argon2()
        .hash_password_into(password.as_bytes(), b"salt of no one's", &mut output);
    std::hint::black_box((outcome.is_ok(), output));
    false
}

/// Whether `stored` should be replaced by a hash at `cost` at the next sign-in: another algorithm, version or work, or
/// unreadable.
pub fn needs_rehash(stored: &str, cost: Cost) -> bool {
    let Ok(parsed) = PasswordHash::new(stored) else {
        return true;
    };
    let Ok(params) = Params::try_from(&parsed) else {
        return true;
    };
    let wanted = cost.params();
    parsed.algorithm != ARGON2ID_IDENT
        || parsed.version != Some(Version::V0x13.into())
        || (params.m_cost(), params.t_cost(), params.p_cost()) != (wanted.m_cost(), wanted.t_cost(), wanted.p_cost())
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use crate::randomness::{OperatingSystem, Seeded};

    fn policy() -> PasswordPolicy {
        PasswordPolicy::default()
    }

    #[test]
    fn length_counts_characters_at_both_ends() {
        assert_eq!(
            policy().check("abcdefghijk", "zhang"),
            Err(PasswordRefusal::TooShort { min: 12, found: 11 })
        );
        assert_eq!(policy().check("abcdefghijkz", "zhang"), Ok(()));
        assert_eq!(policy().check("我在南京的河边走了很久呢", "zhang"), Ok(()));
        assert_eq!(policy().check(&"我在南京河边走".repeat(36), "zhang"), Ok(()));
        assert_eq!(
            policy().check(&"abcdefgh".repeat(33), "zhang"),
            Err(PasswordRefusal::TooLong { max: 256, found: 264 })
        );
    }

    #[test]
    fn common_passwords_are_refused_in_any_case_and_spacing() {
        for password in [
            "password1234",
            "PassWord1234",
            "pass word 1234",
            "1qaz2wsx3edc",
            "woaini1314520",
        ] {
            assert!(
                policy().refusals(password, "zhang").contains(&PasswordRefusal::Common),
                "{password}"
            );
        }
        assert_eq!(policy().check("password1234 of the harbour", "zhang"), Ok(()));
    }

    #[test]
    fn every_common_password_is_long_enough_to_matter_and_in_its_compared_form() {
        for password in COMMON.lines() {
            assert!(
                password.chars().count() >= policy().min,
                "{password} is too short anyway"
            );
            assert_eq!(plain(password), password);
        }
    }

    #[test]
    fn the_login_is_refused_forwards_backwards_and_with_little_added() {
        for password in [
            "zhang.wei.2024",
            "4202.iew.gnahz",
            "Zhang.Wei.2024!!",
            "zhang.wei.2024zhang",
        ] {
            assert_eq!(
                policy().check(password, "zhang.wei.2024"),
                Err(PasswordRefusal::Login),
                "{password}"
            );
        }
        assert_eq!(
            policy().check("commerce.nj12345", "commerce.nj@example.cn"),
            Err(PasswordRefusal::Login)
        );
        assert_eq!(policy().check("zhang.wei.2024 walks home", "zhang.wei.2024"), Ok(()));
        assert_eq!(
            policy().check("orange river boat", "or"),
            Ok(()),
            "a login of two letters is in every text"
        );
    }

    #[test]
    fn a_piece_of_a_long_login_is_refused() {
        assert_eq!(
            policy().check("example.gov.cn", "zhang@example.gov.cn"),
            Err(PasswordRefusal::Login)
        );
    }

    #[test]
    fn a_few_characters_over_and_over_are_refused() {
        assert_eq!(
            policy().check("abababababab", "zhang"),
            Err(PasswordRefusal::Repetitive { different: 2 })
        );
    }

    #[test]
    fn several_reasons_come_together() {
        assert_eq!(
            policy().refusals("zhangwei", "zhangwei"),
            vec![PasswordRefusal::TooShort { min: 12, found: 8 }, PasswordRefusal::Login]
        );
    }

    #[test]
    fn the_right_password_opens_and_another_does_not() {
        let stored = hash("river boat at noon", Cost::Light, &OperatingSystem).unwrap();
        assert!(stored.starts_with("$argon2id$v=19$m=64,t=1,p=1$"), "{stored}");
        assert_eq!(verify("river boat at noon", &stored), Ok(true));
        assert_eq!(verify("river boat at noon ", &stored), Ok(false));
        assert_eq!(verify("", &stored), Ok(false));
    }

    #[test]
    fn two_people_with_one_password_have_two_hashes() {
        let random = Seeded::new(1);
        let first = hash("river boat at noon", Cost::Light, &random).unwrap();
        assert_ne!(first, hash("river boat at noon", Cost::Light, &random).unwrap());
    }

    #[test]
    fn standard_cost_is_what_the_guidance_asks() {
        let stored = hash("river boat at noon", Cost::Standard, &OperatingSystem).unwrap();
        assert!(stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{stored}");
        assert_eq!(verify("river boat at noon", &stored), Ok(true));
        assert!(!needs_rehash(&stored, Cost::Standard));
        assert!(needs_rehash(&stored, Cost::Light));
    }

    #[test]
    fn a_weaker_or_foreign_hash_is_renewed() {
        let light = hash("river boat at noon", Cost::Light, &OperatingSystem).unwrap();
        assert!(needs_rehash(&light, Cost::Standard));
        assert!(!needs_rehash(&light, Cost::Light));
        assert!(needs_rehash(&light.replacen("argon2id", "argon2i", 1), Cost::Light));
        assert!(needs_rehash(&light.replacen("v=19", "v=16", 1), Cost::Light));
        assert!(needs_rehash("", Cost::Light));
    }

    #[test]
    fn a_damaged_hash_is_an_error_and_no_silent_refusal() {
        for stored in [
            "",
            "plain text",
            "$argon2id$v=19$m=64,t=1,p=1$c2FsdA",
            "$2b$12$abcdefghijklmnopqrstuv",
        ] {
            assert!(
                matches!(
                    verify("river boat at noon", stored),
                    Err(PasswordError::StoredHash { .. })
                ),
                "{stored}"
            );
        }
    }

    #[test]
    fn nobody_signs_in_as_nobody_and_it_takes_as_long() {
        use std::time::Instant;
        let stored = hash("river boat at noon", Cost::Standard, &OperatingSystem).unwrap();
        let timed = |work: &dyn Fn() -> bool| {
            let start = Instant::now();
            assert!(!work());
            start.elapsed()
        };
        // The fastest of several, taken in turns, so that a busy machine does not decide.
        let rounds: Vec<_> = (0..5)
            .map(|_| {
                let known = timed(&|| verify("wrong password here", &stored).unwrap());
                let unknown = timed(&|| verify_nothing("wrong password here", Cost::Standard));
                (known, unknown)
            })
            .collect();
        let known = rounds.iter().map(|round| round.0).min().unwrap();
        let unknown = rounds.iter().map(|round| round.1).min().unwrap();
        assert!(unknown * 5 > known && known * 5 > unknown, "{known:?} and {unknown:?}");
    }
}
