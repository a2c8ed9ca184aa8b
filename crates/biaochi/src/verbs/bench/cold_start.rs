//! From starting this program on an embedded database to its first page.

use super::Figure;
use crate::failure::{Failure, Result};
use std::{path::Path, process::Stdio, time::Instant};
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    net::TcpStream,
    process::Command,
};

/// Starts a server on a folder that has been filled, and asks for the first page.
pub async fn measure(folder: &Path) -> Result<Figure> {
    let failed = |fault: std::io::Error| Failure::environment("serve", fault);
    let program = std::env::current_exe().map_err(failed)?;
    let from = Instant::now();
    let mut server = Command::new(program)
        .args(["serve", "--listen", "127.0.0.1:0", "--format", "json", "--data"])
        .arg(folder)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn()
        .map_err(failed)?;
    let mut line = String::new();
    if let Some(stdout) = server.stdout.take() {
        BufReader::new(stdout).read_line(&mut line).await.map_err(failed)?;
    }
    let started: serde_json::Value =
        serde_json::from_str(&line).map_err(|fault| Failure::environment("serve", format!("{fault}: {line}")))?;
    let address = started["address"]
        .as_str()
        .unwrap_or_default()
        .trim_start_matches("http://")
        .to_owned();
    let mut stream = TcpStream::connect(&address).await.map_err(failed)?;
    let request = format!("GET / HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await.map_err(failed)?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.map_err(failed)?;
    let took = from.elapsed();
    server.kill().await.map_err(failed)?;
    if !answer.starts_with(b"HTTP/1.1 200") {
        let first = String::from_utf8_lossy(&answer)
            .lines()
            .next()
            .unwrap_or_default()
            .to_owned();
        return Err(Failure::environment("/", first));
    }
    Ok(Figure::new("cold start to the first page", took.as_secs_f64() * 1000.0, "ms").budget(300.0))
}
