//! An archive that is not as it was written is refused, and a backup that fails leaves nothing behind.

use crate::{
    backup_world::{FIRST, Shelf, fill, open, restore_into},
    testkit::{Place, each, noon},
};
use ledger::{
    Config, DatabaseUrl, LedgerError, Position, SetClock,
    backup::{BackupError, Opening, Restored, backup, restore},
};
use std::{
    collections::BTreeMap,
    fs::File,
    io::{Read, Write},
    path::{Path, PathBuf},
    sync::Arc,
};
use tempfile::TempDir;
use zip::{ZipArchive, ZipWriter, write::SimpleFileOptions};

/// A shelf with one good archive on it.
pub async fn good() -> (Shelf, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let shelf = Shelf::new().await;
    let opening = fresh(&folder);
    let ledger = ledger::Ledger::open(opening.config, opening.projections, opening.state, opening.clock)
        .await
        .unwrap();
    fill(&ledger, &shelf.store, 5).await;
    shelf.backup(&ledger, "good.zip").await.unwrap();
    let archive = shelf.archive("good.zip");
    (shelf, archive)
}

/// A database that does not exist yet.
pub fn fresh(folder: &TempDir) -> Opening {
    let url = DatabaseUrl::Sqlite(folder.path().join("fresh.db"));
    Opening {
        config: Config {
            allow_unsafe_durability: true,
            readers: 2,
            ..Config::new(url)
        },
        projections: crate::testkit::projections(),
        state: vec![FIRST],
        clock: Arc::new(SetClock::at(noon())),
    }
}

/// Restores into a new database and a new store; where it is refused, both must be untouched.
async fn attempt(archive: &Path) -> Result<Restored, BackupError> {
    let (folder, there) = (tempfile::tempdir().unwrap(), Shelf::new().await);
    let result = restore(archive, &there.store, fresh(&folder)).await;
    if result.is_err() {
        assert!(
            !folder.path().join("fresh.db").exists(),
            "a refused archive left a database"
        );
        assert_eq!(
            std::fs::read_dir(there.folder.path().join("files/sha256"))
                .unwrap()
                .count(),
            0,
            "and files"
        );
    }
    result
}

/// The archive with its parts changed.
fn rewritten(archive: &Path, change: impl FnOnce(&mut BTreeMap<String, Vec<u8>>)) -> PathBuf {
    let mut parts = BTreeMap::new();
    let mut from = ZipArchive::new(File::open(archive).unwrap()).unwrap();
    for index in 0..from.len() {
        let mut entry = from.by_index(index).unwrap();
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).unwrap();
        parts.insert(entry.name().unwrap().into_owned(), bytes);
    }
    change(&mut parts);
    let path = archive.with_file_name("rewritten.zip");
    let mut to = ZipWriter::new(File::create(&path).unwrap());
    for (name, bytes) in parts {
        to.start_file(name, SimpleFileOptions::default()).unwrap();
        to.write_all(&bytes).unwrap();
    }
    to.finish().unwrap();
    path
}

fn replaced(bytes: &mut Vec<u8>, from: &str, to: &str) {
    let text = String::from_utf8(bytes.clone()).unwrap();
    assert!(text.contains(from), "the part has no {from}");
    *bytes = text.replacen(from, to, 1).into_bytes();
}

#[tokio::test]
async fn a_flipped_byte_in_any_part_is_refused() {
    let (_shelf, archive) = good().await;
    let whole = std::fs::read(&archive).unwrap();
    let mut places = Vec::new();
    let mut zip = ZipArchive::new(File::open(&archive).unwrap()).unwrap();
    for index in 0..zip.len() {
        let entry = zip.by_index(index).unwrap();
        let (start, size) = (entry.data_start().unwrap(), entry.compressed_size());
        for at in [0, size / 2, size.saturating_sub(1)] {
            if size > 0 {
                places.push((entry.name().unwrap().into_owned(), (start + at) as usize));
            }
        }
    }
    assert!(places.len() > 20);
    let harmed = archive.with_file_name("harmed.zip");
    for (part, place) in places {
        let mut bytes = whole.clone();
        bytes[place] ^= 1;
        std::fs::write(&harmed, bytes).unwrap();
        let refused = attempt(&harmed).await.unwrap_err();
        let named = matches!(&refused, BackupError::Damaged { part: said, .. } if *said == part);
        let manifest = part == "manifest.json" && matches!(refused, BackupError::NotABackup { .. });
        assert!(named || manifest, "byte {place} of {part}: {refused}");
    }
}

