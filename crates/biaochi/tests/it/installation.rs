//! Verbs on an installation: entered, verified, rebuilt, copied, restored, spoiled.

use crate::run::{Ended, command, policy, run};
use std::{
    io::Write,
    os::unix::fs::{MetadataExt, PermissionsExt},
    path::{Path, PathBuf},
    process::Stdio,
};

fn on(data: &Path, words: &[&str]) -> Ended {
    let words: Vec<_> = words
        .iter()
        .map(Into::into)
        .chain(["--data".into(), data.into(), "--format".into(), "json".into()])
        .collect();
    run::<std::ffi::OsString>(words)
}

/// An installation with the first list in it.
fn entered() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let policy = policy();
    let ended = on(&data, &["list", "import", policy.to_str().unwrap()]);
    assert_eq!(ended.status, 0, "{}", ended.err);
    assert_eq!(ended.json(), serde_json::json!({ "tasks": 104, "obligations": 239 }));
    (folder, data)
}

#[test]
fn the_list_is_entered_once_shown_exported_and_searched() {
    let (folder, data) = entered();
    let policy = policy();
    let again = on(&data, &["list", "import", policy.to_str().unwrap()]);
    assert_eq!((again.status, again.out.as_str()), (0, ""));
    assert_eq!(
        std::fs::metadata(data.join("biaochi.key"))
            .unwrap()
            .permissions()
            .mode()
            & 0o777,
        0o600
    );

    let shown = on(&data, &["list", "show"]).json();
    let read = run(["list", "read", policy.to_str().unwrap(), "--format", "json"]).json();
    for (shown, read) in shown["tasks"]
        .as_array()
        .unwrap()
        .iter()
        .zip(read["tasks"].as_array().unwrap())
    {
        for field in [
            "number",
            "part",
            "section",
            "tier",
            "title",
            "claims",
            "places_as_written",
            "line",
            "doubts",
        ] {
            assert_eq!(shown[field], read[field], "{field} of {}", read["number"]);
        }
    }
    assert_eq!(
        on(&data, &["list", "show", "--as-of", "2024-12-30"]).json()["tasks"]
            .as_array()
            .unwrap()
            .len(),
        0
    );
    assert_eq!(on(&data, &["list", "show", "--version", "7"]).status, 2);
    assert_eq!(
        on(&data, &["list", "diff", "1", "1"]).json(),
        serde_json::json!({ "from": 1, "to": 1, "changes": [] })
    );
    let found = on(&data, &["search", "养老"]).json();
    assert!(found["total"].as_i64().unwrap() > 0);
    assert_eq!(
        (&found["items"][0]["kind"], &found["items"][0]["number"]),
        (&"task".into(), &10.into())
    );
    for (words, kind) in [
        ("南京市商务局", "organization"),
        ("DB3201", "place"),
        ("标准化", "measure"),
    ] {
        let found = on(&data, &["search", words]).json();
        let kinds: Vec<_> = found["items"].as_array().unwrap().iter().map(|i| &i["kind"]).collect();
        assert!(kinds.contains(&&serde_json::Value::from(kind)), "{words}: {kinds:?}");
    }

    let book = folder.path().join("list.xlsx");
    assert_eq!(on(&data, &["list", "export", "-o", book.to_str().unwrap()]).status, 0);
    assert!(std::fs::read(&book).unwrap().starts_with(b"PK"));
    let wrong = on(
        &data,
        &["list", "export", "-o", folder.path().join("list.doc").to_str().unwrap()],
    );
    assert_eq!(wrong.status, 2);
}

#[test]
fn a_sound_installation_verifies_agrees_and_comes_back_from_its_backup() {
    let (folder, data) = entered();
    let verified = on(&data, &["verify", "--ledger"]);
    assert_eq!(verified.status, 0);
    let verified = verified.json();
    assert_eq!(
        (&verified["ok"], &verified["problems"]),
        (&true.into(), &serde_json::json!([]))
    );
    assert_eq!(verified["events"], verified["head"]);
    assert_eq!(on(&data, &["rebuild"]).status, 0);
    assert_eq!(
        on(&data, &["rebuild", "--check"]).json(),
        serde_json::json!({ "ok": true, "differences": [] })
    );
    assert_eq!(on(&data, &["doctor"]).json()["checks"][2]["ok"], true);

    let copy = folder.path().join("copy.zip");
    let copied = on(&data, &["backup", copy.to_str().unwrap()]);
    assert_eq!((copied.status, &copied.json()["events"]), (0, &verified["events"]));
    assert_eq!(
        on(&data, &["backup", copy.to_str().unwrap()]).status,
        2,
        "a file that is there is not written over"
    );

    let back = folder.path().join("back");
    assert_eq!(
        on(&back, &["restore", copy.to_str().unwrap()]).status,
        2,
        "without its key file a copy is of no use"
    );
    std::fs::create_dir_all(&back).unwrap();
    std::fs::copy(data.join("biaochi.key"), back.join("biaochi.key")).unwrap();
    let restored = on(&back, &["restore", copy.to_str().unwrap()]);
    assert_eq!(
        (restored.status, &restored.json()["verification"]["ok"]),
        (0, &true.into()),
        "{}",
        restored.err
    );
    assert_eq!(on(&back, &["verify", "--ledger"]).json(), verified);
    assert_eq!(on(&back, &["list", "show"]).out, on(&data, &["list", "show"]).out);

    let checkpoints = data.join("files/checkpoints");
    let kept = std::fs::read_dir(&checkpoints).unwrap().next().unwrap().unwrap().path();
    assert_eq!(on(&data, &["verify", kept.to_str().unwrap()]).status, 0);
    let other = folder.path().join("other.json");
    let text = std::fs::read_to_string(&kept).unwrap();
    std::fs::write(&other, text.replacen("\"position\":", "\"position\":1", 1)).unwrap();
    assert_eq!(on(&data, &["verify", other.to_str().unwrap()]).status, 1);
}

