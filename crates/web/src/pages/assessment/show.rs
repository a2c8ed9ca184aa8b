//! One assessment: what is given, what shows it, how far it is, what came out.

use super::{filling, list::until, organization, path, stage, verifying};
use crate::{
    Answer, Asking, Page, Path, Web,
    components::{
        facts::Fact,
        field::{Control, Faults, Field, Weight, button, once},
        words::{first, foreign, mixed},
    },
    links::Screen,
    pages::{file, system},
};
use axum::{extract::State, response::Response};
use language::t;
use maud::{Markup, html};
use platform::{
    assessment::{
        certificate::{Found, USUAL_MONTHS},
        outcome,
        query::{self, Assessment},
        state::Stage,
    },
    refusal::Refusal,
    system::{executable::Executable, run},
};

/// What all parts of the page look at.
pub(super) struct View<'a> {
    pub(super) asking: &'a Asking,
    pub(super) one: &'a Assessment,
    pub(super) executable: &'a Executable,
    /// Whether the reader fills it in.
    pub(super) own: bool,
    /// Whether the reader assesses it.
    pub(super) assessor: bool,
}

/// The page.
pub(crate) async fn page(asking: Asking, State(web): State<Web>, Path(id): Path<String>) -> Answer<Page> {
    let one = query::assessment(&web.platform, &asking.reader, &id).await?;
    let inputs = one.inputs.clone();
    draw(&asking, &web, &one, &inputs, &Faults::default()).await
}

/// The page, with other figures in the form.
pub(super) async fn draw(
    asking: &Asking,
    web: &Web,
    one: &Assessment,
    inputs: &platform::assessment::event::Inputs,
    faults: &Faults,
) -> Answer<Page> {
    let lang = asking.lang;
    let platform = &web.platform;
    let executable = run::executable(platform, &one.opened.source).await?;
    let at = one.submitted.unwrap_or(asking.reader.today);
    let found = outcome::assessed(platform, executable.clone(), one.state(), at, lang).await?;
    let changes = !asking.is_past();
    let view = View {
        asking,
        one,
        executable: &executable,
        own: changes && one.is_filled_by(platform, &asking.reader),
        assessor: changes && one.is_verified_by(platform, &asking.reader),
    };
    let name = organization(asking, web, &one.opened.organization).await?;
    let body = html! {
        (certified(&view))
        @if one.stage == Stage::Filling && view.own { (filling::form(&view, inputs)) }
        @else { (verifying::items(&view)) }
        (filling::evidence(&view))
        (result(&view, found.as_ref()))
        (steps(&view))
    };
    let mut page = Page::new(one.opened.unit.clone(), body)
        .kicker(t!(lang, "assessment-title"))
        .crumb(t!(lang, "system-title"), "/systems")
        .crumb(t!(lang, "assessment-title"), "/assessments")
        .screen(Screen::Systems)
        .fact(Fact::text(t!(lang, "system-state"), stage(lang, one.stage)))
        .fact(Fact::new(t!(lang, "assessment-organization"), mixed(lang, &name)))
        .fact(Fact::text(t!(lang, "assessment-period"), one.opened.period.clone()))
        .fact(Fact::new(
            t!(lang, "assessment-system"),
            html! { a href=(asking.link(&format!("{}?edition={}", system::path(&one.opened.system), one.opened.edition))) { (mixed(lang, first(lang, &one.opened.title))) } },
        ))
        .demo(one.demo);
    if let Some(day) = one.submitted {
        page = page.fact(Fact::text(t!(lang, "assessment-report-day"), language::date(lang, day)));
    }
    Ok(page.again(lang, faults))
}

