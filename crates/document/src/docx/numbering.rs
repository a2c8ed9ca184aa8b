//! Lists: what Word counts. Every number that Word would show is reckoned here as Word does, so that a text whose
//! numbers come out otherwise gets them as words.

use super::package::HEAD;
use super::style_name::{ANNEX_CLAUSES, ANNEX_TITLE, CLAUSES};
use crate::model::TextLanguage;

/// Chapters and their clauses; annexes and theirs; clauses of the introduction.
pub(super) const CHAPTERS: usize = 1;
pub(super) const ANNEXES: usize = 2;
pub(super) const INTRODUCTION: usize = 3;
/// Items with dashes. Lists 4 and 5 are those of a note and an example that are alone; their styles name them.
pub(super) const DASHES: usize = 6;
const FIRST_FREE: usize = 7;

/// Lists that begin anew wherever one stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Counted {
    /// a), b) …, below 1), 2) ….
    Letters,
    /// 注1：, 注2：.
    Notes,
    /// 示例1：, 示例2：.
    Examples,
}

/// The levels of a list: what they print, with `%1` for the first level's count.
struct Pattern {
    levels: [&'static str; 9],
    /// How the first level counts, and how those below it do.
    formats: [&'static str; 2],
    /// Whether the text follows at once, else at its edge.
    close: bool,
    run: &'static str,
}

const DECIMAL: [&str; 2] = ["decimal"; 2];
/// Words and no count. Other programs take the first sign alone of what is called a bullet.
const WORDS: [&str; 2] = ["none"; 2];
const CLAUSE: [&str; 9] = [
    "%1",
    "%1.%2",
    "%1.%2.%3",
    "%1.%2.%3.%4",
    "%1.%2.%3.%4.%5",
    "%1.%2.%3.%4.%5.%6",
    "%1.%2.%3.%4.%5.%6.%7",
    "%1.%2.%3.%4.%5.%6.%7.%8",
    "%1.%2.%3.%4.%5.%6.%7.%8.%9",
];
const HEI: &str =
    "<w:rPr><w:rFonts w:ascii=\"Times New Roman\" w:hAnsi=\"Times New Roman\" w:eastAsia=\"黑体\"/></w:rPr>";
const SMALL_HEI: &str = "<w:rPr><w:rFonts w:ascii=\"Times New Roman\" w:hAnsi=\"Times New Roman\" w:eastAsia=\"黑体\"/><w:sz \
     w:val=\"18\"/></w:rPr>";
const SONG: &str = "<w:rPr><w:rFonts w:ascii=\"宋体\" w:hAnsi=\"宋体\" w:eastAsia=\"宋体\"/></w:rPr>";

/// Numbers of clauses.
const fn clauses(levels: [&'static str; 9], formats: [&'static str; 2]) -> Pattern {
    Pattern {
        levels,
        formats,
        close: true,
        run: HEI,
    }
}

/// 注： and 示例：, alone or counted.
const fn label(words: &'static str, formats: [&'static str; 2]) -> Pattern {
    Pattern {
        levels: [words; 9],
        formats,
        close: true,
        run: SMALL_HEI,
    }
}

/// Marks of items.
const fn items(levels: [&'static str; 9], formats: [&'static str; 2], run: &'static str) -> Pattern {
    Pattern {
        levels,
        formats,
        close: false,
        run,
    }
}

/// By the number of its list for the first six, then letters, notes, examples.
const PATTERNS: [Pattern; 9] = [
    clauses(CLAUSE, DECIMAL),
    clauses(
        [
            "附录%1", CLAUSE[1], CLAUSE[2], CLAUSE[3], CLAUSE[4], CLAUSE[5], CLAUSE[6], CLAUSE[7], CLAUSE[8],
        ],
        ["upperLetter", "decimal"],
    ),
    clauses(
        [
            "0",
            "0.%2",
            "0.%2.%3",
            "0.%2.%3.%4",
            "0.%2.%3.%4.%5",
            "0.%2.%3.%4.%5.%6",
            "0.%2.%3.%4.%5.%6.%7",
            "0.%2.%3.%4.%5.%6.%7.%8",
            "0.%2.%3.%4.%5.%6.%7.%8.%9",
        ],
        DECIMAL,
    ),
    label("注：", WORDS),
    label("示例：", WORDS),
    items(["——", "·", "·", "·", "·", "·", "·", "·", "·"], WORDS, SONG),
    items(
        ["%1)", "%2)", "%3)", "%4)", "%5)", "%6)", "%7)", "%8)", "%9)"],
        ["lowerLetter", "decimal"],
        "",
    ),
    label("注%1：", DECIMAL),
    label("示例%1：", DECIMAL),
];

/// The lists of a text.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    /// Lists that begin anew: which, and at which level.
    begun: Vec<(Counted, usize)>,
    /// Counts of chapters, annexes and the introduction.
    counts: [[usize; 9]; 3],
}

impl Numbering {
    /// A list that begins anew: its number.
    pub fn begin(&mut self, what: Counted, level: usize) -> usize {
        self.begun.push((what, level));
        FIRST_FREE + self.begun.len() - 1
    }

