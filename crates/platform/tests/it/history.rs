//! What the history shows, and to whom.

use crate::{opened, opened::nanjing};
use ledger::{Position, StreamName};
use platform::{
    bilingual::Bilingual,
    context::{Context, Reader},
    history::{
        fields::Shown,
        query::{self, Filter, Who},
    },
    obligation::{
        command::{Command, run},
        event::{Audience, Evidence, EvidenceKind, Source},
    },
    question::Window,
    refusal::Error,
    rights::Role,
};

const ID: &str = "first-26-320100";

fn public() -> Reader {
    Reader::public("2026-11-23".parse().unwrap())
}

fn reader(context: &Context) -> Reader {
    Reader {
        actor: context.actor.clone(),
        ..public()
    }
}

fn note(text: &str, audience: Audience) -> Command {
    Command::Note {
        text: text.to_owned(),
        audience,
    }
}

fn standard(title: &str) -> Command {
    Command::RecordEvidence {
        evidence: Evidence {
            kind: EvidenceKind::Standard,
            title: Bilingual::zh(title),
            designation: None,
            published: None,
            reported: None,
            source: Source {
                citation: "公告".to_owned(),
                link: None,
                line: None,
            },
            files: Vec::new(),
            audience: Audience::Public,
        },
    }
}

fn of_object() -> Filter {
    Filter {
        stream: Some(StreamName::parse(&format!("obligation/{ID}")).unwrap()),
        ..Filter::default()
    }
}

async fn kinds(opened: &opened::Opened, reader: &Reader, filter: &Filter) -> Vec<String> {
    let page = query::entries(&opened.platform, reader, filter, &Window::default())
        .await
        .unwrap();
    assert_eq!(page.total, i64::try_from(page.items.len()).unwrap());
    page.items.into_iter().map(|e| e.kind).collect()
}

#[tokio::test]
async fn a_history_is_cut_by_who_reads() {
    let opened = opened::with_list().await;
    for audience in [Audience::Desk, Audience::Participants, Audience::Public] {
        run(&opened.platform, &nanjing(), ID, None, &note("一句话", audience))
            .await
            .unwrap();
    }
    let desk = reader(&nanjing());
    let market = reader(&opened::somebody(
        "p-m",
        Role::MarketRegulationOfficer,
        "nanjing-market",
        None,
        &["320100"],
    ));
    let elsewhere = reader(&opened::somebody(
        "p-c",
        Role::CommerceOfficer,
        "chongqing-commerce",
        None,
        &["500000"],
    ));
    let analyst = reader(&opened::somebody("p-a", Role::MinistryAnalyst, "mofcom", None, &[]));
    for (reader, notes) in [(&desk, 3), (&market, 2), (&elsewhere, 1), (&analyst, 2), (&public(), 1)] {
        let seen = kinds(&opened, reader, &of_object()).await;
        assert_eq!(
            seen.iter().filter(|k| *k == "obligation.noted").count(),
            notes,
            "{reader:?}"
        );
    }
    let internal = run(&opened.platform, &nanjing(), ID, None, &note("内部", Audience::Desk))
        .await
        .unwrap()
        .last;
    query::entry(&opened.platform, &desk, internal).await.unwrap();
    assert!(
        matches!(query::entry(&opened.platform, &public(), internal).await, Err(Error::Refused(r)) if r.rule == "any/unseen")
    );
}

#[tokio::test]
async fn a_mistake_stays_visible_beside_its_correction() {
    let opened = opened::with_list().await;
    let wrong = run(&opened.platform, &nanjing(), ID, None, &standard("错的"))
        .await
        .unwrap()
        .last;
    let known = opened.platform.ledger().head().await.unwrap().0;
    let correct = Command::Correct {
        position: wrong,
        reason: "登记错了任务".to_owned(),
        replacement: Some(Box::new(standard("对的"))),
    };
    let done = run(&opened.platform, &nanjing(), ID, None, &correct).await.unwrap();
    let page = query::entries(&opened.platform, &public(), &of_object(), &Window::default())
        .await
        .unwrap();
    let mistake = page
        .items
        .iter()
        .find(|e| e.position == wrong)
        .expect("the mistake is shown");
    let by = mistake.corrected_by.as_ref().expect("and is told to be one");
    assert_eq!((by.position, by.reason.as_str()), (done.first, "登记错了任务"));
    let correction = page.items.iter().find(|e| e.position == done.first).unwrap();
    assert_eq!(correction.corrects.as_ref().unwrap().corrects, wrong);
    assert_eq!(page.items[0].position, done.last, "newest first");
    let then = Reader {
        as_of: ledger::AsOf {
            known,
            ..public().as_of
        },
        ..public()
    };
    let page = query::entries(&opened.platform, &then, &of_object(), &Window::default())
        .await
        .unwrap();
    assert!(
        page.items[0].corrected_by.is_none(),
        "before the correction nobody knew"
    );
}

