//! One thing done with several rows of the desk: each row is a command of its own, with its own rights, rules and answer.

use crate::{
    Answer, Asking, Failure, Form, Page, Web,
    components::{field::once, refusal_box, words::first},
    links::{Screen, segment},
    problem,
};
use axum::extract::State;
use language::t;
use maud::{Markup, html};
use platform::{
    bilingual::Bilingual,
    obligation::{
        command::{Command, Hands, Since, run},
        query::{self as obligation, Filter, Obligation, SubjectKind},
    },
    people::query::{self as people, OrganizationFilter},
    question::Window,
    refusal::Refusal,
    rights::Action,
};
use std::collections::BTreeMap;

/// Whether the reader may do something with several rows at all.
pub(super) fn may(asking: &Asking, web: &Web) -> bool {
    !asking.is_past() && (asking.can(web, Action::AssignHolder) || asking.can(web, Action::SetMilestone))
}

/// Rows within the form that takes those which are ticked; the bare rows where the reader may do nothing with several.
pub(super) async fn form(asking: &Asking, web: &Web, rows: Markup) -> Answer<Markup> {
    let lang = asking.lang;
    if !may(asking, web) {
        return Ok(rows);
    }
    let desks = desks(asking, web).await?;
    Ok(html! {
        form method="post" action=(lang.path("/desk/batch")) data-selection="" {
            (once())
            (rows)
            div.selection-bar data-selection-bar="" data-text=(t!(lang, "desk-selected", n = "{n}")) {
                p data-selection-count="" { (t!(lang, "desk-selected-none")) }
                label.check { input type="checkbox" data-select-all=""; span { (t!(lang, "desk-select-all")) } }
                @if !desks.is_empty() && asking.can(web, Action::AssignHolder) {
                    div.selection-act {
                        label { span { (t!(lang, "obligation-field-desk")) } select.input name="hands" { @for (id, name) in &desks { option value=(id) { (name) } } } }
                        label { span { (t!(lang, "desk-batch-reason")) } input.input type="text" name="reason"; }
                        button.button.primary.small type="submit" name="act" value="assign" { (t!(lang, "desk-batch-assign")) }
                    }
                }
                @if asking.can(web, Action::SetMilestone) {
                    div.selection-act {
                        label { span { (t!(lang, "obligation-field-name")) } input.input type="text" name="name"; }
                        label { span { (t!(lang, "obligation-field-due")) } input.input type="date" name="due"; }
                        label { span { (t!(lang, "obligation-field-set-by")) } input.input type="text" name="set_by"; }
                        button.button.small type="submit" name="act" value="milestone" { (t!(lang, "desk-batch-milestone")) }
                    }
                }
            }
        }
    })
}

/// The box by which a row is ticked.
pub(super) fn tick(asking: &Asking, o: &Obligation) -> Markup {
    let lang = asking.lang;
    html! {
        label.select { input type="checkbox" name="row" value=(o.id) aria-label=(t!(lang, "desk-select", title = first(lang, &o.title))); }
    }
}

/// Desks into which the reader could put something: those of the bodies of their places, and of their own bodies.
async fn desks(asking: &Asking, web: &Web) -> Answer<Vec<(String, String)>> {
    let (platform, as_of, lang) = (&web.platform, asking.reader.as_of, asking.lang);
    let reach = asking.reach(web, Action::AssignHolder);
    let mut bodies: BTreeMap<String, Bilingual> = BTreeMap::new();
    for place in &reach.places {
        let filter = OrganizationFilter {
            place: Some(place.clone()),
            ..OrganizationFilter::default()
        };
        let found = people::organizations(platform, &filter, as_of, 50).await?;
        bodies.extend(found.into_iter().map(|body| (body.id, body.name)));
    }
    for id in &reach.organizations {
        if let Some(body) = people::organization(platform, id, as_of).await? {
            bodies.insert(body.id, body.name);
        }
    }
    let mut desks = Vec::new();
    for (id, name) in &bodies {
        for desk in people::desks(platform, id, as_of).await? {
            let called = format!("{} · {}", first(lang, name), first(lang, &desk.name));
            desks.push((format!("{id}/{}", desk.id), called));
        }
    }
    Ok(desks)
}

/// What a form says.
struct Filled<'f>(&'f [(String, String)]);

