//! A refusal names its rule, where the rule stands, what is missing and what to do next.

use ledger::CommitError;

/// Why a command was not carried out. Nothing was recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// Id of the rule, stable, `feature/what`; also the id of its message: `refusal-feature-what`.
    pub rule: &'static str,
    /// Where the rule stands, as one would cite it; empty where it is the platform's own.
    pub source: &'static str,
    /// What the message needs to be exact: names and values, in the order of the message's variables.
    pub with: Vec<(&'static str, String)>,
    /// Single faults, each with the field it is about.
    pub faults: Vec<Fault>,
    /// How the answer goes out.
    pub manner: Manner,
}

/// One fault of an input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The field of the form or command.
    pub field: &'static str,
    /// Id of the fault, `fault-…` in the catalogue.
    pub fault: &'static str,
    /// Values for the message.
    pub with: Vec<(&'static str, String)>,
}

/// What kind of refusal it is, from which the status follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Manner {
    /// The input is wrong (422).
    Wrong,
    /// The reader may not even know that it exists (404).
    Unseen,
    /// Seen, but the right is missing (403).
    Forbidden,
    /// Sign in first (401).
    Anonymous,
    /// Somebody was faster (409).
    Stale,
    /// A rule of the procedure forbids it now (409).
    Rule,
    /// Too often (429).
    TooMany,
    /// Too large (413).
    TooLarge,
}

impl Refusal {
    /// A rule of the procedure forbids it.
    pub fn rule(rule: &'static str, source: &'static str) -> Self {
        Self {
            rule,
            source,
            with: Vec::new(),
            faults: Vec::new(),
            manner: Manner::Rule,
        }
    }

    /// The input is wrong.
    pub fn wrong(rule: &'static str) -> Self {
        Self {
            rule,
            source: "",
            with: Vec::new(),
            faults: Vec::new(),
            manner: Manner::Wrong,
        }
    }

    /// There is no such thing, or the reader may not know of it.
    pub fn unseen() -> Self {
        Self {
            rule: "any/unseen",
            source: "",
            with: Vec::new(),
            faults: Vec::new(),
            manner: Manner::Unseen,
        }
    }

    /// The same refusal with a value for its message.
    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.with.push((name, value.into()));
        self
    }

    /// The same refusal with one more fault.
    pub fn fault(mut self, field: &'static str, fault: &'static str) -> Self {
        self.faults.push(Fault {
            field,
            fault,
            with: Vec::new(),
        });
        self
    }

    /// The same refusal, going out in another manner.
    pub fn manner(mut self, manner: Manner) -> Self {
        self.manner = manner;
        self
    }

    /// Id of the message in the catalogue.
    pub fn message_id(&self) -> String {
        format!("refusal-{}", self.rule.replace(['/', '_'], "-"))
    }
}

/// What a feature answers when it does not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// It may not be done, or not so.
    #[error("refused by {}", .0.rule)]
    Refused(Box<Refusal>),
    /// The platform failed.
    #[error(transparent)]
    Ledger(#[from] ledger::LedgerError),
    /// Shipped or stored data cannot be read.
    #[error("{what}: {reason}")]
    Data {
        /// Which data.
        what: String,
        /// What is wrong.
        reason: String,
    },
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(Box::new(refusal))
    }
}

impl From<CommitError> for Error {
    fn from(error: CommitError) -> Self {
        match error {
            CommitError::Stale {
                stream,
                expected,
                actual,
            } => Refusal::rule("any/stale", "")
                .with("object", stream.to_string())
                .with("expected", expected.to_string())
                .with("actual", actual.to_string())
                .manner(Manner::Stale)
                .into(),
            CommitError::Taken { kind, value, .. } => Refusal::rule("any/taken", "")
                .with("what", kind)
                .with("value", value)
                .manner(Manner::Stale)
                .into(),
            CommitError::KeyReused { key } => Refusal::rule("any/key_reused", "")
                .with("key", key)
                .manner(Manner::Stale)
                .into(),
            CommitError::AlreadyReacted { cause } => {
                Refusal::rule("any/already_reacted", "").with("cause", cause).into()
            }
            CommitError::Empty => Refusal::wrong("any/nothing_to_do").into(),
            CommitError::Ledger(error) => Self::Ledger(error),
        }
    }
}

/// Result of everything a feature does.
pub type Result<T, E = Error> = std::result::Result<T, E>;
