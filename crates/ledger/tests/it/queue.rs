//! Jobs and messages: leased, repeated, never twice, never lost.

use crate::testkit::{each, event, noon, officer, one, request};
use jiff::{SignedDuration, Timestamp};
use ledger::{Commit, Ledger, Message, MessageState, NewJob, NewMessage, Resolution, Uniqueness};
use serde_json::json;
use std::collections::BTreeSet;

const MINUTE: SignedDuration = SignedDuration::from_mins(1);

fn job(key: Uniqueness, due: Timestamp) -> NewJob {
    NewJob {
        uniqueness: key,
        ..NewJob::new("deadline", due, "{}".to_owned())
    }
}

async fn enqueue(ledger: &Ledger, job: NewJob) {
    ledger.state(vec![ledger.enqueued(job)]).await.unwrap();
}

#[tokio::test]
async fn a_job_is_done_when_due_and_once() {
    each(async |place| {
        let ledger = place.open().await;
        let due = noon() + MINUTE;
        let once = || job(Uniqueness::Once("d-1".to_owned()), due);
        let mut commit = one("task/a", 0, event("task.entered", json!({"number": 1, "title": "t"})));
        commit.state.push(ledger.enqueued(once()));
        ledger.commit(commit).await.unwrap();
        enqueue(&ledger, once()).await;
        let claim = || ledger.claim_jobs(&["deadline"], "w", MINUTE, 10);
        assert_eq!(claim().await.unwrap(), []);
        // Also when nobody looked for a year.
        place.clock.set(due + SignedDuration::from_hours(24 * 365));
        assert_eq!(ledger.claim_jobs(&["other"], "w", MINUTE, 10).await.unwrap(), []);
        let held = claim().await.unwrap();
        assert_eq!(held.len(), 1);
        assert_eq!((held[0].due, held[0].attempt), (due, 1));
        assert_eq!(claim().await.unwrap(), [], "a leased job is nobody else's");
        let moved = ledger.cursor_moved("deadlines", ledger::Position(5));
        assert!(ledger.complete_job(&held[0], vec![moved.clone()]).await.unwrap());
        assert!(!ledger.complete_job(&held[0], vec![moved]).await.unwrap());
        enqueue(&ledger, once()).await;
        assert_eq!(claim().await.unwrap(), [], "a deadline is kept once");
        assert_eq!(ledger.forget_done(Timestamp::MAX).await.unwrap(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_waiting_job_excludes_its_like_and_a_running_one_does_not() {
    each(async |place| {
        let ledger = place.open().await;
        let again = || job(Uniqueness::WhileWaiting("index".to_owned()), noon());
        enqueue(&ledger, again()).await;
        enqueue(&ledger, again()).await;
        let claim = || ledger.claim_jobs(&["deadline"], "w", MINUTE, 10);
        assert_eq!(claim().await.unwrap().len(), 1);
        enqueue(&ledger, again()).await;
        assert_eq!(claim().await.unwrap().len(), 1, "what changed since needs another run");
    })
    .await;
}

#[tokio::test]
async fn a_failing_job_waits_longer_each_time_and_dies_in_the_end() {
    each(async |place| {
        let ledger = place.open().await;
        enqueue(
            &ledger,
            NewJob {
                attempts: 3,
                ..job(Uniqueness::Free, noon())
            },
        )
        .await;
        let claim = || ledger.claim_jobs(&["deadline"], "w", MINUTE, 10);
        let mut now = noon();
        for (attempt, pause) in [(1, 10), (2, 20)] {
            let held = claim().await.unwrap();
            assert_eq!(held[0].attempt, attempt);
            assert!(ledger.fail_job(&held[0], "no answer").await.unwrap());
            now += SignedDuration::from_secs(pause - 1);
            place.clock.set(now);
            assert_eq!(claim().await.unwrap(), []);
            now += SignedDuration::from_secs(1);
            place.clock.set(now);
        }
        let last = claim().await.unwrap();
        assert_eq!(last[0].failure, "no answer");
        // The worker of the last attempt dies: the job does not run for ever.
        place.clock.set(now + MINUTE);
        assert_eq!(claim().await.unwrap(), []);
        let dead = ledger.dead_jobs(10).await.unwrap();
        assert_eq!(dead.len(), 1);
        assert!(!ledger.fail_job(&last[0], "late").await.unwrap());
        assert!(ledger.revive_job(&dead[0].id).await.unwrap());
        assert_eq!(claim().await.unwrap()[0].attempt, 1);
    })
    .await;
}

#[tokio::test]
async fn the_job_of_a_dead_worker_goes_to_another_and_the_dead_one_can_say_nothing() {
    each(async |place| {
        let ledger = place.open().await;
        enqueue(&ledger, job(Uniqueness::Free, noon())).await;
        let dead = ledger
            .claim_jobs(&["deadline"], "dead", MINUTE, 1)
            .await
            .unwrap()
            .remove(0);
        assert!(ledger.extend_job(&dead, MINUTE * 2).await.unwrap());
        place.clock.set(noon() + MINUTE);
        assert_eq!(ledger.claim_jobs(&["deadline"], "next", MINUTE, 1).await.unwrap(), []);
        place.clock.set(noon() + MINUTE * 2);
        let next = ledger
            .claim_jobs(&["deadline"], "next", MINUTE, 1)
            .await
            .unwrap()
            .remove(0);
        assert_eq!((next.id.as_str(), next.attempt), (dead.id.as_str(), 2));
        assert!(!ledger.complete_job(&dead, vec![]).await.unwrap());
        assert!(!ledger.extend_job(&dead, MINUTE).await.unwrap());
        assert!(ledger.complete_job(&next, vec![]).await.unwrap());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn workers_at_once_take_each_job_once() {
    each(async |place| {
        let ledger = place.open().await;
        let all: Vec<_> = (0..200)
            .map(|_| ledger.enqueued(job(Uniqueness::Free, noon())))
            .collect();
        ledger.state(all).await.unwrap();
        let mut workers = Vec::new();
        for worker in 0..4 {
            let ledger = ledger.clone();
            workers.push(tokio::spawn(async move {
                let mut taken = Vec::new();
                loop {
                    let some = ledger
                        .claim_jobs(&["deadline"], &format!("w{worker}"), MINUTE, 7)
                        .await
                        .unwrap();
                    if some.is_empty() {
                        return taken;
                    }
                    assert!(some.len() <= 7);
                    taken.extend(some.into_iter().map(|job| job.id));
                }
            }));
        }
        let mut taken = Vec::new();
        for worker in workers {
            taken.extend(worker.await.unwrap());
        }
        assert_eq!(taken.len(), 200);
        assert_eq!(taken.into_iter().collect::<BTreeSet<_>>().len(), 200);
    })
    .await;
}

async fn post(ledger: &Ledger, to: &str) -> String {
    let message = NewMessage {
        channel: "mail".to_owned(),
        recipient: to.to_owned(),
        body: "{}".to_owned(),
        due: ledger.clock().now(),
    };
    let (id, change) = ledger.posted(message);
    let mut commit = Commit::new(officer(), request("r"));
    commit.state.push(change);
    ledger.commit(commit).await.unwrap();
    id
}

async fn take(ledger: &Ledger) -> Vec<Message> {
    ledger.claim_messages("mail", "sender", MINUTE, 10).await.unwrap()
}

#[tokio::test]
async fn a_message_goes_out_once() {
    each(async |place| {
        let ledger = place.open().await;
        let id = post(&ledger, "li").await;
        let message = take(&ledger).await.remove(0);
        assert_eq!((message.id.as_str(), message.attempt), (id.as_str(), 1));
        assert!(
            !ledger.message_sent(&message).await.unwrap(),
            "it must be marked before it goes out"
        );
        assert!(ledger.message_handed(&message).await.unwrap());
        assert!(!ledger.message_handed(&message).await.unwrap());
        assert!(ledger.message_sent(&message).await.unwrap());
        place.clock.set(noon() + MINUTE * 10);
        assert_eq!(take(&ledger).await, []);
        assert_eq!(ledger.messages(MessageState::Sent, 10).await.unwrap().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_message_whose_sender_died_is_sent_again_only_if_it_cannot_have_arrived() {
    each(async |place| {
        let ledger = place.open().await;
        let (before, after) = (post(&ledger, "before").await, post(&ledger, "after").await);
        let held = take(&ledger).await;
        let handed = held.iter().find(|m| m.id == after).unwrap();
        assert!(ledger.message_handed(handed).await.unwrap());
        place.clock.set(noon() + MINUTE);
        let again = take(&ledger).await;
        assert_eq!(again.iter().map(|m| &m.id).collect::<Vec<_>>(), [&before]);
        let uncertain = ledger.messages(MessageState::Uncertain, 10).await.unwrap();
        assert_eq!(uncertain.iter().map(|m| &m.id).collect::<Vec<_>>(), [&after]);
        assert!(!ledger.message_sent(handed).await.unwrap());
        // Until an operator says what is the matter.
        assert!(ledger.resolve_message(&after, Resolution::SendAgain).await.unwrap());
        assert!(!ledger.resolve_message(&after, Resolution::Arrived).await.unwrap());
        assert_eq!(take(&ledger).await.iter().map(|m| &m.id).collect::<Vec<_>>(), [&after]);
    })
    .await;
}

#[tokio::test]
async fn a_refused_message_is_tried_again_unless_refused_for_good() {
    each(async |place| {
        let ledger = place.open().await;
        post(&ledger, "busy").await;
        let message = take(&ledger).await.remove(0);
        assert!(ledger.message_refused(&message, "451 later", false).await.unwrap());
        assert_eq!(take(&ledger).await, []);
        place.clock.set(noon() + SignedDuration::from_secs(10));
        let message = take(&ledger).await.remove(0);
        assert_eq!(message.failure, "451 later");
        assert!(ledger.message_handed(&message).await.unwrap());
        assert!(ledger.message_refused(&message, "550 unknown", true).await.unwrap());
        place.clock.set(noon() + MINUTE * 60);
        assert_eq!(take(&ledger).await, []);
        assert_eq!(
            ledger.messages(MessageState::Failed, 10).await.unwrap()[0].failure,
            "550 unknown"
        );
        // The operator has mended what stood in the way.
        assert!(!ledger.resolve_message(&message.id, Resolution::Arrived).await.unwrap());
        assert!(
            ledger
                .resolve_message(&message.id, Resolution::SendAgain)
                .await
                .unwrap()
        );
        assert_eq!(take(&ledger).await[0].attempt, 1);
    })
    .await;
}

#[tokio::test]
async fn what_was_handed_over_is_doubted_also_where_nobody_sends_any_more() {
    each(async |place| {
        let ledger = place.open().await;
        post(&ledger, "li").await;
        let message = take(&ledger).await.remove(0);
        assert!(ledger.message_handed(&message).await.unwrap());
        assert_eq!(ledger.doubt_messages().await.unwrap(), 0, "the lease still holds");
        place.clock.set(noon() + MINUTE);
        assert_eq!(ledger.doubt_messages().await.unwrap(), 1);
        assert_eq!(ledger.count_messages(MessageState::Uncertain).await.unwrap(), 1);
    })
    .await;
}
