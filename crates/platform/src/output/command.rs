//! Recording what came out: inside the list, where it is evidence of its obligations too, and outside it.

use super::{
    event::{Output, OutputEvent},
    state::State,
};
use crate::{
    context::Context,
    event::{correction, read, record, standing},
    obligation::{
        self,
        check::{Words, designation, link_fault, some},
        command::Command,
        event::{Audience, Evidence, EvidenceKind, ObligationEvent, Source},
        state::Obligation,
    },
    refusal::{Error, Refusal, Result},
    rights::{self, Action, Object},
    running::Platform,
    writing::{begin, repeated},
};
use jiff::civil::Date;
use ledger::{Committed, NewEvent, Recorded, StreamName, Version};

/// What became known of an output after it was recorded.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Completion {
    /// Its number.
    pub designation: Option<String>,
    /// Day of publication.
    pub published: Option<Date>,
    /// Where that is written.
    pub source: Option<Source>,
}

/// What is known around an output when it is decided.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    /// Whether its place is known, and the one to which it counts.
    pub places_known: bool,
    /// Of its measures, the first that is not known.
    pub unknown_measure: Option<String>,
    /// For each of its tasks, the obligation of the place to which it counts, with its events.
    pub obligations: Vec<(String, StreamName, Vec<Recorded>)>,
}

/// The stream of an output.
pub fn stream(id: &str) -> Result<StreamName> {
    StreamName::parse(&format!("output/{id}")).map_err(|_| Refusal::unseen().into())
}

/// Records an output under a fresh id: with tasks, also as evidence of their obligations, in the same commit; without,
/// as one outside the list that serves measures.
///
/// # Errors
/// A [`Refusal`] `output/…` or `obligation/…`; nothing is recorded then.
pub async fn record_output(platform: &Platform, context: &Context, id: &str, output: &Output) -> Result<Committed> {
    let counts_to = output.counts_to.as_ref().unwrap_or(&output.place);
    rights::check(
        platform.rights(),
        context,
        Action::RecordOutput,
        &Object::of_place(counts_to),
    )?;
    if let Some(committed) = repeated(platform, context).await? {
        return Ok(committed);
    }
    let stream = stream(id)?;
    let (committed, ()) = platform
        .ledger()
        .commit_with(|| async {
            let facts = load(platform, output).await?;
            if platform.ledger().version(&stream).await? != Version::NONE {
                return Err(Refusal::rule("output/exists", "").with("output", id).into());
            }
            let (event, evidence) = decide_record(output, context, &facts)?;
            let mut commit = begin(context, id).write(stream.clone(), Version::NONE, vec![event]);
            for (obligation, version, event) in evidence {
                commit = commit.write(obligation, version, vec![event]);
            }
            Ok::<_, Error>((commit, ()))
        })
        .await?;
    Ok(committed)
}

/// Adds to an output what became known of it: its number, its day. The evidence of its obligations reads like that too.
///
/// # Errors
/// A [`Refusal`] `output/…`; nothing is recorded then.
pub async fn complete_output(
    platform: &Platform,
    context: &Context,
    id: &str,
    completion: &Completion,
) -> Result<Committed> {
    decided(platform, context, id, Action::RecordOutput, |_, known, facts| {
        let (event, evidence) = decide_completion(&known, completion, context, &facts)?;
        let evidence = evidence
            .into_iter()
            .map(|(stream, version, event)| (stream, version, vec![event]));
        Ok((vec![event], evidence.collect()))
    })
    .await
}

/// What is decided about an output: events of its own, and of obligations with the versions on which they rest.
type Decided = (Vec<NewEvent>, Vec<(StreamName, Version, Vec<NewEvent>)>);

/// Decides about an output that stands, from its events, itself and what is known around it; records both in one commit.
async fn decided(
    platform: &Platform,
    context: &Context,
    id: &str,
    right: Action,
    decide: impl Fn(&[Recorded], Output, Facts) -> Result<Decided>,
) -> Result<Committed> {
    let stream = stream(id)?;
    let known = standing_output(&platform.ledger().stream(&stream).await?).ok_or_else(Refusal::unseen)?;
    let counts_to = known.counts_to.as_ref().unwrap_or(&known.place);
    rights::check(platform.rights(), context, right, &Object::of_place(counts_to))?;
    if let Some(committed) = repeated(platform, context).await? {
        return Ok(committed);
    }
    let (committed, ()) = platform
        .ledger()
        .commit_with(|| async {
            let events = platform.ledger().stream(&stream).await?;
            let version = events.last().map_or(Version::NONE, |e| e.version);
            let known = standing_output(&events).ok_or_else(Refusal::unseen)?;
            let facts = load(platform, &known).await?;
            let (own, of_obligations) = decide(&events, known, facts)?;
            let mut commit = begin(context, id).write(stream.clone(), version, own);
            for (obligation, version, events) in of_obligations {
                commit = commit.write(obligation, version, events);
            }
            Ok::<_, Error>((commit, ()))
        })
        .await?;
    Ok(committed)
}

/// What an analyst says of a measure that an output outside the list is said to serve.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It serves it.
    Confirmed,
    /// It does not.
    Removed,
}

