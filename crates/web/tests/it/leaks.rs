//! What is not for everybody: a word that stands nowhere else is put into facts of each audience, then sought in every
//! answer, in the log of the server, in the outbox and in counts.

use crate::walk::{NOBODY, OBLIGATION, Walk, lasting, put_text, reporter, returned, text_of};
use ledger::{AsOf, MessageState, Position};
use platform::{
    Settings,
    bilingual::Bilingual,
    context::{PersonId, Reader},
    history::query as history,
    notice::{
        digest,
        event::{Strength, Target},
        follow,
        outgoing::Outgoing,
        sending::{MailSettings, Protection},
    },
    obligation::{
        command::{self, Command, Since},
        event::{Audience, BlockKind, Evidence, EvidenceKind, Source},
        query as obligation,
    },
    people::{self, command::NewPerson, profile::Profile, state::Membership},
    question::Window,
    rights::Role,
    survey::{
        command::{self as survey, NewUnit},
        reporting,
    },
    upload::{Attachment, take::take},
};
use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
    sync::{Arc, Mutex},
};
use testkit::{CAST, World};
use tracing::{
    Event, Metadata, Subscriber,
    field::{Field, Visit},
    span,
};
use web::route::{Kind, Verb};

/// A word in a fact, and who may meet it.
struct Secret {
    word: &'static str,
    readers: &'static [&'static str],
}

/// The text of a proposal that is not published: its body, its place, analysts and auditors.
const DRAFT: Secret = Secret {
    word: "Zqdraft7719",
    readers: &["chengdu", "analyst", "auditor", "audit"],
};
/// Evidence for the desk: the body whose obligation it is.
const DESK: Secret = Secret {
    word: "Zqdesk7719",
    readers: &["nanjing", "sector"],
};
/// A note for the desk.
const NOTE: Secret = Secret {
    word: "Zqnote7719",
    readers: &["nanjing", "sector"],
};
/// Evidence among participants: officers of the place, the guiding ministry, analysts and auditors.
const SHARED: Secret = Secret {
    word: "Zqshared7719",
    readers: &["nanjing", "sector", "market", "guiding", "analyst", "auditor", "audit"],
};
/// What stands in the way, among participants.
const BLOCK: Secret = Secret {
    word: "Zqblock7719",
    readers: &["nanjing", "sector", "market", "guiding", "analyst", "auditor", "audit"],
};
/// A draft of a text among participants: its title and what is in it.
const TEXT: Secret = Secret {
    word: "Zqtext7719",
    readers: SHARED.readers,
};
/// A file of that evidence: its name and what is in it.
const FILE: Secret = Secret {
    word: "Zqfile7719",
    readers: SHARED.readers,
};
/// A note for the desk of a ministry, in which others have other roles: those who work there.
const MINISTRY_DESK: Secret = Secret {
    word: "Zqminister7719",
    readers: &["analyst", "secretary"],
};
/// Evidence of a ministry among participants: those, who speaks for it, analysts and auditors.
const MINISTRY_SHARED: Secret = Secret {
    word: "Zqministry7719",
    readers: &["analyst", "secretary", "manager", "auditor", "audit"],
};
/// The name of somebody at 南京市商务局 who has recorded something: those who work there, and whoever manages people.
const NAME: Secret = Secret {
    word: "Zqname7719",
    readers: &["nanjing", "sector", "security"],
};
/// Login and address of that person: nobody, but the person.
const LOGIN: Secret = Secret {
    word: "zqlogin7719",
    readers: &[],
};
const MAIL: Secret = Secret {
    word: "zqmail7719",
    readers: &[],
};
/// What a unit reports to a survey, figure and remark: the survey's own statisticians.
const ROW: Secret = Secret {
    word: "Zqrow7719",
    readers: &["statistician"],
};
const FIGURE: Secret = Secret {
    word: "7719.9177",
    readers: &["statistician"],
};
/// What the manager's own unit reports: the statisticians, and whoever reports for it.
const OWN_ROW: Secret = Secret {
    word: "Zqown7719",
    readers: &["statistician", "manager"],
};
/// What a unit is called in the survey.
const UNIT: Secret = Secret {
    word: "Zqunit7719",
    readers: &["statistician"],
};
const SECRETS: [&Secret; 16] = [
    &ROW,
    &FIGURE,
    &OWN_ROW,
    &UNIT,
    &TEXT,
    &DRAFT,
    &DESK,
    &NOTE,
    &SHARED,
    &BLOCK,
    &FILE,
    &MINISTRY_DESK,
    &MINISTRY_SHARED,
    &NAME,
    &LOGIN,
    &MAIL,
];

