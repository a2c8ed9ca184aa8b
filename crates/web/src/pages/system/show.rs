//! One system: what it measures, a trial, how it grades, its indicators, its editions.

use super::{force, mode, offering, path, rules, trial, unit};
use crate::{
    Answer, Asking, Page, Path, Web,
    components::{
        facts::Fact,
        words::{bilingual, first},
    },
    links::{Screen, segment},
    pages::task::place_name,
};
use axum::extract::State;
use language::t;
use maud::{Markup, html};
use platform::{
    list::query as list,
    place::query as place,
    refusal::Refusal,
    system::{
        query::{self, System, SystemEdition},
        run,
    },
};

/// The page.
pub(crate) async fn page(asking: Asking, State(web): State<Web>, Path(id): Path<String>) -> Answer<Page> {
    let lang = asking.lang;
    let (platform, reader) = (&web.platform, &asking.reader);
    let system = query::system(platform, reader, &id).await?;
    let wanted = asking.parameter::<u32>("edition")?;
    let edition = match wanted {
        Some(number) => system.editions().iter().find(|edition| edition.edition == number),
        None => system.shown(),
    };
    let edition = edition.ok_or_else(Refusal::unseen)?;
    let executable = run::executable(platform, &edition.source).await?;
    let tried = trial::section(&asking, &web, edition, &executable).await?;
    let places = place::of_codes(platform, reader, std::slice::from_ref(&edition.place)).await?;
    let body = html! {
        (tried)
        (crate::pages::assessment::of_system(&asking, &web, edition, system.in_force() == Some(edition)).await?)
        (crate::pages::assessment::moves_of_system(&asking, &web, &system).await?)
        (rules::judging(&asking, edition, &executable))
        (rules::tree(&asking, edition, &executable))
        (editions(&asking, &system, edition))
        (offering::withdrawing(&asking, &web, &system).await?)
    };
    let mut page = Page::new(first(lang, &edition.title).to_owned(), body)
        .heading(html! { (bilingual(lang, &edition.title)) })
        .kicker(t!(lang, "system-title"))
        .crumb(t!(lang, "system-title"), "/systems")
        .screen(Screen::Systems)
        .fact(Fact::new(t!(lang, "system-assessed"), unit(lang, edition)))
        .fact(Fact::text(
            t!(lang, "system-state"),
            format!(
                "{} · {}",
                force(lang, system.force(edition)),
                language::date(lang, edition.withdrawn.unwrap_or(edition.in_force))
            ),
        ))
        .fact(Fact::text(t!(lang, "system-mode"), mode(lang, &edition.mode)))
        .fact(Fact::new(
            t!(lang, "text-title"),
            html! { a href=(asking.link(&format!("/texts/{}", segment(&edition.text)))) { (t!(lang, "system-text-edition", number = edition.edition)) } },
        ))
        .demo(edition.demo);
    if !edition.place.is_empty() {
        page = page.fact(Fact::text(
            t!(lang, "column-place"),
            place_name(lang, &places, &edition.place),
        ));
    }
    if !edition.task.is_empty() {
        let task = list::task(platform, reader, &edition.task).await?;
        let link = asking.link(&format!("/tasks/{}", segment(&edition.task)));
        page = page.fact(Fact::new(
            t!(lang, "system-task"),
            html! { a href=(link) { (t!(lang, "task-number", number = task.number)) } },
        ));
    }
    Ok(page)
}

fn editions(asking: &Asking, system: &System, shown: &SystemEdition) -> Markup {
    let lang = asking.lang;
    html! {
        section.section #editions {
            header.section-head { h2 { (t!(lang, "system-editions")) } p.section-note { (t!(lang, "system-editions-note")) } }
            div.table-frame { table.table.compact {
                caption.visually-hidden { (t!(lang, "system-editions")) }
                thead { tr {
                    th scope="col" { (t!(lang, "system-edition-column")) }
                    th.date scope="col" { (t!(lang, "system-from")) }
                    th scope="col" { (t!(lang, "system-state")) }
                    th scope="col" { (t!(lang, "text-title")) }
                } }
                tbody { @for edition in system.editions() {
                    tr {
                        th scope="row" {
                            @if edition.id == shown.id { (t!(lang, "system-edition", number = edition.edition)) }
                            @else { a href=(asking.link(&format!("{}?edition={}", path(&edition.system), edition.edition))) { (t!(lang, "system-edition", number = edition.edition)) } }
                        }
                        td.date { (language::date(lang, edition.in_force)) }
                        td.wrap {
                            (force(lang, system.force(edition)))
                            @if let Some(day) = edition.withdrawn { " " span.muted { (language::date(lang, day)) " " span lang="zh-Hans" { (edition.withdrawn_because) } } }
                        }
                        td { a href=(asking.link(&format!("/texts/{}", segment(&edition.text)))) { (t!(lang, "system-text")) } " " code.hash title=(edition.source.sha256) { (edition.source.sha256.chars().take(12).collect::<String>()) } }
                    }
                } }
            } }
        }
    }
}
