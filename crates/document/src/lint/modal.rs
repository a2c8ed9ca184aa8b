//! MOD: the verbs of annex C, and what stands beside them (9.2, 9.4.2).

use super::Check;
use crate::finding::{Fix, message};
use crate::model::{Block, BlockKind, Element, ElementKind, Id, Inline, Plain, Span, Visit, walk_document};
use crate::resolve::{Sentence, SentenceClass, Within, binding_word, sentences_of};

/// Words of a ban that are not 不应 (C.1). Only 不得 is always a modal verb, so only it is rewritten.
const NEVER: &[&str] = &["不得", "禁止", "严禁", "不可"];
/// What a ban is written with.
const BAN: &str = "不应";
/// Behind these the word bans nothing: 应不可预测 says what something has to be.
const MODAL: &[&str] = &["应", "宜", "可"];
/// Words that end like one of these and are none.
const NOT_MODAL: &[&str] = &[
    "相应", "响应", "对应", "供应", "反应", "效应", "适应", "感应", "适宜", "事宜", "许可", "认可",
];
/// Longer words in which one of them means something else.
const NOT_A_BAN: &[&str] = &[
    "不得不",
    "不得已",
    "不得而知",
    "不得了",
    "舍不得",
    "怪不得",
    "巴不得",
    "恨不得",
    "不可逆",
    "不可抗",
    "不可见",
    "不可预见",
    "不可再",
    "不可分",
    "不可或缺",
    "不可溯",
    "不可用",
    "不可达",
    "禁止标志",
    "禁止进入标志",
    "获不可",
    "并不可",
];
/// Equivalents that the grammar must force (9.1), those that hold others before them.
const EQUIVALENTS: &[(&str, &str)] = &[
    ("不应该", "不应"),
    ("应该", "应"),
    ("不应当", "不应"),
    ("应当", "应"),
    ("只准许", "应"),
    ("不准许", "不应"),
    ("不允许", "不应"),
    ("允许", "可"),
    ("可以不", "不必"),
    ("可以", "可"),
    ("不建议", "不宜"),
    ("建议", "宜"),
    ("不推荐", "不宜"),
    ("推荐采用", "宜采用"),
    ("不能够", "不能"),
    ("能够", "能"),
    ("无须", "不必"),
    ("无需", "不必"),
    ("没有可能", "不可能"),
    ("有可能", "可能"),
];
/// Where an equivalent is another word.
const NOT_EQUIVALENT: &[&str] = &[
    "允许偏差",
    "允许误差",
    "允许值",
    "最大允许",
    "建议书",
    "提出建议",
    "意见建议",
    "意见和建议",
    "投诉建议",
    "建议和",
    "改进建议",
    "应当场",
    "应当面",
    "应当众",
    "应当天",
    "应当日",
    "应当班",
    "应当月",
    "应当年",
    "应当时",
    "应当地",
];
/// What weakens a requirement until nobody can check it (9.4.2.2).
const SOFT: &[&str] = &["尽可能", "尽量", "考虑", "避免", "慎重"];
/// What excepts from it (9.4.2.3).
const LOOSE: &[&str] = &["通常", "一般", "原则上"];
/// Words that cannot be verified (C.1).
const VAGUE: &[&str] = &["足够", "较为", "适当", "必要的", "合理的", "良好的", "及时"];

pub(super) fn check(check: &mut Check<'_>) {
    let mut lines = Lines::default();
    walk_document(check.document, &mut lines);
    let terms = terms_with_a_ban(check);
    for line in &lines.found {
        verbs(check, line, &terms);
    }
    beside(check);
    mixed(check);
    notes(check);
}

/// A line of text of an element in which clauses stand.
struct Line<'a> {
    text: &'a [Inline],
    /// In a table, a figure or a definition: not a sentence of a clause.
    apart: bool,
}

/// All of them.
#[derive(Default)]
struct Lines<'a> {
    within: Option<ElementKind>,
    /// The last table or figure.
    object: Span,
    found: Vec<Line<'a>>,
}

impl<'a> Visit<'a> for Lines<'a> {
    fn element(&mut self, element: &'a Element) {
        self.within = Some(element.kind);
    }

    fn block(&mut self, block: &'a Block) {
        if matches!(block.kind, BlockKind::Table(_) | BlockKind::Figure(_)) {
            self.object = block.span;
        }
    }

    fn text(&mut self, text: &'a [Inline]) {
        let quiet = matches!(
            self.within,
            Some(ElementKind::References | ElementKind::Bibliography | ElementKind::Index | ElementKind::Foreword)
                | None
        );
        if !quiet {
            let place = text.first().map(|inline| inline.span.start).unwrap_or_default();
            let held = self.object.start <= place && place < self.object.end;
            let apart = held || self.within == Some(ElementKind::Terms);
            self.found.push(Line { text, apart });
        }
    }
}

