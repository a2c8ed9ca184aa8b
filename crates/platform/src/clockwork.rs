//! What the platform does by itself: reactions to events, windows that close, sessions and tokens that are spent, files that
//! nobody used, letters, and what has served its time.
//!
//! Each part is idempotent, so that a round that was missed, or ran twice on two nodes, changes nothing. A round is cheap;
//! a missed deadline is noticed by the next one, also after the server was down over it.

use crate::{
    context::Context,
    notice::{digest, sending},
    people, proposal, reactions,
    refusal::Result,
    running::Platform,
    upload,
};
use jiff::{SignedDuration, Timestamp};
use std::time::Duration;
use tokio::{
    sync::watch,
    time::{Instant, timeout_at},
};

/// Time between two rounds: a missed clock is noticed within a minute (two rounds).
pub const ROUND: Duration = Duration::from_secs(30);

/// Time between two looks for checkpoints that another process signed.
const SIGNATURES: Duration = Duration::from_secs(600);

/// Time between two looks for what has served its time.
const FORGETTING: Duration = Duration::from_secs(3600);

/// What a round did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Round {
    /// Reactions that happened.
    pub reactions: usize,
    /// Windows of opinion that were closed.
    pub windows: usize,
    /// Sessions, tokens and failures that were swept away.
    pub swept: usize,
    /// Files that were removed, since no event referred to them.
    pub files: usize,
    /// Erased persons whose checklist was gone through.
    pub erased: usize,
}

/// One round.
pub async fn round(platform: &Platform) -> Result<Round> {
    let context = Context::system(platform.now(), "clockwork");
    Ok(Round {
        reactions: reactions::react(platform).await?,
        windows: proposal::command::close_due(platform, &context).await?.len(),
        swept: people::session::sweep(platform).await?,
        files: upload::sweep::sweep(platform).await?,
        erased: people::erasure::settle_due(platform).await?,
    })
}

/// What a round of letters did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Letters {
    /// Digests that were put into the outbox.
    pub digests: u32,
    /// What became of the letters that were due.
    pub sent: sending::Round,
}

/// One round of letters: digests are posted, and what is due is sent.
pub async fn letters(platform: &Platform) -> Result<Letters> {
    Ok(Letters {
        digests: digest::post_due(platform).await?,
        sent: sending::send_due(platform, SENDER).await?,
    })
}

/// What this platform calls itself where it takes letters in hand.
const SENDER: &str = "clockwork";

/// Forgets what has served its time: answers kept for repetitions, and, after the days that the operator decided, letters
/// that were sent and jobs that are done. What failed stays until somebody has looked at it, and events stay for good. How
/// many rows went.
pub async fn forget(platform: &Platform) -> Result<u64> {
    let kept = SignedDuration::from_hours(24 * i64::from(platform.settings().keep_days));
    let before = platform.now().checked_sub(kept).unwrap_or(Timestamp::MIN);
    Ok(platform.ledger().forget_done(before).await?)
}

/// Rounds until `stop` says so; a round that has begun is brought to its end, so that no letter is left half handed over.
/// A round that fails is told to the operator, and the next one tries again.
pub async fn run(platform: Platform, stop: watch::Receiver<bool>) {
    tokio::join!(
        rounds(&platform, stop.clone()),
        mail(&platform, stop.clone()),
        signatures(&platform, stop.clone()),
        forgetting(&platform, stop)
    );
}

/// A slow mail server must not hold up a deadline: letters have rounds of their own.
async fn rounds(platform: &Platform, mut stop: watch::Receiver<bool>) {
    let mut news = platform.ledger().follow();
    loop {
        match round(platform).await {
            Ok(done) if done != Round::default() => {
                tracing::info!(
                    reactions = done.reactions,
                    windows = done.windows,
                    swept = done.swept,
                    files = done.files,
                    erased = done.erased,
                    "a round was done"
                );
            }
            Ok(_) => {}
            Err(error) => tracing::error!(%error, "a round failed"),
        }
        if ended(Instant::now() + ROUND, &mut stop, &mut news).await == Waited::Stopped {
            return;
        }
    }
}

async fn mail(platform: &Platform, mut stop: watch::Receiver<bool>) {
    let mut news = platform.ledger().follow();
    loop {
        let next = Instant::now() + ROUND;
        told(letters(platform).await);
        // An event may have brought a letter of its own, an invitation; digests wait for their round.
        loop {
            match ended(next, &mut stop, &mut news).await {
                Waited::Stopped => return,
                Waited::Over => break,
                Waited::News => told(
                    sending::send_due(platform, SENDER)
                        .await
                        .map(|sent| Letters { digests: 0, sent }),
                ),
            }
        }
    }
}

/// What a backup beside this server signed comes into the public feed.
async fn signatures(platform: &Platform, mut stop: watch::Receiver<bool>) {
    loop {
        if let Err(error) = platform.ledger().adopt_checkpoints().await {
            tracing::error!(%error, "checkpoints could not be looked for");
        }
        tokio::select! {
            _ = stop.wait_for(|stop| *stop) => return,
            () = tokio::time::sleep(SIGNATURES) => {}
        }
    }
}

async fn forgetting(platform: &Platform, mut stop: watch::Receiver<bool>) {
    loop {
        match forget(platform).await {
            Ok(0) => {}
            Ok(rows) => tracing::info!(rows, "what had served its time was forgotten"),
            Err(error) => tracing::error!(%error, "what has served its time could not be forgotten"),
        }
        tokio::select! {
            _ = stop.wait_for(|stop| *stop) => return,
            () = tokio::time::sleep(FORGETTING) => {}
        }
    }
}

fn told(done: Result<Letters>) {
    match done {
        Ok(done) if done != Letters::default() => {
            tracing::info!(
                digests = done.digests,
                sent = done.sent.sent,
                refused = done.sent.refused,
                unknown = done.sent.unknown,
                "letters"
            );
        }
        Ok(_) => {}
        Err(error) => tracing::error!(%error, "letters could not be looked after"),
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Waited {
    /// The time is over.
    Over,
    /// This node recorded something; what other nodes recorded waits for the round.
    News,
    /// The platform stops.
    Stopped,
}

async fn ended<T>(until: Instant, stop: &mut watch::Receiver<bool>, news: &mut watch::Receiver<T>) -> Waited {
    if *stop.borrow() {
        return Waited::Stopped;
    }
    tokio::select! {
        // Nobody who could say stop is there any more: that, too, is the end.
        _ = stop.wait_for(|stop| *stop) => Waited::Stopped,
        woken = timeout_at(until, news.changed()) => match woken {
            Ok(Ok(())) => Waited::News,
            Ok(Err(_)) => Waited::Stopped,
            Err(_) => Waited::Over,
        },
    }
}
