//! Where an obligation stands: its state with shape and word, its short ruler, words of the vocabulary.

use super::words::{self, Shape, shaped};
use chart::{Flag, Ruler, STAGES, Tone};
use jiff::civil::Date;
use language::{Lang, date, date_brief, t};
use maud::{Markup, html};
use platform::{
    bilingual::Bilingual,
    catalogue::{VOCABULARY, english::named, words::Vocabulary},
    obligation::query::Obligation,
};
use std::sync::OnceLock;

/// The words of the platform, read once.
pub fn vocabulary() -> &'static Vocabulary {
    static WORDS: OnceLock<Vocabulary> = OnceLock::new();
    WORDS.get_or_init(|| Vocabulary::parse(VOCABULARY).unwrap_or_default())
}

/// A word of the vocabulary in the reader's language; the id where it is not known.
pub fn word(lang: Lang, kind: &str, id: &str) -> String {
    words::first(lang, &vocabulary().name(kind, id)).to_owned()
}

/// The states, in the order in which people want to read them.
pub const STATES: [&str; 6] = [
    "delivered",
    "closed",
    "in_progress",
    "blocked",
    "unassigned",
    "unreported",
];

/// The shape of a state: shape and word first, colour last.
pub const fn shape(state: &str) -> Shape {
    match state.as_bytes() {
        b"delivered" | b"closed" => Shape::Full,
        b"in_progress" => Shape::Half,
        b"blocked" => Shape::Square,
        _ => Shape::Empty,
    }
}

/// A state with its shape and word.
pub fn state(lang: Lang, state: &str) -> Markup {
    shaped(shape(state), &word(lang, "state", state))
}

/// How many stand where: `● 2  ◐ 3  ○ 6`, each with its word for those who hear it.
pub fn tally(lang: Lang, counts: &[(&str, i64)]) -> Markup {
    html! {
        span.tally {
            @for (state, n) in counts {
                @if *n > 0 { (shaped(shape(state), &t!(lang, "tally-one", state = word(lang, "state", state), count = *n))) " " }
            }
        }
    }
}

/// How far along the stages a harmonised code stands, in ticks of [`STAGES`].
fn reached(stage: &str) -> Option<f64> {
    let (main, sub) = stage.split_once('.').unwrap_or((stage, "00"));
    let tick = STAGES.iter().position(|s| *s == main)?;
    let within: f64 = sub.parse().unwrap_or(0.0);
    Some(f64::from(u8::try_from(tick).unwrap_or(0)) + (within / 100.0).min(0.9))
}

/// The short ruler of an obligation: filled to its stage, dashed where nobody has reported anything.
pub fn ruler(lang: Lang, obligation: &Obligation, today: Date) -> Markup {
    drawn(lang, obligation, today, super::ruler::short)
}

/// The same ruler for the head of its page.
pub fn head_ruler(lang: Lang, obligation: &Obligation, today: Date) -> Markup {
    drawn(lang, obligation, today, super::ruler::ruler)
}

fn drawn(lang: Lang, obligation: &Obligation, today: Date, draw: fn(&Ruler<'_>) -> Markup) -> Markup {
    let title = ruler_title(lang, &obligation.state, &obligation.stage);
    let at = match obligation.state.as_str() {
        "unreported" | "unassigned" => None,
        // What came out was published, whatever stage was reported last.
        "delivered" | "closed" => Some(reached(&obligation.stage).unwrap_or(6.0).max(6.0)),
        _ => Some(reached(&obligation.stage).unwrap_or(0.3)),
    };
    let tone = match (obligation.state.as_str(), obligation.late) {
        ("blocked", _) => Tone::Blocked,
        (_, Some(true)) => Tone::Overdue,
        _ => Tone::Plain,
    };
    let ahead = obligation
        .next
        .as_ref()
        .filter(|_| !has_passed_unseen(obligation, today));
    let due = ahead.map(|n| date_brief(lang, n.due, 0));
    let flag = due.as_deref().map(|label| Flag {
        at: at.map_or(1.0, |a| (a + 1.0).min(7.0)),
        label,
        tone,
    });
    draw(&Ruler {
        title: &title,
        desc: "",
        ticks: &STAGES,
        reached: at,
        tone,
        flag,
    })
}

fn ruler_title(lang: Lang, state: &str, stage: &str) -> String {
    let state = word(lang, "state", state);
    match stage.split('.').next().filter(|s| !s.is_empty()) {
        Some(main) => t!(
            lang,
            "ruler-state-and-stage",
            state = state,
            stage = word(lang, "stage", main)
        ),
        None => state,
    }
}

/// A stage in words; nothing where none is known.
pub fn stage(lang: Lang, code: &str) -> Markup {
    let main = code.split('.').next().unwrap_or_default();
    html! { @if !code.is_empty() { span title=(code) { (word(lang, "stage", main)) } } }
}

/// A harmonised code with its words: `20.20 起草 · 开始`; what is no code, as it is.
pub fn stage_spelt(lang: Lang, code: &str) -> String {
    let (main, step) = code.split_once('.').unwrap_or((code, "00"));
    if !STAGES.contains(&main) {
        return code.to_owned();
    }
    format!(
        "{code} {} · {}",
        word(lang, "stage", main),
        word(lang, "substage", step)
    )
}

/// The day of the next milestone, who set it, and red only where it has passed and the reader may know.
/// A day that has passed is no next one to whoever may not know what came of it.
pub fn due(lang: Lang, obligation: &Obligation, today: Date) -> Markup {
    match &obligation.next {
        Some(next) if has_passed_unseen(obligation, today) => passed(lang, next.due),
        None => html! { span.muted { (t!(lang, "due-none")) } },
        Some(next) => {
            let overdue = obligation.late == Some(true);
            html! {
                span.days.overdue[overdue] title=(t!(lang, "due-set-by", who = named(lang, &next.set_by), what = words::first(lang, &next.name))) {
                    (date_brief(lang, next.due, 0))
                }
            }
        }
    }
}

/// Whether the next day has passed, and what came of it is not for this reader.
pub fn has_passed_unseen(obligation: &Obligation, today: Date) -> bool {
    obligation.late.is_none() && obligation.next.as_ref().is_some_and(|next| next.due < today)
}

/// A day that has passed, as narrow as a cell.
pub fn passed(lang: Lang, day: Date) -> Markup {
    html! {
        span.muted title=(t!(lang, "due-passed-long", day = date(lang, day))) { (t!(lang, "due-passed", day = date_brief(lang, day, 0))) }
    }
}

/// In whose hands, as narrow as a cell.
pub fn holder(lang: Lang, obligation: &Obligation) -> Markup {
    let name: &Bilingual = if obligation.holder.desk.is_empty() {
        &obligation.holder.organization_name
    } else {
        &obligation.holder.desk_name
    };
    html! { (words::text(lang, name)) }
}
