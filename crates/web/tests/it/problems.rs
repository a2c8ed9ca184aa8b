//! Failures: a box for people, a document for programs, in the reader's language, with nothing in it that is not theirs.

use axum::http::Method;
use testkit::World;

#[tokio::test]
async fn what_does_not_exist_is_a_page_for_people() {
    let world = World::new().await;
    world
        .get("/nowhere")
        .await
        .is(404)
        .says("没有找到")
        .says("class=\"refusal\"")
        .says("any/unseen");
    world
        .get("/en/nowhere")
        .await
        .is(404)
        .says("Not found")
        .says("Check the address");
}

#[tokio::test]
async fn what_does_not_exist_is_a_document_for_programs() {
    let world = World::new().await;
    let answer = world.get("/api/v1/nowhere").await;
    answer.is(404);
    assert_eq!(answer.header("content-type"), "application/problem+json");
    let document = answer.json();
    assert_eq!(document["type"], "urn:biaochi:rule:any/unseen");
    assert_eq!(document["rule"]["id"], "any/unseen");
    assert_eq!(document["status"], 404);
    assert_eq!(document["request"], answer.header("x-request-id"));
    assert!(
        document["detail"].as_str().unwrap().contains("没有这项内容"),
        "{document}"
    );
}

#[tokio::test]
async fn a_document_is_in_the_language_that_the_program_asks_for() {
    let world = World::new().await;
    let answer = world
        .ask(Method::GET, "/api/v1/nowhere")
        .header("accept-language", "en-GB")
        .send()
        .await;
    assert!(
        answer.json()["detail"]
            .as_str()
            .unwrap()
            .starts_with("There is no such thing")
    );
    let page = world
        .ask(Method::GET, "/nowhere")
        .header("accept", "application/json")
        .send()
        .await;
    assert_eq!(page.json()["rule"]["id"], "any/unseen");
}

#[tokio::test]
async fn a_key_that_opens_nothing_is_said_to_be_no_key() {
    let world = World::new().await;
    let answer = world
        .ask(Method::GET, "/api/v1/openapi.json")
        .header("authorization", "Bearer bck_nonsense")
        .send()
        .await;
    answer.is(401).keeps_quiet_about("bck_nonsense");
    assert_eq!(answer.json()["rule"]["id"], "web/key");
    assert_eq!(answer.header("www-authenticate"), "Bearer");
}

#[tokio::test]
async fn a_method_that_an_address_does_not_take_is_405() {
    let world = World::new().await;
    world
        .ask(Method::PUT, "/words")
        .send()
        .await
        .is(405)
        .says("不支持该请求方法");
}

#[tokio::test]
async fn the_id_of_a_proxy_is_kept_and_an_unfit_one_is_not() {
    let world = World::new().await;
    let kept = world
        .ask(Method::GET, "/")
        .header("x-request-id", "abc-12345678")
        .send()
        .await;
    assert_eq!(kept.header("x-request-id"), "abc-12345678");
    let unfit = world
        .ask(Method::GET, "/")
        .header("x-request-id", "<script>")
        .send()
        .await;
    assert_ne!(unfit.header("x-request-id"), "<script>");
}
