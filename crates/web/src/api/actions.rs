//! Actions on an obligation: a name and an input become a command of the platform. Forms and the API speak the same
//! words. Pure.

use jiff::civil::Date;
use platform::{
    bilingual::{Bilingual, Origin},
    obligation::{
        command::{Command, Hands, Since},
        event::{Audience, BlockKind, Evidence, EvidenceKind, Part, Source},
    },
    refusal::Refusal,
    rights::{
        Action,
        visibility::{Fact, Visibility},
    },
    upload::Attachment,
};
use serde::Deserialize;
use std::str::FromStr;
use utoipa::ToSchema;

/// Each action by its name.
pub const NAMES: [&str; 20] = [
    "choose_part",
    "choose_topics",
    "opt_in",
    "opt_out",
    "assign_holder",
    "hand_over",
    "set_milestone",
    "reach_milestone",
    "note",
    "record_stage",
    "record_evidence",
    "complete_evidence",
    "block",
    "unblock",
    "close",
    "reopen",
    "propose_link",
    "confirm_link",
    "remove_link",
    "correct",
];

/// The right that an action needs; nothing where there is no such action.
pub fn right(name: &str) -> Option<Action> {
    Some(match name {
        "choose_part" | "choose_topics" | "opt_in" | "opt_out" => Action::ChooseRole,
        "assign_holder" | "hand_over" => Action::AssignHolder,
        "set_milestone" => Action::SetMilestone,
        "reach_milestone" | "note" | "record_stage" | "record_evidence" | "complete_evidence" | "block" | "unblock" => {
            Action::ReportProgress
        }
        "close" | "reopen" => Action::CloseObligation,
        "propose_link" => Action::ProposeLink,
        "confirm_link" | "remove_link" => Action::ConfirmLink,
        "correct" => Action::CorrectEntry,
        _ => return None,
    })
}

/// Something to be done with an obligation.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ActionRequest {
    /// `choose_part`, `choose_topics`, `opt_in`, `opt_out`, `assign_holder`, `hand_over`, `set_milestone`,
    /// `reach_milestone`, `note`, `record_stage`, `record_evidence`, `complete_evidence`, `block`, `unblock`, `close`, `reopen`,
    /// `propose_link`, `confirm_link`, `remove_link`, `correct`.
    pub action: String,
    /// What it needs; fields that the action does not know are left empty.
    #[serde(default)]
    pub input: Input,
}

/// What the actions need. Dates are `YYYY-MM-DD`; what is empty is absent.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Input {
    /// `take_part` or `undertake`.
    pub part: String,
    /// Topics of the task, in the words of the list.
    pub topics: Vec<String>,
    /// Id of the body that takes it.
    pub organization: String,
    /// Id of the desk in it.
    pub desk: String,
    /// Id of the person at the desk.
    pub person: String,
    /// Why.
    pub reason: String,
    /// Id of a milestone; absent for a further one.
    pub milestone: String,
    /// What is to be reached, in Chinese.
    pub name: String,
    /// The same in English.
    pub name_en: String,
    /// Last day.
    pub due: String,
    /// Who sets it.
    pub set_by: String,
    /// A note, or how it goes.
    pub text: String,
    /// `desk`, `participants`, `public`; without it, what the operator decided for this kind of fact.
    pub audience: String,
    /// Harmonised stage code.
    pub stage: String,
    /// Number of the standard or project.
    pub designation: String,
    /// Kind of evidence or of obstacle.
    pub kind: String,
    /// Title of the evidence, in Chinese.
    pub title: String,
    /// The same in English.
    pub title_en: String,
    /// Day of publication.
    pub published: String,
    /// Day of report.
    pub reported: String,
    /// Where it is written, as one would cite it.
    pub source: String,
    /// Its address.
    pub link: String,
    /// The line that was pasted.
    pub line: String,
    /// SHA-256 of files that were uploaded before.
    pub files: Vec<String>,
    /// Who could remove the obstacle.
    pub waits_for: String,
    /// The day from which it holds; today where absent.
    pub on: String,
    /// Number of a measure.
    pub measure: String,
    /// The wrong entry, by its position.
    pub position: String,
    /// What is right instead of it: `{"action","input"}`.
    #[schema(value_type = Option<Object>)]
    pub replacement: Option<serde_json::Value>,
}