impl Filled<'_> {
    fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(n, _)| n == name).map_or("", |(_, v)| v.trim())
    }

    fn rows(&self) -> Vec<String> {
        let mut rows: Vec<String> = Vec::new();
        for (_, id) in self.0.iter().filter(|(n, _)| n == "row") {
            if !rows.contains(id) {
                rows.push(id.clone());
            }
        }
        rows
    }

    /// What is to be done with one row.
    fn command(&self, o: &Obligation) -> Result<Command, Refusal> {
        match self.get("act") {
            "assign" => {
                let (organization, desk) = self
                    .get("hands")
                    .split_once('/')
                    .ok_or_else(|| Refusal::wrong("web/form_fields").fault("hands", "fault-required"))?;
                let hands = Hands {
                    organization: organization.to_owned(),
                    desk: desk.to_owned(),
                    person: None,
                };
                Ok(if o.holder.desk.is_empty() {
                    Command::AssignHolder {
                        hands,
                        since: Since::default(),
                    }
                } else {
                    Command::HandOver {
                        hands,
                        reason: self.get("reason").to_owned(),
                        since: Since::default(),
                    }
                })
            }
            "milestone" => Ok(Command::SetMilestone {
                milestone: None,
                name: Bilingual::zh(self.get("name")),
                due: self
                    .get("due")
                    .parse()
                    .map_err(|_| Refusal::wrong("web/form_fields").fault("due", "fault-date"))?,
                set_by: self.get("set_by").to_owned(),
            }),
            _ => Err(Refusal::wrong("web/form_fields").fault("act", "fault-required")),
        }
    }
}

/// Does it, row by row, and says of each row what became of it.
pub(crate) async fn take(asking: Asking, State(web): State<Web>, form: Form<Vec<(String, String)>>) -> Answer<Page> {
    let lang = asking.lang;
    let filled = Filled(&form.value);
    let rows = filled.rows();
    if rows.is_empty() || rows.len() > 200 {
        return Err(Refusal::wrong("web/no_rows").into());
    }
    let filter = Filter {
        ids: Some(rows.clone()),
        subject_kind: Some(SubjectKind::Any),
        ..Filter::default()
    };
    let found = obligation::obligations(&web.platform, &asking.reader, &filter, &Window::of(200))
        .await?
        .items;
    let (mut told, mut done) = (Vec::new(), 0);
    for (at, id) in rows.iter().enumerate() {
        let Some(o) = found.iter().find(|o| o.id == *id) else {
            let unseen = problem::tell(lang, &Failure::unseen());
            told.push((
                id.clone(),
                id.clone(),
                refusal_box::refusal(lang, &unseen, &asking.request, html! {}),
            ));
            continue;
        };
        // One key for the whole form would let the first row answer for all.
        let mut context = form.context(&asking);
        context.idempotency = context
            .idempotency
            .map(|(key, request)| (format!("{key}-{at}"), request));
        let answer = match filled.command(o) {
            Ok(command) => run(&web.platform, &context, id, None, &command)
                .await
                .map_err(Failure::from),
            Err(refusal) => Err(refusal.into()),
        };
        let answer = match answer {
            Ok(_) => {
                done += 1;
                html! { (t!(lang, "upload-row-done")) }
            }
            Err(failure) if failure.refusal().is_some() => {
                refusal_box::refusal(lang, &problem::tell(lang, &failure), &asking.request, html! {})
            }
            Err(failure) => return Err(failure),
        };
        let number = if o.number > 0 {
            format!("{} ", t!(lang, "task-number", number = o.number))
        } else {
            String::new()
        };
        told.push((id.clone(), format!("{number}{}", first(lang, &o.title)), answer));
    }
    let body = html! {
        div.notice role="status" { p { (t!(lang, "desk-batch-done", done = done, refused = rows.len() - done)) } }
        ul #batch { @for (id, title, answer) in &told {
            li { a href=(asking.link(&format!("/obligations/{}", segment(id)))) { (title) } " · " (answer) }
        } }
        p { a.button href=(asking.link("/desk")) { (t!(lang, "desk-batch-back")) } }
    };
    Ok(Page::new(t!(lang, "desk-batch-title"), body)
        .crumb(t!(lang, "screen-desk"), "/desk")
        .screen(Screen::Desk))
}
