//! Rows of obligations: their history, their milestones, their links to measures, their evidence.

use super::{
    event::{ObligationEvent, Subject},
    state::{Entry, Obligation},
};
use crate::event::{CORRECTION, Correction};
use ledger::{
    Change, Column, Position, Projection, Recorded, Segment, Table, Value,
    table::{integer, text, text_or_null},
    timeline,
};
use std::collections::BTreeSet;

const OBLIGATION: &[Column] = &[
    text("id"),
    timeline::HISTORY_COLUMNS[0],
    timeline::HISTORY_COLUMNS[1],
    timeline::HISTORY_COLUMNS[2],
    timeline::HISTORY_COLUMNS[3],
    text("list"),
    text("subject_kind"),
    text("subject"),
    text("place"),
    text("organization"),
    text("claim"),
    integer("firm"),
    text("part"),
    text("topics"),
    text("tier"),
    text("strength"),
    text("state"),
    text("state_public"),
    text("stage"),
    text("stage_public"),
    text("holder_organization"),
    text("holder_desk"),
    text("holder_person"),
    text("holder_since"),
    text("next_zh"),
    text_or_null("next_en"),
    text("next_origin"),
    text_or_null("next_due"),
    text("next_set_by"),
    text("block_kind"),
    text("block_text"),
    text("block_waits_for"),
    text("block_audience"),
    integer("evidence_public"),
    text("delivered_title_zh"),
    text_or_null("delivered_title_en"),
    text("delivered_title_origin"),
    text_or_null("delivered_designation"),
    text_or_null("delivered_on"),
    integer("demo"),
    text_or_null("changed_on"),
    text_or_null("changed_publicly_on"),
    integer("last_position"),
];

const MILESTONE: &[Column] = &[
    text("id"),
    timeline::HISTORY_COLUMNS[0],
    timeline::HISTORY_COLUMNS[1],
    timeline::HISTORY_COLUMNS[2],
    timeline::HISTORY_COLUMNS[3],
    text("obligation"),
    text("place"),
    text("name_zh"),
    text_or_null("name_en"),
    text("name_origin"),
    text("due"),
    text("set_by"),
    text_or_null("reached"),
];

const EVIDENCE: &[Column] = &[
    integer("position"),
    text("obligation"),
    text("place"),
    text("organization"),
    text("task"),
    text("audience"),
    text("kind"),
    text("title_zh"),
    text_or_null("title_en"),
    text("title_origin"),
    text_or_null("designation"),
    text_or_null("published"),
    text_or_null("reported"),
    text("effective"),
    text("citation"),
    text_or_null("link"),
    text_or_null("line"),
    text("files"),
    integer("demo"),
    integer("to_position"),
];

const LINK: &[Column] = &[
    text("id"),
    timeline::HISTORY_COLUMNS[0],
    timeline::HISTORY_COLUMNS[1],
    timeline::HISTORY_COLUMNS[2],
    timeline::HISTORY_COLUMNS[3],
    text("obligation"),
    text("measure"),
    text("link"),
];

const TABLES: &[Table] = &[
    Table {
        name: "obligation",
        columns: OBLIGATION,
        key: &["id", "valid_from", "from_position"],
        indexes: &[
            "place, to_position",
            "subject, to_position",
            "list, subject_kind, to_position, place",
            "holder_desk, to_position",
        ],
    },
    Table {
        name: "milestone",
        columns: MILESTONE,
        key: &["id", "valid_from", "from_position"],
        indexes: &["obligation", "due, to_position"],
    },
    Table {
        name: "obligation_measure",
        columns: LINK,
        key: &["id", "valid_from", "from_position"],
        indexes: &["obligation, to_position", "measure, to_position"],
    },
    Table {
        name: "evidence",
        columns: EVIDENCE,
        key: &["position"],
        indexes: &["obligation", "place, audience"],
    },
];

/// The projection of `obligation/…`.
#[derive(Debug, Clone, Copy)]
pub struct ObligationRows;

/// The entries that count: those that no correction among them takes back, corrections left out.
fn counted<'e, 'a>(entries: &'e [Entry<'a>]) -> Vec<&'e Entry<'a>> {
    let taken_back: BTreeSet<i64> = entries
        .iter()
        .filter_map(|entry| corrects(entry.recorded))
        .map(|position| position.0)
        .collect();
    entries
        .iter()
        .filter(|e| e.recorded.kind != CORRECTION && !taken_back.contains(&e.recorded.position.0))
        .collect()
}

fn corrects(recorded: &Recorded) -> Option<Position> {
    (recorded.kind == CORRECTION)
        .then(|| recorded.read::<Correction>().ok())
        .flatten()
        .map(|correction| correction.corrects)
}

