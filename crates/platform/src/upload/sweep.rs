//! Files to which no event refers within a day are removed.
//!
//! A file is marked before it goes: from then on no event can refer to it and no upload renew it, and one that was referred
//! to or renewed meanwhile is not marked. So nothing that an event needs is ever removed, on however many nodes this runs.

use super::query::old;
use crate::{refusal::Result, running::Platform};
use jiff::SignedDuration;
use ledger::Change;

/// So long a file may wait for its event.
pub const WAITS: SignedDuration = SignedDuration::from_hours(24);
/// So many are removed in one round.
const BATCH: u32 = 200;

/// Removes what has waited too long, and says how many files went.
pub async fn sweep(platform: &Platform) -> Result<usize> {
    let Some(store) = platform.files() else { return Ok(0) };
    let ledger = platform.ledger();
    let before = platform.now().checked_sub(WAITS).unwrap_or(jiff::Timestamp::MIN);
    let gone = ledger.sweep_files(store, before, BATCH).await?;
    // Who sent what is of no use once the name stands in an event, or the file is gone.
    let forgotten = old(platform, before, BATCH).await?;
    if !forgotten.is_empty() {
        let changes = forgotten.into_iter().map(|(person, digest)| Change::Delete {
            table: "upload",
            whose: vec![("person", person.into()), ("digest", digest.into())],
        });
        ledger.state(changes.collect()).await?;
    }
    Ok(gone)
}
