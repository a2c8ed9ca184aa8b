//! Files that come with a form: each goes into the store as it arrives, nothing of it is held in memory; the other fields
//! are held, up to a limit.

use crate::{Answer, Asking, Failure, Web, extract, extract::ONCE};
use axum::extract::{Multipart, multipart::Field, multipart::MultipartError};
use axum::http::StatusCode;
use futures_util::StreamExt;
use platform::{
    context::Context,
    refusal::{Error, Manner, Refusal},
    rights::{Action, Object},
    upload::{Attachment, take::take_for},
};
use std::sync::atomic::{AtomicBool, Ordering};

/// Most bytes of a form beside its files.
pub(crate) const FIELDS: usize = 1024 * 1024;

/// A form with files, as it was sent.
#[derive(Debug)]
pub(crate) struct Sent {
    /// Its fields, in their order.
    pub fields: Vec<(String, String)>,
    /// Its files, which are in the store now.
    pub files: Vec<Attachment>,
    /// Why a file is not taken, where one is not.
    pub refused: Option<Refusal>,
}

impl Sent {
    /// The circumstances of the command that the form asks for, with its key against being done twice.
    pub fn context(&self, asking: &Asking) -> Context {
        let mut context = asking.context();
        let once = self.fields.iter().find(|(n, v)| n == ONCE && !v.is_empty());
        if let (None, Some((_, key))) = (&context.idempotency, once) {
            let mut whole = serde_urlencoded::to_string(&self.fields).unwrap_or_default();
            for file in &self.files {
                whole.push_str(&file.sha256);
            }
            context.idempotency = Some((key.clone(), extract::digest(&asking.links.path, whole.as_bytes())));
        }
        context
    }
}

/// Takes a form with files in, for something that they will be attached to; who may not do that is refused before.
///
/// # Errors
/// What is too large is refused as soon as it is seen, and nothing of it is kept. A file of a kind that is not taken is told
/// in [`Sent::refused`], since the form is shown again with what else was filled in.
pub(crate) async fn receive(asking: &Asking, web: &Web, object: &Object, parts: Multipart) -> Answer<Sent> {
    receive_for(asking, web, (Action::ReportProgress, object), parts).await
}

/// The same of what is attached by another right.
///
/// # Errors
/// As [`receive`].
pub(crate) async fn receive_for(
    asking: &Asking,
    web: &Web,
    whose: (Action, &Object),
    mut parts: Multipart,
) -> Answer<Sent> {
    let mut sent = Sent {
        fields: Vec::new(),
        files: Vec::new(),
        refused: None,
    };
    let mut room = FIELDS;
    while let Some(part) = parts.next_field().await.map_err(broken)? {
        let name = part.name().unwrap_or_default().to_owned();
        match part.file_name().map(str::to_owned) {
            // A field for a file that was left empty.
            Some(file) if file.is_empty() => {}
            Some(file) if sent.refused.is_none() => match store(asking, web, whose, &file, part).await? {
                Ok(attachment) => sent.files.push(attachment),
                Err(refusal) => sent.refused = Some(refusal),
            },
            Some(_) => {}
            None => {
                let value = text(part, &mut room).await?;
                sent.fields.push((name, value));
            }
        }
    }
    Ok(sent)
}

async fn store(
    asking: &Asking,
    web: &Web,
    (action, object): (Action, &Object),
    name: &str,
    part: Field<'_>,
) -> Answer<Result<Attachment, Refusal>> {
    let cut = AtomicBool::new(false);
    let content = part.inspect(|chunk| {
        if chunk.as_ref().is_err_and(is_too_large) {
            cut.store(true, Ordering::Relaxed);
        }
    });
    match take_for(&web.platform, &asking.context(), (action, Some(object)), name, content).await {
        Ok(attachment) => Ok(Ok(attachment)),
        Err(_) if cut.load(Ordering::Relaxed) => Err(too_large().into()),
        Err(Error::Refused(refusal)) if refusal.manner == Manner::Wrong => Ok(Err(*refusal)),
        Err(other) => Err(other.into()),
    }
}

async fn text(mut part: Field<'_>, room: &mut usize) -> Answer<String> {
    let mut text = Vec::new();
    while let Some(chunk) = part.chunk().await.map_err(broken)? {
        *room = room.checked_sub(chunk.len()).ok_or_else(too_large)?;
        text.extend_from_slice(&chunk);
    }
    String::from_utf8(text).map_err(|_| Refusal::wrong("web/body").into())
}

fn is_too_large(error: &MultipartError) -> bool {
    error.status() == StatusCode::PAYLOAD_TOO_LARGE
}

fn too_large() -> Refusal {
    Refusal::wrong("web/too_large").manner(Manner::TooLarge)
}

fn broken(error: MultipartError) -> Failure {
    if is_too_large(&error) {
        too_large().into()
    } else {
        Refusal::wrong("web/body").into()
    }
}
