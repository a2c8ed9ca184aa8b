//! What carries a number, and the forms in which it is referred to (9.5.5.2).

use crate::model::TextLanguage;
use serde::Serialize;

/// A number and what carries it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Label {
    /// What carries it.
    pub kind: LabelKind,
    /// The number alone: `4`, `5.2`, `A`, `A.1`, `1` (of 图1), `A.1` (of 表A.1), `b)` (of an item), empty where a note
    /// is alone or an element has no number.
    pub number: String,
    /// The number of the clause in which it stands; for an item what precedes it: `9.3.3`, `9.3.3 b)`.
    pub within: String,
}

/// What carries a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum LabelKind {
    /// 章.
    Chapter,
    /// 条, of a chapter, an annex or the introduction.
    Clause,
    /// 一、二、…: a chapter of a report.
    Part,
    /// （一）（二）…: a clause of a report's chapter.
    Section,
    /// 附录.
    Annex,
    /// 前言, 引言, 参考文献, 索引: by its title.
    Titled,
    /// 术语条目.
    Term,
    /// 表.
    Table,
    /// 图.
    Figure,
    /// 分图.
    SubFigure,
    /// 公式.
    Formula,
    /// 注.
    Note,
    /// 示例.
    Example,
    /// 列项.
    Item,
}

impl Label {
    /// How a text in this language refers to it.
    pub fn reference(&self, language: TextLanguage) -> String {
        match language {
            TextLanguage::Zh => self.chinese_reference(),
            TextLanguage::En => self.english_reference(),
        }
    }

    fn chinese_reference(&self) -> String {
        let Self { number, within, .. } = self;
        match self.kind {
            LabelKind::Chapter => format!("第{number}章"),
            LabelKind::Clause | LabelKind::Term | LabelKind::Titled => number.clone(),
            LabelKind::Part => format!("第{number}部分"),
            LabelKind::Section => format!("{within}（{number}）"),
            LabelKind::Annex => format!("附录{number}"),
            LabelKind::Table => format!("表{number}"),
            LabelKind::Figure => format!("图{number}"),
            LabelKind::SubFigure => format!("图{within} {number}"),
            LabelKind::Formula => format!("公式（{number}）"),
            LabelKind::Note | LabelKind::Example => {
                let word = if self.kind == LabelKind::Note { "注" } else { "示例" };
                if within.is_empty() {
                    format!("{word}{number}")
                } else {
                    format!("{within}的{word}{number}")
                }
            }
            LabelKind::Item if within.is_empty() => number.clone(),
            LabelKind::Item => format!("{within} {number}"),
        }
    }

    fn english_reference(&self) -> String {
        let Self { number, within, .. } = self;
        match self.kind {
            LabelKind::Chapter => format!("Clause {number}"),
            LabelKind::Clause | LabelKind::Term | LabelKind::Titled => number.clone(),
            LabelKind::Part => format!("Part {number}"),
            LabelKind::Section => format!("{within} ({number})"),
            LabelKind::Annex => format!("Annex {number}"),
            LabelKind::Table => format!("Table {number}"),
            LabelKind::Figure => format!("Figure {number}"),
            LabelKind::SubFigure => format!("Figure {within} {number}"),
            LabelKind::Formula => format!("Formula ({number})"),
            LabelKind::Note | LabelKind::Example => {
                let word = if self.kind == LabelKind::Note {
                    "Note"
                } else {
                    "Example"
                };
                let own = format!("{word} {number}");
                match within.as_str() {
                    "" => own.trim_end().to_owned(),
                    within => format!("{within}, {}", own.trim_end()),
                }
            }
            LabelKind::Item if within.is_empty() => number.clone(),
            LabelKind::Item => format!("{within} {number}"),
        }
    }

    /// What stands between it and its title: a character, but where it ends with a sign.
    pub(crate) fn gap(&self) -> &'static str {
        match self.kind {
            LabelKind::Part | LabelKind::Section => "",
            _ => "　",
        }
    }

    /// How it stands before its own title or text: `5.2`, `附录A`, `表1`, `图A.1`, `（3）`, `注1：`, `b)`; `Annex A`,
    /// `Table 1`, `Figure A.1`, `(3)`, `NOTE 1: `.
    pub fn caption(&self, language: TextLanguage) -> String {
        let number = &self.number;
        let in_english = language == TextLanguage::En;
        match self.kind {
            LabelKind::Part => format!("{number}、"),
            LabelKind::Formula if in_english => format!("({number})"),
            LabelKind::Annex | LabelKind::Table | LabelKind::Figure if in_english => self.english_reference(),
            LabelKind::Note if in_english => format!("{}: ", format!("NOTE {number}").trim_end()),
            LabelKind::Example if in_english => format!("{}: ", format!("EXAMPLE {number}").trim_end()),
            LabelKind::Formula | LabelKind::Section => format!("（{number}）"),
            LabelKind::Annex => format!("附录{number}"),
            LabelKind::Table => format!("表{number}"),
            LabelKind::Figure => format!("图{number}"),
            LabelKind::Note => format!("注{number}："),
            LabelKind::Example => format!("示例{number}："),
            LabelKind::Titled => String::new(),
            LabelKind::Chapter | LabelKind::Clause | LabelKind::Term | LabelKind::SubFigure | LabelKind::Item => {
                number.clone()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_carries_a_number_is_called_in_the_language_of_the_text() {
        let label = |kind, number: &str, within: &str| Label {
            kind,
            number: number.to_owned(),
            within: within.to_owned(),
        };
        for (label, chinese, english, caption) in [
            (label(LabelKind::Chapter, "4", ""), "第4章", "Clause 4", "4"),
            (label(LabelKind::Annex, "B", ""), "附录B", "Annex B", "Annex B"),
            (label(LabelKind::Table, "A.1", "A.2"), "表A.1", "Table A.1", "Table A.1"),
            (label(LabelKind::SubFigure, "b)", "2"), "图2 b)", "Figure 2 b)", "b)"),
            (label(LabelKind::Formula, "3", "5"), "公式（3）", "Formula (3)", "(3)"),
            (
                label(LabelKind::Note, "2", "5.1"),
                "5.1的注2",
                "5.1, Note 2",
                "NOTE 2: ",
            ),
            (
                label(LabelKind::Example, "", "5.1"),
                "5.1的示例",
                "5.1, Example",
                "EXAMPLE: ",
            ),
            (label(LabelKind::Item, "b)", "9.3.3"), "9.3.3 b)", "9.3.3 b)", "b)"),
        ] {
            assert_eq!(label.reference(TextLanguage::Zh), chinese);
            assert_eq!(label.reference(TextLanguage::En), english);
            assert_eq!(label.caption(TextLanguage::En), caption);
        }
    }
}
