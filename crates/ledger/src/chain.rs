//! The chain: each event's hash covers its columns and the hash before it.
//!
//! `hash` is SM3 ‖ SHA-256 (64 bytes) over the other columns in the order of the table, each written as its length in
//! bytes (8 bytes, big-endian) and then its bytes: integers in decimal, `at` in microseconds since 1970, dates as
//! `YYYY-MM-DD`, text in UTF-8, `previous_hash` as it is. Two algorithms, so that the log stands while either does.

use crate::event::Recorded;
use sha2::Digest;

/// Length of a hash.
pub const HASH_LENGTH: usize = 64;

/// The hash before the first event.
pub fn genesis() -> Vec<u8> {
    vec![0; HASH_LENGTH]
}

/// The hash of an event; its own `hash` is not looked at.
pub fn hash(event: &Recorded) -> Vec<u8> {
    over(event, event.body.as_bytes())
}

/// The same over everything of an event but its body, in whose place its own `hash` stands: what holds an entry whose
/// content was removed.
pub fn seal(event: &Recorded) -> Vec<u8> {
    over(event, &event.hash)
}

fn over(event: &Recorded, body: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(body.len() + 512);
    let mut column = |content: &[u8]| {
        bytes.extend_from_slice(&(content.len() as u64).to_be_bytes());
        bytes.extend_from_slice(content);
    };
    column(event.position.to_string().as_bytes());
    column(event.stream.as_str().as_bytes());
    column(event.version.to_string().as_bytes());
    column(event.kind.as_bytes());
    column(event.schema.to_string().as_bytes());
    column(event.at.as_microsecond().to_string().as_bytes());
    column(event.effective.to_string().as_bytes());
    column(event.actor.0.as_bytes());
    column(event.cause.as_bytes());
    column(body);
    column(&event.previous_hash);
    let mut hash = sm3::Sm3::digest(&bytes).to_vec();
    hash.extend_from_slice(&sha2::Sha256::digest(&bytes));
    hash
}

/// A hash as people quote it.
pub fn hexadecimal(hash: &[u8]) -> String {
    let mut text = String::with_capacity(hash.len() * 2);
    for byte in hash {
        text.push_str(&format!("{byte:02x}"));
    }
    text
}
