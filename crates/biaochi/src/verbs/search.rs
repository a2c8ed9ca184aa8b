//! `biaochi search`: everything that has a title or a number, as an outsider finds it.

use crate::{
    config::Config,
    failure::{Outcome, Result, of_platform},
    installation::{self, Installation},
    output,
};
use language::t;
use ledger::Access;
use platform::{
    context::Reader,
    search::{Found, find},
};
use serde::Serialize;

#[derive(Debug, Serialize)]
struct Hit {
    kind: &'static str,
    id: String,
    /// Number of a task, measure or proposal; designation of an output; code of a place.
    number: Number,
    title: String,
}

/// A task's number is a number; what others are called by is a text.
#[derive(Debug, Serialize)]
#[serde(untagged)]
enum Number {
    Task(u32),
    Other(String),
}

impl std::fmt::Display for Number {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Task(number) => write!(f, "{number}"),
            Self::Other(text) => f.write_str(text),
        }
    }
}

#[derive(Debug, Serialize)]
struct Hits {
    items: Vec<Hit>,
    total: i64,
}

/// What the words find.
pub async fn run(config: &Config, text: &str) -> Result<Outcome> {
    let installation = Installation::open(config).await?;
    let platform = installation
        .platform(config, Access::Read, installation::settings(config, "", false)?)
        .await?;
    let reader = Reader::public(platform.today());
    let found = find(&platform, &reader, text)
        .await
        .map_err(|fault| of_platform(config.lang, fault))?;
    let hits = Hits {
        total: found.total(),
        items: items(found),
    };
    if config.is_json() {
        output::json(&hits)?;
    } else {
        for hit in &hits.items {
            output::line(format!("{}\t{}\t{}", hit.kind, hit.number, hit.title))?;
        }
        output::line(t!(config.lang, "cli-found", count = hits.total))?;
    }
    Ok(Outcome::Clean)
}

fn items(found: Found) -> Vec<Hit> {
    let hit = |kind, id: String, number: String, title: String| Hit {
        kind,
        id,
        number: Number::Other(number),
        title,
    };
    let lists = found
        .lists
        .into_iter()
        .map(|l| hit("list", l.id, l.document, l.title.zh));
    let tasks = found.tasks.into_iter().map(|t| Hit {
        kind: "task",
        id: t.id,
        number: Number::Task(t.number),
        title: t.title.zh,
    });
    let outputs = found
        .outputs
        .into_iter()
        .map(|o| hit("output", o.id, o.designation.unwrap_or_default(), o.title.zh));
    let places = found
        .places
        .into_iter()
        .map(|p| hit("place", p.code.clone(), p.code, p.name.zh));
    let bodies = found
        .bodies
        .into_iter()
        .map(|b| hit("organization", b.id, b.codes.join(" "), b.name.zh));
    let measures = found
        .measures
        .into_iter()
        .map(|m| hit("measure", m.id, m.measure, m.text.zh));
    let sentences = found
        .sentences
        .into_iter()
        .map(|s| hit("action", s.id, s.measure, s.text.zh));
    let proposals = found.proposals.into_iter().map(|p| {
        let reason = p.whole.map(|w| w.reason.zh).unwrap_or_default();
        hit("proposal", p.id, p.number.to_string(), reason)
    });
    lists
        .chain(tasks)
        .chain(outputs)
        .chain(places)
        .chain(bodies)
        .chain(measures)
        .chain(sentences)
        .chain(proposals)
        .collect()
}
