//! How an obligation comes into somebody's hands and is completed: volunteers, persons at desks, sentences of the measures,
//! numbers that become known later.

use axum::http::Method;
use platform::{
    bilingual::Bilingual,
    context::Context,
    people::{self, command::NewPerson, organization, profile::Profile, state::Membership},
    rights::Role,
};
use serde_json::json;
use testkit::World;

#[tokio::test]
async fn a_willing_place_takes_a_task_up_and_gives_it_up_from_its_pages() {
    let world = World::with_list().await;
    let button = "/obligations/first-2-320100/actions/opt_in";
    world.get("/tasks/first-2").await.keeps_quiet_about("actions/opt_in");
    world
        .get_as("nanjing", "/tasks/first-2")
        .await
        .says(button)
        .says("南京愿意承担");
    let named = world.get_as("nanjing", "/tasks/first-26").await;
    named.keeps_quiet_about("actions/opt_in");
    world.post_form_as("nanjing", button, &[]).await.is(303);
    world.get("/obligations/first-2-320100").await.is(200);
    world
        .get_as("nanjing", "/tasks/first-2")
        .await
        .keeps_quiet_about(button);
    let out = "/obligations/first-2-320100/actions/opt_out";
    world.get_as("nanjing", "/obligations/first-2-320100").await.says(out);
    world.post_form_as("nanjing", out, &[("reason", "")]).await.is(422);
    let gone = world.post_form_as("nanjing", out, &[("reason", "力量不足")]).await;
    gone.is(303);
    assert!(gone.location().ends_with("/tasks/first-2"), "{}", gone.location());
    world.get("/obligations/first-2-320100").await.is(404);
    world.get_as("nanjing", "/tasks/first-2").await.says(button);
    // Who is firm cannot give up.
    world
        .get_as("nanjing", "/obligations/first-26-320100")
        .await
        .keeps_quiet_about("opt_out");
}

#[tokio::test]
async fn a_person_at_the_desk_can_be_named_by_colleagues() {
    let world = World::with_list().await;
    let context = Context::system(world.now(), "desks");
    let open = organization::Command::OpenDesk {
        desk: "first-desk".to_owned(),
        name: Bilingual::new("标准处", "Standards desk"),
        contact: None,
    };
    organization::carry_out(&world.platform, &context, "nanjing-commerce", &open, None, None)
        .await
        .unwrap();
    let person = NewPerson {
        profile: Profile::read("李工", "li", None).unwrap(),
        memberships: vec![Membership {
            organization: "nanjing-commerce".to_owned(),
            desk: Some("first-desk".to_owned()),
            role: Role::CommerceOfficer,
            places: vec!["320100".to_owned()],
            from: world.platform.today(),
            until: None,
        }],
    };
    let security = world.context("security", "invite").await;
    let id = people::command::invite(&world.platform, &security, &person)
        .await
        .unwrap()
        .done
        .id;
    let page = "/obligations/first-26-320100";
    let hands = format!("nanjing-commerce/first-desk/{id}");
    world
        .get_as("nanjing", page)
        .await
        .says(&format!("value=\"{hands}\""))
        .says("标准处 · 李工");
    world
        .post_form_as(
            "nanjing",
            &format!("{page}/actions/assign_holder"),
            &[("hands", &hands)],
        )
        .await
        .is(303);
    let held = world
        .get_as("nanjing", "/api/v1/obligations/first-26-320100")
        .await
        .json();
    assert_eq!(held["holder"]["kind"], "person");
    assert_eq!(held["holder"]["id"], id.as_str());
    assert_eq!(held["state"], "unreported", "that somebody was named is no report");
    world.get(page).await.keeps_quiet_about("李工");
}

