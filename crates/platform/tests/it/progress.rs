//! What is done with obligations: given events, when a command, then events or the rule that refuses.

use crate::opened::{self, Opened, nanjing};
use jiff::civil::date;
use ledger::{AsOf, Position, Version};
use platform::{
    bilingual::Bilingual,
    context::Context,
    event::record,
    obligation::{
        command::{Command, Hands, Since, run, stream},
        event::{Audience, BlockKind, Evidence, EvidenceKind, Part, Source},
        state::{Obligation, Standing},
    },
    people::event::OrganizationEvent,
    refusal::{Error, Refusal},
    rights::Role,
};

/// 南京's share of task 9, for which all pilots are asked.
const NINE: &str = "first-26-320100";
const DESK: &str = "nanjing-desk";

fn source(citation: &str) -> Source {
    Source {
        citation: citation.to_owned(),
        link: None,
        line: None,
    }
}

fn evidence(kind: EvidenceKind, title: &str) -> Evidence {
    Evidence {
        kind,
        title: Bilingual::zh(title),
        designation: None,
        published: None,
        reported: None,
        source: source("南京市商务局通报"),
        files: Vec::new(),
        audience: Audience::Public,
    }
}

fn hands(desk: &str) -> Hands {
    Hands {
        organization: "nanjing-commerce".to_owned(),
        desk: desk.to_owned(),
        person: None,
    }
}

fn milestone(name: &str) -> Command {
    Command::SetMilestone {
        milestone: None,
        name: Bilingual::zh(name),
        due: date(2026, 12, 31),
        set_by: "南京市商务局".to_owned(),
    }
}

fn evidence_of(evidence: Evidence) -> Command {
    Command::RecordEvidence { evidence }
}

fn note(text: &str) -> Command {
    Command::Note {
        text: text.to_owned(),
        audience: Audience::Participants,
    }
}

fn close() -> Command {
    Command::Close {
        text: "已完成".to_owned(),
    }
}

/// A platform with the list, and one desk in 南京市商务局.
async fn opened() -> Opened {
    let opened = opened::with_list().await;
    let name = ledger::StreamName::parse("organization/nanjing-commerce").unwrap();
    let ledger = opened.platform.ledger();
    let version = ledger.version(&name).await.unwrap();
    let event = record(&OrganizationEvent::DeskOpened {
        desk: DESK.to_owned(),
        name: Bilingual::zh("服务业开放处"),
        contact: None,
    })
    .unwrap();
    let commit = ledger::Commit::new(ledger::ActorId::system(), ledger::Cause::Request("desk".to_owned())).write(
        name,
        version,
        vec![event.effective(date(2025, 1, 1))],
    );
    ledger.commit(commit).await.unwrap();
    opened
}

impl Opened {
    async fn does(&self, id: &str, command: Command) -> Position {
        run(&self.platform, &nanjing(), id, None, &command).await.unwrap().last
    }

    async fn refused(&self, id: &str, command: Command) -> Refusal {
        refusal(run(&self.platform, &nanjing(), id, None, &command).await)
    }

    async fn rule(&self, id: &str, command: Command) -> &'static str {
        self.refused(id, command).await.rule
    }

    async fn state(&self, id: &str) -> Obligation {
        Obligation::fold(&self.platform.ledger().stream(&stream(id).unwrap()).await.unwrap())
    }

    async fn standing(&self, id: &str, as_of: AsOf) -> String {
        let (condition, values) = as_of.condition("o", 2);
        let sql = format!("SELECT o.state AS state FROM obligation o WHERE o.id = $1 AND {condition}");
        let mut bound: Vec<ledger::Value> = vec![id.into()];
        bound.extend(values);
        let row = self.platform.ledger().fetch_one(sql, bound).await.unwrap().unwrap();
        row.text("state").unwrap()
    }
}

fn refusal<T: std::fmt::Debug>(result: Result<T, Error>) -> Refusal {
    match result {
        Err(Error::Refused(refusal)) => *refusal,
        other => panic!("expected a refusal, found {other:?}"),
    }
}

#[tokio::test]
async fn an_officer_reports_for_the_own_place_alone() {
    let opened = opened().await;
    opened.does(NINE, note("已启动")).await;
    let elsewhere = opened.refused("first-28-500000", note("已启动")).await;
    assert_eq!(elsewhere.rule, "rights/missing");
    let nobody = refusal(
        run(
            &opened.platform,
            &Context::system(opened::now(), "x"),
            NINE,
            None,
            &note("x"),
        )
        .await,
    );
    assert_eq!(nobody.rule, "rights/sign_in");
    let unseen = opened.rule("no-such-thing", note("x")).await;
    assert_eq!(unseen, "any/unseen");
}

