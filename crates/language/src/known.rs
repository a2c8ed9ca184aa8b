//! What the compiler knows of the catalogue: each message's id and the variables it takes, so that a call with a
//! missing id or a forgotten variable does not compile.
//!
//! The Chinese files are read once while this crate compiles; ids are kept as 64-bit FNV-1a hashes.

use crate::catalogue::SOURCES;

/// At most so many different variables in one message.
const VARIABLES: usize = 8;

#[derive(Clone, Copy)]
struct Known {
    id: u64,
    variables: [u64; VARIABLES],
    count: usize,
}

const NOTHING: Known = Known {
    id: 0,
    variables: [0; VARIABLES],
    count: 0,
};
const OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
const PRIME: u64 = 0x0100_0000_01b3;

const fn step(hash: u64, byte: u8) -> u64 {
    (hash ^ byte as u64).wrapping_mul(PRIME)
}

const fn hash(text: &str) -> u64 {
    let bytes = text.as_bytes();
    let (mut value, mut at) = (OFFSET, 0);
    while at < bytes.len() {
        value = step(value, bytes[at]);
        at += 1;
    }
    value
}

const fn is_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_'
}

/// The name that begins at `at`: its hash and where it ends.
const fn name_at(bytes: &[u8], mut at: usize) -> (u64, usize) {
    let mut value = OFFSET;
    while at < bytes.len() && is_name(bytes[at]) {
        value = step(value, bytes[at]);
        at += 1;
    }
    (value, at)
}

/// Where the line after `at` begins.
const fn next_line(bytes: &[u8], mut at: usize) -> usize {
    while at < bytes.len() && bytes[at] != b'\n' {
        at += 1;
    }
    at + 1
}

/// Whether a message (not a term, comment or continuation) begins at `at`; its id's hash and end.
const fn message_at(bytes: &[u8], at: usize) -> Option<(u64, usize)> {
    if at >= bytes.len() || !bytes[at].is_ascii_alphabetic() {
        return None;
    }
    let (id, mut end) = name_at(bytes, at);
    while end < bytes.len() && bytes[end] == b' ' {
        end += 1;
    }
    if end < bytes.len() && bytes[end] == b'=' {
        Some((id, end))
    } else {
        None
    }
}

const fn count_messages() -> usize {
    let (mut count, mut file) = (0, 0);
    while file < SOURCES.len() {
        let bytes = SOURCES[file].zh.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            if message_at(bytes, at).is_some() {
                count += 1;
            }
            at = next_line(bytes, at);
        }
        file += 1;
    }
    count
}

const fn with_variable(mut known: Known, variable: u64) -> Known {
    let mut at = 0;
    while at < known.count {
        if known.variables[at] == variable {
            return known;
        }
        at += 1;
    }
    assert!(known.count < VARIABLES, "a message takes more than eight variables");
    known.variables[known.count] = variable;
    known.count += 1;
    known
}

#[expect(
    clippy::large_stack_arrays,
    reason = "the compiler alone runs it, and it has no stack to overflow"
)]
const fn read() -> [Known; COUNT] {
    let mut all = [NOTHING; COUNT];
    let (mut next, mut file) = (0, 0);
    while file < SOURCES.len() {
        let bytes = SOURCES[file].zh.as_bytes();
        let (mut at, mut inside) = (0, false);
        while at < bytes.len() {
            let line_end = next_line(bytes, at);
            if let Some((id, end)) = message_at(bytes, at) {
                all[next].id = id;
                next += 1;
                inside = true;
                at = end;
            } else if bytes[at] == b'#' || bytes[at] == b'-' {
                inside = false;
            }
            while inside && at < line_end && at < bytes.len() {
                if bytes[at] == b'$' {
                    let (variable, end) = name_at(bytes, at + 1);
                    all[next - 1] = with_variable(all[next - 1], variable);
                    at = end;
                } else {
                    at += 1;
                }
            }
            at = line_end;
        }
        file += 1;
    }
    all
}

const COUNT: usize = count_messages();
const KNOWN: &[Known; COUNT] = &read();

/// How many messages the compiler saw.
#[cfg(test)]
pub(crate) fn count() -> usize {
    COUNT
}

/// Checked by [`t!`](crate::t) while the caller compiles: the message exists and takes exactly these variables.
#[doc(hidden)]
pub const fn require(id: &str, given: &[&str]) {
    let wanted = hash(id);
    let mut at = 0;
    while at < COUNT {
        if KNOWN[at].id == wanted {
            let known = KNOWN[at];
            let mut named = 0;
            while named < given.len() {
                let variable = hash(given[named]);
                let (mut seen, mut found) = (0, false);
                while seen < known.count {
                    found = found || known.variables[seen] == variable;
                    seen += 1;
                }
                assert!(found, "this message takes no variable of that name (locales/zh)");
                named += 1;
            }
            assert!(
                known.count == given.len(),
                "a variable of this message is not given (locales/zh)"
            );
            return;
        }
        at += 1;
    }
    assert!(at < COUNT, "no message of this id in locales/zh/*.ftl");
}
