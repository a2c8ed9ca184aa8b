//! Words by which lines are known, in whichever form they are typed.

use super::counted::count_of;
use crate::model::ElementKind;

/// Without blanks.
pub(super) fn folded(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// The element that a title means, if it is one without a number.
pub(super) fn bare_element(text: &str) -> Option<ElementKind> {
    Some(match folded(text).as_str() {
        "前言" | "Foreword" | "FOREWORD" => ElementKind::Foreword,
        "引言" | "Introduction" | "INTRODUCTION" => ElementKind::Introduction,
        "参考文献" | "Bibliography" | "BIBLIOGRAPHY" => ElementKind::Bibliography,
        "索引" | "Index" | "INDEX" => ElementKind::Index,
        _ => return None,
    })
}

/// A typed number of a clause: how many levels it has, and what follows. `5.2　外观` is level 1.
pub(super) fn typed_number(text: &str) -> Option<(usize, &str, &str)> {
    let text = text.trim_start();
    let (chapter, body) = match text.strip_prefix('第') {
        Some(rest) => {
            return [('章', 0), ('节', 1)].into_iter().find_map(|(word, level)| {
                let (number, rest) = rest.split_once(word)?;
                let number = number.trim();
                let words = !rest.trim().is_empty() && count_of(number).is_some();
                words.then_some((level, number, rest.trim_start()))
            });
        }
        None => (false, text),
    };
    debug_assert!(!chapter);
    let end = body
        .find(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | '．'))
        .unwrap_or(body.len());
    let (number, rest) = body.split_at(end);
    let number = number.trim_end_matches(['.', '．']);
    let parts: Vec<&str> = number.split(['.', '．']).collect();
    let sound = !number.is_empty() && parts.iter().all(|part| (1..=2).contains(&part.len()));
    let gap = rest.starts_with(|c: char| c.is_whitespace() || c == '\u{3000}') || parts.len() > 1;
    let follows = rest.trim_start();
    // 10 mm, 5 %, 3 个月 are no clauses; 3.1 日间照料 is one.
    let no_words = if parts.len() > 1 {
        "％℃，。；、）～个"
    } else {
        "％℃，。；、）～个年月日"
    };
    let words = follows.starts_with(|c: char| c >= '\u{2e80}' && !no_words.contains(c) || c.is_ascii_uppercase());
    (sound && gap && words).then_some((parts.len() - 1, number, follows))
}

/// A typed number of an annex's clause: `A.1.2　…` is level 2.
pub(super) fn annex_number(text: &str) -> Option<(usize, &str, &str)> {
    let text = text.trim_start();
    let letter = text.chars().next().filter(char::is_ascii_uppercase)?;
    let rest = text.get(letter.len_utf8()..)?;
    let end = rest
        .find(|c: char| !c.is_ascii_digit() && c != '.')
        .unwrap_or(rest.len());
    let (number, follows) = rest.split_at(end);
    let number = number.trim_end_matches('.');
    let parts: Vec<&str> = number.strip_prefix('.')?.split('.').collect();
    let sound = parts.iter().all(|part| (1..=2).contains(&part.len()));
    let follows_well = follows.starts_with(|c: char| c.is_whitespace() || c >= '\u{2e80}');
    (sound && follows_well).then(|| {
        let bytes = letter.len_utf8() + number.len();
        (parts.len(), text.get(..bytes).unwrap_or_default(), follows.trim_start())
    })
}

/// 附录A, Annex A, and what follows.
pub(super) fn annex_mark(text: &str) -> Option<(char, &str)> {
    let text = text.trim_start();
    let rest = match ["Annex ", "ANNEX ", "Appendix "]
        .iter()
        .find_map(|word| text.strip_prefix(word))
    {
        Some(rest) => rest,
        None => text.strip_prefix('附')?.trim_start().strip_prefix('录')?,
    };
    let rest = rest.trim_start();
    let letter = rest.chars().next().filter(char::is_ascii_uppercase)?;
    let rest = rest.get(1..)?;
    // Annex Alpha is none.
    (!rest.starts_with(|c: char| c.is_ascii_alphanumeric())).then(|| (letter, rest.trim_start()))
}

