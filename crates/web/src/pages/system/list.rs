//! The systems that are offered, each in its edition.

use super::{force, mode, path, unit};
use crate::{
    Answer, Asking, Page, Web,
    components::words::{Mark, bilingual, mark},
    links::{Screen, segment},
    pages::task::place_name,
};
use axum::extract::State;
use language::t;
use maud::html;
use platform::{place::query as place, rights::Action, system::query};

/// The page.
pub(crate) async fn page(asking: Asking, State(web): State<Web>) -> Answer<Page> {
    let lang = asking.lang;
    let systems = query::systems(&web.platform, &asking.reader).await?;
    let places = place::places(&web.platform, &asking.reader).await?;
    let body = html! {
        p.lead { (t!(lang, "system-lead")) }
        @if systems.is_empty() { div.empty { p { (t!(lang, "system-none")) } } }
        @else { div.table-frame { table.table data-list="" {
            caption.visually-hidden { (t!(lang, "system-title")) }
            thead { tr {
                th.title scope="col" { (t!(lang, "system-title")) }
                th scope="col" { (t!(lang, "system-assessed")) }
                th scope="col" { (t!(lang, "system-state")) }
                th.more scope="col" { (t!(lang, "column-place")) }
                th.more scope="col" { (t!(lang, "system-mode")) }
                th.more scope="col" { (t!(lang, "text-title")) }
            } }
            tbody {
                @for system in &systems {
                    @if let Some(shown) = system.shown() {
                        tr {
                            th.title scope="row" {
                                a href=(asking.link(&path(&shown.system))) { (bilingual(lang, &shown.title)) }
                                @if !shown.number.is_empty() { " " span.code { (shown.number) } }
                                @if shown.demo { " " (mark(lang, Mark::Demo)) }
                            }
                            td { (unit(lang, shown)) }
                            td.date {
                                (force(lang, system.force(shown))) " "
                                span.muted { (language::date(lang, shown.withdrawn.unwrap_or(shown.in_force))) }
                            }
                            td.more { (place_name(lang, &places, &shown.place)) }
                            td.more { (mode(lang, &shown.mode)) }
                            td.more { a href=(asking.link(&format!("/texts/{}", segment(&shown.text)))) { (t!(lang, "system-text")) } }
                        }
                    }
                }
            }
        } } }
    };
    let demo = systems
        .iter()
        .filter_map(|system| system.shown())
        .any(|shown| shown.demo);
    let mut page = Page::new(t!(lang, "system-title"), body)
        .screen(Screen::Systems)
        .demo(demo);
    let own = [Action::FillAssessment, Action::VerifyAssessment];
    if own.into_iter().any(|action| asking.can(&web, action)) {
        page = page.actions(html! { a.button href=(asking.link("/assessments")) { (t!(lang, "assessment-title")) } });
    }
    Ok(page)
}
