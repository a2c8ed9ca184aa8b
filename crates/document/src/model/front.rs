//! Identity, dates and names of a document: its front matter.

use super::Span;
use designation::{Designation, Nature};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::fmt;

pub use designation::Tier;

/// What the front matter says. Everything may be missing: `run` needs none of it, `check` reports what is.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct FrontMatter {
    /// The lines between the `+++`; nowhere if the source has no front matter.
    #[serde(skip)]
    pub span: Span,
    /// Where each key stands, by its canonical dotted name (`dates.publish`).
    #[serde(skip)]
    pub places: Vec<(String, Span)>,
    /// `id`: the number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub designation: Option<Designation>,
    /// The number as written, where it is no designation or not a canonical one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub written_id: Option<String>,
    /// `tier`: whose standard it is, where the number does not say.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tier: Option<Tier>,
    /// `genre`: 术语, 规范, 规程, 指南 ….
    #[serde(skip_serializing_if = "Option::is_none")]
    pub genre: Option<Genre>,
    /// `draft`: which draft it is; `None` once it is published.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub draft: Option<DraftStage>,
    /// `title`.
    #[serde(skip_serializing_if = "Title::is_empty")]
    pub title: Title,
    /// `ics`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub ics: Vec<String>,
    /// `ccs`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub ccs: Vec<String>,
    /// `record`: 备案号.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub record: Option<String>,
    /// `plan`: number of the plan.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub plan: Option<String>,
    /// `dates.publish`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published: Option<Date>,
    /// `dates.implement`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub implemented: Option<Date>,
    /// `dates.draft`: the day on which this draft was finished.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub drafted: Option<Date>,
    /// `publisher`: 发布机构.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub publishers: Vec<String>,
    /// `series`: the words before 国家标准 … on the cover, where the number does not give them: 商务, 南京市.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub series: Option<String>,
    /// `replaces`: the documents it takes the place of, whole or in part.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub replaces: Vec<String>,
    /// `adopts`: the international document it rests on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub adopts: Option<Adoption>,
    /// `amends`: what an amendment (修改单) changes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub amends: Option<String>,
    /// `language`: the leading one.
    pub language: TextLanguage,
    /// `bilingual`: the text stands in both languages.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub bilingual: bool,
    /// `profile`: the rules it is held to: `gbt1.1-2020`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub profile: Option<String>,
    /// `foreword`.
    pub foreword: ForewordData,
    /// Keys that the dialect does not know, kept as they are.
    #[serde(skip_serializing_if = "toml::Table::is_empty")]
    pub other: toml::Table,
    /// Comments of the front matter, without `#`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub remarks: Vec<String>,
}

impl FrontMatter {
    /// Whose standard it is, as said or by its number.
    pub fn tier(&self) -> Option<Tier> {
        self.tier
            .or_else(|| self.designation.as_ref().and_then(Designation::tier))
    }

    /// Whether it is an amendment of another document.
    pub fn is_amendment(&self) -> bool {
        self.amends.is_some() || self.designation.as_ref().is_some_and(|d| d.amendment().is_some())
    }

    /// Whether it is a part of a document of several.
    pub fn is_part(&self) -> bool {
        self.designation.as_ref().is_some_and(|d| d.part().is_some())
            || self.title.zh.last().is_some_and(|last| {
                last.strip_prefix('第')
                    .is_some_and(|rest| rest.contains("部分：") || rest.contains("部分:"))
            })
    }

    /// 指导性技术文件.
    pub fn is_guidance(&self) -> bool {
        self.designation
            .as_ref()
            .is_some_and(|d| d.nature() == Nature::Guidance)
    }

    /// Where a key stands, else the front matter.
    pub fn place(&self, key: &str) -> Span {
        self.places
            .iter()
            .find_map(|(name, span)| (name == key).then_some(*span))
            .unwrap_or(self.span)
    }
}

/// The title in its elements: introductory, main, complementary (引导 主体 补充).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Title {
    /// Chinese, one to three elements.
    pub zh: Vec<String>,
    /// English, one to three elements.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub en: Vec<String>,
}

