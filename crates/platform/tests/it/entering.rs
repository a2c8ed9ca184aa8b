//! The first list, as entered from its published text.

use crate::opened;
use ledger::AsOf;
use platform::{
    context::{Context, Reader},
    list::query as list,
    obligation::query as obligation,
    place::query as place,
};

#[tokio::test]
async fn the_first_list_gives_239_firm_obligations() {
    let opened = opened::open().await;
    let context = Context::system(opened::now(), "test");
    let started = std::time::Instant::now();
    let entered = platform::list::entering::enter(&opened.platform, &context)
        .await
        .unwrap();
    eprintln!("{entered:?} in {:?}", started.elapsed());
    assert_eq!((entered.tasks, entered.obligations), (104, 239));
    let again = platform::list::entering::enter(&opened.platform, &context)
        .await
        .unwrap();
    assert_eq!(again.tasks, 0, "a second entering does nothing");
}

#[tokio::test]
async fn a_reported_output_is_delivered_from_the_day_it_was_reported() {
    let opened = opened::with_list().await;
    for (day, state) in [("2025-07-08", "unreported"), ("2025-07-09", "delivered")] {
        let (condition, values) = AsOf::day(day.parse().unwrap()).condition("o", 1);
        let sql = format!("SELECT state_public FROM obligation o WHERE id = 'first-20-320100' AND {condition}");
        let row = opened
            .platform
            .ledger()
            .fetch_one(sql, values.to_vec())
            .await
            .unwrap()
            .unwrap();
        assert_eq!(row.text("state_public").unwrap(), state, "on {day}");
    }
}

#[tokio::test]
async fn task_102_names_the_places_to_align_with_and_a_park_is_a_place() {
    let opened = opened::with_list().await;
    let today = Reader::public("2026-11-23".parse().unwrap());
    let task = async |id: &str| list::task(&opened.platform, &today, id).await.unwrap();
    let bay = task("first-102").await;
    assert_eq!(bay.counterparts, ["810000", "820000"], "粤港澳大湾区");
    let mut names = Vec::new();
    for code in &bay.counterparts {
        names.push(place::place(&opened.platform, &today, code).await.unwrap().short);
    }
    assert_eq!(names, ["香港", "澳门"]);
    // They are no pilots: the task is 广州's alone.
    let held = obligation::Filter {
        subject: Some(bay.id.clone()),
        ..obligation::Filter::default()
    };
    assert_eq!(obligation::count(&opened.platform, &today, &held).await.unwrap(), 1);
    assert!(task("first-101").await.counterparts.is_empty());
    let park = place::place(&opened.platform, &today, "苏州工业园区").await.unwrap();
    assert_eq!(
        (park.kind.as_str(), park.parent.as_str(), park.prefix.as_str()),
        ("park", "320500", "")
    );
}
