//! Health, readiness and metrics.

use crate::{route::Row, state::Web};
use axum::{
    extract::State,
    http::{HeaderValue, Method, StatusCode, header},
    response::{IntoResponse, Response},
};
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use std::{
    sync::{
        OnceLock,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

static HANDLE: OnceLock<Option<PrometheusHandle>> = OnceLock::new();
static ANSWERED: AtomicU64 = AtomicU64::new(0);
/// Samples are folded together after so many answers, also where nobody asks for the metrics.
const UPKEEP_EVERY: u64 = 4096;
/// Bounds of the histogram of answer times, in seconds.
const BUCKETS: [f64; 10] = [0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 3.0, 10.0];

/// Makes the metrics of this process collectable; once, whoever asks first.
pub(crate) fn install() {
    let _handle = HANDLE.get_or_init(|| {
        PrometheusBuilder::new()
            .set_buckets(&BUCKETS)
            .ok()?
            .install_recorder()
            .ok()
    });
}

/// Counts an answer.
pub(crate) fn note(method: &Method, row: Option<&Row>, status: StatusCode, took: Duration) {
    let route = row.map_or("unknown", |row| row.name);
    let method = match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        _ => "other",
    };
    metrics::counter!("http_answers_total", "route" => route, "method" => method, "status" => status.as_u16().to_string()).increment(1);
    metrics::histogram!("http_answer_seconds", "route" => route).record(took.as_secs_f64());
    if ANSWERED.fetch_add(1, Ordering::Relaxed) % UPKEEP_EVERY == UPKEEP_EVERY - 1
        && let Some(Some(handle)) = HANDLE.get()
    {
        handle.run_upkeep();
    }
}

/// `/healthz`: the process answers.
pub(crate) async fn health() -> &'static str {
    "ok\n"
}

/// `/readyz`: the database answers. Where the log stands is not for everybody: it counts what they may not see.
pub(crate) async fn ready(State(web): State<Web>) -> Response {
    match web.platform.ledger().head().await {
        Ok(_) => "ready\n".into_response(),
        Err(error) => {
            tracing::error!(%error, "not ready");
            (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n").into_response()
        }
    }
}

/// `/metrics`: the text format of Prometheus.
pub(crate) async fn metrics(State(web): State<Web>) -> Response {
    if let Ok((position, _)) = web.platform.ledger().head().await {
        metrics::gauge!("ledger_position").set(position.0 as f64);
    }
    let text = HANDLE
        .get()
        .and_then(Option::as_ref)
        .map(PrometheusHandle::render)
        .unwrap_or_default();
    (
        [(
            header::CONTENT_TYPE,
            HeaderValue::from_static("text/plain; version=0.0.4; charset=utf-8"),
        )],
        text,
    )
        .into_response()
}
