//! What should not come in: names without end, formulas, bodies without end, days that are none, a clock that goes back.
//! Each gets a clear answer, and nothing is recorded.

use crate::walk::{OBLIGATION, Walk, text_of};
use axum::http::Method;
use platform::{
    bilingual::Bilingual,
    obligation::{
        command::{self, Command},
        event::{Audience, Evidence, EvidenceKind, Source},
    },
    people::{event::Body, organization},
};
use testkit::{CAST, World};
use web::route::{Kind, Verb};

/// What a spreadsheet would run.
const FORMULA: &str = "=cmd|' /C calc'!A0";

async fn head(world: &World) -> i64 {
    world.platform.ledger().head().await.unwrap().0.0
}

/// Names under which forms and calls take text.
const FIELDS: [&str; 16] = [
    "name",
    "title",
    "title_zh",
    "name_zh",
    "reason",
    "text",
    "note",
    "number",
    "login",
    "line",
    "q",
    "short",
    "designation",
    "set_by",
    "citation",
    "password",
];

#[tokio::test]
async fn a_name_of_ten_thousand_characters_is_refused_everywhere() {
    let walk = Walk::new("改一改", "餐饮业油烟污染物排放规范").await;
    let long = "长".repeat(10_000);
    let before = head(&walk.world).await;
    for row in web::routes::matrix().into_iter().filter(|row| row.verb != Verb::Get) {
        // Whoever may do most with it; nobody for what anybody may send.
        let allowed = CAST.iter().find(|c| match row.access {
            web::route::Access::Right(action) => !walk.world.platform.rights().scopes(action, c.role).is_empty(),
            _ => true,
        });
        let asker = walk
            .world
            .ask(row.verb.method(), &walk.address(&row))
            .header("sec-fetch-site", "same-origin")
            .by(allowed.unwrap().login)
            .await;
        let answer = if row.kind == Kind::Api {
            let fields: serde_json::Map<String, serde_json::Value> =
                FIELDS.iter().map(|f| ((*f).to_owned(), long.as_str().into())).collect();
            asker.json(&fields.into()).send().await
        } else {
            asker.form(&FIELDS.map(|f| (f, long.as_str()))).send().await
        };
        assert!(
            answer.status < 500,
            "{} {}: {}",
            row.verb.method(),
            row.path,
            answer.status
        );
        assert_eq!(
            head(&walk.world).await,
            before,
            "{} {} recorded something",
            row.verb.method(),
            row.path
        );
    }
    // The place where one would try it.
    let token = walk.world.session("nanjing").await;
    let named = [
        ("name", long.as_str()),
        ("scope.obligation.report", "1"),
        ("expires", ""),
    ];
    let key = walk
        .world
        .ask(Method::POST, "/account/keys/new")
        .header("sec-fetch-site", "same-origin");
    key.header("cookie", &format!("bc_session={token}"))
        .form(&named)
        .send()
        .await
        .is(422)
        .says("error-summary");
    let body = Body {
        name: Bilingual::zh(&long),
        short: "短".to_owned(),
        kind: "enterprise".to_owned(),
        place: None,
        parent: None,
        ownership: None,
        codes: Vec::new(),
        addressed: false,
        demo: false,
    };
    let system = walk.world.context("system", "long").await;
    let refused = organization::manage(
        &walk.world.platform,
        &system,
        "long-name",
        organization::Command::Enter(body),
        None,
        None,
    )
    .await;
    assert!(matches!(refused, Err(platform::refusal::Error::Refused(_))));
    let note = Command::Note {
        text: long.clone(),
        audience: Audience::Public,
    };
    let refused = command::run(
        &walk.world.platform,
        &walk.world.context("nanjing", "long").await,
        OBLIGATION,
        None,
        &note,
    )
    .await;
    assert!(
        matches!(refused, Err(platform::refusal::Error::Refused(r)) if r.faults.iter().any(|f| f.fault == "fault-text-too-long"))
    );
    assert_eq!(head(&walk.world).await, before);
    // In a question it is a word that is nowhere found, or told to be too long.
    let asked = walk.world.get(&format!("/search?q={}", "a".repeat(10_000))).await;
    assert!(matches!(asked.status, 200 | 400..=499), "{}", asked.status);
}

