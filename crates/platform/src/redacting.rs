//! Removing the content of an entry that should never have been recorded: personal data in a free text, a secret file.
//!
//! The entry must have been taken back before, so that nothing rests on what goes. What stays in its place says when its
//! content was removed and by which rule; who did it and why stands in the event `entry.redacted`, which auditors read. Files
//! that the entry alone refers to go from the store with it.

use crate::{
    context::Context,
    event::{CORRECTION, Correction},
    refusal::{Error, Refusal, Result},
    running::Platform,
    writing::begin,
};
use jiff::civil::Date;
use ledger::{CommitError, LedgerError, NewEvent, Position, Recorded, Redaction, Version, chain, redact};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::collections::BTreeSet;

/// Longest reason, in characters.
const LONGEST_REASON: usize = 500;
/// Longest name of a rule, in characters.
const LONGEST_RULE: usize = 200;

/// What stands in the place of a content that was removed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Removed {
    /// When.
    pub on: Date,
    /// By which rule.
    pub rule: String,
}

impl Removed {
    /// From the body of an entry; nothing where its content is there.
    pub fn of(body: &Value) -> Option<Self> {
        serde_json::from_value(body.get("redacted")?.clone()).ok()
    }
}

/// Why a content is removed.
#[derive(Debug, Clone, Copy)]
pub struct Ground<'a> {
    /// In the words of whoever decides it.
    pub reason: &'a str,
    /// The rule, as one would cite it.
    pub rule: &'a str,
}

/// What was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Done {
    /// The event that says so.
    pub by: Position,
    /// Files that went from the store.
    pub files: Vec<String>,
}

/// Removes the content of an entry, by whoever holds the installation's key file and database.
///
/// # Errors
/// A [`Refusal`] `redaction/…`; nothing is recorded then.
pub async fn by_operator(
    platform: &Platform,
    context: &Context,
    position: Position,
    ground: Ground<'_>,
) -> Result<Done> {
    let ledger = platform.ledger();
    let entry = ledger.event(position).await?.ok_or_else(Refusal::unseen)?;
    let events = ledger.stream(&entry.stream).await?;
    let known = ledger.version(&redact::stream(position)?).await? != Version::NONE;
    let redaction = decide(&entry, &events, known, ground, context.today)?;
    let commit = redaction.written(begin(context, &position.to_string()))?;
    let committed = ledger.commit(commit).await.map_err(|error| match error {
        CommitError::Stale { .. } => done_already(position).into(),
        other => Error::from(other),
    })?;
    ledger.carry_out_redactions().await?;
    let mut files = Vec::new();
    for digest in digests(&parsed(&entry)?) {
        if let (Some(file), Some(store)) = (ledger.release_file(&digest).await?, platform.files())
            && ledger.remove_file(store, &file).await?
        {
            files.push(digest);
        }
    }
    Ok(Done {
        by: committed.last,
        files,
    })
}

fn done_already(position: Position) -> Refusal {
    Refusal::rule("redaction/done", "").with("position", position.to_string())
}

fn parsed(entry: &Recorded) -> Result<Value, LedgerError> {
    entry.read()
}

/// The redaction of an entry of a stream, or the rule that forbids it. Pure.
fn decide(entry: &Recorded, events: &[Recorded], known: bool, ground: Ground<'_>, today: Date) -> Result<Redaction> {
    let position = entry.position;
    let refused = |rule| Refusal::rule(rule, "").with("position", position.to_string());
    if known {
        return Err(done_already(position).into());
    }
    // Without its words a correction would no longer take anything back.
    if entry.kind == CORRECTION || entry.kind == redact::REDACTION {
        return Err(refused("redaction/not_this").into());
    }
    let taken_back = events
        .iter()
        .filter(|e| e.kind == CORRECTION)
        .filter_map(|e| e.read::<Correction>().ok())
        .any(|c| c.corrects == position);
    if !taken_back {
        return Err(refused("redaction/not_taken_back").into());
    }
    let (reason, rule) = (ground.reason.trim(), ground.rule.trim());
    for (field, text, longest) in [("reason", reason, LONGEST_REASON), ("rule", rule, LONGEST_RULE)] {
        let fault = match text.chars().count() {
            0 => "fault-required",
            length if length > longest => "fault-too-long",
            _ => continue,
        };
        return Err(Refusal::wrong("redaction/ground").fault(field, fault).into());
    }
    let removed = Removed {
        on: today,
        rule: rule.to_owned(),
    };
    Ok(Redaction {
        entry: position,
        seal: chain::hexadecimal(&chain::seal(entry)),
        stays: stays(&parsed(entry)?, &removed)?,
        reason: reason.to_owned(),
        rule: rule.to_owned(),
        asked_by: None,
    })
}

/// What stands in the place of a body: when and by which rule it went; and who may see the entry, as before.
fn stays(body: &Value, removed: &Removed) -> Result<String, LedgerError> {
    let mut kept = Map::new();
    let audience = body.get("audience").or_else(|| body.pointer("/evidence/audience"));
    for (name, value) in [("audience", audience), ("demo", body.get("demo"))] {
        if let Some(value) = value {
            kept.insert(name.to_owned(), value.clone());
        }
    }
    kept.insert(
        "redacted".to_owned(),
        serde_json::json!({ "on": removed.on, "rule": removed.rule }),
    );
    Ok(NewEvent::new(redact::REDACTION, 1, &Value::Object(kept))?.body)
}

/// The digests of the files to which a body refers.
fn digests(body: &Value) -> BTreeSet<String> {
    match body {
        Value::Object(members) => members
            .iter()
            .flat_map(|(name, value)| match value {
                Value::String(digest) if name == "sha256" => BTreeSet::from([digest.clone()]),
                other => digests(other),
            })
            .collect(),
        Value::Array(items) => items.iter().flat_map(digests).collect(),
        _ => BTreeSet::new(),
    }
}
