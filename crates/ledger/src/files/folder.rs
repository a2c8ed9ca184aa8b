//! Files in a folder of this machine.

use super::{
    ByteStream, FileRead, SWEEP_AFTER_SECONDS,
    address::{CONTENT, INCOMING, content_key},
    digest::{Digest, Measure, Stored},
};
use crate::error::LedgerError;
use bytes::{Bytes, BytesMut};
use futures_util::{Stream, StreamExt, TryStreamExt, stream, stream::BoxStream};
use std::{
    io,
    path::{Path, PathBuf},
    pin::Pin,
    time::Duration,
};
use tokio::{
    fs::{self, File},
    io::{AsyncReadExt, AsyncWriteExt},
};
use uuid::Uuid;

/// Bytes read at a time.
const PIECE: usize = 128 * 1024;

#[derive(Debug)]
pub(super) struct Folder {
    root: PathBuf,
}

/// A file on its way in, removed when it does not arrive.
struct Incoming(Option<PathBuf>);

impl Drop for Incoming {
    fn drop(&mut self) {
        if let Some(path) = self.0.take()
            && let Err(source) = std::fs::remove_file(&path)
        {
            tracing::warn!(path = %path.display(), %source, "a file that did not arrive could not be removed");
        }
    }
}

fn failed(what: &str, path: &Path) -> impl FnOnce(io::Error) -> LedgerError {
    let what = format!("{what} {}", path.display());
    move |source| LedgerError::Files(format!("{what}: {source}"))
}

/// Makes the names in a folder durable.
async fn sync_folder(path: &Path) -> Result<(), LedgerError> {
    let folder = File::open(path).await.map_err(failed("opening", path))?;
    folder.sync_all().await.map_err(failed("syncing", path))
}

impl Folder {
    pub(super) async fn open(root: &Path) -> Result<Self, LedgerError> {
        let folder = Self { root: root.to_owned() };
        for part in [CONTENT, INCOMING] {
            let path = root.join(part);
            fs::create_dir_all(&path)
                .await
                .map_err(failed("making the folder", &path))?;
        }
        sync_folder(root).await?;
        folder.sweep().await?;
        Ok(folder)
    }

    /// Removes what a crash left on its way in.
    async fn sweep(&self) -> Result<(), LedgerError> {
        let incoming = self.root.join(INCOMING);
        let mut entries = fs::read_dir(&incoming).await.map_err(failed("reading", &incoming))?;
        while let Some(entry) = entries.next_entry().await.map_err(failed("reading", &incoming))? {
            let age = entry
                .metadata()
                .await
                .and_then(|meta| meta.modified())
                .map(|at| at.elapsed());
            if matches!(age, Ok(Ok(age)) if age > Duration::from_secs(SWEEP_AFTER_SECONDS)) {
                let path = entry.path();
                tracing::info!(path = %path.display(), "removing what is left of a file that did not arrive");
                fs::remove_file(&path).await.map_err(failed("removing", &path))?;
            }
        }
        Ok(())
    }

    pub(super) async fn put(
        &self,
        mut content: Pin<&mut (dyn Stream<Item = Result<Bytes, LedgerError>> + Send)>,
        mut measure: Measure,
    ) -> Result<Stored, LedgerError> {
        let (mut file, incoming) = self.create().await?;
        while let Some(chunk) = content.try_next().await? {
            measure.take(&chunk)?;
            file.write_all(&chunk)
                .await
                .map_err(failed("writing below", &self.root))?;
        }
        let stored = measure.finish();
        self.arrive(file, incoming, &content_key(&stored.digest)).await?;
        Ok(stored)
    }

    pub(super) async fn put_named(&self, key: &str, content: &[u8]) -> Result<(), LedgerError> {
        let (mut file, incoming) = self.create().await?;
        file.write_all(content)
            .await
            .map_err(failed("writing below", &self.root))?;
        self.arrive(file, incoming, key).await
    }

    async fn create(&self) -> Result<(File, Incoming), LedgerError> {
        let path = self.root.join(INCOMING).join(Uuid::now_v7().to_string());
        let file = File::create_new(&path).await.map_err(failed("creating", &path))?;
        Ok((file, Incoming(Some(path))))
    }

    /// Gives a written file its name, durably.
    async fn arrive(&self, mut file: File, mut incoming: Incoming, key: &str) -> Result<(), LedgerError> {
        let path = self.root.join(key);
        file.flush().await.map_err(failed("writing", &path))?;
        file.sync_all().await.map_err(failed("syncing", &path))?;
        drop(file);
        let parent = self.make_parents(key).await?;
        if let Some(from) = &incoming.0 {
            fs::rename(from, &path).await.map_err(failed("naming", &path))?;
        }
        incoming.0 = None;
        sync_folder(&parent).await
    }