#[tokio::test]
async fn undertaking_closes_on_the_standard_and_on_nothing_else() {
    let opened = opened().await;
    let empty = opened.refused(NINE, close()).await;
    assert_eq!(empty.rule, "obligation/closes_on_evidence");
    assert!(
        empty.with.contains(&("would", "standard".to_owned())),
        "the refusal names which kind would do: {:?}",
        empty.with
    );
    opened
        .does(NINE, evidence_of(evidence(EvidenceKind::Draft, "标准草案")))
        .await;
    let draft = opened.refused(NINE, close()).await;
    assert!(
        draft.with.contains(&("there", "draft".to_owned())),
        "and which is there: {:?}",
        draft.with
    );
    opened
        .does(NINE, evidence_of(evidence(EvidenceKind::Standard, "某某规范")))
        .await;
    assert_eq!(opened.state(NINE).await.standing(), Standing::Delivered);
    opened.does(NINE, close()).await;
    assert_eq!(opened.state(NINE).await.standing(), Standing::Closed);
    assert_eq!(opened.rule(NINE, close()).await, "obligation/closed");
    assert_eq!(opened.rule(NINE, milestone("再来一次")).await, "obligation/closed");
    opened
        .does(
            NINE,
            Command::Reopen {
                reason: "标准未备案".to_owned(),
            },
        )
        .await;
    assert_eq!(opened.state(NINE).await.standing(), Standing::Delivered);
    assert_eq!(
        opened
            .rule(
                NINE,
                Command::Reopen {
                    reason: "再次".to_owned()
                }
            )
            .await,
        "obligation/not_closed"
    );
}

#[tokio::test]
async fn taking_part_closes_on_a_seat() {
    let opened = opened().await;
    let id = "first-3-320100";
    assert_eq!(opened.state(id).await.part, Some(Part::TakePartOrUndertake));
    assert_eq!(
        opened.rule(id, Command::ChoosePart { part: Part::Support }).await,
        "obligation/part_not_offered"
    );
    opened.does(id, Command::ChoosePart { part: Part::TakePart }).await;
    opened
        .does(id, evidence_of(evidence(EvidenceKind::Seat, "起草组席位")))
        .await;
    opened.does(id, close()).await;
    assert_eq!(opened.state(id).await.standing(), Standing::Closed);
    assert_eq!(
        opened.rule(NINE, Command::ChoosePart { part: Part::TakePart }).await,
        "obligation/part_given"
    );
}

#[tokio::test]
async fn evidence_at_the_desk_alone_closes_nothing() {
    let opened = opened().await;
    let internal = Evidence {
        audience: Audience::Desk,
        ..evidence(EvidenceKind::Standard, "内部稿")
    };
    opened.does(NINE, evidence_of(internal)).await;
    assert_eq!(opened.rule(NINE, close()).await, "obligation/closes_on_evidence");
    assert_eq!(
        opened.state(NINE).await.public_standing(),
        Standing::Unreported,
        "nor does the public learn of it"
    );
}

#[tokio::test]
async fn work_is_given_to_a_desk_that_is_there() {
    let opened = opened().await;
    let assign = |desk: &str| Command::AssignHolder {
        hands: hands(desk),
        since: Since::default(),
    };
    assert_eq!(opened.rule(NINE, assign("no-such")).await, "obligation/no_such_desk");
    opened.does(NINE, assign(DESK)).await;
    let holder = opened.state(NINE).await.holder.unwrap();
    assert_eq!((holder.desk.as_deref(), holder.since), (Some(DESK), date(2026, 11, 23)));
    assert_eq!(
        opened.rule(NINE, assign(DESK)).await,
        "obligation/already_in_these_hands"
    );
    let person = Hands {
        person: Some("p-nobody".to_owned()),
        ..hands(DESK)
    };
    let over = Command::HandOver {
        hands: person,
        reason: "交办".to_owned(),
        since: Since::default(),
    };
    assert_eq!(opened.rule(NINE, over).await, "obligation/person_not_at_desk");
}

