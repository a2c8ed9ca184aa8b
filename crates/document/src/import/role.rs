//! What a paragraph is taken for, by the five kinds of evidence in their order: the name of its style, its numbering,
//! its outline level, its words, its look.

use super::line::Line;
use super::numbering::LabelKind;
use super::words::{
    annex_mark, annex_number, attachment, bare_element, bare_number, caption, folded, item, labelled, typed_number,
};
use crate::model::ElementKind;

/// What a paragraph is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Empty,
    /// Made anew.
    Contents,
    EndLine,
    Cover,
    /// 正文首页: the title once more.
    Title,
    /// An element without a number.
    Element(ElementKind),
    Annex,
    /// With a title; 0 is a chapter.
    Clause(usize),
    /// 无标题条.
    Untitled(usize),
    Text,
    Item(Item),
    /// What follows in the same item, note or example.
    ItemText,
    Note,
    NoteText,
    Example,
    ExampleText,
    TableTitle,
    FigureTitle,
    PartTitle,
    Unit,
    Picture,
    Key,
    ObjectNote,
    Formula,
    Where,
    Symbol,
    TermNumber,
    TermWords,
    Source,
    Warning,
    Listing,
    Change,
    Unplaced,
}

/// How an item is marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Item {
    /// a), 1), else a sign.
    pub counted: bool,
    pub level: usize,
    /// 1), 2).
    pub digits: bool,
}

/// A role, how sure it is in per cent, and by what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Taken {
    pub role: Role,
    pub confidence: u8,
    pub by: &'static str,
}

impl Role {
    /// The word of the report.
    pub fn word(self) -> &'static str {
        match self {
            Self::Empty | Self::EndLine => "nothing",
            Self::Contents => "contents",
            Self::Cover => "cover",
            Self::Title => "title",
            Self::Element(_) => "element",
            Self::Annex => "annex",
            Self::Clause(_) => "clause",
            Self::Untitled(_) => "untitled_clause",
            Self::Text => "paragraph",
            Self::Item(_) | Self::ItemText => "item",
            Self::Note | Self::NoteText => "note",
            Self::Example | Self::ExampleText => "example",
            Self::TableTitle => "table_title",
            Self::FigureTitle | Self::PartTitle => "figure_title",
            Self::Unit => "unit",
            Self::Picture => "picture",
            Self::Key => "key",
            Self::ObjectNote => "footnote",
            Self::Formula => "formula",
            Self::Where | Self::Symbol => "symbol",
            Self::TermNumber | Self::TermWords => "term",
            Self::Source => "source",
            Self::Warning => "warning",
            Self::Listing => "listing",
            Self::Change => "change",
            Self::Unplaced => "unplaced",
        }
    }

    /// The level of a heading.
    pub fn level(self) -> Option<usize> {
        match self {
            Self::Element(_) | Self::Annex => Some(0),
            Self::Clause(level) => Some(level),
            _ => None,
        }
    }
}

/// Where a paragraph stands, as far as that tells what it is.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Context {
    /// Whether terms may stand here.
    pub terms: bool,
    /// Whether an annex has begun.
    pub annex: bool,
    /// The level of the heading before.
    pub level: usize,
    /// Whether anything of the body came before.
    pub begun: bool,
}

