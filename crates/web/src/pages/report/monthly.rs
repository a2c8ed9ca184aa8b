//! The monthly and the quarterly report: a form, the report on a page, Word and workbook.

use super::{DOCX, XLSX, file, label, setting};
use crate::{
    Answer, Asking, Failure, Page, Web,
    components::{
        field::{Control, Faults, Field},
        standing::word,
        table::{Column, Row, Set, Table},
        words::{Mark, mark, mixed},
    },
    links::Screen,
};
use axum::{extract::State, response::Response};
use language::{date, t};
use maud::{Markup, html};
use platform::{
    obligation::query::Obligation,
    place::query as place,
    report::{
        annex, coming, document,
        gathering::{LIST, report},
        monthly::{Number, Report, Scope},
        period::Period,
    },
};

/// Reads the place and the period of the address and makes the report.
async fn made(asking: &Asking, web: &Web) -> Answer<Report> {
    let period = asking
        .parameter::<Period>("period")?
        .unwrap_or_else(|| Period::month_of(asking.reader.today));
    let place = asking.links.get("place");
    Ok(report(&web.platform, &asking.context(), &asking.reader, place, period).await?)
}

/// The form, and the report that it asks for.
pub(crate) async fn page(asking: Asking, State(web): State<Web>) -> Answer<Page> {
    let lang = asking.lang;
    let report = made(&asking, &web).await?;
    let mut choices = vec![(String::new(), t!(lang, "report-whole"))];
    let codes = place::of_list(&web.platform, &asking.reader, LIST).await?;
    choices.extend(codes.iter().filter_map(|code| {
        Some((
            code.clone(),
            label(&asking, &report.data.places.get(code)?.short_name()),
        ))
    }));
    let own = match &report.data.scope {
        Scope::Place(place) => place.code.clone(),
        Scope::Whole => String::new(),
    };
    let period = report.data.period.to_string();
    let faults = Faults::default();
    let setting = setting(&web, &asking);
    let query = format!(
        "period={period}{}",
        if own.is_empty() {
            String::new()
        } else {
            format!("&place={own}")
        }
    );
    let title = document::title(&setting, &report);
    Ok(Page::new(t!(lang, "report-monthly"), html! {
        form.form method="get" action=(lang.path("/reports/monthly")) {
            (Field::new("place", t!(lang, "report-choose-place")).control(Control::Choose(choices)).value(own).optional().draw(lang, &faults))
            (Field::new("period", t!(lang, "report-choose-period")).hint(t!(lang, "report-period-hint")).value(period).width("w-code").draw(lang, &faults))
            button.button.primary type="submit" { (t!(lang, "report-show")) }
        }
        section.section {
            header.section-head { h2 { (title) @if report.demo() { " " (mark(lang, Mark::Demo)) } } }
            p { (t!(lang, "report-rows-note")) }
            @if let Some(overdue) = &report.overdue {
                p.lead { (t!(lang, "report-overdue")) " " (linked(&asking, &overdue.number)) }
            }
            h3 { (t!(lang, "report-by-state")) }
            (counts(&asking, &report))
            @if !report.places.is_empty() {
                h3 { (t!(lang, "report-by-place")) }
                (places(&asking, &report))
            }
        }
        (changed(&asking, &setting, &report))
        section.section {
            header.section-head { h2 { (t!(lang, "report-outputs")) } }
            @for (name, outputs) in [(t!(lang, "report-outputs-listed"), &report.listed), (t!(lang, "report-outputs-unlisted"), &report.unlisted)] {
                h3 { (name) }
                @if outputs.is_empty() { p { (t!(lang, "report-outputs-none")) } }
                ul { @for output in outputs { li { (document::output_line(&setting, output)) } } }
            }
        }
        section.section {
            header.section-head { h2 { (t!(lang, "report-blocked")) } }
            @if !report.data.participant { p { (t!(lang, "report-blocked-unseen")) } }
            @else if report.blocked.is_empty() { p { (t!(lang, "report-blocked-none")) } }
            @else { (blocked(&asking, &setting, &report)) }
        }
        section.section {
            header.section-head { h2 { (t!(lang, "report-due")) } }
            h3 { (t!(lang, "report-overdue")) }
            @match &report.overdue {
                None => p { (t!(lang, "report-overdue-unseen")) },
                Some(overdue) if overdue.rows.is_empty() => p { (t!(lang, "report-overdue-none")) },
                Some(overdue) => (due(&asking, &setting, &report, &overdue.rows, true)),
            }
            h3 { (t!(lang, "report-coming")) }
            p { (coming::horizon(&setting, &report)) }
            @if !report.due.is_empty() { (due(&asking, &setting, &report, &report.due, false)) }
        }
        p { (t!(lang, "report-note", version = report.data.version.to_string(), instant = document::data_until(lang, &report))) }
    })
    .crumb(t!(lang, "screen-reports"), "/reports")
    .screen(Screen::Reports)
    .demo(report.demo())
    .actions(html! {
        a.button.primary href=(asking.link(&format!("/reports/monthly.docx?{query}"))) { (t!(lang, "report-download-docx")) }
        a.button href=(asking.link(&format!("/reports/monthly.xlsx?{query}"))) { (t!(lang, "report-download-xlsx")) }
    }))
}

