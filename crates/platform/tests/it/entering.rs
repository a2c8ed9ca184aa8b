//! The first list, as entered from its published text.

use crate::opened;
use ledger::AsOf;
use platform::context::Context;

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
