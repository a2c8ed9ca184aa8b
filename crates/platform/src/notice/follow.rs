//! Following and no longer following: by the person alone, for the person alone.

use super::event::{FollowEvent, Strength, Target};
use crate::{
    context::{Context, PersonId},
    event::{read, record},
    refusal::{Refusal, Result},
    rights::{Action, Object, check},
    running::Platform,
};
use ledger::{Cause, Change, Commit, Idempotency, Position, StreamName, Version};
use std::collections::BTreeMap;

/// The most that one person may follow.
pub const MOST: usize = 500;

/// What a person follows now, by id of the follow. Pure.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Follows {
    started: u32,
    open: BTreeMap<String, (Target, Strength)>,
}

impl Follows {
    fn apply(&mut self, event: FollowEvent) {
        match event {
            FollowEvent::Started {
                follow,
                target,
                strength,
            } => {
                self.started += 1;
                self.open.insert(follow, (target, strength));
            }
            FollowEvent::Stopped { follow } => {
                self.open.remove(&follow);
            }
        }
    }

    /// The follow of this target, if there is one.
    pub fn of(&self, target: &Target) -> Option<(&str, Strength)> {
        self.open
            .iter()
            .find(|(_, (t, _))| t == target)
            .map(|(id, (_, strength))| (id.as_str(), *strength))
    }
}

/// Following a target: the follow of another strength, if there is one, ends; the same again is refused. Pure.
pub fn start(follows: &Follows, target: &Target, strength: Strength) -> Result<Vec<FollowEvent>, Refusal> {
    if target.is_empty() {
        return Err(Refusal::wrong("notice/target").fault("target", "fault-required"));
    }
    let mut events = Vec::new();
    match follows.of(target) {
        Some((_, same)) if same == strength => return Err(Refusal::wrong("any/nothing_to_do")),
        Some((id, _)) => events.push(FollowEvent::Stopped { follow: id.to_owned() }),
        None if follows.open.len() >= MOST => {
            return Err(Refusal::rule("notice/too_many", "").with("most", MOST.to_string()));
        }
        None => {}
    }
    let follow = format!("f{}", follows.started + 1);
    events.push(FollowEvent::Started {
        follow,
        target: target.clone(),
        strength,
    });
    Ok(events)
}

/// No longer following. Pure.
pub fn stop(follows: &Follows, follow: &str) -> Result<Vec<FollowEvent>, Refusal> {
    if follows.open.contains_key(follow) {
        Ok(vec![FollowEvent::Stopped {
            follow: follow.to_owned(),
        }])
    } else {
        Err(Refusal::unseen())
    }
}

/// Follows a target on behalf of whoever asks.
pub async fn begin(platform: &Platform, context: &Context, target: &Target, strength: Strength) -> Result<Position> {
    decided(platform, context, |follows| start(follows, target, strength)).await
}

/// Ends a follow of whoever asks.
pub async fn end(platform: &Platform, context: &Context, follow: &str) -> Result<Position> {
    decided(platform, context, |follows| stop(follows, follow)).await
}

async fn decided(
    platform: &Platform,
    context: &Context,
    decide: impl Fn(&Follows) -> Result<Vec<FollowEvent>, Refusal>,
) -> Result<Position> {
    let person = own(platform, context)?;
    let stream = StreamName::parse(&format!("follow/{}", person.0))?;
    let recorded = platform.ledger().stream(&stream).await?;
    let mut follows = Follows::default();
    recorded.iter().filter_map(read).for_each(|event| follows.apply(event));
    let events = decide(&follows)?.iter().map(record).collect::<Result<Vec<_>, _>>()?;
    let version = recorded.last().map_or(Version::NONE, |e| e.version);
    let mut commit =
        Commit::new(context.actor_id(), Cause::Request(context.request.clone())).write(stream, version, events);
    commit.idempotency = context.idempotency.as_ref().map(|(key, request)| Idempotency {
        key: key.clone(),
        request: request.clone(),
        answer: String::new(),
    });
    Ok(platform.ledger().commit(commit).await?.last)
}

/// Marks notices as read up to an entry; the mark never goes back.
pub async fn mark_read(platform: &Platform, context: &Context, position: Position) -> Result<()> {
    let person = own(platform, context)?;
    let before = super::query::read_mark(platform, &person).await?;
    if position > before {
        let values = vec![("person", (&person.0).into()), ("position", position.into())];
        platform
            .ledger()
            .state(vec![Change::Upsert {
                table: "notice_read",
                key: &["person"],
                values,
            }])
            .await?;
    }
    Ok(())
}

fn own(platform: &Platform, context: &Context) -> Result<PersonId> {
    let person = context.actor.as_ref().map(|a| a.person.clone());
    let object = person
        .as_ref()
        .map_or_else(Object::default, |p| Object::of_person(&p.0));
    check(platform.rights(), context, Action::ManageOwn, &object)?;
    person.ok_or_else(|| Refusal::unseen().into())
}