    /// Counts on in one of the first three lists; whether what Word shows is this number.
    pub fn shows(&mut self, list: usize, level: usize, number: &str) -> bool {
        let Some(counts) = list.checked_sub(1).and_then(|index| self.counts.get_mut(index)) else {
            return false;
        };
        if level >= counts.len() {
            return false;
        }
        let before = *counts;
        for (at, count) in counts.iter_mut().enumerate() {
            if at == level {
                *count += 1;
            } else if at > level {
                *count = 0;
            }
        }
        let mut parts = Vec::new();
        for (at, count) in counts.iter().take(level + 1).enumerate() {
            parts.push(match (list, at) {
                (INTRODUCTION, 0) => "0".to_owned(),
                (ANNEXES, 0) if *count <= 26 => crate::resolve::letter(*count),
                _ => count.to_string(),
            });
        }
        let shown = parts.join(".") == number;
        if !shown {
            *counts = before;
        }
        shown
    }

    /// The part `word/numbering.xml`.
    pub fn print(&self, language: TextLanguage) -> String {
        let mut out = format!("{HEAD}<w:numbering xmlns:w=\"{}\">", super::page::WORD);
        for (index, pattern) in PATTERNS.iter().enumerate() {
            out.push_str(&format!(
                "<w:abstractNum w:abstractNumId=\"{index}\"><w:multiLevelType w:val=\"multilevel\"/>"
            ));
            for level in 0..9 {
                out.push_str(&level_of(index + 1, pattern, level, language));
            }
            out.push_str("</w:abstractNum>");
        }
        for number in CHAPTERS..FIRST_FREE {
            out.push_str(&format!(
                "<w:num w:numId=\"{number}\"><w:abstractNumId w:val=\"{}\"/></w:num>",
                number - 1
            ));
        }
        for (index, (what, level)) in self.begun.iter().enumerate() {
            let pattern = match what {
                Counted::Letters => 6,
                Counted::Notes => 7,
                Counted::Examples => 8,
            };
            out.push_str(&format!(
                "<w:num w:numId=\"{}\"><w:abstractNumId w:val=\"{pattern}\"/><w:lvlOverride w:ilvl=\"{level}\">\
                 <w:startOverride w:val=\"1\"/></w:lvlOverride></w:num>",
                FIRST_FREE + index
            ));
        }
        out.push_str("</w:numbering>");
        out
    }
}

fn level_of(list: usize, pattern: &Pattern, level: usize, language: TextLanguage) -> String {
    let text = pattern.levels.get(level).copied().unwrap_or_default();
    let text = match language {
        TextLanguage::Zh => text,
        TextLanguage::En => in_english(text),
    };
    let [first, below] = pattern.formats;
    let format = if level == 0 { first } else { below };
    let style = match (list, level) {
        (CHAPTERS, level) => CLAUSES.get(level).copied(),
        (ANNEXES, 0) => Some(ANNEX_TITLE),
        (ANNEXES, level) => ANNEX_CLAUSES.get(level - 1).copied(),
        _ => None,
    };
    let style = style.map_or_else(String::new, |id| format!("<w:pStyle w:val=\"{id}\"/>"));
    let (suffix, edge) = if pattern.close {
        (
            "<w:suff w:val=\"nothing\"/>",
            "<w:ind w:left=\"0\" w:firstLine=\"0\"/>".to_owned(),
        )
    } else {
        let left = 840 + 420 * level;
        (
            "",
            format!(
                "<w:tabs><w:tab w:val=\"num\" w:pos=\"{left}\"/></w:tabs><w:ind w:left=\"{left}\" w:hanging=\"420\"/>"
            ),
        )
    };
    format!(
        "<w:lvl w:ilvl=\"{level}\"><w:start w:val=\"1\"/><w:numFmt w:val=\"{format}\"/>{style}{suffix}<w:lvlText \
         w:val=\"{text}\"/><w:lvlJc w:val=\"left\"/><w:pPr>{edge}</w:pPr>{}</w:lvl>",
        pattern.run
    )
}

/// What a list prints in an English text.
fn in_english(text: &'static str) -> &'static str {
    match text {
        "附录%1" => "Annex %1",
        "注：" => "NOTE: ",
        "注%1：" => "NOTE %1: ",
        "示例：" => "EXAMPLE: ",
        "示例%1：" => "EXAMPLE %1: ",
        text => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_as_word_does() {
        let mut lists = Numbering::default();
        assert!(lists.shows(CHAPTERS, 0, "1"));
        assert!(lists.shows(CHAPTERS, 0, "2"));
        assert!(lists.shows(CHAPTERS, 1, "2.1"));
        assert!(lists.shows(CHAPTERS, 2, "2.1.1"));
        assert!(lists.shows(CHAPTERS, 1, "2.2"));
        assert!(lists.shows(CHAPTERS, 2, "2.2.1"));
        assert!(lists.shows(ANNEXES, 0, "A"));
        assert!(lists.shows(ANNEXES, 1, "A.1"));
        assert!(lists.shows(INTRODUCTION, 1, "0.1"));
        assert!(!lists.shows(CHAPTERS, 1, "5.1"), "a number of another text");
        assert!(lists.shows(CHAPTERS, 1, "2.3"), "which did not count");
        assert!(!lists.shows(CHAPTERS, 9, "2.3.1.1.1.1.1.1.1.1"));
    }
}
