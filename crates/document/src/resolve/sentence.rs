//! Sentences and what they are: requirement, instruction, recommendation, permission, capability, statement
//! (3.3 and annex C of GB/T 1.1—2020).

use crate::model::{Block, BlockKind, Clause, Document, ElementKind, Footnote, Id, Inline, Plain, Position, Span};
use serde::Serialize;
use std::collections::BTreeMap;

/// What a sentence is, the weakest first: a clause is what its strongest sentence is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SentenceClass {
    /// 陈述.
    Statement,
    /// 能力: 能.
    Capability,
    /// 允许: 可, 不必.
    Permission,
    /// 推荐: 宜.
    Recommendation,
    /// 指示: what is to be done.
    Instruction,
    /// 要求: 应.
    Requirement,
}

/// In what a sentence stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Within {
    /// Paragraphs and items of the clause.
    Body,
    /// 注, 示例.
    Note,
    /// 示例.
    Example,
    /// A footnote of a table or a figure.
    Footnote,
    /// A definition.
    Definition,
    /// 重要提示.
    Warning,
}

/// One sentence.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Sentence {
    /// The block in which it stands.
    pub block: Id,
    /// Where it stands.
    #[serde(skip)]
    pub span: Span,
    /// Where each of its characters stands.
    #[serde(skip)]
    places: Vec<Position>,
    /// Its text; what is computed is U+FFFC.
    pub text: String,
    /// What it is.
    pub class: SentenceClass,
    /// In what it stands.
    pub within: Within,
}

impl Sentence {
    /// Where these words of it stand; the whole sentence where it does not have them.
    pub fn place_of(&self, words: &str) -> Span {
        self.text.find(words).map_or(self.span, |at| self.place_at(at, words))
    }

    /// Where these words stand that begin at this byte of its text.
    pub fn place_at(&self, at: usize, words: &str) -> Span {
        let first = self.text.get(..at).map_or(0, |before| before.chars().count());
        let last = (first + words.chars().count()).saturating_sub(1);
        match (self.places.get(first), self.places.get(last)) {
            (Some(start), Some(end)) if start.line > 0 => Span::new(*start, end.right(1)),
            _ => self.span,
        }
    }
}

/// The sentences of every clause.
pub(super) fn sentences(document: &Document) -> BTreeMap<Id, Vec<Sentence>> {
    let mut all = BTreeMap::new();
    for element in &document.elements {
        if !matches!(
            element.kind,
            ElementKind::References | ElementKind::Bibliography | ElementKind::Index
        ) {
            clause(&element.clause, &mut all);
        }
    }
    all
}

fn clause(clause_: &Clause, all: &mut BTreeMap<Id, Vec<Sentence>>) {
    let mut found = Vec::new();
    blocks(&clause_.blocks, Within::Body, &mut found);
    if !found.is_empty() {
        all.insert(clause_.id.clone(), found);
    }
    for below in &clause_.clauses {
        clause(below, all);
    }
}

/// The sentences of some blocks, in reading order.
fn blocks(blocks_: &[Block], within: Within, found: &mut Vec<Sentence>) {
    let mut lead = SentenceClass::Statement;
    for block in blocks_ {
        match &block.kind {
            BlockKind::Paragraph(text) => {
                let own = sentences_of(text, &block.id, within);
                let leads = own.last().is_some_and(|last| last.text.ends_with(['：', ':']));
                lead = own
                    .last()
                    .filter(|_| leads)
                    .map_or(SentenceClass::Statement, |last| last.class);
                found.extend(own);
                continue;
            }
            BlockKind::List(list) => {
                let from = found.len();
                for item in &list.items {
                    blocks(&item.blocks, within, found);
                }
                // 应符合下列要求： makes requirements of its items.
                for sentence in found.iter_mut().skip(from) {
                    if sentence.class == SentenceClass::Statement && sentence.within == within {
                        sentence.class = lead;
                    }
                }
            }
            BlockKind::Note(note) => blocks(&note.blocks, Within::Note, found),
            BlockKind::Example(example) => blocks(&example.blocks, Within::Example, found),
            BlockKind::Warning(inner) => blocks(inner, Within::Warning, found),
            BlockKind::Term(term) => blocks(&term.blocks, Within::Definition, found),
            BlockKind::Change(change) => blocks(&change.blocks, within, found),
            BlockKind::Table(table) => {
                blocks(&table.below, within, found);
                footnotes(&table.footnotes, block, found);
            }
            BlockKind::Figure(figure) => {
                blocks(&figure.below, within, found);
                footnotes(&figure.footnotes, block, found);
            }
            _ => {}
        }
        lead = SentenceClass::Statement;
    }
}

