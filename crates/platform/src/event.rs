//! How a feature's events become recorded ones and back, and how a correction takes an earlier entry out of the fold.
//!
//! Each feature has one enum of events with `#[serde(tag = "kind", content = "body")]`; the tag is the kind in the log.

use ledger::{LedgerError, NewEvent, Position, Recorded};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use std::collections::BTreeSet;

/// Kind of the event by which a wrong entry is taken back: the entry stays in the log, and visible in the history.
pub const CORRECTION: &str = "entry.corrected";

/// Body of a [`CORRECTION`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Correction {
    /// The entry that was wrong.
    pub corrects: Position,
    /// Why it was wrong.
    pub reason: String,
}

/// A feature's event as the ledger takes it; schema 1.
pub fn record<E: Serialize>(event: &E) -> Result<NewEvent, LedgerError> {
    #[derive(Deserialize)]
    struct Tagged {
        kind: String,
        #[serde(default)]
        body: serde_json::Value,
    }
    let unreadable = |reason: String| LedgerError::Body {
        kind: String::new(),
        reason,
    };
    let value = serde_json::to_value(event).map_err(|e| unreadable(e.to_string()))?;
    let tagged: Tagged = serde_json::from_value(value).map_err(|e| unreadable(e.to_string()))?;
    NewEvent::new(&tagged.kind, 1, &tagged.body)
}

/// A recorded event as a feature's own, or nothing where the kind is not one of the feature's.
pub fn read<E: DeserializeOwned>(recorded: &Recorded) -> Option<E> {
    // The kind first and the body as it stands: the enum is read in one pass, without a tree of values between.
    let kind = serde_json::to_string(&recorded.kind).ok()?;
    let tagged = match recorded.body.as_str() {
        "null" => format!("{{\"kind\":{kind}}}"),
        body => format!("{{\"kind\":{kind},\"body\":{body}}}"),
    };
    serde_json::from_str(&tagged).ok()
}

/// The correction of an earlier entry, to be recorded in the same stream.
pub fn correction(corrects: Position, reason: &str) -> Result<NewEvent, LedgerError> {
    NewEvent::new(
        CORRECTION,
        1,
        &Correction {
            corrects,
            reason: reason.to_owned(),
        },
    )
}

/// The same event marked as illustrative (演示): any body may carry `"demo": true`.
pub fn demonstration(event: &NewEvent) -> Result<NewEvent, LedgerError> {
    let unreadable = |reason: String| LedgerError::Body {
        kind: event.kind.clone(),
        reason,
    };
    let mut body: serde_json::Value = serde_json::from_str(&event.body).map_err(|e| unreadable(e.to_string()))?;
    if body.is_null() {
        body = serde_json::json!({});
    }
    body.as_object_mut()
        .ok_or_else(|| unreadable("the body is no object".to_owned()))?
        .insert("demo".to_owned(), true.into());
    let mut marked = NewEvent::new(&event.kind, event.schema, &body)?;
    marked.effective = event.effective;
    Ok(marked)
}

/// What anybody records in a demonstration is illustrative, too; what the platform itself enters is marked where it is.
pub fn of_a_demonstration(actor: &ledger::ActorId, event: NewEvent) -> Result<NewEvent, LedgerError> {
    if *actor == ledger::ActorId::system() {
        return Ok(event);
    }
    demonstration(&event)
}

/// Whether an event is illustrative (演示).
pub fn is_demo(recorded: &Recorded) -> bool {
    #[derive(Deserialize, Default)]
    struct Mark {
        #[serde(default)]
        demo: bool,
    }
    // A body is canonical JSON, so a mark stands there in these letters; few events bear one, and none else is parsed.
    recorded.body.contains(r#""demo":true"#) && recorded.read::<Mark>().is_ok_and(|mark| mark.demo)
}

/// The events that still count: those that no later correction in the stream takes back, corrections left out.
pub fn standing(events: &[Recorded]) -> Vec<&Recorded> {
    let taken_back: BTreeSet<Position> = events
        .iter()
        .filter(|e| e.kind == CORRECTION)
        .filter_map(|e| e.read::<Correction>().ok())
        .map(|c| c.corrects)
        .collect();
    events
        .iter()
        .filter(|e| e.kind != CORRECTION && !taken_back.contains(&e.position))
        .collect()
}
