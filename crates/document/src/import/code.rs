//! Paragraphs that are lines of a program: together they are one listing.

use super::line::{Line, Piece};
use super::role::{Role, Taken};
use crate::model::InlineKind;
use std::collections::BTreeSet;

/// No listing has more lines.
const LONGEST: usize = 400;
/// What opens a definition whose braces say how far it goes.
const OPENINGS: &[&str] = &[
    "typedef ",
    "struct ",
    "enum ",
    "union ",
    "class ",
    "interface ",
    "message ",
    "#include",
    "#define",
    "#ifdef",
    "#ifndef",
    "#if ",
    "#endif",
    "#pragma",
];

/// The places of the lines that are code. `first` is what each line is for itself.
pub(super) fn listings(pieces: &[Piece], first: &[Option<Taken>]) -> BTreeSet<usize> {
    let lines: Vec<Option<&Line>> = pieces
        .iter()
        .zip(first)
        .map(|(piece, taken)| match piece {
            Piece::Line(line) if may_be_code(line, *taken) => Some(line),
            _ => None,
        })
        .collect();
    let mut found = BTreeSet::new();
    let mut at = 0;
    while at < lines.len() {
        match definition(&lines, at).or_else(|| statements(&lines, at)) {
            Some(end) => {
                found.extend(at..end);
                at = end;
            }
            None => at += 1,
        }
    }
    found
}

/// Words alone, of which no style, list or outline says what they are.
fn may_be_code(line: &Line, taken: Option<Taken>) -> bool {
    let known = taken.is_some_and(|taken| {
        matches!(taken.by, "style" | "numbering" | "outline") && !matches!(taken.role, Role::Text | Role::Listing)
    });
    let words = line.inlines.iter().all(|inline| {
        matches!(
            inline.kind,
            InlineKind::Text(_) | InlineKind::Code(_) | InlineKind::Variable(_) | InlineKind::Break
        )
    });
    !known && words && !line.contents && !line.boxed && line.pictures == 0 && line.formulas.is_empty()
}

/// A definition with braces, from the line that opens it to the one that closes it.
fn definition(lines: &[Option<&Line>], at: usize) -> Option<usize> {
    let text = lines.get(at).copied().flatten()?.text.as_str();
    let assigns = text.contains("::=") || text.contains("：：=");
    if !assigns && !OPENINGS.iter().any(|word| text.starts_with(word)) {
        return None;
    }
    let (mut depth, mut opened) = (0_i32, false);
    for (end, line) in lines.iter().enumerate().skip(at).take(LONGEST) {
        let line = (*line)?;
        // A sentence is none of it.
        if line.text.ends_with(['。', '：']) {
            return None;
        }
        for c in line.text.chars() {
            match c {
                '{' | '｛' => {
                    depth += 1;
                    opened = true;
                }
                '}' | '｝' => depth -= 1,
                _ => {}
            }
        }
        if opened && depth <= 0 {
            return Some(end + 1).filter(|end| *end > at + 1);
        }
        // The brace stands in this line or in the next.
        if !opened && end > at && !line.text.is_empty() {
            return None;
        }
    }
    None
}

/// Two lines or more of which each is code by itself; a declaration of a function may be one.
fn statements(lines: &[Option<&Line>], at: usize) -> Option<usize> {
    let code = |line: &Option<&Line>| line.is_some_and(is_statement);
    let end = at
        + lines
            .iter()
            .skip(at)
            .take(LONGEST)
            .take_while(|line| code(line))
            .count();
    let alone = lines
        .get(at)
        .copied()
        .flatten()
        .is_some_and(|line| declares(&line.text));
    (end > at + 1 || (end > at && alone)).then_some(end)
}

/// Set in a fixed width as a whole; or Latin words that end as a statement does.
fn is_statement(line: &Line) -> bool {
    let set = |kind: &InlineKind| matches!(kind, InlineKind::Code(_) | InlineKind::Break);
    if !line.inlines.is_empty() && line.inlines.iter().all(|inline| set(&inline.kind)) {
        return true;
    }
    let text = without_remark(&line.text);
    let latin = text.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '_' | '{' | '}' | '#' | '*'))
        && text.is_ascii();
    let directive = ["#include", "#define", "#if", "#endif", "#pragma"]
        .iter()
        .any(|word| text.starts_with(word));
    latin && (directive || text.ends_with([';', '{', '}']))
}

/// What stands before a remark, which is in the language of the text.
fn without_remark(text: &str) -> &str {
    let end = ["//", "/*", "--"].iter().filter_map(|mark| text.find(mark)).min();
    text.get(..end.unwrap_or(text.len())).unwrap_or_default().trim_end()
}

/// int open(IN const char *name);
fn declares(text: &str) -> bool {
    let text = without_remark(text);
    let Some((head, rest)) = text.split_once('(') else {
        return false;
    };
    let words: Vec<&str> = head.split_whitespace().collect();
    let is_word = |word: &&str| word.chars().all(|c| c.is_ascii_alphanumeric() || "_*&:<>".contains(c));
    let arguments = rest.strip_suffix(");");
    words.len() >= 2
        && words.iter().all(|word| is_word(word))
        && arguments.is_some_and(|arguments| !arguments.contains(')'))
        && text.is_ascii()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn declarations_are_told_from_prose() {
        assert!(declares("int SFF_Open(IN const char *name, OUT HSFL *handle);"));
        assert!(!declares("see the list (a), (b);"));
        assert!(!declares("printf(x)"));
        assert_eq!(without_remark("char name[32]; // 名称"), "char name[32];");
    }
}
