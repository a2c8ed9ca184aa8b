//! The evaluation sheet of the pilots, which anybody may read and compute again: indicators, formulas, data; what only
//! participants see of it (milestones, explanations of places) is left out for others.

use super::{XLSX, file, label, setting};
use crate::{
    Answer, Asking, Failure, Form, Json, Page, Path, Web,
    components::{
        field::{Control, Faults, Field, Weight, button, once},
        table::{Column, Row, Set, Table},
    },
    links::Screen,
};
use axum::{
    extract::State,
    response::{Redirect, Response},
};
use language::{instant, t};
use maud::html;
use platform::{
    place::query::{self as place, Place},
    refusal::Refusal,
    report::{
        evaluation::{Bundle, counted},
        evaluation_book::xlsx as workbook,
        evaluation_input::bundle,
        evaluation_sheet::{formula, name, points, shown},
        explanation::{Explanation, explain, explanations},
    },
    rights::{Action, Object, may},
};
use serde::Deserialize;
use std::collections::BTreeMap;

struct Sheet {
    bundle: Bundle,
    places: BTreeMap<String, Place>,
    explanations: BTreeMap<String, Explanation>,
}

async fn sheet(asking: &Asking, web: &Web) -> Answer<Sheet> {
    let bundle = bundle(&web.platform, &asking.reader).await?;
    let places = place::places(&web.platform, &asking.reader)
        .await?
        .into_iter()
        .map(|p| (p.code.clone(), p))
        .collect();
    let codes: Vec<String> = bundle.inputs.iter().map(|i| i.place.clone()).collect();
    // What places say of their rows is for participants; the figures are everybody's.
    let explanations = if asking.can(web, Action::MakeReport) {
        explanations(&web.platform, &asking.reader, &codes).await?
    } else {
        BTreeMap::new()
    };
    Ok(Sheet {
        bundle,
        places,
        explanations,
    })
}

/// The sheet.
pub(crate) async fn page(asking: Asking, State(web): State<Web>) -> Answer<Page> {
    drawn(&asking, &web, &Faults::default(), None).await
}

async fn drawn(asking: &Asking, web: &Web, faults: &Faults, written: Option<(&str, &str)>) -> Answer<Page> {
    let lang = asking.lang;
    let Sheet {
        bundle,
        places,
        explanations,
    } = sheet(asking, web).await?;
    let called = |code: &str| {
        places
            .get(code)
            .map_or_else(|| code.to_owned(), |p| label(asking, &p.short_name()))
    };
    let mut columns = vec![
        Column::new("place", t!(lang, "report-column-place")),
        Column::new("score", t!(lang, "evaluation-score")).set(Set::Number),
    ];
    columns.extend(
        bundle
            .method
            .indicators
            .iter()
            .map(|i| Column::new("indicator", name(lang, i)).set(Set::Number)),
    );
    let mut table = Table::new("evaluation", t!(lang, "evaluation-caption"), columns);
    table.wide = true;
    for (input, result) in bundle.inputs.iter().zip(&bundle.results) {
        let mut cells = vec![html! { (called(&result.place)) }, html! { (result.score_rounded) }];
        cells.extend(
            bundle
                .method
                .indicators
                .iter()
                .zip(&result.values)
                .map(|(indicator, value)| {
                    html! {
                        @if indicator.participants && input.milestones.is_none() { (t!(lang, "evaluation-not-shown")) }
                        @else { (shown(lang, indicator, value)) }
                        @if let Some((part, whole)) = counted(indicator.id, input) { br; small { (part) "/" (whole) } }
                    }
                }),
        );
        table.rows.push(Row::new(cells));
    }
    let own: Vec<&str> = bundle
        .inputs
        .iter()
        .map(|i| i.place.as_str())
        .filter(|code| {
            asking.actor().is_some_and(|a| {
                may(
                    web.platform.rights(),
                    a,
                    Action::ReportProgress,
                    &Object::of_place(code),
                )
            })
        })
        .collect();
    Ok(Page::new(t!(lang, "evaluation-title"), html! {
        div.prose {
            p { (t!(lang, "evaluation-intro")) }
            p { strong { (t!(lang, "evaluation-weights")) } }
            p { (t!(lang, "evaluation-reported-means")) }
            p {
                (t!(lang, "evaluation-again")) " "
                a href=(asking.link("/reports/evaluation.json")) { (t!(lang, "evaluation-download")) }
                (t!(lang, "evaluation-again-end"))
            }
        }
        (table.draw(asking))
        section.section {
            header.section-head { h2 { (t!(lang, "evaluation-formula")) } }
            div.table-frame.wide tabindex="0" role="region" aria-label=(t!(lang, "evaluation-formula")) { table.table.compact.wrapped {
                caption.visually-hidden { (t!(lang, "evaluation-formula")) }
                thead { tr {
                    th.first scope="col" { (t!(lang, "evaluation-indicator")) }
                    th scope="col" { (t!(lang, "evaluation-formula")) }
                    th scope="col" { (t!(lang, "evaluation-points")) }
                    th.number scope="col" { (t!(lang, "evaluation-weight")) }
                } }
                tbody { @for i in &bundle.method.indicators { tr {
                    th scope="row" { (name(lang, i)) }
                    td.wrap { (formula(lang, i)) }
                    td.wrap { (points(lang, i)) }
                    td.number { (i.weight) }
                } } }
            } }
        }
        @if !explanations.is_empty() {
            section.section {
                header.section-head { h2 { (t!(lang, "evaluation-explanation")) } }
                dl.facts-list {
                    @for (code, explanation) in &explanations {
                        div { dt { (called(code)) } dd lang="zh-Hans" { (explanation.text) " " small { (t!(lang, "evaluation-explained-at", instant = instant(lang, explanation.at))) } } }
                    }
                }
            }
        }
        @if !asking.is_past() {
            @for code in own {
                section.section {
                    header.section-head { h2 { (t!(lang, "evaluation-explain")) " · " (called(code)) } }
                    form.form method="post" action=(lang.path(&format!("/reports/evaluation/{code}/explanation"))) {
                        (once())
                        (Field::new("text", t!(lang, "evaluation-explanation")).hint(t!(lang, "evaluation-explain-hint"))
                            .control(Control::Lines(4)).width("w-full")
                            .value(written.filter(|(c, _)| *c == code).map_or("", |(_, text)| text)).draw(lang, faults))
                        (button(Weight::Plain, &t!(lang, "evaluation-explain-send")))
                    }
                }
            }
        }
    })
    .crumb(t!(lang, "screen-reports"), "/reports")
    .screen(Screen::Reports)
    .sheet(crate::page::Sheet::A3)
    .demo(bundle.method.illustrative || bundle.demo)
    .actions(html! {
        a.button href=(asking.link("/reports/evaluation.xlsx")) { (t!(lang, "report-download-xlsx")) }
        a.button href=(asking.link("/reports/evaluation.json")) { (t!(lang, "report-download-json")) }
    }))
}

