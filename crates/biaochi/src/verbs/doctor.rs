//! `biaochi doctor`: the configuration in force, and what this machine lacks.

use crate::{
    config::{Config, limits},
    failure::{Outcome, Result},
    installation::Installation,
    key_file, output,
    verbs::text,
};
use language::t;
use ledger::{
    Access, DatabaseUrl,
    files::{FileStore, FilesUrl},
    outbox::MessageState,
};
use platform::{Settings, notice::sending, rights::Demand};
use press::Profile;
use serde::Serialize;
use std::{net::TcpListener, os::unix::fs::PermissionsExt, path::Path};

/// One thing looked at.
#[derive(Debug, Serialize)]
struct Check {
    name: &'static str,
    ok: bool,
    found: String,
    /// How to get it; empty where nothing is wrong.
    mend: String,
}

/// The values in force; a URL may hold a password, so only its scheme is told.
#[derive(Debug, Serialize)]
struct InForce {
    data: String,
    database: String,
    files: String,
    key_file: String,
    listen: String,
    base_url: Option<String>,
    lang: &'static str,
    mail: Option<String>,
    trusted_proxies: Vec<String>,
    outgoing_proxy: Option<String>,
    file_limit: u64,
    keep_days: u16,
    reads: String,
    writes: String,
    second_factor: Option<&'static str>,
    filing_number: Option<String>,
    visibility: Option<String>,
}

/// Looks at everything, and changes nothing.
pub async fn run(config: &Config) -> Result<Outcome> {
    let listen = config
        .file
        .listen
        .clone()
        .unwrap_or_else(|| "127.0.0.1:8080".to_owned());
    let rates = config.rates();
    let in_force = InForce {
        data: config.data.display().to_string(),
        database: without_secret(&config.database),
        files: without_secret(&config.files),
        key_file: config.key_file.display().to_string(),
        listen: listen.clone(),
        base_url: config.file.base_url.clone(),
        lang: config.lang.code(),
        mail: config.file.mail.server.clone(),
        trusted_proxies: config.file.proxy.trusted.clone().unwrap_or_default(),
        outgoing_proxy: config.file.proxy.outgoing.as_deref().map(without_secret),
        file_limit: config.file_limit().unwrap_or(Settings::default().file_limit),
        keep_days: config.file.limits.keep_days.unwrap_or(Settings::default().keep_days),
        reads: limits::told(rates.reads),
        writes: limits::told(rates.writes),
        second_factor: config.second_factor(false).ok().map(Demand::id),
        filing_number: config.file.filing_number.clone(),
        visibility: config.file.visibility.as_ref().map(|path| path.display().to_string()),
    };
    let checks = vec![
        data(config),
        keys(config),
        database(config).await,
        files(config).await,
        port(config, &listen),
        fonts(config),
        mail(config).await,
        letters(config).await,
        proxies(config, &listen),
        accounts(config),
        visibility(config),
    ];
    let ok = checks.iter().all(|check| check.ok);
    if config.is_json() {
        output::json(&serde_json::json!({ "config": in_force, "checks": checks }))?;
    } else {
        for (name, value) in [
            ("data", &in_force.data),
            ("database", &in_force.database),
            ("files", &in_force.files),
            ("key-file", &in_force.key_file),
            ("listen", &in_force.listen),
            ("base-url", &in_force.base_url.clone().unwrap_or_default()),
            ("mail.server", &in_force.mail.clone().unwrap_or_default()),
            ("proxy.trusted", &in_force.trusted_proxies.join(", ")),
            ("proxy.outgoing", &in_force.outgoing_proxy.clone().unwrap_or_default()),
            ("limits.file", &in_force.file_limit.to_string()),
            ("limits.keep-days", &in_force.keep_days.to_string()),
            ("limits.reads", &in_force.reads),
            ("limits.writes", &in_force.writes),
            (
                "accounts.second-factor",
                &in_force.second_factor.unwrap_or_default().to_owned(),
            ),
            ("filing-number", &in_force.filing_number.clone().unwrap_or_default()),
            ("visibility", &in_force.visibility.clone().unwrap_or_default()),
        ] {
            output::line(format!("{name} = {value}"))?;
        }
        for check in &checks {
            let mark = if check.ok { "✓" } else { "✗" };
            output::line(format!("{mark} {}: {}", check.name, check.found))?;
            if !check.ok {
                output::line(format!("  {}", check.mend))?;
            }
        }
    }
    Ok(Outcome::of(ok))
}

