//! Notices: what happened to what the reader follows, and what that is.

mod meant;

use crate::{
    Answer, Asking, Failure, Form, Page, Web, api,
    components::{
        field::{Control, Faults, Field, Weight, button, once},
        follow::strength,
        pager::pager,
        words::{Mark, first, mark},
    },
    links::segment,
};
use axum::{extract::State, response::Redirect};
use language::{Lang, date, instant, t};
use ledger::Position;
use maud::{Markup, html};
use platform::{
    context::PersonId,
    list::query::{self as list, Measure, Task, TaskFilter},
    notice::{
        event::{Strength, Target},
        follow,
        letter::{kind_name, path_of},
        query::{Follow, follows, notices, wants_letters},
        stopping,
    },
    obligation::facts::parts_of,
    place::query::{self as place, Place},
    question::Window,
    refusal::Refusal,
    report::gathering::LIST,
};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

/// Notices, newest first, and the follows.
pub(crate) async fn page(asking: Asking, State(web): State<Web>) -> Answer<Page> {
    drawn(&asking, &web, &Faults::default(), "").await
}

fn me(asking: &Asking) -> Answer<PersonId> {
    asking
        .actor()
        .map(|a| a.person.clone())
        .ok_or_else(|| Refusal::unseen().into())
}

/// The page; `asked` is what somebody wrote for a task that was not taken.
async fn drawn(asking: &Asking, web: &Web, faults: &Faults, asked: &str) -> Answer<Page> {
    let lang = asking.lang;
    let window = Window {
        cursor: asking.links.get("cursor").and_then(api::open::<String>),
        limit: 50,
    };
    let page = notices(&web.platform, &asking.reader, Position::START, &window).await?;
    let follows = follows(&web.platform, &me(asking)?).await?;
    let newest = page.items.iter().map(|n| n.position.0).max().unwrap_or_default();
    let unread = page.items.iter().any(|n| !n.read);
    let next = page.next.as_ref().map(api::seal);
    let total = u64::try_from(page.total).unwrap_or(0);
    let known = Known {
        places: place::places(&web.platform, &asking.reader).await?,
        tasks: titles(web, asking, &follows, page.items.iter().map(|n| n.stream.as_str())).await?,
        measures: if follows.iter().any(|f| f.target.measure.is_some()) {
            list::measures(&web.platform, LIST).await?
        } else {
            Vec::new()
        },
    };
    let letters = wants_letters(&web.platform, &me(asking)?).await?;
    let mut places = vec![(String::new(), t!(lang, "notice-any-place"))];
    places.extend(
        known
            .places
            .iter()
            .filter(|p| p.pilot.is_some())
            .map(|p| (p.code.clone(), first(lang, &p.short_name()).to_owned())),
    );
    Ok(Page::new(
        t!(lang, "notice-title"),
        html! {
            (faults.summary(lang))
            section.section {
                @if page.items.is_empty() { div.empty { p { (t!(lang, "notice-none")) } } }
                @if unread {
                    form method="post" action=(lang.path("/notices/read")) {
                        input type="hidden" name="position" value=(newest);
                        (button(Weight::Plain, &t!(lang, "notice-read-all")))
                    }
                }
                ul.notices {
                    @for notice in &page.items {
                        li {
                            @if !notice.read { strong { (t!(lang, "notice-new")) } " " }
                            a href=(asking.link(&path_of(&notice.stream))) { (kind_name(lang, &notice.kind)) }
                            " · " (object(lang, &known, &notice.stream)) " · " (date(lang, notice.effective)) " · " small { (instant(lang, notice.at)) }
                            @if notice.demo { " " (mark(lang, Mark::Demo)) }
                        }
                    }
                }
                @if !page.items.is_empty() { (pager(asking, page.items.len(), total, next.as_deref())) }
            }
            section.section {
                header.section-head { h2 { (t!(lang, "notice-follows")) } }
                @if follows.is_empty() { p { (t!(lang, "notice-follows-none")) } }
                ul {
                    @for follow in &follows {
                        li {
                            (described(asking, &known, follow)) " · " (strength(lang, follow.strength)) " "
                            form.inline method="post" action=(lang.path("/notices/unfollow")) {
                                (once())
                                input type="hidden" name="follow" value=(follow.id);
                                (button(Weight::Quiet, &t!(lang, "notice-stop")))
                            }
                        }
                    }
                }
                form.form method="post" action=(lang.path("/notices/follow")) {
                    (once())
                    p.section-note { (t!(lang, "notice-either")) }
                    (Field::new("place", t!(lang, "notice-place")).control(Control::Choose(places)).optional().draw(lang, faults))
                    (Field::new("task", t!(lang, "notice-task")).hint(t!(lang, "notice-task-hint")).optional().width("w-code").value(asked).draw(lang, faults))
                    (Field::new("strength", t!(lang, "notice-strength")).control(Control::Choose(
                        [Strength::Significant, Strength::All].map(|s| (s.id().to_owned(), strength(lang, s))).to_vec())).draw(lang, faults))
                    (button(Weight::Primary, &t!(lang, "notice-start")))
                }
            }
            section.section #letters {
                header.section-head { h2 { (t!(lang, "notice-letters")) } }
                @if web.platform.settings().mail.is_none() { p { (t!(lang, "notice-letters-none")) } } @else {
                    p { (t!(lang, "notice-mail-hint")) }
                    form method="post" action=(lang.path("/notices/letters")) {
                        input type="hidden" name="wanted" value=(if letters { "no" } else { "yes" });
                        @if letters { (button(Weight::Plain, &t!(lang, "notice-letters-stop"))) }
                        @else { p { strong { (t!(lang, "notice-letters-stopped")) } } (button(Weight::Plain, &t!(lang, "notice-letters-again"))) }
                    }
                }
            }
        },
    ))
}

