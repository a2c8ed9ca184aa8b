//! STR, ANX: elements, chapters and clauses (6.2, 7.2 to 7.4, 9.6).

use super::Check;
use super::subject::COMMON;
use crate::finding::{Fix, message};
use crate::model::{
    AnnexNature, Block, BlockKind, Clause, Document, Element, ElementKind, Genre, Inline, InlineKind, Plain, Span,
    Visit, plain_text, walk_document,
};
use crate::resolve::{SentenceClass, Within};
use std::collections::{HashMap, HashSet};

/// Levels of 条 below a chapter (7.3.1).
const LEVELS: usize = 5;

pub(super) fn check(check: &mut Check<'_>) {
    let document = check.document;
    if document.front.is_amendment() {
        return;
    }
    complete(check);
    order(check);
    chapters(check);
    for element in &document.elements {
        clause(check, element, &element.clause, 0);
    }
    annexes(check);
}

/// What every document has (table 3), each told with the name that is missing.
fn complete(check: &mut Check<'_>) {
    let document = check.document;
    let mut missing: Vec<&str> = [ElementKind::Scope, ElementKind::References, ElementKind::Terms]
        .into_iter()
        .filter(|kind| document.element(*kind).is_none())
        .filter_map(ElementKind::fixed_title)
        .collect();
    let terms_are_the_core = document.front.genre == Some(Genre::Terminology);
    if document.element(ElementKind::Chapter).is_none() && !terms_are_the_core {
        missing.push("核心技术要素");
    }
    // 术语及缩略语: what is two chapters stands in one, under a title that nothing knows.
    let combined = document.elements.iter().find_map(|element| {
        let title = plain_text(&element.clause.heading.as_ref()?.title).trim().to_owned();
        let both = element.kind == ElementKind::Chapter && title.contains("术语") && title.contains(['符', '缩']);
        both.then_some((place_of(&element.clause), title))
    });
    let terms = ElementKind::Terms.fixed_title();
    if let Some((place, title)) = combined.filter(|_| missing.iter().any(|title| Some(*title) == terms)) {
        missing.retain(|title| Some(*title) != terms);
        check.tell("STR-01", place, message!("lint-str-01-combined", title = title));
    }
    if !missing.is_empty() {
        let place = document.elements.first().map_or(document.front.span, |e| e.clause.span);
        check.tell(
            "STR-01",
            Span::at(place.start),
            message!("lint-str-01", elements = missing.join("、")),
        );
    }
}

/// Where an element stands in table 3.
fn rank(kind: ElementKind) -> u8 {
    match kind {
        ElementKind::Foreword => 0,
        ElementKind::Introduction => 1,
        ElementKind::Scope => 2,
        ElementKind::References => 3,
        ElementKind::Terms => 4,
        ElementKind::Symbols | ElementKind::Chapter => 5,
        ElementKind::Annex(_) => 6,
        ElementKind::Bibliography => 7,
        ElementKind::Index => 8,
    }
}

fn order(check: &mut Check<'_>) {
    let elements = &check.document.elements;
    let mut highest = 0;
    let mut misplaced = Vec::new();
    let mut seen = HashSet::new();
    for element in elements {
        let rank = rank(element.kind);
        let twice = element.kind.fixed_title().is_some() && !seen.insert(element.kind);
        if rank < highest || twice {
            misplaced.push(place_of(&element.clause));
        }
        highest = highest.max(rank);
    }
    for span in misplaced {
        check.tell("STR-02", span, message!("lint-str-02"));
    }
}

/// Every chapter has a title, and numbers that somebody typed are those that they have (7.2).
fn chapters(check: &mut Check<'_>) {
    let document = check.document;
    let mut numbered = false;
    for element in document.elements.iter().filter(|element| element.kind.is_chapter()) {
        let clause = &element.clause;
        if clause.heading.as_ref().is_none_or(|heading| heading.title.is_empty()) {
            check.tell("STR-03", clause.span, message!("lint-str-03-title"));
        }
        let right = check.resolved.number(&clause.id).to_owned();
        if let Some(typed) = clause.typed_number.as_ref().filter(|typed| **typed != right)
            && !numbered
        {
            // One gap moves all that follow: the first tells.
            numbered = true;
            check.tell(
                "STR-03",
                place_of(clause),
                message!("lint-str-03-number", typed = typed, right = right),
            );
        }
    }
}

fn place_of(clause: &Clause) -> Span {
    clause
        .heading
        .as_ref()
        .map_or(Span::at(clause.span.start), |heading| heading.span)
}

