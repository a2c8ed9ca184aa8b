//! Cuts a measure sentence by sentence and reads of each who shall do what, and how strongly it is asked.

use serde::{Deserialize, Serialize};

use crate::doubt::LineRange;
use crate::glyph::{Run, Span};
use crate::measure::MeasureKey;

/// How strongly a sentence asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Strength {
    /// 应, 要, or a plain imperative.
    Must,
    /// 支持
    Support,
    /// 鼓励
    Encourage,
    /// 探索
    Explore,
}

/// Who is asked; behind 支持 and 鼓励, who is supported or encouraged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Who {
    /// 试点示范省市
    Places,
    /// 试点示范省市商务主管部门
    PlaceCommerceBureaus,
    /// 商务部
    Mofcom,
    /// 市场监管总局
    Samr,
    /// 行业主管部门
    GuidingMinistries,
    /// 相关部门, 有关部门
    RelevantMinistries,
    /// 地方
    Localities,
    /// 中国外商投资企业协会
    FieAssociation,
    /// 试点示范省市外资协会
    PlaceFieAssociations,
    /// 在华外国商协会
    ForeignChambers,
    /// 商协会、学会、产业技术联盟等社会团体
    SocialGroups,
    /// 龙头企业、骨干企业等经营主体
    Enterprises,
    /// 各有关方面
    AllConcerned,
}

/// Where `who` was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WhoRead {
    /// In the sentence itself.
    Stated,
    /// In an earlier sentence of the same measure.
    Carried,
    /// Nowhere; an analyst assigns it.
    Unstated,
}

/// One thing that a measure asks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Action {
    /// The measure it stands in.
    pub measure: MeasureKey,
    /// Its place among the measure's sentences, from 1.
    pub ordinal: u32,
    /// The sentence with its full stop, wraps joined.
    pub sentence: String,
    /// The governing verb behind subject, strength and adverbs; empty if the object stands alone.
    pub verb: String,
    /// What follows the verb, to the end of the sentence.
    pub object: String,
    /// Who is asked.
    pub who: Vec<Who>,
    /// Where that was found.
    pub who_read: WhoRead,
    /// How strongly.
    pub strength: Strength,
    /// First and last line.
    pub line: LineRange,
}

/// A sentence of a measure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Sentence {
    /// It asks for something.
    Action(Action),
    /// It only states; nobody owes anything.
    Statement {
        /// Its place among the measure's sentences, from 1.
        ordinal: u32,
        /// The sentence.
        sentence: String,
        /// First and last line.
        line: LineRange,
    },
}

const PARTIES: [(&str, Who); 15] = [
    ("试点示范省市商务主管部门", Who::PlaceCommerceBureaus),
    (
        "试点示范省市当地的商协会、学会、产业技术联盟等社会团体",
        Who::SocialGroups,
    ),
    ("试点示范省市外资协会", Who::PlaceFieAssociations),
    ("融合发展领域的龙头企业、骨干企业等经营主体", Who::Enterprises),
    ("中国外商投资企业协会", Who::FieAssociation),
    ("在华外国商协会", Who::ForeignChambers),
    ("各业务主管部门", Who::GuidingMinistries),
    ("行业主管部门", Who::GuidingMinistries),
    ("市场监管总局", Who::Samr),
    ("试点示范省市", Who::Places),
    ("各有关方面", Who::AllConcerned),
    ("相关部门", Who::RelevantMinistries),
    ("有关部门", Who::RelevantMinistries),
    ("商务部", Who::Mofcom),
    ("地方", Who::Localities),
];

/// Words between subject and verb that do not change what is asked.
const ADVERBS: [&str; 21] = [
    "与当地社会团体",
    "与地方合作",
    "向政府部门",
    "先行先试",
    "因地制宜",
    "进一步",
    "视需要",
    "率先",
    "积极",
    "主动",
    "及时",
    "务实",
    "动态",
    "持续",
    "逐步",
    "协同",
    "共同",
    "全面",
    "加快",
    "加强",
    "探索",
];

