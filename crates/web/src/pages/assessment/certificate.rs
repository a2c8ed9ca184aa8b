//! A certificate, for anybody who was shown its number: what it says, until when, and whether it holds.

use super::{list::until, organization};
use crate::{
    Answer, Asking, Page, Path, Web,
    components::{
        facts::{self, Fact},
        words::{first, mixed},
    },
    links::Screen,
    pages::{file, system},
};
use axum::{extract::State, response::Response};
use language::t;
use maud::html;
use platform::{
    assessment::{outcome, query},
    refusal::Refusal,
    upload::Attachment,
};

/// The page.
pub(crate) async fn page(asking: Asking, State(web): State<Web>, Path(number): Path<String>) -> Answer<Page> {
    let lang = asking.lang;
    let one = query::certificate(&web.platform, &asking.reader, &number).await?;
    let sound = outcome::is_sound(&web.platform, &one).await?;
    let on = asking.reader.as_of.date;
    let (class, verdict) = match &one.revoked {
        _ if !sound => ("notice official", t!(lang, "certificate-unsound")),
        Some(day) => (
            "notice official",
            t!(lang, "certificate-revoked", day = language::date(lang, *day)),
        ),
        None if on > one.valid_until => (
            "notice soon",
            t!(lang, "certificate-ended", day = language::date(lang, one.valid_until)),
        ),
        None => ("notice good", t!(lang, "certificate-holds")),
    };
    let name = organization(&asking, &web, &one.organization).await?;
    let list = [
        Fact::new(t!(lang, "assessment-organization"), mixed(lang, &name)),
        Fact::new(t!(lang, "assessment-unit"), mixed(lang, &one.unit)),
        Fact::text(t!(lang, "assessment-period"), one.period.clone()),
        Fact::new(t!(lang, "system-grade"), html! { strong { (mixed(lang, &one.grade)) } }),
        Fact::text(t!(lang, "system-total"), one.total.clone()),
        Fact::text(t!(lang, "assessment-report-day"), language::date(lang, one.at)),
        Fact::new(t!(lang, "assessment-valid-until"), until(&asking, one.valid_until)),
        Fact::new(
            t!(lang, "assessment-system"),
            html! { a href=(asking.link(&format!("{}?edition={}", system::path(&one.system), one.edition))) { (mixed(lang, first(lang, &one.title))) } },
        ),
        Fact::new(t!(lang, "certificate-digest"), html! { code.hash { (one.sha256) } }),
    ];
    let body = html! {
        div #verdict class=(class) { p { strong { (verdict) } @if !one.revoked_because.is_empty() { " " (mixed(lang, &one.revoked_because)) } } }
        (facts::list(&list))
        p.hint { (t!(lang, "certificate-offline")) }
    };
    Ok(
        Page::new(t!(lang, "certificate-title", number = one.number.as_str()), body)
            .kicker(t!(lang, "assessment-certificate"))
            .crumb(t!(lang, "system-title"), "/systems")
            .screen(Screen::Systems)
            .demo(one.demo),
    )
}

/// The signed file, for the organisation and its assessors: it holds what was given.
pub(crate) async fn file(asking: Asking, State(web): State<Web>, Path(number): Path<String>) -> Answer<Response> {
    let all = query::assessments(&web.platform, &asking.reader).await?;
    let held = all
        .iter()
        .filter_map(|one| one.outcome.as_ref())
        .find(|outcome| outcome.certificate == number);
    let held = held.ok_or_else(Refusal::unseen)?;
    let named = Attachment {
        name: format!("{number}.json"),
        ..held.file.clone()
    };
    file::given(&web, &named, "no-store").await
}