#[test]
fn a_damaged_copy_restores_nothing() {
    let (folder, data) = entered();
    let copy = folder.path().join("copy.zip");
    assert_eq!(on(&data, &["backup", copy.to_str().unwrap()]).status, 0);
    let mut bytes = std::fs::read(&copy).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 0xff;
    std::fs::write(&copy, bytes).unwrap();
    let back = folder.path().join("back");
    std::fs::create_dir_all(&back).unwrap();
    std::fs::copy(data.join("biaochi.key"), back.join("biaochi.key")).unwrap();
    let refused = on(&back, &["restore", copy.to_str().unwrap()]);
    assert_eq!((refused.status, refused.out.as_str()), (2, ""), "{}", refused.err);
    assert_eq!(
        std::fs::metadata(back.join("biaochi.db")).map_or(0, |about| about.size()),
        0
    );
}

#[test]
fn what_is_not_there_is_told_with_how_to_mend_it() {
    let folder = tempfile::tempdir().unwrap();
    for words in [
        &["verify", "--ledger"][..],
        &["rebuild", "--check"],
        &["list", "show"],
        &["user", "passwd", "x"],
    ] {
        let ended = on(folder.path(), words);
        assert_eq!((ended.status, ended.out.as_str()), (2, ""), "{words:?}");
        assert!(ended.err.contains("--data"), "{}", ended.err);
    }
    let database = run(["verify", "--ledger", "--database", "mysql://b"]);
    assert_eq!((database.status, database.out.as_str()), (2, ""));
    assert!(database.err.contains("postgres://"), "{}", database.err);
}

#[test]
fn an_account_is_added_given_a_password_and_a_key() {
    let (_folder, data) = entered();
    let add = [
        "user",
        "add",
        "wang",
        "--name",
        "Wang",
        "--role",
        "ministry_analyst",
        "--organization",
        "mofcom",
    ];
    let added = on(&data, &add);
    assert_eq!(added.status, 0, "{}", added.err);
    assert!(added.json()["token"].as_str().unwrap().len() > 20);
    assert_eq!(on(&data, &add).status, 2, "a login is taken once");
    assert_eq!(
        on(
            &data,
            &["user", "role", "wang", "--role", "emperor", "--organization", "mofcom"]
        )
        .status,
        2
    );
    assert_eq!(
        on(
            &data,
            &["user", "key", "nobody", "--name", "k", "--scope", "list.import"]
        )
        .status,
        2
    );
    let make = ["user", "key", "wang", "--name", "k", "--scope", "list.import"];
    let early = on(&data, &make);
    assert_eq!(early.status, 2);
    assert!(early.err.contains("password"), "{}", early.err);
    assert_eq!(typed(&data, &["user", "passwd", "wang"], "short\n"), Some(2));
    assert_eq!(
        typed(&data, &["user", "passwd", "wang"], "correct horse battery staple\n"),
        Some(0)
    );
    let key = on(&data, &make);
    assert!(
        key.json()["key"].as_str().unwrap().starts_with("bc_key_"),
        "{}",
        key.err
    );
}

#[test]
fn an_older_copy_does_not_bring_an_erased_person_back() {
    let (folder, data) = entered();
    for (login, role) in [("wang", "ministry_analyst"), ("li", "ministry_analyst")] {
        let add = [
            "user",
            "add",
            login,
            "--name",
            "Zqname",
            "--role",
            role,
            "--organization",
            "mofcom",
        ];
        assert_eq!(on(&data, &add).status, 0);
    }
    let path = |name: &str| folder.path().join(name);
    let (before, after) = (path("before.zip"), path("after.zip"));
    assert_eq!(on(&data, &["backup", before.to_str().unwrap()]).status, 0);
    let unknown = on(&data, &["user", "erase", "wang", "--ground", "whim"]);
    assert_eq!(unknown.status, 2);
    assert!(unknown.err.contains("consent_withdrawn"), "{}", unknown.err);
    let erase = ["user", "erase", "wang", "--ground", "consent_withdrawn"];
    let erased = on(&data, &erase);
    assert_eq!(erased.status, 0, "{}", erased.err);
    assert!(erased.json()["rule"].as_str().unwrap().contains("第四十七条"));
    assert_eq!(on(&data, &erase).status, 2, "nobody of that login is left");
    assert_eq!(on(&data, &["verify", "--ledger"]).status, 0);
    assert_eq!(on(&data, &["backup", after.to_str().unwrap()]).status, 0);

    let back = path("back");
    std::fs::create_dir_all(&back).unwrap();
    std::fs::copy(data.join("biaochi.key"), back.join("biaochi.key")).unwrap();
    let (before, after) = (before.to_str().unwrap(), after.to_str().unwrap());
    let restored = on(&back, &["restore", before, "--erasures", after]);
    assert_eq!(
        (restored.status, &restored.json()["erased_again"]),
        (0, &1.into()),
        "{}",
        restored.err
    );
    assert_eq!(on(&back, &erase).status, 2, "the copy has forgotten wang again");
    let known = on(&back, &["user", "erase", "li", "--ground", "purpose_over"]);
    assert_eq!(known.status, 0, "and knows everybody else: {}", known.err);
    assert_eq!(on(&back, &["verify", "--ledger"]).status, 0);
}

/// The status of a call that reads a line.
fn typed(data: &Path, words: &[&str], line: &str) -> Option<i32> {
    let mut child = command(words)
        .arg("--data")
        .arg(data)
        .stdin(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(line.as_bytes()).unwrap();
    child.wait().unwrap().code()
}