/// The history of an obligation.
fn history(id: &str, counted: &[&Entry<'_>]) -> Vec<Segment> {
    timeline::fold(
        id,
        counted,
        |(state, last): &mut (Obligation, i64), entry| {
            state.apply(entry);
            *last = (*last).max(entry.recorded.position.0);
        },
        |(state, last)| show(state, *last),
    )
}

fn show(state: &Obligation, last: i64) -> Option<Vec<(&'static str, Value)>> {
    let origin = state.origin.as_ref().filter(|_| state.exists())?;
    let (subject_kind, subject) = match &origin.subject {
        Subject::Task(id) => ("task", id),
        Subject::Action(id) => ("action", id),
    };
    let next = state.next();
    let block = state.block.as_ref();
    let holder = state.holder.as_ref();
    let delivered = state.deliverable();
    let public = state
        .evidence
        .iter()
        .filter(|(_, e)| e.audience == super::event::Audience::Public)
        .count();
    Some(vec![
        ("list", (&origin.list).into()),
        ("subject_kind", subject_kind.into()),
        ("subject", subject.into()),
        ("place", origin.place.as_deref().unwrap_or("").into()),
        ("organization", origin.organization.as_deref().unwrap_or("").into()),
        ("claim", origin.claim.id().into()),
        ("firm", origin.firm.into()),
        ("part", state.part.map_or("", super::event::Part::id).into()),
        ("topics", serde_json::json!(state.topics).to_string().into()),
        ("tier", origin.tier.map_or("", crate::list::event::Tier::id).into()),
        ("strength", origin.strength.id().into()),
        ("state", state.standing().id().into()),
        ("state_public", state.public_standing().id().into()),
        ("stage", state.stage.as_ref().map_or("", |(stage, _)| stage).into()),
        ("stage_public", state.public_stage.as_deref().unwrap_or("").into()),
        ("holder_organization", holder.map_or("", |h| &h.organization).into()),
        (
            "holder_desk",
            holder.and_then(|h| h.desk.as_deref()).unwrap_or("").into(),
        ),
        (
            "holder_person",
            holder.and_then(|h| h.person.as_deref()).unwrap_or("").into(),
        ),
        ("holder_since", holder.map_or_else(|| "".into(), |h| h.since.into())),
        ("next_zh", next.map_or("", |m| &m.name.zh).into()),
        ("next_en", next.and_then(|m| m.name.en.clone()).into()),
        ("next_origin", next.map_or("none", |m| m.name.en_origin.id()).into()),
        ("next_due", next.map(|m| m.due).into()),
        ("next_set_by", next.map_or("", |m| &m.set_by).into()),
        ("block_kind", block.map_or("", |b| b.kind.id()).into()),
        ("block_text", block.map_or("", |b| &b.text).into()),
        (
            "block_waits_for",
            block.and_then(|b| b.waits_for.as_deref()).unwrap_or("").into(),
        ),
        ("block_audience", block.map_or("", |b| b.audience.id()).into()),
        ("evidence_public", i64::try_from(public).unwrap_or(i64::MAX).into()),
        ("delivered_title_zh", delivered.map_or("", |e| &e.title.zh).into()),
        ("delivered_title_en", delivered.and_then(|e| e.title.en.clone()).into()),
        (
            "delivered_title_origin",
            delivered.map_or("none", |e| e.title.en_origin.id()).into(),
        ),
        (
            "delivered_designation",
            delivered.and_then(|e| e.designation.clone()).into(),
        ),
        (
            "delivered_on",
            delivered.and_then(|e| e.published.or(e.reported)).into(),
        ),
        ("demo", state.demo.into()),
        ("changed_on", state.changed_on.into()),
        ("changed_publicly_on", state.changed_publicly_on.into()),
        ("last_position", last.into()),
    ])
}

/// The histories of its milestones.
fn milestones(obligation: &str, counted: &[&Entry<'_>]) -> Vec<Segment> {
    let ids: BTreeSet<&String> = counted
        .iter()
        .filter_map(|entry| match &entry.event {
            Some(ObligationEvent::MilestoneSet { milestone, .. }) => Some(milestone),
            _ => None,
        })
        .collect();
    let of_one = |id: &String| {
        timeline::fold(
            &format!("{obligation}-{id}"),
            counted,
            |state: &mut Obligation, entry| state.apply(entry),
            |state| {
                let milestone = state.milestones.get(id)?;
                let place = state.origin.as_ref().and_then(|o| o.place.as_deref()).unwrap_or("");
                Some(vec![
                    ("obligation", obligation.into()),
                    ("place", place.into()),
                    ("name_zh", (&milestone.name.zh).into()),
                    ("name_en", milestone.name.en.clone().into()),
                    ("name_origin", milestone.name.en_origin.id().into()),
                    ("due", milestone.due.into()),
                    ("set_by", (&milestone.set_by).into()),
                    ("reached", milestone.reached.into()),
                ])
            },
        )
    };
    ids.into_iter().flat_map(of_one).collect()
}

/// The histories of its own links to measures.
fn links(obligation: &str, counted: &[&Entry<'_>]) -> Vec<Segment> {
    let measures: BTreeSet<&String> = counted
        .iter()
        .filter_map(|entry| match &entry.event {
            Some(ObligationEvent::LinkProposed { measure } | ObligationEvent::LinkConfirmed { measure }) => {
                Some(measure)
            }
            _ => None,
        })
        .collect();
    let of_one = |measure: &String| {
        timeline::fold(
            &format!("{obligation}-{measure}"),
            counted,
            |state: &mut Obligation, entry| state.apply(entry),
            |state| {
                let link = state.links.get(measure)?;
                Some(vec![
                    ("obligation", obligation.into()),
                    ("measure", measure.into()),
                    ("link", link.id().into()),
                ])
            },
        )
    };
    measures.into_iter().flat_map(of_one).collect()
}

impl Projection for ObligationRows {
    fn name(&self) -> &'static str {
        "obligation"
    }

    fn version(&self) -> u32 {
        5
    }

    fn tables(&self) -> &'static [Table] {
        TABLES
    }

    fn follows(&self, stream_kind: &str) -> bool {
        stream_kind == "obligation"
    }

    fn project(&self, events: &[Recorded]) -> Vec<Change> {
        self.project_each(events, 1).pop().unwrap_or_default()
    }

    fn project_each(&self, events: &[Recorded], new: usize) -> Vec<Vec<Change>> {
        let entries: Vec<Entry<'_>> = events.iter().map(Entry::read).collect();
        let (old, _) = entries.split_at(entries.len().saturating_sub(new));
        let id = events.first().map_or("", |first| first.stream.id());
        let mut before = history(id, &counted(old));
        let mut each = Vec::with_capacity(new);
        for end in old.len() + 1..=entries.len() {
            let Some((last, _)) = entries[..end].split_last() else {
                continue;
            };
            let now = history(id, &counted(&entries[..end]));
            let mut changes = timeline::difference("obligation", last.recorded.position, &before, &now);
            before = now;
            changes.extend(beside(id, &entries[..end]));
            each.push(changes);
        }
        each
    }
}

/// What the last entry changes of milestones, links and evidence.
fn beside(id: &str, entries: &[Entry<'_>]) -> Vec<Change> {
    let mut changes = Vec::new();
    let Some((entry, before)) = entries.split_last() else {
        return changes;
    };
    let last = entry.recorded;
    if last.kind.starts_with("obligation.milestone_") || last.kind == CORRECTION {
        let (old, new) = (milestones(id, &counted(before)), milestones(id, &counted(entries)));
        changes.extend(timeline::difference("milestone", last.position, &old, &new));
    }
    if last.kind.starts_with("obligation.link_") || last.kind == CORRECTION {
        let (old, new) = (links(id, &counted(before)), links(id, &counted(entries)));
        changes.extend(timeline::difference("obligation_measure", last.position, &old, &new));
    }
    let superseded = |position: Position| Change::Update {
        table: "evidence",
        values: vec![("to_position", last.position.into())],
        whose: vec![("position", position.into())],
    };
    changes.extend(corrects(last).map(superseded));
    let evidence = match &entry.event {
        Some(ObligationEvent::EvidenceRecorded { evidence, .. }) => evidence,
        Some(ObligationEvent::EvidenceCompleted {
            completes, evidence, ..
        }) => {
            changes.push(superseded(*completes));
            evidence
        }
        _ => return changes,
    };
    let mut state = Obligation::default();
    for entry in counted(entries) {
        state.apply(entry);
    }
    let origin = state.origin.as_ref();
    changes.extend(evidence.files.iter().map(|file| Change::Refer {
        digest: file.sha256.clone(),
    }));
    changes.push(Change::Insert {
        table: "evidence",
        values: vec![
            ("position", last.position.into()),
            ("obligation", id.into()),
            ("place", origin.and_then(|o| o.place.as_deref()).unwrap_or("").into()),
            (
                "organization",
                state.holder.as_ref().map_or("", |h| &h.organization).into(),
            ),
            (
                "task",
                match origin.map(|o| &o.subject) {
                    Some(Subject::Task(task)) => task.into(),
                    _ => "".into(),
                },
            ),
            ("audience", evidence.audience.id().into()),
            ("kind", evidence.kind.id().into()),
            ("title_zh", (&evidence.title.zh).into()),
            ("title_en", evidence.title.en.clone().into()),
            ("title_origin", evidence.title.en_origin.id().into()),
            ("designation", evidence.designation.clone().into()),
            ("published", evidence.published.into()),
            ("reported", evidence.reported.into()),
            ("effective", last.effective.into()),
            ("citation", (&evidence.source.citation).into()),
            ("link", evidence.source.link.clone().into()),
            ("line", evidence.source.line.clone().into()),
            ("files", serde_json::json!(evidence.files).to_string().into()),
            ("demo", entry.demo.into()),
            ("to_position", timeline::OPEN_POSITION.into()),
        ],
    });
    changes
}