/// Readers to whom 南京's inner facts must make no difference at all.
const OUTSIDERS: [&str; 3] = [NOBODY, "chengdu", "manager"];

fn evidence(word: &str, audience: Audience) -> Command {
    let evidence = Evidence {
        kind: EvidenceKind::Standard,
        title: Bilingual::zh(&format!("{word}隐匿稿")),
        designation: None,
        published: None,
        reported: None,
        source: Source {
            citation: format!("{word}来文"),
            link: None,
            line: Some(format!("{word}原文")),
        },
        files: Vec::new(),
        audience,
    };
    Command::RecordEvidence { evidence }
}

/// 南京 enters facts for its desk and among participants; gives the address of a file among participants.
async fn enter_secrets(walk: &Walk) -> String {
    let context = walk.world.context("nanjing", "secret-file").await;
    let content = format!("内部 {}", FILE.word);
    let pieces = [Ok::<_, std::convert::Infallible>(bytes::Bytes::from(content))];
    let name = format!("{}.txt", FILE.word);
    let stream = futures_util::stream::iter(pieces);
    let file = take(&walk.world.platform, &context, None, &name, stream).await.unwrap();
    let mut shared = evidence(SHARED.word, Audience::Participants);
    if let Command::RecordEvidence { evidence } = &mut shared {
        evidence.files.push(Attachment::of_digest(&file.sha256));
    }
    let mut address = String::new();
    let block = Command::Block {
        kind: BlockKind::Means,
        text: format!("{}隐匿", BLOCK.word),
        waits_for: Some(format!("{}某局", BLOCK.word)),
        audience: Audience::Participants,
        since: Since::default(),
    };
    let commands = [
        evidence(DESK.word, Audience::Desk),
        shared,
        Command::Note {
            text: format!("{}隐匿", NOTE.word),
            audience: Audience::Desk,
        },
        block,
    ];
    for (number, command) in commands.iter().enumerate() {
        let context = walk.world.context("nanjing", &format!("secret-{number}")).await;
        let done = command::run(&walk.world.platform, &context, OBLIGATION, None, command)
            .await
            .unwrap();
        if number == 1 {
            address = format!("/events/{}/files/{}", done.last, file.sha256);
        }
    }
    put_text(&walk.world, TEXT.word).await;
    enter_secret_row(walk).await;
    address
}

/// A unit is entered under a name, and reports. That it is there changes no table that was published.
async fn enter_secret_row(walk: &Walk) {
    let keeper = walk.world.context("statistician", "secret-unit").await;
    let unit = NewUnit {
        name: format!("{}隐匿厂", UNIT.word),
        organization: "chengdu-commerce".to_owned(),
        classes: [("branch".to_owned(), "零售".to_owned())].into(),
    };
    survey::enter_unit(&walk.world.platform, &keeper, &walk.survey, &unit)
        .await
        .unwrap();
    let row = returned(FIGURE.word, &format!("{}隐匿备注", ROW.word));
    let context = reporter(&walk.world, "chengdu-commerce");
    reporting::report(&walk.world.platform, &context, &walk.survey, &row)
        .await
        .unwrap();
}

/// The unit for which the manager of the cast reports says something, too.
async fn enter_own_row(walk: &Walk) {
    let context = walk.world.context("manager", "own-row").await;
    let row = returned("41", &format!("{}隐匿备注", OWN_ROW.word));
    reporting::report(&walk.world.platform, &context, &walk.survey, &row)
        .await
        .unwrap();
}

/// The ministry that keeps the list enters facts for its desk and among participants.
async fn enter_secrets_of_ministry(walk: &Walk) -> String {
    let obligation = obligation_of_ministry(walk).await;
    let note = Command::Note {
        text: format!("{}隐匿", MINISTRY_DESK.word),
        audience: Audience::Desk,
    };
    let commands = [note, evidence(MINISTRY_SHARED.word, Audience::Participants)];
    for (number, command) in commands.iter().enumerate() {
        let context = walk.world.context("analyst", &format!("ministry-{number}")).await;
        command::run(&walk.world.platform, &context, &obligation, None, command)
            .await
            .unwrap();
    }
    obligation
}

