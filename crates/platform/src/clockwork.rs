//! What the platform does by itself: reactions to events, windows that close, sessions and tokens that are spent.
//!
//! Each part is idempotent, so that a round that was missed, or ran twice on two nodes, changes nothing. A round is cheap;
//! a missed deadline is noticed by the next one, also after the server was down over it.

use crate::{context::Context, people, proposal, reactions, refusal::Result, running::Platform};
use std::time::Duration;

/// Time between two rounds: a missed clock is noticed within a minute (two rounds).
pub const ROUND: Duration = Duration::from_secs(30);

/// What a round did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Round {
    /// Reactions that happened.
    pub reactions: usize,
    /// Windows of opinion that were closed.
    pub windows: usize,
    /// Sessions, tokens and failures that were swept away.
    pub swept: usize,
}

/// One round.
pub async fn round(platform: &Platform) -> Result<Round> {
    let context = Context::system(platform.now(), "clockwork");
    Ok(Round {
        reactions: reactions::react(platform).await?,
        windows: proposal::command::close_due(platform, &context).await?.len(),
        swept: people::session::sweep(platform).await?,
    })
}

/// Rounds for as long as the platform runs. A round that fails is told to the operator, and the next one tries again.
pub async fn run(platform: Platform) {
    let mut news = platform.ledger().follow();
    loop {
        match round(&platform).await {
            Ok(done) if done != Round::default() => {
                tracing::info!(
                    reactions = done.reactions,
                    windows = done.windows,
                    swept = done.swept,
                    "a round was done"
                );
            }
            Ok(_) => {}
            Err(error) => tracing::error!(%error, "a round failed"),
        }
        // Woken by this node's own events; those of other nodes wait for the round.
        let woken = tokio::time::timeout(ROUND, news.changed()).await;
        if matches!(woken, Ok(Err(_))) {
            return;
        }
    }
}