#[tokio::test]
async fn a_flipped_byte_anywhere_is_refused_or_changes_nothing() {
    let (_shelf, archive) = good().await;
    let whole = std::fs::read(&archive).unwrap();
    let harmed = archive.with_file_name("harmed.zip");
    let sound = attempt(&archive).await.unwrap();
    let directory = ZipArchive::new(File::open(&archive).unwrap())
        .unwrap()
        .central_directory_start() as usize;
    // Every 29th byte of the directory, which has no checksum of its own, and some of the rest.
    let places = (directory..whole.len())
        .step_by(29)
        .chain((0..directory).step_by(directory / 40));
    let mut refused = 0;
    for place in places {
        let mut bytes = whole.clone();
        bytes[place] ^= 0x40;
        std::fs::write(&harmed, bytes).unwrap();
        match attempt(&harmed).await {
            Err(_) => refused += 1,
            Ok(restored) => {
                assert_eq!(restored.manifest, sound.manifest, "byte {place}");
                assert_eq!(
                    restored.ledger.head().await.unwrap(),
                    sound.ledger.head().await.unwrap(),
                    "byte {place}"
                );
                assert!(restored.verification.ok, "byte {place}");
            }
        }
    }
    assert!(refused > 40, "only {refused} were refused");
}

#[tokio::test]
async fn a_cut_archive_and_a_foreign_file_are_refused() {
    let (shelf, archive) = good().await;
    let whole = std::fs::read(&archive).unwrap();
    let other = shelf.archive("other.zip");
    for content in [&whole[..whole.len() / 2], &whole[..whole.len() - 1], b"%PDF-1.7", b""] {
        std::fs::write(&other, content).unwrap();
        let refused = attempt(&other).await.unwrap_err();
        assert!(matches!(refused, BackupError::NotABackup { .. }), "{refused}");
    }
    let foreign = rewritten(&archive, |parts| {
        parts.remove("manifest.json");
    });
    assert!(matches!(
        attempt(&foreign).await.unwrap_err(),
        BackupError::NotABackup { .. }
    ));
    let absent = attempt(&shelf.archive("absent.zip")).await.unwrap_err();
    assert!(absent.to_string().contains("absent.zip"), "{absent}");
}

#[tokio::test]
async fn another_format_is_refused_by_its_number() {
    let (_shelf, archive) = good().await;
    let later = rewritten(&archive, |parts| {
        replaced(
            parts.get_mut("manifest.json").unwrap(),
            "\"version\": 1,",
            "\"version\": 2,",
        );
    });
    let refused = attempt(&later).await.unwrap_err();
    assert!(
        matches!(refused, BackupError::Format { found: 2, known: 1 }),
        "{refused}"
    );
    let other = rewritten(&archive, |parts| {
        replaced(parts.get_mut("manifest.json").unwrap(), "biaochi-backup", "another");
    });
    assert!(matches!(
        attempt(&other).await.unwrap_err(),
        BackupError::NotABackup { .. }
    ));
}

#[tokio::test]
async fn an_archive_with_other_parts_than_its_manifest_is_refused() {
    let (_shelf, archive) = good().await;
    type Parts = BTreeMap<String, Vec<u8>>;
    let file = |parts: &Parts| parts.keys().find(|name| name.starts_with("files/")).unwrap().clone();
    let changes: [&dyn Fn(&mut Parts); 6] = [
        &|parts| drop(parts.remove("state/toy_sealed.jsonl")),
        &|parts| drop(parts.remove("events.jsonl")),
        &|parts| drop(parts.remove(&file(parts))),
        &|parts| drop(parts.insert("state/added.jsonl".to_owned(), b"{}\n".to_vec())),
        &|parts| drop(parts.insert(file(parts), b"another content".to_vec())),
        &|parts| replaced(parts.get_mut("state/toy_note.jsonl").unwrap(), "甲", "丙"),
    ];
    for (index, change) in changes.iter().enumerate() {
        let changed = rewritten(&archive, change);
        let refused = attempt(&changed).await.unwrap_err();
        assert!(
            matches!(refused, BackupError::Damaged { .. }),
            "change {index}: {refused}"
        );
    }
}

