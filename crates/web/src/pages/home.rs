//! The home page: what the platform is, four numbers that open, and doors.

use crate::{
    Answer, Asking, Page, Web,
    components::standing::{STATES, tally},
    links::Screen,
    routes,
};
use axum::extract::State;
use language::t;
use maud::{Markup, html};
use platform::{
    list::{
        entering::FIRST,
        query::{self as list, TaskFilter},
    },
    obligation::query::{self as obligation, By, Filter, SubjectKind},
    output::query as output,
    question::Window,
};

/// What the platform is, and the doors to its screens.
pub(crate) async fn page(asking: Asking, State(web): State<Web>) -> Answer<Page> {
    let lang = asking.lang;
    let (platform, reader) = (&web.platform, &asking.reader);
    let tasks = list::tasks(
        platform,
        reader,
        &TaskFilter {
            list: Some(FIRST.to_owned()),
            ..TaskFilter::default()
        },
        &Window::of(1),
    )
    .await?
    .total;
    let firm = Filter {
        firm: Some(true),
        ..Filter::default()
    };
    let counts = obligation::counts(platform, reader, &firm, By::Holder, false).await?;
    let state = |id: &str| {
        counts
            .values()
            .flat_map(|by| by.values())
            .filter_map(|states| states.get(id))
            .sum::<i64>()
    };
    let counted: Vec<(&str, i64)> = STATES.iter().map(|s| (*s, state(s))).collect();
    let obligations: i64 = counted.iter().map(|(_, n)| n).sum();
    let sentences = Filter {
        subject_kind: Some(SubjectKind::Action),
        ..Filter::default()
    };
    let sentences = obligation::count(platform, reader, &sentences).await?;
    let reported = output::outputs(
        platform,
        reader,
        &output::Filter {
            demo: Some(false),
            ..output::Filter::default()
        },
        &Window::of(1),
    )
    .await?
    .total;
    let body = html! {
        p.lead { (t!(lang, "home-what")) }
        ul.numbers {
            (number(&asking, "/list", tasks, &t!(lang, "home-tasks")))
            (number(&asking, "/obligations?firm=true", obligations, &t!(lang, "home-obligations")))
            (number(&asking, "/measures", sentences, &t!(lang, "home-sentences")))
            (number(&asking, "/outputs", reported, &t!(lang, "home-outputs")))
        }
        section.section {
            header.section-head { h2 { (t!(lang, "home-standing")) } }
            p { (tally(lang, &counted)) }
        }
        section.section {
            header.section-head { h2 { (t!(lang, "home-doors")) } }
            ul.doors {
                (door(&asking, "/places/320100", &t!(lang, "home-door-place"), &t!(lang, "home-door-place-text")))
                (door(&asking, "/tasks/first-20", &t!(lang, "home-door-task"), &t!(lang, "home-door-task-text")))
                (door(&asking, "/measures", &t!(lang, "home-door-measures"), &t!(lang, "home-door-measures-text")))
            }
        }
    };
    Ok(Page::new(t!(lang, "home-title"), body).screen(Screen::Home))
}

fn number(asking: &Asking, path: &str, n: i64, what: &str) -> Markup {
    html! { li { a href=(asking.link(path)) { strong { (n) } span { (what) } } } }
}

/// A door, where what is behind it exists.
fn door(asking: &Asking, path: &str, name: &str, what: &str) -> Markup {
    html! {
        @if routes::rows().iter().any(|row| crate::links::matches(row.path, path)) {
            li { a href=(asking.link(path)) { strong { (name) } span { (what) } } }
        }
    }
}
