//! What is in force: flags before environment before the configuration file before the defaults.

mod accounts;
mod file;
pub mod limits;
mod mail;
mod proxy;

pub use file::ConfigFile;

use crate::{
    cli::Global,
    failure::{Failure, Result},
    output::Format,
};
use language::{Lang, t};
use platform::{catalogue::VISIBILITY, rights::visibility::Visibility};
use std::path::{Path, PathBuf};

/// What is in force for a verb.
#[derive(Debug, Clone)]
pub struct Config {
    pub lang: Lang,
    pub format: Format,
    /// Folder of database, files and key file, where those are not named.
    pub data: PathBuf,
    /// Address of the database.
    pub database: String,
    /// Address of the file store.
    pub files: String,
    pub key_file: PathBuf,
    /// The rest of the file.
    pub file: ConfigFile,
}

impl Config {
    /// Reads the configuration file, where one is named, and settles every value.
    pub fn settle(global: &Global, lang: Lang) -> Result<Self> {
        let mut file = match &global.config {
            Some(path) => read(path, lang)?,
            None => ConfigFile::default(),
        };
        file.take_environment(lang, |name| std::env::var(name).ok())?;
        let lang = match global.lang.as_ref().or(file.lang.as_ref()).map(String::as_str) {
            None => lang,
            Some("zh") => Lang::Zh,
            Some("en") => Lang::En,
            Some(other) => return Err(Failure::Input(t!(lang, "cli-no-such-lang", lang = other))),
        };
        let data = global
            .data
            .clone()
            .or_else(|| file.data.clone())
            .unwrap_or_else(|| PathBuf::from("data"));
        let database = global.database.clone().or_else(|| file.database.clone());
        let files = global.files.clone().or_else(|| file.files.clone());
        let key_file = global.key_file.clone().or_else(|| file.key_file.clone());
        Ok(Self {
            lang,
            format: global.format.or(file.format).unwrap_or_default(),
            database: database.unwrap_or_else(|| data.join("biaochi.db").display().to_string()),
            files: files.unwrap_or_else(|| data.join("files").display().to_string()),
            key_file: key_file.unwrap_or_else(|| data.join("biaochi.key")),
            data,
            file,
        })
    }

    /// By which server letters leave, where one is set.
    ///
    /// # Errors
    /// What is set does not fit together, or the file with the password cannot be read.
    pub fn mail(&self) -> Result<Option<platform::notice::sending::MailSettings>> {
        mail::settle(&self.file.mail, self.lang)
    }

    /// Whose word on where a request comes from is believed.
    pub fn proxies(&self) -> Result<web::Proxies> {
        proxy::settle(&self.file.proxy, self.lang)
    }

    /// How often one reader may ask.
    pub fn rates(&self) -> web::rate::Rates {
        limits::settle(&self.file.limits)
    }

    /// Of whom a second factor is demanded.
    pub fn second_factor(&self, demo: bool) -> Result<platform::rights::Demand> {
        accounts::settle(&self.file.accounts, demo, self.lang)
    }

    /// The operator's rows of who sees which kind of fact; empty where no file is named.
    ///
    /// # Errors
    /// The file cannot be read, or a row of it names no kind of fact or no audience.
    pub fn visibility(&self) -> Result<String> {
        let Some(path) = &self.file.visibility else {
            return Ok(String::new());
        };
        let name = path.display().to_string();
        let told =
            |reason: String| Failure::Input(t!(self.lang, "cli-unreadable", file = name.as_str(), reason = reason));
        let text = std::fs::read_to_string(path).map_err(|reason| told(reason.to_string()))?;
        Visibility::parse(VISIBILITY)
            .and_then(|shipped| shipped.overridden(&text))
            .map_err(|fault| told(fault.to_string()))?;
        Ok(text)
    }

    /// Largest upload, in bytes, where one is set.
    pub fn file_limit(&self) -> Option<u64> {
        self.file.limits.file.or(self.file.file_limit)
    }

    /// Whether results are printed for programs.
    pub fn is_json(&self) -> bool {
        self.format == Format::Json
    }
}

fn read(path: &Path, lang: Lang) -> Result<ConfigFile> {
    let name = path.display().to_string();
    let text = std::fs::read_to_string(path).map_err(|reason| {
        Failure::Input(t!(
            lang,
            "cli-unreadable",
            file = name.as_str(),
            reason = reason.to_string()
        ))
    })?;
    toml::from_str(&text).map_err(|reason| Failure::Input(format!("{name}: {reason}")))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    fn global() -> Global {
        Global {
            data: None,
            database: None,
            files: None,
            key_file: None,
            config: None,
            format: None,
            lang: None,
        }
    }

    #[test]
    fn everything_lies_in_the_data_folder_unless_it_is_named() {
        let config = Config::settle(
            &Global {
                data: Some("/srv/b".into()),
                ..global()
            },
            Lang::Zh,
        )
        .unwrap();
        assert_eq!(config.database, "/srv/b/biaochi.db");
        assert_eq!(config.files, "/srv/b/files");
        assert_eq!(config.key_file, PathBuf::from("/srv/b/biaochi.key"));
    }

    #[test]
    fn a_flag_goes_before_the_file_and_an_unknown_name_is_told_with_its_line() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("biaochi.toml");
        std::fs::write(&path, "data = \"/srv/file\"\nbase-url = \"https://b.example\"\n").unwrap();
        let named = Global {
            config: Some(path.clone()),
            data: Some("/srv/flag".into()),
            ..global()
        };
        let config = Config::settle(&named, Lang::Zh).unwrap();
        assert_eq!(config.data, PathBuf::from("/srv/flag"));
        assert_eq!(config.file.base_url.as_deref(), Some("https://b.example"));
        std::fs::write(&path, "data = \"/srv/file\"\nbase_url = 1\n").unwrap();
        let refused = Config::settle(&named, Lang::Zh).unwrap_err().to_string();
        assert!(refused.contains("line 2") && refused.contains("base_url"), "{refused}");
    }

    #[test]
    fn a_damaged_file_is_refused_and_never_half_read() {
        let good = "data = \"/srv/b\"\ndatabase = \"postgres://b@db/b\"\nformat = \"json\"\nlang = \"en\"\n\
                    listen = \"0.0.0.0:80\"\nfile-limit = 1048576\n";
        let words = [
            "[",
            "]",
            "=",
            "\"",
            "'''",
            "#",
            "\n",
            "data",
            "file-limit = -1",
            "lang = 3",
            "1e999",
            "\\u0000",
        ];
        fuzz::Fuzz::new("configuration").text(&[good], &words, |text| {
            if let Ok(file) = toml::from_str::<ConfigFile>(text) {
                let table: toml::Table = text.parse().unwrap();
                assert_eq!(table.contains_key("file-limit"), file.file_limit.is_some(), "{text}");
            }
        });
    }
}
