//! What a report is made of, asked for as of two days through the questions of the other features.

use super::{
    monthly::{Data, Report, Scope, monthly},
    period::Period,
};
use crate::{
    bilingual::Bilingual,
    context::{Context, Reader},
    list::query as list,
    obligation::query as obligation,
    output::query as output,
    people::query as people,
    place::query as place,
    question::Window,
    refusal::{Refusal, Result},
    rights::{Action, Object, check},
    running::Platform,
};
use ledger::AsOf;
use std::collections::BTreeMap;

/// Of so many obligations evidence is asked for at once.
const ASKED_AT_ONCE: usize = 500;

/// The list on which reports are made.
pub const LIST: &str = "first";

/// The monthly or quarterly report of a place (by code, prefix or name), or of the whole list, as this reader may see it.
/// Whoever may make reports may; nothing is recorded.
pub async fn report(
    platform: &Platform,
    context: &Context,
    reader: &Reader,
    place: Option<&str>,
    period: Period,
) -> Result<Report> {
    check(platform.rights(), context, Action::MakeReport, &Object::default())?;
    if period.first() > reader.today {
        return Err(Refusal::wrong("report/future")
            .with("period", period.to_string())
            .fault("period", "fault-period-future")
            .into());
    }
    let until = period.until(reader.today);
    let at = |day| Reader {
        as_of: AsOf {
            date: day,
            known: reader.as_of.known,
        },
        ..reader.clone()
    };
    let now = at(until);
    let scope = match place {
        Some(text) => Scope::Place(Box::new(place::place(platform, &now, text).await?)),
        None => Scope::Whole,
    };
    let code = match &scope {
        Scope::Place(place) => Some(place.code.clone()),
        Scope::Whole => None,
    };
    let places = place::places(platform, &now)
        .await?
        .into_iter()
        .map(|p| (p.code.clone(), p))
        .collect();
    let versions = list::versions(platform, LIST).await?;
    let version = versions
        .iter()
        .filter(|v| v.in_force <= until && v.position <= reader.as_of.known)
        .map(|v| v.version)
        .max()
        .unwrap_or_default();
    let document = list::lists(platform)
        .await?
        .into_iter()
        .find(|l| l.id == LIST)
        .map(|l| l.document)
        .unwrap_or_default();
    let participants = reader.sight(platform.rights()).participants;
    let participant = code
        .as_ref()
        .map_or(!participants.is_nothing(), |code| participants.covers_place(code));
    let standing = obligations(platform, &now, code.as_deref()).await?;
    Ok(monthly(Data {
        period,
        until,
        at: (until == context.today).then_some(context.now),
        version,
        document,
        before: obligation::every_before(platform, &now, &whose(code.as_deref()), &standing, period.eve()).await?,
        sources: sources(platform, &now, &standing).await?,
        now: standing,
        outputs: outputs(platform, &now, code.as_deref()).await?,
        bodies: bodies(platform, now.as_of).await?,
        places,
        participant,
        demo: platform.settings().demo,
        scope,
    }))
}

/// All obligations of a place, or of everybody, tasks and sentences.
pub async fn obligations(
    platform: &Platform,
    reader: &Reader,
    place: Option<&str>,
) -> Result<Vec<obligation::Obligation>> {
    obligation::every(platform, reader, &whose(place)).await
}

/// What asks for them.
fn whose(place: Option<&str>) -> obligation::Filter {
    obligation::Filter {
        list: Some(LIST.to_owned()),
        subject_kind: Some(obligation::SubjectKind::Any),
        place: place.map(str::to_owned),
        ..obligation::Filter::default()
    }
}

/// Where the last public evidence of each delivered obligation is written.
async fn sources(
    platform: &Platform,
    reader: &Reader,
    rows: &[obligation::Obligation],
) -> Result<BTreeMap<String, String>> {
    let public = Reader {
        actor: None,
        ..reader.clone()
    };
    let delivered: Vec<&obligation::Obligation> = rows.iter().filter(|o| o.delivered.is_some()).collect();
    let mut sources = BTreeMap::new();
    for some in delivered.chunks(ASKED_AT_ONCE) {
        let ids: Vec<String> = some.iter().map(|o| o.id.clone()).collect();
        let evidence = obligation::evidence_of(platform, &public, &ids).await?;
        for row in some {
            let own: Vec<&obligation::EvidenceRow> = evidence.iter().filter(|e| e.obligation == row.id).collect();
            let same = |e: &&&obligation::EvidenceRow| row.delivered.as_ref().is_some_and(|d| d.title.zh == e.title.zh);
            if let Some(last) = own.iter().rev().find(same).or(own.last()) {
                sources.insert(row.id.clone(), last.citation.clone());
            }
        }
    }
    Ok(sources)
}

/// All outputs that count to a place, or to anybody.
pub async fn outputs(platform: &Platform, reader: &Reader, place: Option<&str>) -> Result<Vec<output::Output>> {
    let filter = output::Filter {
        place: place.map(str::to_owned),
        ..output::Filter::default()
    };
    let (mut rows, mut window) = (Vec::new(), Window::of(200));
    loop {
        let page = output::outputs(platform, reader, &filter, &window).await?;
        rows.extend(page.items);
        match page.next {
            Some(next) => window.cursor = Some(next),
            None => return Ok(rows),
        }
    }
}

async fn bodies(platform: &Platform, as_of: AsOf) -> Result<BTreeMap<String, Bilingual>> {
    let (mut names, mut filter) = (BTreeMap::new(), people::OrganizationFilter::default());
    loop {
        let rows = people::organizations(platform, &filter, as_of, 200).await?;
        let last = rows.last().map(|o| o.id.clone());
        names.extend(rows.into_iter().map(|o| (o.id, o.name)));
        match last {
            Some(id) => filter.after = Some(id),
            None => return Ok(names),
        }
    }
}
