//! 提出调整: a form for one change, prefilled from a task's warnings.

use super::{names::said, path};
use crate::{
    Answer, Asking, Failure, Form, Page, Web,
    components::{
        field::{Control, Faults, Field, Weight, button, once},
        standing::word,
        words::bilingual,
    },
    links::{Screen, encoded},
};
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use language::t;
use maud::{Markup, html};
use platform::{
    bilingual::Bilingual,
    list::{
        entering::FIRST,
        event::{Claim, ClaimKind, Tier},
        query::{self as list, Task},
    },
    place::query::{self as place, Place},
    proposal::{
        change::{ListChange, NewTask, NewWords, Places},
        command,
        decide::Draft,
        prefill::{self, Intent},
    },
    refusal::{Fault, Refusal},
};
use serde::Deserialize;

/// The form.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Wanted {
    /// `reword`, `to_place_above`, `merge`, `close` of a task; `add`, `widen` of the list.
    intent: String,
    task: String,
    place: String,
    base: String,
    title: String,
    title_en: String,
    tier: String,
    places: String,
    from: String,
    close: String,
    widen: String,
    reason: String,
    reason_en: String,
}

/// What can be done with a task, and without one.
const OF_TASK: [&str; 4] = ["reword", "to_place_above", "merge", "close"];
const OF_LIST: [&str; 2] = ["add", "widen"];

/// The form, prefilled.
pub(crate) async fn page(asking: Asking, State(web): State<Web>) -> Answer<Page> {
    let task = match asking.links.get("task") {
        Some(id) => Some(list::task(&web.platform, &asking.reader, id).await?),
        None => None,
    };
    let wanted = match &task {
        Some(task) => of_task(&asking, &web, task).await?,
        None => Wanted {
            intent: asking.choice("intent", &OF_LIST)?.unwrap_or("add").to_owned(),
            base: newest(&web).await?.to_string(),
            ..Wanted::default()
        },
    };
    Ok(draw(&asking, &wanted, task.as_ref(), &Faults::default()))
}

async fn newest(web: &Web) -> Answer<u32> {
    Ok(list::versions(&web.platform, FIRST)
        .await?
        .first()
        .map_or(0, |v| v.version))
}

/// The form for a task at a place, as its warnings suggest.
async fn of_task(asking: &Asking, web: &Web, task: &Task) -> Answer<Wanted> {
    let place = match asking.links.get("place") {
        Some(text) => place::place(&web.platform, &asking.reader, text).await?.code,
        None => task
            .claims
            .iter()
            .flat_map(|c| &c.places)
            .next()
            .cloned()
            .unwrap_or_default(),
    };
    let wanted = Wanted {
        intent: asking.choice("intent", &OF_TASK)?.unwrap_or("reword").to_owned(),
        task: task.id.clone(),
        title: task.title.zh.clone(),
        title_en: task.title.en.clone().unwrap_or_default(),
        tier: task.tier.id().to_owned(),
        places: task.places_as_written.clone(),
        base: newest(web).await?.to_string(),
        place: place.clone(),
        ..Wanted::default()
    };
    if place.is_empty() {
        return Ok(wanted);
    }
    let intent = asking.choice("intent", &OF_TASK)?.and_then(Intent::parse);
    let draft = prefill::prefill(&web.platform, &task.id, &place, intent).await?;
    Ok(filled(wanted, &draft))
}

/// The form with what a draft says.
fn filled(mut wanted: Wanted, draft: &Draft) -> Wanted {
    wanted.base = draft.base_version.to_string();
    wanted.reason.clone_from(&draft.reason.zh);
    wanted.reason_en = draft.reason.en.clone().unwrap_or_default();
    match draft.changes.first() {
        Some(ListChange::ChangeTask { words, .. }) => {
            if let Some(places) = &words.places {
                Intent::ToPlaceAbove.id().clone_into(&mut wanted.intent);
                wanted.places.clone_from(&places.as_written);
            }
        }
        Some(ListChange::MergeTasks { from, .. }) => {
            Intent::Merge.id().clone_into(&mut wanted.intent);
            let numbers: Vec<&str> = from.iter().filter_map(|id| id.rsplit('-').next()).collect();
            wanted.from = numbers.join("、");
        }
        Some(ListChange::CloseTask { reason, .. }) => {
            Intent::Close.id().clone_into(&mut wanted.intent);
            wanted.close.clone_from(reason);
        }
        _ => Intent::Reword.id().clone_into(&mut wanted.intent),
    }
    wanted
}

