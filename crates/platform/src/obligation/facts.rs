//! What a decision on an obligation needs to know beside its own events: its task, the desk, the files.

use super::{
    command::{Command, Hands, stream},
    event::Subject,
    state::Obligation,
};
use crate::{
    context::{Context, PersonId},
    list::{
        event::{ClaimKind, Strength, Tier},
        facts::measure_is_there,
        state::Task,
    },
    people::facts::{body_and_desk, memberships_on},
    refusal::{Refusal, Result},
    rights::Object,
    running::Platform,
    upload::{self, Attachment},
};
use jiff::civil::Date;
use ledger::{AsOf, Position, Recorded, StreamName, Value, Version};
use std::collections::BTreeMap;

/// What is known around an obligation when a command is decided.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    /// Its own events, in order.
    pub entries: Vec<Recorded>,
    /// The topics that its task bundles.
    pub topics: Vec<String>,
    /// What a willing place may take up; absent where the obligation exists, or where nobody asked for volunteers.
    pub offer: Option<Offer>,
    /// The desk that the command names, as it stands; absent where there is none of that id in that body.
    pub desk: Option<Desk>,
    /// Whether the evidence that the command completes came with an output, which is completed itself.
    pub of_output: bool,
    /// Of the measure that the command names: whether the list has it, and whether task or sentence serve it anyway.
    pub measure: NamedMeasure,
    /// Of the files that the command names, those that whoever asks has sent, by digest.
    pub files: BTreeMap<String, Attachment>,
    /// Streams that these facts were read from, at the version read.
    pub relied_on: Vec<(StreamName, Version)>,
}

/// A task that a willing place may take up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// List.
    pub list: String,
    /// Version of the list.
    pub version: u32,
    /// Id of the task.
    pub task: String,
    /// Code of the place.
    pub place: String,
    /// The body to which it falls until somebody assigns it.
    pub addressee: String,
    /// How the task names its volunteers: willing or relevant.
    pub claim: ClaimKind,
    /// What whoever undertakes it does, by id.
    pub role: String,
    /// Kind of standard.
    pub tier: Tier,
    /// How strongly it binds whoever took it up.
    pub strength: Strength,
    /// The day from which the list asks for it.
    pub since: Date,
}

/// A measure that a command names.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct NamedMeasure {
    /// Whether the list has it.
    pub is_there: bool,
    /// Whether the task, or the sentence, is said to serve it wherever it is undertaken.
    pub of_subject: bool,
}

/// A desk that can hold work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Desk {
    /// Whether the person that the command names sits at it, or none is named.
    pub seats_person: bool,
}

/// The id of what a place or ministry owes of a task or sentence: `first-28-500000`.
pub fn id_of(subject: &str, holder: &str) -> String {
    format!("{subject}-{holder}")
}

/// The task and the place of which an id speaks: `first-28-500000`, task `first-28`, place `500000`.
pub fn parts_of(id: &str) -> Option<(&str, &str)> {
    id.rsplit_once('-')
        .filter(|(task, place)| !task.is_empty() && !place.is_empty() && place.bytes().all(|b| b.is_ascii_digit()))
}

/// What the obligation is, as far as rights ask; unseen where there is none and none could be taken up.
pub async fn object(platform: &Platform, id: &str) -> Result<Object> {
    let state = Obligation::fold(&platform.ledger().stream(&stream(id)?).await?);
    if let Some(origin) = state.origin {
        return Ok(Object {
            place: origin.place,
            organization: origin.organization,
            ..Object::default()
        });
    }
    let (task, place) = parts_of(id).ok_or_else(Refusal::unseen)?;
    let task = StreamName::parse(&format!("task/{task}")).map_err(|_| Refusal::unseen())?;
    let place_stream = StreamName::parse(&format!("place/{place}")).map_err(|_| Refusal::unseen())?;
    let ledger = platform.ledger();
    if ledger.version(&task).await? == Version::NONE || ledger.version(&place_stream).await? == Version::NONE {
        return Err(Refusal::unseen().into());
    }
    Ok(Object::of_place(place))
}

/// Loads what the decision of this command needs.
pub async fn load(platform: &Platform, context: &Context, id: &str, command: &Command) -> Result<Facts> {
    let entries = platform.ledger().stream(&stream(id)?).await?;
    let mut facts = Facts {
        entries,
        ..Facts::default()
    };
    let mut command = command;
    if let Command::Correct {
        replacement: Some(replacement),
        ..
    } = command
    {
        command = replacement;
    }
    match command {
        Command::ChooseTopics { .. } => topics(platform, &mut facts).await?,
        Command::OptIn if facts.entries.is_empty() => offer(platform, id, &mut facts).await?,
        Command::AssignHolder { hands, .. } | Command::HandOver { hands, .. } => {
            desk(platform, hands, &mut facts).await?;
        }
        Command::ProposeLink { measure } | Command::ConfirmLink { measure } => {
            named_measure(platform, measure, &mut facts).await?;
        }
        Command::CompleteEvidence { position, .. } => of_output(platform, *position, &mut facts).await?,
        Command::RecordEvidence { evidence } => {
            files(platform, context, &evidence.files, &mut facts).await?;
        }
        _ => {}
    }
    Ok(facts)
}

