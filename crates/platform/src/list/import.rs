//! Taking in another list from its published text, once a person has settled every doubt about it (校对).
//!
//! The tasks and what follows from them are entered; measures that the text may hold beside its list are counted and
//! left, and the answer says so. A text that words a list anew becomes the draft of a proposal: nothing of a list changes
//! by reading.

use super::{
    edition::{self, Edition, holders},
    entering::{Wordings, wording},
    event::{Approval, ListEvent, Strength, TaskEvent, Wording},
};
use crate::{
    bilingual::Bilingual,
    context::Context,
    event::record,
    obligation::event::{ObligationEvent, Part, Subject},
    proposal::{
        change::{ListChange, NewTask, NewWords, Places},
        decide::Draft,
    },
    refusal::{Fault, Refusal, Result},
    rights::{self, Action, Object},
    running::Platform,
    writing::{begin, repeated},
};
use jiff::civil::Date;
use ledger::{StreamName, Version};
use std::collections::BTreeSet;
use tasklist::{Doubt, Reading};

/// What a person says of a doubt, by the line that it names; 0 for a doubt about the whole text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Decision {
    /// The line.
    pub line: u32,
    /// The number of the task; as read where absent.
    pub number: Option<u32>,
    /// Its title; as read where absent.
    pub title: Option<String>,
    /// Its kind of standard; as read where absent.
    pub tier: Option<tasklist::Tier>,
    /// Its places as written; as read where absent.
    pub places: Option<String>,
}

/// A doubt that nobody has settled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenDoubt {
    /// Where to look; 0 where the whole text is meant.
    pub line: u32,
    /// The task in whose row it is.
    pub task: Option<u32>,
    /// What is doubtful.
    pub doubt: Doubt,
}

/// A list to be taken in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Import {
    /// Its id, of ASCII letters, digits and `-`.
    pub id: String,
    /// Its title.
    pub title: Bilingual,
    /// Number of its document.
    pub document: String,
    /// Bodies that issued it, by id.
    pub issued_by: Vec<String>,
    /// The day on which it was issued.
    pub issued: Date,
    /// Codes of the places for which 各试点示范省市 stands.
    pub pilots: Vec<String>,
    /// The text as published.
    pub text: String,
    /// What a person says of its doubts.
    pub decisions: Vec<Decision>,
    /// Whether it is illustrative (演示).
    pub demo: bool,
}

/// What was taken in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Imported {
    /// Tasks.
    pub tasks: usize,
    /// Firm obligations.
    pub obligations: usize,
    /// Measures in the text, which are not taken in.
    pub measures_left: usize,
}

/// The doubts that no decision settles, in the order of the text. Pure. That a text holds no measures is none: a list may
/// stand alone.
pub fn open_doubts(reading: &Reading, decisions: &[Decision]) -> Vec<OpenDoubt> {
    let of_tasks = reading
        .tasks
        .iter()
        .flat_map(|t| t.doubts.iter().map(|d| (t.number, d)));
    let mut open: Vec<OpenDoubt> = reading
        .doubts
        .iter()
        .map(|d| (None, d))
        .chain(of_tasks)
        .filter(|(_, d)| !matches!(d, Doubt::NoMeasures))
        .map(|(task, doubt)| OpenDoubt {
            line: line_of(doubt),
            task,
            doubt: doubt.clone(),
        })
        .filter(|open| decisions.iter().all(|d| d.line != open.line))
        .collect();
    open.sort_by_key(|d| d.line);
    open
}

/// The id of a kind of doubt, as readings print it.
fn kind_of(doubt: &Doubt) -> String {
    let value = serde_json::to_value(doubt).unwrap_or_default();
    value.get("kind").and_then(|k| k.as_str()).unwrap_or("other").to_owned()
}

/// The line that a doubt names; 0 where the whole text is meant.
pub const fn line_of(doubt: &Doubt) -> u32 {
    match doubt {
        Doubt::NumberMissing { line }
        | Doubt::NumberRepeated { line, .. }
        | Doubt::NumberOutOfOrder { line, .. }
        | Doubt::GapInNumbers { line, .. }
        | Doubt::PlacesUnread { line }
        | Doubt::UnknownPlace { line, .. }
        | Doubt::BracketUnbalanced { line }
        | Doubt::TitleSuspicious { line, .. }
        | Doubt::TierUnread { line }
        | Doubt::HeadingUncertain { line }
        | Doubt::MeasureOutOfOrder { line, .. }
        | Doubt::BareNumberInside { line } => *line,
        Doubt::NoTasks | Doubt::NoMeasures => 0,
    }
}

