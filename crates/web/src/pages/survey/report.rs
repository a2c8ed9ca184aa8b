//! What a unit reports, on the page of its own.

use super::{below, path, today};
use crate::{
    Answer, Asking, Page, Path, Web,
    components::{
        field::{Control, Faults, Field, Weight, button, once},
        table::{Column, Row, Set, Table},
        words::mixed,
    },
    extract::Sent,
    links::encoded,
    uploads::FIELDS,
};
use axum::{
    extract::{Multipart, State, multipart::MultipartRejection},
    response::{IntoResponse, Response},
};
use language::{instant, t};
use maud::{Markup, html};
use platform::{
    refusal::{Manner, Refusal},
    survey::{
        definition::Definition,
        query::{Row as Reported, Survey},
        reporting::{self, Typed},
        workbook::{self, said},
    },
};
use std::collections::BTreeMap;

/// Largest filled form that is read, in bytes: it is held in memory and never kept as a file.
const LARGEST: usize = 2 * 1024 * 1024;

/// A period under one definition of a survey.
pub(super) struct Asked<'a> {
    pub(super) number: u32,
    pub(super) definition: &'a Definition,
    pub(super) period: String,
}

/// For which period and definition an address asks: without any, the newest period that was reported, or the first.
pub(super) fn asked<'a>(asking: &Asking, survey: &'a Survey, newest: Option<&str>) -> Answer<Asked<'a>> {
    let state = survey.state();
    let (_, last) = state
        .definition()
        .ok_or_else(|| Refusal::rule("survey/no_definition", ""))?;
    let wanted = asking.links.get("period").or(newest).unwrap_or(&last.from);
    let wrong = || Refusal::wrong("survey/period").fault("period", "fault-survey-period");
    let period = last.frequency.period(wanted).ok_or_else(wrong)?;
    let number = match asking.parameter::<u32>("definition")? {
        Some(number) => Some(number).filter(|number| state.asks(*number, &period)),
        None => reporting::asked(&state, &period),
    };
    let number = number.ok_or_else(wrong)?;
    let definition = survey.definitions.get(&number).ok_or_else(wrong)?;
    Ok(Asked {
        number,
        definition,
        period,
    })
}

/// The form of a period, filled in as far as the unit has reported.
pub(crate) async fn page(asking: Asking, State(web): State<Web>, Path(id): Path<String>) -> Answer<Page> {
    let (_, rows) = reporting::own_rows(&web.platform, asking.actor(), &id).await?;
    let survey = today(&asking, &web, &id).await?;
    let asked = asked(&asking, &survey, rows.first().map(|row| row.period.as_str()))?;
    let filled = before(&rows, &asked);
    draw(&asking, &web, &survey, &asked, &rows, &filled, None, &Faults::default()).await
}

/// What the unit reported last for a period.
fn before(rows: &[Reported], asked: &Asked<'_>) -> Typed {
    let row = rows
        .iter()
        .find(|row| row.period == asked.period && row.definition == asked.number);
    Typed {
        period: asked.period.clone(),
        definition: Some(asked.number),
        values: row.map(|row| row.reported.values.clone()).unwrap_or_default(),
        note: row.map(|row| row.reported.note.clone()).unwrap_or_default(),
    }
}

