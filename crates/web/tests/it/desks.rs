//! What a desk is called and how the public reaches it, its own body says; who guides the tasks that a proposal touches is
//! told beside it.

use axum::http::Method;
use serde_json::json;
use testkit::World;

const OBLIGATION: &str = "/obligations/first-20-320100";

/// 南京's obligation of task 20 at a desk of its commerce body.
async fn at_a_desk(world: &World) {
    let open = [
        ("desk", "nanjing-desk"),
        ("name", "服务业开放处"),
        ("name_en", ""),
        ("contact", ""),
    ];
    world
        .post_form_as("system", "/admin/organizations/nanjing-commerce/desks", &open)
        .await
        .is(303);
    let hands =
        json!({ "action": "assign_holder", "input": { "organization": "nanjing-commerce", "desk": "nanjing-desk" } });
    world
        .api_as(
            "nanjing",
            Method::POST,
            "/api/v1/obligations/first-20-320100/actions",
            &hands,
        )
        .await
        .is(200);
}

#[tokio::test]
async fn a_body_says_how_the_desk_that_holds_its_obligation_is_reached() {
    let world = World::with_list().await;
    at_a_desk(&world).await;
    let address = format!("{OBLIGATION}/desk");
    world.get(OBLIGATION).await.keeps_quiet_about("更改席位信息");
    world.get_as("nanjing", OBLIGATION).await.says("更改席位信息");
    world.get(&address).await.is(303);
    world.get_as("chengdu", &address).await.is(403).says("rights/missing");
    world
        .get_as("nanjing", &address)
        .await
        .is(200)
        .says("value=\"服务业开放处\"");
    let wrong = [("name", ""), ("contact", "025-0000 0000")];
    world
        .post_form_as("nanjing", &address, &wrong)
        .await
        .is(422)
        .says("025-0000 0000");
    let fields = [
        ("name", "服务业开放处（外资联络）"),
        ("name_en", "Services opening"),
        ("contact", "025-0000 0000\r\n工作日 9:00—17:00"),
    ];
    world.post_form_as("chengdu", &address, &fields).await.is(403);
    world.post_form_as("nanjing", &address, &fields).await.is(303);
    // Everybody reads it: on the obligation, and as the contact of the place.
    for page in [OBLIGATION, "/places/320100"] {
        world.get(page).await.is(200).says("025-0000 0000");
    }
    world
        .get("/history/organization/nanjing-commerce")
        .await
        .says("更改席位信息");
    // The day before, the desk was not called so.
    world.post_form_as("nanjing", &address, &fields).await.is(422);
}

#[tokio::test]
async fn the_interface_changes_a_desk_against_the_version_that_its_caller_saw() {
    let world = World::with_list().await;
    at_a_desk(&world).await;
    let path = "/api/v1/organizations/nanjing-commerce/desks/nanjing-desk";
    let body = json!({ "name": { "zh": "服务业开放处" }, "contact": "nanjing@example.cn" });
    let put = async |login: &str, seen: &str| {
        let asker = world.ask(Method::PUT, path).by(login).await.header("if-match", seen);
        asker.json(&body).send().await
    };
    put("chengdu", "\"2\"").await.is(403);
    put("nanjing", "\"1\"").await.is(409);
    let done = put("nanjing", "\"2\"").await;
    assert_eq!(done.is(200).json()["version"], 3);
    world.get("/places/320100").await.says("nanjing@example.cn");
    let unknown = "/api/v1/organizations/nanjing-commerce/desks/no-such-desk";
    world.api_as("nanjing", Method::PUT, unknown, &body).await.is(404);
}

