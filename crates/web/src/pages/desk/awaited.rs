//! Changes of the list of which the next step is the reader's: what is to be done, since when, how long there is.

use crate::{
    Answer, Asking, Web,
    components::words::{Mark, days, first, mark},
    pages::change::{self, said},
};
use language::{Join, Lang, t};
use maud::{Markup, html};
use platform::{
    desk::{Awaited, Turn},
    people::query::{self as people, Organization, OrganizationFilter},
    proposal::{query::Shell, state::Stand},
};

/// The section; nothing where nothing waits.
pub(super) async fn section(asking: &Asking, web: &Web, awaited: &[Awaited]) -> Answer<Markup> {
    if awaited.is_empty() {
        return Ok(html! {});
    }
    let bodies = bodies(asking, web).await?;
    let lang = asking.lang;
    Ok(html! {
        section.section #changes {
            header.section-head { h2 { (t!(lang, "desk-awaited")) " " span.rail-count { (awaited.len()) } } }
            ul.desk data-list="" { @for one in awaited { (row(asking, &bodies, one)) } }
        }
    })
}

/// All bodies, for the names of those that are asked.
pub(in crate::pages) async fn bodies(asking: &Asking, web: &Web) -> Answer<Vec<Organization>> {
    let every = OrganizationFilter::default();
    Ok(people::organizations(&web.platform, &every, asking.reader.as_of, 10_000).await?)
}

fn row(asking: &Asking, bodies: &[Organization], one: &Awaited) -> Markup {
    let lang = asking.lang;
    let shell = &one.shell;
    html! {
        li {
            a href=(asking.link(&format!("{}#acts", change::path(&shell.id)))) {
                (named(lang, shell))
            }
            p.why {
                (why(lang, bodies, one)) " · " (said(lang, "change-state", shell.state.id()))
                @if shell.demo { " " (mark(lang, Mark::Demo)) }
            }
            p.who { (t!(lang, "facts-since", date = language::date(lang, one.since))) }
            @match &one.until {
                Some((day, left)) => span.due { (days(lang, left.calendar, left.working)) " " span.muted { (language::date(lang, *day)) } },
                None => span.days { (t!(lang, "due-none")) },
            }
        }
    }
}

/// Its number and what it changes.
pub(in crate::pages) fn named(lang: Lang, shell: &Shell) -> String {
    let number = t!(lang, "change-number", number = shell.number);
    format!("{number} · {}", change::kinds(lang, shell))
}

/// Why it is the reader's, in words.
pub(in crate::pages) fn why(lang: Lang, bodies: &[Organization], one: &Awaited) -> String {
    let names = |ids: &[String]| {
        let name = |id: &String| {
            bodies
                .iter()
                .find(|b| b.id == *id)
                .map_or_else(|| id.clone(), |b| first(lang, &b.name).to_owned())
        };
        language::list(lang, &ids.iter().map(name).collect::<Vec<_>>(), Join::And)
    };
    match &one.turn {
        Turn::Answer { bodies } => t!(lang, "turn-answer", bodies = names(bodies)),
        Turn::Ask if one.shell.state == Stand::Published => t!(lang, "turn-ask-public"),
        Turn::Ask => t!(lang, "turn-ask"),
        Turn::EndOpinions => t!(lang, "turn-end-opinions"),
        Turn::EnterApproval { bodies } => t!(lang, "turn-enter-approval", bodies = names(bodies)),
        Turn::PutIntoEffect => t!(lang, "turn-put-into-effect"),
        Turn::Reword => t!(lang, "turn-reword"),
    }
}
