//! Which measures an obligation serves, on its page and by the API.

use axum::http::Method;
use serde_json::{Value, json};
use testkit::World;

const PAGE: &str = "/obligations/first-20-320100";
const API: &str = "/api/v1/obligations/first-20-320100";

/// The obligation's own links, by measure.
async fn own(world: &World) -> Vec<(String, String)> {
    let measures = world.get(API).await.json()["measures"].as_array().unwrap().clone();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    measures
        .iter()
        .filter(|m| m["own"] == true)
        .map(|m| (text(&m["measure"]), text(&m["link"])))
        .collect()
}

#[tokio::test]
async fn an_officer_proposes_on_the_page_and_an_analyst_confirms() {
    let world = World::with_list().await;
    world
        .get(PAGE)
        .await
        .says("随任务对应")
        .keeps_quiet_about("propose_link");
    world
        .get_as("nanjing", PAGE)
        .await
        .says("propose_link")
        .keeps_quiet_about("confirm_link");
    let act = async |login: &str, action: &str, measure: &str| {
        world
            .post_form_as(login, &format!("{PAGE}/actions/{action}"), &[("measure", measure)])
            .await
    };
    act("nanjing", "propose_link", "10").await.is(303);
    assert_eq!(own(&world).await, [("10".to_owned(), "proposed".to_owned())]);
    act("nanjing", "propose_link", "10")
        .await
        .is(409)
        .says("list/link_stands")
        .says("class=\"refusal\"");
    act("nanjing", "propose_link", "2").await.is(409).says("不必再单独提出");
    act("nanjing", "confirm_link", "10")
        .await
        .is(403)
        .says("rights/missing");
    world
        .post_form(&format!("{PAGE}/actions/propose_link"), &[("measure", "9")])
        .await
        .is(401);
    world
        .get_as("analyst", PAGE)
        .await
        .says("本承担单元单独对应")
        .says("confirm_link");
    act("analyst", "confirm_link", "10").await.is(303);
    assert_eq!(own(&world).await, [("10".to_owned(), "confirmed".to_owned())]);
    world.get(&format!("/en{PAGE}")).await.says("of this obligation alone");
    world
        .get("/history/obligation/first-20-320100")
        .await
        .says("确认承担单元的措施关联");
    act("analyst", "remove_link", "10").await.is(303);
    assert!(own(&world).await.is_empty());
}

#[tokio::test]
async fn the_interface_links_and_filters_by_measure() {
    let world = World::with_list().await;
    let filter = "/api/v1/obligations?measure=10&subject=task&place=320100&limit=200";
    let before = world.get(filter).await.json()["total"].as_u64().unwrap();
    let link = json!({ "action": "propose_link", "input": { "measure": "10" } });
    let done = world
        .api_as("nanjing", Method::POST, &format!("{API}/actions"), &link)
        .await;
    assert_eq!(done.is(200).json()["obligation"]["measures"][1]["measure"], "10");
    assert_eq!(world.get(filter).await.json()["total"].as_u64().unwrap(), before + 1);
    let confirm = json!({ "action": "confirm_link", "input": { "measure": "10" } });
    world
        .api_as("nanjing", Method::POST, &format!("{API}/actions"), &confirm)
        .await
        .is(403);
    let wrong = json!({ "action": "propose_link", "input": { "measure": "99" } });
    world
        .api_as("nanjing", Method::POST, &format!("{API}/actions"), &wrong)
        .await
        .is(422)
        .says("list/measure_unknown");
}
