//! Publishing a table: drawn up and looked at first, with what is suppressed and why, then published.

use super::{below, path, table_name, today};
use crate::{
    Answer, Asking, Page, Path, Web,
    components::{
        field::{Control, Faults, Field, Weight, button, once},
        words::mixed,
    },
    extract::Sent,
};
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use language::{Lang, t};
use maud::{Markup, html};
use platform::{
    rights::Action,
    survey::{
        command,
        definition::Definition,
        event::Wanted,
        keeping, publishing,
        query::Survey,
        tabulation::{Draft, Drafted},
        workbook::{said, value_name},
    },
};
use serde::Deserialize;

/// A table that is wanted, as forms and addresses say it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Filled {
    definition: String,
    period: String,
    measure: String,
    rows: String,
    columns: String,
    note: String,
    seen: String,
}

impl Filled {
    fn wanted(&self, survey: &Survey) -> Wanted {
        let some = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        let definition = self.definition.trim().parse().ok();
        let definition = definition
            .or(survey.definitions.keys().next_back().copied())
            .unwrap_or_default();
        let frequency = survey.definitions.get(&definition).map(|d| d.frequency);
        Wanted {
            definition,
            period: frequency
                .and_then(|frequency| frequency.period(&self.period))
                .unwrap_or_else(|| self.period.clone()),
            measure: self.measure.clone(),
            rows: some(&self.rows),
            columns: some(&self.columns),
        }
    }
}

/// The form, and the preview where a table is asked for.
pub(crate) async fn page(
    asking: Asking,
    State(web): State<Web>,
    Path(id): Path<String>,
    query: crate::Query<Filled>,
) -> Answer<Response> {
    let survey = command::kept(&web.platform, &asking.context(), &id, Action::ReadSurveyRows).await;
    survey?;
    let filled = query.0;
    if filled.measure.is_empty() {
        return Ok(draw(&asking, &web, &id, &filled, None, &Faults::default())
            .await?
            .into_response());
    }
    let survey = today(&asking, &web, &id).await?;
    let drawn = publishing::draft(&web.platform, &asking.context(), &id, &filled.wanted(&survey)).await;
    match drawn {
        Ok(draft) => Ok(draw(&asking, &web, &id, &filled, Some(&draft), &Faults::default())
            .await?
            .into_response()),
        Err(error) => again(&asking, &web, &id, &filled, error).await,
    }
}

async fn again(
    asking: &Asking,
    web: &Web,
    id: &str,
    filled: &Filled,
    error: platform::refusal::Error,
) -> Answer<Response> {
    let (faults, status) = crate::Failure::from(error).faults(asking.lang)?;
    let page = draw(asking, web, id, filled, None, &faults).await?;
    Ok(page.status(status).into_response())
}

async fn draw(
    asking: &Asking,
    web: &Web,
    id: &str,
    filled: &Filled,
    draft: Option<&Draft>,
    faults: &Faults,
) -> Answer<Page> {
    let lang = asking.lang;
    let survey = today(asking, web, id).await?;
    let periods = keeping::periods(&web.platform, &asking.context(), id).await?;
    let wanted = filled.wanted(&survey);
    let body = html! {
        div.prose { p { (t!(lang, "survey-publish-lead")) } }
        (form(asking, &survey, filled, &wanted, &periods, faults))
        @if let Some(draft) = draft { (preview(asking, &survey, &wanted, filled, draft)) }
    };
    Ok(below(asking, web, &survey, t!(lang, "survey-publish-title"), body)
        .await?
        .again(lang, faults))
}

fn form(
    asking: &Asking,
    survey: &Survey,
    filled: &Filled,
    wanted: &Wanted,
    periods: &[String],
    faults: &Faults,
) -> Markup {
    let lang = asking.lang;
    let definitions: Vec<(String, String)> = survey
        .definitions
        .keys()
        .rev()
        .map(|number| (number.to_string(), t!(lang, "survey-definition", version = *number)))
        .collect();
    let definition = survey.definitions.get(&wanted.definition);
    let measures: Vec<(String, String)> = definition
        .into_iter()
        .flat_map(|definition| &definition.measures)
        .map(|measure| (measure.code.clone(), said(lang, &measure.name).to_owned()))
        .collect();
    let mut classes = vec![(String::new(), t!(lang, "survey-publish-no-class"))];
    classes.extend(
        definition
            .into_iter()
            .flat_map(|definition| &definition.classes)
            .map(|class| (class.code.clone(), said(lang, &class.name).to_owned())),
    );
    let periods: Vec<(String, String)> = periods.iter().map(|period| (period.clone(), period.clone())).collect();
    html! {
        form.filters method="get" action=(lang.path(&format!("{}/publish", path(&survey.id)))) {
            (Field::new("definition", t!(lang, "survey-publish-definition")).control(Control::Choose(definitions)).value(wanted.definition.to_string()).draw(lang, faults))
            (Field::new("period", t!(lang, "survey-report-period")).control(Control::Choose(periods)).value(filled.period.as_str()).draw(lang, faults))
            (Field::new("measure", t!(lang, "survey-measure")).control(Control::Choose(measures)).value(filled.measure.as_str()).draw(lang, faults))
            (Field::new("rows", t!(lang, "survey-publish-rows")).control(Control::Choose(classes.clone())).optional().value(filled.rows.as_str()).draw(lang, faults))
            (Field::new("columns", t!(lang, "survey-publish-columns")).control(Control::Choose(classes)).optional().value(filled.columns.as_str()).draw(lang, faults))
            div.field { (button(Weight::Plain, &t!(lang, "survey-publish-look"))) }
        }
    }
}

