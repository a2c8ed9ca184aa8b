//! Proposals to change a list: their public shells, opinions, approvals; and the difference between two versions.

use super::{Listing, Text, history, lists::ApprovalView};
use crate::{
    Answer, Asking, Json, Path, Web,
    asked::{Parameter, Values, parameter},
};
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use jiff::civil::Date;
use ledger::Version;
use platform::{
    bilingual::{Bilingual, Origin},
    list::difference::{self, Difference, Held, Named},
    proposal::{
        change::ListChange,
        command::{self, Done, Target},
        decide::Draft,
        event::{Approver, Position},
        query::{self, OpinionRow, Shell},
    },
    refusal::{Error, Refusal},
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

/// A proposal: its shell is public; the rest is null where the reader may not see it.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProposalView {
    id: String,
    list: String,
    /// Number among the proposals of the list.
    number: u32,
    /// The version that it changes.
    base_version: u32,
    /// `draft`, `published`, `opinions`, `awaiting_approval`, `approved`, `in_effect`, `withdrawn`.
    state: &'static str,
    /// `add`, `change`, `merge`, `close`, `widen`.
    kinds: Vec<&'static str>,
    opened: String,
    /// The version that it became.
    effect: Option<u32>,
    reason: Option<Text>,
    /// Single changes, as they were sent.
    changes: Option<Vec<Value>>,
    /// Id of the body that proposes it.
    by: Option<String>,
    /// Last day for opinions.
    until: Option<String>,
    approvals: Option<Vec<ApprovalView>>,
    /// Ids of the ministries whose approval is missing.
    approvals_missing: Option<Vec<&'static str>>,
    /// Version of its stream, for `If-Match`.
    version: Option<i64>,
    /// How many firm obligations there are before and after it. Given with a single one that can be applied, to whoever
    /// sees it whole.
    #[serde(skip_serializing_if = "Option::is_none")]
    preview: Option<PreviewView>,
    /// Ministries that guide the tasks which it touches. Given with a single one, to whoever sees it whole.
    #[serde(skip_serializing_if = "Option::is_none")]
    guiding: Option<Vec<GuidingView>>,
    demo: bool,
}

/// A ministry that guides tasks which a proposal touches.
#[derive(Debug, Serialize, ToSchema)]
pub struct GuidingView {
    /// Id of the ministry.
    organization: String,
    /// Numbers of these tasks.
    tasks: Vec<u32>,
    /// Whether it was asked for its opinion.
    asked: bool,
}

/// What a proposal would change, counted.
#[derive(Debug, Serialize, ToSchema)]
pub struct PreviewView {
    /// Firm obligations of the version that it changes.
    before: usize,
    /// Firm obligations once it is in effect.
    after: usize,
}

impl From<Shell> for ProposalView {
    fn from(shell: Shell) -> Self {
        let whole = shell.whole;
        let whole = whole.as_ref();
        let missing = |given: &[platform::list::event::Approval]| {
            Approver::ALL
                .iter()
                .map(|a| a.id())
                .filter(|a| !given.iter().any(|g| g.organization == *a))
                .collect()
        };
        Self {
            id: shell.id,
            list: shell.list,
            number: shell.number,
            base_version: shell.base_version,
            state: shell.state.id(),
            kinds: shell.kinds.iter().map(|k| k.id()).collect(),
            opened: shell.opened.to_string(),
            effect: shell.effect,
            reason: whole.map(|w| (&w.reason).into()),
            changes: whole.map(|w| {
                w.changes
                    .iter()
                    .map(|c| serde_json::to_value(c).unwrap_or(Value::Null))
                    .collect()
            }),
            by: whole.map(|w| w.by.clone()),
            until: whole.and_then(|w| w.until).map(|d| d.to_string()),
            approvals: whole.map(|w| w.approvals.iter().cloned().map(ApprovalView::from).collect()),
            approvals_missing: whole.map(|w| missing(&w.approvals)),
            version: whole.map(|w| w.version.0),
            preview: None,
            guiding: None,
            demo: shell.demo,
        }
    }
}

/// What a write did.
#[derive(Debug, Serialize, ToSchema)]
pub struct DoneView {
    /// The proposal.
    id: String,
    /// Version of its stream now, for `If-Match`.
    version: i64,
    /// Whether it had been done before, under the same key.
    repeated: bool,
}

impl From<Done> for DoneView {
    fn from(done: Done) -> Self {
        Self {
            id: done.id,
            version: done.version.0,
            repeated: done.repeated,
        }
    }
}

