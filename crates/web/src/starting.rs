//! Before the platform is ready the port answers already: what is being done, and when to come again. From then on the pages.

use crate::{
    asking::prefers_json,
    assets,
    problem::{self, Told},
    serving::{POLICY, router},
    state::Web,
    watching,
};
use axum::{
    Router,
    extract::{Path, Request, State},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use language::{Lang, t};
use ledger::Opening;
use maud::{DOCTYPE, Markup, html};
use platform::refusal::Refusal;
use serde_json::json;
use std::sync::{Arc, OnceLock};
use tokio::sync::watch;
use tower::ServiceExt;

/// After so many seconds one may ask again.
const AGAIN: u16 = 5;

/// What answers at the port: until the platform is ready a few words, from then on the pages. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Door {
    pages: Arc<OnceLock<Router>>,
    progress: watch::Receiver<Opening>,
}

impl Door {
    /// A door behind which this is being done.
    pub fn new(progress: watch::Receiver<Opening>) -> Self {
        Self {
            pages: Arc::default(),
            progress,
        }
    }

    /// The platform is ready: from now on its pages answer.
    pub fn open(&self, web: Web) {
        let _already_open = self.pages.set(router(web));
    }

    /// What stands at the port.
    pub fn router(self) -> Router {
        Router::new().fallback(enter).with_state(self)
    }
}

async fn enter(State(door): State<Door>, request: Request) -> Response {
    if let Some(pages) = door.pages.get() {
        let Ok(response) = pages.clone().oneshot(request).await;
        return response;
    }
    let doing = door.progress.borrow().clone();
    let path = request.uri().path();
    match path {
        "/healthz" => watching::health().await.into_response(),
        "/readyz" => later(format!("not ready: {}\n", in_short(&doing)).into_response()),
        _ => match path.strip_prefix("/assets/").and_then(|rest| rest.split_once('/')) {
            Some((hash, name)) => assets::serve(Path((hash.to_owned(), name.to_owned()))).await,
            None => waiting(&doing, &request),
        },
    }
}

/// What is being done, for operators and their programs.
fn in_short(progress: &Opening) -> String {
    match progress {
        Opening::Connecting => "reaching the database".to_owned(),
        Opening::Migrating => "bringing the tables up to date".to_owned(),
        Opening::Rebuilding(names) => format!("making rows again from the log: {}", names.join(", ")),
        Opening::Open => "entering what ships".to_owned(),
    }
}

/// What is being done, for people.
fn in_words(lang: Lang, progress: &Opening) -> String {
    match progress {
        Opening::Connecting => t!(lang, "starting-connecting"),
        Opening::Migrating => t!(lang, "starting-migrating"),
        Opening::Rebuilding(_) => t!(lang, "starting-rebuilding"),
        Opening::Open => t!(lang, "starting-entering"),
    }
}

/// Every other address.
fn waiting(doing: &Opening, request: &Request) -> Response {
    let path = request.uri().path();
    let is_api = path.starts_with("/api/v1/");
    let lang = if is_api {
        request
            .headers()
            .get(header::ACCEPT_LANGUAGE)
            .and_then(|value| value.to_str().ok())
            .and_then(Lang::of_accept_language)
            .unwrap_or_default()
    } else if path == "/en" || path.starts_with("/en/") {
        Lang::En
    } else {
        Lang::Zh
    };
    let refusal = Refusal::rule("web/starting", "")
        .with("doing", in_words(lang, doing))
        .with("seconds", AGAIN.to_string());
    let told = problem::tell_refusal(lang, &refusal);
    if is_api || prefers_json(request.headers()) {
        let document = json!({
            "type": format!("urn:biaochi:rule:{}", told.rule),
            "title": t!(lang, "refusal-title"),
            "status": StatusCode::SERVICE_UNAVAILABLE.as_u16(),
            "detail": format!("{} {}", told.what, told.next),
            "rule": { "id": told.rule, "source": told.source },
            "errors": [],
        });
        let kind = [(header::CONTENT_TYPE, "application/problem+json")];
        return later((kind, document.to_string()).into_response());
    }
    later(page(lang, &told).into_response())
}

fn page(lang: Lang, told: &Told) -> Markup {
    html! {
        (DOCTYPE)
        html lang=(lang.html_lang()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta http-equiv="refresh" content=(AGAIN);
                title { (t!(lang, "starting-title")) " · " (t!(lang, "frame-name")) }
                @if let Some(style) = assets::address("biaochi.css") { link rel="stylesheet" href=(style); }
            }
            body { div.layout.plain { main.content #main {
                h1 { (t!(lang, "starting-title")) }
                p role="status" { (told.what) }
                p { (told.next) }
                p.hint { (t!(lang, "refusal-rule")) " " code { (told.rule) } }
            } } }
        }
    }
}

/// Not now; this connection is not kept, so that the next request meets whatever answers then.
fn later(mut response: Response) -> Response {
    *response.status_mut() = StatusCode::SERVICE_UNAVAILABLE;
    let headers = response.headers_mut();
    headers.insert(header::RETRY_AFTER, HeaderValue::from(AGAIN));
    headers.insert(header::CONNECTION, HeaderValue::from_static("close"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    response
}