/// What the paragraph is.
pub(super) fn take(line: &Line, context: Context) -> Taken {
    let taken = |role: Role, confidence: u8, by: &'static str| Taken { role, confidence, by };
    if line.contents {
        return taken(Role::Contents, 95, "style");
    }
    let nothing = line.inlines.is_empty();
    if let Some(role) = by_style(line)
        && (!nothing || matches!(role, Role::TermNumber))
    {
        return taken(role, if line.own_style { 98 } else { 95 }, "style");
    }
    if nothing {
        let number = line
            .label
            .as_ref()
            .is_some_and(|label| matches!(label.kind, LabelKind::Clause | LabelKind::Annex));
        return if number {
            taken(Role::TermNumber, 70, "numbering")
        } else {
            taken(Role::Empty, 100, "text")
        };
    }
    if let Some(role) = by_numbering(line) {
        return taken(role, 88, "numbering");
    }
    if let Some(level) = line.outline
        && !is_sentence(&line.text)
        && width(&line.text) <= 60.0
    {
        let role = bare_element(&line.text).map_or(Role::Clause(level), Role::Element);
        let role = if annex_mark(&line.text).is_some() {
            Role::Annex
        } else {
            role
        };
        return taken(role, 80, "outline");
    }
    if let Some(told) = &line.told {
        return **told;
    }
    if let Some((role, confidence)) = by_words(line, context) {
        return taken(role, confidence, "text");
    }
    if let Some((role, confidence)) = by_look(line, context) {
        return taken(role, confidence, "look");
    }
    match line.style.as_str() {
        "段" => taken(Role::Text, 95, "style"),
        _ => taken(Role::Text, 65, "place"),
    }
}

/// 一 … 五 at the start: the level of 一级条标题.
fn chinese_level(name: &str) -> Option<(usize, &str)> {
    let mut letters = name.chars();
    let level = "一二三四五".chars().position(|c| letters.clone().next() == Some(c))? + 1;
    letters.next();
    Some((level, letters.as_str()))
}

/// By the names of the drafting template, of today and of 2009, and Word's own headings.
fn by_style(line: &Line) -> Option<Role> {
    let name = line.style.as_str();
    let item = |counted: bool, level: usize| {
        Some(Role::Item(Item {
            counted,
            level,
            digits: counted && level == 1,
        }))
    };
    let text = folded(&line.text);
    if let Some(role) = by_level_of_style(line) {
        return Some(role);
    }
    match name {
        "章标题" => Some(Role::Clause(0)),
        "前言、引言标题" | "参考文献、索引标题" | "前言标题" | "引言标题" | "参考文献标题" | "索引标题" => {
            Some(bare_element(&line.text).map_or(Role::Clause(0), Role::Element))
        }
        "目次、标准名称标题" | "目录标题" | "目次标题" | "正文标准名称" | "TOC Heading" | "TOC 标题" => {
            if matches!(text.as_str(), "目次" | "目录" | "Contents" | "CONTENTS") {
                Some(Role::Contents)
            } else {
                Some(bare_element(&line.text).map_or(Role::Title, Role::Element))
            }
        }
        "附录标识" => Some(Role::Annex),
        "破折号列项（一级）" | "列项——（一级）" | "列项——" => item(false, 0),
        "圆点列项（二级）" | "列项●（二级）" | "列项·" | "列项·（二级）" => item(false, 1),
        "列项◆（三级）" => item(false, 2),
        "字母编号列项（一级）" => item(true, 0),
        "数字编号列项（二级）" => item(true, 1),
        "编号列项（三级）" => item(true, 2),
        "列项续段" => Some(Role::ItemText),
        "注：" | "注×：" | "注" => Some(Role::Note),
        "注续段" => Some(Role::NoteText),
        "示例：" | "示例×：" | "示例" => Some(Role::Example),
        "示例续段" => Some(Role::ExampleText),
        "正文表标题" | "附录表标题" | "Table Caption" => Some(Role::TableTitle),
        "正文图标题" | "附录图标题" | "Image Caption" => Some(Role::FigureTitle),
        "分图标题" => Some(Role::PartTitle),
        "单位陈述" => Some(Role::Unit),
        "图" if line.pictures > 0 => Some(Role::Picture),
        "标引序号说明" => Some(Role::Key),
        "图表脚注" => Some(Role::ObjectNote),
        "正文公式" => Some(Role::Formula),
        "式中" => Some(Role::Where),
        "公式释文" => Some(Role::Symbol),
        "术语条" => Some(Role::TermNumber),
        "术语" => Some(Role::TermWords),
        "重要提示" => Some(Role::Warning),
        "代码" | "HTML 预设格式" | "HTML Preformatted" | "Source Code" => Some(Role::Listing),
        "修改" => Some(Role::Change),
        "未归位" => Some(Role::Unplaced),
        "终结线" | "空行" => Some(Role::EndLine),
        "文献分类号" | "发布日期" | "实施日期" | "发布部门" | "其他发布部门" | "标准称谓" | "其他标准称谓"
        | "标准标志" => Some(Role::Cover),
        _ if name.starts_with("封面") || name.starts_with("c封面") => Some(Role::Cover),
        _ if line.own_style && COVER.contains(&name) => Some(Role::Cover),
        _ if line.own_style && name == "段" && text.starts_with("[来源：") => Some(Role::Source),
        _ => None,
    }
}