async fn task(platform: &Platform, id: &str, facts: &mut Facts) -> Result<(Task, Vec<Recorded>)> {
    let stream = StreamName::parse(&format!("task/{id}")).map_err(|_| Refusal::unseen())?;
    let events = platform.ledger().stream(&stream).await?;
    let task = Task::fold(&events);
    facts.relied_on.push((stream, task.version));
    Ok((task, events))
}

async fn topics(platform: &Platform, facts: &mut Facts) -> Result<()> {
    let origin = Obligation::fold(&facts.entries).origin;
    let Some(Subject::Task(id)) = origin.map(|o| o.subject) else {
        return Ok(());
    };
    let (task, _) = task(platform, &id, facts).await?;
    facts.topics = task
        .wording
        .map(|w| w.topics.into_iter().map(|t| t.zh).collect())
        .unwrap_or_default();
    Ok(())
}

async fn offer(platform: &Platform, id: &str, facts: &mut Facts) -> Result<()> {
    let Some((task_id, place)) = parts_of(id) else {
        return Ok(());
    };
    let (task, events) = task(platform, task_id, facts).await?;
    let (Some(wording), Some(first)) = (task.wording, events.first()) else {
        return Ok(());
    };
    let claim = wording
        .claims
        .iter()
        .map(|c| c.claim)
        .find(|c| matches!(c, ClaimKind::Willing | ClaimKind::Relevant));
    let (condition, values) = AsOf::day(platform.today()).condition("o", 2);
    let sql = format!(
        "SELECT o.id AS id FROM organization o WHERE o.kind = 'commerce' AND o.place = $1 AND {condition} ORDER BY o.id LIMIT 1"
    );
    let mut bound: Vec<Value> = vec![place.into()];
    bound.extend(values);
    let row = platform.ledger().fetch_one(sql, bound).await?;
    if let (Some(claim), Some(row)) = (claim, row) {
        facts.offer = Some(Offer {
            list: task.list,
            version: task.list_version,
            task: task_id.to_owned(),
            place: place.to_owned(),
            addressee: row.text("id")?,
            claim,
            role: wording.role,
            tier: wording.tier,
            strength: Strength::Must,
            since: first.effective,
        });
    }
    Ok(())
}

async fn named_measure(platform: &Platform, measure: &str, facts: &mut Facts) -> Result<()> {
    let Some(origin) = Obligation::fold(&facts.entries).origin else {
        return Ok(());
    };
    let of_subject = match &origin.subject {
        Subject::Task(id) => task(platform, id, facts).await?.0.links.contains_key(measure),
        Subject::Action(id) => measure_of(id) == Some(measure),
    };
    facts.measure = NamedMeasure {
        is_there: measure_is_there(platform, &origin.list, measure).await?,
        of_subject,
    };
    Ok(())
}

/// The number of the measure in which a sentence stands: `first-m5.2` is the second of measure 5.
pub(crate) fn measure_of(action: &str) -> Option<&str> {
    let (_, rest) = action.rsplit_once("-m")?;
    rest.split_once('.').map(|(measure, _)| measure)
}

async fn desk(platform: &Platform, hands: &Hands, facts: &mut Facts) -> Result<()> {
    let today = platform.today();
    let open = body_and_desk(platform, &hands.organization, Some(&hands.desk), today).await?;
    let Some(relied_on) = open else {
        return Ok(());
    };
    facts.relied_on.push(relied_on);
    let seats_person = match &hands.person {
        None => true,
        Some(person) => memberships_on(platform, &PersonId(person.clone()), today)
            .await?
            .iter()
            .any(|m| m.organization == hands.organization && m.desk.as_ref() == Some(&hands.desk)),
    };
    facts.desk = Some(Desk { seats_person });
    Ok(())
}

async fn of_output(platform: &Platform, position: Position, facts: &mut Facts) -> Result<()> {
    let state = Obligation::fold(&facts.entries);
    let entry = state.evidence.iter().find(|(p, _)| *p == position);
    let (Some((_, evidence)), Some(origin)) = (entry, &state.origin) else {
        return Ok(());
    };
    let (Subject::Task(task), Some(place)) = (&origin.subject, &origin.place) else {
        return Ok(());
    };
    let (condition, values) = AsOf::day(platform.today()).condition("o", 3);
    let sql = format!("SELECT o.tasks FROM output o WHERE o.title_zh = $1 AND o.counts_to = $2 AND {condition}");
    let mut bound: Vec<Value> = vec![(&evidence.title.zh).into(), place.into()];
    bound.extend(values);
    for row in platform.ledger().fetch(sql, bound).await? {
        let tasks: Vec<String> = serde_json::from_str(&row.text("tasks")?).unwrap_or_default();
        facts.of_output |= tasks.contains(task);
    }
    Ok(())
}

/// A digest alone opens nothing: a file is attached by whoever sent it.
async fn files(platform: &Platform, context: &Context, named: &[Attachment], facts: &mut Facts) -> Result<()> {
    let Some(actor) = &context.actor else { return Ok(()) };
    let digests: Vec<String> = named.iter().map(|file| file.sha256.clone()).collect();
    let sent = upload::query::sent(platform, &actor.person, &digests).await?;
    facts.files = sent.into_iter().map(|file| (file.sha256.clone(), file)).collect();
    Ok(())
}
