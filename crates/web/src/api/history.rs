//! History: what was recorded of an object, as far as the caller may see it.

use super::{Listing, window};
use crate::{Answer, Asking, Json, Path, Web, problem};
use axum::{
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use language::Lang;
use ledger::{Position, StreamName};
use platform::{
    correcting,
    history::query::{self, Entry, Filter, Who},
    obligation::{command, query as obligation},
    people::query::Display,
    refusal::Refusal,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// One recorded entry.
#[derive(Debug, Serialize, ToSchema)]
pub struct EntryView {
    /// Place in the log.
    position: i64,
    /// `obligation/first-28-500000`.
    object: String,
    /// Kind of event: `obligation.stage_recorded`.
    kind: String,
    /// When it was recorded.
    at: String,
    /// The day from which it holds.
    effective: String,
    /// Who recorded it: a role in a body, and the name for colleagues.
    who: WhoView,
    /// `desk`, `participants`, `public`.
    audience: &'static str,
    /// What was recorded.
    #[schema(value_type = Object)]
    body: serde_json::Value,
    /// The entry that this one takes back.
    #[serde(skip_serializing_if = "Option::is_none")]
    corrects: Option<i64>,
    /// The entry that takes this one back.
    #[serde(skip_serializing_if = "Option::is_none")]
    corrected_by: Option<i64>,
    demo: bool,
}

/// Who recorded an entry.
#[derive(Debug, Default, Serialize, ToSchema)]
pub struct WhoView {
    /// `system`, `person`.
    kind: &'static str,
    /// Name, for colleagues.
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    /// Role, for others.
    #[serde(skip_serializing_if = "Option::is_none")]
    role: Option<&'static str>,
    /// Body in which that role is held.
    #[serde(skip_serializing_if = "Option::is_none")]
    organization: Option<String>,
    /// That the name was removed.
    #[serde(skip_serializing_if = "Option::is_none")]
    removed: Option<RemovedView>,
}

/// That what was known of a person was removed.
#[derive(Debug, Serialize, ToSchema)]
pub struct RemovedView {
    /// The day.
    on: String,
    /// The rule; null where the log does not say.
    rule: Option<String>,
}

impl From<Who> for WhoView {
    fn from(who: Who) -> Self {
        match who {
            Who::System => Self {
                kind: "system",
                ..Self::default()
            },
            Who::Person { display, .. } => match display {
                Display::Name(name) => Self {
                    kind: "person",
                    name: Some(name),
                    ..Self::default()
                },
                Display::Role { role, organization } => Self {
                    kind: "person",
                    role: Some(role.id()),
                    organization: Some(organization),
                    ..Self::default()
                },
                Display::Removed { role, removed } => {
                    let (role, organization) = role.map_or((None, None), |(r, o)| (Some(r.id()), Some(o)));
                    Self {
                        kind: "person",
                        role,
                        organization,
                        removed: Some(RemovedView {
                            on: removed.on.to_string(),
                            rule: removed.ground.map(|ground| ground.source(Lang::Zh)),
                        }),
                        ..Self::default()
                    }
                }
                Display::Nobody => Self {
                    kind: "person",
                    ..Self::default()
                },
            },
        }
    }
}

impl From<Entry> for EntryView {
    fn from(entry: Entry) -> Self {
        Self {
            position: entry.position.0,
            object: entry.stream,
            kind: entry.kind,
            at: entry.at.to_string(),
            effective: entry.effective.to_string(),
            who: entry.who.into(),
            audience: entry.audience.id(),
            corrects: entry.corrects.map(|c| c.corrects.0),
            corrected_by: entry.corrected_by.map(|c| c.position.0),
            demo: entry.demo,
            body: entry.body,
        }
    }
}

/// `GET /obligations/{id}/history`, newest first.
pub async fn of_obligation(
    asking: Asking,
    State(web): State<Web>,
    Path(id): Path<String>,
) -> Answer<Json<Listing<EntryView>>> {
    obligation::obligation(&web.platform, &asking.reader, &id).await?;
    let filter = Filter {
        stream: Some(command::stream(&id)?),
        ..Filter::default()
    };
    let page = query::entries(&web.platform, &asking.reader, &filter, &window(&asking)?).await?;
    Ok(Json(Listing::of(page, EntryView::from)))
}

/// What was recorded in a stream after a version that somebody has seen, as far as the reader may see it.
pub(crate) async fn since(asking: &Asking, web: &Web, stream: StreamName, version: i64) -> Answer<Vec<Entry>> {
    let seen = web
        .platform
        .ledger()
        .stream(&stream)
        .await?
        .iter()
        .filter(|e| e.version.0 <= version)
        .map(|e| e.position)
        .max();
    let filter = Filter {
        stream: Some(stream),
        since: seen,
        ..Filter::default()
    };
    let window = platform::question::Window::of(super::DEFAULT_LIMIT);
    Ok(query::entries(&web.platform, &asking.reader, &filter, &window)
        .await?
        .items)
}

/// The problem document of a stale request, with what was recorded since in `changed`.
pub(crate) async fn stale(asking: &Asking, web: &Web, stream: StreamName, refusal: Refusal) -> Answer<Response> {
    let failure = crate::Failure::from(refusal);
    let mut document = problem::document(asking.lang, &asking.request, &failure);
    if let Some(seen) = asking.if_match {
        let entries = since(asking, web, stream, seen).await?;
        let views: Vec<EntryView> = entries.into_iter().map(EntryView::from).collect();
        document["changed"] = serde_json::to_value(views).map_err(|e| crate::Failure::broken(e.to_string()))?;
    }
    Ok((
        StatusCode::CONFLICT,
        [(header::CONTENT_TYPE, "application/problem+json")],
        document.to_string(),
    )
        .into_response())
}

/// Why an entry was wrong.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WrongEntry {
    /// In words.
    pub reason: String,
}

/// The entry that takes the other back.
#[derive(Debug, Serialize, ToSchema)]
pub struct CorrectedView {
    /// Its place in the log.
    position: i64,
    /// Whether it had been done before, under the same key.
    repeated: bool,
}

/// `POST /events/{position}/correction`. Obligations have their own action for it, outputs are taken back with their
/// evidence.
pub async fn correct(
    asking: Asking,
    State(web): State<Web>,
    Path(position): Path<i64>,
    Json(wrong): Json<WrongEntry>,
) -> Answer<Json<CorrectedView>> {
    let done = correcting::correct(&web.platform, &asking.context(), Position(position), &wrong.reason).await?;
    Ok(Json(CorrectedView {
        position: done.first.0,
        repeated: done.repeated.is_some(),
    }))
}
