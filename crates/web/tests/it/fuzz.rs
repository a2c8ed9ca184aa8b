//! Damaged addresses, forms and calls: whatever comes, the server answers with a reason of its own and never breaks.

use ::fuzz::Fuzz;
use axum::{
    body::Body,
    http::{Method, Request},
};
use testkit::World;
use tower::ServiceExt;

/// Sends a request; nothing but a break may be 5xx.
async fn send(world: &World, method: Method, address: &str, headers: &[(&str, &str)], body: &str) {
    let mut request = Request::builder()
        .method(method)
        .uri(address)
        .header("host", "biaochi.test");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    // What is no address at all never reaches a server.
    let Ok(request) = request.body(Body::from(body.to_owned())) else {
        return;
    };
    let response = world.router().oneshot(request).await.unwrap();
    assert!(
        response.status().as_u16() < 500,
        "{address} {body:?}: {}",
        response.status()
    );
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap()
}

const WORDS: &[&str] = &[
    "/",
    "?",
    "&",
    "=",
    "%",
    "%00",
    "%ff",
    "%2f",
    "..",
    "/en/",
    "as_of=",
    "known_at=",
    "2026-02-30",
    "9999-12-31",
    "-9999-01-01",
    "cursor=",
    "limit=",
    "0",
    "201",
    "-1",
    "99999999999999999999",
    "sort=",
    "state=",
    "place=",
    "tier=",
    "%E5%8D%97",
    "first-",
    "'",
    "\"",
    "%25",
    "+",
    "null",
    "late=true",
    "version=",
];

#[test]
fn addresses_with_filters_cursors_and_days() {
    let runtime = runtime();
    let world = runtime.block_on(World::with_list());
    let corpus = [
        "/list?tier=local&place=320100&state=delivered&q=%E7%BB%BF&sort=number",
        "/en/list?measure=5&guiding=none&noted=1&as_of=2025-06-30",
        "/obligations?late=false&holder=x&stage=30.20&role=support&claim=all&limit=20",
        "/api/v1/obligations?firm=true&version=1&cursor=IjEwIg&limit=200",
        "/api/v1/lists/first/tasks?tier=group&known_at=2026-01-01T00:00:00Z",
        "/tasks/first-28?as_of=2026-01-01",
        "/history/obligation/first-20-320100?cursor=IjEwIg",
        "/api/v1/events?after=10&limit=5",
        "/search?q=DB3201",
        "/places/DB3201?as_of=2024-12-31",
        "/lists/first/diff?from=1&to=2",
        "/feeds/places/320100.atom",
        "/measures/5",
        "/words?q=x",
    ];
    Fuzz::new("addresses").rounds(400).text(&corpus, WORDS, |address| {
        runtime.block_on(send(&world, Method::GET, address, &[], ""));
    });
    runtime.block_on(world.end());
}

#[test]
fn forms_and_calls_of_the_api() {
    let runtime = runtime();
    let world = runtime.block_on(World::with_list());
    let token = runtime.block_on(world.session("nanjing"));
    let cookie = format!("bc_session={token}");
    let calls = [
        r#"{"action":"note","input":{"text":"已开会","audience":"public"}}"#,
        r#"{"action":"set_milestone","input":{"name":"征求意见","due":"2027-01-31","set_by":"某局"}}"#,
        r#"{"action":"record_evidence","input":{"kind":"standard","title":"规范","designation":"DB3201/T 1—2026"}}"#,
        r#"{"action":"correct","input":{"position":"12","reason":"误"}}"#,
    ];
    let json = [
        "{",
        "}",
        "[",
        "]",
        "\"",
        "null",
        "1e400",
        "\\ud800",
        "\\u0000",
        ",",
        ":",
        "\"action\"",
        "close",
        "-1",
    ];
    Fuzz::new("calls").rounds(300).text(&calls, &json, |body| {
        let headers = [
            ("content-type", "application/json"),
            ("cookie", &cookie),
            ("accept", "application/json"),
        ];
        let path = "/api/v1/obligations/first-20-320100/actions";
        runtime.block_on(send(&world, Method::POST, path, &headers, body));
    });
    let forms = [
        "line=DB3201%2FT+1234%E2%80%942026+2026-03-01&once=x",
        "login=nanjing&password=x&next=%2Flist",
        "name=%E5%BE%81%E6%B1%82&due=2027-01-31&set_by=%E5%B1%80&once=x",
    ];
    for path in [
        "/paste",
        "/sign-in",
        "/obligations/first-20-320100/actions/set_milestone",
    ] {
        Fuzz::new("forms").rounds(100).text(&forms, WORDS, |body| {
            let headers = [
                ("content-type", "application/x-www-form-urlencoded"),
                ("cookie", cookie.as_str()),
                ("sec-fetch-site", "same-origin"),
            ];
            runtime.block_on(send(&world, Method::POST, path, &headers, body));
        });
    }
    runtime.block_on(world.end());
}
