//! Which task a title comes from: by likeness of titles, place and named number.

use super::TaskTitle;
use regex::Regex;
use std::sync::LazyLock;

/// A task that a line may belong to.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    /// Id of the task.
    pub task: String,
    /// Its number.
    pub number: u32,
    /// 0 to 1.
    pub score: f64,
    /// Why, so that a person can judge.
    pub reasons: Vec<Reason>,
}

/// Why a task is proposed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// The titles are the same.
    SameTitle,
    /// One title contains the other; an ellipsis stands for any words.
    TitleContained,
    /// The titles are alike, in per cent.
    TitleAlike(u8),
    /// The place holds the task.
    PlaceHolds,
    /// The place does not hold it.
    PlaceDoesNotHold,
    /// The line names its number.
    NumberNamed,
}

impl Candidate {
    /// Whether it is likely enough to be chosen before a person has looked.
    pub fn is_likely(&self) -> bool {
        self.score >= LIKELY
    }
}

/// Of some candidates, the likeliest first, the one that may be chosen before a person has looked: likely, and clearly
/// more so than the next.
pub fn clear<'c>(candidates: impl IntoIterator<Item = &'c Candidate>) -> Option<&'c Candidate> {
    let mut candidates = candidates.into_iter();
    let first = candidates.next().filter(|c| c.is_likely())?;
    let next = candidates.next();
    next.is_none_or(|next| first.score - next.score >= CLEARLY)
        .then_some(first)
}

/// As likely as this may be chosen beforehand.
const LIKELY: f64 = 0.6;
/// Closer together than this are two of which a person chooses.
pub(super) const CLEARLY: f64 = 0.05;

/// Words that titles of any subject share: being alike in these says nothing. Longer ones first.
const GENERIC: [&str; 24] = [
    "技术规范",
    "服务规范",
    "管理规范",
    "管理",
    "规范",
    "指南",
    "要求",
    "评价",
    "评估",
    "服务",
    "标准",
    "建设",
    "技术",
    "实施",
    "通则",
    "导则",
    "规程",
    "通用",
    "体系",
    "指标",
    "方法",
    "规则",
    "工作",
    "基本",
];
const GENERIC_EN: [&str; 22] = [
    "specification",
    "specifications",
    "guide",
    "guidelines",
    "guideline",
    "requirements",
    "evaluation",
    "assessment",
    "service",
    "services",
    "standard",
    "standards",
    "management",
    "general",
    "technical",
    "for",
    "of",
    "the",
    "and",
    "in",
    "on",
    "code",
];

/// At most so many candidates.
const MOST: usize = 5;
/// Less alike than this is not proposed.
const LEAST: f64 = 0.35;

static NUMBER: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?i)(?:第\s*(\d{1,3})\s*项|任务\s*(\d{1,3})\b|task\s+(?:no\.\s*)?(\d{1,3})\b)").ok());

/// The tasks that a title, a place and the words around speak for, the likeliest first.
pub(super) fn rank(title: &str, place: Option<&str>, around: &str, tasks: &[TaskTitle]) -> Vec<Candidate> {
    let named: Option<u32> = NUMBER
        .as_ref()
        .and_then(|pattern| pattern.captures(around))
        .and_then(|captures| {
            (1..=3)
                .find_map(|group| captures.get(group))
                .and_then(|m| m.as_str().parse().ok())
        });
    let mut candidates: Vec<Candidate> = tasks
        .iter()
        .map(|task| {
            let (mut score, reason) = task
                .titles
                .iter()
                .map(|own| alike(title, own))
                .fold((0.0, None), |best, new| if new.0 > best.0 { new } else { best });
            let mut reasons: Vec<Reason> = reason.into_iter().collect();
            if named == Some(task.number) {
                score += 0.6;
                reasons.push(Reason::NumberNamed);
            }
            match place {
                Some(place) if task.places.iter().any(|p| p == place) => {
                    score += 0.1;
                    reasons.push(Reason::PlaceHolds);
                }
                Some(_) if !task.places.is_empty() => {
                    score -= 0.1;
                    reasons.push(Reason::PlaceDoesNotHold);
                }
                _ => {}
            }
            Candidate {
                task: task.id.clone(),
                number: task.number,
                score: score.clamp(0.0, 1.0),
                reasons,
            }
        })
        .filter(|c| c.score >= LEAST)
        .collect();
    candidates.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.number.cmp(&b.number)));
    candidates.truncate(MOST);
    candidates
}

/// How alike two titles are, 0 to 0.9, and why.
fn alike(a: &str, b: &str) -> (f64, Option<Reason>) {
    let (plain_a, plain_b) = (plain(a), plain(b));
    if plain_a.is_empty() || plain_b.is_empty() {
        return (0.0, None);
    }
    if plain_a == plain_b {
        return (0.9, Some(Reason::SameTitle));
    }
    if holds_pieces(a, &plain_b) || holds_pieces(b, &plain_a) {
        return (0.85, Some(Reason::TitleContained));
    }
    let (short, long) = if plain_a.chars().count() < plain_b.chars().count() {
        (&plain_a, &plain_b)
    } else {
        (&plain_b, &plain_a)
    };
    let shorter = short.chars().count();
    let (own_a, own_b) = (without_generic(a), without_generic(b));
    if own_a.is_empty() || own_b.is_empty() {
        return (0.0, None);
    }
    if shorter >= 4 && long.contains(short.as_str()) {
        let share = f64::from(u32::try_from(shorter).unwrap_or(0))
            / f64::from(u32::try_from(long.chars().count()).unwrap_or(1));
        return (0.5 + 0.3 * share, Some(Reason::TitleContained));
    }
    // No more alike than in what is their own: 管理规范 at the end of both says nothing.
    let alike = likeness(&plain_a, &plain_b).min(likeness(&own_a, &own_b));
    // Between 0 and 100, so nothing is cut off.
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "between 0 and 100"
    )]
    let percent = (alike * 100.0).round() as u8;
    (alike * 0.8, Some(Reason::TitleAlike(percent)))
}

/// How alike two texts are, letter by letter or by pairs of letters, 0 to 1.
fn likeness(a: &str, b: &str) -> f64 {
    strsim::normalized_damerau_levenshtein(a, b).max(strsim::sorensen_dice(a, b))
}

/// A title without the words that titles of any subject share.
fn without_generic(title: &str) -> String {
    let lower = title.to_lowercase();
    let words: Vec<&str> = lower.split_whitespace().filter(|w| !GENERIC_EN.contains(w)).collect();
    let own = GENERIC
        .iter()
        .fold(words.join(" "), |text, word| text.replace(word, ""));
    plain(&own)
}

/// Whether a title with an ellipsis matches another: its pieces stand there in order.
fn holds_pieces(with_ellipsis: &str, other: &str) -> bool {
    if !with_ellipsis.contains('…') && !with_ellipsis.contains("...") {
        return false;
    }
    let marked = with_ellipsis.replace("...", "…");
    let pieces: Vec<String> = marked.split('…').map(plain).filter(|p| !p.is_empty()).collect();
    let mut rest = other;
    pieces.iter().map(|p| p.chars().count()).sum::<usize>() >= 4
        && pieces.iter().all(|piece| match rest.find(piece.as_str()) {
            Some(at) => {
                rest = &rest[at + piece.len()..];
                true
            }
            None => false,
        })
}

/// Letters, digits and characters alone, in small letters.
fn plain(text: &str) -> String {
    text.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}
