//! What readers who meet the platform for the first time took otherwise than it is meant.

use axum::http::Method;
use platform::Settings;
use serde_json::json;
use testkit::World;

/// A day by which Nanjing is to have reached something in its task 9.
async fn due(world: &World, day: &str) {
    let input = json!({ "name": "征求意见稿", "due": day, "set_by": "南京市商务局" });
    let body = json!({ "action": "set_milestone", "input": input });
    world
        .api_as(
            "nanjing",
            Method::POST,
            "/api/v1/obligations/first-9-320100/actions",
            &body,
        )
        .await
        .is(200);
}

#[tokio::test]
async fn the_document_is_named_as_it_names_itself_and_alike_everywhere() {
    let world = World::with_list().await;
    let text: String = platform::catalogue::POLICY.split_whitespace().collect();
    let about = world.get("/about").await;
    let named: Vec<&str> = about
        .text
        .split('《')
        .skip(1)
        .filter_map(|rest| rest.split('》').next())
        .collect();
    assert!(named.len() >= 3, "{named:?}");
    for name in named {
        assert!(
            text.contains(&format!("《{name}》")),
            "《{name}》 is no name of the text"
        );
    }
    for path in ["/en/about", "/en/", "/en/measures"] {
        world
            .get(path)
            .await
            .says("MOFCOM document [2024] No. 314")
            .keeps_quiet_about("Shang Zi Fa");
    }
}

#[tokio::test]
async fn who_runs_the_site_is_said_or_said_to_be_unknown() {
    let world = World::new().await;
    world.get("/about").await.says("本站未填写运行单位和备案号");
    world
        .get("/en/about")
        .await
        .says("names neither who runs it nor a filing number");
    let settings = Settings {
        filing_number: "京ICP备00000000号".to_owned(),
        light_passwords: true,
        ..Settings::default()
    };
    World::with_settings(settings)
        .await
        .get("/about")
        .await
        .says("本站备案号为 京ICP备00000000号")
        .keeps_quiet_about("未填写");
}

#[tokio::test]
async fn the_day_of_the_list_is_no_day_of_becoming_a_pilot() {
    let world = World::with_list().await;
    world.get("/places/110000").await.says("2024年12月31日列入本清单");
    world
        .get("/en/places/110000")
        .await
        .says("in this list since 31 December 2024")
        .keeps_quiet_about("named as a pilot");
    world
        .get("/places")
        .await
        .says("列入日期")
        .says("不是开展试点的起始日期");
    world
        .get("/en/places")
        .await
        .says("Named since")
        .keeps_quiet_about("Pilot since");
}

#[tokio::test]
async fn an_output_that_counts_elsewhere_names_both_places() {
    let world = World::with_list().await;
    for page in ["/outputs", "/outputs/hubei-very-large-air-cargo-hub", "/places/420100"] {
        world.get(page).await.says("湖北（计入武汉）");
    }
    for page in ["/en/outputs", "/en/outputs/hubei-very-large-air-cargo-hub"] {
        world.get(page).await.says("Hubei (counted to Wuhan)");
    }
    world
        .get("/places/420000")
        .await
        .says("湖北形成、计入所辖试点的成果")
        .says("href=\"/places/420100#outputs\"")
        .keeps_quiet_about("没有成果登记");
    world.get("/").await.says("成果件数含清单外成果");
}

#[tokio::test]
async fn what_the_evaluation_does_not_show_is_no_missing_data() {
    let world = World::with_list().await;
    world
        .get("/reports/evaluation")
        .await
        .says("不对您显示")
        .says("只选定承担角色");
    world.get("/en/reports/evaluation").await.says("not shown to you");
    world
        .get_as("analyst", "/reports/evaluation")
        .await
        .keeps_quiet_about("不对您显示");
}

#[tokio::test]
async fn the_list_of_another_day_gives_that_day() {
    let world = World::with_list().await;
    world
        .get("/list?as_of=2025-06-30")
        .await
        .says("任务清单 · 数据截至2025年6月30日</caption>");
    world
        .get("/en/list?as_of=2025-06-30")
        .await
        .says("Data as of 30 June 2025");
    world
        .get("/list?as_of=2024-01-01")
        .await
        .says("该日期尚无生效的清单；第1版自2024年12月31日起");
}

#[tokio::test]
async fn a_row_that_stands_as_before_says_what_else_is_otherwise() {
    let world = World::with_list().await;
    let body =
        json!({ "action": "record_stage", "input": { "stage": "20.00", "source": "公告", "audience": "public" } });
    let path = "/api/v1/obligations/first-9-320100/actions";
    world.api_as("nanjing", Method::POST, path, &body).await.is(200);
    world.pass(48);
    due(&world, "2027-01-31").await;
    for page in ["/places/320100", "/tasks/first-9"] {
        let compared = world.get(&format!("{page}?as_of=2026-11-24&compare=today")).await;
        compared
            .is(200)
            .says("今天：")
            .says("下一节点：2027年1月31日 · 征求意见稿");
    }
}