impl Input {
    /// From the fields of a form. `hands` is `BODY/DESK` or `BODY/DESK/PERSON`; a field that is repeated is a list; unknown ones are left out.
    pub fn of_form(pairs: &[(String, String)]) -> Self {
        let mut input = Self::default();
        for (name, value) in pairs {
            let value = value.clone();
            match name.as_str() {
                "topics" => input.topics.push(value),
                "files" => input.files.push(value),
                "hands" => {
                    let mut parts = value.splitn(3, '/').map(str::to_owned);
                    let mut part = || parts.next().unwrap_or_default();
                    (input.organization, input.desk, input.person) = (part(), part(), part());
                }
                name => {
                    if let Some(field) = input.field(name) {
                        *field = value;
                    }
                }
            }
        }
        input
    }

    fn field(&mut self, name: &str) -> Option<&mut String> {
        Some(match name {
            "part" => &mut self.part,
            "person" => &mut self.person,
            "reason" => &mut self.reason,
            "milestone" => &mut self.milestone,
            "name" => &mut self.name,
            "name_en" => &mut self.name_en,
            "due" => &mut self.due,
            "set_by" => &mut self.set_by,
            "text" => &mut self.text,
            "audience" => &mut self.audience,
            "stage" => &mut self.stage,
            "designation" => &mut self.designation,
            "kind" => &mut self.kind,
            "title" => &mut self.title,
            "title_en" => &mut self.title_en,
            "published" => &mut self.published,
            "reported" => &mut self.reported,
            "source" => &mut self.source,
            "link" => &mut self.link,
            "line" => &mut self.line,
            "waits_for" => &mut self.waits_for,
            "on" => &mut self.on,
            "measure" => &mut self.measure,
            "position" => &mut self.position,
            _ => return None,
        })
    }

    /// What stands in a field of a form.
    pub fn get(&self, name: &str) -> String {
        if name == "hands" {
            let desk = format!("{}/{}", self.organization, self.desk);
            return if self.person.is_empty() {
                desk
            } else {
                format!("{desk}/{}", self.person)
            };
        }
        self.clone().field(name).map(|field| field.clone()).unwrap_or_default()
    }

    /// Where it is written, where anything of it is given.
    pub fn source(&self) -> Source {
        Source {
            citation: trimmed(&self.source).unwrap_or_default(),
            link: trimmed(&self.link),
            line: trimmed(&self.line),
        }
    }
}

