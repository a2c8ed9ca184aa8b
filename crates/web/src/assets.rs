//! Styles, islands and icons, carried inside the program. A build for development reads them from the disk.

use axum::{
    extract::Path,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use rust_embed::RustEmbed;
use std::borrow::Cow;

#[derive(RustEmbed)]
#[folder = "../../ui/dist"]
#[allow_missing = true]
struct Bundle;

#[derive(RustEmbed)]
#[folder = "../../ui/icons"]
#[allow_missing = true]
struct Icons;

/// The style sheet of last resort, where the styles have not been built.
const PLAIN: &str = include_str!("assets/plain.css");
/// The mark, for the tab of the browser.
const MARK: &str = include_str!("assets/mark.svg");

/// The file that a name stands for.
fn file(name: &str) -> Option<(Cow<'static, [u8]>, [u8; 32])> {
    if let Some(icon) = name.strip_prefix("icons/") {
        return Icons::get(icon).map(|f| (f.data.clone(), f.metadata.sha256_hash()));
    }
    if let Some(found) = Bundle::get(name) {
        return Some((found.data.clone(), found.metadata.sha256_hash()));
    }
    let own = match name {
        "biaochi.css" => PLAIN,
        "mark.svg" => MARK,
        _ => return None,
    };
    use sha2::Digest as _;
    Some((
        Cow::Borrowed(own.as_bytes()),
        sha2::Sha256::digest(own.as_bytes()).into(),
    ))
}

/// The address of a file, with a part that changes with its content; nothing where there is no such file.
///
/// ```
/// assert!(web::assets::address("biaochi.css").is_some_and(|a| a.starts_with("/assets/")));
/// assert_eq!(web::assets::address("nothing.css"), None);
/// ```
pub fn address(name: &str) -> Option<String> {
    let (_, hash) = file(name)?;
    Some(format!("/assets/{}/{name}", short(&hash)))
}

/// Says in the log that the styles have not been built into this program: no page says so.
pub(crate) fn tell_unbuilt() {
    if Bundle::get("biaochi.css").is_none() {
        tracing::warn!("styles not built: cd ui && npm ci && npm run build; pages go out in plain ones");
    }
}

/// What changes when styles or islands change, for the validators of pages.
pub fn fingerprint() -> String {
    ["biaochi.css", "biaochi.js"]
        .iter()
        .filter_map(|name| file(name))
        .map(|(_, hash)| short(&hash))
        .collect()
}

fn short(hash: &[u8]) -> String {
    crate::extract::hex(hash.get(..6).unwrap_or(hash))
}

/// Answers `/assets/{hash}/{name}`. With the hash of the content as it is, a copy may be kept for a year.
pub(crate) async fn serve(Path((hash, name)): Path<(String, String)>) -> Response {
    let Some((data, found)) = file(&name) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let kept = if hash == short(&found) {
        "public, max-age=31536000, immutable"
    } else {
        "public, max-age=0, must-revalidate"
    };
    let kind = match name.rsplit('.').next() {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("woff2") => "font/woff2",
        Some("json" | "map") => "application/json",
        _ => "application/octet-stream",
    };
    (
        [
            (header::CONTENT_TYPE, HeaderValue::from_static(kind)),
            (header::CACHE_CONTROL, HeaderValue::from_static(kept)),
        ],
        data,
    )
        .into_response()
}

/// Answers `/favicon.ico`, which browsers ask for whatever a page says.
pub(crate) async fn favicon() -> Response {
    (
        [
            (header::CONTENT_TYPE, HeaderValue::from_static("image/svg+xml")),
            (header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=86400")),
        ],
        MARK,
    )
        .into_response()
}