#[tokio::test]
async fn a_task_that_one_place_holds_says_what_stands_there() {
    let world = World::with_list().await;
    world.get("/tasks/first-9").await.says("未设时限");
    world.get("/tasks/first-20").await.says("已交付，没有下一期限");
    due(&world, "2026-12-20").await;
    let task = world.get("/tasks/first-9").await;
    task.says("2026年12月20日")
        .says("南京市商务局")
        .keeps_quiet_about("未设时限");
    world
        .get("/places/320100")
        .await
        .says("href=\"/obligations/first-9-320100\"");
    // Of a task that several hold, the nearest day leads to whose it is.
    let input = json!({ "name": "初稿", "due": "2026-12-21", "set_by": "南京市商务局" });
    let body = json!({ "action": "set_milestone", "input": input });
    let path = "/api/v1/obligations/first-8-320100/actions";
    world.api_as("nanjing", Method::POST, path, &body).await.is(200);
    world
        .get("/tasks/first-8")
        .await
        .says("各地另有节点，最近：")
        .says("href=\"/obligations/first-8-320100\"");
}

#[tokio::test]
async fn a_day_that_has_passed_is_no_next_one_to_the_public() {
    let world = World::with_list().await;
    due(&world, "2026-11-25").await;
    world.get("/places/320100").await.keeps_quiet_about("只对参与单位显示");
    world.pass(24 * 5);
    let public = world.get("/places/320100").await;
    public.says(" 已过</span>").says("是否逾期，只对参与单位显示");
    for page in ["/tasks/first-9", "/obligations/first-9-320100"] {
        world.get(page).await.says("2026年11月25日 已过，结果不公开");
    }
    world.get("/list").await.says(" 已过</span>");
    world
        .get_as("nanjing", "/places/320100")
        .await
        .says("class=\"days overdue\"")
        .keeps_quiet_about(" 已过</span>");
}

#[tokio::test]
async fn who_may_propose_a_change_is_said_where_one_would() {
    let world = World::with_list().await;
    world
        .get("/tasks/first-9")
        .await
        .says("提出调整")
        .says("供地方和部门人员提出");
    world
        .get_as("nanjing", "/tasks/first-9")
        .await
        .says("提出调整")
        .keeps_quiet_about("供地方和部门人员提出");
    world
        .get_as("citizen", "/tasks/first-9")
        .await
        .keeps_quiet_about("/changes/new")
        .says("href=\"/places/320100#contact\"");
    let body = json!({ "base_version": 1, "reason": "演示", "changes": [{ "change": "widen", "places": ["440300"] }] });
    let opened = world
        .api_as("analyst", Method::POST, "/api/v1/lists/first/proposals", &body)
        .await;
    let id = opened.json()["id"].as_str().unwrap().to_owned();
    world
        .post_form_as("analyst", &format!("/changes/{id}/publish"), &[])
        .await
        .is(303);
    world
        .get_as("citizen", &format!("/changes/{id}"))
        .await
        .says("已公开提案，未生效")
        .says("这里不向企业、商会征求意见");
    world
        .get("/en/changes")
        .await
        .says("Published as a proposal, not in effect");
}

#[tokio::test]
async fn search_knows_plurals_and_the_number_of_the_document() {
    let world = World::with_list().await;
    let tasks = |text: &str| text.matches("/en/tasks/first-").count();
    let one = world.get("/en/search?q=supply%20chain").await;
    let many = world.get("/en/search?q=Supply%20chains").await;
    assert!(tasks(&one.text) > 0 && tasks(&one.text) == tasks(&many.text));
    for typed in [
        "314",
        "No.%20314",
        "%E5%95%86%E8%B5%84%E5%8F%91%E3%80%942024%E3%80%95314%E5%8F%B7",
    ] {
        world
            .get(&format!("/search?q={typed}"))
            .await
            .says("href=\"/lists/first/text\"");
    }
    world.get("/search?q=28").await.keeps_quiet_about("/lists/first/text");
}

#[tokio::test]
async fn english_readers_meet_plain_english() {
    let world = World::with_list().await;
    let contact = "演示电话 025-0000 0000，工作日 9:00—17:00（演示号码，不可拨打）";
    let english = platform::catalogue::english::english(contact).unwrap();
    assert!(english.contains("fake number"), "{english}");
    world
        .get("/en/history/output/hubei-very-large-air-cargo-hub")
        .await
        .is(200)
        .keeps_quiet_about(">hubei-very-large-air-cargo-hub<");
    world
        .get("/en/obligations?subject=action")
        .await
        .says("502 commitments")
        .keeps_quiet_about("502 obligations");
}

#[tokio::test]
async fn what_is_for_print_alone_is_marked_so() {
    let world = World::with_list().await;
    for page in ["/places/320100", "/measures", "/list"] {
        let text = world.get(page).await.text;
        assert!(
            !text.contains("class=\"signatures\""),
            "{page} shows lines to sign on the screen"
        );
        assert!(text.contains("signatures print-only"), "{page} has no lines to sign");
    }
    let plain = include_str!("../../src/assets/plain.css");
    assert!(!plain.contains("content:"), "a style sheet puts no message on a page");
    assert!(plain.contains(".print-only"));
}