fn clause(check: &mut Check<'_>, element: &Element, one: &Clause, depth: usize) {
    if depth > LEVELS {
        check.tell("STR-04", place_of(one), message!("lint-str-04"));
    }
    if let [only] = one.clauses.as_slice() {
        check.tell("STR-05", place_of(only), message!("lint-str-05"));
    }
    let titled = one.clauses.iter().filter(|below| below.heading.is_some()).count();
    if titled > 0 && titled < one.clauses.len() {
        if let Some(other) = one.clauses.iter().find(|below| below.heading.is_none()) {
            check.tell("STR-06", place_of(other), message!("lint-str-06"));
        }
    } else if depth == 0
        && titled == 0
        && element.kind == ElementKind::Chapter
        && let Some(first) = one.clauses.first()
    {
        check.tell("STR-07", place_of(first), message!("lint-str-07"));
    }
    if one.heading.is_none() && !one.clauses.is_empty() {
        check.tell("STR-08", place_of(one), message!("lint-str-08"));
    }
    emphasis(check, one);
    let lead_in_is_usual = matches!(
        element.kind,
        ElementKind::Terms | ElementKind::Symbols | ElementKind::References | ElementKind::Foreword
    );
    if !one.clauses.is_empty()
        && !lead_in_is_usual
        && let Some(block) = one.blocks.iter().find(|block| hangs(block))
    {
        match heading_above(check, element, one, block, depth) {
            Some((title, fix)) => {
                check.tell_with("STR-09", block.span, message!("lint-str-09-title", title = title), fix);
            }
            None => check.tell("STR-09", block.span, message!("lint-str-09")),
        }
    }
    for below in &one.clauses {
        clause(check, element, below, depth + 1);
    }
}

/// Untitled clauses begin with words in 黑体 all of them, or none (7.3.4).
fn emphasis(check: &mut Check<'_>, one: &Clause) {
    let untitled: Vec<&Clause> = one.clauses.iter().filter(|below| below.heading.is_none()).collect();
    let begins = |below: &&Clause| {
        let first = below.blocks.first().map(|block| &block.kind);
        let BlockKind::Paragraph(text) = first? else {
            return None;
        };
        Some(matches!(
            text.first().map(|inline| &inline.kind),
            Some(InlineKind::Strong(_))
        ))
    };
    let strong: Vec<bool> = untitled.iter().filter_map(begins).collect();
    let first = strong.first().copied().unwrap_or_default();
    if let Some(other) = untitled
        .iter()
        .find(|below| begins(below).is_some_and(|is| is != first))
    {
        check.tell("STR-08", Span::at(other.span.start), message!("lint-str-08-emphasis"));
    }
}

/// The heading that makes a clause of hanging text, where that is safe: 概述 of statements, 通用要求 of requirements, 通则 of
/// both (9.3). The clauses behind it move by one: not where somebody typed the number of one of them.
fn heading_above(
    check: &Check<'_>,
    element: &Element,
    one: &Clause,
    block: &Block,
    depth: usize,
) -> Option<(&'static str, Fix)> {
    let place = block.span.start;
    let chapter = matches!(element.kind, ElementKind::Chapter | ElementKind::Annex(_));
    let titled = one.clauses.iter().all(|below| below.heading.is_some());
    if !chapter || !titled || depth >= LEVELS || place.line == 0 || place.column != 1 {
        return None;
    }
    let common = one.clauses.iter().any(|below| {
        let title = below.heading.as_ref().map(|heading| plain_text(&heading.title));
        title.is_some_and(|title| COMMON.contains(&title.trim()))
    });
    let leads = matches!(&one.blocks.last()?.kind, BlockKind::Paragraph(text) if Plain::of(text).text.trim_end().ends_with(['：', ':']));
    let moved: Vec<&str> = one
        .clauses
        .iter()
        .map(|below| check.resolved.number(&below.id))
        .collect();
    if common || leads || is_typed(check.document, &moved) {
        return None;
    }
    let classes: Vec<SentenceClass> = check
        .resolved
        .sentences
        .get(&one.id)
        .into_iter()
        .flatten()
        .filter(|sentence| sentence.within == Within::Body)
        .map(|sentence| sentence.class)
        .collect();
    let required = classes
        .iter()
        .filter(|class| **class == SentenceClass::Requirement)
        .count();
    let weaker = classes.iter().any(|class| {
        matches!(
            class,
            SentenceClass::Recommendation | SentenceClass::Permission | SentenceClass::Instruction
        )
    });
    let title = match (required, weaker) {
        (0, true) => return None,
        (0, false) => "概述",
        (count, _) if count == classes.len() => "通用要求",
        _ => "通则",
    };
    let marks = "#".repeat(depth + 2);
    Some((title, Fix::insert(place, format!("{marks} {title}\n\n"))))
}

/// Whether the text names one of these numbers, or one below it, by hand.
fn is_typed(document: &Document, numbers: &[&str]) -> bool {
    struct Lines(Vec<String>);
    impl<'a> Visit<'a> for Lines {
        fn text(&mut self, text: &'a [Inline]) {
            self.0.push(Plain::of(text).text);
        }
    }
    let mut lines = Lines(Vec::new());
    walk_document(document, &mut lines);
    let joins = |c: char| c.is_ascii_alphanumeric() || c == '.';
    lines.0.iter().any(|line| {
        numbers.iter().any(|number| {
            line.match_indices(number).any(|(at, _)| {
                let before = line.get(..at).and_then(|before| before.chars().last());
                let after = line.get(at + number.len()..).and_then(|after| after.chars().next());
                !number.is_empty() && !before.is_some_and(joins) && !after.is_some_and(|c| c.is_ascii_digit())
            })
        })
    })
}

