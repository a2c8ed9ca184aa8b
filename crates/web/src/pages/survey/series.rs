//! A measure over the periods, spliced where its definition changed.

use super::{below, measure_name, path};
use crate::{
    Answer, Asking, Failure, Page, Path, Web,
    components::table::{Column, Row, Set, Table},
};
use axum::extract::State;
use language::t;
use maud::html;
use platform::{
    refusal::Refusal,
    survey::{query, series::series},
};

/// The page.
pub(crate) async fn page(
    asking: Asking,
    State(web): State<Web>,
    Path((id, measure)): Path<(String, String)>,
) -> Answer<Page> {
    let lang = asking.lang;
    let survey = query::survey(&web.platform, &asking.reader, &id).await?;
    let known = survey
        .definitions
        .values()
        .rev()
        .find(|definition| definition.measure(&measure).is_some())
        .ok_or_else(Refusal::unseen)?;
    let tables = query::tables(&web.platform, &asking.reader, &id).await?;
    let told = series(
        &survey.definitions,
        tables.iter().rev().map(|table| &table.content),
        &measure,
    )
    .map_err(|e| Failure::broken(e.to_string()))?;
    let columns = vec![
        Column::new("period", t!(lang, "survey-series-period")),
        Column::new("definition", t!(lang, "survey-series-definition")).folded(),
        Column::new("value", t!(lang, "survey-series-value")).set(Set::Number),
        Column::new("spliced", t!(lang, "survey-series-spliced")).set(Set::Number),
        Column::new("table", t!(lang, "survey-tables")).folded(),
    ];
    let name = measure_name(lang, Some(known), &measure);
    let mut table = Table::new(
        "series-table",
        t!(lang, "survey-series-title", measure = name.as_str()),
        columns,
    );
    table.fixed = true;
    table.rows = told
        .points
        .iter()
        .map(|point| {
            let address = format!("{}/tables/{}", path(&id), point.table);
            Row::new(vec![
                html! { (point.period) },
                html! { (t!(lang, "survey-definition", version = point.definition)) },
                html! { (point.value) },
                html! { @if let Some(spliced) = &point.spliced { (spliced) } @else { (point.value) } },
                html! { a href=(asking.link(&address)) { (t!(lang, "survey-table", number = point.table)) } },
            ])
        })
        .collect();
    let body = html! {
        div.prose { p { (t!(lang, "survey-series-lead")) } }
        @for change in &told.changes {
            div.notice { p {
                @match &change.splice {
                    Some((old, new)) => (t!(lang, "survey-series-splice", period = change.period.as_str(), from = change.from, to = change.to, old = old.as_str(), new = new.as_str())),
                    None => (t!(lang, "survey-series-broken", period = change.period.as_str(), to = change.to)),
                }
            } }
        }
        @if told.points.is_empty() { div.empty { p { (t!(lang, "survey-series-none")) } } } @else { (table.draw(&asking)) }
    };
    below(
        &asking,
        &web,
        &survey,
        t!(lang, "survey-series-title", measure = name),
        body,
    )
    .await
}
