//! What a standard leaves to others, and what belongs elsewhere: LEG, TRD; and how clauses fit their kind: MOD-07, MOD-09,
//! STR-10, FWD-02, FWD-07.

use super::{Check, modal::place_of_verb};
use crate::finding::{Fix, message};
use crate::model::{BlockKind, Clause, ElementKind, Genre, Plain, Span, plain_text};
use crate::resolve::{SentenceClass, Slot, Within};

/// Matters of contracts and of law (5.5.3).
const CONTRACT: &[&str] = &["索赔", "担保", "费用结算", "违约责任", "法律责任", "罚则", "赔偿责任"];
/// Marks of trade names.
const TRADE: &[&str] = &["®", "™"];
/// Titles of what is common to a chapter (9.3).
pub(super) const COMMON: &[&str] = &["通用要求", "通则", "概述", "一般要求", "总体要求", "基本要求", "总则"];
/// The first sentence of the foreword (8.3 a)), as `resolve` writes it.
const RULES: &str = "本文件按照GB/T 1.1—2020《标准化工作导则　第1部分：标准化文件的结构和起草规则》的规定起草。";

pub(super) fn check(check: &mut Check<'_>) {
    contract(check);
    fit(check);
    common_first(check);
    foreword(check);
    kind(check);
    principles(check);
}

fn contract(check: &mut Check<'_>) {
    let told: Vec<(&'static str, Span, &'static str)> = check
        .resolved
        .sentences
        .values()
        .flatten()
        .filter(|sentence| sentence.within == Within::Body)
        .flat_map(|sentence| {
            let legal = CONTRACT
                .iter()
                .find(|word| sentence.text.contains(**word))
                .map(|word| ("LEG-01", sentence.place_of(word), *word));
            let trade = TRADE
                .iter()
                .find(|mark| sentence.text.contains(**mark))
                .map(|mark| ("TRD-01", sentence.place_of(mark), *mark));
            legal.into_iter().chain(trade)
        })
        .collect();
    let explained = says_no_endorsement(check);
    for (rule, span, word) in told {
        if rule == "TRD-01" && explained {
            continue;
        }
        if rule == "LEG-01" {
            check.tell(rule, span, message!("lint-leg-01", word = word));
        } else {
            check.tell(rule, span, message!("lint-trd-01", mark = word));
        }
    }
}

/// Whether a footnote or a note has the fixed words on trade names (9.13.1).
fn says_no_endorsement(check: &Check<'_>) -> bool {
    let fixed = |text: &str| text.contains("不表示对") && text.contains("认可");
    let footnotes = &check.document.footnotes;
    footnotes.iter().any(|note| fixed(&Plain::of(&note.text).text))
        || check
            .resolved
            .sentences
            .values()
            .flatten()
            .any(|sentence| sentence.within != Within::Body && fixed(&sentence.text))
}

