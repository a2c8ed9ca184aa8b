//! The systems of the demonstration (演示): published texts that are offered on days before the one on which it is loaded.

use super::{command::stream, decide, run, state::State};
use crate::{
    catalogue::{self, files},
    context::Reader,
    event::demonstration,
    people,
    refusal::{Error, Result},
    running::Platform,
    text::query as text,
};
use jiff::ToSpan;
use ledger::{ActorId, Cause, Commit, Version};
use serde::Deserialize;

#[derive(Deserialize)]
struct World {
    #[serde(default)]
    system: Vec<Offered>,
}

#[derive(Deserialize)]
struct Offered {
    text: String,
    at: i32,
    in_force: i32,
    by: String,
}

/// Enters the systems of the demonstration where they are not there yet, and says how many editions it brought. The texts
/// must have been entered before.
pub async fn enter(platform: &Platform) -> Result<usize> {
    let world: World = files::parse("demo.toml", catalogue::DEMO)?;
    let base = platform.today();
    let data = |reason: String| Error::Data {
        what: "catalog/demo.toml".to_owned(),
        reason,
    };
    let day = |at: i32| base.checked_add(at.days()).map_err(|e| data(e.to_string()));
    let mut entered = 0;
    for offered in &world.system {
        let version = text::version(platform, &Reader::public(base), &offered.text).await?;
        let stream = stream(&version.text)?;
        let events = platform.ledger().stream(&stream).await?;
        let known = State::fold(&events);
        if known
            .editions
            .values()
            .any(|standing| standing.edition.text == version.id)
        {
            continue;
        }
        let executable = run::executable(platform, &version.source).await?;
        let (event, _) = decide::offer(&events, &version, &executable, day(offered.in_force)?)?;
        let by = people::operator::find(platform, &offered.by).await?;
        let at = events.last().map_or(Version::NONE, |e| e.version);
        let event = demonstration(&event)?.effective(day(offered.at)?);
        let commit = Commit::new(ActorId(by.0.clone()), Cause::Request("demo".to_owned()));
        platform.ledger().commit(commit.write(stream, at, vec![event])).await?;
        entered += 1;
    }
    Ok(entered)
}