/// The terms of the document that hold a word of a ban: 不可抗力事件, 禁止区.
fn terms_with_a_ban(check: &Check<'_>) -> Vec<String> {
    struct Terms(Vec<String>);
    impl<'a> Visit<'a> for Terms {
        fn block(&mut self, block: &'a Block) {
            if let BlockKind::Term(term) = &block.kind {
                let banned = term
                    .words()
                    .filter(|word| NEVER.iter().any(|ban| word.text.contains(ban)));
                self.0.extend(banned.map(|word| word.text.clone()));
            }
        }
    }
    let mut terms = Terms(Vec::new());
    walk_document(check.document, &mut terms);
    terms.0
}

/// The text with everything in quotation marks and in these longer words blanked, byte for byte.
fn blanked(text: &str, longer: &[&str]) -> String {
    let mut depth = 0_u32;
    let mut blank: String = text
        .chars()
        .map(|c| {
            let inside = depth > 0;
            match c {
                '《' | '“' | '「' => depth += 1,
                '》' | '”' | '」' => depth = depth.saturating_sub(1),
                _ => {}
            }
            if inside || depth > 0 { blank_of(c) } else { c }
        })
        .collect();
    for word in longer {
        if blank.contains(word) {
            let filler: String = word.chars().map(blank_of).collect();
            blank = blank.replace(word, &filler);
        }
    }
    blank
}

/// A character of the same length that means nothing.
fn blank_of(c: char) -> char {
    match c.len_utf8() {
        1 => ' ',
        2 => '\u{a0}',
        3 => '\u{3000}',
        _ => '\u{10fffd}',
    }
}

fn each<'a>(text: &'a str, word: &'a str) -> impl Iterator<Item = usize> + 'a {
    text.match_indices(word).map(|(at, _)| at)
}

fn span_of(plain: &Plain, at: usize, word: &str) -> Span {
    let start = plain.position(at);
    Span::new(start, start.right(word.chars().count() as u32))
}

fn verbs(check: &mut Check<'_>, line: &Line<'_>, terms: &[String]) {
    let plain = &Plain::prose(line.text);
    let longer: Vec<&str> = terms
        .iter()
        .map(String::as_str)
        .chain(NOT_A_BAN.iter().copied())
        .chain(NOT_EQUIVALENT.iter().copied())
        .collect();
    let text = blanked(&plain.text, &longer);
    for at in each(&text, "必须") {
        let span = span_of(plain, at, "必须");
        let fix = (!line.apart && is_must(&text, at)).then(|| Fix::replace(span, "应"));
        check.put("MOD-01", span, message!("lint-mod-01"), fix);
    }
    for word in NEVER {
        for at in each(&text, word) {
            if !is_ban(&text, at, word, line.apart) {
                continue;
            }
            let span = span_of(plain, at, word);
            let fix = (*word == "不得" && !line.apart).then(|| Fix::replace(span, BAN));
            check.put("MOD-02", span, message!("lint-mod-02", word = *word, right = BAN), fix);
        }
    }
    let mut taken: Vec<(usize, usize)> = Vec::new();
    for (word, right) in EQUIVALENTS {
        for at in each(&text, word) {
            let end = at + word.len();
            if taken.iter().any(|(from, to)| at < *to && *from < end) {
                continue;
            }
            taken.push((at, end));
            check.tell(
                "MOD-03",
                span_of(plain, at, word),
                message!("lint-mod-03", word = *word, right = *right),
            );
        }
    }
}

/// Whether 必须 is the verb of a sentence: 不必须, 应必须, 必须的 and 必须品 would become other words.
fn is_must(text: &str, at: usize) -> bool {
    let before = text.get(..at).and_then(|before| before.chars().last());
    let after = text.get(at + "必须".len()..).and_then(|after| after.chars().next());
    !before.is_some_and(|c| "不非无否应宜可所".contains(c)) && !after.is_some_and(|c| "的性品项".contains(c))
}

/// Whether the word bans something. 不可抵赖性 and 不可识别的算法 say what something is, 应不可预测 how it has to be; in a
/// cell 禁止读 and 不可用 are values, unless the cell is a sentence.
fn is_ban(text: &str, at: usize, word: &str, apart: bool) -> bool {
    let before = text.get(..at).unwrap_or_default();
    let modal = MODAL.iter().any(|modal| before.ends_with(modal));
    if modal && !NOT_MODAL.iter().any(|word| before.ends_with(word)) {
        return false;
    }
    let after = text.get(at + word.len()..).unwrap_or_default();
    if word == "不可" {
        let phrase: String = after.chars().take_while(|c| is_word(*c)).take(6).collect();
        if phrase.chars().skip(1).any(|c| matches!(c, '性' | '的')) {
            return false;
        }
    }
    let value = matches!(word, "不可" | "禁止") && apart && !text.trim_end().ends_with(['。', '；']);
    !value
}

