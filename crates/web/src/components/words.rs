//! Words with a shape: states, marks, text in two languages.

use language::{Lang, t};
use maud::{Markup, html};
use platform::{
    bilingual::{Bilingual, Origin},
    catalogue::english::english,
};

/// A state with its shape; the style sheet draws the shape, the word says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// ● 已发布.
    Published,
    /// ● 已办结.
    Closed,
    /// ◐ 进行中.
    InProgress,
    /// ○ 未报告.
    Unreported,
    /// ▲ 将到期.
    DueSoon,
    /// ■ 受阻.
    Blocked,
    /// ▲ 已超期, red.
    Overdue,
}

/// Shapes for words that are not among [`State`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// ●
    Full,
    /// ◐
    Half,
    /// ○
    Empty,
    /// ▲
    Triangle,
    /// ▲ red.
    RedTriangle,
    /// ■
    Square,
}

impl Shape {
    const fn class(self) -> &'static str {
        match self {
            Self::Full => "published",
            Self::Half => "progress",
            Self::Empty => "unreported",
            Self::Triangle => "soon",
            Self::RedTriangle => "overdue",
            Self::Square => "blocked",
        }
    }
}

/// A state.
pub fn state(lang: Lang, state: State) -> Markup {
    let (shape, word) = match state {
        State::Published => (Shape::Full, t!(lang, "state-published")),
        State::Closed => (Shape::Full, t!(lang, "state-closed")),
        State::InProgress => (Shape::Half, t!(lang, "state-in-progress")),
        State::Unreported => (Shape::Empty, t!(lang, "state-unreported")),
        State::DueSoon => (Shape::Triangle, t!(lang, "state-due-soon")),
        State::Blocked => (Shape::Square, t!(lang, "state-blocked")),
        State::Overdue => (Shape::RedTriangle, t!(lang, "state-overdue")),
    };
    shaped(shape, &word)
}

/// Any word with a shape: the states of the vocabulary.
pub fn shaped(shape: Shape, word: &str) -> Markup {
    html! { span class=(format!("state {}", shape.class())) { (word) } }
}

/// What is said beside something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// Illustrative.
    Demo,
    /// Made by a machine.
    Machine,
    /// Changed between two dates.
    Changed,
    /// A draft.
    Draft,
}

/// A mark.
pub fn mark(lang: Lang, mark: Mark) -> Markup {
    match mark {
        Mark::Demo => html! { span.mark.demo title=(t!(lang, "mark-demo-long")) { (t!(lang, "mark-demo")) } },
        Mark::Machine => {
            html! { span.mark.machine title=(t!(lang, "mark-machine-long")) { (t!(lang, "mark-machine")) } }
        }
        Mark::Changed => html! { span.mark.changed { (t!(lang, "mark-changed")) } },
        Mark::Draft => html! { span.mark.draft { (t!(lang, "mark-draft")) } },
    }
}

/// The text that a reader of a language meets first.
pub fn first(lang: Lang, text: &Bilingual) -> &str {
    match (lang, &text.en) {
        (Lang::En, Some(en)) => en,
        _ => &text.zh,
    }
}

/// A text for a row: English readers meet English, with its mark; without English the Chinese, and that is said.
pub fn text(lang: Lang, text: &Bilingual) -> Markup {
    match (lang, &text.en) {
        (Lang::Zh, _) => html! { (text.zh) },
        (Lang::En, Some(en)) => html! { (en) " " (origin_mark(lang, text.en_origin)) },
        (Lang::En, None) => html! { span lang="zh-Hans" { (text.zh) } " " (origin_mark(lang, Origin::None)) },
    }
}

/// A text where the page says once that its English is unofficial: English alone; without English the Chinese, and that is said.
pub fn brief(lang: Lang, of: &Bilingual) -> Markup {
    match (lang, &of.en) {
        (Lang::En, Some(en)) => html! { (en) },
        _ => text(lang, of),
    }
}

/// A title: English readers meet English first, with its mark, and the Chinese small beside it.
pub fn bilingual(lang: Lang, title: &Bilingual) -> Markup {
    html! {
        (text(lang, title))
        @if lang == Lang::En && title.en.is_some() { " " small.original lang="zh-Hans" { (title.zh) } }
    }
}

/// A text that may hold Chinese words: on English pages they are marked as such, for voices and fonts.
///
/// ```
/// use language::Lang;
/// let text = web::components::words::mixed(Lang::En, "The task says 各试点: every pilot.");
/// assert_eq!(text.into_string(), r#"The task says <span lang="zh-Hans">各试点</span>: every pilot."#);
/// ```
pub fn mixed(lang: Lang, text: &str) -> Markup {
    let mut pieces: Vec<(bool, String)> = Vec::new();
    for c in text.chars() {
        let chinese = lang == Lang::En && is_chinese(c);
        match pieces.last_mut() {
            Some((same, piece)) if *same == chinese => piece.push(c),
            _ => pieces.push((chinese, c.to_string())),
        }
    }
    html! { @for (chinese, piece) in pieces { @if chinese { span lang="zh-Hans" { (piece) } } @else { (piece) } } }
}

/// The language of a text that holds Chinese, where it stands on an English page.
pub fn foreign(lang: Lang, text: &str) -> Option<&'static str> {
    (lang == Lang::En && text.contains(is_chinese)).then_some(Lang::Zh.html_lang())
}

/// Ideographs and the punctuation that stands among them.
const fn is_chinese(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ffef}' | '\u{20000}'..='\u{3ffff}')
}

/// What is said of the English of a text.
pub fn origin_mark(lang: Lang, origin: Origin) -> Markup {
    match origin {
        Origin::Person => {
            html! { span.mark.unofficial title=(t!(lang, "frame-chinese-prevails")) { (t!(lang, "mark-unofficial")) } }
        }
        Origin::Machine => {
            html! { span.mark.machine title=(t!(lang, "frame-chinese-prevails")) { (t!(lang, "mark-machine-translation")) } }
        }
        Origin::None => html! { span.mark.unofficial { (t!(lang, "mark-no-english")) } },
    }
}

/// How long until a day, in working days of the calendar; coloured where it is soon or past.
pub fn days(lang: Lang, calendar_days: i64, working_days: i64) -> Markup {
    let pressing = match working_days {
        _ if calendar_days < 0 => Some("overdue"),
        0..=10 => Some("soon"),
        _ => None,
    };
    html! { span class=(pressing.map_or_else(|| "days".to_owned(), |p| format!("days {p}"))) { (language::days_left(lang, calendar_days, working_days)) } }
}

/// A name that somebody wrote in Chinese: English readers meet the English that the catalogue knows, with the Chinese small
/// beside it; Chinese that it does not know is marked as such.
pub fn known_name(lang: Lang, chinese: &str) -> Markup {
    match (lang, english(chinese)) {
        (Lang::En, Some(known)) => html! { (known) " " small.original lang="zh-Hans" { (chinese) } },
        _ => mixed(lang, chinese),
    }
}

/// The same where there is room for one of them: English readers meet the English that the catalogue knows.
pub fn known_first(lang: Lang, chinese: &str) -> Markup {
    match (lang, english(chinese)) {
        (Lang::En, Some(known)) => html! { (known) },
        _ => mixed(lang, chinese),
    }
}

/// That working days rest on weekdays and fixed holidays alone, because the notice of a year is not yet published.
pub fn unsettled(lang: Lang, left: calendar::DaysLeft) -> Markup {
    let told = left.known == calendar::Known::No && left.calendar >= 0;
    html! { @if told { " " small.muted { (t!(lang, "days-unsettled")) } } }
}
