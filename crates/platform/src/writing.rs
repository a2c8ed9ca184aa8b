//! How every command begins: an empty commit for its circumstances, and what was answered when it was asked before.

use crate::{context::Context, refusal::Result, running::Platform};
use ledger::{Cause, Commit, Committed, Idempotency};

/// A commit for this context, empty so far; `answer` is what a repetition gets.
pub(crate) fn begin(context: &Context, answer: &str) -> Commit {
    let mut commit = Commit::new(context.actor_id(), Cause::Request(context.request.clone()));
    commit.idempotency = context.idempotency.as_ref().map(|(key, request)| Idempotency {
        key: key.clone(),
        request: request.clone(),
        answer: answer.to_owned(),
    });
    commit
}

/// What was committed under the caller's key before, if anything: a repetition is answered before it is judged, since
/// what it did the first time may forbid doing it again.
pub(crate) async fn repeated(platform: &Platform, context: &Context) -> Result<Option<Committed>> {
    let Some((key, request)) = &context.idempotency else {
        return Ok(None);
    };
    Ok(platform.ledger().answered(&context.actor_id(), key, request).await?)
}