/// Whether a character goes on with a phrase.
fn is_word(c: char) -> bool {
    c.is_alphanumeric() && c != '\u{3000}'
}

/// What stands beside 应 in the same sentence.
fn beside(check: &mut Check<'_>) {
    let mut told = Vec::new();
    for sentence in check.resolved.sentences.values().flatten() {
        if sentence.class != SentenceClass::Requirement || sentence.within != Within::Body {
            continue;
        }
        let text = blanked(&sentence.text, &[]);
        let Some(should) = text.find('应') else { continue };
        let after = text.get(should..).unwrap_or_default();
        if let Some(word) = SOFT.iter().find(|word| after.starts_with(&format!("应{word}"))) {
            told.push((
                "MOD-05",
                sentence.place_at(should, &format!("应{word}")),
                message!("lint-mod-05-soft", word = *word),
            ));
        }
        if let Some(word) = LOOSE.iter().find(|word| {
            // 原则上 excepts from whatever is required behind it in the sentence.
            let far = **word == "原则上"
                && text
                    .find(**word)
                    .is_some_and(|at| text.get(at..).is_some_and(|rest| rest.contains('应')));
            after.starts_with(&format!("应{word}")) || text.contains(&format!("{word}应")) || far
        }) {
            told.push((
                "MOD-05",
                sentence.place_of(word),
                message!("lint-mod-05-loose", word = *word),
            ));
        }
        if let Some(word) = VAGUE.iter().find(|word| {
            let phrases = [
                format!("应{word}"),
                format!("应有{word}"),
                format!("应具有{word}"),
                format!("应具备{word}"),
            ];
            phrases.iter().any(|phrase| text.contains(phrase.as_str()))
        }) {
            told.push(("MOD-06", sentence.place_of(word), message!("lint-mod-06", word = *word)));
        }
    }
    for (rule, span, message) in told {
        check.tell(rule, span, message);
    }
}

/// 可能 and 能 where 可 is meant, 可 where 能 is (C.4 to C.6).
fn mixed(check: &mut Check<'_>) {
    const CAN: &[(&str, &str)] = &[
        ("可能够", "能"),
        ("可不可以", "可"),
        ("能允许", "可"),
        ("可不应", "不必"),
        ("能不应", "不必"),
        ("应可能", "能"),
        ("宜可", "宜"),
        ("应宜", "应"),
    ];
    let told: Vec<(Span, &'static str, &'static str)> = check
        .resolved
        .sentences
        .values()
        .flatten()
        .filter(|sentence| sentence.within == Within::Body)
        .filter_map(|sentence| {
            let text = blanked(&sentence.text, &[]);
            CAN.iter()
                .find(|(wrong, _)| text.contains(wrong))
                .map(|(wrong, right)| (sentence.place_of(wrong), *wrong, *right))
        })
        .collect();
    for (span, wrong, right) in told {
        check.tell("MOD-04", span, message!("lint-mod-04", wrong = wrong, right = right));
    }
}

/// Where the word stands that binds somebody.
pub(super) fn place_of_verb(sentence: &Sentence) -> Span {
    binding_word(&sentence.text).map_or(sentence.span, |(at, word)| sentence.place_at(at, word))
}

/// Notes, examples and footnotes say nothing that must, should or may be done (9.2); those of tables and figures may.
fn notes(check: &mut Check<'_>) {
    let footnotes: Vec<Sentence> = check
        .document
        .footnotes
        .iter()
        .flat_map(|note| sentences_of(&note.text, &Id::default(), Within::Note))
        .collect();
    let told: Vec<Span> = check
        .resolved
        .sentences
        .values()
        .flatten()
        .chain(&footnotes)
        .filter(|sentence| matches!(sentence.within, Within::Note | Within::Example))
        .filter(|sentence| {
            let text = blanked(&sentence.text, &[]);
            // An example quotes what a clause would say; a colon or a quotation mark shows it.
            let quotes = sentence.within == Within::Example && text != sentence.text;
            !quotes
                && matches!(
                    sentence.class,
                    SentenceClass::Requirement | SentenceClass::Recommendation | SentenceClass::Permission
                )
        })
        .map(place_of_verb)
        .collect();
    for span in told {
        check.tell("MOD-08", span, message!("lint-mod-08"));
    }
}