fn draw(asking: &Asking, wanted: &Wanted, task: Option<&Task>, faults: &Faults) -> Page {
    let lang = asking.lang;
    let address = |intent: &str| match task {
        Some(task) => format!(
            "/changes/new?task={}&place={}&intent={intent}",
            encoded(&task.id),
            encoded(&wanted.place)
        ),
        None => format!("/changes/new?intent={intent}"),
    };
    let intents: Vec<&str> = match task {
        // What cannot be done with this task is not offered.
        Some(task) => OF_TASK
            .into_iter()
            .filter(|i| {
                *i == wanted.intent
                    || match *i {
                        "to_place_above" => task.notes.iter().any(|n| n.id == "province_only"),
                        "merge" => !task.near.is_empty(),
                        _ => true,
                    }
            })
            .collect(),
        None => OF_LIST.to_vec(),
    };
    let body = html! {
        div.prose { p { (t!(lang, "change-new-lead")) } }
        nav aria-label=(t!(lang, "change-new-what")) { ul.chips { @for intent in intents {
            li { a.chip href=(asking.link(&address(intent))) aria-current=[(intent == wanted.intent).then_some("true")] { (said(lang, "change-new-intent", intent)) } }
        } } }
        form method="post" action=(lang.path("/changes/new")) data-guard="" {
            (once())
            @for (name, value) in [("intent", &wanted.intent), ("task", &wanted.task), ("place", &wanted.place), ("base", &wanted.base)] {
                input type="hidden" name=(name) value=(value);
            }
            @if let Some(task) = task {
                p #changes { (t!(lang, "task-number", number = task.number)) " " a href=(asking.link(&format!("/tasks/{}", task.id))) { (bilingual(lang, &task.title)) } }
            } @else { span #changes {} }
            (fields(asking, wanted, faults))
            (Field::new("reason", t!(lang, "change-new-reason")).hint(t!(lang, "change-new-reason-hint")).control(Control::Lines(5)).value(wanted.reason.clone()).draw(lang, faults))
            (Field::new("reason_en", t!(lang, "change-new-reason-en")).control(Control::Lines(3)).optional().value(wanted.reason_en.clone()).draw(lang, faults))
            (button(Weight::Primary, &t!(lang, "change-new-go")))
        }
    };
    let page = Page::new(t!(lang, "changes-new"), body)
        .crumb(t!(lang, "screen-changes"), "/changes")
        .screen(Screen::Changes);
    page.again(lang, faults)
}

/// The fields that belong to what is to be done.
fn fields(asking: &Asking, wanted: &Wanted, faults: &Faults) -> Markup {
    let lang = asking.lang;
    let tiers = Tier::ALL
        .iter()
        .filter(|t| **t != Tier::Enterprise)
        .map(|t| (t.id().to_owned(), word(lang, "tier", t.id())))
        .collect();
    html! {
        @match wanted.intent.as_str() {
            "merge" => (Field::new("from", t!(lang, "change-new-from")).hint(t!(lang, "change-new-from-hint")).width("w-code").value(wanted.from.clone()).draw(lang, faults)),
            "close" => (Field::new("close", t!(lang, "change-new-close")).control(Control::Lines(3)).value(wanted.close.clone()).draw(lang, faults)),
            "widen" => (Field::new("widen", t!(lang, "change-new-widen")).hint(t!(lang, "change-new-widen-hint")).value(wanted.widen.clone()).draw(lang, faults)),
            _ => {
                (Field::new("title", t!(lang, "change-new-title")).value(wanted.title.clone()).draw(lang, faults))
                (Field::new("title_en", t!(lang, "change-new-title-en")).optional().value(wanted.title_en.clone()).draw(lang, faults))
                (Field::new("tier", t!(lang, "change-new-tier")).control(Control::Choose(tiers)).value(wanted.tier.clone()).draw(lang, faults))
                (Field::new("places", t!(lang, "change-new-places")).hint(t!(lang, "change-new-places-hint")).value(wanted.places.clone()).draw(lang, faults))
            }
        }
    }
}

/// Opens the proposal; a form that does not do comes back with its faults.
pub(crate) async fn open(asking: Asking, State(web): State<Web>, form: Form<Wanted>) -> Answer<Response> {
    let wanted = &form.value;
    let task = if wanted.task.is_empty() {
        None
    } else {
        Some(list::task(&web.platform, &asking.reader, &wanted.task).await?)
    };
    let opened = match read(&asking, &web, wanted, task.as_ref()).await {
        Ok(draft) => command::open(&web.platform, &form.context(&asking), draft, None)
            .await
            .map_err(Failure::from),
        Err(failure) => Err(failure),
    };
    match opened {
        Ok(done) => Ok(asking.go(&path(&done.id)).into_response()),
        Err(failure) => {
            let (faults, status) = failure.faults(asking.lang)?;
            Ok(draw(&asking, wanted, task.as_ref(), &faults)
                .status(status)
                .into_response())
        }
    }
}

/// The draft that a form means.
async fn read(asking: &Asking, web: &Web, wanted: &Wanted, task: Option<&Task>) -> Answer<Draft> {
    let known = place::places(&web.platform, &asking.reader).await?;
    let change = match (wanted.intent.as_str(), task) {
        ("widen", None) => ListChange::Widen {
            places: widening(&known, &wanted.widen)?,
        },
        ("add", None) => ListChange::AddTask {
            task: NewTask {
                tier: Tier::parse(&wanted.tier).unwrap_or(Tier::Local),
                section: None,
                title: Bilingual::typed(&wanted.title, &wanted.title_en, None),
                places: places(&known, &wanted.places)?,
                topics: Vec::new(),
            },
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
            words: new_words(&known, wanted, task)?,
        },
        _ => {
            return Err(Refusal::wrong("web/form_fields")
                .fault("changes", "fault-required")
                .into());
        }
    };
    Ok(Draft {
        list: FIRST.to_owned(),
        base_version: wanted.base.parse().unwrap_or(0),
        reason: Bilingual::typed(&wanted.reason.replace("\r\n", "\n"), &wanted.reason_en, None),
        changes: vec![change],
    })
}

/// What the form says otherwise than the list.
fn new_words(known: &[Place], wanted: &Wanted, task: &Task) -> Result<NewWords, Refusal> {
    let mut words = NewWords::default();
    if wanted.title.trim() != task.title.zh || wanted.title_en.trim() != task.title.en.as_deref().unwrap_or_default() {
        words.title = Some(Bilingual::typed(&wanted.title, &wanted.title_en, Some(&task.title)));
    }
    words.tier = Tier::parse(&wanted.tier).filter(|tier| *tier != task.tier);
    if wanted.places.trim() != task.places_as_written {
        words.places = Some(places(known, &wanted.places)?);
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
