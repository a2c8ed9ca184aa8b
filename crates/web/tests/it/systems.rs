//! Systems over HTTP: a published text is offered, anybody tries it by its address alone, programs run units, and it is
//! withdrawn.

use crate::walk::{FACTORY, RUNNING, SYSTEM, offer_system, put_text};
use axum::http::Method;
use serde_json::{Value, json};
use testkit::{Answer, World};

async fn offered() -> World {
    let world = World::with_list().await;
    offer_system(&world).await;
    world
}

fn page(query: &str) -> String {
    format!("/systems/{SYSTEM}{query}")
}

async fn run(world: &World, body: &Value) -> Answer {
    world
        .ask(Method::POST, &format!("/api/v1/systems/{SYSTEM}/runs"))
        .header("sec-fetch-site", "same-origin")
        .json(body)
        .send()
        .await
}

/// The worked example as a program has it, with one input otherwise.
async fn example(world: &World, name: &str, value: &str) -> Value {
    let system = world.get(&format!("/api/v1/systems/{SYSTEM}")).await.is(200).json();
    let mut example = system["examples"][0].clone();
    example["units"][0]["inputs"][name] = json!(value);
    example
}

#[tokio::test]
async fn a_trial_says_why_the_grade_falls_with_its_clause_and_stores_nothing() {
    let world = offered().await;
    let (before, _) = world.platform.ledger().head().await.unwrap();
    let own = world.get(&page("")).await;
    own.is(200)
        .says("85.1404911")
        .says("标杆")
        .keeps_quiet_about("id=\"why\"");
    assert!(own.text.contains("name=\"in.A1.1\"") && own.text.contains("value=\"91.2 %\""));
    let tried = world.get(&page("?in.A1.1=90.8+%25")).await;
    tried
        .is(200)
        .says("等级由“标杆”变为“特色”。")
        .says("84.969 &lt; 85")
        .says("全数值比较法")
        .says("依赖它的指标有3个，其中3个变了；其余18个")
        .says(&format!("href=\"/texts/{RUNNING}#c-result-score\""));
    let english = world.get(&format!("/en{}", page("?in.A1.1=90.8+%25"))).await;
    english
        .is(200)
        .says("84.969 &lt; 85")
        .says("judges by the full value")
        .says("clause 7.1");
    let (after, _) = world.platform.ledger().head().await.unwrap();
    assert_eq!(before, after);
}

#[tokio::test]
async fn a_gate_an_absence_and_a_cell_that_cannot_be_right_are_told() {
    let world = offered().await;
    world
        .get(&page("?in.D1.1=%E5%90%A6"))
        .await
        .is(200)
        .says("等级由“标杆”变为“不予评级”。")
        .says("否 ≠ 是")
        .says("条款7.3");
    world
        .get(&page("?in.A1.1="))
        .await
        .is(200)
        .says("等级由“标杆”变为“—”。");
    // Weights go to those beside what is left out; that nothing else changed is said too.
    world.get(&page("?in.C2.1=9+%25")).await.is(200).says("C2.1, C2.2");
    world
        .get(&page("?in.B1.2=34+kg"))
        .await
        .is(200)
        .says("没有试算")
        .says("aria-invalid=\"true\"");
    let hostile = world.get(&page("?in.A1.1=%3Cscript%3Ealert(1)%3C%2Fscript%3E")).await;
    hostile.is(200).keeps_quiet_about("<script>alert");
    world.get(&page("?example=9")).await.is(404);
    world.get("/systems/first-26-320100").await.is(404);
}

#[tokio::test]
async fn programs_read_a_system_and_run_units_as_the_command_line_does() {
    let world = offered().await;
    let list = world.get("/api/v1/systems").await.is(200).json();
    assert_eq!(
        (list["total"].as_i64(), list["items"][0]["state"].as_str()),
        (Some(1), Some("in_force"))
    );
    let system = world.get(&format!("/api/v1/systems/{SYSTEM}")).await.is(200).json();
    assert_eq!(system["indicators"].as_array().unwrap().len(), 21);
    assert_eq!(
        system["inputs"][0],
        json!({ "name": "A1.1", "of": "A1.1", "unit": "%", "kind": "number", "words": [] })
    );
    let as_it_stands = run(&world, &system["examples"][0]).await.is(200).json();
    assert_eq!(as_it_stands["units"][0]["exact"], "1907147/22400");
    assert_eq!(as_it_stands["units"][0]["grade"], "标杆");
    let fewer = run(&world, &example(&world, "A1.1", "90.8 %").await)
        .await
        .is(200)
        .json();
    let unit = &fewer["units"][0];
    assert_eq!(
        (unit["exact"].as_str(), unit["grade"].as_str()),
        (Some("84.9690625"), Some("特色"))
    );
    assert_eq!(unit["nodes"]["B"], as_it_stands["units"][0]["nodes"]["B"]);
    let mut traced = example(&world, "A1.1", "90.8 %").await;
    traced["trace"] = json!(true);
    let traced = run(&world, &traced).await.is(200).json();
    assert_eq!(traced["traces"][0][0]["code"], "总分");
    let alone = run(&world, &system["examples"][0]["units"]).await.is(200).json();
    assert_eq!(alone["units"][0]["grade"], "标杆");
}

