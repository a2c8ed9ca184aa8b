//! What an entry changed: the fields of its object before and after it, from the events alone. Pure.

use crate::{
    bilingual::Bilingual,
    list::state::{Fate, Task},
    obligation::{event::Audience, state::Obligation},
    output::state::State,
    upload::Attachment,
};
use jiff::civil::Date;
use ledger::Recorded;
use std::collections::BTreeMap;

/// What else than what is public the reader may see of the object.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Seen {
    /// Facts among participants.
    pub participants: bool,
    /// Facts of the desk.
    pub desk: bool,
}

impl Seen {
    /// Whether facts for this audience are seen.
    pub const fn sees(self, audience: Audience) -> bool {
        match audience {
            Audience::Public => true,
            Audience::Participants => self.participants,
            Audience::Desk => self.desk,
        }
    }
}

/// A value of a field, so that a page can say it in either language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shown {
    /// Nothing was there.
    Nothing,
    /// A word of the vocabulary.
    Word {
        /// Kind of word: `state`, `part`, `stage`, `evidence`, `block`, `tier`.
        of: &'static str,
        /// Its id.
        id: String,
    },
    /// A text as somebody wrote it.
    Text(String),
    /// A text in two languages.
    Titled(Bilingual),
    /// A day.
    Day(Date),
    /// A body, by id.
    Organization(String),
    /// A desk, by id.
    Desk(String),
    /// A person, by id.
    Person(String),
    /// Yes or no.
    Truth(bool),
}

/// A field before and after.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldChange {
    /// Id of the field; its label is the message `field-…`, with a hyphen for each underscore.
    pub field: &'static str,
    /// Of which milestone, evidence or measure, where the object has several.
    pub of: Option<Bilingual>,
    /// Before.
    pub before: Shown,
    /// After.
    pub after: Shown,
}

