//! Proposals worded anew: the form filled in with what stands there, who may, and what a slower one is told.

use axum::http::Method;
use serde_json::{Value, json};
use testkit::{Answer, World};

/// Opens a proposal of 成都 for task 32 by the API, and gives its id.
async fn proposal(world: &World) -> String {
    let changes = json!([
        { "change": "change_task", "task": "first-32", "words": {
            "title": { "zh": "餐饮业油烟排放标准", "en_origin": "none" },
            "topics": [{ "zh": "油烟", "en_origin": "none" }, { "zh": "异味", "en_origin": "none" }],
        } },
        { "change": "close_task", "task": "first-104", "reason": "另行部署" },
    ]);
    let body = json!({ "base_version": 1, "reason": "排放标准由省级制定", "changes": changes });
    let opened = world
        .api_as("chengdu", Method::POST, "/api/v1/lists/first/proposals", &body)
        .await;
    opened.is(200).json()["id"].as_str().unwrap().to_owned()
}

/// What stands in a field of a form, as a browser would send it back.
fn value_of(page: &Answer, name: &str) -> String {
    let at = page.text.find(&format!("name=\"{name}\"")).expect(name);
    let start = page.text[..at].rfind('<').unwrap();
    let tag = &page.text[start..start + page.text[start..].find('>').unwrap()];
    let raw = if tag.starts_with("<textarea") {
        let open = start + tag.len() + 1;
        page.text[open..open + page.text[open..].find("</textarea>").unwrap()]
            .trim_start()
            .to_owned()
    } else if tag.starts_with("<select") {
        let rest = &page.text[start..start + page.text[start..].find("</select>").unwrap()];
        let chosen = rest.split("<option").find(|o| o.contains("selected")).unwrap();
        chosen
            .split("value=\"")
            .nth(1)
            .unwrap()
            .split('"')
            .next()
            .unwrap()
            .to_owned()
    } else {
        tag.split("value=\"")
            .nth(1)
            .unwrap_or_default()
            .split('"')
            .next()
            .unwrap()
            .to_owned()
    };
    raw.replace("&quot;", "\"")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&")
}

/// All fields of the form for two changes, as the page has them.
fn fields(page: &Answer) -> Vec<(String, String)> {
    [
        "seen",
        "base",
        "c0-before",
        "c0-title",
        "c0-title_en",
        "c0-tier",
        "c0-places",
        "c1-before",
        "c1-close",
        "reason",
        "reason_en",
    ]
    .map(|name| (name.to_owned(), value_of(page, name)))
    .to_vec()
}

fn with(fields: &[(String, String)], name: &str, value: &str) -> Vec<(String, String)> {
    let mut fields: Vec<(String, String)> = fields.iter().filter(|(n, _)| n != name).cloned().collect();
    fields.push((name.to_owned(), value.to_owned()));
    fields
}

async fn send(world: &World, login: &str, id: &str, fields: &[(String, String)]) -> Answer {
    let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    world.post_form_as(login, &format!("/changes/{id}/edit"), &fields).await
}

async fn changes(world: &World, id: &str) -> Value {
    world.get_as("analyst", &format!("/api/v1/proposals/{id}")).await.json()["changes"].clone()
}

#[tokio::test]
async fn a_draft_is_edited_on_the_form_that_shows_what_stands_there() {
    let world = World::with_list().await;
    let id = proposal(&world).await;
    world
        .get_as("chengdu", &format!("/changes/{id}"))
        .await
        .says("修改提案");
    let form = world.get_as("chengdu", &format!("/changes/{id}/edit")).await;
    form.is(200)
        .says("第32项")
        .says("关闭任务")
        .says("另行部署")
        .says("餐饮业油烟排放标准");
    let filled = fields(&form);
    // Sent back as it came, it says the same: what has no field stays.
    let before = changes(&world, &id).await;
    let same = send(&world, "chengdu", &id, &filled).await;
    same.is(303);
    assert_eq!(changes(&world, &id).await, before);
    // One change is worded anew, the other left out.
    let form = world.get_as("chengdu", &format!("/changes/{id}/edit")).await;
    let anew = with(
        &with(&fields(&form), "c0-title", "餐饮业油烟污染物排放标准"),
        "c1-out",
        "1",
    );
    send(&world, "chengdu", &id, &anew).await.is(303);
    let now = changes(&world, &id).await;
    assert_eq!(now.as_array().unwrap().len(), 1, "{now}");
    assert_eq!(now[0]["words"]["title"]["zh"], "餐饮业油烟污染物排放标准");
    assert_eq!(now[0]["words"]["topics"].as_array().unwrap().len(), 2, "topics stay");
    world
        .get_as("chengdu", &format!("/history/proposal/{id}"))
        .await
        .says("修改调整建议");
    // What does not do comes back with what was typed, and says which change is meant.
    let form = world.get_as("chengdu", &format!("/changes/{id}/edit")).await;
    let wrong = [
        ("seen", value_of(&form, "seen")),
        ("base", "1".to_owned()),
        ("c0-before", value_of(&form, "c0-before")),
        ("c0-title", "题目".to_owned()),
        ("c0-tier", "local".to_owned()),
        ("c0-places", "亚特兰蒂斯".to_owned()),
        ("reason", "试".to_owned()),
    ]
    .map(|(n, v)| (n.to_owned(), v));
    send(&world, "chengdu", &id, &wrong)
        .await
        .is(422)
        .says("第 1 处：平台没有地方 亚特兰蒂斯")
        .says("value=\"亚特兰蒂斯\"");
}