/// A proposal that is opened.
#[derive(Debug, Deserialize, ToSchema)]
pub struct NewProposal {
    /// The version that it changes.
    base_version: u32,
    /// Why, in Chinese.
    reason: String,
    /// Why, in English.
    #[serde(default)]
    reason_en: Option<String>,
    /// `add_task`, `change_task`, `merge_tasks`, `close_task`, `widen`, each with its fields.
    changes: Vec<Value>,
    /// Id of the body that proposes it; the caller's own where absent.
    #[serde(default)]
    by: Option<String>,
}

/// `GET /lists/{id}/proposals`.
pub async fn proposals(
    asking: Asking,
    State(web): State<Web>,
    Path(id): Path<String>,
) -> Answer<Json<Listing<ProposalView>>> {
    if platform::list::query::versions(&web.platform, &id).await?.is_empty() {
        return Err(Refusal::unseen().into());
    }
    let items: Vec<ProposalView> = query::proposals(&web.platform, &asking.reader, &id)
        .await?
        .into_iter()
        .map(ProposalView::from)
        .collect();
    Ok(Json(Listing::cut(&asking, items, |proposal| proposal.id.clone())?))
}

/// `GET /proposals/{id}`.
pub async fn proposal(asking: Asking, State(web): State<Web>, Path(id): Path<String>) -> Answer<Json<ProposalView>> {
    let shell = query::proposal(&web.platform, &asking.reader, &id).await?;
    let (mut difference, mut guiding) = (None, None);
    if shell.whole.is_some() {
        difference = crate::pages::change::preview(&asking, &web, &id).await?;
        guiding = Some(query::guiding(&web.platform, &asking.reader, &id).await?);
    }
    let mut view = ProposalView::from(shell);
    view.preview = difference.map(|d| PreviewView {
        before: d.obligations.before,
        after: d.obligations.after,
    });
    view.guiding = guiding.map(|found| {
        found
            .into_iter()
            .map(|g| GuidingView {
                organization: g.organization,
                tasks: g.tasks,
                asked: g.asked,
            })
            .collect()
    });
    Ok(Json(view))
}

/// `POST /lists/{id}/proposals`.
pub async fn open(
    asking: Asking,
    State(web): State<Web>,
    Path(list): Path<String>,
    Json(new): Json<NewProposal>,
) -> Answer<Json<DoneView>> {
    let draft = draft(list, new.base_version, new.reason, new.reason_en, new.changes)?;
    let done = command::open(&web.platform, &asking.context(), draft, new.by.as_deref()).await?;
    Ok(Json(done.into()))
}

/// A proposal, worded anew.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewWording {
    /// The version that it changes now.
    base_version: u32,
    /// Why, in Chinese.
    reason: String,
    /// Why, in English.
    #[serde(default)]
    reason_en: Option<String>,
    /// All its changes, each as when it was opened.
    changes: Vec<Value>,
}

/// `PUT /proposals/{id}`. With `If-Match`, the version that the caller saw; where somebody was faster the answer is 409
/// and tells what was recorded since, in `changed`.
pub async fn change(
    asking: Asking,
    State(web): State<Web>,
    Path(id): Path<String>,
    Json(new): Json<NewWording>,
) -> Answer<Response> {
    let context = asking.context();
    // Who may not do it learns that before what is wrong with the words.
    command::changeable(&web.platform, &context, &id).await?;
    let list = query::proposal(&web.platform, &asking.reader, &id).await?.list;
    let draft = draft(list, new.base_version, new.reason, new.reason_en, new.changes)?;
    match command::change(&web.platform, &context, target(&asking, &id), draft).await {
        Ok(done) => Ok(Json(DoneView::from(done)).into_response()),
        Err(Error::Refused(refusal)) if refusal.rule == "any/stale" => {
            history::stale(&asking, &web, command::stream(&id)?, *refusal).await
        }
        Err(other) => Err(other.into()),
    }
}

fn draft(
    list: String,
    base_version: u32,
    zh: String,
    en: Option<String>,
    changes: Vec<Value>,
) -> Result<Draft, Refusal> {
    let changes: Result<Vec<ListChange>, _> = changes.into_iter().map(serde_json::from_value).collect();
    let changes = changes.map_err(|e| Refusal::wrong("web/form").with("reason", e.to_string()))?;
    let en_origin = if en.is_some() { Origin::Person } else { Origin::None };
    Ok(Draft {
        list,
        base_version,
        reason: Bilingual { zh, en, en_origin },
        changes,
    })
}