/// The sheet as a workbook.
pub(crate) async fn xlsx(asking: Asking, State(web): State<Web>) -> Answer<Response> {
    let sheet = sheet(&asking, &web).await?;
    let bytes = workbook(
        &setting(&web, &asking),
        &sheet.bundle,
        &sheet.places,
        &sheet.explanations,
    )
    .map_err(|e| Failure::broken(e.to_string()))?;
    Ok(file(
        XLSX,
        &format!("biaochi-evaluation-{}.xlsx", sheet.bundle.as_of),
        bytes,
    ))
}

/// The data to compute it again.
pub(crate) async fn json(asking: Asking, State(web): State<Web>) -> Answer<Response> {
    let bundle = bundle(&web.platform, &asking.reader).await?;
    let bytes = serde_json::to_vec_pretty(&bundle).map_err(|e| Failure::broken(e.to_string()))?;
    Ok(file(
        "application/json",
        &format!("biaochi-evaluation-{}.json", bundle.as_of),
        bytes,
    ))
}

/// What a place fills in.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Written {
    #[serde(default)]
    text: String,
}

/// Takes a place's explanation.
pub(crate) async fn take(
    asking: Asking,
    State(web): State<Web>,
    Path(code): Path<String>,
    form: Form<Written>,
) -> Result<Redirect, Answer<Page>> {
    let done = explain(&web.platform, &form.context(&asking), &code, &form.value.text).await;
    match done.map_err(Failure::from) {
        Ok(_) => Ok(asking.go("/reports/evaluation")),
        Err(failure) => match failure.refusal() {
            Some(refusal) if !refusal.faults.is_empty() => {
                let faults = Faults::of(asking.lang, refusal);
                let page = drawn(&asking, &web, &faults, Some((&code, &form.value.text))).await;
                Err(page.map(|page| page.status(axum::http::StatusCode::UNPROCESSABLE_ENTITY)))
            }
            _ => Err(Err(failure)),
        },
    }
}

/// `GET /api/v1/reports/{name}`: the evaluation's bundle; another name is unseen.
pub(crate) async fn api(
    asking: Asking,
    State(web): State<Web>,
    Path(name): Path<String>,
) -> Answer<Json<serde_json::Value>> {
    if name != "evaluation" {
        return Err(Refusal::unseen().into());
    }
    let bundle = bundle(&web.platform, &asking.reader).await?;
    serde_json::to_value(&bundle)
        .map(Json)
        .map_err(|e| Failure::broken(e.to_string()))
}
