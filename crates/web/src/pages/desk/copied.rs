//! 抄送: what others hold and the reader's place, body or ministry takes part in; obligations by how soon they are due,
//! then changes of the list.

use super::{framed, group_name, list, load};
use crate::{
    Answer, Asking, Page, Web,
    components::words::{Mark, first, mark, text},
    pages::change::{self, said},
};
use axum::extract::State;
use language::t;
use maud::{Markup, html};
use platform::{
    desk::query::{self as desk, Change, Row, groups},
    people::query::{self as people, OrganizationFilter},
};

/// The page.
pub(crate) async fn page(asking: Asking, State(web): State<Web>) -> Answer<Page> {
    let lang = asking.lang;
    let view = load(&asking, &web, 1).await?;
    let found = desk::copied(&web.platform, &asking.reader).await?;
    let demo = found.obligations.iter().any(|r| r.obligation.demo) || found.changes.iter().any(|c| c.shell.demo);
    let body = html! {
        p.section-note { (t!(lang, "desk-copied-lead")) }
        @if found.obligations.is_empty() && found.changes.is_empty() { div.empty { p { (t!(lang, "desk-nothing-copied")) } } }
        @for (group, rows) in &groups(&found.obligations) {
            section.section id=(group.id()) {
                header.section-head { h2 { (group_name(lang, *group)) " " span.rail-count { (rows.len()) } } }
                (list(&asking, &web, &view.places, rows, false))
            }
        }
        @if shown(&found.obligations) < found.obligations_total {
            p.section-note { (t!(lang, "unassigned-shown", shown = shown(&found.obligations), total = found.obligations_total)) }
        }
        @if !found.changes.is_empty() {
            section.section #changes {
                header.section-head { h2 { (t!(lang, "screen-changes")) " " span.rail-count { (found.changes_total) } } }
                (changes(&asking, &web, &found.changes).await?)
            }
        }
    };
    Ok(framed(&asking, &web, &view, body).demo(demo))
}

fn shown(rows: &[Row]) -> i64 {
    i64::try_from(rows.len()).unwrap_or(i64::MAX)
}

/// Changes of the list with what they are about, who proposes them, and by when one's opinion is asked.
async fn changes(asking: &Asking, web: &Web, changes: &[Change]) -> Answer<Markup> {
    let lang = asking.lang;
    let bodies = people::organizations(
        &web.platform,
        &OrganizationFilter::default(),
        asking.reader.as_of,
        10_000,
    )
    .await?;
    let body = |id: &str| {
        bodies
            .iter()
            .find(|b| b.id == id)
            .map_or_else(|| id.to_owned(), |b| first(lang, &b.name).to_owned())
    };
    Ok(html! {
        ul.desk data-list="" {
            @for one in changes {
                @let shell = &one.shell;
                li {
                    a href=(asking.link(&change::path(&shell.id))) {
                        (t!(lang, "change-number", number = shell.number)) " · " (change::kinds(lang, shell))
                    }
                    p.why {
                        (if one.asked.is_some() { t!(lang, "why-asked") } else { t!(lang, "why-change-of-place") })
                        " · " (said(lang, "change-state", shell.state.id()))
                        @if shell.demo { " " (mark(lang, Mark::Demo)) }
                    }
                    p.who { @if let Some(whole) = &shell.whole { (body(&whole.by)) " · " (text(lang, &whole.reason)) } }
                    @match one.asked {
                        Some((_, Some(given))) => span.days { (t!(lang, "desk-answered", date = language::date(lang, given))) },
                        Some((until, None)) => span.due { (t!(lang, "change-until", date = language::date(lang, until))) },
                        None => span.days { (language::date(lang, shell.opened)) },
                    }
                }
            }
        }
    })
}
