//! The table of routes, and what is made from it.

use axum::http::Method;
use std::collections::BTreeSet;
use testkit::World;
use web::route::{Access, Kind, Verb};

/// The router is made from the table alone: its source adds no route elsewhere.
#[test]
fn the_router_is_made_from_the_table_alone() {
    let sources = crate::words::sources();
    for (file, text) in &sources {
        let adds = text.matches(".route(").count() + text.matches(".nest(").count() + text.matches(".merge(").count();
        let allowed = usize::from(file.ends_with("serving.rs"));
        assert_eq!(adds, allowed, "{file} adds routes beside the table");
    }
}

#[test]
fn names_and_addresses_stand_once() {
    let rows = web::routes::matrix();
    let names: BTreeSet<_> = rows.iter().map(|r| r.name).collect();
    assert_eq!(names.len(), rows.len(), "a name stands twice");
    let addresses: BTreeSet<_> = rows.iter().map(|r| (r.verb, r.path)).collect();
    assert_eq!(addresses.len(), rows.len(), "an address stands twice");
    for row in rows {
        assert!(!row.summary.is_empty() && !row.summary.ends_with('.'), "{}", row.name);
        assert_eq!(row.kind == Kind::Api, row.path.starts_with("/api/v1/"), "{}", row.name);
    }
}

#[tokio::test]
async fn every_row_answers_and_nobody_passes_a_row_that_asks_for_a_name() {
    let world = World::with_list().await;
    for row in web::routes::matrix() {
        for path in row.paths() {
            let path = path.replace("{*", "{");
            let path: String = path
                .split('/')
                .map(|s| if s.starts_with('{') { "1" } else { s })
                .collect::<Vec<_>>()
                .join("/");
            let answer = world
                .ask(row.verb.method(), &path)
                .header("accept", "text/html")
                .form(&[])
                .send()
                .await;
            assert_ne!(answer.status, 405, "{path}");
            assert!(answer.status < 500, "{path}: {}", answer.text);
            let fits = match (row.access, row.verb, row.kind) {
                (Access::Public, ..) => answer.status != 401,
                (_, Verb::Get, Kind::Page | Kind::File) => {
                    answer.status == 303 && answer.location().contains("/sign-in?next=")
                }
                _ => answer.status == 401,
            };
            assert!(
                fits,
                "{} {path} is {:?} and answered {}",
                row.verb.method(),
                row.access,
                answer.status
            );
        }
    }
}

#[tokio::test]
async fn the_description_of_the_api_names_every_call() {
    let world = World::new().await;
    let document = world.get("/api/v1/openapi.json").await.json();
    assert_eq!(document["openapi"], "3.1.0");
    for row in web::routes::matrix().into_iter().filter(|r| r.kind == Kind::Api) {
        let operation = &document["paths"][row.path.replace("{*", "{")][row.verb.method().as_str().to_lowercase()];
        assert_eq!(operation["operationId"], row.name);
        assert_eq!(operation["summary"], row.summary);
    }
    let text = document.to_string();
    for reference in regex::Regex::new(r"#/components/schemas/([A-Za-z0-9_]+)")
        .unwrap()
        .captures_iter(&text)
    {
        assert!(
            document["components"]["schemas"][&reference[1]].is_object(),
            "{} is not described",
            &reference[1]
        );
    }
}

#[tokio::test]
async fn health_and_metrics_are_told_to_machines() {
    let world = World::new().await;
    world.get("/healthz").await.is(200);
    assert_eq!(
        world.get("/readyz").await.is(200).text,
        "ready\n",
        "how much is recorded is not for everybody"
    );
    world.get("/words").await.is(200);
    world
        .get("/metrics")
        .await
        .is(200)
        .says("http_answers_total")
        .says("route=\"words\"");
    let robots = world.get("/robots.txt").await;
    robots.is(200).says("Disallow: /desk");
    assert!(robots.header("content-type").starts_with("text/plain"));
}

#[tokio::test]
async fn a_head_request_is_answered_without_a_body() {
    let world = World::new().await;
    let answer = world.ask(Method::HEAD, "/words").send().await;
    answer.is(200);
    assert!(answer.text.is_empty());
}