#[tokio::test]
async fn a_log_that_was_changed_together_with_its_manifest_is_refused() {
    let (_shelf, archive) = good().await;
    let forged = rewritten(&archive, |parts| {
        let before = ledger::files::Digest::of(&parts["events.jsonl"]).to_string();
        replaced(parts.get_mut("events.jsonl").unwrap(), "任务3", "任务8");
        let after = ledger::files::Digest::of(&parts["events.jsonl"]).to_string();
        replaced(parts.get_mut("manifest.json").unwrap(), &before, &after);
    });
    let (folder, there) = (tempfile::tempdir().unwrap(), Shelf::new().await);
    let refused = restore(&forged, &there.store, fresh(&folder)).await.unwrap_err();
    assert!(
        matches!(&refused, BackupError::Damaged { part, reason } if part == "events.jsonl" && reason.contains("position 5")),
        "{refused}"
    );
    // The tables are there, but nothing is in them: the good archive goes in.
    let restored = restore(&archive, &there.store, fresh(&folder)).await.unwrap();
    assert_eq!(restored.ledger.head().await.unwrap().0, Position(11));
}

#[tokio::test]
async fn a_backup_never_overwrites_a_file() {
    each(async |place: &Place| {
        let shelf = Shelf::new().await;
        let ledger = open(place).await;
        std::fs::write(shelf.archive("a.zip"), "the backup of yesterday").unwrap();
        let refused = shelf.backup(&ledger, "a.zip").await.unwrap_err();
        assert!(matches!(refused, BackupError::Exists { .. }), "{refused}");
        assert_eq!(
            std::fs::read(shelf.archive("a.zip")).unwrap(),
            b"the backup of yesterday"
        );
        let refused = backup(&ledger, &shelf.store, &[], &shelf.archive("no/such/folder/a.zip"))
            .await
            .unwrap_err();
        assert!(matches!(refused, BackupError::Environment { .. }), "{refused}");
    })
    .await;
}

#[tokio::test]
async fn a_failed_backup_leaves_no_file() {
    each(async |place: &Place| {
        let shelf = Shelf::new().await;
        let ledger = open(place).await;
        fill(&ledger, &shelf.store, 3).await;
        let there = || {
            let mut names: Vec<_> = std::fs::read_dir(shelf.folder.path())
                .unwrap()
                .map(|entry| entry.unwrap().file_name())
                .collect();
            names.sort();
            names
        };
        let refused = backup(&ledger, &shelf.store, &["sessions"], &shelf.archive("a.zip"))
            .await
            .unwrap_err();
        assert!(
            matches!(&refused, BackupError::NoTable { table } if table == "sessions"),
            "{refused}"
        );
        assert_eq!(there(), ["files"]);

        place
            .tamper(if matches!(place.url, DatabaseUrl::Sqlite(_)) {
                "DROP TRIGGER events_kept_update"
            } else {
                "DROP TRIGGER events_kept_row ON events"
            })
            .await;
        place
            .tamper("UPDATE events SET actor = 'somebody-else' WHERE position = 4")
            .await;
        let refused = shelf.backup(&ledger, "a.zip").await.unwrap_err();
        assert!(
            matches!(
                &refused,
                BackupError::Ledger(LedgerError::Broken {
                    position: Position(4),
                    ..
                })
            ),
            "{refused}"
        );
        assert_eq!(there(), ["files"]);
        place
            .tamper("UPDATE events SET actor = 'officer-1' WHERE position = 4")
            .await;
        shelf.backup(&ledger, "a.zip").await.unwrap();
    })
    .await;
}

#[cfg(unix)]
#[tokio::test]
async fn nobody_else_on_the_machine_can_read_an_archive() {
    use std::os::unix::fs::PermissionsExt;
    let (_shelf, archive) = good().await;
    assert_eq!(std::fs::metadata(archive).unwrap().permissions().mode() & 0o777, 0o600);
}

#[tokio::test]
async fn the_good_archive_is_good() {
    each(async |place: &Place| {
        let (_shelf, archive) = good().await;
        let there = Shelf::new().await;
        let restored = restore_into(place, &there, &archive).await.unwrap();
        assert!(restored.verification.ok);
    })
    .await;
}
