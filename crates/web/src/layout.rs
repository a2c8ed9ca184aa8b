//! The frame around every page: top bar, rail, head, foot. Drawn once, here.

use crate::{
    asking::Asking,
    assets,
    components::{facts, words},
    links::{Screen, TIME, matches},
    page::{Page, Sheet},
    routes,
    state::Web,
};
use language::{date, instant, t};
use maud::{DOCTYPE, Markup, html};
use platform::rights::{Action, Role};

/// Pages of another day that can be compared with today.
const COMPARED: [&str; 5] = ["/", "/list", "/tasks/{id}", "/places/{code}", "/obligations"];

/// A page within its frame.
pub fn page(web: &Web, asking: &Asking, page: &Page) -> Markup {
    let lang = asking.lang;
    let display = asking.display;
    html! {
        (DOCTYPE)
        html lang=(lang.html_lang()) data-theme=[display.theme] data-contrast=[display.contrast] data-text=[display.text] {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title lang=[words::foreign(lang, &page.title)] { (page.title) " · " (t!(lang, "frame-name")) }
                @if let Some(style) = assets::address("biaochi.css") { link rel="stylesheet" href=(style); }
                @if let Some(mark) = assets::address("mark.svg") { link rel="icon" type="image/svg+xml" href=(mark); }
                link rel="alternate" hreflang="zh-Hans" href=(in_language(asking, language::Lang::Zh));
                link rel="alternate" hreflang="en" href=(in_language(asking, language::Lang::En));
                @if let Some(script) = assets::address("biaochi.js") { script type="module" src=(script) {} }
            }
            body.sheet-a4[page.sheet == Sheet::A4].sheet-a3[page.sheet == Sheet::A3] {
                a.skip-link href="#main" { (t!(lang, "frame-skip")) }
                (top_bar(asking, web.demo || page.demo))
                @if asking.is_past() { (past_banner(asking)) }
                div.layout.plain[page.plain] {
                    @if !page.plain { (rail(web, asking, page.screen)) }
                    main.content #main tabindex="-1" {
                        @if let Some(alert) = &page.alert { (alert) }
                        (breadcrumb(asking, page))
                        (head(asking, page))
                        (page.body)
                    }
                }
                (keyboard_help(asking))
                (foot(web, asking))
            }
        }
    }
}

fn in_language(asking: &Asking, lang: language::Lang) -> String {
    if lang == asking.lang {
        asking.links.here()
    } else {
        asking.links.in_other_language()
    }
}

/// The mark: a ruler, filled to where it stands.
fn mark() -> Markup {
    html! {
        svg viewBox="0 0 48 16" width="48" height="16" aria-hidden="true" focusable="false" {
            rect x="0.5" y="2.5" width="47" height="11" fill="none" stroke="currentColor" {}
            rect x="1" y="3" width="27" height="10" fill="currentColor" opacity="0.25" {}
            path d="M6.5 3v4M12.5 3v7M18.5 3v4M24.5 3v7M30.5 3v4M36.5 3v7M42.5 3v4" stroke="currentColor" fill="none" {}
        }
    }
}

