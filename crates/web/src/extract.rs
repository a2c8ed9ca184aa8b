//! What comes in by path, query and body, as values; what cannot be read is told in the reader's language.

use crate::{asking::Asking, problem::Failure, state::Web};
use axum::{
    body::Bytes,
    extract::{FromRequest, FromRequestParts, Request, rejection::BytesRejection},
    http::{StatusCode, header, request::Parts},
};
use percent_encoding::percent_decode;
use platform::{
    context::Context,
    refusal::{Manner, Refusal},
};
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};

/// How JSON writes the mark that no database keeps.
const NUL: &[u8] = b"\\u0000";
/// The name of the hidden field by which a form that is sent twice is done once.
pub const ONCE: &str = "once";

/// Parameters of the path. One that cannot be read (`/tasks/seven`) is answered as something that does not exist.
#[derive(Debug, Clone, Copy)]
pub struct Path<T>(pub T);

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequestParts<S> for Path<T> {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Failure> {
        axum::extract::Path::<T>::from_request_parts(parts, state)
            .await
            .map(|axum::extract::Path(value)| Self(value))
            .map_err(|_| Refusal::unseen().into())
    }
}

/// The query as a value. Empty parameters count as absent, so that a filter form may leave fields blank.
///
/// For one parameter [`Asking::parameter`] gives the better message, since it can name it.
#[derive(Debug, Clone, Copy)]
pub struct Query<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Query<T> {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Failure> {
        let pairs: Vec<(String, String)> =
            serde_urlencoded::from_str(parts.uri.query().unwrap_or_default()).unwrap_or_default();
        read_pairs(pairs.into_iter().filter(|(_, value)| !value.is_empty()).collect())
            .map(Self)
            .map_err(|reason| Refusal::wrong("web/query").with("reason", reason).into())
    }
}

/// A form (`application/x-www-form-urlencoded`) as a value. Blank fields come as blank text.
#[derive(Debug, Clone)]
pub struct Form<T> {
    /// What was filled in.
    pub value: T,
    /// The form's key against being done twice, with the digest of what was filled in.
    once: Option<(String, String)>,
}

impl<T> Form<T> {
    /// The circumstances of the command that the form asks for.
    pub fn context(&self, asking: &Asking) -> Context {
        let mut context = asking.context();
        if context.idempotency.is_none() {
            context.idempotency.clone_from(&self.once);
        }
        context
    }
}

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Form<T> {
    type Rejection = Failure;

    async fn from_request(request: Request, state: &S) -> Result<Self, Failure> {
        let is_form = content_type(&request).is_some_and(|t| t == "application/x-www-form-urlencoded");
        let path = request.uri().path().to_owned();
        let body = bytes(request, state).await?;
        if !is_form && !body.is_empty() {
            return Err(Refusal::wrong("web/form")
                .with("reason", "application/x-www-form-urlencoded")
                .into());
        }
        // What is no text, or holds a mark that no database keeps, is refused whole rather than mended silently.
        let readable = percent_decode(&body)
            .decode_utf8()
            .is_ok_and(|text| !text.contains('\0'));
        if !readable {
            return Err(Refusal::wrong("web/form").with("reason", "UTF-8").into());
        }
        let pairs: Vec<(String, String)> = serde_urlencoded::from_bytes(&body)
            .map_err(|e| Refusal::wrong("web/form").with("reason", e.to_string()))?;
        let once = pairs
            .iter()
            .find(|(n, v)| n == ONCE && !v.is_empty())
            .map(|(_, v)| (v.clone(), digest(&path, &body)));
        let value = read_pairs(pairs).map_err(|reason| Refusal::wrong("web/form").with("reason", reason))?;
        Ok(Self { value, once })
    }
}

/// A form about one object: who sends it, and the object's id in the path.
#[derive(Debug)]
pub struct Sent<T> {
    /// The request.
    pub asking: Asking,
    /// The platform.
    pub web: Web,
    /// The parameter of the path.
    pub id: String,
    /// What was filled in.
    pub form: Form<T>,
}

impl<T: DeserializeOwned> FromRequest<Web> for Sent<T> {
    type Rejection = Failure;

    async fn from_request(request: Request, web: &Web) -> Result<Self, Failure> {
        let (mut parts, body) = request.into_parts();
        let asking = Asking::from_request_parts(&mut parts, web).await?;
        let Path(id) = Path::<String>::from_request_parts(&mut parts, web).await?;
        let form = Form::from_request(Request::from_parts(parts, body), web).await?;
        Ok(Self {
            asking,
            web: web.clone(),
            id,
            form,
        })
    }
}

/// A JSON body as a value.
#[derive(Debug, Clone, Copy)]
pub struct Json<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Json<T> {
    type Rejection = Failure;

    async fn from_request(request: Request, state: &S) -> Result<Self, Failure> {
        let is_json = content_type(&request).is_some_and(|t| t == "application/json" || t.ends_with("+json"));
        let body = bytes(request, state).await?;
        if !is_json {
            return Err(Refusal::wrong("web/not_json").into());
        }
        if let Some(at) = body.windows(NUL.len()).position(|window| window == NUL) {
            return Err(Refusal::wrong("web/json")
                .with("line", body[..at].split(|b| *b == b'\n').count().to_string())
                .with("column", (at + 1).to_string())
                .with("reason", "U+0000")
                .into());
        }
        serde_json::from_slice(&body).map(Self).map_err(|e| {
            Refusal::wrong("web/json")
                .with("line", e.line().to_string())
                .with("column", e.column().to_string())
                .with("reason", e.to_string())
                .into()
        })
    }
}

impl<T: serde::Serialize> axum::response::IntoResponse for Json<T> {
    fn into_response(self) -> axum::response::Response {
        axum::Json(self.0).into_response()
    }
}

/// The whole body; one that is too large is refused with the limit's name.
async fn bytes<S: Send + Sync>(request: Request, state: &S) -> Result<Bytes, Failure> {
    Bytes::from_request(request, state)
        .await
        .map_err(|rejection: BytesRejection| {
            if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE {
                Refusal::wrong("web/too_large").manner(Manner::TooLarge).into()
            } else {
                Refusal::wrong("web/body").into()
            }
        })
}

fn content_type(request: &Request) -> Option<String> {
    let value = request.headers().get(header::CONTENT_TYPE)?.to_str().ok()?;
    Some(value.split(';').next().unwrap_or(value).trim().to_ascii_lowercase())
}

/// A value from pairs, by way of their text, which is how serde reads numbers and options from words.
fn read_pairs<T: DeserializeOwned>(pairs: Vec<(String, String)>) -> Result<T, String> {
    let text = serde_urlencoded::to_string(pairs).map_err(|e| e.to_string())?;
    serde_urlencoded::from_str(&text).map_err(|e| e.to_string())
}

/// The digest by which the same request is known again.
pub(crate) fn digest(path: &str, body: &[u8]) -> String {
    let mut hash = Sha256::new();
    hash.update(path.as_bytes());
    hash.update([0]);
    hash.update(body);
    hex(&hash.finalize())
}

/// Bytes in hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        use std::fmt::Write as _;
        let _infallible = write!(text, "{byte:02x}");
        text
    })
}