/// A number that opens its rows.
fn linked(asking: &Asking, number: &Number) -> Markup {
    html! { a href=(asking.links.lang.path(&number.address)) { (number.count) } }
}

fn counts(asking: &Asking, report: &Report) -> Markup {
    let lang = asking.lang;
    let mut table = Table::new(
        "report-counts",
        t!(lang, "report-standing"),
        vec![
            Column::new("state", t!(lang, "report-column-state")),
            Column::new("before", date(lang, report.data.period.eve())).set(Set::Number),
            Column::new("now", date(lang, report.as_of())).set(Set::Number),
        ],
    );
    for (group, counts) in &report.counts {
        for count in counts
            .iter()
            .filter(|c| c.state.is_empty() || c.before.count > 0 || c.now.count > 0)
        {
            let name = if count.state.is_empty() {
                t!(lang, "report-all")
            } else {
                word(lang, "state", count.state)
            };
            table.rows.push(Row::new(vec![
                html! { (document::group_name(lang, *group)) " · " (name) },
                linked(asking, &count.before),
                linked(asking, &count.now),
            ]));
        }
    }
    table.draw(asking)
}

fn places(asking: &Asking, report: &Report) -> Markup {
    let lang = asking.lang;
    let mut columns = vec![
        Column::new("place", t!(lang, "report-column-place")),
        Column::new("all", t!(lang, "report-all")).set(Set::Number),
    ];
    columns.extend(
        platform::report::monthly::STATES
            .into_iter()
            .map(|state| Column::new(state, word(lang, "state", state)).set(Set::Number)),
    );
    columns.push(Column::new("changed", t!(lang, "report-column-changed")).set(Set::Number));
    let mut table = Table::new("report-places", t!(lang, "screen-places"), columns);
    for place in &report.places {
        let mut cells = vec![
            html! { (label(asking, &place.place.short_name())) },
            linked(asking, &place.total),
        ];
        cells.extend(place.states.iter().map(|n| linked(asking, n)));
        cells.push(html! { (place.changed) });
        table.rows.push(Row::new(cells));
    }
    table.draw(asking)
}

/// An obligation that opens.
fn opens(asking: &Asking, setting: &document::Setting<'_>, o: &Obligation) -> Markup {
    html! { a href=(asking.link(&format!("/obligations/{}", o.id))) { (document::called(setting, o)) } }
}

/// What stands in the way, in the columns of the document.
fn blocked(asking: &Asking, setting: &document::Setting<'_>, report: &Report) -> Markup {
    let lang = asking.lang;
    let mut table = Table::new(
        "report-blocked",
        t!(lang, "report-blocked"),
        vec![
            Column::new("task", t!(lang, "report-column-task")).set(Set::Wrap),
            Column::new("place", t!(lang, "report-column-place")),
            Column::new("block", t!(lang, "report-column-block")).set(Set::Wrap),
            Column::new("reason", t!(lang, "report-column-reason")).set(Set::Wrap),
            Column::new("waits", t!(lang, "report-column-waits")).set(Set::Wrap),
        ],
    );
    for o in &report.blocked {
        let Some(block) = &o.block else { continue };
        table.rows.push(Row::new(vec![
            opens(asking, setting, o),
            html! { (document::whose(setting, report, o)) },
            html! { (word(lang, "block", &block.kind)) },
            mixed(lang, &block.text),
            mixed(lang, &block.waits_for),
        ]));
    }
    table.draw(asking)
}

