//! REF, BIB: cited documents and the two lists (8.6, 8.13, 9.5.4).

use super::Check;
use crate::finding::{Edit, Fix, message};
use crate::model::{Block, BlockKind, CitedAs, Clause, ElementKind, Plain, Reference, ReferenceList, Span};
use crate::resolve::CitationUse;
use crate::source::print_entry;
use designation::{Designation, Tier};

/// What opens chapter 2 (8.6.2), as `resolve` writes it.
const LEAD_IN: &str = "下列文件中的内容通过文中的规范性引用而构成本文件必不可少的条款。";
/// What stands there instead.
const NONE: &str = "本文件没有规范性引用文件。";
/// Words by which a sentence that opens the chapter is known, of whatever edition.
const LEADS: &[&str] = &[
    "下列文件",
    "必不可少",
    "没有规范性引用文件",
    "无规范性引用文件",
    "引用文件，其",
];
/// Locators that mean the whole document.
const WHOLE: &str = "所有部分";

pub(super) fn check(check: &mut Check<'_>) {
    let document = check.document;
    if let Some(element) = document.element(ElementKind::References) {
        chapter(check, &element.clause);
        for list in lists(&element.clause) {
            entries(check, list);
            order(check, list);
            for entry in &list.entries {
                listed(check, entry);
            }
        }
    }
    if let Some(element) = document.element(ElementKind::Bibliography) {
        for list in lists(&element.clause) {
            entries(check, list);
            for entry in &list.entries {
                needless(check, entry);
            }
        }
    }
    citations(check);
}

fn lists(clause: &Clause) -> Vec<&ReferenceList> {
    clause
        .blocks
        .iter()
        .filter_map(|block| match &block.kind {
            BlockKind::References(list) => Some(list),
            _ => None,
        })
        .collect()
}

/// Chapter 2 has no clauses, and opens with its own sentence.
fn chapter(check: &mut Check<'_>, clause: &Clause) {
    if let Some(below) = clause.clauses.first() {
        check.tell("REF-01", Span::at(below.span.start), message!("lint-ref-01"));
    }
    let written: Vec<(Span, String)> = clause
        .blocks
        .iter()
        .filter_map(|block| match &block.kind {
            BlockKind::Paragraph(text) => Some((block.span, Plain::of(text).text)),
            _ => None,
        })
        .collect();
    let has_entries = !check.resolved.references.is_empty();
    for (span, text) in written {
        let fits = if has_entries {
            text.starts_with(LEAD_IN)
        } else {
            text == NONE
        };
        if fits {
            continue;
        }
        let numbers = designation::find(&text, &designation::Known::default());
        if LEADS.iter().any(|words| text.contains(words)) && numbers.is_empty() {
            // Taken out, the right sentence is written by itself. One that names documents stays: they would be lost.
            check.tell_with("REF-02", span, message!("lint-ref-02"), Fix::delete(span));
            continue;
        }
        // What is no such sentence is meant as an entry: nothing of it is taken out.
        let number = numbers.first().is_some_and(|found| found.span.start == 0);
        if number && !text.contains('\n') {
            check.tell_with(
                "REF-02",
                span,
                message!("lint-ref-02-entry"),
                Fix::insert(span.start, "- "),
            );
        } else {
            check.tell("REF-02", span, message!("lint-ref-02-entry"));
        }
    }
}

/// No final punctuation, no number typed before an entry (8.6.3.1, 10.3.4).
fn entries(check: &mut Check<'_>, list: &ReferenceList) {
    for entry in &list.entries {
        let plain = Plain::of(&entry.text);
        let text = plain.text.trim_end();
        if let Some(end) = text
            .chars()
            .last()
            .filter(|end| matches!(end, '。' | '；' | ';' | '，' | ','))
        {
            let place = plain.position(text.len() - end.len_utf8());
            let span = Span::new(place, place.right(1));
            check.tell_with("REF-03", span, message!("lint-ref-03"), Fix::delete(span));
        }
        named(check, entry, text);
        let foreign = entry.designation.as_ref().and_then(Designation::tier) == Some(Tier::International);
        let latin = text.chars().any(|c| c.is_ascii_alphabetic())
            && !text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
        if foreign && latin && !text.is_empty() {
            check.tell("REF-11", entry.span, message!("lint-ref-11", title = text));
        }
    }
}

