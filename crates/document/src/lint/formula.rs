//! EQN-02: what a formula is made of, and where it is explained (9.9.3.1).

use super::Check;
use crate::finding::message;
use crate::model::{Block, BlockKind, Formula, InlineKind, Plain, Span, Visit, walk_document};
use std::collections::HashSet;

pub(super) fn check(check: &mut Check<'_>, formulas: &[(&Block, &Formula)]) {
    let explained: HashSet<String> = explained(check).into_iter().collect();
    for (block, formula) in formulas {
        symbols(check, block, formula, &explained);
    }
}

/// The letters of a formula, each with its subscript: S, w_i, \alpha.
fn letters(latex: &str) -> Vec<String> {
    let mut found = Vec::new();
    let characters: Vec<char> = latex.chars().collect();
    let mut at = 0;
    while let Some(&c) = characters.get(at) {
        if c == '\\' {
            let name: String = characters[at + 1..]
                .iter()
                .take_while(|c| c.is_ascii_alphabetic())
                .collect();
            at += 1 + name.chars().count().max(1);
            if matches!(
                name.as_str(),
                "text" | "mathrm" | "operatorname" | "mbox" | "begin" | "end"
            ) {
                // Words in a formula are no symbols.
                if characters.get(at) == Some(&'{') {
                    while characters.get(at).is_some_and(|c| *c != '}') {
                        at += 1;
                    }
                }
            } else if GREEK.contains(&name.as_str()) {
                found.push(format!("\\{name}"));
            }
            continue;
        }
        if c == '_' || c == '^' {
            // Indices run over what the sum says.
            at += 1;
            if characters.get(at) == Some(&'{') {
                while characters.get(at).is_some_and(|c| *c != '}') {
                    at += 1;
                }
            }
            at += 1;
            continue;
        }
        if c.is_alphabetic() {
            found.push(c.to_string());
        }
        at += 1;
    }
    found.sort();
    found.dedup();
    found
}

const GREEK: &[&str] = &[
    "alpha",
    "beta",
    "gamma",
    "delta",
    "epsilon",
    "varepsilon",
    "zeta",
    "eta",
    "theta",
    "lambda",
    "mu",
    "nu",
    "xi",
    "rho",
    "sigma",
    "tau",
    "phi",
    "varphi",
    "chi",
    "psi",
    "omega",
    "Gamma",
    "Delta",
    "Theta",
    "Lambda",
    "Phi",
    "Psi",
    "Omega",
];

/// Every symbol is explained below the formula, or before, or among the symbols of the document (9.9.3.1).
fn symbols(check: &mut Check<'_>, block: &Block, formula: &Formula, explained: &HashSet<String>) {
    // A formula is made of symbols, not of the names of quantities (9.9.3.1).
    if formula.latex.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c)) {
        check.tell("EQN-02", Span::at(block.span.start), message!("lint-eqn-02-words"));
    }
    let missing: Vec<String> = letters(&formula.latex)
        .into_iter()
        .filter(|letter| !explained.contains(letter))
        .filter(|letter| letter.chars().all(|c| c < '\u{4e00}'))
        // Constants of mathematics.
        .filter(|letter| !matches!(letter.as_str(), "e" | "π"))
        .collect();
    if !missing.is_empty() {
        check.tell(
            "EQN-02",
            missing
                .first()
                .map_or(block.span, |first| place_in(block, formula, first)),
            message!("lint-eqn-02", symbols = missing.join("、")),
        );
    }
}

/// Where a symbol stands in a formula that is written in one line; else where the formula begins.
fn place_in(block: &Block, formula: &Formula, letter: &str) -> Span {
    if formula.at.line == 0 {
        return block.span;
    }
    match formula.latex.find(letter).filter(|_| !formula.latex.contains('\n')) {
        Some(at) => {
            let before = formula.latex.get(..at).unwrap_or_default().chars().count() as u32;
            let start = formula.at.right(before);
            Span::new(start, start.right(letter.chars().count() as u32))
        }
        None => Span::at(formula.at),
    }
}

/// The letters of every symbol that the document explains anywhere.
fn explained(check: &Check<'_>) -> Vec<String> {
    struct Symbols(Vec<String>);
    impl<'a> Visit<'a> for Symbols {
        fn block(&mut self, block: &'a Block) {
            match &block.kind {
                BlockKind::Formula(formula) => {
                    for symbol in &formula.symbols {
                        self.0.extend(letters(&symbol.symbol));
                    }
                }
                BlockKind::Term(term) => {
                    for symbol in &term.symbols {
                        self.0.extend(letters(symbol));
                    }
                }
                _ => {}
            }
        }
    }
    let mut symbols = Symbols(Vec::new());
    walk_document(check.document, &mut symbols);
    if let Some(element) = check.document.element(crate::model::ElementKind::Symbols) {
        for block in &element.clause.blocks {
            if let BlockKind::List(list) = &block.kind {
                for item in &list.items {
                    if let Some(BlockKind::Paragraph(text)) = item.blocks.first().map(|block| &block.kind) {
                        for inline in text.iter().take(1) {
                            if let InlineKind::Math(latex) = &inline.kind {
                                symbols.0.extend(letters(latex));
                            }
                        }
                        let words = Plain::of(text).text;
                        let symbol = words.split(['：', '—', ':']).next().unwrap_or_default();
                        symbols.0.extend(letters(symbol.trim()));
                    }
                }
            }
        }
    }
    symbols.0
}
