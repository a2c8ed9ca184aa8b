//! What follows from a command on an obligation: events, or a refusal that names its rule. Pure.

use super::{
    check::{Words, code_of_stage, day, designation, link_fault, some},
    command::{Command, Hands, Since},
    event::{Evidence, EvidenceKind, ObligationEvent, Part, Source, Subject},
    facts::Facts,
    state::{Milestone, Obligation},
};
use crate::{
    bilingual::Bilingual,
    context::Context,
    event::record,
    list::state::Link,
    refusal::{Refusal, Result},
};
use jiff::civil::Date;
use ledger::{NewEvent, Position};

/// Most files of one entry of evidence.
pub const MOST_FILES: usize = 10;

/// Where it stands that progress follows from deeds: the document of the list gives each part its work.
const PARTS: &str = "商资发〔2024〕314号 附件";

/// The events that a command brings.
///
/// # Errors
/// A refusal `obligation/…`; its rules are told in `locales/*/refusals-obligation.ftl`.
pub fn decide(state: &Obligation, command: &Command, context: &Context, facts: &Facts) -> Result<Vec<NewEvent>> {
    if let Command::Correct {
        position,
        reason,
        replacement,
    } = command
    {
        return super::correct::correct(*position, reason, replacement.as_deref(), context, facts);
    }
    open(state, command)?;
    let one = |event: &ObligationEvent| Ok(vec![record(event)?]);
    match command {
        Command::ChoosePart { part } => choose_part(state, *part),
        Command::ChooseTopics { topics } => choose_topics(topics, facts),
        Command::OptIn => opt_in(state, facts),
        Command::OptOut { reason } => opt_out(state, reason),
        Command::AssignHolder { hands, since } => hands_change(state, hands, None, since, context, facts),
        Command::HandOver { hands, reason, since } => hands_change(state, hands, Some(reason), since, context, facts),
        Command::SetMilestone {
            milestone,
            name,
            due,
            set_by,
        } => set_milestone(state, milestone.as_deref(), name, *due, set_by),
        Command::ReachMilestone { milestone, since } => reach_milestone(state, milestone, since, context),
        Command::Note { text, audience } => {
            Words::new().note("text", text).done()?;
            one(&ObligationEvent::Noted {
                text: text.trim().to_owned(),
                audience: *audience,
            })
        }
        Command::RecordStage {
            stage,
            designation: number,
            source,
            audience,
            on,
        } => {
            let stage = code_of_stage(stage)?;
            let number = designation(number.as_deref())?;
            written(source)?;
            let since = Since {
                on: *on,
                source: Some(source.clone()),
            };
            let day = day(&since, state, context)?;
            let event = ObligationEvent::StageRecorded {
                stage,
                designation: number,
                source: source.clone(),
                audience: *audience,
            };
            Ok(vec![dated(&event, day)?])
        }
        Command::CompleteEvidence {
            position,
            designation,
            published,
            source,
        } => complete_evidence(
            state,
            *position,
            (designation.as_deref(), *published, source.as_ref()),
            context,
            facts,
        ),
        Command::RecordEvidence { evidence } => record_evidence(state, evidence, context, facts),
        Command::Block {
            kind,
            text,
            waits_for,
            audience,
            since,
        } => {
            Words::new()
                .note("text", text)
                .short("waits_for", waits_for.as_deref().unwrap_or_default())
                .done()?;
            let event = ObligationEvent::Blocked {
                reason: *kind,
                text: text.trim().to_owned(),
                waits_for: waits_for.as_deref().and_then(some),
                audience: *audience,
                source: since.source.clone(),
            };
            Ok(vec![dated(&event, day(since, state, context)?)?])
        }
        Command::Unblock { text } => {
            if state.block.is_none() {
                return Err(Refusal::rule("obligation/not_blocked", "").into());
            }
            Words::new().note("text", text).done()?;
            one(&ObligationEvent::Unblocked {
                text: text.trim().to_owned(),
            })
        }
        Command::Close { text } => close(state, text),
        Command::Reopen { reason } => {
            if !state.closed {
                return Err(Refusal::rule("obligation/not_closed", "").into());
            }
            Words::new().note("reason", reason).done()?;
            one(&ObligationEvent::Reopened {
                reason: reason.trim().to_owned(),
            })
        }
        Command::ProposeLink { measure } => {
            link(state, measure, facts)?;
            if state.links.contains_key(measure) {
                return Err(stands(measure).into());
            }
            one(&ObligationEvent::LinkProposed {
                measure: measure.clone(),
            })
        }
        Command::ConfirmLink { measure } => {
            link(state, measure, facts)?;
            if state.links.get(measure) == Some(&Link::Confirmed) {
                return Err(stands(measure).into());
            }
            one(&ObligationEvent::LinkConfirmed {
                measure: measure.clone(),
            })
        }
        Command::RemoveLink { measure } => {
            if !state.links.contains_key(measure) {
                return Err(Refusal::rule("list/link_absent", "")
                    .with("measure", measure.clone())
                    .into());
            }
            one(&ObligationEvent::LinkRemoved {
                measure: measure.clone(),
            })
        }
        Command::Correct { .. } => Ok(Vec::new()),
    }
}

