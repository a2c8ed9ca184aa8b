//! What a place says to its row of the evaluation sheet: an event on `report/evaluation-<place>`. It stands beside the
//! figures and changes none of them; a later explanation takes the place of an earlier one, which stays in the log.

use crate::{
    context::{Context, Reader},
    event::{read, record, standing},
    refusal::{Refusal, Result},
    rights::{Action, Object, check},
    running::Platform,
    writing::begin,
};
use jiff::Timestamp;
use ledger::{Position, StreamName};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Longest explanation, in characters.
pub const LONGEST: usize = 2000;

/// Events of `report/…`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "body")]
pub enum ReportEvent {
    /// A place explains its row.
    #[serde(rename = "report.explanation_attached")]
    ExplanationAttached {
        /// Which report: `evaluation`.
        report: String,
        /// Code of the place.
        place: String,
        /// The explanation.
        text: String,
    },
}

/// An explanation that stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation {
    /// The explanation.
    pub text: String,
    /// When it was recorded.
    pub at: Timestamp,
    /// Its place in the log.
    pub position: Position,
}

fn stream(place: &str) -> Result<StreamName> {
    StreamName::parse(&format!("report/evaluation-{place}")).map_err(|_| Refusal::unseen().into())
}

/// Attaches an explanation to the row of a place. Officers of the place alone may.
pub async fn explain(platform: &Platform, context: &Context, place: &str, text: &str) -> Result<Position> {
    check(
        platform.rights(),
        context,
        Action::ReportProgress,
        &Object::of_place(place),
    )?;
    check(platform.rights(), context, Action::MakeReport, &Object::of_place(place))?;
    let text = text.trim();
    let fault = match text.chars().count() {
        0 => Some("fault-required"),
        n if n > LONGEST => Some("fault-too-long"),
        _ => None,
    };
    if let Some(fault) = fault {
        return Err(Refusal::wrong("report/explanation").fault("text", fault).into());
    }
    let stream = stream(place)?;
    let version = platform.ledger().version(&stream).await?;
    let event = ReportEvent::ExplanationAttached {
        report: "evaluation".to_owned(),
        place: place.to_owned(),
        text: text.to_owned(),
    };
    let commit = begin(context, place).write(stream, version, vec![record(&event)?]);
    Ok(platform.ledger().commit(commit).await?.last)
}

/// The explanations that stood on the day and knowledge of the reader, by place.
pub async fn explanations(
    platform: &Platform,
    reader: &Reader,
    places: &[String],
) -> Result<BTreeMap<String, Explanation>> {
    let streams = places.iter().map(|code| stream(code)).collect::<Result<Vec<_>>>()?;
    let mut found = BTreeMap::new();
    let mut events = platform.ledger().streams(&streams).await?;
    events.retain(|e| e.position <= reader.as_of.known && e.effective <= reader.as_of.date);
    for event in standing(&events) {
        if let Some(ReportEvent::ExplanationAttached { place, text, .. }) = read(event) {
            found.insert(
                place,
                Explanation {
                    text,
                    at: event.at,
                    position: event.position,
                },
            );
        }
    }
    Ok(found)
}
