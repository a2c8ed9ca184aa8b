//! Taking a file in: looked at by its first bytes, cut off at the limit, stored, registered.

use super::{
    attachment::{Attachment, clean_name},
    query::waiting,
};
use crate::{
    context::{Context, PersonId},
    refusal::{Error, Manner, Refusal, Result},
    rights::{self, Action, Object},
    running::Platform,
};
use bytes::{Bytes, BytesMut};
use futures_util::{Stream, StreamExt, stream};
use ledger::{
    Change, LedgerError, RegisteredFile,
    files::{self, FileStore, Limits, media_type},
};
use std::{fmt, pin::pin};

/// So many bytes tell what a file is.
const FIRST: usize = 4096;
/// Most files of one person that wait for an event.
const MOST_WAITING: i64 = 100;

/// Takes a file in for whoever asks; `object` is what they will attach it to. Where that is not known yet, it is whatever
/// they may report on: to which object they may attach it is asked again then.
///
/// # Errors
/// A refusal `upload/…` of what is too large, no kind of file that is taken, or not what its name says. Nothing is kept
/// then, nor when the sender breaks off.
pub async fn take<S, E>(
    platform: &Platform,
    context: &Context,
    object: Option<&Object>,
    name: &str,
    content: S,
) -> Result<Attachment>
where
    S: Stream<Item = Result<Bytes, E>> + Send,
    E: fmt::Display + Send,
{
    take_for(platform, context, (Action::ReportProgress, object), name, content).await
}

/// The same of what is attached by another right.
///
/// # Errors
/// As [`take`].
pub async fn take_for<S, E>(
    platform: &Platform,
    context: &Context,
    (action, object): (Action, Option<&Object>),
    name: &str,
    content: S,
) -> Result<Attachment>
where
    S: Stream<Item = Result<Bytes, E>> + Send,
    E: fmt::Display + Send,
{
    may_send(platform, context, action, object)?;
    let person = context
        .actor
        .as_ref()
        .map(|a| a.person.clone())
        .ok_or_else(Refusal::unseen)?;
    let store = platform.files().ok_or_else(|| Refusal::rule("upload/no_store", ""))?;
    may_wait(platform, &person).await?;
    let name = clean_name(name);
    let (media, stored) = stored(platform, store, &name, content).await?;
    let attachment = Attachment {
        sha256: stored.digest.to_string(),
        name,
        size: stored.size,
        media: media.mime().to_owned(),
    };
    register(platform, store, context, Some(&person), &attachment).await?;
    Ok(attachment)
}

/// Whether another file of a person may wait for its event.
pub(crate) async fn may_wait(platform: &Platform, person: &PersonId) -> Result<()> {
    if waiting(platform, person).await? < MOST_WAITING {
        return Ok(());
    }
    Err(Refusal::rule("upload/too_many", "")
        .with("most", MOST_WAITING.to_string())
        .manner(Manner::TooMany)
        .into())
}

/// Keeps what somebody typed, or what the platform made of a file, until an event refers to it; who typed it may name it in
/// a command.
pub(crate) async fn keep(
    platform: &Platform,
    context: &Context,
    person: Option<&PersonId>,
    (name, media): (&str, &str),
    content: Bytes,
) -> Result<Attachment> {
    let store = platform.files().ok_or_else(|| Refusal::rule("upload/no_store", ""))?;
    let limits = Limits {
        max_bytes: platform.settings().file_limit,
    };
    let stored = store.put_bytes(content, limits).await?;
    let attachment = Attachment {
        sha256: stored.digest.to_string(),
        name: clean_name(name),
        size: stored.size,
        media: media.to_owned(),
    };
    register(platform, store, context, person, &attachment).await?;
    Ok(attachment)
}

fn may_send(platform: &Platform, context: &Context, action: Action, object: Option<&Object>) -> Result<(), Refusal> {
    let somewhere = rights::reach(platform.rights(), context.actor.as_ref(), action);
    let reaches = somewhere.everything || !somewhere.places.is_empty() || !somewhere.organizations.is_empty();
    match object {
        None if reaches => Ok(()),
        _ => rights::check(platform.rights(), context, action, object.unwrap_or(&Object::default())),
    }
}

