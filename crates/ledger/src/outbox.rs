//! Messages that leave the house, each at most once unless a person says otherwise.
//!
//! An entry is `pending`, then `leased` by a sender, then `handed` (marked before the other side can have accepted it),
//! then `sent` or `failed`. A sender that dies while the entry is `leased` has sent nothing: the lease runs out and
//! another takes it. One that dies after `handed` may have sent it: the entry becomes `uncertain`, is not sent again by
//! itself, and is listed to the operator. The entry's id is the Message-ID.

use crate::{
    change::Change,
    error::{CommitError, LedgerError},
    jobs::{later, pause},
    ledger::Ledger,
    value::{Row, Value},
};
use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

/// How often the other side may refuse for now before the message has failed: the pauses between make a day.
const ATTEMPTS: i64 = 32;

/// A message to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewMessage {
    /// By which way: `mail`.
    pub channel: String,
    /// To whom: an opaque id or an address, as the channel wants it.
    pub recipient: String,
    /// What, as the channel wants it.
    pub body: String,
    /// Not before this instant.
    pub due: Timestamp,
}

/// How far a message has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MessageState {
    /// Not taken up.
    Pending,
    /// A sender has it; the other side cannot have accepted it yet.
    Leased,
    /// The other side may have accepted it.
    Handed,
    /// Accepted.
    Sent,
    /// Refused for good.
    Failed,
    /// Nobody knows whether it was accepted.
    Uncertain,
}

impl MessageState {
    /// As it stands in the row.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Leased => "leased",
            Self::Handed => "handed",
            Self::Sent => "sent",
            Self::Failed => "failed",
            Self::Uncertain => "uncertain",
        }
    }

    fn parse(text: &str) -> Result<Self, LedgerError> {
        [
            Self::Pending,
            Self::Leased,
            Self::Handed,
            Self::Sent,
            Self::Failed,
            Self::Uncertain,
        ]
        .into_iter()
        .find(|state| state.as_str() == text)
        .ok_or_else(|| LedgerError::Column {
            column: "state".to_owned(),
            reason: format!("`{text}` is no state"),
        })
    }
}

/// A message of the outbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// Its id, which is the Message-ID.
    pub id: String,
    /// By which way.
    pub channel: String,
    /// To whom.
    pub recipient: String,
    /// What.
    pub body: String,
    /// How far it has come.
    pub state: MessageState,
    /// Which attempt this is, from 1.
    pub attempt: i64,
    /// The lease under which a sender holds it.
    pub lease: String,
    /// What went wrong last; empty at first.
    pub failure: String,
    /// When it was written.
    pub created_at: Timestamp,
}

/// What was handed over under a lease that has run out is uncertain.
const DOUBT: &str =
    "UPDATE outbox SET state = 'uncertain', ended_at = $1 WHERE state = 'handed' AND leased_until <= $1";

const COLUMNS: &str = "id, channel, recipient, body, state, attempts, lease, failure, created_at";

impl Message {
    fn read(row: &Row) -> Result<Self, LedgerError> {
        Ok(Self {
            id: row.text("id")?,
            channel: row.text("channel")?,
            recipient: row.text("recipient")?,
            body: row.text("body")?,
            state: MessageState::parse(&row.text("state")?)?,
            attempt: row.integer("attempts")?,
            lease: row.text("lease")?,
            failure: row.text("failure")?,
            created_at: row.instant("created_at")?,
        })
    }
}

/// What an operator found out about an uncertain message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Resolution {
    /// It arrived.
    Arrived,
    /// It did not, and is to be sent again.
    SendAgain,
    /// It did not, and is not to be sent again.
    GivenUp,
}

impl Ledger {
    /// The id of a new message and the change that puts it into the outbox, to be handed over with a commit.
    pub fn posted(&self, message: NewMessage) -> (String, Change) {
        let id = Uuid::now_v7().to_string();
        let values = vec![
            ("id", Value::from(&id)),
            ("channel", message.channel.into()),
            ("recipient", message.recipient.into()),
            ("body", message.body.into()),
            ("state", MessageState::Pending.as_str().into()),
            ("due", message.due.into()),
            ("attempts", 0.into()),
            ("lease", "".into()),
            ("leased_until", 0.into()),
            ("failure", "".into()),
            ("created_at", self.inner.clock.now().into()),
            ("ended_at", 0.into()),
        ];
        (
            id,
            Change::Insert {
                table: "outbox",
                values,
            },
        )
    }

    /// Leases at most `limit` messages of a channel that are due. What was handed over under a lease that has run out
    /// becomes uncertain first.
    pub async fn claim_messages(
        &self,
        channel: &str,
        sender: &str,
        lease: SignedDuration,
        limit: u32,
    ) -> Result<Vec<Message>, LedgerError> {
        let now = self.inner.clock.now();
        let skip = self.skip_locked();
        let take = format!(
            "WITH picked AS MATERIALIZED (SELECT id FROM outbox WHERE channel = $3 AND due <= $4 AND \
             (state = 'pending' OR (state = 'leased' AND leased_until <= $4)) ORDER BY due, id LIMIT $5{skip}) \
             UPDATE outbox SET state = 'leased', attempts = attempts + 1, lease = $1, leased_until = $2 \
             WHERE id IN (SELECT id FROM picked) RETURNING {COLUMNS}"
        );
        let values = vec![
            Value::from(format!("{sender}/{}", Uuid::new_v4())),
            later(now, lease).into(),
            channel.into(),
            now.into(),
            limit.into(),
        ];
        let taken = self.swept((DOUBT.to_owned(), vec![now.into()]), (take, values)).await?;
        let mut messages: Vec<Message> = taken.iter().map(Message::read).collect::<Result<_, _>>()?;
        messages.sort_by(|a, b| a.id.cmp(&b.id));
        Ok(messages)
    }