/// What may be done at all with one that does not exist, has ended, or is closed.
fn open(state: &Obligation, command: &Command) -> Result<()> {
    if matches!(command, Command::OptIn) {
        return Ok(());
    }
    if state.origin.is_none() {
        return Err(Refusal::unseen().into());
    }
    if state.ended {
        return Err(Refusal::rule("obligation/ended", "").into());
    }
    let still = matches!(
        command,
        Command::Reopen { .. }
            | Command::RecordEvidence { .. }
            | Command::CompleteEvidence { .. }
            | Command::Note { .. }
            | Command::ProposeLink { .. }
            | Command::ConfirmLink { .. }
            | Command::RemoveLink { .. }
    );
    if state.closed && !still {
        return Err(Refusal::rule("obligation/closed", "").into());
    }
    Ok(())
}

/// A link of its own is to a measure of the list that its task or sentence does not serve anyway.
fn link(state: &Obligation, measure: &str, facts: &Facts) -> Result<()> {
    if !facts.measure.is_there {
        return Err(Refusal::wrong("list/measure_unknown")
            .with("measure", shortened(measure))
            .into());
    }
    if facts.measure.of_subject && !state.links.contains_key(measure) {
        return Err(Refusal::rule("obligation/link_of_subject", "")
            .with("measure", measure)
            .into());
    }
    Ok(())
}

fn stands(measure: &str) -> Refusal {
    Refusal::rule("list/link_stands", "").with("measure", measure)
}

fn dated(event: &ObligationEvent, day: Option<Date>) -> Result<NewEvent> {
    let event = record(event)?;
    Ok(match day {
        Some(day) => event.effective(day),
        None => event,
    })
}

fn choose_part(state: &Obligation, part: Part) -> Result<Vec<NewEvent>> {
    let offered = state.origin.as_ref().map(|o| o.part);
    if offered != Some(Part::TakePartOrUndertake) {
        return Err(Refusal::rule("obligation/part_given", PARTS)
            .with("part", offered.map_or("", Part::id))
            .into());
    }
    if !matches!(part, Part::TakePart | Part::Undertake) {
        return Err(Refusal::wrong("obligation/part_not_offered")
            .with("part", part.id())
            .into());
    }
    Ok(vec![record(&ObligationEvent::PartChosen { part })?])
}

fn choose_topics(topics: &[String], facts: &Facts) -> Result<Vec<NewEvent>> {
    let mut chosen: Vec<String> = Vec::new();
    let mut unknown = Vec::new();
    for topic in topics.iter().filter_map(|t| some(t)) {
        if !facts.topics.contains(&topic) {
            unknown.push(topic.chars().take(60).collect::<String>());
        } else if !chosen.contains(&topic) {
            chosen.push(topic);
        }
    }
    if !unknown.is_empty() || chosen.is_empty() {
        return Err(Refusal::wrong("obligation/topics_unknown")
            .with("topics", unknown.join(" · "))
            .with("known", facts.topics.join(" · "))
            .into());
    }
    // In the order of the list, whatever the order of the ticks.
    chosen.sort_by_key(|t| facts.topics.iter().position(|known| known == t));
    Ok(vec![record(&ObligationEvent::TopicsChosen { topics: chosen })?])
}

fn opt_in(state: &Obligation, facts: &Facts) -> Result<Vec<NewEvent>> {
    if state.exists() {
        return Err(Refusal::rule("obligation/already_held", "").into());
    }
    if let Some(origin) = &state.origin {
        if origin.firm {
            return Err(Refusal::rule("obligation/ended", "").into());
        }
        return Ok(vec![record(&ObligationEvent::OptedIn {})?]);
    }
    let Some(offer) = &facts.offer else {
        return Err(Refusal::rule("obligation/not_willing", PARTS).into());
    };
    let created = ObligationEvent::Created {
        list: offer.list.clone(),
        version: offer.version,
        subject: Subject::Task(offer.task.clone()),
        place: Some(offer.place.clone()),
        organization: None,
        addressee: offer.addressee.clone(),
        claim: offer.claim,
        firm: false,
        part: Part::parse(&offer.role).unwrap_or(Part::Undertake),
        tier: Some(offer.tier),
        strength: offer.strength,
        demo: false,
    };
    Ok(vec![record(&created)?, record(&ObligationEvent::OptedIn {})?])
}

