//! One change of the list as the fields of a form: what stands in them, and what they mean.

use crate::{
    Answer, Asking, Web,
    components::{
        field::{Control, Faults, Field},
        standing::word,
    },
};
use language::{Lang, t};
use maud::{Markup, html};
use platform::{
    bilingual::Bilingual,
    list::{
        event::{Claim, ClaimKind, Tier},
        query::{self as list, Task},
    },
    place::query::Place,
    proposal::change::{ListChange, NewTask, NewWords, Places},
    refusal::{Fault, Refusal},
};
use serde::Deserialize;

/// One change of the list, and why, as a form has it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub(crate) struct Wanted {
    /// `reword`, `to_place_above`, `merge`, `close` of a task; `add`, `widen` of the list.
    pub intent: String,
    /// Id of the task.
    pub task: String,
    /// Code of the place of which the warnings speak.
    pub place: String,
    /// The version that is changed.
    pub base: String,
    /// Title in Chinese.
    pub title: String,
    /// Title in English.
    pub title_en: String,
    /// Kind of standard.
    pub tier: String,
    /// Places as the list writes them.
    pub places: String,
    /// Numbers of the tasks that end in this one.
    pub from: String,
    /// Why the task is closed.
    pub close: String,
    /// Names or codes of the places that join.
    pub widen: String,
    /// Why, in Chinese.
    pub reason: String,
    /// Why, in English.
    pub reason_en: String,
}

/// The fields that belong to what is to be done; `prefix` stands before their names where a form has several changes.
pub(super) fn fields(lang: Lang, prefix: &str, wanted: &Wanted, faults: &Faults) -> Markup {
    let named = |name: &str, label: String| Field::new(format!("{prefix}{name}"), label);
    let tiers = Tier::ALL
        .iter()
        .filter(|t| **t != Tier::Enterprise)
        .map(|t| (t.id().to_owned(), word(lang, "tier", t.id())))
        .collect();
    html! {
        @match wanted.intent.as_str() {
            "merge" => (named("from", t!(lang, "change-new-from")).hint(t!(lang, "change-new-from-hint")).width("w-code").value(wanted.from.clone()).draw(lang, faults)),
            "close" => (named("close", t!(lang, "change-new-close")).control(Control::Lines(3)).value(wanted.close.clone()).draw(lang, faults)),
            "widen" => (named("widen", t!(lang, "change-new-widen")).hint(t!(lang, "change-new-widen-hint")).value(wanted.widen.clone()).draw(lang, faults)),
            _ => {
                (named("title", t!(lang, "change-new-title")).value(wanted.title.clone()).draw(lang, faults))
                (named("title_en", t!(lang, "change-new-title-en")).optional().value(wanted.title_en.clone()).draw(lang, faults))
                (named("tier", t!(lang, "change-new-tier")).control(Control::Choose(tiers)).value(wanted.tier.clone()).draw(lang, faults))
                (named("places", t!(lang, "change-new-places")).hint(t!(lang, "change-new-places-hint")).value(wanted.places.clone()).draw(lang, faults))
            }
        }
    }
}

/// The change that a form means; `before` is the change that it words anew, of which whatever the form does not show stays.
pub(super) async fn read(
    asking: &Asking,
    web: &Web,
    known: &[Place],
    wanted: &Wanted,
    (task, before): (Option<&Task>, Option<&ListChange>),
) -> Answer<ListChange> {
    Ok(match (wanted.intent.as_str(), task) {
        ("widen", None) => ListChange::Widen {
            places: widening(known, &wanted.widen)?,
        },
        ("add", None) => ListChange::AddTask {
            task: new_task(known, wanted, before)?,
        },
        ("close", Some(task)) => ListChange::CloseTask {
            task: task.id.clone(),
            reason: wanted.close.trim().to_owned(),
        },
        ("merge", Some(task)) => ListChange::MergeTasks {
            from: merged(asking, web, task, &wanted.from).await?,
            into: task.id.clone(),
        },
        (_, Some(task)) => ListChange::ChangeTask {
            task: task.id.clone(),
            words: new_words(known, wanted, task, before)?,
        },
        _ => {
            return Err(Refusal::wrong("web/form_fields")
                .fault("changes", "fault-required")
                .into());
        }
    })
}

/// The form of a change that is there.
pub(super) fn of_change(known: &[Place], change: &ListChange, task: Option<&Task>) -> Wanted {
    let mut wanted = Wanted {
        task: task.map(|t| t.id.clone()).unwrap_or_default(),
        title: task.map(|t| t.title.zh.clone()).unwrap_or_default(),
        title_en: task.and_then(|t| t.title.en.clone()).unwrap_or_default(),
        tier: task.map(|t| t.tier.id().to_owned()).unwrap_or_default(),
        places: task.map(|t| t.places_as_written.clone()).unwrap_or_default(),
        ..Wanted::default()
    };
    let mut titled = |title: &Bilingual| {
        wanted.title.clone_from(&title.zh);
        wanted.title_en = title.en.clone().unwrap_or_default();
    };
    wanted.intent = match change {
        ListChange::AddTask { task } => {
            titled(&task.title);
            task.tier.id().clone_into(&mut wanted.tier);
            wanted.places.clone_from(&task.places.as_written);
            "add"
        }
        ListChange::ChangeTask { words, .. } => {
            words.title.iter().for_each(&mut titled);
            if let Some(tier) = words.tier {
                tier.id().clone_into(&mut wanted.tier);
            }
            if let Some(places) = &words.places {
                wanted.places.clone_from(&places.as_written);
            }
            "reword"
        }
        ListChange::MergeTasks { from, .. } => {
            let numbers: Vec<&str> = from.iter().filter_map(|id| id.rsplit('-').next()).collect();
            wanted.from = numbers.join("、");
            "merge"
        }
        ListChange::CloseTask { reason, .. } => {
            wanted.close.clone_from(reason);
            "close"
        }
        ListChange::Widen { places } => {
            let name = |code: &String| {
                known
                    .iter()
                    .find(|p| p.code == *code)
                    .map_or(code.clone(), |p| p.short.clone())
            };
            wanted.widen = places.iter().map(name).collect::<Vec<_>>().join("、");
            "widen"
        }
    }
    .to_owned();
    wanted
}

