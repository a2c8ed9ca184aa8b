//! CIT, REF-09, PUN: how the text speaks of itself and of others, and its marks (9.4.1, 9.5).

use super::{Check, code};
use crate::finding::{Edit, Fix, Message, message};
use crate::model::{Block, BlockKind, Element, ElementKind, Inline, Plain, Span, Visit, walk_document};

/// How a document called itself before (9.5.2).
const ITSELF: &[&str] = &["本标准", "本部分", "本规范", "本规程", "本指南", "本指导性技术文件"];
/// Pointers without a number (9.5.3, 9.5.5.2).
const VAGUE_POINTERS: &[&str] = &[
    "见上文",
    "见下文",
    "如下表",
    "见下表",
    "见上表",
    "如下图",
    "见下图",
    "见前页",
    "见后页",
    "见上页",
    "见下页",
];
/// Pointers with a needless word, and what they become.
const POINTERS: &[(&str, &str)] = &[("详见", "见"), ("参见", "见")];
/// Laws in general: nothing that could be cited or checked (9.5.4.4.3).
const LAWS: &[&str] = &[
    "国家有关法律法规",
    "国家相关法律法规",
    "国家有关规定",
    "国家相关规定",
    "有关法律法规的规定",
    "相关法律法规的规定",
    "国家现行有关标准",
];
/// Half-width marks that are wrong between Chinese characters (GB/T 15834), and the right ones.
const MARKS: &[(char, char)] = &[(',', '，'), (';', '；'), (':', '：'), ('?', '？'), ('!', '！')];

pub(super) fn check(check: &mut Check<'_>) {
    let mut lines = Lines::default();
    walk_document(check.document, &mut lines);
    for (kind, text) in &lines.found {
        let plain = Plain::prose(text);
        let lists = matches!(
            kind,
            ElementKind::References | ElementKind::Bibliography | ElementKind::Index
        );
        if !lines.is_data(text) {
            marks(check, &plain);
            brackets(check, &plain);
            runs_of_marks(check, &plain);
        }
        if lists {
            continue;
        }
        itself(check, &plain);
        pointers(check, &plain);
        if !matches!(kind, ElementKind::Foreword | ElementKind::Introduction) {
            laws(check, &plain);
        }
    }
}

#[derive(Default)]
struct Lines<'a> {
    within: Option<ElementKind>,
    found: Vec<(ElementKind, &'a [Inline])>,
    /// Where tables are written as data.
    fences: Vec<Span>,
}

impl Lines<'_> {
    /// Whether a program reads it: there the marks are those of its language.
    fn is_data(&self, text: &[Inline]) -> bool {
        text.first().is_some_and(|first| {
            let place = first.span.start;
            self.fences
                .iter()
                .any(|fence| fence.start <= place && place < fence.end)
        })
    }
}

impl<'a> Visit<'a> for Lines<'a> {
    fn element(&mut self, element: &'a Element) {
        self.within = Some(element.kind);
    }

    fn block(&mut self, block: &'a Block) {
        if let BlockKind::Table(table) = &block.kind {
            self.fences.extend(table.fence.as_ref().map(|fence| fence.span));
        }
    }

    fn text(&mut self, text: &'a [Inline]) {
        if let Some(kind) = self.within {
            self.found.push((kind, text));
        }
    }
}

fn span_of(plain: &Plain, at: usize, characters: usize) -> Span {
    let start = plain.position(at);
    Span::new(start, start.right(characters as u32))
}

/// Each place of a word.
fn each(
    check: &mut Check<'_>,
    plain: &Plain,
    rule: &'static str,
    word: &str,
    right: Option<&str>,
    told: &dyn Fn() -> Message,
) {
    for (at, _) in plain.text.match_indices(word) {
        let span = span_of(plain, at, word.chars().count());
        match right {
            Some(right) => check.tell_with(rule, span, told(), Fix::replace(span, right)),
            None => check.tell(rule, span, told()),
        }
    }
}

