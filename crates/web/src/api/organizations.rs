//! Bodies; committees are bodies of a kind.

use super::{Listing, NewText, Text, WrittenView};
use crate::{
    Answer, Asking, Json, Path, Web,
    asked::{Parameter, Values, parameter},
};
use axum::extract::State;
use jiff::civil::Date;
use ledger::{StreamName, Version};
use platform::{
    people::{
        event::Body,
        organization::{self as command, Command},
        query::{Organization, OrganizationFilter, organization as body, organizations as bodies},
    },
    place::query as place,
    refusal::Refusal,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A body.
#[derive(Debug, Serialize, ToSchema)]
pub struct OrganizationView {
    id: String,
    name: Text,
    /// Name by which documents address it.
    short: String,
    /// `ministry`, `commerce`, `market_regulation`, `committee`, `association`, `enterprise`, …
    kind: String,
    /// Code of the place for which it acts.
    place: Option<String>,
    /// Id of the body above.
    parent: Option<String>,
    /// Codes of the industry standards that it owns.
    codes: Vec<String>,
    /// Whether the document of the list addresses it.
    addressed: bool,
    /// First day on which it was so.
    from: String,
    /// How many entries it has: what `If-Match` compares. Given with a single one.
    #[serde(skip_serializing_if = "Option::is_none")]
    version: Option<i64>,
    demo: bool,
}

impl From<Organization> for OrganizationView {
    fn from(o: Organization) -> Self {
        Self {
            name: (&o.name).into(),
            id: o.id,
            short: o.short,
            kind: o.kind,
            place: o.place,
            parent: o.parent,
            codes: o.codes,
            addressed: o.addressed,
            from: o.from.to_string(),
            version: None,
            demo: o.demo,
        }
    }
}

async fn listed(asking: &Asking, web: &Web, kind: Option<String>) -> Answer<Json<Listing<OrganizationView>>> {
    let mut filter = OrganizationFilter {
        kind,
        parent: asking.links.get("parent").map(str::to_owned),
        ..OrganizationFilter::default()
    };
    if let Some(name) = asking.links.get("place") {
        filter.place = Some(place::place(&web.platform, &asking.reader, name).await?.code);
    }
    let all = bodies(&web.platform, &filter, asking.reader.as_of, u32::MAX >> 1).await?;
    let items = all.into_iter().map(OrganizationView::from).collect();
    Ok(Json(Listing::cut(asking, items, |o: &OrganizationView| o.id.clone())?))
}

/// What committees can be asked for.
pub const COMMITTEE_FILTERS: &[Parameter] = &[
    parameter(
        "place",
        Values::Text,
        "Code, prefix or name of the place for which it acts",
    ),
    parameter("parent", Values::Text, "Id of the body above"),
];

/// What bodies can be asked for.
pub const FILTERS: &[Parameter] = &[
    parameter(
        "kind",
        Values::Text,
        "Kind of body, as answers have it: `ministry`, `commerce`, `market_regulation` …",
    ),
    parameter(
        "place",
        Values::Text,
        "Code, prefix or name of the place for which it acts",
    ),
    parameter("parent", Values::Text, "Id of the body above"),
];

/// `GET /organizations?kind=&place=&parent=`.
pub async fn organizations(asking: Asking, State(web): State<Web>) -> Answer<Json<Listing<OrganizationView>>> {
    let kind = asking.links.get("kind").map(str::to_owned);
    listed(&asking, &web, kind).await
}

/// `GET /committees?place=&parent=`.
pub async fn committees(asking: Asking, State(web): State<Web>) -> Answer<Json<Listing<OrganizationView>>> {
    listed(&asking, &web, Some("committee".to_owned())).await
}

/// `GET /organizations/{id}`.
pub async fn organization(
    asking: Asking,
    State(web): State<Web>,
    Path(id): Path<String>,
) -> Answer<Json<OrganizationView>> {
    let found = body(&web.platform, &id, asking.reader.as_of).await?;
    let mut view = OrganizationView::from(found.ok_or_else(Refusal::unseen)?);
    view.version = Some(version(&web, &id).await?);
    Ok(Json(view))
}

async fn version(web: &Web, id: &str) -> Answer<i64> {
    let stream = StreamName::parse(&format!("organization/{id}")).map_err(|_| Refusal::unseen())?;
    Ok(web.platform.ledger().version(&stream).await?.0)
}

/// What is known of a body, as somebody sends it.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OrganizationRequest {
    /// Its id; in the address where the body is there already.
    #[serde(default)]
    id: String,
    name: NewText,
    /// Name by which documents address it.
    short: String,
    /// `ministry`, `commerce`, `market_regulation`, `committee`, `association`, `enterprise`, …
    kind: String,
    /// Code of the place for which it acts.
    #[serde(default)]
    place: Option<String>,
    /// Id of the body above.
    #[serde(default)]
    parent: Option<String>,
    /// Class of an enterprise, a statistic.
    #[serde(default)]
    ownership: Option<String>,
    /// Codes of the industry standards that it owns.
    #[serde(default)]
    codes: Vec<String>,
    /// Whether the document of the list addresses it.
    #[serde(default)]
    addressed: bool,
    /// First day on which it is so; today where absent.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = "date")]
    from: Option<Date>,
}

impl OrganizationRequest {
    fn body(self, demo: bool) -> Body {
        Body {
            name: self.name.into(),
            short: self.short,
            kind: self.kind,
            place: self.place,
            parent: self.parent,
            ownership: self.ownership,
            codes: self.codes,
            addressed: self.addressed,
            demo,
        }
    }
}

/// `POST /organizations`.
pub async fn enter(
    asking: Asking,
    State(web): State<Web>,
    Json(mut new): Json<OrganizationRequest>,
) -> Answer<Json<WrittenView>> {
    let (id, from) = (std::mem::take(&mut new.id), new.from);
    written(&asking, &web, id, Command::Enter(new.body(web.demo)), from).await
}

/// `PUT /organizations/{id}`: all that is known of it from now on.
pub async fn change(
    asking: Asking,
    State(web): State<Web>,
    Path(id): Path<String>,
    Json(new): Json<OrganizationRequest>,
) -> Answer<Json<WrittenView>> {
    let known = body(&web.platform, &id, asking.reader.as_of).await?;
    let demo = known.ok_or_else(Refusal::unseen)?.demo;
    let from = new.from;
    written(&asking, &web, id, Command::Change(new.body(demo)), from).await
}

async fn written(
    asking: &Asking,
    web: &Web,
    id: String,
    command: Command,
    from: Option<Date>,
) -> Answer<Json<WrittenView>> {
    let seen = asking.if_match.map(Version);
    let done = command::manage(&web.platform, &asking.context(), &id, command, from, seen).await?;
    Ok(Json(WrittenView {
        version: version(web, &id).await?,
        repeated: done.repeated,
        id,
    }))
}

/// What is known of a desk, as somebody sends it.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DeskRequest {
    name: NewText,
    /// How the public reaches it; absent where it does not.
    #[serde(default)]
    contact: Option<String>,
    /// First day on which it is so; today where absent.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = "date")]
    from: Option<Date>,
}

/// `PUT /organizations/{id}/desks/{desk}`: by the body itself, and by whoever manages bodies.
pub async fn change_desk(
    asking: Asking,
    State(web): State<Web>,
    Path((id, desk)): Path<(String, String)>,
    Json(new): Json<DeskRequest>,
) -> Answer<Json<WrittenView>> {
    let command = Command::ChangeDesk {
        desk,
        name: new.name.into(),
        contact: new.contact,
    };
    written(&asking, &web, id, command, new.from).await
}
