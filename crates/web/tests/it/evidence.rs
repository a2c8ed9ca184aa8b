//! Evidence with files, as a browser without a script sends it, and as a program does.

use axum::{
    body::{Body, Bytes},
    http::{Method, Request},
};
use futures_util::stream;
use std::{
    convert::Infallible,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};
use testkit::{Answer, World};
use tower::ServiceExt;

const OBLIGATION: &str = "first-20-320100";
const PDF: &[u8] = b"%PDF-1.7\n%\xe2\xe3 Zqinside7719";
const BOUNDARY: &str = "----biaochi";

/// A form with fields and files, as browsers write it.
fn multipart(fields: &[(&str, &str)], files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut body = Vec::new();
    for (name, value) in fields {
        body.extend(
            format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").bytes(),
        );
    }
    for (name, content) in files {
        body.extend(
            format!(
                "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
                 Content-Type: application/octet-stream\r\n\r\n"
            )
            .bytes(),
        );
        body.extend(*content);
        body.extend(b"\r\n");
    }
    body.extend(format!("--{BOUNDARY}--\r\n").bytes());
    body
}

async fn sent(world: &World, login: &str, fields: &[(&str, &str)], files: &[(&str, &[u8])]) -> Answer {
    let kind = format!("multipart/form-data; boundary={BOUNDARY}");
    world
        .ask(Method::POST, &format!("/obligations/{OBLIGATION}/evidence"))
        .header("sec-fetch-site", "same-origin")
        .by(login)
        .await
        .body(&kind, multipart(fields, files))
        .send()
        .await
}

const FIELDS: [(&str, &str); 3] = [("kind", "study"), ("title", "调研报告"), ("audience", "participants")];

