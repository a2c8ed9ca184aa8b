//! Letters leave the running server: an invitation at once, and a digest once.

use crate::{
    run::{command, run},
    server::Server,
    smtp::Smtp,
};
use std::{io::Write, path::Path, process::Stdio, time::Duration};

/// A letter that is on its way is here by then.
const PATIENCE: Duration = Duration::from_secs(60);
const PASSWORD: &str = "correct horse battery staple";

fn configured(folder: &Path, port: u16) -> String {
    let file = folder.join("biaochi.toml");
    let text = format!(
        "base-url = \"http://biaochi.test\"\n[mail]\nserver = \"127.0.0.1\"\nport = {port}\nprotection = \"none\"\n\
         from = \"biaochi@biaochi.test\"\n"
    );
    std::fs::write(&file, text).unwrap();
    file.to_str().unwrap().to_owned()
}

fn add(data: &str, more: &[&str], login: &str) {
    let words = ["user", "add", login, "--name", login, "--role", "commerce_officer"];
    let place = [
        "--organization",
        "nanjing-commerce",
        "--place",
        "320100",
        "--data",
        data,
    ];
    let email = format!("{login}@nanjing.test");
    let address = ["--email", email.as_str()];
    let added = run([&words[..], &place, &address, more].concat());
    assert_eq!(added.status, 0, "{}", added.err);
}

fn with_password(data: &str, login: &str) {
    let mut child = command(["user", "passwd", login, "--data", data])
        .stdin(Stdio::piped())
        .spawn()
        .unwrap();
    writeln!(child.stdin.take().unwrap(), "{PASSWORD}").unwrap();
    assert!(child.wait().unwrap().success());
}

#[test]
fn from_an_event_to_a_follower_by_letter_exactly_once_and_without_a_server_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let word = data.to_str().unwrap();
    assert_eq!(Server::start(&data, &[]).stop().0, Some(0));
    for login in ["follower", "reporter"] {
        add(word, &[], login);
        with_password(word, login);
    }
    let key = [
        "user",
        "key",
        "reporter",
        "--name",
        "test",
        "--scope",
        "obligation.report",
        "--data",
        word,
        "--format",
        "json",
    ];
    let key = run(key).json()["key"].as_str().unwrap().to_owned();

    // No server is set: something happens, and no letter is written.
    let plain = folder.path().join("plain.toml");
    std::fs::write(&plain, "[accounts]\nsecond-factor = \"optional\"\n").unwrap();
    let server = Server::start(&data, &["--config", plain.to_str().unwrap()]);
    let cookie = server.signed_in("follower", PASSWORD);
    server.post_form("/notices/follow", &cookie, "task=20&strength=all");
    server.post_json(
        "/api/v1/obligations/first-20-320100/actions",
        &key,
        r#"{"action":"note","input":{"text":"under way","audience":"public"}}"#,
    );
    server.stop();
    let doctor = run(["doctor", "--data", word, "--format", "json"]).json();
    let check = |name: &str| {
        let checks = doctor["checks"].as_array().unwrap().clone();
        checks.into_iter().find(|check| check["name"] == name).unwrap()
    };
    assert_eq!(check("mail")["ok"], true);
    assert!(
        check("letters")["found"].as_str().unwrap().starts_with("0 waiting"),
        "{doctor}"
    );

    // A server is set: the digest leaves at the first round, and not again.
    let smtp = Smtp::start();
    let file = configured(folder.path(), smtp.port);
    let doctor = run(["doctor", "--data", word, "--format", "json", "--config", &file]).json();
    assert_eq!(doctor["config"]["mail"], "127.0.0.1");
    let server = Server::start(&data, &["--config", &file]);
    let letter = smtp.letters.recv_timeout(PATIENCE).unwrap();
    assert!(letter.contains("To: follower@nanjing.test"), "{letter}");
    server.stop();
    let server = Server::start(&data, &["--config", &file]);
    server.stop();

    // An invitation by the operator leaves as soon as the server runs: the next letter is that one.
    add(word, &["--config", &file], "newcomer");
    let server = Server::start(&data, &["--config", &file]);
    let letter = smtp.letters.recv_timeout(PATIENCE).unwrap();
    assert!(letter.contains("To: newcomer@nanjing.test"), "{letter}");
    server.stop();
    assert!(smtp.letters.try_recv().is_err(), "nothing was sent twice");
}

#[test]
fn a_configuration_that_does_not_fit_together_is_told_before_anything_is_touched() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let ended = command(["serve", "--listen", "127.0.0.1:0", "--data", data.to_str().unwrap()])
        .env("BIAOCHI_MAIL_SERVER", "smtp.biaochi.test")
        .output()
        .unwrap();
    let told = String::from_utf8(ended.stderr).unwrap();
    assert_eq!(ended.status.code(), Some(2), "{told}");
    assert!(told.contains("from"), "{told}");
    assert!(!data.exists());
}
