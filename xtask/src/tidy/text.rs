//! What may not stand in a file.

use super::{Faults, arrows, room_of, rooms::Rooms, source::Source, written_in};
use crate::process::root;
use serde_json::Value;

fn at(path: &str, line: usize, what: &str) -> String {
    format!("{path}:{line}: {what}")
}

/// Clocks, files, the network and databases in pure rooms.
pub fn impure(rooms: &Rooms, sources: &[Source], metadata: &Value) -> Faults {
    let mut faults = arrows::impure(rooms, metadata);
    for source in sources {
        let pure = room_of(&source.path).is_some_and(|room| rooms.pure.iter().any(|p| p == room));
        if !pure {
            continue;
        }
        for (line, code) in source.lines() {
            faults.extend(
                rooms
                    .pure_words
                    .iter()
                    .filter(|word| code.contains(*word))
                    .map(|word| at(&source.path, line, word)),
            );
        }
    }
    faults
}

/// Statements in SQL outside the files where they belong.
pub fn sql(rooms: &Rooms, sources: &[Source]) -> Faults {
    let mut faults = Faults::new();
    for source in sources {
        let Some(room) = room_of(&source.path).filter(|room| *room != rooms.sql_room) else {
            continue;
        };
        let parts: Vec<&str> = source.path.split('/').collect();
        let file = parts.last().copied().unwrap_or_default();
        let home = room == "platform"
            && (rooms.sql_files.iter().any(|f| f == file)
                || rooms.sql_folders.iter().any(|f| parts.contains(&f.as_str())));
        if home {
            continue;
        }
        faults.extend(
            source
                .words()
                .filter(|(_, text)| is_sql(text))
                .map(|(line, text)| at(&source.path, line, first_line(text))),
        );
    }
    faults
}

fn is_sql(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    match words.as_slice() {
        ["SELECT", rest @ ..] => rest.contains(&"FROM"),
        ["UPDATE", rest @ ..] => rest.contains(&"SET"),
        ["INSERT", "INTO", ..] | ["DELETE", "FROM", ..] | ["CREATE" | "DROP" | "ALTER", "TABLE" | "INDEX", ..] => true,
        _ => false,
    }
}

fn first_line(text: &str) -> &str {
    text.trim().lines().next().unwrap_or_default()
}

/// Chinese in literals of rooms whose words come from elsewhere.
pub fn words(rooms: &Rooms, sources: &[Source]) -> Faults {
    let mut faults = Faults::new();
    for source in sources {
        let speaks = room_of(&source.path).is_some_and(|room| rooms.speaking.iter().any(|r| r == room));
        if !speaks
            || rooms.readers.iter().any(|reader| {
                source.path == *reader || (reader.ends_with('/') && source.path.starts_with(reader.as_str()))
            })
        {
            continue;
        }
        let chinese = source
            .words()
            .filter(|(_, text)| text.chars().any(|c| matches!(c, '\u{3400}'..='\u{9fff}')));
        faults.extend(chinese.map(|(line, text)| at(&source.path, line, first_line(text))));
    }
    faults
}

/// Calls that end the program, unless the line before says why they cannot.
pub fn panics(rooms: &Rooms, sources: &[Source]) -> Faults {
    let mut faults = Faults::new();
    for source in sources {
        if room_of(&source.path).is_some_and(|room| rooms.tests.iter().any(|t| t == room)) {
            continue;
        }
        for (line, code) in source.lines() {
            let word = [".unwrap()", ".expect(", "panic!(", "unreachable!("]
                .into_iter()
                .find(|word| code.contains(word));
            let proven = source.code[line.saturating_sub(4)..line - 1].iter().any(|before| {
                before.contains("clippy::unwrap_used")
                    || before.contains("clippy::expect_used")
                    || before.contains("clippy::panic")
            });
            if let Some(word) = word.filter(|_| !proven) {
                faults.push(at(&source.path, line, word));
            }
        }
    }
    faults
}

/// Marks of unfinished work, in code and in comments, and tests that do not run.
pub fn left_over(files: &[(String, String)], sources: &[Source]) -> Faults {
    // Written in parts, so that this file does not find itself.
    let marks = [concat!("TO", "DO"), concat!("FIX", "ME"), concat!("HA", "CK")];
    let mut faults = Faults::new();
    for (path, text) in files {
        if !["rs", "ts", "mjs", "css", "toml", "ftl", "sh", "md"]
            .iter()
            .any(|end| path.ends_with(&format!(".{end}")))
        {
            continue;
        }
        for (index, line) in text.lines().enumerate() {
            let marked = marks
                .iter()
                .find(|mark| line.split(|c: char| !c.is_alphanumeric()).any(|word| word == **mark));
            faults.extend(marked.map(|mark| at(path, index + 1, mark)));
            if written_in(path, "mjs") || written_in(path, "ts") {
                let off = [concat!(".sk", "ip("), concat!("it.on", "ly"), concat!("test.on", "ly")];
                faults.extend(
                    off.iter()
                        .find(|word| line.contains(**word))
                        .map(|word| at(path, index + 1, word)),
                );
            }
        }
    }
    for source in sources {
        for (index, code) in source.code.iter().enumerate() {
            let word = ["todo!(", "unimplemented!(", "#[ignore]"]
                .into_iter()
                .find(|word| code.contains(word));
            faults.extend(word.map(|word| at(&source.path, index + 1, word)));
        }
    }
    faults
}

