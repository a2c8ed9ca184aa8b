//! CIT-02, CIT-03: numbers that somebody typed where a reference belongs (9.5.5): 图4, 表A.1, 第四章, 附录A、B, 步骤3）.
//! They stay as they are when what they name moves.
//!
//! A number is made a reference only where nothing else can be meant: its kind and number name one thing of the same
//! chapter, or its title does, and the sentence speaks of no other document.

use super::Check;
use crate::finding::{Fix, message};
use crate::model::{
    Block, BlockKind, Clause, Element, ElementKind, Id, Inline, Plain, Span, Visit, plain_text, walk_document,
};
use crate::resolve::LabelKind;
use std::collections::HashMap;

/// Characters before 图 and 表 that make another word of them: 代表1, 示意图1, 附表2.
const OTHER_WORDS: &[char] = &[
    '代', '列', '仪', '发', '手', '钟', '报', '附', '意', '试', '企', '地', '电',
];
/// How a document calls itself, before the number of a clause.
const ITSELF: &[&str] = &["本文件", "本标准", "本规范", "本部分"];
/// Numerals of chapters, from one.
const NUMERALS: &str = "一二三四五六七八九";

/// A typed number.
pub(super) struct Typed {
    /// Where it stands.
    pub span: Span,
    /// As it was typed.
    pub written: String,
    /// What it names, if that is one thing.
    pub target: Option<Id>,
    /// Whether nothing else can be meant.
    sure: bool,
    /// An item of a list, whose number nothing knows.
    step: bool,
}

pub(super) fn check(check: &mut Check<'_>) {
    for typed in all(check) {
        let Typed { span, written, .. } = &typed;
        match &typed.target {
            _ if typed.step => check.tell("CIT-02", *span, message!("lint-cit-02-step", written = written)),
            None => check.tell("CIT-02", *span, message!("lint-cit-02-typed", written = written)),
            Some(target) => {
                let fix = typed.sure.then(|| Fix::replace(*span, format!("[](#{target})")));
                check.put("CIT-03", *span, message!("lint-cit-03-typed", written = written), fix);
            }
        }
    }
}

/// Every typed number of the text, in its order.
pub(super) fn all(check: &Check<'_>) -> Vec<Typed> {
    if check.document.front.is_amendment() {
        return Vec::new();
    }
    let mut lines = Lines::default();
    walk_document(check.document, &mut lines);
    let mut named: HashMap<(LabelKind, &str), Vec<&Id>> = HashMap::new();
    for (id, label) in &check.resolved.labels {
        named.entry((label.kind, label.number.as_str())).or_default().push(id);
    }
    let mut reader = Reader {
        named,
        homes: lines.homes,
        titles: lines.titles,
        home: 0,
        found: Vec::new(),
    };
    for (home, text) in lines.found {
        reader.home = home;
        reader.line(text);
    }
    reader.found
}

#[derive(Default)]
struct Lines<'a> {
    quiet: bool,
    element: usize,
    heading: Option<*const Inline>,
    /// The last table that is written as data: its words are a program's.
    data: Span,
    found: Vec<(usize, &'a [Inline])>,
    /// In which element each name stands.
    homes: HashMap<&'a str, usize>,
    /// The clauses of each title.
    titles: HashMap<String, Vec<&'a Id>>,
}