/// What came of asking one body.
#[derive(Debug, Serialize, ToSchema)]
pub struct OpinionView {
    organization: String,
    asked: String,
    until: String,
    given: Option<String>,
    /// `agree`, `agree_with_changes`, `object`; null where it has not answered.
    position: Option<&'static str>,
    text: String,
    /// Whether the time passed without an answer.
    silent: bool,
}

impl From<OpinionRow> for OpinionView {
    fn from(o: OpinionRow) -> Self {
        Self {
            organization: o.organization,
            asked: o.asked.to_string(),
            until: o.until.to_string(),
            given: o.given.map(|d| d.to_string()),
            position: o.position.map(Position::id),
            text: o.text,
            silent: o.silent,
        }
    }
}

/// `GET /proposals/{id}/opinions`: those that the reader may know.
pub async fn opinions(
    asking: Asking,
    State(web): State<Web>,
    Path(id): Path<String>,
) -> Answer<Json<Listing<OpinionView>>> {
    query::proposal(&web.platform, &asking.reader, &id).await?;
    let items: Vec<OpinionView> = query::opinions(&web.platform, &asking.reader, &id)
        .await?
        .into_iter()
        .map(OpinionView::from)
        .collect();
    Ok(Json(Listing::cut(&asking, items, |opinion| {
        opinion.organization.clone()
    })?))
}

/// An opinion.
#[derive(Debug, Deserialize, ToSchema)]
pub struct NewOpinion {
    /// The body that gives it.
    organization: String,
    /// `agree`, `agree_with_changes`, `object`.
    position: String,
    /// In words; may be empty where it agrees.
    #[serde(default)]
    text: String,
}

fn target<'t>(asking: &Asking, id: &'t str) -> Target<'t> {
    Target {
        id,
        seen: asking.if_match.map(Version),
    }
}

fn wrong(field: &'static str, fault: &'static str) -> Refusal {
    Refusal::wrong("web/form_fields").fault(field, fault)
}

/// `POST /proposals/{id}/opinions`.
pub async fn opine(
    asking: Asking,
    State(web): State<Web>,
    Path(id): Path<String>,
    Json(new): Json<NewOpinion>,
) -> Answer<Json<DoneView>> {
    let position = Position::parse(&new.position).ok_or_else(|| wrong("position", "fault-required"))?;
    let (platform, context) = (&web.platform, asking.context());
    let done = command::opine(
        platform,
        &context,
        target(&asking, &id),
        &new.organization,
        position,
        &new.text,
    )
    .await?;
    Ok(Json(done.into()))
}

/// Approvals of a proposal.
#[derive(Debug, Serialize, ToSchema)]
pub struct ApprovalsView {
    entered: Vec<ApprovalView>,
    /// Ids of the ministries whose approval is missing.
    missing: Vec<&'static str>,
}

/// `GET /proposals/{id}/approval`.
pub async fn approval(asking: Asking, State(web): State<Web>, Path(id): Path<String>) -> Answer<Json<ApprovalsView>> {
    let view = ProposalView::from(query::proposal(&web.platform, &asking.reader, &id).await?);
    let entered = view.approvals.ok_or_else(Refusal::unseen)?;
    Ok(Json(ApprovalsView {
        entered,
        missing: view.approvals_missing.unwrap_or_default(),
    }))
}

/// An approval.
#[derive(Debug, Deserialize, ToSchema)]
pub struct NewApproval {
    /// `mofcom` or `samr`.
    organization: String,
    /// Number of its document.
    number: String,
    /// Date of its document.
    date: String,
}

/// `POST /proposals/{id}/approval`.
pub async fn approve(
    asking: Asking,
    State(web): State<Web>,
    Path(id): Path<String>,
    Json(new): Json<NewApproval>,
) -> Answer<Json<DoneView>> {
    let organization = Approver::parse(&new.organization).ok_or_else(|| wrong("organization", "fault-unknown"))?;
    let date: Date = new.date.parse().map_err(|_| wrong("date", "fault-date"))?;
    let (platform, context) = (&web.platform, asking.context());
    let done = command::approve(
        platform,
        &context,
        target(&asking, &id),
        organization,
        &new.number,
        date,
    )
    .await?;
    Ok(Json(done.into()))
}

