//! What officers do: a pasted line, the forms of an obligation, the desk, the history, and who may not.

use axum::http::Method;
use platform::{bilingual::Bilingual, context::Context, people::organization};
use serde_json::json;
use testkit::World;

const LINE: &str = "DB3201/T 1234—2026《养老机构康复服务规范》2026年3月1日发布";
const TWENTY: &str = "/obligations/first-20-320100";
/// A word that stands nowhere else.
const SECRET: &str = "葳蕤箜篌鹔鹴";

/// The fields of a confirm form as the page shows them: hidden ones, inputs and the chosen options.
fn shown(page: &str) -> Vec<(String, String)> {
    let form = page
        .split("action=\"/paste/confirm\"")
        .nth(1)
        .unwrap()
        .split("</form>")
        .next()
        .unwrap();
    let input = regex::Regex::new(r#"<input[^>]*?name="([a-z_]+)"[^>]*?value="([^"]*)""#).unwrap();
    let select = regex::Regex::new(r#"(?s)<select[^>]*?name="([a-z_]+)".*?</select>"#).unwrap();
    let chosen = regex::Regex::new(r#"<option value="([^"]*)" selected"#).unwrap();
    let mut fields: Vec<(String, String)> = input
        .captures_iter(form)
        .map(|c| (c[1].to_owned(), c[2].to_owned()))
        .collect();
    for found in select.captures_iter(form) {
        if let Some(value) = chosen.captures(&found[0]) {
            fields.push((found[1].to_owned(), value[1].to_owned()));
        }
    }
    fields
}

async fn paste(world: &World, line: &str) -> String {
    let read = world.post_form_as("nanjing", "/paste", &[("line", line)]).await;
    read.is(200);
    let fields = shown(&read.text);
    let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    let confirmed = world.post_form_as("nanjing", "/paste/confirm", &fields).await;
    confirmed.is(303);
    confirmed.location().to_owned()
}

async fn act(world: &World, login: &str, id: &str, action: &str, input: serde_json::Value) -> testkit::Answer {
    let path = format!("/api/v1/obligations/{id}/actions");
    world
        .api_as(login, Method::POST, &path, &json!({ "action": action, "input": input }))
        .await
}

#[tokio::test]
async fn a_pasted_line_is_recorded_only_when_it_is_confirmed_and_then_shows_everywhere() {
    let world = World::with_list().await;
    let line = "DB3201/T 1300—2026《城市“硅巷”建设标准》2026年3月1日发布";
    let before = world.get("/api/v1/obligations/first-26-320100").await.json();
    assert_eq!(before["state"], "unreported");
    let read = world.post_form_as("nanjing", "/paste", &[("line", line)]).await;
    read.is(200)
        .says("名称相同")
        .says("DB3201/T 1300—2026")
        .says("尚未登记");
    assert_eq!(
        world.get("/api/v1/obligations/first-26-320100").await.json()["state"],
        "unreported",
        "nothing before it is confirmed"
    );
    let location = paste(&world, line).await;
    assert!(
        location.starts_with("/obligations/first-26-320100?recorded="),
        "{location}"
    );
    // What changed is said on the page to which it leads, with a link to the entry; to nobody else.
    world
        .get_as("nanjing", &location)
        .await
        .says("id=\"recorded\"")
        .says("已登记")
        .says("<del>未报告</del>")
        .says("<ins>已交付</ins>");
    world.get(&location).await.keeps_quiet_about("id=\"recorded\"");
    world
        .get("/obligations/first-26-320100")
        .await
        .is(200)
        .says("DB3201/T 1300—2026")
        .says("登记成果或证明");
    world.get("/tasks/first-26").await.says("DB3201/T 1300—2026");
    world
        .get("/history/obligation/first-26-320100")
        .await
        .is(200)
        .says("登记成果或证明")
        .keeps_quiet_about(">nanjing<");
    assert_eq!(
        world.get("/api/v1/obligations/first-26-320100").await.json()["state"],
        "delivered"
    );
    let history = world.get("/api/v1/obligations/first-26-320100/history").await.json();
    assert_eq!(history["items"][0]["kind"], "obligation.evidence_recorded");
}

#[tokio::test]
async fn a_stage_is_read_from_a_line_too_and_doubts_are_said() {
    let world = World::with_list().await;
    let line = "《城市“硅巷”建设标准》列入2026年度南京市地方标准制修订项目计划";
    world
        .post_form_as("nanjing", "/paste", &[("line", line)])
        .await
        .is(200)
        .says("没有编号")
        .says("没有日期");
    let location = paste(&world, line).await;
    assert!(
        location.starts_with("/obligations/first-26-320100?recorded="),
        "{location}"
    );
    world
        .get("/obligations/first-26-320100")
        .await
        .says("立项阶段")
        .says("进行中");
    world
        .post_form_as("nanjing", "/paste", &[("line", " ")])
        .await
        .is(422)
        .says("error-summary");
    let unlike = world
        .post_form_as("nanjing", "/paste", &[("line", "《毫不相干的东西》2026年3月1日发布")])
        .await;
    unlike
        .is(200)
        .says("没有相近的任务")
        .says("<option value=\"\" selected>");
    let nowhere = [("line", "x"), ("what", "30.20"), ("target", "")];
    world
        .post_form_as("nanjing", "/paste/confirm", &nowhere)
        .await
        .is(422)
        .says("target-fault");
}

#[tokio::test]
async fn a_correction_keeps_the_mistake_visible() {
    let world = World::with_list().await;
    act(
        &world,
        "nanjing",
        "first-26-320100",
        "record_stage",
        json!({ "stage": "30.20", "source": "南京市市场监管局公告" }),
    )
    .await
    .is(200);
    let history = world.get("/api/v1/obligations/first-26-320100/history").await.json();
    let position = history["items"][0]["position"].as_i64().unwrap();
    let event = format!("/events/{position}");
    world
        .get(&event)
        .await
        .is(200)
        .says("<ins>")
        .says("征求意见阶段")
        .keeps_quiet_about("撤回这条记录");
    world.get_as("nanjing", &event).await.says("撤回这条记录");
    world
        .post_form_as("nanjing", &format!("{event}/correct"), &[("reason", "")])
        .await
        .is(422)
        .says("error-summary");
    let corrected = world
        .post_form_as("nanjing", &format!("{event}/correct"), &[("reason", "登记错了任务")])
        .await;
    corrected.is(303);
    world
        .get(&event)
        .await
        .is(200)
        .says("这条记录有误")
        .says("登记错了任务")
        .says("征求意见阶段");
    world
        .get("/history/obligation/first-26-320100")
        .await
        .says("登记错了任务")
        .says("<del>登记阶段</del>");
    assert_eq!(
        world.get("/api/v1/obligations/first-26-320100").await.json()["state"],
        "unreported"
    );
}

#[tokio::test]
async fn a_standard_recorded_wrongly_is_taken_back_as_output_too() {
    let world = World::with_list().await;
    paste(&world, "DB3201/T 1300—2026《城市“硅巷”建设标准》2026年3月1日发布").await;
    let outputs = world.get("/api/v1/outputs").await.json();
    assert_eq!(outputs["total"], 5);
    let is_ours = |o: &&serde_json::Value| o["designation"] == "DB3201/T 1300—2026";
    let ours = outputs["items"].as_array().unwrap().iter().find(is_ours).unwrap();
    let output = ours["id"].as_str().unwrap();
    world.get(&format!("/outputs/{output}")).await.is(200);
    let history = world.get("/api/v1/obligations/first-26-320100/history").await.json();
    let position = history["items"][0]["position"].as_i64().unwrap();
    world
        .post_form_as(
            "nanjing",
            &format!("/events/{position}/correct"),
            &[("reason", "尚未发布")],
        )
        .await
        .is(303);
    assert_eq!(world.get("/api/v1/outputs").await.json()["total"], 4);
    assert_eq!(
        world.get("/api/v1/obligations/first-26-320100").await.json()["state"],
        "unreported"
    );
    // Its own page says that it was withdrawn and why.
    world
        .get(&format!("/outputs/{output}"))
        .await
        .is(410)
        .says("这项成果已撤回")
        .says("尚未发布")
        .says(&format!("/events/{}", position - 1));
    world.get("/outputs/o-never").await.is(404);
    // Who reads the feed sees that it was withdrawn and why; an item beside it stays as it was.
    let feed = world.get("/feeds/places/320100.atom").await;
    let items: Vec<&str> = feed.text.split("<entry>").skip(1).collect();
    let item = items
        .iter()
        .find(|i| i.contains(&format!("event/{position}<")))
        .unwrap();
    assert!(item.contains("<title>【已撤回】"), "{item}");
    assert!(item.contains("撤回，原因：尚未发布"), "{item}");
    assert!(item.contains(&format!("/events/{position}\"")), "{item}");
    assert!(items.iter().any(|i| !i.contains("已撤回")));
    let event = format!("/events/{position}");
    world
        .get(&event)
        .await
        .says("尚未发布")
        .says("DB3201/T 1300—2026")
        .says("biaochi verify --ledger")
        .keeps_quiet_about("登记正确的内容");
    // Whoever took it back can record what is right at once, from what it said.
    world
        .get_as("nanjing", &event)
        .await
        .says("登记正确的内容")
        .says("name=\"line\" value=\"DB3201/T 1300—2026《城市“硅巷”建设标准》2026年3月1日发布\"")
        .says("name=\"withdrawn\" value=\"first-26-320100\"");
}

#[tokio::test]
async fn whatever_is_recorded_in_a_demonstration_is_marked() {
    let world = World::with_list_and(platform::Settings {
        demo: true,
        light_passwords: true,
        ..platform::Settings::default()
    })
    .await;
    paste(&world, "DB3201/T 1300—2026《城市“硅巷”建设标准》2026年3月1日发布").await;
    let outputs = world.get("/api/v1/outputs").await.json();
    let (ours, others): (Vec<&serde_json::Value>, Vec<_>) = outputs["items"]
        .as_array()
        .unwrap()
        .iter()
        .partition(|o| o["demo"] == true);
    assert_eq!(ours.len(), 1, "{outputs}");
    assert_eq!(ours[0]["title"]["zh"], "城市“硅巷”建设标准");
    assert_eq!(others.len(), 4, "what was reported is as real as before");
    // The number on the home page opens the rows that it counts.
    let home = world.get("/").await;
    home.says("href=\"/outputs?demo=false\"><strong>4</strong>");
    let ours = "DB3201/T 1300—2026";
    world.get("/outputs").await.says(ours);
    world.get("/outputs?demo=true").await.says(ours);
    let counted = world.get("/outputs?demo=false").await;
    counted.is(200).keeps_quiet_about(ours);
    for other in others {
        counted.says(&format!("/outputs/{}", other["id"].as_str().unwrap()));
    }
    world.get("/about").await.is(200).says("id=\"demo\"");
}

#[tokio::test]
async fn an_officer_of_another_place_is_told_the_missing_right_and_nobody_is_sent_to_the_door() {
    let world = World::with_list().await;
    let refused = act(
        &world,
        "chengdu",
        "first-20-320100",
        "record_stage",
        json!({ "stage": "30.20", "source": "x" }),
    )
    .await;
    refused.is(403).says("报告进展");
    assert_eq!(refused.json()["rule"]["id"], "rights/missing");
    world
        .post_form_as("chengdu", &format!("{TWENTY}/actions/note"), &[("text", "x")])
        .await
        .is(403)
        .says("报告进展");
    world.get_as("chengdu", &format!("{TWENTY}/actions/note")).await.is(403);
    world
        .get_as("chengdu", TWENTY)
        .await
        .is(200)
        .keeps_quiet_about("id=\"report\"");
    let nobody = world
        .ask(Method::POST, "/api/v1/obligations/first-20-320100/actions")
        .json(&json!({ "action": "note" }))
        .send()
        .await;
    nobody.is(401);
    assert_eq!(world.get("/desk").await.location(), "/sign-in?next=%2Fdesk");
}

#[tokio::test]
async fn who_is_blocked_by_what_is_for_participants() {
    let world = World::with_list().await;
    let input = json!({ "kind": "other_body", "text": format!("等待省级意见{SECRET}"), "waits_for": "江苏省" });
    act(&world, "nanjing", "first-26-320100", "block", input).await.is(200);
    world
        .get_as("nanjing", "/obligations/first-26-320100")
        .await
        .says(SECRET);
    // The list is filtered by what each reader sees.
    world
        .get("/list?state=blocked")
        .await
        .keeps_quiet_about("id=\"first-26\"");
    world
        .get_as("nanjing", "/list?state=blocked")
        .await
        .says("id=\"first-26\"");
    for path in [
        "/obligations/first-26-320100",
        "/history/obligation/first-26-320100",
        "/api/v1/obligations/first-26-320100/history",
    ] {
        world.get(path).await.is(200).keeps_quiet_about(SECRET);
        world.get_as("chengdu", path).await.keeps_quiet_about(SECRET);
    }
}

#[tokio::test]
async fn a_note_at_the_desk_is_found_nowhere_by_others() {
    let world = World::with_list().await;
    act(
        &world,
        "nanjing",
        "first-26-320100",
        "note",
        json!({ "text": format!("内部说明{SECRET}") }),
    )
    .await
    .is(200);
    world
        .get_as("nanjing", "/obligations/first-26-320100")
        .await
        .says(SECRET);
    let mine = world
        .get_as("nanjing", "/api/v1/obligations/first-26-320100/history")
        .await
        .json();
    let position = mine["items"][0]["position"].as_i64().unwrap();
    let paths = [
        "/obligations/first-26-320100".to_owned(),
        "/en/obligations/first-26-320100".to_owned(),
        "/history/obligation/first-26-320100".to_owned(),
        format!("/events/{position}"),
        "/api/v1/obligations/first-26-320100/history".to_owned(),
        "/tasks/first-26".to_owned(),
        format!("/search?q={}", "%E8%91%B3%E8%95%A4"),
    ];
    for path in &paths {
        world.get(path).await.keeps_quiet_about(SECRET);
        for login in ["chengdu", "analyst", "market", "manager"] {
            world.get_as(login, path).await.keeps_quiet_about(SECRET);
        }
    }
    world.get(&format!("/events/{position}")).await.is(404);
}

#[tokio::test]
async fn whoever_was_overtaken_is_told_what_changed_since() {
    let world = World::with_list().await;
    let path = "/api/v1/obligations/first-26-320100";
    let seen = world.get_as("nanjing", path).await.json()["version"].as_i64().unwrap();
    let input = json!({ "stage": "20.20", "source": "工作会议" });
    act(&world, "market", "first-26-320100", "record_stage", input)
        .await
        .is(200);
    let body = json!({ "action": "note", "input": { "text": "x", "audience": "public" } });
    let stale = world
        .ask(Method::POST, &format!("{path}/actions"))
        .header("if-match", &format!("\"{seen}\""))
        .by("nanjing")
        .await
        .json(&body)
        .send()
        .await;
    stale.is(409);
    assert_eq!(stale.json()["rule"]["id"], "any/stale");
    assert_eq!(stale.json()["changed"][0]["kind"], "obligation.stage_recorded");
    let fields = [
        ("version", seen.to_string()),
        ("text", "公开说明".to_owned()),
        ("audience", "public".to_owned()),
    ];
    let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (*n, v.as_str())).collect();
    let form = world
        .post_form_as("nanjing", "/obligations/first-26-320100/actions/note", &fields)
        .await;
    form.is(409).says("登记阶段").says("公开说明");
    let now = world.get_as("nanjing", path).await.json()["version"].as_i64().unwrap();
    assert_eq!(now, seen + 1, "what was refused is not recorded");
}

#[tokio::test]
async fn the_same_key_does_it_once() {
    let world = World::with_list().await;
    let path = "/api/v1/obligations/first-26-320100";
    let body = json!({ "action": "note", "input": { "text": "once", "audience": "public" } });
    let before = world.get_as("nanjing", path).await.json()["version"].as_i64().unwrap();
    for repeated in [false, true] {
        let asker = world
            .ask(Method::POST, &format!("{path}/actions"))
            .header("idempotency-key", "k-1")
            .by("nanjing")
            .await;
        let answer = asker.json(&body).send().await;
        answer.is(200);
        assert_eq!(answer.json()["repeated"], repeated);
    }
    assert_eq!(
        world.get_as("nanjing", path).await.json()["version"].as_i64().unwrap(),
        before + 1
    );
}

#[tokio::test]
async fn what_is_wrong_with_a_form_stands_beside_its_field() {
    let world = World::with_list().await;
    let fields = [("name", "完成征求意见稿"), ("due", ""), ("set_by", "")];
    let answer = world
        .post_form_as("nanjing", &format!("{TWENTY}/actions/set_milestone"), &fields)
        .await;
    answer
        .is(422)
        .says("error-summary")
        .says("id=\"due-fault\"")
        .says("value=\"完成征求意见稿\"");
    let known = world
        .api_as(
            "nanjing",
            Method::POST,
            "/api/v1/obligations/first-20-320100/actions",
            &json!({ "action": "explode" }),
        )
        .await;
    known.is(422).says("web/action");
}

#[tokio::test]
async fn the_desk_says_why_something_is_mine_and_how_long_it_has() {
    let world = World::with_list().await;
    world
        .get_as("nanjing", "/desk")
        .await
        .is(200)
        .says("手里目前没有事项")
        .says("/desk/to-assign")
        .says("name=\"line\"");
    world
        .get_as("nanjing", "/desk/to-assign")
        .await
        .is(200)
        .says("尚未分派")
        .says("/obligations/first-26-320100");
    let set = json!({ "name": "完成起草", "due": "2026-12-31", "set_by": "南京市商务局" });
    act(&world, "nanjing", "first-26-320100", "set_milestone", set)
        .await
        .is(200);
    world.get_as("nanjing", "/desk/to-assign").await.says("个工作日");
    world
        .get("/obligations/first-26-320100")
        .await
        .says("完成起草")
        .says("南京市商务局 设定");
    world.get_as("nanjing", "/desk/done").await.is(200).says("设定节点");
}

#[tokio::test]
async fn work_is_handed_from_desk_to_desk() {
    let world = World::with_list().await;
    let context = Context::system(world.now(), "desks");
    for desk in ["first-desk", "second-desk"] {
        let name = Bilingual::new("标准处", "Standards desk");
        let open = organization::Command::OpenDesk {
            desk: desk.to_owned(),
            name,
            contact: None,
        };
        organization::carry_out(&world.platform, &context, "nanjing-commerce", &open, None, None)
            .await
            .unwrap();
    }
    let assign = [("hands", "nanjing-commerce/first-desk")];
    world
        .get_as("nanjing", TWENTY)
        .await
        .says("value=\"nanjing-commerce/first-desk\"");
    world
        .post_form_as("nanjing", &format!("{TWENTY}/actions/assign_holder"), &assign)
        .await
        .is(303);
    world.get(TWENTY).await.says("标准处").says("2026年11月23日 起");
    let over = [("hands", "nanjing-commerce/second-desk"), ("reason", "")];
    world
        .post_form_as("nanjing", &format!("{TWENTY}/actions/hand_over"), &over)
        .await
        .is(422)
        .says("reason-fault");
}

#[tokio::test]
async fn pages_of_work_speak_english_and_know_what_is_not_there() {
    let world = World::with_list().await;
    for path in [
        "/en/obligations/first-20-320100",
        "/en/history/obligation/first-20-320100",
        "/en/history/task/first-20",
    ] {
        world.get(path).await.is(200).says("History");
    }
    world
        .get_as("nanjing", "/en/desk")
        .await
        .is(200)
        .says("Nothing is in your hands");
    let read = world.post_form_as("nanjing", "/en/paste", &[("line", LINE)]).await;
    read.is(200).says("same title").says("Nothing is recorded yet");
    for path in [
        "/obligations/first-999-320100",
        "/history/obligation/nothing",
        "/history/person/p1",
        "/events/999999",
    ] {
        world.get(path).await.is(404);
    }
}
