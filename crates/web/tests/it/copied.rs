//! 抄送: what others hold and one's place, body or ministry takes part in, and who reads none of it.

use platform::{bilingual::Bilingual, context::Context, people::organization};
use serde_json::json;
use testkit::World;

const COPIED: &str = "/desk/copied";
const AT_A_DESK: &str = "href=\"/obligations/first-26-320100\"";
/// A word that stands nowhere else.
const SECRET: &str = "葳蕤箜篌鹔鹴";

/// Nanjing's commerce body gives one obligation to a desk of its own; nobody of the cast sits there.
async fn given_to_a_desk(world: &World) {
    let context = Context::system(world.now(), "desks");
    let open = organization::Command::OpenDesk {
        desk: "first-desk".to_owned(),
        name: Bilingual::new("标准处", "Standards desk"),
        contact: None,
    };
    organization::carry_out(&world.platform, &context, "nanjing-commerce", &open, None, None)
        .await
        .unwrap();
    let hands = [("hands", "nanjing-commerce/first-desk")];
    world
        .post_form_as("nanjing", "/obligations/first-26-320100/actions/assign_holder", &hands)
        .await
        .is(303);
}

#[tokio::test]
async fn what_a_desk_holds_is_copied_to_the_other_bodies_of_its_place_alone() {
    let world = World::with_list().await;
    let before = world.get_as("market", COPIED).await;
    before.is(200).says("没有抄送给您的事项").keeps_quiet_about(AT_A_DESK);
    given_to_a_desk(&world).await;
    let copied = world.get_as("market", COPIED).await;
    copied
        .is(200)
        .says(AT_A_DESK)
        .says("您负责的地方承担，由他人办理")
        .keeps_quiet_about("first-50-320100");
    world
        .get_as("market", "/desk/to-assign")
        .await
        .keeps_quiet_about(AT_A_DESK);
    world
        .get_as("market", "/en/desk/copied")
        .await
        .is(200)
        .says("Of a place you act for, in others")
        .says("/en/obligations/first-26-320100");
    for other in ["chengdu", "guiding", "secretary", "manager"] {
        world.get_as(other, COPIED).await.is(200).keeps_quiet_about(AT_A_DESK);
    }
}

#[tokio::test]
async fn the_guiding_ministry_is_told_what_places_hold_of_its_tasks() {
    let world = World::with_list().await;
    let guiding = [("organization", "miit"), ("source", "工作分工")];
    let row = "href=\"/obligations/first-32-510100\"";
    world.get_as("guiding", COPIED).await.keeps_quiet_about(row);
    world
        .post_form_as("analyst", "/tasks/first-32/guiding", &guiding)
        .await
        .is(303);
    world.get_as("guiding", COPIED).await.says(row).says("由您所在部门指导");
    // The place itself has yet to give it to somebody: there it waits, and is copied to nobody.
    world.get_as("chengdu", COPIED).await.keeps_quiet_about(row);
}

#[tokio::test]
async fn a_change_is_copied_to_those_who_were_asked_and_not_to_who_proposes_it() {
    let world = World::with_list().await;
    let fields = [
        ("intent", "to_place_above"),
        ("task", "first-32"),
        ("place", "510100"),
        ("base", "1"),
        ("reason", SECRET),
        ("title", "餐饮业油烟污染物排放标准"),
        ("tier", "local"),
        ("places", "四川"),
    ];
    let opened = world.post_form_as("chengdu", "/changes/new", &fields).await;
    opened.is(303);
    let address = opened.location().to_owned();
    let asked = [("until", "2026-12-10"), ("body.nanjing-commerce", "1")];
    world
        .post_form_as("analyst", &format!("{address}/ask"), &asked)
        .await
        .is(303);
    // Until it is answered it lies on their desk, and is not copied.
    for login in ["nanjing", "sector"] {
        world.get_as(login, COPIED).await.is(200).keeps_quiet_about(&address);
        world.get_as(login, "/desk").await.says(&address);
    }
    for login in ["chengdu", "market", "guiding"] {
        world
            .get_as(login, COPIED)
            .await
            .is(200)
            .keeps_quiet_about(&address)
            .keeps_quiet_about(SECRET);
    }
    let opinion = [
        ("organization", "nanjing-commerce"),
        ("position", "agree"),
        ("text", "同意"),
    ];
    world
        .post_form_as("nanjing", &format!("{address}/opinion"), &opinion)
        .await
        .is(303);
    for login in ["nanjing", "sector"] {
        world
            .get_as(login, COPIED)
            .await
            .says(&format!("href=\"{address}\""))
            .says("已征求您单位的意见")
            .says(SECRET)
            .says("已于 ")
            .says("答复");
    }
}

#[tokio::test]
async fn whoever_only_belongs_to_a_body_is_copied_nothing() {
    let world = World::with_list().await;
    given_to_a_desk(&world).await;
    let note = json!({ "action": "note", "input": { "text": SECRET, "audience": "participants" } });
    let path = "/api/v1/obligations/first-26-320100/actions";
    world
        .api_as("nanjing", axum::http::Method::POST, path, &note)
        .await
        .is(200);
    for login in ["citizen", "member", "expert", "evaluator", "system"] {
        world
            .get_as(login, COPIED)
            .await
            .is(403)
            .says("rights/missing")
            .keeps_quiet_about(SECRET);
        world
            .get_as(login, "/desk")
            .await
            .is(200)
            .keeps_quiet_about("/desk/copied");
    }
    world.get(COPIED).await.is(303);
    world.get_as("market", "/desk").await.says("href=\"/desk/copied\"");
}

#[tokio::test]
async fn the_page_asks_no_more_questions_for_more_rows() {
    let world = World::with_list().await;
    world.get_as("market", COPIED).await.is(200);
    let (_, none) = ledger::counted(world.get_as("market", COPIED)).await;
    given_to_a_desk(&world).await;
    let (one_row, one) = ledger::counted(world.get_as("market", COPIED)).await;
    one_row.says(AT_A_DESK);
    for task in ["first-50", "first-9", "first-10"] {
        let path = format!("/obligations/{task}-320100/actions/assign_holder");
        let hands = [("hands", "nanjing-commerce/first-desk")];
        world.post_form_as("nanjing", &path, &hands).await.is(303);
    }
    let (rows, many) = ledger::counted(world.get_as("market", COPIED)).await;
    rows.says("first-50-320100");
    assert_eq!(one, many, "one row, four rows");
    assert!(
        none <= one && many <= 30,
        "{none} questions for nothing, {many} for four rows"
    );
}
