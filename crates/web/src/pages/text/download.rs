//! A version in a format, to keep.

use crate::{Answer, Asking, Failure, Path, Web, pages::file::disposition};
use axum::{
    body::Body,
    extract::State,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use platform::{
    refusal::Refusal,
    text::{
        compile::Format,
        query::{self, TextVersion},
        workshop,
    },
};

/// What comes as a file is nothing that a browser would run.
const POLICY: HeaderValue =
    HeaderValue::from_static("default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox");

/// The file.
pub(crate) async fn file(
    asking: Asking,
    State(web): State<Web>,
    Path((id, extension)): Path<(String, String)>,
) -> Answer<Response> {
    let format = Format::parse(&extension).ok_or_else(Refusal::unseen)?;
    let version = query::version(&web.platform, &asking.reader, &id).await?;
    answer(&web, &version, format).await
}

/// A version in a format, as it goes out.
pub(crate) async fn answer(web: &Web, version: &TextVersion, format: Format) -> Answer<Response> {
    let content = workshop::file(&web.platform, version, format).await?;
    let mut response = Body::from(content).into_response();
    let headers = response.headers_mut();
    let text = |value: &str| HeaderValue::from_str(value).map_err(|e| Failure::broken(e.to_string()));
    let name = format!("{}-v{}.{}", version.title.zh, version.version, format.extension());
    headers.insert(header::CONTENT_TYPE, text(format.media())?);
    headers.insert(header::CONTENT_DISPOSITION, text(&disposition(&name))?);
    headers.insert(header::CONTENT_SECURITY_POLICY, POLICY);
    headers.insert(header::VARY, HeaderValue::from_static("accept"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}
