//! TRM, SYM, ABB: terms, symbols, abbreviations (8.7, 8.8, 9.4.3).

use super::{Check, code, modal::place_of_verb};
use crate::finding::{Fix, message};
use crate::model::{
    Block, BlockKind, Clause, Designator, ElementKind, Genre, Inline, InlineKind, Plain, Span, Term, Visit, plain_text,
    walk_document,
};
use crate::resolve::{SentenceClass, Within};
use crate::source::quoted;
use std::collections::{BTreeSet, HashMap};

/// With what a definition does not begin: it replaces the term (8.7.3.3).
const NOT_FIRST: &[&str] = &["是指", "系指", "指的是", "是", "指"];
/// Words that begin like one of these and are none.
const NOT_THOSE: &[&str] = &[
    "指标", "指数", "指南", "指令", "指示", "指定", "指挥", "指导", "指纹", "指向", "是否",
];
/// What opens chapter 3 (8.7.2).
const LEAD_INS: &[&str] = &[
    "下列术语和定义适用于本文件。",
    "界定的术语和定义适用于本文件。",
    "界定的以及下列术语和定义适用于本文件。",
    "本文件没有需要界定的术语和定义。",
];

pub(super) fn check(check: &mut Check<'_>) {
    let document = check.document;
    let text = whole_text(check);
    let vocabulary = document.front.genre == Some(Genre::Terminology);
    if let Some(element) = document.element(ElementKind::Terms) {
        lead_in(check, &element.clause);
        let mut terms = Vec::new();
        collect(&element.clause, &mut terms);
        let words = terms
            .iter()
            .flat_map(|(_, term)| std::iter::once(&term.preferred).chain(&term.admitted));
        let uses = uses(&text, words.map(|word| word.text.as_str()));
        for (block, term) in terms {
            entry(check, block, term);
            // A vocabulary defines for others; its terms need no use of its own (GB/T 20001.1).
            let counted = |word: &Designator| uses.get(word.text.as_str()).copied();
            let synonyms: usize = term.admitted.iter().filter_map(counted).sum();
            let rare = counted(&term.preferred).is_some_and(|count| count + synonyms < 2);
            if !vocabulary && rare && !term.preferred.text.is_empty() {
                check.tell(
                    "TRM-04",
                    term.preferred.span,
                    message!("lint-trm-04", term = &term.preferred.text),
                );
            }
        }
        misplaced(check, &element.clause);
    }
    abbreviations(check);
}

fn collect<'a>(clause: &'a Clause, terms: &mut Vec<(&'a Block, &'a Term)>) {
    for block in &clause.blocks {
        if let BlockKind::Term(term) = &block.kind {
            terms.push((block, term));
        }
    }
    for below in &clause.clauses {
        collect(below, terms);
    }
}

/// No term is longer, in characters: a longer one is not looked for.
const LONGEST: usize = 40;

/// How often each term stands in the text, in one walk for each length.
fn uses<'t>(text: &str, terms: impl Iterator<Item = &'t str>) -> HashMap<&'t str, usize> {
    let mut counts: HashMap<&str, usize> = terms.map(|term| (term, 0)).collect();
    let lengths: BTreeSet<usize> = counts.keys().map(|term| term.chars().count()).collect();
    let starts: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    for length in lengths.into_iter().filter(|length| (1..=LONGEST).contains(length)) {
        for window in starts.windows(length + 1) {
            let (Some(from), Some(to)) = (window.first(), window.last()) else {
                continue;
            };
            if let Some(count) = text.get(*from..*to).and_then(|word| counts.get_mut(word)) {
                *count += 1;
            }
        }
    }
    counts.retain(|term, _| term.chars().count() <= LONGEST);
    counts
}

