//! One version, to read: tree of clauses, text, findings, downloads.

use super::{
    findings::{self, tally},
    format_name, number, path,
    section::audience,
};
use crate::{
    Answer, Asking, Page, Path, Web,
    components::{
        facts::Fact,
        field::{Weight, button, once},
        words::{bilingual, first},
    },
    extract::Sent,
    links::{Screen, segment},
    page::Sheet,
    pages::{file, history::written, system, task::place_name},
};
use axum::{extract::State, response::Redirect};
use language::{Lang, t};
use ledger::Position;
use maud::{Markup, PreEscaped, html};
use platform::{
    history::query as history,
    list::query as list,
    obligation::{facts, query as obligation},
    place::query as place,
    rights::{Action, may},
    text::{
        command,
        compile::Format,
        query::{self, TextVersion},
        reading::{ANCHORS, Reading},
        workshop,
    },
};

/// The page of one version.
pub(crate) async fn page(asking: Asking, State(web): State<Web>, Path(id): Path<String>) -> Answer<Page> {
    let lang = asking.lang;
    let (platform, reader) = (&web.platform, &asking.reader);
    let version = query::version(platform, reader, &id).await?;
    let reading = workshop::read(platform, &version).await?;
    let all = query::of_obligation(platform, reader, &version.obligation).await?;
    let o = obligation::obligation(platform, reader, &version.obligation).await?;
    let places = place::of_codes(platform, reader, std::slice::from_ref(&version.place)).await?;
    let downloads = downloads(&asking, &web, &version).await;
    let executable = system::of_text(&asking, &web, &version).await?;
    let publishing = publishing(&asking, &web, &version).await?;
    let body = html! {
        div.reader {
            nav.clause-tree.wide aria-label=(t!(lang, "text-contents")) { (tree(&reading)) }
            details.clause-tree.narrow.disclosure { summary { (t!(lang, "text-contents")) } (tree(&reading)) }
            div.standard-text lang=(reading.tag) { (PreEscaped(&reading.html)) }
            aside.notes aria-label=(t!(lang, "text-beside")) {
                (newer(&asking, &version, &all))
                (executable)
                (downloads)
                (comparing(&asking, &version, &all))
                (publishing)
                section #findings {
                    h2 { (t!(lang, "text-findings")) }
                    p { (tally(lang, findings::found(&reading))) }
                    @if reading.findings.is_empty() { p.hint { (t!(lang, "text-clean-means")) } }
                    (findings::list(lang, &reading))
                }
            }
        }
    };
    let held = place_name(lang, &places, &version.place);
    let mut page = Page::new(
        format!("{} · {}", first(lang, &version.title), number(lang, &version)),
        body,
    )
    .heading(html! { (bilingual(lang, &version.title)) })
    .kicker(format!("{} · {}", t!(lang, "text-title"), number(lang, &version)))
    .crumb(t!(lang, "screen-list"), "/list")
    .screen(Screen::List)
    .sheet(Sheet::A4)
    .fact(Fact::text(
        t!(lang, "text-column-put"),
        language::date(lang, version.put),
    ))
    .fact(Fact::new(t!(lang, "words-audience"), audience(lang, &version)))
    .fact(Fact::new(
        t!(lang, "text-findings"),
        html! { a href="#findings" { (tally(lang, findings::found(&reading))) } },
    ))
    .demo(version.demo || o.demo);
    if !version.note.is_empty() {
        page = page.fact(Fact::new(t!(lang, "text-new-in-it"), written(lang, &version.note)));
    }
    if !version.task.is_empty() {
        let task = list::task(platform, reader, &version.task).await?;
        page = page.crumb(
            t!(lang, "task-number", number = task.number),
            format!("/tasks/{}", segment(&version.task)),
        );
    }
    Ok(page.crumb(held, format!("/obligations/{}", segment(&version.obligation))))
}

