//! Which words of a line differ. Chinese goes by characters, Latin and numbers by words.

use serde::Serialize;
use similar::{Algorithm, DiffTag, capture_diff_slices};

/// A stretch of a line: of both texts, or of one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Stretch {
    /// Of which.
    pub of: Of,
    /// The words.
    pub text: String,
}

/// Of which text a stretch is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Of {
    /// Of both.
    Both,
    /// Of the old one alone.
    Old,
    /// Of the new one alone.
    New,
}

/// The stretches of both texts, in order; what stands between two changes and is no longer than this is part of them.
const ISLAND: usize = 1;

/// Beyond so many words that could differ the whole stretch is told as changed.
const MOST: usize = 6_000;

/// Compares two lines.
pub(super) fn words(old: &str, new: &str) -> Vec<Stretch> {
    let (a, b) = (tokens(old), tokens(new));
    let head = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let tail = a
        .iter()
        .skip(head)
        .rev()
        .zip(b.iter().skip(head).rev())
        .take_while(|(x, y)| x == y)
        .count();
    if a.len() + b.len() - 2 * (head + tail) > MOST {
        let whole = |of, words: &[&str]| Stretch {
            of,
            text: words.concat(),
        };
        let stretches = [
            whole(Of::Both, a.get(..head).unwrap_or_default()),
            whole(Of::Old, a.get(head..a.len() - tail).unwrap_or_default()),
            whole(Of::New, b.get(head..b.len() - tail).unwrap_or_default()),
            whole(Of::Both, a.get(a.len() - tail..).unwrap_or_default()),
        ];
        return stretches
            .into_iter()
            .filter(|stretch| !stretch.text.is_empty())
            .collect();
    }
    let mut pieces: Vec<(Vec<&str>, Vec<&str>, bool)> = Vec::new();
    for op in capture_diff_slices(Algorithm::Myers, &a, &b) {
        let (tag, from, to) = op.as_tag_tuple();
        let from = a.get(from).unwrap_or_default().to_vec();
        let to = b.get(to).unwrap_or_default().to_vec();
        pieces.push((from, to, tag == DiffTag::Equal));
    }
    let last = pieces.len().saturating_sub(1);
    let mut merged: Vec<(Vec<&str>, Vec<&str>, bool)> = Vec::new();
    for (index, (from, to, equal)) in pieces.into_iter().enumerate() {
        let island = equal && index > 0 && index < last && from.concat().chars().count() <= ISLAND;
        let equal = equal && !island;
        match merged.last_mut() {
            Some((before, after, same)) if *same == equal => {
                before.extend(from);
                after.extend(to);
            }
            _ => merged.push((from, to, equal)),
        }
    }
    let mut stretches = Vec::new();
    let mut push = |of, words: Vec<&str>| {
        if !words.is_empty() {
            stretches.push(Stretch {
                of,
                text: words.concat(),
            });
        }
    };
    for (from, to, equal) in merged {
        if equal {
            push(Of::Both, to);
        } else {
            push(Of::Old, from);
            push(Of::New, to);
        }
    }
    stretches
}

/// Runs of Latin letters, numbers with their points, blanks; every other character alone.
fn tokens(text: &str) -> Vec<&str> {
    let class = |c: char| match c {
        c if c.is_ascii_alphabetic() => 1,
        c if c.is_ascii_digit() || c == '.' => 2,
        c if c.is_whitespace() => 3,
        _ => 0,
    };
    let mut tokens = Vec::new();
    let mut from = 0;
    let mut before = None;
    for (at, c) in text.char_indices() {
        let now = class(c);
        if at > 0 && (now == 0 || before != Some(now)) {
            tokens.push(text.get(from..at).unwrap_or_default());
            from = at;
        }
        before = Some(now);
    }
    if from < text.len() {
        tokens.push(text.get(from..).unwrap_or_default());
    }
    tokens
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_changes_whole() {
        let told: Vec<(Of, String)> = words("应在24 h内记录。", "应在12.5 h内书面记录。")
            .into_iter()
            .map(|stretch| (stretch.of, stretch.text))
            .collect();
        let expected = [
            (Of::Both, "应在"),
            (Of::Old, "24"),
            (Of::New, "12.5"),
            (Of::Both, " h内"),
            (Of::New, "书面"),
            (Of::Both, "记录。"),
        ];
        assert_eq!(told, expected.map(|(of, text)| (of, text.to_owned())));
        assert!(words("", "").is_empty());
    }
}
