//! The tables of a place's page: its obligations by state, and the commitments of the measures.

use super::standing::{STATES, due, ruler, state, taken_up, task_link, title, word};
use crate::{
    Asking,
    components::{
        otherwise,
        words::{self, Mark},
    },
};
use language::{date, date_brief, t};
use maud::{Markup, html};
use platform::{list::query::Measure, obligation::query::Obligation, output::query::Output};
use std::cmp::Reverse;

/// Which rows are asked for.
pub(super) struct Wanted {
    pub(super) tier: Option<&'static str>,
    pub(super) state: Option<&'static str>,
    pub(super) claim: Option<&'static str>,
}

impl Wanted {
    fn fits(&self, of: &Obligation) -> bool {
        let equal = |asked: Option<&str>, is: &str| asked.is_none_or(|a| a == is);
        equal(self.tier, &of.tier) && equal(self.state, &of.state) && equal(self.claim, &of.claim)
    }
}

fn rank(state: &str) -> usize {
    STATES.iter().position(|s| *s == state).unwrap_or(STATES.len())
}

/// Rows in the order that is asked for, and whether they stand in groups.
fn arranged<'a>(tasks: &'a [Obligation], wanted: &Wanted, sort: Option<&str>) -> (Vec<&'a Obligation>, bool) {
    let mut rows: Vec<&Obligation> = tasks.iter().filter(|o| wanted.fits(o)).collect();
    let day = |o: &&Obligation| o.next.as_ref().map(|n| n.due);
    match sort {
        Some("due") => rows.sort_by_key(|o| (day(o).is_none(), day(o))),
        Some("-due") => rows.sort_by_key(|o| Reverse(day(o))),
        Some("number") => {}
        Some("-number") => rows.reverse(),
        Some("-state") => rows.sort_by_key(|o| Reverse(rank(&o.state))),
        _ => rows.sort_by_key(|o| rank(&o.state)),
    }
    (rows, sort.is_none_or(|s| s.ends_with("state")))
}

/// What another day says of an obligation that differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Other<'a> {
    /// There is none.
    Gone,
    /// It stands so.
    Stands(&'a Obligation),
}

/// What another day says of the same obligation, where it differs.
fn other<'a>(of: &Obligation, compared: Option<&'a [Obligation]>) -> Option<Other<'a>> {
    let Some(then) = compared?.iter().find(|o| o.id == of.id) else {
        return Some(Other::Gone);
    };
    (!otherwise::is_same(of, then)).then_some(Other::Stands(then))
}

/// An obligation of the body that holds most of them: the head names it, rows name the others.
pub(super) fn main_holder(of: &[Obligation]) -> Option<&Obligation> {
    let held = |id: &str| of.iter().filter(|o| o.holder.organization == id).count();
    of.iter()
        .filter(|o| !o.holder.organization.is_empty())
        .max_by_key(|o| held(&o.holder.organization))
}

