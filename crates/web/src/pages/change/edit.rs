//! 修改提案: a proposal worded anew before a ministry has approved it. Each of its changes has its own fields; who was
//! slower than somebody else is refused, and sees what stands there now beside what they typed.

use super::{
    names::said,
    path,
    wording::{self, Wanted},
};
use crate::{
    Answer, Asking, Failure, Page, Path, Sent, Web,
    api::history,
    components::{
        diff,
        field::{Control, Faults, Field, Weight, button, once},
        refusal_box,
        words::bilingual,
    },
    links::Screen,
    pages::history::entries,
    problem,
};
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use language::{Lang, t};
use ledger::Version;
use maud::{Markup, html};
use platform::{
    bilingual::Bilingual,
    list::query::{self as list, Task, TaskFilter},
    place::query::{self as place, Place},
    proposal::{
        change::{CHANGES_LIMIT, ListChange},
        command::{self, Target},
        decide::Draft,
        query::{self as proposal, Shell, Whole},
    },
    question::Window,
    refusal::{Fault, Manner, Refusal},
};

/// So many tasks are asked for at once.
const TASKS_AT_ONCE: usize = 200;

/// What stands there now, with what the form needs to speak of it.
struct Standing {
    shell: Shell,
    whole: Whole,
    /// The version of the list that a change is judged by.
    newest: u32,
    places: Vec<Place>,
    tasks: Vec<Task>,
}

impl Standing {
    async fn load(asking: &Asking, web: &Web, id: &str, typed: &[ListChange]) -> Answer<Self> {
        let reader = asking.reader_today();
        let mut shell = proposal::proposal(&web.platform, &reader, id).await?;
        let whole = shell.whole.take().ok_or_else(Refusal::unseen)?;
        let mut ids: Vec<String> = whole
            .changes
            .iter()
            .chain(typed)
            .filter_map(task_of)
            .map(str::to_owned)
            .collect();
        ids.sort();
        ids.dedup();
        let mut tasks = Vec::new();
        for ids in ids.chunks(TASKS_AT_ONCE) {
            let filter = TaskFilter {
                ids: Some(ids.to_vec()),
                ..TaskFilter::default()
            };
            let window = Window::of(u32::try_from(TASKS_AT_ONCE).unwrap_or(u32::MAX));
            tasks.extend(list::tasks(&web.platform, &reader, &filter, &window).await?.items);
        }
        let newest = list::versions(&web.platform, &shell.list)
            .await?
            .first()
            .map_or(0, |v| v.version);
        let places = place::places(&web.platform, &reader).await?;
        Ok(Self {
            shell,
            whole,
            newest,
            places,
            tasks,
        })
    }

    fn task(&self, change: &ListChange) -> Option<&Task> {
        let id = task_of(change)?;
        self.tasks.iter().find(|t| t.id == id)
    }

    /// The form as it is opened.
    fn form(&self) -> Typed {
        let one = |change: &ListChange| Item {
            wanted: wording::of_change(&self.places, change, self.task(change)),
            before: change.clone(),
            out: false,
        };
        Typed {
            seen: Some(self.whole.version),
            base: self.newest.to_string(),
            reason: self.whole.reason.zh.clone(),
            reason_en: self.whole.reason.en.clone().unwrap_or_default(),
            items: self.whole.changes.iter().map(one).collect(),
        }
    }
}

/// The task that a change is about.
fn task_of(change: &ListChange) -> Option<&str> {
    match change {
        ListChange::ChangeTask { task, .. } | ListChange::CloseTask { task, .. } => Some(task),
        ListChange::MergeTasks { into, .. } => Some(into),
        ListChange::AddTask { .. } | ListChange::Widen { .. } => None,
    }
}

/// One change in the form.
struct Item {
    wanted: Wanted,
    /// The change on which the form was opened, of which whatever has no field stays.
    before: ListChange,
    /// Whether it is to be left out.
    out: bool,
}

/// The form as somebody filled it in.
struct Typed {
    seen: Option<Version>,
    base: String,
    reason: String,
    reason_en: String,
    items: Vec<Item>,
}