    /// What was handed over under a lease that has run out becomes uncertain, also where nobody claims messages any more;
    /// how many did.
    pub async fn doubt_messages(&self) -> Result<u64, LedgerError> {
        let transaction = self.inner.database.write().await?;
        let values = vec![self.inner.clock.now().into()];
        let doubted = crate::statement::execute(&transaction, DOUBT, values).await?;
        transaction.commit().await?;
        Ok(doubted)
    }

    /// Marks that the other side may accept the message from now on: to be called before the last byte goes out.
    /// `false` where the lease was lost: then it must not go out.
    pub async fn message_handed(&self, message: &Message) -> Result<bool, CommitError> {
        self.move_message(message, MessageState::Leased, vec![("state", "handed".into())])
            .await
    }

    /// Marks that the other side accepted the message.
    pub async fn message_sent(&self, message: &Message) -> Result<bool, CommitError> {
        let values = vec![("state", "sent".into()), ("ended_at", self.inner.clock.now().into())];
        self.move_message(message, MessageState::Handed, values).await
    }

    /// Marks that the other side refused the message, as its answer said, or could not be reached before it was handed
    /// over: for good, or for now, in which case it is due again after a pause, for about a day.
    pub async fn message_refused(&self, message: &Message, failure: &str, for_good: bool) -> Result<bool, CommitError> {
        let now = self.inner.clock.now();
        let values = if for_good || message.attempt >= ATTEMPTS {
            vec![
                ("state", "failed".into()),
                ("failure", failure.into()),
                ("ended_at", now.into()),
            ]
        } else {
            let due = later(now, pause(message.attempt));
            vec![
                ("state", "pending".into()),
                ("failure", failure.into()),
                ("due", due.into()),
            ]
        };
        if self.move_message(message, MessageState::Handed, values.clone()).await? {
            return Ok(true);
        }
        self.move_message(message, MessageState::Leased, values).await
    }

    async fn move_message(
        &self,
        message: &Message,
        from: MessageState,
        values: Vec<(&'static str, Value)>,
    ) -> Result<bool, CommitError> {
        let whose = vec![
            ("id", Value::from(&message.id)),
            ("lease", Value::from(&message.lease)),
            ("state", from.as_str().into()),
        ];
        self.state_if(
            Change::Update {
                table: "outbox",
                values,
                whose,
            },
            vec![],
        )
        .await
    }

    /// Messages in a state, the oldest first.
    pub async fn messages(&self, state: MessageState, limit: u32) -> Result<Vec<Message>, LedgerError> {
        let sql = format!("SELECT {COLUMNS} FROM outbox WHERE state = $1 ORDER BY id LIMIT $2");
        self.fetch(sql, vec![state.as_str().into(), limit.into()])
            .await?
            .iter()
            .map(Message::read)
            .collect()
    }

    /// Whether some message is yet to be sent, or its fate yet to be told. Writes nothing, so that it can be asked often.
    pub async fn has_open_messages(&self) -> Result<bool, LedgerError> {
        let sql = "SELECT COUNT(*) AS n FROM outbox WHERE state IN ('pending', 'leased', 'handed')";
        Ok(self.count(sql, vec![]).await? > 0)
    }

    /// How many messages are in a state.
    pub async fn count_messages(&self, state: MessageState) -> Result<i64, LedgerError> {
        let sql = "SELECT COUNT(*) AS n FROM outbox WHERE state = $1";
        self.count(sql, vec![state.as_str().into()]).await
    }

    /// Settles an uncertain message as the operator says, or sends a failed one again; `false` where it is neither.
    pub async fn resolve_message(&self, id: &str, resolution: Resolution) -> Result<bool, CommitError> {
        if self.settle_message(id, MessageState::Uncertain, resolution).await? {
            return Ok(true);
        }
        match resolution {
            Resolution::SendAgain => self.settle_message(id, MessageState::Failed, resolution).await,
            Resolution::Arrived | Resolution::GivenUp => Ok(false),
        }
    }

    async fn settle_message(&self, id: &str, from: MessageState, resolution: Resolution) -> Result<bool, CommitError> {
        let now = self.inner.clock.now();
        let values = match resolution {
            Resolution::Arrived => vec![("state", "sent".into()), ("ended_at", now.into())],
            Resolution::SendAgain => vec![
                ("state", "pending".into()),
                ("due", now.into()),
                ("attempts", 0.into()),
                ("ended_at", 0.into()),
            ],
            Resolution::GivenUp => vec![("state", "failed".into()), ("ended_at", now.into())],
        };
        let whose = vec![("id", id.into()), ("state", from.as_str().into())];
        self.state_if(
            Change::Update {
                table: "outbox",
                values,
                whose,
            },
            vec![],
        )
        .await
    }
}