fn opt_out(state: &Obligation, reason: &str) -> Result<Vec<NewEvent>> {
    let volunteered = state
        .origin
        .as_ref()
        .is_some_and(|o| !o.firm && matches!(o.subject, Subject::Task(_)));
    if !volunteered {
        return Err(Refusal::rule("obligation/firm", PARTS).into());
    }
    Words::new().note("reason", reason).done()?;
    Ok(vec![record(&ObligationEvent::OptedOut {
        reason: reason.trim().to_owned(),
    })?])
}

fn hands_change(
    state: &Obligation,
    hands: &Hands,
    reason: Option<&String>,
    since: &Since,
    context: &Context,
    facts: &Facts,
) -> Result<Vec<NewEvent>> {
    if let Some(reason) = reason {
        Words::new().note("reason", reason).done()?;
    }
    let Some(desk) = &facts.desk else {
        return Err(Refusal::wrong("obligation/no_such_desk")
            .with("desk", shortened(&hands.desk))
            .with("organization", shortened(&hands.organization))
            .into());
    };
    if !desk.seats_person {
        return Err(Refusal::rule("obligation/person_not_at_desk", "")
            .with("desk", shortened(&hands.desk))
            .into());
    }
    let held = state.holder.as_ref().is_some_and(|h| {
        h.organization == hands.organization && h.desk.as_ref() == Some(&hands.desk) && h.person == hands.person
    });
    if held {
        return Err(Refusal::rule("obligation/already_in_these_hands", "").into());
    }
    let event = ObligationEvent::HolderAssigned {
        organization: hands.organization.clone(),
        desk: hands.desk.clone(),
        person: hands.person.clone(),
        reason: reason.map(|r| r.trim().to_owned()),
        source: since.source.clone(),
    };
    Ok(vec![dated(&event, day(since, state, context)?)?])
}

fn set_milestone(
    state: &Obligation,
    milestone: Option<&str>,
    name: &Bilingual,
    due: Date,
    set_by: &str,
) -> Result<Vec<NewEvent>> {
    Words::new()
        .title("name", &name.zh)
        .title_or_none("name_en", name.en.as_deref())
        .title("set_by", set_by)
        .done()?;
    let since = state.origin.as_ref().map_or(due, |o| o.since);
    if due < since {
        return Err(Refusal::wrong("obligation/due_before_list")
            .with("due", due.to_string())
            .with("issued", since.to_string())
            .fault("due", "fault-date-before-list")
            .into());
    }
    let id = match milestone {
        Some(id) if state.milestones.contains_key(id) => id.to_owned(),
        Some(id) => return Err(milestone_unknown(id, state).into()),
        None => next_milestone(state),
    };
    Ok(vec![record(&ObligationEvent::MilestoneSet {
        milestone: id,
        name: name.clone(),
        due,
        set_by: set_by.trim().to_owned(),
    })?])
}

/// `m1`, `m2` …: the first that is free.
fn next_milestone(state: &Obligation) -> String {
    let mut number = state.milestones.len() + 1;
    while state.milestones.contains_key(&format!("m{number}")) {
        number += 1;
    }
    format!("m{number}")
}

fn milestone_unknown(id: &str, state: &Obligation) -> Refusal {
    let known: Vec<&str> = state.milestones.keys().map(String::as_str).collect();
    Refusal::wrong("obligation/milestone_unknown")
        .with("milestone", shortened(id))
        .with("known", known.join(" · "))
}

fn reach_milestone(state: &Obligation, id: &str, since: &Since, context: &Context) -> Result<Vec<NewEvent>> {
    match state.milestones.get(id) {
        None => Err(milestone_unknown(id, state).into()),
        Some(Milestone { reached: Some(day), .. }) => Err(Refusal::rule("obligation/milestone_reached", "")
            .with("milestone", id)
            .with("day", day.to_string())
            .into()),
        Some(_) => {
            let event = ObligationEvent::MilestoneReached {
                milestone: id.to_owned(),
                source: since.source.clone(),
            };
            Ok(vec![dated(&event, day(since, state, context)?)?])
        }
    }
}

