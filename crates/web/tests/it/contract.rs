//! The contract of the API: what every call takes and answers, whatever it is about.

use crate::walk::Walk;
use axum::http::Method;
use regex::Regex;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use testkit::{Answer, World};
use web::route::{Access, Kind, Row, Verb};

const OBLIGATION: &str = "/api/v1/obligations/first-26-320100";

fn calls(verb: Verb) -> Vec<Row> {
    web::routes::matrix()
        .into_iter()
        .filter(|row| row.kind == Kind::Api && row.verb == verb)
        .collect()
}

/// Somebody who may read what a row answers.
fn reader(world: &World, row: &Row) -> &'static str {
    match row.access {
        Access::Right(action) => {
            testkit::CAST
                .iter()
                .find(|c| !world.platform.rights().scopes(action, c.role).is_empty())
                .unwrap()
                .login
        }
        _ => "nanjing",
    }
}

/// Every object of an answer, wherever it stands, with the name under which it stands.
fn objects<'v>(name: &'v str, value: &'v Value, visit: &mut dyn FnMut(&str, &Value)) {
    visit(name, value);
    match value {
        Value::Object(fields) => fields.iter().for_each(|(name, value)| objects(name, value, visit)),
        Value::Array(items) => items.iter().for_each(|item| objects(name, item, visit)),
        _ => {}
    }
}

/// Whether this is a problem document as RFC 9457 and the contract want it.
fn is_problem(answer: &Answer) {
    assert_eq!(
        answer.header("content-type"),
        "application/problem+json",
        "{}",
        answer.text
    );
    let document = answer.json();
    for field in ["type", "title", "detail"] {
        assert!(
            !document[field].as_str().unwrap_or_default().is_empty(),
            "{field} of {document}"
        );
    }
    assert_eq!(document["status"], answer.status);
    assert!(
        !document["rule"]["id"].as_str().unwrap_or_default().is_empty(),
        "{document}"
    );
    assert!(
        document["rule"]["source"].is_string() && document["errors"].is_array(),
        "{document}"
    );
}