    /// Makes the folders of a key, durably, and gives the innermost.
    async fn make_parents(&self, key: &str) -> Result<PathBuf, LedgerError> {
        let mut path = self.root.clone();
        for part in key.split('/').rev().skip(1).collect::<Vec<_>>().into_iter().rev() {
            let outer = path.clone();
            path.push(part);
            match fs::create_dir(&path).await {
                Ok(()) => sync_folder(&outer).await?,
                Err(source) if source.kind() == io::ErrorKind::AlreadyExists => {}
                Err(source) => return Err(failed("making the folder", &path)(source)),
            }
        }
        Ok(path)
    }

    pub(super) async fn get(&self, key: &str) -> Result<Option<FileRead>, LedgerError> {
        let path = self.root.join(key);
        let file = match File::open(&path).await {
            Ok(file) => file,
            Err(source) if source.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(source) => return Err(failed("opening", &path)(source)),
        };
        let meta = file.metadata().await.map_err(failed("reading", &path))?;
        if !meta.is_file() {
            return Ok(None);
        }
        Ok(Some(FileRead {
            size: meta.len(),
            content: pieces(file, path),
        }))
    }

    pub(super) async fn exists(&self, key: &str) -> Result<bool, LedgerError> {
        let path = self.root.join(key);
        fs::try_exists(&path).await.map_err(failed("looking for", &path))
    }

    pub(super) async fn remove(&self, key: &str) -> Result<(), LedgerError> {
        let path = self.root.join(key);
        match fs::remove_file(&path).await {
            Ok(()) => match path.parent() {
                Some(parent) => sync_folder(parent).await,
                None => Ok(()),
            },
            Err(source) if source.kind() == io::ErrorKind::NotFound => Ok(()),
            Err(source) => Err(failed("removing", &path)(source)),
        }
    }

    pub(super) fn list(&self) -> BoxStream<'static, Result<Stored, LedgerError>> {
        let content = self.root.join(CONTENT);
        stream::iter(0..=u8::MAX)
            .then(move |shard| {
                let path = content.join(format!("{shard:02x}"));
                async move {
                    let found = match entries(&path).await {
                        Ok(found) => found.into_iter().map(Ok).collect(),
                        Err(error) => vec![Err(error)],
                    };
                    stream::iter(found)
                }
            })
            .flatten()
            .try_filter_map(|(name, size)| async move {
                Ok(Digest::parse(&name).ok().map(|digest| Stored { digest, size }))
            })
            .boxed()
    }

    pub(super) async fn list_named(&self, key: &str) -> Result<Vec<String>, LedgerError> {
        let mut names = Vec::new();
        let mut folders = vec![key.to_owned()];
        while let Some(folder) = folders.pop() {
            let path = self.root.join(&folder);
            let mut found = match fs::read_dir(&path).await {
                Ok(found) => found,
                Err(source) if source.kind() == io::ErrorKind::NotFound => continue,
                Err(source) => return Err(failed("reading", &path)(source)),
            };
            while let Some(entry) = found.next_entry().await.map_err(failed("reading", &path))? {
                let name = format!("{folder}/{}", entry.file_name().to_string_lossy());
                if entry.file_type().await.map_err(failed("reading", &path))?.is_dir() {
                    folders.push(name);
                } else {
                    names.push(name);
                }
            }
        }
        Ok(names)
    }
}

/// Name and size of what is in a folder; nothing where there is no folder.
async fn entries(path: &Path) -> Result<Vec<(String, u64)>, LedgerError> {
    let mut found = match fs::read_dir(path).await {
        Ok(found) => found,
        Err(source) if source.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(source) => return Err(failed("reading", path)(source)),
    };
    let mut all = Vec::new();
    while let Some(entry) = found.next_entry().await.map_err(failed("reading", path))? {
        match entry.metadata().await {
            Ok(meta) => all.push((entry.file_name().to_string_lossy().into_owned(), meta.len())),
            // Removed meanwhile.
            Err(source) if source.kind() == io::ErrorKind::NotFound => {}
            Err(source) => return Err(failed("reading", path)(source)),
        }
    }
    Ok(all)
}

fn pieces(file: File, path: PathBuf) -> ByteStream {
    stream::try_unfold((file, path), |(mut file, path)| async move {
        let mut piece = BytesMut::with_capacity(PIECE);
        let read = file.read_buf(&mut piece).await.map_err(failed("reading", &path))?;
        Ok(if read == 0 {
            None
        } else {
            Some((piece.freeze(), (file, path)))
        })
    })
    .boxed()
}
