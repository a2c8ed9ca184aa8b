//! A line pasted from elsewhere: read into a proposal, looked at, mended, and recorded only when it is confirmed.

use super::form;
use crate::{
    Answer, Asking, Failure, Form, Page, Web,
    api::actions::{Input, Reading, bilingual},
    components::{
        facts::{self, Fact},
        field::{Control, Faults, Field, Weight, button, once},
        standing::word,
        words::{first, text},
    },
    links::{Screen, segment},
};
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use language::{Lang, t};
use maud::{Markup, html};
use platform::{
    list::{
        entering::FIRST,
        event::Tier,
        query::{self as list, Task, TaskFilter},
    },
    obligation::{
        command::{self, Command},
        event::{Evidence, EvidenceKind},
        facts::parts_of,
        mirror::{self, Doubt, Kind, PlaceName, Proposal, Reason, TaskTitle},
        query::{self as obligation, Obligation, SubjectKind},
    },
    output::{command::record_output, event::Output},
    place::query::{self as place, Place},
    question::Window,
    refusal::Refusal,
    rights::visibility::Fact as Seen,
};
use serde::Deserialize;

/// What was pasted, and the obligation from whose page, if any.
#[derive(Debug, Clone, Default, Deserialize)]
pub(crate) struct Pasted {
    #[serde(default)]
    line: String,
    #[serde(default)]
    obligation: String,
}

/// The box into which a line is pasted.
pub(crate) fn box_of(asking: &Asking, obligation: Option<&str>) -> Markup {
    let lang = asking.lang;
    html! {
        form.paste-line method="post" action=(lang.path("/paste")) {
            @if let Some(id) = obligation { input type="hidden" name="obligation" value=(id); }
            (Field::new("line", t!(lang, "paste-line")).hint(t!(lang, "paste-hint")).control(Control::Lines(1)).width("w-full").within("paste").draw(lang, &Faults::default()))
            (button(Weight::Plain, &t!(lang, "paste-read")))
        }
    }
}

/// The box alone.
pub(crate) async fn page(asking: Asking) -> Answer<Page> {
    Ok(Page::new(t!(asking.lang, "paste-title"), box_of(&asking, None))
        .screen(Screen::Desk)
        .crumb(t!(asking.lang, "screen-desk"), "/desk"))
}

/// What is known when a line is read.
struct Known {
    tasks: Vec<Task>,
    places: Vec<Place>,
    measures: Vec<list::Measure>,
    proposal: Proposal,
    place: String,
    held: Vec<Obligation>,
}

async fn know(asking: &Asking, web: &Web, pasted: &Pasted) -> Answer<Known> {
    let (platform, reader) = (&web.platform, &asking.reader);
    let tasks = list::tasks(
        platform,
        reader,
        &TaskFilter {
            list: Some(FIRST.to_owned()),
            ..TaskFilter::default()
        },
        &Window::of(200),
    )
    .await?
    .items;
    let places = place::places(platform, reader).await?;
    let pilots = place::of_list(platform, reader, FIRST).await?;
    let proposal = mirror::read(&pasted.line, &titles(&tasks, &pilots), &names(&places));
    let own = asking
        .actor()
        .iter()
        .flat_map(|a| &a.grants)
        .flat_map(|g| &g.places)
        .next()
        .cloned();
    let of_obligation = parts_of(&pasted.obligation).map(|(_, place)| place.to_owned());
    let place = of_obligation
        .or_else(|| proposal.place.clone())
        .or(own)
        .unwrap_or_default();
    let filter = obligation::Filter {
        place: Some(place.clone()),
        subject_kind: Some(SubjectKind::Task),
        ..obligation::Filter::default()
    };
    let mut held = obligation::obligations(platform, reader, &filter, &Window::of(200))
        .await?
        .items;
    if !pasted.obligation.is_empty() && !held.iter().any(|o| o.id == pasted.obligation) {
        held.push(obligation::obligation(platform, reader, &pasted.obligation).await?);
    }
    let measures = list::measures(platform, FIRST).await?;
    Ok(Known {
        tasks,
        places,
        measures,
        proposal,
        place,
        held,
    })
}

