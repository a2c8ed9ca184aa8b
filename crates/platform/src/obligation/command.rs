//! What can be done with an obligation, and how it is carried out: rights, facts, decision, commit.

use super::{
    decide::decide,
    event::{Audience, BlockKind, Evidence, Part, Source},
    facts::{self, Facts},
    state::Obligation,
};
use crate::{
    bilingual::Bilingual,
    context::Context,
    refusal::{Error, Manner, Refusal, Result},
    rights::{self, Action},
    running::Platform,
    writing::{begin, repeated},
};
use jiff::civil::Date;
use ledger::{Committed, Position, StreamName, Version};

/// The hands into which an obligation is put.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hands {
    /// The body.
    pub organization: String,
    /// The desk in it.
    pub desk: String,
    /// The person at the desk, if one takes it.
    pub person: Option<String>,
}

/// Since when a fact holds, where that is not today.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Since {
    /// The day; today where absent.
    pub on: Option<Date>,
    /// Where it is written: needed for every day before today.
    pub source: Option<Source>,
}

/// Something done with one obligation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// Among 参与 and 承办 the place chooses.
    ChoosePart {
        /// What it does.
        part: Part,
    },
    /// Of the topics of its task the place chooses.
    ChooseTopics {
        /// The chosen ones, in the words of the list.
        topics: Vec<String>,
    },
    /// A willing place takes the task up; the obligation exists from now on.
    OptIn,
    /// A willing place no longer does.
    OptOut {
        /// Why.
        reason: String,
    },
    /// It is put into somebody's hands.
    AssignHolder {
        /// Whose.
        hands: Hands,
        /// Since when.
        since: Since,
    },
    /// It goes from the hands in which it is into others.
    HandOver {
        /// Whose.
        hands: Hands,
        /// Why.
        reason: String,
        /// Since when.
        since: Since,
    },
    /// Something is to be reached by a day.
    SetMilestone {
        /// Id of a milestone that is set anew; absent for a further one.
        milestone: Option<String>,
        /// What is to be reached.
        name: Bilingual,
        /// Last day.
        due: Date,
        /// Who sets it, as one would cite it.
        set_by: String,
    },
    /// It was reached.
    ReachMilestone {
        /// Which.
        milestone: String,
        /// Since when.
        since: Since,
    },
    /// A note on how it goes.
    Note {
        /// The note.
        text: String,
        /// Who may see it.
        audience: Audience,
    },
    /// A stage was reached, here or elsewhere.
    RecordStage {
        /// Harmonised stage code: 30.20.
        stage: String,
        /// Designation or number of the project, where known.
        designation: Option<String>,
        /// Where it is written.
        source: Source,
        /// Who may see it.
        audience: Audience,
        /// The day on which it was reached; today where absent.
        on: Option<Date>,
    },
    /// Evidence is entered; it holds from the day it was published or reported.
    RecordEvidence {
        /// The evidence.
        evidence: Evidence,
    },
    /// More is known of an entry of evidence: its number, its day.
    CompleteEvidence {
        /// The entry.
        position: Position,
        /// Its number.
        designation: Option<String>,
        /// Day of publication.
        published: Option<Date>,
        /// Where that is written, where it is written elsewhere.
        source: Option<Source>,
    },
    /// It does not move.
    Block {
        /// What kind of obstacle.
        kind: BlockKind,
        /// In words.
        text: String,
        /// Who could remove it.
        waits_for: Option<String>,
        /// Who may see it.
        audience: Audience,
        /// Since when.
        since: Since,
    },
    /// It moves again.
    Unblock {
        /// How.
        text: String,
    },
    /// The place says that it is done.
    Close {
        /// In words.
        text: String,
    },
    /// It is not done after all.
    Reopen {
        /// Why.
        reason: String,
    },
    /// It may serve a measure that its task does not serve everywhere.
    ProposeLink {
        /// Number of the measure.
        measure: String,
    },
    /// It does.
    ConfirmLink {
        /// Number of the measure.
        measure: String,
    },
    /// It does not.
    RemoveLink {
        /// Number of the measure.
        measure: String,
    },
    /// An entry was wrong; it stays visible, and what is right may be entered in its place.
    Correct {
        /// The wrong entry.
        position: Position,
        /// Why it was wrong.
        reason: String,
        /// What is right.
        replacement: Option<Box<Command>>,
    },
}

