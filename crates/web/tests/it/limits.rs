//! How often one reader may ask: by person where they say who they are, else by address.

use axum::{
    Router,
    body::Body,
    extract::ConnectInfo,
    http::{Method, Request, header},
};
use http_body_util::BodyExt;
use std::net::SocketAddr;
use testkit::World;
use tower::ServiceExt;
use web::rate::{Rate, Rates};

const RATES: Rates = Rates {
    reads: Rate {
        per_second: 1,
        at_once: 3,
    },
    writes: Rate {
        per_second: 1,
        at_once: 2,
    },
};

struct Came {
    status: u16,
    retry_after: Option<String>,
    kind: String,
    text: String,
}

/// Somebody at an address, perhaps with a session.
struct Reader<'a> {
    router: &'a Router,
    address: String,
    token: Option<String>,
}

impl Reader<'_> {
    async fn ask(&self, method: Method, path: &str, accept: &str) -> Came {
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::HOST, "biaochi.test")
            .header(header::ACCEPT, accept)
            .header("sec-fetch-site", "same-origin");
        if let Some(token) = &self.token {
            request = request.header(header::COOKIE, format!("bc_session={token}"));
        }
        let mut request = request.body(Body::empty()).unwrap();
        let peer: SocketAddr = format!("{}:4711", self.address).parse().unwrap();
        request.extensions_mut().insert(ConnectInfo(peer));
        let answer = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = answer.into_parts();
        let text = |name| parts.headers.get(name).map(|value| value.to_str().unwrap().to_owned());
        Came {
            status: parts.status.as_u16(),
            retry_after: text(header::RETRY_AFTER),
            kind: text(header::CONTENT_TYPE).unwrap_or_default(),
            text: String::from_utf8(body.collect().await.unwrap().to_bytes().to_vec()).unwrap(),
        }
    }

    async fn read(&self, path: &str) -> Came {
        self.ask(Method::GET, path, "text/html").await
    }
}

async fn limited() -> (World, Router) {
    let world = World::with_list().await;
    let router = web::router(web::Web::new(world.platform.clone(), "test").limited(RATES));
    (world, router)
}

#[tokio::test]
async fn whoever_reads_too_often_waits_and_nobody_else_does() {
    let (world, router) = limited().await;
    let from = |address: &str| Reader {
        router: &router,
        address: address.to_owned(),
        token: None,
    };
    let (here, elsewhere) = (from("192.0.2.1"), from("192.0.2.2"));
    for _ in 0..3 {
        assert_eq!(here.read("/list").await.status, 200);
    }
    let page = here.read("/list").await;
    assert_eq!((page.status, page.retry_after.as_deref()), (429, Some("1")));
    assert!(
        page.text.contains("web/too_many") && page.text.contains("请在 1 秒后再试"),
        "{}",
        page.text
    );
    let english = here.read("/en/list").await;
    assert!(english.text.contains("Try again in 1 seconds"), "{}", english.text);
    let problem = here.ask(Method::GET, "/api/v1/lists", "application/json").await;
    assert_eq!((problem.status, problem.retry_after.as_deref()), (429, Some("1")));
    assert_eq!(problem.kind, "application/problem+json");
    let document: serde_json::Value = serde_json::from_str(&problem.text).unwrap();
    assert_eq!(document["rule"]["id"], "web/too_many");
    assert_eq!(document["status"], 429);
    // An address that leads nowhere costs as much; health and styles cost nothing.
    assert_eq!(here.read("/nowhere").await.status, 429);
    for _ in 0..10 {
        assert_eq!(here.read("/healthz").await.status, 200);
    }
    assert_eq!(elsewhere.read("/list").await.status, 200);
    // Writing has a bucket of its own, and both fill again.
    assert_eq!(here.ask(Method::POST, "/sign-out", "text/html").await.status, 303);
    assert_eq!(here.ask(Method::POST, "/sign-out", "text/html").await.status, 303);
    assert_eq!(here.ask(Method::POST, "/sign-out", "text/html").await.status, 429);
    world.pass(1);
    assert_eq!(here.read("/list").await.status, 200);
    assert_eq!(here.ask(Method::POST, "/sign-out", "text/html").await.status, 303);
    world.end().await;
}

#[tokio::test]
async fn a_person_is_one_reader_wherever_they_are_and_not_their_whole_office() {
    let (world, router) = limited().await;
    let nanjing = world.session("nanjing").await;
    let again = world.session("nanjing").await;
    let chengdu = world.session("chengdu").await;
    let router = &router;
    let reader = |address: &str, token: &str| Reader {
        router,
        // In brackets, as an address of IPv6 stands before a port.
        address: if address.contains("::") {
            format!("[{address}]")
        } else {
            address.to_owned()
        },
        token: Some(token.to_owned()),
    };
    for address in ["192.0.2.1", "192.0.2.2", "2001:db8::1"] {
        assert_eq!(reader(address, &nanjing).read("/account").await.status, 200);
    }
    assert_eq!(reader("192.0.2.3", &again).read("/account").await.status, 429);
    assert_eq!(reader("192.0.2.1", &chengdu).read("/account").await.status, 200);
    // Who says nothing that opens is somebody at an address.
    for _ in 0..3 {
        reader("192.0.2.1", "bcs_nonsense").read("/list").await;
    }
    assert_eq!(reader("192.0.2.1", "bcs_nonsense").read("/list").await.status, 429);
    world.end().await;
}
