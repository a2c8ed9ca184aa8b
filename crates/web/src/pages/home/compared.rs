//! What the home page of another day says of today: numbers that differ, and the places where something is otherwise.

use super::held;
use crate::{
    Answer, Asking, Web,
    components::{standing::word, words::first},
    pages::place::{picture::Held, standing::STATES},
};
use language::{Lang, t};
use maud::{Markup, html};
use platform::{
    list::entering::FIRST,
    obligation::query::{self as obligation, By, Counts, Totals},
    output::query::{self as output, Output},
    place::query::Place,
};
use std::collections::BTreeMap;

/// What stands today.
pub(super) struct Today {
    /// Obligations.
    pub totals: Totals,
    /// By place and state.
    pub counts: Counts,
    /// What came out.
    pub outputs: Vec<Output>,
}

/// What stands today, where the address asks to be compared with it. Three queries.
pub(super) async fn load(asking: &Asking, web: &Web) -> Answer<Option<Today>> {
    if !asking.compares()? {
        return Ok(None);
    }
    let (platform, reader) = (&web.platform, asking.reader_today());
    let held = held();
    Ok(Some(Today {
        totals: obligation::totals(platform, &reader, FIRST).await?,
        counts: obligation::counts(platform, &reader, &held, By::Holder, false).await?,
        outputs: output::newest(platform, &reader, &output::Filter::default()).await?,
    }))
}

/// What is otherwise today, place by place, with the way to the place on that day compared.
pub(super) fn notice(
    asking: &Asking,
    places: &[Place],
    of_list: &[String],
    shown: &Held<'_>,
    today: &Held<'_>,
) -> Markup {
    let lang = asking.lang;
    let changed: Vec<(&Place, Vec<String>)> = places
        .iter()
        .filter(|place| of_list.contains(&place.code))
        .map(|place| (place, differing(lang, &place.code, shown, today)))
        .filter(|(_, words)| !words.is_empty())
        .collect();
    html! {
        div.notice #compared role="status" {
            p {
                (t!(lang, "home-compared", count = changed.len())) " "
                a href=(asking.links.here_with(&[("compare", None)])) { (t!(lang, "place-compare-off")) }
            }
            @if !changed.is_empty() {
                ul { @for (place, words) in &changed {
                    li {
                        a href=(asking.link(&format!("/places/{}?compare=today", place.code))) { (first(lang, &place.short_name())) } " "
                        (words.join(" · "))
                    }
                } }
            }
        }
    }
}

/// What differs of one place: `有公开成果 0 → 1`.
fn differing(lang: Lang, place: &str, shown: &Held<'_>, today: &Held<'_>) -> Vec<String> {
    let nothing = BTreeMap::new();
    let (then, now) = (shown.states(place), today.states(place));
    let (then, now) = (then.unwrap_or(&nothing), now.unwrap_or(&nothing));
    let of = |states: &BTreeMap<String, i64>, id: &str| states.get(id).copied().unwrap_or(0);
    let all = |states: &BTreeMap<String, i64>| states.values().sum::<i64>();
    let output = |held: &Held<'_>| i64::try_from(held.with_output(place)).unwrap_or_default();
    let mut pairs = vec![
        (t!(lang, "place-held"), all(then), all(now)),
        (t!(lang, "place-with-output"), output(shown), output(today)),
    ];
    pairs.extend(STATES.map(|id| (word(lang, "state", id), of(then, id), of(now, id))));
    pairs
        .into_iter()
        .filter(|(_, before, after)| before != after)
        .map(|(name, before, after)| t!(lang, "home-differs", name = name, before = before, after = after))
        .collect()
}
