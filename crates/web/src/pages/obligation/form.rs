//! The forms by which officers report on an obligation: which of them are open to the reader, and their fields.

use crate::{
    Answer, Asking, Web,
    api::actions::{self, Input},
    components::{
        field::{Control, Faults, Field, Weight, button, once},
        standing::{stage_spelt, word},
        words::first,
    },
};
use language::{Lang, t};
use maud::{Markup, html};
use platform::{
    context::PersonId,
    list::query::Task,
    obligation::{
        decide::MOST_FILES,
        event::{BlockKind, EvidenceKind},
        query::{MilestoneRow, Obligation, evidence},
    },
    output::query::{self as output, Output},
    people::query::{self as people, Display, Member, OrganizationFilter},
    rights::{Object, may, visibility::Fact},
    upload::Attachment,
};

/// Actions of the forms, in the order of the page.
pub(super) const FORMS: [&str; 16] = [
    "record_stage",
    "record_evidence",
    "complete_evidence",
    "note",
    "reach_milestone",
    "set_milestone",
    "assign_holder",
    "hand_over",
    "choose_part",
    "choose_topics",
    "block",
    "unblock",
    "close",
    "reopen",
    "opt_in",
    "opt_out",
];

/// What the forms need to know of the obligation.
pub(super) struct Around<'a> {
    /// The obligation.
    pub obligation: &'a Obligation,
    /// Its task; absent of a sentence's.
    pub task: Option<&'a Task>,
    /// Its milestones.
    pub milestones: &'a [MilestoneRow],
    /// Desks that could take it, and who sits at them: `BODY/DESK`, `BODY/DESK/PERSON`, and how they are called.
    pub desks: Vec<(String, String)>,
    /// Evidence whose number or day is not known: position and title. What came with an output is completed there.
    pub lacking: Vec<(String, String)>,
    /// How many entries it has: a form that was opened on another state is refused.
    pub version: i64,
    /// The actions open to the reader.
    pub open: Vec<&'static str>,
    /// Files that came with the form before it was shown again.
    pub sent: Vec<Attachment>,
}

/// Gathers what the forms need; nothing is open to readers without a right to it.
pub(super) async fn around<'a>(
    asking: &Asking,
    web: &Web,
    obligation: &'a Obligation,
    task: Option<&'a Task>,
    milestones: &'a [MilestoneRow],
) -> Answer<Around<'a>> {
    let mut around = Around {
        obligation,
        task,
        milestones,
        desks: Vec::new(),
        lacking: Vec::new(),
        version: 0,
        open: Vec::new(),
        sent: Vec::new(),
    };
    let Some(actor) = asking.actor().filter(|_| !asking.is_past()) else {
        return Ok(around);
    };
    let some = |text: &String| (!text.is_empty()).then(|| text.clone());
    let object = Object {
        place: some(&obligation.place),
        organization: some(&obligation.organization),
        ..Object::default()
    };
    let allowed =
        |name: &str| actions::right(name).is_some_and(|right| may(web.platform.rights(), actor, right, &object));
    if allowed("complete_evidence") {
        around.lacking = lacking(asking, web, obligation).await?;
    }
    around.open = FORMS
        .into_iter()
        .filter(|name| allowed(name) && makes_sense(name, &around))
        .collect();
    if around.open.is_empty() {
        return Ok(around);
    }
    let stream = platform::obligation::command::stream(&obligation.id)?;
    around.version = web.platform.ledger().version(&stream).await?.0;
    if around
        .open
        .iter()
        .any(|name| matches!(*name, "assign_holder" | "hand_over"))
    {
        around.desks = desks(asking, web, obligation).await?;
    }
    Ok(around)
}

/// Whether an action fits the state in which the obligation is.
fn makes_sense(name: &str, around: &Around<'_>) -> bool {
    let o = around.obligation;
    let closed = o.state == "closed";
    match name {
        "reopen" => closed,
        // What is there is held already; the page of the task offers it.
        "opt_in" => false,
        "note" | "record_evidence" => true,
        "complete_evidence" => !around.lacking.is_empty(),
        _ if closed => false,
        "opt_out" => !o.firm && around.task.is_some(),
        "unblock" => o.state == "blocked",
        "block" => o.state != "blocked",
        "assign_holder" => o.holder.desk.is_empty(),
        "hand_over" => !o.holder.desk.is_empty(),
        "reach_milestone" => around.milestones.iter().any(|m| m.reached.is_none()),
        "choose_part" => around.task.is_some_and(|t| t.role == "take_part_or_undertake"),
        "choose_topics" => around.task.is_some_and(|t| !t.topics.is_empty()),
        _ => true,
    }
}

