//! On which page a title stands, about: what the contents show until Word, which knows the fonts, counts anew.

use super::paragraph::Paragraph;
use super::style_name::{ANNEX_TITLE, BACK_TITLE, FRONT_TITLE};

/// Lines of a page and characters of a line, both of 五号.
const LINES: f64 = 42.0;
const CHARACTERS: f64 = 44.0;

/// Where the text is.
#[derive(Debug, Default)]
pub(super) struct Pages {
    page: usize,
    line: f64,
    roman: bool,
}

impl Pages {
    /// A section begins, at its page 1.
    pub fn begin(&mut self, roman: bool) {
        *self = Self {
            page: 1,
            line: 0.0,
            roman,
        };
    }

    /// A paragraph stands here.
    pub fn add(&mut self, paragraph: &Paragraph, runs: &str) {
        let opens = matches!(paragraph.style, ANNEX_TITLE | BACK_TITLE | FRONT_TITLE);
        if opens && self.line > 0.0 {
            self.page += 1;
            self.line = 0.0;
        }
        self.lines((width(runs) / CHARACTERS).ceil().max(1.0));
    }

    /// So many lines stand here.
    pub fn lines(&mut self, lines: f64) {
        self.line += lines;
        while self.line > LINES {
            self.line -= LINES;
            self.page += 1;
        }
    }

    /// Where the next paragraph of this style will stand.
    pub fn next(&self, style: &str) -> String {
        let opens = matches!(style, ANNEX_TITLE | BACK_TITLE | FRONT_TITLE) && self.line > 0.0;
        let page = self.page + usize::from(opens);
        if self.roman { roman(page) } else { page.to_string() }
    }
}

/// What the characters of some runs take: a letter is half of one.
fn width(runs: &str) -> f64 {
    let mut inside = false;
    let mut width = 0.0;
    for c in runs.chars() {
        match c {
            '<' => inside = true,
            '>' => inside = false,
            _ if inside => {}
            c if c.is_ascii() => width += 0.5,
            _ => width += 1.0,
        }
    }
    width
}

fn roman(number: usize) -> String {
    const SIGNS: [(usize, &str); 9] = [
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    let mut left = number;
    let mut out = String::new();
    for (value, sign) in SIGNS {
        while left >= value {
            out.push_str(sign);
            left -= value;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_fill_and_titles_open_new_ones() {
        let mut pages = Pages::default();
        pages.begin(true);
        assert_eq!(pages.next(FRONT_TITLE), "I");
        pages.lines(100.0);
        assert_eq!(pages.next("Duan"), "III");
        assert_eq!(pages.next(FRONT_TITLE), "IV");
        assert_eq!(roman(49), "XLIX");
        assert!((width("<w:t a=\"b\">甲ab</w:t>") - 2.0).abs() < f64::EPSILON);
    }
}
