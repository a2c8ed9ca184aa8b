//! Digests: one letter to a person an hour at most, put into the outbox in the transaction that remembers it.

use super::{
    letter::{Digest, Line},
    outgoing::{Outgoing, posted},
    query::{followers, last_digest, notices, read_mark},
};
use crate::{
    context::{Actor, PersonId, Reader},
    people::{facts::address, query::account},
    question::Window,
    refusal::Result,
    running::Platform,
};
use jiff::Timestamp;
use ledger::Change;

/// The hour since 1970 in which an instant lies.
fn hour(at: Timestamp) -> i64 {
    at.as_second().div_euclid(3600)
}

/// Posts the digests that are due, and says how many; none where no letter can leave. Called again and again; the table of
/// digests lets none be posted twice for an hour, on however many nodes it is called.
pub async fn post_due(platform: &Platform) -> Result<u32> {
    if platform.settings().mail.is_none() {
        return Ok(0);
    }
    let this_hour = hour(platform.now());
    let (mut posted, mut after) = (0, String::new());
    loop {
        let persons = followers(platform, &after, this_hour, 200).await?;
        let Some(last) = persons.last() else { return Ok(posted) };
        after.clone_from(&last.0);
        for person in &persons {
            posted += u32::from(post(platform, person).await?);
        }
    }
}

/// Posts the digest of a person, where there is something to tell and none was posted in this hour.
async fn post(platform: &Platform, person: &PersonId) -> Result<bool> {
    let now = platform.now();
    let (reached, last) = last_digest(platform, person).await?;
    if last >= hour(now) || address(platform, person).await?.is_none() {
        return Ok(false);
    }
    let today = platform.today();
    let grants = account::grants(platform, person, today).await?;
    let actor = Actor {
        person: person.clone(),
        grants,
        // A letter goes to whoever the person is; what not everybody may see is only counted in it.
        second_factor: true,
        scopes: None,
    };
    let reader = Reader {
        actor: Some(actor),
        ..Reader::public(today)
    };
    // What the person has read on the page needs no letter.
    let reached = reached.max(read_mark(platform, person).await?);
    let page = notices(platform, &reader, reached, &Window::of(50)).await?;
    let Some(newest) = page.items.first() else {
        return Ok(false);
    };
    let lines = page
        .items
        .iter()
        .filter(|n| n.public)
        .map(|n| Line {
            stream: n.stream.clone(),
            kind: n.kind.clone(),
            on: n.effective,
            demo: n.demo,
        })
        .collect();
    let restricted = page.items.iter().filter(|n| !n.public).count();
    let more = u64::try_from(page.total)
        .unwrap_or(0)
        .saturating_sub(page.items.len() as u64);
    let digest = Digest {
        lines,
        restricted,
        more,
    };
    let (message, posting) = posted(platform, person, &Outgoing::Digest(digest), now);
    let values = vec![
        ("person", (&person.0).into()),
        ("hour", hour(now).into()),
        ("position", newest.position.into()),
        ("message", message.into()),
    ];
    match platform
        .ledger()
        .state(vec![
            Change::Insert {
                table: "digest",
                values,
            },
            posting,
        ])
        .await
    {
        Ok(_) => Ok(true),
        // Another node posted it in the same hour: the key of the table refused the second.
        Err(error) => match last_digest(platform, person).await? {
            (_, now_last) if now_last >= hour(now) => Ok(false),
            _ => Err(error.into()),
        },
    }
}
