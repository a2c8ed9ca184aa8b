//! One request as a page's author needs it.

use crate::{
    links::Links,
    problem::Failure,
    proxies::Caller,
    session::{self, Came, DISPLAY_COOKIE, SESSION_COOKIE, Secret},
    state::Web,
};
use axum::{
    extract::{ConnectInfo, FromRequestParts},
    http::{HeaderMap, Method, header, request::Parts},
    response::Redirect,
};
use jiff::{Timestamp, civil::Date};
use language::Lang;
use ledger::AsOf;
use percent_encoding::percent_decode_str;
use platform::{
    context::{Actor, Context, Reader},
    notice::query as notices,
    people::{query as people, session::Origin},
    refusal::{Manner, Refusal},
    rights::{Action, Reach, Role, may_at_all, reach},
};
use std::{net::SocketAddr, str::FromStr, sync::Arc};

/// Longest value of a parameter, in characters.
const LONGEST_PARAMETER: usize = 2_000;

/// One request: who asks, in which language, about which day. Cheap to clone; take it as an argument of a handler.
#[derive(Debug, Clone)]
pub struct Asking {
    /// The reader's language.
    pub lang: Lang,
    /// Who reads, and as of when: what queries of the platform take.
    pub reader: Reader,
    /// The address that was asked for.
    pub links: Arc<Links>,
    /// The method.
    pub method: Method,
    /// The id of the request, which goes into the log, the headers and the cause of events.
    pub request: Arc<str>,
    /// How the reader came in.
    pub came: Option<Came>,
    /// The secret of the session cookie, also where it opens nothing yet: a second factor may still be asked for.
    pub token: Option<Secret>,
    /// The network address from which the request came; empty where it is not known.
    pub address: Arc<str>,
    /// Whether the reader came by TLS, as the configured address or a trusted proxy says.
    pub by_tls: bool,
    /// What the browser says of itself.
    pub agent: Arc<str>,
    /// The instant, by the platform's clock.
    pub now: Timestamp,
    /// `known_at`, where it was given.
    pub known_at: Option<Timestamp>,
    /// `Idempotency-Key` with the digest of the request.
    pub idempotency: Option<(String, String)>,
    /// `If-Match`: the version of what is changed that the caller has seen.
    pub if_match: Option<i64>,
    /// Contrast, theme and size of text that the reader has chosen.
    pub display: Display,
    /// Whether failures are told as problem documents.
    pub for_programs: bool,
    /// How many notices the reader has not read, as the top bar says.
    pub unread: i64,
    /// The reader's own name, as the top bar says.
    pub name: Option<String>,
}

/// What the reader has chosen of how pages look; the words are those of the style sheet.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Display {
    /// `data-theme`.
    pub theme: Option<&'static str>,
    /// `data-contrast`.
    pub contrast: Option<&'static str>,
    /// `data-text`.
    pub text: Option<&'static str>,
}

impl Display {
    /// Reads the cookie; a word that the style sheet does not know is none.
    ///
    /// ```
    /// use web::asking::Display;
    /// assert_eq!(Display::parse("contrast=more&text=huge"), Display { contrast: Some("more"), ..Display::default() });
    /// ```
    pub fn parse(cookie: &str) -> Self {
        let known = |name: &str, words: &[&'static str]| {
            cookie
                .split('&')
                .filter_map(|pair| pair.split_once('='))
                .find(|(n, _)| *n == name)
                .and_then(|(_, value)| words.iter().copied().find(|w| *w == value))
        };
        Self {
            theme: known("theme", &["light", "dark"]),
            contrast: known("contrast", &["more"]),
            text: known("text", &["large", "larger"]),
        }
    }
}

/// What the reader is called; nothing where nobody is signed in. One query.
async fn own_name(web: &Web, reader: &Reader) -> Result<Option<String>, Failure> {
    let Some(actor) = &reader.actor else { return Ok(None) };
    let names = people::display_names(&web.platform, reader, std::slice::from_ref(&actor.person)).await?;
    Ok(names.into_values().find_map(|display| match display {
        people::Display::Name(name) => Some(name),
        _ => None,
    }))
}