impl Title {
    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.zh.is_empty() && self.en.is_empty()
    }

    /// In Chinese: the elements parted by one blank of a character's width.
    pub fn zh(&self) -> String {
        self.zh.join("\u{3000}")
    }

    /// In English: the elements joined by dashes.
    pub fn en(&self) -> String {
        self.en.join("—")
    }
}

/// `foreword`: what the foreword (8.3) is made of.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ForewordData {
    /// `proposer`: 提出.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub proposer: Option<String>,
    /// `owner`: 归口.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub owner: Option<String>,
    /// `tc`: the committee's number, SAC/TC 90.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub committee: Option<String>,
    /// `orgs`: 起草单位.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub organizations: Vec<String>,
    /// `people`: 主要起草人.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub people: Vec<String>,
    /// `changes`: main technical changes against the replaced edition.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<String>,
    /// `history`: the editions before this one.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub history: Vec<String>,
    /// `patents`: patents known (8.4); their holders are named in the introduction.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub patents: Vec<String>,
}

/// 采用: a document that this one adopts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Adoption {
    /// Its number as written.
    pub doc: String,
    /// How far.
    pub degree: Degree,
}

/// 一致性程度.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Degree {
    /// 等同.
    Idt,
    /// 修改.
    Mod,
    /// 非等效.
    Neq,
}

impl fmt::Display for Degree {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Idt => "IDT",
            Self::Mod => "MOD",
            Self::Neq => "NEQ",
        })
    }
}

/// The language of a text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TextLanguage {
    /// Chinese.
    #[default]
    Zh,
    /// English.
    En,
}

impl TextLanguage {
    /// The other one.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::Zh => Self::En,
            Self::En => Self::Zh,
        }
    }

    /// Its tag: `zh-CN`, `en`.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Zh => "zh-CN",
            Self::En => "en",
        }
    }
}

/// 文件功能类型: what kind of standard it is (GB/T 1.1—2020, table 1 and table 4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Genre {
    /// 术语.
    Terminology,
    /// 符号.
    Symbols,
    /// 分类.
    Classification,
    /// 试验.
    Test,
    /// 规范.
    Specification,
    /// 规程.
    CodeOfPractice,
    /// 指南.
    Guideline,
    /// 评价 and others that table 1 does not name.
    Other,
}

impl Genre {
    /// All, in the order of table 1.
    pub const ALL: [Self; 8] = [
        Self::Terminology,
        Self::Symbols,
        Self::Classification,
        Self::Test,
        Self::Specification,
        Self::CodeOfPractice,
        Self::Guideline,
        Self::Other,
    ];

    /// Its Chinese and its English word.
    pub const fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Terminology => ("术语", "terminology"),
            Self::Symbols => ("符号", "symbols"),
            Self::Classification => ("分类", "classification"),
            Self::Test => ("试验", "test"),
            Self::Specification => ("规范", "specification"),
            Self::CodeOfPractice => ("规程", "code_of_practice"),
            Self::Guideline => ("指南", "guideline"),
            Self::Other => ("其他", "other"),
        }
    }

    /// The genre that a word means.
    pub fn of_word(word: &str) -> Option<Self> {
        let word = match word {
            "编码" | "分类和编码" => "分类",
            "试验方法" => "试验",
            word => word,
        };
        Self::ALL
            .into_iter()
            .find(|genre| word == genre.words().0 || word == genre.words().1)
    }
}

/// Which draft a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DraftStage {
    /// 草案.
    Working,
    /// 征求意见稿.
    Consultation,
    /// 送审稿.
    Review,
    /// 报批稿.
    Approval,
}

impl DraftStage {
    /// All, in the order in which they follow one another.
    pub const ALL: [Self; 4] = [Self::Working, Self::Consultation, Self::Review, Self::Approval];

    /// Its Chinese and its English word.
    pub const fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Working => ("草案", "working_draft"),
            Self::Consultation => ("征求意见稿", "consultation"),
            Self::Review => ("送审稿", "review"),
            Self::Approval => ("报批稿", "approval"),
        }
    }

    /// The draft that a word means.
    pub fn of_word(word: &str) -> Option<Self> {
        let word = match word {
            "工作组讨论稿" | "标准草案" | "讨论稿" => "草案",
            word => word,
        };
        Self::ALL
            .into_iter()
            .find(|draft| word == draft.words().0 || word == draft.words().1)
    }
}
