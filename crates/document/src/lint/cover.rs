//! COV: what the cover needs (8.1, 10.3.1).

use super::Check;
use crate::finding::{Fix, message};
use crate::model::{Block, BlockKind, ElementKind, Plain, Tier};
use crate::source::quoted;

pub(super) fn check(check: &mut Check<'_>) {
    let front = &check.document.front;
    if front.is_amendment() {
        return;
    }
    let place = front.span;
    let published = front.draft.is_none();
    let mut missing: Vec<&str> = Vec::new();
    if front.designation.is_none() && front.written_id.is_none() && published {
        missing.push("id");
    }
    if front.ics.is_empty() {
        missing.push("ics");
    }
    if front.ccs.is_empty() && front.tier() != Some(Tier::Enterprise) {
        missing.push("ccs");
    }
    if published && front.published.is_none() {
        missing.push("dates.publish");
    }
    if published && front.implemented.is_none() {
        missing.push("dates.implement");
    }
    if front.publishers.is_empty() && published && matches!(front.tier(), Some(Tier::Group | Tier::Enterprise)) {
        missing.push("publisher");
    }
    let region = front.designation.as_ref().and_then(designation::Designation::region);
    if front.series.is_none() && region.is_some_and(designation::Region::is_city) {
        missing.push("series");
    }
    if !missing.is_empty() {
        check.tell("COV-01", place, message!("lint-cov-01", fields = missing.join("、")));
    }
    patent_call(check);
    if let Some(written) = &front.written_id {
        let place = front.place("id");
        match &front.designation {
            Some(designation) => {
                let right = designation.to_string();
                if right != *written {
                    check.tell_with(
                        "COV-02",
                        place,
                        message!("lint-cov-02", written = written, right = &right),
                        Fix::replace(place, format!("\"{right}\"")),
                    );
                }
            }
            None if published => {
                check.tell("COV-02", place, message!("lint-cov-02-unread", written = written));
            }
            None => {}
        }
    }
    let unread = front
        .replaces
        .iter()
        .find(|written| designation::parse(written, &designation::Known::default()).is_err());
    if let Some(written) = unread {
        check.tell(
            "COV-03",
            front.place("replaces"),
            message!("lint-cov-03", written = written),
        );
    }
    if matches!(front.tier(), Some(Tier::National | Tier::Industry)) && front.title.en.is_empty() {
        check.tell("COV-04", front.place("title"), message!("lint-cov-04"));
    }
    english_title(check);
}

/// The first letter of each element is a capital (10.3.1.2).
fn english_title(check: &mut Check<'_>) {
    let front = &check.document.front;
    for (index, element) in front.title.en.iter().enumerate() {
        if starts_well(element) {
            continue;
        }
        let place = front.place(&format!("title.en.{index}"));
        let mut letters = element.trim().chars();
        let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
        check.tell_with(
            "COV-06",
            place,
            message!("lint-cov-06", element = element),
            Fix::replace(place, quoted(&format!("{first}{}", letters.as_str()))),
        );
    }
}

/// A capital, a digit or another letter that has no case.
fn starts_well(element: &str) -> bool {
    element
        .trim()
        .chars()
        .next()
        .is_none_or(|first| !first.is_lowercase() || element.starts_with("pH"))
}

/// What every draft's cover asks of its readers (D.1): printed where the front matter says which draft it is, and
/// nowhere else.
fn patent_call(check: &mut Check<'_>) {
    let document = check.document;
    let front = &document.front;
    let pending = front
        .designation
        .as_ref()
        .is_some_and(designation::Designation::is_pending);
    if front.draft.is_none() && (pending || front.drafted.is_some()) {
        let key = if pending { "id" } else { "dates.draft" };
        check.tell("COV-05", front.place(key), message!("lint-cov-05-draft"));
    }
    let foreword = document.element(ElementKind::Foreword);
    let own: Vec<&Block> = document
        .lead
        .iter()
        .chain(foreword.iter().flat_map(|element| &element.clause.blocks))
        .filter(|block| match &block.kind {
            BlockKind::Paragraph(text) => {
                let text = Plain::of(text).text;
                text.contains("提交反馈意见") && text.contains("专利")
            }
            _ => false,
        })
        .collect();
    for block in own {
        // A paragraph that says more stays with its author.
        let alone =
            matches!(&block.kind, BlockKind::Paragraph(text) if Plain::of(text).text.matches('。').count() <= 1);
        check.put(
            "COV-05",
            block.span,
            message!("lint-cov-05-written"),
            alone.then(|| Fix::delete(block.span)),
        );
    }
}
