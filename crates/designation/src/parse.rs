//! Reading: one designation, a list of them, those in running text.

use crate::codes::Known;
use crate::finding::{Finding, FindingKind, Severity, Span};
use crate::model::Designation;
use crate::scan::Scanner;
use crate::text::{Text, is_invisible, is_slash};

/// A designation read from a text that is one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parsed {
    /// The value, mended.
    pub designation: Designation,
    /// Where it stands in the input.
    pub span: Span,
    /// What was mended, is open or is wrong, in order of place.
    pub findings: Vec<Finding>,
}

/// A designation found in running text.
pub type Found = Parsed;

impl Parsed {
    /// Whether nothing is wrong with it; what was mended does not count, a pending number neither.
    pub fn is_valid(&self) -> bool {
        self.findings.iter().all(|finding| finding.severity != Severity::Wrong)
    }
}

/// A text that is no designation.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{input}` is no designation of a standard (from character {}): write the prefix, one blank, the number, a dash and the year, such as GB/T 1.1—2020",
    at + 1
)]
pub struct Unreadable {
    /// The text.
    pub input: String,
    /// Index of the character from which it could not be read, from 0.
    pub at: usize,
}

/// Reads one designation. Further numbers behind it are told as [`FindingKind::SeveralNumbers`], any other rest as
/// [`FindingKind::TrailingText`].
pub fn parse(text: &str, known: &Known) -> Result<Parsed, Unreadable> {
    let folded = Text::new(text);
    let (mut first, rest) = read_at_start(text, &folded, known)?;
    let mut ahead = Scanner::new(&folded, known, rest, false);
    ahead.skip_blanks();
    if ahead.pos < folded.glyphs.len() {
        let from = ahead.pos;
        skip_separators(&mut ahead);
        let kind = match ahead.designation() {
            Some(_) => FindingKind::SeveralNumbers,
            None => FindingKind::TrailingText,
        };
        note_rest(&mut first, &folded, known, from, kind);
    }
    Ok(first)
}

/// Reads one or more designations, parted by blanks, `/`, `、`, commas, semicolons, 和, 与 or 及: one text may carry
/// the numbers of several issuers. A rest that is none is told on the last as [`FindingKind::TrailingText`].
pub fn parse_list(text: &str, known: &Known) -> Result<Vec<Parsed>, Unreadable> {
    let folded = Text::new(text);
    let (first, mut pos) = read_at_start(text, &folded, known)?;
    let mut list = vec![first];
    loop {
        let mut scanner = Scanner::new(&folded, known, pos, false);
        skip_separators(&mut scanner);
        let from = scanner.pos;
        if from >= folded.glyphs.len() {
            return Ok(list);
        }
        let apart = from > pos;
        if let Some(designation) = scanner.designation().filter(|_| apart) {
            pos = scanner.pos;
            list.push(finish(&folded, from, pos, designation, scanner.findings));
        } else {
            if let Some(last) = list.last_mut() {
                note_rest(last, &folded, known, pos, FindingKind::TrailingText);
            }
            return Ok(list);
        }
    }
}

/// Finds the designations in running text, from left to right, none inside another. Forms that may be ordinary words
/// (a code in small letters, an industry or group number without a year) are left alone.
pub fn find(text: &str, known: &Known) -> Vec<Found> {
    let folded = Text::new(text);
    let mut found: Vec<Found> = Vec::new();
    let mut last_end = 0;
    let mut pos = 0;
    while let Some(c) = folded.glyph(pos) {
        let before = pos.checked_sub(1).and_then(|before| folded.glyph(before));
        let joined = before.is_some_and(|b| b.is_ascii_alphanumeric() || is_slash(b) || matches!(b, '-' | '.'));
        // Right behind a designation a stroke parts two of them.
        let parted = !found.is_empty() && pos == last_end + 1 && before.is_some_and(is_slash);
        let may_start = c.is_ascii_alphanumeric() && (!joined || parted);
        let mut scanner = Scanner::new(&folded, known, pos, true);
        if let Some(designation) = may_start.then(|| scanner.designation()).flatten() {
            let end = scanner.pos;
            found.push(finish(&folded, pos, end, designation, scanner.findings));
            last_end = end;
            pos = end;
        } else {
            pos += 1;
        }
    }
    found
}

/// The canonical texts of all designations in `text`, which is a list as for [`parse_list`], joined by one blank.
/// Applying it twice gives the same as once.
pub fn normalise(text: &str, known: &Known) -> Result<String, Unreadable> {
    let list = parse_list(text, known)?;
    Ok(list
        .iter()
        .map(|parsed| parsed.designation.to_string())
        .collect::<Vec<_>>()
        .join(" "))
}

fn read_at_start(text: &str, folded: &Text, known: &Known) -> Result<(Parsed, usize), Unreadable> {
    let mut scanner = Scanner::new(folded, known, 0, false);
    scanner.skip_blanks();
    let from = scanner.pos;
    let Some(designation) = scanner.designation() else {
        return Err(Unreadable {
            input: text.to_owned(),
            at: folded.span(from, from).start,
        });
    };
    let to = scanner.pos;
    Ok((finish(folded, from, to, designation, scanner.findings), to))
}

fn skip_separators(scanner: &mut Scanner<'_>) {
    let separator = |c: char| {
        c.is_whitespace()
            || is_slash(c)
            || matches!(c, '、' | ',' | ';' | '，' | '；' | '和' | '与' | '及' | '&' | '+' | '|')
    };
    while scanner.next_is(separator) {
        scanner.pos += 1;
    }
}

fn note_rest(parsed: &mut Parsed, folded: &Text, known: &Known, from: usize, kind: FindingKind) {
    let mut rest = Scanner::new(folded, known, from, false);
    rest.note(kind, from, folded.glyphs.len(), None);
    parsed.findings.append(&mut rest.findings);
}

/// Adds the findings that only the whole span shows: folded characters and invisible ones.
fn finish(folded: &Text, from: usize, to: usize, designation: Designation, mut findings: Vec<Finding>) -> Parsed {
    let span = folded.span(from, to);
    let mut run: Option<(usize, String)> = None;
    for index in from..=to {
        let glyph = folded.glyphs.get(index).filter(|_| index < to);
        let shape = glyph.filter(|g| g.folded && (g.c.is_ascii_graphic()) && !told_as_dash(&findings, g.at));
        match (shape, &mut run) {
            (Some(g), Some((_, mend))) => mend.push(g.c),
            (Some(g), None) => run = Some((g.at, g.c.to_string())),
            (None, _) => {
                if let Some((start, mend)) = run.take() {
                    let end = start + mend.chars().count();
                    findings.push(finding(folded, FindingKind::FullWidth, Span { start, end }, &mend));
                }
            }
        }
    }
    for at in span.start..span.end {
        if folded.chars.get(at).is_some_and(|&c| is_invisible(c)) {
            findings.push(finding(
                folded,
                FindingKind::ExtraBlank,
                Span { start: at, end: at + 1 },
                "",
            ));
        }
    }
    findings.sort_by_key(|finding| finding.span);
    Parsed {
        designation,
        span,
        findings,
    }
}

fn told_as_dash(findings: &[Finding], at: usize) -> bool {
    findings
        .iter()
        .any(|f| f.kind == FindingKind::WrongDash && (f.span.start..f.span.end).contains(&at))
}

fn finding(folded: &Text, kind: FindingKind, span: Span, mend: &str) -> Finding {
    let what = folded.original(span);
    Finding {
        kind,
        severity: kind.severity(),
        span,
        what,
        mend: Some(mend.to_owned()),
    }
}
