//! What comes in broken or without end: streams, archives, headers, bytes that are no text, bodies of another kind,
//! writes from elsewhere. Each gets a clear answer, and nothing is left of it.

use crate::walk::Walk;
use axum::{
    body::{Body, Bytes},
    http::{Method, Request, header},
};
use futures_util::stream;
use platform::{context::Reader, list::workbook};
use sheet::{Cell, Limits};
use std::{
    io::Write as _,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};
use testkit::{Answer, CAST, World};
use tower::ServiceExt as _;
use web::route::{Access, Kind, Row, Verb};

/// What must be as before: where the log stands, and which files there are.
async fn left(world: &World) -> (i64, usize) {
    let ledger = world.platform.ledger();
    let later = world.now().checked_add(jiff::SignedDuration::from_hours(1)).unwrap();
    (
        ledger.head().await.unwrap().0.0,
        ledger.unreferred_files(later, 100).await.unwrap().len(),
    )
}

/// Somebody who may do what a row does.
fn allowed(world: &World, row: &Row) -> &'static str {
    CAST.iter()
        .find(|c| match row.access {
            Access::Right(action) => !world.platform.rights().scopes(action, c.role).is_empty(),
            _ => true,
        })
        .unwrap()
        .login
}

/// A world in which everybody of the cast is there already: who comes in leaves a trace, too.
async fn staffed() -> World {
    let world = World::with_list().await;
    for cast in CAST {
        world.person(cast.login).await;
    }
    world
}

fn writes() -> Vec<Row> {
    web::routes::matrix()
        .into_iter()
        .filter(|row| row.verb != Verb::Get)
        .collect()
}

async fn upload(world: &World, path: &str, fields: &[(&str, &str)], file: &[u8]) -> Answer {
    let mut body = Vec::new();
    for (name, value) in fields {
        body.extend(format!("--bound\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").bytes());
    }
    body.extend(b"--bound\r\ncontent-disposition: form-data; name=\"file\"; filename=\"a.xlsx\"\r\n\r\n");
    body.extend(file);
    body.extend(b"\r\n--bound--\r\n");
    let asker = world
        .ask(Method::POST, path)
        .header("sec-fetch-site", "same-origin")
        .by("analyst")
        .await;
    asker.body("multipart/form-data; boundary=bound", body).send().await
}

#[tokio::test]
async fn a_file_of_two_gigabytes_is_refused_while_it_comes_in() {
    const ALL: u64 = 2 << 30;
    const PIECE: usize = 64 * 1024;
    let world = staffed().await;
    let token = world.session("analyst").await;
    let before = left(&world).await;
    for path in ["/upload", "/upload/confirm", "/upload/marked"] {
        let sent = Arc::new(AtomicU64::new(0));
        let counted = sent.clone();
        let head = Bytes::from_static(
            b"--bound\r\ncontent-disposition: form-data; name=\"file\"; filename=\"a.xlsx\"\r\n\r\n",
        );
        let pieces = stream::unfold(Some(head), move |first| {
            let counted = counted.clone();
            async move {
                let piece = first.unwrap_or_else(|| Bytes::from(vec![b'x'; PIECE]));
                let so_far = counted.fetch_add(piece.len() as u64, Ordering::Relaxed);
                (so_far < ALL).then_some((Ok::<_, std::io::Error>(piece), None))
            }
        });
        let kind = if path == "/upload" {
            "multipart/form-data; boundary=bound"
        } else {
            "application/x-www-form-urlencoded"
        };
        let request = Request::builder()
            .method(Method::POST)
            .uri(path)
            .header(header::HOST, "biaochi.test")
            .header("sec-fetch-site", "same-origin")
            .header(header::COOKIE, format!("bc_session={token}"))
            .header(header::CONTENT_TYPE, kind)
            .body(Body::from_stream(pieces))
            .unwrap();
        let response = world.router().oneshot(request).await.unwrap();
        assert_eq!(response.status().as_u16(), 413, "{path}");
        let limit = world.platform.settings().file_limit;
        let taken = sent.load(Ordering::Relaxed);
        assert!(
            taken < limit + (4 << 20),
            "{path} took {taken} bytes, the limit is {limit}"
        );
    }
    assert_eq!(left(&world).await, before);
}

