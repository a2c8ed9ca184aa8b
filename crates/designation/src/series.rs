//! Series outside the numbering rules, kept in their own free form: construction and engineering standards
//! (DBJ51/T 195—2022, DG/TJ 08-2068—2017, CJJ/T 1—2020) and a few older ones.

use crate::finding::FindingKind;
use crate::model::{Designation, Issuer, Kind, Nature, Seq, Tier};
use crate::scan::Scanner;
use crate::text::is_slash;

/// The first letters of these series, longest first, and their tiers.
const SERIES: [(&str, Tier); 12] = [
    ("DBJT", Tier::Local),
    ("DBJ", Tier::Local),
    ("DGJ", Tier::Local),
    ("DG", Tier::Local),
    ("TJ", Tier::Local),
    ("GBJ", Tier::National),
    ("GBZ", Tier::National),
    ("CJJ", Tier::Industry),
    ("JGJ", Tier::Industry),
    ("JTG", Tier::Industry),
    ("JJF", Tier::National),
    ("JJG", Tier::National),
];

impl Scanner<'_> {
    /// Reads a designation of a legacy series.
    pub fn series(&mut self) -> Option<Designation> {
        let letters = self.letters();
        let (_, tier) = *SERIES.iter().find(|(series, _)| *series == letters)?;
        let mut prefix = letters;
        let mark = self.mark();
        self.no_blank();
        let digits = self.digits();
        if matches!(digits.len(), 2 | 4) && tier == Tier::Local && self.slash_ahead() {
            prefix.push_str(&digits);
        } else {
            self.reset(mark);
        }
        if self.slash() {
            self.no_blank();
            let letters = self.letters();
            if !(1..=3).contains(&letters.len()) {
                return None;
            }
            prefix = format!("{prefix}/{letters}");
        }
        let nature = if prefix.ends_with("/T") {
            Nature::Recommended
        } else {
            Nature::Unmarked
        };
        let mut found = Designation::new(Kind::Legacy, Issuer::Series { prefix, tier });
        found.nature = nature;
        if self.pending_after_blank() {
            found.year = self.year("—", true);
            return Some(found);
        }
        // Some print a dash behind the prefix: DBJ50/T-125-2011.
        if !self.joining_dash(" ", |s| s.digits_ahead() > 0) {
            self.one_blank();
        }
        let mut groups = vec![self.digits()];
        groups.retain(|group| !group.is_empty());
        if groups.is_empty() {
            return None;
        }
        while self.joining_dash("-", |s| s.digits_ahead() > 0 && !s.year_is_last()) {
            groups.push(self.digits());
        }
        let part = self.part();
        let seq = Seq::Known(groups.join("-"));
        let year = self.year("—", true);
        if self.running && year.is_none() {
            return None;
        }
        self.year_due(year, &seq);
        found.number = seq;
        found.part = part;
        found.year = year;
        Some(found)
    }

    /// Whether a stroke follows.
    pub fn slash_ahead(&self) -> bool {
        let mut ahead = Scanner::new(self.text, self.known, self.pos, self.running);
        ahead.skip_blanks();
        ahead.next_is(is_slash)
    }

    fn pending_after_blank(&mut self) -> bool {
        let mark = self.mark();
        self.one_blank();
        if self.pending(FindingKind::NumberPending) {
            return true;
        }
        self.reset(mark);
        false
    }

    /// Whether the digits here are a year with no further group behind them.
    fn year_is_last(&self) -> bool {
        let mut ahead = Scanner::new(self.text, self.known, self.pos, self.running);
        ahead.year_digits(true).is_some() && !ahead.joining_dash("-", |s| s.digits_ahead() > 0)
    }
}
