//! Filters that mirror the address: a form that works without script, and a chip for each chosen value.

use crate::{asking::Asking, links::TIME};
use language::t;
use maud::{Markup, html};

/// One value of a filter.
#[derive(Debug, Clone)]
pub struct Choice {
    /// What stands in the address.
    pub value: String,
    /// What people read.
    pub label: String,
}

/// One filter.
#[derive(Debug, Clone)]
pub struct Filter {
    /// The parameter.
    pub name: &'static str,
    /// Its name.
    pub label: String,
    /// Its values; none makes it a field for words.
    pub choices: Vec<Choice>,
    /// What is read where nothing is chosen; absent, that it does not narrow.
    pub any: Option<String>,
    /// Stands behind 更多筛选, so that the form keeps to one line.
    pub folded: bool,
}

impl Filter {
    /// A filter by one of several values: pairs of what stands in the address and what people read.
    pub fn choose(
        name: &'static str,
        label: impl Into<String>,
        choices: impl IntoIterator<Item = (impl Into<String>, impl Into<String>)>,
    ) -> Self {
        let choices = choices
            .into_iter()
            .map(|(value, label)| Choice {
                value: value.into(),
                label: label.into(),
            })
            .collect();
        Self {
            name,
            label: label.into(),
            choices,
            any: None,
            folded: false,
        }
    }

    /// What is read where nothing is chosen.
    pub fn any(mut self, words: impl Into<String>) -> Self {
        self.any = Some(words.into());
        self
    }

    /// A filter by words.
    pub fn words(name: &'static str, label: impl Into<String>) -> Self {
        Self {
            name,
            label: label.into(),
            choices: Vec::new(),
            any: None,
            folded: false,
        }
    }

    /// Puts it behind 更多筛选: what is asked for seldom.
    pub fn folded(mut self) -> Self {
        self.folded = true;
        self
    }

    fn draw(&self, asking: &Asking) -> Markup {
        html! {
            label.filter {
                span { (self.label) }
                @if self.choices.is_empty() {
                    input.input type="search" name=(self.name) value=[asking.links.get(self.name)];
                } @else {
                    select.input name=(self.name) {
                        option value="" { @match &self.any { Some(words) => (words), None => (t!(asking.lang, "filter-any")) } }
                        @for choice in &self.choices {
                            option value=(choice.value) selected[asking.links.get(self.name) == Some(choice.value.as_str())] { (choice.label) }
                        }
                    }
                }
            }
        }
    }
}

/// The form, and the chips of what is chosen.
pub fn filters(asking: &Asking, filters: &[Filter]) -> Markup {
    let lang = asking.lang;
    // What another control of the page has chosen stays; what stands among these filters is chosen here.
    let kept = ["sort", "columns", "group", "compare"]
        .into_iter()
        .chain(TIME)
        .filter(|name| filters.iter().all(|f| f.name != *name));
    html! {
        form.filters method="get" action=(lang.path(&asking.links.path)) data-auto-submit="" {
            @for filter in filters.iter().filter(|f| !f.folded) { (filter.draw(asking)) }
            @if filters.iter().any(|f| f.folded) {
                details.menu {
                    summary.button.small { (t!(lang, "filter-more")) }
                    div.menu-panel { @for filter in filters.iter().filter(|f| f.folded) { (filter.draw(asking)) } }
                }
            }
            @for name in kept {
                @for value in asking.links.all(name) { input type="hidden" name=(name) value=(value); }
            }
            button.button.small type="submit" { (t!(lang, "action-filter")) }
        }
        // Chips mirror the address: they change with the results.
        div.chips-frame #filter-chips data-results="" { (chips(asking, filters)) }
    }
}

/// A chip for each chosen value, which takes it away, and one that clears all.
pub fn chips(asking: &Asking, filters: &[Filter]) -> Markup {
    let lang = asking.lang;
    let chosen: Vec<(&Filter, &str)> = filters
        .iter()
        .filter(|filter| !TIME.contains(&filter.name))
        .flat_map(|filter| {
            asking
                .links
                .all(filter.name)
                .into_iter()
                .map(move |value| (filter, value))
        })
        .collect();
    let cleared: Vec<(&str, Option<&str>)> = filters
        .iter()
        .filter(|f| !TIME.contains(&f.name))
        .map(|f| (f.name, None))
        .collect();
    html! {
        @if !chosen.is_empty() {
            ul.chips {
                @for (filter, value) in &chosen {
                    @let label = filter.choices.iter().find(|c| c.value == *value).map_or(*value, |c| c.label.as_str());
                    li {
                        a.chip href=(asking.links.here_without(filter.name, value))
                            aria-label=(t!(lang, "filter-remove", name = filter.label.as_str(), value = label)) {
                            (filter.label) ": " (label) " " span.chip-remove aria-hidden="true" { "×" }
                        }
                    }
                }
                li { a.chip href=(asking.links.here_with(&cleared)) { (t!(lang, "action-clear-filters")) } }
            }
        }
    }
}
