//! How places and bodies are called on the pages of changes.

use crate::{Answer, Asking, Web, components::words};
use language::Lang;
use maud::{Markup, html};
use platform::{
    bilingual::Bilingual,
    people::query::{self as people, Organization, OrganizationFilter},
    place::query::{self as place, Place},
};

/// Places and bodies of the day asked about.
pub(super) struct Names {
    /// Places.
    pub places: Vec<Place>,
    /// Bodies.
    pub bodies: Vec<Organization>,
}

/// More bodies than any installation has.
const ALL: u32 = 10_000;

impl Names {
    /// Loads them: two queries.
    pub async fn load(asking: &Asking, web: &Web) -> Answer<Self> {
        Ok(Self {
            places: place::places(&web.platform, &asking.reader).await?,
            bodies: people::organizations(&web.platform, &OrganizationFilter::default(), asking.reader.as_of, ALL)
                .await?,
        })
    }

    /// A place by its code.
    pub fn place(&self, lang: Lang, code: &str) -> String {
        self.places
            .iter()
            .find(|p| p.code == code)
            .map_or_else(|| code.to_owned(), |p| words::first(lang, &p.short_name()).to_owned())
    }

    /// A body by its id.
    pub fn body(&self, lang: Lang, id: &str) -> Markup {
        match self.name(id) {
            Some(name) => words::text(lang, name),
            None => html! { (id) },
        }
    }

    /// The name of a body, as plain text.
    pub fn body_text(&self, lang: Lang, id: &str) -> String {
        self.name(id)
            .map_or_else(|| id.to_owned(), |name| words::first(lang, name).to_owned())
    }

    fn name(&self, id: &str) -> Option<&Bilingual> {
        self.bodies.iter().find(|b| b.id == id).map(|b| &b.name)
    }

    /// The commerce body of a place.
    pub fn commerce_of(&self, code: &str) -> Option<&Organization> {
        self.bodies
            .iter()
            .find(|b| b.kind == "commerce" && b.place.as_deref() == Some(code))
    }
}

/// A word of a fixed set, whose messages begin alike: `change-state-draft`.
pub(crate) fn said(lang: Lang, prefix: &str, id: &str) -> String {
    language::text(lang, &format!("{prefix}-{}", id.replace('_', "-")))
}
