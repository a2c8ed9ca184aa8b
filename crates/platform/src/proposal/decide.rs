//! What may be done with a proposal, and when. Pure.

use super::{
    change::{ChangeFault, ListChange, TEXT_LIMIT},
    event::{Approver, Position, ProposalEvent},
    state::Proposal,
};
use crate::{
    bilingual::Bilingual,
    refusal::{Fault, Manner, Refusal},
};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// Where it stands that a change of the list needs its procedure.
pub const SAFEGUARD: &str = "商资发〔2024〕314号 六、组织保障";
/// The sentence; the message of `list/approval_missing` has it too.
pub const SENTENCE: &str =
    "支持有关部门和地方依托试点示范工作机制，动态更新标准化建设工作任务及相关清单，履行相关程序后部署实施。";
/// Its English, unofficial.
pub const SENTENCE_EN: &str = "Support the ministries and places concerned in updating the tasks of standardization and the related lists dynamically through the working mechanism of the pilots, to be deployed and carried out after due procedure.";

/// Text and changes of a proposal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// The list.
    pub list: String,
    /// The version that it changes.
    pub base_version: u32,
    /// Why.
    pub reason: Bilingual,
    /// What.
    pub changes: Vec<ListChange>,
}

/// What can be done with a proposal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// Open one.
    Open {
        /// What is proposed.
        draft: Draft,
        /// Number among the proposals of the list.
        number: u32,
        /// The body that proposes it.
        by: String,
        /// The place of that body.
        place: Option<String>,
        /// Whether it is illustrative.
        demo: bool,
    },
    /// Word it anew.
    Change {
        /// What is proposed now.
        draft: Draft,
    },
    /// Let everybody read it.
    Publish,
    /// Ask bodies for their opinion, until the end of a day.
    Ask {
        /// The bodies.
        organizations: Vec<String>,
        /// Last day.
        until: Date,
    },
    /// Give the opinion of a body.
    Opine {
        /// The body.
        organization: String,
        /// In words; may be empty where it agrees.
        text: String,
        /// What it thinks.
        position: Position,
    },
    /// End the time for opinions.
    CloseOpinions,
    /// Enter a ministry's approval.
    Approve {
        /// The ministry.
        organization: Approver,
        /// Number of its document.
        number: String,
        /// Date of its document.
        date: Date,
    },
    /// Make it a version of the list, in force from a day.
    PutIntoEffect {
        /// The day.
        on: Date,
    },
    /// Give it up.
    Withdraw {
        /// Why.
        reason: String,
    },
}

/// What a decision rests on beside the proposal itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Around {
    /// Today in Asia/Shanghai.
    pub today: Date,
    /// The current version of the list.
    pub current: u32,
    /// Since when that has been in force.
    pub in_force: Date,
    /// What is wrong with the changes on the base of the current version.
    pub faults: Vec<ChangeFault>,
    /// Codes of the places that they affect.
    pub affected: BTreeSet<String>,
    /// The place of each body that was asked or is to be, by id; empty text for a central body. Unknown bodies are absent.
    pub places: BTreeMap<String, String>,
}

/// The events that a command gives, or the refusal that names its rule.
pub fn decide(proposal: &Proposal, around: &Around, command: Command) -> Result<Vec<ProposalEvent>, Refusal> {
    if !matches!(command, Command::Open { .. }) {
        open(proposal)?;
    }
    let event = match command {
        Command::Open {
            draft,
            number,
            by,
            place,
            demo,
        } => {
            base(draft.base_version, around)?;
            text_of(&draft, around)?;
            ProposalEvent::Opened {
                list: draft.list,
                number,
                base_version: draft.base_version,
                reason: draft.reason,
                changes: draft.changes,
                by,
                place,
                demo,
            }
        }
        Command::Change { draft } => {
            changeable(proposal)?;
            base(draft.base_version, around)?;
            text_of(&draft, around)?;
            ProposalEvent::Changed {
                base_version: draft.base_version,
                reason: draft.reason,
                changes: draft.changes,
            }
        }
        Command::Publish => {
            base(proposal.base_version, around)?;
            if proposal.published.is_some() {
                return Err(Refusal::rule("list/already_published", ""));
            }
            ProposalEvent::Published {}
        }
        Command::Ask { organizations, until } => ask(proposal, around, organizations, until)?,
        Command::Opine {
            organization,
            text,
            position,
        } => opine(proposal, around, organization, text, position)?,
        Command::CloseOpinions => close_opinions(proposal, around)?,
        Command::Approve {
            organization,
            number,
            date,
        } => {
            base(proposal.base_version, around)?;
            approve(around, organization, &number, date)?
        }
        Command::PutIntoEffect { on } => effect(proposal, around, on)?,
        Command::Withdraw { reason } => {
            words(&reason, "reason", true)?;
            ProposalEvent::Withdrawn { reason }
        }
    };
    Ok(vec![event])
}

