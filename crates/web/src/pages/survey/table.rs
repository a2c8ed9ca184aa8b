//! A published table.

use super::{below, measure_name, path, table_name};
use crate::{
    Answer, Asking, Page, Path, Web,
    components::{facts::Fact, words::mixed},
    links::segment,
};
use axum::extract::State;
use language::{Lang, date, t};
use maud::{Markup, html};
use platform::survey::{
    definition::{Class, Definition},
    event::Published,
    query,
    workbook::{said, sides, total_at, value_name},
};

/// The page.
pub(crate) async fn page(
    asking: Asking,
    State(web): State<Web>,
    Path((id, number)): Path<(String, u32)>,
) -> Answer<Page> {
    let lang = asking.lang;
    let survey = query::survey(&web.platform, &asking.reader, &id).await?;
    let table = query::table(&web.platform, &asking.reader, &id, number).await?;
    let content = &table.content;
    let wanted = &content.wanted;
    let here = format!("{}/tables/{number}", path(&id));
    let series = format!("{}/series/{}", path(&id), segment(&wanted.measure));
    let definition = survey.definitions.get(&wanted.definition);
    let unit = definition
        .and_then(|definition| definition.measure(&wanted.measure))
        .map(|measure| measure.unit.clone())
        .filter(|unit| !unit.is_empty());
    let body = html! {
        @if !content.note.is_empty() { div.prose { p { (mixed(lang, &content.note)) } } }
        @if let Some(unit) = unit { p.muted { (mixed(lang, &t!(lang, "survey-table-unit", unit = unit))) } }
        @if let Some(definition) = definition { (drawn(lang, definition, content)) }
        p.hint { (t!(lang, "survey-suppressed-means")) }
        p.no-print { a href=(asking.link(&series)) { (mixed(lang, &t!(lang, "survey-series-title", measure = measure_name(lang, definition, &wanted.measure)))) } }
    };
    let title = table_name(lang, &survey, wanted);
    Ok(below(&asking, &web, &survey, title, body)
        .await?
        .fact(Fact::text(
            t!(lang, "survey-table", number = number),
            t!(lang, "survey-table-published", day = date(lang, table.published)),
        ))
        .fact(Fact::text(
            t!(lang, "survey-publish-definition"),
            t!(lang, "survey-definition", version = wanted.definition),
        ))
        .actions(html! {
            a.button href=(asking.link(&format!("{here}/table.xlsx"))) { (t!(lang, "survey-table-workbook")) }
            a.button href=(asking.link(&format!("{here}/bundle.zip"))) { (t!(lang, "survey-table-bundle")) }
        })
        .demo(content.demo || survey.demo))
}

fn drawn(lang: Lang, definition: &Definition, table: &Published) -> Markup {
    let (rows, columns) = sides(table);
    let class = |code: &Option<String>| code.as_deref().and_then(|code| definition.class(code));
    let (down, across) = (class(&table.wanted.rows), class(&table.wanted.columns));
    let name = |class: Option<&Class>, value: &Option<String>| match (class, value) {
        (Some(class), Some(value)) => value_name(lang, class, value),
        _ => t!(lang, "survey-all"),
    };
    let measure = measure_name(lang, Some(definition), &table.wanted.measure);
    let caption = t!(
        lang,
        "survey-table-caption",
        measure = measure,
        period = table.wanted.period.as_str()
    );
    html! {
        div.table-frame.wide tabindex="0" role="region" aria-label=(caption) {
            table.table.compact #survey-table {
                caption.visually-hidden { (caption) }
                thead { tr {
                    th.first scope="col" { @if let Some(class) = down { (mixed(lang, said(lang, &class.name))) } }
                    @for column in &columns { th.number scope="col" { (mixed(lang, &name(across, column))) } }
                } }
                tbody { @for row in &rows { tr {
                    th scope="row" { (mixed(lang, &name(down, row))) }
                    @for column in &columns { td.number { (total(lang, table, row, column)) } }
                } } }
            }
        }
    }
}

fn total(lang: Lang, table: &Published, row: &Option<String>, column: &Option<String>) -> Markup {
    html! {
        @match total_at(table, row, column) {
            Some(cell) if cell.suppressed => abbr title=(t!(lang, "survey-suppressed")) { (t!(lang, "survey-suppressed-mark")) },
            Some(cell) => {
                @match &cell.value {
                    Some(value) => { (value) @if let Some(units) = cell.units { " " span.muted { "(" (units) ")" } } },
                    None => span.muted { (t!(lang, "survey-empty-cell")) },
                }
            },
            None => {},
        }
    }
}
