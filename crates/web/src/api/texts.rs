//! Texts: the versions of an obligation's standard, each in every format, compared, put up with its findings, published.

use super::{Listing, Text};
use crate::{
    Answer, Asking, Failure, Json, Path, Web,
    asked::{Parameter, Values, parameter},
    pages::text,
};
use axum::{
    body::{Body, to_bytes},
    extract::State,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use document::finding::Report;
use platform::{
    obligation::event::Audience,
    refusal::{Manner, Refusal},
    text::{
        command::{self, Put},
        compile::Format,
        query::{self, TextVersion},
        reading::Reading,
        taking::WORD,
        workshop::{self, Told},
    },
    upload::take::take,
};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

/// Longest source that is read into memory, in bytes; the room refuses a little less with its own words.
const LONGEST: usize = 5 * 1024 * 1024;

/// To what a text belongs.
#[derive(Debug, Serialize, ToSchema)]
pub struct OwnerView {
    /// `obligation`; `project` once there are projects.
    kind: &'static str,
    /// Its id.
    id: String,
}

/// How many findings of each weight a version had when it was put up.
#[derive(Debug, Serialize, ToSchema)]
pub struct FoundView {
    errors: u32,
    warnings: u32,
    infos: u32,
}

/// A version of a text.
#[derive(Debug, Serialize, ToSchema)]
pub struct TextView {
    id: String,
    /// Id of the text, the same for all its versions.
    text: String,
    /// Its number, from 1.
    version: u32,
    owner: OwnerView,
    /// GB/T 2260; empty where a ministry undertook it.
    place: String,
    /// Id of the task; empty where it is none.
    task: String,
    title: Text,
    /// What is new in it, in the words of whoever put it up.
    note: String,
    found: FoundView,
    /// `desk`, `participants`, `public`.
    audience: String,
    put: String,
    /// Since when everybody may read it.
    published: Option<String>,
    /// SHA-256 of the source.
    sha256: String,
    demo: bool,
}

impl From<&TextVersion> for TextView {
    fn from(version: &TextVersion) -> Self {
        Self {
            id: version.id.clone(),
            text: version.text.clone(),
            version: version.version,
            owner: OwnerView {
                kind: "obligation",
                id: version.obligation.clone(),
            },
            place: version.place.clone(),
            task: version.task.clone(),
            title: (&version.title).into(),
            note: version.note.clone(),
            found: FoundView {
                errors: version.found.errors,
                warnings: version.found.warnings,
                infos: version.found.infos,
            },
            audience: version.audience.id().to_owned(),
            put: version.put.to_string(),
            published: version.published.map(|day| day.to_string()),
            sha256: version.source.sha256.clone(),
            demo: version.demo,
        }
    }
}

/// What is wrong with a text, where, by which rule and how to mend it.
#[derive(Debug, Serialize, ToSchema)]
pub struct FindingView {
    /// From 1.
    line: u32,
    /// From 1, in characters.
    column: u32,
    rule: String,
    /// `error`, `warning`, `info`.
    #[schema(value_type = String)]
    severity: Value,
    /// The number of the clause, or its title.
    clause: String,
    message: String,
    /// Edits that mend it; null where a person must.
    #[schema(value_type = Option<Object>)]
    fix: Value,
    /// The anchor in the HTML of the page at which it stands.
    anchor: String,
}

/// A version with its findings, and with what it says.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReadView {
    #[serde(flatten)]
    text: TextView,
    findings: Vec<FindingView>,
    /// The document as programs read it; absent in the answer to a version that was just put up.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    document: Option<Value>,
}

fn findings(asking: &Asking, reading: &Reading) -> Vec<FindingView> {
    let of_one = |(finding, anchor): &(document::finding::Finding, String)| {
        let Report {
            line,
            column,
            rule,
            severity,
            clause,
            message,
            fix,
            ..
        } = finding.report("", asking.lang);
        FindingView {
            line,
            column,
            rule: rule.to_owned(),
            severity: serde_json::to_value(severity).unwrap_or_default(),
            clause,
            message,
            fix: serde_json::to_value(fix).unwrap_or_default(),
            anchor: anchor.clone(),
        }
    };
    reading.findings.iter().map(of_one).collect()
}

/// `GET /obligations/{id}/texts`: the versions that the reader may see, the newest first.
pub async fn texts(asking: Asking, State(web): State<Web>, Path(id): Path<String>) -> Answer<Json<Listing<TextView>>> {
    // What cannot be seen has no texts either.
    platform::obligation::query::obligation(&web.platform, &asking.reader, &id).await?;
    let all = query::of_obligation(&web.platform, &asking.reader, &id).await?;
    let views = all.iter().map(TextView::from).collect();
    Ok(Json(Listing::cut(&asking, views, |one| one.id.clone())?))
}