/// What is followed, each part with a link to it.
fn described(asking: &Asking, known: &Known, follow: &Follow) -> Markup {
    let lang = asking.lang;
    let target = &follow.target;
    let mut parts: Vec<(String, String)> = Vec::new();
    if let Some(code) = &target.place {
        parts.push((
            t!(lang, "notice-of-place", id = known.place(lang, code)),
            format!("/places/{}", segment(code)),
        ));
    }
    if let Some(id) = &target.task {
        parts.push((known.task(lang, id), format!("/tasks/{}", segment(id))));
    }
    if let Some(number) = &target.measure {
        parts.push((known.measure(lang, number), format!("/measures/{}", segment(number))));
    }
    if let Some(stream) = &target.object {
        parts.push((object(lang, known, stream), path_of(stream)));
    }
    html! {
        @for (index, (name, path)) in parts.iter().enumerate() {
            @if index > 0 { " · " }
            a href=(asking.link(path)) { (name) }
        }
        @if let Some(kind) = &target.object_kind { " " (t!(lang, "notice-of-kind", id = kind)) }
    }
}

/// Names of what is followed and of what notices tell.
struct Known {
    places: Vec<Place>,
    tasks: BTreeMap<String, Task>,
    /// Empty where no measure is followed.
    measures: Vec<Measure>,
}

impl Known {
    fn place(&self, lang: Lang, code: &str) -> String {
        let place = self.places.iter().find(|p| p.code == code);
        place.map_or_else(|| code.to_owned(), |p| first(lang, &p.short_name()).to_owned())
    }

    /// Number and title of a measure.
    fn measure(&self, lang: Lang, number: &str) -> String {
        let name = t!(lang, "notice-of-measure", id = number);
        match self.measures.iter().find(|m| m.number == number) {
            Some(measure) => format!("{name} {}", first(lang, &measure.title)),
            None => name,
        }
    }

    /// Number and title of a task.
    fn task(&self, lang: Lang, id: &str) -> String {
        self.tasks.get(id).map_or_else(
            || t!(lang, "notice-of-task", id = id),
            |task| {
                let (number, title) = (task.number.to_string(), first(lang, &task.title));
                t!(lang, "report-task", number = number, title = title)
            },
        )
    }
}

/// The tasks that follows and notices name, by id. One question.
async fn titles<'a>(
    web: &Web,
    asking: &Asking,
    follows: &'a [Follow],
    streams: impl Iterator<Item = &'a str>,
) -> Answer<BTreeMap<String, Task>> {
    let followed = follows.iter().filter_map(|f| f.target.object.as_deref());
    let mut ids: BTreeSet<String> = follows.iter().filter_map(|f| f.target.task.clone()).collect();
    ids.extend(streams.chain(followed).filter_map(task_of));
    let filter = TaskFilter {
        ids: Some(ids.into_iter().collect()),
        ..TaskFilter::default()
    };
    let page = list::tasks(&web.platform, &asking.reader, &filter, &Window::of(200)).await?;
    Ok(page.items.into_iter().map(|t| (t.id.clone(), t)).collect())
}

/// The task that a stream is of.
fn task_of(stream: &str) -> Option<String> {
    let held = stream.strip_prefix("obligation/").and_then(parts_of);
    held.map(|(task, _)| task.to_owned())
        .or_else(|| stream.strip_prefix("task/").map(str::to_owned))
}

/// What people call one object: the list, a task, or a task at a place; others by their id.
fn object(lang: Lang, known: &Known, stream: &str) -> String {
    let task = task_of(stream).filter(|id| known.tasks.contains_key(id));
    let place = stream.strip_prefix("obligation/").and_then(parts_of);
    match (task, place) {
        (Some(task), Some((_, place))) => format!("{} · {}", known.task(lang, &task), known.place(lang, place)),
        (Some(task), None) => known.task(lang, &task),
        (None, _) if stream.starts_with("list/") => t!(lang, "screen-list"),
        (None, _) => t!(lang, "notice-of-object", id = stream),
    }
}

/// What is to be followed; blank fields ask nothing. Any page can send it.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Wanted {
    #[serde(default)]
    place: String,
    #[serde(default)]
    task: String,
    #[serde(default)]
    measure: String,
    #[serde(default)]
    object: String,
    #[serde(default)]
    strength: String,
    /// Where to go afterwards: an address of this site.
    #[serde(default)]
    back: String,
}

