//! Lists, their versions and tasks; measures and their sentences.

use super::{Listing, Text, obligations::STATES};
use crate::{
    Answer, Asking, Json, Path, Web,
    api::window,
    asked::{Parameter, Values, parameter},
};
use axum::extract::State;
use platform::{
    list::{event::Tier, query as list},
    place::query as place,
    refusal::Refusal,
};
use serde::Serialize;
use utoipa::ToSchema;

/// A list.
#[derive(Debug, Serialize, ToSchema)]
pub struct ListView {
    /// `first`: 首批.
    id: String,
    title: Text,
    /// Number of its document.
    document: String,
    /// The version in force on the day asked about; null before the first.
    version: Option<u32>,
    demo: bool,
}

/// A version of a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct VersionView {
    version: u32,
    /// First day on which it is in force.
    in_force: String,
    /// The proposal that led to it; null for the first.
    proposal: Option<String>,
    approvals: Vec<ApprovalView>,
    /// Codes of the places for which 各试点示范省市 stands.
    places: Vec<String>,
    /// Where the log stood when it was issued.
    position: i64,
}

/// An approval of a version.
#[derive(Debug, Serialize, ToSchema)]
pub struct ApprovalView {
    organization: String,
    number: String,
    date: String,
}

impl From<platform::list::event::Approval> for ApprovalView {
    fn from(a: platform::list::event::Approval) -> Self {
        Self {
            organization: a.organization,
            number: a.number,
            date: a.date.to_string(),
        }
    }
}

/// A claim of a task on places.
#[derive(Debug, Serialize, ToSchema)]
pub struct ClaimView {
    /// `named`, `all`, `willing`, `relevant`.
    claim: &'static str,
    /// Codes, where they are named.
    places: Vec<String>,
}

/// A warning that stands on a task.
#[derive(Debug, Serialize, ToSchema)]
pub struct NoteView {
    text: Text,
    source: Text,
    /// Whether it was read in its primary text; an inference otherwise.
    verified: bool,
}

/// A task.
#[derive(Debug, Serialize, ToSchema)]
pub struct TaskView {
    id: String,
    list: String,
    number: u32,
    part: Text,
    section: Text,
    tier: &'static str,
    title: Text,
    claims: Vec<ClaimView>,
    places_as_written: String,
    /// The lines as published.
    original: String,
    line: [u32; 2],
    role: String,
    topics: Vec<Text>,
    /// Codes of places beyond those that hold it with which it asks to align.
    counterparts: Vec<String>,
    /// Numbers of tasks that are nearly the same.
    near: Vec<u32>,
    notes: Vec<NoteView>,
    /// `open`, `merged`, `closed`.
    fate: String,
    /// Id of the guiding ministry; null while unassigned.
    guiding: Option<String>,
    guiding_source: Option<String>,
    time_limit: Option<String>,
    time_limit_by: Option<String>,
    /// Numbers of the measures that it is said to serve.
    measures: Vec<String>,
    /// Day from which it stands so.
    valid_from: String,
}

impl From<list::Task> for TaskView {
    fn from(task: list::Task) -> Self {
        let some = |text: String| (!text.is_empty()).then_some(text);
        Self {
            part: (&task.part).into(),
            section: (&task.section).into(),
            tier: task.tier.id(),
            title: (&task.title).into(),
            claims: task
                .claims
                .into_iter()
                .map(|c| ClaimView {
                    claim: c.claim.id(),
                    places: c.places,
                })
                .collect(),
            topics: task.topics.iter().map(Text::from).collect(),
            counterparts: task.counterparts,
            notes: task
                .notes
                .iter()
                .map(|n| NoteView {
                    text: (&n.text).into(),
                    source: (&n.source).into(),
                    verified: n.verified,
                })
                .collect(),
            guiding: some(task.guiding),
            guiding_source: some(task.guiding_source),
            time_limit: task.time_limit.as_ref().map(|t| t.0.to_string()),
            time_limit_by: task.time_limit.map(|t| t.1),
            line: [task.line.0, task.line.1],
            valid_from: task.valid_from.to_string(),
            id: task.id,
            list: task.list,
            number: task.number,
            places_as_written: task.places_as_written,
            original: task.original,
            role: task.role,
            near: task.near,
            fate: task.fate,
            measures: task.measures,
        }
    }
}

/// `GET /lists`.
pub async fn lists(asking: Asking, State(web): State<Web>) -> Answer<Json<Listing<ListView>>> {
    let mut items = Vec::new();
    for found in list::lists(&web.platform).await? {
        let version = in_force(&asking, list::versions(&web.platform, &found.id).await?);
        items.push(ListView {
            title: (&found.title).into(),
            version: version.map(|v| v.version),
            id: found.id,
            document: found.document,
            demo: found.demo,
        });
    }
    Ok(Json(Listing::cut(&asking, items, |list| list.id.clone())?))
}

/// The version in force on the day asked about, of versions newest first.
fn in_force(asking: &Asking, versions: Vec<list::ListVersion>) -> Option<list::ListVersion> {
    let as_of = asking.reader.as_of;
    versions
        .into_iter()
        .find(|v| v.in_force <= as_of.date && v.position <= as_of.known)
}

