//! The forms by which a task gets its ministry, its time limit, its milestones and its links to measures.

use super::history::recorded;
use crate::{
    Answer, Asking, Failure, Page, Path, Sent, Web,
    components::{
        field::{Control, Faults, Field, Weight, button, once},
        refusal_box,
        words::{bilingual, first},
    },
    links::{Screen, segment},
    problem,
};
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use jiff::civil::Date;
use language::{Lang, t};
use maud::{Markup, html};
use platform::{
    bilingual::Bilingual,
    list::{
        command::{TaskCommand, run},
        query::{self as list, Task},
    },
    people::query::{self as people, OrganizationFilter},
    refusal::{Error, Refusal},
    rights::Action,
};
use serde::Deserialize;

/// The address of the forms of a task.
pub(super) fn path(task: &str) -> String {
    format!("/tasks/{}/assign", segment(task))
}

/// The id of a form, which its fields carry too.
const fn form_id(act: &'static str) -> &'static str {
    match act.as_bytes() {
        b"time-limit/clear" => "time-limit-clear",
        _ => act,
    }
}

/// The forms of one task.
pub(crate) async fn task(asking: Asking, State(web): State<Web>, Path(id): Path<String>) -> Answer<Page> {
    draw(&asking, &web, &id, &Again::default()).await
}

/// A form that is shown again: which, what was typed, what is wrong with it.
#[derive(Debug, Default)]
struct Again {
    act: &'static str,
    given: Fields,
    faults: Faults,
}

impl Again {
    /// What was typed into a field of a form; what stands where another form is shown again.
    fn typed<'a>(&'a self, act: &str, typed: impl Fn(&'a Fields) -> &'a str, stands: &'a str) -> String {
        if self.act == act { typed(&self.given) } else { stands }.to_owned()
    }

    /// What is wrong with the fields of a form.
    fn faults(&self, act: &str) -> Faults {
        if self.act == act {
            self.faults.clone()
        } else {
            Faults::default()
        }
    }

    /// That the day has passed, with a tick for whoever means it so; only once it was found.
    fn passed(&self, lang: Lang, act: &'static str) -> Markup {
        html! {
            @if self.act == act && self.faults.get("past").is_some() {
                label.check { input id=(format!("{}-past", form_id(act))) type="checkbox" name="past" value="true"; span { (t!(lang, "assign-past-anyway")) } }
            }
        }
    }
}

async fn draw(asking: &Asking, web: &Web, id: &str, again: &Again) -> Answer<Page> {
    let lang = asking.lang;
    let task = list::task(&web.platform, &asking.reader, id).await?;
    let of_kind = OrganizationFilter {
        kind: Some("ministry".to_owned()),
        ..OrganizationFilter::default()
    };
    let mut ministries: Vec<(String, String)> =
        people::organizations(&web.platform, &of_kind, asking.reader.as_of, 500)
            .await?
            .into_iter()
            .map(|o| (o.id.clone(), first(lang, &o.name).to_owned()))
            .collect();
    if task.guiding.is_empty() {
        // Nobody is named by a hasty click.
        ministries.insert(0, (String::new(), t!(lang, "assign-choose")));
    }
    let recorded = recorded::notice(asking, web, &format!("task/{id}")).await?;
    let form = |act: &'static str, fields: Markup, weight: Weight, verb: &str| {
        html! {
            form.section #(form_id(act)) method="post" action=(lang.path(&format!("/tasks/{}/{act}", segment(id)))) { (once()) (fields) (button(weight, verb)) }
        }
    };
    let field = |act: &'static str, name: &'static str, label: String, typed: fn(&Fields) -> &str, stands: &str| {
        Field::new(name, label)
            .value(again.typed(act, typed, stands))
            .within(form_id(act))
    };
    let drawn = |act: &'static str, field: Field| field.draw(lang, &again.faults(act));
    let day = |act: &'static str, stands: &str| {
        let day = field(act, "due", t!(lang, "assign-limit-due"), |f| &f.due, stands);
        drawn(act, day.control(Control::Input("date")).width("w-date"))
    };
    let who = |act: &'static str, stands: &str| {
        let who = field(act, "set_by", t!(lang, "assign-set-by"), |f| &f.set_by, stands);
        drawn(act, who.hint(t!(lang, "assign-source-hint")))
    };
    let (limit, limit_by) = task
        .time_limit
        .clone()
        .map_or_else(Default::default, |(day, by)| (day.to_string(), by));
    let body = html! {
        (recorded)
        @if asking.can(web, Action::AssignTask) {
            h2 { (t!(lang, "assign-guiding")) }
            (form("guiding", html! {
                (drawn("guiding", field("guiding", "organization", t!(lang, "assign-guiding"), |f| &f.organization, &task.guiding).control(Control::Choose(ministries))))
                (drawn("guiding", field("guiding", "source", t!(lang, "assign-source"), |f| &f.source, &task.guiding_source).hint(t!(lang, "assign-source-hint"))))
            }, Weight::Primary, &t!(lang, "assign-guiding-go")))
            h2 { (t!(lang, "assign-limit")) }
            (form("time-limit", html! {
                (day("time-limit", &limit)) (again.passed(lang, "time-limit")) (who("time-limit", &limit_by))
            }, Weight::Plain, &t!(lang, "assign-limit-go")))
            @if task.time_limit.is_some() {
                (form("time-limit/clear", drawn("time-limit/clear", field("time-limit/clear", "reason", t!(lang, "assign-limit-clear-reason"), |f| &f.reason, "")), Weight::Plain, &t!(lang, "assign-limit-clear-go")))
            }
            h2 { (t!(lang, "assign-milestone")) }
            (form("milestone", html! {
                (drawn("milestone", field("milestone", "name", t!(lang, "assign-milestone-name"), |f| &f.name, "")))
                (day("milestone", "")) (again.passed(lang, "milestone")) (who("milestone", ""))
            }, Weight::Plain, &t!(lang, "assign-milestone-go")))
            p { a href=(asking.link("/unassigned")) { (t!(lang, "assign-back")) } }
        }
        (links(asking, web, &task).await?)
    };
    Ok(Page::new(t!(lang, "assign-title"), body)
        .kicker(t!(lang, "task-number", number = task.number))
        .crumb(t!(lang, "screen-list"), "/list")
        .crumb(
            t!(lang, "task-number", number = task.number),
            format!("/tasks/{}", task.id),
        )
        .heading(html! { (bilingual(lang, &task.title)) })
        .screen(Screen::List))
}

