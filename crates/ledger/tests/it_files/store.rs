//! The same promises in a folder and in a bucket.

use crate::s3_server::S3Server;
use bytes::Bytes;
use futures_util::{StreamExt, TryStreamExt, stream};
use ledger::{
    LedgerError,
    files::{Condition, Digest, FileStore, FilesUrl, Limits},
};
use std::{
    future::{self, Future},
    path::{Path, PathBuf},
    sync::Arc,
};
use tempfile::TempDir;
use tokio::sync::Notify;

const AMPLE: Limits = Limits { max_bytes: 64 << 20 };

/// A store of either kind and the place on this disk where its objects end up.
struct Place {
    store: FileStore,
    objects: PathBuf,
    root: PathBuf,
    _kept: (Option<TempDir>, Option<S3Server>),
}

/// Runs a promise against a folder, then against a bucket.
async fn in_both<F: Future<Output = ()>>(promise: impl Fn(Place) -> F) {
    let folder = tempfile::tempdir().unwrap();
    let objects = folder.path().join("files");
    let store = FileStore::open(&FilesUrl::Folder(objects.clone())).await.unwrap();
    promise(Place {
        store,
        root: objects.clone(),
        objects,
        _kept: (Some(folder), None),
    })
    .await;

    let server = S3Server::start().await;
    let store = FileStore::open_bucket(&server.address("prod/files"), &S3Server::credentials(), None)
        .await
        .unwrap();
    let (objects, root) = (server.objects("prod/files"), server.root().to_owned());
    promise(Place {
        store,
        objects,
        root,
        _kept: (None, Some(server)),
    })
    .await;
}

/// `size` bytes that do not repeat soon.
fn bytes(size: usize) -> Bytes {
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let next = move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state as u8
    };
    std::iter::repeat_with(next).take(size).collect()
}

/// In pieces, as they come from the network.
fn pieces(content: &Bytes, size: usize) -> impl futures_util::Stream<Item = Result<Bytes, LedgerError>> + use<> {
    let content = content.clone();
    let cuts: Vec<_> = (0..content.len())
        .step_by(size)
        .map(move |at| Ok(content.slice(at..content.len().min(at + size))))
        .collect();
    stream::iter(cuts)
}

/// Every regular file below a folder that holds at least one byte of user content.
fn all_files(root: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                found.push(path);
            }
        }
    }
    found
}

fn on_disk(objects: &Path, digest: &Digest) -> PathBuf {
    let digest = digest.to_string();
    objects.join("sha256").join(&digest[..2]).join(&digest)
}

#[tokio::test]
async fn what_goes_in_comes_out_under_its_digest() {
    in_both(async |place: Place| {
        for size in [0, 1, 4096, 8 << 20, (8 << 20) + 1, (20 << 20) + 7] {
            let content = bytes(size);
            let stored = place.store.put(pieces(&content, 1_000_003), AMPLE).await.unwrap();
            assert_eq!(stored.size, size as u64);
            assert_eq!(stored.digest, Digest::of(&content));
            assert!(
                place.store.read(&stored.digest, AMPLE).await.unwrap() == content,
                "{size} bytes came back changed"
            );
            assert_eq!(place.store.get(&stored.digest).await.unwrap().size, size as u64);
            assert_eq!(
                place.store.check(&stored.digest).await.unwrap(),
                Condition::Sound(stored)
            );
            assert!(on_disk(&place.objects, &stored.digest).is_file());
        }
    })
    .await;
}

#[tokio::test]
async fn the_digest_is_plain_sha_256() {
    in_both(async |place: Place| {
        let stored = place.store.put_bytes(Bytes::from_static(b"abc"), AMPLE).await.unwrap();
        assert_eq!(
            stored.digest.to_string(),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
            "FIPS 180-4, example of SHA-256"
        );
    })
    .await;
}

#[tokio::test]
async fn the_same_content_is_kept_once() {
    in_both(async |place: Place| {
        let content = bytes(9 << 20);
        let first = place.store.put(pieces(&content, 70_000), AMPLE).await.unwrap();
        let again = place.store.put(pieces(&content, 1 << 20), AMPLE).await.unwrap();
        assert_eq!(first, again);
        let all: Vec<_> = place.store.list().try_collect().await.unwrap();
        assert_eq!(all, [first]);
    })
    .await;
}