/// The text of all elements but terms and lists: what the terms are used in.
fn whole_text(check: &Check<'_>) -> String {
    #[derive(Default)]
    struct Text {
        quiet: bool,
        text: String,
    }
    impl<'a> Visit<'a> for Text {
        fn element(&mut self, element: &'a crate::model::Element) {
            self.quiet = matches!(
                element.kind,
                ElementKind::References | ElementKind::Bibliography | ElementKind::Index
            );
        }
        fn block(&mut self, block: &'a Block) {
            // What a program computes under a term's name is a use of it.
            if let BlockKind::Data(fence) = &block.kind {
                self.text.push_str(&fence.text);
            }
        }
        fn text(&mut self, text: &'a [Inline]) {
            if !self.quiet {
                self.text.push_str(&Plain::of(text).text);
                self.text.push('\n');
            }
        }
    }
    let mut text = Text::default();
    walk_document(check.document, &mut text);
    text.text
}

fn lead_in(check: &mut Check<'_>, clause: &Clause) {
    let mut terms = Vec::new();
    collect(clause, &mut terms);
    let Some((span, text)) = clause.blocks.iter().find_map(|block| match &block.kind {
        BlockKind::Paragraph(text) => Some((block.span, Plain::of(text).text)),
        _ => None,
    }) else {
        return;
    };
    let none = LEAD_INS[3];
    let fits = LEAD_INS.iter().any(|sentence| text.ends_with(sentence))
        && ((text == none) == terms.is_empty() || text.contains("界定的术语"));
    if !fits {
        check.tell("TRM-01", span, message!("lint-trm-01"));
    }
}

fn entry(check: &mut Check<'_>, block: &Block, term: &Term) {
    let mut missing: Vec<&str> = Vec::new();
    if term.preferred.text.trim().is_empty() {
        missing.push("术语");
    }
    if term.english.is_empty() {
        missing.push("英文对应词");
    }
    if term.definition().next().is_none() {
        missing.push("定义");
    }
    if !missing.is_empty() {
        check.tell(
            "TRM-02",
            Span::at(block.span.start),
            message!("lint-trm-02", parts = missing.join("、")),
        );
    }
    for inner in &term.blocks {
        if matches!(inner.kind, BlockKind::Table(_)) {
            check.tell("TRM-03", inner.span, message!("lint-trm-03-table"));
        }
    }
    let definition: Vec<&Vec<Inline>> = term.definition().collect();
    if let Some(mark) = definition
        .iter()
        .flat_map(|text| text.iter())
        .find(|inline| matches!(inline.kind, InlineKind::FootnoteMark(_)))
    {
        check.tell("TRM-03", mark.span, message!("lint-trm-03-footnote"));
    }
    if let Some(text) = definition.first() {
        let plain = Plain::of(text);
        let longer = NOT_THOSE.iter().any(|word| plain.text.starts_with(word));
        if let Some(word) = NOT_FIRST.iter().find(|word| !longer && plain.text.starts_with(**word)) {
            let start = plain.position(0);
            let span = Span::new(start, start.right(word.chars().count() as u32));
            // 是 and 指 alone begin other words; the longer ones say nothing but what the definition says anyway.
            let fix = (word.chars().count() > 1 && text_follows(&plain, word)).then(|| Fix::delete(span));
            check.put("TRM-05", span, message!("lint-trm-05-first", word = *word), fix);
        } else if !term.preferred.text.is_empty() && plain.text.starts_with(term.preferred.text.as_str()) {
            let fix = opening(&plain, &term.preferred.text).map(Fix::delete);
            check.put(
                "TRM-05",
                block.span,
                message!("lint-trm-05-repeats", term = &term.preferred.text),
                fix,
            );
        }
    }
    english(check, block, term);
    if let Some(source) = &term.source {
        if source.designation.is_none() && source.written.trim().is_empty() {
            check.tell("TRM-07", source.span, message!("lint-trm-07"));
        } else if source.designation.as_ref().is_some_and(|d| d.year().is_none()) && source.locator.is_some() {
            check.tell(
                "TRM-07",
                source.span,
                message!("lint-trm-07-undated", source = &source.written),
            );
        }
    }
    let required: Vec<Span> = check
        .resolved
        .sentences
        .values()
        .flatten()
        .filter(|sentence| sentence.block == block.id || term.blocks.iter().any(|inner| inner.id == sentence.block))
        .filter(|sentence| sentence.within == Within::Definition && sentence.class == SentenceClass::Requirement)
        .map(place_of_verb)
        .collect();
    for span in required {
        check.tell("TRM-05", span, message!("lint-trm-05-required"));
    }
}

