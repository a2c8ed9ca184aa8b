//! Assessments: from the form and from a workbook to one certificate, seen by nobody else, verified, appealed, revoked.

use crate::walk::{FACTORY, SYSTEM, offer_system};
use axum::http::Method;
use serde_json::{Value, json};
use std::io::Write as _;
use testkit::{Answer, SignedStatement, World};

const BOUNDARY: &str = "----biaochi";
const SECRET: &str = "Zqassess5531";
/// The figures of the worked example, as somebody types them.
pub const FIGURES: [(&str, &str); 10] = [
    ("A1.1", "91.20 %"),
    ("A2.1", "混合专网"),
    ("设备数", "640"),
    ("设备数[联网=5G]", "412"),
    ("B1.2", "34 ms"),
    ("B2.1", "4"),
    ("C1.1", "7"),
    ("C2.2", "12.5 %"),
    ("D1.1", "是"),
    ("D1.2", "0 次/a"),
];
const ITEMS: [&str; 10] = [
    "A1.1", "A2.1", "B1.1", "B1.2", "B2.1", "C1.1", "C2.1", "C2.2", "D1.1", "D1.2",
];

async fn offered() -> World {
    let world = World::with_list().await;
    offer_system(&world).await;
    world
}

async fn opened(world: &World, unit: &str) -> String {
    let answer = world
        .post_form_as(
            "manager",
            &format!("/systems/{SYSTEM}/assess"),
            &[("organization", "mofcom"), ("unit", unit), ("period", "2025")],
        )
        .await;
    answer.is(303);
    answer.location().trim_start_matches("/assessments/").to_owned()
}

async fn filled(world: &World, id: &str, figures: &[(&str, &str)]) -> Answer {
    let fields: Vec<(String, &str)> = figures
        .iter()
        .map(|(name, value)| (format!("in.{name}"), *value))
        .collect();
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), *value)).collect();
    world
        .post_form_as("manager", &format!("/assessments/{id}/inputs"), &fields)
        .await
}

async fn step(world: &World, login: &str, id: &str, name: &str, fields: &[(&str, &str)]) -> Answer {
    world
        .post_form_as(login, &format!("/assessments/{id}/actions/{name}"), fields)
        .await
}

/// All items are accepted, but those that are refused.
async fn verified(world: &World, login: &str, id: &str, refused: &[&str]) -> Answer {
    let mut fields: Vec<(String, &str)> = Vec::new();
    for code in ITEMS {
        let accepted = !refused.contains(&code);
        fields.push((format!("item.{code}"), if accepted { "true" } else { "false" }));
        fields.push((format!("reason.{code}"), if accepted { "" } else { "抽样不足" }));
    }
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), *value)).collect();
    world
        .post_form_as(login, &format!("/assessments/{id}/items"), &fields)
        .await
}

async fn with_file(world: &World, login: &str, path: &str, fields: &[(&str, &str)], file: (&str, &[u8])) -> Answer {
    let mut body = Vec::new();
    for (name, value) in fields {
        write!(
            body,
            "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
        )
        .unwrap();
    }
    write!(
        body,
        "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{}\"\r\n\r\n",
        file.0
    )
    .unwrap();
    body.extend(file.1);
    write!(body, "\r\n--{BOUNDARY}--\r\n").unwrap();
    world
        .ask(Method::POST, path)
        .header("sec-fetch-site", "same-origin")
        .by(login)
        .await
        .body(&format!("multipart/form-data; boundary={BOUNDARY}"), body)
        .send()
        .await
}

async fn evidence(world: &World, id: &str, content: &str, until: &str) -> Answer {
    let fields = [
        ("node", "A1.1"),
        ("kind", "路测报告"),
        ("dated", "2026-06-01"),
        ("valid_until", until),
        ("sampling", "全区域"),
    ];
    let path = format!("/assessments/{id}/evidence");
    with_file(world, "manager", &path, &fields, ("drive.txt", content.as_bytes())).await
}

async fn seen(world: &World, login: &str, id: &str) -> Value {
    world
        .get_as(login, &format!("/api/v1/assessments/{id}"))
        .await
        .is(200)
        .json()
}

/// From the figures to the certificate; gives its number.
async fn decided(world: &World, id: &str) -> String {
    step(world, "manager", id, "submit", &[]).await.is(303);
    verified(world, "nanjing", id, &[]).await.is(303);
    step(world, "nanjing", id, "decide", &[]).await.is(303);
    seen(world, "manager", id).await["certificate"]
        .as_str()
        .unwrap()
        .to_owned()
}

