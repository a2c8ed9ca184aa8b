//! The assessments that the reader fills in or assesses, and the form that opens one.

use super::{organization, path, stage};
use crate::{
    Answer, Asking, Page, Path, Web,
    components::{
        field::{Control, Faults, Field, Weight, button, once},
        words::{Mark, bilingual, first, foreign, mark, mixed},
    },
    links::{Screen, segment},
    pages::system,
};
use axum::extract::State;
use jiff::ToSpan;
use language::{Lang, t};
use maud::{Markup, html};
use platform::{
    assessment::query::{self, Assessment},
    refusal::Refusal,
    rights::{Action, reach},
    system::query::{self as systems, SystemEdition},
};

/// So many days before its end a certificate is said to end.
const SOON: i32 = 90;

/// The page.
pub(crate) async fn page(asking: Asking, State(web): State<Web>) -> Answer<Page> {
    let lang = asking.lang;
    let all = query::assessments(&web.platform, &asking.reader).await?;
    let mut rows = Vec::new();
    for one in &all {
        rows.push(row(&asking, &web, one).await?);
    }
    let body = html! {
        p.lead { (t!(lang, "assessment-lead")) }
        @if rows.is_empty() { div.empty { p { (t!(lang, "assessment-none")) } p { a href=(asking.link("/systems")) { (t!(lang, "system-title")) } } } }
        @else { div.table-frame { table.table data-list="" {
            caption.visually-hidden { (t!(lang, "assessment-title")) }
            thead { tr {
                th.title scope="col" { (t!(lang, "assessment-unit")) }
                th scope="col" { (t!(lang, "system-state")) }
                th scope="col" { (t!(lang, "system-grade")) }
                th.more scope="col" { (t!(lang, "assessment-organization")) }
                th.more scope="col" { (t!(lang, "assessment-period")) }
                th.date.more scope="col" { (t!(lang, "assessment-valid-until")) }
            } }
            tbody { @for row in rows { (row) } }
        } } }
    };
    Ok(Page::new(t!(lang, "assessment-title"), body)
        .crumb(t!(lang, "system-title"), "/systems")
        .screen(Screen::Systems)
        .demo(all.iter().any(|one| one.demo)))
}

async fn row(asking: &Asking, web: &Web, one: &Assessment) -> Answer<Markup> {
    let lang = asking.lang;
    let name = organization(asking, web, &one.opened.organization).await?;
    let outcome = one.outcome.as_ref();
    Ok(html! {
        tr {
            th.title scope="row" {
                a href=(asking.link(&path(&one.id))) { (mixed(lang, &one.opened.unit)) } " " small.muted { (bilingual(lang, &one.opened.title)) }
                @if one.demo { " " (mark(lang, Mark::Demo)) }
            }
            td { (stage(lang, one.stage)) }
            td { @match outcome { Some(outcome) if !outcome.grade.is_empty() => (mixed(lang, &outcome.grade)), _ => "—" } }
            td.more { (mixed(lang, &name)) }
            td.more { (one.opened.period) }
            td.date.more { @match outcome { Some(outcome) => (until(asking, outcome.valid_until)), None => "—" } }
        }
    })
}

/// Until when a result holds; said where that is soon or past.
pub(super) fn until(asking: &Asking, day: jiff::civil::Date) -> Markup {
    let lang = asking.lang;
    let today = asking.reader.today;
    let soon = today.saturating_add(SOON.days());
    html! {
        (language::date(lang, day))
        @if day < today { " " strong { (t!(lang, "assessment-ended")) } }
        @else if day <= soon { " " span.days.soon { (t!(lang, "assessment-ends-soon")) } }
    }
}

/// The bodies for which the reader may open an assessment.
fn own(asking: &Asking, web: &Web) -> Vec<String> {
    reach(web.platform.rights(), asking.actor(), Action::FillAssessment).organizations
}

/// The form that opens one.
pub(crate) async fn form(asking: Asking, State(web): State<Web>, Path(id): Path<String>) -> Answer<Page> {
    let known = systems::system(&web.platform, &asking.reader, &id).await?;
    let edition = known
        .in_force()
        .ok_or_else(|| Refusal::rule("assessment/not_in_force", ""))?;
    draw(&asking, &web, edition, &[], &Faults::default()).await
}

