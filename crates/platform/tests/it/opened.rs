//! A platform on a fresh database, with a clock that stands still: on SQLite, or with `BIAOCHI_TEST_WORLDS=postgres` on
//! the server that `BIAOCHI_TEST_POSTGRES` names, where the databases stay until the server goes.

use ledger::{
    Config,
    clock::SetClock,
    database::DatabaseUrl,
    files::{FileStore, FilesUrl},
};
use platform::{
    Platform, Settings,
    context::{Actor, Context, PersonId},
    rights::{Grant, Role},
};
use sea_orm::{ConnectionTrait, Database};
use std::{
    future::Future,
    path::Path,
    sync::{Arc, OnceLock},
};

pub struct Opened {
    pub platform: Platform,
    _folder: tempfile::TempDir,
}

impl Opened {
    /// Every byte that lies on the disk: the database of SQLite, its log, the files.
    pub fn bytes_on_disk(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut folders = vec![self._folder.path().to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                match path.is_dir() {
                    true => folders.push(path),
                    false => bytes.extend(std::fs::read(path).unwrap()),
                }
            }
        }
        bytes
    }
}

/// 2026-11-23 09:00 in Shanghai.
pub fn now() -> jiff::Timestamp {
    "2026-11-23T09:00:00+08:00".parse().unwrap()
}

pub async fn open() -> Opened {
    let folder = tempfile::tempdir().unwrap();
    let url = match server() {
        Some(server) => database(&server, "template0 LC_COLLATE 'C' LC_CTYPE 'C' ENCODING 'UTF8'").await,
        None => sqlite(folder.path()),
    };
    open_on(url, folder).await
}

async fn open_on(url: DatabaseUrl, folder: tempfile::TempDir) -> Opened {
    Opened {
        platform: platform_with(url, "", Some(files_in(folder.path()).await)).await,
        _folder: folder,
    }
}

async fn platform_on(url: DatabaseUrl) -> Platform {
    platform_with(url, "", None).await
}

async fn files_in(folder: &Path) -> FileStore {
    FileStore::open(&FilesUrl::Folder(folder.join("files"))).await.unwrap()
}

async fn platform_with(url: DatabaseUrl, visibility: &str, files: Option<FileStore>) -> Platform {
    let keys = identity::KeyFile::generate(&identity::randomness::Seeded::new(7)).unwrap();
    let settings = Settings {
        light_passwords: true,
        visibility: visibility.to_owned(),
        ..Settings::default()
    };
    let config = Config {
        allow_unsafe_durability: true,
        readers: 4,
        ..Config::new(url)
    };
    Platform::open(config, files, keys, settings, Arc::new(SetClock::at(now())))
        .await
        .unwrap()
}

fn sqlite(folder: &Path) -> DatabaseUrl {
    DatabaseUrl::Sqlite(folder.join("biaochi.db"))
}

/// The server of PostgreSQL, where tests are to run there.
fn server() -> Option<String> {
    let wanted = std::env::var("BIAOCHI_TEST_WORLDS").is_ok_and(|on| on == "postgres");
    wanted.then(|| std::env::var("BIAOCHI_TEST_POSTGRES").unwrap())
}

/// A new database on a server, like a template.
async fn database(server: &str, template: &str) -> DatabaseUrl {
    let name = format!("platform_{}", uuid::Uuid::new_v4().simple());
    let admin = Database::connect(server).await.unwrap();
    admin
        .execute_unprepared(&format!("CREATE DATABASE {name} TEMPLATE {template}"))
        .await
        .unwrap();
    admin.close().await.unwrap();
    let (base, query) = server
        .split_once('?')
        .map_or((server, String::new()), |(base, query)| (base, format!("?{query}")));
    let after = base.find("://").unwrap() + 3;
    let end = base[after..].find('/').map_or(base.len(), |slash| after + slash);
    DatabaseUrl::Postgres(format!("{}/{name}{query}", &base[..end]))
}

/// A platform with the shipped catalogue entered. The entering is done once for all tests of a process; each gets a copy.
pub async fn with_list() -> Opened {
    let folder = tempfile::tempdir().unwrap();
    let url = match server() {
        Some(server) => {
            static ENTERED: OnceLock<String> = OnceLock::new();
            let own = server.clone();
            let make = || {
                ENTERED
                    .get_or_init(|| apart(async move { entered_on(&own).await }))
                    .clone()
            };
            let template = tokio::task::spawn_blocking(make).await.unwrap();
            database(&server, &template).await
        }
        None => {
            write_list(folder.path()).await;
            sqlite(folder.path())
        }
    };
    open_on(url, folder).await
}

/// The same on SQLite, with rows of visibility of the operator's own.
pub async fn with_list_and_visibility(rows: &str) -> Opened {
    let folder = tempfile::tempdir().unwrap();
    write_list(folder.path()).await;
    Opened {
        platform: platform_with(sqlite(folder.path()), rows, None).await,
        _folder: folder,
    }
}

/// Writes that database, of SQLite, into a folder, for a platform with settings of its own.
pub async fn write_list(folder: &Path) {
    static ENTERED: OnceLock<Vec<u8>> = OnceLock::new();
    let make = || ENTERED.get_or_init(|| apart(entered_in_file()));
    let bytes = tokio::task::spawn_blocking(make).await.unwrap();
    std::fs::write(folder.join("biaochi.db"), bytes).unwrap();
}

/// On a runtime of its own, since connections do not outlive theirs.
fn apart<T: Send + 'static>(work: impl Future<Output = T> + Send + 'static) -> T {
    let run = move || {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        runtime.block_on(work)
    };
    std::thread::spawn(run).join().unwrap()
}

async fn enter(url: DatabaseUrl) {
    let platform = platform_on(url).await;
    platform::list::entering::enter(&platform, &Context::system(now(), "test"))
        .await
        .unwrap();
    platform.ledger().close().await.unwrap();
}

/// The database file after the entering.
async fn entered_in_file() -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    enter(sqlite(folder.path())).await;
    let left: u64 = std::fs::metadata(folder.path().join("biaochi.db-wal")).map_or(0, |m| m.len());
    assert_eq!(left, 0, "all is in the one file");
    std::fs::read(folder.path().join("biaochi.db")).unwrap()
}

/// The name of the database after the entering.
async fn entered_on(server: &str) -> String {
    let url = database(server, "template0 LC_COLLATE 'C' LC_CTYPE 'C' ENCODING 'UTF8'").await;
    enter(url.clone()).await;
    let DatabaseUrl::Postgres(url) = url else {
        unreachable!()
    };
    url.split('?').next().unwrap().rsplit('/').next().unwrap().to_owned()
}

/// Somebody with one role in one body.
pub fn somebody(person: &str, role: Role, organization: &str, desk: Option<&str>, places: &[&str]) -> Context {
    let grant = Grant {
        role,
        organization: organization.to_owned(),
        desk: desk.map(str::to_owned),
        places: places.iter().map(|p| (*p).to_owned()).collect(),
        membership: "m1".to_owned(),
        standing_in_for: None,
    };
    let actor = Actor {
        person: PersonId(person.to_owned()),
        grants: vec![grant],
        second_factor: true,
        scopes: None,
    };
    Context {
        actor: Some(actor),
        ..Context::system(now(), &format!("request-of-{person}"))
    }
}

/// The officer of 南京市商务局.
pub fn nanjing() -> Context {
    somebody(
        "p-nanjing",
        Role::CommerceOfficer,
        "nanjing-commerce",
        Some("nanjing-desk"),
        &["320100"],
    )
}