fn top_bar(asking: &Asking, demo: bool) -> Markup {
    let lang = asking.lang;
    html! {
        header.top-bar {
            a.top-bar-mark href=(asking.link("/")) { (mark()) " " (t!(lang, "frame-name")) }
            @if demo { a.demo-tab href=(asking.link("/about#demo")) title=(t!(lang, "mark-demo-long")) { (t!(lang, "mark-demo")) } }
            @if has("/search") {
                form.top-bar-search role="search" method="get" action=(lang.path("/search")) {
                    label.visually-hidden for="site-search" { (t!(lang, "frame-search")) }
                    input #site-search type="search" name="q" data-search="" value=[asking.links.get("q").filter(|_| asking.links.path == "/search")]
                        placeholder=(t!(lang, "frame-search")) title=(t!(lang, "frame-search-hint"));
                    (kept_time(asking))
                }
            }
            (date_control(asking))
            nav.top-bar-links aria-label=(t!(lang, "frame-tools")) {
                a href=(asking.links.in_other_language()) lang=(lang.other().html_lang()) hreflang=(lang.other().html_lang())
                    title=(t!(lang, "frame-language-label")) { (t!(lang, "frame-language")) }
                @if asking.actor().is_some() {
                    a href=(asking.link("/notices")) title=(if asking.unread > 0 { t!(lang, "frame-notices-title", count = asking.unread) } else { t!(lang, "frame-notices-none") }) {
                        (t!(lang, "frame-notices"))
                        @if asking.unread > 0 { " " span.rail-count { (asking.unread) span.visually-hidden { " " (t!(lang, "frame-notices-unread")) } } }
                    }
                    @if has("/account") {
                        a.own-name href=(asking.link("/account")) title=(t!(lang, "frame-account")) {
                            @match &asking.name { Some(name) => (words::known_first(lang, name)), None => (t!(lang, "frame-account")) }
                        }
                    }
                    @if has("/sign-out") {
                        form method="post" action=(lang.path("/sign-out")) { button.button.quiet.small type="submit" { (t!(lang, "frame-sign-out")) } }
                    }
                } @else if has("/sign-in") {
                    a href=(sign_in_address(asking)) { (t!(lang, "frame-sign-in")) }
                }
            }
        }
    }
}

fn sign_in_address(asking: &Asking) -> String {
    let back = if asking.links.path == "/sign-in" {
        "/".to_owned()
    } else {
        asking.links.here()
    };
    asking
        .lang
        .path(&format!("/sign-in?next={}", crate::links::encoded(&back)))
}

/// Whether the table has a page at an address.
fn has(path: &str) -> bool {
    routes::rows().iter().any(|row| row.path == path)
}

fn kept_time(asking: &Asking) -> Markup {
    html! {
        @for name in TIME {
            @if let Some(value) = asking.links.get(name) { input type="hidden" name=(name) value=(value); }
        }
    }
}

fn date_control(asking: &Asking) -> Markup {
    let lang = asking.lang;
    html! {
        form.date-control.is-past[asking.is_past()] method="get" action=(lang.path(&asking.links.path)) {
            @for (name, value) in &asking.links.query {
                @if name != "as_of" && name != "cursor" && !value.is_empty() { input type="hidden" name=(name) value=(value); }
            }
            label for="as-of" { (t!(lang, "frame-as-of")) }
            input #as-of type="date" name="as_of" value=(asking.reader.as_of.date) data-today=(asking.reader.today);
            button.button.small type="submit" { (t!(lang, "frame-as-of-show")) }
        }
    }
}

fn past_banner(asking: &Asking) -> Markup {
    let lang = asking.lang;
    html! {
        p.past-banner role="status" {
            @if asking.reader.as_of.date > asking.reader.today { (t!(lang, "frame-as-of-future", date = date(lang, asking.reader.as_of.date))) }
            @else { (t!(lang, "frame-as-of-past", date = date(lang, asking.reader.as_of.date))) }
            @if let Some(known) = asking.known_at { " " (t!(lang, "frame-known-at", instant = instant(lang, known))) }
            " " a href=(asking.links.today()) { (t!(lang, "frame-as-of-return")) }
            @if COMPARED.iter().any(|page| matches(page, &asking.links.path)) && asking.links.get("compare").is_none() {
                " · " a href=(asking.links.here_with(&[("compare", Some("today"))])) { (t!(lang, "frame-compare-today")) }
            }
        }
    }
}

fn rail(web: &Web, asking: &Asking, here: Option<Screen>) -> Markup {
    let shown = |screen: Screen| match screen {
        Screen::Desk => asking.actor().is_some(),
        Screen::Unassigned => asking.can(web, Action::AssignTask),
        Screen::Reading => asking.can(web, Action::ImportList),
        Screen::Administration => asking.has_role(Role::is_administrator),
        _ => true,
    };
    html! {
        nav.rail aria-label=(t!(asking.lang, "frame-main-navigation")) {
            ul {
                @for screen in Screen::ALL.into_iter().filter(|s| shown(*s) && has(s.path())) {
                    li {
                        a href=(asking.link(screen.path())) aria-current=[(here == Some(screen)).then_some("page")] {
                            (screen.name(asking.lang))
                        }
                    }
                }
            }
        }
    }
}

