//! What is known of a person by name: sealed under the person's key outside the log, found again by keyed digests.

use crate::refusal::{Error, Refusal, Result};
use identity::{
    KeyFile, Randomness,
    sealing::{LookupField, PersonKey, Salt, Sealed, WrappedKey, salted_digest},
};
use ledger::{Change, Value};
use serde::{Deserialize, Serialize};

/// Longest name, in characters.
const LONGEST_NAME: usize = 100;
/// Longest login, in characters.
const LONGEST_LOGIN: usize = 64;
/// Longest address, in bytes (RFC 5321).
const LONGEST_EMAIL: usize = 254;

/// Name, login and address of a person.
#[derive(Clone, PartialEq, Eq)]
pub struct Profile {
    /// Name, as colleagues know it.
    pub name: String,
    /// The name to sign in with, normalised.
    pub login: String,
    /// E-mail address; absent where there is none.
    pub email: Option<String>,
}

impl std::fmt::Debug for Profile {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Profile(…)")
    }
}

impl Profile {
    /// Reads what was typed; every fault is named by its field.
    pub fn read(name: &str, login: &str, email: Option<&str>) -> Result<Self, Refusal> {
        let name = name.trim();
        let login = normalise(login);
        let email = email.map(str::trim).filter(|e| !e.is_empty());
        let mut faults: Vec<(&'static str, &'static str)> = Vec::new();
        if name.is_empty() {
            faults.push(("name", "fault-required"));
        } else if name.chars().count() > LONGEST_NAME {
            faults.push(("name", "fault-too-long"));
        } else if name.chars().any(char::is_control) {
            faults.push(("name", "fault-control-character"));
        }
        if !login_is_legal(&login) {
            faults.push(("login", "fault-login"));
        }
        if email.is_some_and(|e| e.len() > LONGEST_EMAIL || e.parse::<lettre::Address>().is_err()) {
            faults.push(("email", "fault-email"));
        }
        if faults.is_empty() {
            return Ok(Self {
                name: name.to_owned(),
                login,
                email: email.map(str::to_owned),
            });
        }
        Err(faults
            .into_iter()
            .fold(Refusal::wrong("people/profile"), |refusal, (field, fault)| {
                refusal.fault(field, fault)
            }))
    }
}

/// 2 to 64 letters, digits and `.`, `_`, `-`, `@`, after [`normalise`].
fn login_is_legal(login: &str) -> bool {
    let length = login.chars().count();
    (2..=LONGEST_LOGIN).contains(&length)
        && login
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | '@'))
}

/// What two spellings of the same login or address have in common: half-width, lower case, no spaces at the ends.
pub fn normalise(text: &str) -> String {
    let half: String = text
        .chars()
        .map(|c| match c {
            '\u{3000}' => ' ',
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
            other => other,
        })
        .collect();
    half.trim().to_lowercase()
}

/// The digests under which a value may be found: by the key in force, and by the one before while keys are changed.
pub fn digests(keys: &KeyFile, field: LookupField, value: &str) -> Vec<String> {
    let value = normalise(value);
    std::iter::once(keys.installation())
        .chain(keys.previous_installation())
        .map(|key| key.keyed_digest(field, &value).hex())
        .collect()
}

/// The digest of a value by the key in force.
pub fn digest(keys: &KeyFile, field: LookupField, value: &str) -> String {
    keys.installation().keyed_digest(field, &normalise(value)).hex()
}

/// How a field is called in the table of digests.
pub const fn field_id(field: LookupField) -> &'static str {
    match field {
        LookupField::Login => "login",
        LookupField::Email => "email",
        LookupField::Telephone => "telephone",
        LookupField::NetworkAddress => "network_address",
        LookupField::LetterStop => "letter_stop",
    }
}

/// The id of the record that holds a person's profile.
pub fn record(person: &str) -> String {
    format!("person/{person}/profile")
}

#[derive(Serialize, Deserialize)]
struct Stored {
    name: String,
    login: String,
    email: Option<String>,
    salt: String,
}

#[derive(Serialize)]
struct Digested<'a> {
    name: &'a str,
    login: &'a str,
    email: Option<&'a str>,
}

/// A profile sealed: the changes of state, and the salted digest for the log.
pub struct SealedProfile {
    /// Rows to be written.
    pub changes: Vec<Change>,
    /// What the log holds.
    pub digest: String,
}

/// A fresh key for a person, wrapped, with the row that keeps it.
pub fn new_key(keys: &KeyFile, person: &str, random: &dyn Randomness) -> Result<(PersonKey, Change)> {
    let key = PersonKey::generate(random).map_err(|e| failed("a person's key", &e))?;
    let wrapped = keys
        .installation()
        .wrap(&key, person, random)
        .map_err(|e| failed("a person's key", &e))?;
    let change = Change::Insert {
        table: "person_key",
        values: vec![("person", person.into()), ("wrapped", wrapped.to_string().into())],
    };
    Ok((key, change))
}

