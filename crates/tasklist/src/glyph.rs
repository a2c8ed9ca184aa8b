//! The text as one run of folded characters, each knowing its line: wraps, blanks, bullets, mark widths and page
//! numbers no longer matter, and nothing is lost, since every character keeps its place.

use unicode_normalization::UnicodeNormalization;

use crate::doubt::LineRange;

/// One character that is not blank.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Glyph {
    pub(crate) c: char,
    pub(crate) line: u32,
    /// First of its line (behind a bullet, if there is one).
    pub(crate) starts_line: bool,
    /// A bullet stood before it.
    pub(crate) bullet: bool,
    /// An empty line lies above its line.
    pub(crate) after_blank: bool,
    /// A blank inside the line lies before it.
    pub(crate) spaced: bool,
}

/// A line that holds only a page number, and where in the run it was cut out.
#[derive(Debug, Clone, Copy)]
pub(crate) struct PageLine {
    pub(crate) line: u32,
    /// Index of the glyph that follows.
    pub(crate) at: usize,
    /// Digits or a mark and nothing else: it could have been text.
    pub(crate) bare: bool,
}

pub(crate) struct Run<'a> {
    pub(crate) glyphs: Vec<Glyph>,
    pub(crate) pages: Vec<PageLine>,
    pub(crate) raw: Vec<&'a str>,
}

/// A half-open stretch of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Span {
    pub(crate) from: usize,
    pub(crate) to: usize,
}

/// One character in the width that Chinese typesetting gives it: digits, letters and the point half, marks full;
/// compatibility forms of ideographs (as PDF text carries them) become the ideograph.
pub(crate) fn fold(c: char) -> char {
    match c {
        '(' => '（',
        ')' => '）',
        ',' => '，',
        ';' => '；',
        ':' => '：',
        '?' => '？',
        '!' => '！',
        '［' => '[',
        '］' => ']',
        '．' => '.',
        '－' => '-',
        '／' => '/',
        '\u{FF01}'..='\u{FF0F}' => c,
        '\u{FF10}'..='\u{FF19}'
        | '\u{FF21}'..='\u{FF3A}'
        | '\u{FF41}'..='\u{FF5A}'
        | '\u{FF61}'..='\u{FF64}'
        | '\u{2E80}'..='\u{2FDF}'
        | '\u{F900}'..='\u{FAFF}' => {
            let mut forms = std::iter::once(c).nfkc();
            match (forms.next(), forms.next()) {
                (Some(one), None) => one,
                _ => c,
            }
        }
        _ => c,
    }
}

fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' | '\u{00AD}')
}

fn is_bullet(c: char) -> bool {
    matches!(c, '•' | '*' | '●' | '■' | '◆' | '○' | '▪' | '◦' | '·')
}

fn is_dash(c: char) -> bool {
    matches!(c, '-' | '–' | '—' | '─' | '~' | '―' | '−')
}

/// Whether the folded, blank-free characters of a line are a page number (or a bullet that lost its line);
/// `Some(true)` if it could have been text.
fn page_number(line: &[char]) -> Option<bool> {
    if line.len() > 16 {
        return None;
    }
    if let [mark] = line
        && (is_bullet(*mark) || is_dash(*mark))
    {
        return Some(true);
    }
    let digits = |part: &[char]| !part.is_empty() && part.len() <= 3 && part.iter().all(char::is_ascii_digit);
    if digits(line) {
        return Some(true);
    }
    let inner: Vec<char> = line.iter().copied().skip_while(|&c| is_dash(c)).collect();
    let dashed = inner.len() < line.len();
    let tail = inner.iter().rev().take_while(|&&c| is_dash(c)).count();
    if dashed && digits(&inner[..inner.len() - tail]) {
        // "- 7" alone could be a bullet before a number that was torn off; "— 7 —" could not.
        return Some(tail == 0);
    }
    let text: String = line.iter().collect();
    let sure = text
        .strip_prefix('第')
        .and_then(|rest| rest.split_once('页'))
        .is_some_and(|(number, rest)| {
            let number: Vec<char> = number.chars().collect();
            let total: String = rest
                .chars()
                .filter(|c| !matches!(c, '共' | '页' | '，' | '/' | '（' | '）'))
                .collect();
            digits(&number) && total.chars().all(|c| c.is_ascii_digit())
        });
    let slashed = text
        .split_once('/')
        .is_some_and(|(page, of)| digits(&page.chars().collect::<Vec<_>>()) && digits(&of.chars().collect::<Vec<_>>()));
    // "7/24" could stand in a title.
    (sure || slashed).then_some(slashed)
}