impl Asking {
    /// Reads a request. Gives an asking in every case, since a failure too is told in a language and within a frame;
    /// where the day asked about cannot be read or the platform cannot be asked, the failure beside it.
    pub(crate) async fn of(web: &Web, parts: &Parts, request: &str) -> (Self, Option<Failure>) {
        let links = Links::parse(parts.uri.path(), parts.uri.query());
        let is_api = links.path.starts_with("/api/v1/");
        let lang = if is_api {
            text(&parts.headers, header::ACCEPT_LANGUAGE)
                .and_then(Lang::of_accept_language)
                .unwrap_or_default()
        } else {
            links.lang
        };
        let caller = caller(web, parts);
        let now = web.platform.now();
        let today = ledger::clock::today(now);
        let mut asking = Self {
            lang,
            reader: Reader::public(today),
            method: parts.method.clone(),
            request: request.into(),
            came: None,
            token: session::cookie(&parts.headers, SESSION_COOKIE).map(Secret),
            address: caller.map_or_else(String::new, |c| c.address.to_string()).into(),
            by_tls: web.is_secure() || caller.is_some_and(|c| c.by_tls),
            agent: text(&parts.headers, header::USER_AGENT).unwrap_or_default().into(),
            now,
            known_at: None,
            idempotency: None,
            if_match: None,
            display: session::cookie(&parts.headers, DISPLAY_COOKIE)
                .map(|c| Display::parse(&c))
                .unwrap_or_default(),
            for_programs: is_api || prefers_json(&parts.headers),
            links: Arc::new(links),
            unread: 0,
            name: None,
        };
        let failure = asking.fill(web, parts).await.err();
        (asking, failure)
    }

    async fn fill(&mut self, web: &Web, parts: &Parts) -> Result<(), Failure> {
        if percent_decode_str(&self.links.path).any(|byte| byte == 0) {
            return Err(Failure::unseen());
        }
        for (name, value) in &self.links.query {
            if value.contains('\0') || value.chars().count() > LONGEST_PARAMETER {
                let shown = |text: &str| text.chars().filter(|c| *c != '\0').take(60).collect::<String>();
                return Err(Refusal::wrong("web/parameter")
                    .with("parameter", shown(name))
                    .with("value", shown(value))
                    .into());
            }
        }
        if let Some((actor, came)) = session::who(web, &parts.headers).await? {
            self.reader.actor = Some(actor);
            self.came = Some(came);
        } else if session::bearer(&parts.headers).is_some() {
            return Err(Refusal::wrong("web/key").manner(Manner::Anonymous).into());
        }
        if !self.for_programs {
            self.name = own_name(web, &self.reader).await?;
        }
        if parts.method == Method::GET {
            if let Some(date) = self.parameter::<Date>("as_of")? {
                self.reader.as_of = AsOf::day(date);
            }
            if let Some(instant) = self.parameter::<Timestamp>("known_at")? {
                self.known_at = Some(instant);
                self.reader.as_of.known = web.platform.ledger().position_at(instant).await?;
            }
            if !self.for_programs {
                self.unread = notices::unread(&web.platform, &self.reader_today()).await?;
            }
        } else if let Some(version) = text(&parts.headers, header::IF_MATCH) {
            let bare = version.trim().trim_start_matches("W/").trim_matches('"');
            self.if_match = Some(bare.parse().map_err(|_| wrong_parameter("If-Match", version))?);
        }
        Ok(())
    }

    /// The circumstances of a command. For a form take [`crate::Form::context`], which knows the form's own key.
    pub fn context(&self) -> Context {
        Context {
            actor: self.reader.actor.clone(),
            now: self.now,
            today: self.reader.today,
            request: self.request.to_string(),
            idempotency: self.idempotency.clone(),
        }
    }

