//! A platform on a fresh SQLite database, with a clock that stands still.

use ledger::{Config, clock::SetClock, database::DatabaseUrl};
use platform::{Platform, Settings, context::Context};
use std::sync::Arc;

pub struct Opened {
    pub platform: Platform,
    _folder: tempfile::TempDir,
}

/// 2026-11-23 09:00 in Shanghai.
pub fn now() -> jiff::Timestamp {
    "2026-11-23T09:00:00+08:00".parse().unwrap()
}

pub async fn open() -> Opened {
    let folder = tempfile::tempdir().unwrap();
    let url = DatabaseUrl::parse(folder.path().join("biaochi.db").to_str().unwrap()).unwrap();
    let keys = identity::KeyFile::generate(&identity::randomness::Seeded::new(7)).unwrap();
    let settings = Settings { light_passwords: true, ..Settings::default() };
    let platform = Platform::open(Config::new(url), None, keys, settings, Arc::new(SetClock::at(now()))).await.unwrap();
    Opened { platform, _folder: folder }
}

/// A platform with the shipped catalogue entered.
pub async fn with_list() -> Opened {
    let opened = open().await;
    platform::list::entering::enter(&opened.platform, &Context::system(now(), "test")).await.unwrap();
    opened
}
