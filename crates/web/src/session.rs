//! The seam to signing in: from a cookie or a key to somebody, and the cookies themselves.

use crate::state::Web;
use axum::http::{HeaderMap, HeaderValue, header};
use platform::{context::Actor, people, refusal::Result};

/// The cookie that holds the secret of a session.
pub const SESSION_COOKIE: &str = "bc_session";
/// The cookie in which the islands keep contrast, theme and size of text: `contrast=more&text=large`.
pub const DISPLAY_COOKIE: &str = "display";

/// How somebody came in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Came {
    /// By a session cookie, whose secret this is.
    Session(Secret),
    /// By a personal key.
    Key,
}

/// A secret that prints as nothing.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(pub String);

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// Who asks, by what the headers carry; a Bearer key comes before a cookie. A secret that opens nothing is nobody.
pub async fn who(web: &Web, headers: &HeaderMap) -> Result<Option<(Actor, Came)>> {
    if let Some(key) = bearer(headers) {
        return Ok(people::actor_by_key(&web.platform, key)
            .await?
            .map(|actor| (actor, Came::Key)));
    }
    match cookie(headers, SESSION_COOKIE) {
        Some(secret) => {
            let actor = people::actor_by_session(&web.platform, &secret).await?;
            Ok(actor.map(|actor| (actor, Came::Session(Secret(secret)))))
        }
        None => Ok(None),
    }
}

/// The key of an `Authorization: Bearer` header.
pub fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, key) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then_some(key.trim())
}

/// The value of a cookie.
pub fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(n, _)| *n == name)
        .map(|(_, value)| value.to_owned())
}

/// The cookie that begins a session: not for scripts, not for other sites' forms; it ends with the browser, and the
/// platform ends the session when it has rested too long. Over TLS it insists on TLS.
pub fn begin(by_tls: bool, secret: &str) -> Option<HeaderValue> {
    let secure = if by_tls { "; Secure" } else { "" };
    HeaderValue::from_str(&format!(
        "{SESSION_COOKIE}={secret}; Path=/; HttpOnly; SameSite=Lax{secure}"
    ))
    .ok()
}

/// The cookie that ends a session in the browser.
pub fn end(by_tls: bool) -> Option<HeaderValue> {
    let secure = if by_tls { "; Secure" } else { "" };
    HeaderValue::from_str(&format!(
        "{SESSION_COOKIE}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax{secure}"
    ))
    .ok()
}
