//! The steps of an assessment, as forms send them.

use super::{
    filling::INPUT,
    list, path, show,
    verifying::{FOUND, REASON},
};
use crate::{Answer, Asking, Failure, Path, Web, components::field::Faults, extract::Sent, uploads::receive_for};
use axum::{
    extract::{Multipart, State, multipart::MultipartRejection},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use platform::{
    assessment::{
        command::{self, New, Step},
        event::{Evidence, Inputs, Item},
        query,
    },
    refusal::{Manner, Refusal},
    rights::Action,
    system::query as systems,
    upload::Attachment,
};

type Pairs = Vec<(String, String)>;

fn get<'p>(pairs: &'p Pairs, name: &str) -> &'p str {
    pairs
        .iter()
        .find(|(known, _)| known == name)
        .map_or("", |(_, value)| value.as_str())
}

/// Opens an assessment.
pub(crate) async fn open(sent: Sent<Pairs>) -> Answer<Response> {
    let (asking, web, pairs) = (&sent.asking, &sent.web, &sent.form.value);
    let new = New {
        system: sent.id.clone(),
        organization: get(pairs, "organization").to_owned(),
        unit: get(pairs, "unit").to_owned(),
        period: get(pairs, "period").to_owned(),
    };
    match command::open(&web.platform, &sent.form.context(asking), &new).await {
        Ok(done) => Ok(asking.go(&path(&done.id)).into_response()),
        Err(error) => {
            let (faults, status) = in_form(Failure::from(error), asking)?;
            let known = systems::system(&web.platform, &asking.reader, &sent.id).await?;
            let edition = known
                .in_force()
                .ok_or_else(|| Refusal::rule("assessment/not_in_force", ""))?;
            let filled: Vec<(&str, &str)> = pairs
                .iter()
                .map(|(name, value)| (name.as_str(), value.as_str()))
                .collect();
            let page = list::draw(asking, web, edition, &filled, &faults).await?;
            Ok(page.status(status).into_response())
        }
    }
}

/// The figures of a form.
pub(super) fn figures(pairs: &Pairs) -> Inputs {
    let given = pairs
        .iter()
        .filter_map(|(name, value)| Some((name.strip_prefix(INPUT)?, value.trim())));
    given
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| (name.to_owned(), value.into()))
        .collect()
}

/// Fills an assessment in.
pub(crate) async fn fill(sent: Sent<Pairs>) -> Answer<Response> {
    let (asking, web) = (&sent.asking, &sent.web);
    let inputs = figures(&sent.form.value);
    let context = sent.form.context(asking);
    let done = command::act(&web.platform, &context, &sent.id, None, Step::Fill(inputs.clone())).await;
    match done {
        Ok(_) => Ok(asking.go(&path(&sent.id)).into_response()),
        Err(error) => {
            let (faults, status) = in_form(Failure::from(error), asking)?;
            let one = query::assessment(&web.platform, &asking.reader, &sent.id).await?;
            let page = show::draw(asking, web, &one, &inputs, &faults).await?;
            Ok(page.status(status).into_response())
        }
    }
}

/// Goes through items.
pub(crate) async fn verify(sent: Sent<Pairs>) -> Answer<Response> {
    let (asking, web, pairs) = (&sent.asking, &sent.web, &sent.form.value);
    let found = pairs.iter().filter_map(|(name, value)| {
        let node = name.strip_prefix(FOUND)?;
        Some(Item {
            node: node.to_owned(),
            accepted: value == "true",
            reason: get(pairs, &format!("{REASON}{node}")).trim().to_owned(),
        })
    });
    step(
        asking,
        web,
        &sent.id,
        sent.form.context(asking),
        Step::Verify(found.collect()),
    )
    .await
}

/// Takes one of the other steps.
pub(crate) async fn act(
    asking: Asking,
    State(web): State<Web>,
    Path((id, name)): Path<(String, String)>,
    form: crate::Form<Pairs>,
) -> Answer<Response> {
    let pairs = &form.value;
    let reason = get(pairs, "reason").to_owned();
    let taken = match name.as_str() {
        "submit" => Step::Submit,
        "decide" => Step::Decide,
        "appeal" => Step::Appeal(reason),
        "answer" => Step::Answer {
            upheld: get(pairs, "upheld") == "true",
            reason,
        },
        "remove" => Step::Remove(get(pairs, "number").parse().map_err(|_| Refusal::unseen())?),
        _ => return Err(Refusal::unseen().into()),
    };
    step(&asking, &web, &id, form.context(&asking), taken).await
}

/// What is wrong, for the page that is shown again; who may not, or sees nothing, is told so alone.
fn in_form(failure: Failure, asking: &Asking) -> Answer<(Faults, StatusCode)> {
    let told = failure
        .refusal()
        .is_some_and(|refusal| matches!(refusal.manner, Manner::Wrong | Manner::Rule));
    if told {
        failure.faults(asking.lang)
    } else {
        Err(failure)
    }
}

async fn step(
    asking: &Asking,
    web: &Web,
    id: &str,
    context: platform::context::Context,
    step: Step,
) -> Answer<Response> {
    match command::act(&web.platform, &context, id, None, step).await {
        Ok(_) => Ok(asking.go(&path(id)).into_response()),
        Err(error) => {
            let (faults, status) = in_form(Failure::from(error), asking)?;
            let one = query::assessment(&web.platform, &asking.reader, id).await?;
            let page = show::draw(asking, web, &one, &one.inputs, &faults).await?;
            Ok(page.status(status).into_response())
        }
    }
}

/// Attaches evidence with its file.
pub(crate) async fn evidence(
    asking: Asking,
    State(web): State<Web>,
    Path(id): Path<String>,
    multipart: Result<Multipart, MultipartRejection>,
) -> Answer<Response> {
    let one = query::assessment(&web.platform, &asking.reader, &id).await?;
    let multipart = multipart.map_err(|_| Refusal::wrong("web/form").with("reason", "multipart/form-data"))?;
    let own = one.own();
    let sent = receive_for(&asking, &web, (Action::FillAssessment, &own), multipart).await?;
    let context = sent.context(&asking);
    if let Some(refusal) = sent.refused {
        let faults = Faults::of(asking.lang, &refusal);
        return Ok(show::draw(&asking, &web, &one, &one.inputs, &faults)
            .await?
            .into_response());
    }
    let day = |name: &'static str| get(&sent.fields, name).trim().parse::<jiff::civil::Date>();
    let dated = day("dated").map_err(|_| Refusal::wrong("assessment/dates").fault("dated", "fault-assessment-dates"));
    let taken = dated.map(|dated| {
        Step::Attach(Evidence {
            node: get(&sent.fields, "node").to_owned(),
            kind: get(&sent.fields, "kind").to_owned(),
            file: sent.files.first().cloned().unwrap_or_else(|| Attachment::of_digest("")),
            dated,
            valid_until: day("valid_until").ok(),
            sampling: get(&sent.fields, "sampling").to_owned(),
        })
    });
    match taken {
        Ok(taken) => step(&asking, &web, &id, context, taken).await,
        Err(refusal) => {
            let faults = Faults::of(asking.lang, &refusal);
            Ok(show::draw(&asking, &web, &one, &one.inputs, &faults)
                .await?
                .into_response())
        }
    }
}