async fn obligation_of_ministry(walk: &Walk) -> String {
    let reader = Reader::public(walk.world.platform.today());
    let filter = obligation::Filter {
        organization: Some("mofcom".to_owned()),
        subject_kind: Some(obligation::SubjectKind::Any),
        ..obligation::Filter::default()
    };
    let page = obligation::obligations(&walk.world.platform, &reader, &filter, &Window::of(1))
        .await
        .unwrap();
    page.items[0].id.clone()
}

/// Somebody whose name stands nowhere else records something that everybody may see.
async fn enter_named_person(walk: &Walk) -> PersonId {
    let membership = Membership {
        organization: "nanjing-commerce".to_owned(),
        desk: None,
        role: Role::CommerceOfficer,
        places: vec!["320100".to_owned()],
        from: walk.world.platform.today(),
        until: None,
    };
    let mail = format!("{}@example.org", MAIL.word);
    let new = NewPerson {
        profile: Profile::read(NAME.word, LOGIN.word, Some(&mail)).unwrap(),
        memberships: vec![membership],
    };
    let context = walk.world.context("security", "named").await;
    let invited = people::command::invite(&walk.world.platform, &context, &new)
        .await
        .unwrap();
    let person = PersonId(invited.done.id);
    let mut context = walk.world.context("nanjing", "named-note").await;
    if let Some(actor) = &mut context.actor {
        actor.person = person.clone();
    }
    let note = Command::Note {
        text: "公开的进展".to_owned(),
        audience: Audience::Public,
    };
    command::run(&walk.world.platform, &context, OBLIGATION, None, &note)
        .await
        .unwrap();
    person
}

/// Everybody follows everything, with letters: whatever may reach anybody's letter box does.
async fn follow_everything(walk: &Walk) {
    for cast in CAST {
        let context = walk.world.context(cast.login, &format!("follow-{}", cast.login)).await;
        let profile = Profile::read(cast.login, cast.login, Some(&format!("{}@example.org", cast.login))).unwrap();
        let person = walk.world.person(cast.login).await;
        people::command::change_profile(&walk.world.platform, &context, &person, &profile)
            .await
            .unwrap();
        let mut context = context.clone();
        context.request = format!("follows-{}", cast.login);
        let place = Target {
            place: Some("320100".to_owned()),
            ..Target::default()
        };
        follow::begin(&walk.world.platform, &context, &place, Strength::All)
            .await
            .unwrap();
    }
}

/// What the server writes to its log.
#[derive(Clone, Default)]
struct Heard(Arc<Mutex<String>>);

impl Visit for Heard {
    fn record_debug(&mut self, field: &Field, value: &dyn std::fmt::Debug) {
        write!(self.0.lock().unwrap(), "{field}={value:?} ").unwrap();
    }
}

impl Subscriber for Heard {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }
    fn new_span(&self, attributes: &span::Attributes<'_>) -> span::Id {
        attributes.record(&mut self.clone());
        span::Id::from_u64(1)
    }
    fn record(&self, _: &span::Id, values: &span::Record<'_>) {
        values.record(&mut self.clone());
    }
    fn record_follows_from(&self, _: &span::Id, _: &span::Id) {}
    fn event(&self, event: &Event<'_>) {
        event.record(&mut self.clone());
    }
    fn enter(&self, _: &span::Id) {}
    fn exit(&self, _: &span::Id) {}
}

/// What the platform's own questions give a reader of everything recorded after a position: pages are made from these.
async fn known(walk: &Walk, login: &str, since: Position) -> String {
    let platform = &walk.world.platform;
    let today = platform.today();
    let actor = if login == NOBODY {
        None
    } else {
        walk.world.context(login, "known").await.actor
    };
    let reader = Reader {
        actor,
        as_of: AsOf::day(today),
        today,
    };
    let filter = history::Filter {
        since: Some(since),
        ..history::Filter::default()
    };
    let entries = history::entries(platform, &reader, &filter, &Window::of(200))
        .await
        .unwrap();
    assert!(entries.next.is_none(), "a page holds all");
    let mut text = format!(
        "{entries:?}{:?}",
        history::feed(platform, &filter, &Window::of(200)).await.unwrap()
    );
    for event in platform.ledger().events(since, 200).await.unwrap() {
        let entry = history::entry(platform, &reader, event.position).await;
        let there = entries.items.iter().any(|e| e.position == event.position);
        assert_eq!(entry.is_ok(), there, "{login} and entry {}", event.position);
        write!(text, "{entry:?}").unwrap();
    }
    for id in [OBLIGATION.to_owned(), obligation_of_ministry(walk).await] {
        let evidence = obligation::evidence(platform, &reader, &id).await.unwrap();
        let standing = obligation::obligation(platform, &reader, &id).await.unwrap();
        write!(text, "{evidence:?}{standing:?}").unwrap();
    }
    text
}

