//! One proposal: why, what, whom it affects and what they think, which approvals are there, what can be done with it.

use super::{
    describe, forms,
    names::{Names, said},
    path, preview,
};
use crate::{
    Answer, Asking, Failure, Page, Path, Web,
    components::{facts::Fact, follow, refusal_box, words},
    links::Screen,
    problem::{self, tell_refusal},
};
use axum::{extract::State, http::StatusCode};
use language::{Lang, t};
use maud::{Markup, html};
use platform::{
    list::difference::Difference,
    people::query::{self as people, Contact},
    proposal::{
        command,
        decide::{SENTENCE, SENTENCE_EN},
        event::Approver,
        query::{self as proposal, Affected, Guiding, OpinionRow, Shell, Whole},
        state::Stand,
    },
    refusal::Refusal,
    rights::{Action, Object, may},
};

/// Everything that the page of a proposal says, loaded.
pub(super) struct View {
    /// What everybody sees.
    pub shell: Shell,
    /// The rest, where the reader may see it.
    pub whole: Option<Seen>,
    /// How places and bodies are called.
    pub names: Names,
    /// The control by which it is followed.
    followed: Markup,
}

/// A proposal for a reader who sees it whole.
pub(super) struct Seen {
    /// Text, approvals.
    pub whole: Whole,
    /// What it would do; absent where its changes no longer fit.
    pub difference: Option<Difference>,
    /// Places that it affects.
    pub affected: Vec<Affected>,
    /// Ministries that guide tasks which it touches.
    pub guiding: Vec<Guiding>,
    /// How they are reached.
    pub contacts: Vec<Contact>,
    /// What came of asking.
    pub opinions: Vec<OpinionRow>,
    /// What is still missing before it can take effect.
    pub obstacles: Vec<Refusal>,
}

impl Seen {
    /// Ministries whose approval is not entered.
    pub fn missing(&self) -> Vec<Approver> {
        Approver::ALL
            .iter()
            .copied()
            .filter(|a| !self.whole.approvals.iter().any(|given| given.organization == a.id()))
            .collect()
    }
}

/// Whether nothing more can be done with it.
pub(super) const fn is_over(stand: Stand) -> bool {
    matches!(stand, Stand::InEffect | Stand::Withdrawn)
}

async fn load(asking: &Asking, web: &Web, id: &str) -> Answer<View> {
    let shell = proposal::proposal(&web.platform, &asking.reader, id).await?;
    let names = Names::load(asking, web).await?;
    let followed = follow::control(asking, web, &follow::object(&format!("proposal/{id}"))).await?;
    let Some(whole) = shell.whole.clone() else {
        return Ok(View {
            shell,
            whole: None,
            names,
            followed,
        });
    };
    let difference = preview(asking, web, id).await?;
    let affected = match &difference {
        Some(_) => proposal::affected(&web.platform, &asking.reader, id).await?,
        None => Vec::new(),
    };
    let guiding = proposal::guiding(&web.platform, &asking.reader, id).await?;
    let bodies: Vec<String> = guiding.iter().map(|g| g.organization.clone()).collect();
    let contacts = people::contacts_of(&web.platform, &bodies, asking.reader.as_of).await?;
    let opinions = proposal::opinions(&web.platform, &asking.reader, id).await?;
    let obstacles = if is_over(shell.state) {
        Vec::new()
    } else {
        command::standing_in_the_way(&web.platform, &asking.reader, id).await?
    };
    Ok(View {
        shell,
        whole: Some(Seen {
            whole,
            difference,
            affected,
            guiding,
            contacts,
            opinions,
            obstacles,
        }),
        names,
        followed,
    })
}

/// The page.
pub(crate) async fn page(asking: Asking, State(web): State<Web>, Path(id): Path<String>) -> Answer<Page> {
    let view = load(&asking, &web, &id).await?;
    Ok(draw(&asking, &web, &view))
}

/// The page again, after something was refused: the box stands first.
pub(super) async fn again(asking: &Asking, web: &Web, id: &str, failure: Failure) -> Answer<Page> {
    let stays = [StatusCode::NOT_FOUND, StatusCode::UNAUTHORIZED, StatusCode::FORBIDDEN];
    if failure.refusal().is_none() || stays.contains(&failure.status()) {
        return Err(failure);
    }
    let view = load(asking, web, id).await?;
    let told = problem::tell(asking.lang, &failure);
    let back = html! { a.button href=(asking.link(&path(id))) { (t!(asking.lang, "action-back")) } };
    let refused = refusal_box::refusal(asking.lang, &told, &asking.request, back);
    Ok(draw(asking, web, &view).alert(refused).status(failure.status()))
}

