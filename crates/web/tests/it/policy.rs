//! What stands in the headers of every answer, and what may stand in no page.

use axum::http::Method;
use regex::Regex;
use testkit::World;
use web::route::{Access, Kind, Verb};

/// Addresses of all kinds: pages of the table without parameters, failures, documents, files.
fn addresses() -> Vec<String> {
    let mut all: Vec<String> = web::routes::matrix()
        .iter()
        .filter(|row| row.verb == Verb::Get && row.access == Access::Public && !row.path.contains('{'))
        .flat_map(web::route::Row::paths)
        .collect();
    all.extend(
        [
            "/nowhere",
            "/en/nowhere",
            "/?as_of=x",
            "/api/v1/nowhere",
            "/assets/0/nothing.css",
        ]
        .map(str::to_owned),
    );
    all
}

#[tokio::test]
async fn every_answer_carries_the_policy() {
    let world = World::with_list().await;
    for address in addresses() {
        let answer = world.get(&address).await;
        let policy = answer.header("content-security-policy");
        assert!(
            policy.contains("default-src 'none'") && !policy.contains("unsafe"),
            "{address}: {policy}"
        );
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{address}");
        assert_eq!(answer.header("referrer-policy"), "same-origin", "{address}");
        assert!(!answer.header("cache-control").is_empty(), "{address}");
    }
}

#[tokio::test]
async fn no_page_holds_a_style_or_script_of_its_own() {
    let world = World::with_list().await;
    let inline = Regex::new(
        r"(?i)<style|\sstyle\s*=|<script(?: type=.module.)?>|<script[^>]*>[^<]|<[^>]*\son[a-z]+\s*=|javascript:",
    )
    .unwrap();
    let pages = web::routes::matrix()
        .into_iter()
        .filter(|row| row.kind == Kind::Page && !row.path.contains('{'));
    for row in pages {
        for path in row.paths() {
            for answer in [
                world.get(&path).await,
                world.get_as("nanjing", &path).await,
                world.get_as("system", &path).await,
            ] {
                if let Some(found) = inline.find(&answer.text) {
                    panic!("{path} holds {:?}", found.as_str());
                }
            }
        }
    }
}

#[tokio::test]
async fn a_form_of_another_site_is_turned_away() {
    let world = World::with_list().await;
    let foreign = world
        .ask(Method::POST, "/sign-out")
        .header("sec-fetch-site", "cross-site")
        .by("nanjing")
        .await
        .form(&[])
        .send()
        .await;
    foreign.is(403).says("来自其他网站");
}

#[tokio::test]
async fn styles_may_be_kept_for_a_year_by_their_content() {
    let world = World::new().await;
    let home = world.get("/").await;
    let address = Regex::new("/assets/[0-9a-f]+/biaochi.css")
        .unwrap()
        .find(&home.text)
        .unwrap()
        .as_str()
        .to_owned();
    let style = world.get(&address).await;
    style.is(200);
    assert_eq!(style.header("content-type"), "text/css; charset=utf-8");
    assert_eq!(style.header("cache-control"), "public, max-age=31536000, immutable");
    let stale = world.get("/assets/0/biaochi.css").await;
    assert_eq!(stale.header("cache-control"), "public, max-age=0, must-revalidate");
}