impl Typed {
    fn read(pairs: &[(String, String)]) -> Self {
        let get = |name: &str| {
            pairs
                .iter()
                .find(|(n, _)| n == name)
                .map(|(_, value)| value.replace("\r\n", "\n"))
        };
        let field = |name: &str| get(name).unwrap_or_default();
        let items = (0..CHANGES_LIMIT).map_while(|at| {
            let of = |name: &str| field(&format!("{}{name}", prefix(at)));
            Some(Item {
                before: serde_json::from_str(&get(&format!("{}before", prefix(at)))?).ok()?,
                out: !of("out").is_empty(),
                wanted: Wanted {
                    title: of("title"),
                    title_en: of("title_en"),
                    tier: of("tier"),
                    places: of("places"),
                    from: of("from"),
                    close: of("close"),
                    widen: of("widen"),
                    ..Wanted::default()
                },
            })
        });
        Self {
            seen: field("seen").parse().ok().map(Version),
            base: field("base"),
            reason: field("reason"),
            reason_en: field("reason_en"),
            items: items.collect(),
        }
    }

    /// The draft that the form means. What cannot be read of any of its changes is told at once.
    async fn draft(&self, asking: &Asking, web: &Web, standing: &Standing) -> Answer<Draft> {
        let mut changes = Vec::new();
        let mut faults: Vec<Fault> = Vec::new();
        for (at, item) in self.items.iter().enumerate().filter(|(_, item)| !item.out) {
            let before = (standing.task(&item.before), Some(&item.before));
            let read = wording::read(asking, web, &standing.places, &item.wanted, before).await;
            match read.map_err(|failure| (failure.refusal().cloned(), failure)) {
                Ok(change) => changes.push(change),
                Err((Some(refusal), _)) => faults.extend(refusal.faults.into_iter().map(|fault| numbered(fault, at))),
                Err((None, failure)) => return Err(failure),
            }
        }
        if !faults.is_empty() {
            let mut refusal = Refusal::wrong("list/changes_unfit").with("count", faults.len().to_string());
            refusal.faults = faults;
            return Err(refusal.into());
        }
        Ok(Draft {
            list: standing.shell.list.clone(),
            base_version: self.base.parse().unwrap_or(0),
            reason: Bilingual::typed(&self.reason, &self.reason_en, Some(&standing.whole.reason)),
            changes,
        })
    }
}

/// What stands before the names of the fields of a change.
fn prefix(at: usize) -> String {
    format!("c{at}-")
}

/// A fault of one change, told as one of the whole form.
fn numbered(fault: Fault, at: usize) -> Fault {
    let with = fault.with.into_iter().filter(|(name, _)| *name != "index");
    Fault {
        field: "changes",
        fault: fault.fault,
        with: std::iter::once(("index", (at + 1).to_string())).chain(with).collect(),
    }
}

/// The form, filled with what stands there now.
pub(crate) async fn page(asking: Asking, State(web): State<Web>, Path(id): Path<String>) -> Answer<Page> {
    command::changeable(&web.platform, &asking.context(), &id).await?;
    let standing = Standing::load(&asking, &web, &id, &[]).await?;
    Ok(draw(&asking, &standing, &standing.form(), &Faults::default()))
}