fn draw(asking: &Asking, web: &Web, view: &View) -> Page {
    let lang = asking.lang;
    let shell = &view.shell;
    let body = match &view.whole {
        None => html! { div.notice { p { (t!(lang, "change-hidden")) } p { (super::kinds(lang, shell)) } } },
        Some(seen) => html! {
            (ended(asking, shell, &seen.whole))
            section.section {
                header.section-head { h2 { (t!(lang, "change-reason")) } }
                div.prose { (reason(lang, &seen.whole)) }
            }
            section.section #changes {
                header.section-head { h2 { (t!(lang, "change-changes")) } p.section-note { (t!(lang, "change-base", version = shell.base_version)) } }
                @match &seen.difference {
                    Some(difference) => (describe::difference(asking, &view.names, difference)),
                    None => div.notice.soon { p { (t!(lang, "change-unfit")) } },
                }
            }
            (opinions(lang, &view.names, seen))
            (approvals(lang, &view.names, seen))
            @if !is_over(shell.state) { (obstacles(lang, seen)) }
            (forms::acts(asking, web, view, seen))
        },
    };
    let actions = html! {
        @if view.whole.as_ref().is_some_and(|seen| forms::edits(asking, web, view, seen)) {
            a.button href=(asking.link(&format!("{}/edit", path(&shell.id)))) { (t!(lang, "change-edit")) }
        }
        @if view.whole.is_some() { a.button href=(asking.link(&format!("{}/print", path(&shell.id)))) { (t!(lang, "change-explain")) } }
        (view.followed)
    };
    let mut page = Page::new(t!(lang, "change-title", number = shell.number), body)
        .kicker(super::kinds(lang, shell))
        .crumb(t!(lang, "screen-changes"), "/changes")
        .screen(Screen::Changes)
        .actions(actions)
        .demo(shell.demo);
    for fact in facts(asking, web, view) {
        page = page.fact(fact);
    }
    page
}

/// Where it stands, who has it, until when, what the reader could do.
fn facts(asking: &Asking, web: &Web, view: &View) -> Vec<Fact> {
    let lang = asking.lang;
    let shell = &view.shell;
    let counts = view
        .whole
        .as_ref()
        .and_then(|s| s.difference.as_ref())
        .map(|d| (d.obligations.before, d.obligations.after));
    let stands = html! {
        (said(lang, "change-state", shell.state.id()))
        @if let Some((before, after)) = counts {
            " · " @if shell.state == Stand::InEffect { (t!(lang, "change-counts", before = before, after = after)) }
            @else { (t!(lang, "change-counts-if", before = before, after = after)) }
        }
    };
    let mut facts = vec![Fact::new(t!(lang, "facts-where"), stands)];
    let Some(seen) = &view.whole else { return facts };
    let waiting: Vec<String> = match shell.state {
        Stand::Draft | Stand::Published | Stand::Approved => vec![view.names.body_text(lang, Approver::Mofcom.id())],
        Stand::Opinions => seen
            .opinions
            .iter()
            .filter(|o| o.given.is_none())
            .map(|o| view.names.body_text(lang, &o.organization))
            .collect(),
        Stand::AwaitingApproval => seen
            .missing()
            .iter()
            .map(|a| view.names.body_text(lang, a.id()))
            .collect(),
        Stand::InEffect | Stand::Withdrawn => Vec::new(),
    };
    if !waiting.is_empty() {
        facts.push(Fact::text(
            t!(lang, "facts-who"),
            language::list(lang, &waiting, language::Join::And),
        ));
    }
    if let Some(until) = seen.whole.until.filter(|_| shell.state == Stand::Opinions) {
        facts.push(Fact::text(t!(lang, "facts-when"), language::date_weekday(lang, until)));
    }
    let next = if forms::any(asking, web, view, seen) {
        html! { a href="#acts" { (t!(lang, "change-acts")) } }
    } else {
        html! { (t!(lang, "change-nothing-to-do")) }
    };
    facts.push(Fact::new(t!(lang, "facts-next"), next));
    facts
}

fn ended(asking: &Asking, shell: &Shell, whole: &Whole) -> Markup {
    let lang = asking.lang;
    html! {
        @if let Some(why) = &whole.withdrawn { div.notice.soon { p lang="zh-Hans" { (t!(Lang::Zh, "change-withdrawn-because", reason = why.as_str())) } } }
        @if let Some(version) = shell.effect {
            div.notice.good { p {
                (t!(lang, "change-in-effect", version = version)) " "
                a href=(asking.link(&format!("/lists/{}/diff?from={}&to={version}", shell.list, shell.base_version))) { (t!(lang, "change-compare", from = shell.base_version)) }
            } }
        }
    }
}