/// The obligations of a place.
pub(super) fn tasks(
    asking: &Asking,
    tasks: &[Obligation],
    compared: Option<&[Obligation]>,
    outputs: &[Output],
    wanted: &Wanted,
    sort: Option<&str>,
    print: &str,
) -> Markup {
    let lang = asking.lang;
    let (rows, grouped) = arranged(tasks, wanted, sort);
    let most = main_holder(tasks).map_or("", |o| o.holder.organization.as_str());
    if tasks.is_empty() {
        return html! { div.empty { p { (t!(lang, "place-no-tasks")) } } };
    }
    if rows.is_empty() {
        return html! { div.empty { p { (t!(lang, "table-empty")) } } };
    }
    let changed = rows.iter().filter(|o| other(o, compared).is_some()).count();
    let new = compared.map_or(0, |c| {
        c.iter()
            .filter(|o| o.subject_kind == "task" && tasks.iter().all(|t| t.id != o.id))
            .count()
    });
    html! {
        @if compared.is_some() { div.notice role="status" { p {
            (t!(lang, "place-changed", changed = changed, new = new)) " "
            a href=(asking.links.here_with(&[("compare", None)])) { (t!(lang, "place-compare-off")) }
        } } }
        div.table-frame {
            table.table.compact #obligations data-list="" data-unfold=(t!(lang, "table-details")) {
                caption.visually-hidden { (t!(lang, "place-caption")) }
                thead {
                    tr.print-head { th colspan="8" { (print) } }
                    tr {
                        (head(asking, sort, "number", &t!(lang, "place-number"), None))
                        th.title scope="col" { (t!(lang, "place-task")) }
                        th.more scope="col" { (t!(lang, "place-claim")) }
                        th.more scope="col" { (t!(lang, "place-part")) }
                        th.more scope="col" { (t!(lang, "place-stage")) }
                        (head(asking, sort, "state", &t!(lang, "place-state"), None))
                        (head(asking, sort, "due", &t!(lang, "place-due"), Some("more")))
                        th.more scope="col" { (t!(lang, "place-holder")) }
                    }
                }
                @if grouped {
                    @for id in STATES {
                        @let group: Vec<&&Obligation> = rows.iter().filter(|o| o.state == id).collect();
                        @if !group.is_empty() {
                            tbody {
                                tr.group { th #(format!("state-{id}")) colspan="8" scope="rowgroup" { (word(lang, "state", id)) " " span.rail-count { (group.len()) } } }
                                @for o in group { (row(asking, o, most, compared, outputs)) }
                            }
                        }
                    }
                } @else {
                    tbody { @for o in &rows { (row(asking, o, most, compared, outputs)) } }
                }
            }
        }
    }
}

fn head(asking: &Asking, sort: Option<&str>, id: &str, name: &str, class: Option<&str>) -> Markup {
    let down = format!("-{id}");
    let direction = match sort {
        Some(s) if s == id => "ascending",
        Some(s) if s == down => "descending",
        _ => "none",
    };
    let next = if direction == "ascending" { down.as_str() } else { id };
    html! {
        th scope="col" class=[class] aria-sort=(direction) {
            a.sort href=(asking.links.here_with(&[("sort", Some(next))])) title=(t!(asking.lang, "table-sort-by", column = name)) { (name) }
        }
    }
}

fn row(asking: &Asking, o: &Obligation, most: &str, compared: Option<&[Obligation]>, outputs: &[Output]) -> Markup {
    let lang = asking.lang;
    let other = other(o, compared);
    html! {
        tr.is-changed[other.is_some()] #(o.id) {
            th.number scope="row" { (task_link(asking, &o.subject, html! { (o.number) })) }
            td.title {
                a href=(asking.link(&format!("/obligations/{}", o.id))) { (words::brief(lang, &o.title)) }
                @if let Some(block) = &o.block { " " small { (word(lang, "block", &block.kind)) } }
                @match other {
                    Some(Other::Stands(now)) => { " " small { (t!(lang, "place-today")) " " (otherwise::told(lang, o, now)) } }
                    Some(Other::Gone) => { " " small { (t!(lang, "place-today-gone")) } }
                    None => {}
                }
                @if let Some(delivered) = &o.delivered { div.narrow-only { (came_out(asking, o, delivered, outputs)) } }
            }
            td.more { (word(lang, "claim", &o.claim)) }
            td.cut.more title=(word(lang, "part", &o.part)) { (word(lang, "part", &o.part)) }
            td.more { (ruler(lang, o, asking.reader.as_of.date)) }
            td { (state(lang, &o.state)) @if o.demo { " " (words::mark(lang, Mark::Demo)) } }
            @if let Some(delivered) = &o.delivered { td.wrap.more { (came_out(asking, o, delivered, outputs)) } }
            @else { td.cut.more { (due(asking, o)) } }
            td.cut.more title=[o.holder.since.map(|since| t!(lang, "facts-since", date = date(lang, since)))] { (hands(asking, o, most)) }
        }
    }
}

