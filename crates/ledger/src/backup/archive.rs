//! The archive itself: written and read on a thread of its own, piece by piece.

use super::{
    BackupError, damaged, environment,
    manifest::{self, EVENTS_PART, FILES_FOLDER, MANIFEST, Manifest},
};
use crate::files::{Digest, Measure, Stored};
use bytes::Bytes;
use std::{
    collections::HashMap,
    fs::{File, OpenOptions},
    io::{BufReader, BufWriter, Read, Seek, Write},
    path::{Path, PathBuf},
};
use tokio::{sync::mpsc, task::JoinHandle};
use uuid::Uuid;
use zip::{CompressionMethod, ZipArchive, ZipWriter, result::ZipError, write::SimpleFileOptions};

/// Pieces that wait between the thread of the archive and the task that reads or writes.
const WAITING: usize = 16;
/// Bytes of a piece.
const PIECE: usize = 128 * 1024;
/// A manifest is smaller.
const MOST_MANIFEST: u64 = 256 * 1024 * 1024;

/// What the thread that writes is told.
enum Order {
    Begin {
        name: String,
        packed: bool,
    },
    Bytes(Bytes),
    /// The part begun last is left out after all.
    Abort,
    /// All is there.
    Finish,
}

/// An archive that is being written. Dropped before [`Writer::finish`], it leaves no file.
pub(super) struct Writer {
    orders: mpsc::Sender<Order>,
    thread: Option<JoinHandle<Result<u64, BackupError>>>,
    measure: Measure,
}

impl Writer {
    /// Begins an archive that will be at `path` once it is finished.
    pub(super) fn create(path: &Path) -> Result<Self, BackupError> {
        if path.exists() {
            return Err(BackupError::Exists {
                path: path.display().to_string(),
            });
        }
        let path = path.to_owned();
        let (orders, received) = mpsc::channel(WAITING);
        let thread = tokio::task::spawn_blocking(move || write(&path, received));
        Ok(Self {
            orders,
            thread: Some(thread),
            measure: Measure::unlimited(),
        })
    }

    async fn order(&mut self, order: Order) -> Result<(), BackupError> {
        if self.orders.send(order).await.is_ok() {
            return Ok(());
        }
        // The thread has stopped; it knows why.
        self.outcome()
            .await
            .and(Err(environment("writing the archive", &"it ended early")))
    }

    async fn outcome(&mut self) -> Result<u64, BackupError> {
        match self.thread.take() {
            Some(thread) => thread
                .await
                .unwrap_or_else(|source| Err(environment("writing the archive", &source))),
            None => Err(environment("writing the archive", &"it has ended")),
        }
    }

    pub(super) async fn begin(&mut self, name: &str, packed: bool) -> Result<(), BackupError> {
        self.measure = Measure::unlimited();
        self.order(Order::Begin {
            name: name.to_owned(),
            packed,
        })
        .await
    }

    pub(super) async fn bytes(&mut self, bytes: Bytes) -> Result<(), BackupError> {
        self.measure.take(&bytes)?;
        self.order(Order::Bytes(bytes)).await
    }

    /// What has gone into the part begun last.
    pub(super) fn end(&mut self) -> Stored {
        std::mem::replace(&mut self.measure, Measure::unlimited()).finish()
    }

    pub(super) async fn abort(&mut self) -> Result<(), BackupError> {
        self.order(Order::Abort).await
    }

    /// Ends the archive, durably, and gives it its name; its size in bytes.
    pub(super) async fn finish(mut self) -> Result<u64, BackupError> {
        self.order(Order::Finish).await?;
        self.outcome().await
    }

    /// Ends without an archive, and waits until its file is gone.
    pub(super) async fn give_up(self) {
        let Self { orders, thread, .. } = self;
        drop(orders);
        if let Some(thread) = thread {
            // It says that it was given up, which is known here.
            let _ = thread.await;
        }
    }
}

