//! ISO, IEC and ITU numbers, alone and as the second half of double numbers.

use crate::finding::FindingKind;
use crate::model::{Amendment, AmendmentForm, Designation, Issuer, Kind, Part, Seq, Year};
use crate::scan::Scanner;
use crate::text::{is_dash, is_slash};

/// Bodies that publish together with ISO or IEC.
const PARTNERS: [&str; 8] = ["ISO", "IEC", "IEEE", "CIE", "SAE", "HL7", "OECD", "ASTM"];

/// Deliverables other than the international standard, and drafts.
const DELIVERABLES: [&str; 13] = [
    "TS", "TR", "PAS", "IWA", "ISP", "TTA", "R", "DTS", "FDIS", "DIS", "CD", "WD", "GUIDE",
];

impl Scanner<'_> {
    /// Reads what follows the letters of the first body.
    pub fn international(&mut self, first: &str) -> Option<Designation> {
        if first == "ITU" {
            return self.recommendation();
        }
        let mut body = first.to_owned();
        let mut deliverable: Option<String> = None;
        while deliverable.is_none() {
            let mark = self.mark();
            let slash = self.slash();
            if !slash && !self.next_is(char::is_whitespace) {
                break;
            }
            let (from, to) = self.skip_blanks();
            if slash && from < to {
                self.note(FindingKind::ExtraBlank, from, to, Some(""));
            }
            if slash && let Some(partner) = PARTNERS.iter().find(|partner| self.word(partner)) {
                body = format!("{body}/{partner}");
                continue;
            }
            let at = self.pos;
            let Some(word) = DELIVERABLES.iter().find(|word| self.deliverable(word)) else {
                self.reset(mark);
                break;
            };
            let word = if *word == "GUIDE" { "Guide" } else { word };
            // ISO/TS, but ISO Guide, IEC TS and ISO/IEC TS.
            let stroke = body == "ISO" && word != "Guide";
            if stroke && !slash {
                self.note(FindingKind::MissingSlash, from, to, Some("/"));
            } else if !stroke && slash {
                self.note(FindingKind::WrongSlash, at - 1 - (to - from), at, Some(" "));
            } else if !stroke && self.text.original(self.text.span(from, to)) != " " {
                self.note(FindingKind::ExtraBlank, from, to, Some(" "));
            }
            deliverable = Some(word.to_owned());
        }
        self.one_blank();
        let number = self.digits();
        if !(1..=6).contains(&number.len()) {
            return None;
        }
        let part = self.international_part();
        let year = self.international_year();
        let mut found = Designation::new(Kind::International, Issuer::International { body, deliverable });
        found.number = Seq::Known(number);
        found.part = part;
        found.year = year;
        found.amendment = self.international_amendment();
        Some(found)
    }

    fn deliverable(&mut self, word: &str) -> bool {
        if word != "GUIDE" {
            return self.word(word);
        }
        let mark = self.mark();
        let from = self.pos;
        if !self.word(word) {
            return false;
        }
        self.reset(mark);
        self.pos = from + word.len();
        if self.text.original(self.text.span(from, self.pos)) != "Guide" {
            self.note(FindingKind::LetterCase, from, self.pos, Some("Guide"));
        }
        true
    }

    /// ITU-T X.509, ITU-R BT.601-7.
    fn recommendation(&mut self) -> Option<Designation> {
        if !self.joining_dash("-", |s| s.next_is(|c| matches!(c.to_ascii_uppercase(), 'T' | 'R'))) {
            return None;
        }
        let sector = self.letters();
        if sector.len() != 1 {
            return None;
        }
        self.one_blank();
        let mut number = self.letters();
        if number.is_empty() || number.len() > 3 || self.peek() != Some('.') {
            return None;
        }
        while number.len() < 20 && self.peek() == Some('.') {
            self.pos += 1;
            if self.digits_ahead() == 0 {
                self.pos -= 1;
                break;
            }
            number = format!("{number}.{}", self.digits());
        }
        if !number.contains('.') {
            return None;
        }
        let body = format!("ITU-{sector}");
        let mut found = Designation::new(
            Kind::International,
            Issuer::International {
                body,
                deliverable: None,
            },
        );
        found.number = Seq::Known(number);
        found.part = self.international_part();
        found.year = self.international_year();
        found.amendment = self.international_amendment();
        Some(found)
    }

    /// `-1`, `-2-11`, `-B02`; a last group that is a year is left for the year.
    fn international_part(&mut self) -> Option<Part> {
        let mut groups: Vec<String> = Vec::new();
        while groups.len() < 3 {
            let mark = self.mark();
            if !self.joining_dash("-", |s| !s.looks_like_year()) {
                break;
            }
            let group = self.capitals(|c| c.is_ascii_alphanumeric());
            let digits = group.trim_start_matches(|c: char| c.is_ascii_uppercase());
            let formed = group.len() - digits.len() <= 1
                && (1..=4).contains(&digits.len())
                && digits.bytes().all(|b| b.is_ascii_digit());
            if !formed {
                self.reset(mark);
                break;
            }
            groups.push(group);
        }
        (!groups.is_empty()).then(|| Part(groups.join("-")))
    }

    /// Four digits of a year with neither `:` nor a further group behind them.
    fn looks_like_year(&self) -> bool {
        let mut ahead = Scanner::new(self.text, self.known, self.pos, self.running);
        ahead.year_digits(false).is_some() && {
            ahead.skip_blanks();
            !ahead.next_is(|c| c == ':' || is_dash(c) || c.is_ascii_alphanumeric())
        }
    }

    fn international_year(&mut self) -> Option<Year> {
        let mark = self.mark();
        self.no_blank();
        if self.peek() == Some('(') {
            if let Some(year) = self.year_in_brackets() {
                return Some(year);
            }
            self.reset(mark);
            return None;
        }
        if self.peek() == Some(':') {
            self.pos += 1;
            self.no_blank();
        } else {
            self.reset(mark);
            if !self.joining_dash(":", Self::looks_like_year) {
                return None;
            }
        }
        let Some(mut year) = self.year_digits(false) else {
            self.reset(mark);
            return None;
        };
        let mark = self.mark();
        if self.joining_dash("-", |s| s.digits_ahead() == 2) {
            match self.digits().parse() {
                Ok(month @ 1..=12) => year.month = Some(month),
                _ => self.reset(mark),
            }
        }
        Some(year)
    }

    /// `(10/2019)`, as ITU prints it.
    fn year_in_brackets(&mut self) -> Option<Year> {
        let from = self.pos;
        self.pos += 1;
        let month = self.digits();
        if month.len() > 2 || !self.next_is(is_slash) {
            return None;
        }
        self.pos += 1;
        let mut year = self.year_digits(false)?;
        if self.peek() != Some(')') {
            return None;
        }
        self.pos += 1;
        year.month = Some(month.parse().ok().filter(|month| (1..=12).contains(month))?);
        self.note(FindingKind::YearForm, from, self.pos, Some(&format!(":{year}")));
        Some(year)
    }

    /// `/Amd 1:2024`, `/Cor 1:2009`.
    fn international_amendment(&mut self) -> Option<Amendment> {
        let mark = self.mark();
        let amendment = self.amendment_after_slash();
        if amendment.is_none() {
            self.reset(mark);
        }
        amendment
    }

    fn amendment_after_slash(&mut self) -> Option<Amendment> {
        if !self.slash() {
            return None;
        }
        self.no_blank();
        let from = self.pos;
        while self.next_is(|c| c.is_ascii_alphabetic()) {
            self.pos += 1;
        }
        let word = self.text.original(self.text.span(from, self.pos));
        let (form, canonical) = match word.to_ascii_uppercase().as_str() {
            "AMD" => (AmendmentForm::Amd, "Amd"),
            "COR" => (AmendmentForm::Cor, "Cor"),
            _ => return None,
        };
        if word != canonical {
            self.note(FindingKind::LetterCase, from, self.pos, Some(canonical));
        }
        if self.peek() == Some('.') {
            self.pos += 1;
            self.note(FindingKind::ExtraBlank, self.pos - 1, self.pos, Some(""));
        }
        self.one_blank();
        let number = self.digits();
        if !(1..=2).contains(&number.len()) {
            return None;
        }
        let number = number.parse().ok()?;
        let year = self.international_year();
        Some(Amendment { form, number, year })
    }
}