#[tokio::test]
async fn what_is_too_large_is_cut_off_and_leaves_no_trace() {
    in_both(async |place: Place| {
        let before = all_files(&place.root);
        for (size, limit) in [(101, 100), ((20 << 20), (17 << 20))] {
            let limits = Limits { max_bytes: limit };
            let mut sent = 0;
            let content = bytes(size);
            let watched = pieces(&content, 1 << 16).inspect(|chunk| sent += chunk.as_ref().unwrap().len() as u64);
            let refused = place.store.put(watched, limits).await.unwrap_err();
            assert!(
                matches!(refused, LedgerError::TooLarge { limit: said } if said == limit),
                "{refused}"
            );
            assert!(
                sent <= limit + (1 << 16),
                "{sent} bytes were taken of a limit of {limit}"
            );
            assert!(!place.store.exists(&Digest::of(&content)).await.unwrap());
        }
        assert_eq!(all_files(&place.root), before);
        let exact = bytes(100);
        place
            .store
            .put(pieces(&exact, 33), Limits { max_bytes: 100 })
            .await
            .unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_sender_who_breaks_off_leaves_no_trace() {
    in_both(async |place: Place| {
        let before = all_files(&place.root);
        let broken = pieces(&bytes(17 << 20), 1 << 20)
            .map_err(|error| error.to_string())
            .chain(stream::once(async { Err("connection reset".to_owned()) }));
        let error = place.store.put(broken, AMPLE).await.unwrap_err();
        assert!(error.to_string().contains("connection reset"), "{error}");
        assert_eq!(all_files(&place.root), before);
        let all: Vec<_> = place.store.list().try_collect().await.unwrap();
        assert_eq!(all, []);
    })
    .await;
}

#[tokio::test]
async fn an_upload_whose_request_goes_away_leaves_no_trace() {
    let folder = tempfile::tempdir().unwrap();
    let store = FileStore::open(&FilesUrl::Folder(folder.path().into())).await.unwrap();
    let started = Arc::new(Notify::new());
    let stalled = pieces(&bytes(1 << 20), 1 << 16).chain(stream::once({
        let started = started.clone();
        async move {
            started.notify_one();
            future::pending().await
        }
    }));
    tokio::select! {
        stored = store.put(stalled, AMPLE) => panic!("an endless upload ended: {stored:?}"),
        () = started.notified() => {}
    }
    assert_eq!(all_files(folder.path()), [""; 0].map(PathBuf::from));
}

#[tokio::test]
async fn damage_is_reported_and_mended_by_putting_again() {
    in_both(async |place: Place| {
        let content = bytes(300_000);
        let stored = place.store.put_bytes(content.clone(), AMPLE).await.unwrap();
        let path = on_disk(&place.objects, &stored.digest);
        let mut harmed = content.to_vec();
        harmed[150_000] ^= 1;
        std::fs::write(&path, &harmed).unwrap();

        let error = place.store.read(&stored.digest, AMPLE).await.unwrap_err();
        assert!(error.to_string().contains("damaged") && error.to_string().contains(&stored.digest.to_string()));
        let mut read = place.store.get(&stored.digest).await.unwrap().content;
        let mut passed = 0;
        let end = loop {
            match read.next().await {
                Some(Ok(chunk)) => passed += chunk.len(),
                end => break end,
            }
        };
        assert!(matches!(end, Some(Err(_))), "a damaged file ended as if it were whole");
        assert!(passed < content.len(), "all of a damaged file was handed out");
        match place.store.check(&stored.digest).await.unwrap() {
            Condition::Damaged { found } => assert_eq!(found.digest, Digest::of(&harmed)),
            other => panic!("{other:?}"),
        }

        std::fs::write(&path, &content[..1000]).unwrap();
        assert!(
            place.store.read(&stored.digest, AMPLE).await.is_err(),
            "a cut file was handed out"
        );

        place.store.put_bytes(content.clone(), AMPLE).await.unwrap();
        assert!(place.store.read(&stored.digest, AMPLE).await.unwrap() == content);
    })
    .await;
}

#[tokio::test]
async fn what_is_missing_is_said_to_be_missing() {
    in_both(async |place: Place| {
        let digest = Digest::of(b"never sent");
        assert!(!place.store.exists(&digest).await.unwrap());
        let error = place.store.get(&digest).await.unwrap_err();
        assert!(error.to_string().contains("missing"), "{error}");
        assert_eq!(place.store.check(&digest).await.unwrap(), Condition::Missing);
        place.store.remove(&digest).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_removed_file_is_gone() {
    in_both(async |place: Place| {
        let kept = place.store.put_bytes(bytes(10), AMPLE).await.unwrap();
        let gone = place.store.put_bytes(bytes(11), AMPLE).await.unwrap();
        place.store.remove(&gone.digest).await.unwrap();
        assert_eq!(place.store.check(&gone.digest).await.unwrap(), Condition::Missing);
        assert!(!on_disk(&place.objects, &gone.digest).exists());
        let all: Vec<_> = place.store.list().try_collect().await.unwrap();
        assert_eq!(all, [kept]);
    })
    .await;
}

#[tokio::test]
async fn a_file_larger_than_the_reader_allows_is_refused() {
    in_both(async |place: Place| {
        let stored = place.store.put_bytes(bytes(1000), AMPLE).await.unwrap();
        let refused = place
            .store
            .read(&stored.digest, Limits { max_bytes: 999 })
            .await
            .unwrap_err();
        assert!(matches!(refused, LedgerError::TooLarge { limit: 999 }));
    })
    .await;
}

#[tokio::test]
async fn all_files_are_listed_whatever_else_lies_there() {
    in_both(async |place: Place| {
        let mut wanted = Vec::new();
        for size in 1..40 {
            wanted.push(place.store.put_bytes(bytes(size), AMPLE).await.unwrap());
        }
        place
            .store
            .put_named("checkpoints/000000039.json", Bytes::from_static(b"{}"))
            .await
            .unwrap();
        std::fs::write(place.objects.join("sha256/ab.txt"), "a stray note").unwrap();
        let mut all: Vec<_> = place.store.list().try_collect().await.unwrap();
        all.sort_unstable_by_key(|stored: &ledger::files::Stored| stored.size);
        assert_eq!(all, wanted);
    })
    .await;
}

#[tokio::test]
async fn objects_by_name_are_written_read_and_listed_in_order() {
    in_both(async |place: Place| {
        assert_eq!(place.store.list_named("checkpoints").await.unwrap(), [""; 0]);
        for position in ["000003000", "000001000", "000002000"] {
            let content = format!("{{\"position\":{position}}}");
            place
                .store
                .put_named(&format!("checkpoints/{position}.json"), content.into())
                .await
                .unwrap();
        }
        place
            .store
            .put_named("feed/000001000.json", Bytes::from_static(b"1"))
            .await
            .unwrap();
        assert_eq!(
            place.store.list_named("checkpoints").await.unwrap(),
            [
                "checkpoints/000001000.json",
                "checkpoints/000002000.json",
                "checkpoints/000003000.json"
            ]
        );
        let read = place
            .store
            .get_named("checkpoints/000002000.json", AMPLE)
            .await
            .unwrap();
        assert_eq!(read.as_deref(), Some("{\"position\":000002000}".as_bytes()));
        place
            .store
            .put_named("checkpoints/000002000.json", Bytes::from_static(b"again"))
            .await
            .unwrap();
        let read = place
            .store
            .get_named("checkpoints/000002000.json", AMPLE)
            .await
            .unwrap();
        assert_eq!(read.as_deref(), Some(b"again".as_slice()));
        assert_eq!(
            place
                .store
                .get_named("checkpoints/000009000.json", AMPLE)
                .await
                .unwrap(),
            None
        );
    })
    .await;
}

#[tokio::test]
async fn a_name_cannot_lead_out_of_the_store_or_over_a_file() {
    in_both(async |place: Place| {
        let stored = place.store.put_bytes(bytes(5), AMPLE).await.unwrap();
        let own = format!("sha256/00/{}", stored.digest);
        for name in [
            "../outside.json",
            "/etc/passwd",
            "a//b",
            "",
            "a/.hidden",
            "incoming/x",
            "名字",
            own.as_str(),
        ] {
            let refused = place.store.put_named(name, Bytes::from_static(b"x")).await;
            assert!(refused.is_err(), "{name} was taken");
            assert!(place.store.get_named(name, AMPLE).await.is_err(), "{name} was read");
        }
    })
    .await;
}

#[tokio::test]
async fn a_store_opened_again_has_what_was_put() {
    let server = S3Server::start().await;
    let folder = tempfile::tempdir().unwrap();
    let url = FilesUrl::Folder(folder.path().into());
    let first = FileStore::open(&url).await.unwrap();
    let stored = first.put_bytes(bytes(77), AMPLE).await.unwrap();
    drop(first);
    let again = FileStore::open(&url).await.unwrap();
    assert!(again.read(&stored.digest, AMPLE).await.unwrap() == bytes(77));

    let address = server.address("");
    let first = FileStore::open_bucket(&address, &S3Server::credentials(), None)
        .await
        .unwrap();
    first.put_bytes(bytes(77), AMPLE).await.unwrap();
    drop(first);
    let again = FileStore::open_bucket(&address, &S3Server::credentials(), None)
        .await
        .unwrap();
    assert!(again.read(&stored.digest, AMPLE).await.unwrap() == bytes(77));
}

#[tokio::test]
async fn two_prefixes_of_one_bucket_do_not_see_each_other() {
    let server = S3Server::start().await;
    let one = FileStore::open_bucket(&server.address("one"), &S3Server::credentials(), None)
        .await
        .unwrap();
    let two = FileStore::open_bucket(&server.address("two"), &S3Server::credentials(), None)
        .await
        .unwrap();
    let stored = one.put_bytes(bytes(50), AMPLE).await.unwrap();
    one.put_named("checkpoints/000000001.json", Bytes::from_static(b"1"))
        .await
        .unwrap();
    assert!(!two.exists(&stored.digest).await.unwrap());
    assert_eq!(two.list_named("checkpoints").await.unwrap(), [""; 0]);
}

#[tokio::test]
async fn a_wrong_key_or_bucket_shows_when_the_store_is_opened() {
    let server = S3Server::start().await;
    let mut wrong = S3Server::credentials();
    wrong.secret_access_key = "guessed".to_owned();
    let error = FileStore::open_bucket(&server.address("files"), &wrong, None)
        .await
        .unwrap_err();
    assert!(error.to_string().contains("opening the bucket"), "{error}");
    assert!(!error.to_string().contains("guessed"));
    assert!(!format!("{wrong:?}").contains("guessed"));

    let mut elsewhere = server.address("files");
    elsewhere.bucket = "not-there".to_owned();
    let error = FileStore::open_bucket(&elsewhere, &S3Server::credentials(), None)
        .await
        .unwrap_err();
    assert!(error.to_string().contains("NoSuchBucket"), "{error}");
}

#[tokio::test]
async fn what_a_crash_left_is_swept_after_a_day_and_not_before() {
    let folder = tempfile::tempdir().unwrap();
    let url = FilesUrl::Folder(folder.path().into());
    FileStore::open(&url).await.unwrap();
    let (old, fresh) = (folder.path().join("incoming/old"), folder.path().join("incoming/fresh"));
    std::fs::write(&old, "half a fi").unwrap();
    std::fs::write(&fresh, "half a fi").unwrap();
    let long_ago = std::time::SystemTime::now() - std::time::Duration::from_hours(25);
    std::fs::File::options()
        .write(true)
        .open(&old)
        .unwrap()
        .set_modified(long_ago)
        .unwrap();
    FileStore::open(&url).await.unwrap();
    assert!(!old.exists() && fresh.exists());
}

#[tokio::test]
async fn a_folder_that_cannot_be_made_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let taken = folder.path().join("taken");
    std::fs::write(&taken, "a file").unwrap();
    let error = FileStore::open(&FilesUrl::Folder(taken.clone())).await.unwrap_err();
    assert!(error.to_string().contains(&taken.display().to_string()), "{error}");
}
