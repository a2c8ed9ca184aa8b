//! Styles: names, and what they bring.

use super::tree::Node;
use std::collections::{BTreeMap, BTreeSet};

/// How letters look, as far as it tells what a line is.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Look {
    pub bold: Option<bool>,
    /// 黑体.
    pub hei: Option<bool>,
    pub italic: Option<bool>,
    /// A face in which all letters are of one width.
    pub mono: Option<bool>,
    /// `subscript` or `superscript`: -1, 1.
    pub script: Option<i8>,
    /// A dot under each character.
    pub dotted: Option<bool>,
    pub hidden: Option<bool>,
    /// In half points.
    pub size: Option<u32>,
}

impl Look {
    /// From `w:rPr`.
    pub fn of(properties: &Node) -> Self {
        let flag = |name: &str| properties.child(name).map(|_| properties.is_on(name));
        let fonts = properties.child("w:rFonts");
        let face = |name: &str| fonts.and_then(|fonts| fonts.get(name));
        Self {
            bold: flag("w:b"),
            hei: face("w:eastAsia")
                .map(|face| face.contains("黑体") || face.contains("SimHei") || face.contains("Hei")),
            italic: flag("w:i"),
            mono: face("w:ascii").map(|face| {
                ["Consolas", "Courier", "Mono", "Lucida Console"]
                    .iter()
                    .any(|name| face.contains(name))
            }),
            script: properties.child("w:vertAlign").map(|node| match node.value() {
                "superscript" => 1,
                "subscript" => -1,
                _ => 0,
            }),
            dotted: properties
                .child("w:em")
                .map(|node| !matches!(node.value(), "none" | "")),
            hidden: flag("w:vanish"),
            size: properties.child("w:sz").and_then(|size| size.value().parse().ok()),
        }
    }

    /// This, and where it says nothing what is below.
    pub fn over(self, below: Self) -> Self {
        Self {
            bold: self.bold.or(below.bold),
            hei: self.hei.or(below.hei),
            italic: self.italic.or(below.italic),
            mono: self.mono.or(below.mono),
            script: self.script.or(below.script),
            dotted: self.dotted.or(below.dotted),
            hidden: self.hidden.or(below.hidden),
            size: self.size.or(below.size),
        }
    }
}

/// A style with all that those below it bring.
#[derive(Debug, Clone, Default)]
pub(super) struct Style {
    /// As people see it: `标准文件_章标题`.
    pub name: String,
    /// List and level.
    pub list: Option<(String, usize)>,
    pub outline: Option<usize>,
    pub align: String,
    pub look: Look,
}

/// The styles by their ids.
#[derive(Debug, Default)]
pub(super) struct Styles {
    styles: BTreeMap<String, Style>,
    /// The size of letters of which no style says one.
    pub size: Option<u32>,
}

impl Styles {
    pub fn of(part: Option<&Node>) -> Self {
        let Some(part) = part else { return Self::default() };
        let raw: BTreeMap<&str, &Node> = part
            .nodes()
            .filter(|node| node.name == "w:style")
            .filter_map(|node| Some((node.get("w:styleId")?, node)))
            .collect();
        let usual = raw.iter().find_map(|(id, node)| {
            let is_default = matches!(node.get("w:default"), Some("1" | "true"));
            (is_default && node.get("w:type") == Some("paragraph")).then(|| whole(id, &raw))
        });
        let below = part.way(&["w:docDefaults", "w:rPrDefault", "w:rPr"]).map(Look::of);
        Self {
            size: usual
                .and_then(|style| style.look.size)
                .or_else(|| below.and_then(|look| look.size)),
            styles: raw.keys().map(|id| ((*id).to_owned(), whole(id, &raw))).collect(),
        }
    }

    pub fn get(&self, id: &str) -> Option<&Style> {
        self.styles.get(id)
    }
}

fn whole(id: &str, raw: &BTreeMap<&str, &Node>) -> Style {
    let mut style = Style::default();
    let mut seen = BTreeSet::new();
    let mut next = Some(id);
    while let Some(id) = next.filter(|id| seen.insert((*id).to_owned())) {
        let Some(node) = raw.get(id) else { break };
        if style.name.is_empty() {
            style.name = node
                .child("w:name")
                .map(|name| name.value().to_owned())
                .filter(|name| !name.is_empty())
                .unwrap_or_else(|| id.to_owned());
        }
        if let Some(paragraph) = node.child("w:pPr") {
            if style.list.is_none() {
                style.list = list_of(paragraph);
            }
            if style.outline.is_none() {
                style.outline = outline_of(paragraph);
            }
            if style.align.is_empty() {
                style.align = paragraph
                    .child("w:jc")
                    .map(|node| node.value().to_owned())
                    .unwrap_or_default();
            }
        }
        if let Some(run) = node.child("w:rPr") {
            style.look = style.look.over(Look::of(run));
        }
        next = node.child("w:basedOn").map(Node::value);
    }
    style
}

/// List and level of `w:pPr`.
pub(super) fn list_of(paragraph: &Node) -> Option<(String, usize)> {
    let list = paragraph.child("w:numPr")?;
    let number = list.child("w:numId")?.value().to_owned();
    let level = list
        .child("w:ilvl")
        .and_then(|level| level.value().parse().ok())
        .unwrap_or(0);
    Some((number, level))
}

/// The level of `w:outlineLvl`; 9 is running text.
pub(super) fn outline_of(paragraph: &Node) -> Option<usize> {
    paragraph.child("w:outlineLvl")?.value().parse().ok()
}
