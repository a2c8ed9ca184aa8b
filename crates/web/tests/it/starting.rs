//! Before the platform is ready: the port answers, and says what is being done.

use axum::{body::Body, http::Request, http::header};
use http_body_util::BodyExt;
use ledger::Opening;
use testkit::World;
use tokio::sync::watch;
use tower::ServiceExt;
use web::starting::Door;

struct Came {
    status: u16,
    retry_after: Option<String>,
    text: String,
}

async fn ask(door: &Door, path: &str, accept: &str) -> Came {
    let request = Request::get(path)
        .header(header::ACCEPT, accept)
        .header(header::ACCEPT_LANGUAGE, "en")
        .body(Body::empty())
        .unwrap();
    let answer = door.clone().router().oneshot(request).await.unwrap();
    let (parts, body) = answer.into_parts();
    let text = body.collect().await.unwrap().to_bytes().to_vec();
    Came {
        status: parts.status.as_u16(),
        retry_after: parts
            .headers
            .get(header::RETRY_AFTER)
            .map(|value| value.to_str().unwrap().to_owned()),
        text: String::from_utf8(text).unwrap(),
    }
}

#[tokio::test]
async fn the_port_says_what_is_being_done_and_then_the_pages_answer() {
    let (told, progress) = watch::channel(Opening::Connecting);
    let door = Door::new(progress);
    assert_eq!(ask(&door, "/healthz", "*/*").await.status, 200);
    for (doing, said) in [
        (Opening::Connecting, "reaching the database"),
        (Opening::Migrating, "tables"),
        (Opening::Rebuilding(vec!["history", "person"]), "history, person"),
        (Opening::Open, "entering"),
    ] {
        told.send_replace(doing);
        let ready = ask(&door, "/readyz", "*/*").await;
        assert_eq!((ready.status, ready.retry_after.as_deref()), (503, Some("5")));
        assert!(ready.text.contains(said), "{}", ready.text);
    }
    told.send_replace(Opening::Rebuilding(vec!["history"]));
    let page = ask(&door, "/tasks/28", "text/html").await;
    assert_eq!((page.status, page.retry_after.as_deref()), (503, Some("5")));
    assert!(
        page.text.contains("zh-Hans") && page.text.contains("web/starting"),
        "{}",
        page.text
    );
    assert!(ask(&door, "/en/list", "text/html").await.text.contains("starting"));
    let problem = ask(&door, "/api/v1/obligations", "*/*").await;
    let document: serde_json::Value = serde_json::from_str(&problem.text).unwrap();
    assert_eq!(
        (document["status"].as_u64(), &document["rule"]["id"]),
        (Some(503), &"web/starting".into())
    );
    let style = web::assets::address("biaochi.css").unwrap();
    assert_eq!(ask(&door, &style, "*/*").await.status, 200);

    let world = World::new().await;
    door.open(web::Web::new(world.platform.clone(), "test"));
    let ready = ask(&door, "/readyz", "*/*").await;
    assert_eq!((ready.status, ready.text.as_str()), (200, "ready\n"));
    assert_eq!(ask(&door, "/", "text/html").await.status, 200);
    world.end().await;
}
