//! Erasure: what goes, what stays, and that an older copy does not bring it back.

use crate::kit::{Kit, PASSWORD, each, refused};
use ledger::{
    Config, DatabaseUrl, NewMessage, RegisteredFile,
    backup::{Opening, backup, restore},
    files::{Digest, FileStore, FilesUrl, Limits},
};
use platform::{
    Platform, Settings,
    context::{Actor, Context, PersonId, Reader},
    people::{
        command::{NewPerson, invite},
        erasure::{again, erase, list_of, settle_due},
        event::Ground,
        operator,
        profile::Profile,
        query::{Display, Removed, display_names, person},
        sign_in::{Attempt, sign_in},
        tables::OF_ONE_PERSON,
    },
    projections,
    rights::Role,
};
use std::path::Path;

/// What stands nowhere but in the officer's profile.
const WORDS: [&str; 3] = ["欧阳雪中红", "qzxkvj-login", "wvbnmq@example.org"];

/// An officer with these words, and a security administrator.
async fn people(kit: &Kit) -> (PersonId, Actor) {
    let (_, security) = kit.with_role("sec", "mofcom", Role::SecurityAdministrator).await;
    let new = NewPerson {
        profile: Profile::read(WORDS[0], WORDS[1], Some(WORDS[2])).unwrap(),
        memberships: vec![kit.membership("nanjing-commerce", Role::CommerceOfficer, &["320100"])],
    };
    let invited = invite(&kit.platform, &kit.acting(&security), &new).await.unwrap();
    let officer = PersonId(invited.done.id);
    operator::set_password(&kit.platform, &officer, PASSWORD, false)
        .await
        .unwrap();
    kit.session(WORDS[1]).await;
    (officer, security)
}

/// Rows of a person beside the log, in all tables together.
async fn rows_of(platform: &Platform, person: &PersonId) -> i64 {
    let mut all = 0;
    let of_one = OF_ONE_PERSON.iter().map(|table| (*table, "person"));
    for (table, column) in of_one.chain([("outbox", "recipient")]) {
        let sql = format!("SELECT count(*) AS n FROM {table} WHERE {column} = $1");
        all += platform.ledger().count(sql, vec![(&person.0).into()]).await.unwrap();
    }
    all
}

async fn called(platform: &Platform, actor: &Actor, person: &PersonId) -> Display {
    let reader = Reader {
        actor: Some(actor.clone()),
        ..Reader::public(platform.today())
    };
    let asked = [person.clone()];
    display_names(platform, &reader, &asked).await.unwrap()[person].clone()
}

