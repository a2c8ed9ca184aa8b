//! Letters as they are written out: a digest names what everybody may see, and of the rest holds a count and a link; a link
//! to set a password opens once.

use crate::{people::invitation, running::Settings};
use jiff::civil::Date;
use language::{Lang, date, instant, t};
use lettre::{
    Address, Message,
    message::{
        Body, Mailbox,
        header::{ContentTransferEncoding, ContentType, HeaderName, HeaderValue},
    },
};
use serde::{Deserialize, Serialize};

/// What a digest tells. It holds no text of any entry, and no person.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Digest {
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

/// A letter, written out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// The subject.
    pub subject: String,
    /// The text.
    pub text: String,
    /// The address at which letters of this kind are ended, where they can be.
    pub stop: Option<String>,
}

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
        Some(("measure", id)) => format!("/measures/{}", id.rsplit_once('-').map_or(id, |(_, number)| number)),
        Some(("list", _)) => "/list".to_owned(),
        Some(("system", id)) => format!("/systems/{id}"),
        Some(("certificate", id)) => format!("/certificates/{id}"),
        _ => "/notices".to_owned(),
    }
}

impl Digest {
    fn subject(&self, demo: bool) -> String {
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

    /// In Chinese and then in English.
    fn text(&self, base_url: &str, stop: &str) -> String {
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
            text.push_str(&format!("{}\n", t!(lang, "notice-no-letters", address = url(stop))));
            text.push_str(&format!("{}\n\n", t!(lang, "notice-who")));
        }
        text
    }

    /// The letter.
    /// `stop` is the token by which its reader ends such letters.
    pub fn letter(&self, settings: &Settings, stop: &str) -> Letter {
        let path = format!("/letters/stop/{stop}");
        Letter {
            subject: self.subject(settings.demo),
            text: self.text(&settings.base_url, &path),
            stop: Some(format!("{}{path}", settings.base_url)),
        }
    }
}

/// The letter with the link by which a person sets a password, in Chinese and then in English.
pub fn link(settings: &Settings, kind: invitation::Kind, issued: &invitation::Letter) -> Letter {
    let mut text = String::new();
    for lang in [Lang::Zh, Lang::En] {
        let address = format!(
            "{}{}",
            settings.base_url,
            lang.path(&format!("/join/{}", issued.token.expose()))
        );
        let until = instant(lang, issued.expires);
        let name = issued.profile.name.as_str();
        text.push_str(&match kind {
            invitation::Kind::Invitation => {
                t!(lang, "letter-invitation", name = name, address = address, until = until)
            }
            invitation::Kind::Reset => t!(lang, "letter-reset", name = name, address = address, until = until),
        });
        text.push_str("\n\n");
    }
    let subject = |lang| match kind {
        invitation::Kind::Invitation => t!(lang, "letter-invitation-subject"),
        invitation::Kind::Reset => t!(lang, "letter-reset-subject"),
    };
    Letter {
        subject: format!("{} / {}", subject(Lang::Zh), subject(Lang::En)),
        text,
        stop: None,
    }
}

/// The letter that says that a second factor was taken away, in Chinese and then in English. Why and by whom stands on the
/// person's own page.
pub fn factor_removed(settings: &Settings) -> Letter {
    let text = [Lang::Zh, Lang::En]
        .map(|lang| {
            let address = format!("{}{}", settings.base_url, lang.path("/account/second-factor"));
            t!(lang, "letter-factor-removed", address = address)
        })
        .join("\n\n");
    let subject = |lang| t!(lang, "letter-factor-removed-subject");
    Letter {
        subject: format!("{} / {}", subject(Lang::Zh), subject(Lang::En)),
        text,
        stop: None,
    }
}

impl Letter {
    /// The whole message. `id` is that of the outbox, and becomes the Message-ID.
    pub fn message(&self, from: &str, to: &str, id: &str) -> Result<Message, LetterError> {
        let wrong = |e: &dyn std::fmt::Display| LetterError(e.to_string());
        let address = |text: &str| {
            text.parse::<Address>()
                .map(|a| Mailbox::new(None, a))
                .map_err(|e| wrong(&e))
        };
        // Text that is Chinese for the most part: base64, whatever the length of a line.
        let text = Body::new_with_encoding(self.text.clone(), ContentTransferEncoding::Base64)
            .map_err(|_| LetterError("its text cannot be encoded".to_owned()))?;
        let host = from.rsplit_once('@').map_or("localhost", |(_, host)| host);
        let mut message = Message::builder()
            .from(address(from)?)
            .to(address(to)?)
            .subject(self.subject.clone())
            .message_id(Some(format!("<{id}@{host}>")))
            .header(ContentType::TEXT_PLAIN)
            .body(text)
            .map_err(|e| wrong(&e))?;
        let mut header = |name: &'static str, value: String| {
            message
                .headers_mut()
                .insert_raw(HeaderValue::new(HeaderName::new_from_ascii_str(name), value));
        };
        header("Auto-Submitted", "auto-generated".to_owned());
        if let Some(stop) = &self.stop {
            // RFC 8058: a mail program may end the letters by itself when its user says so.
            header("List-Unsubscribe", format!("<{stop}>"));
            header("List-Unsubscribe-Post", "List-Unsubscribe=One-Click".to_owned());
        }
        Ok(message)
    }
}