/// Links to measures: confirmed or rejected by whoever may, proposed by officers.
async fn links(asking: &Asking, web: &Web, task: &Task) -> Answer<Markup> {
    let lang = asking.lang;
    let found = list::links(&web.platform, &asking.reader, Some(&task.id)).await?;
    let measures = list::measures(&web.platform, &task.list).await?;
    let name = |number: &str| {
        let title = measures
            .iter()
            .find(|m| m.number == number)
            .map_or("", |m| first(lang, &m.title));
        format!("{} {title}", t!(lang, "measure-name", number = number))
    };
    let confirms = asking.can(web, Action::ConfirmLink);
    let free: Vec<(String, String)> = measures
        .iter()
        .filter(|m| !found.iter().any(|l| l.measure == m.number))
        .map(|m| (m.number.clone(), name(&m.number)))
        .collect();
    let act = |act: &str, measure: &str, verb: &str| {
        html! {
            form method="post" action=(lang.path(&format!("/tasks/{}/links/{act}", segment(&task.id)))) {
                (once()) input type="hidden" name="measure" value=(measure);
                button.button.small type="submit" { (verb) }
            }
        }
    };
    Ok(html! {
        h2 #links { (t!(lang, "assign-links")) }
        ul { @for link in &found { li {
            (name(&link.measure)) " · " (t!(lang, "assign-link-state", state = link.link.as_str()))
            @if confirms {
                div.button-row {
                    @if link.link != "confirmed" { (act("confirm", &link.measure, &t!(lang, "assign-link-confirm"))) }
                    (act("remove", &link.measure, &t!(lang, "assign-link-remove")))
                }
            }
        } } }
        form method="post" action=(lang.path(&format!("/tasks/{}/links", segment(&task.id)))) {
            (once())
            (Field::new("measure", t!(lang, "assign-link-new")).control(Control::Choose(free)).draw(lang, &Faults::default()))
            (button(Weight::Plain, &t!(lang, "assign-link-go")))
        }
    })
}