#[tokio::test]
async fn names_instants_days_and_languages_are_written_alike_everywhere() {
    let walk = Walk::new("改一改", "餐饮业油烟污染物排放规范").await;
    let world = &walk.world;
    let snake = Regex::new("^[a-z][a-z0-9_]*$").unwrap();
    let instant = Regex::new(r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$").unwrap();
    let day = Regex::new(r"^\d{4}-\d\d-\d\d$").unwrap();
    let mut wrong = BTreeSet::new();
    for row in calls(Verb::Get) {
        let address = walk.address(&row);
        let answer = world.get_as(reader(world, &row), &address).await;
        if answer.status != 200 {
            is_problem(&answer);
            continue;
        }
        assert_eq!(answer.header("content-type"), "application/json", "{address}");
        if row.path.ends_with("openapi.json") {
            continue;
        }
        objects("", &answer.json(), &mut |name, value| {
            if let Value::Object(fields) = value {
                if fields.contains_key("zh") {
                    let names: BTreeSet<&str> = fields.keys().map(String::as_str).collect();
                    let origin = fields.get("en_origin").and_then(Value::as_str).unwrap_or_default();
                    // What an event holds is the log's own; what the API says itself has all three.
                    if name != "body"
                        && (names != BTreeSet::from(["en", "en_origin", "zh"])
                            || !["person", "machine", "none"].contains(&origin))
                        && !answer.text.contains("\"body\"")
                    {
                        wrong.insert(format!("{address}: {name} is {value}"));
                    }
                }
                // What is given is named as its standard names it.
                let named = fields.keys().filter(|_| name != "inputs");
                wrong.extend(
                    named
                        .filter(|k| !snake.is_match(k) && !k.bytes().all(|b| b.is_ascii_digit()))
                        .filter(|k| !k.contains('-'))
                        .map(|k| format!("{address}: {k}")),
                );
            }
            let Some(text) = value.as_str() else { return };
            let fits = match name {
                // A run has the day of its report, as on the command line.
                "at" if answer.text.contains("\"units\"") => day.is_match(text),
                "at" | "uploaded_at" => instant.is_match(text),
                "effective" | "from" | "until" | "opened" | "in_force" | "valid_from" | "since" | "due"
                | "published" | "reported" | "time_limit" | "changed_on" | "pilot_since" => {
                    text.is_empty() || day.is_match(text) || answer.text.contains("\"inputs\"")
                }
                _ => true,
            };
            if !fits {
                wrong.insert(format!("{address}: {name} is {text}"));
            }
        });
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[tokio::test]
async fn every_list_comes_in_pages_that_join_to_the_whole() {
    let walk = Walk::new("改一改", "餐饮业油烟污染物排放规范").await;
    let world = &walk.world;
    let lists: Vec<Row> = calls(Verb::Get).into_iter().filter(|row| row.paged).collect();
    assert!(lists.len() >= 12);
    for row in &lists {
        let address = walk.address(row);
        let login = reader(world, row);
        for (parameter, value) in [
            ("limit", "0"),
            ("limit", "201"),
            ("limit", "-1"),
            ("limit", "99999999999999999999"),
            ("limit", "many"),
            ("cursor", "%3F%3F"),
            ("cursor", "bm8gSlNPTg"),
        ] {
            let answer = world.get_as(login, &format!("{address}?{parameter}={value}")).await;
            answer.is(422);
            is_problem(&answer);
            assert_eq!(
                answer.json()["errors"][0]["field"],
                parameter,
                "{address}?{parameter}={value}"
            );
        }
        let whole = world.get_as(login, &format!("{address}?limit=200")).await.json();
        let total = whole["total"].as_u64().unwrap();
        let usual = world.get_as(login, &address).await.json();
        assert_eq!(
            usual["items"].as_array().unwrap().len() as u64,
            total.min(50),
            "{address}"
        );
        assert_eq!(usual["next"].is_null(), total <= 50, "{address}");
        // In steps of a few: nothing twice, nothing left out.
        let step = (total / 3).clamp(1, 60);
        let (mut items, mut cursor) = (Vec::new(), None::<String>);
        loop {
            let after = cursor.map_or_else(String::new, |c| format!("&cursor={c}"));
            let page = world
                .get_as(login, &format!("{address}?limit={step}{after}"))
                .await
                .json();
            assert_eq!(page["total"], total, "{address}");
            let these = page["items"].as_array().unwrap().clone();
            assert!(these.len() as u64 <= step);
            items.extend(these);
            cursor = page["next"].as_str().map(str::to_owned);
            if cursor.is_none() {
                break;
            }
            assert!(items.len() as u64 <= total, "{address} does not end");
        }
        assert_eq!(items.len() as u64, total, "{address}");
        let distinct: BTreeSet<String> = items.iter().map(Value::to_string).collect();
        assert_eq!(distinct.len(), items.len(), "{address} says something twice");
    }
}

#[tokio::test]
async fn every_call_tells_the_state_of_a_day_as_known_at_an_instant() {
    let walk = Walk::new("改一改", "餐饮业油烟污染物排放规范").await;
    let world = &walk.world;
    for row in calls(Verb::Get) {
        let (address, login) = (walk.address(&row), reader(world, &row));
        for nonsense in [
            "as_of=2026-02-30",
            "as_of=tomorrow",
            "known_at=2026-01-01",
            "known_at=then",
        ] {
            let answer = world.get_as(login, &format!("{address}?{nonsense}")).await;
            answer.is(422);
            is_problem(&answer);
        }
        for asked in [
            "as_of=2025-06-30",
            "known_at=2026-11-23T00:00:00Z",
            "as_of=9999-12-31",
            "as_of=0001-01-01",
        ] {
            let answer = world.get_as(login, &format!("{address}?{asked}")).await;
            assert!(answer.status < 500, "{address}?{asked}: {}", answer.text);
        }
    }
    // Before the list there was none of it; before it was entered, nobody knew.
    for asked in ["as_of=2024-01-01", "known_at=2020-01-01T00:00:00Z"] {
        for list in [
            "/api/v1/obligations",
            "/api/v1/lists/first/tasks",
            "/api/v1/lists/first/versions",
        ] {
            let answer = world.get(&format!("{list}?{asked}")).await;
            assert_eq!(answer.json()["total"], 0, "{list}?{asked}");
        }
    }
}

#[tokio::test]
async fn refusals_are_problem_documents_that_name_their_rule() {
    let world = World::with_list().await;
    for (path, status) in [
        ("/api/v1/nowhere", 404),
        ("/api/v1/tasks/none", 404),
        ("/api/v1/experts", 401),
    ] {
        let answer = world.get(path).await;
        answer.is(status);
        is_problem(&answer);
    }
    let note = json!({ "action": "note", "input": { "text": "x" } });
    let forbidden = world
        .api_as("chengdu", Method::POST, &format!("{OBLIGATION}/actions"), &note)
        .await;
    forbidden.is(403);
    is_problem(&forbidden);
    let wrong = json!({ "action": "set_milestone", "input": { "due": "then" } });
    let wrong = world
        .api_as("nanjing", Method::POST, &format!("{OBLIGATION}/actions"), &wrong)
        .await;
    wrong.is(422);
    is_problem(&wrong);
    assert_eq!(wrong.json()["errors"][0]["field"], "due");
}

/// A call of the API with headers of its own.
async fn call(
    world: &World,
    login: &str,
    method: Method,
    path: &str,
    headers: &[(&str, &str)],
    body: &Value,
) -> Answer {
    let mut asker = world.ask(method, path).by(login).await;
    for (name, value) in headers {
        asker = asker.header(name, value);
    }
    asker.json(body).send().await
}

fn place(name: &str) -> Value {
    json!({
        "code": "999900", "name": { "zh": name, "en": "Sample" }, "short": name, "kind": "city", "level": "city",
        "prefix": "DB9999",
    })
}

fn body(name: &str) -> Value {
    json!({ "id": "sample-body", "name": { "zh": name }, "short": name, "kind": "association" })
}

#[tokio::test]
async fn places_and_bodies_are_written_by_whoever_may() {
    let world = World::with_list().await;
    for (list, one, new, changed) in [
        (
            "/api/v1/places",
            "/api/v1/places/999900",
            place("样例市"),
            place("样例新市"),
        ),
        (
            "/api/v1/organizations",
            "/api/v1/organizations/sample-body",
            body("样例协会"),
            body("样例联合会"),
        ),
    ] {
        let refused = world.api_as("nanjing", Method::POST, list, &new).await;
        refused.is(403);
        is_problem(&refused);
        world.get(one).await.is(404);
        let entered = world.api_as("system", Method::POST, list, &new).await;
        entered.is(200);
        assert_eq!(
            (&entered.json()["version"], &entered.json()["repeated"]),
            (&1.into(), &false.into())
        );
        world.api_as("system", Method::POST, list, &new).await.is(422);
        let seen = world.get(one).await.json();
        assert_eq!((&seen["name"]["zh"], &seen["version"]), (&new["name"]["zh"], &1.into()));

        // Whoever saw an older version is told.
        let stale = call(&world, "system", Method::PUT, one, &[("if-match", "\"7\"")], &changed).await;
        stale.is(409);
        is_problem(&stale);
        assert_eq!(world.get(one).await.json()["name"], seen["name"]);
        let put = call(&world, "system", Method::PUT, one, &[("if-match", "\"1\"")], &changed).await;
        put.is(200);
        let now = world.get(one).await.json();
        assert_eq!(
            (&now["name"]["zh"], &now["version"]),
            (&changed["name"]["zh"], &2.into())
        );
        let nobody = world.ask(Method::PUT, one).json(&changed).send().await;
        nobody.is(401);

        let mut wrong = changed.clone();
        wrong["name"]["zh"] = "长".repeat(10_000).into();
        let wrong = world.api_as("system", Method::PUT, one, &wrong).await;
        wrong.is(422);
        assert_eq!(wrong.json()["errors"][0]["field"], "name");
        let mut unknown = changed.clone();
        unknown["colour"] = "red".into();
        world.api_as("system", Method::PUT, one, &unknown).await.is(422);
    }
}

#[tokio::test]
async fn experts_are_named_to_those_who_may_know_them() {
    let world = World::with_list().await;
    let new = json!({ "name": "某专家", "login": "zhuanjia", "organization": "mofcom" });
    world
        .api_as("nanjing", Method::POST, "/api/v1/experts", &new)
        .await
        .is(403);
    let invited = world.api_as("security", Method::POST, "/api/v1/experts", &new).await;
    invited.is(200);
    assert!(invited.json()["token"].is_string());
    let known = world.get_as("security", "/api/v1/experts").await;
    assert!(known.text.contains("某专家"));
    let hidden = world.get_as("chengdu", "/api/v1/experts").await;
    assert_eq!(hidden.json()["total"], known.json()["total"]);
    hidden
        .keeps_quiet_about("某专家")
        .keeps_quiet_about(invited.json()["id"].as_str().unwrap());
}

#[tokio::test]
async fn a_key_does_a_write_once_for_seven_days_and_is_good_for_no_other() {
    let world = World::with_list().await;
    let actions = format!("{OBLIGATION}/actions");
    let note = json!({ "action": "note", "input": { "text": "一次", "audience": "public" } });
    let proposals = "/api/v1/lists/first/proposals";
    let change = json!({ "change": "close_task", "task": "first-104", "reason": "样例" });
    let proposal = json!({ "base_version": 1, "reason": "样例", "changes": [change] });
    let cases = [
        (
            "nanjing",
            Method::POST,
            actions.as_str(),
            note.clone(),
            json!({ "action": "note", "input": { "text": "别的" } }),
        ),
        ("system", Method::POST, "/api/v1/places", place("样例市"), place("别市")),
        (
            "system",
            Method::POST,
            "/api/v1/organizations",
            body("样例协会"),
            body("别会"),
        ),
        (
            "security",
            Method::POST,
            "/api/v1/experts",
            json!({ "name": "甲", "login": "jia-jia", "organization": "mofcom" }),
            json!({ "name": "乙", "login": "yi-yi", "organization": "mofcom" }),
        ),
    ];
    for (login, method, path, sent, other) in cases {
        let key = format!("the-key-{path}");
        let headers = [("idempotency-key", key.as_str())];
        let before = world.platform.ledger().head().await.unwrap().0;
        let first = call(&world, login, method.clone(), path, &headers, &sent).await;
        first.is(200);
        let after = world.platform.ledger().head().await.unwrap().0;
        assert!(after > before, "{path}");
        world.pass(6 * 24);
        let again = call(&world, login, method.clone(), path, &headers, &sent).await;
        again.is(200);
        assert_eq!(
            (&first.json()["repeated"], &again.json()["repeated"]),
            (&false.into(), &true.into()),
            "{path}"
        );
        assert_eq!(first.json()["id"], again.json()["id"], "{path}");
        let reused = call(&world, login, method, path, &headers, &other).await;
        reused.is(409);
        is_problem(&reused);
        assert_eq!(reused.json()["rule"]["id"], "any/key_reused", "{path}");
        assert_eq!(world.platform.ledger().head().await.unwrap().0, after, "{path}");
    }
    // After a week the key is forgotten, and somebody else's key of the same name was never the same.
    world.pass(2 * 24);
    let key = format!("the-key-{actions}");
    let headers = [("idempotency-key", key.as_str())];
    let afresh = call(&world, "nanjing", Method::POST, &actions, &headers, &note).await;
    assert_eq!(afresh.is(200).json()["repeated"], false);
    let others = call(&world, "sector", Method::POST, &actions, &headers, &note).await;
    assert_eq!(others.is(200).json()["repeated"], false);
    let refused = call(&world, "manager", Method::POST, proposals, &headers, &proposal).await;
    refused.is(403);
}

#[tokio::test]
async fn a_personal_key_does_what_it_is_bound_to_and_its_use_is_shown() {
    let world = World::with_list().await;
    let made = [("name", "月报程序"), ("scope.obligation.report", "1"), ("expires", "")];
    let page = world.post_form_as("nanjing", "/account/keys/new", &made).await;
    let at = page.is(200).text.find("bc_key_").unwrap();
    let key: String = page.text[at..].chars().take_while(|c| *c != '<').collect();
    world.get_as("nanjing", "/account").await.says("月报程序").says("从未");
    let by_key = async |method: Method, path: &str, body: &Value| {
        world
            .ask(method, path)
            .header("authorization", &format!("Bearer {key}"))
            .json(body)
            .send()
            .await
    };
    let actions = format!("{OBLIGATION}/actions");
    let note = json!({ "action": "note", "input": { "text": "由程序", "audience": "desk" } });
    by_key(Method::POST, &actions, &note).await.is(200);
    let close = json!({ "action": "close", "input": { "text": "完" } });
    by_key(Method::POST, &actions, &close)
        .await
        .is(403)
        .says("rights/missing");
    by_key(Method::POST, "/api/v1/lists/first/proposals", &json!({}))
        .await
        .is(403);
    // It is not bound to reading what is kept at the desk.
    let history = format!("{OBLIGATION}/history");
    by_key(Method::GET, &history, &json!({}))
        .await
        .is(200)
        .keeps_quiet_about("由程序");
    world.get_as("nanjing", &history).await.is(200).says("由程序");
    by_key(Method::GET, "/account", &json!({})).await.is(403);
    world
        .get_as("nanjing", "/account")
        .await
        .says("月报程序")
        .keeps_quiet_about("从未");
}
