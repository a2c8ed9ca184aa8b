//! What is done with a proposal by its forms. What is refused comes back as the page with a box that names the rule.

use super::{path, show};
use crate::{Answer, Asking, Failure, Form, Path, Web};
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use jiff::civil::Date;
use ledger::Version;
use platform::{
    proposal::{
        command::{self, Done, Target},
        event::{Approver, Position},
    },
    refusal::{Error, Refusal},
};
use serde::Deserialize;
use std::collections::BTreeMap;

/// The fields of all these forms; each takes its own.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Fields {
    seen: String,
    organization: String,
    position: String,
    text: String,
    until: String,
    ministry: String,
    number: String,
    date: String,
    on: String,
    reason: String,
    #[serde(flatten)]
    ticked: BTreeMap<String, String>,
}

impl Fields {
    fn target<'t>(&self, id: &'t str) -> Target<'t> {
        Target {
            id,
            seen: self.seen.parse().ok().map(Version),
        }
    }
}

/// A day of a form.
fn day(field: &'static str, text: &str) -> Result<Date, Error> {
    text.trim()
        .parse()
        .map_err(|_| Refusal::wrong("web/form_fields").fault(field, "fault-date").into())
}

async fn answer(asking: &Asking, web: &Web, id: &str, done: Result<Done, Error>) -> Answer<Response> {
    match done {
        Ok(_) => Ok(asking.go(&path(id)).into_response()),
        Err(error) => show::again(asking, web, id, Failure::from(error))
            .await
            .map(IntoResponse::into_response),
    }
}

/// Publishes it.
pub(crate) async fn publish(
    asking: Asking,
    State(web): State<Web>,
    Path(id): Path<String>,
    form: Form<Fields>,
) -> Answer<Response> {
    let done = command::publish(&web.platform, &form.context(&asking), form.value.target(&id)).await;
    answer(&asking, &web, &id, done).await
}

/// Asks bodies for their opinion.
pub(crate) async fn ask(
    asking: Asking,
    State(web): State<Web>,
    Path(id): Path<String>,
    form: Form<Fields>,
) -> Answer<Response> {
    let bodies = form
        .value
        .ticked
        .keys()
        .filter_map(|k| k.strip_prefix("body."))
        .map(str::to_owned)
        .collect();
    let done = match day("until", &form.value.until) {
        Ok(until) => {
            command::ask(
                &web.platform,
                &form.context(&asking),
                form.value.target(&id),
                bodies,
                until,
            )
            .await
        }
        Err(error) => Err(error),
    };
    answer(&asking, &web, &id, done).await
}

/// Gives the opinion of a body.
pub(crate) async fn opine(
    asking: Asking,
    State(web): State<Web>,
    Path(id): Path<String>,
    form: Form<Fields>,
) -> Answer<Response> {
    let Fields {
        organization,
        position,
        text,
        ..
    } = &form.value;
    let done = match Position::parse(position) {
        Some(position) => {
            let context = form.context(&asking);
            command::opine(
                &web.platform,
                &context,
                form.value.target(&id),
                organization,
                position,
                text.trim(),
            )
            .await
        }
        None => Err(Refusal::wrong("web/form_fields")
            .fault("position", "fault-required")
            .into()),
    };
    answer(&asking, &web, &id, done).await
}

/// Ends the time for opinions.
pub(crate) async fn close(
    asking: Asking,
    State(web): State<Web>,
    Path(id): Path<String>,
    form: Form<Fields>,
) -> Answer<Response> {
    let done = command::close_opinions(&web.platform, &form.context(&asking), form.value.target(&id)).await;
    answer(&asking, &web, &id, done).await
}

/// Enters an approval.
pub(crate) async fn approve(
    asking: Asking,
    State(web): State<Web>,
    Path(id): Path<String>,
    form: Form<Fields>,
) -> Answer<Response> {
    let Fields {
        ministry, number, date, ..
    } = &form.value;
    let done = match (Approver::parse(ministry), day("date", date)) {
        (Some(ministry), Ok(date)) => {
            let context = form.context(&asking);
            command::approve(&web.platform, &context, form.value.target(&id), ministry, number, date).await
        }
        (None, _) => Err(Refusal::wrong("web/form_fields")
            .fault("ministry", "fault-required")
            .into()),
        (_, Err(error)) => Err(error),
    };
    answer(&asking, &web, &id, done).await
}

/// Puts it into effect.
pub(crate) async fn effect(
    asking: Asking,
    State(web): State<Web>,
    Path(id): Path<String>,
    form: Form<Fields>,
) -> Answer<Response> {
    let done = match day("on", &form.value.on) {
        Ok(on) => command::put_into_effect(&web.platform, &form.context(&asking), form.value.target(&id), on).await,
        Err(error) => Err(error),
    };
    answer(&asking, &web, &id, done).await
}

/// Gives it up.
pub(crate) async fn withdraw(
    asking: Asking,
    State(web): State<Web>,
    Path(id): Path<String>,
    form: Form<Fields>,
) -> Answer<Response> {
    let done = command::withdraw(
        &web.platform,
        &form.context(&asking),
        form.value.target(&id),
        &form.value.reason,
    )
    .await;
    answer(&asking, &web, &id, done).await
}