const VERBS: [&str; 47] = [
    "制修订",
    "推动",
    "推进",
    "推出",
    "推广",
    "完善",
    "建设",
    "建立",
    "搭建",
    "加快",
    "加强",
    "加大",
    "制定",
    "修订",
    "编制",
    "研制",
    "研提",
    "优化",
    "发展",
    "发挥",
    "发布",
    "开展",
    "提高",
    "提供",
    "提升",
    "扩大",
    "承担",
    "承办",
    "参与",
    "践行",
    "对标",
    "设计",
    "测算",
    "邀请",
    "宣传",
    "组织",
    "协调",
    "配合",
    "沟通",
    "明确",
    "指导",
    "更新",
    "坚持",
    "纳入",
    "形成",
    "实施",
    "促进",
];

/// Words that open the setting of a duty; its verb stands in a later clause.
const SETTINGS: [&str; 9] = ["围绕", "以", "在", "结合", "依托", "按", "根据", "通过", "对"];

/// The parties at the head of a text, and what follows them.
fn parties(text: &str) -> (Vec<Who>, &str) {
    let (mut who, mut rest) = (Vec::new(), text);
    loop {
        let after_joint = if who.is_empty() {
            rest
        } else {
            ["会同", "、", "和", "及"]
                .iter()
                .find_map(|joint| rest.strip_prefix(joint))
                .unwrap_or(rest)
        };
        if !who.is_empty() && after_joint.len() == rest.len() {
            return (who, rest);
        }
        let Some((party, tail)) = PARTIES
            .iter()
            .find_map(|&(name, party)| after_joint.strip_prefix(name).map(|tail| (party, tail)))
        else {
            return (who, rest);
        };
        who.push(party);
        rest = tail;
    }
}

fn verb_at(text: &str) -> Option<(&'static str, &str)> {
    VERBS
        .iter()
        .find_map(|&verb| text.strip_prefix(verb).map(|rest| (verb, rest)))
}

/// The verb behind any adverbs; an adverb that no verb follows may be the verb itself (加快…升级).
fn verb_behind_adverbs(text: &str) -> Option<(&'static str, &str)> {
    let mut heads = vec![text];
    // No author stacks more than a few.
    while let Some(rest) = heads
        .last()
        .and_then(|head| ADVERBS.iter().find_map(|adverb| head.strip_prefix(adverb)))
        && heads.len() < 8
    {
        heads.push(rest);
    }
    heads.into_iter().rev().find_map(verb_at)
}

struct Asked<'a> {
    strength: Strength,
    who: Vec<Who>,
    verb: &'static str,
    object: &'a str,
}

/// The first clause that carries strength or verb governs the sentence; clauses before it (围绕…, 在…基础上) are its setting.
fn asked(sentence: &str) -> Option<Asked<'_>> {
    let mut governing: Option<(Strength, Vec<Who>, &str)> = None;
    for clause in clause_tails(sentence) {
        let (who, rest) = parties(clause);
        if let Some((strength, who, _)) = &governing {
            if let Some((verb, object)) = verb_behind_adverbs(clause) {
                return Some(Asked {
                    strength: *strength,
                    who: who.clone(),
                    verb,
                    object,
                });
            }
            continue;
        }
        for (word, strength) in [("支持", Strength::Support), ("鼓励", Strength::Encourage)] {
            if let Some(rest) = rest.strip_prefix(word) {
                let (supported, rest) = parties(rest);
                let who = if supported.is_empty() { who.clone() } else { supported };
                if let Some((verb, object)) = verb_behind_adverbs(rest) {
                    return Some(Asked {
                        strength,
                        who,
                        verb,
                        object,
                    });
                }
                if !SETTINGS.iter().any(|setting| rest.starts_with(setting)) {
                    return Some(Asked {
                        strength,
                        who,
                        verb: word,
                        object: rest,
                    });
                }
                governing = Some((strength, who, rest));
            }
        }
        if governing.is_some() {
            continue;
        }
        let duty = ["应当", "应", "要"]
            .iter()
            .find_map(|word| rest.strip_prefix(word))
            .unwrap_or(rest);
        if let Some((verb, object)) = verb_behind_adverbs(duty) {
            let strength = if duty.starts_with("探索") {
                Strength::Explore
            } else {
                Strength::Must
            };
            return Some(Asked {
                strength,
                who,
                verb,
                object,
            });
        }
        if duty.starts_with("探索") {
            return Some(Asked {
                strength: Strength::Explore,
                who,
                verb: "",
                object: duty,
            });
        }
    }
    governing.map(|(strength, who, object)| Asked {
        strength,
        who,
        verb: "",
        object,
    })
}