fn titles(tasks: &[Task], pilots: &[String]) -> Vec<TaskTitle> {
    tasks
        .iter()
        .map(|task| {
            let both = |text: &platform::bilingual::Bilingual| {
                std::iter::once(text.zh.clone())
                    .chain(text.en.clone())
                    .collect::<Vec<_>>()
            };
            let titles = both(&task.title)
                .into_iter()
                .chain(task.topics.iter().flat_map(both))
                .collect();
            let places = task
                .claims
                .iter()
                .flat_map(|c| {
                    if c.places.is_empty() {
                        pilots.to_vec()
                    } else {
                        c.places.clone()
                    }
                })
                .collect();
            TaskTitle {
                id: task.id.clone(),
                number: task.number,
                titles,
                places,
            }
        })
        .collect()
}

fn names(places: &[Place]) -> Vec<PlaceName> {
    places
        .iter()
        .map(|p| PlaceName {
            code: p.code.clone(),
            names: [p.name.zh.clone(), p.short.clone()]
                .into_iter()
                .chain(p.name.en.clone())
                .collect(),
            prefix: (!p.prefix.is_empty()).then(|| p.prefix.clone()),
        })
        .collect()
}

/// Reads a line and shows what it was read as; nothing is recorded.
pub(crate) async fn read(asking: Asking, State(web): State<Web>, pasted: Form<Pasted>) -> Answer<Page> {
    let known = know(&asking, &web, &pasted.value).await?;
    if known.proposal.doubts == [Doubt::Length] {
        let faults = Faults::of(
            asking.lang,
            &Refusal::wrong("obligation/text").fault("line", "fault-line"),
        );
        return Ok(page(asking.clone()).await?.again(asking.lang, &faults));
    }
    let given = Confirmed::of(&known, &pasted.value);
    Ok(draw(&asking, &web, &known, &given, &Faults::default()))
}

/// What a person confirms.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Confirmed {
    line: String,
    obligation: String,
    what: String,
    target: String,
    place: String,
    stage: String,
    title: String,
    designation: String,
    on: String,
    source: String,
    link: String,
    audience: String,
}

impl Confirmed {
    fn of(known: &Known, pasted: &Pasted) -> Self {
        let p = &known.proposal;
        let day = |day: Option<jiff::civil::Date>| day.map(|d| d.to_string()).unwrap_or_default();
        let candidate = p
            .tasks
            .iter()
            .filter_map(|c| known.held.iter().find(|o| o.subject == c.task))
            .map(|o| o.id.clone())
            .next();
        let target = if pasted.obligation.is_empty() {
            candidate
        } else {
            Some(pasted.obligation.clone())
        };
        Self {
            line: pasted.line.trim().to_owned(),
            obligation: pasted.obligation.clone(),
            what: if p.kind == Kind::Evidence { "standard" } else { "stage" }.to_owned(),
            target: target.unwrap_or_default(),
            place: known.place.clone(),
            stage: p.stage.clone().unwrap_or_default(),
            title: p.title.clone(),
            designation: p.designation.clone().unwrap_or_default(),
            on: day(p.published),
            ..Self::default()
        }
    }

    fn input(&self) -> Input {
        Input {
            source: self.source.clone(),
            link: self.link.clone(),
            line: self.line.clone(),
            ..Input::default()
        }
    }
}

