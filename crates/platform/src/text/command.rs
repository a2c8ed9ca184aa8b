//! Putting a version up, and publishing it: the way in.

use super::{
    decide::{self, New},
    event::{Found, Picture},
    query::{self, id_of},
    reading::Reading,
    state::State,
    taking::{self, Taken, WORD},
    workshop,
};
use crate::{
    context::{Context, Reader},
    obligation::{self, event::Audience, state::Obligation},
    refusal::{Error, Refusal, Result},
    rights::{self, Action, Object, visibility::Fact},
    running::Platform,
    upload::{
        self, Attachment,
        take::{keep, may_wait},
    },
    writing::{begin, repeated},
};
use bytes::Bytes;
use document::import::Report;
use ledger::{AsOf, Committed, StreamName, Version};

/// Name and media type of a source that did not come as a file.
pub(super) const SOURCE: (&str, &str) = ("text.md", "text/markdown");

/// A version that somebody puts up.
#[derive(Debug, Clone, Default)]
pub struct Put {
    /// Digest of the file that they sent: a source or a Word file.
    pub file: String,
    /// What is new in it; may be empty.
    pub note: String,
    /// Who may see it; where they do not say, what the table of visibility says.
    pub audience: Option<Audience>,
    /// The newest version that they have seen, 0 before the first; nothing where they do not say.
    pub base: Option<u32>,
}

/// What was sent, read and not yet put up.
#[derive(Debug)]
pub struct Looked {
    /// The file.
    pub file: Attachment,
    /// As people would read it.
    pub reading: Reading,
    /// How many findings it has.
    pub found: Found,
    /// What each block of a Word file rests on; nothing of a source.
    pub report: Option<Report>,
}

/// What was put up.
#[derive(Debug, Clone)]
pub struct Done {
    /// Id of the version.
    pub id: String,
    /// The commit.
    pub committed: Committed,
}

/// The stream of the text of an obligation. A project takes it over as it is.
pub fn stream(obligation: &str) -> Result<StreamName> {
    StreamName::parse(&format!("text/{obligation}")).map_err(|_| Refusal::unseen().into())
}

/// To what a text belongs, as far as rights ask.
pub async fn object(platform: &Platform, text: &str) -> Result<Object> {
    obligation::facts::object(platform, text).await
}

/// Whether whoever asks may put up versions for an obligation; the refusal names the right.
pub async fn allowed(platform: &Platform, context: &Context, obligation: &str) -> Result<Object> {
    let object = obligation::facts::object(platform, obligation).await?;
    rights::check(platform.rights(), context, Action::PutText, &object)?;
    Ok(object)
}

/// Number of the newest version of an obligation; 0 before the first.
pub async fn latest(platform: &Platform, obligation: &str) -> Result<u32> {
    let events = platform.ledger().stream(&stream(obligation)?).await?;
    Ok(State::fold(&events).latest().map_or(0, |s| s.version.version))
}

/// Keeps a source that whoever asks has typed, as if they had sent it as a file.
///
/// # Errors
/// A [`Refusal`] `text/…`; nothing is kept then.
pub async fn typed(platform: &Platform, context: &Context, obligation: &str, source: Bytes) -> Result<Attachment> {
    allowed(platform, context, obligation).await?;
    taking::source(&source)?;
    let actor = context.actor.as_ref().ok_or_else(Refusal::unseen)?;
    may_wait(platform, &actor.person).await?;
    keep(platform, context, Some(&actor.person), SOURCE, source).await
}

/// Reads a file that whoever asks has sent, and records nothing.
///
/// # Errors
/// A [`Refusal`] `text/…`.
pub async fn look(platform: &Platform, context: &Context, obligation: &str, file: &str) -> Result<Looked> {
    allowed(platform, context, obligation).await?;
    let file = sent(platform, context, file).await?;
    let bytes = workshop::content(platform, &file).await?;
    let (taken, reading) = workshop::take(platform, bytes, &file.media).await?;
    Ok(Looked {
        found: taken.found(),
        report: taken.report,
        file,
        reading,
    })
}