#[allow(clippy::too_many_arguments, reason = "one page in three situations")]
async fn draw(
    asking: &Asking,
    web: &Web,
    survey: &Survey,
    asked: &Asked<'_>,
    rows: &[Reported],
    filled: &Typed,
    read: Option<String>,
    faults: &Faults,
) -> Answer<Page> {
    let lang = asking.lang;
    let here = format!("{}/report", path(&survey.id));
    let value = |code: &str| filled.values.get(code).map_or("", String::as_str);
    let workbook = format!(
        "{}/report.xlsx?period={}&definition={}",
        path(&survey.id),
        encoded(&asked.period),
        asked.number
    );
    let body = html! {
        div.notice { p { (t!(lang, "survey-report-lead")) } }
        @if let Some(read) = read { div.notice role="status" { p { strong { (read) } } } }
        form method="post" action=(lang.path(&here)) data-guard="" {
            (once())
            input type="hidden" name="period" value=(asked.period);
            input type="hidden" name="definition" value=(asked.number);
            div #values {
                @for measure in &asked.definition.measures {
                    @let label = if measure.unit.is_empty() { said(lang, &measure.name).to_owned() } else { format!("{} ({})", said(lang, &measure.name), measure.unit) };
                    (Field::new(format!("value.{}", measure.code), label).width("w-number").optional().value(value(&measure.code)).draw(lang, faults))
                }
            }
            (Field::new("note", t!(lang, "survey-note")).hint(t!(lang, "survey-note-hint")).control(Control::Lines(2)).width("w-full").optional().value(filled.note.as_str()).draw(lang, faults))
            (button(Weight::Primary, &t!(lang, "survey-report-send")))
        }
        section.section #workbook {
            header.section-head { h2 { (t!(lang, "survey-report-upload")) } }
            p { a href=(asking.link(&workbook)) { (t!(lang, "survey-report-workbook")) } }
            form method="post" action=(lang.path(&format!("{here}/workbook"))) enctype="multipart/form-data" {
                input type="hidden" name="period" value=(asked.period);
                input type="hidden" name="definition" value=(asked.number);
                (Field::new("file", t!(lang, "survey-report-upload")).hint(t!(lang, "survey-report-upload-hint")).control(Control::File(".xlsx,.csv")).draw(lang, faults))
                (button(Weight::Plain, &t!(lang, "survey-report-upload")))
            }
        }
        section.section #period-choice {
            header.section-head { h2 { (t!(lang, "survey-report-choose")) } }
            form.filters method="get" action=(lang.path(&here)) {
                (Field::new("period", t!(lang, "survey-report-period")).within("choose").hint(t!(lang, "survey-from-hint")).width("w-code").value(asked.period.as_str()).draw(lang, &Faults::default()))
                (Field::new("definition", t!(lang, "survey-publish-definition")).within("choose").control(Control::Choose(definitions(asking, survey))).optional().draw(lang, &Faults::default()))
                div.field { (button(Weight::Plain, &t!(lang, "survey-report-choose"))) }
            }
        }
        (own(asking, survey, rows))
    };
    let title = t!(lang, "survey-report-title", period = asked.period.as_str());
    Ok(below(asking, web, survey, title, body).await?.again(lang, faults))
}

/// The versions of the definition as choices; the one that asks for the period where none is chosen.
fn definitions(asking: &Asking, survey: &Survey) -> Vec<(String, String)> {
    let lang = asking.lang;
    let mut choices = vec![(String::new(), t!(lang, "survey-definitions"))];
    choices.extend(
        survey
            .definitions
            .keys()
            .map(|number| (number.to_string(), t!(lang, "survey-definition", version = *number))),
    );
    choices
}

/// What the unit has reported so far.
fn own(asking: &Asking, survey: &Survey, rows: &[Reported]) -> Markup {
    let lang = asking.lang;
    let columns = vec![
        Column::new("period", t!(lang, "survey-report-period")),
        Column::new("values", t!(lang, "survey-value")).set(Set::Wrap),
        Column::new("at", t!(lang, "survey-reported-at")).set(Set::Date),
        Column::new("definition", t!(lang, "survey-publish-definition")).folded(),
        Column::new("note", t!(lang, "survey-note")).set(Set::Wrap).folded(),
    ];
    let mut table = Table::new("own-table", t!(lang, "survey-own-rows"), columns);
    table.fixed = true;
    table.rows = rows
        .iter()
        .map(|row| {
            let definition = survey.definitions.get(&row.definition);
            let values: Vec<String> = row
                .reported
                .values
                .iter()
                .map(|(code, value)| format!("{} {value}", super::measure_name(lang, definition, code)))
                .collect();
            Row::new(vec![
                html! { (row.period) " " span.muted { (t!(lang, "survey-row-number", row = row.row)) } },
                html! { (mixed(lang, &values.join(" · "))) },
                html! { (instant(lang, row.at)) },
                html! { (t!(lang, "survey-definition", version = row.definition)) },
                html! { (mixed(lang, &row.reported.note)) },
            ])
        })
        .collect();
    html! {
        section.section #own {
            header.section-head { h2 { (t!(lang, "survey-own-rows")) } }
            @if rows.is_empty() { div.empty { p { (t!(lang, "survey-own-none")) } } } @else { (table.draw(asking)) }
        }
    }
}

/// What a form says.
fn typed(fields: &BTreeMap<String, String>) -> Typed {
    let get = |name: &str| fields.get(name).cloned().unwrap_or_default();
    Typed {
        period: get("period"),
        definition: get("definition").parse().ok(),
        values: fields
            .iter()
            .filter_map(|(name, value)| Some((name.strip_prefix("value.")?.to_owned(), value.clone())))
            .collect(),
        note: get("note").replace("\r\n", "\n"),
    }
}

