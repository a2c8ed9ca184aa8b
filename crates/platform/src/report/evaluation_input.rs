//! What the events say of each place, for the evaluation sheet.

use super::{
    evaluation::{Bundle, Method, ObligationInput, PlaceInput, evaluate},
    gathering::{LIST, obligations, outputs},
};
use crate::{
    context::Reader,
    event::{read, standing},
    obligation::{
        event::{Audience, ObligationEvent, Part},
        query::Obligation as Row,
        state::{Obligation, Standing},
    },
    place::query as place,
    refusal::Result,
    running::Platform,
};
use jiff::civil::Date;
use language::{Lang, t};
use ledger::{Recorded, StreamName};
use std::collections::BTreeMap;

/// The evaluation sheet as of a day, as this reader may see it; anybody may. Inputs are public facts, but for milestones,
/// which only participants of a place see; these are never in the score, so that every reader's scores are equal. Where
/// the log stands is told to those alone who see everything: to others it would tell when something internal is entered.
pub async fn bundle(platform: &Platform, reader: &Reader) -> Result<Bundle> {
    let rows: Vec<Row> = obligations(platform, reader, None)
        .await?
        .into_iter()
        .filter(|o| !o.place.is_empty())
        .collect();
    let events = events_of(platform, reader, &rows).await?;
    let unlisted = outputs(
        platform,
        &Reader {
            actor: None,
            ..reader.clone()
        },
        None,
    )
    .await?;
    let sight = reader.sight(platform.rights());
    let mut inputs = Vec::new();
    for code in place::of_list(platform, reader, LIST).await? {
        let mut input = PlaceInput {
            place: code.clone(),
            ..PlaceInput::default()
        };
        let mut milestones = Vec::new();
        for row in rows.iter().filter(|o| o.place == code) {
            let events = events.get(&row.id).map_or(&[][..], Vec::as_slice);
            let state = Obligation::fold(events);
            let held = state.holder.as_ref().is_some_and(|h| h.desk.is_some());
            if row.subject_kind == "action" {
                let reported = !matches!(state.public_standing(), Standing::Unreported | Standing::Unassigned);
                input.sentences.push((row.id.clone(), held || reported));
            } else if row.firm {
                input.firm.push(firm(&row.id, events, &state, held));
            }
            let passed = state
                .milestones
                .values()
                .filter(|m| m.due <= reader.as_of.date || m.reached.is_some());
            milestones.extend(passed.map(|m| (m.due, m.reached)));
        }
        input.unlisted_outputs = unlisted
            .iter()
            .filter(|o| o.counts_to == code && o.tasks.is_empty())
            .map(|o| o.id.clone())
            .collect();
        input.unlisted_outputs.sort();
        milestones.sort();
        if sight.participants.covers_place(&code) {
            input.milestones = Some(milestones);
        }
        inputs.push(input);
    }
    let method = Method::shipped()?;
    let head = if sight.participants.everything {
        platform.ledger().head().await?.0
    } else {
        ledger::Position::START
    };
    Ok(Bundle {
        as_of: reader.as_of.date,
        position: head.min(reader.as_of.known).0,
        demo: platform.settings().demo,
        notice: t!(Lang::Zh, "evaluation-weights"),
        results: evaluate(&method, &inputs),
        method,
        inputs,
    })
}

/// The events of these obligations that the reader's day and knowledge hold, by obligation.
async fn events_of(platform: &Platform, reader: &Reader, rows: &[Row]) -> Result<BTreeMap<String, Vec<Recorded>>> {
    let streams: Vec<StreamName> = rows
        .iter()
        .filter_map(|o| StreamName::parse(&format!("obligation/{}", o.id)).ok())
        .collect();
    let mut events: BTreeMap<String, Vec<Recorded>> = BTreeMap::new();
    for event in platform.ledger().streams(&streams).await? {
        if event.position <= reader.as_of.known && event.effective <= reader.as_of.date {
            events.entry(event.stream.id().to_owned()).or_default().push(event);
        }
    }
    Ok(events)
}

fn firm(id: &str, events: &[Recorded], state: &Obligation, held: bool) -> ObligationInput {
    let counted = standing(events);
    let part = state.part.unwrap_or(Part::Undertake);
    let issued = counted
        .iter()
        .filter(|e| e.kind == "obligation.created")
        .map(|e| e.effective)
        .min()
        .unwrap_or_default();
    ObligationInput {
        id: id.to_owned(),
        issued,
        first_report: counted.iter().filter_map(|e| public_report(e)).min(),
        delivered: state
            .evidence
            .iter()
            .any(|(_, e)| e.audience == Audience::Public && part.closes_on(e.kind)),
        held,
    }
}

/// The day of an event, where it is a public report.
fn public_report(recorded: &Recorded) -> Option<Date> {
    let audience = match read::<ObligationEvent>(recorded)? {
        ObligationEvent::Noted { audience, .. }
        | ObligationEvent::StageRecorded { audience, .. }
        | ObligationEvent::Blocked { audience, .. } => audience,
        ObligationEvent::EvidenceRecorded { evidence, .. } => evidence.audience,
        ObligationEvent::Closed { .. } => Audience::Public,
        _ => return None,
    };
    (audience == Audience::Public).then_some(recorded.effective)
}
