//! A load generator: HTTP/1.1 over kept connections, on one core where the machine can pin it.

use super::figure::Durations;
use crate::failure::{Failure, Result};
use std::{
    io,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    process::Command,
    task::JoinSet,
};

/// A request as it goes over the wire.
pub type Wire = Arc<[u8]>;

/// A GET, as nobody or with a personal key.
pub fn get(path: &str, key: Option<&str>) -> Wire {
    format!(
        "GET {path} HTTP/1.1\r\nhost: localhost\r\naccept: text/html\r\n{}\r\n",
        authorization(key)
    )
    .into_bytes()
    .into()
}

/// A POST of JSON with a personal key.
pub fn post(path: &str, key: &str, body: &serde_json::Value) -> Wire {
    let body = body.to_string();
    let head = authorization(Some(key));
    format!(
        "POST {path} HTTP/1.1\r\nhost: localhost\r\naccept: application/json\r\ncontent-type: application/json\r\ncontent-length: {}\r\n{head}\r\n{body}",
        body.len()
    )
    .into_bytes()
    .into()
}

fn authorization(key: Option<&str>) -> String {
    key.map_or_else(String::new, |key| format!("authorization: Bearer {key}\r\n"))
}

/// A connection that is kept.
#[derive(Debug)]
pub struct Connection {
    stream: TcpStream,
    buffer: Vec<u8>,
}

impl Connection {
    /// Connects.
    pub async fn open(address: &str) -> io::Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self {
            stream,
            buffer: Vec::with_capacity(64 * 1024),
        })
    }

    /// Sends a request and reads the whole answer: its status and its body.
    pub async fn ask(&mut self, request: &[u8]) -> io::Result<(u16, &[u8])> {
        self.stream.write_all(request).await?;
        self.buffer.clear();
        loop {
            if self.stream.read_buf(&mut self.buffer).await? == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            if let Some(head) = find(&self.buffer, b"\r\n\r\n") {
                let (status, length) = read_head(self.buffer.get(..head).unwrap_or_default())?;
                while self.buffer.len() < head + 4 + length {
                    if self.stream.read_buf(&mut self.buffer).await? == 0 {
                        return Err(io::ErrorKind::UnexpectedEof.into());
                    }
                }
                return Ok((status, self.buffer.get(head + 4..).unwrap_or_default()));
            }
        }
    }
}

fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    haystack.windows(needle.len()).position(|window| window == needle)
}

/// Status and length of the body.
fn read_head(head: &[u8]) -> io::Result<(u16, usize)> {
    let wrong = || io::Error::new(io::ErrorKind::InvalidData, String::from_utf8_lossy(head).into_owned());
    let text = std::str::from_utf8(head).map_err(|_| wrong())?;
    let status = text.split(' ').nth(1).and_then(|s| s.parse().ok()).ok_or_else(wrong)?;
    let length = text
        .lines()
        .filter_map(|line| line.split_once(':'))
        .find(|(name, _)| name.eq_ignore_ascii_case("content-length"))
        .and_then(|(_, value)| value.trim().parse().ok())
        .ok_or_else(wrong)?;
    Ok((status, length))
}

/// What came of a load.
#[derive(Debug, Default)]
pub struct Came {
    /// From when each was due to its last byte.
    pub durations: Durations,
    /// Answers that were not 200.
    pub refused: usize,
    /// How long it lasted in all.
    pub took: Duration,
}

/// As many requests as are answered, one after the other on each of so many connections.
pub async fn saturate(address: &str, requests: &[Wire], connections: usize, lasting: Duration) -> Result<Came> {
    run(address, requests, connections, lasting, None).await
}

/// So many requests a second, whether or not the ones before have been answered (as far as there are connections): a
/// request that must wait for a connection is late, and its lateness counts.
pub async fn paced(
    address: &str,
    requests: &[Wire],
    per_second: f64,
    connections: usize,
    lasting: Duration,
) -> Result<Came> {
    run(address, requests, connections, lasting, Some(per_second)).await
}

async fn run(
    address: &str,
    requests: &[Wire],
    connections: usize,
    lasting: Duration,
    pace: Option<f64>,
) -> Result<Came> {
    let failed = |fault: io::Error| Failure::environment(address, fault);
    let next = Arc::new(AtomicUsize::new(0));
    let requests: Arc<[Wire]> = requests.into();
    let start = Instant::now();
    let mut tasks = JoinSet::new();
    for _ in 0..connections {
        let mut connection = Connection::open(address).await.map_err(failed)?;
        let (next, requests) = (next.clone(), requests.clone());
        tasks.spawn(async move {
            let mut came = Came::default();
            loop {
                let number = next.fetch_add(1, Ordering::Relaxed);
                let due = match pace {
                    Some(pace) => start + Duration::from_secs_f64(number as f64 / pace),
                    None => Instant::now(),
                };
                if due >= start + lasting {
                    return Ok(came);
                }
                tokio::time::sleep_until(due.into()).await;
                let request = &requests[number % requests.len()];
                let (status, _) = connection.ask(request).await?;
                came.durations.push_since(due);
                came.refused += usize::from(status != 200);
            }
        });
    }
    let mut all = Came::default();
    while let Some(done) = tasks.join_next().await {
        let came = done
            .map_err(|fault| Failure::environment("bench", fault))?
            .map_err(failed)?;
        all.durations.join(came.durations);
        all.refused += came.refused;
    }
    all.took = start.elapsed();
    Ok(all)
}

/// All threads of this process on one core, until dropped; the server, started before, keeps all of them.
#[derive(Debug)]
pub struct Pinned {
    before: Option<String>,
}

impl Pinned {
    /// Pins by `taskset`, where the machine has it.
    pub async fn to_last_core() -> Self {
        let process = std::process::id().to_string();
        let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        let last = (cores - 1).to_string();
        let before = taskset(&["-cp", &process]).await.and_then(|said| {
            let list = said.trim().rsplit(' ').next()?;
            Some(list.to_owned())
        });
        let pinned = before.is_some() && taskset(&["-acp", &last, &process]).await.is_some();
        Self {
            before: before.filter(|_| pinned),
        }
    }

    /// How the load generator ran, for the name of a figure.
    pub const fn words(&self) -> &'static str {
        if self.before.is_some() {
            "load generator pinned to one core by taskset, server free on all"
        } else {
            "load generator not pinned: there is no taskset"
        }
    }

    /// Gives the cores back.
    pub async fn end(self) {
        if let Some(before) = &self.before {
            taskset(&["-acp", before, &std::process::id().to_string()]).await;
        }
    }
}

/// What `taskset` says, where it succeeds.
async fn taskset(arguments: &[&str]) -> Option<String> {
    let output = Command::new("taskset").args(arguments).output().await.ok()?;
    output
        .status
        .success()
        .then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_gives_status_and_length_and_nothing_else_is_taken_for_one() {
        let head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\ncontent-length: 1234";
        assert_eq!(read_head(head).ok(), Some((200, 1234)));
        assert!(read_head(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked").is_err());
        assert!(read_head(b"nonsense").is_err());
    }
}
