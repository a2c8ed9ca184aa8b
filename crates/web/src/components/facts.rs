//! Facts with their names: the line in a page's head, lists in a column.

use maud::{Markup, html};

/// How pressing a fact is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Pressing {
    /// Not.
    #[default]
    No,
    /// Due soon.
    Soon,
    /// Overdue by a date that somebody set.
    Overdue,
}

impl Pressing {
    /// The class that colours it.
    pub const fn class(self) -> Option<&'static str> {
        match self {
            Self::No => None,
            Self::Soon => Some("soon"),
            Self::Overdue => Some("overdue"),
        }
    }
}

/// A fact with its name.
#[derive(Debug, Clone)]
pub struct Fact {
    name: String,
    value: Markup,
    pressing: Pressing,
}

impl Fact {
    /// A fact: `到哪一步了` and where it stands.
    pub fn new(name: impl Into<String>, value: Markup) -> Self {
        Self {
            name: name.into(),
            value,
            pressing: Pressing::No,
        }
    }

    /// A fact that is plain text.
    pub fn text(name: impl Into<String>, value: impl Into<String>) -> Self {
        let value: String = value.into();
        Self::new(name, html! { (value) })
    }

    /// The same fact, coloured.
    pub fn pressing(mut self, pressing: Pressing) -> Self {
        self.pressing = pressing;
        self
    }
}

/// The facts line of a page's head.
pub fn line(facts: &[Fact]) -> Markup {
    html! { dl.facts-line { (items(facts)) } }
}

/// Facts under one another, in a section or the facts column.
pub fn list(facts: &[Fact]) -> Markup {
    html! { dl.facts-list { (items(facts)) } }
}

/// Content with a column of facts at its right.
pub fn beside(content: Markup, title: &str, facts: &[Fact]) -> Markup {
    html! {
        div.with-facts {
            div { (content) }
            aside.facts { h2 { (title) } dl { (items(facts)) } }
        }
    }
}

fn items(facts: &[Fact]) -> Markup {
    html! {
        @for fact in facts {
            div class=[fact.pressing.class()] { dt { (fact.name) } dd { (fact.value) } }
        }
    }
}
