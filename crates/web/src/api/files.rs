//! Files for entries, and the evidence that has them.

use super::{Listing, Text};
use crate::{
    Answer, Asking, Json, Path, Web,
    asked::{Parameter, Values, parameter},
    asking::wrong_parameter,
    pages,
};
use axum::{body::Body, extract::State, http::StatusCode, response::IntoResponse};
use platform::{
    obligation::query::{self, EvidenceRow},
    upload::{Attachment, take::take},
};
use serde::Serialize;
use utoipa::ToSchema;

/// A file of an entry.
#[derive(Debug, Serialize, ToSchema)]
pub struct FileView {
    /// SHA-256 of its content, hexadecimal; what `files` of an action names.
    sha256: String,
    /// Under which name it was sent.
    name: String,
    /// Bytes.
    size: u64,
    /// Media type, by its content.
    media: String,
    /// Where it can be had, once it belongs to an entry.
    #[serde(skip_serializing_if = "Option::is_none")]
    href: Option<String>,
}

impl FileView {
    fn of(file: Attachment, position: Option<i64>) -> Self {
        Self {
            href: position.map(|position| pages::file::path(position, &file)),
            sha256: file.sha256,
            name: file.name,
            size: file.size,
            media: file.media,
        }
    }
}

/// A piece of evidence.
#[derive(Debug, Serialize, ToSchema)]
pub struct EvidenceView {
    /// Place of its entry in the log.
    position: i64,
    /// `seat`, `comments`, `data`, `draft`, `standard`, `activity`, `study`, `agreement`, `other`.
    kind: String,
    title: Text,
    /// Null where unknown (编号待补) or none.
    designation: Option<String>,
    published: Option<String>,
    reported: Option<String>,
    /// Where it is written, as one would cite it.
    citation: String,
    link: Option<String>,
    line: Option<String>,
    files: Vec<FileView>,
    /// `desk`, `participants`, `public`.
    audience: String,
    demo: bool,
}

impl From<EvidenceRow> for EvidenceView {
    fn from(e: EvidenceRow) -> Self {
        let position = e.position;
        Self {
            position,
            kind: e.kind,
            title: (&e.title).into(),
            designation: e.designation,
            published: e.published.map(|day| day.to_string()),
            reported: e.reported.map(|day| day.to_string()),
            citation: e.citation,
            link: e.link,
            line: e.line,
            files: e
                .files
                .into_iter()
                .map(|file| FileView::of(file, Some(position)))
                .collect(),
            audience: e.audience,
            demo: e.demo,
        }
    }
}

/// `GET /obligations/{id}/evidence`: as far as the reader may see it, oldest first.
pub async fn evidence(
    asking: Asking,
    State(web): State<Web>,
    Path(id): Path<String>,
) -> Answer<Json<Listing<EvidenceView>>> {
    // What cannot be seen has no evidence either.
    query::obligation(&web.platform, &asking.reader, &id).await?;
    let rows = query::evidence(&web.platform, &asking.reader, &id).await?;
    let all = rows.into_iter().map(EvidenceView::from).collect();
    Ok(Json(Listing::cut(&asking, all, |one| one.position.to_string())?))
}

/// What goes with a file.
pub const NAME: &[Parameter] = &[parameter("name", Values::Text, "The name of the file")];

/// `POST /files?name=`: the body is the file. It waits a day for the action that names it.
pub async fn send(asking: Asking, State(web): State<Web>, body: Body) -> Answer<impl IntoResponse> {
    let name = asking
        .links
        .get("name")
        .ok_or_else(|| wrong_parameter("name", ""))?
        .to_owned();
    let content = body.into_data_stream();
    let file = take(&web.platform, &asking.context(), None, &name, content).await?;
    Ok((StatusCode::CREATED, Json(FileView::of(file, None))))
}