fn open(proposal: &Proposal) -> Result<(), Refusal> {
    if !proposal.exists() {
        return Err(Refusal::unseen());
    }
    if let Some(version) = proposal.effect {
        return Err(Refusal::rule("list/proposal_in_effect", "").with("version", version.to_string()));
    }
    if proposal.withdrawn.is_some() {
        return Err(Refusal::rule("list/proposal_withdrawn", ""));
    }
    Ok(())
}

/// Whether a proposal may still be worded anew: what a ministry has approved stays as it is.
pub fn changeable(proposal: &Proposal) -> Result<(), Refusal> {
    open(proposal)?;
    match proposal.approvals.first_key_value() {
        None => Ok(()),
        Some((approver, (number, _))) => Err(Refusal::rule("list/approved_text_frozen", SAFEGUARD)
            .with("approver", approver.id())
            .with("number", number.clone())),
    }
}

fn base(base: u32, around: &Around) -> Result<(), Refusal> {
    if base == around.current {
        return Ok(());
    }
    Err(Refusal::rule("list/base_moved", "")
        .with("base", base.to_string())
        .with("current", around.current.to_string())
        .manner(Manner::Stale))
}

fn text_of(draft: &Draft, around: &Around) -> Result<(), Refusal> {
    words(&draft.reason.zh, "reason", true)?;
    words(draft.reason.en.as_deref().unwrap_or(""), "reason", false)?;
    changes(around)
}

fn changes(around: &Around) -> Result<(), Refusal> {
    if around.faults.is_empty() {
        return Ok(());
    }
    let mut refusal = Refusal::wrong("list/changes_unfit").with("count", around.faults.len().to_string());
    refusal.faults = around
        .faults
        .iter()
        .map(|f| Fault {
            field: "changes",
            fault: f.fault,
            with: vec![("index", f.index.to_string()), ("what", f.what.clone())],
        })
        .collect();
    Err(refusal)
}

fn words(text: &str, field: &'static str, required: bool) -> Result<(), Refusal> {
    if required && text.trim().is_empty() {
        return Err(Refusal::wrong("list/text_unfit").fault(field, "fault-reason-empty"));
    }
    if text.chars().count() > TEXT_LIMIT {
        let mut refusal = Refusal::wrong("list/text_unfit");
        refusal.faults.push(Fault {
            field,
            fault: "fault-text-too-long",
            with: vec![
                ("limit", TEXT_LIMIT.to_string()),
                ("length", text.chars().count().to_string()),
            ],
        });
        return Err(refusal);
    }
    Ok(())
}

fn ask(
    proposal: &Proposal,
    around: &Around,
    mut organizations: Vec<String>,
    until: Date,
) -> Result<ProposalEvent, Refusal> {
    base(proposal.base_version, around)?;
    changes(around)?;
    organizations.sort();
    organizations.dedup();
    if organizations.is_empty() {
        return Err(Refusal::wrong("list/nobody_asked").fault("organizations", "fault-nobody-asked"));
    }
    if let Some(unknown) = organizations.iter().find(|o| !around.places.contains_key(*o)) {
        return Err(Refusal::wrong("list/organization_unknown").with("organization", unknown.clone()));
    }
    if until <= around.today {
        return Err(Refusal::wrong("list/until_past")
            .with("until", until.to_string())
            .fault("until", "fault-until-past"));
    }
    Ok(ProposalEvent::OpinionAsked { organizations, until })
}

