//! Taking a wrong entry back: it stays visible with the reason, and what is right can be registered at once.

use super::{entry::shown, kind};
use crate::{
    Answer, Asking, Form, Path, Web,
    components::field::{Control, Faults, Field, Weight, button, once},
};
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use language::t;
use ledger::Position;
use maud::{Markup, html};
use platform::{
    context::Context,
    correcting,
    history::query::{self as history, Detail, Entry},
    obligation::{command, mirror},
    output::{command::correct_output, query as output},
    question::Window,
    rights::{Action, Object, may},
};
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;

/// The line to register anew after an entry was taken back: as it was pasted, else put together from what it said.
fn line_of(e: &Entry) -> Option<String> {
    let evidence = e.body.get("evidence").or_else(|| e.body.get("output"))?;
    let told = |pointer: &str| {
        evidence
            .pointer(pointer)
            .and_then(Value::as_str)
            .filter(|t| !t.is_empty())
    };
    if let Some(line) = told("/source/line") {
        return Some(line.to_owned());
    }
    Some(mirror::line(
        told("/designation"),
        told("/title/zh")?,
        told("/published"),
    ))
}

/// After an entry was taken back: what it said, ready to be put right and registered anew.
pub(super) fn anew(asking: &Asking, web: &Web, e: &Entry) -> Markup {
    let lang = asking.lang;
    let shown = !asking.is_past() && asking.can(web, Action::ReportProgress);
    let withdrawn = match e.object_kind.as_str() {
        "obligation" => e.object.clone(),
        _ if e.task.is_empty() => String::new(),
        _ => format!("{}-{}", e.task, e.place),
    };
    html! {
        @if let Some(line) = line_of(e).filter(|_| shown) {
            form.button-row method="post" action=(lang.path("/paste")) {
                // What was wrong may have been the subject: a person chooses it anew.
                @if !withdrawn.is_empty() { input type="hidden" name="withdrawn" value=(withdrawn); }
                input type="hidden" name="line" value=(line);
                (button(Weight::Official, &t!(lang, "history-anew")))
            }
        }
    }
}

/// Whether the reader could take this entry back.
fn may_correct(asking: &Asking, web: &Web, e: &Entry) -> bool {
    if e.corrects.is_some() || e.corrected_by.is_some() || asking.is_past() {
        return false;
    }
    let some = |text: &String| (!text.is_empty()).then(|| text.clone());
    match e.object_kind.as_str() {
        "obligation" | "output" | "text" | "system" => {
            let of_list =
                ["obligation.created", "obligation.ended", "obligation.taken_over"].contains(&e.kind.as_str());
            let object = Object {
                place: some(&e.place),
                organization: some(&e.organization),
                ..Object::default()
            };
            let allowed = |actor| may(web.platform.rights(), actor, Action::CorrectEntry, &object);
            !of_list && asking.actor().is_some_and(allowed)
        }
        _ => correcting::right(&e.kind).is_some_and(|action| {
            let allowed = |actor| may(web.platform.rights(), actor, action, &Object::default());
            asking.actor().is_some_and(allowed)
        }),
    }
}

/// The reason, and beside it what the same confirmation recorded: what concerns the same task is ticked, so that a mistake
/// goes as a whole; the other rows of a workbook are offered.
pub(super) fn form(
    asking: &Asking,
    web: &Web,
    detail: &Detail,
    beside: &[Entry],
    given: Option<&Wrong>,
    faults: &Faults,
) -> Markup {
    let lang = asking.lang;
    let e = &detail.entry;
    let reason = given.map_or("", |given| &given.reason);
    let others: Vec<&Entry> = beside.iter().filter(|b| may_correct(asking, web, b)).collect();
    let ticked = |other: &Entry| match given {
        Some(given) => given.takes(other.position),
        None => other.place == e.place && other.task == e.task && other.measure == e.measure,
    };
    html! {
        @if may_correct(asking, web, e) {
            section.section #correct {
                header.section-head { h2 { (t!(lang, "history-correct-head")) } }
                p.hint { (t!(lang, "history-correct-note")) }
                form method="post" action=(lang.path(&format!("/events/{}/correct", e.position))) data-guard="" {
                    (once())
                    (Field::new("reason", t!(lang, "obligation-field-wrong-because")).control(Control::Lines(3)).width("w-full").value(reason).draw(lang, faults))
                    @if !others.is_empty() {
                        fieldset {
                            legend { (t!(lang, "history-correct-too")) }
                            @for other in others.iter().copied() {
                                label.check {
                                    input type="checkbox" name=(too(other.position)) value="true" checked[ticked(other)];
                                    span { (t!(lang, "history-entry", position = other.position.0.to_string())) " · " (kind(lang, &other.kind)) }
                                }
                            }
                        }
                    }
                    div.button-row { (button(Weight::Official, &t!(lang, "history-correct"))) }
                }
            }
        }
    }
}

