//! The opinions: 总体要求, the numbered measures, 组织保障, with their sentences.

use serde::{Deserialize, Serialize, Serializer};

use crate::action::{Sentence, cut_sentences};
use crate::doubt::{Doubt, LineRange};
use crate::glyph::{Run, Span};
use crate::mark::{Mark, mark_at};
use crate::reading::{Heading, Level};

/// What a measure is called by: `5`, `overall`, `safeguard`; `part-N` for any other part without numbered measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MeasureKey {
    /// 总体要求
    Overall,
    /// （五）
    Numbered(u32),
    /// 组织保障
    Safeguard,
    /// Prose of another part, by the part's number.
    Part(u32),
}

impl std::fmt::Display for MeasureKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Overall => f.write_str("overall"),
            Self::Numbered(number) => write!(f, "{number}"),
            Self::Safeguard => f.write_str("safeguard"),
            Self::Part(number) => write!(f, "part-{number}"),
        }
    }
}

impl std::str::FromStr for MeasureKey {
    type Err = MeasureKeyError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let number = |digits: &str| digits.parse().map_err(|_| MeasureKeyError(text.to_owned()));
        match text {
            "overall" => Ok(Self::Overall),
            "safeguard" => Ok(Self::Safeguard),
            _ => match text.strip_prefix("part-") {
                Some(digits) => number(digits).map(Self::Part),
                None => number(text).map(Self::Numbered),
            },
        }
    }
}

/// A key that is none of the four forms.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` names no measure: write its number, `overall`, `safeguard` or `part-N`")]
pub struct MeasureKeyError(pub String);

impl Serialize for MeasureKey {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for MeasureKey {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?
            .parse()
            .map_err(serde::de::Error::custom)
    }
}

/// One measure, or the prose of a part without measures.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Measure {
    /// What it is called by.
    pub key: MeasureKey,
    /// Heading of its part with the mark, such as `二、服务国家战略和经济社会大局`.
    pub part: String,
    /// Its title without mark and full stop; for prose, the part's title.
    pub title: String,
    /// First and last line.
    pub line: LineRange,
    /// All its words behind the title, wraps joined.
    pub text: String,
    /// Those words, sentence by sentence.
    pub sentences: Vec<Sentence>,
}

#[derive(Default)]
pub(crate) struct MeasuresRead {
    pub(crate) measures: Vec<Measure>,
    pub(crate) headings: Vec<Heading>,
    pub(crate) doubts: Vec<Doubt>,
}

pub(crate) fn read_measures(run: &Run<'_>, span: Span) -> MeasuresRead {
    let mut read = MeasuresRead::default();
    let mut part = (0, String::new());
    for (mark, body, span) in blocks(run, span, &mut read.doubts) {
        if let Some(line) = run.bare_inside(span) {
            read.doubts.push(Doubt::BareNumberInside { line });
        }
        match mark {
            Mark::Part(number) => {
                let (heading_end, sure) = heading_end(run, body, span);
                let heading = Span {
                    from: span.from,
                    to: heading_end,
                };
                if !sure {
                    read.doubts.push(Doubt::HeadingUncertain {
                        line: run.lines(heading).0,
                    });
                }
                part = (number, run.text(heading));
                read.headings.push(Heading {
                    level: Level::Part,
                    text: part.1.clone(),
                    line: run.lines(heading),
                });
                let prose = Span {
                    from: heading_end,
                    to: span.to,
                };
                if prose.from < prose.to {
                    let title = run.text(Span {
                        from: body,
                        to: heading_end,
                    });
                    let known = FRAMES.iter().find(|(words, _)| *words == title);
                    let key = known.map_or(MeasureKey::Part(number), |&(_, key)| key);
                    read.measures.push(measure(run, key, &part.1, title, prose, prose));
                }
            }
            Mark::Section(number) => {
                let stop = (body..span.to).find(|&at| run.c(at) == Some('。'));
                let title = run.text(Span {
                    from: body,
                    to: stop.unwrap_or(span.to),
                });
                let words = Span {
                    from: stop.map_or(span.to, |stop| stop + 1),
                    to: span.to,
                };
                read.measures
                    .push(measure(run, MeasureKey::Numbered(number), &part.1, title, span, words));
            }
            Mark::Task(_) => {}
        }
    }
    read
}

fn measure(run: &Run<'_>, key: MeasureKey, part: &str, title: String, whole: Span, words: Span) -> Measure {
    Measure {
        key,
        part: part.to_owned(),
        title,
        line: run.lines(whole),
        text: run.text(words),
        sentences: cut_sentences(run, words, key),
    }
}

/// Cuts the opinions at their marks. A mark must begin a line and continue the count; one that skips is taken with a doubt.
fn blocks(run: &Run<'_>, span: Span, doubts: &mut Vec<Doubt>) -> Vec<(Mark, usize, Span)> {
    let mut blocks: Vec<(Mark, usize, Span)> = Vec::new();
    let (mut part, mut measure) = (0, 0);
    for at in (span.from..span.to).filter(|&at| run.starts_line(at)) {
        let Some((mark, body)) = mark_at(run, at).filter(|&(_, body)| body <= span.to) else {
            continue;
        };
        let (count, written) = match mark {
            Mark::Part(number) => (&mut part, number),
            Mark::Section(number) => (&mut measure, number),
            Mark::Task(_) => continue,
        };
        if !(*count + 1..=*count + 3).contains(&written) {
            continue;
        }
        if written != *count + 1 {
            doubts.push(Doubt::MeasureOutOfOrder {
                written,
                line: run.lines(Span { from: at, to: body }).0,
            });
        }
        *count = written;
        if let Some(last) = blocks.last_mut() {
            last.2.to = at;
        }
        blocks.push((mark, body, Span { from: at, to: span.to }));
    }
    blocks
}

/// The parts whose headings are known words.
const FRAMES: [(&str, MeasureKey); 2] = [("总体要求", MeasureKey::Overall), ("组织保障", MeasureKey::Safeguard)];

/// Where a part's heading ends and its prose begins, and whether that is sure: behind a known heading, at the empty
/// line, else at the wrap; a block without a full stop is all heading.
fn heading_end(run: &Run<'_>, body: usize, span: Span) -> (usize, bool) {
    if !(body..span.to).any(|at| run.c(at) == Some('。')) {
        return (span.to, true);
    }
    if let Some((words, _)) = FRAMES.iter().find(|(words, _)| run.is_at(body, words)) {
        return (body + words.chars().count(), true);
    }
    let breaks = || (body + 1..span.to).filter(|&at| run.starts_line(at));
    let blank = breaks().find(|&at| run.glyphs.get(at).is_some_and(|glyph| glyph.after_blank));
    let sure = breaks().take(2).count() == 1;
    (blank.or_else(|| breaks().next()).unwrap_or(body), sure)
}
