//! Sending letters from the outbox by SMTP.
//!
//! A letter is marked `handed` after the server has said that it takes the data and before the first byte of it goes out:
//! until then nothing can have been accepted. What happens afterwards without an answer of the server stays `handed`, and
//! becomes `uncertain` when its lease runs out: it is not sent again by itself.

use super::{digest::MAIL, letter::Letter};
use crate::{
    context::PersonId,
    people::facts::address,
    refusal::{Error, Result},
    running::Platform,
};
use jiff::SignedDuration;
use ledger::Message;
use lettre::transport::smtp::{
    Error as SmtpError,
    authentication::{Credentials, DEFAULT_MECHANISMS},
    client::{AsyncSmtpConnection, TlsParameters},
    commands::{Data, Mail, Rcpt},
    extension::ClientId,
};
use std::time::Duration;

/// How long a sender may hold a letter.
pub const LEASE: SignedDuration = SignedDuration::from_secs(120);
/// How long to wait for an answer of the server.
const PATIENCE: Duration = Duration::from_secs(30);

/// How the connection is protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Protection {
    /// TLS from the first byte (port 465).
    Tls,
    /// TLS after STARTTLS, without which nothing is sent (port 587).
    #[default]
    StartTls,
    /// None: a relay on the same machine.
    None,
}

/// By which server letters leave.
#[derive(Clone, PartialEq, Eq)]
pub struct MailSettings {
    /// Name of the server.
    pub server: String,
    /// Its port.
    pub port: u16,
    /// How the connection is protected.
    pub protection: Protection,
    /// User and password; absent where the server wants none.
    pub credentials: Option<(String, String)>,
    /// The address that letters come from.
    pub from: String,
}

impl std::fmt::Debug for MailSettings {
    /// Without the password.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("MailSettings")
            .field("server", &self.server)
            .field("port", &self.port)
            .field("from", &self.from)
            .finish_non_exhaustive()
    }
}

/// What became of the letters of one round.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Round {
    /// Accepted by the server.
    pub sent: u32,
    /// Refused, for good or for now.
    pub refused: u32,
    /// Nobody knows.
    pub unknown: u32,
}

/// Sends the letters that are due; nothing where no server is set.
pub async fn send_due(platform: &Platform, sender: &str) -> Result<Round> {
    let mut round = Round::default();
    let Some(mail) = platform.settings().mail.clone() else {
        return Ok(round);
    };
    for message in platform.ledger().claim_messages(MAIL, sender, LEASE, 20).await? {
        match send(platform, &mail, &message).await? {
            Fate::Sent => round.sent += 1,
            Fate::Refused => round.refused += 1,
            Fate::Unknown => round.unknown += 1,
        }
    }
    Ok(round)
}

enum Fate {
    Sent,
    Refused,
    Unknown,
}

async fn refused(platform: &Platform, message: &Message, why: &str, for_good: bool) -> Result<Fate> {
    platform
        .ledger()
        .message_refused(message, why, for_good)
        .await
        .map_err(Error::from)?;
    Ok(Fate::Refused)
}

async fn send(platform: &Platform, mail: &MailSettings, message: &Message) -> Result<Fate> {
    let Some(to) = address(platform, &PersonId(message.recipient.clone())).await? else {
        return refused(platform, message, "the person has no address any more", true).await;
    };
    let Ok(letter) = serde_json::from_str::<Letter>(&message.body) else {
        return refused(platform, message, "the body is no letter", true).await;
    };
    let written = match letter.message(platform.settings(), &mail.from, &to, &message.id) {
        Ok(written) => written,
        Err(error) => return refused(platform, message, &error.to_string(), true).await,
    };
    // Until the server asks for the data nothing can have been accepted.
    let mut connection = match offered(mail, &written).await {
        Ok(connection) => connection,
        Err(error) => return refused(platform, message, &said(&error), error.is_permanent()).await,
    };
    if !platform.ledger().message_handed(message).await.map_err(Error::from)? {
        connection.abort().await;
        return Ok(Fate::Unknown);
    }
    match connection.message(&written.formatted()).await {
        Ok(_) => {
            platform.ledger().message_sent(message).await.map_err(Error::from)?;
            connection.abort().await;
            Ok(Fate::Sent)
        }
        Err(error) if error.is_permanent() || error.is_transient() => {
            refused(platform, message, &said(&error), error.is_permanent()).await
        }
        // No answer: the letter stays handed, and becomes uncertain when the lease runs out.
        Err(_) => Ok(Fate::Unknown),
    }
}

/// What went wrong, without the addresses that a server may repeat.
fn said(error: &SmtpError) -> String {
    error.status().map_or_else(
        || "the server could not be reached".to_owned(),
        |code| format!("the server answered {code}"),
    )
}

/// A connection on which the server has said that it takes the data.
async fn offered(mail: &MailSettings, written: &lettre::Message) -> Result<AsyncSmtpConnection, SmtpError> {
    let hello = ClientId::default();
    let tls = || TlsParameters::new(mail.server.clone());
    let implicit = match mail.protection {
        Protection::Tls => Some(tls()?),
        Protection::StartTls | Protection::None => None,
    };
    let mut connection = AsyncSmtpConnection::connect_tokio1(
        (mail.server.as_str(), mail.port),
        Some(PATIENCE),
        &hello,
        implicit,
        None,
    )
    .await?;
    if mail.protection == Protection::StartTls {
        connection.starttls(tls()?, &hello).await?;
    }
    if let Some((user, password)) = &mail.credentials {
        connection
            .auth(DEFAULT_MECHANISMS, &Credentials::new(user.clone(), password.clone()))
            .await?;
    }
    connection
        .command(Mail::new(written.envelope().from().cloned(), Vec::new()))
        .await?;
    for to in written.envelope().to() {
        connection.command(Rcpt::new(to.clone(), Vec::new())).await?;
    }
    connection.command(Data).await?;
    Ok(connection)
}