/// The outputs of the place that come from the task of an obligation.
pub(super) async fn outputs(asking: &Asking, web: &Web, o: &Obligation) -> Answer<Vec<Output>> {
    if o.place.is_empty() {
        return Ok(Vec::new());
    }
    let filter = output::Filter {
        place: Some(o.place.clone()),
        in_list: Some(true),
        ..output::Filter::default()
    };
    let mut found = output::newest(&web.platform, &asking.reader, &filter).await?;
    found.retain(|output| output.tasks.contains(&o.subject));
    Ok(found)
}

async fn lacking(asking: &Asking, web: &Web, o: &Obligation) -> Answer<Vec<(String, String)>> {
    let mut rows = evidence(&web.platform, &asking.reader, &o.id).await?;
    rows.retain(|e| e.designation.is_none() || e.published.is_none());
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let outputs = outputs(asking, web, o).await?;
    Ok(rows
        .into_iter()
        .filter(|e| !outputs.iter().any(|output| output.title.zh == e.title.zh))
        .map(|e| (e.position.to_string(), first(asking.lang, &e.title).to_owned()))
        .collect())
}

async fn desks(asking: &Asking, web: &Web, o: &Obligation) -> Answer<Vec<(String, String)>> {
    let as_of = asking.reader.as_of;
    let bodies = if o.place.is_empty() {
        people::organization(&web.platform, &o.organization, as_of)
            .await?
            .into_iter()
            .collect()
    } else {
        let filter = OrganizationFilter {
            place: Some(o.place.clone()),
            ..OrganizationFilter::default()
        };
        people::organizations(&web.platform, &filter, as_of, 50).await?
    };
    let mut found = Vec::new();
    for body in bodies {
        let seated = people::members(&web.platform, &body.id, asking.reader.today).await?;
        let persons: Vec<PersonId> = seated.iter().map(|m| m.person.clone()).collect();
        let names = people::display_names(&web.platform, &asking.reader, &persons).await?;
        for desk in people::desks(&web.platform, &body.id, as_of).await? {
            let name = format!(
                "{} · {}",
                first(asking.lang, &body.name),
                first(asking.lang, &desk.name)
            );
            let id = format!("{}/{}", body.id, desk.id);
            found.push((id.clone(), name.clone()));
            for (person, called) in &names {
                let here = |m: &Member| m.person == *person && m.membership.desk.as_ref() == Some(&desk.id);
                // Whom the reader may not call by name cannot be chosen by name.
                if let Display::Name(called) = called
                    && seated.iter().any(here)
                {
                    found.push((format!("{id}/{}", person.0), format!("{name} · {called}")));
                }
            }
        }
    }
    Ok(found)
}

/// The name of an action: a verb.
pub(super) fn name(lang: Lang, action: &str) -> String {
    language::text(lang, &format!("obligation-do-{}", action.replace('_', "-")))
}

/// A form, in a disclosure where it stands beside others.
pub(super) fn draw(
    asking: &Asking,
    web: &Web,
    around: &Around<'_>,
    action: &'static str,
    given: &Input,
    faults: &Faults,
    alone: bool,
) -> Markup {
    let lang = asking.lang;
    let obligation = crate::links::segment(&around.obligation.id);
    let with_files = action == "record_evidence";
    let to = asking.lang.path(&if with_files {
        format!("/obligations/{obligation}/evidence")
    } else {
        format!("/obligations/{obligation}/actions/{action}")
    });
    let form = html! {
        form method="post" action=(to) data-guard="" enctype=[with_files.then_some("multipart/form-data")] {
            (once())
            input type="hidden" name="version" value=(around.version);
            @for field in fields(lang, web, around, action) {
                @let field = fill(field, given);
                (if alone { field.field } else { field.field.within(action) }.draw(lang, faults))
            }
            @if with_files { (already_sent(lang, around)) }
            @if action == "choose_topics" { (topics(lang, around, given)) }
            @if matches!(action, "assign_holder" | "hand_over") && around.desks.is_empty() {
                p.hint { (t!(lang, "obligation-no-desks")) }
            } @else {
                div.button-row { (button(if alone { Weight::Primary } else { Weight::Plain }, &name(lang, action))) }
            }
        }
    };
    if alone {
        return form;
    }
    html! { details.disclosure { summary { (name(lang, action)) } (form) } }
}

