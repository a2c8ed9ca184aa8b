//! The scanner's hands: what every form of number is read with. Each step either takes characters and notes what it
//! mended, or leaves the scanner where it was.

use crate::codes::Known;
use crate::finding::{Finding, FindingKind, Severity};
use crate::model::{Nature, Part, Seq, Year};
use crate::text::{Text, is_dash, is_slash};

/// Words that stand for a number to come, longest first.
const PENDING_WORDS: [&str; 6] = ["编号待补", "编号待定", "编号未定", "待编号", "待补", "待定"];

/// A reading position in a text. `running` is set inside running text, where doubt means "no designation".
#[derive(Debug)]
pub(crate) struct Scanner<'a> {
    pub text: &'a Text,
    pub known: &'a Known,
    pub pos: usize,
    pub running: bool,
    pub findings: Vec<Finding>,
}

/// Where to go back to.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Mark {
    pos: usize,
    findings: usize,
}

/// What stands after a code: the letter, and whether a stroke was there.
#[derive(Debug, Clone, Copy)]
pub(crate) struct AfterCode {
    pub nature: Nature,
    pub slash: bool,
}

impl<'a> Scanner<'a> {
    pub fn new(text: &'a Text, known: &'a Known, pos: usize, running: bool) -> Self {
        Self {
            text,
            known,
            pos,
            running,
            findings: Vec::new(),
        }
    }

    pub fn mark(&self) -> Mark {
        Mark {
            pos: self.pos,
            findings: self.findings.len(),
        }
    }

    pub fn reset(&mut self, mark: Mark) {
        self.pos = mark.pos;
        self.findings.truncate(mark.findings);
    }

    pub fn peek(&self) -> Option<char> {
        self.text.glyph(self.pos)
    }

    fn peek_at(&self, ahead: usize) -> Option<char> {
        self.text.glyph(self.pos + ahead)
    }

    pub fn next_is(&self, test: impl Fn(char) -> bool) -> bool {
        self.peek().is_some_and(test)
    }

    /// Notes a finding over glyphs `from..to`.
    pub fn note(&mut self, kind: FindingKind, from: usize, to: usize, mend: Option<&str>) {
        self.note_as(kind, kind.severity(), from, to, mend);
    }

    pub fn note_as(&mut self, kind: FindingKind, severity: Severity, from: usize, to: usize, mend: Option<&str>) {
        let span = self.text.span(from, to);
        let what = self.text.original(span);
        self.findings.push(Finding {
            kind,
            severity,
            span,
            what,
            mend: mend.map(str::to_owned),
        });
    }

    /// Takes blanks without judging them.
    pub fn skip_blanks(&mut self) -> (usize, usize) {
        let from = self.pos;
        while self.next_is(char::is_whitespace) {
            self.pos += 1;
        }
        (from, self.pos)
    }

    /// Takes blanks where none belongs.
    pub fn no_blank(&mut self) {
        let (from, to) = self.skip_blanks();
        if from < to {
            self.note(FindingKind::ExtraBlank, from, to, Some(""));
        }
    }

    /// Takes the one blank that belongs here.
    pub fn one_blank(&mut self) {
        let (from, to) = self.skip_blanks();
        if from == to {
            self.note(FindingKind::MissingBlank, from, to, Some(" "));
        } else if self.text.original(self.text.span(from, to)) != " " {
            self.note(FindingKind::ExtraBlank, from, to, Some(" "));
        }
    }

    fn run(&mut self, test: impl Fn(char) -> bool) -> String {
        let mut taken = String::new();
        while let Some(c) = self.peek().filter(|&c| test(c)) {
            taken.push(c);
            self.pos += 1;
        }
        taken
    }

    /// Takes letters (and what `test` allows besides), as capitals.
    pub fn capitals(&mut self, test: impl Fn(char) -> bool) -> String {
        let from = self.pos;
        let taken = self.run(test);
        let upper = taken.to_ascii_uppercase();
        if upper != taken {
            self.note(FindingKind::LetterCase, from, self.pos, Some(&upper));
        }
        upper
    }

    pub fn letters(&mut self) -> String {
        self.capitals(|c| c.is_ascii_alphabetic())
    }

    pub fn digits(&mut self) -> String {
        self.run(|c| c.is_ascii_digit())
    }

    /// The digits ahead, without taking them.
    pub fn digits_ahead(&self) -> usize {
        (0..self.text.glyphs.len())
            .take_while(|&i| self.peek_at(i).is_some_and(|c| c.is_ascii_digit()))
            .count()
    }

    /// Takes a stroke, with blanks before it.
    pub fn slash(&mut self) -> bool {
        let mark = self.mark();
        self.no_blank();
        match self.peek() {
            Some('/') => self.pos += 1,
            Some(c) if is_slash(c) => {
                self.pos += 1;
                self.note(FindingKind::WrongSlash, self.pos - 1, self.pos, Some("/"));
            }
            _ => {
                self.reset(mark);
                return false;
            }
        }
        true
    }