/// `GET /lists/{id}/versions`.
pub async fn versions(
    asking: Asking,
    State(web): State<Web>,
    Path(id): Path<String>,
) -> Answer<Json<Listing<VersionView>>> {
    let mut versions = list::versions(&web.platform, &id).await?;
    if versions.is_empty() {
        return Err(Refusal::unseen().into());
    }
    // What was issued later than the day and the knowledge that are asked about is not there yet.
    if asking.is_past() {
        let as_of = asking.reader.as_of;
        versions.retain(|v| v.in_force <= as_of.date && v.position <= as_of.known);
    }
    let items: Vec<VersionView> = versions
        .into_iter()
        .map(|v| VersionView {
            version: v.version,
            in_force: v.in_force.to_string(),
            proposal: (!v.proposal.is_empty()).then_some(v.proposal),
            approvals: v.approvals.into_iter().map(ApprovalView::from).collect(),
            places: v.places,
            position: v.position.0,
        })
        .collect();
    Ok(Json(Listing::cut(&asking, items, |v| v.version.to_string())?))
}

/// What tasks can be asked for.
pub const FILTERS: &[Parameter] = &[
    parameter("tier", Values::Words(&TIERS), "Kind of standard that it asks for"),
    parameter("place", Values::Text, "Code, prefix or name of a place that holds it"),
    parameter("measure", Values::Text, "Number of a measure that it is said to serve"),
    parameter(
        "state",
        Values::Words(&STATES),
        "Where one of its obligations stands, as everybody may know",
    ),
    parameter(
        "guiding",
        Values::Text,
        "Id of the ministry that guides it; `none` for those that nobody guides",
    ),
    parameter("q", Values::Text, "Words of its title, or its number"),
];

/// What measures can be asked for.
pub const OF_LIST: &[Parameter] = &[parameter("list", Values::Text, "Id of the list; the first without it")];

/// `GET /lists/{id}/tasks`.
pub async fn tasks(asking: Asking, State(web): State<Web>, Path(id): Path<String>) -> Answer<Json<Listing<TaskView>>> {
    let mut filter = list::TaskFilter {
        list: Some(id),
        ..list::TaskFilter::default()
    };
    filter.tier = asking.choice("tier", &TIERS)?.and_then(Tier::parse);
    if let Some(name) = asking.links.get("place") {
        filter.place = Some(place::place(&web.platform, &asking.reader, name).await?.code);
    }
    filter.measure = asking.links.get("measure").map(str::to_owned);
    filter.state = asking.choice("state", &STATES)?.map(str::to_owned);
    filter.guiding = asking.links.get("guiding").map(str::to_owned);
    filter.text = asking.links.get("q").map(str::to_owned);
    let page = list::tasks(&web.platform, &asking.reader, &filter, &window(&asking)?).await?;
    Ok(Json(Listing::of(page, TaskView::from)))
}

/// The words of `tier`.
pub const TIERS: [&str; 6] = ["national", "industry", "local", "group", "enterprise", "support"];

/// `GET /tasks/{id}`.
pub async fn task(asking: Asking, State(web): State<Web>, Path(id): Path<String>) -> Answer<Json<TaskView>> {
    Ok(Json(list::task(&web.platform, &asking.reader, &id).await?.into()))
}

/// A measure.
#[derive(Debug, Serialize, ToSchema)]
pub struct MeasureView {
    id: String,
    list: String,
    /// `1` … `17`, `overall`, `safeguard`.
    number: String,
    part: String,
    title: Text,
    text: String,
    line: [u32; 2],
    actions: Vec<ActionView>,
}

/// A sentence of a measure that asks for something.
#[derive(Debug, Serialize, ToSchema)]
pub struct ActionView {
    id: String,
    measure: String,
    ordinal: u32,
    sentence: Text,
    verb: String,
    object: String,
    who: Vec<String>,
    /// `must`, `support`, `encourage`, `explore`.
    strength: String,
    line: [u32; 2],
}

impl From<list::Action> for ActionView {
    fn from(action: list::Action) -> Self {
        Self {
            sentence: (&action.sentence).into(),
            line: [action.line.0, action.line.1],
            id: action.id,
            measure: action.measure,
            ordinal: action.ordinal,
            verb: action.verb,
            object: action.object,
            who: action.who,
            strength: action.strength,
        }
    }
}

/// `GET /measures`.
pub async fn measures(asking: Asking, State(web): State<Web>) -> Answer<Json<Listing<MeasureView>>> {
    let id = asking.links.get("list").unwrap_or(platform::list::entering::FIRST);
    let mut actions = list::actions(&web.platform, id, None).await?;
    let items: Vec<MeasureView> = list::measures(&web.platform, id)
        .await?
        .into_iter()
        .map(|m| MeasureView {
            title: (&m.title).into(),
            line: [m.line.0, m.line.1],
            actions: actions
                .extract_if(.., |a| a.measure == m.number)
                .map(ActionView::from)
                .collect(),
            id: m.id,
            list: m.list,
            number: m.number,
            part: m.part,
            text: m.text,
        })
        .collect();
    Ok(Json(Listing::cut(&asking, items, |measure| measure.id.clone())?))
}

/// `GET /actions/{id}`.
pub async fn action(State(web): State<Web>, Path(id): Path<String>) -> Answer<Json<ActionView>> {
    let (id_of_list, _) = id.split_once("-m").ok_or_else(Refusal::unseen)?;
    let found = list::actions(&web.platform, id_of_list, None)
        .await?
        .into_iter()
        .find(|a| a.id == id);
    Ok(Json(found.ok_or_else(Refusal::unseen)?.into()))
}