/// The certificate, and what was objected.
fn certified(view: &View<'_>) -> Markup {
    let (asking, lang, one) = (view.asking, view.asking.lang, view.one);
    html! {
        @if let Some(outcome) = &one.outcome {
            div.notice.good #outcome {
                p {
                    strong { (mixed(lang, &t!(lang, "assessment-outcome", grade = outcome.grade.as_str(), total = outcome.total.as_str()))) } " "
                    a.code href=(asking.link(&format!("/certificates/{}", outcome.certificate))) { (outcome.certificate) }
                }
                p {
                    (t!(lang, "assessment-valid-until")) " " (until(asking, outcome.valid_until)) " · "
                    a href=(lang.path(&format!("/certificates/{}/file", outcome.certificate))) download { (t!(lang, "assessment-certificate-file")) }
                }
                @if one.opened.validity.is_none() { p.hint { (t!(lang, "assessment-usual-validity", months = USUAL_MONTHS)) } }
            }
        }
        @if let Some(appeal) = &one.appeal {
            div.notice #appealed {
                p { strong { (t!(lang, "assessment-appeal")) } " " (language::date(lang, appeal.on)) ": " (mixed(lang, &appeal.reason)) }
                @if let Some((upheld, reason, day)) = &appeal.answer {
                    p {
                        strong { @if *upheld { (t!(lang, "assessment-upheld")) } @else { (t!(lang, "assessment-not-upheld")) } }
                        " " (language::date(lang, *day)) ": " (mixed(lang, reason))
                    }
                }
            }
        }
    }
}

/// What comes out of what is given so far, and its derivation.
fn result(view: &View<'_>, found: Option<&Found>) -> Markup {
    let lang = view.asking.lang;
    html! {
        @if let Some(found) = found {
            @let result = &found.ran.result;
            section.section #result {
                header.section-head {
                    h2 { (t!(lang, "system-results")) }
                    p.section-note { @if view.one.stage < Stage::Decided { (t!(lang, "assessment-so-far")) } }
                }
                table.table.compared { tbody {
                    @if let Some(rounded) = &result.rounded {
                        tr { th scope="row" { (t!(lang, "system-total")) } td { (rounded.brief(8)) } }
                    }
                    @if let Some(total) = &result.total { tr { th scope="row" { (t!(lang, "system-total-exact")) } td { (total.brief(9)) } } }
                    @if let Some(share) = &result.coverage { tr { th scope="row" { (t!(lang, "system-coverage")) } td { (system::percent(share).unwrap_or_default()) } } }
                    @if let Some(grade) = &result.grade { tr { th scope="row" { (t!(lang, "system-grade")) } td { strong { (mixed(lang, grade)) } } } }
                } }
                (strengths(view, found))
                details.disclosure #trace { summary { (t!(lang, "system-trace")) } (system::derivation(lang, &found.explanations)) }
            }
        }
    }
}

/// What each indicator adds to the total and what it leaves, the greatest loss first.
fn strengths(view: &View<'_>, found: &Found) -> Markup {
    let lang = view.asking.lang;
    let standard = &view.executable.standard;
    let mut rows: Vec<(String, f64, f64)> = standard
        .nodes
        .iter()
        .zip(&found.ran.result.nodes)
        .filter(|(rule, _)| rule.children.is_empty())
        .filter_map(|(rule, node)| {
            let (points, weight) = (node.points.as_ref()?.number()?.to_f64(), node.weight.as_ref()?.to_f64());
            (weight > 0.0).then(|| {
                (
                    format!("{} {}", rule.code, rule.name),
                    points * weight,
                    (100.0 - points) * weight,
                )
            })
        })
        .collect();
    rows.sort_by(|a, b| b.2.total_cmp(&a.2));
    let shown: Vec<[String; 3]> = rows
        .iter()
        .map(|(_, won, lost)| {
            [
                format!("{won:.1}"),
                format!("{lost:.1}"),
                format!("{:.1} / {:.1}", won, won + lost),
            ]
        })
        .collect();
    let pairs: Vec<([f64; 2], [&str; 2])> = rows
        .iter()
        .zip(&shown)
        .map(|((_, won, lost), shown)| ([*won, *lost], [shown[0].as_str(), shown[1].as_str()]))
        .collect();
    let stacks: Vec<chart::Stack<'_>> = rows
        .iter()
        .zip(&pairs)
        .zip(&shown)
        .map(|(((name, _, _), (values, words)), shown)| chart::Stack {
            label: name,
            values,
            shown: words,
            total: &shown[2],
            href: None,
        })
        .collect();
    let names = rows.iter().map(|(name, _, _)| name.as_str()).collect::<String>();
    let (won, lost) = (t!(lang, "assessment-won"), t!(lang, "assessment-lost"));
    let series = [
        chart::Series {
            name: &won,
            tone: chart::Tone::Plain,
        },
        chart::Series {
            name: &lost,
            tone: chart::Tone::Unknown,
        },
    ];
    html! {
        @if !stacks.is_empty() && standard.has_total() {
            figure.picture #contributions {
                figcaption { (t!(lang, "assessment-contributions")) }
                div lang=[foreign(lang, &names)] { (maud::PreEscaped(chart::stacked_bars(&t!(lang, "assessment-contributions"), "", &series, &stacks))) }
            }
        }
    }
}

