//! Characters to tokens. A unit belongs to the number before it and is read with it.

use crate::fault::{Fault, FaultKind};
use crate::number::Number;
use crate::span::Span;
use crate::syntax::Operator;
use crate::unit::Unit;

/// The longest formula, in bytes.
pub(crate) const MAX_BYTES: usize = 20_000;

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Token {
    Number(Number, Option<Unit>),
    Text(String),
    Name(String),
    /// `[联网="5G"]` after a name, in the form that names of inputs have.
    Filter(String),
    /// `[tCO2]`.
    InUnit(Unit),
    Operator(Operator),
    Not,
    If,
    Then,
    Else,
    Truth(bool),
    Otherwise,
    Reported,
    Arrow,
    Colon,
    Comma,
    Semicolon,
    At,
    Infinity,
    OpenParenthesis,
    CloseParenthesis,
    OpenBracket,
    CloseBracket,
    OpenBrace,
    CloseBrace,
    End,
}

#[derive(Debug, Clone)]
pub(crate) struct Lexed {
    pub(crate) token: Token,
    pub(crate) span: Span,
}

/// A name without backticks starts so.
fn starts_name(c: char) -> bool {
    c.is_alphabetic() || c == '_'
}

fn goes_on(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// Whether a text is a name as it stands, needing no backticks.
pub(crate) fn is_plain_name(text: &str) -> bool {
    if keyword(text).is_some() || !text.starts_with(starts_name) {
        return false;
    }
    name_length(text) == text.len()
}

fn name_length(text: &str) -> usize {
    let mut chars = text.char_indices().peekable();
    let mut end = 0;
    while let Some((at, c)) = chars.next() {
        let inside = if at == 0 { starts_name(c) } else { goes_on(c) };
        // A point joins what follows it: A1.1, C1.1.值.
        let joins = c == '.' && at > 0 && chars.peek().is_some_and(|(_, next)| goes_on(*next));
        if !inside && !joins {
            break;
        }
        end = at + c.len_utf8();
    }
    end
}

pub(crate) fn keyword(name: &str) -> Option<Token> {
    Some(match name {
        "且" | "and" => Token::Operator(Operator::And),
        "或" | "or" => Token::Operator(Operator::Or),
        "非" | "not" => Token::Not,
        "若" | "if" => Token::If,
        "则" | "then" => Token::Then,
        "否则" | "else" => Token::Else,
        "是" | "真" | "yes" | "true" => Token::Truth(true),
        "否" | "假" | "no" | "false" => Token::Truth(false),
        "其余" | "otherwise" => Token::Otherwise,
        "填报" | "reported" => Token::Reported,
        _ => return None,
    })
}

/// The canonical form of an input's name with filters: `设备数[联网="5G"]` is `设备数[联网=5G]`.
///
/// ```
/// assert_eq!(formula::canonical_name(" 设备数 [ 联网 = “5G” ]"), "设备数[联网=5G]");
/// ```
pub fn canonical_name(text: &str) -> String {
    let text = text.trim();
    let Some((name, filters)) = text.split_once('[') else {
        return text.to_owned();
    };
    match filter(filters.trim_end().trim_end_matches(']')) {
        Some(filter) => format!("{}{filter}", name.trim()),
        None => text.to_owned(),
    }
}

/// `联网="5G"` → `[联网=5G]`.
fn filter(inside: &str) -> Option<String> {
    let mut parts = Vec::new();
    for part in inside.split([',', '，']) {
        let (key, value) = part.split_once('=')?;
        let (key, value) = (key.trim(), value.trim());
        let value = value
            .trim_matches(|c| matches!(c, '"' | '“' | '”' | '「' | '」'))
            .trim();
        let odd = |text: &str| text.is_empty() || text.contains(['→', '<', '>', '≤', '≥', '(', ')', '"', '[', ']']);
        if odd(key) || odd(value) || !key.starts_with(starts_name) {
            return None;
        }
        parts.push(format!("{key}={value}"));
    }
    Some(format!("[{}]", parts.join(",")))
}

pub(crate) fn lex(text: &str) -> Result<Vec<Lexed>, Fault> {
    if text.len() > MAX_BYTES {
        return Err(Fault::new(FaultKind::TooLong, Span::new(0, text.len())));
    }
    let mut tokens: Vec<Lexed> = Vec::new();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        if c.is_whitespace() {
            at += c.len_utf8();
            continue;
        }
        let (token, length) = token(text, at, c, tokens.last().map(|last| &last.token))?;
        tokens.push(Lexed {
            token,
            span: Span::new(at, at + length),
        });
        at += length;
    }
    tokens.push(Lexed {
        token: Token::End,
        span: Span::new(text.len(), text.len()),
    });
    Ok(tokens)
}

