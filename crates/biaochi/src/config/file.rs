//! The configuration file, and the environment that goes before it.

use crate::{
    failure::{Failure, Result},
    output::Format,
};
use language::{Lang, t};
use serde::Deserialize;
use std::{path::PathBuf, str::FromStr};

/// A configuration file: the flags' names, and what only a server needs.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ConfigFile {
    pub data: Option<PathBuf>,
    pub database: Option<String>,
    pub files: Option<String>,
    pub key_file: Option<PathBuf>,
    pub format: Option<Format>,
    pub lang: Option<String>,
    pub listen: Option<String>,
    pub base_url: Option<String>,
    pub log: Option<Format>,
    /// Registration number of the site (备案号).
    pub filing_number: Option<String>,
    /// Largest upload, in bytes; `limits.file` goes before it.
    pub file_limit: Option<u64>,
    /// A file of rows by which the operator overrides who sees a kind of fact.
    pub visibility: Option<PathBuf>,
    #[serde(default)]
    pub mail: MailFile,
    #[serde(default)]
    pub proxy: ProxyFile,
    #[serde(default)]
    pub limits: LimitsFile,
    #[serde(default)]
    pub accounts: AccountsFile,
}

/// `[mail]`: by which server letters leave.
#[derive(Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct MailFile {
    /// Name of the SMTP server; without it no letter leaves.
    pub server: Option<String>,
    /// Its port; 587, 465 or 25 by the protection.
    pub port: Option<u16>,
    /// `starttls`, `tls` or `none`.
    pub protection: Option<String>,
    pub user: Option<String>,
    pub password: Option<String>,
    /// A file whose first line is the password.
    pub password_file: Option<PathBuf>,
    /// The address that letters come from.
    pub from: Option<String>,
}

impl std::fmt::Debug for MailFile {
    /// Without the password.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("MailFile")
            .field("server", &self.server)
            .field("port", &self.port)
            .field("from", &self.from)
            .finish_non_exhaustive()
    }
}

/// `[proxy]`: what stands between the platform and the network.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ProxyFile {
    /// Addresses or networks of reverse proxies whose word on the reader's address is believed.
    pub trusted: Option<Vec<String>>,
    /// The header in which they say it: `x-forwarded-for` or `forwarded`.
    pub header: Option<String>,
    /// The proxy through which an S3-compatible store is reached.
    pub outgoing: Option<String>,
}

/// `[limits]`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct LimitsFile {
    /// Largest upload, in bytes.
    pub file: Option<u64>,
    /// Days for which letters that were sent and jobs that are done are kept.
    pub keep_days: Option<u16>,
    /// Requests a second by which one person, or everybody at one address, may read; 0 for no limit.
    pub reads: Option<u32>,
    /// Requests that may come at once.
    pub reads_at_once: Option<u32>,
    /// The same for writing.
    pub writes: Option<u32>,
    /// Requests that may come at once.
    pub writes_at_once: Option<u32>,
}

/// `[accounts]`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct AccountsFile {
    /// `staff` or `optional`.
    #[serde(alias = "second_factor")]
    pub second_factor: Option<String>,
}

