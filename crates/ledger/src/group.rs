//! Commits that wait together become durable together: one transaction, a savepoint for each, one write to the disk.
//!
//! Nobody waits for company. Whoever finds the door free goes in with those who stand there; while the disk confirms,
//! the next gather. Each is judged as if it came alone, after those before it: one that is refused leaves the others
//! untouched, and none is answered before all of them are durable.

use crate::{
    append::{Outcome, inside},
    checkpoint,
    commit::{Commit, Committed},
    error::{CommitError, LedgerError},
    ledger::Inner,
    statement,
};
use sea_orm::{DatabaseTransaction, TransactionTrait};
use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, PoisonError, atomic::AtomicU64},
};
use tokio::sync::oneshot;
use tracing::Instrument;

/// Most commits of a group, and after how many events it is full.
const MOST: usize = 64;
const FULL: usize = 1_000;

/// Commits in front of the door, and the door.
#[derive(Default)]
pub(crate) struct Group {
    waiting: Mutex<VecDeque<Waiting>>,
    door: tokio::sync::Mutex<()>,
}

struct Waiting {
    commit: Arc<Commit>,
    tell: oneshot::Sender<Result<Committed, CommitError>>,
    counter: Option<Arc<AtomicU64>>,
}

impl Group {
    fn join(&self, waiting: Waiting) {
        let mut queue = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        queue.push_back(waiting);
    }

    /// Those who go in now.
    fn next(&self) -> Vec<Waiting> {
        let mut queue = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        let mut events = 0;
        let mut many = 0;
        while many < queue.len().min(MOST) && (many == 0 || events < FULL) {
            events += queue[many]
                .commit
                .writes
                .iter()
                .map(|write| write.events.len())
                .sum::<usize>();
            many += 1;
        }
        queue.drain(..many).collect()
    }
}

/// Makes a commit, together with those that wait at the same time. A caller that goes away does not stop it.
pub(crate) async fn commit(inner: &Arc<Inner>, commit: &Arc<Commit>) -> Result<Committed, CommitError> {
    let (tell, told) = oneshot::channel();
    inner.group.join(Waiting {
        commit: commit.clone(),
        tell,
        counter: statement::counter(),
    });
    let leader = inner.clone();
    // As many go to the door as commits wait, so that none is left standing.
    tokio::spawn(
        async move {
            let _door = leader.group.door.lock().await;
            let together = leader.group.next();
            if !together.is_empty() {
                carry_out(&leader, together).await;
            }
        }
        .in_current_span(),
    );
    told.await.unwrap_or_else(|_| {
        Err(LedgerError::Environment {
            what: "a commit".to_owned(),
            reason: "it ended before it was made".to_owned(),
        }
        .into())
    })
}

async fn carry_out(inner: &Inner, together: Vec<Waiting>) {
    let transaction = match inner.database.write().await {
        Ok(transaction) => transaction,
        Err(failure) => return fail(together, Vec::new(), &failure),
    };
    let mut outcomes = Vec::with_capacity(together.len());
    if let Err(fallen) = judge(inner, &transaction, &together, &mut outcomes).await {
        // A transaction that is gone cannot be rolled back; the last outcome says what happened. Whoever stood beside it
        // comes again.
        let _ = transaction.rollback().await;
        return fail(together, outcomes, &LedgerError::Busy(fallen.to_string()));
    }
    let made = outcomes.iter().any(|outcome| matches!(outcome, Ok(Outcome::Made(..))));
    let ended = if made {
        transaction.commit().await
    } else {
        transaction.rollback().await
    };
    match ended {
        Ok(()) => answer(inner, together, outcomes).await,
        Err(failure) => fail(together, outcomes, &failure.into()),
    }
}

/// Each in its turn. An error is one of the transaction itself, with which all of them fall.
async fn judge(
    inner: &Inner,
    transaction: &DatabaseTransaction,
    together: &[Waiting],
    outcomes: &mut Vec<Result<Outcome, CommitError>>,
) -> Result<(), sea_orm::DbErr> {
    for waiting in together {
        let commit = &waiting.commit;
        let judged = async {
            if together.len() == 1 {
                return (inside(inner, transaction, commit).await, Ok(()));
            }
            let savepoint = match transaction.begin().await {
                Ok(savepoint) => savepoint,
                Err(fallen) => {
                    return (
                        Err(CommitError::Ledger(LedgerError::Busy(fallen.to_string()))),
                        Err(fallen),
                    );
                }
            };
            let outcome = inside(inner, &savepoint, commit).await;
            let kept = match outcome {
                Ok(Outcome::Made(..)) => savepoint.commit().await,
                _ => savepoint.rollback().await,
            };
            (outcome, kept)
        };
        let (outcome, kept) = statement::counting(waiting.counter.clone(), judged).await;
        outcomes.push(outcome);
        kept?;
    }
    Ok(())
}

/// Tells everybody what became of their commit, now that it is durable.
async fn answer(inner: &Inner, together: Vec<Waiting>, outcomes: Vec<Result<Outcome, CommitError>>) {
    let mut checkpoints = Vec::new();
    let mut answers = Vec::with_capacity(outcomes.len());
    for outcome in outcomes {
        answers.push(outcome.map(|outcome| match outcome {
            Outcome::Made(committed, checkpoint) => {
                checkpoints.extend(checkpoint);
                inner.news.send_if_modified(|position| {
                    let further = committed.last > *position;
                    *position = committed.last.max(*position);
                    further
                });
                committed
            }
            Outcome::Repeated(committed) => committed,
        }));
    }
    for checkpoint in &checkpoints {
        checkpoint::publish(inner, checkpoint).await;
    }
    for (waiting, answer) in together.into_iter().zip(answers) {
        // A caller that has gone away is not told.
        let _ = waiting.tell.send(answer);
    }
}

/// Nothing was made. Whoever was refused by itself is told why, the others what failed.
fn fail(together: Vec<Waiting>, outcomes: Vec<Result<Outcome, CommitError>>, failure: &LedgerError) {
    let mut outcomes = outcomes.into_iter();
    for waiting in together {
        let own = match (outcomes.next(), failure) {
            (Some(Err(refused)), _) => refused,
            (_, LedgerError::ReadOnly) => LedgerError::ReadOnly.into(),
            (_, LedgerError::Busy(reason)) => LedgerError::Busy(reason.clone()).into(),
            (_, other) => LedgerError::Database(other.to_string()).into(),
        };
        let _ = waiting.tell.send(Err(own));
    }
}
