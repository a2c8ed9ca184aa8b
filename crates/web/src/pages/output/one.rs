//! One output: what is known of it and where that is written; its number or day is completed here, and its measures are
//! confirmed.

use super::withdrawn;
use crate::{
    Answer, Asking, Failure, Form, Page, Path, Web,
    api::actions::Reading,
    components::{
        facts::{self, Fact},
        field::{Control, Faults, Field, Weight, button, once},
        words::{first, known_name, text},
    },
    links::{Screen, segment},
    pages::history::recorded,
    pages::place::standing::{english_note, task_link, word},
};
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use language::t;
use maud::{Markup, html};
use platform::{
    list::{entering::FIRST, query as list},
    obligation::event::Source,
    output::{
        command::{Completion, Verdict, complete_output, judge_measure},
        query::{self as output, Output},
    },
    place::query as place,
    refusal::{Error, Manner},
    rights::{Action, Object, may},
};
use serde::Deserialize;

/// The page.
pub(crate) async fn page(asking: Asking, State(web): State<Web>, Path(id): Path<String>) -> Answer<Page> {
    match draw(&asking, &web, &id, &Completing::default(), &Faults::default()).await {
        Err(failure) if failure.refusal().is_some_and(|r| r.manner == Manner::Unseen) => {
            withdrawn::page(&asking, &web, &id).await
        }
        drawn => drawn,
    }
}

async fn draw(asking: &Asking, web: &Web, id: &str, given: &Completing, faults: &Faults) -> Answer<Page> {
    let lang = asking.lang;
    let o = output::output(&web.platform, &asking.reader, id).await?;
    let places = place::places(&web.platform, &asking.reader).await?;
    let mut facts = vec![
        Fact::new(
            t!(lang, "output-source"),
            html! {
                @match &o.link {
                    Some(link) => a href=(link) rel="external noopener" { (known_name(lang, &o.citation)) },
                    None => (known_name(lang, &o.citation)),
                }
            },
        ),
        Fact::new(
            t!(lang, "place-place"),
            html! { a href=(asking.link(&format!("/places/{}", o.counts_to))) { (super::whose(lang, &o, &places)) } },
        ),
        Fact::text(t!(lang, "place-tier"), word(lang, "tier", &o.tier)),
    ];
    if let Some(day) = o.reported {
        facts.push(Fact::text(
            t!(lang, "output-day"),
            t!(lang, "output-reported", day = language::date(lang, day)),
        ));
    }
    let recorded = recorded::notice(asking, web, &format!("output/{id}")).await?;
    let body = facts::beside(
        html! {
            (recorded)
            (english_note(lang))
            (serves(asking, web, &o).await?)
            (completing(asking, web, &o, given, faults))
            p { a href=(asking.link(&format!("/history/output/{}", segment(&o.id)))) { (t!(lang, "action-history")) } }
        },
        &t!(lang, "output-title"),
        &facts,
    );
    let number = match &o.designation {
        Some(number) => html! { span.code { (number) } },
        None => html! { span.mark.draft { (t!(lang, "output-number-unknown")) } },
    };
    let day = o
        .published
        .map_or_else(|| t!(lang, "output-day-unknown"), |day| language::date(lang, day));
    Ok(Page::new(first(lang, &o.title), body)
        .heading(html! { (text(lang, &o.title)) })
        .crumb(t!(lang, "screen-outputs"), "/outputs")
        .screen(Screen::Outputs)
        .fact(Fact::new(t!(lang, "output-designation"), number))
        .fact(Fact::text(t!(lang, "output-day"), day))
        .demo(o.demo))
}

/// The tasks that it comes from, or the measures that it serves, confirmed or not.
async fn serves(asking: &Asking, web: &Web, o: &Output) -> Answer<Markup> {
    let lang = asking.lang;
    let measures = list::measures(&web.platform, FIRST).await?;
    let confirms = asking.can(web, Action::ConfirmLink) && !asking.is_past();
    let act = |act: &str, measure: &str, verb: &str| {
        html! {
            form method="post" action=(lang.path(&format!("/outputs/{}/measures/{act}", segment(&o.id)))) {
                (once()) input type="hidden" name="measure" value=(measure);
                button.button.small type="submit" { (verb) }
            }
        }
    };
    Ok(html! {
        section.section #serves {
            header.section-head { h2 { (t!(lang, "output-list")) } }
            @if o.tasks.is_empty() { p { (t!(lang, "output-outside")) } }
            ul {
                @for task in &o.tasks {
                    @let number = task.rsplit('-').next().unwrap_or_default();
                    li { (task_link(asking, task, html! { (t!(lang, "output-task", number = number)) })) }
                }
                @for number in &o.measures {
                    @if let Some(measure) = measures.iter().find(|m| m.number == *number) {
                        li {
                            a href=(asking.link(&format!("/measures/{number}"))) { (crate::pages::measure::number(lang, number)) " " (text(lang, &measure.title)) }
                            @if o.confirmed.contains(number) { " · " (t!(lang, "measure-confirmed")) } @else { " " span.mark { (t!(lang, "measure-unconfirmed")) } }
                            @if confirms {
                                div.button-row {
                                    @if !o.confirmed.contains(number) { (act("confirm", number, &t!(lang, "assign-link-confirm"))) }
                                    (act("remove", number, &t!(lang, "assign-link-remove")))
                                }
                            }
                        }
                    }
                }
            }
        }
    })
}

