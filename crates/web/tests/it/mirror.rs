//! A pasted line beside what stands: the milestone that it reaches, a number of another kind than the task, what is outside
//! the list.

use axum::http::Method;
use jiff::civil::date;
use platform::{context::Reader, obligation::query};
use serde_json::json;
use testkit::{Answer, World};

const SILICON: &str = "/obligations/first-26-320100";

async fn milestone(world: &World, id: &str, name: &str, due: &str) {
    let input = json!({ "milestone": id, "name": name, "due": due, "set_by": "南京市商务局" });
    let path = "/api/v1/obligations/first-26-320100/actions";
    world
        .api_as(
            "nanjing",
            Method::POST,
            path,
            &json!({ "action": "set_milestone", "input": input }),
        )
        .await
        .is(200);
}

async fn read(world: &World, line: &str) -> Answer {
    world.post_form_as("nanjing", "/paste", &[("line", line)]).await
}

/// The value of a milestone among the options whose text begins so, and whether it is chosen.
fn option(page: &Answer, text: &str) -> (String, bool) {
    let pattern = format!(r#"<option value="([^"]*)"( selected)?>{text}"#);
    let found = regex::Regex::new(&pattern).unwrap();
    let found = found
        .captures(&page.text)
        .unwrap_or_else(|| panic!("no option {text}:\n{}", page.text));
    (found[1].to_owned(), found.get(2).is_some())
}

#[tokio::test]
async fn a_stage_proposes_the_milestone_that_it_reaches_and_records_it_so() {
    let world = World::with_list().await;
    milestone(&world, "", "征求意见稿", "2026-12-20").await;
    milestone(&world, "", "提交调研数据", "2026-12-05").await;
    let line = "关于征求《城市“硅巷”建设标准》意见的通知，2026年11月20日";
    let page = read(&world, line).await;
    page.is(200).says("达成节点").keeps_quiet_about("name=\"stage\"");
    let (value, chosen) = option(&page, "第26项 · 征求意见稿");
    assert!(chosen, "the one whose name fits is chosen");
    assert!(!option(&page, "第26项 · 提交调研数据").1);
    let fields = |target: &'static str| {
        [
            ("line", line),
            ("what", "30.20"),
            ("target", target),
            ("title", "城市“硅巷”建设标准"),
            ("on", "2026-11-20"),
            ("milestone", value.as_str()),
            ("audience", "public"),
        ]
    };
    let other = fields("first-9-320100");
    world
        .post_form_as("nanjing", "/paste/confirm", &other)
        .await
        .is(422)
        .says("这个节点属于另一事项");
    let own = fields("first-26-320100");
    let done = world.post_form_as("nanjing", "/paste/confirm", &own).await;
    done.is(303);
    let told = world.get_as("nanjing", done.location()).await;
    told.says("<strong>已登记</strong>")
        .says("征求意见稿")
        .says("<ins>30.20 ");
    let notice = told.text.split("id=\"recorded\"").nth(1).unwrap();
    let notice = notice.split("id=\"history\"").next().unwrap();
    assert!(
        notice.matches("/events/").count() >= 2,
        "the stage and the milestone:\n{notice}"
    );
    let reader = Reader::public(world.platform.today());
    let milestones = query::milestones(&world.platform, &reader, "first-26-320100")
        .await
        .unwrap();
    let reached = |name: &str| milestones.iter().find(|m| m.name.zh == name).unwrap().reached;
    // The line tells of a day before the one on which the milestone was set.
    assert_eq!(reached("征求意见稿"), Some(date(2026, 11, 23)));
    assert_eq!(reached("提交调研数据"), None);
}