fn itself(check: &mut Check<'_>, plain: &Plain) {
    let is_part = check.document.front.is_part();
    for word in ITSELF {
        for (at, _) in plain.text.match_indices(word) {
            if in_another_word(plain, at, word) {
                continue;
            }
            let span = span_of(plain, at, word.chars().count());
            // Outside of a document in parts, 本部分 is some portion: its author knows which.
            let sure = *word != "本部分" || is_part;
            let fix = sure.then(|| Fix::replace(span, "本文件"));
            check.put("CIT-01", span, message!("lint-cit-01", word = *word), fix);
        }
    }
}

/// 样本标准偏差, 基本标准, 本标准化工作, 本标准溶液; and what stands in quotation marks.
fn in_another_word(plain: &Plain, at: usize, word: &str) -> bool {
    let before = plain.text.get(..at).unwrap_or_default();
    let after = plain.text.get(at + word.len()..).unwrap_or_default();
    let joined = before
        .chars()
        .last()
        .is_some_and(|c| "样基成版文日资原副根范脚母".contains(c));
    let goes_on = ["化", "差", "偏差", "物质", "样品", "溶液", "曲线"]
        .iter()
        .any(|rest| after.starts_with(rest));
    let quoted = [('“', '”'), ('《', '》')]
        .iter()
        .any(|(open, close)| before.matches(*open).count() > before.matches(*close).count());
    joined || goes_on || quoted
}

fn pointers(check: &mut Check<'_>, plain: &Plain) {
    for word in VAGUE_POINTERS {
        each(check, plain, "CIT-02", word, None, &|| {
            message!("lint-cit-02", word = *word)
        });
    }
    for (at, _) in plain.text.match_indices('第') {
        let rest = plain.text.get(at + '第'.len_utf8()..).unwrap_or_default();
        let digits: String = rest.chars().take_while(|c| c.is_ascii_digit() || *c == '.').collect();
        let after = rest.get(digits.len()..).unwrap_or_default();
        // 《…》第5.2条 is a place in a law.
        let of_a_law = plain.text.get(..at).is_some_and(|before| before.ends_with('》'));
        if digits.is_empty() || of_a_law {
            continue;
        }
        if after.starts_with('页') {
            check.tell(
                "CIT-02",
                span_of(plain, at, digits.len() + 2),
                message!("lint-cit-02", word = format!("第{digits}页")),
            );
        } else if digits.contains('.')
            && (after.starts_with('条') || after.starts_with('款') || after.starts_with('章'))
        {
            let span = span_of(plain, at, digits.len() + 2);
            check.tell_with(
                "CIT-03",
                span,
                message!("lint-cit-03-number", number = &digits),
                Fix::replace(span, digits.as_str()),
            );
        }
    }
    for (word, right) in POINTERS {
        each(check, plain, "CIT-03", word, Some(right), &|| {
            message!("lint-cit-03-see", word = *word)
        });
    }
}

fn laws(check: &mut Check<'_>, plain: &Plain) {
    for word in LAWS {
        let Some(at) = plain.text.find(word) else { continue };
        check.tell(
            "REF-09",
            span_of(plain, at, word.chars().count()),
            message!("lint-ref-09", word = *word),
        );
        return;
    }
    named_laws(check, plain);
}

/// What a law or a regulation is called: 《…法》, 《…条例》.
const LAW_WORDS: &[&str] = &["法", "条例", "办法", "规章", "细则"];
/// What makes a requirement of what is named behind it.
const BY_LAW: &[&str] = &[
    "应符合",
    "应遵守",
    "应执行",
    "应按照",
    "应按",
    "应依据",
    "应依照",
    "应满足",
];

/// 应符合《…法》的规定: a law holds by itself (9.5.4.4.3). What has a number is a standard.
fn named_laws(check: &mut Check<'_>, plain: &Plain) {
    for (at, open) in plain.text.match_indices('《') {
        let before = plain.text.get(..at).unwrap_or_default();
        let inside = plain.text.get(at + open.len()..).unwrap_or_default();
        let Some((name, _)) = inside.split_once('》') else {
            continue;
        };
        let bare = name.split(['（', '(']).next().unwrap_or_default();
        let law = LAW_WORDS.iter().any(|word| bare.ends_with(word)) && !bare.contains("方法");
        if law && BY_LAW.iter().any(|words| before.ends_with(words)) {
            let span = span_of(plain, at, name.chars().count() + 2);
            check.tell("REF-09", span, message!("lint-ref-09-law", law = name));
        }
    }
}

