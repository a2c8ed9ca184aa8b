//! What stands before every handler: how often a reader may ask, the row's access, and for public reads the validator
//! that spares the work.

use crate::{
    asked,
    asking::Asking,
    extract::{digest, hex},
    problem::Failure,
    rate::{Doing, Whose},
    route::{Access, Kind, Row, Verb},
    session::Came,
    state::Web,
};
use axum::{
    body::{Body, to_bytes},
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Redirect, Response},
};
use ledger::Position;
use platform::{
    history::query as history,
    people,
    refusal::{Manner, Refusal},
    rights::{Action, second_factor_demanded},
};
use sha2::{Digest, Sha256};

/// Largest body of a call of the API that carries an `Idempotency-Key`, which is read whole for its digest.
const DIGESTED: usize = 1024 * 1024;
/// Whoever has come without the second factor that is demanded sets it up here, or leaves by `/sign-out`.
const WITHOUT_FACTOR: [&str; 5] = [
    "/account",
    "/account/password",
    "/account/second-factor",
    "/account/second-factor/confirm",
    "/account/sessions/end",
];

pub(crate) async fn guard(State((web, row)): State<(Web, Row)>, mut request: Request, next: Next) -> Response {
    let Some(mut asking) = request.extensions().get::<Asking>().cloned() else {
        let mut response = next.run(request).await;
        response.extensions_mut().insert(row);
        return response;
    };
    if row.kind.is_for_programs() && !asking.for_programs {
        asking.for_programs = true;
        request.extensions_mut().insert(asking.clone());
    }
    let mut response = match admit(&web, &row, &asking).and_then(|()| asked::check(&row, &asking)) {
        Err(failure) => refuse(&row, &asking, failure),
        Ok(()) => match settled(&web, &row, &asking).await {
            Ok(true) => pass(&web, &row, asking, request, next).await,
            Ok(false) if asking.for_programs => {
                Failure::from(Refusal::rule("web/must_change", "").manner(Manner::Forbidden)).into_response()
            }
            Ok(false) => asking.go("/account/password").into_response(),
            Err(failure) => failure.into_response(),
        },
    };
    response.extensions_mut().insert(row);
    response
}

/// Whether the reader may ask once more: a person wherever they are, everybody else by the address from which they come.
/// Within the process there is no address, and nobody to be kept back.
pub(crate) fn within_limits(web: &Web, asking: &Asking) -> Result<(), Failure> {
    let whose = match asking.actor() {
        Some(actor) => Whose::Person(actor.person.0.clone()),
        None => match asking.address.parse() {
            Ok(address) => Whose::at(address),
            Err(_) => return Ok(()),
        },
    };
    let doing = match asking.method {
        Method::GET | Method::HEAD | Method::OPTIONS => Doing::Reading,
        _ => Doing::Writing,
    };
    web.limits.take(whose, doing, asking.now).map_err(|seconds| {
        Refusal::rule("web/too_many", "")
            .with("seconds", seconds.to_string())
            .manner(Manner::TooMany)
            .into()
    })
}

/// Whether the row lets the reader in at all.
fn admit(web: &Web, row: &Row, asking: &Asking) -> Result<(), Failure> {
    match (row.access, asking.actor()) {
        (Access::Public, _) => Ok(()),
        (_, Some(actor)) if web.platform.rights().factor_due(actor) && !WITHOUT_FACTOR.contains(&row.path) => {
            Err(second_factor_demanded().into())
        }
        (Access::SignedIn, Some(_)) => Ok(()),
        (Access::SignedIn, None) => Err(sign_in(None)),
        (Access::Right(action), None) => Err(sign_in(Some(action))),
        (Access::Right(action), Some(_)) if asking.can(web, action) => Ok(()),
        (Access::Right(action), Some(_)) => Err(Refusal::rule("rights/missing", "")
            .with("right", action.id())
            .manner(Manner::Forbidden)
            .into()),
    }
}

/// Whether the reader has done what comes before everything else: a password that was given must be changed first.
async fn settled(web: &Web, row: &Row, asking: &Asking) -> Result<bool, Failure> {
    if row.access == Access::Public || row.path == "/account/password" {
        return Ok(true);
    }
    let Some(Came::Session(token)) = &asking.came else {
        return Ok(true);
    };
    let standing = people::session::standing(&web.platform, &token.0).await?;
    Ok(standing.is_none_or(|s| !s.must_change))
}

fn sign_in(action: Option<Action>) -> Failure {
    let refusal = Refusal::rule("rights/sign_in", "").manner(Manner::Anonymous);
    match action {
        Some(action) => refusal.with("right", action.id()).into(),
        None => refusal.into(),
    }
}