/// The form, filled.
pub(super) async fn draw(
    asking: &Asking,
    web: &Web,
    edition: &SystemEdition,
    filled: &[(&str, &str)],
    faults: &Faults,
) -> Answer<Page> {
    let lang = asking.lang;
    let mut bodies = Vec::new();
    for id in own(asking, web) {
        let name = organization(asking, web, &id).await?;
        bodies.push((id, name));
    }
    let value = |name: &str| {
        filled
            .iter()
            .find(|(known, _)| *known == name)
            .map_or("", |(_, value)| *value)
    };
    let last_year = (asking.reader.today.year() - 1).to_string();
    let period = Some(value("period"))
        .filter(|period| !period.is_empty())
        .unwrap_or(&last_year);
    let body = html! {
        p.lead { (t!(lang, "assessment-open-lead", edition = edition.edition)) }
        form method="post" action=(lang.path(&format!("/systems/{}/assess", segment(&edition.system)))) data-guard="" {
            (once())
            (Field::new("organization", t!(lang, "assessment-organization")).control(Control::Choose(bodies)).value(value("organization")).draw(lang, faults))
            (Field::new("unit", t!(lang, "assessment-unit")).hint(t!(lang, "assessment-unit-hint")).value(value("unit")).draw(lang, faults))
            (Field::new("period", t!(lang, "assessment-period")).hint(t!(lang, "assessment-period-hint")).width("w-code").value(period).draw(lang, faults))
            div.button-row { (button(Weight::Primary, &t!(lang, "assessment-open"))) }
        }
    };
    Ok(Page::new(t!(lang, "assessment-open-title"), body)
        .kicker(first(lang, &edition.title).to_owned())
        .crumb(t!(lang, "system-title"), "/systems")
        .crumb(first(lang, &edition.title).to_owned(), system::path(&edition.system))
        .screen(Screen::Systems)
        .demo(edition.demo)
        .again(lang, faults))
}

/// On the page of a system: the way in for organisations, and how many hold which grade.
pub(crate) async fn of_system(asking: &Asking, web: &Web, edition: &SystemEdition, in_force: bool) -> Answer<Markup> {
    let lang = asking.lang;
    let certificates = query::in_force(&web.platform, &asking.reader, &edition.system).await?;
    let may_open = in_force && !asking.is_past() && !own(asking, web).is_empty();
    let mut grades: Vec<(&str, usize)> = Vec::new();
    for certificate in &certificates {
        match grades.iter_mut().find(|(grade, _)| *grade == certificate.grade) {
            Some((_, count)) => *count += 1,
            None => grades.push((&certificate.grade, 1)),
        }
    }
    Ok(html! {
        @if may_open || !certificates.is_empty() {
            section.section #assessments {
                header.section-head {
                    h2 { (t!(lang, "assessment-certificates")) }
                    p.section-note { (t!(lang, "assessment-certificates-note", count = certificates.len())) }
                }
                @if !certificates.is_empty() {
                    (picture(lang, &grades))
                    details.disclosure { summary { (t!(lang, "assessment-certificates-table")) }
                        table.table.compact {
                            thead { tr {
                                th.title scope="col" { (t!(lang, "assessment-unit")) }
                                th scope="col" { (t!(lang, "system-grade")) }
                                th.date scope="col" { (t!(lang, "assessment-valid-until")) }
                                th scope="col" { (t!(lang, "assessment-number")) }
                            } }
                            tbody { @for certificate in &certificates { tr {
                                th.title scope="row" { (mixed(lang, &certificate.unit)) " " span.muted { (certificate.period) } }
                                td { (mixed(lang, &certificate.grade)) }
                                td.date { (until(asking, certificate.valid_until)) }
                                td { a.code href=(asking.link(&format!("/certificates/{}", certificate.number))) { (certificate.number) } }
                            } } }
                        }
                    }
                }
                @if may_open { p { a.button href=(asking.link(&format!("/systems/{}/assess", segment(&edition.system)))) { (t!(lang, "assessment-open")) } } }
            }
        }
    })
}

/// How many hold which grade.
fn picture(lang: Lang, grades: &[(&str, usize)]) -> Markup {
    let shown: Vec<String> = grades.iter().map(|(_, count)| count.to_string()).collect();
    let bars: Vec<chart::Bar<'_>> = grades
        .iter()
        .zip(&shown)
        .map(|((grade, count), shown)| chart::Bar {
            label: if grade.is_empty() { "—" } else { grade },
            value: u32::try_from(*count).map_or(0.0, f64::from),
            shown,
            tone: chart::Tone::Plain,
            href: None,
        })
        .collect();
    let drawn = chart::bars(&t!(lang, "assessment-distribution"), "", &bars);
    // Grades bear the names that the standard gives them.
    let names = grades.iter().map(|(grade, _)| *grade).collect::<String>();
    html! { figure.picture { div lang=[foreign(lang, &names)] { (maud::PreEscaped(drawn)) } } }
}