/// 附件, 附件2, which has a line of its own before its title.
pub(super) fn attachment(text: &str) -> bool {
    let Some(rest) = folded(text).strip_prefix("附件").map(str::to_owned) else {
        return false;
    };
    let number = rest.trim_end_matches(['：', ':']);
    number.is_empty() && rest.is_empty() || count_of(number).is_some()
}

/// 3.1 alone: of a term whose words stand in the next line.
pub(super) fn bare_number(text: &str) -> bool {
    let text = text.trim();
    text.contains('.')
        && text
            .split('.')
            .all(|part| (1..=2).contains(&part.len()) && part.chars().all(|c| c.is_ascii_digit()))
}

/// （规范性附录）, (资料性): normative or not, and what follows.
pub(super) fn nature(text: &str) -> Option<(bool, &str)> {
    let rest = text.trim_start().strip_prefix(['（', '('])?.trim_start();
    let (normative, rest) = [
        ("规范性", true),
        ("资料性", false),
        ("提示的", false),
        ("normative", true),
        ("informative", false),
    ]
    .into_iter()
    .find_map(|(word, normative)| Some((normative, rest.strip_prefix(word)?)))?;
    let rest = rest.trim_start().strip_prefix("附录").unwrap_or(rest);
    Some((normative, rest.trim_start().strip_prefix(['）', ')'])?.trim_start()))
}

/// 表1, 图A.1 at the start, and the title behind it; `word` is 表 or 图.
pub(super) fn caption(text: &str, word: char) -> Option<(&str, &str)> {
    let text = text.trim_start();
    let text = match word {
        '表' => text
            .strip_prefix('续')
            .filter(|rest| rest.starts_with('表'))
            .unwrap_or(text),
        _ => text,
    };
    let english: &[&str] = if word == '表' {
        &["Table ", "TABLE "]
    } else {
        &["Figure ", "FIGURE ", "Fig. "]
    };
    let foreign = english.iter().find_map(|word| text.strip_prefix(word));
    let rest = foreign.or_else(|| text.strip_prefix(word))?.trim_start();
    let end = rest
        .find(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '.' | '-' | '－'))
        .unwrap_or(rest.len());
    let (number, behind) = rest.split_at(end);
    let number = number.trim_end_matches(['.', '-']);
    let has_digit = number.chars().any(|c| c.is_ascii_digit());
    let title = behind
        .trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '.' | '：' | ':' | '、' | '—' | '–' | '-'));
    // Table 1 gives … is a sentence, too.
    if foreign.is_some() && (title.ends_with('.') || title.starts_with(|c: char| c.is_ascii_lowercase())) {
        return None;
    }
    // 表1给出了…… is a sentence.
    let sentence = title.ends_with(['。', '；'])
        || title.starts_with(['中', '的', '给', '规', '所', '示', '和', '或', '，', '、']);
    (has_digit && !sentence && text.chars().count() <= 80).then_some((number, title))
}

/// 表1（续）, 表1 (续), 续表1: the table of that number goes on.
pub(super) fn is_continued(text: &str) -> bool {
    let text = folded(text);
    text.starts_with("续表")
        || ["（续）", "(续)", "（续表）", "(continued)", "（续"]
            .iter()
            .any(|mark| text.contains(mark))
            && text.starts_with(['表', 'T', 't'])
}

/// 注：, 注1：, 示例：, NOTE: the word and what follows.
pub(super) fn labelled<'a>(text: &'a str, words: &[&str]) -> Option<&'a str> {
    let text = text.trim_start();
    for word in words {
        let Some(rest) = text.strip_prefix(word) else { continue };
        let rest = rest
            .trim_start()
            .trim_start_matches(|c: char| c.is_ascii_digit())
            .trim_start();
        if let Some(rest) = rest.strip_prefix(['：', ':']) {
            return Some(rest.trim_start());
        }
    }
    None
}