/// Text between a heading and the first clause below it: nobody can refer to it (7.4).
fn hangs(block: &Block) -> bool {
    !matches!(
        block.kind,
        BlockKind::Comment(_)
            | BlockKind::Warning(_)
            | BlockKind::Data(_)
            | BlockKind::Unplaced(_)
            | BlockKind::Translation(_)
    )
}

/// Titles that an annex may not have (9.6.3.2).
const NOT_IN_ANNEX: &[ElementKind] = &[ElementKind::Scope, ElementKind::References, ElementKind::Terms];

fn annexes(check: &mut Check<'_>) {
    let document = check.document;
    natures(check);
    let mut first: HashMap<&str, usize> = HashMap::new();
    for (at, target) in mentions(document).into_iter().enumerate() {
        first.entry(target).or_insert(at);
    }
    let mut last = 0;
    for annex in document.annexes() {
        let place = place_of(&annex.clause);
        match first.get(annex.clause.id.as_str()).copied() {
            None => check.tell("ANX-01", place, message!("lint-anx-01-unmentioned")),
            Some(at) if at < last => check.tell("ANX-01", place, message!("lint-anx-01-order")),
            Some(at) => last = at,
        }
        for below in &annex.clause.clauses {
            let title = below
                .heading
                .as_ref()
                .map(|heading| crate::model::plain_text(&heading.title))
                .unwrap_or_default();
            if NOT_IN_ANNEX.iter().any(|kind| kind.fixed_title() == Some(title.trim())) {
                check.tell("ANX-03", place_of(below), message!("lint-anx-03", title = title.trim()));
            }
        }
    }
}

/// An annex that a requirement sends the reader to is normative (9.6.1.2).
fn natures(check: &mut Check<'_>) {
    let document = check.document;
    let informative: HashSet<&str> = document
        .annexes()
        .filter(|annex| annex.kind == ElementKind::Annex(AnnexNature::Informative))
        .map(|annex| annex.clause.id.as_str())
        .collect();
    let mut clauses: Vec<&Clause> = document
        .elements
        .iter()
        .filter(|element| element.kind == ElementKind::Chapter)
        .map(|element| &element.clause)
        .collect();
    while let Some(one) = clauses.pop() {
        clauses.extend(&one.clauses);
        for block in &one.blocks {
            if let BlockKind::Paragraph(text) = &block.kind {
                for span in required(text, &informative) {
                    check.tell("ANX-02", span, message!("lint-anx-02"));
                }
            }
        }
    }
}

/// Where a paragraph says 应符合附录…, 应按附录…, of one of these.
fn required(text: &[Inline], annexes: &HashSet<&str>) -> Vec<Span> {
    let mut found = Vec::new();
    for (index, inline) in text.iter().enumerate() {
        let InlineKind::CrossReference(reference) = &inline.kind else {
            continue;
        };
        if !annexes.contains(reference.target.as_str()) {
            continue;
        }
        // The words right before it: they never reach over another reference.
        let near = text.get(index.saturating_sub(1)..index).unwrap_or_default();
        let before = Plain::of(near).text;
        let clause = before.rsplit(['。', '；', '，']).next().unwrap_or_default();
        let required = ["应符合", "应按", "应按照", "应满足", "应采用"];
        if required.iter().any(|words| clause.ends_with(words)) {
            found.push(inline.span);
        }
    }
    found
}

/// What is referred to, in reading order: an annex counts as mentioned with anything inside it.
fn mentions(document: &Document) -> Vec<&str> {
    struct Targets<'a> {
        /// For each name in an annex, the annex.
        holders: HashMap<&'a str, &'a str>,
        found: Vec<&'a str>,
        element: Option<&'a Element>,
    }
    impl<'a> Visit<'a> for Targets<'a> {
        fn element(&mut self, element: &'a Element) {
            self.element = Some(element);
        }

        fn inline(&mut self, inline: &'a Inline) {
            let InlineKind::CrossReference(reference) = &inline.kind else {
                return;
            };
            let holder = self.holders.get(reference.target.as_str()).copied();
            // An annex that mentions itself is not mentioned.
            if let Some(annex) = holder.filter(|annex| self.element.is_none_or(|own| own.clause.id.as_str() != *annex))
            {
                self.found.push(annex);
            }
        }
    }
    let mut holders = HashMap::new();
    for annex in document.annexes() {
        held(&annex.clause, annex.clause.id.as_str(), &mut holders);
    }
    let mut targets = Targets {
        holders,
        found: Vec::new(),
        element: None,
    };
    walk_document(document, &mut targets);
    targets.found
}

fn held<'a>(clause: &'a Clause, annex: &'a str, holders: &mut HashMap<&'a str, &'a str>) {
    holders.insert(clause.id.as_str(), annex);
    holders.extend(clause.blocks.iter().map(|block| (block.id.as_str(), annex)));
    for below in &clause.clauses {
        held(below, annex, holders);
    }
}