fn without_secret(url: &str) -> String {
    match url.split_once("://") {
        Some((scheme, rest)) => {
            let rest = rest.split_once('@').map_or(rest, |(_, host)| host);
            format!("{scheme}://{}", rest.split('?').next().unwrap_or_default())
        }
        None => url.to_owned(),
    }
}

fn passed(name: &'static str, found: impl Into<String>) -> Check {
    Check {
        name,
        ok: true,
        found: found.into(),
        mend: String::new(),
    }
}

fn failed(name: &'static str, found: impl Into<String>, mend: impl Into<String>) -> Check {
    Check {
        name,
        ok: false,
        found: found.into(),
        mend: mend.into(),
    }
}

fn data(config: &Config) -> Check {
    let name = "data";
    let folder = config.data.display().to_string();
    if !config.data.exists() {
        return match config
            .data
            .parent()
            .filter(|parent| !parent.as_os_str().is_empty())
            .unwrap_or(Path::new("."))
        {
            parent if parent.exists() => passed(name, t!(config.lang, "cli-doctor-new", what = folder)),
            parent => failed(
                name,
                t!(config.lang, "cli-doctor-absent", what = parent.display().to_string()),
                t!(
                    config.lang,
                    "cli-doctor-make-folder",
                    folder = parent.display().to_string()
                ),
            ),
        };
    }
    match tempfile_in(&config.data) {
        Ok(()) => passed(name, folder),
        Err(fault) => failed(
            name,
            format!("{folder}: {fault}"),
            t!(config.lang, "cli-doctor-writable", folder = folder.as_str()),
        ),
    }
}

/// Writes a file and takes it away again.
fn tempfile_in(folder: &Path) -> std::io::Result<()> {
    let path = folder.join(format!(".doctor-{}", std::process::id()));
    std::fs::write(&path, b"")?;
    std::fs::remove_file(path)
}

fn keys(config: &Config) -> Check {
    let name = "key-file";
    let file = config.key_file.display().to_string();
    let Ok(about) = std::fs::metadata(&config.key_file) else {
        return passed(name, t!(config.lang, "cli-doctor-new", what = file));
    };
    if let Err(fault) = key_file::read(config) {
        return failed(name, fault.to_string(), t!(config.lang, "cli-doctor-key-copy"));
    }
    if about.permissions().mode() & 0o077 != 0 {
        return failed(
            name,
            t!(config.lang, "cli-doctor-readable", file = file.as_str()),
            format!("chmod 600 {file}"),
        );
    }
    passed(name, file)
}

async fn database(config: &Config) -> Check {
    let name = "database";
    let told = without_secret(&config.database);
    match DatabaseUrl::parse(&config.database) {
        Err(fault) => failed(name, fault.to_string(), t!(config.lang, "cli-doctor-database")),
        Ok(DatabaseUrl::Sqlite(path)) if !path.exists() => passed(name, t!(config.lang, "cli-doctor-new", what = told)),
        Ok(_) => match reached(config).await {
            Ok(events) => passed(
                name,
                t!(config.lang, "cli-doctor-events", database = told, events = events),
            ),
            Err(fault) => failed(name, fault.to_string(), t!(config.lang, "cli-doctor-database")),
        },
    }
}

async fn reached(config: &Config) -> Result<i64> {
    let ledger = Installation::open(config).await?.ledger(Access::Read).await?;
    let (head, _) = ledger.head().await?;
    ledger.close().await?;
    Ok(head.0)
}

async fn files(config: &Config) -> Check {
    let name = "files";
    let told = without_secret(&config.files);
    match FilesUrl::parse(&config.files) {
        Err(fault) => failed(name, fault.to_string(), t!(config.lang, "cli-doctor-files")),
        // A folder that is not there is made by the first start.
        Ok(FilesUrl::Folder(folder)) if !folder.exists() => {
            passed(name, t!(config.lang, "cli-doctor-new", what = told))
        }
        Ok(url) => match FileStore::open_through(&url, config.file.proxy.outgoing.as_deref()).await {
            Ok(_) => passed(name, told),
            Err(fault) => failed(name, fault.to_string(), t!(config.lang, "cli-doctor-files")),
        },
    }
}

/// Whether letters can leave; the server is asked, and nothing is sent.
async fn mail(config: &Config) -> Check {
    let name = "mail";
    let mend = || t!(config.lang, "cli-doctor-mail");
    let settings = match config.mail() {
        Err(fault) => return failed(name, fault.to_string(), mend()),
        Ok(None) => return passed(name, t!(config.lang, "cli-doctor-no-mail")),
        Ok(Some(settings)) => settings,
    };
    let told = format!("{}:{} · {}", settings.server, settings.port, settings.from);
    match sending::reach(&settings).await {
        Ok(()) => passed(name, told),
        Err(fault) => failed(name, format!("{told}: {fault}"), mend()),
    }
}

