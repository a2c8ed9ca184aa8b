//! What carries a number, and the forms in which it is referred to (9.5.5.2).

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
    /// How the text refers to it.
    pub fn reference(&self) -> String {
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

    /// What stands between it and its title: a character, but where it ends with a sign.
    pub(crate) fn gap(&self) -> &'static str {
        match self.kind {
            LabelKind::Part | LabelKind::Section => "",
            _ => "　",
        }
    }

    /// How it stands before its own title or text: `5.2`, `附录A`, `表1`, `图A.1`, `（3）`, `注1：`, `b)`.
    pub fn caption(&self) -> String {
        let number = &self.number;
        match self.kind {
            LabelKind::Part => format!("{number}、"),
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
