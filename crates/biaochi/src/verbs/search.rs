//! `biaochi search`: titles and numbers of the list.

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
    list::query::{self, TaskFilter},
    question::Window,
};
use serde::Serialize;

#[derive(Debug, Serialize)]
struct Hit {
    kind: &'static str,
    id: String,
    number: u32,
    title: String,
}

#[derive(Debug, Serialize)]
struct Hits {
    items: Vec<Hit>,
    total: i64,
}

/// The tasks whose title or number answers to the query.
pub async fn run(config: &Config, text: &str) -> Result<Outcome> {
    let installation = Installation::open(config).await?;
    let platform = installation
        .platform(config, Access::Read, installation::settings(config, "", false))
        .await?;
    let reader = Reader::public(platform.today());
    let filter = TaskFilter {
        text: Some(text.to_owned()),
        ..TaskFilter::default()
    };
    let page = query::tasks(&platform, &reader, &filter, &Window::of(200))
        .await
        .map_err(|fault| of_platform(config.lang, fault))?;
    let items = page.items.into_iter().map(|task| Hit {
        kind: "task",
        id: task.id,
        number: task.number,
        title: task.title.zh,
    });
    let hits = Hits {
        items: items.collect(),
        total: page.total,
    };
    if config.is_json() {
        output::json(&hits)?;
    } else {
        for hit in &hits.items {
            output::line(format!("{}\t{}", hit.number, hit.title))?;
        }
        output::line(t!(config.lang, "cli-found", count = hits.total))?;
    }
    Ok(Outcome::Clean)
}
