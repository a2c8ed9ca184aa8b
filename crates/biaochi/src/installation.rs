//! Opening what the configuration names: keys, file store, database, platform.

use crate::{
    checkpoints::KeySigner,
    config::Config,
    failure::{Failure, Result, of_platform},
    key_file,
};
use identity::KeyFile;
use ledger::{
    Access, Backend, DatabaseUrl, Ledger, LedgerError, Opening, SystemClock,
    files::{FileStore, FilesUrl},
};
use platform::{Platform, Settings, projections};
use std::{os::unix::fs::DirBuilderExt, sync::Arc};
use tokio::sync::watch;

/// Keys and file store, with which a database can be opened.
pub struct Installation {
    pub keys: KeyFile,
    pub store: FileStore,
    database: DatabaseUrl,
}

impl Installation {
    /// Opens an installation that is there.
    pub async fn open(config: &Config) -> Result<Self> {
        let database = DatabaseUrl::parse(&config.database).map_err(|fault| Failure::Input(fault.to_string()))?;
        if let DatabaseUrl::Sqlite(path) = &database
            && !path.exists()
        {
            let file = path.display().to_string();
            return Err(Failure::Input(language::t!(
                config.lang,
                "cli-no-database",
                file = file
            )));
        }
        Self::with(config, database, key_file::read(config)?).await
    }

    /// Opens an installation, and makes folder and keys where there are none.
    pub async fn open_or_make(config: &Config) -> Result<Self> {
        let database = DatabaseUrl::parse(&config.database).map_err(|fault| Failure::Input(fault.to_string()))?;
        std::fs::DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(&config.data)
            .map_err(|fault| Failure::environment(config.data.display(), fault))?;
        Self::with(config, database, key_file::read_or_make(config)?).await
    }

    async fn with(config: &Config, database: DatabaseUrl, keys: KeyFile) -> Result<Self> {
        let url = FilesUrl::parse(&config.files).map_err(|fault| Failure::Input(fault.to_string()))?;
        Ok(Self {
            keys,
            store: FileStore::open_through(&url, config.file.proxy.outgoing.as_deref()).await?,
            database,
        })
    }

    /// How its ledger is opened.
    pub fn ledger_config(&self, access: Access) -> ledger::Config {
        ledger::Config {
            access,
            signer: Some(Arc::new(KeySigner(self.keys.clone()))),
            sink: Some(Arc::new(self.store.clone())),
            ..ledger::Config::new(self.database.clone())
        }
    }

    /// Opens the ledger alone.
    pub async fn ledger(&self, access: Access) -> Result<Ledger, LedgerError> {
        let config = self.ledger_config(access);
        Ledger::open(config, projections::all(), projections::state(), Arc::new(SystemClock)).await
    }

    /// Opens the ledger with writing, or for reading alone where a server holds the SQLite file.
    pub async fn ledger_beside_a_server(&self) -> Result<Ledger> {
        match self.ledger(Access::Write).await {
            Err(LedgerError::Locked { .. }) if self.database.backend() == Backend::Sqlite => {
                Ok(self.ledger(Access::Read).await?)
            }
            opened => Ok(opened?),
        }
    }

    /// Opens the platform.
    pub async fn platform(&self, config: &Config, access: Access, settings: Settings) -> Result<Platform> {
        self.opened(config, self.ledger_config(access), settings).await
    }

    /// Opens the platform for writing, and tells what is being done meanwhile.
    pub async fn platform_telling(
        &self,
        config: &Config,
        settings: Settings,
        told: watch::Sender<Opening>,
    ) -> Result<Platform> {
        let ledger = ledger::Config {
            opening: Some(told),
            ..self.ledger_config(Access::Write)
        };
        self.opened(config, ledger, settings).await
    }

    async fn opened(&self, config: &Config, ledger: ledger::Config, settings: Settings) -> Result<Platform> {
        let files = Some(self.store.clone());
        Platform::open(ledger, files, self.keys.clone(), settings, Arc::new(SystemClock))
            .await
            .map_err(|fault| of_platform(config.lang, fault))
    }
}

/// What the configuration says of a server, but for its mail, whose password not every verb may read.
pub fn settings(config: &Config, address: &str, demo: bool) -> Result<Settings> {
    let standard = Settings::default();
    let file = &config.file;
    Ok(Settings {
        base_url: file
            .base_url
            .clone()
            .unwrap_or_else(|| address.to_owned())
            .trim_end_matches('/')
            .to_owned(),
        demo,
        filing_number: file.filing_number.clone().unwrap_or_default(),
        file_limit: config.file_limit().unwrap_or(standard.file_limit),
        keep_days: file.limits.keep_days.unwrap_or(standard.keep_days),
        visibility: config.visibility()?,
        second_factor: config.second_factor(demo)?,
        ..standard
    })
}
