//! What the calls of the API can be asked for: described as it is taken, and every filter filters.

use crate::walk::Walk;
use axum::http::Method;
use platform::rights::Action;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use testkit::World;
use web::{
    asked::{self, Values},
    route::{Access, Kind, Row, Verb},
};

fn reads() -> Vec<Row> {
    web::routes::matrix()
        .into_iter()
        .filter(|row| row.kind == Kind::Api && row.verb == Verb::Get)
        .collect()
}

/// Who of the cast may read a call.
fn reader_of(row: &Row) -> &'static str {
    match row.access {
        Access::Right(Action::ReadSurveyRows) => "statistician",
        Access::Right(Action::ReportToSurvey) => "manager",
        _ => "analyst",
    }
}

/// A value by which a filter leaves some out and keeps some, and what must hold of each row that is left.
fn sample(call: &str, parameter: &str) -> (&'static str, fn(&Value) -> bool) {
    let any: fn(&Value) -> bool = |_| true;
    match (call, parameter) {
        ("list_tasks", "tier") => ("group", |t| t["tier"] == "group"),
        ("list_tasks", "place") => ("南京", |t| {
            // Named, meant with all, or one that took it up.
            let claims = t["claims"].to_string();
            ["320100", "\"all\"", "\"willing\""]
                .iter()
                .any(|word| claims.contains(word))
        }),
        ("list_tasks", "measure") => ("15", |t| t["measures"].to_string().contains("\"15\"")),
        ("list_tasks", "state") => ("delivered", any),
        ("list_tasks", "guiding") => ("miit", |t| t["guiding"].to_string().contains("miit")),
        ("list_tasks", "q") => ("养老", |t| t["title"]["zh"].as_str().unwrap().contains("养老")),
        ("obligation_list", "list") => ("second", any),
        ("obligation_list", "subject") => ("any", any),
        ("obligation_list", "task") => ("first-26", |o| o["task"]["id"] == "first-26"),
        ("obligation_list", "action") => ("first-m5.1", |o| o["action"] == "first-m5.1"),
        ("obligation_list", "measure") => ("8", |o| o["action"].as_str().unwrap().starts_with("first-m8.")),
        ("obligation_list", "place") => ("DB3201", |o| o["place"] == "320100"),
        ("obligation_list", "organization") => ("mofcom&subject=any", |o| o["organization"] == "mofcom"),
        ("obligation_list", "tier") => ("industry", |o| o["tier"] == "industry"),
        ("obligation_list", "claim") => ("all", |o| o["claim"] == "all"),
        ("obligation_list", "firm") => ("false", |o| o["firm"] == false),
        ("obligation_list", "role") => ("coordinate", |o| o["role"] == "coordinate"),
        ("obligation_list", "stage") => ("30", |o| o["stage"].as_str().unwrap().starts_with("30")),
        ("obligation_list", "state") => ("delivered", |o| o["state"] == "delivered"),
        ("obligation_list", "holder") => ("nanjing-commerce", |o| {
            o["holder"]["organization"] == "nanjing-commerce"
        }),
        ("obligation_list", "late") => ("true", |o| o["late"] == true),
        ("output_list", "place") => ("320100", |o| o["place"] == "320100" || o["counts_to"] == "320100"),
        ("output_list", "in_list") => ("1", |o| !o["tasks"].as_array().unwrap().is_empty()),
        ("organization_list", "kind") => ("commerce", |o| o["kind"] == "commerce"),
        ("organization_list", "place") => ("510100", |o| o["place"] == "510100"),
        ("organization_list" | "committee_list", "parent") => ("samr", |o| o["parent"] == "samr"),
        ("committee_list", "place") => ("320100", |o| o["place"] == "320100"),
        ("measure_list", "list") => ("second", any),
        ("survey_row_list", "period") => ("2025", |r| r["period"] == "2025"),
        ("event_list", "after") => ("100", |e| e["position"].as_i64().unwrap() > 100),
        ("event_list", "limit") => ("3", any),
        _ => panic!("name a sample for {parameter} of {call}"),
    }
}

/// A world in which every filter has something to leave out: a stage, something late, a committee.
async fn world() -> Walk {
    let walk = Walk::new("改一改", "餐饮业油烟污染物排放规范").await;
    let world = &walk.world;
    let act = async |action: &str, input: Value| {
        let body = json!({ "action": action, "input": input });
        let path = "/api/v1/obligations/first-26-320100/actions";
        world.api_as("nanjing", Method::POST, path, &body).await.is(200);
    };
    act(
        "record_stage",
        json!({ "stage": "30.20", "source": "公告", "audience": "public" }),
    )
    .await;
    act(
        "set_milestone",
        json!({ "name": "征求意见稿", "due": "2026-11-01", "set_by": "市商务局" }),
    )
    .await;
    for (id, place) in [("nanjing-committee", Some("320100")), ("samr-committee", None)] {
        let body = json!({
            "id": id, "name": { "zh": "某标准化技术委员会" }, "short": "某标委会", "kind": "committee",
            "place": place, "parent": if place.is_none() { Some("samr") } else { None },
        });
        world
            .api_as("system", Method::POST, "/api/v1/organizations", &body)
            .await
            .is(200);
    }
    // A unit reports for one year more than the others.
    let body = json!({ "period": "2026", "values": { "revenue": "43" } });
    let path = format!("/api/v1/surveys/{}/rows", walk.survey);
    world.api_as("manager", Method::POST, &path, &body).await.is(201);
    // A willing place of task 2 takes it up: an obligation that is not firm.
    let body = json!({ "action": "opt_in", "input": {} });
    let path = "/api/v1/obligations/first-2-320100/actions";
    world.api_as("nanjing", Method::POST, path, &body).await.is(200);
    walk
}

