//! The calendar: days that somebody set, with who set them, and no others.

use axum::http::Method;
use serde_json::json;
use testkit::World;

/// The events of a calendar, each as its unfolded lines.
async fn events(world: &World, path: &str) -> Vec<String> {
    let answer = world.get(path).await;
    let text = answer.is(200).text.replace("\r\n ", "");
    text.split("BEGIN:VEVENT\r\n")
        .skip(1)
        .map(|event| event.split("END:VEVENT").next().unwrap().to_owned())
        .collect()
}

#[tokio::test]
async fn a_time_limit_stands_in_the_calendar_with_who_set_it() {
    let world = World::with_list().await;
    let set = [("due", "2027-06-30"), ("set_by", "商务部办公厅，督办函")];
    world
        .post_form_as("analyst", "/tasks/first-20/time-limit", &set)
        .await
        .is(303);
    // One entry for the task, whoever holds it, …
    let all = events(&world, "/feeds/calendar.ics").await;
    let [limit] = all.as_slice() else { panic!("{all:#?}") };
    for says in [
        "UID:time-limit-first-20@",
        "DTSTART;VALUE=DATE:20270630\r\nDTEND;VALUE=DATE:20270701\r\n",
        "时限",
        "第20项",
        "商务部办公厅，督办函",
        "/tasks/first-20\r\n",
    ] {
        assert!(limit.contains(says), "{says} in {limit}");
    }
    // … and one for what a place holds of it; none for a place that does not hold it.
    let nanjing = events(&world, "/feeds/calendar.ics?place=320100").await;
    assert!(
        nanjing.len() == 1
            && nanjing[0].contains("UID:time-limit-first-20-320100@")
            && nanjing[0].contains("南京")
            && nanjing[0].contains("/obligations/first-20-320100\r\n"),
        "{nanjing:#?}"
    );
    assert!(events(&world, "/feeds/calendar.ics?place=510100").await.is_empty());
    let english = events(&world, "/en/feeds/calendar.ics").await;
    assert!(
        english[0].contains("Time limit") || english[0].contains("time limit"),
        "{english:#?}"
    );
    // Set anew it is the same entry, later in its sequence; taken away it is gone.
    let sequence = |event: &str| -> u64 {
        let rest = event.split("SEQUENCE:").nth(1).unwrap();
        rest.split("\r\n").next().unwrap().parse().unwrap()
    };
    let again = [("due", "2027-09-30"), ("set_by", "商务部办公厅")];
    world
        .post_form_as("analyst", "/tasks/first-20/time-limit", &again)
        .await
        .is(303);
    let moved = events(&world, "/feeds/calendar.ics").await;
    assert_eq!(moved.len(), 1);
    assert!(moved[0].contains("UID:time-limit-first-20@") && moved[0].contains("20270930"));
    assert!(sequence(&moved[0]) > sequence(limit));
    world
        .post_form_as("analyst", "/tasks/first-20/time-limit/clear", &[("reason", "另行安排")])
        .await
        .is(303);
    assert!(events(&world, "/feeds/calendar.ics").await.is_empty());
}

#[tokio::test]
async fn a_day_that_nobody_set_is_in_no_calendar() {
    let world = World::with_list().await;
    // 104 tasks, 239 firm obligations, four outputs with days: none of them was set as a limit.
    assert!(events(&world, "/feeds/calendar.ics").await.is_empty());
    let stage =
        json!({ "action": "record_stage", "input": { "stage": "30.20", "source": "公告", "audience": "public" } });
    world
        .api_as(
            "nanjing",
            Method::POST,
            "/api/v1/obligations/first-26-320100/actions",
            &stage,
        )
        .await
        .is(200);
    assert!(
        events(&world, "/feeds/calendar.ics").await.is_empty(),
        "a stage has no day by which it must be left"
    );
    let milestone = json!({ "action": "set_milestone", "input": { "name": "征求意见稿", "due": "2027-01-31", "set_by": "市商务局" } });
    world
        .api_as(
            "nanjing",
            Method::POST,
            "/api/v1/obligations/first-26-320100/actions",
            &milestone,
        )
        .await
        .is(200);
    let set = events(&world, "/feeds/calendar.ics").await;
    assert!(set.len() == 1 && set[0].contains("市商务局"), "{set:#?}");
}
