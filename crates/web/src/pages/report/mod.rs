//! Reports: what there is, the monthly and quarterly report, the evaluation sheet.

pub(crate) mod evaluation;
pub(crate) mod monthly;

use crate::{
    Answer, Asking, Page,
    components::{standing::vocabulary, words::first},
    links::Screen,
    problem::right_name,
    state::Web,
};
use axum::{
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use language::t;
use maud::html;
use platform::{bilingual::Bilingual, report::document::Setting, rights::Action};

/// Which reports exist, and who may make them.
pub(crate) async fn index(asking: Asking) -> Answer<Page> {
    let lang = asking.lang;
    let reports = [
        (
            "/reports/monthly",
            t!(lang, "report-monthly"),
            t!(lang, "report-monthly-what"),
            true,
        ),
        (
            "/reports/evaluation",
            t!(lang, "report-evaluation"),
            t!(lang, "report-evaluation-what"),
            false,
        ),
    ];
    let right = Action::MakeReport.id();
    Ok(Page::new(
        t!(lang, "screen-reports"),
        html! {
            div.prose {
                @for (path, name, what, by_right) in &reports {
                    section.section {
                        h2 { a href=(asking.link(path)) { (name) } }
                        p { (what) }
                        p {
                            @if *by_right { (t!(lang, "report-who")) " " (right_name(lang, right)) }
                            @else { (t!(lang, "report-everybody")) }
                        }
                    }
                }
            }
        },
    )
    .screen(Screen::Reports))
}

/// What documents need beyond the report.
fn setting<'a>(web: &'a Web, asking: &Asking) -> Setting<'a> {
    Setting {
        lang: asking.lang,
        base_url: &web.platform.settings().base_url,
        words: vocabulary(),
    }
}

/// The name of a place for a choice.
fn label(asking: &Asking, name: &Bilingual) -> String {
    first(asking.lang, name).to_owned()
}

/// A file to keep, under an ASCII name.
fn file(kind: &'static str, name: &str, bytes: Vec<u8>) -> Response {
    let mut response = bytes.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    if let Ok(value) = HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")) {
        headers.insert(header::CONTENT_DISPOSITION, value);
    }
    response
}

const DOCX: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