/// Takes a row.
pub(crate) async fn take(sent: Sent<BTreeMap<String, String>>) -> Answer<Response> {
    let Sent { asking, web, id, form } = sent;
    let filled = typed(&form.value);
    match reporting::report(&web.platform, &form.context(&asking), &id, &filled).await {
        Ok(_) => Ok(asking
            .go(&format!("{}/report?period={}#own", path(&id), encoded(&filled.period)))
            .into_response()),
        Err(error) => {
            let failure = crate::Failure::from(error);
            let faulty = failure.refusal().is_some_and(|refusal| !refusal.faults.is_empty());
            if !faulty {
                return Err(failure);
            }
            let (faults, status) = failure.faults(asking.lang)?;
            let page = again(&asking, &web, &id, &filled, None, &faults).await?;
            Ok(page.status(status).into_response())
        }
    }
}

async fn again(
    asking: &Asking,
    web: &Web,
    id: &str,
    filled: &Typed,
    read: Option<String>,
    faults: &Faults,
) -> Answer<Page> {
    let (_, rows) = reporting::own_rows(&web.platform, asking.actor(), id).await?;
    let survey = today(asking, web, id).await?;
    let state = survey.state();
    let wrong = || Refusal::wrong("survey/period").fault("period", "fault-survey-period");
    let number = filled
        .definition
        .or_else(|| reporting::asked(&state, &filled.period))
        .ok_or_else(wrong)?;
    let asked = Asked {
        number,
        definition: survey.definitions.get(&number).ok_or_else(wrong)?,
        period: filled.period.clone(),
    };
    draw(asking, web, &survey, &asked, &rows, filled, read, faults).await
}

/// Reads a filled form from a workbook into the page; keeps nothing of it.
pub(crate) async fn workbook(
    asking: Asking,
    State(web): State<Web>,
    Path(id): Path<String>,
    multipart: Result<Multipart, MultipartRejection>,
) -> Answer<Response> {
    let unit = reporting::own_rows(&web.platform, asking.actor(), &id).await?;
    let multipart = multipart.map_err(|_| Refusal::wrong("web/form").with("reason", "multipart/form-data"))?;
    let (fields, file) = receive(multipart).await?;
    let survey = today(&asking, &web, &id).await?;
    let mut filled = typed(&fields);
    let wrong = || Refusal::wrong("survey/period").fault("period", "fault-survey-period");
    let number = filled.definition.ok_or_else(wrong)?;
    let asked = Asked {
        number,
        definition: survey.definitions.get(&number).ok_or_else(wrong)?,
        period: filled.period.clone(),
    };
    let kept = before(&unit.1, &asked);
    let table = workbook::form(
        asking.lang,
        &survey,
        (number, asked.definition),
        &asked.period,
        None,
        asking.reader.today,
    );
    match workbook::read_form(&table, &file) {
        Ok(values) => {
            filled.values = values;
            filled.note = kept.note;
            let read = Some(t!(asking.lang, "survey-report-read"));
            let page = draw(
                &asking,
                &web,
                &survey,
                &asked,
                &unit.1,
                &filled,
                read,
                &Faults::default(),
            )
            .await?;
            Ok(page.into_response())
        }
        Err(error) => {
            let (faults, status) = crate::Failure::from(error).faults(asking.lang)?;
            let page = again(&asking, &web, &id, &kept, None, &faults).await?;
            Ok(page.status(status).into_response())
        }
    }
}

/// Fields and the file of a form, in memory: what a unit reports is in no store but the sealed one.
async fn receive(mut parts: Multipart) -> Answer<(BTreeMap<String, String>, Vec<u8>)> {
    let too_large = || Refusal::wrong("web/too_large").manner(Manner::TooLarge);
    let broken = |e: axum::extract::multipart::MultipartError| Refusal::wrong("web/form").with("reason", e.to_string());
    let (mut fields, mut file) = (BTreeMap::new(), Vec::new());
    let mut room = FIELDS;
    while let Some(mut part) = parts.next_field().await.map_err(broken)? {
        let name = part.name().unwrap_or_default().to_owned();
        let is_file = part.file_name().is_some();
        let mut content: Vec<u8> = Vec::new();
        while let Some(chunk) = part.chunk().await.map_err(broken)? {
            let limit = if is_file { LARGEST } else { room };
            if content.len() + chunk.len() > limit {
                return Err(too_large().into());
            }
            content.extend_from_slice(&chunk);
        }
        if is_file {
            file = content;
        } else {
            room -= content.len();
            fields.insert(name, String::from_utf8_lossy(&content).into_owned());
        }
    }
    Ok((fields, file))
}