/// Confirms that an output serves a measure, or says that it does not.
///
/// # Errors
/// A [`Refusal`] `list/link_…` or `output/serves_nothing`; nothing is recorded then.
pub async fn judge_measure(
    platform: &Platform,
    context: &Context,
    id: &str,
    measure: &str,
    verdict: Verdict,
) -> Result<Committed> {
    rights::check(platform.rights(), context, Action::ConfirmLink, &Object::default())?;
    if let Some(committed) = repeated(platform, context).await? {
        return Ok(committed);
    }
    let stream = stream(id)?;
    let (committed, ()) = platform
        .ledger()
        .commit_with(|| async {
            let events = platform.ledger().stream(&stream).await?;
            let version = events.last().map_or(Version::NONE, |e| e.version);
            let event = decide_measure(&State::fold(&events), measure, verdict)?;
            Ok::<_, Error>((
                begin(context, id).write(stream.clone(), version, vec![record(&event)?]),
                (),
            ))
        })
        .await?;
    Ok(committed)
}

/// What a verdict on a measure brings. Pure.
fn decide_measure(state: &State, measure: &str, verdict: Verdict) -> Result<OutputEvent> {
    let output = state.output.as_ref().ok_or_else(Refusal::unseen)?;
    let measure = measure.trim().to_owned();
    if !output.measures.contains(&measure) {
        return Err(Refusal::rule("list/link_absent", "").with("measure", measure).into());
    }
    match verdict {
        Verdict::Confirmed if state.confirmed.contains(&measure) => {
            Err(Refusal::rule("list/link_stands", "").with("measure", measure).into())
        }
        Verdict::Confirmed => Ok(OutputEvent::MeasureConfirmed { measure }),
        Verdict::Removed if output.tasks.is_empty() && output.measures.len() == 1 => {
            Err(Refusal::wrong("output/serves_nothing").into())
        }
        Verdict::Removed => Ok(OutputEvent::MeasureRemoved { measure }),
    }
}

/// Takes an output back that was recorded wrongly: its entries are corrected, and with them the evidence that they
/// brought to its obligations. What was recorded stays in the log, and visible in the history.
///
/// # Errors
/// A [`Refusal`] `obligation/…`, as for the correction of that evidence; nothing is recorded then.
pub async fn correct_output(platform: &Platform, context: &Context, id: &str, reason: &str) -> Result<Committed> {
    decided(platform, context, id, Action::CorrectEntry, |events, known, facts| {
        let mut taken_back = Vec::new();
        for (_, stream, entries) in &facts.obligations {
            let version = entries.last().map_or(Version::NONE, |e| e.version);
            let events = evidence_taken_back(&known, entries, reason, context)?;
            taken_back.push((stream.clone(), version, events));
        }
        Ok((decide_correction(events, reason)?, taken_back))
    })
    .await
}

/// The corrections of every entry of an output that still counts. Pure.
fn decide_correction(events: &[Recorded], reason: &str) -> Result<Vec<NewEvent>> {
    Words::new().note("reason", reason).done()?;
    standing(events)
        .into_iter()
        .map(|e| Ok(correction(e.position, reason.trim())?))
        .collect()
}

/// The correction of the evidence that an output brought to an obligation, by the obligation's own rules. Pure.
fn evidence_taken_back(known: &Output, entries: &[Recorded], reason: &str, context: &Context) -> Result<Vec<NewEvent>> {
    let wrong = standing(entries).into_iter().rfind(|recorded| {
        matches!(
            read(recorded),
            Some(ObligationEvent::EvidenceRecorded { evidence, .. })
                if evidence.kind == EvidenceKind::Standard && evidence.title.zh == known.title.zh
        )
    });
    let Some(wrong) = wrong else { return Ok(Vec::new()) };
    let command = Command::Correct {
        position: wrong.position,
        reason: reason.to_owned(),
        replacement: None,
    };
    let facts = obligation::facts::Facts {
        entries: entries.to_vec(),
        ..obligation::facts::Facts::default()
    };
    obligation::decide::decide(&Obligation::fold(entries), &command, context, &facts)
}

/// An event for the stream of an obligation, with the version on which it rests.
pub type ForObligation = (StreamName, Version, NewEvent);