/// Puts a version up.
///
/// # Errors
/// A [`Refusal`] `text/…`; nothing is recorded then.
pub async fn put(platform: &Platform, context: &Context, obligation: &str, put: &Put) -> Result<Done> {
    allowed(platform, context, obligation).await?;
    if let Some(committed) = repeated(platform, context).await? {
        let id = committed.repeated.clone().unwrap_or_default();
        return Ok(Done { id, committed });
    }
    let file = sent(platform, context, &put.file).await?;
    let bytes = workshop::content(platform, &file).await?;
    let audience = put
        .audience
        .unwrap_or_else(|| platform.visibility().audience_of(Fact::TextDraft));
    let (taken, _) = workshop::take(platform, bytes, &file.media).await?;
    let new = kept(platform, context, file, &taken, obligation).await?;
    let new = New {
        note: put.note.clone(),
        base: put.base,
        audience,
        ..new
    };
    record(platform, context, new).await
}

/// Keeps what was read beside what was sent.
async fn kept(
    platform: &Platform,
    context: &Context,
    file: Attachment,
    taken: &Taken,
    obligation: &str,
) -> Result<New> {
    let is_word = file.media == WORD;
    let source = if is_word {
        let content = Bytes::from(taken.source.clone());
        keep(platform, context, None, SOURCE, content).await?
    } else {
        file.clone()
    };
    let mut pictures = Vec::new();
    for (path, bytes) in &taken.pictures {
        let name = path.rsplit('/').next().unwrap_or(path);
        let content = Bytes::from(bytes.clone());
        pictures.push(Picture {
            path: path.clone(),
            file: keep(platform, context, None, (name, workshop::media_of(path)), content).await?,
        });
    }
    Ok(New {
        obligation: obligation.to_owned(),
        title: taken.title(),
        source,
        original: is_word.then_some(file),
        pictures,
        found: taken.found(),
        note: String::new(),
        audience: Audience::Desk,
        base: None,
    })
}

async fn record(platform: &Platform, context: &Context, new: New) -> Result<Done> {
    let obligation = new.obligation.clone();
    let (text, owner) = (stream(&obligation)?, obligation::command::stream(&obligation)?);
    let (committed, id) = platform
        .ledger()
        .commit_with(|| async {
            let events = platform.ledger().stream(&text).await?;
            let version = events.last().map_or(Version::NONE, |e| e.version);
            let state = Obligation::fold(&platform.ledger().stream(&owner).await?);
            let (event, number) = decide::put(&events, &state, new.clone())?;
            let id = id_of(&obligation, number);
            let mut commit = begin(context, &id).write(text.clone(), version, vec![event]);
            commit.reads.push((owner.clone(), state.version));
            Ok::<_, Error>((commit, id))
        })
        .await?;
    Ok(Done { id, committed })
}

/// Lets everybody read a version. What was put up beside it, a Word file, stays where it is.
///
/// # Errors
/// A [`Refusal`] `text/…`; nothing is recorded then.
pub async fn publish(platform: &Platform, context: &Context, id: &str) -> Result<Committed> {
    let reader = Reader {
        actor: context.actor.clone(),
        as_of: AsOf::day(context.today),
        today: context.today,
    };
    let seen = query::version(platform, &reader, id).await?;
    let object = obligation::facts::object(platform, &seen.obligation).await?;
    rights::check(platform.rights(), context, Action::PublishText, &object)?;
    if let Some(committed) = repeated(platform, context).await? {
        return Ok(committed);
    }
    let text = StreamName::parse(&format!("text/{}", seen.text)).map_err(|_| Refusal::unseen())?;
    let (committed, ()) = platform
        .ledger()
        .commit_with(|| async {
            let events = platform.ledger().stream(&text).await?;
            let version = events.last().map_or(Version::NONE, |e| e.version);
            let event = decide::publish(&events, seen.version)?;
            Ok::<_, Error>((begin(context, id).write(text.clone(), version, vec![event]), ()))
        })
        .await?;
    Ok(committed)
}

/// A digest alone opens nothing: a version is put up by whoever sent its file.
async fn sent(platform: &Platform, context: &Context, digest: &str) -> Result<Attachment> {
    let actor = context.actor.as_ref().ok_or_else(Refusal::unseen)?;
    let found = upload::query::sent(platform, &actor.person, &[digest.to_owned()]).await?;
    let missing = || Refusal::wrong("text/no_file").fault("file", "fault-text-no-file");
    Ok(found.into_iter().next().ok_or_else(missing)?)
}
