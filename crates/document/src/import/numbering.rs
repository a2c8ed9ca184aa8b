//! Lists: what Word would print before a line, and of which kind it is.

use super::tree::Node;
use std::collections::{BTreeMap, HashMap};

/// One level of a list.
#[derive(Debug, Clone, Default)]
struct Level {
    format: String,
    text: String,
    start: usize,
}

/// What stands before a line.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Label {
    /// As it is shown: `5.2`, `a)`, `——`.
    pub shown: String,
    pub level: usize,
    pub kind: LabelKind,
}

/// Of which kind it is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum LabelKind {
    /// Nothing is shown.
    #[default]
    Nothing,
    /// Of a clause: the list has levels such as 1.1.
    Clause,
    /// Of an annex or its clauses.
    Annex,
    /// A dash or another sign.
    Sign,
    /// Counted items.
    Item,
    /// 注, 示例.
    Word,
}

/// The lists and how far they have counted.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    /// Levels by the number of the pattern.
    patterns: BTreeMap<String, BTreeMap<usize, Level>>,
    /// By the number of the list: its pattern and where levels begin anew.
    lists: BTreeMap<String, (String, BTreeMap<usize, usize>)>,
    counts: HashMap<String, [usize; 10]>,
    begun: HashMap<String, bool>,
}

impl Numbering {
    pub fn of(part: Option<&Node>) -> Self {
        let mut numbering = Self::default();
        let Some(part) = part else { return numbering };
        for node in part.nodes() {
            match node.name.as_str() {
                "w:abstractNum" => {
                    let levels = node
                        .nodes()
                        .filter(|level| level.name == "w:lvl")
                        .filter_map(|level| {
                            let at = level.get("w:ilvl")?.parse().ok()?;
                            let value = |name: &str| level.child(name).map(Node::value).unwrap_or_default();
                            Some((
                                at,
                                Level {
                                    format: value("w:numFmt").to_owned(),
                                    text: value("w:lvlText").to_owned(),
                                    start: value("w:start").parse().unwrap_or(1),
                                },
                            ))
                        })
                        .collect();
                    let id = node.get("w:abstractNumId").unwrap_or_default().to_owned();
                    numbering.patterns.insert(id, levels);
                }
                "w:num" => {
                    let pattern = node.child("w:abstractNumId").map(Node::value).unwrap_or_default();
                    let anew = node
                        .nodes()
                        .filter(|over| over.name == "w:lvlOverride")
                        .filter_map(|over| {
                            let start = over.child("w:startOverride")?.value().parse().ok()?;
                            Some((over.get("w:ilvl")?.parse().ok()?, start))
                        })
                        .collect();
                    let id = node.get("w:numId").unwrap_or_default().to_owned();
                    numbering.lists.insert(id, (pattern.to_owned(), anew));
                }
                _ => {}
            }
        }
        numbering
    }

    /// Counts on; `None` where the list is none.
    pub fn next(&mut self, list: &str, level: usize) -> Option<Label> {
        let (pattern, anew) = self.lists.get(list)?;
        let levels = self.patterns.get(pattern)?;
        let own = levels.get(&level)?;
        // Lists of one pattern count together, but where one begins anew.
        let counts = self.counts.entry(pattern.clone()).or_default();
        let first = self.begun.insert(list.to_owned(), true).is_none();
        if first {
            for (at, start) in anew {
                if let Some(count) = counts.get_mut(*at) {
                    *count = start.saturating_sub(1);
                }
            }
        }
        let start = own.start;
        for (at, count) in counts.iter_mut().enumerate() {
            if at == level {
                *count = if *count == 0 { start } else { count.saturating_add(1) };
            } else if at > level {
                *count = 0;
            } else if *count == 0 {
                *count = levels.get(&at).map_or(1, |level| level.start);
            }
        }
        let mut shown = own.text.clone();
        for (at, count) in counts.iter().enumerate() {
            let format = levels.get(&at).map_or("decimal", |level| level.format.as_str());
            shown = shown.replace(&format!("%{}", at + 1), &spelled(*count, format));
        }
        let shown = shown.trim().to_owned();
        let kind = kind_of(own, level, levels, &shown);
        Some(Label { shown, level, kind })
    }
}

fn kind_of(own: &Level, level: usize, levels: &BTreeMap<usize, Level>, shown: &str) -> LabelKind {
    if shown.is_empty() {
        return LabelKind::Nothing;
    }
    if shown.starts_with('注') || shown.starts_with("示例") {
        return LabelKind::Word;
    }
    let dotted = |text: &str| {
        let bare = text.trim_end_matches(['.', '．', '、', ' ', '\u{3000}']);
        bare.matches('%').count() > 1
            && bare
                .split(['.', '．'])
                .all(|part| part.starts_with('%') && part.len() == 2 || part.chars().all(|c| c.is_ascii_digit()))
    };
    let top = levels.get(&0).map_or("", |level| level.text.as_str());
    let letters = levels.get(&0).is_some_and(|level| level.format == "upperLetter");
    if top.contains("附录")
        || (letters && (level == 0 || dotted(&own.text)) && levels.values().any(|level| dotted(&level.text)))
    {
        return LabelKind::Annex;
    }
    if own.format == "bullet" || !own.text.contains('%') || own.format == "none" {
        return LabelKind::Sign;
    }
    let bare = own.text.trim_end_matches(['.', '．', ' ', '\u{3000}']);
    let is_count = own.format == "decimal" && bare.starts_with('%') && bare.len() == 2;
    let deeper = levels.iter().any(|(at, below)| *at > level && dotted(&below.text));
    if own.format == "decimal" && dotted(&own.text) || is_count && deeper {
        return LabelKind::Clause;
    }
    LabelKind::Item
}

fn spelled(count: usize, format: &str) -> String {
    match format {
        "upperLetter" => repeated(count).to_uppercase(),
        "lowerLetter" => repeated(count),
        "none" | "bullet" => String::new(),
        "chineseCounting" | "chineseCountingThousand" | "ideographTraditional" | "japaneseCounting" => chinese(count),
        _ => count.to_string(),
    }
}

/// a … z, then aa, bb.
fn repeated(count: usize) -> String {
    if count == 0 {
        return String::new();
    }
    let letter = char::from(b'a' + u8::try_from((count - 1) % 26).unwrap_or(0));
    letter.to_string().repeat(((count - 1) / 26 + 1).min(20))
}

pub(super) fn chinese(count: usize) -> String {
    const DIGITS: [&str; 10] = ["〇", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let digit = |digit: usize| DIGITS.get(digit).copied().unwrap_or_default();
    match count {
        0..=9 => digit(count).to_owned(),
        10..=19 => format!("十{}", if count == 10 { "" } else { digit(count - 10) }),
        20..=99 => format!(
            "{}十{}",
            digit(count / 10),
            if count.is_multiple_of(10) {
                ""
            } else {
                digit(count % 10)
            }
        ),
        _ => count.to_string(),
    }
}
