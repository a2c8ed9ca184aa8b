//! The API for people: what can be called, and how.

use crate::{
    Answer, Asking, Page, problem,
    route::{Access, Kind},
    routes,
};
use language::t;
use maud::{Markup, html};

/// The calls of the API, from the table of routes.
pub(crate) async fn page(asking: Asking) -> Answer<Page> {
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
            div.table-frame.wide tabindex="0" role="region" aria-label=(t!(lang, "api-calls")) {
                table.table.compact {
                    caption { (t!(lang, "api-calls")) }
                    thead { tr {
                        th scope="col" { (t!(lang, "api-call")) }
                        th scope="col" { (t!(lang, "api-method")) }
                        th scope="col" { (t!(lang, "api-who")) }
                        th scope="col" { (t!(lang, "api-summary")) }
                    } }
                    tbody {
                        @for row in routes::rows().iter().filter(|row| row.kind == Kind::Api) {
                            tr {
                                th scope="row" { code { (row.path) } }
                                td { (row.verb.method().as_str()) }
                                td { (who(row.access)) }
                                td.wrap lang="en" { (row.summary) }
                            }
                        }
                    }
                }
            }
        },
    ))
}