    /// Takes `word` (capitals) if it stands here in any case.
    pub fn word(&mut self, word: &str) -> bool {
        let length = word.chars().count();
        let ahead: String = (0..length).filter_map(|i| self.peek_at(i)).collect();
        if !ahead.eq_ignore_ascii_case(word) || self.peek_at(length).is_some_and(|c| c.is_ascii_alphabetic()) {
            return false;
        }
        if ahead != word {
            self.note(FindingKind::LetterCase, self.pos, self.pos + length, Some(word));
        }
        self.pos += length;
        true
    }

    /// Takes `/T`, `/Z`, a bare `T` or `Z` before the number, a bare stroke, or nothing.
    pub fn after_code(&mut self) -> AfterCode {
        let mark = self.mark();
        let slash = self.slash();
        let after_slash = self.mark();
        let (from, to) = self.skip_blanks();
        let nature = match self.peek().map(|c| c.to_ascii_uppercase()) {
            Some('T') => Nature::Recommended,
            Some('Z') => Nature::Guidance,
            _ => Nature::Unmarked,
        };
        let letter_alone = self.peek_at(1).is_none_or(|c| !c.is_ascii_alphabetic() && !is_slash(c))
            || self.pending_length(1).is_some();
        if nature == Nature::Unmarked || !letter_alone {
            self.reset(if slash { after_slash } else { mark });
            return AfterCode {
                nature: Nature::Unmarked,
                slash,
            };
        }
        if slash && from < to {
            self.note(FindingKind::ExtraBlank, from, to, Some(""));
        }
        let at = self.pos;
        let letter = self.capitals_of_length(1);
        if !slash {
            self.note(FindingKind::MissingSlash, from, at + 1, Some(&format!("/{letter}")));
        }
        AfterCode { nature, slash: true }
    }

    fn capitals_of_length(&mut self, length: usize) -> String {
        let end = self.pos + length;
        let from = self.pos;
        let taken: String = (0..length).filter_map(|i| self.peek_at(i)).collect();
        self.pos = end;
        let upper = taken.to_ascii_uppercase();
        if upper != taken {
            self.note(FindingKind::LetterCase, from, end, Some(&upper));
        }
        upper
    }

    /// The length of a sign for a number to come, `ahead` glyphs from here.
    pub fn pending_length(&self, ahead: usize) -> Option<usize> {
        let at = |i: usize| self.peek_at(ahead + i);
        let (open, inner) = if at(0) == Some('(') { (1, 1) } else { (0, 0) };
        for word in PENDING_WORDS {
            let length = word.chars().count();
            if word.chars().enumerate().all(|(i, c)| at(inner + i) == Some(c)) {
                let closed = open == 1 && at(inner + length) == Some(')');
                return match (open, closed) {
                    (0, _) => Some(length),
                    (_, true) => Some(length + 2),
                    (_, false) => None,
                };
            }
        }
        let first = at(0)?;
        let same: fn(char) -> bool = match first {
            'X' | 'x' | '×' | '✕' => |c| matches!(c, 'X' | 'x' | '×' | '✕'),
            '*' | '_' | '?' | '□' | '○' | '〇' => |c| matches!(c, '*' | '_' | '?' | '□' | '○' | '〇'),
            '…' | '⋯' | '.' => |c| matches!(c, '…' | '⋯' | '.'),
            _ => return None,
        };
        let length = (0..self.text.glyphs.len())
            .take_while(|&i| at(i).is_some_and(same))
            .count();
        let least = match first {
            '…' | '⋯' => 1,
            '.' => 3,
            _ => 2,
        };
        let ends = at(length).is_none_or(|c| !c.is_ascii_alphanumeric());
        (length >= least && ends).then_some(length)
    }

    /// Whether the sign for a number to come is words rather than dots or crosses.
    pub fn pending_in_words(&self) -> bool {
        let first = usize::from(self.peek() == Some('('));
        let starts = |c: char| PENDING_WORDS.iter().any(|word| word.starts_with(c));
        self.peek_at(first).is_some_and(starts) && self.pending_length(0).is_some()
    }

    /// Takes a sign for a number to come.
    pub fn pending(&mut self, kind: FindingKind) -> bool {
        let Some(length) = self.pending_length(0) else {
            return false;
        };
        self.note(kind, self.pos, self.pos + length, None);
        self.pos += length;
        true
    }

