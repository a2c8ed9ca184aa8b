//! Comma-separated values (RFC 4180), with the place of every field.

use crate::model::{Position, Span};

/// A field: its text, quotes undone, and where it stands.
pub(crate) struct Field {
    pub text: String,
    pub span: Span,
}

/// The records of a text whose first character stands at `at`. Blank lines are none; Chinese commas part no fields.
pub(crate) fn records(text: &str, at: Position) -> Vec<Vec<Field>> {
    let mut records = Vec::new();
    let mut record: Vec<Field> = Vec::new();
    let mut place = at;
    let mut chars = text.chars().peekable();
    loop {
        let start = place;
        let mut field = String::new();
        let mut quoted = false;
        let mut closed = false;
        let end = loop {
            let Some(c) = chars.next() else { break None };
            match c {
                '"' if quoted && !closed => {
                    if chars.peek() == Some(&'"') {
                        chars.next();
                        place = place.right(1);
                        field.push('"');
                    } else {
                        closed = true;
                    }
                }
                '"' if !quoted && field.trim().is_empty() => {
                    quoted = true;
                    field.clear();
                }
                '\n' if quoted && !closed => field.push(' '),
                ',' | '\n' if !quoted || closed => break Some(c),
                c => field.push(c),
            }
            place = if c == '\n' {
                Position::new(place.line + 1, 1)
            } else {
                place.right(1)
            };
        };
        let blank_record = record.is_empty() && field.trim().is_empty() && !quoted;
        if end == Some(',') || !blank_record {
            record.push(Field {
                text: field.trim().to_owned(),
                span: Span::new(start, place),
            });
        }
        match end {
            Some(',') => place = place.right(1),
            Some(_) => {
                place = Position::new(place.line + 1, 1);
                if !record.is_empty() {
                    records.push(std::mem::take(&mut record));
                }
            }
            None => {
                if !record.is_empty() {
                    records.push(record);
                }
                return records;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_keep_their_places() {
        let read = records("项目,限值\n\n\"a, \"\"b\"\"\",2", Position::new(3, 1));
        let texts: Vec<Vec<&str>> = read
            .iter()
            .map(|record| record.iter().map(|field| field.text.as_str()).collect())
            .collect();
        assert_eq!(texts, [vec!["项目", "限值"], vec!["a, \"b\"", "2"]]);
        let last = read
            .last()
            .and_then(|record| record.last())
            .map(|field| field.span.start);
        assert_eq!(last, Some(Position::new(5, 12)));
    }
}