/// What goes with a new version.
pub const WITH: &[Parameter] = &[
    parameter("note", Values::Text, "What is new in it"),
    parameter(
        "audience",
        Values::Words(&["desk", "participants"]),
        "Who may see it until it is published",
    ),
    parameter(
        "base",
        Values::Whole(0),
        "Number of the newest version that the caller has seen; 409 where there is a newer one",
    ),
    parameter("name", Values::Text, "The name of the file"),
];

/// `POST /obligations/{id}/texts`: the body is a source or a Word file; answered with its findings.
pub async fn put(
    mut asking: Asking,
    State(web): State<Web>,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Body,
) -> Answer<Response> {
    let platform = &web.platform;
    let mut context = asking.context();
    let object = command::allowed(platform, &context, &id).await?;
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    let kind = kind
        .unwrap_or_default()
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase();
    let file = match kind.as_str() {
        WORD => {
            let name = asking.links.get("name").unwrap_or("text.docx").to_owned();
            take(platform, &context, Some(&object), &name, body.into_data_stream()).await?
        }
        "text/markdown" | "text/plain" => {
            let too_large = |_| Refusal::wrong("web/too_large").manner(Manner::TooLarge);
            let source = to_bytes(body, LONGEST).await.map_err(too_large)?;
            command::typed(platform, &context, &id, source).await?
        }
        _ => return Err(Refusal::wrong("text/kind").fault("file", "fault-text-kind").into()),
    };
    if let Some((_, request)) = &mut context.idempotency {
        // An upload is not read whole for a digest: the file's own is its key.
        request.push_str(&file.sha256);
    }
    let new = Put {
        file: file.sha256,
        note: asking.links.get("note").unwrap_or_default().to_owned(),
        audience: asking.links.get("audience").and_then(Audience::parse),
        base: asking.parameter("base")?,
    };
    let done = command::put(platform, &context, &id, &new).await?;
    // What was just recorded is seen in the answer.
    asking.reader.as_of = ledger::AsOf::day(asking.reader.today);
    let version = query::version(platform, &asking.reader, &done.id).await?;
    let reading = workshop::read(platform, &version).await?;
    let view = ReadView {
        text: (&version).into(),
        findings: findings(&asking, &reading),
        document: None,
    };
    Ok((StatusCode::CREATED, Json(view)).into_response())
}

/// `GET /texts/{id}`: in the format that `Accept` asks for; JSON with findings where it asks for none.
pub async fn text(
    asking: Asking,
    State(web): State<Web>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Answer<Response> {
    let version = query::version(&web.platform, &asking.reader, &id).await?;
    let accept = headers.get(header::ACCEPT).and_then(|accept| accept.to_str().ok());
    let format = match accept {
        None => Format::Json,
        Some(accept) => Format::accepted(accept)
            .ok_or_else(|| Refusal::wrong("text/format").with("known", Format::ALL.map(Format::media).join(", ")))?,
    };
    if format != Format::Json {
        return text::answer(&web, &version, format).await;
    }
    let reading = workshop::read(&web.platform, &version).await?;
    let content = workshop::file(&web.platform, &version, Format::Json).await?;
    let document = serde_json::from_slice(&content).map_err(|e| Failure::broken(e.to_string()))?;
    let view = ReadView {
        text: (&version).into(),
        findings: findings(&asking, &reading),
        document: Some(document),
    };
    let mut response = Json(view).into_response();
    response
        .headers_mut()
        .insert(header::VARY, HeaderValue::from_static("accept"));
    Ok(response)
}

/// `GET /texts/{id}/diff/{other}`: what became of the first in the second.
pub async fn difference(
    asking: Asking,
    State(web): State<Web>,
    Path((from, to)): Path<(String, String)>,
) -> Answer<Json<Value>> {
    let from = query::version(&web.platform, &asking.reader, &from).await?;
    let to = query::version(&web.platform, &asking.reader, &to).await?;
    let found = workshop::difference(&web.platform, &from, &to, Told::Json).await?;
    let found = serde_json::from_slice(&found).map_err(|e| Failure::broken(e.to_string()))?;
    Ok(Json(found))
}

/// `POST /texts/{id}/publish`: everybody may read it.
pub async fn publish(mut asking: Asking, State(web): State<Web>, Path(id): Path<String>) -> Answer<Json<TextView>> {
    command::publish(&web.platform, &asking.context(), &id).await?;
    asking.reader.as_of = ledger::AsOf::day(asking.reader.today);
    let version = query::version(&web.platform, &asking.reader, &id).await?;
    Ok(Json((&version).into()))
}