/// The reason: English readers meet English first, and the Chinese beside it.
fn reason(lang: Lang, whole: &Whole) -> Markup {
    let lines = |text: &str| html! { @for line in text.lines() { p { (line) } } };
    html! {
        @match (&whole.reason.en, lang) {
            (Some(en), Lang::En) => {
                (lines(en)) p { (words::origin_mark(lang, whole.reason.en_origin)) }
                div lang="zh-Hans" { @for line in whole.reason.zh.lines() { p lang="zh-Hans" { (line) } } }
            }
            _ => @for line in whole.reason.zh.lines() { p lang="zh-Hans" { (line) } },
        }
    }
}

/// Places affected, whom they were asked through, and what they think; silence is said as silence.
fn opinions(lang: Lang, names: &Names, seen: &Seen) -> Markup {
    html! {
        section.section #opinions {
            header.section-head { h2 { (t!(lang, "change-opinions")) } p.section-note { (t!(lang, "count-places", count = seen.affected.len())) } }
            p.section-note { (t!(lang, "change-opinions-who")) }
            @if seen.opinions.is_empty() {
                p.muted {
                    @match seen.whole.until {
                        Some(day) => (t!(lang, "change-opinions-asked", day = language::date_weekday(lang, day))),
                        None => (t!(lang, "change-opinions-none")),
                    }
                }
            }
            @if !seen.affected.is_empty() {
                div.table-frame tabindex="0" role="region" aria-label=(t!(lang, "change-opinions")) { table.table.compact {
                    caption.visually-hidden { (t!(lang, "change-opinions")) }
                    thead { tr {
                        th scope="col" { (t!(lang, "change-column-place")) }
                        th.number scope="col" { (t!(lang, "change-column-begun")) }
                        th.number scope="col" { (t!(lang, "change-column-ended")) }
                        th.number scope="col" { (t!(lang, "change-column-touched")) }
                        th.wrap scope="col" { (t!(lang, "change-column-opinion")) }
                    } }
                    tbody { @for one in &seen.affected {
                        tr {
                            th scope="row" { (names.place(lang, &one.place)) }
                            td.number { (one.begun) } td.number { (one.ended) } td.number { (one.touched) }
                            td.wrap {
                                @let of_place: Vec<&OpinionRow> = seen.opinions.iter().filter(|o| one.asked.contains(&o.organization)).collect();
                                @if one.asked.is_empty() { span.muted { (t!(lang, "change-not-asked")) } }
                                @for opinion in of_place { p { (opinion_of(lang, names, opinion)) } }
                            }
                        }
                    } }
                } }
            }
            (guided(lang, names, seen))
            @let others: Vec<&OpinionRow> = seen.opinions.iter().filter(|o| !seen.affected.iter().any(|a| a.asked.contains(&o.organization))).collect();
            @if !others.is_empty() { ul { @for opinion in others { li { (opinion_of(lang, names, opinion)) } } } }
        }
    }
}

/// Ministries that guide tasks which it touches, with how they are reached and whether they were asked.
fn guided(lang: Lang, names: &Names, seen: &Seen) -> Markup {
    let numbers = |guiding: &Guiding| {
        let numbers: Vec<String> = guiding.tasks.iter().map(u32::to_string).collect();
        language::list(lang, &numbers, language::Join::And)
    };
    html! {
        @if !seen.guiding.is_empty() {
            h3 { (t!(lang, "change-guiding")) }
            ul { @for guiding in &seen.guiding { li {
                (names.body(lang, &guiding.organization)) ": "
                (t!(lang, "change-guiding-tasks", numbers = numbers(guiding)))
                @if !guiding.asked { " · " span.muted { (t!(lang, "change-not-asked")) } }
                @for contact in seen.contacts.iter().filter(|c| c.organization == guiding.organization) {
                    br; span.muted { (words::text(lang, &contact.desk_name)) } " " span lang="zh-Hans" { (contact.contact) }
                }
            } } }
        }
    }
}

fn opinion_of(lang: Lang, names: &Names, opinion: &OpinionRow) -> Markup {
    let position = match opinion.position {
        Some(position) => said(lang, "change-position", position.id()),
        None if opinion.silent => t!(lang, "change-position-silent"),
        None => t!(lang, "change-position-waiting"),
    };
    html! {
        (names.body(lang, &opinion.organization)) ": " strong { (position) }
        @match opinion.given {
            Some(day) => { " · " (t!(lang, "change-given-on", date = language::date(lang, day))) }
            None => { " · " (t!(lang, "change-until", date = language::date(lang, opinion.until))) }
        }
        @if !opinion.text.is_empty() { br; span lang="zh-Hans" { (opinion.text) } }
    }
}

