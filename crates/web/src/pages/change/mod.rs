//! Changes of the list: what was proposed, where it stands, what it would do; and the versions that came of it.

pub(crate) mod acts;
mod describe;
pub(crate) mod difference;
pub(crate) mod draft;
pub(crate) mod edit;
mod forms;
mod names;
pub(crate) mod show;
mod wording;

use crate::{
    Answer, Asking, Failure, Page, Web,
    components::{
        table::{Column, Row, Set, Table, arrange, tools},
        words::{Mark, mark, text},
    },
    links::{Screen, segment},
};
use axum::extract::State;
use language::{Lang, t};
use maud::html;
use names::Names;
pub(crate) use names::said;
use platform::{
    list::{difference::Difference, entering::FIRST, query as list},
    proposal::{
        query::{self as proposal, Shell},
        state::Stand,
    },
    rights::Action,
};

/// The most proposals of which the page counts what they would do: each is worked out from the whole list.
const COUNTED: usize = 20;

/// The address of a proposal.
pub(crate) fn path(id: &str) -> String {
    format!("/changes/{}", segment(id))
}

/// Proposals and versions.
pub(crate) async fn page(asking: Asking, State(web): State<Web>) -> Answer<Page> {
    let lang = asking.lang;
    let id = asking.links.get("list").unwrap_or(FIRST).to_owned();
    let mut shells = proposal::proposals(&web.platform, &asking.reader, &id).await?;
    sort(&asking, &mut shells)?;
    let versions = list::versions(&web.platform, &id).await?;
    let names = Names::load(&asking, &web).await?;
    let mut counted: Vec<Option<Difference>> = Vec::new();
    for (at, shell) in shells.iter().enumerate() {
        counted.push(if shell.whole.is_some() && at < COUNTED {
            preview(&asking, &web, &shell.id).await?
        } else {
            None
        });
    }
    let table = table(&asking, &names, &shells, &counted);
    let body = html! {
        @if shells.is_empty() {
            div.empty { p { (t!(lang, "changes-none")) } p { (t!(lang, "changes-none-next")) } }
        } @else {
            (tools(html! {}, table.chooser(&asking)))
            (table.draw(&asking))
        }
        section.section {
            header.section-head { h2 { (t!(lang, "change-versions")) } }
            ul { @for version in &versions {
                li {
                    (t!(lang, "change-version-row", version = version.version, date = language::date(lang, version.in_force)))
                    @if version.version > 1 {
                        " · " a href=(asking.link(&format!("/lists/{}/diff?from={}&to={}", segment(&id), version.version - 1, version.version))) {
                            (t!(lang, "change-compare", from = version.version - 1))
                        }
                    }
                }
            } }
        }
    };
    let actions = html! {
        a.button.small href=(asking.links.same_query("/changes.xlsx")) { (t!(lang, "action-download-workbook")) }
        @if asking.can(&web, Action::ImportList) { a.button href=(asking.link("/admin/lists/read")) { (t!(lang, "reading-open")) } }
        @if asking.can(&web, Action::OpenProposal) { a.button.primary href=(asking.link("/changes/new")) { (t!(lang, "changes-new")) } }
    };
    Ok(Page::new(t!(lang, "screen-changes"), body)
        .slim(t!(lang, "changes-note"))
        .screen(Screen::Changes)
        .actions(actions)
        .demo(shells.iter().any(|s| s.demo)))
}

/// What a proposal would do; nothing where its changes no longer fit the list.
pub(crate) async fn preview(asking: &Asking, web: &Web, id: &str) -> Answer<Option<Difference>> {
    match proposal::preview(&web.platform, &asking.reader, id).await {
        Ok(difference) => Ok(Some(difference)),
        Err(platform::refusal::Error::Refused(refusal)) if refusal.rule == "list/changes_unfit" => Ok(None),
        Err(error) => Err(Failure::from(error)),
    }
}

/// The newest first, or as the address asks.
fn sort(asking: &Asking, shells: &mut [Shell]) -> Answer<()> {
    let by = |shell: &Shell| shell.whole.as_ref().map(|whole| whole.by.clone());
    match asking.sort(&["number", "state", "by", "opened"])? {
        None => {}
        Some(("state", down)) => arrange(shells, down, |s| Stand::ALL.iter().position(|stand| *stand == s.state)),
        Some(("by", down)) => arrange(shells, down, by),
        Some(("opened", down)) => arrange(shells, down, |s| s.opened),
        Some((_, down)) => arrange(shells, down, |s| s.number),
    }
    Ok(())
}

fn table(asking: &Asking, names: &Names, shells: &[Shell], counted: &[Option<Difference>]) -> Table {
    let lang = asking.lang;
    let columns = vec![
        Column::new("number", t!(lang, "change-column-number")).sorts(),
        Column::new("what", t!(lang, "change-column-what")).set(Set::Wrap),
        Column::new("state", t!(lang, "change-column-state")).sorts(),
        Column::new("counts", t!(lang, "change-column-counts")).set(Set::Number),
        Column::new("by", t!(lang, "change-column-by")).sorts().folded(),
        Column::new("opened", t!(lang, "change-column-opened"))
            .set(Set::Date)
            .sorts()
            .folded(),
    ];
    let mut table = Table::new("proposals", t!(lang, "screen-changes"), columns);
    table.rows = shells
        .iter()
        .zip(counted)
        .map(|(shell, counts)| row(asking, names, shell, counts.as_ref()))
        .collect();
    table
}

fn row(asking: &Asking, names: &Names, shell: &Shell, counts: Option<&Difference>) -> Row {
    let lang = asking.lang;
    Row::new(vec![
        html! {
            a href=(asking.link(&path(&shell.id))) { (t!(lang, "change-number", number = shell.number)) }
            @if shell.demo { " " (mark(lang, Mark::Demo)) }
        },
        html! {
            (kinds(lang, shell))
            @match &shell.whole {
                Some(whole) => { br; span.muted { (text(lang, &whole.reason)) } }
                None => { br; span.muted { (t!(lang, "change-hidden")) } }
            }
        },
        html! { (said(lang, "change-state", shell.state.id())) },
        html! { @match counts {
            Some(d) if shell.state == Stand::InEffect => (t!(lang, "change-counts", before = d.obligations.before, after = d.obligations.after)),
            Some(d) => (t!(lang, "change-counts-if", before = d.obligations.before, after = d.obligations.after)),
            None => "—",
        } },
        html! { @if let Some(whole) = &shell.whole { (names.body(lang, &whole.by)) } },
        html! { (language::date_brief(lang, shell.opened, asking.reader.today.year())) },
    ])
}

/// The kinds of changes of a proposal, in words.
pub(crate) fn kinds(lang: Lang, shell: &Shell) -> String {
    let words: Vec<String> = shell
        .kinds
        .iter()
        .map(|kind| said(lang, "change-kind", kind.id()))
        .collect();
    language::list(lang, &words, language::Join::And)
}