#[tokio::test]
async fn a_word_that_is_not_for_everybody_is_met_by_its_readers_alone() {
    let heard = Heard::default();
    // Of a single listener, other threads decide whether anything is said at all; of two, the listeners do.
    let _second = tracing::Dispatch::new(Heard::default());
    let _listening = tracing::subscriber::set_default(heard.clone());
    // Letters wait only where a server could take them.
    let world = World::with_list_and(Settings {
        light_passwords: true,
        mail: Some(MailSettings {
            server: "smtp.biaochi.test".to_owned(),
            port: 587,
            protection: Protection::StartTls,
            credentials: None,
            from: "biaochi@biaochi.test".to_owned(),
        }),
        ..Settings::default()
    })
    .await;
    let walk = Walk::of(
        world,
        &format!("{}隐匿理由", DRAFT.word),
        &format!("{}隐匿规范", DRAFT.word),
    )
    .await;
    let since = walk.before_proposal;
    follow_everything(&walk).await;
    let file = enter_secrets(&walk).await;
    let of_ministry = enter_secrets_of_ministry(&walk).await;
    let named = enter_named_person(&walk).await;
    enter_own_row(&walk).await;
    let more = [
        format!("/obligations/{of_ministry}"),
        format!("/history/obligation/{of_ministry}"),
        format!("/api/v1/obligations/{of_ministry}"),
        format!("/api/v1/obligations/{of_ministry}/history"),
        format!("/admin/people/{}", named.0),
        "/notices".to_owned(),
        format!("/texts/{OBLIGATION}.2"),
        format!("/texts/{OBLIGATION}.1/diff/{OBLIGATION}.2"),
        format!("/texts/{OBLIGATION}.2/download/docx"),
        format!("/history/text/{OBLIGATION}"),
        format!(
            "/surveys/{}/publish?definition=1&period=2025&measure=revenue&rows=branch",
            walk.survey
        ),
        format!("/history/survey/{}", walk.survey),
        format!("/history/return/{}", walk.survey),
        format!("/api/v1/texts/{OBLIGATION}.2"),
        format!("/api/v1/obligations/{OBLIGATION}/texts"),
        language::Lang::En.path(&file),
        file,
    ];
    // What is entered for everybody afterwards is shown with what it changed.
    let open = Command::Note {
        text: "进展顺利".to_owned(),
        audience: Audience::Public,
    };
    command::run(
        &walk.world.platform,
        &walk.world.context("nanjing", "open").await,
        OBLIGATION,
        None,
        &open,
    )
    .await
    .unwrap();
    let mut leaks = Vec::new();
    let mut met: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    let mut seek = |login: &'static str, place: &str, text: &str| {
        for secret in SECRETS {
            if text.contains(secret.word) {
                met.entry(secret.word).or_default().insert(login);
                if !secret.readers.contains(&login) {
                    leaks.push(format!("{login} reads {} in {place}", secret.word));
                }
            }
        }
    };
    let (plain, asked) = (walk.reads(), walk.asked());
    for (login, token) in walk.readers().await {
        seek(login, "the platform's questions", &known(&walk, login, since).await);
        let curious = [NOBODY, "nanjing", "chengdu", "manager"].contains(&login);
        for address in plain.iter().chain(&more).chain(asked.iter().filter(|_| curious)) {
            let answer = walk.read(token.as_deref(), address).await;
            assert!(answer.status < 500, "{address} by {login}: {}", answer.text);
            seek(login, address, &text_of(&answer));
        }
    }
    // What is refused, and what is answered to nonsense, says no more. Who may read the draft could publish it, too.
    let strangers = CAST
        .iter()
        .map(|c| c.login)
        .filter(|login| !DRAFT.readers.contains(login));
    for login in [NOBODY].into_iter().chain(strangers) {
        for row in web::routes::matrix().iter().filter(|row| row.verb != Verb::Get) {
            let answer = walk.write(login, row).await;
            assert!(answer.status < 500, "{} by {login}: {}", row.path, answer.text);
            seek(login, &format!("{} {}", row.verb.method(), row.path), &text_of(&answer));
        }
    }
    assert!(leaks.is_empty(), "{}", leaks.join("\n"));
    for secret in SECRETS {
        let readers = met.remove(secret.word).unwrap_or_default();
        let missing: Vec<_> = secret.readers.iter().filter(|r| !readers.contains(*r)).collect();
        assert!(
            missing.is_empty(),
            "{} is nowhere shown to {missing:?}, who may know it",
            secret.word
        );
    }

    let log = heard.0.lock().unwrap().clone();
    assert!(log.contains("message=answered"), "the server's log was not heard");
    assert!(
        digest::post_due(&walk.world.platform).await.unwrap() > 0,
        "no letter was posted"
    );
    let ledger = walk.world.platform.ledger();
    let mut outbox = String::new();
    for state in [
        MessageState::Pending,
        MessageState::Leased,
        MessageState::Handed,
        MessageState::Sent,
        MessageState::Uncertain,
        MessageState::Failed,
    ] {
        let messages = ledger.messages(state, 10_000).await.unwrap();
        outbox.push_str(&format!("{messages:?}"));
        for message in &messages {
            // What is sent: the words of the letter, and how much it leaves out.
            let Outgoing::Digest(digest) = serde_json::from_str(&message.body).unwrap() else {
                continue;
            };
            outbox.push_str(&digest.letter(walk.world.platform.settings(), "stop").text);
            let mut outsider = false;
            for login in [
                "chengdu",
                "manager",
                "citizen",
                "expert",
                "member",
                "system",
                "evaluator",
            ] {
                outsider |= walk.world.person(login).await.0 == message.recipient;
            }
            assert!(
                !outsider || digest.restricted == 0,
                "an outsider's letter counts what is not for them"
            );
        }
    }
    for secret in SECRETS {
        assert!(!log.contains(secret.word), "{} is in the server's log", secret.word);
        assert!(!outbox.contains(secret.word), "{} is in the outbox", secret.word);
    }
}

