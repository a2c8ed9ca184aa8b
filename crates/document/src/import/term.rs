//! Entries of terms: words, English, what is said of them, source.

use super::blocks::{Maker, paragraph};
use super::line::Line;
use super::links::Of;
use super::run::plain;
use crate::model::{Block, BlockKind, Designator, Inline, InlineKind, Span, Term, TermSource};

impl Maker<'_> {
    pub(super) fn term_words(&mut self, line: Line) {
        let fresh = self
            .term
            .as_ref()
            .is_none_or(|(term, _, blocks)| !term.preferred.text.is_empty() && !blocks.is_empty());
        let latin = line.text.chars().all(|c| c.is_ascii() || c == '\u{2019}');
        // In a text all in English a line of Latin letters is the next term, not the English of the last.
        let of_last = self
            .term
            .as_ref()
            .is_some_and(|(term, ..)| !term.preferred.text.is_ascii() && term.english.is_empty());
        if fresh && !(latin && of_last) {
            self.end_term();
            self.term = Some((Term::default(), Vec::new(), Vec::new()));
        }
        let Some((term, names, _)) = &mut self.term else { return };
        if names.is_empty() {
            names.push(self.links.id(&line.bookmarks, Of::Block).as_str().to_owned());
        }
        // LaTeX of symbols stands in lines of its own.
        for math in &line.formulas {
            term.symbols.push(math.clone());
        }
        let words = plain(&line.inlines.iter().map(unbroken).collect::<Vec<_>>()).replace('\u{2028}', "\n");
        for part in words.split('\n').map(str::trim).filter(|part| !part.is_empty()) {
            if let Some(word) = part.strip_prefix("拒用：") {
                term.deprecated.push(designator(word));
            } else if part.starts_with(['〈', '<']) && part.ends_with(['〉', '>']) {
                term.domain = Some(part.trim_matches(['〈', '〉', '<', '>']).to_owned());
            } else if term.preferred.text.is_empty() {
                let (word, english) = bilingual(part);
                term.preferred = designator(word);
                term.english.extend(split_english(english));
            } else if part.is_ascii() && term.english.is_empty() {
                term.english.extend(split_english(part));
            } else {
                term.admitted.push(designator(part));
            }
        }
    }

    pub(super) fn source(&mut self, line: Line) {
        let written = line.text.trim();
        let written = written.strip_prefix('[').unwrap_or(written);
        let written = written.strip_suffix(']').unwrap_or(written);
        let written = written
            .trim_start_matches("来源")
            .trim_start_matches("SOURCE")
            .trim_start_matches(['：', ':'])
            .trim();
        match &mut self.term {
            Some((term, _, _)) if term.source.is_none() => {
                term.source = Some(TermSource {
                    written: written.to_owned(),
                    ..TermSource::default()
                });
            }
            _ => self.put(paragraph(line.inlines)),
        }
    }

    pub(super) fn end_term(&mut self) {
        self.end_list();
        let Some((mut term, names, blocks)) = self.term.take() else {
            return;
        };
        if term.preferred.text.is_empty() && term.english.is_empty() {
            self.out.extend(blocks);
            return;
        }
        term.blocks = blocks;
        let mut block = Block::new(BlockKind::Term(term));
        if let Some(name) = names.first().filter(|name| !name.is_empty()) {
            block.id = crate::model::Id::written(name);
        }
        self.out.push(block);
    }
}

fn designator(word: &str) -> Designator {
    Designator {
        span: Span::NOWHERE,
        text: word.trim().to_owned(),
    }
}

/// A break as a line's end, all else as it is.
fn unbroken(inline: &Inline) -> Inline {
    match &inline.kind {
        InlineKind::Break => Inline::text("\u{2028}"),
        InlineKind::Strong(inner) if inner.len() == 1 => inner.first().cloned().unwrap_or_else(|| inline.clone()),
        _ => inline.clone(),
    }
}

/// 光伏组件 PV module: the word and the English behind it.
fn bilingual(words: &str) -> (&str, &str) {
    let begins = words.char_indices().find(|(at, c)| {
        c.is_ascii_alphanumeric()
            && words
                .get(..*at)
                .is_some_and(|before| before.ends_with([' ', '\u{3000}', '（', '(']))
    });
    match begins {
        // care plan: two words of one language.
        _ if words.is_ascii() => (words, ""),
        Some((at, _)) if at > 0 => {
            let (word, english) = words.split_at(at);
            if english.chars().any(|c| c > '\u{2e80}' && !matches!(c, '；' | '）')) {
                return (words, "");
            }
            (
                word.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '（' | '(')),
                english.trim_end_matches(['）', ')']),
            )
        }
        _ => (words, ""),
    }
}

fn split_english(words: &str) -> Vec<String> {
    words
        .split([';', '；'])
        .map(|word| word.trim().to_owned())
        .filter(|word| !word.is_empty())
        .collect()
}