fn trimmed(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// Reads values and gathers what is wrong with them, so that all faults are told at once.
#[derive(Debug, Default)]
pub(crate) struct Reading {
    faults: Vec<(&'static str, &'static str)>,
}

impl Reading {
    /// A day that may be absent.
    pub(crate) fn day(&mut self, field: &'static str, text: &str) -> Option<Date> {
        let text = text.trim();
        if text.is_empty() {
            return None;
        }
        let read = Date::from_str(text).ok();
        if read.is_none() {
            self.faults.push((field, "fault-date"));
        }
        read
    }

    fn needed_day(&mut self, field: &'static str, text: &str) -> Date {
        if text.trim().is_empty() {
            self.faults.push((field, "fault-text-empty"));
        }
        self.day(field, text).unwrap_or_default()
    }

    /// One of some words.
    pub(crate) fn choice<T>(&mut self, field: &'static str, read: Option<T>, otherwise: T) -> T {
        read.unwrap_or_else(|| {
            self.faults.push((field, "fault-choice"));
            otherwise
        })
    }

    /// Who may see it; without a word, what is usual for this kind of fact.
    pub(crate) fn audience(&mut self, text: &str, usual: Audience) -> Audience {
        if text.trim().is_empty() {
            usual
        } else {
            self.choice("audience", Audience::parse(text.trim()), usual)
        }
    }

    /// Nothing, or the refusal of all that is wrong.
    pub(crate) fn done(self) -> Result<(), Refusal> {
        if self.faults.is_empty() {
            return Ok(());
        }
        let refusal = Refusal::wrong("web/action_input");
        Err(self
            .faults
            .into_iter()
            .fold(refusal, |refusal, (field, fault)| refusal.fault(field, fault)))
    }
}

/// The command that an action asks for.
///
/// # Errors
/// `web/action` where there is no such action, `web/action_input` with the fields that cannot be read.
pub fn command(name: &str, input: &Input, usual: &Visibility) -> Result<Command, Refusal> {
    let mut reading = Reading::default();
    let command = read(name, input, usual, &mut reading)?;
    reading.done()?;
    Ok(command)
}

fn read(name: &str, input: &Input, usual: &Visibility, reading: &mut Reading) -> Result<Command, Refusal> {
    let text = || input.text.trim().to_owned();
    let reason = || input.reason.trim().to_owned();
    Ok(match name {
        "choose_part" => Command::ChoosePart {
            part: reading.choice("part", Part::parse(&input.part), Part::TakePart),
        },
        "choose_topics" => Command::ChooseTopics {
            topics: input.topics.clone(),
        },
        "opt_in" => Command::OptIn,
        "opt_out" => Command::OptOut { reason: reason() },
        "assign_holder" => Command::AssignHolder {
            hands: hands(input),
            since: since(input, reading),
        },
        "hand_over" => Command::HandOver {
            hands: hands(input),
            reason: reason(),
            since: since(input, reading),
        },
        "set_milestone" => Command::SetMilestone {
            milestone: trimmed(&input.milestone),
            name: bilingual(&input.name, &input.name_en),
            due: reading.needed_day("due", &input.due),
            set_by: input.set_by.trim().to_owned(),
        },
        "reach_milestone" => Command::ReachMilestone {
            milestone: input.milestone.trim().to_owned(),
            since: since(input, reading),
        },
        "note" => Command::Note {
            text: text(),
            audience: reading.audience(&input.audience, usual.audience_of(Fact::Note)),
        },
        "record_stage" => Command::RecordStage {
            stage: input.stage.trim().to_owned(),
            designation: trimmed(&input.designation),
            source: input.source(),
            audience: reading.audience(&input.audience, usual.audience_of(Fact::Stage)),
            on: reading.day("on", &input.on),
        },
        "record_evidence" => Command::RecordEvidence {
            evidence: Evidence {
                kind: reading.choice("kind", EvidenceKind::parse(&input.kind), EvidenceKind::Other),
                title: bilingual(&input.title, &input.title_en),
                designation: trimmed(&input.designation),
                published: reading.day("published", &input.published),
                reported: reading.day("reported", &input.reported),
                source: input.source(),
                files: input
                    .files
                    .iter()
                    .filter_map(|f| trimmed(f))
                    .map(Attachment::of_digest)
                    .collect(),
                audience: reading.audience(&input.audience, usual.audience_of(Fact::Evidence)),
            },
        },
        "complete_evidence" => Command::CompleteEvidence {
            position: ledger::Position(reading.choice("position", input.position.trim().parse().ok(), 0)),
            designation: trimmed(&input.designation),
            published: reading.day("published", &input.published),
            source: Some(input.source()).filter(|source| *source != Source::default()),
        },
        "block" => Command::Block {
            kind: reading.choice("kind", BlockKind::parse(&input.kind), BlockKind::Other),
            text: text(),
            waits_for: trimmed(&input.waits_for),
            audience: reading.audience(&input.audience, usual.audience_of(Fact::Blocked)),
            since: since(input, reading),
        },
        "unblock" => Command::Unblock { text: text() },
        "close" => Command::Close { text: text() },
        "reopen" => Command::Reopen { reason: reason() },
        "propose_link" => Command::ProposeLink {
            measure: input.measure.trim().to_owned(),
        },
        "confirm_link" => Command::ConfirmLink {
            measure: input.measure.trim().to_owned(),
        },
        "remove_link" => Command::RemoveLink {
            measure: input.measure.trim().to_owned(),
        },
        "correct" => correct(input, usual, reading)?,
        other => {
            return Err(Refusal::wrong("web/action")
                .with("action", other.chars().take(40).collect::<String>())
                .with("known", NAMES.join(", ")));
        }
    })
}

fn correct(input: &Input, usual: &Visibility, reading: &mut Reading) -> Result<Command, Refusal> {
    let replacement = match &input.replacement {
        None => None,
        Some(value) => {
            let request: ActionRequest = serde_json::from_value(value.clone())
                .map_err(|e| Refusal::wrong("web/query").with("reason", e.to_string()))?;
            if request.action == "correct" {
                return Err(Refusal::wrong("obligation/correction_of_correction").with("position", &input.position));
            }
            Some(Box::new(read(&request.action, &request.input, usual, reading)?))
        }
    };
    let position = reading.choice("position", input.position.trim().parse().ok(), 0);
    Ok(Command::Correct {
        position: ledger::Position(position),
        reason: input.reason.trim().to_owned(),
        replacement,
    })
}

fn hands(input: &Input) -> Hands {
    Hands {
        organization: input.organization.trim().to_owned(),
        desk: input.desk.trim().to_owned(),
        person: trimmed(&input.person),
    }
}

fn since(input: &Input, reading: &mut Reading) -> Since {
    let source = input.source();
    let given = source != Source::default();
    Since {
        on: reading.day("on", &input.on),
        source: given.then_some(source),
    }
}

/// A text as somebody typed it, with its English where that was typed too.
pub(crate) fn bilingual(zh: &str, en: &str) -> Bilingual {
    let en = trimmed(en);
    let en_origin = if en.is_some() { Origin::Person } else { Origin::None };
    Bilingual {
        zh: zh.trim().to_owned(),
        en,
        en_origin,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]
    use super::*;

    fn usual() -> Visibility {
        Visibility::parse(platform::catalogue::VISIBILITY).unwrap()
    }

    fn input(pairs: &[(&str, &str)]) -> Input {
        Input::of_form(
            &pairs
                .iter()
                .map(|(n, v)| ((*n).to_owned(), (*v).to_owned()))
                .collect::<Vec<_>>(),
        )
    }

    #[test]
    fn every_action_has_a_right_and_becomes_a_command() {
        let filled = input(&[
            ("part", "undertake"),
            ("kind", "other"),
            ("due", "2027-01-01"),
            ("position", "7"),
            ("hands", "nanjing-commerce/d1"),
        ]);
        for name in NAMES {
            let command = command(name, &filled, &usual()).unwrap_or_else(|e| panic!("{name}: {e:?}"));
            assert_eq!(command.actions(), vec![right(name).unwrap()], "{name}");
        }
        assert_eq!(command("explode", &filled, &usual()).unwrap_err().rule, "web/action");
    }

    #[test]
    fn all_that_cannot_be_read_is_told_at_once() {
        let wrong = input(&[("kind", "law?"), ("on", "tomorrow"), ("audience", "everybody")]);
        let refusal = command("block", &wrong, &usual()).unwrap_err();
        let fields: Vec<&str> = refusal.faults.iter().map(|f| f.field).collect();
        assert_eq!(fields, ["kind", "audience", "on"]);
    }

    #[test]
    fn a_note_stays_at_the_desk_unless_somebody_says_otherwise() {
        let Command::Note { audience, .. } = command("note", &input(&[("text", "x")]), &usual()).unwrap() else {
            panic!()
        };
        assert_eq!(audience, Audience::Desk);
    }
}
