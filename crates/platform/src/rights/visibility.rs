//! Who may see each kind of fact where whoever enters it says nothing else: data, which an operator may override.

use super::words;
pub use crate::obligation::event::Audience;
use crate::refusal::Error;
use serde::Deserialize;
use std::collections::BTreeMap;

words! {
    /// A kind of fact.
    Fact {
        /// A published output.
        Output = "output",
        /// A text that was published.
        Text = "text",
        /// A version of a text that is not published yet.
        TextDraft = "text_draft",
        /// A window in which anybody may say something.
        Window = "window",
        /// An answer to what was said.
        Answer = "answer",
        /// A stage of a procedure.
        Stage = "stage",
        /// A milestone, with its day and who set it.
        Milestone = "milestone",
        /// The body and desk in whose hands it is.
        HolderBody = "holder_body",
        /// The person in whose hands it is.
        HolderPerson = "holder_person",
        /// Evidence.
        Evidence = "evidence",
        /// Why it does not go on.
        Blocked = "blocked",
        /// That it is late.
        Lateness = "lateness",
        /// An internal note.
        Note = "note",
        /// The text of a change of the list that is being prepared.
        ProposalDraft = "proposal_draft",
        /// The same, once opinions on it are asked.
        ProposalAsked = "proposal_asked",
        /// That there is such a change, and of what kind.
        ProposalShell = "proposal_shell",
    }
}

/// Kind of fact → audience, and whether whoever guides a task that it is about is among the participants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Visibility(BTreeMap<Fact, (Audience, bool)>);

#[derive(Deserialize)]
struct File {
    #[serde(default)]
    visible: Vec<Row>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    fact: Fact,
    audience: Audience,
    #[serde(default = "yes")]
    guided: bool,
}

const fn yes() -> bool {
    true
}

fn rows(text: &str) -> Result<Vec<Row>, Error> {
    let file: File = toml::from_str(text).map_err(|e| Error::Data {
        what: "visibility.toml".to_owned(),
        reason: e.to_string(),
    })?;
    Ok(file.visible)
}

impl Visibility {
    /// Reads the shipped table; a kind of fact that is missing from it is an error.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let table: BTreeMap<_, _> = rows(text)?
            .into_iter()
            .map(|row| (row.fact, (row.audience, row.guided)))
            .collect();
        if let Some(missing) = Fact::ALL.iter().find(|fact| !table.contains_key(fact)) {
            return Err(Error::Data {
                what: "visibility.toml".to_owned(),
                reason: format!("no row for {}", missing.id()),
            });
        }
        Ok(Self(table))
    }

    /// The same table with an operator's rows in place of the shipped ones.
    pub fn overridden(mut self, text: &str) -> Result<Self, Error> {
        self.0.extend(
            rows(text)?
                .into_iter()
                .map(|row| (row.fact, (row.audience, row.guided))),
        );
        Ok(self)
    }

    /// Who may see a kind of fact by default. A fact that no row names is for the desk alone.
    pub fn audience_of(&self, fact: Fact) -> Audience {
        self.0.get(&fact).map_or(Audience::Desk, |(audience, _)| *audience)
    }

    /// Whether a kind of fact that participants see is seen by whoever guides a task that it is about, too.
    pub fn is_for_guiding(&self, fact: Fact) -> bool {
        self.0
            .get(&fact)
            .is_some_and(|(audience, guided)| *guided && *audience != Audience::Desk)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use crate::catalogue::VISIBILITY;

    #[test]
    fn what_shows_work_is_public_and_what_shames_is_not() {
        let table = Visibility::parse(VISIBILITY).unwrap();
        for fact in [Fact::Output, Fact::Text, Fact::Window, Fact::Answer] {
            assert_eq!(table.audience_of(fact), Audience::Public, "{}", fact.id());
        }
        for fact in [
            Fact::Lateness,
            Fact::Note,
            Fact::Blocked,
            Fact::ProposalDraft,
            Fact::TextDraft,
        ] {
            assert_ne!(table.audience_of(fact), Audience::Public, "{}", fact.id());
        }
    }

    #[test]
    fn whoever_guides_a_task_sees_a_draft_that_touches_it_when_opinions_are_asked() {
        let table = Visibility::parse(VISIBILITY).unwrap();
        assert!(!table.is_for_guiding(Fact::ProposalDraft) && table.is_for_guiding(Fact::ProposalAsked));
        assert!(table.is_for_guiding(Fact::Evidence) && !table.is_for_guiding(Fact::Note));
    }

    #[test]
    fn an_operator_overrides_single_rows() {
        let table = Visibility::parse(VISIBILITY).unwrap();
        let own = "[[visible]]\nfact = \"milestone\"\naudience = \"participants\"\n";
        let table = table.overridden(own).unwrap();
        assert_eq!(table.audience_of(Fact::Milestone), Audience::Participants);
        assert_eq!(table.audience_of(Fact::Output), Audience::Public);
    }

    #[test]
    fn a_missing_kind_and_a_misspelt_word_are_errors() {
        let short = VISIBILITY.replacen("fact = \"output\"", "fact = \"text\"", 1);
        assert!(matches!(Visibility::parse(&short), Err(Error::Data { reason, .. }) if reason.contains("output")));
        let misspelt = VISIBILITY.replacen("\"public\"", "\"pubic\"", 1);
        assert!(Visibility::parse(&misspelt).is_err());
    }
}
