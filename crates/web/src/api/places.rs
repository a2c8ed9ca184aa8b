//! Places and outputs.

use super::{Listing, Text};
use crate::{Answer, Asking, Json, Path, Web, api::window};
use axum::extract::State;
use platform::{output::query as output, place::query as place};
use serde::Serialize;
use utoipa::ToSchema;

/// A place.
#[derive(Debug, Serialize, ToSchema)]
pub struct PlaceView {
    /// GB/T 2260 code.
    code: String,
    name: Text,
    short: String,
    /// `province`, `municipality`, `sar`, `city`, `park`.
    kind: String,
    /// Level at which its local standards are issued.
    level: String,
    /// Prefix of its local standards; null where it issues none.
    prefix: Option<String>,
    /// Code of the place above.
    parent: Option<String>,
    /// Authorities from the place upwards.
    chain: Vec<String>,
    /// Pilot since; null where it is none.
    pilot_since: Option<String>,
    pilot_source: Option<String>,
}

impl From<place::Place> for PlaceView {
    fn from(p: place::Place) -> Self {
        let some = |text: String| (!text.is_empty()).then_some(text);
        Self {
            name: (&p.name).into(),
            prefix: some(p.prefix),
            parent: some(p.parent),
            pilot_since: p.pilot.as_ref().map(|x| x.0.to_string()),
            pilot_source: p.pilot.map(|x| x.1),
            code: p.code,
            short: p.short,
            kind: p.kind,
            level: p.level,
            chain: p.chain,
        }
    }
}

/// `GET /places`.
pub async fn places(asking: Asking, State(web): State<Web>) -> Answer<Json<Listing<PlaceView>>> {
    let items: Vec<PlaceView> = place::places(&web.platform, &asking.reader)
        .await?
        .into_iter()
        .map(PlaceView::from)
        .collect();
    Ok(Json(Listing {
        total: items.len() as u64,
        items,
        next: None,
    }))
}

/// `GET /places/{code}`.
pub async fn place(asking: Asking, State(web): State<Web>, Path(code): Path<String>) -> Answer<Json<PlaceView>> {
    Ok(Json(place::place(&web.platform, &asking.reader, &code).await?.into()))
}

/// An output.
#[derive(Debug, Serialize, ToSchema)]
pub struct OutputView {
    id: String,
    title: Text,
    place: String,
    /// The place of the list to which it counts.
    counts_to: String,
    tier: String,
    /// Null where unknown (编号待补).
    designation: Option<String>,
    published: Option<String>,
    reported: Option<String>,
    /// Where it is written.
    source: String,
    link: Option<String>,
    /// Ids of its tasks; none where it is outside the list.
    tasks: Vec<String>,
    measures: Vec<String>,
    demo: bool,
}

impl From<output::Output> for OutputView {
    fn from(o: output::Output) -> Self {
        Self {
            title: (&o.title).into(),
            published: o.published.map(|d| d.to_string()),
            reported: o.reported.map(|d| d.to_string()),
            source: o.citation,
            id: o.id,
            place: o.place,
            counts_to: o.counts_to,
            tier: o.tier,
            designation: o.designation,
            link: o.link,
            tasks: o.tasks,
            measures: o.measures,
            demo: o.demo,
        }
    }
}

/// `GET /outputs`.
pub async fn outputs(asking: Asking, State(web): State<Web>) -> Answer<Json<Listing<OutputView>>> {
    let mut filter = output::Filter::default();
    if let Some(name) = asking.links.get("place") {
        filter.place = Some(place::place(&web.platform, &asking.reader, name).await?.code);
    }
    filter.in_list = asking.choice("in_list", &["true", "false"])?.map(|t| t == "true");
    let page = output::outputs(&web.platform, &asking.reader, &filter, &window(&asking)?).await?;
    Ok(Json(Listing::of(page, OutputView::from)))
}