fn record_evidence(state: &Obligation, evidence: &Evidence, context: &Context, facts: &Facts) -> Result<Vec<NewEvent>> {
    let mut evidence = evidence.clone();
    Words::new()
        .title("title", &evidence.title.zh)
        .title_or_none("title_en", evidence.title.en.as_deref())
        .done()?;
    evidence.designation = designation(evidence.designation.as_deref())?;
    if evidence.files.is_empty() {
        written(&evidence.source)?;
    } else {
        lengths(&evidence.source)?;
    }
    if evidence.files.len() > MOST_FILES {
        return Err(Refusal::wrong("obligation/too_many_files")
            .with("most", MOST_FILES.to_string())
            .into());
    }
    for file in &mut evidence.files {
        let missing = || Refusal::wrong("obligation/file_missing").with("file", shortened(&file.sha256));
        let sent = facts.files.get(&file.sha256).ok_or_else(missing)?;
        file.clone_from(sent);
    }
    let on = match (evidence.published, evidence.reported) {
        (Some(published), Some(reported)) if reported < published => {
            return Err(Refusal::wrong("obligation/reported_before_published")
                .with("published", published.to_string())
                .with("reported", reported.to_string())
                .into());
        }
        (published, reported) => published.or(reported),
    };
    let since = Since {
        on,
        // A file is as good a witness as a citation.
        source: Some(Source {
            line: evidence
                .files
                .first()
                .map(|file| file.sha256.clone())
                .or(evidence.source.line.clone()),
            ..evidence.source.clone()
        }),
    };
    let day = day(&since, state, context)?;
    let event = ObligationEvent::EvidenceRecorded { evidence, demo: false };
    Ok(vec![dated(&event, day)?])
}

fn complete_evidence(
    state: &Obligation,
    position: Position,
    (number, published, source): (Option<&str>, Option<Date>, Option<&Source>),
    context: &Context,
    facts: &Facts,
) -> Result<Vec<NewEvent>> {
    let Some((_, known)) = state.evidence.iter().find(|(p, _)| *p == position) else {
        return Err(Refusal::rule("obligation/no_such_entry", "")
            .with("position", position.to_string())
            .into());
    };
    if facts.of_output {
        return Err(Refusal::rule("obligation/evidence_of_output", "").into());
    }
    let mut evidence = known.clone();
    if let Some(number) = designation(number)? {
        evidence.designation = Some(number);
    }
    evidence.published = published.or(evidence.published);
    if evidence == *known {
        return Err(Refusal::wrong("output/nothing_new").into());
    }
    if let Some(source) = source {
        written(source)?;
        evidence.source = source.clone();
    }
    // The same checks as when it was entered, for which its files were sent; since when it is there does not change.
    let files = evidence.files.iter().map(|file| (file.sha256.clone(), file.clone()));
    let sent = Facts {
        files: files.collect(),
        ..Facts::default()
    };
    record_evidence(state, &evidence, context, &sent)?;
    let event = ObligationEvent::EvidenceCompleted {
        completes: position,
        evidence,
        demo: false,
    };
    Ok(vec![record(&event)?])
}

fn close(state: &Obligation, text: &str) -> Result<Vec<NewEvent>> {
    Words::new().note_or_none("text", text).done()?;
    let part = state.part.unwrap_or(Part::Undertake);
    if !closes(state) {
        let would: Vec<&str> = EvidenceKind::ALL
            .into_iter()
            .filter(|kind| part.closes_on(*kind))
            .map(EvidenceKind::id)
            .collect();
        let there: Vec<&str> = state.evidence.iter().map(|(_, e)| e.kind.id()).collect();
        return Err(Refusal::rule("obligation/closes_on_evidence", PARTS)
            .with("part", part.id())
            .with("would", would.join(" "))
            .with("there", there.join(" "))
            .into());
    }
    Ok(vec![record(&ObligationEvent::Closed {
        text: text.trim().to_owned(),
    })?])
}

/// Whether evidence is there on which its part closes, and which others than the desk can see.
pub(super) fn closes(state: &Obligation) -> bool {
    let part = state.part.unwrap_or(Part::Undertake);
    state
        .evidence
        .iter()
        .any(|(_, e)| e.audience != super::event::Audience::Desk && part.closes_on(e.kind))
}

/// A source must say where it is written.
fn written(source: &Source) -> Result<()> {
    lengths(source)?;
    let given = some(&source.citation).is_some()
        || source.link.as_deref().and_then(some).is_some()
        || source.line.as_deref().and_then(some).is_some();
    if given {
        Ok(())
    } else {
        Err(Refusal::wrong("obligation/source_missing")
            .fault("source", "fault-text-empty")
            .into())
    }
}

fn lengths(source: &Source) -> Result<()> {
    Words::new()
        .short("source", &source.citation)
        .note_or_none("line", source.line.as_deref().unwrap_or_default())
        .done()?;
    match source.link.as_deref().and_then(link_fault) {
        None => Ok(()),
        Some(fault) => Err(Refusal::wrong("obligation/text").fault("link", fault).into()),
    }
}

/// So much of a foreign text as a message can bear.
fn shortened(text: &str) -> String {
    text.chars().take(60).collect()
}