/// What is past its day, or falls due next, in the columns of the document.
fn due(
    asking: &Asking,
    setting: &document::Setting<'_>,
    report: &Report,
    obligations: &[Obligation],
    past: bool,
) -> Markup {
    let lang = asking.lang;
    let mut columns = vec![
        Column::new("task", t!(lang, "report-column-task")).set(Set::Wrap),
        Column::new("place", t!(lang, "report-column-place")),
        Column::new("next", t!(lang, "report-column-next")).set(Set::Wrap),
        Column::new("due", t!(lang, "report-column-due")).set(Set::Date),
    ];
    if past {
        columns.push(Column::new("past", t!(lang, "report-column-past")).set(Set::Number));
    }
    columns.push(Column::new("set_by", t!(lang, "report-column-set-by")).set(Set::Wrap));
    let (id, caption) = if past {
        ("report-overdue", t!(lang, "report-overdue"))
    } else {
        ("report-coming", t!(lang, "report-coming"))
    };
    let mut table = Table::new(id, caption, columns);
    for o in obligations {
        let Some(next) = &o.next else { continue };
        let mut cells = vec![
            opens(asking, setting, o),
            html! { (document::whose(setting, report, o)) },
            mixed(lang, setting.first(&next.name)),
            html! { (date(lang, next.due)) },
        ];
        if past {
            let days = t!(lang, "report-days", days = report.days_past(o));
            cells.push(html! { span.days.overdue { (days) } });
        }
        cells.push(mixed(lang, &coming::set_by(setting, report, &next.set_by)));
        table.rows.push(Row::new(cells));
    }
    table.draw(asking)
}

fn changed(asking: &Asking, setting: &document::Setting<'_>, report: &Report) -> Markup {
    let lang = asking.lang;
    let mut table = Table::new(
        "report-changed",
        t!(lang, "report-changed"),
        vec![
            Column::new("task", t!(lang, "report-column-task")).set(Set::Title),
            Column::new("place", t!(lang, "report-column-place")),
            Column::new("from", t!(lang, "report-column-from")),
            Column::new("to", t!(lang, "report-column-to")),
            Column::new("what", t!(lang, "report-column-what")).set(Set::Wrap),
        ],
    );
    table.empty = html! { p { (t!(lang, "report-changed-none")) } };
    for change in report.changed.iter().take(200) {
        let from = change
            .from
            .as_ref()
            .map_or_else(|| t!(lang, "report-none"), |s| word(lang, "state", s));
        table.rows.push(Row::new(vec![
            opens(asking, setting, &change.now),
            html! { (document::whose(setting, report, &change.now)) },
            html! { (from) },
            html! { (word(lang, "state", &change.now.state)) },
            html! { (document::what_changed(lang, change)) },
        ]));
    }
    html! {
        section.section {
            header.section-head { h2 { (t!(lang, "report-changed")) } }
            @if !report.changed.is_empty() { p { (t!(lang, "report-changed-count", count = report.changed.len())) } }
            (table.draw(asking))
            @if report.changed.len() > 200 { p { (t!(lang, "report-changed-rest", count = report.changed.len() - 200)) } }
        }
    }
}

/// The name of the file of a report.
fn called(report: &Report, ending: &str) -> String {
    let place = match &report.data.scope {
        Scope::Place(place) => place.code.as_str(),
        Scope::Whole => "all",
    };
    format!("biaochi-report-{place}-{}.{ending}", report.data.period)
}

/// The report in Word.
pub(crate) async fn docx(asking: Asking, State(web): State<Web>) -> Answer<Response> {
    let report = made(&asking, &web).await?;
    let bytes = document::docx(&setting(&web, &asking), &report).map_err(|e| Failure::broken(e.to_string()))?;
    Ok(file(DOCX, &called(&report, "docx"), bytes))
}

/// Its annex.
pub(crate) async fn xlsx(asking: Asking, State(web): State<Web>) -> Answer<Response> {
    let report = made(&asking, &web).await?;
    let bytes = annex::xlsx(&setting(&web, &asking), &report).map_err(|e| Failure::broken(e.to_string()))?;
    Ok(file(XLSX, &called(&report, "xlsx"), bytes))
}