    /// From where the request came, for sessions and for the count of failures.
    pub fn origin(&self) -> Origin<'_> {
        Origin {
            address: &self.address,
            agent: &self.agent,
        }
    }

    /// Who is signed in.
    pub fn actor(&self) -> Option<&Actor> {
        self.reader.actor.as_ref()
    }

    /// Whether some role of the reader can do this to something: for showing a door, not for opening it.
    pub fn can(&self, web: &Web, action: Action) -> bool {
        self.actor()
            .is_some_and(|actor| may_at_all(web.platform.rights(), actor, action))
    }

    /// On what the reader can do this.
    pub fn reach(&self, web: &Web, action: Action) -> Reach {
        reach(web.platform.rights(), self.actor(), action)
    }

    /// Whether the reader holds a role of this sort.
    pub fn has_role(&self, sort: impl Fn(Role) -> bool) -> bool {
        self.actor().is_some_and(|a| a.grants.iter().any(|g| sort(g.role)))
    }

    /// Whether the page shows another day than today, or what was known earlier.
    pub fn is_past(&self) -> bool {
        self.reader.as_of.date != self.reader.today || self.known_at.is_some()
    }

    /// Whether a page of another day is asked to be compared with today (`compare=today`).
    pub fn compares(&self) -> Result<bool, Failure> {
        Ok(self.choice("compare", &["today"])?.is_some() && self.is_past())
    }

    /// The same reader, who asks about today.
    pub fn reader_today(&self) -> Reader {
        Reader {
            as_of: AsOf::day(self.reader.today),
            ..self.reader.clone()
        }
    }

    /// The address of something on this site, written without a language: language and day are kept.
    pub fn link(&self, path: &str) -> String {
        self.links.to(path)
    }

    /// The answer to a form that was done: go and look at `path` (303).
    pub fn go(&self, path: &str) -> Redirect {
        Redirect::to(&self.link(path))
    }

    /// A parameter of the query as a value; a value that cannot be read is a refusal that names the parameter.
    pub fn parameter<T: FromStr>(&self, name: &'static str) -> Result<Option<T>, Failure> {
        match self.links.get(name) {
            None => Ok(None),
            Some(text) => text.trim().parse().map(Some).map_err(|_| wrong_parameter(name, text)),
        }
    }

    /// A parameter that is one of some words: `asking.choice("state", STATES)?`.
    pub fn choice(&self, name: &'static str, words: &[&'static str]) -> Result<Option<&'static str>, Failure> {
        match self.links.get(name) {
            None => Ok(None),
            Some(text) => words
                .iter()
                .copied()
                .find(|w| *w == text)
                .map(Some)
                .ok_or_else(|| wrong_parameter(name, text)),
        }
    }

    /// By which of some columns the address asks to sort (`sort=due`), and whether the other way round (`sort=-due`).
    pub fn sort(&self, columns: &[&'static str]) -> Result<Option<(&'static str, bool)>, Failure> {
        let Some(asked) = self.links.get("sort") else {
            return Ok(None);
        };
        let (bare, down) = asked.strip_prefix('-').map_or((asked, false), |bare| (bare, true));
        let column = columns.iter().copied().find(|column| *column == bare);
        column
            .map(|column| Some((column, down)))
            .ok_or_else(|| wrong_parameter("sort", asked))
    }
}

/// The refusal of a parameter that cannot be read.
pub(crate) fn wrong_parameter(name: &'static str, text: &str) -> Failure {
    let shown: String = text.chars().take(60).collect();
    let fault = match name {
        "as_of" => "fault-date",
        "known_at" => "fault-instant",
        "limit" => "fault-limit",
        _ => "fault-parameter",
    };
    Refusal::wrong("web/parameter")
        .with("parameter", name)
        .with("value", shown)
        .fault(name, fault)
        .into()
}

/// From where the request came, so far as it is known.
fn caller(web: &Web, parts: &Parts) -> Option<Caller> {
    let ConnectInfo(peer) = parts.extensions.get::<ConnectInfo<SocketAddr>>()?;
    Some(web.proxies.caller(peer.ip(), &parts.headers))
}

fn text(headers: &HeaderMap, name: header::HeaderName) -> Option<&str> {
    headers.get(name)?.to_str().ok()
}

/// Whether the caller asks for JSON and not for a page.
pub(crate) fn prefers_json(headers: &HeaderMap) -> bool {
    text(headers, header::ACCEPT).is_some_and(|accept| accept.contains("json") && !accept.contains("text/html"))
}

impl<S: Sync> FromRequestParts<S> for Asking {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Failure> {
        parts
            .extensions
            .get::<Self>()
            .cloned()
            .ok_or_else(|| Failure::broken("a handler outside the table of routes"))
    }
}
