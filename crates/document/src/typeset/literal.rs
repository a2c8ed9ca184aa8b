//! Words as literals: the only form in which a text enters the program.

/// A string literal. Between its quotes stand no quote and no backslash but escaped ones, and no control character.
pub(super) fn literal(words: &str) -> String {
    let mut out = String::with_capacity(words.len() + 2);
    out.push('"');
    for c in words.chars() {
        match c {
            '"' | '\\' => {
                out.push('\\');
                out.push(c);
            }
            '\n' => out.push_str("\\n"),
            '\t' => out.push(' '),
            // What is no sign at all, or would turn the direction of the program's own text.
            '\u{0}'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{2028}' | '\u{2029}' => {}
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' => {}
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// Content of content: `[…]`.
pub(super) fn content(inner: &str) -> String {
    format!("[{inner}]")
}

/// An array: `(a,b,)`.
pub(super) fn array(entries: impl IntoIterator<Item = String>) -> String {
    let mut out = String::from("(");
    for entry in entries {
        out.push_str(&entry);
        out.push(',');
    }
    out.push(')');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_literal_cannot_be_left() {
        assert_eq!(literal("\"#x\\\""), "\"\\\"#x\\\\\\\"\"");
        assert_eq!(literal("a\u{0}\r\n\u{202e}b"), "\"a\\nb\"");
        assert_eq!(array(Vec::new()), "()");
        assert_eq!(array([literal("甲")]), "(\"甲\",)");
    }
}
