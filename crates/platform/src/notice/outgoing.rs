//! What is put into the outbox: which letter to whom, without a word that not everybody may read.
//!
//! A token that opens an account is not in it: it is made when the letter is written out, so that no copy of the database
//! holds one.

use super::letter::Digest;
use crate::{context::PersonId, people::invitation, running::Platform};
use jiff::Timestamp;
use ledger::{Change, NewMessage};
use serde::{Deserialize, Serialize};

/// The channel of letters in the outbox.
pub const MAIL: &str = "mail";

/// A letter that is to be written out and sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "letter", rename_all = "snake_case")]
pub enum Outgoing {
    /// What happened to what the person follows.
    Digest(Digest),
    /// The link by which the person sets a password.
    Link {
        /// To join, or to set another.
        purpose: invitation::Kind,
    },
    /// The person's second factor was taken away.
    FactorRemoved,
}

/// The id of the letter and the change that puts it into the outbox, to be handed over with a commit.
pub fn posted(platform: &Platform, person: &PersonId, letter: &Outgoing, due: Timestamp) -> (String, Change) {
    platform.ledger().posted(NewMessage {
        channel: MAIL.to_owned(),
        recipient: person.0.clone(),
        // Strings, numbers and dates: there is nothing in it that JSON could refuse.
        body: serde_json::to_string(letter).unwrap_or_default(),
        due,
    })
}