fn footnotes(notes: &[Footnote], block: &Block, found: &mut Vec<Sentence>) {
    for note in notes {
        found.extend(sentences_of(&note.text, &block.id, Within::Footnote));
    }
}

/// The sentences of a text, each with its place and class.
pub fn sentences_of(text: &[Inline], block: &Id, within: Within) -> Vec<Sentence> {
    let plain = Plain::of(text);
    let mut found = Vec::new();
    let mut from = 0;
    let ends = plain
        .text
        .char_indices()
        .filter(|(_, c)| matches!(c, '。' | '；' | '！' | '？' | ';' | '\n'))
        .map(|(at, c)| at + c.len_utf8())
        .chain([plain.text.len()]);
    for end in ends {
        let whole = plain.text.get(from..end).unwrap_or_default();
        let start = from + (whole.len() - whole.trim_start().len());
        let sentence = whole.trim();
        if !sentence.is_empty() {
            let last = start + sentence.len();
            found.push(Sentence {
                block: block.clone(),
                span: Span::new(plain.position(start), plain.position(last)),
                places: plain.places(start, last).to_vec(),
                text: sentence.to_owned(),
                class: classify(sentence),
                within,
            });
        }
        from = end;
    }
    found
}

/// Words that hold 应, 宜, 可 or 能 and mean nothing by it.
const COMPOUNDS: &[&str] = &[
    "应用",
    "相应",
    "响应",
    "对应",
    "适应",
    "反应",
    "效应",
    "供应",
    "感应",
    "答应",
    "应答",
    "应急",
    "应力",
    "应变",
    "应收",
    "应付账款",
    "应纳税",
    "应税",
    "应届",
    "顺应",
    "呼应",
    "应对措施",
    "应对能力",
    "应对策略",
    "应对气候",
    "应对突发",
    "应运",
    "应试",
    "应聘",
    "可靠",
    "认可",
    "许可",
    "可见",
    "不可逆",
    "可逆",
    "可行性",
    "可行",
    "可再生",
    "可追溯",
    "可持续",
    "可视",
    "可燃",
    "可用性",
    "可信",
    "可操作",
    "可比性",
    "可得性",
    "可达性",
    "可读",
    "可调",
    "可编程",
    "可移动",
    "可变",
    "可选",
    "尽可能",
    "可溶",
    "可回收",
    "可降解",
    "不可抗力",
    "可访问",
    "可接受",
    "可穿戴",
    "可维护",
    "可扩展",
    "可重复",
    "可复用",
    "可及性",
    "可获得",
    "不可预见",
    "可预见",
    "适宜",
    "便宜",
    "事宜",
    "宜居",
    "相宜",
    "合宜",
    "宜昌",
    "宜宾",
    "宜春",
    "宜兴",
    "功能",
    "性能",
    "智能",
    "能源",
    "能量",
    "能力",
    "能耗",
    "节能",
    "能效",
    "产能",
    "职能",
    "机能",
    "技能",
    "核能",
    "太阳能",
    "光能",
    "效能",
    "动能",
    "势能",
    "热能",
    "电能",
    "风能",
    "氢能",
    "储能",
    "能级",
    "能见度",
    "可能",
    "不可能",
    "只能",
    "才能",
    "新能",
    "能动",
    "允许偏差",
    "允许误差",
    "允许值",
    "许可证",
    "建议书",
    "推荐性",
    "禁止标志",
    "必须性",
];

/// The words of clauses, the strongest first.
const BINDING: &[&str] = &[
    "应",
    "必须",
    "不得",
    "禁止",
    "严禁",
    "不准许",
    "只准许",
    "不可",
    "须",
    "宜",
    "推荐",
    "建议",
    "可",
    "不必",
    "允许",
    "无须",
    "无需",
];

/// The first word by which a sentence is a requirement, a recommendation or a permission: the byte, and the word.
pub fn binding_word(sentence: &str) -> Option<(usize, &'static str)> {
    let text = blanked(sentence);
    BINDING
        .iter()
        .filter_map(|word| text.find(word).map(|at| (at, *word)))
        .min_by_key(|(at, word)| (*at, std::cmp::Reverse(word.len())))
}