fn draw(asking: &Asking, web: &Web, known: &Known, given: &Confirmed, faults: &Faults) -> Page {
    let lang = asking.lang;
    let what = vec![
        ("stage".to_owned(), t!(lang, "paste-what-stage")),
        ("standard".to_owned(), t!(lang, "paste-what-standard")),
    ];
    let body = html! {
        blockquote.source-line { p lang="zh-Hans" { (given.line) } }
        (doubts(lang, known))
        section.section {
            header.section-head { h2 { (t!(lang, "paste-confirm-title")) } p.section-note { (t!(lang, "paste-nothing-yet")) } }
            form.pairs method="post" action=(lang.path("/paste/confirm")) {
                (once())
                @for (name, value) in [("line", &given.line), ("obligation", &given.obligation), ("place", &given.place)] {
                    input type="hidden" name=(name) value=(value);
                }
                (Field::new("what", t!(lang, "paste-what")).control(Control::Choose(what)).value(&given.what).draw(lang, faults))
                (Field::new("target", t!(lang, "paste-target")).hint(t!(lang, "paste-target-hint")).control(targets(lang, known)).value(&given.target).width("w-full").draw(lang, faults))
                (Field::new("stage", t!(lang, "words-stage")).hint(t!(lang, "paste-stage-hint")).control(form::stages(lang)).value(&given.stage).draw(lang, faults))
                (Field::new("title", t!(lang, "obligation-field-title")).value(&given.title).width("w-full").draw(lang, faults))
                (Field::new("designation", t!(lang, "obligation-field-designation")).hint(t!(lang, "paste-designation-hint")).value(&given.designation).width("w-code").optional().draw(lang, faults))
                (Field::new("on", t!(lang, "paste-on")).control(Control::Input("date")).value(&given.on).width("w-date").optional().draw(lang, faults))
                (Field::new("source", t!(lang, "obligation-field-source")).hint(t!(lang, "paste-source-hint")).value(&given.source).width("w-full").optional().draw(lang, faults))
                (Field::new("link", t!(lang, "obligation-field-link")).control(Control::Input("url")).value(&given.link).width("w-full").optional().draw(lang, faults))
                @let audience = form::audience(lang, web, Seen::Stage);
                (if given.audience.is_empty() { audience } else { audience.value(&given.audience) }.draw(lang, faults))
                div.button-row {
                    (button(Weight::Primary, &t!(lang, "paste-confirm")))
                    a.button.quiet href=(asking.link("/desk")) { (t!(lang, "action-cancel")) }
                }
            }
        }
        (candidates(asking, known))
    };
    Page::new(t!(lang, "paste-title"), body)
        .screen(Screen::Desk)
        .crumb(t!(lang, "screen-desk"), "/desk")
        .fact(Fact::text(
            t!(lang, "column-place"),
            place_name(lang, known, &known.place),
        ))
}

/// What to look at before confirming.
fn doubts(lang: Lang, known: &Known) -> Markup {
    html! {
        @if !known.proposal.doubts.is_empty() {
            div.notice.soon {
                p { strong { (t!(lang, "paste-doubts")) } }
                ul { @for doubt in &known.proposal.doubts { li { (told(lang, known, doubt)) } } }
            }
        }
    }
}

