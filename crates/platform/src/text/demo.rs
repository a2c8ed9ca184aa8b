//! The texts of the demonstration (演示): shipped examples, put up and published on days before the one on which it is
//! loaded, by the accounts that `catalog/demo.toml` names.

use super::{
    command::{self, stream},
    decide::{self, New},
    event::TextEvent,
    workshop,
};
use crate::{
    catalogue::{self, files},
    context::{Context, PersonId},
    event::{demonstration, record},
    obligation::{self, event::Audience, state::Obligation},
    people,
    refusal::{Error, Result},
    running::Platform,
    upload::take::keep,
};
use bytes::Bytes;
use jiff::{ToSpan, civil::Date};
use ledger::{ActorId, Cause, Commit, NewEvent, Version};
use serde::Deserialize;

/// The examples of which a demonstration may speak.
const EXAMPLES: [(&str, &str); 1] = [("5g-factory", include_str!("../../../../examples/5g-factory.md"))];

#[derive(Deserialize)]
struct World {
    #[serde(default)]
    text: Vec<Text>,
}

#[derive(Deserialize)]
struct Text {
    place: String,
    task: u32,
    example: String,
    version: Vec<Shipped>,
}

#[derive(Deserialize)]
struct Shipped {
    at: i32,
    by: String,
    published: Option<i32>,
    note_zh: String,
    #[serde(default)]
    before: Vec<Before>,
}

/// What an earlier version says otherwise.
#[derive(Deserialize)]
struct Before {
    now: String,
    was: String,
}

/// Enters the texts of the demonstration where they are not there yet, and says how many versions it brought. The list,
/// the accounts and the progress must have been entered before.
pub async fn enter(platform: &Platform) -> Result<usize> {
    let world: World = files::parse("demo.toml", catalogue::DEMO)?;
    let base = platform.today();
    let mut entered = 0;
    for text in &world.text {
        let id = format!("first-{}-{}", text.task, text.place);
        if command::latest(platform, &id).await? > 0 {
            continue;
        }
        let example = EXAMPLES
            .iter()
            .find(|(name, _)| *name == text.example)
            .ok_or_else(|| data(format!("no example {}", text.example)))?;
        for shipped in &text.version {
            let source = source(example.1, &shipped.before)?;
            put(platform, &id, &source, shipped, base).await?;
            entered += 1;
        }
    }
    Ok(entered)
}

fn data(reason: String) -> Error {
    Error::Data {
        what: "catalog/demo.toml".to_owned(),
        reason,
    }
}

/// The example as an earlier version has it. Pure.
fn source(example: &str, before: &[Before]) -> Result<String> {
    let mut source = example.to_owned();
    for Before { now, was } in before {
        if source.matches(now.as_str()).count() != 1 {
            return Err(data(format!("the example does not say “{now}” once")));
        }
        source = source.replace(now.as_str(), was);
    }
    Ok(source)
}

async fn put(platform: &Platform, id: &str, source: &str, shipped: &Shipped, base: Date) -> Result<()> {
    let day = |at: i32| base.checked_add(at.days()).map_err(|e| data(e.to_string()));
    let put_on = day(shipped.at)?;
    let context = Context {
        today: put_on,
        ..Context::system(platform.now(), "demo")
    };
    let content = Bytes::from(source.to_owned());
    let file = keep(platform, &context, None, command::SOURCE, content.clone()).await?;
    let (taken, _) = workshop::take(platform, content, &file.media).await?;
    let new = New {
        obligation: id.to_owned(),
        title: taken.title(),
        source: file,
        original: None,
        pictures: Vec::new(),
        found: taken.found(),
        note: shipped.note_zh.clone(),
        audience: Audience::Participants,
        base: None,
    };
    let by = people::operator::find(platform, &shipped.by).await?;
    let stream = stream(id)?;
    let obligation = Obligation::fold(&platform.ledger().stream(&obligation::command::stream(id)?).await?);
    let events = platform.ledger().stream(&stream).await?;
    let (event, number) = decide::put(&events, &obligation, new)?;
    commit(platform, &by, &stream, &[demonstration(&event)?.effective(put_on)]).await?;
    if let Some(at) = shipped.published {
        let event = record(&TextEvent::VersionPublished { version: number })?;
        commit(platform, &by, &stream, &[demonstration(&event)?.effective(day(at)?)]).await?;
    }
    Ok(())
}

async fn commit(platform: &Platform, by: &PersonId, stream: &ledger::StreamName, events: &[NewEvent]) -> Result<()> {
    let version = platform
        .ledger()
        .stream(stream)
        .await?
        .last()
        .map_or(Version::NONE, |e| e.version);
    let commit = Commit::new(ActorId(by.0.clone()), Cause::Request("demo".to_owned()));
    platform
        .ledger()
        .commit(commit.write(stream.clone(), version, events.to_vec()))
        .await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use crate::text::compile::compile;
    use document::finding::Severity;

    #[test]
    fn every_shipped_version_is_clean_and_differs_from_the_one_before() {
        let world: World = files::parse("demo.toml", catalogue::DEMO).unwrap();
        for text in &world.text {
            let (_, example) = EXAMPLES.iter().find(|(name, _)| *name == text.example).unwrap();
            let sources: Vec<String> = text
                .version
                .iter()
                .map(|v| source(example, &v.before).unwrap())
                .collect();
            for source in &sources {
                let findings = compile(source).findings;
                assert!(findings.iter().all(|f| f.severity == Severity::Info), "{findings:?}");
            }
            assert!(sources.windows(2).all(|pair| pair[0] != pair[1]));
        }
    }
}