/// Approvals of both ministries; the missing ones by name, with who gives them and the sentence that asks for them.
pub(super) fn approvals(lang: Lang, names: &Names, seen: &Seen) -> Markup {
    html! {
        section.section #approvals {
            header.section-head { h2 { (t!(lang, "change-approvals")) } }
            div.table-frame.wide tabindex="0" role="region" aria-label=(t!(lang, "change-approvals")) { table.table.compact {
                caption.visually-hidden { (t!(lang, "change-approvals")) }
                thead { tr { th scope="col" { (t!(lang, "change-approve-who")) } th scope="col" { (t!(lang, "change-approval-number")) } th.date scope="col" { (t!(lang, "change-approval-date")) } } }
                tbody { @for approver in Approver::ALL {
                    @let given = seen.whole.approvals.iter().find(|a| a.organization == approver.id());
                    tr {
                        th scope="row" { (names.body(lang, approver.id())) }
                        @match given {
                            Some(given) => { td { span.code { (given.number) } } td.date { (language::date(lang, given.date)) } }
                            None => { td.wrap { span.mark.draft { (t!(lang, "change-approval-missing", who = names.body_text(lang, approver.id()))) } } td.date { "—" } }
                        }
                    }
                } }
            } }
            p.muted { (t!(lang, "change-document-basis", sentence = if lang == Lang::Zh { SENTENCE } else { SENTENCE_EN })) }
        }
    }
}

/// What is still missing, before anybody presses the button.
fn obstacles(lang: Lang, seen: &Seen) -> Markup {
    html! {
        section.section #obstacles {
            header.section-head { h2 { (t!(lang, "change-obstacles")) } }
            @if seen.obstacles.is_empty() { div.notice.good { p { (t!(lang, "change-ready")) } } }
            @for refusal in &seen.obstacles {
                @let told = tell_refusal(lang, refusal);
                div.notice.official { p { (told.what) } @if !told.next.is_empty() { p { (told.next) } } p.muted { (words::mixed(lang, &told.source)) } }
            }
        }
    }
}

/// The bodies of the reader's that were asked and can still answer.
pub(super) fn can_answer(asking: &Asking, web: &Web, seen: &Seen) -> Vec<String> {
    let Some(actor) = asking.actor() else { return Vec::new() };
    seen.opinions
        .iter()
        .filter(|o| !o.silent && asking.reader.today <= o.until)
        .filter(|o| {
            may(
                web.platform.rights(),
                actor,
                Action::GiveOpinion,
                &Object::of_organization(&o.organization),
            )
        })
        .map(|o| o.organization.clone())
        .collect()
}

/// The 调整说明 on a sheet of A4.
pub(crate) async fn print(asking: Asking, State(web): State<Web>, Path(id): Path<String>) -> Answer<Page> {
    let lang = asking.lang;
    let view = load(&asking, &web, &id).await?;
    let seen = view.whole.as_ref().ok_or_else(Refusal::unseen)?;
    let body = html! {
        div.prose {
            p { strong { (t!(lang, "change-number", number = view.shell.number)) " · " (said(lang, "change-state", view.shell.state.id())) } }
            @if view.shell.effect.is_none() { p { strong { (t!(lang, "change-explain-draft", version = view.shell.base_version)) } } }
            p { (t!(lang, "change-document-basis", sentence = if lang == Lang::Zh { SENTENCE } else { SENTENCE_EN })) }
            h2 { (t!(lang, "change-reason")) }
            (reason(lang, &seen.whole))
        }
        h2 { (t!(lang, "change-changes")) }
        @match &seen.difference {
            Some(difference) => (describe::difference(&asking, &view.names, difference)),
            None => p { (t!(lang, "change-unfit")) },
        }
        (opinions(lang, &view.names, seen))
        (approvals(lang, &view.names, seen))
        p.muted { (t!(lang, "change-explain-lead")) }
        div.signatures.print-only { p { (t!(lang, "sign-prepared")) } p { (t!(lang, "sign-checked")) } p { (t!(lang, "sign-issued")) } }
    };
    Ok(Page::new(t!(lang, "change-explain-title"), body)
        .crumb(t!(lang, "screen-changes"), "/changes")
        .crumb(t!(lang, "change-number", number = view.shell.number), path(&id))
        .screen(Screen::Changes)
        .demo(view.shell.demo))
}