#[tokio::test]
async fn what_is_known_of_a_person_goes_and_the_place_says_so() {
    each(async |kit| {
        let (officer, security) = people(kit).await;
        let ledger = kit.platform.ledger();
        let (_, letter) = ledger.posted(NewMessage {
            channel: "mail".to_owned(),
            recipient: officer.0.clone(),
            body: "{}".to_owned(),
            due: kit.now(),
        });
        ledger.state(vec![letter]).await.unwrap();
        refused(kit.attempt(WORDS[1], "wrong password", None).await);
        // A file that nobody refers to, sent by the officer, and one sent by somebody else.
        let store = kit.platform.files().unwrap();
        let (theirs, other) = (Digest::of(b"a copy of a passport"), Digest::of(b"somebody else's"));
        for (content, by) in [
            (&b"a copy of a passport"[..], &officer),
            (b"somebody else's", &security.person),
        ] {
            let stored = store
                .put_bytes(content.to_vec().into(), Limits { max_bytes: 1_000 })
                .await
                .unwrap();
            let file = RegisteredFile {
                digest: stored.digest.to_string(),
                size: 1,
                media: "text/plain".to_owned(),
                name: None,
                uploaded_at: kit.now(),
                uploaded_by: ledger::ActorId(by.0.clone()),
                referred: false,
            };
            ledger.state(vec![file.entered()]).await.unwrap();
        }
        assert_eq!(
            called(&kit.platform, &security, &officer).await,
            Display::Name(WORDS[0].to_owned())
        );
        kit.wait(jiff::SignedDuration::from_secs(1));

        let context = kit.acting(&security);
        erase(&kit.platform, &context, &officer, Ground::ConsentWithdrawn)
            .await
            .unwrap();
        assert_eq!(rows_of(&kit.platform, &officer).await, 0);
        assert_eq!(settle_due(&kit.platform).await.unwrap(), 1);
        assert_eq!(settle_due(&kit.platform).await.unwrap(), 0, "once");
        assert!(!store.exists(&theirs).await.unwrap());
        assert!(store.exists(&other).await.unwrap());

        let removed = Removed {
            on: kit.today(),
            ground: Some(Ground::ConsentWithdrawn),
        };
        let role = Some((Role::CommerceOfficer, "nanjing-commerce".to_owned()));
        assert_eq!(
            called(&kit.platform, &security, &officer).await,
            Display::Removed { role, removed }
        );
        let row = person(&kit.platform, &officer).await.unwrap().unwrap();
        assert_eq!((row.removed, row.erased), (Some(removed), true));
        assert!(
            Ground::ConsentWithdrawn
                .source(language::Lang::Zh)
                .contains("第四十七条")
        );

        refused(kit.attempt(WORDS[1], PASSWORD, None).await);
        refused(erase(&kit.platform, &kit.acting(&security), &officer, Ground::Unlawful).await);
        // The login is free for somebody else.
        let other = kit.person(WORDS[1], Vec::new()).await;
        assert_ne!(other, officer);
        let verification = ledger.verify().await.unwrap();
        assert!(verification.ok, "{:?}", verification.problems);
        assert!(ledger.rebuild_check().await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test]
async fn nobody_erases_without_the_right_nor_the_last_who_gives_roles() {
    each(async |kit| {
        let (officer, security) = people(kit).await;
        let own = kit.actor(WORDS[1]).await;
        let missing = refused(erase(&kit.platform, &kit.acting(&own), &officer, Ground::Unlawful).await);
        assert_eq!(missing.rule, "rights/missing");
        let context = kit.acting(&security);
        let last = refused(erase(&kit.platform, &context, &security.person, Ground::Unlawful).await);
        assert_eq!(last.rule, "people/last_administrator");
        assert!(rows_of(&kit.platform, &officer).await > 0);
    })
    .await;
}

/// The copy that was taken earlier, restored beside the platform on a database of its own.
async fn restored(kit: &Kit, copy: &Path, name: &str, store: FileStore) -> Platform {
    let url = DatabaseUrl::Sqlite(kit.folder.path().join(format!("{name}.db")));
    let config = || Config {
        allow_unsafe_durability: true,
        ..Config::new(url.clone())
    };
    let opening = Opening {
        config: config(),
        projections: projections::all(),
        state: projections::state(),
        clock: kit.clock.clone(),
    };
    let restored = restore(copy, &store, opening).await.unwrap();
    assert!(restored.verification.ok);
    restored.ledger.close().await.unwrap();
    let settings = Settings {
        light_passwords: true,
        ..Settings::default()
    };
    let keys = kit.platform.keys().clone();
    Platform::open(config(), Some(store), keys, settings, kit.clock.clone())
        .await
        .unwrap()
}

async fn signs_in(platform: &Platform, login: &str) -> bool {
    let attempt = Attempt {
        login,
        password: PASSWORD,
        code: None,
        origin: crate::kit::origin(),
    };
    sign_in(platform, &Context::system(platform.now(), "restored"), attempt)
        .await
        .is_ok()
}

#[tokio::test]
async fn an_older_copy_forgets_again_whom_it_had_forgotten() {
    each(async |kit| {
        let (officer, security) = people(kit).await;
        let path = |name: &str| kit.folder.path().join(name);
        let (ledger, store) = (kit.platform.ledger(), kit.platform.files().unwrap());
        backup(ledger, store, &["session"], &path("before.zip")).await.unwrap();
        erase(
            &kit.platform,
            &kit.acting(&security),
            &officer,
            Ground::ConsentWithdrawn,
        )
        .await
        .unwrap();
        settle_due(&kit.platform).await.unwrap();
        backup(ledger, store, &["session"], &path("after.zip")).await.unwrap();

        // Beside the file store of the installation; and on another machine, with a later copy at hand.
        let elsewhere = FileStore::open(&FilesUrl::Folder(path("elsewhere"))).await.unwrap();
        let later = list_of(&path("after.zip")).unwrap();
        assert_eq!(later.len(), 1);
        for (name, store, list) in [("one", store.clone(), Vec::new()), ("two", elsewhere, later)] {
            let there = restored(kit, &path("before.zip"), name, store).await;
            assert!(signs_in(&there, WORDS[1]).await, "the copy knows the officer");
            let context = Context::system(there.now(), "restore");
            assert_eq!(again(&there, &context, list).await.unwrap(), 1, "{name}");
            assert!(!signs_in(&there, WORDS[1]).await);
            assert_eq!(rows_of(&there, &officer).await, 0);
            let shown = called(&there, &security, &officer).await;
            assert!(
                matches!(&shown, Display::Removed { removed, .. } if removed.ground == Some(Ground::ConsentWithdrawn)),
                "{shown:?}"
            );
            let verification = there.ledger().verify().await.unwrap();
            assert!(verification.ok, "{:?}", verification.problems);
            assert_eq!(again(&there, &context, Vec::new()).await.unwrap(), 0, "once");
            there.ledger().close().await.unwrap();
        }
    })
    .await;
}

#[tokio::test]
async fn nothing_that_opens_what_was_known_is_left_in_the_file_of_the_database() {
    each(async |kit| {
        let (officer, security) = people(kit).await;
        let file = kit.folder.path().join("biaochi.db");
        if !file.exists() {
            return;
        }
        let ledger = kit.platform.ledger();
        let sql = "SELECT wrapped FROM person_key WHERE person = $1";
        let row = ledger.fetch_one(sql, vec![(&officer.0).into()]).await.unwrap().unwrap();
        let key = row.text("wrapped").unwrap();
        erase(&kit.platform, &kit.acting(&security), &officer, Ground::Unlawful)
            .await
            .unwrap();
        settle_due(&kit.platform).await.unwrap();
        ledger.close().await.unwrap();
        let bytes = std::fs::read(&file).unwrap();
        let holds = |text: &str| bytes.windows(text.len()).any(|window| window == text.as_bytes());
        assert!(holds(&officer.0), "the log keeps the opaque id");
        for word in WORDS.iter().copied().chain([key.as_str()]) {
            assert!(!holds(word), "{word} is left in the file");
        }
    })
    .await;
}