/// A task, as a difference names it.
#[derive(Debug, Serialize, ToSchema)]
pub struct NamedView {
    id: String,
    number: u32,
    title: Text,
    tier: &'static str,
    places: String,
}

impl From<Named> for NamedView {
    fn from(n: Named) -> Self {
        Self {
            title: (&n.title).into(),
            tier: n.tier.id(),
            id: n.id,
            number: n.number,
            places: n.places,
        }
    }
}

/// One field before and after.
#[derive(Debug, Serialize, ToSchema)]
pub struct FieldView {
    /// `title`, `title_english`, `tier`, `part`, `section`, `places`, `topics`.
    field: Value,
    before: String,
    after: String,
}

/// A task that is worded anew.
#[derive(Debug, Serialize, ToSchema)]
pub struct ChangedView {
    task: NamedView,
    fields: Vec<FieldView>,
}

/// A task that goes on in another.
#[derive(Debug, Serialize, ToSchema)]
pub struct MergedView {
    task: NamedView,
    into: NamedView,
}

/// A task that is closed.
#[derive(Debug, Serialize, ToSchema)]
pub struct ClosedView {
    task: NamedView,
    reason: String,
}

/// A task held by a place.
#[derive(Debug, Serialize, ToSchema)]
pub struct HeldView {
    task: String,
    number: u32,
    place: String,
}

impl From<Held> for HeldView {
    fn from(h: Held) -> Self {
        Self {
            task: h.task,
            number: h.number,
            place: h.place,
        }
    }
}

/// Firm obligations before and after.
#[derive(Debug, Serialize, ToSchema)]
pub struct CountsView {
    before: usize,
    after: usize,
    begun: Vec<HeldView>,
    ended: Vec<HeldView>,
    touched: Vec<HeldView>,
}

/// The difference between two versions.
#[derive(Debug, Serialize, ToSchema)]
pub struct DifferenceView {
    list: String,
    from: u32,
    to: u32,
    from_in_force: String,
    to_in_force: Option<String>,
    /// Tasks that the list asks for, before and after.
    tasks: [usize; 2],
    added: Vec<NamedView>,
    changed: Vec<ChangedView>,
    merged: Vec<MergedView>,
    closed: Vec<ClosedView>,
    /// Codes of places that join the pilots.
    places_added: Vec<String>,
    obligations: CountsView,
}

impl From<Difference> for DifferenceView {
    fn from(d: Difference) -> Self {
        let held = |held: Vec<Held>| held.into_iter().map(HeldView::from).collect();
        let o = d.obligations;
        Self {
            list: d.list,
            from: d.from,
            to: d.to,
            from_in_force: d.from_in_force.to_string(),
            to_in_force: d.to_in_force.map(|day| day.to_string()),
            tasks: [d.tasks.0, d.tasks.1],
            added: d.added.into_iter().map(NamedView::from).collect(),
            changed: d
                .changed
                .into_iter()
                .map(|c| ChangedView {
                    task: c.task.into(),
                    fields: c
                        .fields
                        .into_iter()
                        .map(|f| FieldView {
                            field: serde_json::to_value(f.field).unwrap_or(Value::Null),
                            before: f.before,
                            after: f.after,
                        })
                        .collect(),
                })
                .collect(),
            merged: d
                .merged
                .into_iter()
                .map(|m| MergedView {
                    task: m.task.into(),
                    into: m.into.into(),
                })
                .collect(),
            closed: d
                .closed
                .into_iter()
                .map(|c| ClosedView {
                    task: c.task.into(),
                    reason: c.reason,
                })
                .collect(),
            places_added: d.places_added,
            obligations: CountsView {
                before: o.before,
                after: o.after,
                begun: held(o.begun),
                ended: held(o.ended),
                touched: held(o.touched),
            },
        }
    }
}

/// Which versions are compared.
pub const VERSIONS: &[Parameter] = &[
    parameter(
        "from",
        Values::Whole(1),
        "The earlier version; the one before `to` without it",
    ),
    parameter("to", Values::Whole(1), "The later version; the newest without it"),
];

/// `GET /lists/{id}/diff?from=&to=`; without them, the last two versions.
pub async fn diff(asking: Asking, State(web): State<Web>, Path(id): Path<String>) -> Answer<Json<DifferenceView>> {
    let (from, to) = crate::pages::change::difference::asked(&asking, &web, &id).await?;
    Ok(Json(difference::difference(&web.platform, &id, from, to).await?.into()))
}