#[tokio::test]
async fn a_formula_is_text_on_pages_and_in_workbooks() {
    let walk = Walk::new("改一改", "餐饮业油烟污染物排放规范").await;
    let evidence = Evidence {
        kind: EvidenceKind::Standard,
        title: Bilingual::zh(FORMULA),
        designation: None,
        published: None,
        reported: None,
        source: Source {
            citation: FORMULA.to_owned(),
            link: None,
            line: None,
        },
        files: Vec::new(),
        audience: Audience::Public,
    };
    let context = walk.world.context("nanjing", "formula").await;
    let command = Command::RecordEvidence { evidence };
    command::run(&walk.world.platform, &context, OBLIGATION, None, &command)
        .await
        .unwrap();
    let token = walk.world.session("nanjing").await;
    let mut shown = 0;
    for address in walk.reads() {
        let answer = walk.read(Some(&token), &address).await;
        let text = text_of(&answer);
        if !(text.contains("=cmd|") && answer.status == 200) {
            continue;
        }
        shown += 1;
        let kind = answer.header("content-type");
        if kind.starts_with("text/csv") {
            assert!(
                !text
                    .lines()
                    .any(|l| l.split(',').any(|c| c.trim_start_matches('"').starts_with('='))),
                "{address}: {text}"
            );
        }
        for formula in text.split("<f>").skip(1) {
            assert!(
                !formula.split("</f>").next().unwrap().contains("cmd"),
                "{address} holds it as a formula"
            );
        }
        assert!(
            !text.contains("' /C calc'!A0\">=") || !kind.contains("html"),
            "{address}"
        );
    }
    assert!(shown > 0, "no page shows the evidence: nothing was tried");
}

#[tokio::test]
async fn a_body_without_end_is_refused_with_the_limit_told() {
    let walk = Walk::new("改一改", "餐饮业油烟污染物排放规范").await;
    let before = head(&walk.world).await;
    let endless = vec![b'a'; 1024 * 1024 + 1];
    let signing_in = walk
        .world
        .ask(Method::POST, "/sign-in")
        .body("application/x-www-form-urlencoded", endless.clone())
        .send()
        .await;
    signing_in.is(413);
    for row in web::routes::matrix()
        .into_iter()
        .filter(|r| r.verb != Verb::Get && r.kind == Kind::Api && !r.upload)
    {
        let login = CAST.iter().find(|c| match row.access {
            web::route::Access::Right(action) => !walk.world.platform.rights().scopes(action, c.role).is_empty(),
            _ => true,
        });
        let asker = walk
            .world
            .ask(row.verb.method(), &walk.address(&row))
            .header("sec-fetch-site", "same-origin")
            .by(login.unwrap().login)
            .await;
        let answer = asker.body("application/json", endless.clone()).send().await;
        assert!((400..500).contains(&answer.status), "{}: {}", row.path, answer.status);
    }
    assert_eq!(head(&walk.world).await, before);
}

#[tokio::test]
async fn a_day_that_is_none_is_told_on_every_page() {
    let walk = Walk::new("改一改", "餐饮业油烟污染物排放规范").await;
    let before = head(&walk.world).await;
    for row in web::routes::matrix()
        .iter()
        .filter(|r| r.verb == Verb::Get && r.kind != Kind::Asset)
    {
        let address = walk.address(row);
        for day in ["2026-13-45", "yesterday", "9999999-01-01", "2026-11-23%27%20OR%201%3D1"] {
            let answer = walk.world.get(&format!("{address}?as_of={day}")).await;
            answer.is(422).says("as_of").keeps_quiet_about("SELECT");
        }
    }
    for far in ["0001-01-01", "9999-12-31"] {
        let answer = walk.world.get(&format!("/list?as_of={far}")).await;
        assert!(answer.status < 500, "{far}: {}", answer.text);
    }
    assert_eq!(head(&walk.world).await, before);
}

#[tokio::test]
async fn a_clock_that_goes_back_takes_no_event_back() {
    let walk = Walk::new("改一改", "餐饮业油烟污染物排放规范").await;
    let platform = &walk.world.platform;
    let note = |text: &str| Command::Note {
        text: text.to_owned(),
        audience: Audience::Public,
    };
    let context = walk.world.context("nanjing", "before").await;
    let first = command::run(platform, &context, OBLIGATION, None, &note("一"))
        .await
        .unwrap();
    walk.world.pass(-24 * 30);
    let mut early = context.clone();
    (early.now, early.today, early.request) = (walk.world.now(), platform.today(), "after".to_owned());
    match command::run(platform, &early, OBLIGATION, None, &note("二")).await {
        Ok(second) => assert!(
            second.at >= first.at && second.first > first.last,
            "{second:?} after {first:?}"
        ),
        Err(platform::refusal::Error::Refused(_)) => assert_eq!(head(&walk.world).await, first.last.0),
        Err(other) => panic!("{other}"),
    }
    let verification = platform.ledger().verify().await.unwrap();
    assert!(verification.ok, "{:?}", verification.problems);
    for address in ["/", "/list", "/obligations"] {
        walk.world.get(address).await.is(200);
    }
}
