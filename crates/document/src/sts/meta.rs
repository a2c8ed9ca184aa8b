//! Identity, dates and titles: `std-meta`, in the order of its content model.

use super::Writer;
use super::inline::std_ref;
use super::tree::Node;
use crate::model::{FrontMatter, Tier};
use designation::Designation;

impl Writer<'_> {
    pub(super) fn meta(&self) -> Node {
        let front = &self.document.front;
        let mut meta = Node::new("std-meta").with("std-meta-type", tier(front));
        meta.put_all(title("zh", &front.title.zh, "\u{3000}"));
        meta.put_all(title("en", &front.title.en, "—"));
        if let Some(plan) = &front.plan {
            meta.put(Node::of("proj-id", plan.as_str()));
        }
        if let Some(draft) = front.draft {
            meta.put(Node::of("release-version", draft.words().0));
        }
        if let Some(designation) = &front.designation {
            meta.put(identity(designation));
        }
        for publisher in &front.publishers {
            meta.put(
                Node::new("std-org")
                    .with("std-org-type", tier(front))
                    .with("std-org-role", "publisher")
                    .child(Node::of("std-org-name", publisher.as_str())),
            );
        }
        meta.put(Node::of("content-language", self.language()));
        if front.bilingual {
            meta.put(Node::of("content-language", self.other_language()));
        }
        if let Some(designation) = &front.designation {
            let whole = designation.to_string();
            meta.put(std_ref(&whole, designation.year().is_some()));
        }
        if let Some(published) = front.published {
            meta.put(date("release-date", "published", published));
        }
        if let Some(drafted) = front.drafted {
            meta.put(date("meta-date", "drafted", drafted));
        }
        if let Some(implemented) = front.implemented {
            meta.put(date("meta-date", "implementation", implemented));
        }
        if let Some(committee) = &front.foreword.committee {
            meta.put(Node::of("comm-ref", committee.as_str()));
        }
        meta.put_all(front.ics.iter().map(|code| Node::of("ics", code.as_str())));
        for replaced in &front.replaces {
            meta.put(relation("replaces", replaced));
        }
        if let Some(amended) = &front.amends {
            meta.put(relation("amends", amended));
        }
        if let Some(adopts) = &front.adopts {
            meta.put(relation("adopts", &adopts.doc));
        }
        let custom = self.custom();
        if !custom.is_empty() {
            meta.put(Node::new("custom-meta-group").children(custom));
        }
        meta
    }

    /// What STS has no element for.
    fn custom(&self) -> Vec<Node> {
        let front = &self.document.front;
        let mut pairs: Vec<(&str, String)> = vec![
            ("CCS", front.ccs.join("；")),
            ("备案号", front.record.clone().unwrap_or_default()),
            (
                "一致性程度",
                front
                    .adopts
                    .as_ref()
                    .map(|adopts| adopts.degree.to_string())
                    .unwrap_or_default(),
            ),
            (
                "文件功能类型",
                front.genre.map(|genre| genre.words().0.to_owned()).unwrap_or_default(),
            ),
            ("标准类别", self.resolved.cover.class.clone()),
            ("提出", front.foreword.proposer.clone().unwrap_or_default()),
            ("归口", front.foreword.owner.clone().unwrap_or_default()),
        ];
        pairs.extend(
            front
                .foreword
                .organizations
                .iter()
                .map(|name| ("起草单位", name.clone())),
        );
        pairs.extend(front.foreword.people.iter().map(|name| ("主要起草人", name.clone())));
        pairs
            .into_iter()
            .filter(|(_, value)| !value.is_empty())
            .map(|(name, value)| {
                Node::new("custom-meta")
                    .child(Node::of("meta-name", name))
                    .child(Node::of("meta-value", value))
            })
            .collect()
    }
}

fn tier(front: &FrontMatter) -> &'static str {
    match front.tier() {
        Some(Tier::National) => "national",
        Some(Tier::Industry) => "industry",
        Some(Tier::Local) => "local",
        Some(Tier::Group) => "association",
        Some(Tier::Enterprise) => "enterprise",
        Some(Tier::International) => "international",
        None => "",
    }
}

/// Introductory, main and complementary element: of two, the last two are the main one and its complement only where
/// there is an introductory one; 引导 主体 is intro and main.
fn title(language: &'static str, elements: &[String], join: &str) -> Option<Node> {
    let names: &[&'static str] = match elements.len() {
        0 => return None,
        1 => &["main"],
        2 => &["main", "compl"],
        _ => &["intro", "main", "compl"],
    };
    let mut wrap = Node::new("title-wrap").with("xml:lang", language);
    for (name, text) in names.iter().zip(elements) {
        wrap.put(Node::of(name, text.as_str()));
    }
    Some(wrap.child(Node::of("full", elements.join(join))))
}

fn identity(designation: &Designation) -> Node {
    let mut node = Node::new("std-ident").child(Node::of("originator", designation.issuer_text()));
    let whole = designation.to_string();
    let number = whole
        .rsplit_once(' ')
        .map_or(whole.as_str(), |(_, number)| number)
        .split(['—', ':', '.'])
        .next()
        .unwrap_or_default();
    node.put(Node::of("doc-number", number));
    if let Some(part) = designation.part() {
        node.put(Node::of("part-number", part.as_str()));
    }
    if let Some(year) = designation.year() {
        node.put(Node::of("edition", year.value().to_string()));
    }
    node
}

fn date(name: &'static str, kind: &'static str, date: jiff::civil::Date) -> Node {
    let attribute = if name == "meta-date" { "type" } else { "date-type" };
    Node::of(name, date.to_string())
        .with(attribute, kind)
        .with("iso-8601-date", date.to_string())
}

fn relation(kind: &'static str, number: &str) -> Node {
    let dated = number.contains('—') || number.contains(':');
    Node::new("std-xref").with("type", kind).child(std_ref(number, dated))
}
