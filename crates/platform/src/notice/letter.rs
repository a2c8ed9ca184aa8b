//! A digest as a letter: what everybody may see by name, what not everybody may see as a count and a link.

use crate::running::Settings;
use jiff::civil::Date;
use language::{Lang, date, t};
use lettre::{
    Address, Message,
    message::{
        Mailbox,
        header::{ContentType, HeaderName, HeaderValue},
    },
};
use serde::{Deserialize, Serialize};

/// What a digest tells. It holds no text of any entry, and no person.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Letter {
    /// What everybody may see.
    pub lines: Vec<Line>,
    /// How many entries not everybody may see.
    pub restricted: usize,
    /// How many more there are than the letter shows.
    pub more: u64,
}

/// One entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// Its object.
    pub stream: String,
    /// Kind of event.
    pub kind: String,
    /// The day from which the fact holds.
    pub on: Date,
    /// Whether it is illustrative.
    pub demo: bool,
}

/// A letter that cannot be written: an address that is none.
#[derive(Debug, thiserror::Error)]
#[error("the letter cannot be written: {0}")]
pub struct LetterError(String);

/// The name of a kind of event; the kind itself where the catalogue has no name for it.
pub fn kind_name(lang: Lang, kind: &str) -> String {
    let id = format!("event-{}", kind.replace(['.', '_'], "-"));
    if language::ids().contains(&id) {
        language::text(lang, &id)
    } else {
        kind.to_owned()
    }
}

/// The address at which an object is shown, without the base.
pub fn path_of(stream: &str) -> String {
    match stream.split_once('/') {
        Some(("obligation", id)) => format!("/obligations/{id}"),
        Some(("task", id)) => format!("/tasks/{id}"),
        Some(("place", id)) => format!("/places/{id}"),
        Some(("proposal", id)) => format!("/changes/{id}"),
        Some(("output", _)) => "/outputs".to_owned(),
        _ => "/notices".to_owned(),
    }
}

impl Letter {
    /// The subject.
    pub fn subject(&self, demo: bool) -> String {
        let count = self.lines.len() as u64 + self.restricted as u64 + self.more;
        let mark = if demo || self.lines.iter().any(|l| l.demo) {
            t!(Lang::Zh, "report-demo-mark")
        } else {
            String::new()
        };
        format!(
            "{mark}{} / {}",
            t!(Lang::Zh, "notice-subject", count = count),
            t!(Lang::En, "notice-subject", count = count)
        )
    }

    /// The text, in Chinese and then in English.
    pub fn text(&self, base_url: &str) -> String {
        let mut text = String::new();
        for lang in [Lang::Zh, Lang::En] {
            let url = |path: &str| format!("{base_url}{}", lang.path(path));
            for line in &self.lines {
                let mark = if line.demo {
                    t!(lang, "report-demo-mark")
                } else {
                    String::new()
                };
                text.push_str(&format!(
                    "{mark}{} · {}\n  {}\n",
                    date(lang, line.on),
                    kind_name(lang, &line.kind),
                    url(&path_of(&line.stream))
                ));
            }
            if self.restricted > 0 {
                text.push_str(&format!("{}\n", t!(lang, "notice-restricted", count = self.restricted)));
            }
            if self.more > 0 {
                text.push_str(&format!("{}\n", t!(lang, "notice-more", count = self.more)));
            }
            text.push_str(&format!("{}\n", t!(lang, "notice-why", address = url("/notices"))));
            text.push_str(&format!("{}\n\n", t!(lang, "notice-who")));
        }
        text
    }

    /// The whole message. `id` is that of the outbox, and becomes the Message-ID.
    pub fn message(&self, settings: &Settings, from: &str, to: &str, id: &str) -> Result<Message, LetterError> {
        let wrong = |e: &dyn std::fmt::Display| LetterError(e.to_string());
        let address = |text: &str| {
            text.parse::<Address>()
                .map(|a| Mailbox::new(None, a))
                .map_err(|e| wrong(&e))
        };
        let host = from.rsplit_once('@').map_or("localhost", |(_, host)| host);
        let stop = format!("<{}/notices>", settings.base_url);
        let mut message = Message::builder()
            .from(address(from)?)
            .to(address(to)?)
            .subject(self.subject(settings.demo))
            .message_id(Some(format!("<{id}@{host}>")))
            .header(ContentType::TEXT_PLAIN)
            .body(self.text(&settings.base_url))
            .map_err(|e| wrong(&e))?;
        message.headers_mut().insert_raw(HeaderValue::new(
            HeaderName::new_from_ascii_str("List-Unsubscribe"),
            stop,
        ));
        message.headers_mut().insert_raw(HeaderValue::new(
            HeaderName::new_from_ascii_str("Auto-Submitted"),
            "auto-generated".to_owned(),
        ));
        Ok(message)
    }
}
