//! Sending letters from the outbox by SMTP.
//!
//! A letter is marked `handed` after the server has said that it takes the data and before the first byte of it goes out:
//! until then nothing can have been accepted. What happens afterwards without an answer of the server stays `handed`, and
//! becomes `uncertain` when its lease runs out: it is not sent again by itself.

use super::{
    letter::{self, Letter},
    outgoing::{MAIL, Outgoing},
    query::wants_letters,
    stopping,
};
use crate::{
    context::PersonId,
    people::{facts::address, invitation},
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
/// So many letters are taken in hand at once.
const CLAIMED: u32 = 20;
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

/// Sends the letters that are due, and calls uncertain what was handed over without an answer. Nothing leaves where no server
/// is set.
pub async fn send_due(platform: &Platform, sender: &str) -> Result<Round> {
    let mut round = Round::default();
    if !platform.ledger().has_open_messages().await? {
        return Ok(round);
    }
    let Some(mail) = platform.settings().mail.clone() else {
        platform.ledger().doubt_messages().await?;
        return Ok(round);
    };
    loop {
        let claimed = platform.ledger().claim_messages(MAIL, sender, LEASE, CLAIMED).await?;
        let whole = claimed.len() == CLAIMED as usize;
        for message in claimed {
            match send(platform, &mail, &message).await? {
                Fate::Sent => round.sent += 1,
                Fate::Refused => round.refused += 1,
                Fate::Unknown => round.unknown += 1,
            }
        }
        if !whole {
            return Ok(round);
        }
    }
}

/// Whether the server answers, protects the connection as is asked for, and lets us in; what is wrong otherwise. Sends
/// nothing.
pub async fn reach(mail: &MailSettings) -> Result<(), String> {
    let mut connection = connected(mail).await.map_err(|error| error.to_string())?;
    connection.abort().await;
    Ok(())
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
    let person = PersonId(message.recipient.clone());
    let Some(to) = address(platform, &person).await? else {
        return refused(platform, message, "the person has no address any more", true).await;
    };
    let Ok(outgoing) = serde_json::from_str::<Outgoing>(&message.body) else {
        return refused(platform, message, "the body is no letter", true).await;
    };
    match outgoing {
        Outgoing::Digest(digest) => {
            if !wants_letters(platform, &person).await? {
                return refused(platform, message, "the person wants no summaries any more", true).await;
            }
            let letter = digest.letter(platform.settings(), &stopping::token(platform, &person));
            deliver(platform, mail, message, &to, &letter).await
        }
        Outgoing::FactorRemoved => {
            let letter = letter::factor_removed(platform.settings());
            deliver(platform, mail, message, &to, &letter).await
        }
        Outgoing::Link { purpose } => {
            let Some(issued) = invitation::for_letter(platform, &person, purpose).await? else {
                return refused(platform, message, "the person needs no such link any more", true).await;
            };
            let letter = letter::link(platform.settings(), purpose, &issued);
            let fate = deliver(platform, mail, message, &to, &letter).await?;
            if matches!(fate, Fate::Refused) {
                invitation::withdraw(platform, &issued.token).await?;
            }
            Ok(fate)
        }
    }
}

async fn deliver(
    platform: &Platform,
    mail: &MailSettings,
    message: &Message,
    to: &str,
    letter: &Letter,
) -> Result<Fate> {
    let written = match letter.message(&mail.from, to, &message.id) {
        Ok(written) => written,
        Err(error) => return refused(platform, message, &error.to_string(), true).await,
    };
    // Until the server asks for the data nothing can have been accepted.
    let mut connection = match offered(mail, &written).await {
        Ok(connection) => connection,
        Err(Unoffered::Server(error)) => return refused(platform, message, &said(&error), false).await,
        Err(Unoffered::Letter(error)) => {
            return refused(platform, message, &said(&error), error.is_permanent()).await;
        }
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

/// Why a letter could not be offered.
enum Unoffered {
    /// The server is not there, or does not let us in: the operator mends that, and the letter waits.
    Server(SmtpError),
    /// The server does not want this letter.
    Letter(SmtpError),
}

/// A connection over which letters may go.
async fn connected(mail: &MailSettings) -> Result<AsyncSmtpConnection, SmtpError> {
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
    Ok(connection)
}

/// A connection on which the server has said that it takes the data.
async fn offered(mail: &MailSettings, written: &lettre::Message) -> Result<AsyncSmtpConnection, Unoffered> {
    let mut connection = connected(mail).await.map_err(Unoffered::Server)?;
    connection
        .command(Mail::new(written.envelope().from().cloned(), Vec::new()))
        .await
        .map_err(Unoffered::Server)?;
    for to in written.envelope().to() {
        connection
            .command(Rcpt::new(to.clone(), Vec::new()))
            .await
            .map_err(Unoffered::Letter)?;
    }
    connection.command(Data).await.map_err(Unoffered::Letter)?;
    Ok(connection)
}
