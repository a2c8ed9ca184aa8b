//! Obligations: what each place or ministry undertook.

use super::{
    Listing, Text,
    actions::{self, ActionRequest},
    history,
    lists::TIERS,
};
use crate::{
    Answer, Asking, Json, Path, Web,
    api::window,
    asked::{Parameter, TRUTHS, Values, parameter},
};
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use ledger::Version;
use platform::{
    list::query as list,
    obligation::{
        command,
        event::Part,
        query::{self, Filter, Obligation, ServedMeasure, SubjectKind},
    },
    place::query as place,
    refusal::{Manner, Refusal},
};
use serde::Serialize;
use utoipa::ToSchema;

/// An obligation.
#[derive(Debug, Serialize, ToSchema)]
pub struct ObligationView {
    id: String,
    /// The task; absent for a sentence of a measure.
    #[serde(skip_serializing_if = "Option::is_none")]
    task: Option<TaskReference>,
    /// Id of the sentence; absent for a task.
    #[serde(skip_serializing_if = "Option::is_none")]
    action: Option<String>,
    title: Text,
    /// GB/T 2260 code; null for a ministry's.
    place: Option<String>,
    /// Id of the ministry; null for a place's.
    organization: Option<String>,
    /// `named`, `all`, `willing`, `relevant`.
    claim: String,
    firm: bool,
    /// `take_part_or_undertake`, `take_part`, `undertake`, `make_first`, `coordinate`, `support`.
    role: String,
    topics: Vec<String>,
    /// Null for a sentence of a measure.
    tier: Option<String>,
    strength: String,
    /// Harmonised stage code; null where none is known.
    stage: Option<String>,
    /// `unreported`, `unassigned`, `in_progress`, `blocked`, `delivered`, `closed`.
    state: String,
    holder: Option<HolderView>,
    /// Since when it is in these hands.
    since: Option<String>,
    /// What is to be reached next.
    next: Option<Text>,
    /// By when.
    due: Option<String>,
    /// Who set that day.
    due_set_by: Option<String>,
    /// Whether that day has passed; null where the reader may not know.
    late: Option<bool>,
    /// What came out; null where nothing has.
    delivered: Option<DeliveredView>,
    /// Where the obligation is written: list and line.
    source: String,
    /// Day of the last fact; null where there is none.
    changed_on: Option<String>,
    /// Measures that it is said to serve, in their order. Given with a single one.
    #[serde(skip_serializing_if = "Option::is_none")]
    measures: Option<Vec<ServedMeasureView>>,
    /// How many entries it has: what `If-Match` of an action compares. Given with a single one, to participants.
    #[serde(skip_serializing_if = "Option::is_none")]
    version: Option<i64>,
    demo: bool,
}

/// A measure that an obligation is said to serve.
#[derive(Debug, Serialize, ToSchema)]
pub struct ServedMeasureView {
    /// Number of the measure.
    measure: String,
    title: Text,
    /// `shipped`, `proposed`, `confirmed`; `text` of a sentence, which stands in its measure.
    link: String,
    /// Whether it serves it by itself; otherwise its task or sentence does, wherever it is undertaken.
    own: bool,
}

impl From<ServedMeasure> for ServedMeasureView {
    fn from(served: ServedMeasure) -> Self {
        Self {
            title: (&served.title).into(),
            measure: served.measure,
            link: served.link,
            own: served.own,
        }
    }
}

/// The task of an obligation.
#[derive(Debug, Serialize, ToSchema)]
pub struct TaskReference {
    id: String,
    number: u32,
}

/// In whose hands it is.
#[derive(Debug, Serialize, ToSchema)]
pub struct HolderView {
    /// Id of the person, the desk, or the body while no desk took it.
    id: String,
    name: Text,
    /// `person`, `desk` or `organization`.
    kind: &'static str,
    /// Id of the body.
    organization: String,
}

/// What came out.
#[derive(Debug, Serialize, ToSchema)]
pub struct DeliveredView {
    title: Text,
    /// Null where unknown (编号待补).
    designation: Option<String>,
    /// Day of publication or report.
    on: Option<String>,
}

