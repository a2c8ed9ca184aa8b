//! The words of the dialect: names of blocks and elements, in both languages.

use crate::model::{AnnexNature, ElementKind};

/// The prose containers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Container {
    Term,
    Table,
    Figure,
    SubFigure,
    Formula,
    Note,
    Example,
    Warning,
    Translation,
    Change,
    Unplaced,
}

const CONTAINERS: [(Container, &[&str]); 11] = [
    (Container::Term, &["术语", "term"]),
    (Container::Table, &["表", "table", "指标体系"]),
    (Container::Figure, &["图", "figure"]),
    (Container::SubFigure, &["分图", "subfigure"]),
    (Container::Formula, &["公式", "formula"]),
    (Container::Note, &["注", "note"]),
    (Container::Example, &["示例", "example"]),
    (Container::Warning, &["重要提示", "warning", "警示", "提示"]),
    (Container::Translation, &["译文", "translation"]),
    (Container::Change, &["修改", "change"]),
    (Container::Unplaced, &["未归位", "unplaced"]),
];

impl Container {
    pub fn of_word(word: &str) -> Option<Self> {
        CONTAINERS
            .iter()
            .find_map(|(container, words)| words.contains(&word).then_some(*container))
    }

    /// The word that `fmt` prints.
    pub fn word(self) -> &'static str {
        CONTAINERS
            .iter()
            .find_map(|(container, words)| (*container == self).then(|| words.first()).flatten())
            .copied()
            .unwrap_or_default()
    }

    /// All words, for a message that says what there is.
    pub fn all_words() -> String {
        let words: Vec<&str> = CONTAINERS
            .iter()
            .filter_map(|(_, words)| words.first().copied())
            .collect();
        words.join("、")
    }
}

/// The element that a title means.
pub(crate) fn element_of_title(title: &str) -> Option<ElementKind> {
    let folded: String = title.chars().filter(|c| !c.is_whitespace()).collect();
    let folded = folded.to_lowercase();
    Some(match folded.as_str() {
        "前言" | "foreword" => ElementKind::Foreword,
        "引言" | "introduction" => ElementKind::Introduction,
        "范围" | "scope" => ElementKind::Scope,
        "规范性引用文件" | "normativereferences" => ElementKind::References,
        "术语和定义" | "termsanddefinitions" | "术语、定义" | "术语与定义" => ElementKind::Terms,
        "符号"
        | "缩略语"
        | "符号和缩略语"
        | "符号、代号和缩略语"
        | "symbols"
        | "abbreviatedterms"
        | "symbolsandabbreviatedterms" => ElementKind::Symbols,
        "参考文献" | "bibliography" => ElementKind::Bibliography,
        "索引" | "index" => ElementKind::Index,
        _ => return None,
    })
}

/// The element that a class of a heading means.
pub(super) const ELEMENT_CLASSES: [(ElementKind, &[&str]); 9] = [
    (ElementKind::Foreword, &["foreword", "前言"]),
    (ElementKind::Introduction, &["intro", "introduction", "引言"]),
    (ElementKind::Scope, &["scope", "范围"]),
    (ElementKind::References, &["references", "引用"]),
    (ElementKind::Terms, &["terms", "术语"]),
    (ElementKind::Symbols, &["symbols", "符号"]),
    (ElementKind::Annex(AnnexNature::Unsaid), &["annex", "附录"]),
    (ElementKind::Bibliography, &["bibliography", "参考文献"]),
    (ElementKind::Index, &["index", "索引"]),
];

/// A paragraph that begins with a word of its own: 注：, 示例1：, 来源：, 式中：.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lead {
    Note,
    Example,
    Source,
    Where,
    Keys,
}

const LEADS: [(Lead, &[&str]); 5] = [
    (Lead::Note, &["注", "NOTE", "Note"]),
    (Lead::Example, &["示例", "EXAMPLE", "Example"]),
    (Lead::Source, &["来源", "SOURCE", "Source"]),
    (Lead::Where, &["式中", "where", "Where"]),
    (Lead::Keys, &["标引序号说明", "说明", "Key"]),
];

/// The lead word at the start of a text, the number typed behind it, and how many bytes they take with the colon.
pub(super) fn lead(text: &str) -> Option<(Lead, &str, usize)> {
    let bracket = usize::from(text.starts_with('[')); // [来源：…]
    for (lead, words) in LEADS {
        for word in words {
            let Some(rest) = text.get(bracket..).and_then(|text| text.strip_prefix(word)) else {
                continue;
            };
            let trimmed = rest.trim_start_matches(' ');
            let digits = trimmed.len() - trimmed.trim_start_matches(|c: char| c.is_ascii_digit()).len();
            let (number, after) = trimmed.split_at(digits);
            let after = after.trim_start_matches(' ');
            let numbered = matches!(lead, Lead::Note | Lead::Example);
            if let Some(rest) = after.strip_prefix(['：', ':'])
                && (number.is_empty() || (numbered && number.len() < 4))
                && (bracket == 0 || lead == Lead::Source)
            {
                return Some((lead, number, text.len() - rest.len()));
            }
        }
    }
    None
}