/// Takes a follow.
pub(crate) async fn start(
    asking: Asking,
    State(web): State<Web>,
    form: Form<Wanted>,
) -> Result<Redirect, Answer<Page>> {
    let some = |text: &str| (!text.trim().is_empty()).then(|| text.trim().to_owned());
    let wanted = &form.value;
    let task = match some(&wanted.task) {
        None => None,
        Some(written) => match task_known(&web, &asking, &written).await {
            Some(id) => Some(id),
            None => {
                let refusal = Refusal::wrong("notice/target").fault("task", "fault-notice-task");
                return Err(refused(&asking, &web, &refusal, &written).await);
            }
        },
    };
    let target = Target {
        place: some(&wanted.place),
        task,
        measure: some(&wanted.measure),
        object: some(&wanted.object),
        object_kind: None,
    };
    if target.is_empty() {
        let refusal = Refusal::wrong("notice/target").fault("task", "fault-notice-either");
        return Err(refused(&asking, &web, &refusal, "").await);
    }
    let strength = Strength::parse(&wanted.strength).unwrap_or(Strength::Significant);
    match follow::begin(&web.platform, &form.context(&asking), &target, strength)
        .await
        .map_err(Failure::from)
    {
        Ok(_) => Ok(asking.go(local(&wanted.back))),
        Err(failure) => match failure.refusal() {
            Some(refusal) if !refusal.faults.is_empty() => Err(refused(&asking, &web, refusal, &wanted.task).await),
            _ => Err(Err(failure)),
        },
    }
}

/// The task of the list that is meant; nothing where there is none.
async fn task_known(web: &Web, asking: &Asking, written: &str) -> Option<String> {
    for id in [Some(written.to_owned()), meant::task(written)].into_iter().flatten() {
        if let Ok(task) = list::task(&web.platform, &asking.reader, &id).await {
            return Some(task.id);
        }
    }
    None
}

/// The page with what was wrong.
async fn refused(asking: &Asking, web: &Web, refusal: &Refusal, asked: &str) -> Answer<Page> {
    let page = drawn(asking, web, &Faults::of(asking.lang, refusal), asked).await;
    page.map(|page| page.status(axum::http::StatusCode::UNPROCESSABLE_ENTITY))
}

/// An address of this site; another is not gone to.
fn local(back: &str) -> &str {
    if back.starts_with('/') && !back.starts_with("//") && !back.contains('\\') {
        back
    } else {
        "/notices"
    }
}

/// What is no longer to be followed.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Unwanted {
    #[serde(default)]
    follow: String,
    #[serde(default)]
    back: String,
}

/// Ends a follow.
pub(crate) async fn stop(asking: Asking, State(web): State<Web>, form: Form<Unwanted>) -> Answer<Redirect> {
    follow::end(&web.platform, &form.context(&asking), &form.value.follow).await?;
    Ok(asking.go(local(&form.value.back)))
}

/// Up to which entry was read.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Read {
    #[serde(default)]
    position: i64,
}

/// Marks notices as read.
pub(crate) async fn read(asking: Asking, State(web): State<Web>, form: Form<Read>) -> Answer<Redirect> {
    let (head, _) = web.platform.ledger().head().await?;
    follow::mark_read(
        &web.platform,
        &form.context(&asking),
        Position(form.value.position).min(head),
    )
    .await?;
    Ok(asking.go("/notices"))
}

/// Whether summaries are wanted by mail.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Wish {
    #[serde(default)]
    wanted: String,
}

/// Stops summaries by mail, or lets them come again.
pub(crate) async fn letters(asking: Asking, State(web): State<Web>, form: Form<Wish>) -> Answer<Redirect> {
    stopping::by_person(&web.platform, &form.context(&asking), form.value.wanted == "yes").await?;
    Ok(asking.go("/notices#letters"))
}

/// The page that the link of a letter leads to: one button, without signing in.
pub(crate) async fn stop_page(
    asking: Asking,
    State(web): State<Web>,
    crate::Path(token): crate::Path<String>,
) -> Answer<Page> {
    stopping::whose(&web.platform, &token)?;
    let lang = asking.lang;
    let action = lang.path(&format!("/letters/stop/{}", segment(&token)));
    let body = html! {
        p { (t!(lang, "notice-mail-hint")) }
        form method="post" action=(action) { (button(Weight::Primary, &t!(lang, "notice-letters-stop"))) }
    };
    Ok(Page::new(t!(lang, "notice-letters"), body).plain())
}

/// Stops summaries to whoever the letter went to: by the button, or by a mail program (RFC 8058).
pub(crate) async fn stop_letters(
    asking: Asking,
    State(web): State<Web>,
    crate::Path(token): crate::Path<String>,
) -> Answer<Page> {
    stopping::by_letter(&web.platform, &token).await?;
    let lang = asking.lang;
    let body = html! {
        div.notice.good role="status" { p { (t!(lang, "notice-letters-stopped")) } }
        p { a href=(asking.link("/notices")) { (t!(lang, "notice-letters-again")) } }
    };
    Ok(Page::new(t!(lang, "notice-letters"), body).plain())
}
