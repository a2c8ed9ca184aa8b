//! Texts over HTTP: put up from a form and by a program, in every format, compared, unseen by whoever may not, and hostile ones.

use axum::http::Method;
use std::io::{Cursor, Write as _};
use testkit::{Answer, World};
use zip::{ZipWriter, write::SimpleFileOptions};

const OBLIGATION: &str = "first-20-320100";
const SECRET: &str = "Zqdraft8812";
const BOUNDARY: &str = "----biaochi";
const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

fn source(more: &str) -> String {
    format!(
        "+++\ntitle = {{ zh = [\"{SECRET}规范\"] }}\n+++\n# 范围 {{#main}}\n本文件规定了要求。本文件适用于机构。\n\
         # 要求\n## 外观\n组件必须完好，见[](#main)。{more}\n"
    )
}

async fn sent(world: &World, login: &str, query: &str, kind: &str, body: impl Into<Vec<u8>>) -> Answer {
    world
        .ask(Method::POST, &format!("/api/v1/obligations/{OBLIGATION}/texts{query}"))
        .header("sec-fetch-site", "same-origin")
        .by(login)
        .await
        .body(kind, body)
        .send()
        .await
}

async fn in_format(world: &World, login: &str, id: &str, accept: &str) -> Answer {
    let asker = world
        .ask(Method::GET, &format!("/api/v1/texts/{id}"))
        .header("accept", accept);
    match login {
        "" => asker.send().await,
        login => asker.by(login).await.send().await,
    }
}

/// A screen reader reads a text in its own language, whatever the page's.
#[tokio::test]
async fn a_text_is_marked_with_its_own_language() {
    let world = World::with_list().await;
    let chinese = source("");
    let english = chinese.replacen("+++\n", "+++\nlanguage = \"en\"\n", 1);
    for (base, text, tag) in [("0", chinese, "zh-Hans"), ("1", english, "en")] {
        let query = format!("?base={base}");
        let put = sent(&world, "nanjing", &query, "text/markdown", text)
            .await
            .is(201)
            .json();
        let page = format!("/texts/{}", put["id"].as_str().unwrap());
        world
            .get_as("nanjing", &page)
            .await
            .is(200)
            .says(&format!("<div class=\"standard-text\" lang=\"{tag}\">"));
    }
}

/// A form with one file, as browsers write it.
async fn form(world: &World, login: &str, fields: &[(&str, &str)], file: Option<(&str, &[u8])>) -> Answer {
    let mut body = Vec::new();
    for (name, value) in fields {
        write!(
            body,
            "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
        )
        .unwrap();
    }
    if let Some((name, content)) = file {
        write!(
            body,
            "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n"
        )
        .unwrap();
        body.extend(content);
        body.extend(b"\r\n");
    }
    write!(body, "--{BOUNDARY}--\r\n").unwrap();
    world
        .ask(Method::POST, &format!("/obligations/{OBLIGATION}/texts/new"))
        .header("sec-fetch-site", "same-origin")
        .by(login)
        .await
        .body(&format!("multipart/form-data; boundary={BOUNDARY}"), body)
        .send()
        .await
}

#[tokio::test]
async fn a_program_puts_a_source_up_reads_its_findings_and_has_it_in_every_format() {
    let world = World::with_list().await;
    let answer = sent(&world, "nanjing", "?base=0", "text/markdown", source("")).await;
    let put = answer.is(201).json();
    assert_eq!(put["id"], "first-20-320100.1");
    let finding = put["findings"]
        .as_array()
        .unwrap()
        .iter()
        .find(|f| f["rule"] == "MOD-01")
        .unwrap();
    assert_eq!(
        (finding["line"].as_i64(), finding["severity"].as_str()),
        (Some(8), Some("error"))
    );
    let id = "first-20-320100.1";
    for (accept, kind, start) in [
        ("application/pdf", "application/pdf", &b"%PDF-"[..]),
        (WORD, WORD, b"PK"),
        ("text/html", "text/html; charset=utf-8", b"<!doctype html>"),
        ("application/xml", "application/xml", b"<?xml"),
        ("text/markdown", "text/markdown; charset=utf-8", b"+++"),
    ] {
        let answer = in_format(&world, "nanjing", id, accept).await;
        answer.is(200);
        assert_eq!(answer.header("content-type"), kind);
        assert!(answer.bytes.starts_with(start), "{accept}");
        assert_eq!(
            answer.bytes,
            in_format(&world, "nanjing", id, accept).await.bytes,
            "the same bytes again"
        );
    }
    let whole = in_format(&world, "nanjing", id, "application/json")
        .await
        .is(200)
        .json();
    assert!(whole["document"]["document"].is_object() || whole["document"].is_object());
    assert!(!whole["findings"].as_array().unwrap().is_empty());
    in_format(&world, "nanjing", id, "image/png")
        .await
        .is(422)
        .says("application/pdf");
    let list = world
        .get_as("nanjing", &format!("/api/v1/obligations/{OBLIGATION}/texts"))
        .await
        .json();
    assert_eq!(
        (list["total"].as_i64(), list["items"][0]["id"].as_str()),
        (Some(1), Some(id))
    );
}