fn told(lang: Lang, known: &Known, doubt: &Doubt) -> String {
    let list = |items: &[String]| items.join(" · ");
    let name = |code: &str| place_name(lang, known, code);
    match doubt {
        Doubt::Length => t!(lang, "doubt-length"),
        Doubt::NoDesignation => t!(lang, "doubt-no-designation"),
        Doubt::OpenNumber(text) => t!(lang, "doubt-open-number", text = text.as_str()),
        Doubt::SeveralDesignations(all) => t!(lang, "doubt-several-designations", text = list(all)),
        Doubt::DoubtfulDesignation(text) => t!(lang, "doubt-doubtful-designation", text = text.as_str()),
        Doubt::NoTitle => t!(lang, "doubt-no-title"),
        Doubt::SeveralTitles(all) => t!(lang, "doubt-several-titles", text = list(all)),
        Doubt::NoDate => t!(lang, "doubt-no-date"),
        Doubt::NoDayOfMonth(text) => t!(lang, "doubt-no-day-of-month", text = text.as_str()),
        Doubt::SeveralDates(all) => t!(
            lang,
            "doubt-several-dates",
            text = list(&all.iter().map(ToString::to_string).collect::<Vec<_>>())
        ),
        Doubt::NoSuchDate(text) => t!(lang, "doubt-no-such-date", text = text.as_str()),
        Doubt::InForceFirst => t!(lang, "doubt-in-force-first"),
        Doubt::YearsDiffer { designation, published } => {
            t!(
                lang,
                "doubt-years-differ",
                designation = designation.to_string(),
                published = published.to_string()
            )
        }
        Doubt::NoPlace => t!(lang, "doubt-no-place"),
        Doubt::SeveralPlaces(all) => t!(
            lang,
            "doubt-several-places",
            text = all.iter().map(|c| name(c)).collect::<Vec<_>>().join(" · ")
        ),
        Doubt::PlacesDiffer { prefix, named } => {
            t!(lang, "doubt-places-differ", prefix = name(prefix), named = name(named))
        }
        Doubt::NoVerb => t!(lang, "doubt-no-verb"),
        Doubt::NoTask => t!(lang, "doubt-no-task"),
        Doubt::SeveralTasks => t!(lang, "doubt-several-tasks"),
    }
}

/// Tasks that the line may belong to, each with why.
fn candidates(asking: &Asking, known: &Known) -> Markup {
    let lang = asking.lang;
    let rows: Vec<Fact> = known
        .proposal
        .tasks
        .iter()
        .filter_map(|c| known.tasks.iter().find(|t| t.id == c.task).map(|t| (c, t)))
        .map(|(candidate, task)| {
            let why: Vec<String> = candidate.reasons.iter().map(|r| reason(lang, *r)).collect();
            let what = html! {
                a href=(asking.link(&format!("/tasks/{}", task.id))) { (text(lang, &task.title)) }
                " " span.muted { (why.join(" · ")) }
            };
            Fact::new(t!(lang, "task-number", number = task.number), what)
        })
        .collect();
    html! { @if !rows.is_empty() { section.section { header.section-head { h2 { (t!(lang, "paste-candidates")) } } (facts::list(&rows)) } } }
}

fn reason(lang: Lang, reason: Reason) -> String {
    match reason {
        Reason::SameTitle => t!(lang, "paste-reason-same-title"),
        Reason::TitleContained => t!(lang, "paste-reason-contained"),
        Reason::TitleAlike(percent) => t!(lang, "paste-reason-alike", percent = percent.to_string()),
        Reason::PlaceHolds => t!(lang, "paste-reason-holds"),
        Reason::PlaceDoesNotHold => t!(lang, "paste-reason-holds-not"),
        Reason::NumberNamed => t!(lang, "paste-reason-number"),
    }
}

fn place_name(lang: Lang, known: &Known, code: &str) -> String {
    crate::pages::task::place_name(lang, &known.places, code)
}

/// The obligations of the place, the likeliest first; then the measures, for what is outside the list.
fn targets(lang: Lang, known: &Known) -> Control {
    let rank = |o: &Obligation| {
        known
            .proposal
            .tasks
            .iter()
            .position(|c| c.task == o.subject)
            .unwrap_or(usize::MAX)
    };
    let mut held: Vec<&Obligation> = known.held.iter().collect();
    held.sort_by_key(|o| (rank(o), o.number));
    let number = |o: &Obligation| {
        if o.number > 0 {
            t!(lang, "task-number", number = o.number)
        } else {
            word(lang, "strength", &o.strength)
        }
    };
    let inside = held
        .into_iter()
        .map(|o| (o.id.clone(), format!("{} {}", number(o), first(lang, &o.title))));
    let outside = known.measures.iter().map(|m| {
        let name = format!(
            "{} {}",
            t!(lang, "measure-name", number = m.number.as_str()),
            first(lang, &m.title)
        );
        (
            format!("measure:{}", m.number),
            t!(lang, "paste-outside", measure = name),
        )
    });
    // Nothing is chosen by standing first: a person says what it belongs to where the line does not.
    let open = std::iter::once((String::new(), t!(lang, "paste-choose")));
    Control::Choose(open.chain(inside).chain(outside).collect())
}