/// The sentence from each of its clauses on; commas inside brackets and quotation marks do not cut.
fn clause_tails(sentence: &str) -> impl Iterator<Item = &str> {
    let mut depth = 0_usize;
    let cuts: Vec<usize> = sentence
        .char_indices()
        .filter_map(|(at, c)| {
            depth = nesting(depth, c);
            (c == '，' && depth == 0).then_some(at + c.len_utf8())
        })
        .collect();
    // A sentence of more clauses than any author writes is not read further: the work stays linear.
    std::iter::once(0)
        .chain(cuts)
        .take(64)
        .filter_map(move |at| sentence.get(at..))
}

fn nesting(depth: usize, c: char) -> usize {
    match c {
        '（' | '“' | '《' => depth + 1,
        '）' | '”' | '》' => depth.saturating_sub(1),
        _ => depth,
    }
}

/// The spans of the sentences: cut behind 。 and ；, and before a new subject that owes something of its own
/// (…，试点示范省市商务主管部门应…).
fn sentence_spans(run: &Run<'_>, words: Span) -> Vec<Span> {
    let mut spans = Vec::new();
    let (mut from, mut depth) = (words.from, 0);
    for at in words.from..words.to {
        let Some(c) = run.c(at) else { break };
        depth = nesting(depth, c);
        let ends = c == '。' || (depth == 0 && (c == '；' || (c == '，' && new_duty(run, at + 1, words.to))));
        if ends || at + 1 == words.to {
            spans.push(Span { from, to: at + 1 });
            (from, depth) = (at + 1, 0);
        }
    }
    spans
}

fn new_duty(run: &Run<'_>, at: usize, to: usize) -> bool {
    let ahead = run.text(Span {
        from: at,
        to: (at + 40).min(to),
    });
    let (who, rest) = parties(&ahead);
    !who.is_empty() && rest.starts_with('应')
}

/// Whether a party is public: only such a subject carries over to the next sentence.
fn public(who: &[Who]) -> bool {
    !who.iter().any(|party| {
        matches!(
            party,
            Who::FieAssociation
                | Who::PlaceFieAssociations
                | Who::ForeignChambers
                | Who::SocialGroups
                | Who::Enterprises
        )
    })
}