fn is_chinese(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c) || matches!(c, '》' | '《' | '）' | '（' | '”' | '“' | '、')
}

/// (甲) is （甲）: a pair whose first letter inside is Chinese. A text of a program has its own.
fn brackets(check: &mut Check<'_>, plain: &Plain) {
    if code::is_line(&plain.text) {
        return;
    }
    let letters: Vec<char> = plain.text.chars().collect();
    let mut open: Vec<usize> = Vec::new();
    for (at, c) in letters.iter().enumerate() {
        match c {
            '(' => open.push(at),
            ')' => {
                let Some(from) = open.pop() else { continue };
                let han = |at: usize| letters.get(at).is_some_and(|c| ('\u{4e00}'..='\u{9fff}').contains(c));
                let beside = from == 0 || letters.get(from - 1).is_some_and(|c| is_chinese(*c));
                if !han(from + 1) || !beside {
                    continue;
                }
                let one = |at: usize| {
                    let start = plain.place_of_character(at);
                    Span::new(start, start.right(1))
                };
                let edit = |at: usize, text: &str| Edit {
                    span: one(at),
                    text: text.to_owned(),
                };
                check.tell_with(
                    "PUN-01",
                    one(from),
                    message!("lint-pun-01", wrong = "( )", right = "（ ）"),
                    Fix {
                        edits: vec![edit(from, "（"), edit(at, "）")],
                    },
                );
            }
            _ => {}
        }
    }
}

/// 。。。 and ... behind Chinese are ……, -- is ——, ~ between numbers is ～.
fn runs_of_marks(check: &mut Check<'_>, plain: &Plain) {
    if code::is_line(&plain.text) {
        return;
    }
    let letters: Vec<char> = plain.text.chars().collect();
    let mut at = 0;
    while let Some(&c) = letters.get(at) {
        let length = letters.iter().skip(at).take_while(|next| **next == c).count();
        let before = at.checked_sub(1).and_then(|at| letters.get(at)).copied();
        let after = letters.get(at + length).copied();
        let chinese = before.is_some_and(is_chinese);
        let right = match (c, length) {
            ('。', 3..) => Some("……"),
            ('.', 3..) if chinese => Some("……"),
            ('-', 2) if chinese && after.is_some_and(is_chinese) => Some("——"),
            ('~', 1)
                if after.is_some_and(|c| c.is_ascii_digit())
                    && before
                        .is_some_and(|c| c.is_ascii_digit() || matches!(c, '%' | '℃') || c.is_ascii_alphabetic()) =>
            {
                Some("～")
            }
            _ => None,
        };
        if let Some(right) = right {
            let start = plain.place_of_character(at);
            let wrong: String = letters.iter().skip(at).take(length).collect();
            let span = Span::new(start, start.right(length as u32));
            check.tell_with(
                "PUN-01",
                span,
                message!("lint-pun-01", wrong = wrong, right = right),
                Fix::replace(span, right),
            );
        }
        at += length.max(1);
    }
}

fn marks(check: &mut Check<'_>, plain: &Plain) {
    let characters: Vec<char> = plain.text.chars().collect();
    for window in 0..characters.len() {
        let c = characters[window];
        let before = window.checked_sub(1).and_then(|i| characters.get(i)).copied();
        let after = characters.get(window + 1).copied();
        let between =
            before.is_some_and(is_chinese) && after.is_none_or(|after| is_chinese(after) || after.is_whitespace());
        if !between {
            continue;
        }
        if let Some((_, right)) = MARKS.iter().find(|(wrong, _)| *wrong == c) {
            let start = plain.place_of_character(window);
            let span = Span::new(start, start.right(1));
            check.tell_with(
                "PUN-01",
                span,
                message!("lint-pun-01", wrong = c.to_string(), right = right.to_string()),
                Fix::replace(span, right.to_string()),
            );
        }
    }
}