impl From<Obligation> for ObligationView {
    fn from(o: Obligation) -> Self {
        let some = |text: String| (!text.is_empty()).then_some(text);
        let is_task = o.subject_kind == "task";
        let (id, kind, name) = if !o.holder.person.is_empty() {
            (o.holder.person.clone(), "person", &o.holder.desk_name)
        } else if !o.holder.desk.is_empty() {
            (o.holder.desk.clone(), "desk", &o.holder.desk_name)
        } else {
            (
                o.holder.organization.clone(),
                "organization",
                &o.holder.organization_name,
            )
        };
        let holder = some(id).map(|id| HolderView {
            id,
            name: name.into(),
            kind,
            organization: o.holder.organization.clone(),
        });
        Self {
            task: is_task.then(|| TaskReference {
                id: o.subject.clone(),
                number: o.number,
            }),
            action: (!is_task).then(|| o.subject.clone()),
            title: (&o.title).into(),
            place: some(o.place),
            organization: some(o.organization),
            tier: some(o.tier),
            stage: some(o.stage),
            since: o.holder.since.map(|d| d.to_string()),
            next: o.next.as_ref().map(|n| (&n.name).into()),
            due: o.next.as_ref().map(|n| n.due.to_string()),
            due_set_by: o.next.map(|n| n.set_by),
            delivered: o.delivered.map(|d| DeliveredView {
                title: (&d.title).into(),
                designation: d.designation,
                on: d.on.map(|day| day.to_string()),
            }),
            source: if is_task {
                format!("{}#{}", o.list, o.number)
            } else {
                o.subject
            },
            changed_on: o.changed_on.map(|d| d.to_string()),
            measures: None,
            version: None,
            id: o.id,
            claim: o.claim,
            firm: o.firm,
            role: o.part,
            topics: o.topics,
            strength: o.strength,
            state: o.state,
            late: o.late,
            holder,
            demo: o.demo,
        }
    }
}

/// The words of `state`.
pub const STATES: [&str; 6] = [
    "unreported",
    "unassigned",
    "in_progress",
    "blocked",
    "delivered",
    "closed",
];
const CLAIMS: [&str; 4] = ["named", "all", "willing", "relevant"];
const ROLES: [&str; 6] = [
    "take_part_or_undertake",
    "take_part",
    "undertake",
    "make_first",
    "coordinate",
    "support",
];

/// What obligations can be asked for.
pub const FILTERS: &[Parameter] = &[
    parameter("list", Values::Text, "Id of the list"),
    parameter(
        "version",
        Values::Whole(1),
        "As of the last day on which this version of the list was in force",
    ),
    parameter(
        "subject",
        Values::Words(&SUBJECTS),
        "Obligations of tasks (as without it), of sentences of the measures, or both",
    ),
    parameter("task", Values::Text, "Id of the task"),
    parameter(
        "action",
        Values::Text,
        "Id of the sentence; asks for obligations of sentences",
    ),
    parameter(
        "measure",
        Values::Text,
        "Number of a measure that it serves; without `subject`, sentences of that measure",
    ),
    parameter("place", Values::Text, "Code, prefix or name of the place"),
    parameter(
        "organization",
        Values::Text,
        "Id of the ministry whose obligation it is",
    ),
    parameter("tier", Values::Words(&TIERS), "Kind of standard that the task asks for"),
    parameter("claim", Values::Words(&CLAIMS), "How the list means the place"),
    parameter("firm", Values::Truth, "Whether it holds without opt-in"),
    parameter("role", Values::Words(&ROLES), "What whoever undertakes it does"),
    parameter("stage", Values::Text, "Harmonised stage code, or its beginning: `30`"),
    parameter(
        "state",
        Values::Words(&STATES),
        "Where it stands, as far as the reader may know",
    ),
    parameter("holder", Values::Text, "Id of the body or desk in whose hands it is"),
    parameter(
        "late",
        Values::Truth,
        "Whether a day that somebody set has passed; for whoever may know it",
    ),
];

const SUBJECTS: [&str; 3] = ["task", "action", "any"];

/// The filter that an address asks for: also that of pages and workbooks.
pub(crate) async fn filter(asking: &Asking, web: &Web) -> Answer<Filter> {
    let get = |name: &str| asking.links.get(name).map(str::to_owned);
    let truth = |name| -> Answer<Option<bool>> { Ok(asking.choice(name, &TRUTHS)?.map(|t| matches!(t, "true" | "1"))) };
    let mut filter = Filter {
        list: get("list"),
        subject: get("task").or_else(|| get("action")),
        tier: asking.choice("tier", &TIERS)?.map(str::to_owned),
        claim: asking.choice("claim", &CLAIMS)?.map(str::to_owned),
        firm: truth("firm")?,
        part: asking.choice("role", &ROLES)?.and_then(Part::parse),
        stage: get("stage"),
        state: asking.choice("state", &STATES)?.map(str::to_owned),
        holder: get("holder"),
        late: truth("late")?,
        measure: get("measure"),
        organization: get("organization"),
        ..Filter::default()
    };
    filter.subject_kind = match asking.choice("subject", &SUBJECTS)? {
        Some("action") => Some(SubjectKind::Action),
        Some("any") => Some(SubjectKind::Any),
        Some(_) => Some(SubjectKind::Task),
        _ if asking.links.get("action").is_some() || filter.measure.is_some() => Some(SubjectKind::Action),
        _ => Some(SubjectKind::Task),
    };
    if let Some(name) = asking.links.get("place") {
        filter.place = Some(place::place(&web.platform, &asking.reader, name).await?.code);
    }
    Ok(filter)
}

