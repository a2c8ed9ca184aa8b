//! What putting up and publishing a version bring. Pure.

use super::{
    event::{Owner, TextEvent, Version},
    state::{State, next_number},
};
use crate::{
    bilingual::Bilingual,
    event::record,
    obligation::{
        check::Words,
        event::{Audience, Subject},
        state::Obligation,
    },
    refusal::{Manner, Refusal, Result},
    upload::Attachment,
};
use ledger::{NewEvent, Recorded};

/// A version that is to be put up.
#[derive(Debug, Clone)]
pub(super) struct New {
    /// Id of the obligation.
    pub obligation: String,
    /// The title that the source gives; where it gives none, the page names the obligation.
    pub title: Bilingual,
    /// The source.
    pub source: Attachment,
    /// The Word file from which it was read, where it was.
    pub original: Option<Attachment>,
    /// Its pictures.
    pub pictures: Vec<super::event::Picture>,
    /// How many findings it has.
    pub found: super::event::Found,
    /// What is new in it.
    pub note: String,
    /// Who may see it.
    pub audience: Audience,
    /// The newest version that whoever puts it up has seen; 0 before the first, nothing where they do not say.
    pub base: Option<u32>,
}

/// What a new version brings, and its number.
pub(super) fn put(events: &[Recorded], obligation: &Obligation, new: New) -> Result<(NewEvent, u32)> {
    Words::new().note_or_none("note", &new.note).done()?;
    let origin = obligation.origin.as_ref().ok_or_else(Refusal::unseen)?;
    if obligation.ended {
        return Err(Refusal::rule("text/ended", "").into());
    }
    let state = State::fold(events);
    let latest = state.latest().map_or(0, |standing| standing.version.version);
    if let Some(base) = new.base.filter(|base| *base != latest) {
        return Err(Refusal::rule("text/another_version", "")
            .with("base", base.to_string())
            .with("latest", latest.to_string())
            .manner(Manner::Stale)
            .into());
    }
    let same = |standing: &super::state::Standing| standing.version.source.sha256 == new.source.sha256;
    if state.latest().is_some_and(same) {
        return Err(Refusal::wrong("text/nothing_new")
            .with("latest", latest.to_string())
            .fault("file", "fault-text-nothing-new")
            .into());
    }
    // Publishing is a step of its own.
    if new.audience == Audience::Public {
        return Err(Refusal::wrong("text/public_at_once")
            .fault("audience", "fault-text-public-at-once")
            .into());
    }
    let number = next_number(events);
    let holder = obligation.holder.as_ref().map(|holder| &holder.organization);
    let organization = holder.or(origin.organization.as_ref()).unwrap_or(&origin.addressee);
    let event = TextEvent::VersionPut(Box::new(Version {
        version: number,
        owner: Owner::Obligation(new.obligation),
        place: origin.place.clone().unwrap_or_default(),
        organization: organization.clone(),
        task: match &origin.subject {
            Subject::Task(id) => id.clone(),
            Subject::Action(_) => String::new(),
        },
        title: new.title,
        source: new.source,
        original: new.original,
        pictures: new.pictures,
        found: new.found,
        note: new.note.trim().to_owned(),
        audience: new.audience,
        demo: false,
    }));
    Ok((record(&event)?, number))
}

/// What publishing a version brings.
pub(super) fn publish(events: &[Recorded], version: u32) -> Result<NewEvent> {
    let state = State::fold(events);
    let standing = state.versions.get(&version).ok_or_else(Refusal::unseen)?;
    if standing.published.is_some() {
        return Err(Refusal::rule("text/published", "")
            .with("version", version.to_string())
            .into());
    }
    Ok(record(&TextEvent::VersionPublished { version })?)
}