/// The cover's styles that only the template of today has.
const COVER: [&str; 13] = [
    "文件编号",
    "代替信息",
    "封面线",
    "文件名称",
    "英文名称",
    "一致性程度标识",
    "文稿类别",
    "文稿完成日期",
    "专利征集",
    "发布日期",
    "实施日期",
    "发布机构",
    "标准称谓",
];

/// Styles that say a level.
fn by_level_of_style(line: &Line) -> Option<Role> {
    let name = line.style.as_str();
    if let Some((level, rest)) = chinese_level(name) {
        return match rest {
            "级条标题" => Some(Role::Clause(level)),
            "级无标题" | "级无标题条" | "级无条标题" => Some(Role::Untitled(level)),
            _ => None,
        };
    }
    if let Some(rest) = name.strip_prefix("附录") {
        if rest == "章标题" {
            return Some(Role::Clause(1));
        }
        let (level, rest) = chinese_level(rest)?;
        // The template of 2009 counts from its 附录章标题, which is A.1.
        let level = match &line.label {
            Some(label) if label.kind == LabelKind::Annex => label.shown.matches('.').count().max(1),
            _ if line.own_style => level,
            _ => level + 1,
        };
        return match rest {
            "级条标题" => Some(Role::Clause(level)),
            "级无标题" | "级无标题条" => Some(Role::Untitled(level)),
            _ => None,
        };
    }
    let lower = name.to_lowercase();
    let level = lower
        .strip_prefix("heading ")
        .or_else(|| lower.strip_prefix("标题 "))
        .or_else(|| lower.strip_prefix("标题"))?;
    let level: usize = level.trim().parse().ok().filter(|level| (1..=9).contains(level))?;
    if annex_mark(&line.text).is_some() || attachment(&line.text) {
        return Some(Role::Annex);
    }
    if let Some(kind) = bare_element(&line.text) {
        return Some(Role::Element(kind));
    }
    if bare_number(&line.text) {
        return Some(Role::TermNumber);
    }
    // The number says the level better than the style, where there is one.
    let level = match &line.label {
        Some(label) if matches!(label.kind, LabelKind::Clause | LabelKind::Annex) => dots(&label.shown),
        _ => typed_number(&line.text).map_or(level - 1, |(level, ..)| level),
    };
    Some(Role::Clause(level))
}

/// How deep a number is.
fn dots(shown: &str) -> usize {
    shown.trim_end_matches(['.', '．']).matches(['.', '．']).count()
}

fn by_numbering(line: &Line) -> Option<Role> {
    let label = line.label.as_ref()?;
    match label.kind {
        LabelKind::Nothing => None,
        LabelKind::Clause => {
            let level = dots(&label.shown);
            Some(clause(level, &line.text))
        }
        LabelKind::Annex => Some(match dots(&label.shown) {
            0 => Role::Annex,
            level => clause(level, &line.text),
        }),
        LabelKind::Word => Some(if label.shown.starts_with('注') {
            Role::Note
        } else {
            Role::Example
        }),
        LabelKind::Sign => Some(Role::Item(Item {
            counted: false,
            level: label.level,
            digits: false,
        })),
        LabelKind::Item => Some(Role::Item(Item {
            counted: true,
            level: label.level,
            digits: label.shown.starts_with(|c: char| c.is_ascii_digit()),
        })),
    }
}