/// The fields of these forms.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Fields {
    organization: String,
    source: String,
    due: String,
    set_by: String,
    reason: String,
    name: String,
    measure: String,
    past: String,
}

impl Fields {
    /// The last day; one that has passed needs a tick.
    fn due(&self, today: Date) -> Result<Date, Error> {
        let wrong = |field, fault| Error::from(Refusal::wrong("web/form_fields").fault(field, fault));
        let due: Date = self.due.trim().parse().map_err(|_| wrong("due", "fault-date"))?;
        if due < today && self.past.is_empty() {
            return Err(wrong("past", "fault-date-past"));
        }
        Ok(due)
    }
}

/// Does something with a task and says so; what is refused comes back as its form with what is wrong, or as the page with a
/// box that names the rule.
async fn act(
    sent: Sent<Fields>,
    act: &'static str,
    command: impl FnOnce(&Fields, Date) -> Result<TaskCommand, Error>,
) -> Answer<Response> {
    let Sent { asking, web, id, form } = sent;
    let done = match command(&form.value, asking.reader.today) {
        Ok(command) => run(&web.platform, &form.context(&asking), &id, None, &command).await,
        Err(error) => Err(error),
    };
    let failure = match done.map_err(Failure::from) {
        Ok(done) => {
            return Ok(asking
                .go(&format!("{}?recorded={}", path(&id), done.first.0))
                .into_response());
        }
        Err(failure) => failure,
    };
    let Some(refusal) = failure.refusal() else {
        return Err(failure);
    };
    let page = if refusal.faults.is_empty() {
        let told = problem::tell(asking.lang, &failure);
        let refused = refusal_box::refusal(asking.lang, &told, &asking.request, html! {});
        draw(&asking, &web, &id, &Again::default()).await?.alert(refused)
    } else {
        let again = Again {
            act,
            faults: Faults::of(asking.lang, refusal),
            given: form.value.clone(),
        };
        draw(&asking, &web, &id, &again)
            .await?
            .alert(again.faults.summary_within(asking.lang, form_id(act)))
    };
    Ok(page.status(failure.status()).into_response())
}

/// Names the guiding ministry.
pub(crate) async fn guiding(sent: Sent<Fields>) -> Answer<Response> {
    act(sent, "guiding", |f, _| {
        Ok(TaskCommand::AssignGuiding {
            organization: f.organization.clone(),
            source: f.source.trim().to_owned(),
        })
    })
    .await
}

/// Sets the time limit.
pub(crate) async fn time_limit(sent: Sent<Fields>) -> Answer<Response> {
    act(sent, "time-limit", |f, today| {
        let set_by = f.set_by.trim().to_owned();
        f.due(today).map(|due| TaskCommand::SetTimeLimit { due, set_by })
    })
    .await
}

/// Takes the time limit away.
pub(crate) async fn clear_time_limit(sent: Sent<Fields>) -> Answer<Response> {
    act(sent, "time-limit/clear", |f, _| {
        Ok(TaskCommand::ClearTimeLimit {
            reason: f.reason.trim().to_owned(),
        })
    })
    .await
}

/// Sets a milestone for all who hold the task.
pub(crate) async fn milestone(sent: Sent<Fields>) -> Answer<Response> {
    act(sent, "milestone", |f, today| {
        let (name, set_by) = (Bilingual::zh(f.name.trim()), f.set_by.trim().to_owned());
        f.due(today).map(|due| TaskCommand::SetMilestone { name, due, set_by })
    })
    .await
}

/// Proposes a link.
pub(crate) async fn propose_link(sent: Sent<Fields>) -> Answer<Response> {
    link(sent, |measure| TaskCommand::ProposeLink { measure }).await
}

/// Confirms a link.
pub(crate) async fn confirm_link(sent: Sent<Fields>) -> Answer<Response> {
    link(sent, |measure| TaskCommand::ConfirmLink { measure }).await
}

/// Rejects a link.
pub(crate) async fn remove_link(sent: Sent<Fields>) -> Answer<Response> {
    link(sent, |measure| TaskCommand::RemoveLink { measure }).await
}

async fn link(sent: Sent<Fields>, command: impl FnOnce(String) -> TaskCommand) -> Answer<Response> {
    act(sent, "links", |f, _| Ok(command(f.measure.clone()))).await
}
