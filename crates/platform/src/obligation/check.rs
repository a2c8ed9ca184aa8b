//! Checks of what people type for an obligation: lengths, days, designations, stages. Pure.

use super::{command::Since, state::Obligation};
use crate::{
    context::Context,
    refusal::{Fault, Refusal, Result},
};
use jiff::civil::Date;

/// Longest note, reason or pasted line, in characters.
pub const LONGEST_NOTE: usize = 4_000;
/// Longest title, name or citation, in characters.
pub const LONGEST_TITLE: usize = 300;
/// Longest address on the network, in bytes.
const LONGEST_LINK: usize = 2_000;

/// The text without blanks around it, where anything is left.
pub(crate) fn some(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// Gathers the faults of several texts, so that all are told at once.
#[derive(Debug, Default)]
pub(crate) struct Words {
    faults: Vec<Fault>,
}

impl Words {
    /// No fault so far.
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// A note that must say something.
    pub(crate) fn note(self, field: &'static str, text: &str) -> Self {
        self.check(field, text, LONGEST_NOTE, true)
    }

    /// A note that may be empty.
    pub(crate) fn note_or_none(self, field: &'static str, text: &str) -> Self {
        self.check(field, text, LONGEST_NOTE, false)
    }

    /// A title that must say something.
    pub(crate) fn title(self, field: &'static str, text: &str) -> Self {
        self.check(field, text, LONGEST_TITLE, true)
    }

    /// A title that may be absent.
    pub(crate) fn title_or_none(self, field: &'static str, text: Option<&str>) -> Self {
        self.check(field, text.unwrap_or_default(), LONGEST_TITLE, false)
    }

    /// A short text that may be empty.
    pub(crate) fn short(self, field: &'static str, text: &str) -> Self {
        self.check(field, text, LONGEST_TITLE, false)
    }

    fn check(mut self, field: &'static str, text: &str, limit: usize, needed: bool) -> Self {
        let length = text.chars().count();
        let mut fault = |fault: &'static str, with: Vec<(&'static str, String)>| {
            self.faults.push(Fault { field, fault, with });
        };
        if needed && text.trim().is_empty() {
            fault("fault-text-empty", Vec::new());
        } else if length > limit {
            fault(
                "fault-text-too-long",
                vec![("limit", limit.to_string()), ("length", length.to_string())],
            );
        } else if text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t')) {
            fault("fault-text-control", Vec::new());
        }
        self
    }

    /// Nothing, or the refusal of all that is wrong.
    pub(crate) fn done(self) -> Result<()> {
        if self.faults.is_empty() {
            return Ok(());
        }
        let mut refusal = Refusal::wrong("obligation/text");
        refusal.faults = self.faults;
        Err(refusal.into())
    }
}

/// What is wrong with an address on the network, if anything is.
pub(crate) fn link_fault(link: &str) -> Option<&'static str> {
    let link = link.trim();
    if link.is_empty() {
        return None;
    }
    let rest = link.strip_prefix("https://").or_else(|| link.strip_prefix("http://"));
    let host = rest.map(|r| r.split(['/', '?', '#']).next().unwrap_or_default());
    if link.len() > LONGEST_LINK {
        Some("fault-link-too-long")
    } else if host.is_none_or(str::is_empty)
        || link
            .chars()
            .any(|c| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | '"'))
    {
        Some("fault-link")
    } else {
        None
    }
}

/// The canonical text of a designation, where one is given.
pub(crate) fn designation(text: Option<&str>) -> Result<Option<String>> {
    let Some(text) = text.and_then(some) else {
        return Ok(None);
    };
    let wrong = || {
        Refusal::wrong("obligation/designation_unreadable")
            .with("text", text.chars().take(60).collect::<String>())
            .fault("designation", "fault-designation")
    };
    match designation::parse(&text, &designation::Known::default()) {
        Ok(parsed) if parsed.is_valid() => Ok(Some(parsed.designation.to_string())),
        _ => Err(wrong().into()),
    }
}

/// A harmonised stage code, mended: `30` is `30.00`.
pub(crate) fn code_of_stage(text: &str) -> Result<String> {
    const STAGES: [&str; 9] = ["00", "10", "20", "30", "40", "50", "60", "90", "95"];
    const STEPS: [&str; 7] = ["00", "20", "60", "92", "93", "98", "99"];
    let text = text.trim();
    let (stage, step) = text.split_once('.').unwrap_or((text, "00"));
    if STAGES.contains(&stage) && STEPS.contains(&step) {
        Ok(format!("{stage}.{step}"))
    } else {
        Err(Refusal::wrong("obligation/stage_unknown")
            .with("stage", text.chars().take(20).collect::<String>())
            .with("known", STAGES.join(" "))
            .into())
    }
}

/// The day from which a fact holds, where it is not today: not in the future, not before the list, and before today only
/// with a source.
pub(crate) fn day(since: &Since, state: &Obligation, context: &Context) -> Result<Option<Date>> {
    let Some(on) = since.on else {
        return Ok(None);
    };
    let issued = state.origin.as_ref().map(|o| o.since);
    if on > context.today {
        return Err(Refusal::wrong("obligation/date_in_future")
            .with("date", on.to_string())
            .with("today", context.today.to_string())
            .fault("on", "fault-date-in-future")
            .into());
    }
    if let Some(issued) = issued.filter(|issued| on < *issued) {
        return Err(Refusal::wrong("obligation/before_list")
            .with("date", on.to_string())
            .with("issued", issued.to_string())
            .fault("on", "fault-date-before-list")
            .into());
    }
    let written = since.source.as_ref().is_some_and(|s| {
        some(&s.citation).is_some()
            || s.link.as_deref().and_then(some).is_some()
            || s.line.as_deref().and_then(some).is_some()
    });
    if on < context.today && !written {
        return Err(Refusal::wrong("obligation/entered_afterwards")
            .with("date", on.to_string())
            .fault("source", "fault-text-empty")
            .into());
    }
    Ok(Some(on))
}
