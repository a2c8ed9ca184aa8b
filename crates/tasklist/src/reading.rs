//! The whole reading, and how the text is divided into notice, measures and list.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::doubt::{Doubt, LineRange};
use crate::glyph::{Run, Span};
use crate::list::read_list;
use crate::mark::{Mark, mark_at};
use crate::measure::{Measure, read_measures};
use crate::notice::{Notice, Passage, PassageKind, read_notice};
use crate::place::Places;
use crate::task::Task;

/// How high a heading stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// 一、
    Part,
    /// （一）
    Section,
}

/// A heading of the opinions or of the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Heading {
    /// Part or section.
    pub level: Level,
    /// The heading with its mark.
    pub text: String,
    /// First and last line.
    pub line: LineRange,
}

/// What a line that belongs to nothing else seems to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LeftoverKind {
    /// A page number or a bullet alone on its line.
    PageNumber,
    /// Text that was not understood; a person must look.
    Unread,
}

/// Lines that went into no notice, measure, heading or task.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Leftover {
    /// First and last line.
    pub line: LineRange,
    /// The lines as they stand.
    pub text: String,
    /// What it seems to be.
    pub what: LeftoverKind,
}

/// Everything read from one published text. Every line that is not blank lies in the range of something here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    /// The notice in front: title, number, addressees, body, signers, date, and the opening of the opinions.
    pub notice: Notice,
    /// The opinions: 总体要求, the numbered measures, 组织保障, in the text's order.
    pub measures: Vec<Measure>,
    /// Title of the list, if it has one.
    pub list_title: Option<Passage>,
    /// The rows of the list in the text's order.
    pub tasks: Vec<Task>,
    /// Headings of parts and sections, opinions first.
    pub headings: Vec<Heading>,
    /// Lines that belong to nothing above.
    pub leftovers: Vec<Leftover>,
    /// Doubts about the text as a whole; each task carries its own.
    pub doubts: Vec<Doubt>,
}

/// The shape `{"tasks":[…]}`.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct TasksJson<'a> {
    /// The rows in the text's order.
    pub tasks: &'a [Task],
}

impl Reading {
    /// The tasks alone, ready to be serialised as `{"tasks":[…]}`.
    pub fn tasks_json(&self) -> TasksJson<'_> {
        TasksJson { tasks: &self.tasks }
    }

    /// The lines, from 1, that lie in the range of something read.
    pub fn lines_covered(&self) -> BTreeSet<u32> {
        let measures = self.measures.iter().map(|measure| measure.line);
        self.notice
            .passages
            .iter()
            .chain(&self.list_title)
            .map(|passage| passage.line)
            .chain(self.headings.iter().map(|heading| heading.line))
            .chain(measures)
            .chain(self.tasks.iter().map(|task| task.line))
            .chain(self.leftovers.iter().map(|leftover| leftover.line))
            .flat_map(|range| range.0..=range.1)
            .collect()
    }
}

/// Reads a published policy text: notice, opinions with their measures, list of tasks.
///
/// Never fails: what cannot be read is kept as a leftover or carries a doubt.
pub fn read(text: &str, places: &Places) -> Reading {
    let run = Run::new(text);
    let zones = Zones::find(&run);
    let notice = read_notice(&run, zones.notice);
    let measures = read_measures(&run, zones.measures);
    let list = read_list(&run, zones.list, places);
    let list_title = (zones.title.from < zones.title.to).then(|| Passage {
        kind: PassageKind::ListTitle,
        text: run.text(zones.title),
        line: run.lines(zones.title),
    });
    let mut doubts = measures.doubts;
    doubts.extend(list.doubts);
    if measures.measures.is_empty() {
        doubts.push(Doubt::NoMeasures);
    }
    if list.tasks.is_empty() {
        doubts.push(Doubt::NoTasks);
    }
    let mut leftovers: Vec<Leftover> = run
        .pages
        .iter()
        .map(|page| LineRange(page.line, page.line))
        .map(|line| Leftover {
            line,
            text: run.original(line),
            what: LeftoverKind::PageNumber,
        })
        .collect();
    leftovers.extend(list.leftovers);
    leftovers.sort_by_key(|leftover| leftover.line);
    let mut headings = measures.headings;
    headings.extend(list.headings);
    Reading {
        notice,
        measures: measures.measures,
        list_title,
        tasks: list.tasks,
        headings,
        leftovers,
        doubts,
    }
}

/// Where the four stretches of a published text lie; together they cover it.
struct Zones {
    notice: Span,
    measures: Span,
    title: Span,
    list: Span,
}

impl Zones {
    fn find(run: &Run<'_>) -> Self {
        let end = run.glyphs.len();
        let (title_from, list_from) = list_start(run).unwrap_or((end, end));
        let measures_from = (0..title_from)
            .find(|&at| run.starts_line(at) && is_first_part(run, at))
            .unwrap_or(title_from);
        Self {
            notice: Span {
                from: 0,
                to: measures_from,
            },
            measures: Span {
                from: measures_from,
                to: title_from,
            },
            title: Span {
                from: title_from,
                to: list_from,
            },
            list: Span {
                from: list_from,
                to: end,
            },
        }
    }
}

fn is_first_part(run: &Run<'_>, at: usize) -> bool {
    matches!(mark_at(run, at), Some((Mark::Part(1), _)))
}

/// Where the list's title and its first part begin: behind 任务清单 that ends its paragraph, else at the last 一、
/// above the first numbered row, else at the first part above it, else at that row.
fn list_start(run: &Run<'_>) -> Option<(usize, usize)> {
    let titled = (0..run.glyphs.len()).find_map(|at| {
        if run.c(at) != Some('任') || !run.is_at(at, "任务清单") {
            return None;
        }
        let mut after = at + 4;
        if run.c(after) == Some('（') {
            after = (after..after + 20).find(|&close| run.c(close) == Some('）'))? + 1;
        }
        let fits = after < run.glyphs.len() && run.starts_line(after) && is_first_part(run, after);
        fits.then(|| (paragraph_start(run, at), after))
    });
    titled.or_else(|| {
        let is_task = |at: usize| matches!(mark_at(run, at), Some((Mark::Task(_), _)));
        let row = (0..run.glyphs.len()).find(|&at| run.starts_line(at) && is_task(at))?;
        let is_part = |at: usize| matches!(mark_at(run, at), Some((Mark::Part(_), _)));
        let first = (0..row).rev().find(|&at| run.starts_line(at) && is_first_part(run, at));
        // An excerpt may begin in a later part.
        let part = first
            .or_else(|| (0..row).find(|&at| run.starts_line(at) && is_part(at)))
            .unwrap_or(row);
        Some((part, part))
    })
}

/// The first character of the paragraph: behind an empty line, a page number, or a full stop that ends a line.
fn paragraph_start(run: &Run<'_>, at: usize) -> usize {
    let starts = |at: usize| {
        run.glyphs
            .get(at)
            .is_some_and(|glyph| glyph.starts_line && glyph.after_blank)
            || (run.starts_line(at) && at > 0 && run.c(at - 1) == Some('。'))
    };
    // A title has at most a hundred characters or so.
    (at.saturating_sub(120)..=at)
        .rev()
        .find(|&from| from == 0 || starts(from))
        .unwrap_or(at)
}