/// English terms stand in lower case (10.3.5).
fn english(check: &mut Check<'_>, block: &Block, term: &Term) {
    let needless = term
        .english
        .iter()
        .find(|english| begins_with_a_needless_capital(english));
    let Some(english) = needless else { return };
    let at = term.english_at;
    let right: Vec<String> = term
        .english
        .iter()
        .map(|english| match english.chars().next() {
            Some(first) if begins_with_a_needless_capital(english) => {
                first.to_lowercase().chain(english.chars().skip(1)).collect()
            }
            _ => english.clone(),
        })
        .collect();
    let fix = at.is_somewhere().then(|| Fix::replace(at, quoted(&right.join("; "))));
    let place = if at.is_somewhere() {
        at
    } else {
        Span::at(block.span.start)
    };
    check.put("TRM-06", place, message!("lint-trm-06", english = english), fix);
}

/// Whether a definition goes on behind the words that it begins with.
fn text_follows(plain: &Plain, opening: &str) -> bool {
    let rest = plain.text.get(opening.len()..).unwrap_or_default();
    rest.chars().next().is_some_and(char::is_alphanumeric)
}

/// The opening 应用系统是指 of a definition that repeats its term; only in plain running text.
fn opening(plain: &Plain, term: &str) -> Option<Span> {
    let rest = plain.text.get(term.len()..)?;
    let verb = ["是指", "系指", "指的是", "是"]
        .into_iter()
        .find(|verb| rest.starts_with(verb))?;
    let whole = format!("{term}{verb}");
    let other = verb == "是" && plain.text.get(whole.len()..)?.starts_with('否');
    let start = plain.position(0);
    let end = plain.position(whole.len());
    let length = whole.chars().count() as u32;
    let plainly = start.line > 0 && start.line == end.line && end.column == start.column + length;
    (!other && plainly && text_follows(plain, &whole)).then_some(Span::new(start, end))
}

/// A capital that is no abbreviation's and no name's: Module, but not LED, pH, Wi-Fi.
fn begins_with_a_needless_capital(english: &str) -> bool {
    let word: String = english
        .chars()
        .take_while(|c| c.is_alphanumeric() || *c == '-')
        .collect();
    let mut letters = word.chars();
    let first = letters.next().is_some_and(char::is_uppercase);
    let rest: String = letters.collect();
    first && rest.chars().count() > 2 && rest.chars().all(char::is_lowercase)
}

/// Tables and footnotes among terms (8.7.3.1).
fn misplaced(check: &mut Check<'_>, clause: &Clause) {
    for block in &clause.blocks {
        if matches!(block.kind, BlockKind::Table(_)) {
            check.tell("TRM-03", block.span, message!("lint-trm-03-table"));
        }
    }
    for below in &clause.clauses {
        misplaced(check, below);
    }
}

