//! Statistics surveys: what is surveyed, by which form, and the tables and series that were published; and, for those who
//! keep a survey or report to it, the rows of units.

mod define;
mod download;
mod keep;
mod list;
mod open;
mod publish;
mod report;
mod rows;
mod series;
mod show;
mod table;
mod units;

pub(crate) use define::{page as define_page, take as define};
pub(crate) use download::{bundle, own_form, rows_file, table_file};
pub(crate) use keep::{close, name, page as keep_page, release, renew};
pub(crate) use list::page as list;
pub(crate) use open::{page as open_page, take as open};
pub(crate) use publish::{page as publish_page, take as publish};
pub(crate) use report::{page as report_page, take as report, workbook as report_workbook};
pub(crate) use rows::page as rows;
pub(crate) use series::page as series;
pub(crate) use show::page as show;
pub(crate) use table::page as table;
pub(crate) use units::{page as units_page, take as enter_unit};

use crate::{
    Answer, Asking, Page, Web,
    components::{
        facts::{self, Fact},
        words::{Shape, first, mixed, shaped},
    },
    links::{Screen, segment},
};
use jiff::civil::Date;
use language::{Lang, date, t};
use maud::{Markup, html};
use platform::{
    people::query as people,
    rights::Action,
    survey::{
        access,
        definition::Definition,
        event::{Approval, Wanted},
        period::Frequency,
        query::{self, Survey},
        workbook::said,
    },
};

/// The address of a survey, without a language.
pub(crate) fn path(id: &str) -> String {
    format!("/surveys/{}", segment(id))
}

/// In which state a survey is on a day: shape and word.
fn standing(lang: Lang, survey: &Survey, today: Date) -> Markup {
    let (shape, word) = if survey.closed.is_some() {
        (Shape::Full, t!(lang, "survey-state-closed"))
    } else if today < survey.marks.valid_from {
        (Shape::Empty, t!(lang, "survey-state-before"))
    } else if today > survey.marks.valid_until {
        (Shape::Empty, t!(lang, "survey-state-after"))
    } else if survey.definitions.is_empty() {
        (Shape::Empty, t!(lang, "survey-state-undefined"))
    } else {
        (Shape::Half, t!(lang, "survey-state-open"))
    };
    shaped(shape, &word)
}

/// Its number, by its kind.
fn approval(lang: Lang, approval: &Approval) -> (String, String) {
    let name = match approval {
        Approval::Approved(_) => t!(lang, "survey-approval-approved"),
        Approval::Filed(_) => t!(lang, "survey-approval-filed"),
    };
    (name, approval.number().to_owned())
}

/// Between which days a form is valid.
fn validity(lang: Lang, survey: &Survey) -> String {
    t!(
        lang,
        "survey-days",
        from = date(lang, survey.marks.valid_from),
        until = date(lang, survey.marks.valid_until)
    )
}

/// A page about a survey, with its marks in the head.
async fn around(asking: &Asking, web: &Web, survey: &Survey, title: String, body: Markup) -> Answer<Page> {
    let lang = asking.lang;
    let body_of = people::organization(&web.platform, &survey.organization, asking.reader.as_of).await?;
    let organization = body_of.map_or_else(|| survey.organization.clone(), |o| first(lang, &o.name).to_owned());
    let (kind, number) = approval(lang, &survey.marks.approval);
    Ok(Page::new(title, body)
        .crumb(t!(lang, "screen-surveys"), "/surveys")
        .fact(Fact::new(
            t!(lang, "survey-state"),
            standing(lang, survey, asking.reader.as_of.date),
        ))
        .fact(Fact::new(t!(lang, "survey-organization"), mixed(lang, &organization)))
        .fact(Fact::new(
            t!(lang, "survey-form-number"),
            mixed(lang, &survey.marks.form_number),
        ))
        .fact(Fact::new(t!(lang, "survey-maker"), mixed(lang, &survey.marks.maker)))
        .fact(Fact::new(kind, mixed(lang, &number)))
        .fact(Fact::text(t!(lang, "survey-validity"), validity(lang, survey)))
        .screen(Screen::Surveys)
        .demo(survey.demo))
}

/// The same for a page below that of the survey.
async fn below(asking: &Asking, web: &Web, survey: &Survey, title: String, body: Markup) -> Answer<Page> {
    let name = first(asking.lang, &survey.title).to_owned();
    Ok(around(asking, web, survey, title, body)
        .await?
        .kicker(name.clone())
        .crumb(name, path(&survey.id)))
}

/// Whether the reader is one of the survey's own statisticians.
fn keeps(asking: &Asking, web: &Web, survey: &Survey, action: Action) -> bool {
    !asking.is_past() && access::keeps(web.platform.rights(), asking.actor(), &survey.state(), action)
}

/// The survey as it is today: what is done with it is not done in the past.
async fn today(asking: &Asking, web: &Web, id: &str) -> Answer<Survey> {
    Ok(query::survey(&web.platform, &asking.reader_today(), id).await?)
}

/// `营业收入（万元）`.
fn measure_name(lang: Lang, definition: Option<&Definition>, code: &str) -> String {
    definition
        .and_then(|definition| definition.measure(code))
        .map_or_else(|| code.to_owned(), |measure| said(lang, &measure.name).to_owned())
}

/// What a table is called.
fn table_name(lang: Lang, survey: &Survey, wanted: &Wanted) -> String {
    let definition = survey.definitions.get(&wanted.definition);
    t!(
        lang,
        "survey-table-title",
        measure = measure_name(lang, definition, &wanted.measure),
        period = wanted.period.as_str()
    )
}

/// Measures and classifications of a definition, under one another.
fn definition_of(asking: &Asking, survey: &Survey, number: u32, definition: &Definition) -> Markup {
    let lang = asking.lang;
    let frequency = match definition.frequency {
        Frequency::Year => t!(lang, "survey-frequency-year"),
        Frequency::Quarter => t!(lang, "survey-frequency-quarter"),
        Frequency::Month => t!(lang, "survey-frequency-month"),
    };
    let measures = html! {
        ul { @for measure in &definition.measures {
            li {
                a href=(asking.link(&format!("{}/series/{}", path(&survey.id), segment(&measure.code)))) { (mixed(lang, said(lang, &measure.name))) }
                @if !measure.unit.is_empty() { " " span.muted { (mixed(lang, &measure.unit)) } }
                @if measure.may_be_negative { " " span.muted { (t!(lang, "survey-may-be-negative")) } }
            }
        } }
    };
    let mut facts = vec![
        Fact::text(t!(lang, "survey-frequency"), frequency),
        Fact::new(t!(lang, "survey-measures"), measures),
    ];
    for class in &definition.classes {
        let values: Vec<&str> = class.values.iter().map(|value| said(lang, &value.name)).collect();
        let value = html! { (mixed(lang, said(lang, &class.name))) ": " (mixed(lang, &values.join(" · "))) };
        facts.push(Fact::new(t!(lang, "survey-class"), value));
    }
    facts.push(Fact::text(
        t!(lang, "survey-least"),
        definition.secrecy.least.to_string(),
    ));
    facts.push(Fact::text(
        t!(lang, "survey-percent"),
        format!("{}%", definition.secrecy.percent),
    ));
    html! {
        h3 {
            (t!(lang, "survey-definition", version = number)) " "
            span.muted { (t!(lang, "survey-definition-from", period = definition.from.as_str())) }
        }
        @if !definition.note.is_empty() { p.hint { (mixed(lang, &definition.note)) } }
        (facts::list(&facts))
    }
}
