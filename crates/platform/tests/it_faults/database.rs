//! A database with the shipped list, which outlives the processes that write to it.

use identity::{KeyFile, randomness::Seeded};
use ledger::{Config, DatabaseUrl, SystemClock};
use platform::{Platform, Settings, context::Context};
use sea_orm::{ConnectionTrait, Database};
use std::{io::Write as _, sync::Arc};

/// How a process opens the database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Opened {
    /// As in production: an accepted write survives a power cut.
    Durable,
    /// By the judge, who is never killed.
    Fast,
}

/// Opens the platform as a server does, with the clock of the machine.
pub async fn open(url: &DatabaseUrl, opened: Opened) -> Platform {
    let keys = KeyFile::generate(&Seeded::new(7)).unwrap();
    let config = Config {
        allow_unsafe_durability: opened == Opened::Fast,
        readers: 4,
        ..Config::new(url.clone())
    };
    Platform::open(config, None, keys, Settings::default(), Arc::new(SystemClock))
        .await
        .unwrap()
}

/// The text from which another process reads the same URL.
pub fn text_of(url: &DatabaseUrl) -> String {
    match url {
        DatabaseUrl::Sqlite(path) => path.display().to_string(),
        DatabaseUrl::Postgres(url) => url.clone(),
    }
}

async fn enter_list(url: &DatabaseUrl) {
    let platform = open(url, Opened::Fast).await;
    platform::list::entering::enter(&platform, &Context::system(platform.now(), "catalogue"))
        .await
        .unwrap();
    platform.ledger().close().await.unwrap();
}

/// Runs a test on SQLite.
pub async fn on_sqlite(test: impl AsyncFn(&DatabaseUrl)) {
    let folder = tempfile::tempdir().unwrap();
    let url = DatabaseUrl::Sqlite(folder.path().join("biaochi.db"));
    enter_list(&url).await;
    test(&url).await;
}

/// Runs a test on PostgreSQL, where there is a server.
pub async fn on_postgres(test: impl AsyncFn(&DatabaseUrl)) {
    let Ok(server) = std::env::var("BIAOCHI_TEST_POSTGRES") else {
        say("SKIPPED on PostgreSQL: set BIAOCHI_TEST_POSTGRES to the URL of a server where databases can be made");
        return;
    };
    let name = format!("faults_{}", uuid::Uuid::new_v4().simple());
    let admin = Database::connect(&server).await.unwrap();
    admin
        .execute_unprepared(&format!(
            "CREATE DATABASE {name} TEMPLATE template0 LC_COLLATE 'C' LC_CTYPE 'C' ENCODING 'UTF8'"
        ))
        .await
        .unwrap();
    let url = DatabaseUrl::Postgres(with_database(&server, &name));
    enter_list(&url).await;
    test(&url).await;
    admin
        .execute_unprepared(&format!("DROP DATABASE {name} WITH (FORCE)"))
        .await
        .unwrap();
}

/// The URL with another database in it.
fn with_database(url: &str, name: &str) -> String {
    let (base, query) = url
        .split_once('?')
        .map_or((url, String::new()), |(base, query)| (base, format!("?{query}")));
    let after = base.find("://").unwrap() + 3;
    let end = base[after..].find('/').map_or(base.len(), |slash| after + slash);
    format!("{}/{name}{query}", &base[..end])
}

/// Says something past the capture of the test runner.
pub fn say(line: &str) {
    let _ = std::io::stderr().write_all(format!("{line}\n").as_bytes());
}
