//! Why there is no answer: a box for people, a problem document (RFC 9457) for programs, one line in the log.

use crate::{
    asking::Asking,
    components::{field::Faults, refusal_box, words},
    extract::hex,
    page::Page,
    state::Web,
};
use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use language::{Arg, Lang, t};
use maud::html;
use platform::{
    catalogue::{self, words::Vocabulary},
    refusal::{Error, Manner, Refusal},
};
use serde_json::json;
use std::sync::OnceLock;

/// What a handler gives.
pub type Answer<T> = Result<T, Failure>;

/// Why there is no answer. Made from the platform's errors by `?`.
#[derive(Debug, Clone)]
pub struct Failure(Why);

#[derive(Debug, Clone)]
enum Why {
    /// It may not be done, or not so.
    Refused(Box<Refusal>),
    /// The platform failed; the text is for the log alone.
    Broken(String),
}

impl Failure {
    /// The platform failed. `what` goes to the log and nowhere else.
    pub fn broken(what: impl Into<String>) -> Self {
        Self(Why::Broken(what.into()))
    }

    /// There is no such thing, or the reader may not know of it.
    pub fn unseen() -> Self {
        Refusal::unseen().into()
    }

    /// The refusal, where it is one: for showing a form again with its faults.
    pub fn refusal(&self) -> Option<&Refusal> {
        match &self.0 {
            Why::Refused(refusal) => Some(refusal),
            Why::Broken(_) => None,
        }
    }

    /// What is wrong with a form, and the status with which it is shown again. The platform's own failure stays one.
    pub fn faults(self, lang: Lang) -> Result<(Faults, StatusCode), Self> {
        match self.refusal() {
            Some(refusal) => Ok((Faults::of(lang, refusal), self.status())),
            None => Err(self),
        }
    }

    /// The status of the answer.
    pub fn status(&self) -> StatusCode {
        match &self.0 {
            Why::Refused(refusal) => status_of(refusal.manner),
            Why::Broken(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// After how many seconds it may be tried again, where that is known.
    fn retry_after(&self) -> Option<HeaderValue> {
        let refusal = self.refusal().filter(|refusal| refusal.manner == Manner::TooMany)?;
        let (_, seconds) = refusal.with.iter().find(|(name, _)| *name == "seconds")?;
        HeaderValue::from_str(seconds).ok()
    }

    /// For an error status that some layer gave without words.
    pub(crate) fn of_status(status: StatusCode) -> Self {
        let refused = |rule, manner| Refusal::wrong(rule).manner(manner).into();
        match status {
            StatusCode::NOT_FOUND => Self::unseen(),
            StatusCode::UNAUTHORIZED => refused("rights/sign_in", Manner::Anonymous),
            StatusCode::FORBIDDEN => refused("web/cross_site", Manner::Forbidden),
            StatusCode::METHOD_NOT_ALLOWED => refused("web/method", Manner::Unseen),
            StatusCode::PAYLOAD_TOO_LARGE => refused("web/too_large", Manner::TooLarge),
            StatusCode::TOO_MANY_REQUESTS => refused("web/too_many", Manner::TooMany),
            status if status.is_client_error() => refused("web/body", Manner::Wrong),
            status => Self::broken(format!("status {status}")),
        }
    }
}

/// The status of a manner.
const fn status_of(manner: Manner) -> StatusCode {
    match manner {
        Manner::Wrong => StatusCode::UNPROCESSABLE_ENTITY,
        Manner::Unseen => StatusCode::NOT_FOUND,
        Manner::Forbidden => StatusCode::FORBIDDEN,
        Manner::Anonymous => StatusCode::UNAUTHORIZED,
        Manner::Stale | Manner::Rule => StatusCode::CONFLICT,
        Manner::TooMany => StatusCode::TOO_MANY_REQUESTS,
        Manner::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
    }
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        Self(Why::Refused(Box::new(refusal)))
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        match error {
            Error::Refused(refusal) => Self(Why::Refused(refusal)),
            other => Self::broken(other.to_string()),
        }
    }
}

impl From<ledger::LedgerError> for Failure {
    fn from(error: ledger::LedgerError) -> Self {
        Self::broken(error.to_string())
    }
}

impl IntoResponse for Failure {
    /// The words are put in on the way out, where the reader's language is known.
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        if let Some(after) = self.retry_after() {
            response.headers_mut().insert(header::RETRY_AFTER, after);
        }
        response.extensions_mut().insert(self);
        response
    }
}

/// A failure in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// Id of the rule.
    pub rule: String,
    /// What is not done, in one sentence.
    pub what: String,
    /// What to do next; may be empty.
    pub next: String,
    /// Where the rule stands; empty for the platform's own.
    pub source: String,
    /// Faults of single fields: field, id of the fault, message.
    pub faults: Vec<(&'static str, &'static str, String)>,
}

/// A failure in words of a language.
pub fn tell(lang: Lang, failure: &Failure) -> Told {
    match &failure.0 {
        Why::Broken(_) => Told {
            rule: "web/broken".to_owned(),
            what: t!(lang, "refusal-web-broken"),
            next: t!(lang, "refusal-web-broken-next"),
            source: String::new(),
            faults: Vec::new(),
        },
        Why::Refused(refusal) => tell_refusal(lang, refusal),
    }
}

