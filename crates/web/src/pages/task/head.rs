//! The head of a task's page: in whose hands it is, what comes next, and who may propose another wording of it. A task
//! that one body alone holds says what stands on that body's page.

use super::place_name;
use crate::{
    Asking, Web,
    components::{
        standing::has_passed_unseen,
        words::{known_name, text},
    },
};
use language::{Lang, t};
use maud::{Markup, html};
use platform::{
    list::query::Task, obligation::query::Obligation, people::query::Organization, place::query::Place, rights::Action,
};

/// The ministry that guides it; where none is named and one body holds it, that body.
pub(super) fn who(lang: Lang, guiding: Option<&Organization>, held: &[Obligation]) -> Markup {
    match (guiding, held) {
        (Some(body), _) => html! { (text(lang, &body.name)) },
        (None, [only]) if !only.holder.organization.is_empty() => {
            html! { (text(lang, &only.holder.organization_name)) " · " (t!(lang, "task-no-guiding")) }
        }
        (None, _) => html! { (t!(lang, "task-no-guiding")) },
    }
}

/// Its time limit; without one, the next day of whoever holds it.
pub(super) fn when(asking: &Asking, task: &Task, held: &[Obligation]) -> Markup {
    let lang = asking.lang;
    let today = asking.reader.as_of.date;
    if let Some((day, by)) = &task.time_limit {
        return html! { (language::date_weekday(lang, *day)) " · " (known_name(lang, by)) };
    }
    let done = |o: &&Obligation| matches!(o.state.as_str(), "delivered" | "closed");
    if !held.is_empty() && held.iter().all(|o| done(&o)) {
        return html! { (t!(lang, "task-nothing-due")) };
    }
    let soonest = held
        .iter()
        .filter(|o| !done(o))
        .filter(|o| held.len() == 1 || !has_passed_unseen(o, today))
        .filter_map(|o| o.next.as_ref().map(|next| (o, next)))
        .min_by_key(|(_, next)| next.due);
    let Some((of, next)) = soonest else {
        return html! { (t!(lang, "task-no-time-limit")) };
    };
    html! {
        @if held.len() > 1 { (t!(lang, "task-due-elsewhere")) " " }
        a href=(asking.link(&format!("/obligations/{}", of.id))) {
            @if has_passed_unseen(of, today) { (t!(lang, "due-passed-long", day = language::date(lang, next.due))) }
            @else { (language::date_weekday(lang, next.due)) }
        }
        " · " (text(lang, &next.name)) " · " (known_name(lang, &next.set_by))
    }
}

/// The way to propose a change of it, and for whom that is; to others, whom they can write to.
pub(super) fn proposing(asking: &Asking, web: &Web, task: &Task, held: &[Obligation], places: &[Place]) -> Markup {
    let lang = asking.lang;
    let may = asking.can(web, Action::OpenProposal);
    let place = held.iter().map(|o| &o.place).find(|place| !place.is_empty());
    html! {
        @if may || asking.actor().is_none() {
            a.button href=(asking.link(&format!("/changes/new?task={}", task.id))) { (t!(lang, "task-propose-change")) }
            @if !may { " " small.muted { (t!(lang, "task-propose-who")) } }
        } @else {
            small.muted {
                (t!(lang, "task-propose-others")) " "
                @match place {
                    Some(place) => a href=(asking.link(&format!("/places/{place}#contact"))) {
                        (t!(lang, "task-propose-contact", place = place_name(lang, places, place)))
                    },
                    None => a href=(asking.link("/places")) { (t!(lang, "screen-places")) },
                }
            }
        }
    }
}