/// A marker of an item: whether it is a sign or counted, how deep, and what follows.
pub(super) fn item(text: &str) -> Option<(bool, usize, &str)> {
    let text = text.trim_start();
    for (sign, level) in [("——", 0), ("──", 0), ("—", 0), ("●", 1), ("·", 1), ("•", 1), ("◆", 2)] {
        if let Some(rest) = text.strip_prefix(sign) {
            return (!rest.trim().is_empty()).then(|| (false, level, rest.trim_start()));
        }
    }
    let end = text.find([')', '）'])?;
    let (mark, rest) = text.split_at(end);
    let rest = rest.get(rest.chars().next()?.len_utf8()..)?.trim_start();
    let letter = mark.len() == 1 && mark.chars().all(|c| c.is_ascii_lowercase());
    let digits = (1..=2).contains(&mark.len()) && mark.chars().all(|c| c.is_ascii_digit());
    ((letter || digits) && !rest.is_empty()).then_some((true, usize::from(digits), rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_that_are_typed() {
        assert_eq!(typed_number("5.2　外观"), Some((1, "5.2", "外观")));
        assert_eq!(typed_number("4 要求"), Some((0, "4", "要求")));
        assert_eq!(typed_number("第3章 要求"), Some((0, "3", "要求")));
        assert_eq!(typed_number("4.1.2.1设备应"), Some((3, "4.1.2.1", "设备应")));
        assert_eq!(typed_number("10 mm的板"), None);
        assert_eq!(typed_number("2014年发布"), None);
        assert_eq!(typed_number("3个月"), None);
        assert_eq!(annex_number("A.1.2 准备"), Some((2, "A.1.2", "准备")));
        assert_eq!(annex_number("API 接口"), None);
        assert_eq!(typed_number("3.1 日间照料"), Some((1, "3.1", "日间照料")));
        assert_eq!(typed_number("第二节　检查程序"), Some((1, "二", "检查程序")));
        assert_eq!(typed_number("第三方检查"), None);
        assert_eq!(annex_mark("附 录 B（资料性）"), Some(('B', "（资料性）")));
        assert_eq!(
            annex_mark("Annex C (normative) Tests"),
            Some(('C', "(normative) Tests"))
        );
        assert_eq!(annex_mark("Annex Alpha"), None);
        assert!(attachment("附件 1：") && attachment("附件") && !attachment("附件：1. 办法"));
        assert!(bare_number("3.1") && !bare_number("3") && !bare_number("3.1 甲"));
        assert_eq!(nature("（资料性附录）记录表"), Some((false, "记录表")));
        assert_eq!(nature("(规范性) 方法"), Some((true, "方法")));
    }

    #[test]
    fn titles_of_objects() {
        assert_eq!(caption("表1 限值", '表'), Some(("1", "限值")));
        assert_eq!(caption("图 5  流程图", '图'), Some(("5", "流程图")));
        assert_eq!(caption("图E.2.1 模型", '图'), Some(("E.2.1", "模型")));
        assert_eq!(caption("表1给出了限值。", '表'), None);
        assert_eq!(caption("表示方法", '表'), None);
        assert_eq!(caption("Table 1 — Indicators", '表'), Some(("1", "Indicators")));
        assert_eq!(caption("Figure A.2: Steps", '图'), Some(("A.2", "Steps")));
        assert_eq!(caption("Table 1 gives the limits.", '表'), None);
    }

    #[test]
    fn labels_and_markers() {
        assert_eq!(labelled("注2: 甲", &["注"]), Some("甲"));
        assert_eq!(labelled("注意事项", &["注"]), None);
        assert_eq!(item("——甲；"), Some((false, 0, "甲；")));
        assert_eq!(item("b) 乙"), Some((true, 0, "乙")));
        assert_eq!(item("2）丙"), Some((true, 1, "丙")));
        assert_eq!(item("(a) 丁"), None);
    }
}