impl<'a> Run<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        let raw: Vec<&str> = text.lines().collect();
        let folded: Vec<Vec<char>> = raw
            .iter()
            .map(|line| line.chars().filter(|&c| !is_blank(c)).map(fold).collect())
            .collect();
        let mut next_begins_with_point = vec![false; raw.len()];
        let mut point = false;
        for (index, line) in folded.iter().enumerate().rev() {
            next_begins_with_point[index] = point;
            if let Some(&first) = line.first() {
                point = first == '.';
            }
        }
        let mut run = Run {
            glyphs: Vec::new(),
            pages: Vec::new(),
            raw,
        };
        let mut after_blank = true;
        for (index, line) in folded.iter().enumerate() {
            let number = index as u32 + 1;
            if line.is_empty() {
                after_blank = true;
                continue;
            }
            if let Some(bare) = page_number(line)
                && !(bare && next_begins_with_point[index] && line.iter().all(char::is_ascii_digit))
            {
                run.pages.push(PageLine {
                    line: number,
                    at: run.glyphs.len(),
                    bare,
                });
                continue;
            }
            run.push_line(number, after_blank);
            after_blank = false;
        }
        run
    }

    fn push_line(&mut self, number: u32, after_blank: bool) {
        let Some(raw) = self.raw.get(number as usize - 1).copied() else {
            return;
        };
        let trimmed = raw.trim_matches(is_blank);
        let mut chars = trimmed.chars();
        let bullet = match (chars.next(), chars.next()) {
            (Some(first), Some(second)) => {
                let apart = is_blank(second) || (is_bullet(first) && fold(second).is_ascii_digit());
                // A dot or star that touches a word may be the title's own.
                matches!(first, '•' | '●' | '■' | '◆' | '▪') || ((is_bullet(first) || is_dash(fold(first))) && apart)
            }
            _ => false,
        };
        let body = trimmed.chars().skip(usize::from(bullet));
        let (mut spaced, mut first) = (false, true);
        for c in body {
            if is_blank(c) {
                spaced = true;
                continue;
            }
            self.glyphs.push(Glyph {
                c: fold(c),
                line: number,
                starts_line: first,
                bullet: first && bullet,
                after_blank: first && after_blank,
                spaced: spaced && !first,
            });
            (spaced, first) = (false, false);
        }
    }

    pub(crate) fn c(&self, at: usize) -> Option<char> {
        self.glyphs.get(at).map(|glyph| glyph.c)
    }

    pub(crate) fn starts_line(&self, at: usize) -> bool {
        self.glyphs.get(at).is_none_or(|glyph| glyph.starts_line)
    }

    /// The characters of a span; a blank is kept between two Latin words of one line only.
    pub(crate) fn text(&self, span: Span) -> String {
        let mut text = String::new();
        let mut last = ' ';
        for glyph in self.glyphs.get(span.from..span.to).unwrap_or_default() {
            if glyph.spaced && last.is_ascii_alphanumeric() && glyph.c.is_ascii_alphanumeric() {
                text.push(' ');
            }
            text.push(glyph.c);
            last = glyph.c;
        }
        text
    }

    /// The lines that a span touches; the first line if it is empty.
    pub(crate) fn lines(&self, span: Span) -> LineRange {
        let line = |at: usize| self.glyphs.get(at).or(self.glyphs.last()).map_or(1, |glyph| glyph.line);
        let first = line(span.from);
        LineRange(first, line(span.to.saturating_sub(1)).max(first))
    }

    /// The raw lines of a range as they stand.
    pub(crate) fn original(&self, range: LineRange) -> String {
        let from = (range.0 as usize).saturating_sub(1);
        self.raw
            .get(from..(range.1 as usize).min(self.raw.len()))
            .unwrap_or_default()
            .join("\n")
    }

    /// Whether the run goes on with `word` at `at`.
    pub(crate) fn is_at(&self, at: usize, word: &str) -> bool {
        word.chars()
            .enumerate()
            .all(|(offset, c)| self.c(at + offset) == Some(c))
    }

    /// The digits alone on a line directly before a place of the run.
    pub(crate) fn bare_before(&self, at: usize) -> Option<u32> {
        let first = self.pages.partition_point(|page| page.at < at);
        let before = self
            .pages
            .iter()
            .skip(first)
            .take_while(|page| page.at == at)
            .filter(|page| page.bare)
            .last()?;
        let digits: String = self
            .raw
            .get(before.line as usize - 1)?
            .chars()
            .map(fold)
            .filter(char::is_ascii_digit)
            .collect();
        digits.parse().ok()
    }

    /// Bare page lines strictly inside a span.
    pub(crate) fn bare_inside(&self, span: Span) -> Option<u32> {
        let first = self.pages.partition_point(|page| page.at <= span.from);
        self.pages
            .iter()
            .skip(first)
            .take_while(|page| page.at < span.to)
            .find(|page| page.bare)
            .map(|page| page.line)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    fn page(line: &str) -> Option<bool> {
        page_number(&line.chars().filter(|c| !is_blank(*c)).map(fold).collect::<Vec<_>>())
    }

    #[test]
    fn page_numbers_in_their_forms() {
        assert_eq!(page("7"), Some(true));
        assert_eq!(page("１２"), Some(true));
        assert_eq!(page("— 7 —"), Some(false));
        assert_eq!(page("- 7 -"), Some(false));
        assert_eq!(page("第7页"), Some(false));
        assert_eq!(page("第 7 页 共 20 页"), Some(false));
        assert_eq!(page("7/20"), Some(true));
        assert_eq!(page("•"), Some(true));
        assert_eq!(page("12345"), None);
        assert_eq!(page("5G"), None);
        assert_eq!(page("第一页"), None);
    }

    #[test]
    fn widths_blanks_and_bullets_fold_away() {
        let run = Run::new("- ２８．５Ｇ全连接 工厂(重庆)\n");
        assert_eq!(
            run.text(Span {
                from: 0,
                to: run.glyphs.len()
            }),
            "28.5G全连接工厂（重庆）"
        );
        assert!(run.glyphs[0].bullet && run.glyphs[0].starts_line);
    }

    #[test]
    fn digits_before_a_line_that_begins_with_a_point_are_a_task_number() {
        let run = Run::new("59\n.15分钟服务圈");
        assert!(run.pages.is_empty());
        assert_eq!(
            run.text(Span {
                from: 0,
                to: run.glyphs.len()
            }),
            "59.15分钟服务圈"
        );
    }

    #[test]
    fn ideographs_in_compatibility_form_become_ideographs() {
        assert_eq!("⽂化和旅游".chars().map(fold).collect::<String>(), "文化和旅游");
    }
}
