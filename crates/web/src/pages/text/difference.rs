//! Two versions compared: beside one another, and what differs word by word.

use super::{path, show::called};
use crate::{Answer, Asking, Page, Path, Web, components::words::first, links::Screen};
use axum::extract::State;
use language::t;
use maud::{PreEscaped, html};
use platform::text::{
    query,
    workshop::{self, Told},
};

/// The page of a comparison.
pub(crate) async fn page(
    asking: Asking,
    State(web): State<Web>,
    Path((from, to)): Path<(String, String)>,
) -> Answer<Page> {
    let lang = asking.lang;
    let (platform, reader) = (&web.platform, &asking.reader);
    let from = query::version(platform, reader, &from).await?;
    let to = query::version(platform, reader, &to).await?;
    let told = Told::Page {
        lang,
        from: called(lang, &from),
        to: called(lang, &to),
    };
    let compared = workshop::difference(platform, &from, &to, told).await?;
    let compared = String::from_utf8_lossy(&compared).into_owned();
    let turned = format!("{}/diff/{}", path(&to), crate::links::segment(&from.id));
    let body = html! {
        p.hint { (t!(lang, "text-difference-hint")) }
        div.difference { (PreEscaped(compared)) }
    };
    Ok(
        Page::new(t!(lang, "text-difference", from = from.version, to = to.version), body)
            .kicker(first(lang, &to.title).to_owned())
            .crumb(t!(lang, "screen-list"), "/list")
            .crumb(super::number(lang, &to), path(&to))
            .screen(Screen::List)
            .actions(html! {
                a.button.quiet href=(asking.link(&path(&from))) { (super::number(lang, &from)) }
                a.button.quiet href=(asking.link(&turned)) { (t!(lang, "text-difference-turned")) }
            })
            .demo(from.demo || to.demo),
    )
}