/// `GET /obligations`.
pub async fn obligations(mut asking: Asking, State(web): State<Web>) -> Answer<Json<Listing<ObligationView>>> {
    if let Some(version) = asking.parameter::<u32>("version")? {
        // A version of the list is asked about at the end of its last day, or today while it is in force.
        let id = asking.links.get("list").unwrap_or(platform::list::entering::FIRST);
        let versions = list::versions(&web.platform, id).await?;
        let asked = versions
            .iter()
            .position(|v| v.version == version)
            .ok_or_else(Refusal::unseen)?;
        if let Some(successor) = asked.checked_sub(1).and_then(|n| versions.get(n)) {
            let last_day = successor.in_force.yesterday().unwrap_or(successor.in_force);
            asking.reader.as_of.date = asking.reader.as_of.date.min(last_day);
        }
    }
    let filter = filter(&asking, &web).await?;
    let page = query::obligations(&web.platform, &asking.reader, &filter, &window(&asking)?).await?;
    Ok(Json(Listing::of(page, ObligationView::from)))
}

/// `GET /obligations/{id}`.
pub async fn obligation(
    asking: Asking,
    State(web): State<Web>,
    Path(id): Path<String>,
) -> Answer<Json<ObligationView>> {
    let mut view = ObligationView::from(query::obligation(&web.platform, &asking.reader, &id).await?);
    let served = query::measures(&web.platform, &asking.reader, &id).await?;
    view.measures = Some(served.into_iter().map(ServedMeasureView::from).collect());
    // Only whoever may know of every entry is told how many there are.
    let participants = asking.reader.sight(web.platform.rights()).participants;
    if participants.covers(
        view.place.as_deref().unwrap_or_default(),
        view.organization.as_deref().unwrap_or_default(),
    ) {
        view.version = Some(web.platform.ledger().version(&command::stream(&id)?).await?.0);
    }
    Ok(Json(view))
}

/// What an action brought.
#[derive(Debug, Serialize, ToSchema)]
pub struct ActedView {
    /// Place of its first entry in the log.
    first: i64,
    /// Place of its last entry.
    last: i64,
    /// Whether this repeats the answer to an earlier request with the same `Idempotency-Key`.
    repeated: bool,
    /// The obligation as it stands now.
    obligation: ObligationView,
}

/// `POST /obligations/{id}/actions`. With `If-Match`, the version that the caller saw; where somebody was faster the
/// answer is 409 and tells what was recorded since, in `changed`.
pub async fn act(
    asking: Asking,
    State(web): State<Web>,
    Path(id): Path<String>,
    Json(request): Json<ActionRequest>,
) -> Answer<Response> {
    // Who may not do it learns that before what is wrong with the input.
    let command = match actions::command(&request.action, &request.input, web.platform.visibility()) {
        Ok(command) => command,
        Err(refusal) => {
            if let Some(right) = actions::right(&request.action) {
                let object = platform::obligation::facts::object(&web.platform, &id).await?;
                platform::rights::check(web.platform.rights(), &asking.context(), right, &object)?;
            }
            return Err(refusal.into());
        }
    };
    match command::run(
        &web.platform,
        &asking.context(),
        &id,
        asking.if_match.map(Version),
        &command,
    )
    .await
    {
        Ok(committed) => {
            let mut asking = asking;
            // What was just recorded is seen in the answer.
            asking.reader.as_of = ledger::AsOf::day(asking.reader.today);
            let obligation = obligation(asking, State(web), Path(id)).await?.0;
            let view = ActedView {
                first: committed.first.0,
                last: committed.last.0,
                repeated: committed.repeated.is_some(),
                obligation,
            };
            Ok(Json(view).into_response())
        }
        Err(platform::refusal::Error::Refused(refusal)) if refusal.manner == Manner::Stale => {
            history::stale(&asking, &web, command::stream(&id)?, *refusal).await
        }
        Err(other) => Err(other.into()),
    }
}
