//! `+++` TOML `+++` → front matter.

use super::inline::bracket::designation_of;
use super::line::{Line, span_of};
use crate::data::{Entry, Node, Value, read_toml};
use crate::finding::{Finding, message};
use crate::model::{
    Adoption, Degree, DraftStage, ForewordData, FrontMatter, Genre, Position, Span, TextLanguage, Tier, Title,
};
use jiff::civil::Date;

/// The keys: canonical name first, then what else is understood.
const KEYS: [&[&str]; 19] = [
    &["id", "编号"],
    &["tier", "层级"],
    &["genre", "kind", "类型"],
    &["draft", "stage", "稿次"],
    &["title", "名称"],
    &["ics"],
    &["ccs"],
    &["record", "备案号"],
    &["plan", "计划号"],
    &["dates", "日期"],
    &["publisher", "发布机构"],
    &["series", "系列"],
    &["replaces", "代替"],
    &["adopts", "采用"],
    &["amends", "修改对象"],
    &["language", "语言"],
    &["bilingual", "双语"],
    &["profile", "规则集"],
    &["foreword", "前言"],
];

/// The keys of `foreword`.
const FOREWORD: [&str; 8] = [
    "proposer", "owner", "tc", "orgs", "people", "changes", "history", "patents",
];

/// What a key takes, for a message: its words, or a value as an example.
fn form(key: &str) -> String {
    match key {
        "tier" => TIERS.map(|(_, en, zh)| format!("{zh}（{en}）")).join("、"),
        "genre" => Genre::ALL.map(|genre| genre.words().0).join("、"),
        "draft" => DraftStage::ALL.map(|draft| draft.words().0).join("、"),
        "language" => "zh、en".to_owned(),
        "bilingual" => "true、false".to_owned(),
        "dates" => "{ publish = 2026-03-01, implement = 2026-06-01 }".to_owned(),
        "dates.publish" | "dates.implement" | "dates.draft" => "2026-03-01".to_owned(),
        "adopts" => "{ doc = \"ISO 9001:2015\", degree = \"IDT\" }（IDT、MOD、NEQ）".to_owned(),
        "foreword" => "{ owner = \"…\", orgs = [\"…\"] }".to_owned(),
        "ics" | "ccs" | "publisher" | "replaces" | "title" => "[\"…\"]".to_owned(),
        key if key.starts_with("title.") || key.starts_with("foreword.") => "\"…\"、[\"…\"]".to_owned(),
        _ => "\"…\"".to_owned(),
    }
}

/// The tiers as written in front matter.
pub(super) const TIERS: [(Tier, &str, &str); 5] = [
    (Tier::National, "national", "国家"),
    (Tier::Industry, "industry", "行业"),
    (Tier::Local, "local", "地方"),
    (Tier::Group, "group", "团体"),
    (Tier::Enterprise, "enterprise", "企业"),
];

/// Reads the front matter at the start of a source; how many lines it takes.
pub(super) fn read(lines: &[Line<'_>], findings: &mut Vec<Finding>) -> (FrontMatter, usize) {
    let first = lines.iter().position(|line| !line.is_blank()).unwrap_or(0);
    let Some(open) = lines.get(first).filter(|line| line.text.trim() == "+++") else {
        return (FrontMatter::default(), 0);
    };
    let close = lines
        .iter()
        .skip(first + 1)
        .position(|line| line.text.trim() == "+++")
        .map(|at| first + 1 + at);
    let Some(close) = close else {
        findings.push(Finding::error(
            "SRC-04",
            open.span(),
            message!("doc-unclosed", block = "+++"),
        ));
        return (FrontMatter::default(), first + 1);
    };
    let inner = lines.get(first + 1..close).unwrap_or_default();
    let text: String = inner.iter().flat_map(|line| [line.text, "\n"]).collect();
    let at = inner.first().map_or(Position::new(open.at.line + 1, 1), |line| line.at);
    let (node, faults) = read_toml(&text, at);
    for fault in faults {
        findings.push(Finding::error(
            "SRC-04",
            fault.span,
            message!("doc-toml", block = "+++", reason = fault.reason),
        ));
    }
    let mut reader = Reader {
        findings,
        front: FrontMatter {
            span: span_of(lines.get(first..=close).unwrap_or_default()),
            remarks: remarks(&text),
            ..FrontMatter::default()
        },
    };
    for entry in node.entries() {
        reader.entry(entry);
    }
    (reader.front, close + 1)
}

/// The comments of a TOML text.
fn remarks(text: &str) -> Vec<String> {
    text.lines()
        .filter_map(|line| {
            let mut quote = None;
            let mut escape = false;
            for (at, c) in line.char_indices() {
                match (quote, c) {
                    _ if escape => escape = false,
                    (Some('"'), '\\') => escape = true,
                    (Some(open), c) if c == open => quote = None,
                    (None, '"' | '\'') => quote = Some(c),
                    (None, '#') => return line.get(at + 1..).map(|text| text.trim().to_owned()),
                    _ => {}
                }
            }
            None
        })
        .filter(|text| !text.is_empty())
        .collect()
}

struct Reader<'f> {
    findings: &'f mut Vec<Finding>,
    front: FrontMatter,
}

