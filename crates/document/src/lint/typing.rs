//! PUN-01 beside half-width marks: what a hand slipped on: doubled and contrary marks, 的的, a paragraph without its full
//! stop (GB/T 15834). Nobody but the author knows what was meant: nothing is mended.

use super::{Check, code};
use crate::finding::message;
use crate::model::{
    Block, BlockKind, Clause, Element, ElementKind, Inline, InlineKind, Plain, Span, Visit, walk_document,
};

/// Marks of which no two stand side by side.
const MARKS: &[char] = &['，', '。', '；', '：', '、'];
/// Words behind which a second 的 is right: 目的的实现.
const BEFORE_TWO: &[char] = &['目', '标', '靶'];
/// No shorter paragraph is held to be a sentence, in characters.
const SHORTEST: usize = 20;

pub(super) fn check(check: &mut Check<'_>) {
    let mut lines = Lines::default();
    walk_document(check.document, &mut lines);
    for text in lines.found {
        marks(check, &Plain::prose(text));
    }
    for element in &check.document.elements {
        let lists = matches!(
            element.kind,
            ElementKind::References | ElementKind::Bibliography | ElementKind::Index | ElementKind::Symbols
        );
        if !lists {
            clause(check, &element.clause);
        }
    }
}

#[derive(Default)]
struct Lines<'a> {
    quiet: bool,
    found: Vec<&'a [Inline]>,
}

impl<'a> Visit<'a> for Lines<'a> {
    fn element(&mut self, element: &'a Element) {
        self.quiet = matches!(element.kind, ElementKind::Index);
    }

    fn text(&mut self, text: &'a [Inline]) {
        if !self.quiet {
            self.found.push(text);
        }
    }
}

fn marks(check: &mut Check<'_>, plain: &Plain) {
    let letters: Vec<char> = plain.text.chars().collect();
    let mut told = None;
    for (at, pair) in letters.windows(2).enumerate() {
        let before = at.checked_sub(1).and_then(|at| letters.get(at)).copied();
        let after = letters.get(at + 2).copied();
        let (first, second) = (pair[0], pair[1]);
        let two_marks = MARKS.contains(&first) && MARKS.contains(&second);
        // ；.使用: a full stop of another alphabet behind a mark; but .docx and .5 are words.
        let stop = MARKS.contains(&first) && second == '.' && !after.is_some_and(|c| c.is_ascii_alphanumeric());
        let twice = first == '的'
            && second == '的'
            && !before.is_some_and(|c| BEFORE_TWO.contains(&c))
            && !after.is_some_and(|c| matches!(c, '确' | '士'));
        if !(two_marks || stop || twice) || told == Some(at) {
            continue;
        }
        told = Some(at + 1);
        let start = plain.place_of_character(at);
        let written: String = pair.iter().collect();
        check.tell(
            "PUN-01",
            Span::new(start, plain.place_of_character(at + 1).right(1)),
            message!("lint-pun-01-doubled", written = written),
        );
    }
}

fn clause(check: &mut Check<'_>, one: &Clause) {
    let next = one.blocks.iter().skip(1).map(Some).chain([None]);
    for (block, next) in one.blocks.iter().zip(next) {
        let leads = next.is_some_and(|next| !matches!(next.kind, BlockKind::Paragraph(_) | BlockKind::Comment(_)));
        if !leads {
            ends(check, block);
        }
    }
    for below in &one.clauses {
        clause(check, below);
    }
}

/// A paragraph of sentences that ends in the middle: 。 stands inside of it or a comma does, and its end has no mark.
fn ends(check: &mut Check<'_>, block: &Block) {
    let BlockKind::Paragraph(text) = &block.kind else {
        return;
    };
    let whole = text.last().is_some_and(|last| matches!(last.kind, InlineKind::Text(_)));
    let plain = Plain::prose(text);
    let written = plain.text.trim_end();
    let chinese = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
    let (Some(first), Some(last)) = (written.chars().next(), written.chars().last()) else {
        return;
    };
    let named = written.chars().take(12).any(|c| matches!(c, '：' | ':'));
    let sentence = written.contains(['，', '。']) || written.chars().filter(|c| chinese(*c)).count() >= SHORTEST;
    let open = chinese(last) || matches!(last, '》' | '）');
    let long = written.chars().count() >= SHORTEST;
    if whole && open && long && sentence && chinese(first) && !named && !code::is_line(written) {
        let at = written.chars().count() - 1;
        let place = plain.place_of_character(at);
        check.tell("PUN-01", Span::new(place, place.right(1)), message!("lint-pun-01-open"));
    }
}
