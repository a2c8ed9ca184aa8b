//! Files of entries: taken by what is in them, attached by whoever sent them, had by whoever sees the entry, and removed
//! when no entry refers to them within a day; on a folder.

use crate::opened::{self, now};
use bytes::Bytes;
use futures_util::stream;
use jiff::SignedDuration;
use ledger::{
    Config, Position, SetClock,
    database::DatabaseUrl,
    files::{Digest, FileStore, FilesUrl},
};
use platform::{
    Platform, Settings,
    bilingual::Bilingual,
    clockwork,
    context::{Context, Reader},
    obligation::{
        command::{Command, run},
        event::{Audience, Evidence, EvidenceKind, Source},
        query::evidence,
    },
    refusal::Error,
    rights::{Object, Role},
    upload::{Attachment, query::attached, sweep::WAITS, take::take},
};
use std::{convert::Infallible, sync::Arc};

const OBLIGATION: &str = "first-20-320100";
const PDF: &[u8] = b"%PDF-1.7\n%\xe2\xe3 evidence";

struct House {
    platform: Platform,
    store: FileStore,
    clock: Arc<SetClock>,
    folder: tempfile::TempDir,
}

async fn house() -> House {
    let folder = tempfile::tempdir().unwrap();
    opened::write_list(folder.path()).await;
    let url = DatabaseUrl::parse(folder.path().join("biaochi.db").to_str().unwrap()).unwrap();
    let store = FileStore::open(&FilesUrl::Folder(folder.path().join("files")))
        .await
        .unwrap();
    let keys = identity::KeyFile::generate(&identity::randomness::Seeded::new(7)).unwrap();
    let clock = Arc::new(SetClock::at(now()));
    let settings = Settings {
        light_passwords: true,
        file_limit: 64 * 1024,
        ..Settings::default()
    };
    let platform = Platform::open(Config::new(url), Some(store.clone()), keys, settings, clock.clone())
        .await
        .unwrap();
    House {
        platform,
        store,
        clock,
        folder,
    }
}

fn officer(name: &str) -> Context {
    opened::somebody(name, Role::CommerceOfficer, "nanjing-commerce", None, &["320100"])
}

impl House {
    fn at_this_hour(&self, context: Context) -> Context {
        Context {
            now: self.platform.now(),
            ..context
        }
    }

    async fn sends(&self, who: &str, name: &str, content: &'static [u8]) -> Result<Attachment, Error> {
        let context = self.at_this_hour(officer(who));
        let pieces = content.chunks(7).map(|c| Ok::<_, Infallible>(Bytes::from_static(c)));
        let object = Object::of_place("320100");
        take(
            &self.platform,
            &context,
            Some(&object),
            name,
            stream::iter(pieces.collect::<Vec<_>>()),
        )
        .await
    }

