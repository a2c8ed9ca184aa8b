//! The rows of the list: each task with its stage, its next day and how its obligations stand; what today says otherwise.

use super::{Day, View, claims};
use crate::{
    Asking,
    components::{
        standing::{STATES, passed, stage, tally, word},
        table::{Column, Row, Set, Table},
        words::{brief, first},
    },
};
use jiff::civil::Date;
use language::{Lang, date_brief, t};
use maud::{Markup, html};
use platform::{
    catalogue::english::named,
    list::query::{Task, TaskSort},
    obligation::standing::Standing,
};

/// The table.
pub(super) fn table(asking: &Asking, view: &View) -> Table {
    let lang = asking.lang;
    let columns = vec![
        Column::new("number", t!(lang, "column-number"))
            .set(Set::Number)
            .sorts(),
        Column::new("title", t!(lang, "column-title")).set(Set::Title),
        Column::new("state", t!(lang, "column-state")),
        Column::new("stage", t!(lang, "column-progress")).sorts().folded(),
        Column::new("next", t!(lang, "column-due"))
            .set(Set::Date)
            .sorts()
            .folded(),
        Column::new("places", t!(lang, "column-places")).set(Set::Cut).folded(),
        Column::new("tier", t!(lang, "words-tier")).sorts().folded(),
        Column::new("guiding", t!(lang, "column-guiding"))
            .set(Set::Cut)
            .sorts()
            .folded(),
        Column::new("limit", t!(lang, "column-time-limit"))
            .set(Set::Date)
            .sorts()
            .optional()
            .folded(),
        Column::new("measures", t!(lang, "column-measures")).optional().folded(),
    ];
    let mut table = Table::new("tasks", t!(lang, "screen-list"), columns);
    table.wide = true;
    table.compact = true;
    // What today says otherwise stands under what the day shown says.
    table.single = view.today.is_none();
    let mut before: Option<String> = None;
    let shown = view.shown.tasks.iter();
    for task in shown.filter(|task| !view.changed_only || is_changed(view, task)) {
        let group = heading(asking, view, task);
        let begins = group.is_some() && group != before;
        let row = Row::new(cells(asking, view, task))
            .id(task.id.clone())
            .changed(is_changed(view, task))
            .begins(
                group
                    .clone()
                    .filter(|_| begins)
                    .map(|words| html! { span.cut-line title=(words) { (words) } }),
            );
        before = group;
        table.rows.push(row);
    }
    table
}

/// The group in which a task stands: a section of the document, a kind, a ministry; none where rows are sorted otherwise.
fn heading(asking: &Asking, view: &View, task: &Task) -> Option<String> {
    let lang = asking.lang;
    match view.order.group {
        Some(TaskSort::Tier) => Some(word(lang, "tier", task.tier.id())),
        Some(_) => Some(guiding(asking, view, task).unwrap_or_else(|| t!(lang, "list-unassigned"))),
        None if view.order.sort != TaskSort::Number || view.order.down => None,
        None if task.section.zh.is_empty() => Some(first(lang, &task.part).to_owned()),
        None => Some(format!("{} › {}", first(lang, &task.part), first(lang, &task.section))),
    }
}

fn guiding(asking: &Asking, view: &View, task: &Task) -> Option<String> {
    let named = view.ministries.get(&task.guiding).cloned();
    named.or_else(|| {
        (!task.guiding.is_empty()).then(|| t!(asking.lang, "list-guiding-other", id = task.guiding.as_str()))
    })
}

fn cells(asking: &Asking, view: &View, task: &Task) -> Vec<Markup> {
    let nothing = Standing::default();
    let standing = view.shown.standings.get(&task.id).unwrap_or(&nothing);
    let shown = values(asking, view, task, standing);
    let Some(today) = today(view, task) else {
        return shown.into_iter().map(|(_, cell)| cell).collect();
    };
    let differ = differing(view, task);
    let now = today
        .task
        .map(|task| values(asking, view, task, &today.standing))
        .unwrap_or_default();
    let told = |column: &str| {
        let words = now.iter().find(|(name, _)| *name == column).map_or_else(
            || html! { (t!(asking.lang, "place-today-gone")) },
            |(_, cell)| cell.clone(),
        );
        html! { div.now { small { (t!(asking.lang, "place-today")) " " } (words) } }
    };
    shown
        .into_iter()
        .map(|(column, cell)| html! { (cell) @if differ.contains(&column) { (told(column)) } })
        .collect()
}