/// The tasks with the decisions made. Pure.
fn settled(
    reading: &Reading,
    decisions: &[Decision],
    places: &tasklist::Places,
) -> Result<Vec<tasklist::Task>, Refusal> {
    let open = open_doubts(reading, decisions);
    if !open.is_empty() {
        let lines: BTreeSet<u32> = open.iter().map(|d| d.line).collect();
        let lines: Vec<String> = lines.into_iter().map(|l| l.to_string()).collect();
        let mut refusal = Refusal::rule("list/doubts_open", "")
            .with("count", open.len().to_string())
            .with("lines", lines.join("、"));
        refusal.faults = open
            .iter()
            .map(|d| Fault {
                field: "text",
                fault: "fault-doubt",
                with: vec![("line", d.line.to_string()), ("doubt", kind_of(&d.doubt))],
            })
            .collect();
        return Err(refusal);
    }
    let mut tasks = reading.tasks.clone();
    for decision in decisions {
        let unfit = || Refusal::wrong("list/decision_unfit").with("line", decision.line.to_string());
        let says_something = decision.number.is_some()
            || decision.title.is_some()
            || decision.tier.is_some()
            || decision.places.is_some();
        if !says_something {
            continue;
        }
        let task = tasks
            .iter_mut()
            .find(|t| t.line.contains(decision.line))
            .ok_or_else(unfit)?;
        task.number = decision.number.or(task.number);
        task.tier = decision.tier.or(task.tier);
        if let Some(title) = &decision.title {
            task.title.clone_from(title);
        }
        if let Some(words) = &decision.places {
            let read = tasklist::read_places(words, places);
            if read.claims.is_empty() || !read.unknown.is_empty() {
                return Err(unfit());
            }
            task.claims = read.claims;
            task.places_as_written.clone_from(words);
        }
    }
    if tasks.is_empty() {
        return Err(Refusal::wrong("list/no_tasks"));
    }
    let mut numbers = BTreeSet::new();
    for task in &tasks {
        if let Some(number) = task.number
            && !numbers.insert(number)
        {
            return Err(Refusal::wrong("list/number_twice").with("number", number.to_string()));
        }
    }
    Ok(tasks)
}

/// The names of places that a text may use.
async fn known_names(platform: &Platform) -> Result<(Vec<(String, String)>, tasklist::Places)> {
    let codes = super::facts::place_names(platform).await?;
    let pairs: Vec<(&str, &str)> = codes
        .iter()
        .map(|(name, code)| (name.as_str(), code.as_str()))
        .collect();
    let places = tasklist::Places::new(&pairs);
    Ok((codes, places))
}

/// A text as it is read here, by the names of places that the platform has.
pub async fn reading(platform: &Platform, text: &str) -> Result<Reading> {
    let (_, places) = known_names(platform).await?;
    Ok(tasklist::read(text, &places))
}

/// A text that words a list anew, as the draft of a proposal: rows by their numbers, against the current version.
///
/// # Errors
/// `list/doubts_open` with every doubt that no decision settles.
pub async fn draft(
    platform: &Platform,
    list: &str,
    text: &str,
    decisions: &[Decision],
    reason: &Bilingual,
) -> Result<Draft> {
    let (_, places) = known_names(platform).await?;
    let reading = tasklist::read(text, &places);
    let wordings = Wordings::without_catalogue()?;
    let tasks: Vec<Wording> = settled(&reading, decisions, &places)?
        .iter()
        .map(|task| wording(task, &wordings.parts, &wordings.extras))
        .collect::<Result<_>>()?;
    let loaded = edition::load(platform, list).await?;
    let current = loaded.edition(loaded.current)?;
    Ok(Draft {
        list: list.to_owned(),
        base_version: current.version,
        reason: reason.clone(),
        changes: changes(&current, &tasks, &reason.zh),
    })
}

/// What makes these tasks of an edition. Pure.
fn changes(current: &Edition, tasks: &[Wording], reason: &str) -> Vec<ListChange> {
    let open = current.open();
    let mut changes = Vec::new();
    for task in tasks {
        let places = || Places {
            claims: task.claims.clone(),
            as_written: task.places_as_written.clone(),
        };
        let Some((id, entry)) = open.iter().find(|(_, e)| e.wording.number == task.number) else {
            changes.push(ListChange::AddTask {
                task: NewTask {
                    tier: task.tier,
                    section: task.section.clone(),
                    title: task.title.clone(),
                    places: places(),
                    topics: task.topics.clone(),
                },
            });
            continue;
        };
        let stands = &entry.wording;
        let words = NewWords {
            title: (stands.title.zh != task.title.zh).then(|| task.title.clone()),
            tier: (stands.tier != task.tier).then_some(task.tier),
            places: (stands.claims != task.claims).then(places),
            topics: None,
        };
        if words != NewWords::default() {
            changes.push(ListChange::ChangeTask {
                task: (*id).to_owned(),
                words,
            });
        }
    }
    let gone = open
        .iter()
        .filter(|(_, e)| tasks.iter().all(|t| t.number != e.wording.number));
    changes.extend(gone.map(|(id, _)| ListChange::CloseTask {
        task: (*id).to_owned(),
        reason: reason.to_owned(),
    }));
    changes
}

