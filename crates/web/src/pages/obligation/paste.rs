//! A line pasted from elsewhere: read into a proposal, looked at, mended, and recorded only when it is confirmed.

mod confirming;
mod known;
mod recording;

use crate::{
    Answer, Asking, Form, Page, Web,
    components::field::{Control, Faults, Field, Weight, button},
    links::Screen,
};
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use confirming::{Confirmed, draw};
use known::Known;
use language::t;
use maud::{Markup, html};
use platform::{obligation::mirror::Doubt, refusal::Refusal};
use recording::record;
use serde::Deserialize;

/// What was pasted, and the obligation from whose page, if any.
#[derive(Debug, Clone, Default, Deserialize)]
pub(crate) struct Pasted {
    #[serde(default)]
    line: String,
    #[serde(default)]
    obligation: String,
    /// The obligation of which a wrong entry was withdrawn just before.
    #[serde(default)]
    withdrawn: String,
}

/// The box into which a line is pasted.
pub(crate) fn box_of(asking: &Asking, obligation: Option<&str>) -> Markup {
    let lang = asking.lang;
    html! {
        form.paste-line method="post" action=(lang.path("/paste")) {
            @if let Some(id) = obligation { input type="hidden" name="obligation" value=(id); }
            (Field::new("line", t!(lang, "paste-line")).hint(t!(lang, "paste-hint")).control(Control::Lines(1)).width("w-full").within("paste").draw(lang, &Faults::default()))
            (button(Weight::Plain, &t!(lang, "paste-read")))
        }
    }
}

/// The box alone.
pub(crate) async fn page(asking: Asking) -> Answer<Page> {
    Ok(Page::new(t!(asking.lang, "paste-title"), box_of(&asking, None))
        .screen(Screen::Desk)
        .crumb(t!(asking.lang, "screen-desk"), "/desk"))
}

/// Reads a line and shows what it was read as; nothing is recorded.
pub(crate) async fn read(asking: Asking, State(web): State<Web>, pasted: Form<Pasted>) -> Answer<Page> {
    let known = Known::of(&asking, &web, &pasted.value).await?;
    if known.proposal.doubts == [Doubt::Length] {
        let faults = Faults::of(
            asking.lang,
            &Refusal::wrong("obligation/text").fault("line", "fault-line"),
        );
        return Ok(page(asking.clone()).await?.again(asking.lang, &faults));
    }
    let given = Confirmed::of(&known, &pasted.value);
    Ok(draw(&asking, &web, &known, &given, &Faults::default()))
}

/// Records what was confirmed: a stage, or a standard that came out, inside the list or outside.
pub(crate) async fn confirm(asking: Asking, State(web): State<Web>, confirmed: Form<Confirmed>) -> Answer<Response> {
    let given = &confirmed.value;
    match record(&asking, &web, &confirmed).await {
        Ok(path) => Ok(asking.go(&path).into_response()),
        Err(failure) if failure.refusal().is_some_and(|r| !r.faults.is_empty()) => {
            let known = Known::of(&asking, &web, &given.pasted()).await?;
            let (faults, status) = failure.faults(asking.lang)?;
            Ok(draw(&asking, &web, &known, given, &faults)
                .again(asking.lang, &faults)
                .status(status)
                .into_response())
        }
        Err(failure) => Err(failure),
    }
}
