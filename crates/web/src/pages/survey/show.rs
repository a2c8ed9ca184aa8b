//! One survey: its marks, what it asks, the tables that were published.

use super::{around, definition_of, keeps, path, table_name};
use crate::{
    Answer, Asking, Page, Path, Web,
    components::{
        facts::Fact,
        table::{Column, Row, Set, Table},
        words::{Mark, bilingual, first, mark, mixed},
    },
    links::segment,
};
use axum::extract::State;
use language::{date, t};
use maud::{Markup, html};
use platform::{
    rights::Action,
    survey::{
        query::{self, Survey},
        reporting,
    },
};

/// The page.
pub(crate) async fn page(asking: Asking, State(web): State<Web>, Path(id): Path<String>) -> Answer<Page> {
    let lang = asking.lang;
    let survey = query::survey(&web.platform, &asking.reader, &id).await?;
    let tables = query::tables(&web.platform, &asking.reader, &id).await?;
    let columns = vec![
        Column::new("table", t!(lang, "survey-tables")).set(Set::Wrap),
        Column::new("definition", t!(lang, "survey-publish-definition")).folded(),
        Column::new("published", t!(lang, "survey-published-on")).set(Set::Date),
    ];
    let mut drawn = Table::new("tables-table", t!(lang, "survey-tables"), columns);
    drawn.fixed = true;
    drawn.rows = tables
        .iter()
        .map(|table| {
            let content = &table.content;
            let address = format!("{}/tables/{}", path(&id), content.table);
            Row::new(vec![
                html! {
                    a href=(asking.link(&address)) { (t!(lang, "survey-table", number = content.table)) " " (mixed(lang, &table_name(lang, &survey, &content.wanted))) }
                    @if content.demo { " " (mark(lang, Mark::Demo)) }
                },
                html! { (t!(lang, "survey-definition", version = content.wanted.definition)) },
                html! { (date(lang, table.published)) },
            ])
        })
        .collect();
    let reports = !asking.is_past()
        && asking.actor().is_some()
        && reporting::own_unit(&web.platform, asking.actor(), &id).await.is_ok();
    let body = html! {
        @if let Some(reason) = &survey.closed { div.notice { p { (mixed(lang, &t!(lang, "survey-closed-because", reason = reason.as_str()))) } } }
        @if !survey.purpose.is_empty() { div.prose { p { (mixed(lang, &survey.purpose)) } } }
        section.section #tables {
            header.section-head { h2 { (t!(lang, "survey-tables")) } }
            @if tables.is_empty() { div.empty { p { (t!(lang, "survey-tables-none")) } } } @else { (drawn.draw(&asking)) }
        }
        section.section #definitions {
            header.section-head { h2 { (t!(lang, "survey-definitions")) } }
            @for (number, definition) in survey.definitions.iter().rev() { (definition_of(&asking, &survey, *number, definition)) }
            @if survey.definitions.is_empty() { div.empty { p { (t!(lang, "survey-state-undefined")) } } }
        }
        p.hint { (t!(lang, "survey-lead")) }
    };
    let mut page = around(&asking, &web, &survey, first(lang, &survey.title).to_owned(), body)
        .await?
        .heading(bilingual(lang, &survey.title))
        .fact(Fact::new(
            t!(lang, "survey-history"),
            html! { a href=(asking.link(&format!("/history/survey/{}", segment(&id)))) { (t!(lang, "action-history")) } },
        ));
    let actions = actions(&asking, &web, &survey, reports);
    if let Some(actions) = actions {
        page = page.actions(actions);
    }
    Ok(page)
}

/// What the reader can do here; nothing for most.
fn actions(asking: &Asking, web: &Web, survey: &Survey, reports: bool) -> Option<Markup> {
    let lang = asking.lang;
    let here = path(&survey.id);
    let to = |part: &str| asking.link(&format!("{here}/{part}"));
    let keeps = keeps(asking, web, survey, Action::ReadSurveyRows);
    let defined = !survey.definitions.is_empty();
    (keeps || reports).then(|| {
        html! {
            @if reports && defined { a.button.primary href=(to("report")) { (t!(lang, "survey-report")) } }
            @if keeps {
                @if defined {
                    a.button.primary href=(to("publish")) { (t!(lang, "survey-publish")) }
                    a.button href=(to("rows")) { (t!(lang, "survey-rows")) }
                    a.button href=(to("units")) { (t!(lang, "survey-units-title")) }
                    a.button href=(to("definition")) { (t!(lang, "survey-define-again")) }
                } @else {
                    a.button.primary href=(to("definition")) { (t!(lang, "survey-define")) }
                }
                a.button.quiet href=(to("keep")) { (t!(lang, "survey-keep")) }
            }
        }
    })
}