/// Words it anew; a form that does not do comes back with its faults.
pub(crate) async fn take(sent: Sent<Vec<(String, String)>>) -> Answer<Response> {
    let Sent { asking, web, id, form } = sent;
    let mut typed = Typed::read(&form.value);
    let before: Vec<ListChange> = typed.items.iter().map(|item| item.before.clone()).collect();
    let standing = Standing::load(&asking, &web, &id, &before).await;
    let standing = match standing {
        Ok(standing) => standing,
        Err(failure) => {
            // Whoever has no right to it learns that before whether there is such a proposal.
            command::changeable(&web.platform, &asking.context(), &id).await?;
            return Err(failure);
        }
    };
    for item in &mut typed.items {
        let shown = wording::of_change(&standing.places, &item.before, standing.task(&item.before));
        (item.wanted.intent, item.wanted.task) = (shown.intent, shown.task);
    }
    let target = Target {
        id: &id,
        seen: typed.seen,
    };
    let done = match typed.draft(&asking, &web, &standing).await {
        Ok(draft) => command::change(&web.platform, &form.context(&asking), target, draft)
            .await
            .map_err(Failure::from),
        Err(failure) => Err(failure),
    };
    let Err(failure) = done else {
        return Ok(asking.go(&path(&id)).into_response());
    };
    // Where it can no longer be changed at all there is no form to come back to.
    command::changeable(&web.platform, &asking.context(), &id).await?;
    let status = failure.status();
    if let Some(refusal) = failure.refusal().filter(|r| r.manner == Manner::Stale).cloned() {
        let told = meanwhile(&asking, &web, &standing, &typed, &refusal).await?;
        // Whoever sends it again has seen what is there, and the list as it is.
        typed.seen = Some(standing.whole.version);
        typed.base = standing.newest.to_string();
        let page = draw(&asking, &standing, &typed, &Faults::default()).alert(told);
        return Ok(page.status(status).into_response());
    }
    let (faults, status) = failure.faults(asking.lang)?;
    Ok(draw(&asking, &standing, &typed, &faults)
        .again(asking.lang, &faults)
        .status(status)
        .into_response())
}

fn draw(asking: &Asking, standing: &Standing, typed: &Typed, faults: &Faults) -> Page {
    let lang = asking.lang;
    let id = &standing.shell.id;
    let several = typed.items.len() > 1;
    let body = html! {
        div.prose {
            p { (t!(lang, "change-edit-lead")) }
            @if standing.whole.until.is_some() { p { strong { (t!(lang, "change-edit-asked")) } } }
            @if standing.newest != standing.shell.base_version { p { strong { (t!(lang, "change-edit-base", base = standing.shell.base_version, now = standing.newest)) } } }
        }
        form method="post" action=(lang.path(&format!("{}/edit", path(id)))) data-guard="" {
            (once())
            input type="hidden" name="seen" value=(typed.seen.unwrap_or_default().0);
            input type="hidden" name="base" value=(typed.base);
            div #changes {
                @for (at, item) in typed.items.iter().enumerate() { (one(lang, asking, standing, at, item, several)) }
            }
            (Field::new("reason", t!(lang, "change-new-reason")).control(Control::Lines(5)).value(typed.reason.clone()).draw(lang, faults))
            (Field::new("reason_en", t!(lang, "change-new-reason-en")).control(Control::Lines(3)).optional().value(typed.reason_en.clone()).draw(lang, faults))
            (button(Weight::Primary, &t!(lang, "change-edit-go")))
        }
    };
    Page::new(t!(lang, "change-edit"), body)
        .kicker(t!(lang, "change-number", number = standing.shell.number))
        .crumb(t!(lang, "screen-changes"), "/changes")
        .crumb(t!(lang, "change-number", number = standing.shell.number), path(id))
        .screen(Screen::Changes)
        .demo(standing.shell.demo)
}

/// One change with its fields.
fn one(lang: Lang, asking: &Asking, standing: &Standing, at: usize, item: &Item, several: bool) -> Markup {
    let prefix = prefix(at);
    let before = serde_json::to_string(&item.before).unwrap_or_default();
    html! {
        fieldset.section {
            legend { (t!(lang, "change-edit-item", index = at + 1)) " · " (said(lang, "change-kind", item.before.kind().id())) }
            input type="hidden" name=(format!("{prefix}before")) value=(before);
            @if let Some(task) = standing.task(&item.before) {
                p { (t!(lang, "task-number", number = task.number)) " " a href=(asking.link(&format!("/tasks/{}", task.id))) { (bilingual(lang, &task.title)) } }
            }
            (wording::fields(lang, &prefix, &item.wanted, &Faults::default()))
            @if several {
                label.check { input type="checkbox" name=(format!("{prefix}out")) value="1" checked[item.out]; span { (t!(lang, "change-edit-out")) } }
            }
        }
    }
}