/// The task that a form adds.
fn new_task(known: &[Place], wanted: &Wanted, before: Option<&ListChange>) -> Result<NewTask, Refusal> {
    let before = match before {
        Some(ListChange::AddTask { task }) => Some(task),
        _ => None,
    };
    let tier = Tier::parse(&wanted.tier).unwrap_or(Tier::Local);
    Ok(NewTask {
        tier,
        section: before.filter(|b| b.tier == tier).and_then(|b| b.section.clone()),
        title: Bilingual::typed(&wanted.title, &wanted.title_en, before.map(|b| &b.title)),
        places: kept_or_read(known, &wanted.places, before.map(|b| &b.places))?,
        topics: before.map(|b| b.topics.clone()).unwrap_or_default(),
    })
}

/// What the form says otherwise than the list.
fn new_words(known: &[Place], wanted: &Wanted, task: &Task, before: Option<&ListChange>) -> Result<NewWords, Refusal> {
    let before = match before {
        Some(ListChange::ChangeTask { words, .. }) => Some(words),
        _ => None,
    };
    let mut words = NewWords {
        topics: before.and_then(|b| b.topics.clone()),
        ..NewWords::default()
    };
    if wanted.title.trim() != task.title.zh || wanted.title_en.trim() != task.title.en.as_deref().unwrap_or_default() {
        let known_title = before.and_then(|b| b.title.as_ref()).unwrap_or(&task.title);
        words.title = Some(Bilingual::typed(&wanted.title, &wanted.title_en, Some(known_title)));
    }
    words.tier = Tier::parse(&wanted.tier).filter(|tier| *tier != task.tier);
    let places = before.and_then(|b| b.places.as_ref());
    if places.is_some_and(|p| p.as_written == wanted.places.trim()) || wanted.places.trim() != task.places_as_written {
        words.places = Some(kept_or_read(known, &wanted.places, places)?);
    }
    Ok(words)
}

fn unfit(field: &'static str, fault: &'static str, what: &str) -> Refusal {
    let mut refusal = Refusal::wrong("list/changes_unfit").with("count", "1");
    refusal.faults.push(Fault {
        field,
        fault,
        with: vec![("index", "1".to_owned()), ("what", what.to_owned())],
    });
    refusal
}

/// The claims of the words as they were, or, where they were typed anew, of what they say now.
fn kept_or_read(known: &[Place], text: &str, before: Option<&Places>) -> Result<Places, Refusal> {
    match before.filter(|b| b.as_written == text.trim()) {
        Some(before) => Ok(before.clone()),
        None => places(known, text),
    }
}

/// The claims that words like 广州及其他有意愿的试点示范省市 make.
fn places(known: &[Place], text: &str) -> Result<Places, Refusal> {
    let pairs: Vec<(&str, &str)> = known.iter().map(|p| (p.short.as_str(), p.code.as_str())).collect();
    let words: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let read = tasklist::read_places(&words, &tasklist::Places::new(&pairs));
    if !read.unknown.is_empty() {
        return Err(unfit("places", "fault-place-unknown", &read.unknown.join("、")));
    }
    if read.claims.is_empty() {
        return Err(unfit("places", "fault-no-places", &words));
    }
    let claims = read
        .claims
        .into_iter()
        .map(|c| Claim {
            claim: match c.claim {
                tasklist::ClaimKind::Named => ClaimKind::Named,
                tasklist::ClaimKind::All => ClaimKind::All,
                tasklist::ClaimKind::Willing => ClaimKind::Willing,
                tasklist::ClaimKind::Relevant => ClaimKind::Relevant,
            },
            places: c.places.iter().map(|p| p.as_str().to_owned()).collect(),
        })
        .collect();
    Ok(Places {
        claims,
        as_written: words,
    })
}

/// Words between separators.
fn parts(text: &str) -> impl Iterator<Item = &str> {
    text.split(['、', ',', '，', ';', '；', ' ', '\n', '\r'])
        .map(str::trim)
        .filter(|p| !p.is_empty())
}

fn widening(known: &[Place], text: &str) -> Result<Vec<String>, Refusal> {
    parts(text)
        .map(|name| {
            let found = known
                .iter()
                .find(|p| p.code == name || p.short == name || p.name.zh == name || p.name.en.as_deref() == Some(name));
            found
                .map(|p| p.code.clone())
                .ok_or_else(|| unfit("widen", "fault-place-unknown", name))
        })
        .collect()
}

async fn merged(asking: &Asking, web: &Web, task: &Task, text: &str) -> Answer<Vec<String>> {
    let mut numbers = Vec::new();
    for part in parts(text) {
        numbers.push(
            part.parse::<u32>()
                .map_err(|_| unfit("from", "fault-task-unknown", part))?,
        );
    }
    let found = list::numbered(&web.platform, &asking.reader, &task.list, &numbers).await?;
    if let Some(unknown) = numbers.iter().find(|n| !found.iter().any(|t| t.number == **n)) {
        return Err(unfit("from", "fault-task-unknown", &unknown.to_string()).into());
    }
    Ok(found.into_iter().map(|t| t.id).collect())
}
