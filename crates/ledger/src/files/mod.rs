//! The file store: what people attached, by the digest of its content, in a local folder or in an S3-compatible bucket.
//!
//! A file is written under a temporary name, hashed on the way, and only then takes its own name, so that there is never
//! half a file and the same content is kept once. Whoever reads gets every byte checked: a damaged file ends in an error
//! before its last bytes, never in a quiet truncation. Beside the files stand a few objects by name: the checkpoints.
//!
//! Layout, the same in a folder and under a bucket's prefix:
//! - `sha256/ab/abcdef…`: files;
//! - `incoming/…`: files while they are written; what a crash left there is swept after a day;
//! - anything else: objects by name.
//!
//! ```
//! use ledger::files::{FileStore, FilesUrl, Limits};
//! # tokio::runtime::Runtime::new().unwrap().block_on(async {
//! # let folder = tempfile::tempdir().unwrap();
//! let store = FileStore::open(&FilesUrl::Folder(folder.path().into())).await?;
//! let stored = store.put_bytes("南沙实施方案".into(), Limits { max_bytes: 1 << 20 }).await?;
//! assert_eq!(stored.size, 18);
//! assert_eq!(store.read(&stored.digest, Limits { max_bytes: 1 << 20 }).await?, "南沙实施方案");
//! # Ok::<(), ledger::LedgerError>(()) }).unwrap();
//! ```

mod address;
mod bucket;
mod checkpoints;
mod digest;
mod folder;
mod media;

pub use address::{FilesUrl, S3Address, S3Credentials};
pub use digest::{Digest, Limits, Stored};
pub use media::{Media, Refusal, media_type};

use crate::error::LedgerError;
use address::{content_key, named_key};
use bucket::Bucket;
use bytes::{Bytes, BytesMut};
pub(crate) use digest::Measure;
use folder::Folder;
use futures_util::{Stream, StreamExt, TryStreamExt, future, stream, stream::BoxStream};
use std::{fmt, pin::pin, sync::Arc};

/// The bytes of a file, piece by piece.
pub type ByteStream = BoxStream<'static, Result<Bytes, LedgerError>>;

/// How long a file may be on its way before what is left of it is swept.
const SWEEP_AFTER_SECONDS: u64 = 24 * 60 * 60;

/// A file that is being read.
pub struct FileRead {
    /// Size in bytes, as the store has it.
    pub size: u64,
    /// The content. Ends in [`LedgerError::Files`] where it is not what its digest says.
    pub content: ByteStream,
}

impl fmt::Debug for FileRead {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FileRead")
            .field("size", &self.size)
            .finish_non_exhaustive()
    }
}

/// In what condition a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Condition {
    /// There, and what its digest says.
    Sound(Stored),
    /// Not there.
    Missing,
    /// There, but with other content.
    Damaged {
        /// What is there instead.
        found: Stored,
    },
}

/// The file store. Cheap to clone; all clones are the same store.
#[derive(Debug, Clone)]
pub struct FileStore(Arc<Place>);

#[derive(Debug)]
enum Place {
    Folder(Folder),
    Bucket(Bucket),
}

impl FileStore {
    /// Opens the store at `url`, with the credentials of the environment where it is a bucket.
    ///
    /// A folder is made where it is absent. A bucket is asked for its first object, so that a wrong address or key shows
    /// now and not at the first upload.
    pub async fn open(url: &FilesUrl) -> Result<Self, LedgerError> {
        Self::open_through(url, None).await
    }

    /// Opens the store at `url`; a bucket is reached through the proxy, where one is named (`http://proxy:3128`).
    pub async fn open_through(url: &FilesUrl, proxy: Option<&str>) -> Result<Self, LedgerError> {
        match url {
            FilesUrl::Folder(path) => Ok(Self(Arc::new(Place::Folder(Folder::open(path).await?)))),
            FilesUrl::S3(address) => Self::open_bucket(address, &S3Credentials::from_environment()?, proxy).await,
        }
    }

    /// Opens a bucket with the credentials given, through a proxy where one is named.
    pub async fn open_bucket(
        address: &S3Address,
        credentials: &S3Credentials,
        proxy: Option<&str>,
    ) -> Result<Self, LedgerError> {
        let bucket = Bucket::open(address, credentials, proxy).await?;
        Ok(Self(Arc::new(Place::Bucket(bucket))))
    }

    /// Takes in a file. What was already there is written again, which also mends a damaged copy.
    ///
    /// More than `limits.max_bytes` is refused with [`LedgerError::TooLarge`] as soon as it is seen; then, or when the
    /// sender breaks off, nothing is kept. When this returns, the file is on the disk, not only on its way there.
    pub async fn put<S, E>(&self, content: S, limits: Limits) -> Result<Stored, LedgerError>
    where
        S: Stream<Item = Result<Bytes, E>> + Send,
        E: fmt::Display,
    {
        let content = content.map_err(|source| LedgerError::Environment {
            what: "receiving the file".to_owned(),
            reason: source.to_string(),
        });
        let mut content = pin!(content);
        match &*self.0 {
            Place::Folder(folder) => folder.put(content.as_mut(), Measure::new(limits)).await,
            Place::Bucket(bucket) => bucket.put(content.as_mut(), Measure::new(limits)).await,
        }
    }

    /// Takes in a file that is in memory.
    pub async fn put_bytes(&self, content: Bytes, limits: Limits) -> Result<Stored, LedgerError> {
        self.put(stream::once(future::ready(Ok::<_, LedgerError>(content))), limits)
            .await
    }