/// A number has a name behind it, a character apart (8.6.3.1). What was read as a number is printed so by itself;
/// what looks like one and is none stands as it was typed.
fn named(check: &mut Check<'_>, entry: &Reference, text: &str) {
    let is_code = |c: char| c.is_ascii_alphanumeric() || "/#.:-—_+".contains(c);
    if entry.designation.is_some() {
        return;
    }
    let words: Vec<&str> = text.split(' ').collect();
    let codes = words
        .iter()
        .take_while(|word| !word.is_empty() && word.chars().all(is_code))
        .count();
    let number = words.iter().take(codes).copied().collect::<Vec<_>>().join(" ");
    let looks = number.contains(['/', '#', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9'])
        && number.chars().any(|c| c.is_ascii_uppercase())
        && number.chars().count() <= 24
        && codes <= 3;
    if !looks {
        return;
    }
    if codes == words.len() && !number.contains("://") {
        check.tell("REF-03", entry.span, message!("lint-ref-03-name", number = number));
    } else if words
        .get(codes)
        .and_then(|word| word.chars().next())
        .is_some_and(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
    {
        // The blank behind the last of its words.
        let at = number.chars().count() as u32;
        let place = Plain::of(&entry.text).place_of_character(at as usize);
        let span = Span::new(place, place.right(1));
        check.tell_with(
            "REF-03",
            span,
            message!("lint-ref-03-gap", number = number),
            Fix::replace(span, "　"),
        );
    }
}

/// Where an entry stands in 8.6.3.2.
fn rank(entry: &Reference) -> u8 {
    match entry.designation.as_ref().and_then(Designation::tier) {
        Some(Tier::National) => 0,
        Some(Tier::Industry) => 1,
        Some(Tier::Local) => 2,
        Some(Tier::Group) => 3,
        Some(Tier::Enterprise) => 4,
        Some(Tier::International) => 5,
        None => 6,
    }
}

/// The list is printed in order whatever the source's; the source that says otherwise is told once.
fn order(check: &mut Check<'_>, list: &ReferenceList) {
    let misplaced = list.entries.windows(2).find(|pair| {
        let (a, b) = (&pair[0], &pair[1]);
        match (rank(a).cmp(&rank(b)), &a.designation, &b.designation) {
            (std::cmp::Ordering::Greater, _, _) => true,
            (std::cmp::Ordering::Equal, Some(x), Some(y)) => x > y,
            _ => false,
        }
    });
    if let Some(pair) = misplaced {
        check.put("REF-04", pair[1].span, message!("lint-ref-04"), in_order(list));
    }
}

/// The entries written anew in their order, where each has a line of its own.
fn in_order(list: &ReferenceList) -> Option<Fix> {
    let lines = list.entries.iter().map(|entry| entry.span);
    let first = list.entries.first()?.span.start.column;
    let apart = lines.clone().all(|span| {
        span.is_somewhere() && span.start.line == span.end.line && span.start.column == first && first == 1
    });
    if !apart {
        return None;
    }
    let mut sorted: Vec<&Reference> = list.entries.iter().collect();
    sorted.sort_by(|a, b| {
        let numbers = match (&a.designation, &b.designation) {
            (Some(x), Some(y)) => x.partial_cmp(y).unwrap_or(std::cmp::Ordering::Equal),
            _ => std::cmp::Ordering::Equal,
        };
        rank(a).cmp(&rank(b)).then(numbers)
    });
    let edits = lines
        .zip(sorted)
        .map(|(span, entry)| Edit {
            span,
            text: print_entry(list, entry),
        })
        .collect();
    Some(Fix { edits })
}

/// What is listed is cited normatively, and in the same form.
fn listed(check: &mut Check<'_>, entry: &Reference) {
    let Some(designation) = &entry.designation else { return };
    let used: Vec<&CitationUse> = check
        .resolved
        .citations
        .iter()
        .filter(|used| used.cited == CitedAs::Normative)
        .filter(|used| {
            used.designation
                .as_ref()
                .is_some_and(|cited| cited.same_standard_as(designation))
        })
        .collect();
    let number = designation.to_string();
    if used.is_empty() {
        let mentioned = check.resolved.citations.iter().find(|used| {
            used.designation
                .as_ref()
                .is_some_and(|cited| cited.same_standard_as(designation))
        });
        let message = match mentioned {
            Some(used) => message!("lint-ref-05-mentioned", number = &number, line = used.span.start.line),
            None => message!("lint-ref-05-unused", number = &number),
        };
        check.tell("REF-05", entry.span, message);
        return;
    }
    let dated = designation.year().is_some();
    let other = used
        .iter()
        .find(|used| used.designation.as_ref().is_some_and(|cited| cited.year().is_some()) != dated);
    if let Some(used) = other {
        let span = used.span;
        check.tell("REF-07", span, message!("lint-ref-07", number = &number));
    }
}

/// Whether the chapter says that its documents were confirmed (9.5.4.4.1).
fn confirmed(check: &Check<'_>) -> bool {
    check.document.element(ElementKind::References).is_some_and(|element| {
        element.clause.blocks.iter().any(|block| match &block.kind {
            BlockKind::Note(note) => note.blocks.iter().any(says_confirmed),
            _ => false,
        })
    })
}

fn says_confirmed(block: &Block) -> bool {
    matches!(&block.kind, BlockKind::Paragraph(text) if Plain::of(text).text.contains("确认"))
}

/// GB/T 1.1 is named by the foreword; a bibliography lists it only where the text cites it.
fn needless(check: &mut Check<'_>, entry: &Reference) {
    let is_rules = entry
        .designation
        .as_ref()
        .is_some_and(|designation| designation.to_string().starts_with("GB/T 1.1"));
    let cited = check
        .resolved
        .citations
        .iter()
        .any(|used| used.designation.is_some() && used.designation == entry.designation);
    if is_rules && !cited {
        check.tell("BIB-02", entry.span, message!("lint-bib-02"));
    }
}

fn citations(check: &mut Check<'_>) {
    let document = check.document;
    let uses = check.resolved.citations.clone();
    let has_chapter = document.element(ElementKind::References).is_some();
    let entries: Vec<Designation> = check
        .resolved
        .references
        .iter()
        .filter(|entry| entry.listed)
        .filter_map(|entry| entry.designation.clone())
        .collect();
    let informative: Vec<Designation> = check
        .resolved
        .bibliography
        .iter()
        .filter(|entry| entry.listed)
        .filter_map(|entry| entry.designation.clone())
        .collect();
    let has_bibliography = document.element(ElementKind::Bibliography).is_some();
    let confirmed = confirmed(check);
    let mut told: Vec<String> = Vec::new();
    for used in &uses {
        let Some(cited) = &used.designation else { continue };
        let number = cited.to_string();
        let minor = matches!(cited.tier(), Some(Tier::Local | Tier::Group | Tier::Enterprise));
        if used.cited == CitedAs::Normative && minor && !confirmed && !told.contains(&number) {
            check.tell("REF-10", used.span, message!("lint-ref-10", number = &number));
            told.push(number.clone());
        }
        let locator = used.locator.as_deref().filter(|locator| *locator != WHOLE);
        if locator.is_some() && cited.year().is_none() {
            check.tell("REF-06", used.span, message!("lint-ref-06", number = &number));
        }
        // Marked citations are listed by themselves; a number in plain words is not what the list is made from.
        if used.marked {
            continue;
        }
        let known = |list: &[Designation]| list.iter().any(|listed| listed.same_standard_as(cited));
        if used.cited == CitedAs::Normative && has_chapter && !known(&entries) {
            check.tell("REF-05", used.span, message!("lint-ref-05-unlisted", number = &number));
        } else if used.cited == CitedAs::Informative && has_bibliography && !known(&informative) && !known(&entries) {
            check.tell("BIB-01", used.span, message!("lint-bib-01", number = &number));
        }
    }
}
