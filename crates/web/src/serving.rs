//! The router, made from the table alone, and what surrounds every answer: frame, headers, log, metrics.

use crate::{
    asking::Asking,
    assets, guard, layout,
    page::Page,
    problem::{self, Failure},
    route::{Access, Kind, Row},
    routes,
    state::Web,
    watching,
};
use axum::{
    Router,
    extract::{DefaultBodyLimit, Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    middleware::{Next, from_fn_with_state},
    response::{IntoResponse, Response},
};
use std::time::{Duration, Instant};
use tower_http::{catch_panic::CatchPanicLayer, compression::CompressionLayer, csrf::CsrfLayer, timeout::TimeoutLayer};

/// Largest body of a form or a call of the API.
const BODY_LIMIT: usize = 1024 * 1024;
/// After this long a request is given up; long work is a job.
const TIME_LIMIT: Duration = Duration::from_secs(30);
/// A file may take its time over a slow line.
const UPLOAD_TIME_LIMIT: Duration = Duration::from_secs(15 * 60);
/// The policy for what a page may load and run: nothing but our own files; no inline style or script.
pub const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// The server's whole behaviour. Every route comes from [`routes::table`].
pub fn router(web: Web) -> Router {
    watching::install();
    assets::tell_unbuilt();
    let upload = usize::try_from(guard::upload_limit(&web)).unwrap_or(usize::MAX);
    let mut router = Router::new();
    for route in routes::table() {
        let (limit, time) = if route.row.upload {
            (upload, UPLOAD_TIME_LIMIT)
        } else {
            (BODY_LIMIT, TIME_LIMIT)
        };
        let guarded = route
            .handler
            .layer(DefaultBodyLimit::max(limit))
            .layer::<_, std::convert::Infallible>(from_fn_with_state((web.clone(), route.row), guard::guard))
            .layer::<_, std::convert::Infallible>(TimeoutLayer::with_status_code(
                StatusCode::SERVICE_UNAVAILABLE,
                time,
            ));
        for path in route.row.paths() {
            router = router.route(&path, guarded.clone());
        }
    }
    let base = web.platform.settings().base_url.clone();
    let csrf = CsrfLayer::new().add_trusted_origin(base).unwrap_or_default();
    router
        .fallback(unseen)
        .layer(csrf)
        .layer(CatchPanicLayer::custom(panicked))
        .layer(from_fn_with_state(web.clone(), serve))
        .layer(CompressionLayer::new())
        .with_state(web)
}

async fn unseen() -> Failure {
    Failure::unseen()
}

/// What a handler that panicked answers.
fn panicked(reason: Box<dyn std::any::Any + Send>) -> Response {
    let what = reason
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| reason.downcast_ref::<&str>().copied())
        .unwrap_or("a panic without words");
    Failure::broken(format!("panicked: {what}")).into_response()
}

/// The outermost hand: reads who asks, draws the frame, sets headers, counts.
async fn serve(State(web): State<Web>, request: Request, next: Next) -> Response {
    let started = Instant::now();
    let (mut parts, body) = request.into_parts();
    let id = request_id(&parts.headers);
    let method = parts.method.clone();
    if is_bare(parts.uri.path()) {
        let mut response = next.run(Request::from_parts(parts, body)).await;
        let row = response.extensions().get::<Row>().copied();
        if response.extensions().get::<Failure>().is_some() {
            response.headers_mut().insert(
                header::CONTENT_TYPE,
                HeaderValue::from_static("text/plain; charset=utf-8"),
            );
        }
        dress(&web, &mut response, row.as_ref(), false);
        watching::note(&method, row.as_ref(), response.status(), started.elapsed());
        return response;
    }
    let (asking, failure) = Asking::of(&web, &parts, &id).await;
    parts.extensions.insert(asking.clone());
    let failure = guard::within_limits(&web, &asking).err().or(failure);
    let response = match failure {
        Some(failure) => failure.into_response(),
        None => next.run(Request::from_parts(parts, body)).await,
    };
    let row = response.extensions().get::<Row>().copied();
    let mut response = framed(&web, &asking, row.as_ref(), response);
    dress(&web, &mut response, row.as_ref(), asking.came.is_some());
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert("x-request-id", value);
    }
    watching::note(&method, row.as_ref(), response.status(), started.elapsed());
    tracing::info!(
        request = %id,
        method = %method,
        route = row.map_or("-", |r| r.name),
        status = response.status().as_u16(),
        milliseconds = started.elapsed().as_secs_f64() * 1000.0,
        "answered"
    );
    response
}