#[tokio::test]
async fn a_correction_is_seen_by_whoever_saw_the_mistake() {
    let opened = opened::with_list().await;
    let secret = run(&opened.platform, &nanjing(), ID, None, &note("内部", Audience::Desk))
        .await
        .unwrap()
        .last;
    let correct = Command::Correct {
        position: secret,
        reason: "不必记".to_owned(),
        replacement: None,
    };
    run(&opened.platform, &nanjing(), ID, None, &correct).await.unwrap();
    assert_eq!(kinds(&opened, &public(), &of_object()).await, ["obligation.created"]);
    assert_eq!(kinds(&opened, &reader(&nanjing()), &of_object()).await.len(), 3);
}

#[tokio::test]
async fn one_event_opens_with_before_after_who_when_and_hash() {
    let opened = opened::with_list().await;
    let position = run(&opened.platform, &nanjing(), ID, None, &standard("某某规范"))
        .await
        .unwrap()
        .last;
    let detail = query::entry(&opened.platform, &public(), position).await.unwrap();
    let state = detail.changes.iter().find(|c| c.field == "state").unwrap();
    let word = |id: &str| Shown::Word {
        of: "state",
        id: id.to_owned(),
    };
    assert_eq!((&state.before, &state.after), (&word("unreported"), &word("delivered")));
    let evidence = detail.changes.iter().find(|c| c.field == "evidence").unwrap();
    assert_eq!(evidence.of.as_ref().unwrap().zh, "某某规范");
    assert_eq!(evidence.before, Shown::Nothing);
    let recorded = opened.platform.ledger().event(position).await.unwrap().unwrap();
    assert_eq!(detail.hash.len(), 128);
    assert!(
        detail
            .hash
            .starts_with(&format!("{:02x}{:02x}", recorded.hash[0], recorded.hash[1]))
    );
    assert_eq!((detail.version, detail.entry.at), (None, opened::now()));
    assert!(
        matches!(detail.entry.who, Who::Person { id: None, .. }),
        "the public does not learn who: {:?}",
        detail.entry.who
    );
    let own = query::entry(&opened.platform, &reader(&nanjing()), position)
        .await
        .unwrap();
    assert_eq!(
        own.version,
        Some(2),
        "whoever sees every entry learns how many there are"
    );
    assert!(matches!(own.entry.who, Who::Person { id: Some(_), .. }));
}

#[tokio::test]
async fn before_and_after_say_no_more_than_the_reader_may_know() {
    let opened = opened::with_list().await;
    let block = Command::Block {
        kind: platform::obligation::event::BlockKind::Law,
        text: "秘而不宣".to_owned(),
        waits_for: None,
        audience: Audience::Participants,
        since: platform::obligation::command::Since::default(),
    };
    run(&opened.platform, &nanjing(), ID, None, &block).await.unwrap();
    let position = run(
        &opened.platform,
        &nanjing(),
        ID,
        None,
        &note("公开的话", Audience::Public),
    )
    .await
    .unwrap()
    .last;
    let detail = query::entry(&opened.platform, &public(), position).await.unwrap();
    let told = format!("{detail:?}");
    assert!(!told.contains("秘而不宣") && !told.contains("blocked"), "{told}");
    run(
        &opened.platform,
        &nanjing(),
        ID,
        None,
        &Command::Unblock {
            text: "解除了".to_owned(),
        },
    )
    .await
    .unwrap();
    assert!(
        !kinds(&opened, &public(), &of_object())
            .await
            .contains(&"obligation.unblocked".to_owned())
    );
}

