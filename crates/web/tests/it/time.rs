//! The day asked about, and validators.

use axum::http::Method;
use testkit::World;

#[tokio::test]
async fn another_day_than_today_is_said_in_a_banner() {
    let world = World::new().await;
    world.get("/").await.keeps_quiet_about("past-banner");
    world.get("/?as_of=2026-11-23").await.keeps_quiet_about("past-banner");
    world
        .get("/?as_of=2025-03-01")
        .await
        .says("您看到的是 2025年3月1日 的状态")
        .says("href=\"/\"");
    world
        .get("/en/?as_of=2025-03-01")
        .await
        .says("You are looking at the state of 1 March 2025");
    world.get("/?as_of=").await.is(200).keeps_quiet_about("past-banner");
}

#[tokio::test]
async fn a_day_that_cannot_be_read_is_refused_by_its_name() {
    let world = World::new().await;
    for bad in ["2025-02-30", "yesterday", "2025%2F01%2F01"] {
        world
            .get(&format!("/?as_of={bad}"))
            .await
            .is(422)
            .says("as_of")
            .says("日期请写成");
        let answer = world.get(&format!("/api/v1/openapi.json?as_of={bad}")).await;
        answer.is(422);
        let document = answer.json();
        assert_eq!(document["rule"]["id"], "web/parameter");
        assert_eq!(document["errors"][0]["field"], "as_of");
        assert_eq!(document["errors"][0]["code"], "fault-date");
    }
    world
        .get("/en/?known_at=noon")
        .await
        .is(422)
        .says("known_at")
        .says("Write the instant as");
}

#[tokio::test]
async fn a_public_page_that_has_not_changed_is_304() {
    let world = World::new().await;
    let first = world.get("/words").await;
    let validator = first.header("etag").to_owned();
    assert!(validator.starts_with("W/\""), "{validator}");
    assert_eq!(first.header("cache-control"), "public, max-age=0, must-revalidate");
    let again = world
        .ask(Method::GET, "/words")
        .header("if-none-match", &validator)
        .send()
        .await;
    again.is(304);
    assert!(again.text.is_empty());
    assert_eq!(again.header("etag"), validator);
}

#[tokio::test]
async fn a_validator_ends_with_language_day_address_reader_and_log() {
    let world = World::new().await;
    let validator = world.get("/words").await.header("etag").to_owned();
    for other in ["/en/words", "/words?as_of=2025-01-01", "/privacy"] {
        assert_ne!(world.get(other).await.header("etag"), validator, "{other}");
    }
    world.enter_catalogue().await;
    let entered = world.get("/words").await.header("etag").to_owned();
    assert_ne!(entered, validator);
    let signed_in = world.get_as("nanjing", "/words").await;
    assert_eq!(signed_in.header("cache-control"), "private, max-age=0, must-revalidate");
    assert_ne!(signed_in.header("etag"), world.get("/words").await.header("etag"));
    world.pass(24);
    assert_ne!(world.get("/words").await.header("etag"), entered);
}

#[tokio::test]
async fn what_happens_among_participants_leaves_public_copies_good() {
    let world = World::with_list().await;
    let pages = [
        "/",
        "/list",
        "/en/obligations/first-26-320100",
        "/places/320100",
        "/reports/evaluation",
        "/api/v1/obligations",
        "/feeds/events.atom",
    ];
    // Whoever is new changes what everybody sees: the role of persons stands in the history.
    world.get_as("analyst", "/list").await.is(200);
    let own = world.get_as("nanjing", "/list").await.header("etag").to_owned();
    let mut kept = Vec::new();
    for page in pages {
        kept.push((page, world.get(page).await.header("etag").to_owned()));
    }
    let note = async |audience: &str| {
        let body = serde_json::json!({ "action": "note", "input": { "text": "已召开会议", "audience": audience } });
        let path = "/api/v1/obligations/first-26-320100/actions";
        world.api_as("nanjing", Method::POST, path, &body).await.is(200);
    };
    note("desk").await;
    note("participants").await;
    let follow = [("task", "first-26"), ("back", "/list"), ("strength", "all")];
    world.post_form_as("analyst", "/notices/follow", &follow).await.is(303);
    for (page, validator) in &kept {
        let asked = world.ask(Method::GET, page).header("if-none-match", validator);
        asked.send().await.is(304);
    }
    assert_ne!(world.get_as("nanjing", "/list").await.header("etag"), own);
    note("public").await;
    for (page, validator) in &kept {
        assert_ne!(world.get(page).await.header("etag"), validator, "{page}");
    }
}