/// A page that asks for a name sends its reader to the door, and back afterwards.
fn refuse(row: &Row, asking: &Asking, failure: Failure) -> Response {
    let to_the_door = failure.status() == StatusCode::UNAUTHORIZED
        && row.verb == Verb::Get
        && matches!(row.kind, Kind::Page | Kind::File)
        && !asking.for_programs;
    if to_the_door {
        let back = crate::links::encoded(&asking.links.here());
        return Redirect::to(&asking.lang.path(&format!("/sign-in?next={back}"))).into_response();
    }
    failure.into_response()
}

async fn pass(web: &Web, row: &Row, asking: Asking, request: Request, next: Next) -> Response {
    if !row.is_cacheable() {
        if row.upload && declared(request.headers()).is_some_and(|length| length > upload_limit(web)) {
            // Told before anything of it is read.
            return Failure::from(Refusal::wrong("web/too_large").manner(Manner::TooLarge)).into_response();
        }
        if row.upload {
            // Not read whole for a digest: the file's own is its key.
            return next.run(request).await;
        }
        let request = match with_key(asking, request).await {
            Ok(request) => request,
            Err(failure) => return failure.into_response(),
        };
        return next.run(request).await;
    }
    let validator = match last_seen(web, &asking).await {
        Ok(position) => validator(web, &asking, position, request.headers()),
        Err(failure) => return failure.into_response(),
    };
    if request
        .headers()
        .get(header::IF_NONE_MATCH)
        .is_some_and(|seen| names(seen, &validator))
    {
        return with_validator(StatusCode::NOT_MODIFIED.into_response(), &validator);
    }
    let response = next.run(request).await;
    if response.status() == StatusCode::OK {
        with_validator(response, &validator)
    } else {
        response
    }
}

/// How long the body says it is.
fn declared(headers: &HeaderMap) -> Option<u64> {
    headers.get(header::CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

/// Most bytes of a form with a file.
pub(crate) fn upload_limit(web: &Web) -> u64 {
    web.platform
        .settings()
        .file_limit
        .saturating_add(crate::uploads::FIELDS as u64)
}

/// Place of the last event that may change what the reader sees: of everything for whoever is signed in, of what everybody
/// sees for all others, so that what happens among participants makes no public copy worthless.
async fn last_seen(web: &Web, asking: &Asking) -> Result<Position, Failure> {
    if asking.actor().is_some() {
        Ok(web.platform.ledger().head().await?.0)
    } else {
        Ok(history::last_for_everybody(&web.platform).await?)
    }
}

/// The validator of a public read: it changes with what the reader may see of the log, the day, the build and the address.
fn validator(web: &Web, asking: &Asking, position: Position, headers: &HeaderMap) -> String {
    let mut hash = Sha256::new();
    let accept = headers.get(header::ACCEPT).map_or(&b""[..], HeaderValue::as_bytes);
    let reader = asking.actor().map_or_else(String::new, |a| {
        let sight = asking.reader.sight(web.platform.rights());
        let scopes = a.scopes.as_ref().map_or_else(String::new, |s| s.join(","));
        format!(
            "{}|{}|{}|{scopes}|{}",
            a.person.0,
            a.second_factor,
            sight.class(),
            asking.unread
        )
    });
    let parts = [
        position.0.to_string(),
        asking.lang.code().to_owned(),
        reader,
        web.build.to_owned(),
        crate::assets::fingerprint(),
        asking.reader.today.to_string(),
        asking.reader.as_of.date.to_string(),
        asking.reader.as_of.known.min(position).0.to_string(),
        format!("{:?}", asking.display),
        asking.links.here(),
    ];
    for part in &parts {
        hash.update(part.as_bytes());
        hash.update([0]);
    }
    hash.update(accept);
    format!("W/\"{}\"", hex(&hash.finalize()[..12]))
}

/// Whether `If-None-Match` names the validator (or `*`).
fn names(seen: &HeaderValue, validator: &str) -> bool {
    seen.to_str()
        .is_ok_and(|seen| seen.split(',').any(|one| one.trim() == validator || one.trim() == "*"))
}

fn with_validator(mut response: Response, validator: &str) -> Response {
    if let Ok(value) = HeaderValue::from_str(validator) {
        response.headers_mut().insert(header::ETAG, value);
    }
    response
}

/// A request that carries an `Idempotency-Key` is digested, so that the key cannot be used for another.
async fn with_key(mut asking: Asking, request: Request) -> Result<Request, Failure> {
    let Some(key) = request.headers().get("idempotency-key") else {
        return Ok(request);
    };
    let key = key
        .to_str()
        .ok()
        .filter(|k| (1..=200).contains(&k.len()))
        .ok_or_else(|| Refusal::wrong("web/idempotency_key"))?
        .to_owned();
    let (parts, body) = request.into_parts();
    let body = to_bytes(body, DIGESTED)
        .await
        .map_err(|_| Refusal::wrong("web/too_large").manner(Manner::TooLarge))?;
    let path = format!("{} {}", parts.method, parts.uri.path());
    asking.idempotency = Some((key, digest(&path, &body)));
    let mut request = Request::from_parts(parts, Body::from(body));
    request.extensions_mut().insert(asking);
    Ok(request)
}
