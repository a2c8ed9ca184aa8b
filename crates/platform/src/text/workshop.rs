//! Where texts are compiled: away from the threads that answer, few at a time, within a time limit, and kept for the next
//! who asks.

use super::{
    compile::{self, Format, Pictures, Shown},
    pdf::{self, NoPdf},
    query::TextVersion,
    reading::{Reading, of_compiled, reading},
    shelf::Shelf,
    taking::{self, Taken},
};
use crate::{
    refusal::{Error, Manner, Refusal, Result},
    running::Platform,
    upload::Attachment,
};
use bytes::Bytes;
use document::diff::{self, Edition};
use language::Lang;
use ledger::files::{Digest, Limits};
use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};
use tokio::{sync::Semaphore, time::timeout};

/// So many texts are compiled at the same time.
const AT_ONCE: usize = 2;
/// Longest time for which somebody waits for one; a build that is not optimised sets pages many times more slowly.
const PATIENCE: Duration = Duration::from_secs(if cfg!(debug_assertions) { 180 } else { 30 });
/// The rule by which somebody is told that a text takes too long.
const SLOW: &str = "text/slow";
/// Bytes of files that are kept.
const ROOM: usize = 64 * 1024 * 1024;
/// Bytes of read texts that are kept.
const READING_ROOM: usize = 48 * 1024 * 1024;
/// Media type of drawings.
const DRAWING: &str = "image/svg+xml";

/// The workshop of a platform. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Workshop {
    permits: Arc<Semaphore>,
    files: Arc<Mutex<Shelf<Bytes>>>,
    readings: Arc<Mutex<Shelf<Arc<Reading>>>>,
}

impl Default for Workshop {
    fn default() -> Self {
        Self {
            permits: Arc::new(Semaphore::new(AT_ONCE)),
            files: Arc::new(Mutex::new(Shelf::new(ROOM))),
            readings: Arc::new(Mutex::new(Shelf::new(READING_ROOM))),
        }
    }
}

/// How a difference is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Told {
    /// As programs read it.
    Json,
    /// As a page shows it, in a language, under these names of the two versions.
    Page {
        /// The language.
        lang: Lang,
        /// The name of the older.
        from: String,
        /// The name of the newer.
        to: String,
    },
}

/// The file of a version in a format.
///
/// # Errors
/// A [`Refusal`] `text/slow` where it takes too long, `text/no_faces` where the machine cannot print.
pub async fn file(platform: &Platform, version: &TextVersion, format: Format) -> Result<Bytes> {
    let shop = platform.workshop();
    let key = format!("{}|{}", key(version), format.extension());
    if let Some(kept) = locked(&shop.files).get(&key) {
        return Ok(kept);
    }
    let (source, mut pictures) = load(platform, version).await?;
    let shelf = shop.files.clone();
    made(shop, SLOW, move || {
        // Somebody else may have asked for it while this one waited.
        if let Some(kept) = locked(&shelf).get(&key) {
            return Ok(kept);
        }
        if format == Format::Docx {
            for drawing in pictures.values_mut().filter(|picture| picture.media == DRAWING) {
                drawing.raster = pdf::raster(&drawing.bytes);
            }
        }
        let file = match compile::file(&source, &pictures, format).map_err(broken)? {
            Some(file) => file,
            None => pdf::file(&source, &pictures).map_err(no_pdf)?,
        };
        let file = Bytes::from(file);
        locked(&shelf).put(&key, file.len(), file.clone());
        Ok(file)
    })
    .await
}

/// A version as people read it.
///
/// # Errors
/// A [`Refusal`] `text/slow` where it takes too long.
pub async fn read(platform: &Platform, version: &TextVersion) -> Result<Arc<Reading>> {
    let shop = platform.workshop();
    let key = key(version);
    if let Some(kept) = locked(&shop.readings).get(&key) {
        return Ok(kept);
    }
    let (source, pictures) = load(platform, version).await?;
    let shelf = shop.readings.clone();
    made(shop, SLOW, move || {
        let read = Arc::new(reading(&source, &pictures));
        locked(&shelf).put(&key, read.html.len() * 2, read.clone());
        Ok(read)
    })
    .await
}