/// The name of the tick by which another entry is taken back too.
fn too(position: Position) -> String {
    format!("too-{}", position.0)
}

/// Why an entry was wrong, and what goes with it.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Wrong {
    #[serde(default)]
    reason: String,
    #[serde(flatten)]
    ticks: BTreeMap<String, String>,
}

impl Wrong {
    fn takes(&self, other: Position) -> bool {
        self.ticks.contains_key(&too(other))
    }
}

/// Takes an entry back, and what was ticked beside it; they stay visible, with the corrections beside them.
pub(crate) async fn correct(
    asking: Asking,
    State(web): State<Web>,
    Path(position): Path<i64>,
    form: Form<Wrong>,
) -> Answer<Response> {
    let first = Position(position);
    let e = history::entry(&web.platform, &asking.reader, first).await?.entry;
    let beside = history::beside(&web.platform, &asking.reader, first).await?;
    let context = form.context(&asking);
    let reason = &form.value.reason;
    let mut done = take_back(&asking, &web, &context, &e, reason).await;
    for other in beside.iter().filter(|b| form.value.takes(b.position)) {
        if done.is_err() {
            break;
        }
        // An output goes with its evidence: what the first took back is not taken back again.
        let now = history::entry(&web.platform, &asking.reader, other.position)
            .await?
            .entry;
        if now.corrected_by.is_some() {
            continue;
        }
        let mut context = context.clone();
        context.idempotency = context
            .idempotency
            .map(|(key, request)| (format!("{key}-{}", other.position.0), request));
        done = take_back(&asking, &web, &context, &now, reason).await;
    }
    match done {
        Ok(()) => Ok(asking.go(&format!("/events/{position}")).into_response()),
        Err(failure) => {
            let fields = failure.refusal().is_some_and(|r| !r.faults.is_empty());
            if !fields {
                return Err(failure);
            }
            let (faults, status) = failure.faults(asking.lang)?;
            Ok(shown(&asking, &web, position, Some(&form.value), &faults)
                .await?
                .again(asking.lang, &faults)
                .status(status)
                .into_response())
        }
    }
}

/// Takes one entry back, by the rules of what it belongs to.
async fn take_back(asking: &Asking, web: &Web, context: &Context, e: &Entry, reason: &str) -> Answer<()> {
    match output_of(asking, web, e).await? {
        Some(output) => {
            correct_output(&web.platform, context, &output, reason).await?;
        }
        None if e.object_kind == "obligation" => {
            let command = command::Command::Correct {
                position: e.position,
                reason: reason.to_owned(),
                replacement: None,
            };
            command::run(&web.platform, context, &e.object, None, &command).await?;
        }
        None => {
            correcting::correct(&web.platform, context, e.position, reason).await?;
        }
    }
    Ok(())
}

/// The output that an entry recorded: itself, or the one whose evidence it is. Both are taken back together.
async fn output_of(asking: &Asking, web: &Web, e: &Entry) -> Answer<Option<String>> {
    if e.object_kind == "output" {
        return Ok(Some(e.object.clone()));
    }
    let title = e
        .body
        .pointer("/evidence/title/zh")
        .and_then(Value::as_str)
        .filter(|_| e.kind == "obligation.evidence_recorded");
    let Some(title) = title else { return Ok(None) };
    let filter = output::Filter {
        place: Some(e.place.clone()),
        text: Some(title.to_owned()),
        ..output::Filter::default()
    };
    let found = output::outputs(&web.platform, &asking.reader, &filter, &Window::of(50))
        .await?
        .items;
    Ok(found
        .into_iter()
        .find(|o| o.title.zh == title && o.tasks.contains(&e.task))
        .map(|o| o.id))
}
