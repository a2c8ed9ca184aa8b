//! What this room signs is checked by OpenSSL: the promise that anybody can verify a publication without this program.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "tests")]

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use identity::randomness::Seeded;
use identity::signature::{SM2_IDENTIFIER, Scheme, SigningKeys};

/// Whether an OpenSSL of version 3 is at hand.
fn openssl_3() -> bool {
    Command::new("openssl")
        .arg("version")
        .output()
        .is_ok_and(|output| String::from_utf8_lossy(&output.stdout).starts_with("OpenSSL 3"))
}

/// Whether OpenSSL finds that `signature` holds over `message`.
fn holds(scheme: Scheme, pem: &str, message: &[u8], signature: &[u8], case: &str) -> bool {
    let directory = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("openssl-{scheme}-{case}"));
    fs::create_dir_all(&directory).unwrap();
    let file = |name: &str, bytes: &[u8]| {
        let path = directory.join(name);
        fs::write(&path, bytes).unwrap();
        path
    };
    let mut command = Command::new("openssl");
    command.args(["pkeyutl", "-verify", "-pubin", "-rawin"]);
    command.arg("-inkey").arg(file("public.pem", pem.as_bytes()));
    command.arg("-in").arg(file("message", message));
    command.arg("-sigfile").arg(file("signature", signature));
    if scheme == Scheme::Sm2 {
        command.args(["-digest", "sm3", "-pkeyopt", &format!("distid:{SM2_IDENTIFIER}")]);
    }
    let output = command.output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    let holds = said.contains("Signature Verified Successfully");
    assert!(holds || said.contains("Signature Verification Failure"), "{output:?}");
    holds
}

#[test]
fn openssl_accepts_both_signatures_and_refuses_an_altered_message() {
    if !openssl_3() {
        println!("SKIPPED: no OpenSSL 3 to check the signatures with");
        return;
    }
    let keys = SigningKeys::generate(&Seeded::new(42)).unwrap();
    let message = "标尺：检查点 1".as_bytes();
    let json = serde_json::to_value(keys.sign(message).unwrap()).unwrap();
    for (scheme, field) in [(Scheme::Ed25519, "ed25519"), (Scheme::Sm2, "sm2")] {
        let pem = keys.public_keys().pem(scheme).unwrap();
        let signature = STANDARD.decode(json[field].as_str().unwrap()).unwrap();
        assert!(holds(scheme, &pem, message, &signature, "right"), "{scheme}");
        assert!(
            !holds(scheme, &pem, "标尺：检查点 2".as_bytes(), &signature, "altered"),
            "{scheme}"
        );
    }
}