/// An abbreviation is explained where it first stands, or in chapter 4 (9.4.3).
fn abbreviations(check: &mut Check<'_>) {
    #[derive(Default)]
    struct Words<'a> {
        quiet: bool,
        lines: Vec<&'a [Inline]>,
    }
    impl<'a> Visit<'a> for Words<'a> {
        fn element(&mut self, element: &'a crate::model::Element) {
            self.quiet = !matches!(element.kind, ElementKind::Scope | ElementKind::Chapter);
        }
        fn text(&mut self, text: &'a [Inline]) {
            if !self.quiet {
                self.lines.push(text);
            }
        }
    }
    let known = explained(check);
    let mut words = Words::default();
    walk_document(check.document, &mut words);
    let mut told: Vec<String> = Vec::new();
    for line in words.lines {
        let plain = Plain::prose(line);
        if code::is_line(&plain.text) {
            continue;
        }
        for (at, word) in capitals(&plain.text) {
            if code::is_word(word) {
                continue;
            }
            let open = plain.text.get(at + word.len()..).unwrap_or_default();
            let before = plain.text.get(..at).unwrap_or_default();
            let here = open.starts_with(['（', '(']) || before.ends_with(['（', '(']);
            if here || known.iter().any(|known| known == word) || told.iter().any(|told| told == word) {
                told.push(word.to_owned());
                continue;
            }
            let start = plain.position(at);
            let span = Span::new(start, start.right(word.chars().count() as u32));
            check.tell("ABB-01", span, message!("lint-abb-01", word = word));
            told.push(word.to_owned());
        }
    }
}

/// Three capitals or more between characters that are no letters: neither units nor numbers of standards.
fn capitals(text: &str) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    let mut from = None;
    let ends = text.char_indices().chain([(text.len(), ' ')]);
    let mut previous = ' ';
    let mut before = ' ';
    for (at, c) in ends {
        if c.is_ascii_uppercase() {
            if from.is_none() {
                before = previous;
                from = Some(at);
            }
        } else if let Some(start) = from.take() {
            let word = text.get(start..at).unwrap_or_default();
            let alone = !before.is_ascii_alphanumeric()
                && !c.is_ascii_alphanumeric()
                && !matches!(c, '/' | '-' | '—' | ' ' | '_')
                && !matches!(before, '/' | '_' | '.' | '#');
            if word.len() >= 3 && alone {
                found.push((start, word));
            }
        }
        previous = c;
    }
    found
}

/// The abbreviations that chapter 4, a term or any clause called 缩略语 explains.
fn explained(check: &Check<'_>) -> Vec<String> {
    let mut known = Vec::new();
    let mut clauses: Vec<(&Clause, bool)> = check
        .document
        .elements
        .iter()
        .map(|element| {
            let lists = matches!(element.kind, ElementKind::Symbols | ElementKind::Terms);
            (&element.clause, lists)
        })
        .collect();
    while let Some((clause, inherited)) = clauses.pop() {
        let title = clause.heading.as_ref().map(|heading| plain_text(&heading.title));
        let lists = inherited || title.is_some_and(|title| title.contains("缩略语"));
        clauses.extend(clause.clauses.iter().map(|below| (below, lists)));
        if lists {
            clause.blocks.iter().for_each(|block| explains(block, &mut known));
        }
    }
    known
}

/// PKI：公钥基础设施（…）, as an item, a paragraph or a row; and the words of terms.
fn explains(block: &Block, known: &mut Vec<String>) {
    let mut line = |text: &[Inline]| {
        let words = Plain::of(text).text;
        let first = words
            .split(['：', ':', '—', '\u{3000}', '\t'])
            .next()
            .unwrap_or_default();
        let word = first.split("  ").next().unwrap_or_default().trim();
        known.push(word.to_owned());
        // PKI 公钥基础设施: a blank is enough where a list has no other mark.
        known.extend(word.split(' ').next().filter(|short| *short != word).map(str::to_owned));
    };
    match &block.kind {
        BlockKind::Paragraph(text) => line(text),
        BlockKind::List(list) => {
            for item in &list.items {
                if let Some(BlockKind::Paragraph(text)) = item.blocks.first().map(|block| &block.kind) {
                    line(text);
                }
            }
        }
        BlockKind::Table(table) => table
            .body
            .iter()
            .filter_map(|row| row.cells.first())
            .for_each(|cell| line(&cell.text)),
        BlockKind::Term(term) => known.extend(
            term.words()
                .map(|word| word.text.clone())
                .chain(term.english.iter().cloned()),
        ),
        _ => {}
    }
}