/// Titled or not, by its words.
fn clause(level: usize, text: &str) -> Role {
    if is_sentence(text) && level > 0 {
        Role::Untitled(level)
    } else {
        Role::Clause(level)
    }
}

pub(super) fn is_sentence(text: &str) -> bool {
    let end = text.trim_end();
    end.ends_with(['。', '；', '：', '，', ':', ';']) || end.contains('。') || width(end) > 45.0
}

fn by_words(line: &Line, context: Context) -> Option<(Role, u8)> {
    let text = line.text.as_str();
    let short = !is_sentence(text);
    if let Some(kind) = bare_element(text)
        && (line.centred || line.look.bold == Some(true) || line.look.hei == Some(true))
    {
        return Some((Role::Element(kind), 85));
    }
    if annex_mark(text).is_some_and(|(_, rest)| rest.is_empty() || rest.starts_with(['（', '(']) || line.centred)
        && short
    {
        return Some((Role::Annex, 85));
    }
    if attachment(text) {
        return Some((Role::Annex, 75));
    }
    if let Some((level, ..)) = annex_number(text)
        && context.annex
    {
        return Some((clause(level, text), 75));
    }
    if let Some((level, ..)) = typed_number(text)
        && (context.begun || level == 0)
        && (level > 0 || short)
    {
        return Some((clause(level, text), if short { 78 } else { 65 }));
    }
    if caption(text, '表').is_some() && line.pictures == 0 {
        return Some((Role::TableTitle, 82));
    }
    if caption(text, '图').is_some() {
        return Some((Role::FigureTitle, 82));
    }
    if labelled(text, &["注", "NOTE", "Note"]).is_some() {
        return Some((Role::Note, 85));
    }
    if labelled(text, &["示例", "EXAMPLE", "Example"]).is_some() {
        return Some((Role::Example, 85));
    }
    if text.starts_with("[来源：") || text.starts_with("[SOURCE:") {
        return Some((Role::Source, 90));
    }
    if matches!(folded(text).as_str(), "式中：" | "式中:" | "式中") {
        return Some((Role::Where, 90));
    }
    if let Some(unit) = text.strip_prefix("单位为").or_else(|| text.strip_prefix("单位："))
        && width(unit) <= 12.0
        && short
    {
        return Some((Role::Unit, 75));
    }
    if line.pictures > 0 && text.trim().is_empty() {
        return Some((Role::Picture, 80));
    }
    if !line.formulas.is_empty() {
        let rest = line
            .formulas
            .iter()
            .fold(text.to_owned(), |rest, latex| rest.replacen(latex.as_str(), "", 1));
        let outside = rest
            .chars()
            .filter(|c| !c.is_whitespace() && !"（）()…·.．—,，;；".contains(*c) && !c.is_ascii_alphanumeric())
            .count();
        if outside == 0 && width(&rest) <= 30.0 {
            return Some((Role::Formula, 80));
        }
    }
    let (counted, level, _) = item(text)?;
    let digits = counted && level == 1;
    Some((Role::Item(Item { counted, level, digits }), 80))
}

/// A single line in 黑体 without a full stop.
fn by_look(line: &Line, context: Context) -> Option<(Role, u8)> {
    let heavy = line.look.bold == Some(true) || line.look.hei == Some(true);
    let short = width(&line.text) <= 40.0 && !is_sentence(&line.text);
    if !heavy || !short || line.centred || line.boxed || !context.begun || line.pictures > 0 {
        return None;
    }
    if context.terms {
        return Some((Role::TermWords, 55));
    }
    let latin = line.text.is_ascii();
    (!latin && context.level > 0).then_some((Role::Clause(context.level), 45))
}

/// In characters: a letter is half of one.
pub(super) fn width(text: &str) -> f64 {
    text.chars().map(|c| if c.is_ascii() { 0.5 } else { 1.0 }).sum()
}
