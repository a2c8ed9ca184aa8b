//! The API for people: what can be called, how, and one call to try.

use crate::{
    Answer, Asking, Page, Web, problem,
    route::{Access, Kind, Row, Verb},
    routes,
};
use axum::extract::State;
use language::{Lang, t};
use maud::{Markup, html};
use platform::list::entering::FIRST;

/// The obligation by which the page shows a call: task 20 in 南京, whose output was publicly reported.
const EXAMPLE: &str = "20-320100";

/// The calls of the API, from the table of routes.
pub(crate) async fn page(asking: Asking, State(web): State<Web>) -> Answer<Page> {
    let lang = asking.lang;
    let who = |access: Access| -> Markup {
        match access {
            Access::Public => html! { (t!(lang, "api-public")) },
            Access::SignedIn => html! { (t!(lang, "api-signed-in")) },
            Access::Right(action) => html! { (problem::right_name(lang, action.id())) " " code { (action.id()) } },
        }
    };
    Ok(Page::new(
        t!(lang, "frame-api"),
        html! {
            div.prose {
                p { (t!(lang, "api-intro")) " " a href="/api/v1/openapi.json" { code { "/api/v1/openapi.json" } } }
                ul {
                    li { (t!(lang, "api-lists")) }
                    li { (t!(lang, "api-time")) }
                    li { (t!(lang, "api-writes")) }
                    li { (t!(lang, "api-errors")) }
                    li { (t!(lang, "api-keys")) }
                }
            }
            (example(lang, &web.platform.settings().base_url))
            section.section {
                header.section-head { h2 { (t!(lang, "api-calls")) } }
                div.table-frame {
                    table.table.compact.wrapped {
                        caption.visually-hidden { (t!(lang, "api-calls")) }
                        thead { tr {
                            th scope="col" { (t!(lang, "api-call")) }
                            th scope="col" { (t!(lang, "api-method")) }
                            th scope="col" { (t!(lang, "api-who")) }
                            th scope="col" { (t!(lang, "api-summary")) }
                        } }
                        tbody {
                            @for row in routes::rows().iter().filter(|row| row.kind == Kind::Api) {
                                tr {
                                    th scope="row" { (address(row)) }
                                    td { (row.verb.method().as_str()) }
                                    td { (who(row.access)) }
                                    td.wrap { (does(lang, row)) }
                                }
                            }
                        }
                    }
                }
            }
        },
    ))
}

/// The address of a call; what can be read as it stands opens.
fn address(row: &Row) -> Markup {
    let opens = row.verb == Verb::Get && row.access == Access::Public && !row.path.contains('{');
    html! {
        @if opens { a href=(row.path) { code { (row.path) } } } @else { code { (row.path) } }
    }
}

/// What a call does.
fn does(lang: Lang, row: &Row) -> String {
    language::text(lang, &format!("api-does-{}", row.name.replace('_', "-")))
}

/// One call that anybody can try, and what to look for in its answer.
fn example(lang: Lang, base: &str) -> Markup {
    let one = format!("/api/v1/obligations/{FIRST}-{EXAMPLE}");
    let past = format!("{one}?as_of=2025-06-30");
    html! {
        section.section {
            header.section-head { h2 { (t!(lang, "api-example")) } }
            div.prose {
                p { (t!(lang, "api-example-what")) }
                ul {
                    li { a href=(one) { code { "curl " (base) (one) } } }
                    li { (t!(lang, "api-example-past")) " " a href=(past) { code { "curl \"" (base) (past) "\"" } } }
                }
                p { (t!(lang, "api-example-fields")) }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_call_is_described_in_both_languages() {
        for row in routes::rows().iter().filter(|row| row.kind == Kind::Api) {
            assert_eq!(does(Lang::En, row), row.summary, "locales/en/api.ftl, {}", row.name);
            assert_ne!(does(Lang::Zh, row), row.summary, "locales/zh/api.ftl, {}", row.name);
            assert!(!does(Lang::Zh, row).starts_with("api-does-"), "{}", row.name);
        }
    }
}