/// The form by which number and day are completed.
fn completing(asking: &Asking, web: &Web, o: &Output, given: &Completing, faults: &Faults) -> Markup {
    let lang = asking.lang;
    let may_complete = !asking.is_past()
        && asking.actor().is_some_and(|actor| {
            may(
                web.platform.rights(),
                actor,
                Action::RecordOutput,
                &Object::of_place(&o.counts_to),
            )
        });
    let field = |name, label, value: &String| Field::new(name, label).value(value).width("w-full").optional();
    let number = if given.designation.is_empty() {
        o.designation.clone().unwrap_or_default()
    } else {
        given.designation.clone()
    };
    let day = if given.published.is_empty() {
        o.published.map_or_else(String::new, |day| day.to_string())
    } else {
        given.published.clone()
    };
    html! {
        @if may_complete {
            section.section #complete {
                header.section-head { h2 { (t!(lang, "output-complete")) } }
                form method="post" action=(lang.path(&format!("/outputs/{}/complete", segment(&o.id)))) data-guard="" {
                    (once())
                    (field("designation", t!(lang, "output-designation"), &number).draw(lang, faults))
                    (Field::new("published", t!(lang, "output-day")).control(Control::Input("date")).width("w-date").value(&day).optional().draw(lang, faults))
                    (field("source", t!(lang, "obligation-field-source"), &given.source).draw(lang, faults))
                    (field("link", t!(lang, "obligation-field-link"), &given.link).draw(lang, faults))
                    div.button-row { (button(Weight::Primary, &t!(lang, "output-complete"))) }
                }
            }
        }
    }
}

/// What became known.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Completing {
    designation: String,
    published: String,
    source: String,
    link: String,
}

/// What became known, read; what is empty is not known.
pub(crate) fn completion(designation: &str, published: &str, source: &str, link: &str) -> Result<Completion, Error> {
    let some = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    let mut reading = Reading::default();
    let published = reading.day("published", published);
    reading.done()?;
    let source = Source {
        citation: some(source).unwrap_or_default(),
        link: some(link),
        line: None,
    };
    Ok(Completion {
        designation: some(designation),
        published,
        source: Some(source).filter(|source| *source != Source::default()),
    })
}

/// Completes number and day.
pub(crate) async fn complete(
    asking: Asking,
    State(web): State<Web>,
    Path(id): Path<String>,
    form: Form<Completing>,
) -> Answer<Response> {
    let f = &form.value;
    let done = match completion(&f.designation, &f.published, &f.source, &f.link) {
        Ok(completion) => complete_output(&web.platform, &form.context(&asking), &id, &completion).await,
        Err(error) => Err(error),
    };
    match done.map_err(Failure::from) {
        Ok(_) => Ok(asking.go(&path(&id)).into_response()),
        Err(failure) if failure.refusal().is_some_and(|r| !r.faults.is_empty()) => {
            let (faults, status) = failure.faults(asking.lang)?;
            Ok(draw(&asking, &web, &id, f, &faults)
                .await?
                .again(asking.lang, &faults)
                .status(status)
                .into_response())
        }
        Err(failure) => Err(failure),
    }
}

fn path(id: &str) -> String {
    format!("/outputs/{}", segment(id))
}

/// Of which measure.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Judged {
    measure: String,
}

/// Confirms that it serves a measure.
pub(crate) async fn confirm(
    asking: Asking,
    State(web): State<Web>,
    Path(id): Path<String>,
    form: Form<Judged>,
) -> Answer<Response> {
    judge(&asking, &web, &id, &form, Verdict::Confirmed).await
}

/// Says that it does not.
pub(crate) async fn remove(
    asking: Asking,
    State(web): State<Web>,
    Path(id): Path<String>,
    form: Form<Judged>,
) -> Answer<Response> {
    judge(&asking, &web, &id, &form, Verdict::Removed).await
}

async fn judge(asking: &Asking, web: &Web, id: &str, form: &Form<Judged>, verdict: Verdict) -> Answer<Response> {
    judge_measure(&web.platform, &form.context(asking), id, &form.value.measure, verdict).await?;
    Ok(asking.go(&path(id)).into_response())
}