/// Addresses that are answered alike to everybody: no session is looked up for them.
fn is_bare(path: &str) -> bool {
    routes::rows()
        .iter()
        .any(|row| row.kind == Kind::Asset && row.matches(path))
}

/// Draws the frame of a page, or tells a failure.
fn framed(web: &Web, asking: &Asking, row: Option<&Row>, mut response: Response) -> Response {
    let mut asking = asking.clone();
    if let Some(row) = row {
        asking.for_programs |= row.kind.is_for_programs();
    }
    if let Some(page) = response.extensions_mut().remove::<Page>() {
        let mut drawn = layout::page(web, &asking, &page).into_response();
        *drawn.status_mut() = page.status;
        keep_headers(&mut drawn, response.headers());
        return drawn;
    }
    let failure = response.extensions_mut().remove::<Failure>().or_else(|| {
        let wordless = !response.headers().contains_key(header::CONTENT_TYPE);
        let status = response.status();
        (wordless && (status.is_client_error() || status.is_server_error())).then(|| Failure::of_status(status))
    });
    let Some(failure) = failure else { return response };
    let mut told = problem::answer(web, &asking, &failure);
    if response.status() == StatusCode::METHOD_NOT_ALLOWED || response.status() == StatusCode::SERVICE_UNAVAILABLE {
        *told.status_mut() = response.status();
    }
    keep_headers(&mut told, response.headers());
    told
}

/// Headers that a handler has set stay.
fn keep_headers(drawn: &mut Response, set: &HeaderMap) {
    for (name, value) in set {
        if *name != header::CONTENT_TYPE && *name != header::CONTENT_LENGTH {
            drawn.headers_mut().append(name, value.clone());
        }
    }
}

/// Headers of every answer: what may run, who may frame, who may keep a copy.
fn dress(web: &Web, response: &mut Response, row: Option<&Row>, signed_in: bool) {
    let kept = match row {
        Some(row)
            if row.is_cacheable()
                && (response.status() == StatusCode::OK || response.status() == StatusCode::NOT_MODIFIED) =>
        {
            if signed_in {
                "private, max-age=0, must-revalidate"
            } else {
                "public, max-age=0, must-revalidate"
            }
        }
        Some(row) if row.access == Access::Public && row.kind == Kind::File => "private, max-age=0, must-revalidate",
        _ => "no-store",
    };
    let headers = response.headers_mut();
    // A file that somebody sent is kept on a shorter lead.
    let own_policy =
        row.is_some_and(|row| row.kind == Kind::File) && headers.contains_key(header::CONTENT_SECURITY_POLICY);
    let mut set = |name: HeaderName, value: &'static str| {
        headers.insert(name, HeaderValue::from_static(value));
    };
    if !own_policy {
        set(header::CONTENT_SECURITY_POLICY, POLICY);
    }
    set(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(header::X_FRAME_OPTIONS, "DENY");
    set(header::REFERRER_POLICY, "same-origin");
    set(
        HeaderName::from_static("permissions-policy"),
        "camera=(), geolocation=(), microphone=()",
    );
    set(HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    set(HeaderName::from_static("cross-origin-resource-policy"), "same-origin");
    if web.is_secure() {
        set(header::STRICT_TRANSPORT_SECURITY, "max-age=31536000");
    }
    if !headers.contains_key(header::CACHE_CONTROL) {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(kept));
    }
    if row.is_none_or(|row| row.kind != Kind::Asset) {
        headers.append(
            header::VARY,
            HeaderValue::from_static("cookie, authorization, accept, accept-language"),
        );
    }
}

/// The id that a proxy has given, where it is one, or a new one.
fn request_id(headers: &HeaderMap) -> String {
    headers
        .get("x-request-id")
        .and_then(|v| v.to_str().ok())
        .filter(|id| (8..=64).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-'))
        .map_or_else(|| uuid::Uuid::now_v7().to_string(), str::to_owned)
}
