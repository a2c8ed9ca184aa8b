//! Experts: who holds that role, in which body; by name to those who may know the name.

use super::Listing;
use crate::{Answer, Asking, Json, Web, extract::hex};
use axum::extract::State;
use jiff::civil::Date;
use platform::{
    people::{
        command::{NewPerson, invite},
        profile::Profile,
        query::{self as people, Display},
        state::Membership,
    },
    rights::Role,
};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use utoipa::ToSchema;

/// An expert.
#[derive(Debug, Serialize, ToSchema)]
pub struct ExpertView {
    /// Id of the person; null where the reader may not know the name.
    id: Option<String>,
    /// Name; null where the reader may not know it.
    name: Option<String>,
    /// Id of the body in which the role is held.
    organization: String,
    from: String,
    until: Option<String>,
}

/// A place in the list that does not tell who stands there.
fn hidden(key: &str) -> String {
    hex(&Sha256::digest(key.as_bytes())[..12])
}

/// `GET /experts`.
pub async fn experts(asking: Asking, State(web): State<Web>) -> Answer<Json<Listing<ExpertView>>> {
    let held = people::holders(&web.platform, Role::Expert, asking.reader.as_of.date).await?;
    let persons: Vec<_> = held.iter().map(|m| m.person.clone()).collect();
    let names = people::display_names(&web.platform, &asking.reader, &persons).await?;
    let keyed: Vec<(String, ExpertView)> = held
        .into_iter()
        .map(|m| {
            let name = match names.get(&m.person) {
                Some(Display::Name(name)) => Some(name.clone()),
                _ => None,
            };
            let view = ExpertView {
                id: name.is_some().then(|| m.person.0.clone()),
                name,
                organization: m.membership.organization,
                from: m.membership.from.to_string(),
                until: m.membership.until.map(|d| d.to_string()),
            };
            (hidden(&format!("{}/{}", m.person.0, m.id)), view)
        })
        .collect();
    let listing = Listing::cut(&asking, keyed, |(key, _)| key.clone())?;
    Ok(Json(Listing {
        items: listing.items.into_iter().map(|(_, view)| view).collect(),
        next: listing.next,
        total: listing.total,
    }))
}

/// Somebody who is to be an expert.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewExpert {
    name: String,
    login: String,
    #[serde(default)]
    email: Option<String>,
    /// Id of the body.
    organization: String,
    /// First day; today where absent.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = "date")]
    from: Option<Date>,
    /// Last day, where there is a term.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = "date")]
    until: Option<Date>,
}

/// Somebody who was invited.
#[derive(Debug, Serialize, ToSchema)]
pub struct InvitedView {
    /// Id of the person.
    id: String,
    /// Opens `/join/{token}` once; null for a repeated request.
    token: Option<String>,
    /// Until when.
    expires: String,
    /// Whether it had been done before, under the same key.
    repeated: bool,
}

/// `POST /experts`: invites somebody.
pub async fn enter(asking: Asking, State(web): State<Web>, Json(new): Json<NewExpert>) -> Answer<Json<InvitedView>> {
    let person = NewPerson {
        profile: Profile::read(&new.name, &new.login, new.email.as_deref())?,
        memberships: vec![Membership {
            organization: new.organization,
            desk: None,
            role: Role::Expert,
            places: Vec::new(),
            from: new.from.unwrap_or(asking.reader.today),
            until: new.until,
        }],
    };
    let invited = invite(&web.platform, &asking.context(), &person).await?;
    Ok(Json(InvitedView {
        token: invited.token.map(|token| token.expose().to_owned()),
        expires: invited.expires.to_string(),
        repeated: invited.done.repeated,
        id: invited.done.id,
    }))
}
