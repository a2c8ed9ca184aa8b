//! References that are typed: 见表1, 附录A, 按5.2.3的规定, 本办法第五条. They become references to what carried that number in
//! the file, so that they stay right when numbers are made anew.

use super::counted::{article, count_of};
use super::line::{Cell, Line, Piece};
use super::links::{Links, each_line};
use super::numbering::{LabelKind, chinese};
use super::words::{annex_mark, annex_number, attachment, folded, typed_number};
use crate::model::{CrossReference, Document, Inline, InlineKind};
use std::collections::BTreeSet;
use std::ops::Range;

/// What a text mentions of its own numbers: the label, and where it stands.
pub(super) fn mentions(text: &str) -> Vec<(String, Range<usize>)> {
    let mut found: Vec<(String, Range<usize>)> = Vec::new();
    let mut from = 0;
    for (at, c) in text.char_indices() {
        if at < from {
            continue;
        }
        // No more is looked at than tells: long lines would take their square of time.
        let (before, rest) = (last(text, at), first(text, at));
        let Some((label, length)) = mention(before, rest, c) else {
            continue;
        };
        if !is_of_another(before) {
            found.push((label, at..at + length));
        }
        from = at + length;
    }
    found
}

/// Of the text up to here, or from here, so much as a sentence may be long.
const NEAR: usize = 240;

fn last(text: &str, at: usize) -> &str {
    let from = (at.saturating_sub(NEAR)..=at).find(|from| text.is_char_boundary(*from));
    text.get(from.unwrap_or(at)..at).unwrap_or_default()
}

fn first(text: &str, at: usize) -> &str {
    let end = (at..=text.len().min(at + NEAR))
        .rev()
        .find(|end| text.is_char_boundary(*end));
    text.get(at..end.unwrap_or(at)).unwrap_or_default()
}

/// A mention that begins here: its label, and its length.
fn mention(before: &str, rest: &str, first: char) -> Option<(String, usize)> {
    let behind = |word: &str| {
        let inner = rest.strip_prefix(word)?;
        let number = inner.trim_start_matches([' ', '\u{a0}']);
        Some((number, rest.len() - number.len()))
    };
    match first {
        '表' | '图' if !before.ends_with(['代', '列', '图', '报', '仪', '外', '地', '附', '插', '草', '下']) =>
        {
            let (inner, offset) = behind(if first == '表' { "表" } else { "图" })?;
            let number = number_of(inner)?;
            Some((format!("{first}{number}"), offset + number.len()))
        }
        '附' => {
            if let Some((inner, offset)) = behind("附录") {
                let letter = inner.chars().next().filter(char::is_ascii_uppercase)?;
                let follows = inner.get(1..)?.chars().next();
                let alone = follows.is_none_or(|c| !c.is_ascii_alphanumeric() && c != '.');
                return alone.then(|| (format!("附录{letter}"), offset + 1));
            }
            let (inner, offset) = behind("附件")?;
            let end = inner.find(|c: char| !c.is_ascii_digit()).unwrap_or(inner.len());
            let number = inner.get(..end).filter(|number| !number.is_empty())?;
            Some((format!("附件{number}"), offset + end))
        }
        '第' => {
            let inner = rest.strip_prefix('第')?;
            let end = inner.find(['章', '条'])?;
            let (number, sign) = inner.split_at(end);
            let count = count_of(number)?;
            let length = '第'.len_utf8() + number.len() + '章'.len_utf8();
            let digits = number.starts_with(|c: char| c.is_ascii_digit());
            let label = if sign.starts_with('章') {
                format!("第{count}章")
            } else {
                format!("第{}条", chinese(count))
            };
            // 第4章 is of the text itself; 第四章 and 第五条 only behind 本办法.
            (digits && sign.starts_with('章') || is_own(before)).then_some((label, length))
        }
        // 见5.2.3, 按A.1的规定
        _ if (first.is_ascii_digit() || first.is_ascii_uppercase())
            && before.trim_end().ends_with(['见', '按', '照', '合', '据', '足']) =>
        {
            let number = number_of(rest)?;
            let follows = rest.get(number.len()..)?.trim_start();
            let quantity = follows.starts_with(|c: char| c.is_ascii_alphanumeric() || "％%℃～~±×/—".contains(c));
            (number.contains('.') && !quantity).then(|| (number.to_owned(), number.len()))
        }
        _ => None,
    }
}

/// 1, A.1, 5.2.3 at the start.
fn number_of(text: &str) -> Option<&str> {
    let end = text
        .find(|c: char| !c.is_ascii_alphanumeric() && c != '.')
        .unwrap_or(text.len());
    let number = text.get(..end)?.trim_end_matches('.');
    let sound = number.split('.').enumerate().all(|(at, part)| {
        let digits = (1..=2).contains(&part.len()) && part.chars().all(|c| c.is_ascii_digit());
        digits || (at == 0 && part.len() == 1 && part.chars().all(|c| c.is_ascii_uppercase()))
    });
    (sound && number.contains(|c: char| c.is_ascii_digit())).then_some(number)
}