/// What the reader can do next.
fn steps(view: &View<'_>) -> Markup {
    let (lang, one) = (view.asking.lang, view.one);
    let action = |name: &str| lang.path(&format!("{}/actions/{name}", path(&one.id)));
    html! {
        @match one.stage {
            Stage::Filling if view.own => {
                section.section #submit {
                    header.section-head { h2 { (t!(lang, "assessment-submit-head")) } }
                    p.hint { (t!(lang, "assessment-submit-hint")) }
                    form method="post" action=(action("submit")) { (once()) (button(Weight::Official, &t!(lang, "assessment-submit"))) }
                }
            },
            Stage::Verifying if view.assessor => {
                section.section #decide {
                    header.section-head { h2 { (t!(lang, "assessment-decide-head")) } }
                    p.hint { (t!(lang, "assessment-decide-hint")) }
                    form method="post" action=(action("decide")) { (once()) (button(Weight::Official, &t!(lang, "assessment-decide"))) }
                }
            },
            Stage::Decided if view.own => {
                section.section #appeal {
                    header.section-head { h2 { (t!(lang, "assessment-appeal-head")) } }
                    p.hint { (t!(lang, "assessment-appeal-hint")) }
                    form method="post" action=(action("appeal")) data-guard="" {
                        (once())
                        (Field::new("reason", t!(lang, "assessment-reason")).control(Control::Lines(3)).width("w-full").draw(lang, &Faults::default()))
                        (button(Weight::Official, &t!(lang, "assessment-appeal-go")))
                    }
                }
            },
            Stage::Appealed if view.assessor => {
                section.section #answer {
                    header.section-head { h2 { (t!(lang, "assessment-answer-head")) } }
                    p.hint { (t!(lang, "assessment-answer-hint")) }
                    form method="post" action=(action("answer")) data-guard="" {
                        (once())
                        (Field::new("reason", t!(lang, "assessment-reason")).control(Control::Lines(3)).width("w-full").draw(lang, &Faults::default()))
                        div.button-row {
                            button.button.official type="submit" name="upheld" value="true" { (t!(lang, "assessment-uphold")) }
                            button.button type="submit" name="upheld" value="false" { (t!(lang, "assessment-reject")) }
                        }
                    }
                }
            },
            _ => {},
        }
    }
}

/// A file of evidence, to keep.
pub(crate) async fn evidence_file(
    asking: Asking,
    State(web): State<Web>,
    Path((id, digest)): Path<(String, String)>,
) -> Answer<Response> {
    let one = query::assessment(&web.platform, &asking.reader, &id).await?;
    let found = one.evidence.values().find(|evidence| evidence.file.sha256 == digest);
    let evidence = found.ok_or_else(Refusal::unseen)?;
    file::given(&web, &evidence.file, "no-store").await
}