fn breadcrumb(asking: &Asking, page: &Page) -> Markup {
    html! {
        @if !page.crumbs.is_empty() {
            nav.breadcrumb aria-label=(t!(asking.lang, "frame-breadcrumb")) {
                ol {
                    @for crumb in &page.crumbs { li { a href=(asking.link(&crumb.path)) { (words::mixed(asking.lang, &crumb.text)) } } }
                    li aria-current="page" { (words::mixed(asking.lang, &page.title)) }
                }
            }
        }
    }
}

fn head(asking: &Asking, page: &Page) -> Markup {
    html! {
        header.page-head.slim[page.slim] {
            @if let Some(kicker) = &page.kicker { p.page-kicker { (words::mixed(asking.lang, kicker)) } }
            h1 { @if let Some(heading) = &page.heading { (heading) } @else { (words::mixed(asking.lang, &page.title)) } }
            @if let Some(note) = &page.note { p.page-note { (note) } }
            @if let Some(actions) = &page.actions { div.page-actions { (actions) } }
            @if let Some(ruler) = &page.ruler { figure.page-ruler { (ruler) } }
            @if !page.facts.is_empty() { (facts::line(&page.facts)) }
        }
        p.print-only { (t!(asking.lang, "frame-printed-at", instant = instant(asking.lang, asking.now))) }
    }
}

fn keyboard_help(asking: &Asking) -> Markup {
    let lang = asking.lang;
    let keys = [
        ("/", t!(lang, "key-search")),
        ("j", t!(lang, "key-down")),
        ("k", t!(lang, "key-up")),
        ("Enter", t!(lang, "key-open")),
        ("x", t!(lang, "key-select")),
        ("?", t!(lang, "key-help")),
    ];
    html! {
        dialog.dialog #keyboard-help aria-labelledby="keyboard-help-title" {
            h2 #keyboard-help-title { (t!(lang, "frame-keyboard-help")) }
            dl.keys { @for (key, what) in &keys { div { dt { kbd { (key) } } dd { (what) } } } }
            label.check { input type="checkbox" data-keys-off=""; span { (t!(lang, "key-off")) } }
            form method="dialog" { button.button { (t!(lang, "action-close")) } }
        }
    }
}

fn foot(web: &Web, asking: &Asking) -> Markup {
    let lang = asking.lang;
    let settings = web.platform.settings();
    let links = [
        ("/about", t!(lang, "frame-about")),
        ("/words", t!(lang, "frame-words")),
        ("/privacy", t!(lang, "frame-privacy")),
        ("/accessibility", t!(lang, "frame-accessibility")),
        ("/api/", t!(lang, "frame-api")),
        ("/feeds", t!(lang, "frame-feeds")),
    ];
    html! {
        footer.foot {
            ul.foot-links {
                @for (path, name) in links.iter().filter(|(path, _)| has(path)) { li { a href=(asking.link(path)) { (name) } } }
                li { button.foot-button type="button" data-opens="#keyboard-help" { (t!(lang, "frame-keyboard-help")) } }
                li { button.foot-button type="button" data-display="contrast:more" { (t!(lang, "frame-contrast")) } }
                li { button.foot-button type="button" data-display="text:large" { (t!(lang, "frame-text-size")) } }
            }
            p {
                @if asking.is_past() { (t!(lang, "frame-state-of", date = date(lang, asking.reader.as_of.date))) }
                @else { (t!(lang, "frame-data-as-of", instant = instant(lang, asking.now))) }
                " · " (t!(lang, "frame-build", build = web.build))
                @if !settings.filing_number.is_empty() { " · " (settings.filing_number) }
            }
            p { (t!(lang, "frame-chinese-prevails")) }
        }
    }
}
