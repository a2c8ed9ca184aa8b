//! The running platform: ledger, table of rights, calendar and settings, which every feature is handed.

use crate::{
    projections,
    refusal::{Error, Result},
    rights::{Demand, RightsTable, visibility::Visibility},
};
use calendar::Calendar;
use jiff::Timestamp;
use ledger::{Config, Ledger, clock::Clock};
use std::sync::Arc;

/// What the operator decides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// Address under which people reach the platform, without a slash at the end.
    pub base_url: String,
    /// Whether this is a demonstration: sample accounts, everything illustrative marked.
    pub demo: bool,
    /// Registration number of the site (备案号), shown at the foot of each page; empty where there is none.
    pub filing_number: String,
    /// Largest file that may be uploaded, in bytes.
    pub file_limit: u64,
    /// Costs little where tests hash many passwords.
    pub light_passwords: bool,
    /// Rows of `visibility.toml` by which the operator overrides who sees a kind of fact; empty where none.
    pub visibility: String,
    /// Days for which letters that were sent and jobs that are done stay for the operator to look at.
    pub keep_days: u16,
    /// Of whom a second factor is demanded.
    pub second_factor: Demand,
    /// By which server letters leave; nothing leaves where there is none.
    pub mail: Option<crate::notice::sending::MailSettings>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            base_url: "http://127.0.0.1:8080".to_owned(),
            demo: false,
            filing_number: String::new(),
            file_limit: 50 * 1024 * 1024,
            light_passwords: false,
            visibility: String::new(),
            keep_days: 90,
            second_factor: Demand::default(),
            mail: None,
        }
    }
}

/// The running platform. Cheap to clone.
#[derive(Clone)]
pub struct Platform {
    inner: Arc<Inner>,
}

struct Inner {
    ledger: Ledger,
    rights: RightsTable,
    visibility: Visibility,
    calendar: Calendar,
    settings: Settings,
    keys: identity::KeyFile,
    files: Option<ledger::files::FileStore>,
    workshop: crate::text::workshop::Workshop,
    executables: crate::system::run::Executables,
}

impl std::fmt::Debug for Platform {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Platform")
            .field("ledger", &self.inner.ledger)
            .field("settings", &self.inner.settings)
            .finish_non_exhaustive()
    }
}

impl Platform {
    /// Opens the platform on a database.
    pub async fn open(
        mut config: Config,
        files: Option<ledger::files::FileStore>,
        keys: identity::KeyFile,
        settings: Settings,
        clock: Arc<dyn Clock>,
    ) -> Result<Self> {
        config.mark = settings.demo.then_some(crate::event::of_a_demonstration);
        let ledger = Ledger::open(config, projections::all(), projections::state(), clock).await?;
        let rights = RightsTable::parse(crate::catalogue::RIGHTS)?.demanding(settings.second_factor);
        let visibility = Visibility::parse(crate::catalogue::VISIBILITY)?.overridden(&settings.visibility)?;
        let calendar = Calendar::china().map_err(|e| Error::Data {
            what: "calendar".to_owned(),
            reason: e.to_string(),
        })?;
        Ok(Self {
            inner: Arc::new(Inner {
                ledger,
                rights,
                visibility,
                calendar,
                settings,
                keys,
                files,
                workshop: crate::text::workshop::Workshop::default(),
                executables: crate::system::run::Executables::default(),
            }),
        })
    }

    /// The ledger.
    pub fn ledger(&self) -> &Ledger {
        &self.inner.ledger
    }

    /// The table of who may do what to which.
    pub fn rights(&self) -> &RightsTable {
        &self.inner.rights
    }

    /// Who may see each kind of fact where whoever enters it says nothing else.
    pub fn visibility(&self) -> &Visibility {
        &self.inner.visibility
    }

    /// Working days.
    pub fn calendar(&self) -> &Calendar {
        &self.inner.calendar
    }

    /// What the operator decided.
    pub fn settings(&self) -> &Settings {
        &self.inner.settings
    }

    /// The installation's keys.
    pub fn keys(&self) -> &identity::KeyFile {
        &self.inner.keys
    }

    /// The file store; absent where the platform was opened for reading alone.
    pub fn files(&self) -> Option<&ledger::files::FileStore> {
        self.inner.files.as_ref()
    }

    /// Where texts are compiled.
    pub fn workshop(&self) -> &crate::text::workshop::Workshop {
        &self.inner.workshop
    }

    /// Executable standards that were read lately.
    pub fn executables(&self) -> &crate::system::run::Executables {
        &self.inner.executables
    }

    /// Now, by the platform's clock.
    pub fn now(&self) -> Timestamp {
        self.inner.ledger.clock().now()
    }

    /// Today in Asia/Shanghai, by the platform's clock.
    pub fn today(&self) -> jiff::civil::Date {
        ledger::clock::today(self.now())
    }
}