/// Letters that wait for an operator, and letters that wait for a server.
async fn letters(config: &Config) -> Check {
    let name = "letters";
    match DatabaseUrl::parse(&config.database) {
        Ok(DatabaseUrl::Sqlite(path)) if !path.exists() => {
            return passed(
                name,
                t!(
                    config.lang,
                    "cli-doctor-letters",
                    waiting = 0,
                    uncertain = 0,
                    failed = 0
                ),
            );
        }
        _ => {}
    }
    let counted = counted(config).await;
    let (waiting, uncertain, refused) = match counted {
        Ok(counted) => counted,
        Err(fault) => return failed(name, fault.to_string(), t!(config.lang, "cli-doctor-database")),
    };
    let told = t!(
        config.lang,
        "cli-doctor-letters",
        waiting = waiting,
        uncertain = uncertain,
        failed = refused
    );
    let stuck = waiting > 0 && config.file.mail.server.is_none();
    if uncertain > 0 || refused > 0 || stuck {
        failed(name, told, t!(config.lang, "cli-doctor-letters-mend"))
    } else {
        passed(name, told)
    }
}

async fn counted(config: &Config) -> Result<(i64, i64, i64)> {
    let ledger = Installation::open(config).await?.ledger(Access::Read).await?;
    let waiting = ledger.count_messages(MessageState::Pending).await?;
    let uncertain = ledger.count_messages(MessageState::Uncertain).await?;
    let refused = ledger.count_messages(MessageState::Failed).await?;
    ledger.close().await?;
    Ok((waiting, uncertain, refused))
}

/// Behind a proxy that is not trusted, all readers look like one, and one who mistypes locks all out.
fn proxies(config: &Config, listen: &str) -> Check {
    let name = "proxy";
    let proxies = match config.proxies() {
        Ok(proxies) => proxies,
        Err(fault) => return failed(name, fault.to_string(), t!(config.lang, "cli-doctor-proxy")),
    };
    let by_tls = config
        .file
        .base_url
        .as_deref()
        .is_some_and(|base| base.starts_with("https://"));
    if by_tls && proxies.is_empty() {
        let found = t!(config.lang, "cli-doctor-no-proxy", listen = listen);
        return failed(name, found, t!(config.lang, "cli-doctor-proxy"));
    }
    let trusted = config.file.proxy.trusted.clone().unwrap_or_default();
    passed(
        name,
        if trusted.is_empty() {
            t!(config.lang, "cli-doctor-direct")
        } else {
            trusted.join(", ")
        },
    )
}

/// Staff who sign in by a password alone are as safe as the weakest of their passwords.
fn accounts(config: &Config) -> Check {
    let name = "accounts";
    match config.second_factor(false) {
        Ok(Demand::Staff) => passed(name, t!(config.lang, "cli-doctor-second-factor")),
        Ok(Demand::Optional) => passed(name, t!(config.lang, "cli-doctor-no-second-factor")),
        Err(fault) => failed(name, fault.to_string(), "[accounts] second-factor = \"staff\""),
    }
}

/// The operator's own rows of who sees what.
fn visibility(config: &Config) -> Check {
    let name = "visibility";
    match (config.visibility(), &config.file.visibility) {
        (Ok(_), None) => passed(name, t!(config.lang, "cli-doctor-shipped")),
        (Ok(_), Some(path)) => passed(name, path.display().to_string()),
        (Err(fault), _) => failed(name, fault.to_string(), t!(config.lang, "cli-doctor-visibility")),
    }
}

fn port(config: &Config, listen: &str) -> Check {
    match TcpListener::bind(listen) {
        Ok(_) => passed("port", listen),
        Err(fault) => failed("port", format!("{listen}: {fault}"), t!(config.lang, "cli-doctor-port")),
    }
}

/// The faces in which texts are printed.
fn fonts(config: &Config) -> Check {
    let profile = Profile::default();
    match text::find_faces(profile, config.lang) {
        Ok(_) => passed("fonts", profile.families().join(", ")),
        Err(fault) => failed(
            "fonts",
            fault.to_string(),
            format!("apt-get install {}", profile.package().unwrap_or_default()),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_in_a_url_is_never_told() {
        assert_eq!(
            without_secret("postgres://b:secret@db.example/b?sslmode=require"),
            "postgres://db.example/b"
        );
        assert_eq!(without_secret("data/biaochi.db"), "data/biaochi.db");
    }
}
