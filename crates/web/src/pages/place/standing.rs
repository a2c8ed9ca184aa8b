//! Where obligations stand, as rows show it: state, short ruler, level of a tile or cell.

use crate::{
    asking::Asking,
    components::{
        standing::{has_passed_unseen, passed},
        words::{self, Shape, shaped},
    },
    routes,
};
use chart::Level;
use language::{Lang, date_brief, t};
use maud::{Markup, html};
use platform::{bilingual::Bilingual, catalogue::english::named, obligation::query::Obligation};
use std::collections::BTreeMap;

pub(crate) use crate::components::standing::{ruler, state, word};

/// States in the order in which a place's page groups them.
pub(crate) const STATES: [&str; 6] = [
    "delivered",
    "in_progress",
    "blocked",
    "unreported",
    "unassigned",
    "closed",
];

/// Whether a sentence was taken up: what is said of 支持, 鼓励, 探索, which are never late.
pub(crate) fn taken_up(lang: Lang, state_id: &str) -> Markup {
    if matches!(state_id, "unreported" | "unassigned") {
        shaped(Shape::Empty, &t!(lang, "state-not-taken-up"))
    } else {
        shaped(Shape::Half, &t!(lang, "state-taken-up"))
    }
}

/// The next milestone's day with who set it, as narrow as a cell; red only where it has passed and the reader may know.
pub(crate) fn due(asking: &Asking, of: &Obligation) -> Markup {
    let lang = asking.lang;
    html! {
        @if let Some(next) = &of.next {
            @if has_passed_unseen(of, asking.reader.as_of.date) { (passed(lang, next.due)) }
            @else { span title=(t!(lang, "due-set-by", who = named(lang, &next.set_by), what = words::first(lang, &next.name))) {
                span.days.overdue[of.late == Some(true)] { (date_brief(lang, next.due, asking.reader.as_of.date.year())) }
                " " small { (words::known_name(lang, &next.set_by)) }
            } }
        }
    }
}

/// The `lang` of a text that came in one language only.
pub(crate) fn foreign(lang: Lang, text: &str) -> Option<&'static str> {
    let chinese = text.chars().any(|c| ('\u{3400}'..='\u{9fff}').contains(&c));
    (lang == Lang::En && chinese).then_some(Lang::Zh.html_lang())
}

/// A title in a row: English readers meet English with the Chinese small beside it. That the English is unofficial is
/// said once above the rows ([`english_note`]).
pub(crate) fn title(lang: Lang, of: &Bilingual) -> Markup {
    match (lang, &of.en) {
        (Lang::En, Some(en)) => html! { (en) " " small.original lang="zh-Hans" { (of.zh) } },
        _ => words::text(lang, of),
    }
}

/// What is said once of the English in the rows below.
pub(crate) fn english_note(lang: Lang) -> Markup {
    html! { @if lang == Lang::En { p.section-note { (t!(lang, "list-english")) } } }
}

/// How far a number of obligations has come: by the share of those delivered, those under way counting half.
pub(crate) fn level(counts: &BTreeMap<String, i64>) -> Level {
    let of = |state: &str| counts.get(state).copied().unwrap_or_default();
    let done = of("delivered") + of("closed");
    let under_way = of("in_progress") + of("blocked");
    let total: i64 = counts.values().sum();
    match 2 * done + under_way {
        0 => Level::Zero,
        _ if done == total => Level::Four,
        reached if 4 * reached <= total => Level::One,
        reached if 4 * reached <= 4 * total => Level::Two,
        _ => Level::Three,
    }
}

/// The level as the style sheet's `data-level` has it.
pub(crate) const fn level_number(level: Level) -> u8 {
    match level {
        Level::Zero => 0,
        Level::One => 1,
        Level::Two => 2,
        Level::Three => 3,
        Level::Four => 4,
    }
}

/// A link where the table of routes has a page that begins so; the bare content elsewhere.
pub(crate) fn link_where(asking: &Asking, pattern: &str, path: &str, content: Markup) -> Markup {
    if routes::rows().iter().any(|row| row.path == pattern) {
        html! { a href=(asking.link(path)) { (content) } }
    } else {
        content
    }
}

/// A task by its title, leading to its page.
pub(crate) fn task_link(asking: &Asking, task: &str, content: Markup) -> Markup {
    link_where(asking, "/tasks/{id}", &format!("/tasks/{task}"), content)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_rise_with_what_came_out() {
        let counts = |pairs: &[(&str, i64)]| {
            pairs
                .iter()
                .map(|(s, n)| ((*s).to_owned(), *n))
                .collect::<BTreeMap<_, _>>()
        };
        assert_eq!(level(&counts(&[("unreported", 27)])), Level::Zero);
        assert_eq!(level(&counts(&[("unreported", 26), ("delivered", 1)])), Level::One);
        assert_eq!(level(&counts(&[("unreported", 2), ("in_progress", 2)])), Level::Two);
        assert_eq!(level(&counts(&[("delivered", 3), ("in_progress", 1)])), Level::Three);
        assert_eq!(level(&counts(&[("delivered", 2), ("closed", 2)])), Level::Four);
    }

    #[test]
    fn chinese_alone_is_marked_for_english_readers() {
        assert_eq!(foreign(Lang::En, "南京市商务局"), Some("zh-Hans"));
        assert_eq!(foreign(Lang::En, "People's Daily"), None);
        assert_eq!(foreign(Lang::Zh, "南京市商务局"), None);
    }
}
