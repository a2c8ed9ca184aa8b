//! A platform on a fresh SQLite database, with a clock that stands still.

use ledger::{Config, clock::SetClock, database::DatabaseUrl};
use platform::{
    Platform, Settings,
    context::{Actor, Context, PersonId},
    rights::{Grant, Role},
};
use std::{
    path::Path,
    sync::{Arc, OnceLock},
};

pub struct Opened {
    pub platform: Platform,
    _folder: tempfile::TempDir,
}

/// 2026-11-23 09:00 in Shanghai.
pub fn now() -> jiff::Timestamp {
    "2026-11-23T09:00:00+08:00".parse().unwrap()
}

pub async fn open() -> Opened {
    open_in(tempfile::tempdir().unwrap()).await
}

async fn open_in(folder: tempfile::TempDir) -> Opened {
    Opened {
        platform: platform_in(folder.path()).await,
        _folder: folder,
    }
}

async fn platform_in(folder: &Path) -> Platform {
    let url = DatabaseUrl::parse(folder.join("biaochi.db").to_str().unwrap()).unwrap();
    let keys = identity::KeyFile::generate(&identity::randomness::Seeded::new(7)).unwrap();
    let settings = Settings {
        light_passwords: true,
        ..Settings::default()
    };
    Platform::open(Config::new(url), None, keys, settings, Arc::new(SetClock::at(now())))
        .await
        .unwrap()
}

/// A platform with the shipped catalogue entered. The entering is done once for all tests of a process; each gets a copy.
pub async fn with_list() -> Opened {
    let folder = tempfile::tempdir().unwrap();
    write_list(folder.path()).await;
    open_in(folder).await
}

/// Writes that database into a folder, for a platform with settings of its own.
pub async fn write_list(folder: &Path) {
    static ENTERED: OnceLock<Vec<u8>> = OnceLock::new();
    let bytes = tokio::task::spawn_blocking(|| ENTERED.get_or_init(entered))
        .await
        .unwrap();
    std::fs::write(folder.join("biaochi.db"), bytes).unwrap();
}

/// The database file after the entering, on a runtime of its own, since connections do not outlive theirs.
fn entered() -> Vec<u8> {
    let work = || {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        runtime.block_on(async {
            let folder = tempfile::tempdir().unwrap();
            let platform = platform_in(folder.path()).await;
            platform::list::entering::enter(&platform, &Context::system(now(), "test"))
                .await
                .unwrap();
            platform.ledger().close().await.unwrap();
            let left: u64 = std::fs::metadata(folder.path().join("biaochi.db-wal")).map_or(0, |m| m.len());
            assert_eq!(left, 0, "all is in the one file");
            std::fs::read(folder.path().join("biaochi.db")).unwrap()
        })
    };
    std::thread::spawn(work).join().unwrap()
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
