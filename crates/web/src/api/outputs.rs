//! What is done with one output: number and day completed, measures confirmed.

use super::places::OutputView;
use crate::{Answer, Asking, Json, Path, Web, pages::output::one::completion};
use axum::extract::State;
use platform::{
    output::{
        command::{Verdict, complete_output, judge_measure},
        query as output,
    },
    refusal::Refusal,
};
use serde::Deserialize;
use utoipa::ToSchema;

/// Something to be done with an output.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OutputRequest {
    /// `complete`, `confirm_measure`, `remove_measure`.
    pub action: String,
    /// What it needs.
    #[serde(default)]
    pub input: OutputInput,
}

/// What the actions need. What is empty is absent.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct OutputInput {
    /// Its number.
    pub designation: String,
    /// Day of publication, `YYYY-MM-DD`.
    pub published: String,
    /// Where that is written, as one would cite it.
    pub source: String,
    /// Its address.
    pub link: String,
    /// Number of the measure.
    pub measure: String,
}

/// `GET /outputs/{id}`.
pub async fn output(asking: Asking, State(web): State<Web>, Path(id): Path<String>) -> Answer<Json<OutputView>> {
    Ok(Json(output::output(&web.platform, &asking.reader, &id).await?.into()))
}

/// `POST /outputs/{id}/actions`.
pub async fn act(
    mut asking: Asking,
    State(web): State<Web>,
    Path(id): Path<String>,
    Json(request): Json<OutputRequest>,
) -> Answer<Json<OutputView>> {
    let (platform, context, input) = (&web.platform, asking.context(), &request.input);
    let judged = |verdict| judge_measure(platform, &context, &id, &input.measure, verdict);
    match request.action.as_str() {
        "complete" => {
            let known = completion(&input.designation, &input.published, &input.source, &input.link)?;
            complete_output(platform, &context, &id, &known).await?
        }
        "confirm_measure" => judged(Verdict::Confirmed).await?,
        "remove_measure" => judged(Verdict::Removed).await?,
        other => {
            return Err(Refusal::wrong("web/action")
                .with("action", other.chars().take(40).collect::<String>())
                .with("known", "complete, confirm_measure, remove_measure")
                .into());
        }
    };
    // What was just recorded is seen in the answer.
    asking.reader.as_of = ledger::AsOf::day(asking.reader.today);
    output(asking, State(web), Path(id)).await
}
