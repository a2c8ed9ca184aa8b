//! `biaochi list`: read a published text, enter it, show, export and compare states of the list.

use crate::{
    cli::{List, Moment},
    config::Config,
    failure::{Failure, Outcome, Result, of_platform},
    installation::{self, Installation},
    output,
    waiting::Waiting,
};
use jiff::civil::Date;
use language::t;
use ledger::{Access, AsOf, progress::Progress};
use platform::{
    Platform, catalogue,
    context::{Context, Reader},
    list::{
        entering,
        event::Claim,
        query::{self, Task, TaskFilter},
    },
    question::Window,
};
use serde::Serialize;
use sheet::{Cell, Column, Kind, TableLayout};
use std::{collections::BTreeMap, path::Path};
use tasklist::{Places, Reading};

/// A task in the shape of the contract.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct Shown {
    number: u32,
    part: String,
    section: String,
    tier: &'static str,
    title: String,
    claims: Vec<Claim>,
    places_as_written: String,
    line: (u32, u32),
    doubts: [(); 0],
}

impl From<Task> for Shown {
    fn from(task: Task) -> Self {
        Self {
            number: task.number,
            part: task.part.zh,
            section: task.section.zh,
            tier: task.tier.id(),
            title: task.title.zh,
            claims: task.claims,
            places_as_written: task.places_as_written,
            line: task.line,
            doubts: [],
        }
    }
}

#[derive(Debug, Serialize)]
struct Tasks {
    tasks: Vec<Shown>,
}

/// One task that differs.
#[derive(Debug, Serialize)]
struct Change {
    number: u32,
    change: &'static str,
    old: Option<Shown>,
    new: Option<Shown>,
}

#[derive(Debug, Serialize)]
struct Difference {
    from: u32,
    to: u32,
    changes: Vec<Change>,
}

/// Carries out a verb of the list.
pub async fn run(config: &Config, list: List) -> Result<Outcome> {
    match list {
        List::Read { file } => read(config, &file),
        List::Import { file } => import(config, &file).await,
        List::Show(moment) => show(config, &moment).await,
        List::Export { moment, output } => export(config, &moment, output.as_deref()).await,
        List::Diff { from, to } => diff(config, from, to).await,
    }
}

fn reading_of(config: &Config, file: &Path) -> Result<Reading> {
    let name = file.display().to_string();
    let bytes = std::fs::read(file).map_err(|reason| {
        Failure::Input(t!(
            config.lang,
            "cli-unreadable",
            file = name.as_str(),
            reason = reason.to_string()
        ))
    })?;
    let text = String::from_utf8(bytes).map_err(|fault| {
        let before = fault
            .as_bytes()
            .iter()
            .take(fault.utf8_error().valid_up_to())
            .filter(|b| **b == b'\n')
            .count();
        Failure::Input(t!(
            config.lang,
            "cli-not-utf8",
            file = name.as_str(),
            line = (before + 1).to_string()
        ))
    })?;
    Ok(tasklist::read(&text, &Places::default()))
}

/// How many doubts a person must settle.
fn doubts(reading: &Reading) -> usize {
    reading.doubts.len() + reading.tasks.iter().map(|task| task.doubts.len()).sum::<usize>()
}

