//! A server: started, answered by, told to stop.

use crate::{run::run, server::Server};
use std::net::TcpListener;

#[test]
fn a_demonstration_names_address_and_accounts_answers_and_leaves_a_signed_log() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let server = Server::start(&data, &["--demo"]);
    let accounts = server.first["accounts"].as_array().unwrap();
    assert!(accounts.len() >= 4);
    for account in accounts {
        for field in ["role", "login", "password", "key"] {
            assert!(!account[field].as_str().unwrap().is_empty(), "{field}");
        }
    }
    assert!(server.get("/healthz").starts_with("HTTP/1.1 200"));
    assert!(server.get("/readyz").starts_with("HTTP/1.1 200"));

    let data_word = data.to_str().unwrap();
    let shown = run(["list", "show", "--data", data_word, "--format", "json"]);
    assert_eq!(shown.status, 0, "reading beside a server: {}", shown.err);
    let refused = run(["rebuild", "--data", data_word]);
    assert_eq!(
        (refused.status, refused.out.as_str()),
        (3, ""),
        "writing beside a server is refused"
    );
    let copy = folder.path().join("copy.zip");
    let copied = run([
        "backup",
        copy.to_str().unwrap(),
        "--data",
        data_word,
        "--format",
        "json",
    ]);
    assert_eq!(copied.status, 0, "{}", copied.err);
    let at = copied.json()["events"].as_i64().unwrap();
    let signed = data.join(format!("files/checkpoints/{at:012}.json"));
    assert!(signed.exists(), "a backup beside a server is signed where it stood");
    let verified = run(["verify", signed.to_str().unwrap(), "--data", data_word]);
    assert_eq!(verified.status, 0, "{}", verified.out);

    let (status, log) = server.stop();
    assert_eq!(status, Some(0), "{log}");
    let verified = run(["verify", "--ledger", "--data", data_word, "--format", "json"]);
    assert_eq!((verified.status, &verified.json()["ok"]), (0, &true.into()));
    let last = format!("{:012}.json", verified.json()["head"].as_i64().unwrap());
    assert!(
        data.join("files/checkpoints").join(last).exists(),
        "a checkpoint is kept at stop"
    );
}

#[test]
fn without_a_demonstration_the_first_administrator_gets_a_token_on_stderr_alone() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(&folder.path().join("data"), &[]);
    assert_eq!(server.first["accounts"], serde_json::json!([]));
    assert!(!server.first.to_string().contains("bc_"));
    let (status, log) = server.stop();
    assert_eq!(status, Some(0));
    assert!(log.contains("first-administrator"), "{log}");
}

#[test]
fn a_port_that_is_taken_ends_with_3_and_touches_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let ended = run(["serve", "--listen", &address, "--data", data.to_str().unwrap()]);
    assert_eq!((ended.status, ended.out.as_str()), (3, ""));
    assert!(
        ended.err.contains(&address) && ended.err.contains("--listen"),
        "{}",
        ended.err
    );
    assert!(!data.exists());
}