#[tokio::test]
async fn whoever_was_slower_sees_what_stands_there_beside_what_they_typed() {
    let world = World::with_list().await;
    let id = proposal(&world).await;
    let address = format!("/changes/{id}/edit");
    let (mine, theirs) = (
        fields(&world.get_as("chengdu", &address).await),
        fields(&world.get_as("analyst", &address).await),
    );
    send(&world, "analyst", &id, &with(&theirs, "c0-title", "甲稿题目"))
        .await
        .is(303);
    let mine = with(&mine, "c0-title", "乙稿题目");
    let refused = send(&world, "chengdu", &id, &mine).await;
    refused
        .is(409)
        .says("any/stale")
        .says("修改调整建议")
        .says("您填写的与现在的提案不同之处")
        .says("<del>甲稿题目</del>")
        .says("<ins>乙稿题目</ins>")
        .says("value=\"乙稿题目\"");
    assert_eq!(
        changes(&world, &id).await[0]["words"]["title"]["zh"],
        "甲稿题目",
        "nothing was overwritten"
    );
    // Sent again by somebody who has seen it, it holds.
    send(&world, "chengdu", &id, &fields(&refused)).await.is(303);
    assert_eq!(changes(&world, &id).await[0]["words"]["title"]["zh"], "乙稿题目");
    world
        .get_as("chengdu", &format!("/en{address}"))
        .await
        .says("Edit proposal")
        .says("乙稿题目");
}

#[tokio::test]
async fn only_the_proposer_and_the_keepers_of_the_list_edit_and_only_until_it_is_approved() {
    let world = World::with_list().await;
    let id = proposal(&world).await;
    let address = format!("/changes/{id}/edit");
    let filled = fields(&world.get_as("chengdu", &address).await);
    world.get(&address).await.is(303);
    world.get_as("nanjing", &address).await.is(404);
    send(&world, "nanjing", &id, &filled).await.is(404);
    world.get_as("manager", &address).await.is(403);
    world
        .post_form_as("analyst", &format!("/changes/{id}/publish"), &[])
        .await
        .is(303);
    // Now everybody reads it; it is still its proposer's.
    world
        .get_as("nanjing", &address)
        .await
        .is(403)
        .says("list/not_the_proposer");
    send(&world, "nanjing", &id, &filled).await.is(403);
    world
        .get_as("nanjing", &format!("/changes/{id}"))
        .await
        .is(200)
        .keeps_quiet_about("修改提案");
    let ask = [("until", "2026-12-10"), ("body.chengdu-commerce", "1")];
    world
        .post_form_as("analyst", &format!("/changes/{id}/ask"), &ask)
        .await
        .is(303);
    world.get_as("chengdu", &address).await.is(200).says("须重新征求意见");
    let approval = [
        ("ministry", "mofcom"),
        ("number", "演示商资〔2026〕1号"),
        ("date", "2026-11-20"),
    ];
    world
        .post_form_as("analyst", &format!("/changes/{id}/approval"), &approval)
        .await
        .is(303);
    world
        .get_as("chengdu", &address)
        .await
        .is(409)
        .says("list/approved_text_frozen");
    send(&world, "chengdu", &id, &filled)
        .await
        .is(409)
        .says("list/approved_text_frozen");
    world
        .get_as("chengdu", &format!("/changes/{id}"))
        .await
        .keeps_quiet_about("修改提案");
}

#[tokio::test]
async fn the_interface_edits_against_the_version_that_its_caller_saw() {
    let world = World::with_list().await;
    let id = proposal(&world).await;
    let path = format!("/api/v1/proposals/{id}");
    let put = async |login: &str, seen: Option<&str>, body: &Value| {
        let mut asker = world.ask(Method::PUT, &path).by(login).await;
        if let Some(seen) = seen {
            asker = asker.header("if-match", seen);
        }
        asker.json(body).send().await
    };
    let body = json!({ "base_version": 1, "reason": "改写", "changes": [{ "change": "widen", "places": ["440300"] }] });
    put("nanjing", None, &body).await.is(404);
    let seen = world.get_as("chengdu", &path).await.json()["version"].clone();
    assert_eq!(seen, 1);
    let done = put("chengdu", Some("\"1\""), &body).await;
    assert_eq!(done.is(200).json()["version"], 2);
    assert_eq!(
        world.get_as("chengdu", &path).await.json()["preview"]["after"],
        252,
        "13 tasks of all pilots, for one place more"
    );
    let stale = put("analyst", Some("\"1\""), &body).await;
    stale.is(409);
    let document = stale.json();
    assert_eq!(document["rule"]["id"], "any/stale");
    assert_eq!(document["changed"][0]["kind"], "proposal.changed");
    assert_eq!(document["changed"][0]["body"]["reason"]["zh"], "改写");
    let wrong = json!({ "base_version": 1, "reason": "", "changes": [] });
    put("chengdu", None, &wrong).await.is(422);
    let moved =
        json!({ "base_version": 7, "reason": "改写", "changes": [{ "change": "widen", "places": ["440300"] }] });
    put("chengdu", None, &moved).await.is(409).says("list/base_moved");
}
