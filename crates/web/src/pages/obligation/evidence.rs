//! Evidence with files: a form that works without a script, taken as it arrives.

use super::act::{self, Filled};
use crate::{Answer, Asking, Path, Web, api::actions::Input, uploads};
use axum::{
    extract::{Multipart, State, multipart::MultipartRejection},
    response::Response,
};
use platform::{obligation::facts, refusal::Refusal};

/// Takes evidence: its files are stored first, then the entry that refers to them is recorded, or the form comes back.
pub(crate) async fn take(
    asking: Asking,
    State(web): State<Web>,
    Path(id): Path<String>,
    multipart: Result<Multipart, MultipartRejection>,
) -> Answer<Response> {
    let action = "record_evidence";
    act::allowed(&asking, &web, &id, action).await?;
    let object = facts::object(&web.platform, &id).await?;
    let multipart = multipart.map_err(|_| Refusal::wrong("web/form").with("reason", "multipart/form-data"))?;
    let sent = uploads::receive(&asking, &web, &object, multipart).await?;
    let mut input = Input::of_form(&sent.fields);
    for file in &sent.files {
        if !input.files.contains(&file.sha256) {
            input.files.push(file.sha256.clone());
        }
    }
    let version = sent.fields.iter().find(|(n, _)| n == "version");
    let filled = Filled {
        version: version.and_then(|(_, v)| v.parse().ok()),
        context: sent.context(&asking),
        refused: sent.refused,
        input,
    };
    act::carry_out(&asking, &web, &id, action, filled).await
}