fn token(text: &str, at: usize, c: char, before: Option<&Token>) -> Result<(Token, usize), Fault> {
    let rest = &text[at..];
    if c.is_ascii_digit() {
        return number(text, at);
    }
    if starts_name(c) {
        let length = name_length(rest);
        let name = &rest[..length];
        return Ok((keyword(name).unwrap_or_else(|| Token::Name(name.to_owned())), length));
    }
    if let Some(close) = closing(c) {
        let inside = &rest[c.len_utf8()..];
        let Some(end) = inside.find(close) else {
            return Err(Fault::new(FaultKind::UnclosedText, Span::new(at, text.len())));
        };
        let content = inside[..end].to_owned();
        let length = c.len_utf8() + end + close.len_utf8();
        let token = if c == '`' {
            Token::Name(content)
        } else {
            Token::Text(content)
        };
        return Ok((token, length));
    }
    if c == '[' || c == '［' {
        return Ok(bracket(rest, c.len_utf8(), before));
    }
    if let Some((sign, token)) = SIGNS.iter().find(|(sign, _)| rest.starts_with(sign)) {
        return Ok((token.clone(), sign.len()));
    }
    Err(Fault::new(
        FaultKind::StrangeCharacter(c.to_string()),
        Span::new(at, at + c.len_utf8()),
    ))
}

/// What closes what this character opens: text, or a name in backticks.
const fn closing(c: char) -> Option<char> {
    match c {
        '"' => Some('"'),
        '“' => Some('”'),
        '「' => Some('」'),
        '`' => Some('`'),
        _ => None,
    }
}

fn bracket(rest: &str, opening: usize, before: Option<&Token>) -> (Token, usize) {
    let inside = &rest[opening..];
    // Neither a filter nor a unit holds another bracket: looking no further keeps a row of them from being read again
    // and again to its end.
    let bracket = inside.find(['[', '［', ']', '］']);
    if let Some(end) = bracket.filter(|at| inside[*at..].starts_with([']', '］'])) {
        let closing = inside[end..].chars().next().map_or(1, char::len_utf8);
        let content = &inside[..end];
        if matches!(before, Some(Token::Name(_)))
            && let Some(filter) = filter(content)
        {
            return (Token::Filter(filter), opening + end + closing);
        }
        if !content.trim().is_empty()
            && let Some(unit) = Unit::parse(content)
        {
            return (Token::InUnit(unit), opening + end + closing);
        }
    }
    (Token::OpenBracket, opening)
}