#[tokio::test]
async fn a_number_of_another_kind_than_the_task_needs_a_tick() {
    let world = World::with_list().await;
    let fields = [
        ("line", "T/ABC 12—2026《城市“硅巷”建设标准》2026年3月1日发布"),
        ("what", "standard"),
        ("target", "first-26-320100"),
        ("title", "城市“硅巷”建设标准"),
        ("designation", "T/ABC 12—2026"),
        ("on", "2026-03-01"),
        ("source", "公告"),
    ];
    read(&world, fields[0].1)
        .await
        .is(200)
        .says("编号是团体标准的编号，而这项任务是地方标准")
        .says("name=\"anyway\"");
    world
        .post_form_as("nanjing", "/paste/confirm", &fields)
        .await
        .is(422)
        .says("anyway-fault");
    world.get(SILICON).await.keeps_quiet_about("T/ABC 12—2026");
    let ticked = [fields.as_slice(), &[("anyway", "true")]].concat();
    world.post_form_as("nanjing", "/paste/confirm", &ticked).await.is(303);
    world.get(SILICON).await.says("T/ABC 12—2026");
    world.get("/outputs").await.says("团体标准");
    // A number of the task's own kind asks for no tick.
    read(&world, "DB3201/T 1300—2026《城市“硅巷”建设标准》2026年3月1日发布")
        .await
        .is(200)
        .keeps_quiet_about("name=\"anyway\"");
}

#[tokio::test]
async fn what_is_outside_the_list_is_a_standard_and_is_shown_once_recorded() {
    let world = World::with_list().await;
    let fields = |what: &'static str| {
        [
            ("line", "《夜间经济示范街区规范》"),
            ("what", what),
            ("target", "measure:2"),
            ("place", "320100"),
            ("title", "夜间经济示范街区规范"),
            ("on", "2026-03-01"),
            ("source", "公告"),
        ]
    };
    world
        .post_form_as("nanjing", "/paste/confirm", &fields("30.20"))
        .await
        .is(422)
        .says("清单外的成果没有阶段");
    let done = world
        .post_form_as("nanjing", "/paste/confirm", &fields("standard"))
        .await;
    done.is(303);
    assert!(done.location().starts_with("/outputs/o"), "{}", done.location());
    world
        .get_as("nanjing", done.location())
        .await
        .says("id=\"recorded\"")
        .says("夜间经济示范街区规范");
}

