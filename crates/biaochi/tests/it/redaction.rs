//! The content of an entry that should never have been recorded goes, and the log still verifies.

use crate::{
    run::{Ended, run},
    server::Server,
};
use std::path::Path;

const SECRET: &str = "13800000000";

fn on(data: &Path, words: &[&str]) -> Ended {
    run([words, &["--data", data.to_str().unwrap(), "--format", "json"]].concat())
}

fn key(server: &Server, login: &str) -> String {
    let accounts = server.first["accounts"].as_array().unwrap();
    let found = accounts.iter().find(|account| account["login"] == login).unwrap();
    found["key"].as_str().unwrap().to_owned()
}

/// The last position of the log.
fn head(data: &Path) -> i64 {
    on(data, &["verify", "--ledger"]).json()["head"].as_i64().unwrap()
}

fn lies_in(folder: &Path, needle: &str) -> bool {
    std::fs::read_dir(folder).unwrap().any(|entry| {
        let path = entry.unwrap().path();
        if path.is_dir() {
            lies_in(&path, needle)
        } else {
            let bytes = std::fs::read(&path).unwrap();
            bytes.windows(needle.len()).any(|window| window == needle.as_bytes())
        }
    })
}

#[test]
fn a_telephone_number_in_a_note_goes_and_the_place_says_by_which_rule() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let server = Server::start(&data, &["--demo"]);
    let officer = key(&server, "nanjing");
    let actions = "/api/v1/obligations/first-20-320100/actions";
    let note = format!(r#"{{"action":"note","input":{{"text":"call {SECRET}","audience":"public"}}}}"#);
    server.post_json(actions, &officer, &note);
    let entry = head(&data);
    let position = entry.to_string();
    let words = [
        "redact",
        &position,
        "--reason",
        "a citizen's number",
        "--rule",
        "PIPL 47",
    ];
    assert_eq!(on(&data, &words).status, 3, "not beside a server on SQLite");
    server.stop();
    let early = on(&data, &words);
    assert_eq!(early.status, 2);
    assert!(early.err.contains("take it back first"), "{}", early.err);
    assert_eq!(
        on(&data, &["redact", "999999", "--reason", "r", "--rule", "r"]).status,
        2
    );

    let server = Server::start(&data, &["--demo"]);
    let analyst = key(&server, "analyst");
    let correct = format!(r#"{{"action":"correct","input":{{"position":"{position}","reason":"holds a number"}}}}"#);
    server.post_json(actions, &analyst, &correct);
    server.stop();
    assert!(lies_in(&data, SECRET));

    assert_eq!(
        on(&data, &["redact", &position, "--reason", " ", "--rule", "r"]).status,
        2
    );
    let done = on(&data, &words);
    assert_eq!(done.status, 0, "{}", done.err);
    let by = done.json()["by"].as_i64().unwrap();
    assert!(!lies_in(&data, SECRET), "nothing in the folder holds it any more");
    assert_eq!(on(&data, &words).status, 2, "it is done once");
    let verified = on(&data, &["verify", "--ledger"]);
    assert_eq!(verified.status, 0, "{}", verified.out);
    let redacted = &verified.json()["redacted"];
    assert_eq!(
        *redacted,
        serde_json::json!([{ "position": entry, "by": by, "rule": "PIPL 47" }])
    );
    assert_eq!(on(&data, &["rebuild", "--check"]).status, 0);

    // A copy of it comes back as it is.
    let copy = folder.path().join("copy.zip");
    assert_eq!(on(&data, &["backup", copy.to_str().unwrap()]).status, 0);
    let other = folder.path().join("other");
    std::fs::create_dir(&other).unwrap();
    std::fs::copy(data.join("biaochi.key"), other.join("biaochi.key")).unwrap();
    let restored = on(&other, &["restore", copy.to_str().unwrap()]);
    assert_eq!(restored.status, 0, "{}", restored.err);
    assert_eq!(
        on(&other, &["verify", "--ledger"]).json()["redacted"][0]["position"],
        entry
    );

    let server = Server::start(&data, &["--demo"]);
    for page in [
        format!("/events/{position}"),
        "/history/obligation/first-20-320100".to_owned(),
    ] {
        let page = server.get(&page);
        assert!(page.starts_with("HTTP/1.1 200") && page.contains("PIPL 47"), "{page}");
        assert!(!page.contains(SECRET));
    }
    server.stop();
}