    async fn refused(&self, name: &str, content: &'static [u8]) -> &'static str {
        match self.sends("p-wang", name, content).await {
            Err(Error::Refused(refusal)) => refusal.rule,
            other => panic!("{other:?}"),
        }
    }

    async fn attaches(&self, who: &str, digest: &str, audience: Audience) -> Result<Position, Error> {
        let evidence = Evidence {
            kind: EvidenceKind::Study,
            title: Bilingual::zh("调研报告"),
            designation: None,
            published: None,
            reported: None,
            source: Source::default(),
            files: vec![Attachment::of_digest(digest)],
            audience,
        };
        let context = self.at_this_hour(officer(who));
        let done = run(
            &self.platform,
            &context,
            OBLIGATION,
            None,
            &Command::RecordEvidence { evidence },
        )
        .await?;
        Ok(done.last)
    }

    async fn has(&self, digest: &str) -> bool {
        self.store.exists(&Digest::parse(digest).unwrap()).await.unwrap()
    }

    /// How many files lie in the store, those on their way in among them.
    fn lying(&self) -> usize {
        fn count(folder: &std::path::Path) -> usize {
            let Ok(entries) = std::fs::read_dir(folder) else {
                return 0;
            };
            entries
                .map(|e| e.unwrap().path())
                .map(|path| if path.is_dir() { count(&path) } else { 1 })
                .sum()
        }
        count(&self.folder.path().join("files"))
    }

    fn pass(&self, span: SignedDuration) {
        self.clock.set(self.platform.now().checked_add(span).unwrap());
    }
}

#[tokio::test]
async fn an_entry_names_its_files_with_hash_name_size_and_kind() {
    let house = house().await;
    let sent = house.sends("p-wang", "..\\方案.pdf", PDF).await.unwrap();
    assert_eq!((sent.name.as_str(), sent.size), ("方案.pdf", PDF.len() as u64));
    let position = house
        .attaches("p-wang", &sent.sha256, Audience::Participants)
        .await
        .unwrap();
    let event = house.platform.ledger().event(position).await.unwrap().unwrap();
    let body: serde_json::Value = serde_json::from_str(&event.body).unwrap();
    let file = serde_json::json!({
        "sha256": sent.sha256, "name": "方案.pdf", "size": PDF.len(), "media": "application/pdf",
    });
    assert_eq!(body["evidence"]["files"], serde_json::json!([file]));
    assert_eq!(body["evidence"]["audience"], "participants");
    let today = house.platform.today();
    let reader = Reader {
        actor: officer("p-li").actor,
        ..Reader::public(today)
    };
    let shown = evidence(&house.platform, &reader, OBLIGATION).await.unwrap();
    assert_eq!(shown.last().unwrap().files, [sent.clone()]);
    let had = attached(&house.platform, &reader, position, &sent.sha256)
        .await
        .unwrap();
    assert_eq!(had, (sent.clone(), Audience::Participants));
    // For anybody else there is no such file, nor another of the same entry.
    let public = Reader::public(today);
    for (reader, digest) in [(&public, sent.sha256.as_str()), (&reader, &"ab".repeat(32))] {
        let unseen = attached(&house.platform, reader, position, digest).await;
        assert!(matches!(unseen, Err(Error::Refused(refusal)) if refusal.rule == "any/unseen"));
    }
}

#[tokio::test]
async fn a_digest_opens_nothing_to_whoever_did_not_send_the_file() {
    let house = house().await;
    let sent = house.sends("p-wang", "方案.pdf", PDF).await.unwrap();
    let taken = house.attaches("p-li", &sent.sha256, Audience::Public).await;
    assert!(matches!(taken, Err(Error::Refused(refusal)) if refusal.rule == "obligation/file_missing"));
    // Whoever sends the same content has it under their own name.
    let again = house.sends("p-li", "another.pdf", PDF).await.unwrap();
    assert_eq!(
        (again.sha256.as_str(), again.name.as_str()),
        (sent.sha256.as_str(), "another.pdf")
    );
    house.attaches("p-li", &sent.sha256, Audience::Public).await.unwrap();
}

#[tokio::test]
async fn what_is_not_taken_leaves_no_trace() {
    let house = house().await;
    let before = house.lying();
    assert_eq!(house.refused("方案.pdf", b"MZ\x90\x00\x03\x00").await, "upload/program");
    assert_eq!(house.refused("x.html", b"<html>").await, "upload/active");
    assert_eq!(house.refused("x.xlsm", b"PK\x03\x04").await, "upload/macros");
    assert_eq!(
        house.refused("x.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1").await,
        "upload/old_office"
    );
    assert_eq!(house.refused("x.png", PDF).await, "upload/disagrees");
    assert_eq!(house.refused("x.pdf", b"").await, "upload/empty");
    static LARGE: [u8; 70_000] = [b'a'; 70_000];
    assert_eq!(house.refused("x.txt", &LARGE).await, "upload/too_large");
    // The sender breaks off.
    let pieces = [Ok(Bytes::from_static(PDF)), Err("the line is dead")];
    let broken = take(
        &house.platform,
        &officer("p-wang"),
        Some(&Object::of_place("320100")),
        "方案.pdf",
        stream::iter(pieces),
    )
    .await;
    assert!(matches!(broken, Err(Error::Refused(refusal)) if refusal.rule == "upload/broken_off"));
    assert_eq!(house.lying(), before);
    let rows = house.platform.ledger().count("SELECT COUNT(*) AS n FROM file", vec![]);
    assert_eq!(rows.await.unwrap(), 0);
}

#[tokio::test]
async fn who_may_not_report_for_the_place_sends_nothing() {
    let house = house().await;
    let elsewhere = opened::somebody("p-cd", Role::CommerceOfficer, "chengdu-commerce", None, &["510100"]);
    let citizen = opened::somebody("p-c", Role::Citizen, "mofcom", None, &[]);
    for context in [elsewhere, citizen, Context::system(now(), "test")] {
        let pieces = [Ok::<_, Infallible>(Bytes::from_static(PDF))];
        let object = Object::of_place("320100");
        let taken = take(&house.platform, &context, Some(&object), "x.pdf", stream::iter(pieces)).await;
        assert!(matches!(taken, Err(Error::Refused(_))), "{taken:?}");
    }
    assert_eq!(house.lying(), 0);
}

#[tokio::test]
async fn after_a_day_the_clockwork_removes_what_no_entry_refers_to_and_nothing_else() {
    let house = house().await;
    let used = house.sends("p-wang", "used.pdf", PDF).await.unwrap();
    house.attaches("p-wang", &used.sha256, Audience::Public).await.unwrap();
    let unused = house.sends("p-wang", "unused.txt", b"never used").await.unwrap();
    let renewed = house.sends("p-wang", "renewed.txt", b"sent twice").await.unwrap();
    house.pass(WAITS - SignedDuration::from_secs(60));
    house.sends("p-li", "renewed.txt", b"sent twice").await.unwrap();
    assert_eq!(
        clockwork::round(&house.platform).await.unwrap().files,
        0,
        "not before a day"
    );
    house.pass(SignedDuration::from_secs(61));
    assert_eq!(clockwork::round(&house.platform).await.unwrap().files, 1);
    assert!(house.has(&used.sha256).await && house.has(&renewed.sha256).await);
    assert!(!house.has(&unused.sha256).await);
    // The first sender's day is over; the second's is not.
    assert!(
        house
            .attaches("p-wang", &renewed.sha256, Audience::Public)
            .await
            .is_err()
    );
    house.attaches("p-li", &renewed.sha256, Audience::Public).await.unwrap();
    house.pass(WAITS * 2);
    assert_eq!(clockwork::round(&house.platform).await.unwrap().files, 0);
    assert!(house.has(&renewed.sha256).await);
    // What was removed may come again.
    let again = house.sends("p-wang", "unused.txt", b"never used").await.unwrap();
    assert!(house.has(&again.sha256).await);
}

#[tokio::test]
async fn a_file_that_an_entry_refers_to_while_the_sweep_runs_survives() {
    let house = house().await;
    let ledger = house.platform.ledger();
    let sent = house.sends("p-wang", "方案.pdf", PDF).await.unwrap();
    house.pass(WAITS + SignedDuration::from_secs(1));
    // The sweep has read what is old; before it marks the file, an entry refers to it.
    let old = ledger
        .unreferred_files(house.platform.now(), 10)
        .await
        .unwrap()
        .remove(0);
    house.attaches("p-wang", &sent.sha256, Audience::Public).await.unwrap();
    assert!(!ledger.mark_file_going(&old).await.unwrap());
    assert!(house.has(&sent.sha256).await);
    // The other way round: once marked, no entry can refer to it, nor an upload renew it until it is gone.
    let other = house.sends("p-wang", "x.txt", b"another").await.unwrap();
    house.pass(SignedDuration::from_secs(1));
    let old = ledger
        .unreferred_files(house.platform.now(), 10)
        .await
        .unwrap()
        .remove(0);
    assert!(ledger.mark_file_going(&old).await.unwrap());
    assert!(house.attaches("p-wang", &other.sha256, Audience::Public).await.is_err());
    let renewed = house.sends("p-wang", "x.txt", b"another").await;
    assert!(matches!(renewed, Err(Error::Refused(refusal)) if refusal.rule == "upload/again"));
    // A sweep that died there is taken up by the next one.
    house.pass(WAITS * 2);
    assert_eq!(clockwork::round(&house.platform).await.unwrap().files, 1);
    house.sends("p-wang", "x.txt", b"another").await.unwrap();
    house.attaches("p-wang", &other.sha256, Audience::Public).await.unwrap();
}
