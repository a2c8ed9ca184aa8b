//! Identity → front matter.

use super::super::tree::Node;
use crate::model::{Adoption, Degree, DraftStage, FrontMatter, Genre, TextLanguage};
use crate::source::designation_of;

/// The front matter that the metadata give.
pub(super) fn front(meta: &Node, root: &Node) -> FrontMatter {
    let mut front = FrontMatter::default();
    let texts = |name: &str| -> Vec<String> {
        meta.nodes()
            .filter(|node| node.name == name)
            .map(|node| node.text().trim().to_owned())
            .filter(|text| !text.is_empty())
            .collect()
    };
    for wrap in meta.nodes().filter(|node| node.name == "title-wrap") {
        let elements: Vec<String> = ["intro", "main", "compl"]
            .iter()
            .filter_map(|name| wrap.child(name))
            .map(Node::text)
            .collect();
        match wrap.get("xml:lang") {
            Some("en") => front.title.en = elements,
            _ => front.title.zh = elements,
        }
    }
    let number = texts("std-ref").into_iter().next().unwrap_or_default();
    front.designation = designation_of(&number);
    if front.designation.is_none() && !number.is_empty() {
        front.written_id = Some(number);
    }
    front.plan = texts("proj-id").into_iter().next();
    front.draft = texts("release-version")
        .iter()
        .find_map(|word| DraftStage::of_word(word));
    front.publishers = meta
        .nodes()
        .filter(|node| node.name == "std-org" && node.get("std-org-role") == Some("publisher"))
        .filter_map(|node| node.child("std-org-name"))
        .map(Node::text)
        .collect();
    let languages = texts("content-language");
    if root.get("xml:lang") == Some("en") {
        front.language = TextLanguage::En;
    }
    front.bilingual = languages.len() > 1;
    let date = |name: &str, attribute: &str, kind: &str| {
        meta.nodes()
            .find(|node| node.name == name && node.get(attribute) == Some(kind))
            .and_then(|node| {
                node.get("iso-8601-date")
                    .map_or_else(|| node.text(), str::to_owned)
                    .parse()
                    .ok()
            })
    };
    front.published = date("release-date", "date-type", "published");
    front.drafted = date("meta-date", "type", "drafted");
    front.implemented = date("meta-date", "type", "implementation");
    front.foreword.committee = texts("comm-ref").into_iter().next();
    front.ics = texts("ics");
    let related = |kind: &str| -> Vec<String> {
        meta.nodes()
            .filter(|node| node.name == "std-xref" && node.get("type") == Some(kind))
            .map(|node| node.text().trim().to_owned())
            .collect()
    };
    front.replaces = related("replaces");
    front.amends = related("amends").into_iter().next();
    let mut degree = None;
    for pair in meta.child("custom-meta-group").into_iter().flat_map(Node::nodes) {
        let text = |name: &str| pair.child(name).map(Node::text).unwrap_or_default();
        let value = text("meta-value");
        match text("meta-name").as_str() {
            "CCS" => front.ccs = value.split('；').map(str::to_owned).collect(),
            "备案号" => front.record = Some(value),
            "一致性程度" => {
                degree = [Degree::Idt, Degree::Mod, Degree::Neq]
                    .into_iter()
                    .find(|degree| degree.to_string() == value);
            }
            "文件功能类型" => front.genre = Genre::of_word(&value),
            "提出" => front.foreword.proposer = Some(value),
            "归口" => front.foreword.owner = Some(value),
            "起草单位" => front.foreword.organizations.push(value),
            "主要起草人" => front.foreword.people.push(value),
            _ => {}
        }
    }
    if let (Some(degree), Some(doc)) = (degree, related("adopts").into_iter().next()) {
        front.adopts = Some(Adoption { doc, degree });
    }
    front
}
