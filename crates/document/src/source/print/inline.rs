//! Inlines → text of the source.

use crate::model::{CitedAs, Inline, InlineKind};
use crate::source::number::{TypedNumber, typed_number};
use crate::source::start::start;
use crate::source::words::lead;

#[derive(Debug, Clone, Copy, Default)]
struct Within {
    cell: bool,
    link: bool,
}

/// Text on a line that begins with something else.
pub(super) fn line(text: &[Inline]) -> String {
    print(text, Within::default()).trim().to_owned()
}

/// The text of a cell.
pub(super) fn cell(text: &[Inline]) -> String {
    let printed = print(
        text,
        Within {
            cell: true,
            link: false,
        },
    );
    match printed.trim() {
        "<" => "\\<".to_owned(),
        printed => printed.to_owned(),
    }
}

/// A title, which must not seem to begin with a number.
pub(super) fn title(text: &[Inline]) -> String {
    let printed = line(text);
    let seems = !matches!(typed_number(&printed), TypedNumber::None);
    let printed = if seems { format!("\\{printed}") } else { printed };
    // （表1） at the end would be taken for a number, too.
    match printed.strip_suffix('）') {
        Some(rest) if rest.rfind("（表").is_some() => format!("{rest}\\）"),
        _ => printed,
    }
}

/// A paragraph, which must not seem to begin anything else.
pub(super) fn paragraph(text: &[Inline]) -> String {
    let printed = line(text);
    let plain = matches!(
        text.first(),
        Some(Inline {
            kind: InlineKind::Text(_),
            ..
        })
    );
    if !plain || (start(&printed).is_none() && lead(&printed).is_none()) {
        return printed;
    }
    if printed.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return match printed.find([')', '）', ':', '：']) {
            Some(at) => {
                let (before, after) = printed.split_at(at);
                format!("{before}\\{after}")
            }
            None => printed,
        };
    }
    format!("\\{printed}")
}

fn print(text: &[Inline], within: Within) -> String {
    let mut out = String::new();
    for (index, inline) in text.iter().enumerate() {
        let before = index.checked_sub(1).and_then(|before| text.get(before));
        let follows = index + 1 < text.len();
        match &inline.kind {
            InlineKind::Text(run) => plain(&mut out, &run.text, before.map(|b| &b.kind), follows, within),
            InlineKind::Emphasis(inner) => out.push_str(&format!("*{}*", print(inner, within))),
            InlineKind::Strong(inner) => out.push_str(&format!("**{}**", print(inner, within))),
            InlineKind::Subscript(inner) => out.push_str(&format!("~{}~", print(inner, within))),
            InlineKind::Superscript(inner) => out.push_str(&format!("^{}^", print(inner, within))),
            InlineKind::Code(code) => out.push_str(&ticked(code)),
            InlineKind::Math(latex) => out.push_str(&format!("${latex}$")),
            InlineKind::Citation(citation) => {
                out.push_str(&format!("[@{}", literal(&citation.target, true)));
                if let Some(locator) = &citation.locator {
                    out.push_str(&format!(", {}", literal(locator, false)));
                }
                out.push(']');
                out.push_str(match citation.said {
                    Some(CitedAs::Normative) => "{.规范性}",
                    Some(CitedAs::Informative) => "{.资料性}",
                    None => "",
                });
            }
            InlineKind::CrossReference(reference) => {
                let words = print(&reference.words, Within { link: true, ..within });
                out.push_str(&format!("[{words}](#{})", reference.target));
            }
            InlineKind::Link { words, address } => {
                let words = print(words, Within { link: true, ..within });
                out.push_str(&format!("[{words}]({})", literal(address, false)));
            }
            InlineKind::FootnoteMark(label) => out.push_str(&format!("[^{}]", literal(label, false))),
            InlineKind::Quantity { value, unit } => {
                out.push_str(&format!("[{} {}]{{.量}}", literal(value, false), literal(unit, false)));
            }
            InlineKind::Variable(symbol) => out.push_str(&format!("[{}]{{.变量}}", literal(symbol, false))),
            InlineKind::Break => out.push_str("<br>"),
            InlineKind::Comment(comment) => out.push_str(&format!("<!-- {} -->", comment.replace("-->", "-- >"))),
            InlineKind::Picture { words, file } => {
                out.push_str(&format!("![{}]({})", literal(words, false), literal(file, false)));
            }
        }
    }
    out
}

fn plain(out: &mut String, text: &str, before: Option<&InlineKind>, follows: bool, within: Within) {
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|(_, c)| *c);
        let open_end = next.is_none() && follows;
        let escape = match c {
            '\\' | '`' | '*' | '$' | '~' | '^' => true,
            '|' => within.cell,
            '[' => within.link || open_end || matches!(next, Some('@' | '^')),
            ']' => within.link || matches!(next, Some('(' | '{')),
            '!' => open_end || next == Some('['),
            '<' => text
                .get(at..)
                .is_some_and(|rest| rest.starts_with("<!--") || rest.starts_with("<br")),
            '@' if at == 0 => within.link,
            '{' if at == 0 => matches!(before, Some(InlineKind::Citation(_))),
            ':' if at == 0 => matches!(before, Some(InlineKind::FootnoteMark(_))),
            c if at == 0 && c.is_ascii_digit() => matches!(before, Some(InlineKind::Math(_))),
            _ => false,
        };
        if escape {
            out.push('\\');
        }
        out.push(if c == '\n' { ' ' } else { c });
    }
}

fn ticked(code: &str) -> String {
    let mut longest = 0;
    let mut run = 0;
    for c in code.chars() {
        run = if c == '`' { run + 1 } else { 0 };
        longest = longest.max(run);
    }
    let ticks = "`".repeat(longest + 1);
    let padded = code.starts_with('`')
        || code.ends_with('`')
        || (code.starts_with(' ') && code.ends_with(' ') && !code.trim().is_empty());
    let blank = if padded { " " } else { "" };
    format!("{ticks}{blank}{code}{blank}{ticks}")
}

/// Text in which no mark is read but the escapes: between brackets and parentheses.
fn literal(text: &str, target: bool) -> String {
    let mut out = String::new();
    for (at, c) in text.char_indices() {
        let escape = (at == 0 && c == '@')
            || matches!(
                c,
                '\\' | '`' | '$' | '[' | ']' | '(' | ')' | '<' | '*' | '~' | '^' | ';' | '；' | '|'
            )
            || (target && matches!(c, ',' | '，'));
        if escape {
            out.push('\\');
        }
        out.push(c);
    }
    out
}