/// Nothing that outsiders read tells them that something is there which they may not know: no count, date or order.
#[tokio::test]
async fn inner_facts_make_no_difference_to_outsiders() {
    let walk = Walk::new("改一改", "餐饮业油烟污染物排放规范").await;
    let addresses: Vec<String> = walk.reads().into_iter().chain(walk.asked()).collect();
    let mut before = BTreeMap::new();
    let readers: Vec<_> = walk
        .readers()
        .await
        .into_iter()
        .filter(|(login, _)| OUTSIDERS.contains(login))
        .collect();
    assert_eq!(readers.len(), OUTSIDERS.len());
    for (login, token) in &readers {
        for address in &addresses {
            before.insert((*login, address), lasting(&walk.read(token.as_deref(), address).await));
        }
    }
    enter_secrets(&walk).await;
    let mut told = Vec::new();
    for (login, token) in &readers {
        for address in &addresses {
            let after = lasting(&walk.read(token.as_deref(), address).await);
            let was = &before[&(*login, address)];
            if *was != after {
                told.push(format!(
                    "{address} differs for {login}: {}",
                    first_difference(was, &after)
                ));
            }
        }
    }
    assert!(told.is_empty(), "{}", told.join("\n"));
}

/// Where two texts part, with what follows in each.
fn first_difference(was: &str, is: &str) -> String {
    let at = was
        .chars()
        .zip(is.chars())
        .take_while(|(a, b)| a == b)
        .count()
        .saturating_sub(40);
    let piece = |text: &str| text.chars().skip(at).take(120).collect::<String>();
    format!("{:?} became {:?}", piece(was), piece(is))
}

/// Of a draft, everybody learns that it is there and no more: counts of everything else stay.
#[tokio::test]
async fn a_draft_changes_no_count_but_that_of_proposals() {
    let walk = Walk::new("改一改", "餐饮业油烟污染物排放规范").await;
    let calls: Vec<String> = web::routes::matrix()
        .iter()
        .filter(|r| r.kind == Kind::Api && r.paged && !r.path.contains("proposals"))
        .map(|r| walk.address(r))
        .collect();
    assert!(calls.len() > 3);
    let totals = async || {
        let mut totals = BTreeMap::new();
        for call in &calls {
            totals.insert(call.clone(), walk.world.get(call).await.json()["total"].clone());
        }
        totals
    };
    let before = totals().await;
    crate::walk::propose(&walk.world, "再改一改", "另一个名称").await;
    assert_eq!(totals().await, before);
}
