//! A server as a process of its own.

use crate::run::command;
use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    path::Path,
    process::{Child, Command, Stdio},
};

/// A running server.
pub struct Server {
    child: Child,
    pub first: serde_json::Value,
}

impl Server {
    /// Starts it on a folder, with further words.
    pub fn start(data: &Path, more: &[&str]) -> Self {
        let mut child = command(["serve", "--listen", "127.0.0.1:0", "--format", "json", "--data"])
            .arg(data)
            .args(more)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap())
            .read_line(&mut line)
            .unwrap();
        let first = serde_json::from_str(&line).unwrap_or_else(|fault| panic!("{fault}: {line}"));
        Self { child, first }
    }

    /// The answer to a GET, as it came.
    pub fn get(&self, path: &str) -> String {
        self.ask(&format!("GET {path}"), "", "")
    }

    /// The answer to a request with further headers, each on its line.
    pub fn ask(&self, what: &str, headers: &str, body: &str) -> String {
        let address = self.first["address"].as_str().unwrap().strip_prefix("http://").unwrap();
        let mut stream = TcpStream::connect(address).unwrap();
        write!(
            stream,
            "{what} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\nContent-Length: {}\r\n{headers}\r\n{body}",
            body.len()
        )
        .unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }

    /// The session cookie of somebody who signs in.
    pub fn signed_in(&self, login: &str, password: &str) -> String {
        let password = password.replace(' ', "+");
        let form = "Content-Type: application/x-www-form-urlencoded\r\n";
        let answer = self.ask("POST /sign-in", form, &format!("login={login}&password={password}"));
        let at = answer.find("bc_session=").unwrap_or_else(|| panic!("{answer}"));
        answer[at..].split(';').next().unwrap().to_owned()
    }

    /// Sends a form, which must be done.
    pub fn post_form(&self, path: &str, cookie: &str, fields: &str) {
        let headers = format!("Content-Type: application/x-www-form-urlencoded\r\nCookie: {cookie}\r\n");
        let answer = self.ask(&format!("POST {path}"), &headers, fields);
        assert!(answer.starts_with("HTTP/1.1 303"), "{answer}");
    }

    /// Calls the API, which must answer with success.
    pub fn post_json(&self, path: &str, key: &str, body: &str) {
        let headers = format!("Content-Type: application/json\r\nAuthorization: Bearer {key}\r\n");
        let answer = self.ask(&format!("POST {path}"), &headers, body);
        assert!(answer.starts_with("HTTP/1.1 2"), "{answer}");
    }

    /// Tells it to stop: its status and its log.
    pub fn stop(mut self) -> (Option<i32>, String) {
        let told = Command::new("kill")
            .args(["-TERM", &self.child.id().to_string()])
            .status()
            .unwrap();
        assert!(told.success());
        let mut log = String::new();
        self.child.stderr.take().unwrap().read_to_string(&mut log).unwrap();
        (self.child.wait().unwrap().code(), log)
    }
}
