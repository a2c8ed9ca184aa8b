//! Bodies; committees are bodies of a kind.

use super::{Listing, Paging, Text, seal};
use crate::{Answer, Asking, Json, Web};
use axum::extract::State;
use platform::{
    people::query::{Organization, OrganizationFilter, organizations as bodies},
    place::query as place,
};
use serde::Serialize;
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
            demo: o.demo,
        }
    }
}

async fn listed(asking: &Asking, web: &Web, kind: Option<String>) -> Answer<Json<Listing<OrganizationView>>> {
    let paging = Paging::<String>::of(asking)?;
    let mut filter = OrganizationFilter {
        kind,
        parent: asking.links.get("parent").map(str::to_owned),
        ..OrganizationFilter::default()
    };
    if let Some(name) = asking.links.get("place") {
        filter.place = Some(place::place(&web.platform, &asking.reader, name).await?.code);
    }
    let all = bodies(&web.platform, &filter, asking.reader.as_of, u32::MAX >> 1).await?;
    let total = all.len() as u64;
    let mut rest = all
        .into_iter()
        .filter(|o| paging.after.as_ref().is_none_or(|after| o.id > *after))
        .peekable();
    let items: Vec<OrganizationView> = rest
        .by_ref()
        .take(paging.limit as usize)
        .map(OrganizationView::from)
        .collect();
    let next = rest.peek().and_then(|_| items.last()).map(|last| seal(&last.id));
    Ok(Json(Listing { items, next, total }))
}

/// `GET /organizations?kind=&place=&parent=`.
pub async fn organizations(asking: Asking, State(web): State<Web>) -> Answer<Json<Listing<OrganizationView>>> {
    let kind = asking.links.get("kind").map(str::to_owned);
    listed(&asking, &web, kind).await
}

/// `GET /committees?place=&parent=`.
pub async fn committees(asking: Asking, State(web): State<Web>) -> Answer<Json<Listing<OrganizationView>>> {
    listed(&asking, &web, Some("committee".to_owned())).await
}