/// The thread that writes. Its file has another name until it is whole.
fn write(path: &Path, mut orders: mpsc::Receiver<Order>) -> Result<u64, BackupError> {
    struct Unfinished(Option<PathBuf>);
    impl Drop for Unfinished {
        fn drop(&mut self) {
            if let Some(path) = self.0.take()
                && let Err(source) = std::fs::remove_file(&path)
            {
                tracing::warn!(path = %path.display(), %source, "an unfinished backup could not be removed");
            }
        }
    }
    let what = format!("writing {}", path.display());
    let failed = |source: std::io::Error| environment(what.as_str(), &source);
    let packing = |source: ZipError| environment(what.as_str(), &source);
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.unfinished", Uuid::now_v7().simple()));
    let temporary = path.with_file_name(name);
    let mut options = OpenOptions::new();
    options.read(true).write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options.open(&temporary).map_err(failed)?;
    let mut unfinished = Unfinished(Some(temporary.clone()));
    let mut archive = ZipWriter::new(BufWriter::with_capacity(PIECE, file));
    loop {
        match orders.blocking_recv() {
            Some(Order::Begin { name, packed }) => {
                let method = if packed {
                    CompressionMethod::Deflated
                } else {
                    CompressionMethod::Stored
                };
                let options = SimpleFileOptions::default()
                    .compression_method(method)
                    .large_file(true)
                    .unix_permissions(0o600);
                archive.start_file(name, options).map_err(packing)?;
            }
            Some(Order::Bytes(bytes)) => archive.write_all(&bytes).map_err(failed)?,
            Some(Order::Abort) => archive.abort_file().map_err(packing)?,
            Some(Order::Finish) => break,
            None => return Err(environment(what.as_str(), &"it was given up")),
        }
    }
    let mut buffer = archive.finish().map_err(packing)?;
    let size = buffer.stream_position().map_err(failed)?;
    let file = buffer.into_inner().map_err(|source| failed(source.into_error()))?;
    // A part that was left out may have reached further.
    file.set_len(size).and_then(|()| file.sync_all()).map_err(failed)?;
    drop(file);
    // A link, not a renaming: it never replaces a file that came meanwhile.
    std::fs::hard_link(&temporary, path)
        .or_else(|_| rename_new(&temporary, path))
        .map_err(failed)?;
    if temporary.exists() {
        std::fs::remove_file(&temporary).map_err(failed)?;
    }
    unfinished.0 = None;
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    File::open(folder)
        .and_then(|folder| folder.sync_all())
        .map_err(failed)?;
    Ok(size)
}

/// For file systems without links.
fn rename_new(from: &Path, to: &Path) -> std::io::Result<()> {
    if to.exists() {
        return Err(std::io::ErrorKind::AlreadyExists.into());
    }
    std::fs::rename(from, to)
}

/// An open archive.
pub(super) type Archive = ZipArchive<BufReader<File>>;

/// Opens an archive and reads its manifest.
pub(super) fn open(path: &Path) -> Result<(Archive, Manifest), BackupError> {
    let foreign = |reason: String| BackupError::NotABackup {
        path: path.display().to_string(),
        reason,
    };
    let file = File::open(path).map_err(|source| environment(format!("opening {}", path.display()), &source))?;
    let mut archive =
        ZipArchive::new(BufReader::with_capacity(PIECE, file)).map_err(|source| foreign(source.to_string()))?;
    let mut bytes = Vec::new();
    let entry = archive
        .by_name(MANIFEST)
        .map_err(|source| foreign(format!("{MANIFEST}: {source}")))?;
    entry
        .take(MOST_MANIFEST)
        .read_to_end(&mut bytes)
        .map_err(|source| damaged(MANIFEST, source))?;
    let manifest = manifest::parse(&bytes, path)?;
    Ok((archive, manifest))
}