/// Hidden fields of a page.
fn hidden(page: &str) -> Vec<(String, String)> {
    page.split("<input type=\"hidden\" name=\"in.")
        .skip(1)
        .map(|rest| {
            let (name, rest) = rest.split_once('"').unwrap();
            let value = rest.split_once("value=\"").unwrap().1.split_once('"').unwrap().0;
            (
                format!("in.{name}"),
                value.replace("&quot;", "\"").replace("&amp;", "&"),
            )
        })
        .collect()
}

#[tokio::test]
async fn pages_and_a_workbook_give_the_same_certificate_and_it_holds_until_a_digit_is_changed() {
    let world = offered().await;
    let by_page = opened(&world, "甲厂").await;
    filled(&world, &by_page, &FIGURES).await.is(303);
    evidence(&world, &by_page, "路测", "2027-06-01").await.is(303);
    let by_book = opened(&world, "甲厂").await;
    // The workbook goes down, comes back as it would after filling in: here from the other assessment's figures.
    let book = world
        .get_as("manager", &format!("/assessments/{by_page}/workbook.xlsx"))
        .await;
    book.is(200);
    assert!(book.bytes.starts_with(b"PK"));
    let path = format!("/assessments/{by_book}/workbook");
    let looked = with_file(&world, "manager", &path, &[], ("filled.xlsx", &book.bytes)).await;
    looked.is(200).says("尚未保存").says("会改动10处");
    assert!(
        seen(&world, "manager", &by_book).await["inputs"]
            .as_object()
            .unwrap()
            .is_empty()
    );
    let fields = hidden(&looked.text);
    let fields: Vec<(&str, &str)> = fields
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    world
        .post_form_as("manager", &format!("/assessments/{by_book}/inputs"), &fields)
        .await
        .is(303);
    evidence(&world, &by_book, "路测", "2027-06-01").await.is(303);
    let (one, two) = (
        seen(&world, "manager", &by_page).await,
        seen(&world, "manager", &by_book).await,
    );
    assert_eq!(one["inputs"], two["inputs"]);
    assert_eq!(one["inputs"]["A1.1"], "91.2 %");
    let number = decided(&world, &by_page).await;
    assert_eq!(decided(&world, &by_book).await, number);
    let file = world.get_as("manager", &format!("/certificates/{number}/file")).await;
    file.is(200);
    let signed = SignedStatement::read(&file.text).unwrap();
    signed.verify().unwrap();
    assert!(indicator::certificate::traces_hold(signed.stated()));
    assert_eq!(signed.stated()["results"]["units"][0]["grade"], "标杆");
    let altered = SignedStatement::read(&file.text.replace("91.2 %", "91.3 %")).unwrap();
    altered.verify().unwrap_err();
    world
        .get(&format!("/certificates/{number}"))
        .await
        .is(200)
        .says("证书有效")
        .says("标杆")
        .says("85.1")
        .keeps_quiet_about("91.2");
    let told = world
        .get(&format!("/api/v1/certificates/{number}"))
        .await
        .is(200)
        .json();
    assert_eq!(
        (told["holds"].as_bool(), told["valid_until"].as_str()),
        (Some(true), Some("2029-11-22"))
    );
    world.get(&format!("/systems/{SYSTEM}")).await.is(200).says(&number);
    world.pass(24 * 365 * 3 + 48);
    world.get(&format!("/certificates/{number}")).await.is(200).says("到期");
    world
        .get(&format!("/systems/{SYSTEM}"))
        .await
        .is(200)
        .keeps_quiet_about(&number);
}