#[tokio::test]
async fn nobody_else_reads_a_word_of_it_until_it_is_published() {
    let world = World::with_list().await;
    sent(&world, "nanjing", "", "text/markdown", source("")).await.is(201);
    sent(&world, "nanjing", "?base=1", "text/markdown", source("并应清洁。"))
        .await
        .is(201);
    let id = "first-20-320100.2";
    let addresses = [
        format!("/texts/{id}"),
        format!("/en/texts/{id}"),
        format!("/texts/{id}/download/docx"),
        format!("/texts/first-20-320100.1/diff/{id}"),
        format!("/api/v1/texts/{id}"),
        format!("/api/v1/texts/first-20-320100.1/diff/{id}"),
    ];
    for address in &addresses {
        world.get(address).await.is(404).keeps_quiet_about(SECRET);
        world.get_as("chengdu", address).await.is(404).keeps_quiet_about(SECRET);
        world.get_as("market", address).await.is(200);
    }
    for address in [
        "/tasks/first-20".to_owned(),
        format!("/obligations/{OBLIGATION}"),
        format!("/api/v1/obligations/{OBLIGATION}/texts"),
    ] {
        world.get(&address).await.is(200).keeps_quiet_about(SECRET);
        world.get_as("nanjing", &address).await.is(200).says(SECRET);
    }
    let publish = format!("/texts/{id}/publish");
    for (login, status) in [("chengdu", 404), ("citizen", 403), ("sector", 403), ("market", 303)] {
        world.post_form_as(login, &publish, &[]).await.is(status);
    }
    world
        .get(&format!("/texts/{id}"))
        .await
        .is(200)
        .says(SECRET)
        .says("href=\"#c-main\"");
    world
        .get("/tasks/first-20")
        .await
        .is(200)
        .says("/texts/first-20-320100.2")
        .keeps_quiet_about("/texts/first-20-320100.1");
    world.get("/texts/first-20-320100.1").await.is(404);
}

#[tokio::test]
async fn a_form_shows_findings_first_and_two_who_began_alike_do_not_overwrite_one_another() {
    let world = World::with_list().await;
    world
        .get_as("nanjing", &format!("/obligations/{OBLIGATION}/texts/new"))
        .await
        .is(200)
        .says("name=\"base\" value=\"0\"");
    world
        .get_as("chengdu", &format!("/obligations/{OBLIGATION}/texts/new"))
        .await
        .is(403);
    form(&world, "nanjing", &[("base", "0"), ("source", "")], None)
        .await
        .is(422)
        .says("请选择文件或粘贴源文本");
    let text = source("");
    let looked = form(
        &world,
        "nanjing",
        &[("base", "0"), ("source", &text), ("audience", "desk")],
        None,
    )
    .await;
    looked.is(200).says("尚未保存").says("MOD-01").says("href=\"#c-");
    assert_eq!(
        world
            .get_as("nanjing", &format!("/api/v1/obligations/{OBLIGATION}/texts"))
            .await
            .json()["total"],
        0
    );
    let digest = looked
        .text
        .split("name=\"file\" value=\"")
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap()
        .to_owned();
    let confirm = format!("/obligations/{OBLIGATION}/texts");
    let confirmed = [("file", digest.as_str()), ("base", "0"), ("audience", "desk")];
    // A digest alone opens nothing.
    world.post_form_as("market", &confirm, &confirmed).await.is(422);
    let answer = world.post_form_as("nanjing", &confirm, &confirmed).await;
    answer.is(303);
    assert_eq!(answer.location(), "/texts/first-20-320100.1");
    world.get_as("market", "/texts/first-20-320100.1").await.is(404);
    let other = form(
        &world,
        "nanjing",
        &[("base", "0"), ("source", &source("另一稿。"))],
        None,
    )
    .await;
    let digest = other
        .text
        .split("name=\"file\" value=\"")
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap()
        .to_owned();
    world
        .post_form_as("nanjing", &confirm, &[("file", &digest), ("base", "0")])
        .await
        .is(409)
        .says("第1版");
    world
        .get_as("nanjing", "/en/texts/first-20-320100.1")
        .await
        .is(200)
        .says("Version 1")
        .says("breaks a drafting rule");
}

#[tokio::test]
async fn hostile_texts_are_refused_or_shown_as_text() {
    let world = World::with_list().await;
    sent(&world, "nanjing", "", "text/html", "<script>").await.is(422);
    sent(&world, "nanjing", "", "text/markdown", vec![0xff, 0xfe, 0x00])
        .await
        .is(422);
    sent(&world, "nanjing", "", "text/markdown", "  \n").await.is(422);
    sent(&world, "nanjing", "", "text/markdown", vec![b'a'; 4 * 1024 * 1024 + 1])
        .await
        .is(422);
    sent(&world, "nanjing", "", WORD, "PK no archive").await.is(422);
    let mut bomb = ZipWriter::new(Cursor::new(Vec::new()));
    bomb.start_file("word/document.xml", SimpleFileOptions::default())
        .unwrap();
    for _ in 0..300 {
        bomb.write_all(&vec![b' '; 1024 * 1024]).unwrap();
    }
    let bomb = bomb.finish().unwrap().into_inner();
    sent(&world, "nanjing", "", WORD, bomb).await.is(422);
    sent(&world, "citizen", "", "text/markdown", source("")).await.is(403);
    sent(&world, "chengdu", "", "text/markdown", source("")).await.is(403);
    let text = source("<script>alert(1)</script>[x](javascript:alert(1))![p](../../etc/passwd)");
    sent(&world, "nanjing", "", "text/markdown", text).await.is(201);
    let page = world.get_as("nanjing", "/texts/first-20-320100.1").await;
    page.is(200)
        .says("&lt;script&gt;alert(1)")
        .keeps_quiet_about("<script>alert")
        .keeps_quiet_about("href=\"javascript")
        .keeps_quiet_about("src=\"../");
    world
        .get_as("nanjing", "/texts/first-20-320100.1/download/exe")
        .await
        .is(404);
}
