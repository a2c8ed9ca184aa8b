//! Edits of the source.

use crate::model::{Position, Span};
use serde::Serialize;

/// What mends one finding: edits that belong together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fix {
    /// The edits; none reaches into another.
    pub edits: Vec<Edit>,
}

/// A stretch of the source and what shall stand there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Edit {
    /// The stretch.
    pub span: Span,
    /// The text that takes its place.
    pub text: String,
}

impl Fix {
    /// One edit.
    pub fn replace(span: Span, text: impl Into<String>) -> Self {
        Self {
            edits: vec![Edit {
                span,
                text: text.into(),
            }],
        }
    }

    /// A text put in at a place.
    pub fn insert(place: Position, text: impl Into<String>) -> Self {
        Self::replace(Span::at(place), text)
    }

    /// A stretch taken out.
    pub fn delete(span: Span) -> Self {
        Self::replace(span, "")
    }
}

/// The source with the fixes applied, and how many of them. A fix of which an edit reaches into one that was applied
/// before, or out of the source, is left: check again and apply what is then found.
pub fn apply<'a>(source: &str, fixes: impl IntoIterator<Item = &'a Fix>) -> (String, usize) {
    let (mended, applied) = apply_each(source, fixes);
    (mended, applied.into_iter().filter(|applied| *applied).count())
}

/// The same, with what became of each fix: whether it was applied.
pub fn apply_each<'a>(source: &str, fixes: impl IntoIterator<Item = &'a Fix>) -> (String, Vec<bool>) {
    let lines = Offsets::of(source);
    let mut taken: Vec<(usize, usize, &str)> = Vec::new();
    let mut applied = Vec::new();
    for fix in fixes {
        let edits: Option<Vec<(usize, usize, &str)>> = fix
            .edits
            .iter()
            .map(|edit| {
                let start = lines.byte(source, edit.span.start)?;
                let end = lines.byte(source, edit.span.end)?;
                (start <= end).then_some((start, end, edit.text.as_str()))
            })
            .collect();
        let Some(edits) = edits else {
            applied.push(false);
            continue;
        };
        let clash = edits.iter().any(|(start, end, text)| {
            taken
                .iter()
                .any(|(s, e, t)| (start < e && s < end) || (start == s && end == e && (start < end || text == t)))
        });
        if !clash {
            taken.extend(edits);
        }
        applied.push(!clash);
    }
    taken.sort_by_key(|(start, end, _)| (*start, *end));
    let mut mended = String::with_capacity(source.len());
    let mut from = 0;
    for (start, end, text) in taken {
        mended.push_str(source.get(from..start).unwrap_or_default());
        mended.push_str(text);
        from = end;
    }
    mended.push_str(source.get(from..).unwrap_or_default());
    (mended, applied)
}

/// Where lines begin, in bytes.
struct Offsets(Vec<usize>);

impl Offsets {
    fn of(source: &str) -> Self {
        Self(
            std::iter::once(0)
                .chain(source.match_indices('\n').map(|(at, _)| at + 1))
                .collect(),
        )
    }

    fn byte(&self, source: &str, place: Position) -> Option<usize> {
        let start = *self.0.get((place.line as usize).checked_sub(1)?)?;
        let line = source.get(start..)?.split('\n').next()?;
        let column = (place.column as usize).checked_sub(1)?;
        match line.char_indices().nth(column) {
            Some((at, _)) => Some(start + at),
            None => (line.chars().count() == column).then_some(start + line.len()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(from: (u32, u32), to: (u32, u32)) -> Span {
        Span::new(Position::new(from.0, from.1), Position::new(to.0, to.1))
    }

    #[test]
    fn edits_go_by_characters() {
        let fixes = [
            Fix::replace(span((1, 3), (1, 5)), "不应"),
            Fix::insert(Position::new(2, 1), "#"),
        ];
        assert_eq!(apply("组件不得破\n末", &fixes), ("组件不应破\n#末".to_owned(), 2));
    }

    #[test]
    fn of_two_that_clash_the_first_is_applied() {
        let fixes = [
            Fix::delete(span((1, 1), (1, 3))),
            Fix::replace(span((1, 2), (1, 4)), "x"),
            Fix::delete(span((7, 1), (7, 2))),
        ];
        assert_eq!(apply("abcd", &fixes), ("cd".to_owned(), 1));
    }
}
