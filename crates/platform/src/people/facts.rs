//! What other features may ask about people; read-only, and without names.

use super::{
    query::{account, desk, memberships_of, person},
    rows::Organization,
    state::Membership,
};
use crate::{context::PersonId, event::standing, refusal::Result, running::Platform};
use jiff::civil::Date;
use ledger::{AsOf, StreamName, Version};

/// Whether a body exists on a day and, where one is named, has that desk open; with the stream on which it rests, for
/// the reads of a commit.
pub async fn body_and_desk(
    platform: &Platform,
    organization: &str,
    desk_id: Option<&str>,
    day: Date,
) -> Result<Option<(StreamName, Version)>> {
    let Ok(stream) = StreamName::parse(&format!("organization/{organization}")) else {
        return Ok(None);
    };
    let version = platform.ledger().version(&stream).await?;
    let as_of = AsOf::day(day);
    let exists = super::query::organization(platform, organization, as_of)
        .await?
        .is_some();
    let open = match desk_id {
        None => true,
        Some(id) => desk(platform, id, as_of)
            .await?
            .is_some_and(|d| d.organization == organization),
    };
    Ok((exists && open).then_some((stream, version)))
}

/// The body as the log has it; empty where there is none of that id.
pub async fn body(platform: &Platform, id: &str) -> Result<Organization> {
    let mut state = Organization::default();
    if let Ok(stream) = StreamName::parse(&format!("organization/{id}")) {
        for event in standing(&platform.ledger().stream(&stream).await?) {
            state.apply(event);
        }
    }
    Ok(state)
}

/// Who goes on with the work of a body that ended: its successor, or the body above it, or, where that has ended as
/// well, who goes on for that one; nobody where none was named.
pub async fn goes_on(platform: &Platform, id: &str) -> Result<Option<String>> {
    let mut passed = vec![id.to_owned()];
    let mut state = body(platform, id).await?;
    loop {
        let next = state.successor.or_else(|| state.body.and_then(|b| b.parent));
        let Some(next) = next.filter(|next| !passed.contains(next)) else {
            return Ok(None);
        };
        state = body(platform, &next).await?;
        if state.body.is_some() && !state.ended {
            return Ok(Some(next));
        }
        passed.push(next);
    }
}

/// What a person is on a day, in which bodies; empty where the person left before.
pub async fn memberships_on(platform: &Platform, id: &PersonId, day: Date) -> Result<Vec<Membership>> {
    let gone = person(platform, id)
        .await?
        .is_none_or(|p| p.left_on.is_some_and(|left| left <= day));
    if gone {
        return Ok(Vec::new());
    }
    let all = memberships_of(platform, id).await?;
    Ok(all
        .into_iter()
        .map(|m| m.membership)
        .filter(|m| m.holds_on(day))
        .collect())
}

/// Address of a person, for letters; nothing where there is none, or the person left.
pub async fn address(platform: &Platform, id: &PersonId) -> Result<Option<String>> {
    let present = person(platform, id)
        .await?
        .is_some_and(|p| p.left_on.is_none() && !p.erased);
    if !present {
        return Ok(None);
    }
    Ok(account::profile(platform, id).await?.and_then(|p| p.email))
}
