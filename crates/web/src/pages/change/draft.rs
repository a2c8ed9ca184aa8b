//! 提出调整: a form for one change, prefilled from a task's warnings.

use super::{
    names::said,
    path,
    wording::{self, Wanted},
};
use crate::{
    Answer, Asking, Failure, Form, Page, Web,
    components::{
        field::{Control, Faults, Field, Weight, button, once},
        words::bilingual,
    },
    links::{Screen, encoded},
};
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use language::t;
use maud::html;
use platform::{
    bilingual::Bilingual,
    list::{
        entering::FIRST,
        query::{self as list, Task},
    },
    place::query as place,
    proposal::{
        change::ListChange,
        command,
        decide::Draft,
        prefill::{self, Intent},
    },
};

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
            (wording::fields(lang, "", wanted, faults))
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
    Ok(Draft {
        list: FIRST.to_owned(),
        base_version: wanted.base.parse().unwrap_or(0),
        reason: Bilingual::typed(&wanted.reason.replace("\r\n", "\n"), &wanted.reason_en, None),
        changes: vec![wording::read(asking, web, &known, wanted, (task, None)).await?],
    })
}