#[tokio::test]
async fn each_sentence_of_a_measure_leads_to_what_the_place_owes() {
    let world = World::with_list().await;
    let link = regex::Regex::new(r#"href="(/obligations/first-m[^"]+-320100)""#).unwrap();
    let mut found = Vec::new();
    for page in ["/places/320100", "/measures/1?place=320100"] {
        let text = world.get(page).await.text;
        let links: Vec<String> = link.captures_iter(&text).map(|c| c[1].to_owned()).collect();
        assert!(!links.is_empty(), "{page}");
        found.extend(links);
    }
    assert!(found.len() > 40, "{}", found.len());
    world.get(&found[0]).await.is(200);
    world.get(found.last().unwrap()).await.is(200);
}

/// The address of the output of a task.
async fn output(world: &World, task: &str) -> String {
    let outputs = world.get("/api/v1/outputs").await.json();
    let items = outputs["items"].as_array().unwrap();
    let id = items.iter().find(|o| o["tasks"] == json!([task])).unwrap()["id"]
        .as_str()
        .unwrap();
    format!("/outputs/{id}")
}

#[tokio::test]
async fn a_number_that_becomes_known_is_completed_on_the_page_of_the_output_and_its_evidence_follows() {
    let world = World::with_list().await;
    let page = output(&world, "first-20").await;
    world.get(&page).await.says("编号待补").keeps_quiet_about("/complete");
    let number = [("designation", "DB3201/T 1234—2025"), ("published", "2025-06-30")];
    let complete = format!("{page}/complete");
    world.post_form_as("chengdu", &complete, &number).await.is(403);
    world.get_as("nanjing", &page).await.says("/complete");
    let wrong = [("designation", ""), ("published", "昨天")];
    world
        .post_form_as("nanjing", &complete, &wrong)
        .await
        .is(422)
        .says("published-fault");
    world.post_form_as("nanjing", &complete, &number).await.is(303);
    world
        .get(&page)
        .await
        .says("DB3201/T 1234—2025")
        .keeps_quiet_about("编号待补");
    let owed = world.get("/api/v1/obligations/first-20-320100").await.json();
    assert_eq!(owed["delivered"]["designation"], "DB3201/T 1234—2025");
    world.get("/obligations/first-20-320100").await.says(&page);
    // A program does it in the same words.
    let path = format!("/api/v1{}/actions", output(&world, "first-15").await);
    let body = json!({ "action": "complete", "input": { "designation": "DB50/T 1800—2025" } });
    world.api_as("nanjing", Method::POST, &path, &body).await.is(403);
    let done = world.api_as("analyst", Method::POST, &path, &body).await;
    done.is(200);
    assert_eq!(done.json()["designation"], "DB50/T 1800—2025");
}

#[tokio::test]
async fn evidence_that_came_with_no_output_is_completed_where_it_stands() {
    let world = World::with_list().await;
    let act = async |action: &str, input: serde_json::Value| {
        let body = json!({ "action": action, "input": input });
        world
            .api_as(
                "nanjing",
                Method::POST,
                "/api/v1/obligations/first-26-320100/actions",
                &body,
            )
            .await
    };
    let evidence = json!({ "kind": "standard", "title": "“硅巷”导则", "source": "南京日报", "audience": "public" });
    let recorded = act("record_evidence", evidence).await.json();
    let position = recorded["first"].to_string();
    world
        .get_as("nanjing", "/obligations/first-26-320100")
        .await
        .says("actions/complete_evidence");
    let number = json!({ "position": position, "designation": "DB3201/T 1300—2026" });
    let done = act("complete_evidence", number.clone()).await;
    done.is(200);
    assert_eq!(
        done.json()["obligation"]["delivered"]["designation"],
        "DB3201/T 1300—2026"
    );
    // The entry stands as it was completed; the old one is no longer what is known.
    act("complete_evidence", number).await.is(409);
}

#[tokio::test]
async fn an_analyst_confirms_or_rejects_the_measures_of_an_output_outside_the_list() {
    let world = World::with_list().await;
    let page = "/outputs/hubei-very-large-air-cargo-hub".to_owned();
    let outputs = world.get("/api/v1/outputs?in_list=false").await.json();
    let row = outputs["items"]
        .as_array()
        .unwrap()
        .iter()
        .find(|o| page.ends_with(o["id"].as_str().unwrap()))
        .unwrap()
        .clone();
    let (measure, other) = (
        row["measures"][0].as_str().unwrap(),
        row["measures"][1].as_str().unwrap(),
    );
    assert_eq!(row["measures_confirmed"], json!([]));
    let confirm = format!("{page}/measures/confirm");
    world
        .get_as("nanjing", &page)
        .await
        .keeps_quiet_about("/measures/confirm");
    world.get_as("analyst", &page).await.says(&confirm);
    world
        .post_form_as("nanjing", &confirm, &[("measure", measure)])
        .await
        .is(403);
    world
        .post_form_as("analyst", &confirm, &[("measure", measure)])
        .await
        .is(303);
    world.get(&page).await.says("已确认").says("待确认");
    let remove = format!("{page}/measures/remove");
    world
        .post_form_as("analyst", &remove, &[("measure", other)])
        .await
        .is(303);
    world.get(&page).await.keeps_quiet_about("待确认");
    // What serves nothing is no output outside the list.
    world
        .post_form_as("analyst", &remove, &[("measure", measure)])
        .await
        .is(422);
    let after = world.get(&format!("/api/v1{page}")).await.json();
    assert_eq!(after["measures_confirmed"], json!([measure]));
    world
        .post_form_as("analyst", &confirm, &[("measure", measure)])
        .await
        .is(409);
}

#[tokio::test]
async fn the_guiding_ministry_finds_on_its_desk_what_it_guides() {
    let world = World::with_list().await;
    let guiding = [("organization", "miit"), ("source", "工作分工")];
    world.get_as("guiding", "/desk").await.says("/desk/guided");
    world.get_as("nanjing", "/desk").await.keeps_quiet_about("/desk/guided");
    world
        .post_form_as("analyst", "/tasks/first-32/guiding", &guiding)
        .await
        .is(303);
    let limit = [("due", "2026-01-31"), ("set_by", "商务部办公厅"), ("past", "true")];
    world
        .post_form_as("analyst", "/tasks/first-32/time-limit", &limit)
        .await
        .is(303);
    world
        .get_as("guiding", "/desk/guided")
        .await
        .says("/obligations/first-32-510100")
        .says("已超期")
        .says("由您所在部门指导");
    let late = world.get_as("guiding", "/api/v1/obligations?late=true").await.json();
    assert_eq!(late["total"], 1);
    assert_eq!(late["items"][0]["due"], "2026-01-31");
    // It is taken away with a reason, by its form.
    let clear = "/tasks/first-32/time-limit/clear";
    world.get_as("analyst", "/tasks/first-32/assign").await.says(clear);
    world
        .post_form_as("analyst", clear, &[("reason", "任务调整")])
        .await
        .is(303);
    let late = world.get_as("guiding", "/api/v1/obligations?late=true").await.json();
    assert_eq!(late["total"], 0);
}

#[tokio::test]
async fn a_wrong_time_limit_is_taken_back_from_its_entry() {
    let world = World::with_list().await;
    let limit = [("due", "2026-01-31"), ("set_by", "商务部办公厅"), ("past", "true")];
    world
        .post_form_as("analyst", "/tasks/first-32/time-limit", &limit)
        .await
        .is(303);
    let entries = world.get("/history/task/first-32").await.text;
    let entry = regex::Regex::new(r#"href="(/events/\d+)""#).unwrap();
    let entry = entry.captures(&entries).unwrap()[1].to_owned();
    world.get_as("nanjing", &entry).await.keeps_quiet_about("/correct");
    world.get_as("analyst", &entry).await.says("/correct");
    let wrong = [("reason", "看错一行")];
    world
        .post_form_as("nanjing", &format!("{entry}/correct"), &wrong)
        .await
        .is(403);
    world
        .post_form_as("analyst", &format!("{entry}/correct"), &wrong)
        .await
        .is(303);
    world.get(&entry).await.says("看错一行");
    assert_eq!(
        world.get("/api/v1/tasks/first-32").await.json()["time_limit"],
        json!(null)
    );
}