/// Files that have outgrown one subject.
pub fn size(rooms: &Rooms, files: &[(String, String)]) -> Faults {
    files
        .iter()
        .filter(|(path, _)| {
            ["rs", "ts", "mjs", "css"]
                .iter()
                .any(|end| path.ends_with(&format!(".{end}")))
        })
        .filter(|(path, _)| {
            !rooms
                .long_files
                .iter()
                .any(|exempt| path.starts_with(exempt) || path.ends_with(exempt))
        })
        .filter_map(|(path, text)| {
            let lines = text.lines().count();
            (lines > rooms.lines).then(|| format!("{path} has {lines} lines, at most {} are one subject", rooms.lines))
        })
        .collect()
}

/// Folders that only one machine has.
pub fn paths(files: &[(String, String)]) -> Faults {
    let here = format!("{}/", root().display());
    let mut faults = Faults::new();
    for (path, text) in files.iter().filter(|(path, _)| !path.starts_with("xtask/src/tidy/")) {
        for (index, line) in text.lines().enumerate() {
            let found = [here.as_str(), "/home/", "/Users/", "/root/"]
                .into_iter()
                .find(|folder| line.contains(folder));
            faults.extend(found.map(|folder| at(path, index + 1, folder)));
        }
    }
    faults
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    fn one(path: &str, text: &str) -> Vec<Source> {
        vec![Source::read(path, text)]
    }

    #[test]
    fn a_clock_in_a_pure_room_is_named() {
        let rooms = Rooms::read().unwrap();
        let house = serde_json::json!({});
        let clock = "// Timestamp::now is the edge's\nfn f() { Timestamp::now(); }";
        assert_eq!(
            impure(&rooms, &one("crates/calendar/src/day.rs", clock), &house),
            ["crates/calendar/src/day.rs:2: Timestamp::now"]
        );
        assert!(impure(&rooms, &one("crates/ledger/src/day.rs", clock), &house).is_empty());
    }

    #[test]
    fn sql_has_its_files() {
        let rooms = Rooms::read().unwrap();
        let statement = "fn f() { q(\"SELECT a FROM b\"); say(\"UPDATE your password\"); }";
        assert_eq!(sql(&rooms, &one("crates/web/src/query.rs", statement)).len(), 1);
        assert_eq!(
            sql(&rooms, &one("crates/platform/src/list/state.rs", statement)).len(),
            1
        );
        assert!(sql(&rooms, &one("crates/platform/src/list/query.rs", statement)).is_empty());
        assert!(sql(&rooms, &one("crates/platform/src/people/query/session.rs", statement)).is_empty());
        assert!(sql(&rooms, &one("crates/ledger/src/read.rs", statement)).is_empty());
    }

    #[test]
    fn words_for_people_are_not_written_in_code() {
        let rooms = Rooms::read().unwrap();
        let text = "/// 任务\nfn f() { p(\"任务\"); p(\"task\"); }\n#[cfg(test)]\nmod tests { fn t() { p(\"测试\") } }";
        assert_eq!(
            words(&rooms, &one("crates/web/src/pages/task.rs", text)),
            ["crates/web/src/pages/task.rs:2: 任务"]
        );
        assert!(words(&rooms, &one("crates/tasklist/src/task.rs", text)).is_empty());
    }

    #[test]
    fn a_call_that_ends_the_program_says_why_it_cannot() {
        let rooms = Rooms::read().unwrap();
        let text = "fn f() { x.unwrap(); }\n\n\n\n#[expect(clippy::expect_used, reason = \"checked above\")]\nfn g() {\n x.expect(\"\"); }";
        assert_eq!(
            panics(&rooms, &one("crates/web/src/a.rs", text)),
            ["crates/web/src/a.rs:1: .unwrap()"]
        );
        assert!(panics(&rooms, &one("crates/web/tests/it/a.rs", text)).is_empty());
        assert!(panics(&rooms, &one("crates/testkit/src/a.rs", text)).is_empty());
    }
}
