//! Following what a page is about: the state, and what can be done, in a disclosure that needs no script.

use crate::{
    Answer, Asking, Web,
    components::field::{Weight, button, once},
};
use language::{Lang, t};
use maud::{Markup, html};
use platform::notice::{
    event::{Strength, Target},
    query::follow_of,
};

/// Everything of a task.
pub fn task(id: &str) -> Target {
    Target {
        task: Some(id.to_owned()),
        ..Target::default()
    }
}

/// Everything of a place.
pub fn place(code: &str) -> Target {
    Target {
        place: Some(code.to_owned()),
        ..Target::default()
    }
}

/// Everything of a measure.
pub fn measure(number: &str) -> Target {
    Target {
        measure: Some(number.to_owned()),
        ..Target::default()
    }
}

/// One object, by its stream: `proposal/…`.
pub fn object(stream: &str) -> Target {
    Target {
        object: Some(stream.to_owned()),
        ..Target::default()
    }
}

/// How much a follower is told.
pub fn strength(lang: Lang, strength: Strength) -> String {
    match strength {
        Strength::All => t!(lang, "notice-all"),
        Strength::Significant => t!(lang, "notice-significant"),
    }
}

/// The control of a page. Whoever is not signed in is led through the door and back to this page; one that shows the past
/// has none, since a follow begins now.
pub async fn control(asking: &Asking, web: &Web, target: &Target) -> Answer<Markup> {
    let lang = asking.lang;
    if asking.is_past() {
        return Ok(html! {});
    }
    let Some(actor) = asking.actor() else {
        let door = format!("/sign-in?next={}", crate::links::encoded(&asking.links.here()));
        return Ok(html! { a.button.quiet href=(lang.path(&door)) { (t!(lang, "notice-start")) } });
    };
    let held = follow_of(&web.platform, &actor.person, target).await?;
    let state = match &held {
        Some(follow) => t!(lang, "notice-following", strength = strength(lang, follow.strength)),
        None => t!(lang, "notice-start"),
    };
    let offered = [Strength::Significant, Strength::All]
        .into_iter()
        .filter(|s| held.as_ref().is_none_or(|follow| follow.strength != *s));
    Ok(html! {
        details.disclosure #follow {
            summary { (state) }
            @for one in offered {
                form method="post" action=(lang.path("/notices/follow")) {
                    (once())
                    (named(target))
                    input type="hidden" name="back" value=(asking.links.path);
                    input type="hidden" name="strength" value=(one.id());
                    (button(Weight::Plain, &strength(lang, one)))
                }
            }
            @if let Some(follow) = &held {
                form method="post" action=(lang.path("/notices/unfollow")) {
                    (once())
                    input type="hidden" name="follow" value=(follow.id);
                    input type="hidden" name="back" value=(asking.links.path);
                    (button(Weight::Quiet, &t!(lang, "notice-stop")))
                }
            }
            p.hint { a href=(asking.link("/notices")) { (t!(lang, "notice-follows")) } }
        }
    })
}

/// What is followed, as fields of a form.
fn named(target: &Target) -> Markup {
    let fields = [
        ("object", &target.object),
        ("place", &target.place),
        ("task", &target.task),
        ("measure", &target.measure),
    ];
    html! {
        @for (name, value) in fields {
            @if let Some(value) = value { input type="hidden" name=(name) value=(value); }
        }
    }
}