/// The names of the ticks in the form that withdraws an entry, those alone that are ticked.
fn ticked(page: &Answer) -> Vec<String> {
    let pattern = regex::Regex::new(r#"name="(too-[0-9]+)" value="true" checked"#).unwrap();
    pattern.captures_iter(&page.text).map(|c| c[1].to_owned()).collect()
}

#[tokio::test]
async fn what_one_confirmation_recorded_is_withdrawn_as_a_whole() {
    let world = World::with_list().await;
    milestone(&world, "", "正式发布", "2026-12-20").await;
    let line = "DB3201/T 1300—2026《城市“硅巷”建设标准》2026年11月20日发布";
    let page = read(&world, line).await;
    let (value, chosen) = option(&page, "第26项 · 正式发布");
    assert!(chosen);
    let fields = [
        ("line", line),
        ("what", "standard"),
        ("target", "first-26-320100"),
        ("title", "城市“硅巷”建设标准"),
        ("designation", "DB3201/T 1300—2026"),
        ("on", "2026-11-20"),
        ("milestone", value.as_str()),
        ("audience", "public"),
    ];
    world.post_form_as("nanjing", "/paste/confirm", &fields).await.is(303);
    assert_eq!(world.get("/api/v1/outputs").await.json()["total"], 5);
    let history = "/api/v1/obligations/first-26-320100/history";
    let history = world.get_as("nanjing", history).await.json();
    let of_kind = |kind: &str| {
        let items = history["items"].as_array().unwrap();
        let item = items.iter().find(|i| i["kind"] == kind).unwrap();
        item["position"].as_i64().unwrap()
    };
    let (evidence, reached) = (
        of_kind("obligation.evidence_recorded"),
        of_kind("obligation.milestone_reached"),
    );
    let event = format!("/events/{evidence}");
    let page = world.get_as("nanjing", &event).await;
    page.says("同一次确认登记的其他记录")
        .says(&format!("href=\"/events/{reached}\""));
    let ticks = ticked(&page);
    assert_eq!(ticks.len(), 2, "the output and the milestone: {ticks:?}");
    let mut form: Vec<(&str, &str)> = vec![("reason", "贴错了任务")];
    form.extend(ticks.iter().map(|name| (name.as_str(), "true")));
    // Without a reason nothing goes, and the ticks stay.
    let refused = [&[("reason", "")][..], &form[1..]].concat();
    let again = world
        .post_form_as("nanjing", &format!("{event}/correct"), &refused)
        .await;
    again.is(422);
    assert_eq!(ticked(&again), ticks);
    world
        .post_form_as("nanjing", &format!("{event}/correct"), &form)
        .await
        .is(303);
    assert_eq!(world.get("/api/v1/outputs").await.json()["total"], 4);
    world
        .get_as("nanjing", &format!("/events/{reached}"))
        .await
        .says("这条记录有误")
        .says("贴错了任务");
    let reader = Reader::public(world.platform.today());
    let milestones = query::milestones(&world.platform, &reader, "first-26-320100")
        .await
        .unwrap();
    assert_eq!(milestones[0].reached, None, "the milestone is open again");
}

/// The targets that a form has chosen.
fn chosen_target(page: &Answer) -> Option<String> {
    let select = page.text.split("name=\"target\"").nth(1).unwrap();
    let select = select.split("</select>").next().unwrap();
    let chosen = regex::Regex::new(r#"<option value="([^"]+)" selected"#).unwrap();
    chosen.captures(select).map(|c| c[1].to_owned())
}

#[tokio::test]
async fn titles_alike_in_words_of_any_subject_alone_choose_nothing() {
    let world = World::with_list().await;
    let line = "DB3201/T 1234—2026 绿色供应链管理规范 2026年11月20日发布";
    let page = read(&world, line).await;
    page.is(200).keeps_quiet_about("名称相近");
    assert_eq!(chosen_target(&page), None);
    // What is alike in its own words is chosen still, a slip of the pen aside.
    let alike = read(&world, "《城市硅巷建设规范》2026年11月20日发布，南京").await;
    assert_eq!(chosen_target(&alike).as_deref(), Some("first-26-320100"));
}

#[tokio::test]
async fn a_standard_that_is_out_proposes_no_milestone_of_its_draft_beside_others() {
    let world = World::with_list().await;
    let line = "DB3201/T 1300—2026《城市“硅巷”建设标准》2026年11月20日发布";
    milestone(&world, "", "征求意见稿", "2026-12-20").await;
    // The only one that is open is chosen, and that is said.
    let only = read(&world, line).await;
    assert!(option(&only, "第26项 · 征求意见稿").1);
    only.says("草案阶段的节点");
    milestone(&world, "", "提交调研数据", "2026-12-05").await;
    let page = read(&world, line).await;
    assert!(!option(&page, "第26项 · 征求意见稿").1);
    page.keeps_quiet_about("草案阶段的节点");
}

#[tokio::test]
async fn another_subject_drops_the_milestone_that_the_page_chose() {
    let world = World::with_list().await;
    milestone(&world, "", "征求意见稿", "2026-12-20").await;
    let line = "关于征求《城市“硅巷”建设标准》意见的通知，2026年11月20日";
    let page = read(&world, line).await;
    let (value, chosen) = option(&page, "第26项 · 征求意见稿");
    assert!(chosen);
    page.says(&format!("name=\"proposed\" value=\"{value}\""));
    let fields = [
        ("line", line),
        ("what", "30.20"),
        ("target", "first-9-320100"),
        ("title", "城市“硅巷”建设标准"),
        ("on", "2026-11-20"),
        ("milestone", value.as_str()),
        ("proposed", value.as_str()),
        ("audience", "public"),
    ];
    world.post_form_as("nanjing", "/paste/confirm", &fields).await.is(303);
    let reader = Reader::public(world.platform.today());
    let milestones = query::milestones(&world.platform, &reader, "first-26-320100")
        .await
        .unwrap();
    assert_eq!(milestones[0].reached, None);
}

#[tokio::test]
async fn what_was_withdrawn_is_not_proposed_again_as_the_subject() {
    let world = World::with_list().await;
    let line = "DB3201/T 1300—2026《城市“硅巷”建设标准》2026年3月1日发布";
    let again = [("line", line), ("withdrawn", "first-26-320100")];
    let page = world.post_form_as("nanjing", "/paste", &again).await;
    page.is(200);
    assert_eq!(chosen_target(&page), None, "the person chooses it anew");
    assert_eq!(
        chosen_target(&read(&world, line).await).as_deref(),
        Some("first-26-320100")
    );
}
