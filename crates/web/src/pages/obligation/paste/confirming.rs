//! What a line was read as, in a form: a person mends it and confirms it.

use super::{Known, Pasted};
use crate::{
    Asking, Page, Web,
    api::actions::Input,
    components::{
        facts::{self, Fact},
        field::{Control, Faults, Field, Weight, button, once},
        standing::word,
        words::{first, text},
    },
    links::Screen,
    pages::obligation::form::{self, stages},
};
use language::{Lang, t};
use maud::{Markup, html};
use platform::{
    list::event::Tier,
    obligation::{
        event::Source,
        mirror::{self, Doubt, Kind, Reason},
        query::{MilestoneRow, Obligation},
    },
    rights::visibility::Fact as Seen,
};
use serde::Deserialize;

/// A standard that came out, where a form says as what a line is recorded.
pub(super) const STANDARD: &str = "standard";

/// What a person confirms.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Confirmed {
    pub(super) line: String,
    pub(super) obligation: String,
    /// `standard`, or the code of a stage.
    pub(super) what: String,
    pub(super) target: String,
    pub(super) place: String,
    pub(super) title: String,
    pub(super) designation: String,
    pub(super) on: String,
    /// The milestone that is reached, as `OBLIGATION/MILESTONE`; empty for none.
    pub(super) milestone: String,
    /// The milestone that the page chose by itself.
    pub(super) proposed: String,
    /// The obligation of which a wrong entry was withdrawn just before; it is not proposed again.
    pub(super) withdrawn: String,
    /// Ticked where the number is of another kind than the task, and it is meant so.
    pub(super) anyway: String,
    pub(super) source: String,
    pub(super) link: String,
    pub(super) audience: String,
}

impl Confirmed {
    /// What was pasted at first.
    pub(super) fn pasted(&self) -> Pasted {
        Pasted {
            line: self.line.clone(),
            obligation: self.obligation.clone(),
            withdrawn: self.withdrawn.clone(),
        }
    }

    /// What a line was read as, to be confirmed.
    pub(super) fn of(known: &Known, pasted: &Pasted) -> Self {
        let p = &known.proposal;
        let day = |day: Option<jiff::civil::Date>| day.map(|d| d.to_string()).unwrap_or_default();
        let of_task = |task: &str| known.held.iter().find(|o| o.subject == task);
        let held = p.tasks.iter().filter(|c| of_task(&c.task).is_some());
        let candidate = mirror::clear(held)
            .and_then(|c| of_task(&c.task))
            .map(|o| o.id.clone())
            .filter(|id| *id != pasted.withdrawn);
        let target = if pasted.obligation.is_empty() {
            candidate
        } else {
            Some(pasted.obligation.clone())
        };
        let milestone = reached(known, target.as_deref()).unwrap_or_default();
        Self {
            withdrawn: pasted.withdrawn.clone(),
            proposed: milestone.clone(),
            line: pasted.line.trim().to_owned(),
            obligation: pasted.obligation.clone(),
            what: match p.kind {
                Kind::Evidence => STANDARD.to_owned(),
                Kind::Stage => p.stage.clone().unwrap_or_default(),
            },
            milestone,
            target: target.unwrap_or_default(),
            place: known.place.clone(),
            title: p.title.clone(),
            designation: p.designation.clone().unwrap_or_default(),
            on: day(p.published),
            ..Self::default()
        }
    }

    /// Where it is written.
    pub(super) fn source(&self) -> Source {
        let input = Input {
            source: self.source.clone(),
            link: self.link.clone(),
            line: self.line.clone(),
            ..Input::default()
        };
        input.source()
    }
}

/// The milestone of the target that the line tells as reached, if one fits.
fn reached(known: &Known, target: Option<&str>) -> Option<String> {
    let stage = known.proposal.stage.as_deref()?;
    let of_target: Vec<(&str, &str)> = known
        .milestones
        .iter()
        .filter(|m| Some(m.obligation.as_str()) == target)
        .map(|m| (m.id.as_str(), m.name.zh.as_str()))
        .collect();
    let fits = mirror::fitting(stage, &of_target)?;
    Some(format!("{}/{fits}", target?))
}

/// Whether the chosen milestone is that of a draft, while the line tells of a standard that is out.
fn earlier(known: &Known, chosen: &str) -> bool {
    let Some(stage) = known.proposal.stage.as_deref() else {
        return false;
    };
    let chosen = known
        .milestones
        .iter()
        .find(|m| chosen.split_once('/') == Some((m.obligation.as_str(), m.id.as_str())));
    chosen.is_some_and(|m| mirror::is_earlier(stage, &m.name.zh))
}