/// Takes a list in: version 1, its tasks, and the firm obligations, in one commit.
///
/// # Errors
/// `list/doubts_open` with every doubt that no decision settles; nothing is recorded then.
pub async fn import(platform: &Platform, context: &Context, import: &Import) -> Result<Imported> {
    rights::check(platform.rights(), context, Action::ImportList, &Object::default())?;
    let ledger = platform.ledger();
    let (codes, places) = known_names(platform).await?;
    let reading = tasklist::read(&import.text, &places);
    let list = StreamName::parse(&format!("list/{}", import.id)).map_err(|_| Refusal::wrong("list/id_unfit"))?;
    let again = repeated(platform, context).await?.is_some();
    if !again && ledger.version(&list).await? != Version::NONE {
        return Err(Refusal::rule("list/already_entered", "")
            .with("list", import.id.clone())
            .into());
    }
    let known: BTreeSet<&str> = codes.iter().map(|(_, code)| code.as_str()).collect();
    if let Some(pilot) = import.pilots.iter().find(|p| !known.contains(p.as_str())) {
        return Err(Refusal::wrong("list/place_unknown").with("place", pilot.clone()).into());
    }
    let wordings = Wordings::without_catalogue()?;
    let tasks: Vec<Wording> = settled(&reading, &import.decisions, &places)?
        .iter()
        .map(|task| wording(task, &wordings.parts, &wordings.extras))
        .collect::<Result<_>>()?;
    let addressees = super::facts::addressees(platform, context.today).await?;
    let mut imported = Imported {
        tasks: tasks.len(),
        obligations: 0,
        measures_left: reading.measures.len(),
    };
    let approvals = import
        .issued_by
        .iter()
        .map(|organization| Approval {
            organization: organization.clone(),
            number: import.document.clone(),
            date: import.issued,
        })
        .collect();
    let entered = ListEvent::Entered {
        title: import.title.clone(),
        document: import.document.clone(),
        text: ledger::files::Digest::of(import.text.as_bytes()).to_string(),
        demo: import.demo,
    };
    let issued = ListEvent::VersionIssued {
        version: 1,
        proposal: None,
        approvals,
        places: import.pilots.clone(),
    };
    let day = import.issued;
    let events = vec![record(&entered)?.effective(day), record(&issued)?.effective(day)];
    let mut commit = begin(context, &import.id).write(list, Version::NONE, events);
    let mut homeless: BTreeSet<String> = BTreeSet::new();
    for words in tasks {
        let id = format!("{}-{}", import.id, words.number);
        for (place, claim) in holders(&words.claims, &import.pilots) {
            let Some(addressee) = addressees.get(&place).cloned() else {
                homeless.insert(place);
                continue;
            };
            let created = ObligationEvent::Created {
                list: import.id.clone(),
                version: 1,
                subject: Subject::Task(id.clone()),
                place: Some(place.clone()),
                organization: None,
                addressee,
                claim,
                firm: true,
                part: Part::parse(&words.role).unwrap_or(Part::Undertake),
                tier: Some(words.tier),
                strength: Strength::Must,
                demo: import.demo,
            };
            let stream = StreamName::parse(&format!("obligation/{id}-{place}"))?;
            commit = commit.write(stream, Version::NONE, vec![record(&created)?.effective(day)]);
            imported.obligations += 1;
        }
        let entered = TaskEvent::Entered {
            list: import.id.clone(),
            version: 1,
            wording: words,
            notes: Vec::new(),
        };
        let stream = StreamName::parse(&format!("task/{id}"))?;
        commit = commit.write(stream, Version::NONE, vec![record(&entered)?.effective(day)]);
    }
    if !homeless.is_empty() {
        return Err(Refusal::rule("list/no_addressee", "")
            .with("places", homeless.iter().cloned().collect::<Vec<_>>().join(","))
            .with("count", homeless.len().to_string())
            .into());
    }
    ledger.commit(commit).await?;
    Ok(imported)
}