/// Fields by what they are of (empty, or the id of a milestone, evidence or measure) and by their id.
type Fields = BTreeMap<(String, &'static str), (Option<Bilingual>, Shown)>;

/// What the last of these events of one stream changed, as far as it may be seen.
pub fn changes(events: &[Recorded], seen: Seen) -> Vec<FieldChange> {
    let Some((last, before)) = events.split_last() else {
        return Vec::new();
    };
    let fields = |events: &[Recorded]| match last.stream.kind() {
        "obligation" => obligation(&Obligation::fold(events), seen),
        "task" => task(&Task::fold(events)),
        "output" => output(events),
        _ => Fields::new(),
    };
    let (mut old, new) = (fields(before), fields(events));
    let mut changes = Vec::new();
    for ((item, field), (of, after)) in new {
        let before = old.remove(&(item, field)).map_or(Shown::Nothing, |(_, shown)| shown);
        if before != after {
            changes.push(FieldChange {
                field,
                of,
                before,
                after,
            });
        }
    }
    changes.extend(old.into_iter().map(|((_, field), (of, before))| FieldChange {
        field,
        of,
        before,
        after: Shown::Nothing,
    }));
    changes
}

/// Gathers the fields that have a value.
#[derive(Default)]
struct Gather(Fields);

impl Gather {
    fn add(&mut self, field: &'static str, shown: Option<Shown>) {
        self.of("", field, None, shown);
    }

    fn of(&mut self, item: &str, field: &'static str, of: Option<&Bilingual>, shown: Option<Shown>) {
        if let Some(shown) = shown {
            self.0.insert((item.to_owned(), field), (of.cloned(), shown));
        }
    }
}

fn word(of: &'static str, id: &str) -> Option<Shown> {
    (!id.is_empty()).then(|| Shown::Word { of, id: id.to_owned() })
}

fn text(text: &str) -> Option<Shown> {
    (!text.is_empty()).then(|| Shown::Text(text.to_owned()))
}

fn obligation(state: &Obligation, seen: Seen) -> Fields {
    let mut fields = Gather::default();
    let Some(origin) = &state.origin else {
        return fields.0;
    };
    let standing = if seen.participants {
        state.standing()
    } else {
        state.public_standing()
    };
    fields.add("state", word("state", standing.id()));
    fields.add("held", Some(Shown::Truth(state.exists())));
    fields.add("firm", Some(Shown::Truth(origin.firm)));
    fields.add("part", state.part.and_then(|p| word("part", p.id())));
    fields.add("topics", text(&state.topics.join(" · ")));
    let stage = match &state.stage {
        Some((stage, audience)) if seen.sees(*audience) => Some(stage),
        _ => state.public_stage.as_ref(),
    };
    fields.add("stage", stage.and_then(|s| word("stage", s)));
    if let Some(holder) = &state.holder {
        fields.add(
            "holder_organization",
            Some(Shown::Organization(holder.organization.clone())),
        );
        fields.add("holder_desk", holder.desk.clone().map(Shown::Desk));
        fields.add("holder_since", Some(Shown::Day(holder.since)));
        if seen.participants {
            fields.add("holder_person", holder.person.clone().map(Shown::Person));
        }
    }
    for (id, milestone) in &state.milestones {
        let of = Some(&milestone.name);
        fields.of(id, "milestone_due", of, Some(Shown::Day(milestone.due)));
        fields.of(id, "milestone_set_by", of, text(&milestone.set_by));
        fields.of(id, "milestone_reached", of, milestone.reached.map(Shown::Day));
    }
    for (position, evidence) in state.evidence.iter().filter(|(_, e)| seen.sees(e.audience)) {
        let (item, of) = (format!("e{position}"), Some(&evidence.title));
        fields.of(&item, "evidence", of, word("evidence", evidence.kind.id()));
        fields.of(&item, "designation", of, evidence.designation.as_deref().and_then(text));
        fields.of(&item, "published", of, evidence.published.map(Shown::Day));
        fields.of(&item, "reported", of, evidence.reported.map(Shown::Day));
        fields.of(&item, "source", of, text(&evidence.source.citation));
        let files: Vec<&str> = evidence.files.iter().map(Attachment::shown).collect();
        fields.of(&item, "files", of, text(&files.join("、")));
    }
    for (measure, link) in &state.links {
        let of = Bilingual::zh(measure);
        fields.of(measure, "measure", Some(&of), word("link", link.id()));
    }
    if let Some(block) = state.block.as_ref().filter(|b| seen.sees(b.audience)) {
        fields.add("block", word("block", block.kind.id()));
        fields.add("block_text", text(&block.text));
        fields.add("block_waits_for", block.waits_for.as_deref().and_then(text));
        fields.add("block_since", Some(Shown::Day(block.since)));
    }
    fields.0
}

fn task(state: &Task) -> Fields {
    let mut fields = Gather::default();
    let Some(wording) = &state.wording else {
        return fields.0;
    };
    fields.add("title", Some(Shown::Titled(wording.title.clone())));
    fields.add("tier", word("tier", wording.tier.id()));
    fields.add("places", text(&wording.places_as_written));
    fields.add("part", word("part", &wording.role));
    let (fate, detail) = match &state.fate {
        Fate::Open => ("open", ""),
        Fate::Merged(into) => ("merged", into.as_str()),
        Fate::Closed(reason) => ("closed", reason.as_str()),
    };
    fields.add("fate", word("fate", fate));
    fields.add("fate_detail", text(detail));
    if let Some((organization, source)) = &state.guiding {
        fields.add("guiding", Some(Shown::Organization(organization.clone())));
        fields.add("guiding_source", text(source));
    }
    if let Some((due, set_by)) = &state.time_limit {
        fields.add("time_limit", Some(Shown::Day(*due)));
        fields.add("time_limit_by", text(set_by));
    }
    for (measure, link) in &state.links {
        let of = Bilingual::zh(measure);
        fields.of(measure, "measure", Some(&of), word("link", link.id()));
    }
    fields.0
}

fn output(events: &[Recorded]) -> Fields {
    let mut fields = Gather::default();
    let state = State::fold(events);
    let Some(output) = state.output else {
        return fields.0;
    };
    fields.add("title", Some(Shown::Titled(output.title)));
    fields.add("tier", word("tier", output.tier.id()));
    fields.add("designation", output.designation.as_deref().and_then(text));
    fields.add("published", output.published.map(Shown::Day));
    fields.add("reported", output.reported.map(Shown::Day));
    fields.add("source", text(&output.source.citation));
    fields.add("tasks", text(&output.tasks.join(" · ")));
    fields.add("measures", text(&output.measures.join(" · ")));
    let confirmed: Vec<String> = state.confirmed.into_iter().collect();
    fields.add("measures_confirmed", text(&confirmed.join(" · ")));
    fields.0
}