pub(crate) fn cut_sentences(run: &Run<'_>, words: Span, measure: MeasureKey) -> Vec<Sentence> {
    let mut carried: Vec<Who> = Vec::new();
    sentence_spans(run, words)
        .into_iter()
        .zip(1..)
        .map(|(span, ordinal)| {
            let sentence = run.text(span);
            let line = run.lines(span);
            let bare = sentence.trim_end_matches(['。', '；', '，']);
            let Some(asked) = asked(bare) else {
                return Sentence::Statement {
                    ordinal,
                    sentence,
                    line,
                };
            };
            let (who, who_read) = match (asked.who.is_empty(), carried.is_empty()) {
                (false, _) => (asked.who, WhoRead::Stated),
                (true, false) => (carried.clone(), WhoRead::Carried),
                (true, true) => (Vec::new(), WhoRead::Unstated),
            };
            if who_read == WhoRead::Stated && public(&who) {
                carried.clone_from(&who);
                if asked.verb == "指导" {
                    // What follows is done by the guided too (指导试点示范省市推进…；完善…).
                    carried.extend(parties(asked.object).0);
                }
            }
            let (verb, object, strength) = (asked.verb.to_owned(), asked.object.to_owned(), asked.strength);
            Sentence::Action(Action {
                measure,
                ordinal,
                sentence,
                verb,
                object,
                who,
                who_read,
                strength,
                line,
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]
    use super::*;

    fn actions(text: &str) -> Vec<(Strength, Vec<Who>, String)> {
        let run = Run::new(text);
        let whole = Span {
            from: 0,
            to: run.glyphs.len(),
        };
        cut_sentences(&run, whole, MeasureKey::Numbered(1))
            .into_iter()
            .map(|sentence| match sentence {
                Sentence::Action(action) => (action.strength, action.who, action.verb),
                Sentence::Statement { sentence, .. } => panic!("a statement: {sentence}"),
            })
            .collect()
    }

    #[test]
    fn encouraging_the_chambers_binds_the_bureaus() {
        let read = actions(
            "鼓励在华外国商协会向政府部门研提标准化工作建议，\n\n试点示范省市商务主管部门应明确沟通渠道、提供工作便利。",
        );
        assert_eq!(
            read,
            [
                (Strength::Encourage, vec![Who::ForeignChambers], "研提".to_owned()),
                (Strength::Must, vec![Who::PlaceCommerceBureaus], "明确".to_owned()),
            ]
        );
    }

    #[test]
    fn the_first_governing_word_decides_the_strength() {
        for (text, strength, verb) in [
            (
                "探索建立制造业物流成本核算统计体系，开展评估监测。",
                Strength::Explore,
                "建立",
            ),
            (
                "支持试点示范省市围绕数字经济等领域，加快探索建立“两业”融合统计调查制度。",
                Strength::Support,
                "建立",
            ),
            (
                "根据地方意愿，支持试点示范省市务实建设交流平台。",
                Strength::Support,
                "建设",
            ),
            (
                "相关部门加强对地方的政策和要素保障，支持试点示范省市标准化能力建设。",
                Strength::Must,
                "加强",
            ),
            (
                "对照相关国际标准组织合规管理体系要求，进一步加大规则转化应用力度。",
                Strength::Must,
                "加大",
            ),
            ("各有关方面要坚持总体国家安全观。", Strength::Must, "坚持"),
            ("加快家电、家居产品等标准升级。", Strength::Must, "加快"),
            (
                "鼓励融合发展领域的龙头企业、骨干企业等经营主体参与标准制定。",
                Strength::Encourage,
                "参与",
            ),
        ] {
            let read = actions(text);
            assert_eq!((read[0].0, read[0].2.as_str()), (strength, verb), "{text}");
        }
    }

    #[test]
    fn a_sentence_without_subject_takes_the_last_public_one() {
        let read = actions("商务部、市场监管总局和相关部门指导试点示范省市推进标准化建设；完善服务标准。");
        assert_eq!(read[0].1, [Who::Mofcom, Who::Samr, Who::RelevantMinistries]);
        assert_eq!(
            read[1].1,
            [Who::Mofcom, Who::Samr, Who::RelevantMinistries, Who::Places]
        );
        let read = actions("鼓励在华外国商协会参与标准制定。推动标准落地。");
        assert!(read[1].1.is_empty());
    }

    #[test]
    fn a_sentence_that_asks_nothing_is_a_statement() {
        let run = Run::new("标准是制度型开放的重要领域。");
        let whole = Span {
            from: 0,
            to: run.glyphs.len(),
        };
        assert!(matches!(
            cut_sentences(&run, whole, MeasureKey::Overall)[..],
            [Sentence::Statement { .. }]
        ));
    }
}