async fn stored<S, E>(
    platform: &Platform,
    store: &FileStore,
    name: &str,
    content: S,
) -> Result<(files::Media, files::Stored)>
where
    S: Stream<Item = Result<Bytes, E>> + Send,
    E: fmt::Display + Send,
{
    let limits = Limits {
        max_bytes: platform.settings().file_limit,
    };
    let broken_off = |_| Refusal::wrong("upload/broken_off");
    let mut content = pin!(content);
    let mut first = BytesMut::new();
    while first.len() < FIRST
        && let Some(chunk) = content.next().await
    {
        first.extend_from_slice(&chunk.map_err(broken_off)?);
    }
    let media = media_type(&first, name).map_err(|refusal| refused(refusal, name))?;
    let whole = stream::once(std::future::ready(Ok(first.freeze()))).chain(content);
    match store.put(whole, limits).await {
        Ok(stored) => Ok((media, stored)),
        Err(LedgerError::TooLarge { limit }) => Err(Refusal::wrong("upload/too_large")
            .with("limit", limit.to_string())
            .manner(Manner::TooLarge)
            .fault("file", "fault-file-too-large")
            .into()),
        // The sender broke off: the store says so by its environment.
        Err(LedgerError::Environment { what, .. }) if what == "receiving the file" => {
            Err(Refusal::wrong("upload/broken_off").into())
        }
        Err(other) => Err(other.into()),
    }
}

/// Enters the file and that this person sent it. One that is known waits anew for its event; one that is being removed at
/// this moment has to be sent again.
async fn register(
    platform: &Platform,
    store: &FileStore,
    context: &Context,
    person: Option<&PersonId>,
    file: &Attachment,
) -> Result<()> {
    let ledger = platform.ledger();
    let entered = RegisteredFile {
        digest: file.sha256.clone(),
        size: i64::try_from(file.size).unwrap_or(i64::MAX),
        media: file.media.clone(),
        name: None,
        uploaded_at: context.now,
        uploaded_by: context.actor_id(),
        referred: false,
    };
    let renewed = Change::Update {
        table: "file",
        values: vec![("uploaded_at", context.now.into())],
        whose: vec![("digest", (&file.sha256).into()), ("referred", 0.into())],
    };
    let sent = person.map(|person| Change::Upsert {
        table: "upload",
        key: &["person", "digest"],
        values: vec![
            ("person", (&person.0).into()),
            ("digest", (&file.sha256).into()),
            ("name", (&file.name).into()),
            ("at", context.now.into()),
        ],
    });
    let mut changes = vec![entered.entered(), renewed];
    changes.extend(sent);
    ledger.state(changes).await?;
    let digest = files::Digest::parse(&file.sha256)?;
    if ledger.file(&file.sha256).await?.is_some() && store.exists(&digest).await? {
        return Ok(());
    }
    // Its content went between storing and entering: the entry goes, too, unless the file is still being removed.
    ledger
        .state(vec![Change::Delete {
            table: "file",
            whose: vec![("digest", (&file.sha256).into()), ("referred", 0.into())],
        }])
        .await?;
    Err(Refusal::rule("upload/again", "").into())
}

/// Why a kind of file is not taken, as a refusal. Pure.
fn refused(refusal: files::Refusal, name: &str) -> Error {
    use files::Refusal as R;
    let (rule, fault) = match refusal {
        R::Empty => ("upload/empty", "fault-file"),
        R::Program => ("upload/program", "fault-file-program"),
        R::Active => ("upload/active", "fault-file-active"),
        R::Macros => ("upload/macros", "fault-file-macros"),
        R::OldOffice => ("upload/old_office", "fault-file-old-office"),
        R::Disagrees { .. } => ("upload/disagrees", "fault-file-disagrees"),
        R::Unknown => ("upload/unknown", "fault-file-unknown"),
    };
    Refusal::wrong(rule).with("name", name).fault("file", fault).into()
}