impl<'a> Visit<'a> for Lines<'a> {
    fn element(&mut self, element: &'a Element) {
        self.element += 1;
        self.quiet = matches!(
            element.kind,
            ElementKind::Foreword | ElementKind::References | ElementKind::Bibliography | ElementKind::Index
        );
    }

    fn clause(&mut self, clause: &'a Clause, _depth: usize) {
        self.homes.insert(clause.id.as_str(), self.element);
        self.heading = clause.heading.as_ref().map(|heading| heading.title.as_ptr());
        if let Some(heading) = &clause.heading {
            let title = plain_text(&heading.title).trim().to_owned();
            self.titles.entry(title).or_default().push(&clause.id);
        }
    }

    fn block(&mut self, block: &'a Block) {
        self.homes.insert(block.id.as_str(), self.element);
        if let BlockKind::Table(table) = &block.kind
            && let Some(fence) = &table.fence
        {
            self.data = fence.span;
        }
    }

    fn text(&mut self, text: &'a [Inline]) {
        let heading = self.heading.take_if(|heading| *heading == text.as_ptr()).is_some();
        let place = text.first().map(|inline| inline.span.start).unwrap_or_default();
        let data = self.data.start <= place && place < self.data.end;
        if !self.quiet && !heading && !data && self.element > 0 {
            self.found.push((self.element, text));
        }
    }
}

struct Reader<'a> {
    named: HashMap<(LabelKind, &'a str), Vec<&'a Id>>,
    homes: HashMap<&'a str, usize>,
    titles: HashMap<String, Vec<&'a Id>>,
    home: usize,
    found: Vec<Typed>,
}