#[tokio::test]
async fn runs_that_cannot_be_right_are_refused_with_each_cell() {
    let world = offered().await;
    let wrong = run(&world, &example(&world, "B1.2", "34 kg").await).await;
    assert_eq!(wrong.is(422).json()["errors"].as_array().unwrap().len(), 1);
    run(&world, &json!({})).await.is(422);
    run(&world, &json!({ "units": {} })).await.is(422);
    run(&world, &json!([{ "id": "甲", "inputs": 3 }]))
        .await
        .is(422)
        .says("第1个");
    run(&world, &json!({ "units": [], "at": "soon" })).await.is(422);
    let many: Vec<Value> = (0..1001).map(|at| json!({ "id": at.to_string() })).collect();
    run(&world, &json!(many)).await.is(422).says("1000");
}

#[tokio::test]
async fn a_text_is_offered_once_it_is_published_and_runs_by_those_who_answer_for_it() {
    let world = World::with_list().await;
    let offer = |login: &'static str, text: String, day: &'static str| {
        let world = &world;
        async move {
            world
                .post_form_as(login, &format!("/texts/{text}/offer"), &[("in_force", day)])
                .await
        }
    };
    // A text without anything that runs.
    let plain = put_text(&world, "说明").await;
    world
        .post_form_as("nanjing", &format!("/texts/{plain}/publish"), &[])
        .await
        .is(303);
    offer("nanjing", plain.clone(), "")
        .await
        .is(409)
        .says("没有可执行的指标");
    world
        .get_as("nanjing", &format!("/texts/{plain}"))
        .await
        .is(200)
        .keeps_quiet_about("/offer");
    offer_system(&world).await;
    // The same again changes nothing, another day does; earlier is no succession.
    offer("nanjing", RUNNING.to_owned(), "2026-11-23").await.is(409);
    offer("market", RUNNING.to_owned(), "2026-11-01").await.is(422);
    for (login, status) in [("citizen", 403), ("chengdu", 403), ("sector", 403), ("market", 303)] {
        offer(login, RUNNING.to_owned(), "2026-12-01").await.is(status);
    }
    let system = world.get(&format!("/api/v1/systems/{SYSTEM}")).await.json();
    assert_eq!(
        (system["edition"].as_i64(), system["editions"][0]["state"].as_str()),
        (Some(1), Some("to_come"))
    );
    world.get(&page("?edition=2")).await.is(200).says("即将施行");
    world.pass(24 * 10);
    let system = world.get(&format!("/api/v1/systems/{SYSTEM}")).await.json();
    assert_eq!(
        (system["edition"].as_i64(), system["editions"][1]["state"].as_str()),
        (Some(2), Some("followed"))
    );
    let withdraw = format!("/systems/{SYSTEM}/withdraw");
    world.post_form_as("market", &withdraw, &[("reason", "")]).await.is(422);
    world
        .post_form_as("sector", &withdraw, &[("reason", "停用")])
        .await
        .is(403);
    world
        .post_form_as("market", &withdraw, &[("reason", "另行发布")])
        .await
        .is(303);
    world.get(&page("")).await.is(200).says("已停用").says("另行发布");
    world
        .post_form_as("market", &withdraw, &[("reason", "再次")])
        .await
        .is(409);
    world
        .get(&format!("/history/system/{SYSTEM}"))
        .await
        .is(200)
        .says("停用评价体系");
}

#[tokio::test]
async fn a_text_whose_example_fails_is_not_offered() {
    let world = World::with_list().await;
    let broken = FACTORY.replace("总分 = 85.1 ", "总分 = 85.2 ");
    assert_ne!(broken, FACTORY);
    let put = world
        .ask(Method::POST, &format!("/api/v1/obligations/{SYSTEM}/texts"))
        .header("sec-fetch-site", "same-origin")
        .by("nanjing")
        .await
        .body("text/markdown", broken)
        .send()
        .await;
    put.is(201);
    world
        .post_form_as("nanjing", &format!("/texts/{RUNNING}/publish"), &[])
        .await
        .is(303);
    world
        .get_as("nanjing", &format!("/texts/{RUNNING}"))
        .await
        .is(200)
        .says("引擎发现1个错误")
        .says("85.2");
    world
        .post_form_as("nanjing", &format!("/texts/{RUNNING}/offer"), &[])
        .await
        .is(409)
        .says("1个错误");
    world.get(&page("")).await.is(404);
}