/// What differs from one version to another.
///
/// # Errors
/// A [`Refusal`] `text/slow` where it takes too long.
pub async fn difference(platform: &Platform, from: &TextVersion, to: &TextVersion, told: Told) -> Result<Bytes> {
    let shop = platform.workshop();
    let key = format!("{}|{}|{told:?}", key(from), key(to));
    if let Some(kept) = locked(&shop.files).get(&key) {
        return Ok(kept);
    }
    let (old, _) = load(platform, from).await?;
    let (new, _) = load(platform, to).await?;
    let shelf = shop.files.clone();
    made(shop, SLOW, move || {
        let (old, new) = (compile::compile(&old), compile::compile(&new));
        let (from, to) = (edition(&old), edition(&new));
        let found = diff::diff(from, to);
        let text = match &told {
            Told::Json => serde_json::to_string(&found).map_err(|fault| broken(fault.to_string()))?,
            Told::Page { lang, from, to } => diff::body(&found, from, to, *lang),
        };
        let text = Bytes::from(text);
        locked(&shelf).put(&key, text.len(), text.clone());
        Ok(text)
    })
    .await
}

/// Reads what somebody sent, and shows how it would be read.
///
/// # Errors
/// A [`Refusal`] `text/…`.
pub(super) async fn take(platform: &Platform, bytes: Bytes, media: &str) -> Result<(Taken, Reading)> {
    let media = media.to_owned();
    made(platform.workshop(), SLOW, move || {
        let taken = taking::take(&bytes, &media)?;
        let shown = taken.pictures.iter().map(|(path, bytes)| {
            let picture = Shown {
                media: media_of(path).to_owned(),
                bytes: bytes.clone(),
                raster: None,
            };
            (path.clone(), picture)
        });
        let pictures: Pictures = shown.collect();
        let read = of_compiled(taken.compiled.clone(), &pictures);
        Ok((taken, read))
    })
    .await
}

fn edition(compiled: &compile::Compiled) -> Edition<'_> {
    Edition {
        document: &compiled.document,
        resolved: &compiled.resolved,
    }
}

/// Does the work when it is its turn. Work that takes too long goes on to its end, and holds its place until then, so that
/// hopeless work cannot pile up; whoever waits for it is told by a rule.
pub(crate) async fn made<T: Send + 'static>(
    shop: &Workshop,
    rule: &'static str,
    make: impl FnOnce() -> Result<T> + Send + 'static,
) -> Result<T> {
    let work = async {
        let permit = shop.permits.clone().acquire_owned().await;
        let permit = permit.map_err(|fault| broken(fault.to_string()))?;
        tokio::task::spawn_blocking(move || {
            let made = make();
            drop(permit);
            made
        })
        .await
        .map_err(|fault| broken(fault.to_string()))?
    };
    timeout(PATIENCE, work).await.unwrap_or_else(|_| Err(slow(rule)))
}

fn slow(rule: &'static str) -> Error {
    Refusal::rule(rule, "")
        .with("seconds", PATIENCE.as_secs().to_string())
        .manner(Manner::TooMany)
        .into()
}

fn broken(reason: String) -> Error {
    Error::Data {
        what: "text".to_owned(),
        reason,
    }
}

fn no_pdf(fault: NoPdf) -> Error {
    match fault {
        NoPdf::Faces(families) => Refusal::rule("text/no_faces", "").with("families", families).into(),
        NoPdf::Failed(reason) => broken(reason),
    }
}

/// What a version says, in short: its source and its pictures.
fn key(version: &TextVersion) -> String {
    let mut key = version.source.sha256.clone();
    for picture in &version.pictures {
        key.push_str(&format!("|{}={}", picture.path, picture.file.sha256));
    }
    key
}

fn locked<T>(shelf: &Mutex<T>) -> MutexGuard<'_, T> {
    shelf.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Source and pictures of a version, from the store.
async fn load(platform: &Platform, version: &TextVersion) -> Result<(String, Pictures)> {
    let source = content(platform, &version.source).await?;
    let mut pictures = Pictures::new();
    for picture in &version.pictures {
        let shown = Shown {
            media: media_of(&picture.path).to_owned(),
            bytes: content(platform, &picture.file).await?.to_vec(),
            raster: None,
        };
        pictures.insert(picture.path.clone(), shown);
    }
    Ok((String::from_utf8_lossy(&source).into_owned(), pictures))
}

/// What is in a stored file.
pub(crate) async fn content(platform: &Platform, file: &Attachment) -> Result<Bytes> {
    let store = platform.files().ok_or_else(|| Refusal::rule("upload/no_store", ""))?;
    let limits = Limits {
        max_bytes: platform.settings().file_limit.max(file.size),
    };
    Ok(store.read(&Digest::parse(&file.sha256)?, limits).await?)
}

/// The media type of a picture, by its name.
pub(super) fn media_of(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or_default().to_lowercase().as_str() {
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "svg" => DRAWING,
        _ => "application/octet-stream",
    }
}
