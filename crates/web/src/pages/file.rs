//! A file of an entry, to keep: whoever may see the entry may have it, and for anybody else there is none.

use crate::{Answer, Asking, Failure, Path, Web};
use axum::{
    body::Body,
    extract::State,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use language::{Lang, t};
use ledger::{Position, files::Digest};
use maud::{Markup, html};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use platform::{
    obligation::event::Audience,
    upload::{Attachment, query::attached},
};

/// Nothing in a file that somebody sent may run, whatever a browser takes it for.
const POLICY: HeaderValue = HeaderValue::from_static("default-src 'none'; sandbox");

/// The address of a file, without a language.
pub(crate) fn path(position: i64, file: &Attachment) -> String {
    format!("/events/{position}/files/{}", file.sha256)
}

/// Files with their names, kinds and sizes, each a link.
pub(crate) fn list(asking: &Asking, position: i64, files: &[Attachment]) -> Markup {
    let lang = asking.lang;
    html! {
        @if !files.is_empty() {
            ul.files aria-label=(t!(lang, "file-list")) {
                @for file in files {
                    li {
                        a href=(asking.link(&path(position, file))) download="" { span lang=[crate::components::words::foreign(lang, file.shown())] { (file.shown()) } }
                        " " span.muted { (about(lang, file)) }
                    }
                }
            }
        }
    }
}

/// Kind and size of a file, in words.
pub(crate) fn about(lang: Lang, file: &Attachment) -> String {
    let kind = match file.media.as_str() {
        "application/pdf" => "PDF",
        "image/png" => "PNG",
        "image/jpeg" => "JPEG",
        "application/zip" => "ZIP",
        media if media.ends_with("wordprocessingml.document") => "DOCX",
        media if media.ends_with("spreadsheetml.sheet") => "XLSX",
        _ => "",
    };
    let size = language::file_size(lang, file.size);
    if kind.is_empty() {
        size
    } else {
        format!("{kind} · {size}")
    }
}

/// The file.
pub(crate) async fn download(
    asking: Asking,
    State(web): State<Web>,
    Path((position, digest)): Path<(i64, String)>,
) -> Answer<Response> {
    let (file, audience) = attached(&web.platform, &asking.reader, Position(position), &digest).await?;
    let kept = if audience == Audience::Public {
        "private, max-age=0, must-revalidate"
    } else {
        "no-store"
    };
    given(&web, &file, kept).await
}

/// A stored file, as it goes out; `kept` says how long a copy may stand in a browser.
pub(crate) async fn given(web: &Web, file: &Attachment, kept: &'static str) -> Answer<Response> {
    let store = web
        .platform
        .files()
        .ok_or_else(|| Failure::broken("there is no file store"))?;
    let digest = Digest::parse(&file.sha256)?;
    let content = store.get(&digest).await?;
    let media = if file.media.is_empty() {
        "application/octet-stream"
    } else {
        &file.media
    };
    let mut response = Body::from_stream(content.content).into_response();
    let headers = response.headers_mut();
    let text = |value: &str| HeaderValue::from_str(value).map_err(|e| Failure::broken(e.to_string()));
    headers.insert(header::CONTENT_TYPE, text(media)?);
    headers.insert(header::CONTENT_LENGTH, HeaderValue::from(content.size));
    headers.insert(header::CONTENT_DISPOSITION, text(&disposition(file.shown()))?);
    headers.insert(header::CONTENT_SECURITY_POLICY, POLICY);
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(kept));
    Ok(response)
}

/// `Content-Disposition` (RFC 6266): to keep, under this name.
pub(crate) fn disposition(name: &str) -> String {
    let plain: String = name
        .chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_') {
                c
            } else {
                '_'
            }
        })
        .collect();
    let whole = utf8_percent_encode(name, NON_ALPHANUMERIC);
    format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{whole}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_breaks_no_header() {
        assert_eq!(
            disposition("方案\"\r\n.pdf"),
            "attachment; filename=\"_____.pdf\"; filename*=UTF-8''%E6%96%B9%E6%A1%88%22%0D%0A%2Epdf"
        );
    }
}
