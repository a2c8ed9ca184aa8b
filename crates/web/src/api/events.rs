//! The public feed by program.

use crate::{
    Answer, Asking, Json, Web,
    api::DEFAULT_LIMIT,
    asked::{Parameter, Values, parameter},
    asking::wrong_parameter,
};
use axum::extract::State;
use ledger::{Checkpoint, Position};
use platform::{history::query as history, notice::feed::public_after, question::Window};
use serde::Serialize;
use utoipa::ToSchema;

/// An entry of the public feed.
#[derive(Debug, Serialize, ToSchema)]
pub struct EventView {
    /// Place in the log; give the greatest you have as `after`.
    position: i64,
    /// The object: `obligation/first-28-500000`.
    stream: String,
    /// Kind of event.
    kind: String,
    /// Instant of recording.
    at: String,
    /// The day from which the fact holds.
    effective: String,
    /// Code of the place; null where none.
    place: Option<String>,
    /// Id of the body; null where none.
    organization: Option<String>,
    /// Id of the task; null where none.
    task: Option<String>,
    /// Number of the measure; null where none.
    measure: Option<String>,
    /// What was recorded, as far as everybody may see it.
    body: serde_json::Value,
    /// The entry that this one takes back; null where none.
    corrects: Option<i64>,
    /// The entry by which this one was taken back; null where none.
    corrected_by: Option<i64>,
    /// Whether it is illustrative.
    demo: bool,
}

/// The public feed, the oldest first.
#[derive(Debug, Serialize, ToSchema)]
pub struct EventsView {
    /// Entries.
    items: Vec<EventView>,
    /// What to give as `after` for the next ones; null where these are all.
    next: Option<i64>,
    /// How many there are after `after`.
    total: u64,
    /// Signed heads of the log after `after`, up to the last entry here, or all of them where these are all.
    checkpoints: Vec<CheckpointView>,
}

/// Where the log stood, signed: nothing up to there can have been changed since without being found.
#[derive(Debug, Serialize, ToSchema)]
pub struct CheckpointView {
    /// Place of the event.
    position: i64,
    /// Its hash, hexadecimal: SM3, then SHA-256.
    hash: String,
    /// When it was recorded.
    at: String,
    /// Over `biaochi checkpoint`, position, hash and instant, each on its line: Ed25519 and SM2, and which keys signed.
    #[schema(value_type = Object)]
    signature: serde_json::Value,
}

impl From<Checkpoint> for CheckpointView {
    fn from(checkpoint: Checkpoint) -> Self {
        let signature = checkpoint.signature;
        Self {
            position: checkpoint.position.0,
            hash: checkpoint.hash,
            at: checkpoint.at.to_string(),
            signature: serde_json::from_str(&signature).unwrap_or(serde_json::Value::String(signature)),
        }
    }
}

/// The signed heads, and the keys by which anybody checks them.
#[derive(Debug, Serialize, ToSchema)]
pub struct CheckpointsView {
    /// By position, the oldest first.
    items: Vec<CheckpointView>,
    /// The public keys of this installation: `ed25519`, `sm2`, `key_id`.
    #[schema(value_type = Object)]
    keys: serde_json::Value,
}

/// `GET /checkpoints`.
pub async fn checkpoints(State(web): State<Web>) -> Answer<Json<CheckpointsView>> {
    let keys = web.platform.keys().signing().public_keys();
    Ok(Json(CheckpointsView {
        items: signed(&web, Position::START, None).await?,
        keys: serde_json::to_value(keys).map_err(|e| crate::Failure::broken(e.to_string()))?,
    }))
}

async fn signed(web: &Web, after: Position, until: Option<i64>) -> Answer<Vec<CheckpointView>> {
    let kept = web.platform.ledger().checkpoints().await?;
    let within = |c: &Checkpoint| c.position > after && until.is_none_or(|until| c.position.0 <= until);
    Ok(kept.into_iter().filter(within).map(CheckpointView::from).collect())
}

/// What the feed can be asked for.
pub const FILTERS: &[Parameter] = &[
    parameter(
        "after",
        Values::Whole(0),
        "Events after this position; from the first without it",
    ),
    parameter("limit", Values::Whole(1), "Events at once, at most 200; 50 without it"),
];

/// `GET /events`.
pub async fn events(asking: Asking, State(web): State<Web>) -> Answer<Json<EventsView>> {
    let limit = asking.parameter::<u32>("limit")?.unwrap_or(DEFAULT_LIMIT);
    if !(1..=super::GREATEST_LIMIT).contains(&limit) {
        return Err(wrong_parameter("limit", &limit.to_string()));
    }
    let after = Position(asking.parameter::<i64>("after")?.unwrap_or(0).max(0));
    let entries = public_after(&web.platform, after, limit).await?;
    let beyond = history::Filter {
        since: Some(after),
        ..history::Filter::default()
    };
    let total = history::feed(&web.platform, &beyond, &Window::of(1)).await?.total;
    let some = |text: String| (!text.is_empty()).then_some(text);
    let items: Vec<EventView> = entries
        .into_iter()
        .map(|e| EventView {
            position: e.position.0,
            stream: e.stream,
            kind: e.kind,
            at: e.at.to_string(),
            effective: e.effective.to_string(),
            place: some(e.place),
            organization: some(e.organization),
            task: some(e.task),
            measure: some(e.measure),
            body: e.body,
            corrects: e.corrects.map(|c| c.corrects.0),
            corrected_by: e.corrected_by.map(|c| c.position.0),
            demo: e.demo,
        })
        .collect();
    let next = items
        .last()
        .filter(|_| items.len() == limit as usize)
        .map(|e| e.position);
    Ok(Json(EventsView {
        checkpoints: signed(&web, after, next).await?,
        total: u64::try_from(total).unwrap_or_default(),
        next,
        items,
    }))
}