/// A field with its name, so that what was typed can be put back.
pub(super) struct Named {
    name: &'static str,
    field: Field,
}

fn fill(named: Named, given: &Input) -> Named {
    let value = given.get(named.name);
    let blank = value.is_empty() || value == "/";
    Named {
        field: if blank { named.field } else { named.field.value(value) },
        name: named.name,
    }
}

/// Files that came with a form which is shown again: they need not be chosen anew.
fn already_sent(lang: Lang, around: &Around<'_>) -> Markup {
    html! {
        @if !around.sent.is_empty() {
            fieldset.field {
                legend { (t!(lang, "obligation-files-sent")) }
                @for file in &around.sent {
                    label.check { input type="checkbox" name="files" value=(file.sha256) checked; span lang=[crate::components::words::foreign(lang, file.shown())] { (file.shown()) } }
                }
            }
        }
    }
}

fn topics(lang: Lang, around: &Around<'_>, given: &Input) -> Markup {
    let chosen = if given.topics.is_empty() {
        &around.obligation.topics
    } else {
        &given.topics
    };
    html! {
        fieldset.field {
            legend { (t!(lang, "task-topics")) }
            @for topic in around.task.iter().flat_map(|t| &t.topics) {
                label.check { input type="checkbox" name="topics" value=(topic.zh) checked[chosen.contains(&topic.zh)]; span { (crate::components::words::text(lang, topic)) } }
            }
        }
    }
}

/// The words of a choice by their ids.
pub(super) fn words<'a>(lang: Lang, kind: &str, ids: impl IntoIterator<Item = &'a str>) -> Control {
    Control::Choose(
        ids.into_iter()
            .map(|id| (id.to_owned(), word(lang, kind, id)))
            .collect(),
    )
}

/// Every harmonised stage that is in use, with its words.
pub(super) fn stages(lang: Lang) -> Vec<(String, String)> {
    const CODES: [&str; 26] = [
        "00.20", "10.00", "10.20", "10.98", "10.99", "20.00", "20.20", "20.60", "20.99", "30.20", "30.60", "30.99",
        "40.20", "40.60", "40.99", "50.20", "50.60", "50.99", "60.20", "60.60", "60.99", "90.20", "90.92", "90.93",
        "95.60", "95.99",
    ];
    CODES
        .iter()
        .map(|code| ((*code).to_owned(), stage_spelt(lang, code)))
        .collect()
}

/// Who may see it, with what is usual for this kind of fact.
pub(super) fn audience(lang: Lang, web: &Web, fact: Fact) -> Field {
    Field::new("audience", t!(lang, "words-audience"))
        .control(words(lang, "audience", ["desk", "participants", "public"]))
        .value(web.platform.visibility().audience_of(fact).id())
}

/// Files of an entry, with what is taken and how much.
fn files(lang: Lang, web: &Web) -> Field {
    let size = language::file_size(lang, web.platform.settings().file_limit);
    Field::new("file", t!(lang, "obligation-field-files"))
        .hint(t!(lang, "obligation-field-files-hint", size = size, most = MOST_FILES))
        .control(Control::Files(
            ".pdf,.docx,.xlsx,.png,.jpg,.jpeg,.zip,.txt,.csv,.md,.json",
        ))
        .optional()
}

