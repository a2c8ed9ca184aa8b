//! The Chinese forms of number: national, industry, local, group, enterprise, plans, reference materials.

use crate::codes::{IndustryCode, Region};
use crate::finding::FindingKind;
use crate::model::{Amendment, AmendmentForm, Designation, Issuer, Kind, Nature, Seq, Year};
use crate::scan::{AfterCode, Scanner};

/// GBZ is also the prefix of occupational health standards, whose numbers stay below this one; the guidance
/// documents of the State (GB/Z) are above it.
const FIRST_GUIDANCE_NUMBER: u32 = 1000;

impl Scanner<'_> {
    /// Reads one designation here, or nothing.
    pub fn designation(&mut self) -> Option<Designation> {
        let start = self.mark();
        let found = self.form();
        if found.is_none() {
            self.reset(start);
        }
        found
    }

    fn form(&mut self) -> Option<Designation> {
        if self.next_is(|c| c.is_ascii_digit()) {
            return self.plan();
        }
        if self.next_is(|c| !c.is_ascii_alphabetic()) {
            // The words alone say nothing in running text, and dots say nothing alone.
            if self.running || !self.pending_in_words() || !self.pending(FindingKind::NumberPending) {
                return None;
            }
            return Some(Designation::new(Kind::Pending, Issuer::Unknown));
        }
        let start = self.mark();
        let from = self.pos;
        let code = self.letters();
        match code.as_str() {
            "GB" => self.national(),
            "GBT" => {
                self.pos -= 1;
                self.national()
            }
            "GBZ" => self.guidance_or_series(from),
            "GSB" => self.reference_material(),
            "DB" => self.local_or_earthquake(from),
            "DBS" => self.food(),
            "T" => self.group(),
            "Q" => self.enterprise(),
            "ISO" | "IEC" | "ITU" => self.international(&code),
            _ => {
                self.reset(start);
                if let Some(found) = self.series() {
                    return Some(found);
                }
                self.reset(start);
                let mut code = self.letters();
                if code.len() == 3 && code.ends_with(['T', 'Z']) {
                    code.pop();
                    self.pos -= 1;
                }
                self.industry(from, &code)
            }
        }
    }

    /// Whether letters were written small so far: in running text that makes a word likelier than a code.
    fn written_small(&self) -> bool {
        self.findings.iter().any(|f| f.kind == FindingKind::LetterCase)
    }

    fn national(&mut self) -> Option<Designation> {
        let after = self.after_code();
        self.stray_slash(after);
        let mut found = Designation::new(Kind::National, Issuer::State);
        found.nature = after.nature;
        self.number_and_year(&mut found, true)?;
        self.amendment_and_adopted(&mut found);
        Some(found)
    }

    fn guidance_or_series(&mut self, from: usize) -> Option<Designation> {
        let mark = self.mark();
        self.pos -= 1;
        if let Some(found) = self.national()
            && is_guidance_number(&found.number)
        {
            return Some(found);
        }
        self.reset(mark);
        self.pos = from;
        self.series()
            .filter(|found| found.issuer_text() != "GBZ" || !is_guidance_number(&found.number))
    }

    fn stray_slash(&mut self, after: AfterCode) {
        if after.slash && after.nature == Nature::Unmarked {
            self.note(FindingKind::StraySlash, self.pos.saturating_sub(1), self.pos, None);
        }
    }

    /// The number, part and year that follow a prefix. `old` allows years of two digits.
    fn number_and_year(&mut self, found: &mut Designation, old: bool) -> Option<()> {
        let (seq, part) = self.number()?;
        let year = self.year("—", old);
        self.year_due(year, &seq);
        found.number = seq;
        found.part = part;
        found.year = year;
        Some(())
    }

    /// The `/XG1—2020` behind the number of a standard that is amended.
    fn amended(&mut self, found: &mut Designation) {
        let mark = self.mark();
        if self.slash() {
            self.no_blank();
            match self.amendment() {
                Some(amendment) => found.amendment = Some(amendment),
                None => self.reset(mark),
            }
        }
    }

    fn amendment_and_adopted(&mut self, found: &mut Designation) {
        self.amended(found);
        loop {
            let mark = self.mark();
            if !self.slash() {
                break;
            }
            self.no_blank();
            let from = self.pos;
            let code = self.letters();
            let adopted = match code.as_str() {
                "ISO" | "IEC" | "ITU" => self.international(&code),
                _ => None,
            };
            let Some(adopted) = adopted.filter(|_| self.pos > from) else {
                self.reset(mark);
                break;
            };
            found.adopted.push(adopted);
        }
    }

    fn amendment(&mut self) -> Option<Amendment> {
        let letters = self.letters();
        if letters != "XG" {
            return None;
        }
        self.no_blank();
        let number = self.digits();
        if !(1..=2).contains(&number.len()) {
            return None;
        }
        let number = number.parse().ok()?;
        let year = self.year("—", false);
        if year.is_none() {
            self.note(FindingKind::MissingYear, self.pos, self.pos, None);
        }
        Some(Amendment {
            form: AmendmentForm::Xg,
            number,
            year,
        })
    }

    fn industry(&mut self, from: usize, code: &str) -> Option<Designation> {
        let to = self.pos;
        let industry = IndustryCode::new(code).ok()?;
        let known = self.known.has_industry(&industry);
        let small = self.written_small();
        if !known {
            self.note(FindingKind::UnknownIndustryCode, from, to, None);
        }
        let after = self.after_code();
        let bare = after.nature == Nature::Unmarked;
        // In running text each doubt may stand alone: not approved, small letters, no stroke.
        if self.running && u8::from(!known) + u8::from(small) + u8::from(bare) > 1 {
            return None;
        }
        self.stray_slash(after);
        let mut found = Designation::new(Kind::Industry, Issuer::Industry(industry));
        found.nature = after.nature;
        self.number_and_year(&mut found, true)?;
        if self.running && (bare || !known) && found.year.is_none() && !found.is_pending() {
            return None;
        }
        self.amendment_and_adopted(&mut found);
        Some(found)
    }

    fn local_or_earthquake(&mut self, from: usize) -> Option<Designation> {
        let mark = self.mark();
        self.no_blank();
        let at = self.pos;
        let digits = self.digits();
        if let Ok(region) = Region::new(&digits) {
            if !self.known.has_region(&region) {
                let mend = (region.is_city() && digits.ends_with("00")).then(|| region.province().to_string());
                self.note(FindingKind::UnknownRegion, at, self.pos, mend.as_deref());
            }
            let to = self.pos;
            let after = self.after_code();
            if !after.slash {
                self.note(FindingKind::MissingSlash, to, to, Some("/"));
            }
            let apart = after.slash || self.next_is(char::is_whitespace);
            let mut found = Designation::new(Kind::Local, Issuer::Region(region));
            found.nature = after.nature;
            if apart && self.number_and_year(&mut found, false).is_some() {
                self.amended(&mut found);
                return Some(found);
            }
        } else if !digits.is_empty() && self.slash_ahead() {
            return None;
        }
        self.reset(mark);
        self.industry(from, "DB")
    }

    fn food(&mut self) -> Option<Designation> {
        self.no_blank();
        let at = self.pos;
        let region = Region::new(&self.digits()).ok().filter(|region| !region.is_city())?;
        if !self.known.has_region(&region) {
            self.note(FindingKind::UnknownRegion, at, self.pos, None);
        }
        let to = self.pos;
        let after = self.after_code();
        if !after.slash {
            self.note(FindingKind::MissingSlash, to, to, Some("/"));
        }
        if after.nature != Nature::Unmarked {
            self.note(FindingKind::UnexpectedNature, self.pos - 1, self.pos, Some(""));
        }
        let mut found = Designation::new(Kind::LocalFood, Issuer::Region(region));
        self.number_and_year(&mut found, false)?;
        self.amended(&mut found);
        Some(found)
    }

    fn group(&mut self) -> Option<Designation> {
        if !self.slash() {
            return None;
        }
        self.no_blank();
        let from = self.pos;
        let mut code = self.capitals(|c| c.is_ascii_alphanumeric());
        if !self.number_is_apart() {
            code.truncate(code.trim_end_matches(|c: char| c.is_ascii_digit()).len());
            self.pos = from + code.len();
        }
        if !code.bytes().any(|b| b.is_ascii_uppercase()) {
            return None;
        }
        let mut found = Designation::new(Kind::Group, Issuer::Association(code));
        self.number_and_year(&mut found, false)?;
        self.amended(&mut found);
        self.dated_enough(found)
    }

    fn enterprise(&mut self) -> Option<Designation> {
        if !self.slash() {
            return None;
        }
        self.no_blank();
        let from = self.pos;
        let mut code = self.capitals(|c| c.is_ascii_alphanumeric());
        if !self.number_is_apart() {
            // ABC001S: the number is the last run of digits with at most one letter behind it.
            let without_letter = code.strip_suffix(|c: char| c.is_ascii_uppercase()).unwrap_or(&code);
            let stem = without_letter.trim_end_matches(|c: char| c.is_ascii_digit());
            if stem.len() < without_letter.len() {
                code.truncate(stem.len());
                self.pos = from + code.len();
            }
        }
        if code.is_empty() {
            return None;
        }
        let mut found = Designation::new(Kind::Enterprise, Issuer::Enterprise(code));
        self.one_blank();
        if !self.pending(FindingKind::NumberPending) {
            let at = self.pos;
            let number = self.capitals(|c| c.is_ascii_alphanumeric() || c == '.');
            // A full point at the end closes the sentence, and of several none belongs to the number.
            let number = number.split("..").next().unwrap_or_default().trim_end_matches('.');
            self.pos = at + number.len();
            // 001.2020 is a year behind a full point.
            let stem = match number.rsplit_once('.') {
                Some((stem, year)) if self.is_dotted_year(year) => stem.to_owned(),
                _ => number.to_owned(),
            };
            self.pos = at + stem.len();
            if !stem.bytes().any(|b| b.is_ascii_digit()) {
                return None;
            }
            found.number = Seq::Known(stem);
        }
        found.year = self.year("—", false);
        self.year_due(found.year, &found.number.clone());
        self.dated_enough(found)
    }

    /// Whether digits behind a full point are the year: four of them, and no dash with a year follows.
    fn is_dotted_year(&self, digits: &str) -> bool {
        let plausible = digits.len() == 4 && digits.parse().is_ok_and(|n: u16| (1900..3000).contains(&n));
        let mut ahead = Scanner::new(self.text, self.known, self.pos, true);
        plausible && ahead.year("—", false).is_none()
    }

    /// Whether, after the code of an association or enterprise, blanks and then a number follow.
    fn number_is_apart(&self) -> bool {
        let mut ahead = Scanner::new(self.text, self.known, self.pos, self.running);
        let (from, to) = ahead.skip_blanks();
        ahead.pending_length(0).is_some()
            || (from < to && ahead.next_is(|c| c.is_ascii_alphanumeric()) && {
                let word = ahead.capitals(|c| c.is_ascii_alphanumeric() || c == '.');
                word.bytes().any(|b| b.is_ascii_digit())
            })
    }

    /// In running text a group or enterprise number needs its year or the sign that it is coming.
    fn dated_enough(&self, found: Designation) -> Option<Designation> {
        (!self.running || found.year.is_some() || found.is_pending()).then_some(found)
    }

    fn plan(&mut self) -> Option<Designation> {
        if self.digits_ahead() != 8 {
            return None;
        }
        let digits = self.digits();
        let (year, serial) = digits.split_at_checked(4)?;
        let value: u16 = year.parse().ok().filter(|year| (1900..3000).contains(year))?;
        if !self.joining_dash("-", |s| s.next_is(|c| c.is_ascii_alphabetic())) {
            return None;
        }
        let nature = match self.letters().as_str() {
            "Q" => Nature::Unmarked,
            "T" => Nature::Recommended,
            "Z" => Nature::Guidance,
            _ => return None,
        };
        if !self.joining_dash("-", |s| s.digits_ahead() == 3) {
            return None;
        }
        let mut found = Designation::new(Kind::NationalPlan, Issuer::Department(self.digits()));
        found.nature = nature;
        found.number = Seq::Known(serial.to_owned());
        found.year = Some(Year {
            value,
            month: None,
            short: false,
        });
        Some(found)
    }

    fn reference_material(&mut self) -> Option<Designation> {
        self.one_blank();
        let mut groups = vec![self.digits()];
        while self.joining_dash("-", |s| s.digits_ahead() > 0) {
            if groups.len() >= 2
                && let Some(year) = self.year_digits(false)
                && !self.next_is(|c| crate::text::is_dash(c) && c != '\u{4e00}')
            {
                let mut found = Designation::new(Kind::ReferenceMaterial, Issuer::State);
                found.number = Seq::Known(groups.join("-"));
                found.year = Some(year);
                return groups.iter().all(|group| !group.is_empty()).then_some(found);
            }
            groups.push(self.digits());
        }
        None
    }
}

/// Whether the number, or its first group, is too large for an occupational health standard.
fn is_guidance_number(number: &Seq) -> bool {
    match number {
        Seq::Known(number) => {
            let first = number.split('-').next().unwrap_or_default();
            first.parse().is_ok_and(|n: u32| n >= FIRST_GUIDANCE_NUMBER)
        }
        Seq::Unknown => true,
    }
}