#[tokio::test]
async fn what_is_not_accepted_does_not_count_and_one_cell_changes_what_depends_on_it() {
    let world = offered().await;
    let id = opened(&world, "乙厂").await;
    filled(&world, &id, &FIGURES).await.is(303);
    evidence(&world, &id, "旧报告", "2026-07-01").await.is(303);
    step(&world, "manager", &id, "submit", &[]).await.is(303);
    // After submitting nothing is filled in any more; who fills in does not verify.
    filled(&world, &id, &FIGURES).await.is(409);
    verified(&world, "manager", &id, &[]).await.is(403);
    step(&world, "nanjing", &id, "decide", &[]).await.is(409).says("还有");
    verified(&world, "nanjing", &id, &[]).await.is(409).says("A1.1");
    // A refusal without a reason says nothing.
    let bare = [("item.C2.2", "false"), ("reason.C2.2", "")];
    world
        .post_form_as("nanjing", &format!("/assessments/{id}/items"), &bare)
        .await
        .is(422);
    verified(&world, "nanjing", &id, &["A1.1"]).await.is(303);
    step(&world, "nanjing", &id, "decide", &[]).await.is(303);
    let told = seen(&world, "manager", &id).await;
    assert_eq!(
        (told["grade"].as_str(), told["total"].as_str()),
        (Some(""), Some("")),
        "A1.1 has no result: 失败"
    );
    let again = opened(&world, "乙厂").await;
    let fewer: Vec<(&str, &str)> = FIGURES
        .iter()
        .map(|(name, value)| {
            if *name == "A1.1" {
                (*name, "90.8")
            } else {
                (*name, *value)
            }
        })
        .collect();
    filled(&world, &again, &fewer).await.is(303);
    let number = decided(&world, &again).await;
    let file = world.get_as("manager", &format!("/certificates/{number}/file")).await;
    let other = opened(&world, "乙厂").await;
    filled(&world, &other, &FIGURES).await.is(303);
    let number = decided(&world, &other).await;
    let before = world.get_as("manager", &format!("/certificates/{number}/file")).await;
    let nodes = |answer: &Answer| {
        let stated = SignedStatement::read(&answer.text).unwrap();
        stated.stated()["results"]["units"][0]["nodes"]
            .as_object()
            .unwrap()
            .clone()
    };
    let (old, new) = (nodes(&before), nodes(&file));
    let changed: Vec<&String> = old.keys().filter(|code| old[*code] != new[*code]).collect();
    assert_eq!(changed, ["A", "A1", "A1.1"]);
}

#[tokio::test]
async fn nobody_but_the_organisation_and_its_assessors_sees_figures_and_evidence() {
    let world = offered().await;
    let id = opened(&world, &format!("{SECRET}厂")).await;
    filled(&world, &id, &FIGURES).await.is(303);
    evidence(&world, &id, SECRET, "2027-06-01").await.is(303);
    let digest = seen(&world, "manager", &id).await["evidence"][0]["sha256"]
        .as_str()
        .unwrap()
        .to_owned();
    let addresses = [
        format!("/assessments/{id}"),
        format!("/assessments/{id}/workbook.xlsx"),
        format!("/assessments/{id}/files/{digest}"),
        format!("/api/v1/assessments/{id}"),
    ];
    for address in &addresses {
        world.get_as("manager", address).await.is(200);
        // A draft is its organisation's alone.
        for login in [
            "nanjing",
            "market",
            "chengdu",
            "analyst",
            "auditor",
            "citizen",
            "secretary",
        ] {
            world.get_as(login, address).await.is(404).keeps_quiet_about(SECRET);
        }
    }
    step(&world, "manager", &id, "submit", &[]).await.is(303);
    for address in &addresses {
        for login in ["manager", "nanjing", "market"] {
            world.get_as(login, address).await.is(200);
        }
        for login in [
            "chengdu",
            "analyst",
            "auditor",
            "audit",
            "citizen",
            "secretary",
            "sector",
        ] {
            world.get_as(login, address).await.is(404).keeps_quiet_about(SECRET);
        }
    }
    for address in ["/assessments", "/api/v1/assessments"] {
        world.get_as("market", address).await.is(200).says(SECRET);
        for login in ["chengdu", "analyst", "auditor", "citizen"] {
            world.get_as(login, address).await.is(200).keeps_quiet_about(SECRET);
        }
    }
    for address in [
        format!("/history/assessment/{id}"),
        "/api/v1/events".to_owned(),
        "/feeds/events.atom".to_owned(),
        format!("/systems/{SYSTEM}"),
    ] {
        world.get(&address).await.keeps_quiet_about(SECRET);
    }
}

