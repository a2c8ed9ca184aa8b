//! The words of the cover (8.1, 10.3.1).

use crate::model::{DraftStage, FrontMatter, Tier};
use designation::{Designation, Nature};
use serde::Serialize;

/// The cover's words, each as printed; empty where there is nothing to print.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Cover {
    /// `ICS 27.160`.
    pub ics: String,
    /// `CCS F 12`.
    pub ccs: String,
    /// 备案号.
    pub record: String,
    /// The letters of the emblem: GB, SB, DB, T, Q.
    pub emblem: String,
    /// 中华人民共和国国家标准, 重庆市地方标准, 团体标准 ….
    pub class: String,
    /// The number.
    pub number: String,
    /// 代替…, on one line.
    pub replaces: String,
    /// The Chinese title, its elements.
    pub title: Vec<String>,
    /// The English title.
    pub title_en: String,
    /// （ISO 12345:2020，IDT）.
    pub adoption: String,
    /// （征求意见稿）.
    pub draft: String,
    /// The day on which the draft was finished.
    pub draft_date: String,
    /// What asks readers of a draft for patents (D.1).
    pub patent_call: String,
    /// 2026-03-01发布.
    pub published: String,
    /// 2026-06-01实施.
    pub implemented: String,
    /// 发布机构, 发布 after it.
    pub publishers: Vec<String>,
}

/// D.1: on the cover of every draft.
pub const PATENT_CALL: &str = "在提交反馈意见时，请将您知道的相关专利连同支持性文件一并附上。";

/// The cover that the front matter gives.
pub(super) fn cover(front: &FrontMatter) -> Cover {
    let designation = front.designation.as_ref();
    let number = designation
        .map(ToString::to_string)
        .or_else(|| front.written_id.clone())
        .unwrap_or_default();
    let date = |date: Option<jiff::civil::Date>, word: &str| {
        date.map_or_else(
            || match front.draft {
                Some(_) => format!("××××-××-××{word}"),
                None => String::new(),
            },
            |date| format!("{date}{word}"),
        )
    };
    Cover {
        ics: labelled("ICS", &front.ics),
        ccs: labelled("CCS", &front.ccs),
        record: front.record.clone().unwrap_or_default(),
        emblem: designation.map(emblem).unwrap_or_default(),
        class: class(front),
        number,
        replaces: if front.replaces.is_empty() {
            String::new()
        } else {
            format!("代替 {}", front.replaces.join("、"))
        },
        title: front.title.zh.clone(),
        title_en: front.title.en(),
        adoption: front
            .adopts
            .as_ref()
            .map(|adopts| format!("（{}，{}）", adopts.doc, adopts.degree))
            .unwrap_or_default(),
        draft: front
            .draft
            .map(|draft| format!("（{}）", draft.words().0))
            .unwrap_or_default(),
        draft_date: front.drafted.map(|date| date.to_string()).unwrap_or_default(),
        patent_call: match front.draft {
            Some(DraftStage::Working | DraftStage::Consultation | DraftStage::Review | DraftStage::Approval) => {
                PATENT_CALL.to_owned()
            }
            None => String::new(),
        },
        published: date(front.published, "发布"),
        implemented: date(front.implemented, "实施"),
        publishers: front.publishers.clone(),
    }
}

fn labelled(label: &str, codes: &[String]) -> String {
    if codes.is_empty() {
        String::new()
    } else {
        format!("{label} {}", codes.join("；"))
    }
}

fn emblem(designation: &Designation) -> String {
    match designation.tier() {
        Some(Tier::Local) => "DB".to_owned(),
        Some(Tier::Group) => "T".to_owned(),
        Some(Tier::Enterprise) => "Q".to_owned(),
        _ => designation.issuer_text(),
    }
}

fn class(front: &FrontMatter) -> String {
    let designation = front.designation.as_ref();
    let series = front.series.clone();
    match front.tier() {
        Some(Tier::National) if designation.is_some_and(|d| d.nature() == Nature::Guidance) => {
            "中华人民共和国国家标准化指导性技术文件".to_owned()
        }
        Some(Tier::National) => "中华人民共和国国家标准".to_owned(),
        Some(Tier::Industry) => {
            let field = series.or_else(|| {
                let code = designation.and_then(Designation::industry)?;
                code.field().map(str::to_owned)
            });
            format!("中华人民共和国{}行业标准", field.unwrap_or_default())
        }
        Some(Tier::Local) => {
            // A city's number does not name the city, and its province is not who publishes.
            let place = series.or_else(|| {
                let region = designation.and_then(Designation::region)?;
                let name = region.province_full_name().filter(|_| !region.is_city())?;
                Some(name.to_owned())
            });
            format!("{}地方标准", place.unwrap_or_default())
        }
        Some(Tier::Group) => "团体标准".to_owned(),
        Some(Tier::Enterprise) => "企业标准".to_owned(),
        Some(Tier::International) | None => String::new(),
    }
}
