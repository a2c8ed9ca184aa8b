//! Who may see an entry: by its body where the body says so, else by its kind. Pure; the table is data.

use crate::obligation::event::Audience;
use serde_json::Value;

/// Kinds of streams that have entries, and who may see them unless their body or [`KINDS`] says otherwise.
/// A kind of stream that is not here has no entries: nothing becomes visible by being forgotten.
const STREAMS: &[(&str, Audience)] = &[
    ("place", Audience::Public),
    ("organization", Audience::Public),
    ("list", Audience::Public),
    ("task", Audience::Public),
    ("measure", Audience::Public),
    ("action", Audience::Public),
    ("obligation", Audience::Public),
    ("output", Audience::Public),
    ("proposal", Audience::Participants),
    ("text", Audience::Participants),
    ("system", Audience::Public),
    ("certificate", Audience::Public),
    // What units report stands in streams of their own, `return/…`, which have no entries.
    ("survey", Audience::Public),
];

/// Kinds of events that differ from their stream.
const KINDS: &[(&str, Audience)] = &[
    // Its body says who; without a word it stays at the desk.
    ("obligation.noted", Audience::Desk),
    ("obligation.blocked", Audience::Participants),
    ("obligation.unblocked", Audience::Participants),
    ("survey.statistician_named", Audience::Desk),
    ("survey.statistician_released", Audience::Desk),
    ("text.version_published", Audience::Public),
    ("proposal.published", Audience::Public),
    ("proposal.put_into_effect", Audience::Public),
];

/// Kinds of events of a stream that everybody may see once the other kind has been recorded in it.
pub const PUBLISHED_BY: &[(&str, &[&str])] = &[(
    "proposal.published",
    &["proposal.opened", "proposal.changed", "proposal.approval_recorded"],
)];

/// Whether streams of this kind have entries.
pub fn has_entries(stream_kind: &str) -> bool {
    STREAMS.iter().any(|(kind, _)| *kind == stream_kind)
}

/// Whether a stream of this kind may have entries that not everybody sees: then their number is not for everybody.
pub fn may_hide(stream_kind: &str) -> bool {
    matches!(stream_kind, "obligation" | "proposal" | "text" | "survey")
}

/// Who may see an event, by its own kind and body.
pub fn of_event(stream_kind: &str, kind: &str, body: &Value) -> Audience {
    let told = body
        .get("audience")
        .or_else(|| body.pointer("/evidence/audience"))
        .and_then(Value::as_str)
        .and_then(Audience::parse);
    let by_kind =
        |table: &[(&str, Audience)], kind: &str| table.iter().find(|(k, _)| *k == kind).map(|(_, audience)| *audience);
    told.or_else(|| by_kind(KINDS, kind))
        .or_else(|| by_kind(STREAMS, stream_kind))
        .unwrap_or(Audience::Desk)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nobody_thought_of_stays_at_the_desk() {
        let body = serde_json::json!({});
        assert_eq!(of_event("secret", "secret.made", &body), Audience::Desk);
        assert_eq!(of_event("obligation", "obligation.noted", &body), Audience::Desk);
        assert!(!has_entries("person") && !has_entries("return"));
    }

    #[test]
    fn a_body_says_who_may_see_it() {
        let note = serde_json::json!({ "audience": "participants" });
        assert_eq!(
            of_event("obligation", "obligation.noted", &note),
            Audience::Participants
        );
        let evidence = serde_json::json!({ "evidence": { "audience": "desk" } });
        assert_eq!(
            of_event("obligation", "obligation.evidence_recorded", &evidence),
            Audience::Desk
        );
        assert_eq!(
            of_event("task", "task.entered", &serde_json::json!({})),
            Audience::Public
        );
    }
}