fn fields(lang: Lang, web: &Web, around: &Around<'_>, action: &str) -> Vec<Named> {
    let named = |name: &'static str, field: Field| Named { name, field };
    let text = |name: &'static str, label: String| named(name, Field::new(name, label).width("w-full"));
    let maybe = |name: &'static str, label: String| named(name, Field::new(name, label).width("w-full").optional());
    let lines = |name: &'static str, label: String| {
        named(name, Field::new(name, label).control(Control::Lines(3)).width("w-full"))
    };
    let day = |name: &'static str, label: String| {
        named(
            name,
            Field::new(name, label)
                .control(Control::Input("date"))
                .width("w-date")
                .optional(),
        )
    };
    let seen = |fact: Fact| named("audience", audience(lang, web, fact));
    let on = || {
        let field = Field::new("on", t!(lang, "obligation-field-on")).hint(t!(lang, "obligation-field-on-hint"));
        named("on", field.control(Control::Input("date")).width("w-date").optional())
    };
    let source = || maybe("source", t!(lang, "obligation-field-source"));
    let link = || {
        named(
            "link",
            Field::new("link", t!(lang, "obligation-field-link"))
                .control(Control::Input("url"))
                .width("w-full")
                .optional(),
        )
    };
    let hands = || {
        named(
            "hands",
            Field::new("hands", t!(lang, "obligation-field-desk")).control(Control::Choose(around.desks.clone())),
        )
    };
    match action {
        "choose_part" => vec![named(
            "part",
            Field::new("part", t!(lang, "words-part"))
                .control(words(lang, "part", ["take_part", "undertake"]))
                .value(&around.obligation.part),
        )],
        "assign_holder" if around.desks.is_empty() => Vec::new(),
        "hand_over" if around.desks.is_empty() => Vec::new(),
        "assign_holder" => vec![hands(), on(), source()],
        "hand_over" => vec![
            hands(),
            lines("reason", t!(lang, "obligation-field-reason")),
            on(),
            source(),
        ],
        "set_milestone" => vec![
            text("name", t!(lang, "obligation-field-name")),
            maybe("name_en", t!(lang, "obligation-field-name-en")),
            named(
                "due",
                Field::new("due", t!(lang, "obligation-field-due"))
                    .control(Control::Input("date"))
                    .width("w-date"),
            ),
            text("set_by", t!(lang, "obligation-field-set-by")),
        ],
        "reach_milestone" => {
            let open = around.milestones.iter().filter(|m| m.reached.is_none());
            let choices = open
                .map(|m| (m.id.clone(), format!("{} · {}", first(lang, &m.name), m.due)))
                .collect();
            vec![
                named(
                    "milestone",
                    Field::new("milestone", t!(lang, "obligation-field-milestone")).control(Control::Choose(choices)),
                ),
                on(),
                source(),
            ]
        }
        "note" => vec![lines("text", t!(lang, "obligation-field-note")), seen(Fact::Note)],
        "record_stage" => vec![
            named(
                "stage",
                Field::new("stage", t!(lang, "words-stage")).control(Control::Choose(stages(lang))),
            ),
            maybe("designation", t!(lang, "obligation-field-designation")),
            on(),
            text("source", t!(lang, "obligation-field-source")),
            link(),
            seen(Fact::Stage),
        ],
        "record_evidence" => vec![
            named(
                "kind",
                Field::new("kind", t!(lang, "words-evidence")).control(words(
                    lang,
                    "evidence",
                    EvidenceKind::ALL.map(EvidenceKind::id),
                )),
            ),
            text("title", t!(lang, "obligation-field-title")),
            maybe("title_en", t!(lang, "obligation-field-title-en")),
            maybe("designation", t!(lang, "obligation-field-designation")),
            day("published", t!(lang, "obligation-field-published")),
            day("reported", t!(lang, "obligation-field-reported")),
            named("files", files(lang, web)),
            named(
                "source",
                Field::new("source", t!(lang, "obligation-field-source"))
                    .hint(t!(lang, "obligation-field-source-or-file"))
                    .width("w-full")
                    .optional(),
            ),
            link(),
            seen(Fact::Evidence),
        ],
        "complete_evidence" => vec![
            named(
                "position",
                Field::new("position", t!(lang, "obligation-evidence"))
                    .control(Control::Choose(around.lacking.clone())),
            ),
            maybe("designation", t!(lang, "obligation-field-designation")),
            day("published", t!(lang, "obligation-field-published")),
            source(),
            link(),
        ],
        "block" => vec![
            named(
                "kind",
                Field::new("kind", t!(lang, "words-block")).control(words(
                    lang,
                    "block",
                    BlockKind::ALL.map(BlockKind::id),
                )),
            ),
            lines("text", t!(lang, "obligation-field-block")),
            maybe("waits_for", t!(lang, "obligation-field-waits-for")),
            on(),
            source(),
            seen(Fact::Blocked),
        ],
        "unblock" => vec![lines("text", t!(lang, "obligation-field-how"))],
        "close" => vec![lines("text", t!(lang, "obligation-field-closing"))],
        "reopen" | "opt_out" => vec![lines("reason", t!(lang, "obligation-field-reason"))],
        _ => Vec::new(),
    }
}
