//! What a handler of a page gives back. The frame around it is drawn by [`crate::layout`].

use crate::{
    components::{facts::Fact, field::Faults},
    links::Screen,
};
use axum::{
    http::{HeaderMap, HeaderValue, StatusCode, header::SET_COOKIE},
    response::{IntoResponse, Response},
};
use maud::{Markup, html};

/// The sheet of paper on which a page prints.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sheet {
    /// Upright.
    #[default]
    A4,
    /// Across: wide tables that a director signs.
    A3,
}

/// One step of the way to a page.
#[derive(Debug, Clone)]
pub struct Crumb {
    /// Its words.
    pub text: String,
    /// Its address, without a language.
    pub path: String,
}

/// A page's content.
#[derive(Debug, Clone)]
pub struct Page {
    pub(crate) title: String,
    pub(crate) heading: Option<Markup>,
    pub(crate) kicker: Option<String>,
    pub(crate) note: Option<String>,
    pub(crate) crumbs: Vec<Crumb>,
    pub(crate) ruler: Option<Markup>,
    pub(crate) facts: Vec<Fact>,
    pub(crate) actions: Option<Markup>,
    pub(crate) body: Markup,
    pub(crate) sheet: Sheet,
    pub(crate) demo: bool,
    pub(crate) screen: Option<Screen>,
    pub(crate) slim: bool,
    pub(crate) plain: bool,
    pub(crate) alert: Option<Markup>,
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
}

impl Page {
    /// A page with its title (one line of text; the heading shows it too) and its body.
    pub fn new(title: impl Into<String>, body: Markup) -> Self {
        Self {
            title: title.into(),
            heading: None,
            kicker: None,
            note: None,
            crumbs: Vec::new(),
            ruler: None,
            facts: Vec::new(),
            actions: None,
            body,
            sheet: Sheet::A4,
            demo: false,
            screen: None,
            slim: false,
            plain: false,
            alert: None,
            status: StatusCode::OK,
            headers: HeaderMap::new(),
        }
    }

    /// A heading that is more than text, such as [`crate::components::words::bilingual`].
    pub fn heading(mut self, heading: Markup) -> Self {
        self.heading = Some(heading);
        self
    }

    /// A short line above the heading: `第20项 · 第一部分`.
    pub fn kicker(mut self, kicker: impl Into<String>) -> Self {
        self.kicker = Some(kicker.into());
        self
    }

    /// A slim head for lists: title, a short note and the actions in one row.
    pub fn slim(mut self, note: impl Into<String>) -> Self {
        self.slim = true;
        self.note = Some(note.into());
        self
    }

    /// One step of the way here; the page itself is added last.
    pub fn crumb(mut self, text: impl Into<String>, path: impl Into<String>) -> Self {
        self.crumbs.push(Crumb {
            text: text.into(),
            path: path.into(),
        });
        self
    }

    /// The ruler in the head ([`crate::components::ruler::ruler`]).
    pub fn ruler(mut self, ruler: Markup) -> Self {
        self.ruler = Some(ruler);
        self
    }

    /// One more fact of the facts line; the four questions first, in their order.
    pub fn fact(mut self, fact: Fact) -> Self {
        self.facts.push(fact);
        self
    }

    /// Buttons of the head; one of them primary at most.
    pub fn actions(mut self, actions: Markup) -> Self {
        self.actions = Some(actions);
        self
    }

    /// The sheet on which it prints.
    pub fn sheet(mut self, sheet: Sheet) -> Self {
        self.sheet = sheet;
        self
    }

    /// Marks the page as showing something illustrative, also where the installation is no demonstration.
    pub fn demo(mut self, demo: bool) -> Self {
        self.demo = demo;
        self
    }

    /// The screen under which it stands in the rail.
    pub fn screen(mut self, screen: Screen) -> Self {
        self.screen = Some(screen);
        self
    }

    /// Without a rail: signing in.
    pub fn plain(mut self) -> Self {
        self.plain = true;
        self
    }

    /// What stands first in the page: an error summary, a notice that something was done.
    pub fn alert(mut self, alert: Markup) -> Self {
        self.alert = Some(html! { @if let Some(before) = &self.alert { (before) } (alert) });
        self
    }

    /// Another status than 200: a form that is shown again is 422.
    pub fn status(mut self, status: StatusCode) -> Self {
        self.status = status;
        self
    }

    /// The page of a form that is shown again: the summary of its faults comes first. Without faults nothing changes.
    pub fn again(self, lang: language::Lang, faults: &Faults) -> Self {
        if faults.is_empty() {
            self
        } else {
            self.alert(faults.summary(lang))
                .status(StatusCode::UNPROCESSABLE_ENTITY)
        }
    }

    /// Sends a cookie along, as [`crate::session`] writes them.
    pub fn cookie(mut self, cookie: &HeaderValue) -> Self {
        self.headers.append(SET_COOKIE, cookie.clone());
        self
    }
}

impl IntoResponse for Page {
    /// The frame is drawn on the way out, where the reader is known.
    fn into_response(self) -> Response {
        let mut response = self.status.into_response();
        response.headers_mut().extend(self.headers.clone());
        response.extensions_mut().insert(self);
        response
    }
}