#[tokio::test]
async fn every_described_filter_filters() {
    let walk = world().await;
    let mut tried = 0;
    for row in reads() {
        for parameter in row.asks {
            // A version of the list, an edition of a system, and two of them compared, are no filters: their calls have
            // tests of their own.
            if matches!(parameter.name, "version" | "edition" | "from" | "to") {
                continue;
            }
            let (value, holds) = sample(row.name, parameter.name);
            let address = walk.address(&row);
            let whole = walk
                .world
                .get_as(reader_of(&row), &format!("{address}?limit=200"))
                .await;
            let whole = if row.paged || row.name == "event_list" {
                whole
            } else {
                walk.world.get_as(reader_of(&row), &address).await
            };
            let asked = format!("{address}?{}={value}", parameter.name);
            let asked = if row.paged { format!("{asked}&limit=200") } else { asked };
            let cut = walk.world.get_as(reader_of(&row), &asked).await;
            let (whole, cut) = (whole.is(200).json(), cut.is(200).json());
            assert_ne!(whole, cut, "{asked} gives the same as without it");
            let items = cut["items"].as_array().unwrap();
            assert!(
                !items.is_empty() || value == "second",
                "{asked}: the sample leaves nothing over"
            );
            for item in items {
                assert!(holds(item), "{asked} gives {item}");
            }
            tried += 1;
        }
    }
    assert!(tried > 25, "{tried}");
}

#[tokio::test]
async fn what_is_described_is_what_is_taken() {
    let walk = Walk::new("改一改", "餐饮业油烟污染物排放规范").await;
    let world = &walk.world;
    let document = world.get("/api/v1/openapi.json").await.is(200).json();
    for row in reads() {
        let address = walk.address(&row);
        let described = &document["paths"][row.path.replace("{*", "{")]["get"]["parameters"];
        let named: BTreeSet<&str> = described
            .as_array()
            .unwrap()
            .iter()
            .filter(|p| p["in"] == "query")
            .map(|p| p["name"].as_str().unwrap())
            .collect();
        let taken: BTreeSet<&str> = asked::of(&row).iter().map(|p| p.name).collect();
        assert_eq!(named, taken, "{}", row.path);
        assert_eq!(row.paged, named.contains("cursor"), "{}", row.path);
        // A name that nobody described is refused, and says what there is.
        let unknown = world.get_as(reader_of(&row), &format!("{address}?plcae=320100")).await;
        unknown.is(422).says("web/parameter_unknown").says("as_of");
        for parameter in asked::of(&row) {
            let shown = described
                .as_array()
                .unwrap()
                .iter()
                .find(|p| p["name"] == parameter.name)
                .unwrap();
            assert!(!shown["description"].as_str().unwrap().is_empty(), "{}", parameter.name);
            let words: &[&str] = match parameter.values {
                Values::Words(words) => words,
                Values::Truth => &asked::TRUTHS,
                _ => continue,
            };
            assert_eq!(shown["schema"]["enum"], json!(words), "{}", parameter.name);
            for word in words {
                let answer = world
                    .get_as("analyst", &format!("{address}?{}={word}", parameter.name))
                    .await;
                assert_eq!(answer.status, 200, "{address}?{}={word}", parameter.name);
            }
            let wrong = world
                .get_as("analyst", &format!("{address}?{}=nonsense", parameter.name))
                .await;
            wrong.is(422);
            assert_eq!(wrong.json()["errors"][0]["field"], parameter.name);
        }
    }
}

/// What a handler reads of the query stands in the table: a name that is not there never reaches it.
#[test]
fn no_handler_reads_a_parameter_that_is_not_described() {
    let described: BTreeSet<&str> = web::routes::matrix()
        .iter()
        .filter(|row| row.kind == Kind::Api)
        .flat_map(|row| asked::of(row).into_iter().map(|p| p.name))
        .collect();
    let reads =
        regex::Regex::new(r#"(?:links\.get|\bget|truth|choice|parameter(?:::<\w+>)?)\(\s*"([a-z_]+)""#).unwrap();
    let mut found = BTreeSet::new();
    for (file, text) in crate::words::sources() {
        if file.contains("/api/") && !file.ends_with("actions.rs") {
            found.extend(reads.captures_iter(&text).map(|c| c[1].to_owned()));
        }
    }
    assert!(found.contains("late") && found.contains("in_list"), "{found:?}");
    let unknown: Vec<_> = found.iter().filter(|name| !described.contains(name.as_str())).collect();
    assert!(unknown.is_empty(), "{unknown:?}");
}

#[tokio::test]
async fn a_misspelt_filter_is_told_in_both_languages() {
    let world = World::with_list().await;
    world
        .get("/api/v1/obligations?late_only=true")
        .await
        .is(422)
        .says("没有名为“late_only”的参数");
    let english = world
        .ask(Method::GET, "/api/v1/obligations?late_only=true")
        .header("accept-language", "en")
        .send()
        .await;
    english.is(422).says("There is no parameter called");
}