#[tokio::test]
async fn the_feed_is_the_same_for_all_and_goes_on_from_a_position() {
    let opened = opened::with_list().await;
    let head = opened.platform.ledger().head().await.unwrap().0;
    run(&opened.platform, &nanjing(), ID, None, &note("内部", Audience::Desk))
        .await
        .unwrap();
    let position = run(&opened.platform, &nanjing(), ID, None, &standard("规范"))
        .await
        .unwrap()
        .last;
    let since = |since: Position| Filter {
        since: Some(since),
        ..Filter::default()
    };
    let feed = async |filter: Filter| {
        let page = query::feed(&opened.platform, &filter, &Window::default())
            .await
            .unwrap();
        page.items.into_iter().map(|e| e.position).collect::<Vec<_>>()
    };
    assert_eq!(feed(since(head)).await, [position]);
    assert_eq!(feed(since(position)).await, []);
    assert_eq!(
        feed(Filter {
            place: Some("320100".to_owned()),
            ..since(head)
        })
        .await,
        [position]
    );
    assert_eq!(
        feed(Filter {
            place: Some("500000".to_owned()),
            ..since(head)
        })
        .await,
        []
    );
    assert_eq!(
        feed(Filter {
            task: Some("first-26".to_owned()),
            ..since(head)
        })
        .await,
        [position]
    );
    assert_eq!(
        feed(Filter {
            kind: Some("obligation.noted".to_owned()),
            ..since(head)
        })
        .await,
        []
    );
    let of_measure = Filter {
        measure: Some("2".to_owned()),
        ..Filter::default()
    };
    let page = query::feed(&opened.platform, &of_measure, &Window::default())
        .await
        .unwrap();
    assert!(
        page.items.iter().any(|e| e.object_kind == "task") && page.items.iter().all(|e| e.audience == Audience::Public)
    );
}

#[tokio::test]
async fn pages_of_a_history_join_to_the_whole() {
    let opened = opened::with_list().await;
    let filter = Filter {
        object_kind: Some("place".to_owned()),
        ..Filter::default()
    };
    let (mut cursor, mut seen) = (None, Vec::new());
    loop {
        let page = query::feed(&opened.platform, &filter, &Window { cursor, limit: 7 })
            .await
            .unwrap();
        seen.extend(page.items.into_iter().map(|e| e.position));
        cursor = page.next;
        if cursor.is_none() {
            assert_eq!(page.total, i64::try_from(seen.len()).unwrap());
            break;
        }
    }
    assert!(seen.len() > 20 && seen.windows(2).all(|w| w[0] > w[1]));
}

#[tokio::test]
async fn persons_have_no_entries() {
    let opened = opened::with_list().await;
    platform::people::demo::enter(
        &opened.platform,
        &Context::system(opened::now(), "demo"),
        platform::catalogue::DEMO,
        platform::people::demo::password_of,
    )
    .await
    .unwrap();
    let n = opened
        .platform
        .ledger()
        .count("SELECT count(*) AS n FROM entry WHERE stream_kind = 'person'", vec![])
        .await
        .unwrap();
    assert_eq!(n, 0);
    let mine = Filter {
        mine: true,
        ..Filter::default()
    };
    run(&opened.platform, &nanjing(), ID, None, &note("办了", Audience::Desk))
        .await
        .unwrap();
    assert_eq!(kinds(&opened, &reader(&nanjing()), &mine).await, ["obligation.noted"]);
    assert_eq!(kinds(&opened, &public(), &mine).await.len(), 0);
}

#[test]
fn every_event_and_field_has_its_word() {
    let events = [
        include_str!("../../src/place/event.rs"),
        include_str!("../../src/people/event.rs"),
        include_str!("../../src/list/event.rs"),
        include_str!("../../src/obligation/event.rs"),
        include_str!("../../src/output/event.rs"),
        include_str!("../../src/proposal/event.rs"),
    ];
    let renamed = regex::Regex::new(r#"rename = "([a-z_]+\.[a-z_]+)""#).unwrap();
    let kinds = events
        .iter()
        .flat_map(|source| renamed.captures_iter(source))
        .map(|c| c[1].to_owned());
    let shown = kinds
        .filter(|kind| !kind.starts_with("person."))
        .map(|kind| format!("event-{kind}"));
    let field = regex::Regex::new(r#"fields\.(?:add\(|of\([^"]*?)"([a-z_]+)""#).unwrap();
    let fields = field
        .captures_iter(include_str!("../../src/history/fields.rs"))
        .map(|c| format!("field-{}", &c[1]));
    let ids: Vec<String> = shown.chain(fields).map(|id| id.replace(['.', '_'], "-")).collect();
    assert!(ids.len() > 70, "{}", ids.len());
    for id in ids {
        assert!(language::ids().contains(&id), "no message {id}");
    }
}
