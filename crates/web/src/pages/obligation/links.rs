//! Which measures an obligation serves: those of its task or sentence, and its own, which officers propose and analysts
//! confirm.

use crate::{
    Answer, Asking, Failure, Web,
    api::actions,
    components::{
        field::{Control, Faults, Field, Weight, button, once},
        refusal_box,
        words::{first, text},
    },
    links::segment,
    problem,
};
use axum::response::{IntoResponse, Response};
use language::t;
use maud::{Markup, html};
use platform::{
    list::query as list,
    obligation::{
        command,
        query::{Obligation, ServedMeasure, measures},
    },
    rights::{Object, may},
};

/// The actions of this section; on the page they have no form of their own.
pub(super) const LINKS: [&str; 3] = ["propose_link", "confirm_link", "remove_link"];

/// The section of the page.
pub(super) async fn section(asking: &Asking, web: &Web, o: &Obligation) -> Answer<Markup> {
    let lang = asking.lang;
    let served = measures(&web.platform, &asking.reader, &o.id).await?;
    let some = |text: &String| (!text.is_empty()).then(|| text.clone());
    let object = Object {
        place: some(&o.place),
        organization: some(&o.organization),
        ..Object::default()
    };
    let allowed = |action: &str| {
        !asking.is_past()
            && asking
                .actor()
                .zip(actions::right(action))
                .is_some_and(|(actor, right)| may(web.platform.rights(), actor, right, &object))
    };
    let free = if allowed("propose_link") {
        free(asking, web, o, &served).await?
    } else {
        Vec::new()
    };
    Ok(html! {
        section.section #measures {
            header.section-head { h2 { (t!(lang, "column-measures")) } p.section-note { (t!(lang, "obligation-links-note")) } }
            @if served.is_empty() { div.empty { p { (t!(lang, "obligation-no-links")) } } }
            ul { @for one in &served { (row(asking, o, one, allowed("confirm_link"))) } }
            @if !free.is_empty() {
                details.disclosure #propose-link { summary { (t!(lang, "assign-link-new")) }
                    form method="post" action=(address(asking, o, "propose_link")) {
                        (once())
                        (Field::new("measure", t!(lang, "obligation-link-measure")).control(Control::Choose(free)).draw(lang, &Faults::default()))
                        (button(Weight::Plain, &t!(lang, "assign-link-go")))
                    }
                }
            }
        }
    })
}

fn row(asking: &Asking, o: &Obligation, served: &ServedMeasure, confirms: bool) -> Markup {
    let lang = asking.lang;
    let act = |action: &str, verb: &str| {
        html! {
            form method="post" action=(address(asking, o, action)) {
                (once()) input type="hidden" name="measure" value=(served.measure);
                button.button.small type="submit" { (verb) }
            }
        }
    };
    html! {
        li {
            a href=(asking.link(&format!("/measures/{}", segment(&served.measure)))) {
                (t!(lang, "measure-name", number = served.measure.as_str())) " " (text(lang, &served.title))
            }
            " · " (if served.own { t!(lang, "obligation-link-own") } else { t!(lang, "obligation-link-of-subject", kind = o.subject_kind.as_str()) })
            @if served.link != "text" { " · " (t!(lang, "assign-link-state", state = served.link.as_str())) }
            @if served.own && confirms {
                div.button-row {
                    @if served.link != "confirmed" { (act("confirm_link", &t!(lang, "assign-link-confirm"))) }
                    (act("remove_link", &t!(lang, "assign-link-remove")))
                }
            }
        }
    }
}

/// Measures that could be proposed, as a form offers them.
async fn free(asking: &Asking, web: &Web, o: &Obligation, served: &[ServedMeasure]) -> Answer<Vec<(String, String)>> {
    let lang = asking.lang;
    let all = list::measures(&web.platform, &o.list).await?;
    Ok(all
        .into_iter()
        .filter(|m| !served.iter().any(|s| s.measure == m.number))
        .map(|m| {
            let name = t!(lang, "measure-name", number = m.number.as_str());
            (m.number, format!("{name} {}", first(lang, &m.title)))
        })
        .collect())
}

fn address(asking: &Asking, o: &Obligation, action: &str) -> String {
    asking
        .lang
        .path(&format!("/obligations/{}/actions/{action}", segment(&o.id)))
}

/// Carries one of these actions out; what is refused comes back as the page with a box that names the rule.
pub(super) async fn act(
    asking: &Asking,
    web: &Web,
    id: &str,
    command: &command::Command,
    context: &platform::context::Context,
) -> Answer<Response> {
    let done = command::run(&web.platform, context, id, None, command).await;
    match done.map_err(Failure::from) {
        Ok(_) => Ok(asking
            .go(&format!("/obligations/{}#measures", segment(id)))
            .into_response()),
        Err(failure) if failure.refusal().is_some() => {
            let told = problem::tell(asking.lang, &failure);
            let refused = refusal_box::refusal(asking.lang, &told, &asking.request, html! {});
            let page = super::page::of(asking, web, id).await?;
            Ok(page.alert(refused).status(failure.status()).into_response())
        }
        Err(failure) => Err(failure),
    }
}
