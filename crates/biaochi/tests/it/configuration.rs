//! What an operator sets: told by `doctor`, in force in the server, refused where it does not fit.

use crate::{
    run::{command, run},
    server::Server,
};

const VISIBILITY: &str = "[[visible]]\nfact = \"milestone\"\naudience = \"participants\"\n";

#[test]
fn doctor_tells_limits_accounts_and_the_operators_own_rows() {
    let folder = tempfile::tempdir().unwrap();
    let word = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    std::fs::write(word("visibility.toml"), VISIBILITY).unwrap();
    let told = |more: &[(&str, &str)]| {
        command(["doctor", "--format", "json", "--data", &word("data")])
            .envs(more.iter().copied())
            .output()
            .unwrap()
    };
    let json = |more: &[(&str, &str)]| serde_json::from_slice::<serde_json::Value>(&told(more).stdout).unwrap();
    let shipped = json(&[])["config"].clone();
    assert_eq!(shipped["reads"], "500/s, 5000 at once");
    assert_eq!(shipped["writes"], "60/s, 600 at once");
    assert_eq!(shipped["second_factor"], "staff");
    assert_eq!(shipped["file_limit"], 52_428_800);
    let visibility = word("visibility.toml");
    let own = json(&[
        ("BIAOCHI_LIMITS_READS", "20"),
        ("BIAOCHI_LIMITS_WRITES", "0"),
        ("BIAOCHI_ACCOUNTS_SECOND_FACTOR", "optional"),
        ("BIAOCHI_FILING_NUMBER", "京ICP备00000000号"),
        ("BIAOCHI_FILE_LIMIT", "1000"),
        ("BIAOCHI_VISIBILITY", &visibility),
    ]);
    let config = &own["config"];
    assert_eq!(
        (&config["reads"], &config["writes"]),
        (&"20/s, 200 at once".into(), &"0".into())
    );
    assert_eq!(config["second_factor"], "optional");
    assert_eq!(config["filing_number"], "京ICP备00000000号");
    assert_eq!(
        (&config["file_limit"], &config["visibility"]),
        (&1000.into(), &visibility.as_str().into())
    );
    std::fs::write(&visibility, "[[visible]]\nfact = \"gossip\"\naudience = \"public\"\n").unwrap();
    for (name, value, said) in [
        ("BIAOCHI_VISIBILITY", visibility.as_str(), "gossip"),
        (
            "BIAOCHI_VISIBILITY",
            "/nowhere/visibility.toml",
            "/nowhere/visibility.toml",
        ),
        ("BIAOCHI_ACCOUNTS_SECOND_FACTOR", "never", "never"),
    ] {
        let ended = told(&[(name, value)]);
        assert_eq!(ended.status.code(), Some(1), "{value}");
        assert!(String::from_utf8_lossy(&ended.stdout).contains(said), "{value}");
        let served = command(["serve", "--listen", "127.0.0.1:0", "--data", &word("never")])
            .env(name, value)
            .output()
            .unwrap();
        assert_eq!(served.status.code(), Some(2), "{value}");
        assert!(String::from_utf8_lossy(&served.stderr).contains(said), "{value}");
    }
    assert!(
        !folder.path().join("never").join("biaochi.db").exists(),
        "nothing was touched"
    );
}

#[test]
fn limits_hold_in_the_server_and_a_lost_configuration_file_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("biaochi.toml");
    std::fs::write(&file, "[limits]\nreads = 1\nreads-at-once = 4\n").unwrap();
    let server = Server::start(&folder.path().join("data"), &["--config", file.to_str().unwrap()]);
    let answers: Vec<String> = (0..12).map(|_| server.get("/words")).collect();
    assert!(answers[0].starts_with("HTTP/1.1 200"));
    let refused = answers
        .iter()
        .find(|answer| answer.starts_with("HTTP/1.1 429"))
        .unwrap();
    assert!(
        refused.contains("retry-after: 1\r\n") && refused.contains("web/too_many"),
        "{refused}"
    );
    assert!(server.get("/healthz").starts_with("HTTP/1.1 200"));
    assert_eq!(server.stop().0, Some(0));
    let lost = run(["doctor", "--config", "/nowhere/biaochi.toml"]);
    assert_eq!(lost.status, 2);
}