/// What a new output brings. Pure.
pub fn decide_record(output: &Output, context: &Context, facts: &Facts) -> Result<(NewEvent, Vec<ForObligation>)> {
    let mut output = output.clone();
    check(&output)?;
    output.designation = designation(output.designation.as_deref())?;
    if !facts.places_known {
        return Err(Refusal::wrong("output/no_such_place")
            .with("place", output.place.chars().take(20).collect::<String>())
            .into());
    }
    if let Some(measure) = &facts.unknown_measure {
        return Err(Refusal::wrong("output/no_such_measure")
            .with("measure", measure.chars().take(20).collect::<String>())
            .into());
    }
    if output.tasks.is_empty() && output.measures.is_empty() {
        return Err(Refusal::wrong("output/serves_nothing").into());
    }
    let on = dates(&output, context)?;
    let mut evidence = Vec::new();
    for (task, stream, events) in &facts.obligations {
        let obligation = Obligation::fold(events);
        let Some(origin) = obligation.origin.as_ref().filter(|_| !obligation.ended) else {
            let place = output.counts_to.as_ref().unwrap_or(&output.place);
            return Err(Refusal::rule("output/no_obligation", "")
                .with("place", place)
                .with("task", task)
                .into());
        };
        if on < origin.since {
            return Err(Refusal::wrong("obligation/before_list")
                .with("date", on.to_string())
                .with("issued", origin.since.to_string())
                .into());
        }
        let event = record(&ObligationEvent::EvidenceRecorded {
            evidence: evidence_of(&output),
            demo: output.demo,
        })?;
        evidence.push((stream.clone(), obligation.version, event.effective(on)));
    }
    let event = record(&OutputEvent::Recorded { output })?.effective(on);
    Ok((event, evidence))
}

/// What a completion brings. Pure.
pub fn decide_completion(
    known: &Output,
    completion: &Completion,
    context: &Context,
    facts: &Facts,
) -> Result<(NewEvent, Vec<ForObligation>)> {
    let mut output = known.clone();
    if let Some(number) = designation(completion.designation.as_deref())? {
        output.designation = Some(number);
    }
    output.published = completion.published.or(output.published);
    if output == *known {
        return Err(Refusal::wrong("output/nothing_new").into());
    }
    if let Some(source) = &completion.source {
        output.source = source.clone();
    }
    check(&output)?;
    dates(&output, context)?;
    let mut evidence = Vec::new();
    for (_, stream, events) in &facts.obligations {
        let obligation = Obligation::fold(events);
        let entry = obligation
            .evidence
            .iter()
            .rfind(|(_, e)| e.kind == EvidenceKind::Standard && e.title.zh == known.title.zh);
        let Some((completes, _)) = entry else { continue };
        let event = record(&ObligationEvent::EvidenceCompleted {
            completes: *completes,
            evidence: evidence_of(&output),
            demo: output.demo,
        })?;
        evidence.push((stream.clone(), obligation.version, event));
    }
    Ok((record(&OutputEvent::Completed { output })?, evidence))
}

fn evidence_of(output: &Output) -> Evidence {
    Evidence {
        kind: EvidenceKind::Standard,
        title: output.title.clone(),
        designation: output.designation.clone(),
        published: output.published,
        reported: output.reported,
        source: output.source.clone(),
        files: Vec::new(),
        audience: Audience::Public,
    }
}

fn check(output: &Output) -> Result<()> {
    Words::new()
        .title("title", &output.title.zh)
        .title_or_none("title_en", output.title.en.as_deref())
        .short("source", &output.source.citation)
        .note_or_none("line", output.source.line.as_deref().unwrap_or_default())
        .done()?;
    let given = [
        Some(&output.source.citation),
        output.source.link.as_ref(),
        output.source.line.as_ref(),
    ]
    .into_iter()
    .flatten()
    .any(|text| some(text).is_some());
    if !given {
        return Err(Refusal::wrong("obligation/source_missing")
            .fault("source", "fault-text-empty")
            .into());
    }
    match output.source.link.as_deref().and_then(link_fault) {
        None => Ok(()),
        Some(fault) => Err(Refusal::wrong("output/text").fault("link", fault).into()),
    }
}

/// The day from which the output is there: published, else reported, else today.
fn dates(output: &Output, context: &Context) -> Result<Date> {
    if let (Some(published), Some(reported)) = (output.published, output.reported)
        && reported < published
    {
        return Err(Refusal::wrong("obligation/reported_before_published")
            .with("published", published.to_string())
            .with("reported", reported.to_string())
            .into());
    }
    let latest = output.published.max(output.reported);
    if let Some(date) = latest.filter(|date| *date > context.today) {
        return Err(Refusal::wrong("obligation/date_in_future")
            .with("date", date.to_string())
            .with("today", context.today.to_string())
            .fault("published", "fault-date-in-future")
            .into());
    }
    Ok(output.published.or(output.reported).unwrap_or(context.today))
}

/// The output as its events tell it, corrections applied.
pub fn standing_output(events: &[Recorded]) -> Option<Output> {
    State::fold(events).output
}

async fn load(platform: &Platform, output: &Output) -> Result<Facts> {
    let ledger = platform.ledger();
    let mut facts = Facts {
        places_known: true,
        ..Facts::default()
    };
    for place in std::iter::once(&output.place).chain(&output.counts_to) {
        let known = match StreamName::parse(&format!("place/{place}")) {
            Ok(stream) => ledger.version(&stream).await? != Version::NONE,
            Err(_) => false,
        };
        facts.places_known &= known;
    }
    facts.unknown_measure = super::query::unknown_measure(platform, &output.measures).await?;
    let counts_to = output.counts_to.as_ref().unwrap_or(&output.place);
    for task in &output.tasks {
        let stream = crate::obligation::command::stream(&format!("{task}-{counts_to}"))?;
        let events = ledger.stream(&stream).await?;
        facts.obligations.push((task.clone(), stream, events));
    }
    Ok(facts)
}