/// What each column says of a task.
fn values(asking: &Asking, view: &View, task: &Task, standing: &Standing) -> Vec<(&'static str, Markup)> {
    let lang = asking.lang;
    let path = format!("/tasks/{}", task.id);
    let year = asking.reader.today.year();
    let places = if lang == Lang::Zh {
        task.places_as_written.clone()
    } else {
        claims(lang, task, &view.places)
    };
    let title = html! {
        span.one-line {
            a href=(asking.link(&path)) title=[in_full(lang, task)] { (brief(lang, &task.title)) }
            @if !task.notes.is_empty() || !task.near.is_empty() { " " span.mark.draft { (t!(lang, "list-has-note")) } }
            @if task.fate != "open" { " " span.mark.changed { (t!(lang, "task-fate", fate = task.fate.as_str())) } }
        }
    };
    let state = html! {
        @if standing.states.is_empty() { "—" } @else {
            a href=(asking.link(&format!("/obligations?task={}", task.id))) title=(counts_in_words(lang, standing)) { (counts(lang, standing)) }
        }
    };
    let next = html! {
        @match &standing.next {
            Some((day, _)) if standing.late == 0 && *day < asking.reader.as_of.date => (passed(lang, *day)),
            Some((day, by)) => a.days.overdue[standing.late > 0] href=(asking.link(&format!("/obligations?task={}&sort=due", task.id)))
                title=(t!(lang, "obligation-set-by", who = named(lang, by))) { (date_brief(lang, *day, year)) },
            None => span.muted { (t!(lang, "due-none")) },
        }
    };
    let guided = html! {
        @match guiding(asking, view, task) {
            Some(name) => span title=(name) { (name) },
            None => span.muted { (t!(lang, "list-unassigned")) },
        }
    };
    let limit = html! {
        @match &task.time_limit {
            Some((day, by)) => span title=(named(lang, by)) { (date_brief(lang, *day, year)) },
            None => span.muted { (t!(lang, "due-none")) },
        }
    };
    let measures = html! { @for measure in in_order(&task.measures) { a href=(asking.link(&format!("/measures/{measure}"))) { (measure) } " " } };
    vec![
        ("number", html! { a href=(asking.link(&path)) { (task.number) } }),
        ("title", title),
        ("state", state),
        ("stage", stage(lang, &standing.stage)),
        ("next", next),
        ("places", html! { span title=(places) { (places) } }),
        ("tier", html! { (word(lang, "tier", task.tier.id())) }),
        ("guiding", guided),
        ("limit", limit),
        ("measures", measures),
    ]
}

/// The whole title, for where it is cut; nothing where a reader of English has only the Chinese, which is marked as such.
fn in_full(lang: Lang, task: &Task) -> Option<&str> {
    (lang == Lang::Zh || task.title.en.is_some()).then(|| first(lang, &task.title))
}

/// How many obligations stand where.
fn counted(standing: &Standing) -> Vec<(&'static str, i64)> {
    let count = |state: &str| standing.states.get(state).copied().unwrap_or(0);
    STATES.iter().map(|state| (*state, count(state))).collect()
}

fn counts(lang: Lang, standing: &Standing) -> Markup {
    tally(lang, &counted(standing))
}

/// The same as plain text, for where it is cut.
fn counts_in_words(lang: Lang, standing: &Standing) -> String {
    let words: Vec<String> = counted(standing)
        .into_iter()
        .filter(|(_, n)| *n > 0)
        .map(|(state, n)| t!(lang, "tally-one", state = word(lang, "state", state), count = n))
        .collect();
    words.join(" · ")
}

/// What today says of a task, beside what the day shown says.
struct Today<'v> {
    /// As it is worded and assigned today; nothing where it is no longer in the list.
    task: Option<&'v Task>,
    standing: Standing,
}

/// What today says of a task; nothing where nobody compares.
fn today<'v>(view: &'v View, task: &Task) -> Option<Today<'v>> {
    let day: &Day = view.today.as_ref()?;
    Some(Today {
        task: day.tasks.iter().find(|t| t.id == task.id),
        standing: day.standings.get(&task.id).cloned().unwrap_or_default(),
    })
}

/// Which columns of a task say something else today, in the order of the table.
fn differing(view: &View, task: &Task) -> Vec<&'static str> {
    let Some(today) = today(view, task) else {
        return Vec::new();
    };
    let Some(now) = today.task else {
        return vec!["title"];
    };
    let nothing = Standing::default();
    let then = view.shown.standings.get(&task.id).unwrap_or(&nothing);
    // Cells show days; who set them stands in the title alone.
    let day = |of: &Option<(Date, String)>| of.as_ref().map(|(day, _)| *day);
    [
        ("title", now.title != task.title || now.fate != task.fate),
        ("state", then.states != today.standing.states),
        ("stage", then.stage != today.standing.stage),
        ("next", day(&then.next) != day(&today.standing.next)),
        ("places", now.claims != task.claims),
        ("tier", now.tier != task.tier),
        ("guiding", now.guiding != task.guiding),
        ("limit", day(&now.time_limit) != day(&task.time_limit)),
        ("measures", now.measures != task.measures),
    ]
    .into_iter()
    .filter_map(|(column, differs)| differs.then_some(column))
    .collect()
}

/// Whether anything of a task is otherwise today.
pub(super) fn is_changed(view: &View, task: &Task) -> bool {
    !differing(view, task).is_empty()
}

/// How many rows changed since the day shown, and the way to those alone.
pub(super) fn changes(asking: &Asking, view: &View) -> Markup {
    let count = view.shown.tasks.iter().filter(|task| is_changed(view, task)).count();
    html! {
        @if view.today.is_some() {
            div.notice role="status" { p {
                (t!(asking.lang, "list-changed", count = count)) " "
                @if view.changed_only {
                    a href=(asking.links.here_with(&[("changed", None)])) { (t!(asking.lang, "list-changed-all")) }
                } @else {
                    a href=(asking.links.here_with(&[("changed", Some("only"))])) { (t!(asking.lang, "list-changed-only")) }
                }
                " · "
                a href=(asking.links.here_with(&[("compare", None), ("changed", None)])) { (t!(asking.lang, "place-compare-off")) }
            } }
        }
    }
}

/// Numbers of measures in the order of the text.
fn in_order(measures: &[String]) -> Vec<&String> {
    let mut ordered: Vec<&String> = measures.iter().collect();
    ordered.sort_by_key(|m| m.parse::<u32>().unwrap_or(u32::MAX));
    ordered
}