    /// Opens a file for reading. Its content is checked as it is read; the last piece is held back until all of it has
    /// been found to be right. A file that is not there is an error ([`FileStore::exists`] asks).
    pub async fn get(&self, digest: &Digest) -> Result<FileRead, LedgerError> {
        let found = self.open_unchecked(digest).await?;
        let found = found.ok_or_else(|| LedgerError::Files(format!("the file {digest} is missing")))?;
        Ok(FileRead {
            size: found.size,
            content: checked(found.content, *digest),
        })
    }

    /// Opens a file without checking its content, for a reader that does so itself.
    pub(crate) async fn open_unchecked(&self, digest: &Digest) -> Result<Option<FileRead>, LedgerError> {
        self.open_key(&content_key(digest)).await
    }

    /// Reads a whole file into memory; one larger than the limit is refused with [`LedgerError::TooLarge`].
    pub async fn read(&self, digest: &Digest, limits: Limits) -> Result<Bytes, LedgerError> {
        let file = self.get(digest).await?;
        gather(file, limits).await
    }

    /// Whether there is a file of this digest. Does not read it.
    pub async fn exists(&self, digest: &Digest) -> Result<bool, LedgerError> {
        let key = content_key(digest);
        match &*self.0 {
            Place::Folder(folder) => folder.exists(&key).await,
            Place::Bucket(bucket) => bucket.exists(&key).await,
        }
    }

    /// Reads a file through and says in what condition it is.
    pub async fn check(&self, digest: &Digest) -> Result<Condition, LedgerError> {
        let Some(mut file) = self.open_unchecked(digest).await? else {
            return Ok(Condition::Missing);
        };
        let mut measure = Measure::unlimited();
        while let Some(chunk) = file.content.try_next().await? {
            measure.take(&chunk)?;
        }
        let found = measure.finish();
        Ok(if found.digest == *digest {
            Condition::Sound(found)
        } else {
            Condition::Damaged { found }
        })
    }

    /// Removes a file for good. One that is not there is no error.
    pub async fn remove(&self, digest: &Digest) -> Result<(), LedgerError> {
        let key = content_key(digest);
        match &*self.0 {
            Place::Folder(folder) => folder.remove(&key).await,
            Place::Bucket(bucket) => bucket.remove(&key).await,
        }
    }

    /// All files, in no promised order, by digest and size; their content is not read.
    pub fn list(&self) -> BoxStream<'static, Result<Stored, LedgerError>> {
        match &*self.0 {
            Place::Folder(folder) => folder.list(),
            Place::Bucket(bucket) => bucket.list(),
        }
    }

    /// Writes an object by name (`checkpoints/000000001000.json`), all of it or nothing, over what was there.
    ///
    /// A name has parts of ASCII letters, digits, `-`, `_`, `.`, separated by slashes, at most 200 bytes.
    pub async fn put_named(&self, name: &str, content: Bytes) -> Result<(), LedgerError> {
        let key = named_key(name)?;
        match &*self.0 {
            Place::Folder(folder) => folder.put_named(key, &content).await,
            Place::Bucket(bucket) => bucket.put_named(key, content).await,
        }
    }

    /// Reads an object by name, or `None` where there is none; one larger than the limit is refused.
    pub async fn get_named(&self, name: &str, limits: Limits) -> Result<Option<Bytes>, LedgerError> {
        match self.open_key(named_key(name)?).await? {
            Some(file) => gather(file, limits).await.map(Some),
            None => Ok(None),
        }
    }

    /// Names of the objects below `folder` (`checkpoints`), in order.
    pub async fn list_named(&self, folder: &str) -> Result<Vec<String>, LedgerError> {
        let key = named_key(folder)?;
        let mut names = match &*self.0 {
            Place::Folder(place) => place.list_named(key).await?,
            Place::Bucket(bucket) => bucket.list_named(key).await?,
        };
        names.sort_unstable();
        Ok(names)
    }

    async fn open_key(&self, key: &str) -> Result<Option<FileRead>, LedgerError> {
        match &*self.0 {
            Place::Folder(folder) => folder.get(key).await,
            Place::Bucket(bucket) => bucket.get(key).await,
        }
    }
}

async fn gather(mut file: FileRead, limits: Limits) -> Result<Bytes, LedgerError> {
    let too_large = || LedgerError::TooLarge {
        limit: limits.max_bytes,
    };
    if file.size > limits.max_bytes {
        return Err(too_large());
    }
    let mut all = BytesMut::with_capacity(file.size as usize);
    while let Some(chunk) = file.content.try_next().await? {
        if all.len() as u64 + chunk.len() as u64 > limits.max_bytes {
            return Err(too_large());
        }
        all.extend_from_slice(&chunk);
    }
    Ok(all.freeze())
}

/// The same bytes, the last piece only once all of them are known to be `digest`.
fn checked(content: ByteStream, digest: Digest) -> ByteStream {
    struct Reading {
        content: ByteStream,
        measure: Measure,
        held: Option<Bytes>,
    }
    let start = Reading {
        content,
        measure: Measure::unlimited(),
        held: None,
    };
    stream::try_unfold(Some(start), move |reading| async move {
        let Some(mut reading) = reading else { return Ok(None) };
        loop {
            match reading.content.try_next().await? {
                Some(chunk) => {
                    reading.measure.take(&chunk)?;
                    if let Some(ready) = reading.held.replace(chunk) {
                        return Ok(Some((ready, Some(reading))));
                    }
                }
                None => {
                    let found = reading.measure.finish();
                    if found.digest != digest {
                        return Err(LedgerError::Files(format!(
                            "the file {digest} is damaged: what is there ({} bytes) has digest {}; bring it back from a backup",
                            found.size, found.digest
                        )));
                    }
                    return Ok(reading.held.map(|last| (last, None)));
                }
            }
        }
    })
    .boxed()
}