#[tokio::test]
async fn a_milestone_is_set_and_reached_once() {
    let opened = opened().await;
    let early = Command::SetMilestone {
        milestone: None,
        name: Bilingual::zh("稿"),
        due: date(2024, 1, 1),
        set_by: "本局".to_owned(),
    };
    assert_eq!(opened.rule(NINE, early).await, "obligation/due_before_list");
    opened.does(NINE, milestone("征求意见稿")).await;
    let reach = |id: &str| Command::ReachMilestone {
        milestone: id.to_owned(),
        since: Since::default(),
    };
    let unknown = opened.refused(NINE, reach("m7")).await;
    assert_eq!(unknown.rule, "obligation/milestone_unknown");
    assert!(unknown.with.contains(&("known", "m1".to_owned())));
    opened.does(NINE, reach("m1")).await;
    assert_eq!(opened.rule(NINE, reach("m1")).await, "obligation/milestone_reached");
    assert!(opened.state(NINE).await.next().is_none());
}

#[tokio::test]
async fn a_willing_place_takes_up_a_task_and_may_leave_it() {
    let opened = opened().await;
    // Task 103 asks 重庆 and others that are willing; task 28 asks 重庆 alone.
    let id = "first-103-320100";
    opened.does(id, Command::OptIn).await;
    let origin = opened.state(id).await.origin.unwrap();
    assert!(!origin.firm, "what is taken up is not counted among the firm ones");
    assert_eq!(opened.rule(id, Command::OptIn).await, "obligation/already_held");
    opened
        .does(
            id,
            Command::OptOut {
                reason: "力量不足".to_owned(),
            },
        )
        .await;
    assert!(!opened.state(id).await.exists());
    assert_eq!(opened.rule(id, note("x")).await, "obligation/ended");
    opened.does(id, Command::OptIn).await;
    assert!(opened.state(id).await.exists());
    assert_eq!(
        opened.rule("first-28-320100", Command::OptIn).await,
        "obligation/not_willing"
    );
    assert_eq!(
        opened
            .rule(
                NINE,
                Command::OptOut {
                    reason: "不做了".to_owned()
                }
            )
            .await,
        "obligation/firm"
    );
}

#[tokio::test]
async fn topics_are_those_of_the_task() {
    let opened = opened().await;
    let id = "first-5-320100";
    let unknown = opened
        .refused(
            id,
            Command::ChooseTopics {
                topics: vec!["不存在".to_owned()],
            },
        )
        .await;
    assert_eq!(unknown.rule, "obligation/topics_unknown");
    let known: Vec<String> = unknown
        .with
        .iter()
        .find(|(n, _)| *n == "known")
        .unwrap()
        .1
        .split(" · ")
        .map(str::to_owned)
        .collect();
    assert!(known.len() > 1, "task 5 bundles several: {known:?}");
    let reversed: Vec<String> = known.iter().rev().cloned().collect();
    opened.does(id, Command::ChooseTopics { topics: reversed }).await;
    assert_eq!(opened.state(id).await.topics, known, "in the order of the list");
}

#[tokio::test]
async fn days_are_neither_in_the_future_nor_before_the_list_nor_without_source() {
    let opened = opened().await;
    let stage = |on, citation: &str| Command::RecordStage {
        stage: "30.20".to_owned(),
        designation: None,
        source: source(citation),
        audience: Audience::Public,
        on: Some(on),
    };
    assert_eq!(
        opened.rule(NINE, stage(date(2026, 11, 24), "公告")).await,
        "obligation/date_in_future"
    );
    assert_eq!(
        opened.rule(NINE, stage(date(2024, 12, 30), "公告")).await,
        "obligation/before_list"
    );
    assert_eq!(
        opened.rule(NINE, stage(date(2026, 3, 1), " ")).await,
        "obligation/source_missing"
    );
    opened.does(NINE, stage(date(2026, 3, 1), "市市场监管局公告")).await;
    let block = |source| Command::Block {
        kind: BlockKind::Means,
        text: "经费未落实".to_owned(),
        waits_for: None,
        audience: Audience::Participants,
        since: Since {
            on: Some(date(2026, 5, 1)),
            source,
        },
    };
    assert_eq!(opened.rule(NINE, block(None)).await, "obligation/entered_afterwards");
    opened.does(NINE, block(Some(source("会议纪要")))).await;
    assert_eq!(opened.standing(NINE, AsOf::day(date(2026, 4, 30))).await, "in_progress");
    assert_eq!(opened.standing(NINE, AsOf::day(date(2026, 5, 1))).await, "blocked");
    assert_eq!(
        opened
            .rule(
                NINE,
                Command::RecordStage {
                    stage: "35.20".to_owned(),
                    designation: None,
                    source: source("公告"),
                    audience: Audience::Public,
                    on: None
                }
            )
            .await,
        "obligation/stage_unknown"
    );
}