/// People follow, things conform (9.4.2.1).
fn fit(check: &mut Check<'_>) {
    const THINGS: &[&str] = &[
        "设备", "产品", "系统", "装置", "材料", "设施", "样品", "仪器", "组件", "软件", "工具",
    ];
    const PEOPLE: &[&str] = &["人员", "工作人员", "管理者", "从业者", "操作者"];
    let told: Vec<(Span, String)> = check
        .resolved
        .sentences
        .values()
        .flatten()
        .filter_map(|sentence| {
            let text = &sentence.text;
            let person = PEOPLE.iter().find(|person| {
                text.contains(&format!("{person}应符合")) && !text.contains(&format!("{person}应符合下列"))
            })?;
            Some((sentence.place_of(&format!("{person}应符合")), (*person).to_owned()))
        })
        .collect();
    let things: Vec<(Span, &'static str)> = check
        .resolved
        .sentences
        .values()
        .flatten()
        .filter_map(|sentence| {
            let words = THINGS.iter().map(|thing| (thing, format!("{thing}应遵守")));
            let (thing, said) = words
                .into_iter()
                .find(|(_, said)| sentence.text.contains(said.as_str()))?;
            Some((sentence.place_of(&said), *thing))
        })
        .collect();
    for (span, person) in told {
        check.tell("MOD-07", span, message!("lint-mod-07", person = person));
    }
    for (span, thing) in things {
        check.tell("MOD-07", span, message!("lint-mod-07-thing", thing = thing));
    }
}

/// What is common to a chapter stands first (9.3).
fn common_first(check: &mut Check<'_>) {
    fn clause(check: &mut Check<'_>, one: &Clause) {
        for below in &one.clauses {
            fits_its_title(check, below);
        }
        for below in one.clauses.iter().skip(1) {
            let title = below
                .heading
                .as_ref()
                .map(|heading| plain_text(&heading.title))
                .unwrap_or_default();
            if COMMON.contains(&title.trim()) {
                let span = below.heading.as_ref().map_or(below.span, |heading| heading.span);
                check.tell("STR-10", span, message!("lint-str-10", title = title.trim()));
            }
        }
        for below in &one.clauses {
            clause(check, below);
        }
    }
    let document = check.document;
    for element in document
        .elements
        .iter()
        .filter(|element| element.kind == ElementKind::Chapter)
    {
        clause(check, &element.clause);
    }
}

/// 概述 states, 通用要求 requires (9.3).
fn fits_its_title(check: &mut Check<'_>, one: &Clause) {
    let Some(heading) = &one.heading else { return };
    let title = plain_text(&heading.title);
    let classes = classes(check, one);
    let requires = classes.contains(&SentenceClass::Requirement);
    let states = classes.iter().any(|class| *class != SentenceClass::Requirement);
    let right = match title.trim() {
        "概述" if requires && states => "通则",
        "概述" if requires => "通用要求",
        "通用要求" if !classes.is_empty() && !requires => "概述",
        _ => return,
    };
    let message = message!("lint-str-10-class", title = title.trim(), right = right);
    check.tell("STR-10", heading.span, message);
}

/// Principles are stated or recommended, never required (table 3).
fn principles(check: &mut Check<'_>) {
    let told: Vec<Span> = check
        .document
        .elements
        .iter()
        .filter(|element| element.kind == ElementKind::Chapter)
        .filter(|element| {
            let heading = element.clause.heading.as_ref();
            heading.is_some_and(|heading| matches!(plain_text(&heading.title).trim(), "总体原则" | "基本原则" | "原则"))
        })
        .flat_map(|element| requirements(check, &element.clause))
        .collect();
    for span in told {
        check.tell("MOD-09", span, message!("lint-mod-09-principle"));
    }
}

fn requirements(check: &Check<'_>, one: &Clause) -> Vec<Span> {
    let own = check.resolved.sentences.get(&one.id).into_iter().flatten();
    let mut found: Vec<Span> = own
        .filter(|sentence| sentence.within == Within::Body && sentence.class == SentenceClass::Requirement)
        .map(place_of_verb)
        .collect();
    for below in &one.clauses {
        found.extend(requirements(check, below));
    }
    found
}

fn foreword(check: &mut Check<'_>) {
    let document = check.document;
    if let Some(element) = document.element(ElementKind::Foreword) {
        for block in &element.clause.blocks {
            let BlockKind::Paragraph(text) = &block.kind else {
                continue;
            };
            let text = Plain::of(text).text;
            let folded: String = text.chars().filter(|c| !c.is_whitespace()).collect();
            let about_rules = ["按照", "依据", "根据", "遵照"]
                .iter()
                .any(|word| folded.contains(word))
                && folded.contains("GB/T1.1")
                && folded.contains("起草");
            if !about_rules || text == RULES {
                continue;
            }
            // A paragraph that says more is not taken away with it.
            let alone = text.trim_end_matches('。').chars().all(|c| c != '。');
            if folded.contains("2009") {
                let fix = alone.then(|| Fix::delete(block.span));
                check.put("FWD-02", block.span, message!("lint-fwd-02-older"), fix);
            } else {
                let fix = alone.then(|| Fix::replace(block.span, RULES));
                check.put("FWD-02", block.span, message!("lint-fwd-02"), fix);
            }
        }
    }
    let front = &document.front;
    if !front.replaces.is_empty() && front.foreword.history.is_empty() && !writes_history(check) {
        check.tell("FWD-07", front.place("foreword"), message!("lint-fwd-07"));
    }
}

/// Whether the author's own foreword tells the editions before.
fn writes_history(check: &Check<'_>) -> bool {
    check
        .resolved
        .foreword
        .iter()
        .any(|part| part.slot == Slot::History && !part.generated)
}

/// Which classes of sentences a kind of document is made of (table 4).
fn kind(check: &mut Check<'_>) {
    let document = check.document;
    let Some(genre) = document.front.genre else { return };
    let core: Vec<SentenceClass> = document
        .elements
        .iter()
        .filter(|element| element.kind == ElementKind::Chapter)
        .flat_map(|element| classes(check, &element.clause))
        .collect();
    if core.is_empty() {
        return;
    }
    let has = |class| core.contains(&class);
    let span = document.front.place("kind");
    match genre {
        Genre::Specification if !has(SentenceClass::Requirement) => {
            check.tell("MOD-09", span, message!("lint-mod-09-specification"));
        }
        Genre::CodeOfPractice if !has(SentenceClass::Requirement) && !has(SentenceClass::Instruction) => {
            check.tell("MOD-09", span, message!("lint-mod-09-practice"));
        }
        Genre::Guideline if has(SentenceClass::Requirement) => {
            let first = first_requirement(check);
            check.tell("MOD-09", first.unwrap_or(span), message!("lint-mod-09-guideline"));
        }
        _ => {}
    }
}

fn classes(check: &Check<'_>, clause: &Clause) -> Vec<SentenceClass> {
    let mut found: Vec<SentenceClass> = check
        .resolved
        .sentences
        .get(&clause.id)
        .into_iter()
        .flatten()
        .filter(|sentence| sentence.within == Within::Body)
        .map(|sentence| sentence.class)
        .collect();
    for below in &clause.clauses {
        found.extend(classes(check, below));
    }
    found
}

fn first_requirement(check: &Check<'_>) -> Option<Span> {
    let chapters: Vec<&Clause> = check
        .document
        .elements
        .iter()
        .filter(|element| element.kind == ElementKind::Chapter)
        .map(|element| &element.clause)
        .collect();
    fn search(check: &Check<'_>, clause: &Clause) -> Option<Span> {
        check
            .resolved
            .sentences
            .get(&clause.id)
            .into_iter()
            .flatten()
            .find(|sentence| sentence.within == Within::Body && sentence.class == SentenceClass::Requirement)
            .map(|sentence| sentence.span)
            .or_else(|| clause.clauses.iter().find_map(|below| search(check, below)))
    }
    chapters.into_iter().find_map(|clause| search(check, clause))
}
