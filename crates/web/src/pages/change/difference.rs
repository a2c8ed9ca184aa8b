//! Two issued versions of a list, compared.

use super::{describe, names::Names};
use crate::{
    Answer, Asking, Page, Path, Web,
    components::field::{Control, Faults, Field, Weight, button},
    links::Screen,
};
use axum::extract::State;
use language::t;
use maud::html;
use platform::{
    list::{difference, query as list},
    refusal::Refusal,
};

/// Which versions are asked about: the last two, where the address does not say.
pub(crate) async fn asked(asking: &Asking, web: &Web, id: &str) -> Answer<(u32, u32)> {
    let newest = list::versions(&web.platform, id)
        .await?
        .first()
        .map(|v| v.version)
        .ok_or_else(Refusal::unseen)?;
    let to = asking.parameter::<u32>("to")?.unwrap_or(newest);
    let from = asking
        .parameter::<u32>("from")?
        .unwrap_or_else(|| to.saturating_sub(1).max(1));
    Ok((from, to))
}

/// The page.
pub(crate) async fn page(asking: Asking, State(web): State<Web>, Path(id): Path<String>) -> Answer<Page> {
    let lang = asking.lang;
    let (from, to) = asked(&asking, &web, &id).await?;
    let versions = list::versions(&web.platform, &id).await?;
    let difference = difference::difference(&web.platform, &id, from, to).await?;
    let names = Names::load(&asking, &web).await?;
    let choices: Vec<(String, String)> = versions
        .iter()
        .map(|v| {
            (
                v.version.to_string(),
                t!(
                    lang,
                    "change-version-row",
                    version = v.version,
                    date = language::date(lang, v.in_force)
                ),
            )
        })
        .collect();
    let none = Faults::default();
    let body = html! {
        form.no-print method="get" action=(lang.path(&asking.links.path)) {
            (Field::new("from", t!(lang, "diff-from")).control(Control::Choose(choices.clone())).value(from.to_string()).draw(lang, &none))
            (Field::new("to", t!(lang, "diff-to")).control(Control::Choose(choices)).value(to.to_string()).draw(lang, &none))
            (button(Weight::Plain, &t!(lang, "diff-show")))
        }
        section.section #changes {
            header.section-head { h2 { (t!(lang, "change-changes")) } }
            (describe::difference(&asking, &names, &difference))
        }
    };
    Ok(Page::new(t!(lang, "diff-title"), body)
        .kicker(t!(lang, "diff-of", from = from, to = to))
        .crumb(t!(lang, "screen-changes"), "/changes")
        .screen(Screen::Changes))
}
