//! The public feed in the order of the log, for whoever follows it by program.

use super::query::public_until;
use crate::{
    context::Reader,
    history::query::{Entry, Filter, entries},
    question::Window,
    refusal::Result,
    running::Platform,
};
use ledger::{AsOf, Position};

/// At most `limit` (1–200) entries that everybody may see, after a position, the oldest first.
pub async fn public_after(platform: &Platform, after: Position, limit: u32) -> Result<Vec<Entry>> {
    let window = Window::of(limit);
    let Some(known) = public_until(platform, after, window.bounded()).await? else {
        return Ok(Vec::new());
    };
    let today = platform.today();
    let reader = Reader {
        as_of: AsOf { date: today, known },
        ..Reader::public(today)
    };
    let mut page = entries(
        platform,
        &reader,
        &Filter {
            since: Some(after),
            ..Filter::default()
        },
        &window,
    )
    .await?;
    page.items.reverse();
    Ok(page.items)
}
