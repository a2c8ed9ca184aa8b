//! Places: entered, changed from a day, joined to the pilots.

use super::{
    day,
    entering::{act_form, acted, day_field, entered, name_fields, new_page},
    filled, within,
};
use crate::{
    Answer, Asking, Failure, Form, Page, Path, Web,
    components::{
        field::{Control, Faults, Field, Weight},
        standing::{vocabulary, word},
        table::{Column, Row, Set, Table, arrange, tools},
        words::{bilingual, first, text},
    },
    links::segment,
};
use axum::{extract::State, response::Response};
use jiff::civil::Date;
use language::{Lang, t};
use maud::{Markup, html};
use platform::{
    bilingual::Bilingual,
    place::{
        command::{self, Command, LEVELS},
        event::Facts,
        query::{self as places, Place},
    },
    refusal::Refusal,
};
use serde::Deserialize;

fn path(code: &str) -> String {
    format!("/admin/places/{}", segment(code))
}

/// Places, each with a door to what may be changed.
pub(crate) async fn list(asking: Asking, State(web): State<Web>) -> Answer<Page> {
    let lang = asking.lang;
    let mut all = places::places(&web.platform, &asking.reader).await?;
    match asking.sort(&["code", "kind", "prefix", "pilot"])? {
        Some(("kind", down)) => arrange(&mut all, down, |p| p.kind.clone()),
        Some(("prefix", down)) => arrange(&mut all, down, |p| p.prefix.clone()),
        Some(("pilot", down)) => arrange(&mut all, down, |p| p.pilot.as_ref().map(|(since, _)| *since)),
        Some((_, down)) => arrange(&mut all, down, |p| p.code.clone()),
        None => {}
    }
    let columns = vec![
        Column::new("name", t!(lang, "org-name")).set(Set::Title),
        Column::new("code", t!(lang, "admin-place-code")).sorts(),
        Column::new("kind", t!(lang, "org-kind")).sorts().folded(),
        Column::new("prefix", t!(lang, "admin-place-prefix")).sorts().folded(),
        Column::new("pilot", t!(lang, "admin-place-pilot-since"))
            .sorts()
            .folded(),
        Column::new("level", t!(lang, "admin-place-level")).optional().folded(),
        Column::new("parent", t!(lang, "admin-place-parent"))
            .optional()
            .folded(),
    ];
    let mut table = Table::new("places", t!(lang, "admin-places"), columns);
    table.rows = all.iter().map(|place| row(&asking, place)).collect();
    let body = html! {
        (tools(html! { p { (t!(lang, "count-rows", count = all.len())) } }, table.chooser(&asking)))
        (table.draw(&asking))
    };
    let actions = html! { a.button.primary href=(asking.link("/admin/places/new")) { (t!(lang, "admin-place-new")) } };
    Ok(within(&asking, t!(lang, "admin-places"), body).actions(actions))
}

fn row(asking: &Asking, place: &Place) -> Row {
    let lang = asking.lang;
    let or_dash = |text: &str| {
        if text.is_empty() {
            "—".to_owned()
        } else {
            text.to_owned()
        }
    };
    Row::new(vec![
        html! { a href=(asking.link(&path(&place.code))) { (text(lang, &place.name)) } },
        html! { code { (place.code) } },
        html! { (word(lang, "place_kind", &place.kind)) },
        html! { (or_dash(&place.prefix)) },
        html! { @match &place.pilot { Some((since, _)) => (language::date(lang, *since)), None => "—" } },
        html! { (word(lang, "place_level", &place.level)) },
        html! { (or_dash(&place.parent)) },
    ])
}

/// A place as a form says it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Fields {
    code: String,
    name: String,
    name_en: String,
    short: String,
    kind: String,
    level: String,
    prefix: String,
    parent: String,
    chain: String,
    effective: String,
    source: String,
}

impl Fields {
    fn of(place: &Place) -> Self {
        Self {
            code: place.code.clone(),
            name: place.name.zh.clone(),
            name_en: place.name.en.clone().unwrap_or_default(),
            short: place.short.clone(),
            kind: place.kind.clone(),
            level: place.level.clone(),
            prefix: place.prefix.clone(),
            parent: place.parent.clone(),
            chain: place.chain.join("\n"),
            ..Self::default()
        }
    }

    /// What the form says of the place; what it does not ask stays as it was.
    fn facts(&self, before: Option<&Place>) -> Facts {
        Facts {
            name: Bilingual::typed(&self.name, &self.name_en, before.map(|place| &place.name)),
            short: self.short.clone(),
            kind: self.kind.clone(),
            level: self.level.clone(),
            prefix: filled(&self.prefix),
            parent: filled(&self.parent),
            chain: self.chain.lines().map(str::to_owned).collect(),
            tile: before.and_then(|place| place.tile),
        }
    }
}

fn fields(lang: Lang, f: &Fields, faults: &Faults) -> Markup {
    let kinds = vocabulary()
        .words("place_kind")
        .iter()
        .map(|w| (w.id.clone(), first(lang, &w.name).to_owned()))
        .collect();
    let levels = LEVELS
        .iter()
        .map(|level| ((*level).to_owned(), word(lang, "place_level", level)))
        .collect();
    html! {
        (name_fields(lang, (&f.name, &f.name_en, &f.short), faults))
        (Field::new("kind", t!(lang, "org-kind")).control(Control::Choose(kinds)).value(f.kind.clone()).draw(lang, faults))
        (Field::new("level", t!(lang, "admin-place-level")).control(Control::Choose(levels)).value(f.level.clone()).draw(lang, faults))
        (Field::new("prefix", t!(lang, "admin-place-prefix")).hint(t!(lang, "admin-place-prefix-hint")).optional().width("w-code").value(f.prefix.clone()).draw(lang, faults))
        (Field::new("parent", t!(lang, "admin-place-parent")).optional().width("w-code").value(f.parent.clone()).draw(lang, faults))
        (Field::new("chain", t!(lang, "admin-place-chain")).hint(t!(lang, "admin-place-chain-hint")).optional().control(Control::Lines(3)).value(f.chain.clone()).draw(lang, faults))
        (day_field(lang, &f.effective).optional().draw(lang, faults))
    }
}