/// 本办法, 本实施细则.
fn is_own(before: &str) -> bool {
    before.rsplit_once('本').is_some_and(|(_, between)| {
        (2..=4).contains(&between.chars().count()) && between.chars().all(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
    })
}

/// Whether another document is named just before: GB/T 35796—2017中表1, 《条例》附件2.
fn is_of_another(before: &str) -> bool {
    let segment = before
        .rsplit(['，', '。', '；', '：', '（', '(', '、'])
        .next()
        .unwrap_or(before);
    let named = segment.char_indices().any(|(at, c)| {
        c.is_ascii_uppercase() && {
            let rest = segment
                .get(at..)
                .unwrap_or_default()
                .trim_start_matches(|c: char| c.is_ascii_uppercase() || c == '/');
            let number = rest.trim_start_matches([' ', '\u{a0}']);
            number.len() < rest.len() && number.starts_with(|c: char| c.is_ascii_digit())
        }
    });
    named || segment.contains('》')
}

/// All that lines and cells mention.
pub(super) fn mentioned(pieces: &[Piece]) -> BTreeSet<String> {
    let mut labels = BTreeSet::new();
    collect(pieces, &mut labels);
    labels
}

fn collect(pieces: &[Piece], labels: &mut BTreeSet<String>) {
    for piece in pieces {
        match piece {
            Piece::Line(line) => labels.extend(mentions(&line.text).into_iter().map(|(label, _)| label)),
            Piece::Grid(grid) => grid
                .rows
                .iter()
                .flatten()
                .for_each(|Cell { pieces, .. }| collect(pieces, labels)),
        }
    }
}

/// The label of a heading or of a clause without title, as others would mention it.
pub(super) fn label_of(line: &Line) -> Option<String> {
    let text = line.text.as_str();
    let of_number = |number: &str| {
        let number = number.trim_end_matches(['.', '．']);
        if number.contains('.') {
            number.to_owned()
        } else {
            count_of(number).map_or_else(|| number.to_owned(), |count| format!("第{count}章"))
        }
    };
    if let Some((letter, _)) = annex_mark(text) {
        return Some(format!("附录{letter}"));
    }
    if attachment(text) {
        let words = folded(text);
        return Some(words.trim_end_matches(['：', ':']).to_owned());
    }
    if let Some((count, _)) = article(text) {
        return Some(format!("第{}条", chinese(count)));
    }
    if let Some((_, number, _)) = annex_number(text) {
        return Some(number.to_owned());
    }
    if let Some((level, number, _)) = typed_number(text) {
        let section = level == 1 && !number.contains('.');
        return (!section).then(|| of_number(number));
    }
    let label = line.label.as_ref()?;
    match label.kind {
        LabelKind::Clause => Some(of_number(&label.shown)),
        LabelKind::Annex => Some(folded(&label.shown)),
        _ => None,
    }
}

/// Makes references of what is typed.
pub(super) fn link(document: &mut Document, links: &Links) {
    each_line(document, &mut |line: &mut Vec<Inline>| {
        let mut out = Vec::new();
        for inline in std::mem::take(line) {
            let InlineKind::Text(run) = &inline.kind else {
                out.push(inline);
                continue;
            };
            let mut from = 0;
            for (label, at) in mentions(&run.text) {
                let Some(target) = links.typed(&label) else { continue };
                if at.start > from {
                    out.push(Inline::text(run.text.get(from..at.start).unwrap_or_default()));
                }
                out.push(Inline::new(InlineKind::CrossReference(CrossReference {
                    target,
                    words: Vec::new(),
                })));
                from = at.end;
            }
            if from == 0 {
                out.push(inline);
            } else if from < run.text.len() {
                out.push(Inline::text(run.text.get(from..).unwrap_or_default()));
            }
        }
        *line = out;
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(text: &str) -> Vec<String> {
        mentions(text).into_iter().map(|(label, _)| label).collect()
    }

    #[test]
    fn what_a_text_mentions_of_its_own() {
        assert_eq!(labels("见表 1和图A.2，填写附录B"), ["表1", "图A.2", "附录B"]);
        assert_eq!(labels("按5.2.3的规定，见第4章"), ["5.2.3", "第4章"]);
        assert_eq!(labels("按照本办法第五条和附件2执行"), ["第五条", "附件2"]);
        for none in [
            "按GB/T 35796—2017中表1的规定",
            "符合《物业管理条例》第六条",
            "应符合1.5 mm的要求",
            "代表3人",
            "附录A.1",
            "列表2",
            "第三方",
            "按0.5%计",
        ] {
            assert!(labels(none).is_empty(), "{none}: {:?}", labels(none));
        }
    }
}
