//! Places and outputs.

use super::{Listing, NewText, Text, WrittenView};
use crate::{
    Answer, Asking, Json, Path, Web,
    api::window,
    asked::{Parameter, TRUTHS, Values, parameter},
};
use axum::extract::State;
use jiff::civil::Date;
use ledger::{StreamName, Version};
use platform::{
    output::query as output,
    place::{
        command::{self, Command},
        event::Facts,
        query as place,
    },
    refusal::Refusal,
};
use serde::{Deserialize, Serialize};
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
    /// How many entries it has: what `If-Match` compares. Given with a single one.
    #[serde(skip_serializing_if = "Option::is_none")]
    version: Option<i64>,
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
            version: None,
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
    Ok(Json(Listing::cut(&asking, items, |place| place.code.clone())?))
}

/// `GET /places/{code}`.
pub async fn place(asking: Asking, State(web): State<Web>, Path(code): Path<String>) -> Answer<Json<PlaceView>> {
    let mut view = PlaceView::from(place::place(&web.platform, &asking.reader, &code).await?);
    view.version = Some(version(&web, &view.code).await?);
    Ok(Json(view))
}

async fn version(web: &Web, code: &str) -> Answer<i64> {
    let stream = StreamName::parse(&format!("place/{code}")).map_err(|_| Refusal::unseen())?;
    Ok(web.platform.ledger().version(&stream).await?.0)
}

/// What is known of a place, as somebody sends it.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PlaceRequest {
    /// GB/T 2260 code; in the address where the place is there already.
    #[serde(default)]
    code: String,
    name: NewText,
    /// Name in everyday use.
    short: String,
    /// `province`, `municipality`, `sar`, `city`, `park`.
    kind: String,
    /// `province` or `city`.
    level: String,
    /// Prefix of its local standards.
    #[serde(default)]
    prefix: Option<String>,
    /// Code of the place above.
    #[serde(default)]
    parent: Option<String>,
    /// Authorities from the place upwards.
    #[serde(default)]
    chain: Vec<String>,
    /// First day on which it is so; today where absent.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = "date")]
    from: Option<Date>,
}

impl PlaceRequest {
    /// What is known of it; its tile in the picture stays where it was.
    fn facts(self, tile: Option<(u32, u32)>) -> Facts {
        Facts {
            name: self.name.into(),
            short: self.short,
            kind: self.kind,
            level: self.level,
            prefix: self.prefix,
            parent: self.parent,
            chain: self.chain,
            tile,
        }
    }
}

/// `POST /places`.
pub async fn enter(
    asking: Asking,
    State(web): State<Web>,
    Json(mut new): Json<PlaceRequest>,
) -> Answer<Json<WrittenView>> {
    let (code, from) = (std::mem::take(&mut new.code), new.from);
    written(&asking, &web, code, Command::Enter(new.facts(None)), from).await
}

/// `PUT /places/{code}`: all that is known of it now.
pub async fn change(
    asking: Asking,
    State(web): State<Web>,
    Path(code): Path<String>,
    Json(new): Json<PlaceRequest>,
) -> Answer<Json<WrittenView>> {
    let known = place::place(&web.platform, &asking.reader, &code).await?;
    let from = new.from;
    written(&asking, &web, known.code, Command::Change(new.facts(known.tile)), from).await
}

async fn written(
    asking: &Asking,
    web: &Web,
    code: String,
    command: Command,
    from: Option<Date>,
) -> Answer<Json<WrittenView>> {
    let seen = asking.if_match.map(Version);
    let committed = command::manage(&web.platform, &asking.context(), &code, &command, from, seen).await?;
    Ok(Json(WrittenView {
        version: version(web, &code).await?,
        repeated: committed.repeated.is_some(),
        id: code,
    }))
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
    /// Of these, the numbers that an analyst confirmed.
    measures_confirmed: Vec<String>,
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
            measures_confirmed: o.confirmed,
            demo: o.demo,
        }
    }
}

/// What outputs can be asked for.
pub const OUTPUT_FILTERS: &[Parameter] = &[
    parameter(
        "place",
        Values::Text,
        "Code, prefix or name of the place that made it, or to which it counts",
    ),
    parameter("in_list", Values::Truth, "Whether it comes from a task of the list"),
];

/// `GET /outputs`.
pub async fn outputs(asking: Asking, State(web): State<Web>) -> Answer<Json<Listing<OutputView>>> {
    let mut filter = output::Filter::default();
    if let Some(name) = asking.links.get("place") {
        filter.place = Some(place::place(&web.platform, &asking.reader, name).await?.code);
    }
    filter.in_list = asking.choice("in_list", &TRUTHS)?.map(|t| matches!(t, "true" | "1"));
    let page = output::outputs(&web.platform, &asking.reader, &filter, &window(&asking)?).await?;
    Ok(Json(Listing::of(page, OutputView::from)))
}
