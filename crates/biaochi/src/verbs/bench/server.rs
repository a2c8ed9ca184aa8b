//! A server of one's own: started on a folder, asked over the network, stopped.

use super::{figure::Figure, load};
use crate::failure::{Failure, Result};
use std::{path::Path, process::Stdio, time::Instant};
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, BufReader},
    process::{Child, ChildStderr, Command},
    task::JoinHandle,
};

/// A running server; killed when dropped.
#[derive(Debug)]
pub struct Server {
    process: Child,
    /// `127.0.0.1:PORT`.
    pub address: String,
    accounts: Vec<serde_json::Value>,
}

impl Server {
    /// Starts this program on a folder.
    pub async fn start(folder: &Path, demo: bool) -> Result<Self> {
        let failed = |fault: std::io::Error| Failure::environment("serve", fault);
        let program = std::env::current_exe().map_err(failed)?;
        let mut command = Command::new(program);
        command
            .args(["serve", "--listen", "127.0.0.1:0", "--format", "json", "--data"])
            .arg(folder)
            .env_remove("BIAOCHI_DATABASE")
            .env_remove("BIAOCHI_FILES")
            .env_remove("BIAOCHI_KEY_FILE")
            // What the server can do is measured, not what it grants one address.
            .env("BIAOCHI_LIMITS_READS", "0")
            .env("BIAOCHI_LIMITS_WRITES", "0")
            .env("RUST_LOG", "warn")
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true);
        if demo {
            command.arg("--demo");
        }
        let mut process = command.spawn().map_err(failed)?;
        let said = process.stderr.take().map(listen);
        let mut line = String::new();
        if let Some(stdout) = process.stdout.take() {
            BufReader::new(stdout).read_line(&mut line).await.map_err(failed)?;
        }
        let Ok(started) = serde_json::from_str::<serde_json::Value>(&line) else {
            process.kill().await.map_err(failed)?;
            let said = match said {
                Some(said) => said.await.unwrap_or_default(),
                None => String::new(),
            };
            return Err(Failure::environment("serve", format!("{line}{said}")));
        };
        Ok(Self {
            process,
            address: started["address"]
                .as_str()
                .unwrap_or_default()
                .trim_start_matches("http://")
                .to_owned(),
            accounts: started["accounts"].as_array().cloned().unwrap_or_default(),
        })
    }

    /// The key of a sample account.
    pub fn key(&self, login: &str) -> Result<&str> {
        self.accounts
            .iter()
            .find(|account| account["login"] == login)
            .and_then(|account| account["key"].as_str())
            .ok_or_else(|| Failure::environment("demo", format!("no account {login}")))
    }

    /// Asks once: how long until the last byte, in milliseconds, and how many bytes.
    pub async fn once(&self, request: &load::Wire) -> Result<(f64, usize)> {
        let (took, body) = self.asked(request).await?;
        Ok((took, body.len()))
    }

    /// Asks once: the body.
    pub async fn body(&self, request: &load::Wire) -> Result<Vec<u8>> {
        Ok(self.asked(request).await?.1)
    }

    async fn asked(&self, request: &load::Wire) -> Result<(f64, Vec<u8>)> {
        let failed = |fault: std::io::Error| Failure::environment(&self.address, fault);
        let mut connection = load::Connection::open(&self.address).await.map_err(failed)?;
        let from = Instant::now();
        let (status, body) = connection.ask(request).await.map_err(failed)?;
        let took = from.elapsed().as_secs_f64() * 1000.0;
        if status != 200 {
            let asked = String::from_utf8_lossy(request);
            let what = asked.lines().next().unwrap_or_default().to_owned();
            return Err(Failure::environment(what, format!("status {status}")));
        }
        Ok((took, body.to_vec()))
    }

    /// Memory that the process holds, in MB (10⁶ bytes); absent where the system does not tell.
    pub fn resident(&self) -> Option<f64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.process.id()?)).ok()?;
        let kibibytes = status
            .lines()
            .find_map(|line| line.strip_prefix("VmRSS:"))?
            .trim()
            .trim_end_matches("kB")
            .trim()
            .parse::<f64>()
            .ok()?;
        Some(kibibytes * 1024.0 / 1e6)
    }

    /// Stops it.
    pub async fn stop(mut self) -> Result<()> {
        self.process
            .kill()
            .await
            .map_err(|fault| Failure::environment("serve", fault))
    }
}

/// Reads what a server complains of, until it ends, so that it never waits for a reader.
fn listen(mut complaints: ChildStderr) -> JoinHandle<String> {
    tokio::spawn(async move {
        let mut said = Vec::new();
        // What came before the pipe broke is what there is to tell.
        let _ = complaints.read_to_end(&mut said).await;
        String::from_utf8_lossy(&said).into_owned()
    })
}

/// From starting the program on a folder that has been filled to the last byte of the first page: the best of some
/// starts. Then, without having been asked for anything else, how much memory it holds.
pub async fn cold_start(folder: &Path) -> Result<Vec<Figure>> {
    const STARTS: usize = 5;
    let mut best = f64::INFINITY;
    let mut resident = None;
    for _ in 0..STARTS {
        let from = Instant::now();
        let server = Server::start(folder, false).await?;
        server.once(&load::get("/", None)).await?;
        best = best.min(from.elapsed().as_secs_f64() * 1000.0);
        resident = server.resident();
        server.stop().await?;
    }
    let mut figures = vec![
        Figure::new(
            format!("cold start to the first page, SQLite, best of {STARTS}"),
            best,
            "ms",
        )
        .budget(300.0),
    ];
    figures
        .extend(resident.map(|mb| Figure::new("resident memory, idle after the first page", mb, "MB").budget(150.0)));
    Ok(figures)
}
