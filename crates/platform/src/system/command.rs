//! Offering and withdrawing a system: the way in.

use super::{decide, query::id_of, run};
use crate::{
    context::{Context, Reader},
    obligation,
    refusal::{Error, Refusal, Result},
    rights::{self, Action, Object},
    running::Platform,
    text::query as text,
    writing::{begin, repeated},
};
use jiff::civil::Date;
use ledger::{AsOf, Committed, StreamName, Version};

/// What was offered.
#[derive(Debug, Clone)]
pub struct Done {
    /// Id of the edition.
    pub id: String,
    /// The commit.
    pub committed: Committed,
}

/// The stream of a system; it bears the id of its text.
pub fn stream(system: &str) -> Result<StreamName> {
    StreamName::parse(&format!("system/{system}")).map_err(|_| Refusal::unseen().into())
}

/// To what a system belongs, as far as rights ask.
pub async fn object(platform: &Platform, system: &str) -> Result<Object> {
    obligation::facts::object(platform, system).await
}

/// Offers a version of a text from a day on; today, where no day is named.
///
/// # Errors
/// A [`Refusal`] `system/…`; nothing is recorded then.
pub async fn offer(platform: &Platform, context: &Context, text: &str, in_force: Option<Date>) -> Result<Done> {
    let reader = Reader {
        actor: context.actor.clone(),
        as_of: AsOf::day(context.today),
        today: context.today,
    };
    let version = text::version(platform, &reader, text).await?;
    let object = object(platform, &version.text).await?;
    rights::check(platform.rights(), context, Action::OfferSystem, &object)?;
    if let Some(committed) = repeated(platform, context).await? {
        let id = committed.repeated.clone().unwrap_or_default();
        return Ok(Done { id, committed });
    }
    let executable = run::executable(platform, &version.source).await?;
    let stream = stream(&version.text)?;
    let in_force = in_force.unwrap_or(context.today);
    let (committed, id) = platform
        .ledger()
        .commit_with(|| async {
            let events = platform.ledger().stream(&stream).await?;
            let at = events.last().map_or(Version::NONE, |e| e.version);
            let (event, edition) = decide::offer(&events, &version, &executable, in_force)?;
            let id = id_of(&version.text, edition);
            Ok::<_, Error>((begin(context, &id).write(stream.clone(), at, vec![event]), id))
        })
        .await?;
    Ok(Done { id, committed })
}

/// Withdraws a system.
///
/// # Errors
/// A [`Refusal`] `system/…`; nothing is recorded then.
pub async fn withdraw(platform: &Platform, context: &Context, system: &str, reason: &str) -> Result<Committed> {
    let stream = stream(system)?;
    if platform.ledger().version(&stream).await? == Version::NONE {
        return Err(Refusal::unseen().into());
    }
    let object = object(platform, system).await?;
    rights::check(platform.rights(), context, Action::OfferSystem, &object)?;
    if let Some(committed) = repeated(platform, context).await? {
        return Ok(committed);
    }
    let (committed, ()) = platform
        .ledger()
        .commit_with(|| async {
            let events = platform.ledger().stream(&stream).await?;
            let at = events.last().map_or(Version::NONE, |e| e.version);
            let event = decide::withdraw(&events, reason)?;
            Ok::<_, Error>((begin(context, system).write(stream.clone(), at, vec![event]), ()))
        })
        .await?;
    Ok(committed)
}