#[tokio::test]
async fn a_proposal_names_the_ministries_that_guide_what_it_touches() {
    let world = World::with_list().await;
    let guiding = [("organization", "miit"), ("source", "来文")];
    world
        .post_form_as("analyst", "/tasks/first-26/guiding", &guiding)
        .await
        .is(303);
    let open = [
        ("desk", "miit-desk"),
        ("name", "标准处"),
        ("name_en", ""),
        ("contact", "010-0000 0000"),
    ];
    world
        .post_form_as("system", "/admin/organizations/miit/desks", &open)
        .await
        .is(303);
    let changes = json!([{ "change": "close_task", "task": "first-26", "reason": "另行部署" }]);
    let body = json!({ "base_version": 1, "reason": "演示", "changes": changes });
    let opened = world
        .api_as("analyst", Method::POST, "/api/v1/lists/first/proposals", &body)
        .await;
    let id = opened.is(200).json()["id"].as_str().unwrap().to_owned();
    let path = format!("/api/v1/proposals/{id}");
    let told = world.get_as("analyst", &path).await.json()["guiding"].clone();
    assert_eq!(told, json!([{ "organization": "miit", "tasks": [26], "asked": false }]));
    assert!(
        world.get(&path).await.json().get("guiding").is_none(),
        "a draft is told to those who see it"
    );
    let page = world.get_as("analyst", &format!("/changes/{id}")).await;
    page.says("受影响任务的指导部门")
        .says("任务 26")
        .says("010-0000 0000")
        .says("name=\"body.miit\"");
    // It is not shown the draft before it is asked.
    world
        .get_as("guiding", &format!("/changes/{id}"))
        .await
        .keeps_quiet_about("另行部署");
    let ask = [
        ("until", "2026-12-20"),
        ("body.miit", "1"),
        ("body.nanjing-commerce", "1"),
    ];
    world
        .post_form_as("analyst", &format!("/changes/{id}/ask"), &ask)
        .await
        .is(303);
    world
        .get_as("guiding", &format!("/changes/{id}"))
        .await
        .says("另行部署")
        .says("提交意见");
    let told = world.get_as("guiding", &path).await.json()["guiding"].clone();
    assert_eq!(told[0]["asked"], true);
}

/// Proposes to close a task and says where the proposal stands.
async fn proposed(world: &World, login: &str, task: &str) -> String {
    let changes = json!([{ "change": "close_task", "task": task, "reason": "另行部署" }]);
    let body = json!({ "base_version": 1, "reason": "任务已并入其他工作", "changes": changes });
    let opened = world
        .api_as(login, Method::POST, "/api/v1/lists/first/proposals", &body)
        .await;
    format!("/changes/{}", opened.is(200).json()["id"].as_str().unwrap())
}

async fn send(world: &World, login: &str, path: &str, fields: &[(&str, &str)]) {
    world.post_form_as(login, path, fields).await.is(303);
}

#[tokio::test]
async fn a_proposal_lies_on_the_desk_of_whoever_takes_its_next_step() {
    let world = World::with_list().await;
    let address = proposed(&world, "chengdu", "first-26").await;
    let on_desk = async |login: &str, text: &str| {
        let page = world.get_as(login, "/desk").await;
        page.is(200).says(&format!("href=\"{address}#acts\"")).says(text);
        page
    };
    let not_on_desk = async |login: &str| {
        world.get_as(login, "/desk").await.is(200).keeps_quiet_about(&address);
    };
    on_desk("analyst", "已提出，待公开并征求意见").await;
    let workbook = world.get_as("analyst", "/desk.xlsx").await;
    let why = crate::tables::keys(&workbook, "desk", "为何在此", world.platform.today());
    assert_eq!(why[0], "已提出，待公开并征求意见");
    not_on_desk("chengdu").await;
    world.pass(24);
    let ask = [("until", "2026-12-10"), ("body.nanjing-commerce", "1")];
    send(&world, "analyst", &format!("{address}/ask"), &ask).await;
    let asked = on_desk("nanjing", "征求南京市商务局的意见，请答复").await;
    asked
        .says("自 2026年11月24日 起")
        .says("2026年12月10日")
        .says("还剩 12 个工作日");
    for login in ["analyst", "chengdu", "market"] {
        not_on_desk(login).await;
    }
    let opinion = [
        ("organization", "nanjing-commerce"),
        ("position", "agree"),
        ("text", ""),
    ];
    send(&world, "nanjing", &format!("{address}/opinion"), &opinion).await;
    not_on_desk("nanjing").await;
    on_desk("analyst", "待结束征求意见").await;
    send(&world, "analyst", &format!("{address}/close"), &[]).await;
    on_desk("analyst", "待录入商务部、国家市场监督管理总局的批准文号").await;
    let other = proposed(&world, "chengdu", "first-50").await;
    for ministry in ["mofcom", "samr"] {
        let number = [
            ("ministry", ministry),
            ("number", "商函〔2026〕1号"),
            ("date", "2026-11-24"),
        ];
        send(&world, "analyst", &format!("{address}/approval"), &number).await;
    }
    on_desk("analyst", "待确定生效日期").await;
    send(&world, "analyst", &format!("{address}/effect"), &[("on", "2026-11-24")]).await;
    not_on_desk("analyst").await;
    // The other one changes a version that is no longer the list's.
    let back = world.get_as("chengdu", "/desk").await;
    back.says(&format!("href=\"{other}#acts\""))
        .says("退回您单位按现行版本修改");
    world.get_as("analyst", "/desk").await.keeps_quiet_about(&other);
    world
        .get_as("chengdu", "/en/desk")
        .await
        .says("back to your body, to be worded on that one");
}
