//! What units reported: for the survey's own statisticians.

use super::{below, path, today};
use crate::{
    Answer, Asking, Page, Path, Web,
    components::{
        field::{Control, Faults, Field, Weight, button},
        table::{Column, Row, Set, Table},
        words::mixed,
    },
    links::encoded,
};
use axum::extract::State;
use language::{instant, t};
use maud::html;
use platform::survey::{
    keeping,
    workbook::{said, value_name},
};

/// The page.
pub(crate) async fn page(asking: Asking, State(web): State<Web>, Path(id): Path<String>) -> Answer<Page> {
    let lang = asking.lang;
    let periods = keeping::periods(&web.platform, &asking.context(), &id).await?;
    let survey = today(&asking, &web, &id).await?;
    let asked = super::report::asked(&asking, &survey, periods.first().map(String::as_str))?;
    let kept = keeping::rows(&web.platform, &asking.context(), &id, &asked.period).await?;
    let columns = vec![
        Column::new("unit", t!(lang, "survey-unit")).set(Set::Wrap),
        Column::new("values", t!(lang, "survey-value")).set(Set::Wrap),
        Column::new("classes", t!(lang, "survey-classes"))
            .set(Set::Wrap)
            .folded(),
        Column::new("at", t!(lang, "survey-reported-at"))
            .set(Set::Date)
            .folded(),
        Column::new("note", t!(lang, "survey-note")).set(Set::Wrap).folded(),
    ];
    let mut table = Table::new("rows-table", t!(lang, "survey-rows"), columns);
    table.fixed = true;
    table.compact = true;
    table.rows = kept
        .rows
        .iter()
        .filter(|row| row.definition == asked.number)
        .map(|row| {
            let unit = kept.units.get(&row.unit);
            let classes: Vec<String> = asked
                .definition
                .classes
                .iter()
                .filter_map(|class| Some(value_name(lang, class, unit?.classes.get(&class.code)?)))
                .collect();
            let values: Vec<String> = asked
                .definition
                .measures
                .iter()
                .filter_map(|m| Some(format!("{} {}", said(lang, &m.name), row.reported.values.get(&m.code)?)))
                .collect();
            Row::new(vec![
                html! { @if let Some(unit) = unit { (mixed(lang, &unit.name)) } },
                html! { (mixed(lang, &values.join(" · "))) },
                html! { (mixed(lang, &classes.join(" · "))) },
                html! { (instant(lang, row.at)) " " (t!(lang, "survey-row-number", row = row.row)) },
                html! { (mixed(lang, &row.reported.note)) },
            ])
        })
        .collect();
    let choices: Vec<(String, String)> = periods.iter().map(|period| (period.clone(), period.clone())).collect();
    let here = format!("{}/rows", path(&id));
    let file = format!(
        "{here}.xlsx?period={}&definition={}",
        encoded(&asked.period),
        asked.number
    );
    let body = html! {
        div.notice { p { (t!(lang, "survey-rows-secret")) } }
        @if !choices.is_empty() {
            form.filters method="get" action=(lang.path(&here)) {
                (Field::new("period", t!(lang, "survey-report-period")).control(Control::Choose(choices)).value(asked.period.as_str()).draw(lang, &Faults::default()))
                div.field { (button(Weight::Plain, &t!(lang, "action-apply"))) }
            }
        }
        p { (t!(lang, "survey-rows-progress", units = kept.units.len(), reporting = kept.reporting)) }
        @if table.rows.is_empty() { div.empty { p { (t!(lang, "survey-rows-none")) } } } @else {
            (table.draw(&asking))
            p.no-print { a href=(asking.link(&file)) { (t!(lang, "survey-rows-download")) } }
        }
    };
    let title = t!(lang, "survey-rows-title", period = asked.period.as_str());
    below(&asking, &web, &survey, title, body).await
}
