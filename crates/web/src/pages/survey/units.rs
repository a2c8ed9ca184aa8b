//! The units of a survey: for its own statisticians.

use super::{below, path, today};
use crate::{
    Answer, Asking, Page, Path, Web,
    components::{
        field::{Control, Faults, Field, Weight, button, once},
        table::{Column, Row, Set, Table},
        words::mixed,
    },
    extract::Sent,
};
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use language::t;
use maud::{Markup, html};
use platform::{
    refusal::Refusal,
    survey::{
        command::{self, NewUnit},
        definition::Definition,
        keeping,
        query::Survey,
        workbook::{said, value_name},
    },
};
use std::collections::BTreeMap;

/// The page.
pub(crate) async fn page(asking: Asking, State(web): State<Web>, Path(id): Path<String>) -> Answer<Page> {
    draw(&asking, &web, &id, &BTreeMap::new(), &Faults::default()).await
}

async fn draw(
    asking: &Asking,
    web: &Web,
    id: &str,
    filled: &BTreeMap<String, String>,
    faults: &Faults,
) -> Answer<Page> {
    let lang = asking.lang;
    let units = keeping::units(&web.platform, &asking.context(), id).await?;
    let survey = today(asking, web, id).await?;
    let definition = survey
        .definitions
        .values()
        .next_back()
        .ok_or_else(|| Refusal::rule("survey/no_definition", ""))?;
    let columns = vec![
        Column::new("name", t!(lang, "survey-unit")).set(Set::Wrap),
        Column::new("classes", t!(lang, "survey-classes")).set(Set::Wrap),
        Column::new("organization", t!(lang, "survey-unit-organization")).folded(),
    ];
    let mut table = Table::new("units-table", t!(lang, "survey-units-title"), columns);
    table.fixed = true;
    table.compact = true;
    table.rows = units
        .values()
        .map(|unit| {
            let classes: Vec<String> = definition
                .classes
                .iter()
                .filter_map(|class| {
                    unit.classes
                        .get(&class.code)
                        .map(|value| value_name(lang, class, value))
                })
                .collect();
            Row::new(vec![
                html! { (mixed(lang, &unit.name)) },
                html! { (mixed(lang, &classes.join(" · "))) },
                html! { span.code { (unit.organization) } },
            ])
        })
        .collect();
    let body = html! {
        div.notice { p { (t!(lang, "survey-rows-secret")) } }
        @if units.is_empty() { div.empty { p { (t!(lang, "survey-units-none")) } } } @else { (table.draw(asking)) }
        section.section #enter {
            header.section-head { h2 { (t!(lang, "survey-unit-enter")) } }
            (form(asking, &survey, definition, filled, faults))
        }
    };
    Ok(below(asking, web, &survey, t!(lang, "survey-units-title"), body)
        .await?
        .again(lang, faults))
}

fn form(
    asking: &Asking,
    survey: &Survey,
    definition: &Definition,
    filled: &BTreeMap<String, String>,
    faults: &Faults,
) -> Markup {
    let lang = asking.lang;
    let value = |name: &str| filled.get(name).map_or("", String::as_str);
    html! {
        p.hint { (t!(lang, "survey-units-lead")) }
        form method="post" action=(lang.path(&format!("{}/units", path(&survey.id)))) {
            (once())
            (Field::new("organization", t!(lang, "survey-unit-organization")).hint(t!(lang, "survey-unit-organization-hint")).value(value("organization")).draw(lang, faults))
            (Field::new("name", t!(lang, "survey-unit-name")).hint(t!(lang, "survey-unit-name-hint")).optional().value(value("name")).draw(lang, faults))
            div #classes {
                @for class in &definition.classes {
                    @let name = format!("class.{}", class.code);
                    @let choices = class.values.iter().map(|v| (v.code.clone(), said(lang, &v.name).to_owned())).collect();
                    (Field::new(name.clone(), said(lang, &class.name)).control(Control::Choose(choices)).value(value(&name)).draw(lang, faults))
                }
            }
            (button(Weight::Primary, &t!(lang, "survey-unit-enter")))
        }
    }
}

/// Enters a unit.
pub(crate) async fn take(sent: Sent<BTreeMap<String, String>>) -> Answer<Response> {
    let Sent { asking, web, id, form } = sent;
    let filled = &form.value;
    let value = |name: &str| filled.get(name).cloned().unwrap_or_default();
    let new = NewUnit {
        name: value("name"),
        organization: value("organization").trim().to_owned(),
        classes: filled
            .iter()
            .filter_map(|(name, value)| Some((name.strip_prefix("class.")?.to_owned(), value.clone())))
            .collect(),
    };
    match command::enter_unit(&web.platform, &form.context(&asking), &id, &new).await {
        Ok(_) => Ok(asking.go(&format!("{}/units", path(&id))).into_response()),
        Err(error) => {
            let (faults, status) = crate::Failure::from(error).faults(asking.lang)?;
            Ok(draw(&asking, &web, &id, filled, &faults)
                .await?
                .status(status)
                .into_response())
        }
    }
}