/// What somebody else did since the form was opened, and what stands there now beside what was typed.
async fn meanwhile(
    asking: &Asking,
    web: &Web,
    standing: &Standing,
    typed: &Typed,
    refusal: &Refusal,
) -> Answer<Markup> {
    let lang = asking.lang;
    let told = problem::tell_refusal(lang, refusal);
    let stream = command::stream(&standing.shell.id)?;
    let since = history::since(asking, web, stream, typed.seen.unwrap_or_default().0).await?;
    let since = entries(asking, web, &since).await?;
    let fields = differences(lang, &standing.form(), typed);
    Ok(html! {
        (refusal_box::refusal(lang, &told, &asking.request, html! {}))
        section.section #meanwhile {
            header.section-head { h2 { (t!(lang, "obligation-changed-since")) } }
            (since)
            @if !fields.is_empty() {
                (diff::table(&t!(lang, "change-edit-differs"), &t!(lang, "change-edit-now"), &t!(lang, "change-edit-yours"), &fields))
            }
            p { (t!(lang, "obligation-send-again")) }
        }
    })
}

/// The fields in which what was typed differs from what stands there.
fn differences(lang: Lang, now: &Typed, typed: &Typed) -> Vec<diff::Field> {
    let mut found = vec![
        (
            t!(lang, "change-new-reason"),
            Some(now.reason.as_str()),
            Some(typed.reason.as_str()),
        ),
        (
            t!(lang, "change-new-reason-en"),
            Some(now.reason_en.as_str()),
            Some(typed.reason_en.as_str()),
        ),
    ];
    let same = |a: &Item, b: &Item| a.before.kind() == b.before.kind() && task_of(&a.before) == task_of(&b.before);
    let mut left: Vec<&Item> = now.items.iter().collect();
    for (at, item) in typed.items.iter().enumerate() {
        let there = left
            .iter()
            .position(|other| same(other, item))
            .map(|found| left.remove(found));
        found.extend(fields_of(lang, at, there, Some(item).filter(|item| !item.out)));
    }
    for item in left {
        let at = now
            .items
            .iter()
            .position(|other| std::ptr::eq(other, item))
            .unwrap_or_default();
        found.extend(fields_of(lang, at, Some(item), None));
    }
    found
        .into_iter()
        .filter(|(_, before, after)| before.unwrap_or_default().trim() != after.unwrap_or_default().trim())
        .map(|(name, before, after)| diff::Field {
            name,
            before: before.map(str::to_owned).filter(|text| !text.is_empty()),
            after: after.map(str::to_owned).filter(|text| !text.is_empty()),
        })
        .collect()
}

type Pair<'a> = (String, Option<&'a str>, Option<&'a str>);

fn fields_of<'a>(lang: Lang, at: usize, now: Option<&'a Item>, typed: Option<&'a Item>) -> Vec<Pair<'a>> {
    let of = |label: String, get: fn(&Wanted) -> &str| -> Pair<'a> {
        (
            format!("{} · {label}", t!(lang, "change-edit-item", index = at + 1)),
            now.map(|item| get(&item.wanted)),
            typed.map(|item| get(&item.wanted)),
        )
    };
    let Some(kind) = now.or(typed).map(|item| item.before.kind().id()) else {
        return Vec::new();
    };
    match kind {
        "merge" => vec![of(t!(lang, "change-new-from"), |w| &w.from)],
        "close" => vec![of(t!(lang, "change-new-close"), |w| &w.close)],
        "widen" => vec![of(t!(lang, "change-new-widen"), |w| &w.widen)],
        _ => vec![
            of(t!(lang, "change-new-title"), |w| &w.title),
            of(t!(lang, "change-new-title-en"), |w| &w.title_en),
            of(t!(lang, "change-new-tier"), |w| &w.tier),
            of(t!(lang, "change-new-places"), |w| &w.places),
        ],
    }
}
