//! The page of a task.

use testkit::World;

#[tokio::test]
async fn the_places_to_align_with_stand_on_the_task_and_lead_to_their_pages() {
    let world = World::with_list().await;
    world
        .get("/tasks/first-102")
        .await
        .is(200)
        .says("对接的地方")
        .says("href=\"/places/810000\">香港</a>")
        .says("href=\"/places/820000\">澳门</a>");
    world.get("/en/tasks/first-102").await.says("Places to align with");
    world.get("/tasks/first-101").await.keeps_quiet_about("对接的地方");
    let task = world.get("/api/v1/tasks/first-102").await.json();
    assert_eq!(task["counterparts"], serde_json::json!(["810000", "820000"]));
}