fn opine(
    proposal: &Proposal,
    around: &Around,
    organization: String,
    text: String,
    position: Position,
) -> Result<ProposalEvent, Refusal> {
    let Some(opinion) = proposal.opinions.get(&organization) else {
        return Err(Refusal::rule("list/not_asked", "").with("organization", organization));
    };
    if proposal.opinions_closed || around.today > opinion.until {
        return Err(Refusal::rule("list/opinions_over", "").with("until", opinion.until.to_string()));
    }
    words(&text, "text", position != Position::Agree)?;
    Ok(ProposalEvent::OpinionGiven {
        organization,
        text,
        position,
    })
}

fn close_opinions(proposal: &Proposal, around: &Around) -> Result<ProposalEvent, Refusal> {
    let Some(until) = proposal.until() else {
        return Err(Refusal::rule("list/opinions_not_asked", SAFEGUARD));
    };
    if proposal.opinions_closed {
        return Err(Refusal::rule("list/opinions_over", "").with("until", until.to_string()));
    }
    let silent = proposal.unanswered();
    if !silent.is_empty() && around.today <= until {
        return Err(Refusal::rule("list/opinions_running", "")
            .with("until", until.to_string())
            .with("open", silent.len().to_string()));
    }
    Ok(ProposalEvent::OpinionsClosed { silent })
}

fn approve(around: &Around, organization: Approver, number: &str, date: Date) -> Result<ProposalEvent, Refusal> {
    let number = number.trim();
    if number.is_empty() || number.chars().count() > 80 || number.chars().any(char::is_control) {
        return Err(Refusal::wrong("list/approval_unfit").fault("number", "fault-approval-number"));
    }
    if date > around.today {
        return Err(Refusal::wrong("list/approval_unfit").fault("date", "fault-date-future"));
    }
    Ok(ProposalEvent::ApprovalRecorded {
        organization,
        number: number.to_owned(),
        date,
    })
}

/// What still stands between a proposal and its effect, all of it, so that a page can say so before the button is
/// pressed. The approvals come first.
pub fn obstacles(proposal: &Proposal, around: &Around) -> Vec<Refusal> {
    let mut obstacles = Vec::new();
    let missing = proposal.missing();
    if !missing.is_empty() {
        let mut refusal = Refusal::rule("list/approval_missing", SAFEGUARD);
        for approver in Approver::ALL {
            let word = if missing.contains(approver) {
                "missing"
            } else {
                "entered"
            };
            refusal = refusal.with(approver.id(), word);
        }
        obstacles.push(refusal);
    }
    let asked: BTreeSet<&str> = proposal
        .opinions
        .keys()
        .filter_map(|o| around.places.get(o))
        .map(String::as_str)
        .collect();
    let unasked: Vec<&str> = around
        .affected
        .iter()
        .map(String::as_str)
        .filter(|place| !asked.contains(place))
        .collect();
    if !unasked.is_empty() || proposal.opinions.is_empty() {
        obstacles.push(
            Refusal::rule("list/opinions_not_asked", SAFEGUARD)
                .with("places", unasked.join(","))
                .with("count", unasked.len().to_string()),
        );
    } else if !proposal.opinions_closed {
        let until = proposal.until().map(|d| d.to_string()).unwrap_or_default();
        obstacles.push(
            Refusal::rule("list/opinions_running", SAFEGUARD)
                .with("until", until)
                .with("open", proposal.unanswered().len().to_string()),
        );
    }
    obstacles
}

fn effect(proposal: &Proposal, around: &Around, on: Date) -> Result<ProposalEvent, Refusal> {
    base(proposal.base_version, around)?;
    changes(around)?;
    let mut obstacles = obstacles(proposal, around).into_iter();
    if let Some(mut first) = obstacles.next() {
        // One refusal, with everything else that is lacking too: nobody should have to try again to learn it.
        first.faults.extend(obstacles.map(|other| Fault {
            field: "opinions",
            fault: if other.rule == "list/opinions_running" {
                "fault-opinions-running"
            } else {
                "fault-opinions-not-asked"
            },
            with: other.with,
        }));
        return Err(first);
    }
    let latest = proposal.approvals.values().map(|(_, date)| *date).max();
    let earliest = latest.map_or(around.in_force, |date| date.max(around.in_force));
    if on < earliest {
        return Err(Refusal::wrong("list/effect_too_early")
            .with("on", on.to_string())
            .with("earliest", earliest.to_string())
            .fault("on", "fault-effect-too-early"));
    }
    Ok(ProposalEvent::PutIntoEffect {
        version: around.current + 1,
    })
}