/// The sentence with names, quotations and compounds blanked, byte for byte.
fn blanked(sentence: &str) -> String {
    let mut text = String::with_capacity(sentence.len());
    let mut depth = 0_u32;
    for c in sentence.chars() {
        if matches!(c, '《' | '“' | '「') {
            depth += 1;
        }
        let blank = depth > 0;
        if matches!(c, '》' | '”' | '」') {
            depth = depth.saturating_sub(1);
        }
        if blank {
            text.extend(std::iter::repeat_n(' ', c.len_utf8()));
        } else {
            text.push(c);
        }
    }
    for compound in COMPOUNDS {
        if text.contains(compound) {
            text = text.replace(compound, &" ".repeat(compound.len()));
        }
    }
    text
}

/// What a sentence is. Words in 《》 and “” are names and quotations, and count for nothing.
pub fn classify(sentence: &str) -> SentenceClass {
    let text = masked(sentence);
    let has = |words: &[&str]| words.iter().any(|word| text.contains(word));
    if has(&["应", "必须", "不得", "禁止", "严禁", "不准许", "只准许", "不可", "须"])
        && !only(&text, "须", &["无须", "不须"])
    {
        return SentenceClass::Requirement;
    }
    if has(&["宜", "推荐", "建议"]) {
        return SentenceClass::Recommendation;
    }
    if has(&["可", "不必", "允许", "无须", "无需"]) {
        return SentenceClass::Permission;
    }
    if has(&["能"]) {
        return SentenceClass::Capability;
    }
    if instructs(&text) {
        return SentenceClass::Instruction;
    }
    SentenceClass::Statement
}

/// Whether the word stands nowhere but in these longer ones, and no other word of a requirement is there.
fn only(text: &str, word: &str, longer: &[&str]) -> bool {
    let rest = longer.iter().fold(text.to_owned(), |text, long| text.replace(long, ""));
    let others = ["应", "必须", "不得", "禁止", "严禁", "不准许", "只准许", "不可"];
    !rest.contains(word) && !others.iter().any(|other| rest.contains(other))
}

fn masked(sentence: &str) -> String {
    let mut text = String::with_capacity(sentence.len());
    let mut depth = 0_u32;
    for c in sentence.chars() {
        match c {
            '《' | '“' | '「' => depth += 1,
            '》' | '”' | '」' => depth = depth.saturating_sub(1),
            c if depth == 0 => text.push(c),
            _ => {}
        }
    }
    for compound in COMPOUNDS {
        if text.contains(compound) {
            text = text.replace(compound, "＿");
        }
    }
    text
}

/// What an instruction begins with: a verb, or what it is done with or by.
const VERBS: &[&str] = &[
    "按", "依据", "依照", "参照", "将", "用", "取", "加", "放", "打开", "关闭", "启动", "停止", "称取", "量取", "吸取",
    "记录", "计算", "测量", "测定", "检查", "检验", "核对", "核查", "核实", "采用", "使用", "安装", "拆除", "选择",
    "选取", "确定", "重复", "填写", "提交", "通过", "查阅", "查验", "收集", "整理", "统计", "抽取", "随机", "保持",
    "调节", "调整", "连接", "断开", "清洗", "擦拭", "加热", "冷却", "静置", "搅拌", "过滤", "观察", "读取", "绘制",
    "标记", "标识", "登记", "归档", "公布", "公示", "告知", "通知", "组织", "开展", "对", "从", "在",
];

fn instructs(text: &str) -> bool {
    let text = text.trim_start_matches(['＿', '（', '(']);
    let begins = VERBS.iter().any(|verb| text.starts_with(verb));
    // 在……中，…… and 对……而言 say where something holds; an instruction then has a verb of doing.
    let weak = ["对", "从", "在", "通过"].iter().any(|word| text.starts_with(word));
    begins
        && (!weak
            || ["进行", "检验", "测量", "测定", "计算", "评价", "取样", "抽样"]
                .iter()
                .any(|verb| text.contains(verb)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn modal_verbs_are_told_from_compounds() {
        use SentenceClass::{Capability, Instruction, Permission, Recommendation, Requirement, Statement};
        for (sentence, class) in [
            ("组件的外观应完好", Requirement),
            ("不应使用明火", Requirement),
            ("必须遵守国家有关规定", Requirement),
            ("宜采用自动方式", Recommendation),
            ("可使用纸质记录", Permission),
            ("无须重新检验", Permission),
            ("设备能连续运行24 h", Capability),
            ("按公式（1）计算综合得分", Instruction),
            ("在25 ℃下进行测量", Instruction),
            ("本文件适用于智能终端的应用", Statement),
            ("功能和性能的响应时间见表1", Statement),
            ("该值可能偏大", Statement),
            ("在供应链中，能源由许可单位提供", Statement),
            ("《应急管理办法》适用", Statement),
        ] {
            assert_eq!(classify(sentence), class, "{sentence}");
        }
    }
}
