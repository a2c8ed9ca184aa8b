//! NAM: the title (6.1).

use super::Check;
use crate::finding::message;
use crate::model::Genre;

/// Words that a title does not need: the cover says what it is (6.1.4.1).
const NEEDLESS: &[&str] = &[
    "国家标准",
    "行业标准",
    "地方标准",
    "团体标准",
    "企业标准",
    "指导性技术文件",
    "标准",
];

/// The function words of table 1 that show the genre.
fn function_words(genre: Genre) -> &'static [&'static str] {
    match genre {
        Genre::Terminology => &["术语"],
        Genre::Symbols => &["符号", "图形符号", "标志"],
        Genre::Classification => &["分类", "编码", "代码", "分级"],
        Genre::Test => &["试验方法", "测定", "测量方法", "检测方法", "检验方法", "试验"],
        Genre::Specification => &["规范"],
        Genre::CodeOfPractice => &["规程"],
        Genre::Guideline => &["指南", "指引"],
        Genre::Other => &[],
    }
}

pub(super) fn check(check: &mut Check<'_>) {
    let front = &check.document.front;
    let title = &front.title.zh;
    let place = front.place("title");
    if title.is_empty() || title.iter().all(|element| element.trim().is_empty()) {
        check.tell("NAM-01", place, message!("lint-nam-01-none"));
        return;
    }
    if title.len() > 3 {
        check.tell("NAM-01", place, message!("lint-nam-01-many", count = title.len()));
    }
    let whole = title.join("");
    // 标准化 and 标准物质 are subjects, not the kind of the document.
    let bare = whole
        .replace("标准化", "")
        .replace("标准物质", "")
        .replace("标准样品", "");
    if let Some(word) = NEEDLESS.iter().find(|word| bare.contains(**word)) {
        check.tell("NAM-02", place, message!("lint-nam-02", word = *word));
    }
    let words = front.genre.map_or(&[][..], function_words);
    if !words.is_empty() && !words.iter().any(|word| whole.contains(word)) {
        check.tell("NAM-03", place, message!("lint-nam-03", words = words.join("、")));
    }
    let part = front.designation.as_ref().and_then(designation::Designation::part);
    let named = title.iter().find_map(|element| part_of(element));
    match (part, named) {
        (Some(number), None) => {
            check.tell("NAM-04", place, message!("lint-nam-04-missing", part = number.as_str()));
        }
        (Some(number), Some(named)) if number.as_str() != named.as_str() => {
            check.tell(
                "NAM-04",
                place,
                message!("lint-nam-04-other", part = number.as_str(), named = named),
            );
        }
        // A draft may have no number yet; one that has a number and is a part says so in it.
        (None, Some(named)) if front.designation.is_some() => {
            check.tell("NAM-04", place, message!("lint-nam-04-unnumbered", named = named));
        }
        _ => {}
    }
}

/// The number in 第3部分：….
fn part_of(element: &str) -> Option<String> {
    let rest = element.trim().strip_prefix('第')?;
    let (number, _) = rest.split_once("部分：").or_else(|| rest.split_once("部分:"))?;
    let number = number.trim();
    number.bytes().all(|b| b.is_ascii_digit()).then(|| number.to_owned())
}