impl Command {
    /// Who may see what a row of a workbook records.
    pub fn audience(&self) -> Audience {
        match self {
            Self::Note { audience, .. } | Self::RecordStage { audience, .. } | Self::Block { audience, .. } => {
                *audience
            }
            Self::RecordEvidence { evidence } => evidence.audience,
            _ => Audience::Public,
        }
    }

    /// The rights that it needs: one, and a second where a correction brings a replacement.
    pub fn actions(&self) -> Vec<Action> {
        match self {
            Self::ChoosePart { .. } | Self::ChooseTopics { .. } | Self::OptIn | Self::OptOut { .. } => {
                vec![Action::ChooseRole]
            }
            Self::AssignHolder { .. } | Self::HandOver { .. } => vec![Action::AssignHolder],
            Self::SetMilestone { .. } => vec![Action::SetMilestone],
            Self::ReachMilestone { .. }
            | Self::Note { .. }
            | Self::RecordStage { .. }
            | Self::RecordEvidence { .. }
            | Self::CompleteEvidence { .. }
            | Self::Block { .. }
            | Self::Unblock { .. } => vec![Action::ReportProgress],
            Self::Close { .. } | Self::Reopen { .. } => vec![Action::CloseObligation],
            Self::ProposeLink { .. } => vec![Action::ProposeLink],
            Self::ConfirmLink { .. } | Self::RemoveLink { .. } => vec![Action::ConfirmLink],
            Self::Correct { replacement, .. } => {
                let mut actions = vec![Action::CorrectEntry];
                actions.extend(replacement.iter().flat_map(|r| r.actions()));
                actions
            }
        }
    }
}

/// The stream of an obligation; an id that cannot be one is unseen.
pub fn stream(id: &str) -> Result<StreamName> {
    StreamName::parse(&format!("obligation/{id}")).map_err(|_| Refusal::unseen().into())
}

/// Carries a command out: checks the rights, loads, decides, and commits, afresh where somebody else was faster.
///
/// With `expected`, the version that the caller saw, a decision that would rest on another state is refused by
/// `any/stale`, with the positions of what came since in `changed`.
///
/// # Errors
/// A [`Refusal`] that names its rule, or a failure of the ledger. Nothing is recorded then.
pub async fn run(
    platform: &Platform,
    context: &Context,
    id: &str,
    expected: Option<Version>,
    command: &Command,
) -> Result<Committed> {
    let object = facts::object(platform, id).await?;
    for action in command.actions() {
        rights::check(platform.rights(), context, action, &object)?;
    }
    if let Some(committed) = repeated(platform, context).await? {
        return Ok(committed);
    }
    let stream = stream(id)?;
    let (committed, ()) = platform
        .ledger()
        .commit_with(|| async {
            let facts = facts::load(platform, context, id, command).await?;
            let state = Obligation::fold(&facts.entries);
            if let Some(expected) = expected.filter(|e| *e != state.version) {
                return Err(stale(&stream, expected, &facts).into());
            }
            let events = decide(&state, command, context, &facts)?;
            let mut commit = begin(context, id).write(stream.clone(), state.version, events);
            // The desk that was open when it was decided is open when it is recorded.
            commit.reads = facts.relied_on;
            Ok::<_, Error>((commit, ()))
        })
        .await?;
    Ok(committed)
}

fn stale(stream: &StreamName, expected: Version, facts: &Facts) -> Refusal {
    let actual = facts.entries.last().map_or(Version::NONE, |e| e.version);
    let changed: Vec<String> = facts
        .entries
        .iter()
        .filter(|e| e.version > expected)
        .map(|e| e.position.to_string())
        .collect();
    Refusal::rule("any/stale", "")
        .with("object", stream.to_string())
        .with("expected", expected.to_string())
        .with("actual", actual.to_string())
        .with("changed", changed.join(","))
        .manner(Manner::Stale)
}
