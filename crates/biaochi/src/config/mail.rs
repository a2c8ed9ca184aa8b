//! `[mail]` as settings of the platform: what is set must fit together, and a password goes over no bare network.

use super::file::MailFile;
use crate::failure::{Failure, Result};
use language::{Lang, t};
use platform::notice::sending::{MailSettings, Protection};
use std::net::IpAddr;

/// What is set; nothing where nothing is.
pub fn settle(file: &MailFile, lang: Lang) -> Result<Option<MailSettings>> {
    let Some(server) = file.server.clone() else {
        let orphan = [
            ("port", file.port.is_some()),
            ("protection", file.protection.is_some()),
            ("user", file.user.is_some()),
            ("password", file.password.is_some()),
            ("password-file", file.password_file.is_some()),
            ("from", file.from.is_some()),
        ];
        return match orphan.into_iter().find(|(_, set)| *set) {
            Some((name, _)) => Err(Failure::Input(t!(lang, "cli-mail-no-server", name = name))),
            None => Ok(None),
        };
    };
    let protection = match file.protection.as_deref() {
        None | Some("starttls") => Protection::StartTls,
        Some("tls") => Protection::Tls,
        Some("none") => Protection::None,
        Some(other) => return Err(Failure::Input(t!(lang, "cli-mail-protection", value = other))),
    };
    let port = file.port.unwrap_or(match protection {
        Protection::Tls => 465,
        Protection::StartTls => 587,
        Protection::None => 25,
    });
    let from = file.from.clone().unwrap_or_default();
    if !is_address(&from) {
        return Err(Failure::Input(t!(lang, "cli-mail-from", value = from.as_str())));
    }
    let credentials = credentials(file, lang)?;
    if protection == Protection::None && credentials.is_some() && !is_this_machine(&server) {
        return Err(Failure::Input(t!(
            lang,
            "cli-mail-bare-password",
            server = server.as_str()
        )));
    }
    Ok(Some(MailSettings {
        server,
        port,
        protection,
        credentials,
        from,
    }))
}

fn credentials(file: &MailFile, lang: Lang) -> Result<Option<(String, String)>> {
    let password = match (&file.password, &file.password_file) {
        (Some(_), Some(_)) => return Err(Failure::Input(t!(lang, "cli-mail-two-passwords"))),
        (Some(password), None) => Some(password.clone()),
        (None, Some(path)) => {
            let text = std::fs::read_to_string(path).map_err(|reason| Failure::environment(path.display(), reason))?;
            Some(text.lines().next().unwrap_or_default().to_owned())
        }
        (None, None) => None,
    };
    match (&file.user, password.filter(|password| !password.is_empty())) {
        (None, None) => Ok(None),
        (Some(user), Some(password)) => Ok(Some((user.clone(), password))),
        _ => Err(Failure::Input(t!(lang, "cli-mail-half-credentials"))),
    }
}

fn is_address(text: &str) -> bool {
    text.split_once('@')
        .is_some_and(|(name, host)| !name.is_empty() && !host.is_empty() && !host.contains('@'))
        && !text
            .chars()
            .any(|c| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>'))
}

fn is_this_machine(server: &str) -> bool {
    server == "localhost" || server.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    fn file(toml: &str) -> MailFile {
        toml::from_str(toml).unwrap()
    }

    fn refused(toml: &str) -> String {
        settle(&file(toml), Lang::En).unwrap_err().to_string()
    }

    #[test]
    fn nothing_set_is_no_mail_and_a_port_without_a_server_is_told() {
        assert_eq!(settle(&MailFile::default(), Lang::En).unwrap(), None);
        assert!(refused("port = 25").contains("port"));
    }

    #[test]
    fn the_port_follows_the_protection() {
        for (protection, port) in [("starttls", 587), ("tls", 465), ("none", 25)] {
            let text = format!("server = \"smtp.test\"\nfrom = \"b@b.test\"\nprotection = \"{protection}\"");
            assert_eq!(settle(&file(&text), Lang::En).unwrap().unwrap().port, port);
        }
        assert!(refused("server = \"s\"\nfrom = \"b@b.test\"\nprotection = \"ssl\"").contains("ssl"));
    }

    #[test]
    fn a_password_is_the_first_line_of_its_file_and_goes_over_no_bare_network() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("password");
        std::fs::write(&path, "secret word\nmore\n").unwrap();
        let with = |server: &str, protection: &str| {
            file(&format!(
                "server = \"{server}\"\nfrom = \"b@b.test\"\nprotection = \"{protection}\"\nuser = \"b\"\npassword-file = \"{}\"",
                path.display()
            ))
        };
        let settled = settle(&with("smtp.test", "tls"), Lang::En).unwrap().unwrap();
        assert_eq!(settled.credentials, Some(("b".to_owned(), "secret word".to_owned())));
        assert!(!format!("{settled:?}").contains("secret"));
        assert!(settle(&with("127.0.0.1", "none"), Lang::En).is_ok());
        let bare = settle(&with("smtp.test", "none"), Lang::En).unwrap_err().to_string();
        assert!(bare.contains("smtp.test"), "{bare}");
        assert!(refused("server = \"s\"\nfrom = \"b@b.test\"\nuser = \"b\"").contains("password"));
        assert!(refused("server = \"s\"").contains("from"));
    }
}
