//! The home page.

use crate::{Answer, Asking, Page, links::Screen, routes};
use language::t;
use maud::html;

/// What the platform is, and the doors to its screens.
pub(crate) async fn page(asking: Asking) -> Answer<Page> {
    let lang = asking.lang;
    let open = |screen: &Screen| *screen != Screen::Home && routes::rows().iter().any(|row| row.path == screen.path());
    Ok(Page::new(t!(lang, "screen-home"), html! {
        div.prose { p { (t!(lang, "home-what")) } }
        ul.doors {
            @for screen in Screen::ALL.iter().filter(|s| open(s)) {
                li { a href=(asking.link(screen.path())) { strong { (screen.name(lang)) } } }
            }
        }
    })
    .screen(Screen::Home))
}
