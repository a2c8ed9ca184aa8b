//! Rows of proposals and of the opinions on them, with their history.

use super::{
    change::ChangeKind,
    state::{Proposal, Stand},
};
use crate::event::standing;
use ledger::{
    Change, Projection, Recorded, Segment, Table, Timeline, Value,
    table::{integer, integer_or_null, text, text_or_null},
    timeline::{self, HISTORY_COLUMNS as H},
};

const TABLES: &[Table] = &[
    Table {
        name: "proposal",
        columns: &[
            text("id"),
            H[0],
            H[1],
            H[2],
            H[3],
            text("list"),
            integer("number"),
            integer("base_version"),
            text("state"),
            text("kinds"),
            text("opened"),
            integer_or_null("effect"),
            integer("demo"),
            integer("stream_version"),
            text("audience"),
            text("place"),
            text("organization"),
            text("reason_zh"),
            text_or_null("reason_en"),
            text("reason_origin"),
            text("changes"),
            integer("revision"),
            text_or_null("until"),
            text("approvals"),
            text("withdrawn"),
            text("tasks"),
            integer("widens"),
        ],
        key: &["id", "valid_from", "from_position"],
        indexes: &["list, to_position, number"],
    },
    Table {
        name: "proposal_opinion",
        columns: &[
            text("id"),
            H[0],
            H[1],
            H[2],
            H[3],
            text("proposal"),
            text("audience"),
            text("place"),
            text("organization"),
            text("proposer"),
            text("asked"),
            text("until"),
            text_or_null("given"),
            text("position"),
            text("words"),
            integer("silent"),
        ],
        key: &["id", "valid_from", "from_position"],
        indexes: &["proposal, to_position", "organization, to_position"],
    },
];

/// The projection of `proposal/…`.
#[derive(Debug, Clone, Copy)]
pub struct ProposalRows;

struct ProposalHistory;
struct OpinionHistory;

impl Timeline for ProposalHistory {
    const TABLE: &'static str = "proposal";

    fn segments(events: &[Recorded]) -> Vec<Segment> {
        let Some(first) = events.first() else {
            return Vec::new();
        };
        let counted: Vec<Recorded> = standing(events).into_iter().cloned().collect();
        timeline::fold(first.stream.id(), &counted, Proposal::apply, show)
    }
}

/// `public` once it is published.
fn audience(proposal: &Proposal) -> &'static str {
    if proposal.published.is_some() {
        "public"
    } else {
        "participants"
    }
}

fn show(proposal: &Proposal) -> Option<Vec<(&'static str, Value)>> {
    let opened = proposal.opened?;
    Some(vec![
        ("list", (&proposal.list).into()),
        ("number", proposal.number.into()),
        ("base_version", proposal.base_version.into()),
        ("state", proposal.stand().id().into()),
        ("kinds", serde_json::json!(proposal.kinds()).to_string().into()),
        ("opened", opened.into()),
        ("effect", proposal.effect.map(i64::from).into()),
        ("demo", proposal.demo.into()),
        ("stream_version", proposal.version.0.into()),
        ("audience", audience(proposal).into()),
        ("place", proposal.place.as_deref().unwrap_or("").into()),
        ("organization", (&proposal.by).into()),
        ("reason_zh", (&proposal.reason.zh).into()),
        ("reason_en", proposal.reason.en.clone().into()),
        ("reason_origin", proposal.reason.en_origin.id().into()),
        ("changes", serde_json::json!(proposal.changes).to_string().into()),
        ("revision", proposal.revision.into()),
        ("until", proposal.until().into()),
        (
            "approvals",
            serde_json::json!(proposal.approvals_of_version()).to_string().into(),
        ),
        ("withdrawn", proposal.withdrawn.as_deref().unwrap_or("").into()),
        ("tasks", serde_json::json!(proposal.tasks()).to_string().into()),
        ("widens", proposal.kinds().contains(&ChangeKind::Widen).into()),
    ])
}

impl Timeline for OpinionHistory {
    const TABLE: &'static str = "proposal_opinion";

    fn segments(events: &[Recorded]) -> Vec<Segment> {
        let Some(first) = events.first() else {
            return Vec::new();
        };
        let counted: Vec<Recorded> = standing(events).into_iter().cloned().collect();
        let id = first.stream.id();
        let mut asked: Vec<String> = Vec::new();
        let mut proposal = Proposal::default();
        for event in &counted {
            proposal.apply(event);
            asked.extend(proposal.opinions.keys().cloned());
        }
        asked.sort();
        asked.dedup();
        asked
            .iter()
            .flat_map(|body| {
                timeline::fold(&format!("{id}-{body}"), &counted, Proposal::apply, |proposal| {
                    opinion(id, body, proposal)
                })
            })
            .collect()
    }
}

fn opinion(id: &str, body: &str, proposal: &Proposal) -> Option<Vec<(&'static str, Value)>> {
    let opinion = proposal.opinions.get(body)?;
    let given = opinion.given.as_ref();
    // Opinions are read together, once the time for them is over; before, nobody but the body, the proposer and the
    // ministries reads one.
    let open = proposal.opinions_closed || matches!(proposal.stand(), Stand::InEffect);
    let audience = if proposal.published.is_some() && open {
        "public"
    } else {
        "participants"
    };
    Some(vec![
        ("proposal", id.into()),
        ("audience", audience.into()),
        ("place", proposal.place.as_deref().unwrap_or("").into()),
        ("organization", body.into()),
        ("proposer", (&proposal.by).into()),
        ("asked", opinion.asked.into()),
        ("until", opinion.until.into()),
        ("given", given.map(|(day, _, _)| *day).into()),
        ("position", given.map_or("", |(_, position, _)| position.id()).into()),
        ("words", given.map_or("", |(_, _, words)| words).into()),
        ("silent", opinion.silent.into()),
    ])
}

impl Projection for ProposalRows {
    fn name(&self) -> &'static str {
        "proposal"
    }

    fn version(&self) -> u32 {
        2
    }

    fn tables(&self) -> &'static [Table] {
        TABLES
    }

    fn follows(&self, stream_kind: &str) -> bool {
        stream_kind == "proposal"
    }

    fn project(&self, events: &[Recorded]) -> Vec<Change> {
        let mut changes = timeline::project::<ProposalHistory>(events);
        changes.extend(timeline::project::<OpinionHistory>(events));
        if let [first] = events {
            let proposal = Proposal::fold(events);
            changes.push(Change::Claim {
                kind: "proposal_number",
                value: format!("{}/{}", proposal.list, proposal.number),
                holder: first.stream.to_string(),
            });
        }
        changes
    }
}