fn number(text: &str, at: usize) -> Result<(Token, usize), Fault> {
    let rest = &text[at..];
    let bytes = rest.as_bytes();
    let digits = |from: usize| bytes[from..].iter().take_while(|b| b.is_ascii_digit()).count();
    let mut end = digits(0);
    if bytes.get(end) == Some(&b'.') && bytes.get(end + 1).is_some_and(u8::is_ascii_digit) {
        end += 1 + digits(end + 1);
    }
    if matches!(bytes.get(end), Some(b'e' | b'E')) {
        let sign = usize::from(matches!(bytes.get(end + 1), Some(b'+' | b'-')));
        let exponent = digits((end + 1 + sign).min(bytes.len()));
        if exponent > 0 {
            end += 1 + sign + exponent;
        }
    }
    let Some(number) = Number::parse(&rest[..end]) else {
        let kind = FaultKind::BadNumber(rest[..end].chars().take(40).collect());
        return Err(Fault::new(kind, Span::new(at, at + end)));
    };
    let blanks = rest[end..].len() - rest[end..].trim_start_matches([' ', '\u{a0}']).len();
    let after = &rest[end + blanks..];
    if let Some((unit, length)) = Unit::scan(after) {
        let word_goes_on = after[length..].starts_with(goes_on) && after[..length].ends_with(goes_on);
        if !word_goes_on {
            return Ok((Token::Number(number, Some(unit)), end + blanks + length));
        }
    }
    let word: String = after.chars().take_while(|c| goes_on(*c)).collect();
    if word.starts_with(starts_name) && keyword(&word).is_none() {
        let start = at + end + blanks;
        return Err(Fault::new(
            FaultKind::UnknownUnit(word.clone()),
            Span::new(start, start + word.len()),
        ));
    }
    Ok((Token::Number(number, None), end))
}

/// Signs, longer ones before their beginnings.
static SIGNS: &[(&str, Token)] = &[
    ("->", Token::Arrow),
    ("→", Token::Arrow),
    ("&&", Token::Operator(Operator::And)),
    ("||", Token::Operator(Operator::Or)),
    ("==", Token::Operator(Operator::Equal)),
    (">=", Token::Operator(Operator::AtLeast)),
    ("<=", Token::Operator(Operator::AtMost)),
    ("!=", Token::Operator(Operator::Unequal)),
    ("<>", Token::Operator(Operator::Unequal)),
    ("≥", Token::Operator(Operator::AtLeast)),
    ("≧", Token::Operator(Operator::AtLeast)),
    ("⩾", Token::Operator(Operator::AtLeast)),
    ("≤", Token::Operator(Operator::AtMost)),
    ("≦", Token::Operator(Operator::AtMost)),
    ("⩽", Token::Operator(Operator::AtMost)),
    ("≠", Token::Operator(Operator::Unequal)),
    ("=", Token::Operator(Operator::Equal)),
    ("＝", Token::Operator(Operator::Equal)),
    (">", Token::Operator(Operator::More)),
    ("＞", Token::Operator(Operator::More)),
    ("<", Token::Operator(Operator::Less)),
    ("＜", Token::Operator(Operator::Less)),
    ("!", Token::Not),
    ("！", Token::Not),
    ("+", Token::Operator(Operator::Plus)),
    ("＋", Token::Operator(Operator::Plus)),
    ("-", Token::Operator(Operator::Minus)),
    ("−", Token::Operator(Operator::Minus)),
    ("－", Token::Operator(Operator::Minus)),
    ("×", Token::Operator(Operator::Times)),
    ("*", Token::Operator(Operator::Times)),
    ("·", Token::Operator(Operator::Times)),
    ("÷", Token::Operator(Operator::Over)),
    ("/", Token::Operator(Operator::Over)),
    ("^", Token::Operator(Operator::Power)),
    ("∩", Token::Operator(Operator::Both)),
    ("&", Token::Operator(Operator::Both)),
    ("∪", Token::Operator(Operator::Either)),
    ("|", Token::Operator(Operator::Either)),
    ("∞", Token::Infinity),
    ("(", Token::OpenParenthesis),
    ("（", Token::OpenParenthesis),
    (")", Token::CloseParenthesis),
    ("）", Token::CloseParenthesis),
    ("]", Token::CloseBracket),
    ("］", Token::CloseBracket),
    ("{", Token::OpenBrace),
    ("}", Token::CloseBrace),
    (",", Token::Comma),
    ("，", Token::Comma),
    ("、", Token::Comma),
    (":", Token::Colon),
    ("：", Token::Colon),
    (";", Token::Semicolon),
    ("；", Token::Semicolon),
    ("@", Token::At),
];
