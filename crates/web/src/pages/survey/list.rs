//! All surveys.

use super::{path, standing};
use crate::{
    Answer, Asking, Page, Web,
    components::{
        table::{Column, Row, Set, Table},
        words::{Mark, bilingual, mark, mixed},
    },
    links::Screen,
};
use axum::extract::State;
use language::{date, t};
use maud::html;
use platform::{rights::Action, survey::query};

/// The page.
pub(crate) async fn page(asking: Asking, State(web): State<Web>) -> Answer<Page> {
    let lang = asking.lang;
    let all = query::surveys(&web.platform, &asking.reader).await?;
    let columns = vec![
        Column::new("title", t!(lang, "survey-title")).set(Set::Wrap),
        Column::new("state", t!(lang, "survey-state")),
        Column::new("form", t!(lang, "survey-form-number")).folded(),
        Column::new("maker", t!(lang, "survey-maker")).set(Set::Wrap).folded(),
        Column::new("number", t!(lang, "survey-approval-number"))
            .set(Set::Wrap)
            .folded(),
        Column::new("until", t!(lang, "survey-valid-until"))
            .set(Set::Date)
            .folded(),
        Column::new("tables", t!(lang, "survey-tables")).set(Set::Number),
    ];
    let mut table = Table::new("surveys-table", t!(lang, "screen-surveys"), columns);
    table.fixed = true;
    table.rows = all
        .iter()
        .map(|survey| {
            Row::new(vec![
                html! { a href=(asking.link(&path(&survey.id))) { (bilingual(lang, &survey.title)) } @if survey.demo { " " (mark(lang, Mark::Demo)) } },
                standing(lang, survey, asking.reader.as_of.date),
                html! { (mixed(lang, &survey.marks.form_number)) },
                html! { (mixed(lang, &survey.marks.maker)) },
                html! { (mixed(lang, survey.marks.approval.number())) },
                html! { (date(lang, survey.marks.valid_until)) },
                html! { (survey.tables) },
            ])
            .id(survey.id.clone())
        })
        .collect();
    let may_open = !asking.is_past() && asking.can(&web, Action::KeepSurvey);
    let demo = all.iter().any(|survey| survey.demo);
    let body = html! {
        div.prose { p { (t!(lang, "survey-lead")) } }
        @if all.is_empty() { div.empty { p { (t!(lang, "survey-none")) } } } @else { (table.draw(&asking)) }
    };
    let mut page = Page::new(t!(lang, "screen-surveys"), body)
        .screen(Screen::Surveys)
        .demo(demo);
    if may_open {
        page =
            page.actions(html! { a.button.primary href=(asking.link("/surveys/new")) { (t!(lang, "survey-open")) } });
    }
    Ok(page)
}
