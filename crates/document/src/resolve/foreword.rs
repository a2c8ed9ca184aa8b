//! The foreword (8.3): generated from the front matter, the author's paragraphs where they belong.

use crate::model::{Block, BlockKind, Document, ElementKind, FrontMatter, List, ListItem, ListStyle, Plain, Span};
use serde::Serialize;

/// Where a paragraph of the foreword belongs, in the order of 8.3.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Slot {
    /// a) 起草所依据的标准.
    Rules,
    /// b) 与其他文件、部分的关系.
    Relations,
    /// c) 代替 and the main technical changes.
    Replaces,
    /// d) 与国际文件的关系.
    Adoption,
    /// e) 专利.
    Patents,
    /// f) 提出.
    Proposer,
    /// f) 归口.
    Owner,
    /// g) 起草单位.
    Organizations,
    /// g) 主要起草人.
    People,
    /// h) 历次版本.
    History,
}

/// A paragraph of the foreword with its place.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ForewordPart {
    /// Where it belongs.
    pub slot: Slot,
    /// What it says.
    pub block: Block,
    /// Whether it is made from the front matter; else the author wrote it.
    pub generated: bool,
}

/// 8.3 a).
pub const RULES: &str = "本文件按照GB/T 1.1—2020《标准化工作导则　第1部分：标准化文件的结构和起草规则》的规定起草。";
/// D.2.
pub const PATENTS: &str = "请注意本文件的某些内容可能涉及专利。本文件的发布机构不承担识别专利的责任。";

/// The foreword in its order. What the author wrote for a slot takes the place of the generated sentence.
pub(super) fn foreword(document: &Document) -> Vec<ForewordPart> {
    let mut parts = written(document);
    let own: Vec<Slot> = parts.iter().map(|part| part.slot).collect();
    for (slot, block) in generated(&document.front) {
        if !own.contains(&slot) {
            parts.push(ForewordPart {
                slot,
                block,
                generated: true,
            });
        }
    }
    // Stable: paragraphs of one slot keep their order. The author's own order is lint's matter (FWD-03).
    parts.sort_by_key(|part| part.slot);
    parts
}

fn written(document: &Document) -> Vec<ForewordPart> {
    let Some(element) = document.element(ElementKind::Foreword) else {
        return Vec::new();
    };
    let mut last = Slot::Rules;
    element
        .clause
        .blocks
        .iter()
        .filter(|block| !matches!(block.kind, BlockKind::Comment(_)))
        .map(|block| {
            if let BlockKind::Paragraph(text) = &block.kind {
                last = slot_of(&Plain::of(text).text).unwrap_or_else(|| last.max(Slot::Relations));
            }
            ForewordPart {
                slot: last,
                block: block.clone(),
                generated: false,
            }
        })
        .collect()
}

/// The slot that the words of a paragraph show.
pub(super) fn slot_of(text: &str) -> Option<Slot> {
    let has = |words: &[&str]| words.iter().any(|word| text.contains(word));
    Some(if has(&["规定起草", "规则起草", "的规则编写"]) {
        Slot::Rules
    } else if has(&["历次版本", "首次发布"]) {
        Slot::History
    } else if has(&["主要起草人"]) {
        Slot::People
    } else if has(&["起草单位"]) {
        Slot::Organizations
    } else if has(&["归口"]) {
        Slot::Owner
    } else if has(&["提出。"]) {
        Slot::Proposer
    } else if has(&["专利"]) {
        Slot::Patents
    } else if has(&["等同采用", "修改采用", "非等效", "一致性程度"]) {
        Slot::Adoption
    } else if has(&["本文件代替", "主要技术变化", "部分代替"]) {
        Slot::Replaces
    } else if has(&["部分。", "部分：", "系列"]) {
        Slot::Relations
    } else {
        return None;
    })
}

