//! Notices: what happened to what the reader follows, and what that is.

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

/// Notices, newest first, and the follows.
pub(crate) async fn page(asking: Asking, State(web): State<Web>) -> Answer<Page> {
    drawn(&asking, &web, &Faults::default()).await
}

fn me(asking: &Asking) -> Answer<PersonId> {
    asking
        .actor()
        .map(|a| a.person.clone())
        .ok_or_else(|| Refusal::unseen().into())
}

async fn drawn(asking: &Asking, web: &Web, faults: &Faults) -> Answer<Page> {
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
    let known = place::places(&web.platform, &asking.reader).await?;
    let letters = wants_letters(&web.platform, &me(asking)?).await?;
    let mut places = vec![(String::new(), t!(lang, "notice-any-place"))];
    places.extend(
        known
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
                            " · " code { (notice.stream) } " · " (date(lang, notice.effective)) " · " small { (instant(lang, notice.at)) }
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
                    (Field::new("place", t!(lang, "notice-place")).control(Control::Choose(places)).optional().draw(lang, faults))
                    (Field::new("task", t!(lang, "notice-task")).optional().width("w-code").draw(lang, faults))
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
fn described(asking: &Asking, places: &[Place], follow: &Follow) -> Markup {
    let lang = asking.lang;
    let target = &follow.target;
    let place_name = |code: &str| {
        let known = places.iter().find(|p| p.code == code);
        known.map_or_else(|| code.to_owned(), |p| first(lang, &p.short_name()).to_owned())
    };
    let mut parts: Vec<(String, String)> = Vec::new();
    if let Some(code) = &target.place {
        parts.push((
            t!(lang, "notice-of-place", id = place_name(code)),
            format!("/places/{}", segment(code)),
        ));
    }
    if let Some(id) = &target.task {
        let number = id.strip_prefix(&format!("{LIST}-")).unwrap_or(id);
        parts.push((
            t!(lang, "notice-of-task", id = number),
            format!("/tasks/{}", segment(id)),
        ));
    }
    if let Some(number) = &target.measure {
        parts.push((
            t!(lang, "notice-of-measure", id = number),
            format!("/measures/{}", segment(number)),
        ));
    }
    if let Some(stream) = &target.object {
        parts.push((object(lang, &place_name, stream), path_of(stream)));
    }
    html! {
        @for (index, (name, path)) in parts.iter().enumerate() {
            @if index > 0 { " · " }
            a href=(asking.link(path)) { (name) }
        }
        @if let Some(kind) = &target.object_kind { " " (t!(lang, "notice-of-kind", id = kind)) }
    }
}

/// What people call one object: the list, or a task at a place; others by their id.
fn object(lang: Lang, place_name: &dyn Fn(&str) -> String, stream: &str) -> String {
    let of_task = stream
        .strip_prefix("obligation/")
        .and_then(parts_of)
        .and_then(|(task, place)| Some((task.strip_prefix(&format!("{LIST}-"))?, place)))
        .filter(|(number, _)| number.bytes().all(|b| b.is_ascii_digit()));
    match of_task {
        Some((number, place)) => format!("{} · {}", t!(lang, "notice-of-task", id = number), place_name(place)),
        None if stream.starts_with("list/") => t!(lang, "screen-list"),
        None => t!(lang, "notice-of-object", id = stream),
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
    let task = some(&wanted.task).map(|t| {
        if t.bytes().all(|b| b.is_ascii_digit()) {
            format!("{LIST}-{t}")
        } else {
            t
        }
    });
    let target = Target {
        place: some(&wanted.place),
        task,
        measure: some(&wanted.measure),
        object: some(&wanted.object),
        object_kind: None,
    };
    let strength = Strength::parse(&wanted.strength).unwrap_or(Strength::Significant);
    match follow::begin(&web.platform, &form.context(&asking), &target, strength)
        .await
        .map_err(Failure::from)
    {
        Ok(_) => Ok(asking.go(local(&wanted.back))),
        Err(failure) => match failure.refusal() {
            Some(refusal) if !refusal.faults.is_empty() => {
                let page = drawn(&asking, &web, &Faults::of(asking.lang, refusal)).await;
                Err(page.map(|page| page.status(axum::http::StatusCode::UNPROCESSABLE_ENTITY)))
            }
            _ => Err(Err(failure)),
        },
    }
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