#[tokio::test]
async fn evidence_entered_afterwards_changes_the_past_but_not_what_was_known() {
    let opened = opened().await;
    let before = opened.platform.ledger().head().await.unwrap().0;
    let published = Evidence {
        published: Some(date(2026, 3, 1)),
        designation: Some("DB3201/T1234-2026".to_owned()),
        ..evidence(EvidenceKind::Standard, "规范")
    };
    opened.does(NINE, evidence_of(published)).await;
    for (as_of, state) in [
        (AsOf::day(date(2026, 2, 28)), "unreported"),
        (AsOf::day(date(2026, 3, 1)), "delivered"),
        (
            AsOf {
                date: date(2026, 3, 1),
                known: before,
            },
            "unreported",
        ),
        (
            AsOf {
                date: date(2026, 11, 23),
                known: before,
            },
            "unreported",
        ),
    ] {
        assert_eq!(opened.standing(NINE, as_of).await, state, "{as_of:?}");
    }
    let state = opened.state(NINE).await;
    assert_eq!(
        state.evidence[0].1.designation.as_deref(),
        Some("DB3201/T 1234—2026"),
        "the number is normalised"
    );
}

#[tokio::test]
async fn a_correction_takes_an_entry_out_of_the_count_and_leaves_it_in_the_log() {
    let opened = opened().await;
    let wrong = opened
        .does(
            NINE,
            evidence_of(Evidence {
                published: Some(date(2026, 3, 1)),
                ..evidence(EvidenceKind::Standard, "错的")
            }),
        )
        .await;
    opened.does(NINE, close()).await;
    let correct = |position, replacement: Option<Command>| Command::Correct {
        position,
        reason: "登记到了错误的任务".to_owned(),
        replacement: replacement.map(Box::new),
    };
    assert_eq!(
        opened.rule(NINE, correct(wrong, None)).await,
        "obligation/closing_rests_on_it"
    );
    opened
        .does(
            NINE,
            Command::Reopen {
                reason: "更正".to_owned(),
            },
        )
        .await;
    opened
        .does(
            NINE,
            correct(wrong, Some(evidence_of(evidence(EvidenceKind::Draft, "对的")))),
        )
        .await;
    let events = opened.platform.ledger().stream(&stream(NINE).unwrap()).await.unwrap();
    let state = Obligation::fold(&events);
    let titles: Vec<&str> = state.evidence.iter().map(|(_, e)| e.title.zh.as_str()).collect();
    assert_eq!(titles, ["对的"]);
    assert!(
        events.iter().any(|e| e.position == wrong),
        "the mistake stays in the log"
    );
    let replaced = events.last().unwrap();
    assert_eq!(
        replaced.effective,
        date(2026, 3, 1),
        "the replacement holds from the day of what it replaces"
    );
    assert_eq!(
        opened.rule(NINE, correct(wrong, None)).await,
        "obligation/already_corrected"
    );
    assert_eq!(
        opened.rule(NINE, correct(Position(1), None)).await,
        "obligation/no_such_entry"
    );
    assert_eq!(
        opened.rule(NINE, correct(events[0].position, None)).await,
        "obligation/entry_of_the_list"
    );
    let correction = events
        .iter()
        .find(|e| e.kind == platform::event::CORRECTION)
        .unwrap()
        .position;
    assert_eq!(
        opened.rule(NINE, correct(correction, None)).await,
        "obligation/correction_of_correction"
    );
    let count = "SELECT count(*) AS n FROM evidence WHERE obligation = $1 AND to_position = $2";
    let n = opened
        .platform
        .ledger()
        .count(count, vec![NINE.into(), i64::MAX.into()])
        .await
        .unwrap();
    assert_eq!(n, 1, "and the rows show what stands");
}

#[tokio::test]
async fn the_later_of_two_editors_is_told_what_changed() {
    let opened = opened().await;
    let seen = opened.state(NINE).await.version;
    let position = opened.does(NINE, note("先来的")).await;
    let late = refusal(run(&opened.platform, &nanjing(), NINE, Some(seen), &note("后到的")).await);
    assert_eq!(late.rule, "any/stale");
    assert!(
        late.with.contains(&("changed", position.to_string())),
        "{:?}",
        late.with
    );
    run(
        &opened.platform,
        &nanjing(),
        NINE,
        Some(Version(seen.0 + 1)),
        &note("看过之后"),
    )
    .await
    .unwrap();
}

