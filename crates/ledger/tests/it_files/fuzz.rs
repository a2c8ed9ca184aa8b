//! Damaged archives are refused and leave room for a good one, or restore a log that verifies; damaged names and addresses
//! are refused.

use crate::{
    backup_damage::{fresh, good},
    backup_world::Shelf,
};
use ::fuzz::Fuzz;
use ledger::{DatabaseUrl, StreamName, backup::restore, files::FilesUrl};
use std::io::{Cursor, Read, Write};
use zip::{CompressionMethod, ZipArchive, ZipWriter, write::SimpleFileOptions};

#[test]
fn a_damaged_archive_is_refused_or_restores_a_log_that_verifies() {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap();
    let (_shelf, archive) = runtime.block_on(good());
    let whole = std::fs::read(&archive).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("damaged.zip");
    let try_it = |bytes: &[u8]| {
        std::fs::write(&file, bytes).unwrap();
        runtime.block_on(async {
            let (place, there) = (tempfile::tempdir().unwrap(), Shelf::new().await);
            match restore(&file, &there.store, fresh(&place)).await {
                Ok(restored) => assert!(restored.verification.ok, "{:?}", restored.verification.problems),
                Err(_) if place.path().join("fresh.db").exists() => {
                    restore(&archive, &there.store, fresh(&place)).await.unwrap();
                }
                Err(_) => {}
            }
        });
    };
    Fuzz::new("archive")
        .rounds(150)
        .bytes(&[&whole], &[b"PK\x03\x04", b"PK\x01\x02"], try_it);

    let mut entries: Vec<(String, Vec<u8>)> = Vec::new();
    let mut zip = ZipArchive::new(Cursor::new(&whole)).unwrap();
    for index in 0..zip.len() {
        let mut entry = zip.by_index(index).unwrap();
        let mut content = Vec::new();
        entry.read_to_end(&mut content).unwrap();
        entries.push((entry.name().unwrap().into_owned(), content));
    }
    let words: &[&[u8]] = &[
        b"\"", b"{", b"}", b"[", b"]", b",", b":null", b"1e400", b"-1", b"\n", b"\\u0000", b"../",
    ];
    for (damaged, content) in &entries {
        Fuzz::new("entry of an archive")
            .rounds(25)
            .bytes(&[content], words, |bytes| {
                let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
                for (name, content) in &entries {
                    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
                    zip.start_file(name.as_str(), options).unwrap();
                    zip.write_all(if name == damaged { bytes } else { content }).unwrap();
                }
                try_it(&zip.finish().unwrap().into_inner());
            });
    }
}

#[test]
fn names_and_addresses_are_kept_or_refused() {
    let corpus = [
        "obligation/first-28-500000",
        "postgres://b@db/b",
        "s3://bucket/prefix?region=x",
        "/srv/files",
        "sqlite:b.db",
    ];
    let words = [
        "/",
        "//",
        ":",
        "@",
        "?",
        "&",
        "=",
        "..",
        "s3://",
        "sqlite:",
        "postgres://",
        "%2f",
    ];
    Fuzz::new("names").rounds(4_000).text(&corpus, &words, |text| {
        if let Ok(name) = StreamName::parse(text) {
            assert_eq!(name.as_str(), text);
            assert_eq!(format!("{}/{}", name.kind(), name.id()), text);
        }
        let _ = DatabaseUrl::parse(text);
        let _ = FilesUrl::parse(text);
    });
}