impl Reader<'_> {
    fn line(&mut self, text: &[Inline]) {
        let plain = Plain::prose(text);
        let letters: Vec<char> = plain.text.chars().collect();
        let mut at = 0;
        while at < letters.len() {
            let used = self.at(&plain, &letters, at);
            at += used.max(1);
        }
    }

    /// How many characters of a typed number begin here; 0 if none does.
    fn at(&mut self, plain: &Plain, letters: &[char], at: usize) -> usize {
        let rest = letters.get(at..).unwrap_or_default();
        let starts = |word: &str| word.chars().zip(rest).filter(|(a, b)| a == *b).count() == word.chars().count();
        let Some(first) = rest.first() else { return 0 };
        let interesting = matches!(first, '图' | '表' | '第' | '附' | '步' | '“' | '本' | '见');
        if !interesting || elsewhere(letters, at) {
            return 0;
        }
        match first {
            '图' | '表' => self.object(plain, letters, at),
            '第' => self.chapter(plain, letters, at),
            '附' if starts("附录") => self.annexes(plain, letters, at),
            '步' if starts("步骤") => {
                let digits = number(rest.get(2..).unwrap_or_default());
                let close = rest.get(2 + digits.chars().count());
                if digits.is_empty() || !matches!(close, Some('）' | ')')) {
                    return 0;
                }
                self.add(plain, letters, (at, at + 3 + digits.chars().count()), None, false, true)
            }
            '“' => self.clause(plain, letters, at, at + 1, true),
            '见' => self.clause(plain, letters, at + 1, at + 1, false),
            _ => match ITSELF.iter().find(|word| starts(word)) {
                Some(word) => {
                    let from = at + word.chars().count();
                    self.clause(plain, letters, from, from, false)
                }
                None => 0,
            },
        }
    }

    fn object(&mut self, plain: &Plain, letters: &[char], at: usize) -> usize {
        let before = at.checked_sub(1).and_then(|before| letters.get(before));
        if before.is_some_and(|c| OTHER_WORDS.contains(c)) {
            return 0;
        }
        let blank = usize::from(letters.get(at + 1) == Some(&' '));
        let from = at + 1 + blank;
        let rest = letters.get(from..).unwrap_or_default();
        let annex = rest.first().is_some_and(char::is_ascii_uppercase) && rest.get(1) == Some(&'.');
        let digits = number(rest.get(if annex { 2 } else { 0 }..).unwrap_or_default());
        if digits.is_empty() {
            return 0;
        }
        let length = digits.chars().count() + if annex { 2 } else { 0 };
        let end = from + length;
        if letters.get(end).is_some_and(|c| c.is_ascii_alphanumeric()) {
            return 0;
        }
        let number: String = rest.iter().take(length).collect();
        let kind = if letters.get(at) == Some(&'图') {
            LabelKind::Figure
        } else {
            LabelKind::Table
        };
        let target = self.one(kind, &number);
        let sure = target
            .as_ref()
            .is_some_and(|target| self.homes.get(target.as_str()) == Some(&self.home));
        self.add(plain, letters, (at, end), target, sure, false)
    }

    /// 第4章, 第四章.
    fn chapter(&mut self, plain: &Plain, letters: &[char], at: usize) -> usize {
        let word: String = letters
            .get(at + 1..)
            .unwrap_or_default()
            .iter()
            .take_while(|c| c.is_ascii_digit() || NUMERALS.contains(**c) || **c == '十')
            .collect();
        let end = at + 1 + word.chars().count();
        let (Some(number), Some('章')) = (count(&word), letters.get(end)) else {
            return 0;
        };
        let target = self.one(LabelKind::Chapter, &number.to_string());
        let sure = target.is_some();
        self.add(plain, letters, (at, end + 1), target, sure, false)
    }

    /// 附录A, and B behind it in 附录A、B; 附录A.1 is a clause.
    fn annexes(&mut self, plain: &Plain, letters: &[char], at: usize) -> usize {
        let blank = usize::from(letters.get(at + 2) == Some(&' '));
        let mut from = at;
        let mut place = at + 2 + blank;
        let alone = |place: usize| {
            letters.get(place).is_some_and(char::is_ascii_uppercase)
                && !letters.get(place + 1).is_some_and(|c| c.is_ascii_alphanumeric())
        };
        if !alone(place) {
            return 0;
        }
        loop {
            let letter: String = letters.get(place).into_iter().collect();
            let below = match letters.get(place + 1) {
                Some('.') => number(letters.get(place + 2..).unwrap_or_default()),
                _ => String::new(),
            };
            let (kind, name) = if below.is_empty() {
                (LabelKind::Annex, letter)
            } else {
                (LabelKind::Clause, format!("{letter}.{below}"))
            };
            let end = place + name.chars().count();
            let target = self.one(kind, &name);
            let sure = target.is_some();
            self.add(plain, letters, (from, end), target, sure, false);
            let next = matches!(letters.get(end), Some('、' | '和' | '及' | '与')) && alone(end + 1);
            if !next {
                return end - at;
            }
            from = end + 1;
            place = from;
        }
    }

    /// “6.2.1权限属性”, 本文件8.1错误代码表, 见5.2: sure where the words behind the number are the title of one clause.
    fn clause(&mut self, plain: &Plain, letters: &[char], from: usize, at: usize, quoted: bool) -> usize {
        let rest = letters.get(at..).unwrap_or_default();
        let number = number(rest);
        let length = number.chars().count();
        if !number.contains('.')
            || rest
                .get(length)
                .is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, '%' | '℃'))
        {
            return 0;
        }
        let blank = usize::from(rest.get(length) == Some(&' '));
        let behind: String = rest.iter().skip(length + blank).collect();
        let title = if quoted {
            let Some((title, _)) = behind.split_once('”') else {
                return 0;
            };
            title.trim().to_owned()
        } else {
            let longest = self
                .titles
                .keys()
                .filter(|title| title.chars().count() > 1 && behind.starts_with(title.as_str()))
                .max_by_key(|title| title.len());
            longest.cloned().unwrap_or_default()
        };
        // 10.5 mm and 1.2倍 are quantities, unless a title or a quotation mark says otherwise.
        if title.is_empty() && !quoted && self.one(LabelKind::Clause, &number).is_none() {
            return 0;
        }
        let by_number = self.one(LabelKind::Clause, &number);
        let candidates = self.titles.get(&title).map(Vec::as_slice).unwrap_or_default();
        let of_title = match candidates {
            [only] => Some((*only).clone()),
            // Of several clauses of one title the number tells which.
            several => by_number.clone().filter(|id| several.contains(&id)),
        };
        // A quotation may be any value, “1.3”, unless it names a clause or the words before it say so.
        let before: String = letters.get(..from).unwrap_or_default().iter().collect();
        let led = ITSELF.iter().any(|word| before.trim_end_matches('的').ends_with(word));
        if quoted && !led && (title.is_empty() || (of_title.is_none() && by_number.is_none())) {
            return 0;
        }
        let sure = of_title.is_some();
        let target = of_title.or(by_number);
        let words = if title.is_empty() {
            0
        } else {
            blank + title.chars().count()
        };
        let end = at
            + length
            + if quoted {
                behind.split('”').next().map_or(0, |t| t.chars().count()) + blank + 1
            } else {
                words
            };
        self.add(plain, letters, (from, end), target, sure, false)
    }

    /// The one thing of a kind and a number.
    fn one(&self, kind: LabelKind, number: &str) -> Option<Id> {
        match self.named.get(&(kind, number)).map(Vec::as_slice) {
            Some([only]) => Some((*only).clone()),
            _ => None,
        }
    }

    fn add(
        &mut self,
        plain: &Plain,
        letters: &[char],
        (from, end): (usize, usize),
        target: Option<Id>,
        sure: bool,
        step: bool,
    ) -> usize {
        let start = plain.place_of_character(from);
        let last = plain.place_of_character(end.saturating_sub(1));
        // On one line of the source and as long as it reads: nothing else stands between its characters.
        let plainly = start.line == last.line && last.column + 1 == start.column + (end - from) as u32;
        self.found.push(Typed {
            span: Span::new(start, last.right(1)),
            written: letters
                .get(from..end)
                .unwrap_or_default()
                .iter()
                .filter(|c| !matches!(c, '“' | '”'))
                .collect(),
            target,
            sure: sure && plainly,
            step,
        });
        end - from
    }
}