/// A refusal in words. Where the catalogue has no message of its own for the rule, that of its manner stands in; `…-next`
/// may be missing too.
pub fn tell_refusal(lang: Lang, refusal: &Refusal) -> Told {
    let with: Vec<(&str, String)> = refusal
        .with
        .iter()
        .map(|(name, value)| (*name, spelt(lang, name, value)))
        .collect();
    let id = refusal.message_id();
    let manner = format!("refusal-manner-{}", manner_id(refusal.manner));
    let first_known = |ids: [String; 2]| {
        ids.into_iter()
            .find(|id| language::ids().contains(id))
            .unwrap_or_default()
    };
    let what = first_known([id.clone(), manner.clone()]);
    let next = first_known([format!("{id}-next"), format!("{manner}-next")]);
    Told {
        rule: refusal.rule.to_owned(),
        what: filled(lang, &what, &with),
        next: filled(lang, &next, &with),
        source: refusal.source.to_owned(),
        faults: refusal
            .faults
            .iter()
            .map(|fault| {
                let own: Vec<(&str, String)> = with.iter().cloned().chain(fault.with.iter().cloned()).collect();
                (fault.field, fault.fault, filled(lang, fault.fault, &own))
            })
            .collect(),
    }
}

/// The name of a right in a language; its id where it has none.
pub fn right_name(lang: Lang, right: &str) -> String {
    let id = format!("right-{}", right.replace(['.', '_'], "-"));
    if language::ids().contains(&id) {
        language::text(lang, &id)
    } else {
        right.to_owned()
    }
}

/// A value of a message as people say it: rights and roles come by id.
fn spelt(lang: Lang, name: &str, value: &str) -> String {
    match name {
        "right" => right_name(lang, value),
        "role" | "held" | "wanted" => role_name(lang, value),
        _ => value.to_owned(),
    }
}

/// The name of a role in a language; its id where it has none.
pub fn role_name(lang: Lang, role: &str) -> String {
    static VOCABULARY: OnceLock<Vocabulary> = OnceLock::new();
    let vocabulary = VOCABULARY.get_or_init(|| Vocabulary::parse(catalogue::VOCABULARY).unwrap_or_default());
    words::first(lang, &vocabulary.name("person_role", role)).to_owned()
}

fn filled(lang: Lang, id: &str, with: &[(&str, String)]) -> String {
    if id.is_empty() {
        return String::new();
    }
    let args: Vec<(&str, Arg<'_>)> = with.iter().map(|(name, value)| (*name, Arg::from(value))).collect();
    language::format(lang, id, &args)
}

const fn manner_id(manner: Manner) -> &'static str {
    match manner {
        Manner::Wrong => "wrong",
        Manner::Unseen => "unseen",
        Manner::Forbidden => "forbidden",
        Manner::Anonymous => "anonymous",
        Manner::Stale => "stale",
        Manner::Rule => "rule",
        Manner::TooMany => "too-many",
        Manner::TooLarge => "too-large",
    }
}

/// The problem document of a failure.
pub fn document(lang: Lang, request: &str, failure: &Failure) -> serde_json::Value {
    let told = tell(lang, failure);
    let errors: Vec<_> = told
        .faults
        .iter()
        .map(|(field, fault, message)| json!({ "field": field, "code": fault, "detail": message }))
        .collect();
    json!({
        "type": format!("urn:biaochi:rule:{}", told.rule),
        "title": t!(lang, "refusal-title"),
        "status": failure.status().as_u16(),
        "detail": if told.next.is_empty() { told.what.clone() } else { format!("{} {}", told.what, told.next) },
        "rule": { "id": told.rule, "source": told.source },
        "errors": errors,
        "request": request,
    })
}

/// The answer that tells a failure: a page within its frame, or a document.
pub(crate) fn answer(web: &Web, asking: &Asking, failure: &Failure) -> Response {
    if let Why::Broken(what) = &failure.0 {
        tracing::error!(request = %asking.request, what, "failed");
    }
    let mut response = if asking.for_programs {
        let mut response = (
            failure.status(),
            axum::Json(document(asking.lang, &asking.request, failure)),
        )
            .into_response();
        response.headers_mut().insert(
            header::CONTENT_TYPE,
            HeaderValue::from_static("application/problem+json"),
        );
        response
    } else {
        let page = page(asking, failure);
        let status = failure.status();
        let body = crate::layout::page(web, asking, &page);
        (status, body).into_response()
    };
    if failure.status() == StatusCode::UNAUTHORIZED {
        response
            .headers_mut()
            .insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    }
    response
}

fn page(asking: &Asking, failure: &Failure) -> Page {
    let told = tell(asking.lang, failure);
    let title = match failure.status() {
        StatusCode::NOT_FOUND => t!(asking.lang, "error-unseen"),
        StatusCode::INTERNAL_SERVER_ERROR => t!(asking.lang, "error-broken"),
        _ => t!(asking.lang, "refusal-title"),
    };
    let next = match failure.status() {
        StatusCode::UNAUTHORIZED => {
            let address = format!("/sign-in?next={}", crate::links::encoded(&asking.links.here()));
            html! { a.button.primary href=(asking.lang.path(&address)) { (t!(asking.lang, "frame-sign-in")) } }
        }
        StatusCode::FORBIDDEN if told.rule == "people/second_factor_demanded" => {
            html! { a.button.primary href=(asking.lang.path("/account/second-factor")) { (t!(asking.lang, "account-factor-change")) } }
        }
        StatusCode::UNPROCESSABLE_ENTITY
            if asking.links.get("as_of").is_some() || asking.links.get("known_at").is_some() =>
        {
            html! { a.button href=(asking.links.today()) { (t!(asking.lang, "frame-as-of-return")) } }
        }
        _ => html! { a.button href=(asking.lang.path("/")) { (t!(asking.lang, "screen-home")) } },
    };
    Page::new(title, refusal_box::refusal(asking.lang, &told, &asking.request, next))
}

/// A short unguessable word: for the hidden field of forms.
pub(crate) fn once() -> String {
    hex(uuid::Uuid::new_v4().as_bytes())
}