/// Records what was confirmed: a stage, or a standard that came out, inside the list or outside.
pub(crate) async fn confirm(asking: Asking, State(web): State<Web>, confirmed: Form<Confirmed>) -> Answer<Response> {
    let given = &confirmed.value;
    match record(&asking, &web, &confirmed).await {
        Ok(path) => Ok(asking.go(&path).into_response()),
        Err(failure) if failure.refusal().is_some_and(|r| !r.faults.is_empty()) => {
            let pasted = Pasted {
                line: given.line.clone(),
                obligation: given.obligation.clone(),
            };
            let known = know(&asking, &web, &pasted).await?;
            let (faults, status) = failure.faults(asking.lang)?;
            Ok(draw(&asking, &web, &known, given, &faults)
                .again(asking.lang, &faults)
                .status(status)
                .into_response())
        }
        Err(failure) => Err(failure),
    }
}

/// Records it, and says where it is to be seen.
async fn record(asking: &Asking, web: &Web, confirmed: &Form<Confirmed>) -> Answer<String> {
    let given = &confirmed.value;
    let platform = &web.platform;
    let context = confirmed.context(asking);
    let mut reading = Reading::default();
    let on = reading.day("on", &given.on);
    let audience = reading.audience(&given.audience, platform.visibility().audience_of(Seen::Stage));
    reading.choice("target", (!given.target.is_empty()).then_some(()), ());
    reading.done()?;
    let source = given.input().source();
    let designation = Some(given.designation.trim().to_owned()).filter(|d| !d.is_empty());
    let outside = given.target.strip_prefix("measure:");
    if given.what == "stage" && outside.is_none() {
        let command = Command::RecordStage {
            stage: given.stage.clone(),
            designation,
            source,
            audience,
            on,
        };
        command::run(platform, &context, &given.target, None, &command).await?;
        return Ok(format!("/obligations/{}", segment(&given.target)));
    }
    let title = bilingual(&given.title, "");
    let held = match outside {
        Some(_) => None,
        None => Some(obligation::obligation(platform, &asking.reader, &given.target).await?),
    };
    if let Some(o) = held.as_ref().filter(|o| o.place.is_empty() || o.subject_kind != "task") {
        let evidence = Evidence {
            kind: EvidenceKind::Standard,
            title,
            designation,
            published: on,
            reported: None,
            source,
            files: Vec::new(),
            audience,
        };
        command::run(platform, &context, &o.id, None, &Command::RecordEvidence { evidence }).await?;
        return Ok(format!("/obligations/{}#evidence", segment(&o.id)));
    }
    let output = Output {
        title,
        place: held.as_ref().map_or_else(|| given.place.clone(), |o| o.place.clone()),
        counts_to: None,
        tier: held.as_ref().and_then(|o| Tier::parse(&o.tier)).unwrap_or(Tier::Local),
        designation,
        published: on,
        reported: None,
        source,
        tasks: held.iter().map(|o| o.subject.clone()).collect(),
        measures: outside.iter().map(|m| (*m).to_owned()).collect(),
        demo: false,
    };
    record_output(
        platform,
        &context,
        &format!("o{}", uuid::Uuid::new_v4().simple()),
        &output,
    )
    .await
    .map_err(Failure::from)?;
    Ok(match &held {
        Some(o) => format!("/obligations/{}#evidence", segment(&o.id)),
        None if crate::routes::rows().iter().any(|row| row.path == "/outputs") => "/outputs".to_owned(),
        None => "/desk/done".to_owned(),
    })
}