/// Whether the sentence has named another document before this place: the number is one of that.
fn elsewhere(letters: &[char], at: usize) -> bool {
    let before = letters.get(..at).unwrap_or_default();
    let from = before
        .iter()
        .rposition(|c| matches!(c, '。' | '；' | '\n'))
        .map_or(0, |stop| stop + 1);
    let sentence: String = before.get(from..).unwrap_or_default().iter().collect();
    sentence.contains('》') || !designation::find(&sentence, &designation::Known::default()).is_empty()
}

/// 4, 6.2.1: the digits and points that begin a text.
fn number(letters: &[char]) -> String {
    let run: String = letters
        .iter()
        .take_while(|c| c.is_ascii_digit() || **c == '.')
        .collect();
    let run = run.trim_end_matches('.');
    let sound = run.starts_with(|c: char| c.is_ascii_digit()) && !run.contains("..") && run.len() <= 16;
    if sound { run.to_owned() } else { String::new() }
}

/// 4 and 四; 十二; up to 99.
fn count(word: &str) -> Option<usize> {
    if let Ok(number) = word.parse() {
        return Some(number);
    }
    let digit = |word: &str| {
        let mut letters = word.chars();
        let found = letters
            .next()
            .and_then(|c| NUMERALS.chars().position(|numeral| numeral == c));
        found.filter(|_| letters.next().is_none()).map(|index| index + 1)
    };
    match word.split_once('十') {
        None => digit(word),
        Some((tens, ones)) => {
            let tens = if tens.is_empty() { Some(1) } else { digit(tens) };
            let ones = if ones.is_empty() { Some(0) } else { digit(ones) };
            Some(tens? * 10 + ones?)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::count;

    #[test]
    fn chapters_are_counted_in_words() {
        for (word, number) in [
            ("四", 4),
            ("12", 12),
            ("十", 10),
            ("十二", 12),
            ("二十", 20),
            ("二十一", 21),
        ] {
            assert_eq!(count(word), Some(number), "{word}");
        }
        assert_eq!(count("四五"), None);
        assert_eq!(count(""), None);
    }
}