/// The clauses, two levels deep and annexes; what is below opens in the text.
fn tree(reading: &Reading) -> Markup {
    html! {
        ol lang=(reading.tag) {
            @for entry in reading.contents.iter().filter(|entry| entry.depth < 2) {
                li class={ "depth-" (entry.depth) } {
                    a href={ "#" (ANCHORS) (entry.id.as_str()) } {
                        span.number { (entry.number) } " " span.name { (entry.title) }
                    }
                }
            }
        }
    }
}

/// That a newer version is there.
fn newer(asking: &Asking, version: &TextVersion, all: &[TextVersion]) -> Markup {
    let lang = asking.lang;
    let newest = all.iter().max_by_key(|other| other.version);
    html! {
        @if let Some(newest) = newest.filter(|newest| newest.version > version.version) {
            div.notice.soon { p { a href=(asking.link(&path(newest))) { (t!(lang, "text-newer", version = newest.version)) } } }
        }
    }
}

/// Every format; the file that was sent, to those who may see the entry that brought it.
async fn downloads(asking: &Asking, web: &Web, version: &TextVersion) -> Markup {
    let lang = asking.lang;
    let entry = history::entry(&web.platform, &asking.reader, Position(version.position)).await;
    html! {
        section #downloads {
            h2 { (t!(lang, "text-downloads")) }
            ul.formats {
                @for format in Format::ALL {
                    li { a href=(asking.link(&format!("{}/download/{}", path(version), format.extension()))) download { (format_name(lang, format)) } }
                }
            }
            @if let Some(original) = version.original.as_ref().filter(|_| entry.is_ok()) {
                p.muted {
                    (t!(lang, "text-original")) " "
                    a href=(lang.path(&file::path(version.position, original))) lang="zh-Hans" { (original.shown()) }
                }
            }
        }
    }
}

/// The other versions, each a comparison away: the older first in it.
fn comparing(asking: &Asking, version: &TextVersion, all: &[TextVersion]) -> Markup {
    let lang = asking.lang;
    let others: Vec<&TextVersion> = all.iter().filter(|other| other.version != version.version).collect();
    html! {
        @if !others.is_empty() {
            section #compare {
                h2 { (t!(lang, "text-compare-with")) }
                ul {
                    @for other in others {
                        @let (from, to) = if other.version < version.version { (other, version) } else { (version, other) };
                        li {
                            a href=(asking.link(&format!("{}/diff/{}", path(from), segment(&to.id)))) { (number(lang, other)) }
                            " " span.muted { (language::date(lang, other.put)) }
                        }
                    }
                }
            }
        }
    }
}

/// The step by which everybody may read it, for those who may take it.
async fn publishing(asking: &Asking, web: &Web, version: &TextVersion) -> Answer<Markup> {
    let lang = asking.lang;
    let Some(actor) = asking
        .actor()
        .filter(|_| version.published.is_none() && !asking.is_past())
    else {
        return Ok(html! {});
    };
    let object = facts::object(&web.platform, &version.obligation).await?;
    if !may(web.platform.rights(), actor, Action::PublishText, &object) {
        return Ok(html! {});
    }
    Ok(html! {
        section #publish {
            h2 { (t!(lang, "text-publish-head")) }
            p.hint { (t!(lang, "text-publish-hint")) }
            @if version.found.errors > 0 { p { strong { (t!(lang, "text-publish-errors", count = version.found.errors)) } } }
            form method="post" action=(lang.path(&format!("{}/publish", path(version)))) {
                (once())
                (button(Weight::Official, &t!(lang, "text-publish")))
            }
        }
    })
}

/// Lets everybody read a version.
pub(crate) async fn publish(sent: Sent<Vec<(String, String)>>) -> Answer<Redirect> {
    let context = sent.form.context(&sent.asking);
    command::publish(&sent.web.platform, &context, &sent.id).await?;
    Ok(sent.asking.go(&format!("/texts/{}", segment(&sent.id))))
}

/// How a version is called in a sentence.
pub(super) fn called(lang: Lang, version: &TextVersion) -> String {
    format!("{} · {}", number(lang, version), language::date(lang, version.put))
}
