//! Workbooks and bundles of a survey. A bundle carries aggregates alone.

use super::today;
use crate::{Answer, Asking, Failure, Path, Web, pages::workbook::kept};
use axum::{
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};
use platform::{
    refusal::Refusal,
    survey::{bundle, keeping, query, reporting, workbook},
};

/// The form of a period for the unit of whoever asks, filled in as far as it has reported.
pub(crate) async fn own_form(asking: Asking, State(web): State<Web>, Path(id): Path<String>) -> Answer<Response> {
    let (_, rows) = reporting::own_rows(&web.platform, asking.actor(), &id).await?;
    let survey = today(&asking, &web, &id).await?;
    let asked = super::report::asked(&asking, &survey, rows.first().map(|row| row.period.as_str()))?;
    let before = rows
        .iter()
        .find(|row| row.period == asked.period && row.definition == asked.number);
    let table = workbook::form(
        asking.lang,
        &survey,
        (asked.number, asked.definition),
        &asked.period,
        before.map(|row| &row.reported),
        asking.reader.today,
    );
    Ok(private(kept(&format!("survey-{}.xlsx", asked.period), table.xlsx()?)))
}

/// What units reported for a period, for the survey's own statisticians.
pub(crate) async fn rows_file(asking: Asking, State(web): State<Web>, Path(id): Path<String>) -> Answer<Response> {
    let periods = keeping::periods(&web.platform, &asking.context(), &id).await?;
    let survey = today(&asking, &web, &id).await?;
    let asked = super::report::asked(&asking, &survey, periods.first().map(String::as_str))?;
    let rows = keeping::rows(&web.platform, &asking.context(), &id, &asked.period).await?;
    let table = workbook::kept(
        asking.lang,
        &survey,
        (asked.number, asked.definition),
        &asked.period,
        &rows,
        asking.reader.today,
    );
    Ok(private(kept(
        &format!("survey-rows-{}.xlsx", asked.period),
        table.xlsx()?,
    )))
}

/// What nobody between may keep.
fn private(mut response: Response) -> Response {
    let value = header::HeaderValue::from_static("no-store");
    response.headers_mut().insert(header::CACHE_CONTROL, value);
    response
}

/// A published table as a workbook.
pub(crate) async fn table_file(
    asking: Asking,
    State(web): State<Web>,
    Path((id, number)): Path<(String, u32)>,
) -> Answer<Response> {
    let survey = query::survey(&web.platform, &asking.reader, &id).await?;
    let table = query::table(&web.platform, &asking.reader, &id, number).await?;
    let definition = survey
        .definitions
        .get(&table.content.wanted.definition)
        .ok_or_else(Refusal::unseen)?;
    let drawn = workbook::published(asking.lang, &survey, definition, &table.content, table.published);
    Ok(kept(&format!("survey-table-{number}.xlsx"), drawn.xlsx()?))
}

/// A published table with its definition, as programs read it, and the digests of both.
pub(crate) async fn bundle(
    asking: Asking,
    State(web): State<Web>,
    Path((id, number)): Path<(String, u32)>,
) -> Answer<Response> {
    let survey = query::survey(&web.platform, &asking.reader, &id).await?;
    let table = query::table(&web.platform, &asking.reader, &id, number).await?;
    let packed = bundle::packed(&survey, &table).map_err(|e| Failure::broken(e.to_string()))?;
    let headers = [
        (header::CONTENT_TYPE, "application/zip".to_owned()),
        (
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"survey-{id}-table-{number}.zip\""),
        ),
    ];
    Ok((headers, packed).into_response())
}