#[tokio::test]
async fn a_request_that_comes_twice_is_done_once() {
    let opened = opened().await;
    opened
        .does(NINE, evidence_of(evidence(EvidenceKind::Standard, "规范")))
        .await;
    let context = Context {
        idempotency: Some(("k1".to_owned(), "digest".to_owned())),
        ..nanjing()
    };
    let seen = Some(opened.state(NINE).await.version);
    let first = run(&opened.platform, &context, NINE, seen, &close()).await.unwrap();
    let again = run(&opened.platform, &context, NINE, seen, &close()).await.unwrap();
    assert_eq!((first.last, first.repeated), (again.last, None));
    assert_eq!(
        again.repeated.as_deref(),
        Some(NINE),
        "though closing a closed one is refused, and the version has moved"
    );
    let other = Context {
        idempotency: Some(("k1".to_owned(), "another".to_owned())),
        ..nanjing()
    };
    assert_eq!(
        refusal(run(&opened.platform, &other, NINE, None, &note("x")).await).rule,
        "any/key_reused"
    );
}

#[tokio::test]
async fn what_is_too_long_or_empty_is_refused_with_its_field() {
    let opened = opened().await;
    let long = opened.refused(NINE, milestone(&"名".repeat(10_000))).await;
    assert_eq!(long.rule, "obligation/text");
    assert_eq!(
        (long.faults[0].field, long.faults[0].fault),
        ("name", "fault-text-too-long")
    );
    assert_eq!(
        opened.refused(NINE, note("  ")).await.faults[0].fault,
        "fault-text-empty"
    );
    assert_eq!(
        opened.refused(NINE, note(&"字".repeat(4_001))).await.faults[0].fault,
        "fault-text-too-long"
    );
    opened.does(NINE, note(&"字".repeat(4_000))).await;
    let bad = Evidence {
        designation: Some("不是编号".to_owned()),
        ..evidence(EvidenceKind::Standard, "规范")
    };
    assert_eq!(
        opened.rule(NINE, evidence_of(bad)).await,
        "obligation/designation_unreadable"
    );
    let script = Source {
        link: Some("javascript:alert(1)".to_owned()),
        ..source("公告")
    };
    let bad = Evidence {
        source: script,
        ..evidence(EvidenceKind::Standard, "规范")
    };
    assert_eq!(
        opened.refused(NINE, evidence_of(bad)).await.faults[0].fault,
        "fault-link"
    );
    let bad = Evidence {
        files: vec![platform::upload::Attachment::of_digest("ab".repeat(32))],
        ..evidence(EvidenceKind::Standard, "规范")
    };
    assert_eq!(opened.rule(NINE, evidence_of(bad)).await, "obligation/file_missing");
    let events = opened.platform.ledger().stream(&stream(NINE).unwrap()).await.unwrap();
    assert_eq!(events.len(), 2, "what was refused left no trace");
}

#[tokio::test]
async fn market_regulation_reports_and_does_not_assign() {
    let opened = opened().await;
    let market = opened::somebody(
        "p-market",
        Role::MarketRegulationOfficer,
        "nanjing-market",
        None,
        &["320100"],
    );
    run(&opened.platform, &market, NINE, None, &note("已受理"))
        .await
        .unwrap();
    let assign = Command::AssignHolder {
        hands: hands(DESK),
        since: Since::default(),
    };
    assert_eq!(
        refusal(run(&opened.platform, &market, NINE, None, &assign).await).rule,
        "rights/missing"
    );
    // A correction that brings a replacement needs the right to the replacement too.
    let position = opened.does(NINE, note("错")).await;
    let correct = Command::Correct {
        position,
        reason: "错".to_owned(),
        replacement: Some(Box::new(assign)),
    };
    assert_eq!(
        refusal(run(&opened.platform, &market, NINE, None, &correct).await).rule,
        "rights/missing"
    );
}

#[tokio::test]
async fn every_rule_has_its_message() {
    let sources = [
        include_str!("../../src/obligation/decide.rs"),
        include_str!("../../src/obligation/check.rs"),
        include_str!("../../src/obligation/correct.rs"),
        include_str!("../../src/obligation/command.rs"),
        include_str!("../../src/output/command.rs"),
    ];
    let quoted = regex::Regex::new(r#""((?:obligation|output|any)/[a-z_]+|fault-[a-z-]+)""#).unwrap();
    let mut seen = std::collections::BTreeSet::new();
    for source in sources {
        for found in quoted.captures_iter(source) {
            let id = &found[1];
            let message = if id.starts_with("fault-") {
                id.to_owned()
            } else {
                Refusal::wrong(Box::leak(id.to_owned().into_boxed_str())).message_id()
            };
            if id != "any/unseen" {
                assert!(language::ids().contains(&message), "no message {message}");
                seen.insert(message);
            }
        }
    }
    assert!(seen.len() > 30, "{}", seen.len());
}
