//! What has served its time is forgotten: answers after seven days, letters and jobs after the days that the operator
//! decided. Events never are.

use crate::{opened, post_office::town};
use jiff::SignedDuration;
use ledger::{MessageState, NewJob};
use platform::{
    clockwork::forget,
    context::Context,
    notice::digest::post_due,
    obligation::{
        command::{Command, run},
        event::Audience,
    },
};

const DAY: SignedDuration = SignedDuration::from_hours(24);

#[tokio::test]
async fn answers_letters_and_jobs_are_forgotten_and_events_are_not() {
    let town = town().await;
    let (platform, ledger) = (&town.platform, town.platform.ledger());
    let rows = async |table: &str| {
        let sql = format!("SELECT COUNT(*) AS n FROM {table}");
        ledger.count(sql, vec![]).await.unwrap()
    };
    // A letter that was sent, and one that waits.
    town.happens("PUBLICTEXT", Audience::Public).await;
    assert_eq!(post_due(platform).await.unwrap(), 1);
    town.send().await;
    assert_eq!(ledger.count_messages(MessageState::Sent).await.unwrap(), 1);
    // A job that is done, and one that waits.
    let job = || ledger.enqueued(NewJob::new("work", platform.now(), "{}".to_owned()));
    ledger.state(vec![job()]).await.unwrap();
    let held = ledger.claim_jobs(&["work"], "test", DAY, 1).await.unwrap().remove(0);
    assert!(ledger.complete_job(&held, vec![]).await.unwrap());
    ledger.state(vec![job()]).await.unwrap();
    // An answer that is kept for whoever asks the same again.
    let note = |text: &str| Command::Note {
        text: text.to_owned(),
        audience: Audience::Public,
    };
    let once = Context {
        idempotency: Some(("the-key".to_owned(), "digest".to_owned())),
        ..opened::nanjing()
    };
    let obligation = "first-26-320100";
    assert!(
        run(platform, &once, obligation, None, &note("一次"))
            .await
            .unwrap()
            .repeated
            .is_none()
    );
    let (answers, jobs, letters) = (rows("idempotency").await, rows("job").await, rows("outbox").await);
    let (head, _) = ledger.head().await.unwrap();

    assert_eq!(forget(platform).await.unwrap(), 0, "nothing is old");
    town.pass(DAY * 6);
    assert_eq!(forget(platform).await.unwrap(), 0);
    assert!(
        run(platform, &once, obligation, None, &note("一次"))
            .await
            .unwrap()
            .repeated
            .is_some()
    );
    town.pass(DAY);
    assert_eq!(forget(platform).await.unwrap(), 1, "the answer, after a week");
    assert_eq!(rows("idempotency").await, answers - 1);
    assert_eq!(rows("outbox").await, letters);
    let kept = i32::from(platform.settings().keep_days);
    town.pass(DAY * (kept - 7) + SignedDuration::from_secs(1));
    assert_eq!(
        forget(platform).await.unwrap(),
        2,
        "the letter that was sent and the job that is done"
    );
    assert_eq!((rows("job").await, rows("outbox").await), (jobs - 1, letters - 1));
    assert_eq!(forget(platform).await.unwrap(), 0, "and nothing twice");
    town.pass(DAY * 3650);
    assert_eq!(
        forget(platform).await.unwrap(),
        0,
        "what waits is not forgotten, however old"
    );
    assert_eq!(ledger.head().await.unwrap().0, head);
    assert!(ledger.verify().await.unwrap().ok);
}