fn preview(asking: &Asking, survey: &Survey, wanted: &Wanted, filled: &Filled, draft: &Draft) -> Markup {
    let lang = asking.lang;
    let hidden = draft.cells.iter().filter(|drafted| drafted.cell.suppressed).count();
    let shown = draft
        .cells
        .iter()
        .filter(|drafted| drafted.cell.value.is_some())
        .count();
    html! {
        section.section #preview {
            header.section-head { h2 { (t!(lang, "survey-preview-title")) } p.section-note { (mixed(lang, &table_name(lang, survey, wanted))) } }
            div.notice {
                p { (t!(lang, "survey-preview-units", count = draft.reporting)) " · " (t!(lang, "survey-preview-shown", shown = shown, hidden = hidden)) }
                @if draft.standing > 0 { p { (t!(lang, "survey-preview-standing", count = draft.standing)) } }
                p { (t!(lang, "survey-rows-secret")) }
            }
            @if let Some(definition) = survey.definitions.get(&wanted.definition) { (drafted(lang, definition, wanted, draft)) }
            form method="post" action=(lang.path(&format!("{}/publish", path(&survey.id)))) data-guard="" {
                (once())
                @for (name, value) in [
                    ("definition", wanted.definition.to_string()), ("period", wanted.period.clone()), ("measure", wanted.measure.clone()),
                    ("rows", filled.rows.clone()), ("columns", filled.columns.clone()), ("seen", publishing::mark(draft)),
                ] { input type="hidden" name=(name) value=(value); }
                (Field::new("note", t!(lang, "survey-publish-note")).control(Control::Lines(2)).width("w-full").optional().value(filled.note.as_str()).draw(lang, &Faults::default()))
                @if draft.shows() { (button(Weight::Primary, &t!(lang, "survey-publish-go"))) }
            }
        }
    }
}

/// The table as it would be, each hidden total crossed out with why.
fn drafted(lang: Lang, definition: &Definition, wanted: &Wanted, draft: &Draft) -> Markup {
    let class = |code: &Option<String>| code.as_deref().and_then(|code| definition.class(code));
    let (down, across) = (class(&wanted.rows), class(&wanted.columns));
    let name = |class: Option<&platform::survey::definition::Class>, value: &Option<String>| match (class, value) {
        (Some(class), Some(value)) => value_name(lang, class, value),
        _ => t!(lang, "survey-all"),
    };
    let at = |row: &Option<String>, column: &Option<String>| -> Option<&Drafted> {
        let here = |drafted: &&Drafted| (&drafted.cell.row, &drafted.cell.column) == (row, column);
        draft.cells.iter().find(here)
    };
    html! {
        div.table-frame.wide tabindex="0" role="region" aria-label=(t!(lang, "survey-preview-title")) {
            table.table.compact #preview-table {
                caption.visually-hidden { (t!(lang, "survey-preview-title")) }
                thead { tr {
                    th.first scope="col" { @if let Some(class) = down { (mixed(lang, said(lang, &class.name))) } }
                    @for column in &draft.columns { th.number scope="col" { (mixed(lang, &name(across, column))) } }
                } }
                tbody { @for row in &draft.rows { tr {
                    th scope="row" { (mixed(lang, &name(down, row))) }
                    @for column in &draft.columns { td.number { @if let Some(drafted) = at(row, column) { (cell(lang, drafted)) } } }
                } } }
            }
        }
    }
}

fn cell(lang: Lang, drafted: &Drafted) -> Markup {
    let (value, units) = &drafted.whole;
    let why = drafted.why().map(|why| match why {
        "few" => t!(lang, "survey-fate-few"),
        "dominated" => t!(lang, "survey-fate-dominated"),
        _ => t!(lang, "survey-fate-secondary"),
    });
    html! {
        @match why {
            None if *units == 0 => span.muted { (t!(lang, "survey-empty-cell")) },
            None => { (value) " " span.muted { "(" (units) ")" } },
            Some(why) => { s { (value) " (" (units) ")" } br; span.mark { (mixed(lang, &why)) } },
        }
    }
}

/// Publishes what was looked at.
pub(crate) async fn take(sent: Sent<Filled>) -> Answer<Response> {
    let Sent { asking, web, id, form } = sent;
    let filled = &form.value;
    command::kept(&web.platform, &asking.context(), &id, Action::KeepSurvey).await?;
    let survey = today(&asking, &web, &id).await?;
    let note = filled.note.replace("\r\n", "\n");
    let done = publishing::publish(
        &web.platform,
        &form.context(&asking),
        &id,
        &filled.wanted(&survey),
        &note,
        Some(&filled.seen),
    )
    .await;
    match done {
        Ok(done) => Ok(asking
            .go(&format!("{}/tables/{}", path(&id), done.table))
            .into_response()),
        Err(error) => again(&asking, &web, &id, filled, error).await,
    }
}