/// Of which kind the number is and of which kind the task, where they differ.
pub(super) fn other_tier(number: &str, held: Option<&Obligation>) -> Option<(Tier, Tier)> {
    let of_task = Tier::parse(&held?.tier).filter(|tier| *tier != Tier::Support)?;
    let of_number = mirror::tier_of(number)?;
    (of_number != of_task).then_some((of_number, of_task))
}

/// The form in which what was read is mended and confirmed.
pub(super) fn draw(asking: &Asking, web: &Web, known: &Known, given: &Confirmed, faults: &Faults) -> Page {
    let lang = asking.lang;
    let body = html! {
        blockquote.source-line { p lang="zh-Hans" { (given.line) } }
        (doubts(lang, known))
        section.section {
            header.section-head { h2 { (t!(lang, "paste-confirm-title")) } p.section-note { (t!(lang, "paste-nothing-yet")) } }
            form.pairs method="post" action=(lang.path("/paste/confirm")) {
                (once())
                @for (name, value) in [("line", &given.line), ("obligation", &given.obligation), ("place", &given.place), ("proposed", &given.proposed), ("withdrawn", &given.withdrawn)] {
                    input type="hidden" name=(name) value=(value);
                }
                (Field::new("what", t!(lang, "paste-what")).control(what(lang)).value(&given.what).draw(lang, faults))
                (Field::new("target", t!(lang, "paste-target")).hint(t!(lang, "paste-target-hint")).control(targets(lang, known)).value(&given.target).width("w-full").draw(lang, faults))
                @if !known.milestones.is_empty() {
                    (Field::new("milestone", t!(lang, "paste-milestone")).hint(t!(lang, "paste-milestone-hint")).control(milestones(lang, known, &given.target)).value(&given.milestone).width("w-full").optional().draw(lang, faults))
                    @if given.milestone == given.proposed && earlier(known, &given.milestone) { div.notice.soon { p { (t!(lang, "paste-milestone-earlier")) } } }
                }
                (Field::new("title", t!(lang, "obligation-field-title")).value(&given.title).width("w-full").draw(lang, faults))
                (Field::new("designation", t!(lang, "obligation-field-designation")).hint(t!(lang, "paste-designation-hint")).value(&given.designation).width("w-code").optional().draw(lang, faults))
                (Field::new("on", t!(lang, "paste-on")).control(Control::Input("date")).value(&given.on).width("w-date").optional().draw(lang, faults))
                (Field::new("source", t!(lang, "obligation-field-source")).hint(t!(lang, "paste-source-hint")).value(&given.source).width("w-full").optional().draw(lang, faults))
                (Field::new("link", t!(lang, "obligation-field-link")).control(Control::Input("url")).value(&given.link).width("w-full").optional().draw(lang, faults))
                (tier_differs(lang, known, given, faults))
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

/// What it is recorded as: a standard that came out, or a stage.
fn what(lang: Lang) -> Control {
    let open = (String::new(), t!(lang, "paste-choose"));
    let standard = (STANDARD.to_owned(), t!(lang, "paste-what-standard"));
    let stages = stages(lang)
        .into_iter()
        .map(|(code, name)| (code, t!(lang, "paste-what-stage", stage = name)));
    Control::Choose([open, standard].into_iter().chain(stages).collect())
}

/// The open milestones, those of the target first.
fn milestones(lang: Lang, known: &Known, target: &str) -> Control {
    let mut open: Vec<&MilestoneRow> = known.milestones.iter().collect();
    open.sort_by_key(|m| (m.obligation != target, m.due));
    let named = |m: &MilestoneRow| {
        let number = known.held(&m.obligation).map_or(0, |o| o.number);
        let task = if number > 0 {
            t!(lang, "task-number", number = number)
        } else {
            m.obligation.clone()
        };
        let name = format!("{task} · {} · {}", first(lang, &m.name), language::date(lang, m.due));
        (format!("{}/{}", m.obligation, m.id), name)
    };
    let none = (String::new(), t!(lang, "paste-milestone-none"));
    Control::Choose(std::iter::once(none).chain(open.into_iter().map(named)).collect())
}

/// That the number is of another kind than the task, with a tick for whoever means it so.
fn tier_differs(lang: Lang, known: &Known, given: &Confirmed, faults: &Faults) -> Markup {
    let differs = other_tier(&given.designation, known.held(&given.target));
    html! {
        @if let Some((number, task)) = differs {
            div.notice.soon {
                p { (t!(lang, "paste-tier-differs", number = word(lang, "tier", number.id()), task = word(lang, "tier", task.id()))) }
                @if let Some(fault) = faults.get("anyway") { p.field-error #anyway-fault { (fault) } }
                label.check { input #anyway type="checkbox" name="anyway" value="true" checked[!given.anyway.is_empty()]; span { (t!(lang, "paste-tier-anyway")) } }
            }
        }
    }
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
