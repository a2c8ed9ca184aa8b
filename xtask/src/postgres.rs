//! A PostgreSQL server of our own for the tests: on a temporary folder and a free port, gone when we are.

use crate::{
    process::{find, output, succeeds},
    setup::is_root,
};
use anyhow::{Context, Result, bail, ensure};
use std::{
    fs,
    net::TcpListener,
    os::unix::process::CommandExt,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

/// Ends the server and removes its folder as soon as its standard input closes: also when the one who holds the other
/// end is killed.
const KEEPER: &str = r#"
folder=$1; shift
"$@" >"$folder/server.log" 2>&1 </dev/null &
server=$!
cat >/dev/null
kill -INT "$(head -n 1 "$folder/data/postmaster.pid")" 2>/dev/null || kill "$server" 2>/dev/null
wait "$server"
rm -rf "$folder"
"#;

/// Programs of a server.
#[derive(Debug, Clone)]
pub struct Programs {
    initdb: PathBuf,
    postgres: PathBuf,
    isready: Option<PathBuf>,
}

/// The newest server's programs, in `PATH` or where Debian puts them.
pub fn programs() -> Option<Programs> {
    let mut folders: Vec<PathBuf> = fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path().join("bin"))
        .collect();
    folders.sort_by_key(|folder| {
        let version = folder
            .parent()
            .and_then(Path::file_name)
            .map(|name| name.to_string_lossy().into_owned());
        std::cmp::Reverse(version.and_then(|version| version.parse::<u32>().ok()))
    });
    folders.push(PathBuf::from("/usr/local/bin"));
    // `postgres` and `initdb` must be of one version, so of one folder.
    let path = std::env::var_os("PATH").unwrap_or_default();
    folders
        .into_iter()
        .chain(std::env::split_paths(&path))
        .find(|folder| folder.join("postgres").is_file() && folder.join("initdb").is_file())
        .map(|folder| Programs {
            initdb: folder.join("initdb"),
            postgres: folder.join("postgres"),
            isready: find("pg_isready", &[folder]),
        })
}

/// A running server; stopped when dropped.
#[derive(Debug)]
pub struct Server {
    keeper: Child,
    folder: PathBuf,
    url: String,
}

impl Server {
    /// Starts a server: UTF-8, sorted by bytes, durable.
    pub fn start() -> Result<Self> {
        let programs = programs().context("no PostgreSQL server programs: cargo xtask setup")?;
        let folder = std::env::temp_dir().join(format!("biaochi-postgres-{}", std::process::id()));
        fs::create_dir(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
        Self::start_in(&programs, &folder).inspect_err(|_| {
            let _ = fs::remove_dir_all(&folder);
        })
    }

    fn start_in(programs: &Programs, folder: &Path) -> Result<Self> {
        let user = if is_root() { Some(unprivileged()?) } else { None };
        if let Some(user) = &user {
            ensure!(
                succeeds(Command::new("chown").arg(user).arg(folder))?,
                "cannot hand {} to {user}",
                folder.display()
            );
        }
        let data = folder.join("data");
        let mut initdb = as_user(user.as_deref(), &programs.initdb)?;
        initdb
            .args([
                "--no-sync",
                "--encoding=UTF8",
                "--locale=C",
                "--auth=trust",
                "--username=postgres",
                "-D",
            ])
            .arg(&data)
            .current_dir("/")
            .stdout(Stdio::null());
        ensure!(succeeds(&mut initdb)?, "initdb failed");

        let port = free_port()?;
        let server = as_user(user.as_deref(), &programs.postgres)?;
        let keeper = Command::new("sh")
            .args(["-c", KEEPER, "sh"])
            .arg(folder)
            .arg(server.get_program())
            .args(server.get_args())
            .arg("-D")
            .arg(&data)
            .arg("-k")
            .arg(folder)
            .args(["-h", "127.0.0.1", "-p", &port.to_string()])
            .args([
                "-c",
                "max_connections=300",
                "-c",
                "shared_buffers=64MB",
                "-c",
                "fsync=on",
            ])
            .current_dir("/")
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            // Its own group: an interrupt at the terminal is for us, and closing its input is how it hears of it.
            .process_group(0)
            .spawn()
            .context("cannot start the keeper of PostgreSQL")?;
        let server = Self {
            keeper,
            folder: folder.to_owned(),
            url: format!("postgres://postgres@127.0.0.1:{port}/postgres"),
        };
        server.wait(programs, port)?;
        Ok(server)
    }

    /// Address with rights to create databases.
    pub fn url(&self) -> &str {
        &self.url
    }

    fn wait(&self, programs: &Programs, port: u16) -> Result<()> {
        let from = Instant::now();
        while from.elapsed() < Duration::from_mins(1) {
            let ready = match &programs.isready {
                Some(isready) => {
                    output(Command::new(isready).args(["-h", "127.0.0.1", "-p", &port.to_string()])).is_ok()
                }
                None => std::net::TcpStream::connect(("127.0.0.1", port)).is_ok(),
            };
            if ready {
                return Ok(());
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        let log = fs::read_to_string(self.folder.join("server.log")).unwrap_or_default();
        bail!("PostgreSQL does not answer. Its log:\n{log}")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.keeper.stdin.take());
        let _ = self.keeper.wait();
    }
}

/// A program run as somebody else, without a session: signals reach it as they are.
fn as_user(user: Option<&str>, program: &Path) -> Result<Command> {
    let Some(user) = user else {
        return Ok(Command::new(program));
    };
    let group = output(Command::new("id").args(["-g", user]))?;
    let mut command = Command::new("setpriv");
    command
        .arg(format!("--reuid={user}"))
        .arg(format!("--regid={}", group.trim()))
        .args(["--clear-groups", "--"])
        .arg(program);
    Ok(command)
}

/// PostgreSQL refuses to run as root: the account of the package, or nobody.
fn unprivileged() -> Result<String> {
    let accounts = fs::read_to_string("/etc/passwd").context("cannot read the accounts of this machine")?;
    ["postgres", "nobody"]
        .into_iter()
        .find(|name| accounts.lines().any(|line| line.split(':').next() == Some(name)))
        .map(str::to_owned)
        .context("PostgreSQL does not run as root, and there is neither an account `postgres` nor `nobody`")
}

fn free_port() -> Result<u16> {
    let listener = TcpListener::bind(("127.0.0.1", 0)).context("no free port")?;
    Ok(listener.local_addr().context("no free port")?.port())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    #[test]
    fn a_server_answers_and_leaves_nothing_behind() {
        if programs().is_none() {
            println!("SKIPPED a server of our own: no PostgreSQL programs");
            return;
        }
        let server = Server::start().unwrap();
        let folder = server.folder.clone();
        assert!(folder.join("data/PG_VERSION").exists() || is_root());
        drop(server);
        assert!(!folder.exists());
    }
}