/// Seals a profile under a person's key. Digest rows of an earlier profile are replaced.
pub fn seal(
    keys: &KeyFile,
    key: &PersonKey,
    person: &str,
    profile: &Profile,
    random: &dyn Randomness,
) -> Result<SealedProfile> {
    let salt = Salt::generate(random).map_err(|e| failed("a salt", &e))?;
    let plain = serde_json::to_vec(&Digested {
        name: &profile.name,
        login: &profile.login,
        email: profile.email.as_deref(),
    })
    .map_err(|e| failed("a profile", &e))?;
    let stored = serde_json::to_vec(&Stored {
        name: profile.name.clone(),
        login: profile.login.clone(),
        email: profile.email.clone(),
        salt: base64_of(salt.expose()),
    })
    .map_err(|e| failed("a profile", &e))?;
    let mut changes = vec![
        sealed_row(key, &record(person), person, &stored, random)?,
        Change::Delete {
            table: "person_digest",
            whose: vec![("person", person.into())],
        },
    ];
    let mut found_by = vec![(LookupField::Login, profile.login.as_str())];
    found_by.extend(profile.email.as_deref().map(|e| (LookupField::Email, e)));
    for (field, value) in found_by {
        changes.push(Change::Insert {
            table: "person_digest",
            values: vec![
                ("field", field_id(field).into()),
                ("digest", digest(keys, field, value).into()),
                ("person", person.into()),
            ],
        });
    }
    Ok(SealedProfile {
        changes,
        digest: salted_digest(&salt, &plain).hex(),
    })
}

/// The row of a sealed record.
fn sealed_row(key: &PersonKey, record: &str, person: &str, plain: &[u8], random: &dyn Randomness) -> Result<Change> {
    let sealed = key
        .seal(record, plain, random)
        .map_err(|e| failed("a sealed record", &e))?;
    Ok(Change::Upsert {
        table: "sealed",
        key: &["record"],
        values: vec![
            ("record", record.into()),
            ("person", person.into()),
            ("content", Value::from(sealed.as_bytes().to_vec())),
        ],
    })
}

/// A person's key again, from the row that keeps it.
pub fn key_of(keys: &KeyFile, person: &str, wrapped: &str) -> Result<PersonKey> {
    let wrapped: WrappedKey = wrapped.parse().map_err(|e| failed("a person's key", &e))?;
    keys.unwrap_person_key(&wrapped, person)
        .map_err(|e| failed("a person's key", &e))
}

/// A profile again.
pub fn open(key: &PersonKey, person: &str, content: Vec<u8>) -> Result<Profile> {
    let sealed = Sealed::from_bytes(content).map_err(|e| failed("a sealed record", &e))?;
    let plain = key
        .open(&record(person), &sealed)
        .map_err(|e| failed("a sealed record", &e))?;
    let stored: Stored = serde_json::from_slice(&plain).map_err(|e| failed("a profile", &e))?;
    Ok(Profile {
        name: stored.name,
        login: stored.login,
        email: stored.email,
    })
}

fn base64_of(bytes: &[u8]) -> String {
    use base64::Engine as _;
    base64::engine::general_purpose::STANDARD_NO_PAD.encode(bytes)
}

/// A failure of keys, randomness or hashing, which is the platform's and not the caller's.
pub(crate) fn failed(what: &str, reason: &dyn std::fmt::Display) -> Error {
    Error::Data {
        what: what.to_owned(),
        reason: reason.to_string(),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use identity::OperatingSystem;

    #[test]
    fn what_was_typed_full_width_is_the_same_login() {
        assert_eq!(normalise("　ＺｈａｎｇＷｅｉ "), "zhangwei");
        let profile = Profile::read(" 张伟 ", "ＺｈａｎｇＷｅｉ", Some(" ")).unwrap();
        assert_eq!((profile.login.as_str(), profile.email), ("zhangwei", None));
    }

    #[test]
    fn each_fault_names_its_field() {
        let long = "长".repeat(10_000);
        let refusal = Profile::read(&long, "a b", Some("no address")).unwrap_err();
        let fields: Vec<_> = refusal.faults.iter().map(|f| (f.field, f.fault)).collect();
        assert_eq!(
            fields,
            [
                ("name", "fault-too-long"),
                ("login", "fault-login"),
                ("email", "fault-email")
            ]
        );
    }

    #[test]
    fn a_profile_comes_back_and_its_rows_hold_no_word_of_it() {
        let keys = KeyFile::generate(&OperatingSystem).unwrap();
        let (key, row) = new_key(&keys, "p1", &OperatingSystem).unwrap();
        let profile = Profile::read("李雷", "lilei", Some("lilei@example.org")).unwrap();
        let sealed = seal(&keys, &key, "p1", &profile, &OperatingSystem).unwrap();
        let shown = format!("{row:?}{:?}{}", sealed.changes, sealed.digest);
        assert!(!shown.contains("lilei") && !shown.contains("李雷"));
        let Change::Upsert { values, .. } = &sealed.changes[0] else {
            unreachable!("the sealed record comes first")
        };
        let Value::Bytes(Some(content)) = values[2].1.clone() else {
            unreachable!("its content is bytes")
        };
        assert!(open(&key, "p1", content).unwrap() == profile);
    }
}