    /// Takes the blank and the number of a Chinese standard, and its part of up to two levels.
    pub fn number(&mut self) -> Option<(Seq, Option<Part>)> {
        let mark = self.mark();
        self.one_blank();
        let from = self.pos;
        let number = self.digits();
        let seq = if !number.is_empty() {
            if number.len() > 6 || number.bytes().all(|b| b == b'0') {
                if self.running {
                    self.reset(mark);
                    return None;
                }
                self.note(FindingKind::BadNumber, from, self.pos, None);
            }
            Seq::Known(number)
        } else if self.pending(FindingKind::NumberPending) {
            Seq::Unknown
        } else {
            self.reset(mark);
            return None;
        };
        Some((seq, self.part()))
    }

    /// Takes up to two levels of `.1`.
    pub fn part(&mut self) -> Option<Part> {
        let mut levels: Vec<String> = Vec::new();
        while levels.len() < 2 {
            let mark = self.mark();
            self.no_blank();
            if self.peek() != Some('.') {
                self.reset(mark);
                break;
            }
            self.pos += 1;
            let ahead = self.digits_ahead();
            if !(1..=3).contains(&ahead) {
                self.reset(mark);
                break;
            }
            levels.push(self.digits());
        }
        (!levels.is_empty()).then(|| Part(levels.join(".")))
    }

    /// Takes the dash before a year or between groups, and blanks around it on the line.
    fn dash(&mut self, belongs: &str) -> bool {
        let (before, from) = self.skip_blanks();
        while self.next_is(|c| is_dash(c) || (c.is_whitespace() && c != '\n')) {
            self.pos += 1;
        }
        let mut to = self.pos;
        while to > from && self.text.glyph(to - 1).is_some_and(char::is_whitespace) {
            to -= 1;
        }
        if to == from {
            return false;
        }
        if self.text.original(self.text.span(from, to)) != belongs {
            self.note(FindingKind::WrongDash, from, to, Some(belongs));
        }
        if before < from {
            self.note(FindingKind::ExtraBlank, before, from, Some(""));
        }
        if to < self.pos {
            self.note(FindingKind::ExtraBlank, to, self.pos, Some(""));
        }
        true
    }

    /// Takes a dash between two groups if `then` holds after it.
    pub fn joining_dash(&mut self, belongs: &str, then: impl Fn(&Self) -> bool) -> bool {
        let mark = self.mark();
        if self.dash(belongs) && then(self) {
            return true;
        }
        self.reset(mark);
        false
    }

    /// Takes `—2020`. `old` allows two digits (national and industry standards).
    pub fn year(&mut self, belongs: &str, old: bool) -> Option<Year> {
        let mark = self.mark();
        let from = self.pos;
        // A full point for the dash: 1000.2021.
        if self.peek() == Some('.') && self.peek_at(1).is_some_and(|c| c.is_ascii_digit()) {
            self.pos += 1;
            if self.digits_ahead() == 4
                && let Some(year) = self.year_digits(false)
            {
                self.note(FindingKind::WrongDash, from, from + 1, Some(belongs));
                return Some(year);
            }
            self.reset(mark);
            return None;
        }
        if !self.dash(belongs) {
            self.reset(mark);
            return None;
        }
        if self.pending(FindingKind::YearPending) {
            return None;
        }
        let at = self.pos;
        if let Some(year) = self.year_digits(true) {
            if year.short {
                let severity = if old { Severity::Noted } else { Severity::Wrong };
                let whole = year.value.to_string();
                self.note_as(FindingKind::TwoDigitYear, severity, at, self.pos, Some(&whole));
            }
            return Some(year);
        }
        if self.running || self.digits_ahead() == 0 {
            self.reset(mark);
            return None;
        }
        self.digits();
        self.note(FindingKind::BadYear, at, self.pos, None);
        None
    }

    /// Takes the digits of a year: four from 1900 to 2999, or two.
    pub fn year_digits(&mut self, short: bool) -> Option<Year> {
        let mark = self.mark();
        let digits = self.digits();
        let value: u16 = digits.parse().unwrap_or(0);
        let after = self.peek();
        let apart = after.is_none_or(|c| !c.is_ascii_alphanumeric());
        let year = match digits.len() {
            4 if (1900..3000).contains(&value) => Some(Year {
                value,
                month: None,
                short: false,
            }),
            2 if short && apart && (!self.running || (value >= 50 && after != Some('.'))) => {
                let century = if value < 50 { 2000 } else { 1900 };
                Some(Year {
                    value: century + value,
                    month: None,
                    short: true,
                })
            }
            _ => None,
        };
        if year.is_none() {
            self.reset(mark);
        }
        year
    }

    /// Notes a missing year, unless it is known to be coming.
    pub fn year_due(&mut self, year: Option<Year>, seq: &Seq) {
        let told = self.findings.iter().any(|f| {
            matches!(
                f.kind,
                FindingKind::YearPending | FindingKind::BadYear | FindingKind::MissingYear
            )
        });
        if year.is_none() && *seq != Seq::Unknown && !told {
            self.note(FindingKind::MissingYear, self.pos, self.pos, None);
        }
    }
}