impl ConfigFile {
    /// Sets what the environment names over what the file says. What flags name too, the command line takes itself.
    pub fn take_environment(&mut self, lang: Lang, get: impl Fn(&str) -> Option<String>) -> Result<()> {
        let get = |name: &str| get(name).filter(|value| !value.trim().is_empty());
        let text = |name: &str, place: &mut Option<String>| {
            if let Some(value) = get(name) {
                *place = Some(value);
            }
        };
        text("BIAOCHI_FILING_NUMBER", &mut self.filing_number);
        text("BIAOCHI_MAIL_SERVER", &mut self.mail.server);
        text("BIAOCHI_MAIL_PROTECTION", &mut self.mail.protection);
        text("BIAOCHI_MAIL_USER", &mut self.mail.user);
        text("BIAOCHI_MAIL_PASSWORD", &mut self.mail.password);
        text("BIAOCHI_MAIL_FROM", &mut self.mail.from);
        text("BIAOCHI_PROXY_HEADER", &mut self.proxy.header);
        text("BIAOCHI_PROXY_OUTGOING", &mut self.proxy.outgoing);
        text("BIAOCHI_ACCOUNTS_SECOND_FACTOR", &mut self.accounts.second_factor);
        if let Some(path) = get("BIAOCHI_VISIBILITY") {
            self.visibility = Some(path.into());
        }
        if let Some(path) = get("BIAOCHI_MAIL_PASSWORD_FILE") {
            self.mail.password_file = Some(path.into());
        }
        if let Some(networks) = get("BIAOCHI_PROXY_TRUSTED") {
            let networks = networks.split(',').map(|one| one.trim().to_owned());
            self.proxy.trusted = Some(networks.filter(|one| !one.is_empty()).collect());
        }
        number(lang, get, "BIAOCHI_MAIL_PORT", &mut self.mail.port)?;
        number(lang, get, "BIAOCHI_FILE_LIMIT", &mut self.file_limit)?;
        number(lang, get, "BIAOCHI_LIMITS_FILE", &mut self.limits.file)?;
        number(lang, get, "BIAOCHI_LIMITS_KEEP_DAYS", &mut self.limits.keep_days)?;
        let limits = &mut self.limits;
        number(lang, get, "BIAOCHI_LIMITS_READS", &mut limits.reads)?;
        number(lang, get, "BIAOCHI_LIMITS_READS_AT_ONCE", &mut limits.reads_at_once)?;
        number(lang, get, "BIAOCHI_LIMITS_WRITES", &mut limits.writes)?;
        number(lang, get, "BIAOCHI_LIMITS_WRITES_AT_ONCE", &mut limits.writes_at_once)
    }
}

fn number<T: FromStr>(
    lang: Lang,
    get: impl Fn(&str) -> Option<String>,
    name: &str,
    place: &mut Option<T>,
) -> Result<()> {
    if let Some(value) = get(name) {
        let read = value.trim().parse();
        let wrong = |_| Failure::Input(t!(lang, "cli-environment-number", name = name, value = value.as_str()));
        *place = Some(read.map_err(wrong)?);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    #[test]
    fn the_environment_goes_before_the_file_and_leaves_the_rest() {
        let mut file: ConfigFile = toml::from_str(
            "[mail]\nserver = \"smtp.file\"\nfrom = \"b@file.test\"\n[proxy]\ntrusted = [\"10.0.0.1\"]\n",
        )
        .unwrap();
        let environment = |name: &str| {
            Some(match name {
                "BIAOCHI_MAIL_SERVER" => "smtp.environment",
                "BIAOCHI_MAIL_PORT" => "2525",
                "BIAOCHI_MAIL_FROM" => "",
                "BIAOCHI_PROXY_TRUSTED" => "10.0.0.0/8, ::1",
                "BIAOCHI_LIMITS_FILE" => "7",
                "BIAOCHI_LIMITS_WRITES_AT_ONCE" => "70",
                "BIAOCHI_FILING_NUMBER" => "京ICP备00000000号",
                "BIAOCHI_FILE_LIMIT" => "8",
                "BIAOCHI_VISIBILITY" => "/etc/biaochi/visibility.toml",
                "BIAOCHI_ACCOUNTS_SECOND_FACTOR" => "optional",
                _ => return None,
            })
            .map(str::to_owned)
        };
        file.take_environment(Lang::Zh, environment).unwrap();
        assert_eq!(file.mail.server.as_deref(), Some("smtp.environment"));
        assert_eq!(file.mail.port, Some(2525));
        assert_eq!(file.mail.from.as_deref(), Some("b@file.test"));
        assert_eq!(file.proxy.trusted.unwrap(), ["10.0.0.0/8", "::1"]);
        assert_eq!(file.limits.file, Some(7));
        assert_eq!((file.limits.writes_at_once, file.limits.reads), (Some(70), None));
        assert_eq!(file.filing_number.as_deref(), Some("京ICP备00000000号"));
        assert_eq!(file.file_limit, Some(8));
        assert_eq!(file.visibility.unwrap(), PathBuf::from("/etc/biaochi/visibility.toml"));
        assert_eq!(file.accounts.second_factor.as_deref(), Some("optional"));
        let refused = ConfigFile::default()
            .take_environment(Lang::En, |name| {
                (name == "BIAOCHI_MAIL_PORT").then(|| "smtp".to_owned())
            })
            .unwrap_err()
            .to_string();
        assert!(
            refused.contains("BIAOCHI_MAIL_PORT") && refused.contains("smtp"),
            "{refused}"
        );
    }
}