/// In whose hands, where that is not the body in the head, and since when.
fn hands(asking: &Asking, o: &Obligation, most: &str) -> Markup {
    let lang = asking.lang;
    html! {
        @if !o.holder.desk.is_empty() { (words::first(lang, &o.holder.desk_name)) " " }
        @else if o.holder.organization.is_empty() { (t!(lang, "place-nobody")) " " }
        @if o.holder.organization != most { (words::first(lang, &o.holder.organization_name)) " " }
        @if let Some(since) = o.holder.since {
            (t!(lang, "facts-since", date = date_brief(lang, since, asking.reader.as_of.date.year())))
        }
    }
}

/// What came out of an obligation: title, number or 编号待补, source.
fn came_out(
    asking: &Asking,
    o: &Obligation,
    delivered: &platform::obligation::query::Delivered,
    outputs: &[Output],
) -> Markup {
    let lang = asking.lang;
    let source = outputs
        .iter()
        .find(|output| output.tasks.contains(&o.subject) && output.title == delivered.title);
    html! {
        small {
            // A seat or comments have a title, and no number is missing.
            @match (&delivered.designation, source) {
                (Some(number), _) => span.code { (number) },
                (None, Some(_)) => span.mark { (t!(lang, "output-number-unknown")) },
                (None, None) => (words::brief(lang, &delivered.title)),
            }
            @if let Some(output) = source {
                " " (t!(lang, "output-source")) " "
                (words::known_name(lang, &output.citation))
            }
        }
    }
}

/// Sentences of the measures that the place is asked to act on, by measure.
pub(super) fn commitments(asking: &Asking, actions: &[Obligation], measures: &[Measure]) -> Markup {
    let lang = asking.lang;
    if actions.is_empty() {
        return html! {};
    }
    let taken = |o: &&Obligation| !matches!(o.state.as_str(), "unreported" | "unassigned");
    let up = actions.iter().filter(taken).count();
    html! {
        section.section #commitments {
            header.section-head {
                h2 { (t!(lang, "place-commitments")) }
                p.section-note { (t!(lang, "place-commitments-note", count = actions.len(), up = up)) }
            }
            div.table-frame.no-print {
                table.table.compact data-unfold=(t!(lang, "table-details")) {
                    caption.visually-hidden { (t!(lang, "place-commitments")) }
                    thead { tr {
                        th scope="col" { (t!(lang, "place-sentence")) }
                        th scope="col" { (t!(lang, "place-strength")) }
                        th scope="col" { (t!(lang, "place-state")) }
                        th.more scope="col" { (t!(lang, "place-due")) }
                    } }
                    @for measure in measures {
                        @let own: Vec<&Obligation> = actions.iter().filter(|o| measure_of(&o.subject) == measure.number).collect();
                        @if !own.is_empty() {
                            tbody {
                                tr.group { th colspan="4" scope="rowgroup" {
                                    a href=(asking.link(&format!("/measures/{}?place={}", measure.number, own[0].place))) {
                                        (crate::pages::measure::number(lang, &measure.number)) " " (title(lang, &measure.title))
                                    }
                                    " " span.rail-count { (own.len()) }
                                } }
                                @for o in own {
                                    tr #(o.id) {
                                        th.wrap scope="row" { a href=(asking.link(&format!("/obligations/{}", o.id))) { (title(lang, &o.title)) } }
                                        td { (word(lang, "strength", &o.strength)) }
                                        td {
                                            @if o.strength == "must" { (state(lang, &o.state)) } @else { (taken_up(lang, &o.state)) }
                                            @if o.demo { " " (words::mark(lang, Mark::Demo)) }
                                        }
                                        td.cut.more { (due(asking, o)) }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// The number of the measure of a sentence: `first-m5.2` is of measure 5.
pub(crate) fn measure_of(action: &str) -> &str {
    action
        .rsplit_once("-m")
        .map_or("", |(_, rest)| rest.split('.').next().unwrap_or_default())
}