/// A workbook whose sheet unpacks to half a gigabyte of nothing.
fn bomb() -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let packed = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
    archive.start_file("[Content_Types].xml", packed).unwrap();
    archive
        .write_all(
            br#"<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>"#,
        )
        .unwrap();
    archive.start_file("xl/worksheets/sheet1.xml", packed).unwrap();
    let nothing = vec![b' '; 1 << 20];
    for _ in 0..512 {
        archive.write_all(&nothing).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

#[tokio::test]
async fn an_archive_that_unpacks_without_end_is_not_unpacked() {
    let world = staffed().await;
    let file = bomb();
    assert!(file.len() < 1 << 20, "it comes in small");
    let before = left(&world).await;
    for lang in ["", "/en"] {
        upload(&world, &format!("{lang}/upload"), &[("what", "list")], &file)
            .await
            .is(422)
            .says("error-summary");
    }
    let people = world
        .ask(Method::POST, "/admin/people/upload")
        .header("sec-fetch-site", "same-origin")
        .by("security")
        .await;
    let mut body = b"--bound\r\ncontent-disposition: form-data; name=\"file\"; filename=\"a.xlsx\"\r\n\r\n".to_vec();
    body.extend(&file);
    body.extend(b"\r\n--bound--\r\n");
    let answer = people.body("multipart/form-data; boundary=bound", body).send().await;
    assert!((400..500).contains(&answer.status), "{}", answer.status);
    assert_eq!(left(&world).await, before);
}

#[tokio::test]
async fn a_workbook_with_forty_faults_comes_back_with_forty_marked_cells() {
    let world = staffed().await;
    let reader = Reader::public(world.platform.today());
    let mut table = workbook::table(&world.platform, &reader, "first", language::Lang::Zh)
        .await
        .unwrap();
    for row in 0..20 {
        table.rows[row][3] = Cell::Text("快了".to_owned());
        table.rows[row][6] = Cell::Text("亚特兰蒂斯".to_owned());
    }
    let file = table.xlsx().unwrap();
    let before = left(&world).await;
    let shown = upload(&world, "/upload", &[("what", "list")], &file).await;
    shown.is(200).says("40 个不能接受的单元格");
    let at = shown.text.find("name=\"content\" value=\"").unwrap();
    let rest = &shown.text[at + 22..];
    let content = &rest[..rest.find('"').unwrap()];
    let marked = world
        .post_form_as("analyst", "/upload/marked", &[("what", "list"), ("content", content)])
        .await;
    marked.is(200);
    let sheets = crate::walk::text_of(&marked);
    let words = sheets.matches("亚特兰蒂斯").count();
    assert!(words >= 1, "what was typed is still there to be mended");
    // Read again, the marked workbook has the same forty faults and no other.
    let again = sheet::read(&marked.bytes, &table.layout, &Limits::default()).unwrap();
    assert_eq!(again.rows.len(), 104);
    let shown = upload(&world, "/upload", &[("what", "list")], &marked.bytes).await;
    shown.is(200).says("40 个不能接受的单元格");
    // Confirmed all the same, nothing of it is done.
    let fields = [("what", "list"), ("content", content), ("reason", "试一试")];
    let confirmed = world.post_form_as("analyst", "/upload/confirm", &fields).await;
    assert!((400..500).contains(&confirmed.status), "{}", confirmed.status);
    assert_eq!(left(&world).await, before);
}

#[tokio::test]
async fn what_a_spreadsheet_would_run_stays_text_on_its_way_in_and_out() {
    const FORMULA: &str = "=cmd|' /C calc'!A0";
    let world = staffed().await;
    let reader = Reader::public(world.platform.today());
    let mut table = workbook::table(&world.platform, &reader, "first", language::Lang::Zh)
        .await
        .unwrap();
    table.rows[0][4] = Cell::Text(FORMULA.to_owned());
    let before = left(&world).await;
    let shown = upload(&world, "/upload", &[("what", "list")], &table.xlsx().unwrap()).await;
    shown.is(200);
    // As a formula it would be `<f>`; as a line of CSV it would begin a cell.
    let csv = format!("序号,层级,标题\n1,国家标准,\"{FORMULA}\"\n");
    let answer = upload(&world, "/upload", &[("what", "list")], csv.as_bytes()).await;
    assert!(answer.status < 500, "{}", answer.text);
    assert_eq!(left(&world).await, before);
}

#[tokio::test]
async fn addresses_and_headers_without_end_break_nothing() {
    let world = staffed().await;
    let long = "a".repeat(60_000);
    for path in [
        format!("/search?q={long}"),
        format!("/list?place={long}"),
        format!("/tasks/{long}"),
        format!("/api/v1/obligations?holder={long}"),
        format!("/api/v1/obligations?cursor={long}"),
        format!("/{long}"),
    ] {
        let answer = world.get(&path).await;
        assert!(answer.status < 500, "{}: {}", &path[..30], answer.status);
    }
    for name in [
        "cookie",
        "authorization",
        "accept-language",
        "accept",
        "if-none-match",
        "x-request-id",
        "user-agent",
        "x-forwarded-for",
    ] {
        let answer = world.ask(Method::GET, "/list").header(name, &long).send().await;
        assert!(answer.status < 500, "{name}: {}", answer.status);
    }
    let before = left(&world).await;
    let key = world
        .ask(Method::POST, "/api/v1/obligations/first-26-320100/actions")
        .header("idempotency-key", &long)
        .by("nanjing")
        .await;
    key.json(&serde_json::json!({ "action": "note", "input": { "text": "x" } }))
        .send()
        .await
        .is(422)
        .says("web/idempotency_key");
    assert_eq!(left(&world).await, before);
}

#[tokio::test]
async fn bytes_that_are_no_text_are_told_and_not_kept() {
    let walk = Walk::new("改一改", "餐饮业油烟污染物排放规范").await;
    let world = &walk.world;
    for path in [
        "/search?q=%FF%FE",
        "/tasks/%FF",
        "/list?place=%C3%28",
        "/places/%80",
        "/history/%FF/%FF",
        "/search?q=a%00b",
        "/tasks/a%00b",
        "/api/v1/obligations?holder=%00",
    ] {
        let answer = world.get(path).await;
        assert!(answer.status < 500, "{path}: {}", answer.status);
    }
    let before = left(world).await;
    for row in writes() {
        let login = allowed(world, &row);
        for kind in [
            "application/x-www-form-urlencoded",
            "application/json",
            "text/plain",
            "image/png",
            "",
        ] {
            let asker = world
                .ask(row.verb.method(), &walk.address(&row))
                .header("sec-fetch-site", "same-origin")
                .by(login)
                .await;
            let answer = asker.body(kind, b"name=\xff\xfe\x00&text=%FF%00".to_vec()).send().await;
            assert!(answer.status < 500, "{} as {kind}: {}", row.path, answer.text);
            if row.kind == Kind::Api {
                assert!(
                    (400..500).contains(&answer.status),
                    "{} as {kind}: {}",
                    row.path,
                    answer.status
                );
                assert_eq!(
                    answer.header("content-type"),
                    "application/problem+json",
                    "{}",
                    row.path
                );
            }
        }
        assert_eq!(left(world).await, before, "{} left something", row.path);
    }
}

#[tokio::test]
async fn a_mark_that_no_database_keeps_is_refused_wherever_it_stands() {
    let world = staffed().await;
    let before = left(&world).await;
    let body = br#"{"action":"note","input":{"text":"a\u0000b","audience":"public"}}"#;
    let call = world
        .ask(Method::POST, "/api/v1/obligations/first-26-320100/actions")
        .by("nanjing")
        .await;
    call.body("application/json", body.to_vec())
        .send()
        .await
        .is(422)
        .says("web/json");
    let fields = [("text", "a\0b"), ("audience", "public")];
    world
        .post_form_as("nanjing", "/obligations/first-26-320100/actions/note", &fields)
        .await
        .is(422)
        .says("web/form");
    assert_eq!(left(&world).await, before);
}

#[tokio::test]
async fn no_write_comes_from_another_site() {
    let walk = Walk::new("改一改", "餐饮业油烟污染物排放规范").await;
    let world = &walk.world;
    let before = left(world).await;
    for row in writes() {
        let login = allowed(world, &row);
        for (name, value) in [
            ("sec-fetch-site", "cross-site"),
            ("origin", "https://elsewhere.example"),
        ] {
            let asker = world
                .ask(row.verb.method(), &walk.address(&row))
                .header(name, value)
                .by(login)
                .await;
            let asker = match row.kind {
                Kind::Api => asker.json(&serde_json::json!({})),
                _ => asker.form(&[("name", "x"), ("text", "x")]),
            };
            asker.send().await.is(403).says("web/cross_site");
        }
        if row.access != Access::Public {
            let nobody = world
                .ask(row.verb.method(), &walk.address(&row))
                .header("sec-fetch-site", "same-origin");
            let nobody = match row.kind {
                Kind::Api => nobody.json(&serde_json::json!({})),
                _ => nobody.form(&[]),
            };
            nobody.send().await.is(401);
        }
        assert_eq!(left(world).await, before, "{} did something", row.path);
    }
}

#[tokio::test]
async fn a_day_on_which_it_cannot_have_been_is_refused() {
    let world = staffed().await;
    let path = "/api/v1/obligations/first-26-320100/actions";
    let before = left(&world).await;
    for (action, on) in [
        ("record_stage", "1900-01-01"),
        ("record_stage", "2999-01-01"),
        ("block", "1900-01-01"),
        ("block", "2999-01-01"),
    ] {
        let input = serde_json::json!({
            "stage": "30.20", "kind": "means", "text": "无", "on": on, "source": "来文", "audience": "public",
        });
        let body = serde_json::json!({ "action": action, "input": input });
        let answer = world.api_as("nanjing", Method::POST, path, &body).await;
        assert!((400..500).contains(&answer.status), "{action} {on}: {}", answer.text);
        assert!(!answer.json()["rule"]["id"].as_str().unwrap().is_empty());
    }
    assert_eq!(left(&world).await, before);
}