/// The addresses of the files on a page.
fn files_of(page: &Answer) -> Vec<String> {
    page.text
        .split("href=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .filter(|address| address.contains("/files/"))
        .map(str::to_owned)
        .collect()
}

async fn files_in_store(world: &World) -> i64 {
    let sql = "SELECT COUNT(*) AS n FROM file";
    world.platform.ledger().count(sql, vec![]).await.unwrap()
}

#[tokio::test]
async fn an_officer_attaches_a_file_and_those_who_see_the_entry_have_it() {
    let world = World::with_list().await;
    let form = format!("/obligations/{OBLIGATION}/actions/record_evidence");
    world
        .get_as("nanjing", &form)
        .await
        .is(200)
        .says("multipart/form-data")
        .says("type=\"file\"")
        .says("合计不超过 50 MB");
    let answer = sent(&world, "nanjing", &FIELDS, &[("方案 1.pdf", PDF)]).await;
    answer.is(303);
    let page = world.get_as("nanjing", &format!("/obligations/{OBLIGATION}")).await;
    page.is(200).says("方案 1.pdf").says("PDF");
    let address = files_of(&page).remove(0);
    let file = world.get_as("nanjing", &address).await;
    file.is(200);
    assert_eq!(file.bytes, PDF);
    assert_eq!(file.header("content-type"), "application/pdf");
    assert_eq!(file.header("x-content-type-options"), "nosniff");
    assert!(file.header("content-security-policy").contains("sandbox"));
    assert_eq!(file.header("cache-control"), "no-store");
    let disposition = file.header("content-disposition");
    assert!(
        disposition.starts_with("attachment;") && disposition.contains("%E6%96%B9%E6%A1%88%201%2Epdf"),
        "{disposition}"
    );
    // The entry and its history tell of it, in both languages.
    let entry = address.split("/files/").next().unwrap();
    world.get_as("nanjing", entry).await.says("方案 1.pdf");
    world
        .get_as("nanjing", &format!("/en{entry}"))
        .await
        .says("方案 1.pdf")
        .says("Files");
    for (login, status) in [("market", 200), ("analyst", 200), ("chengdu", 404), ("manager", 404)] {
        world.get_as(login, &address).await.is(status);
        if status == 404 {
            world
                .get_as(login, &format!("/obligations/{OBLIGATION}"))
                .await
                .keeps_quiet_about("方案 1.pdf");
        }
    }
    world.get(&address).await.is(404);
    world.get(&format!("/en{address}")).await.is(404);
}

#[tokio::test]
async fn the_form_comes_back_with_what_was_typed_and_the_file_need_not_be_chosen_again() {
    let world = World::with_list().await;
    let wrong = [
        ("kind", "study"),
        ("title", ""),
        ("audience", "public"),
        ("version", ""),
    ];
    let answer = sent(&world, "nanjing", &wrong, &[("方案.pdf", PDF)]).await;
    answer
        .is(422)
        .says("error-summary")
        .says("方案.pdf")
        .says("name=\"files\"");
    let digest = answer
        .text
        .split("name=\"files\" value=\"")
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap()
        .to_owned();
    let right = [
        ("kind", "study"),
        ("title", "调研报告"),
        ("audience", "public"),
        ("files", digest.as_str()),
    ];
    sent(&world, "nanjing", &right, &[]).await.is(303);
    let page = world.get(&format!("/obligations/{OBLIGATION}")).await;
    page.says("方案.pdf");
    let file = world.get(&files_of(&page)[0]).await;
    assert_eq!(file.bytes, PDF);
    let renamed = sent(&world, "nanjing", &FIELDS, &[("方案.png", PDF)]).await;
    renamed.is(422).says("文件内容与扩展名不符").says("调研报告");
}

#[tokio::test]
async fn a_form_that_is_sent_twice_is_done_once() {
    let world = World::with_list().await;
    let mut fields = FIELDS.to_vec();
    fields.push(("once", "one-form"));
    for _ in 0..2 {
        sent(&world, "nanjing", &fields, &[("方案.pdf", PDF)]).await.is(303);
    }
    let call = format!("/api/v1/obligations/{OBLIGATION}/evidence");
    let evidence = world
        .api_as("nanjing", Method::GET, &call, &serde_json::json!({}))
        .await
        .json();
    let reports = evidence["items"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|e| e["kind"] == "study")
        .count();
    assert_eq!(reports, 1);
}

#[tokio::test]
async fn who_may_not_report_is_refused_before_anything_is_stored() {
    let world = World::with_list().await;
    for login in ["chengdu", "manager", "citizen"] {
        sent(&world, login, &FIELDS, &[("方案.pdf", PDF)]).await.is(403);
    }
    assert_eq!(files_in_store(&world).await, 0);
}

#[tokio::test]
async fn two_gigabytes_are_refused_while_they_come_and_leave_no_trace() {
    let world = World::with_list().await;
    let token = world.session("nanjing").await;
    let read = Arc::new(AtomicU64::new(0));
    let counted = read.clone();
    let head = format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"large.txt\"\r\n\r\n");
    let chunk = Bytes::from(vec![b'a'; 1024 * 1024]);
    let content = std::iter::once(Bytes::from(head)).chain(std::iter::repeat_n(chunk, 2048));
    let content = content.map(move |bytes| {
        counted.fetch_add(bytes.len() as u64, Ordering::Relaxed);
        Ok::<_, Infallible>(bytes)
    });
    let request = Request::post(format!("/obligations/{OBLIGATION}/evidence"))
        .header("content-type", format!("multipart/form-data; boundary={BOUNDARY}"))
        .header("cookie", format!("bc_session={token}"))
        .header("sec-fetch-site", "same-origin")
        .body(Body::from_stream(stream::iter(content)))
        .unwrap();
    let answer = world.router().oneshot(request).await.unwrap();
    assert_eq!(answer.status(), 413);
    let limit = world.platform.settings().file_limit;
    let read = read.load(Ordering::Relaxed);
    assert!(read < limit + 4 * 1024 * 1024, "{read} bytes were read");
    assert_eq!(files_in_store(&world).await, 0);
    assert_eq!(world.files_lying(), 0);
    // Where the length is told, nothing is read at all.
    let told = Request::post(format!("/obligations/{OBLIGATION}/evidence"))
        .header("content-type", format!("multipart/form-data; boundary={BOUNDARY}"))
        .header("content-length", "2147483648")
        .header("cookie", format!("bc_session={token}"))
        .header("sec-fetch-site", "same-origin")
        .body(Body::from_stream(stream::pending::<Result<Bytes, Infallible>>()))
        .unwrap();
    assert_eq!(world.router().oneshot(told).await.unwrap().status(), 413);
}

#[tokio::test]
async fn a_program_sends_a_file_and_names_it_in_its_action() {
    let world = World::with_list().await;
    let file = world
        .ask(Method::POST, "/api/v1/files?name=data.csv")
        .by("nanjing")
        .await
        .body("application/octet-stream", b"a,b\n1,2\n".to_vec())
        .send()
        .await;
    file.is(201);
    let file = file.json();
    assert_eq!(
        (&file["name"], &file["media"], &file["size"]),
        (&"data.csv".into(), &"text/plain".into(), &8.into())
    );
    let action = serde_json::json!({
        "action": "record_evidence",
        "input": { "kind": "data", "title": "试验数据", "audience": "public", "files": [file["sha256"]] },
    });
    let call = format!("/api/v1/obligations/{OBLIGATION}/actions");
    world.api_as("nanjing", Method::POST, &call, &action).await.is(200);
    let evidence = world
        .get(&format!("/api/v1/obligations/{OBLIGATION}/evidence"))
        .await
        .json();
    let found = &evidence["items"].as_array().unwrap().last().unwrap()["files"][0];
    assert_eq!(found["sha256"], file["sha256"]);
    let had = world.get(found["href"].as_str().unwrap()).await;
    assert_eq!(had.bytes, b"a,b\n1,2\n");
    let nameless = world
        .ask(Method::POST, "/api/v1/files")
        .by("nanjing")
        .await
        .body("text/plain", "x")
        .send()
        .await;
    nameless.is(422).says("name");
    world
        .ask(Method::POST, "/api/v1/files?name=x.txt")
        .by("citizen")
        .await
        .body("text/plain", "x")
        .send()
        .await
        .is(403);
}
