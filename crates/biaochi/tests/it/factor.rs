//! A second factor: set up by staff before anything else, taken away by the operator where it is lost.

use crate::{
    run::{command, run},
    server::Server,
};
use identity::totp::TotpSecret;
use std::{io::Write, path::Path, process::Stdio};

const PASSWORD: &str = "one two three four five";

/// An officer with a password.
fn officer(data: &str) {
    let words = ["user", "add", "nanjing", "--name", "王晓", "--role", "commerce_officer"];
    let body = [
        "--organization",
        "nanjing-commerce",
        "--place",
        "320100",
        "--data",
        data,
    ];
    let added = run([&words[..], &body].concat());
    assert_eq!(added.status, 0, "{}", added.err);
    let mut child = command(["user", "passwd", "nanjing", "--data", data])
        .stdin(Stdio::piped())
        .spawn()
        .unwrap();
    writeln!(child.stdin.take().unwrap(), "{PASSWORD}").unwrap();
    assert!(child.wait().unwrap().success());
}

/// The secret that a page shows in groups of four letters.
fn secret(page: &str) -> TotpSecret {
    let shown = page
        .split("<strong>")
        .nth(1)
        .unwrap()
        .split("</strong>")
        .next()
        .unwrap();
    let (mut bits, mut count, mut bytes) = (0_u64, 0, Vec::new());
    for letter in shown.bytes().filter(u8::is_ascii_alphanumeric) {
        let value = if letter.is_ascii_uppercase() {
            letter - b'A'
        } else {
            letter - b'2' + 26
        };
        bits = bits << 5 | u64::from(value);
        count += 5;
        if count >= 8 {
            count -= 8;
            bytes.push((bits >> count & 0xff) as u8);
        }
    }
    TotpSecret::from_bytes(bytes.try_into().unwrap())
}

fn now() -> i64 {
    let since = std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .unwrap();
    i64::try_from(since.as_micros()).unwrap()
}

fn asked(server: &Server, what: &str, cookie: &str, fields: &str) -> String {
    let headers = format!("Content-Type: application/x-www-form-urlencoded\r\nCookie: {cookie}\r\n");
    server.ask(what, &headers, fields)
}

/// Sets one up, and gives the cookie of the session that has shown it.
fn set_up(server: &Server) -> String {
    let cookie = server.signed_in("nanjing", PASSWORD);
    let desk = asked(server, "GET /desk", &cookie, "");
    assert!(
        desk.starts_with("HTTP/1.1 403") && desk.contains("people/second_factor_demanded"),
        "{desk}"
    );
    let offered = asked(server, "POST /account/second-factor", &cookie, "");
    let code = secret(&offered).code_at(now());
    let confirmed = asked(
        server,
        "POST /account/second-factor/confirm",
        &cookie,
        &format!("code={code}"),
    );
    assert!(confirmed.starts_with("HTTP/1.1 200"), "{confirmed}");
    let at = confirmed.find("bc_session=").unwrap();
    confirmed[at..].split(';').next().unwrap().to_owned()
}

fn removed(data: &Path, more: &[&str]) -> crate::run::Ended {
    let words = [
        "user",
        "factor",
        "--remove",
        "nanjing",
        "--data",
        data.to_str().unwrap(),
        "--format",
        "json",
    ];
    run([&words[..], more].concat())
}

#[test]
fn an_officer_sets_it_up_loses_it_and_the_operator_takes_it_away() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    assert_eq!(Server::start(&data, &[]).stop().0, Some(0));
    officer(data.to_str().unwrap());
    let none = removed(&data, &["--reason", "lost"]);
    assert_eq!(none.status, 2, "{}", none.err);
    assert!(none.err.contains("no second factor"), "{}", none.err);

    let server = Server::start(&data, &[]);
    let whole = set_up(&server);
    assert!(asked(&server, "GET /desk", &whole, "").starts_with("HTTP/1.1 200"));
    let half = server.signed_in("nanjing", PASSWORD);
    assert!(
        asked(&server, "GET /account", &half, "").starts_with("HTTP/1.1 303"),
        "the code is asked for"
    );
    server.stop();

    assert_eq!(removed(&data, &[]).status, 2, "a reason is asked for");
    assert_eq!(removed(&data, &["--reason", " "]).status, 2);
    let done = removed(&data, &["--reason", "telephone lost, seen in person"]);
    assert_eq!(done.status, 0, "{}", done.err);
    assert!(done.json()["position"].as_i64().unwrap() > 0);
    assert_eq!(run(["verify", "--ledger", "--data", data.to_str().unwrap()]).status, 0);

    let server = Server::start(&data, &[]);
    assert!(
        asked(&server, "GET /account", &whole, "").starts_with("HTTP/1.1 303"),
        "every session has ended"
    );
    let cookie = server.signed_in("nanjing", PASSWORD);
    let account = asked(&server, "GET /en/account", &cookie, "");
    assert!(account.contains("telephone lost, seen in person"), "{account}");
    set_up(&server);
    server.stop();
}