impl Reader<'_> {
    fn entry(&mut self, entry: &Entry) {
        let key = KEYS
            .iter()
            .find(|names| names.contains(&entry.key.as_str()))
            .and_then(|names| names.first())
            .copied();
        let Some(key) = key else {
            self.unknown(&entry.key, entry.key_span);
            self.front.other.insert(entry.key.clone(), value_of(&entry.node));
            return;
        };
        let node = &entry.node;
        self.front.places.push((key.to_owned(), node.span));
        match key {
            "id" => self.id(node),
            "tier" => {
                self.front.tier = self.word(node, key, |word| {
                    TIERS
                        .iter()
                        .find_map(|(tier, en, zh)| (word == *en || word == *zh).then_some(*tier))
                });
            }
            "genre" => self.front.genre = self.word(node, key, Genre::of_word),
            "draft" => {
                if node.as_text().is_none_or(|text| !text.is_empty()) {
                    self.front.draft = self.word(node, key, DraftStage::of_word);
                }
            }
            "title" => self.title(node),
            "ics" => self.front.ics = self.texts(node, key),
            "ccs" => self.front.ccs = self.texts(node, key),
            "record" => self.front.record = self.text(node, key),
            "plan" => self.front.plan = self.text(node, key),
            "dates" => self.dates(node),
            "publisher" => self.front.publishers = self.texts(node, key),
            "series" => self.front.series = self.text(node, key),
            "replaces" => self.front.replaces = self.texts(node, key),
            "adopts" => self.adopts(node),
            "amends" => self.front.amends = self.text(node, key),
            "language" => {
                let language = self.word(node, key, |word| match word {
                    "zh" | "中文" => Some(TextLanguage::Zh),
                    "en" | "英文" => Some(TextLanguage::En),
                    _ => None,
                });
                self.front.language = language.unwrap_or_default();
            }
            "bilingual" => match node.value {
                Value::Flag(flag) => self.front.bilingual = flag,
                _ => self.wrong(key, node.span),
            },
            "profile" => self.front.profile = self.text(node, key),
            _ => self.foreword(node),
        }
    }

    fn unknown(&mut self, key: &str, span: Span) {
        // Of a key within another, those within the same.
        let known: Vec<&str> = match key.split_once('.').map(|(outer, _)| outer) {
            Some("foreword") => FOREWORD.to_vec(),
            Some("dates") => vec!["publish", "implement", "draft"],
            Some("title") => vec!["zh", "en"],
            _ => KEYS.iter().filter_map(|names| names.first()).copied().collect(),
        };
        self.findings.push(Finding::error(
            "SRC-05",
            span,
            message!("doc-unknown-key", key = key, known = known.join("、")),
        ));
    }

    fn wrong(&mut self, key: &str, span: Span) {
        self.findings.push(Finding::error(
            "SRC-06",
            span,
            message!("doc-wrong-value", key = key, form = form(key)),
        ));
    }

    fn text(&mut self, node: &Node, key: &str) -> Option<String> {
        match node.as_text() {
            Some(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
            None => {
                self.wrong(key, node.span);
                None
            }
        }
    }

    fn texts(&mut self, node: &Node, key: &str) -> Vec<String> {
        let single = node.as_text().map(|text| vec![text.trim().to_owned()]);
        single
            .unwrap_or_else(|| {
                if !matches!(node.value, Value::Array(_)) {
                    self.wrong(key, node.span);
                }
                node.members()
                    .iter()
                    .filter_map(|member| self.text(member, key))
                    .collect()
            })
            .into_iter()
            .filter(|text| !text.is_empty())
            .collect()
    }

    fn word<T>(&mut self, node: &Node, key: &str, read: impl Fn(&str) -> Option<T>) -> Option<T> {
        let value = node.as_text().map(str::trim).and_then(read);
        if value.is_none() {
            self.wrong(key, node.span);
        }
        value
    }

    fn id(&mut self, node: &Node) {
        let Some(text) = self.text(node, "id") else { return };
        match designation_of(&text) {
            Some(designation) => {
                if designation.to_string() != text {
                    self.front.written_id = Some(text);
                }
                self.front.designation = Some(designation);
            }
            None => {
                self.findings.push(Finding::error(
                    "SRC-06",
                    node.span,
                    message!("doc-no-designation", text = &text),
                ));
                self.front.written_id = Some(text);
            }
        }
    }

    fn title(&mut self, node: &Node) {
        if matches!(node.value, Value::Table(_)) {
            let mut title = Title::default();
            for entry in node.entries() {
                self.front
                    .places
                    .push((format!("title.{}", entry.key), entry.node.span));
                match entry.key.as_str() {
                    "zh" | "中文" => title.zh = self.texts(&entry.node, "title.zh"),
                    "en" | "英文" => {
                        let elements = std::iter::once(&entry.node).filter(|node| node.as_text().is_some());
                        for (index, member) in elements.chain(entry.node.members()).enumerate() {
                            self.front.places.push((format!("title.en.{index}"), member.span));
                        }
                        title.en = self.texts(&entry.node, "title.en");
                    }
                    key => self.unknown(&format!("title.{key}"), entry.key_span),
                }
            }
            self.front.title = title;
        } else {
            self.front.title.zh = self.texts(node, "title");
        }
    }

    fn dates(&mut self, node: &Node) {
        if !matches!(node.value, Value::Table(_)) {
            self.wrong("dates", node.span);
        }
        for entry in node.entries() {
            let place = match entry.key.as_str() {
                "publish" | "发布" => "dates.publish",
                "implement" | "实施" => "dates.implement",
                "draft" | "成稿" => "dates.draft",
                key => {
                    self.unknown(&format!("dates.{key}"), entry.key_span);
                    continue;
                }
            };
            self.front.places.push((place.to_owned(), entry.node.span));
            let date = entry.node.as_text().map(str::trim).filter(|text| !text.is_empty());
            let Some(text) = date else { continue };
            let read: Option<Date> = text.parse().ok();
            if read.is_none() {
                self.wrong(place, entry.node.span);
            }
            match place {
                "dates.publish" => self.front.published = read,
                "dates.implement" => self.front.implemented = read,
                _ => self.front.drafted = read,
            }
        }
    }

    fn adopts(&mut self, node: &Node) {
        let doc = node.get("doc").or_else(|| node.get("文件")).and_then(Node::as_text);
        let degree = node
            .get("degree")
            .or_else(|| node.get("程度"))
            .and_then(Node::as_text)
            .and_then(|word| match word {
                "IDT" | "等同" => Some(Degree::Idt),
                "MOD" | "修改" => Some(Degree::Mod),
                "NEQ" | "非等效" => Some(Degree::Neq),
                _ => None,
            });
        match (doc, degree) {
            (Some(doc), Some(degree)) if !doc.trim().is_empty() => {
                self.front.adopts = Some(Adoption {
                    doc: doc.trim().to_owned(),
                    degree,
                });
            }
            _ => self.wrong("adopts", node.span),
        }
    }

    fn foreword(&mut self, node: &Node) {
        if !matches!(node.value, Value::Table(_)) {
            self.wrong("foreword", node.span);
        }
        let mut foreword = ForewordData::default();
        for entry in node.entries() {
            let value = &entry.node;
            self.front.places.push((format!("foreword.{}", entry.key), value.span));
            match entry.key.as_str() {
                "proposer" | "提出" => foreword.proposer = self.text(value, "foreword.proposer"),
                "owner" | "归口" => foreword.owner = self.text(value, "foreword.owner"),
                "tc" | "委员会" => foreword.committee = self.text(value, "foreword.tc"),
                "orgs" | "起草单位" => foreword.organizations = self.texts(value, "foreword.orgs"),
                "people" | "起草人" => foreword.people = self.texts(value, "foreword.people"),
                "changes" | "变化" => foreword.changes = self.texts(value, "foreword.changes"),
                "history" | "历次版本" => foreword.history = self.texts(value, "foreword.history"),
                "patents" | "专利" => foreword.patents = self.texts(value, "foreword.patents"),
                key => self.unknown(&format!("foreword.{key}"), entry.key_span),
            }
        }
        self.front.foreword = foreword;
    }
}

/// A value to be kept as it is.
fn value_of(node: &Node) -> toml::Value {
    match &node.value {
        Value::Text(text) | Value::Date(text) => toml::Value::String(text.clone()),
        Value::Number(text) => text
            .parse()
            .map(toml::Value::Integer)
            .or_else(|_| text.parse().map(toml::Value::Float))
            .unwrap_or_else(|_| toml::Value::String(text.clone())),
        Value::Flag(flag) => toml::Value::Boolean(*flag),
        Value::Array(members) => toml::Value::Array(members.iter().map(value_of).collect()),
        Value::Table(entries) => toml::Value::Table(
            entries
                .iter()
                .map(|entry| (entry.key.clone(), value_of(&entry.node)))
                .collect(),
        ),
    }
}