fn code(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

/// Says each doubt with the line where to look.
fn say_doubts(config: &Config, file: &Path, reading: &Reading) {
    let name = file.display().to_string();
    for doubt in &reading.doubts {
        output::say(t!(
            config.lang,
            "cli-doubt",
            file = name.as_str(),
            line = "-",
            doubt = code(doubt)
        ));
    }
    for task in &reading.tasks {
        for doubt in &task.doubts {
            let line = task.line.0.to_string();
            output::say(t!(
                config.lang,
                "cli-doubt",
                file = name.as_str(),
                line = line,
                doubt = code(doubt)
            ));
        }
    }
}

fn read(config: &Config, file: &Path) -> Result<Outcome> {
    let reading = reading_of(config, file)?;
    if config.is_json() {
        output::json(&reading.tasks_json())?;
    } else {
        for task in &reading.tasks {
            let number = task.number.map_or_else(|| "?".to_owned(), |number| number.to_string());
            output::line(format!("{number}\t{}\t{}", task.title, task.places_as_written))?;
        }
        output::line(t!(
            config.lang,
            "cli-read",
            tasks = reading.tasks.len() as i64,
            doubts = doubts(&reading) as i64
        ))?;
    }
    say_doubts(config, file, &reading);
    Ok(Outcome::of(doubts(&reading) == 0))
}

async fn import(config: &Config, file: &Path) -> Result<Outcome> {
    let reading = reading_of(config, file)?;
    if doubts(&reading) > 0 {
        say_doubts(config, file, &reading);
        output::say(t!(config.lang, "cli-import-doubts"));
        return Ok(Outcome::Findings);
    }
    // The first list is entered with the catalogue's English, warnings and bodies: they fit this text alone.
    let known = tasklist::read(catalogue::POLICY, &Places::default());
    let key = |reading: &Reading| -> Vec<_> {
        reading
            .tasks
            .iter()
            .map(|t| (t.number, t.title.clone(), t.tier, t.claims.clone()))
            .collect()
    };
    if key(&known) != key(&reading) {
        return Err(Failure::Input(t!(
            config.lang,
            "cli-import-other",
            file = file.display().to_string()
        )));
    }
    let installation = Installation::open_or_make(config).await?;
    let platform = installation
        .platform(config, Access::Write, installation::settings(config, "", false)?)
        .await?;
    let context = Context::system(platform.now(), "list import");
    let waiting = Waiting::for_work(config, t!(config.lang, "cli-waiting-importing"), Progress::default());
    let entered = entering::enter(&platform, &context)
        .await
        .map_err(|fault| of_platform(config.lang, fault))?;
    drop(waiting);
    platform.ledger().close().await?;
    if entered.tasks == 0 {
        output::say(t!(config.lang, "cli-import-there"));
        return Ok(Outcome::Clean);
    }
    if config.is_json() {
        output::json(&serde_json::json!({ "tasks": entered.tasks, "obligations": entered.obligations }))?;
    } else {
        output::line(t!(
            config.lang,
            "cli-imported",
            tasks = entered.tasks as i64,
            obligations = entered.obligations as i64
        ))?;
    }
    Ok(Outcome::Clean)
}

async fn open(config: &Config) -> Result<Platform> {
    let installation = Installation::open(config).await?;
    installation
        .platform(config, Access::Read, installation::settings(config, "", false)?)
        .await
}

/// The day that a moment means.
async fn day_of(config: &Config, platform: &Platform, moment: &Moment) -> Result<Date> {
    match (moment.version, moment.as_of) {
        (Some(version), _) => version_day(config, platform, version).await,
        (None, Some(day)) => Ok(day),
        (None, None) => Ok(platform.today()),
    }
}

async fn version_day(config: &Config, platform: &Platform, version: u32) -> Result<Date> {
    let versions = query::versions(platform, entering::FIRST)
        .await
        .map_err(|fault| of_platform(config.lang, fault))?;
    let found = versions.iter().find(|v| v.version == version);
    found.map(|v| v.in_force).ok_or_else(|| {
        let known = versions
            .iter()
            .map(|v| v.version.to_string())
            .collect::<Vec<_>>()
            .join(", ");
        Failure::Input(t!(
            config.lang,
            "cli-no-version",
            version = version.to_string(),
            known = known
        ))
    })
}

/// Every task of the list at the end of a day.
async fn tasks_on(config: &Config, platform: &Platform, day: Date) -> Result<Vec<Task>> {
    let reader = Reader {
        as_of: AsOf::day(day),
        ..Reader::public(platform.today())
    };
    let filter = TaskFilter {
        list: Some(entering::FIRST.to_owned()),
        ..TaskFilter::default()
    };
    let mut window = Window::of(200);
    let mut tasks = Vec::new();
    loop {
        let page = query::tasks(platform, &reader, &filter, &window)
            .await
            .map_err(|fault| of_platform(config.lang, fault))?;
        tasks.extend(page.items);
        match page.next {
            Some(next) => window.cursor = Some(next),
            None => return Ok(tasks),
        }
    }
}

async fn show(config: &Config, moment: &Moment) -> Result<Outcome> {
    let platform = open(config).await?;
    let day = day_of(config, &platform, moment).await?;
    let tasks = tasks_on(config, &platform, day).await?;
    if config.is_json() {
        output::json(&Tasks {
            tasks: tasks.into_iter().map(Shown::from).collect(),
        })?;
    } else {
        for task in &tasks {
            let title = match config.lang {
                language::Lang::En => task.title.en.as_deref().unwrap_or(&task.title.zh),
                language::Lang::Zh => &task.title.zh,
            };
            output::line(format!("{}\t{title}\t{}", task.number, task.places_as_written))?;
        }
    }
    Ok(Outcome::Clean)
}

async fn export(config: &Config, moment: &Moment, file: Option<&Path>) -> Result<Outcome> {
    let platform = open(config).await?;
    let day = day_of(config, &platform, moment).await?;
    let tasks = tasks_on(config, &platform, day).await?;
    let extension = file
        .and_then(Path::extension)
        .and_then(|e| e.to_str())
        .unwrap_or("json")
        .to_lowercase();
    let content = match extension.as_str() {
        "json" => {
            let shown = Tasks {
                tasks: tasks.into_iter().map(Shown::from).collect(),
            };
            serde_json::to_vec_pretty(&shown).map_err(|fault| Failure::environment("JSON", fault))?
        }
        "xlsx" | "csv" => {
            let layout = layout(config, day);
            let rows: Vec<Vec<Cell>> = tasks.iter().map(cells).collect();
            let written = if extension == "csv" {
                sheet::write_csv(&layout, &rows)
            } else {
                sheet::write(&layout, &rows)
            };
            written.map_err(|fault| Failure::environment(extension, fault))?
        }
        other => {
            return Err(Failure::Input(t!(config.lang, "cli-export-kind", kind = other)));
        }
    };
    match file {
        Some(file) => std::fs::write(file, content).map_err(|fault| Failure::environment(file.display(), fault))?,
        None => output::bytes(&content)?,
    }
    Ok(Outcome::Clean)
}

fn layout(config: &Config, day: Date) -> TableLayout {
    let lang = config.lang;
    let text = |id: &str, title: String| Column::new(id, &title, Kind::Text);
    let columns = vec![
        Column::key(),
        text("number", t!(lang, "cli-column-number")),
        text("part", t!(lang, "cli-column-part")),
        text("section", t!(lang, "cli-column-section")),
        text("tier", t!(lang, "cli-column-tier")),
        text("title", t!(lang, "cli-column-title")).width(60),
        text("places", t!(lang, "cli-column-places")).width(30),
    ];
    TableLayout::new("list", &t!(lang, "cli-sheet-list"), day, columns)
}

fn cells(task: &Task) -> Vec<Cell> {
    let text = |text: &str| Cell::Text(text.to_owned());
    vec![
        text(&task.id),
        text(&task.number.to_string()),
        text(&task.part.zh),
        text(&task.section.zh),
        text(task.tier.id()),
        text(&task.title.zh),
        text(&task.places_as_written),
    ]
}

async fn diff(config: &Config, from: u32, to: u32) -> Result<Outcome> {
    let platform = open(config).await?;
    let mut states = Vec::new();
    for version in [from, to] {
        let day = version_day(config, &platform, version).await?;
        let tasks = tasks_on(config, &platform, day).await?;
        states.push(
            tasks
                .into_iter()
                .map(|task| (task.number, Shown::from(task)))
                .collect::<BTreeMap<_, _>>(),
        );
    }
    let (new, old) = (states.pop().unwrap_or_default(), states.pop().unwrap_or_default());
    let difference = Difference {
        from,
        to,
        changes: changes(&old, &new),
    };
    if config.is_json() {
        output::json(&difference)?;
    } else {
        for change in &difference.changes {
            let title = change
                .new
                .as_ref()
                .or(change.old.as_ref())
                .map_or("", |task| &task.title);
            output::line(format!("{}\t{}\t{title}", change.change, change.number))?;
        }
        output::line(t!(config.lang, "cli-differ", count = difference.changes.len() as i64))?;
    }
    Ok(Outcome::Clean)
}

fn changes(old: &BTreeMap<u32, Shown>, new: &BTreeMap<u32, Shown>) -> Vec<Change> {
    let mut numbers: Vec<u32> = old.keys().chain(new.keys()).copied().collect();
    numbers.sort_unstable();
    numbers.dedup();
    numbers
        .into_iter()
        .filter_map(|number| {
            let (old, new) = (old.get(&number).cloned(), new.get(&number).cloned());
            let change = match (&old, &new) {
                (None, _) => "added",
                (_, None) => "removed",
                (Some(old), Some(new)) if old == new => return None,
                _ => "changed",
            };
            Some(Change {
                number,
                change,
                old,
                new,
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(number: u32, title: &str) -> (u32, Shown) {
        let task = Shown {
            number,
            part: String::new(),
            section: String::new(),
            tier: "group",
            title: title.to_owned(),
            claims: Vec::new(),
            places_as_written: String::new(),
            line: (1, 1),
            doubts: [],
        };
        (number, task)
    }

    #[test]
    fn two_states_differ_by_what_came_went_and_changed() {
        let old = BTreeMap::from([shown(1, "a"), shown(2, "b"), shown(3, "c")]);
        let new = BTreeMap::from([shown(1, "a"), shown(3, "d"), shown(4, "e")]);
        let found: Vec<_> = changes(&old, &new).into_iter().map(|c| (c.number, c.change)).collect();
        assert_eq!(found, [(2, "removed"), (3, "changed"), (4, "added")]);
    }
}