/// The form for a place that is not known yet.
pub(crate) async fn new(asking: Asking) -> Answer<Page> {
    Ok(new_form(&asking, &Fields::default(), &Faults::default()))
}

fn new_form(asking: &Asking, f: &Fields, faults: &Faults) -> Page {
    let lang = asking.lang;
    let all = html! {
        (Field::new("code", t!(lang, "admin-place-code")).hint(t!(lang, "admin-place-code-hint")).width("w-code").value(f.code.clone()).draw(lang, faults))
        (fields(lang, f, faults))
    };
    let list = (t!(lang, "admin-places"), "/admin/places");
    new_page(asking, t!(lang, "admin-place-new"), list, &all, faults)
}

/// The day of a form, and what the platform answers to the command.
async fn manage(asking: &Asking, web: &Web, code: &str, form: &Form<Fields>, command: &Command) -> Result<(), Failure> {
    let on: Option<Date> = day("effective", &form.value.effective)?;
    command::manage(&web.platform, &form.context(asking), code, command, on, None).await?;
    Ok(())
}

/// Enters a place.
pub(crate) async fn enter(asking: Asking, State(web): State<Web>, form: Form<Fields>) -> Answer<Response> {
    let code = form.value.code.trim();
    let command = Command::Enter(form.value.facts(None));
    let done = manage(&asking, &web, code, &form, &command).await;
    entered(&asking, done, &path(code), |faults| {
        new_form(&asking, &form.value, faults)
    })
}

/// What may be changed of one place.
pub(crate) async fn page(asking: Asking, State(web): State<Web>, Path(code): Path<String>) -> Answer<Page> {
    draw(&asking, &web, &code).await
}

/// The place with this code and no other name.
async fn of_code(asking: &Asking, web: &Web, code: &str) -> Answer<Place> {
    let place = places::place(&web.platform, &asking.reader, code).await?;
    if place.code == code {
        Ok(place)
    } else {
        Err(Refusal::unseen().into())
    }
}

async fn draw(asking: &Asking, web: &Web, code: &str) -> Answer<Page> {
    let lang = asking.lang;
    let place = of_code(asking, web, code).await?;
    let none = Faults::default();
    let mut current = Fields::of(&place);
    current.effective = asking.reader.today.to_string();
    let post = |act: &str, fields: &Markup, weight: Weight, verb: &str| {
        act_form(lang, &format!("{}/{act}", path(code)), fields, weight, verb)
    };
    let body = html! {
        section.section #change {
            header.section-head { h2 { (t!(lang, "org-change")) } }
            (post("change", &fields(lang, &current, &none), Weight::Primary, &t!(lang, "org-change-go")))
        }
        section.section #pilot {
            header.section-head { h2 { (t!(lang, "admin-place-pilot")) } }
            @match &place.pilot {
                Some((since, source)) => p { (t!(lang, "admin-place-pilot-text", since = language::date(lang, *since))) " " span lang="zh-Hans" { (source) } },
                None => (post("pilot", &html! {
                    (Field::new("source", t!(lang, "admin-place-pilot-source")).hint(t!(lang, "admin-place-pilot-hint")).within("pilot").draw(lang, &none))
                    (day_field(lang, &current.effective).within("pilot").draw(lang, &none))
                }, Weight::Plain, &t!(lang, "admin-place-pilot-go"))),
            }
        }
    };
    let actions = html! {
        a.button href=(asking.link(&format!("/places/{}", segment(code)))) { (t!(lang, "admin-place-public-page")) }
        a.button href=(asking.link(&format!("/history/place/{}", segment(code)))) { (t!(lang, "org-history")) }
    };
    Ok(within(asking, first(lang, &place.name), body)
        .heading(html! { (bilingual(lang, &place.name)) })
        .kicker(format!("{} · {}", word(lang, "place_kind", &place.kind), place.code))
        .crumb(t!(lang, "admin-places"), "/admin/places")
        .actions(actions))
}

/// Carries a command out; what is refused comes back as the page with a box.
async fn act(asking: &Asking, web: &Web, code: &str, form: &Form<Fields>, command: &Command) -> Answer<Response> {
    let done = manage(asking, web, code, form, command).await;
    acted(asking, done, &path(code), draw(asking, web, code)).await
}

/// Changes a place, from a day.
pub(crate) async fn change(
    asking: Asking,
    State(web): State<Web>,
    Path(code): Path<String>,
    form: Form<Fields>,
) -> Answer<Response> {
    let before = of_code(&asking, &web, &code).await?;
    let command = Command::Change(form.value.facts(Some(&before)));
    act(&asking, &web, &code, &form, &command).await
}

/// Records that a place joined the pilots.
pub(crate) async fn pilot(
    asking: Asking,
    State(web): State<Web>,
    Path(code): Path<String>,
    form: Form<Fields>,
) -> Answer<Response> {
    let command = Command::BecomePilot {
        source: form.value.source.clone(),
    };
    act(&asking, &web, &code, &form, &command).await
}
