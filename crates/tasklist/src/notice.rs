//! The notice in front of the opinions, paragraph by paragraph.

use serde::{Deserialize, Serialize};

use crate::doubt::LineRange;
use crate::glyph::{Run, Span};

/// What a paragraph is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PassageKind {
    /// …的通知
    Title,
    /// 商资发〔2024〕314号
    DocumentNumber,
    /// Whom it is sent to; ends in a colon.
    Addressees,
    /// Who signed.
    Signers,
    /// 2024年12月31日
    Date,
    /// 关于…的意见
    OpinionsTitle,
    /// …任务清单（首批）
    ListTitle,
    /// Running text.
    Body,
}

/// A paragraph.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passage {
    /// What it is.
    pub kind: PassageKind,
    /// Its words, blanks out, marks full-width.
    pub text: String,
    /// First and last line.
    pub line: LineRange,
}

/// All paragraphs before the first part of the opinions.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    /// In the text's order.
    pub passages: Vec<Passage>,
}

impl Notice {
    /// The words of the first paragraph of a kind.
    pub fn first(&self, kind: PassageKind) -> Option<&str> {
        self.passages
            .iter()
            .find(|passage| passage.kind == kind)
            .map(|passage| passage.text.as_str())
    }
}

pub(crate) fn read_notice(run: &Run<'_>, span: Span) -> Notice {
    let mut starts: Vec<usize> = (span.from..span.to)
        .filter(|&at| run.glyphs.get(at).is_some_and(|glyph| glyph.after_blank))
        .collect();
    if span.from < span.to && starts.first() != Some(&span.from) {
        starts.insert(0, span.from);
    }
    let ends = starts.iter().skip(1).copied().chain([span.to]);
    let passages = starts
        .iter()
        .copied()
        .zip(ends)
        .map(|(from, to)| {
            let span = Span { from, to };
            let text = run.text(span);
            Passage {
                kind: kind_of(&text),
                text,
                line: run.lines(span),
            }
        })
        .collect();
    Notice { passages }
}

fn kind_of(text: &str) -> PassageKind {
    let digits = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_digit());
    let date = || {
        let (year, rest) = text.split_once('年')?;
        let (month, rest) = rest.split_once('月')?;
        Some(digits(year) && digits(month) && digits(rest.strip_suffix('日')?))
    };
    let stops = text.contains(['。', '，', '；', '：']);
    if date() == Some(true) {
        PassageKind::Date
    } else if text.contains('〔') && text.ends_with('号') && !stops {
        PassageKind::DocumentNumber
    } else if text.ends_with("通知") {
        PassageKind::Title
    } else if text.ends_with('：') {
        PassageKind::Addressees
    } else if text.starts_with("关于") && text.ends_with("意见") {
        PassageKind::OpinionsTitle
    } else if !stops
        && text.chars().count() <= 60
        && (text.ends_with('部') || text.ends_with("总局") || text.ends_with('委'))
    {
        PassageKind::Signers
    } else {
        PassageKind::Body
    }
}