#[tokio::test]
async fn an_appeal_is_answered_by_another_person_and_revokes_the_certificate_where_it_is_upheld() {
    let world = offered().await;
    let id = opened(&world, "丙厂").await;
    filled(&world, &id, &FIGURES).await.is(303);
    let number = decided(&world, &id).await;
    step(&world, "nanjing", &id, "appeal", &[("reason", "x")]).await.is(403);
    step(&world, "manager", &id, "appeal", &[("reason", "")]).await.is(422);
    step(&world, "manager", &id, "appeal", &[("reason", "漏计一项")])
        .await
        .is(303);
    step(
        &world,
        "nanjing",
        &id,
        "answer",
        &[("reason", "维持"), ("upheld", "false")],
    )
    .await
    .is(409)
    .says("不能答复对它的申诉");
    step(
        &world,
        "market",
        &id,
        "answer",
        &[("reason", "复核"), ("upheld", "true")],
    )
    .await
    .is(303);
    world
        .get(&format!("/certificates/{number}"))
        .await
        .is(200)
        .says("撤销")
        .says("复核");
    let told = world.get(&format!("/api/v1/certificates/{number}")).await.json();
    assert_eq!(told["holds"], json!(false));
    verified(&world, "market", &id, &["C2.2"]).await.is(303);
    step(&world, "market", &id, "decide", &[]).await.is(303);
    let again = seen(&world, "manager", &id).await["certificate"]
        .as_str()
        .unwrap()
        .to_owned();
    assert_ne!(again, number);
    world
        .get(&format!("/certificates/{again}"))
        .await
        .is(200)
        .says("证书有效");
}

#[tokio::test]
async fn what_cannot_be_right_is_refused_with_its_place() {
    let world = offered().await;
    let open = format!("/systems/{SYSTEM}/assess");
    let form = [("organization", "nanjing-commerce"), ("unit", "甲"), ("period", "2025")];
    world.post_form_as("manager", &open, &form).await.is(403);
    let form = [("organization", "mofcom"), ("unit", ""), ("period", "去年")];
    world.post_form_as("manager", &open, &form).await.is(422);
    let id = opened(&world, "丁厂").await;
    filled(&world, &id, &[("B1.2", "34 kg")]).await.is(422).says("34 kg");
    step(&world, "manager", &id, "submit", &[]).await.is(409);
    let path = format!("/assessments/{id}/workbook");
    with_file(&world, "manager", &path, &[], ("a.xlsx", b"PK no book"))
        .await
        .is(422);
    let stale = world
        .ask(Method::PUT, &format!("/api/v1/assessments/{id}/inputs"))
        .header("sec-fetch-site", "same-origin")
        .header("if-match", "\"9\"")
        .by("manager")
        .await
        .json(&json!({ "inputs": { "A1.1": 91.2 } }))
        .send()
        .await;
    stale.is(409);
    let put = world
        .ask(Method::PUT, &format!("/api/v1/assessments/{id}/inputs"))
        .header("sec-fetch-site", "same-origin")
        .by("manager")
        .await
        .json(&json!({ "inputs": { "A1.1": 91.2, "C2.1": { "missing": "上期未统计" } } }))
        .send()
        .await;
    assert_eq!(put.is(200).json()["inputs"]["A1.1"], "91.2 %");
}

#[tokio::test]
async fn another_edition_says_who_would_move_and_why_to_those_who_may_see_it() {
    let world = offered().await;
    let id = opened(&world, "戊厂").await;
    filled(&world, &id, &FIGURES).await.is(303);
    let number = decided(&world, &id).await;
    let stricter = FACTORY
        .replace("线性(60 %→0, 95 %→100)", "线性(60 %→0, 100 %→100)")
        .replace("A = \"81.485714…\"", "A = 74.8")
        .replace("总分 = 85.1 ", "总分 = 83.5 ")
        .replace("等级 = \"标杆\"\n[[变体]]", "等级 = \"特色\"\n[[变体]]")
        .replace("总分 = 85.0", "总分 = 83.3");
    let put = world
        .ask(Method::POST, &format!("/api/v1/obligations/{SYSTEM}/texts"))
        .header("sec-fetch-site", "same-origin")
        .by("nanjing")
        .await
        .body("text/markdown", stricter)
        .send()
        .await;
    put.is(201);
    let text = format!("{SYSTEM}.2");
    for (address, fields) in [
        (format!("/texts/{text}/publish"), vec![]),
        (format!("/texts/{text}/offer"), vec![("in_force", "2026-12-01")]),
    ] {
        world.post_form_as("nanjing", &address, &fields).await.is(303);
    }
    let page = format!("/systems/{SYSTEM}");
    for login in ["manager", "market"] {
        world
            .get_as(login, &page)
            .await
            .is(200)
            .says("按第2版次，谁会变动")
            .says("标杆 → <strong>特色</strong>")
            .says("85.140 → 83.469")
            .says("−1.671");
    }
    for login in ["chengdu", "analyst", "citizen"] {
        world.get_as(login, &page).await.is(200).keeps_quiet_about("谁会变动");
    }
    // The certificate keeps the edition of its day.
    world.pass(24 * 20);
    world
        .get(&format!("/certificates/{number}"))
        .await
        .is(200)
        .says("证书有效");
}
