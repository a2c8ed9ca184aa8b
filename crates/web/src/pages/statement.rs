//! What the platform says of itself: what it is, privacy, accessibility.

use crate::{Answer, Asking, Page, Web};
use axum::extract::State;
use language::{Lang, t};
use maud::{Markup, html};

/// What it is, on what it rests, and what of it is illustrative.
pub(crate) async fn about(asking: Asking, State(web): State<Web>) -> Answer<Page> {
    let lang = asking.lang;
    let filed = &web.platform.settings().filing_number;
    let operator = if filed.is_empty() {
        t!(lang, "about-operator-none")
    } else {
        t!(lang, "about-operator-filed", number = filed.as_str())
    };
    let parts = [
        (t!(lang, "about-source"), t!(lang, "about-source-text")),
        (
            t!(lang, "about-official"),
            format!(
                "{}{}{operator}",
                t!(lang, "about-official-text"),
                if lang == Lang::En { " " } else { "" }
            ),
        ),
        (t!(lang, "about-progress"), t!(lang, "about-progress-text")),
        (t!(lang, "about-proof"), t!(lang, "about-proof-text")),
    ];
    let body = html! {
        (sections(&t!(lang, "about-intro"), &parts))
        @if web.demo {
            div.prose #demo { h2 { (t!(lang, "about-demo")) } p { (t!(lang, "about-demo-text")) } }
        }
    };
    Ok(Page::new(t!(lang, "frame-about"), body))
}

/// What is kept about whom, and for how long.
pub(crate) async fn privacy(asking: Asking) -> Answer<Page> {
    let lang = asking.lang;
    let parts = [
        (t!(lang, "privacy-log"), t!(lang, "privacy-log-text")),
        (t!(lang, "privacy-person"), t!(lang, "privacy-person-text")),
        (t!(lang, "privacy-cookies"), t!(lang, "privacy-cookies-text")),
        (t!(lang, "privacy-visits"), t!(lang, "privacy-visits-text")),
        (t!(lang, "privacy-rights"), t!(lang, "privacy-rights-text")),
    ];
    Ok(Page::new(
        t!(lang, "frame-privacy"),
        sections(&t!(lang, "privacy-intro"), &parts),
    ))
}

/// For whom the pages work, and how.
pub(crate) async fn accessibility(asking: Asking) -> Answer<Page> {
    let lang = asking.lang;
    let parts = [
        (
            t!(lang, "accessibility-keyboard"),
            t!(lang, "accessibility-keyboard-text"),
        ),
        (t!(lang, "accessibility-script"), t!(lang, "accessibility-script-text")),
        (t!(lang, "accessibility-sight"), t!(lang, "accessibility-sight-text")),
        (
            t!(lang, "accessibility-language"),
            t!(lang, "accessibility-language-text"),
        ),
    ];
    Ok(Page::new(
        t!(lang, "frame-accessibility"),
        sections(&t!(lang, "accessibility-intro"), &parts),
    ))
}

fn sections(intro: &str, parts: &[(String, String)]) -> Markup {
    html! {
        div.prose {
            p { (intro) }
            @for (title, text) in parts { h2 { (title) } p { (text) } }
        }
    }
}

/// `/robots.txt`: the public pages may be found; those of one's own, past days and filtered lists need not.
pub(crate) async fn robots() -> &'static str {
    "User-agent: *\nDisallow: /sign-in\nDisallow: /account\nDisallow: /desk\nDisallow: /admin\nDisallow: /en/sign-in\nDisallow: /en/account\nDisallow: /en/desk\nDisallow: /en/admin\nDisallow: /*?as_of=\nDisallow: /*?known_at=\nDisallow: /*?cursor=\n"
}
