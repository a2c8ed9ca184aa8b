//! What another day says otherwise of an obligation: whether anything does, and which of its facts, in words.

use super::{
    standing::{stage_spelt, state, word},
    words,
};
use language::{Lang, date, t};
use maud::{Markup, html};
use platform::obligation::query::Obligation;

/// Whether two days say the same of an obligation, as far as pages show it.
pub fn is_same(then: &Obligation, now: &Obligation) -> bool {
    now.state == then.state
        && now.stage == then.stage
        && now.title == then.title
        && now.delivered == then.delivered
        && now.next == then.next
        && now.holder == then.holder
        && now.part == then.part
}

/// What `now` says otherwise than `then`: the state where that differs, and each other fact that does.
pub fn told(lang: Lang, then: &Obligation, now: &Obligation) -> Markup {
    let named = |name: String, what: String| t!(lang, "otherwise-part", name = name, what = what);
    let mut facts: Vec<String> = Vec::new();
    if now.stage != then.stage {
        facts.push(named(
            t!(lang, "column-progress"),
            or_none(stage_spelt(lang, &now.stage)),
        ));
    }
    if now.next != then.next {
        let day = now.next.as_ref().map(|next| {
            let name = words::first(lang, &next.name);
            format!("{} · {name}", date(lang, next.due))
        });
        facts.push(named(
            t!(lang, "column-due"),
            day.unwrap_or_else(|| t!(lang, "due-none")),
        ));
    }
    if now.holder != then.holder {
        let holder = &now.holder;
        let hands = [&holder.organization_name, &holder.desk_name].map(|name| words::first(lang, name));
        let since = holder.since.map(|day| t!(lang, "facts-since", date = date(lang, day)));
        let said: Vec<&str> = hands
            .into_iter()
            .chain(since.as_deref())
            .filter(|words| !words.is_empty())
            .collect();
        facts.push(named(t!(lang, "column-holder"), or_none(said.join(" · "))));
    }
    if now.part != then.part {
        facts.push(named(t!(lang, "words-part"), word(lang, "part", &now.part)));
    }
    if now.title != then.title {
        facts.push(named(
            t!(lang, "column-title"),
            words::first(lang, &now.title).to_owned(),
        ));
    }
    if now.delivered != then.delivered {
        let out = now.delivered.as_ref();
        let said = out.map_or_else(String::new, |out| words::first(lang, &out.title).to_owned());
        facts.push(named(t!(lang, "output-title"), or_none(said)));
    }
    html! {
        @if now.state != then.state { (state(lang, &now.state)) @if !facts.is_empty() { " · " } }
        @if !facts.is_empty() { (words::mixed(lang, &facts.join(" · "))) }
    }
}

fn or_none(text: String) -> String {
    if text.is_empty() { "—".to_owned() } else { text }
}