/// Reads the whole archive and compares it with its manifest; the names of its files.
pub(super) fn check(archive: &mut Archive, manifest: &Manifest) -> Result<Vec<Digest>, BackupError> {
    if archive.has_duplicate_names() {
        return Err(damaged("the directory", "two parts have the same name"));
    }
    let mut parts: HashMap<&str, Stored> = HashMap::from([(EVENTS_PART, manifest.events.stored())]);
    for state in &manifest.state {
        parts.insert(&state.part.name, state.part.stored());
    }
    if manifest.events.name != EVENTS_PART || parts.len() != manifest.state.len() + 1 {
        return Err(damaged(MANIFEST, "the names of its parts are not right"));
    }
    let mut files = Vec::new();
    let mut bytes = 0;
    for index in 0..archive.len() {
        let mut entry = archive
            .by_index(index)
            .map_err(|source| damaged("the directory", source))?;
        let name = entry
            .name()
            .map_err(|source| damaged("the directory", source))?
            .into_owned();
        if name == MANIFEST {
            continue;
        }
        let found = measure(&mut entry).map_err(|source| damaged(&name, source))?;
        if let Some(digest) = name.strip_prefix(FILES_FOLDER) {
            let digest = Digest::parse(digest).map_err(|source| damaged(&name, source))?;
            if found.digest != digest {
                return Err(damaged(&name, format!("its content has digest {}", found.digest)));
            }
            files.push(digest);
            bytes += found.size;
        } else {
            let wanted = parts
                .remove(name.as_str())
                .ok_or_else(|| damaged(&name, "the manifest does not know it"))?;
            if found != wanted {
                let reason = format!(
                    "{} bytes with SHA-256 {}, not {} with {}",
                    found.size, found.digest, wanted.size, wanted.digest
                );
                return Err(damaged(&name, reason));
            }
        }
    }
    if let Some(missing) = parts.keys().next() {
        return Err(damaged(missing, "it is not in the archive"));
    }
    if files.len() as u64 != manifest.files.count || bytes != manifest.files.bytes {
        let wanted = &manifest.files;
        let reason = format!(
            "{} of {} bytes, not {} of {}",
            files.len(),
            bytes,
            wanted.count,
            wanted.bytes
        );
        return Err(damaged(FILES_FOLDER, reason));
    }
    Ok(files)
}

fn measure(entry: &mut impl Read) -> std::io::Result<Stored> {
    let mut measure = Measure::unlimited();
    let mut piece = vec![0; PIECE];
    loop {
        match entry.read(&mut piece)? {
            0 => return Ok(measure.finish()),
            read => measure.take(&piece[..read]).map_err(std::io::Error::other)?,
        }
    }
}

/// Sends the bytes of the named parts, one after the other, and an empty piece after each; on a thread of its own.
pub(super) fn send(mut archive: Archive, names: Vec<String>) -> mpsc::Receiver<Result<Bytes, BackupError>> {
    let (sender, receiver) = mpsc::channel(WAITING);
    tokio::task::spawn_blocking(move || {
        for name in names {
            // Whoever reads has gone away: nothing more to do.
            let Ok(()) = send_part(&mut archive, &name, &sender) else {
                return;
            };
        }
    });
    receiver
}

fn send_part(archive: &mut Archive, name: &str, sender: &mpsc::Sender<Result<Bytes, BackupError>>) -> Result<(), ()> {
    let tell = |piece| sender.blocking_send(piece).map_err(|_| ());
    let mut entry = match archive.by_name(name) {
        Ok(entry) => entry,
        Err(source) => return tell(Err(damaged(name, source))),
    };
    let mut piece = vec![0; PIECE];
    loop {
        match entry.read(&mut piece) {
            Ok(read) => {
                tell(Ok(Bytes::copy_from_slice(&piece[..read])))?;
                if read == 0 {
                    return Ok(());
                }
            }
            Err(source) => return tell(Err(damaged(name, source))),
        }
    }
}
