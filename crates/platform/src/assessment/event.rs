//! Events of `assessment/…` and `certificate/…`. Added to, never changed.

use crate::{bilingual::Bilingual, upload::Attachment};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What is given, by name, each as the standard writes it.
pub type Inputs = BTreeMap<String, serde_json::Value>;

/// An assessment as it was opened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opened {
    /// Id of the system.
    pub system: String,
    /// Number of its edition.
    pub edition: u32,
    /// The source that runs.
    pub source: Attachment,
    /// Its title.
    pub title: Bilingual,
    /// For how many months a result holds, where the standard says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub validity: Option<u16>,
    /// Code of the place that answers for the system.
    #[serde(default)]
    pub place: String,
    /// Id of the body that answers for the system.
    #[serde(default)]
    pub body: String,
    /// Id of the organisation that is assessed.
    pub organization: String,
    /// The unit that is assessed, as the organisation calls it.
    pub unit: String,
    /// The period that its figures describe.
    pub period: String,
    /// Whether it is illustrative (演示).
    #[serde(default)]
    pub demo: bool,
}

/// What shows that a figure is so.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// Code of the indicator.
    pub node: String,
    /// What it is: a test report, a ledger.
    pub kind: String,
    /// The file.
    pub file: Attachment,
    /// The day of which it speaks.
    pub dated: Date,
    /// Until when it is valid, where it says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_until: Option<Date>,
    /// How it was sampled, in words; may be empty.
    #[serde(default)]
    pub sampling: String,
}

/// What an assessor found of an item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// Code of the indicator.
    pub node: String,
    /// Whether what was given counts.
    pub accepted: bool,
    /// Why not, or by what; must say something where it is refused.
    #[serde(default)]
    pub reason: String,
}

/// What came out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// Number of the certificate.
    pub certificate: String,
    /// The signed certificate.
    pub file: Attachment,
    /// The grade; empty where the standard gives none.
    pub grade: String,
    /// The total as the standard rounds it; empty where there is none.
    pub total: String,
    /// The share of the weight with accepted figures.
    pub coverage: String,
    /// The day of the report: the one on which it was submitted.
    pub at: Date,
    /// Until when it holds.
    pub valid_until: Date,
}

/// Events of `assessment/…`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "body")]
pub enum AssessmentEvent {
    /// It was opened.
    #[serde(rename = "assessment.opened")]
    Opened(Box<Opened>),
    /// Figures were filled in, all of them anew.
    #[serde(rename = "assessment.filled")]
    Filled {
        /// The figures.
        inputs: Inputs,
    },
    /// Evidence was attached.
    #[serde(rename = "assessment.evidence_attached")]
    EvidenceAttached {
        /// Its number within the assessment, from 1.
        number: u32,
        /// The evidence.
        evidence: Evidence,
    },
    /// Evidence was taken away.
    #[serde(rename = "assessment.evidence_removed")]
    EvidenceRemoved {
        /// Its number.
        number: u32,
    },
    /// It was submitted.
    #[serde(rename = "assessment.submitted")]
    Submitted {},
    /// An assessor went through items.
    #[serde(rename = "assessment.verified")]
    Verified {
        /// What was found.
        items: Vec<Item>,
    },
    /// The result was decided.
    #[serde(rename = "assessment.decided")]
    Decided(Box<Outcome>),
    /// The organisation does not agree.
    #[serde(rename = "assessment.appealed")]
    Appealed {
        /// Why.
        reason: String,
    },
    /// The appeal was answered.
    #[serde(rename = "assessment.appeal_answered")]
    AppealAnswered {
        /// Whether it goes back to be verified anew; its certificate is revoked then.
        upheld: bool,
        /// Why.
        reason: String,
    },
}

/// A certificate as it was issued: what everybody may know of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Issued {
    /// Id of the system.
    pub system: String,
    /// Number of its edition.
    pub edition: u32,
    /// Title of the system.
    pub title: Bilingual,
    /// Id of the organisation.
    pub organization: String,
    /// The unit.
    pub unit: String,
    /// The period.
    pub period: String,
    /// The grade.
    pub grade: String,
    /// The total as the standard rounds it.
    pub total: String,
    /// The day of the report.
    pub at: Date,
    /// Until when it holds.
    pub valid_until: Date,
    /// SHA-256 of the signed file, which the organisation has.
    pub sha256: String,
    /// Whether it is illustrative (演示).
    #[serde(default)]
    pub demo: bool,
}

/// Events of `certificate/…`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "body")]
pub enum CertificateEvent {
    /// It was issued.
    #[serde(rename = "certificate.issued")]
    Issued(Box<Issued>),
    /// It was revoked.
    #[serde(rename = "certificate.revoked")]
    Revoked {
        /// Why.
        reason: String,
    },
}