fn generated(front: &FrontMatter) -> Vec<(Slot, Block)> {
    let data = &front.foreword;
    let mut parts = vec![(Slot::Rules, Block::paragraph(RULES))];
    parts.extend(part(front).map(|text| (Slot::Relations, Block::paragraph(text))));
    parts.extend(replaced(front).into_iter().map(|block| (Slot::Replaces, block)));
    if let Some(adopts) = &front.adopts {
        let how = match adopts.degree {
            crate::model::Degree::Idt => "等同采用",
            crate::model::Degree::Mod => "修改采用",
            crate::model::Degree::Neq => "参考",
        };
        let rest = match adopts.degree {
            crate::model::Degree::Neq => "起草，一致性程度为非等效。",
            _ => "。",
        };
        parts.push((
            Slot::Adoption,
            Block::paragraph(format!("本文件{how}{}{rest}", adopts.doc)),
        ));
    }
    if data.patents.is_empty() {
        parts.push((Slot::Patents, Block::paragraph(PATENTS)));
    }
    let committee = data.committee.as_deref();
    let named = |name: &str| match committee {
        Some(number) if name.contains("委员会") && !name.contains("TC") => format!("{name}（{number}）"),
        _ => name.to_owned(),
    };
    match (&data.proposer, &data.owner) {
        (Some(proposer), Some(owner)) if proposer == owner => {
            parts.push((
                Slot::Owner,
                Block::paragraph(format!("本文件由{}提出并归口。", named(owner))),
            ));
        }
        (proposer, owner) => {
            if let Some(proposer) = proposer {
                parts.push((
                    Slot::Proposer,
                    Block::paragraph(format!("本文件由{}提出。", named(proposer))),
                ));
            }
            if let Some(owner) = owner {
                parts.push((Slot::Owner, Block::paragraph(format!("本文件由{}归口。", named(owner)))));
            }
        }
    }
    if !data.organizations.is_empty() {
        let names = data.organizations.join("、");
        parts.push((
            Slot::Organizations,
            Block::paragraph(format!("本文件起草单位：{names}。")),
        ));
    }
    if !data.people.is_empty() {
        let names = data.people.join("、");
        parts.push((Slot::People, Block::paragraph(format!("本文件主要起草人：{names}。"))));
    }
    if data.history.is_empty() {
        if front.replaces.is_empty() {
            parts.push((Slot::History, Block::paragraph("本文件为首次发布。")));
        }
    } else {
        parts.push((
            Slot::History,
            Block::paragraph("本文件及其所代替文件的历次版本发布情况为："),
        ));
        parts.push((Slot::History, list(ListStyle::Dash, &data.history)));
    }
    parts
}

/// 本文件是GB/T N的第n部分。
fn part(front: &FrontMatter) -> Option<String> {
    let designation = front.designation.as_ref()?;
    let part = designation.part()?.as_str().to_owned();
    let text = designation.to_string();
    let whole = text.split(&format!(".{part}")).next()?.to_owned();
    Some(format!("本文件是{whole}的第{part}部分。"))
}

fn replaced(front: &FrontMatter) -> Vec<Block> {
    if front.replaces.is_empty() {
        return Vec::new();
    }
    let old = front.replaces.join("、");
    let changes = &front.foreword.changes;
    if changes.is_empty() {
        return vec![Block::paragraph(format!("本文件代替{old}。"))];
    }
    vec![
        Block::paragraph(format!(
            "本文件代替{old}，与{old}相比，除结构调整和编辑性改动外，主要技术变化如下："
        )),
        list(ListStyle::Ordered, changes),
    ]
}

fn list(style: ListStyle, texts: &[String]) -> Block {
    let count = texts.len();
    Block::new(BlockKind::List(List {
        style,
        items: texts
            .iter()
            .enumerate()
            .map(|(index, text)| {
                let text = text.trim_end_matches(['；', '。', ';']);
                let end = if index + 1 == count { '。' } else { '；' };
                ListItem {
                    id: crate::model::Id::default(),
                    span: Span::NOWHERE,
                    typed_marker: None,
                    blocks: vec![Block::paragraph(format!("{text}{end}"))],
                }
            })
            .collect(),
    }))
}
