//! Numbers, references, lists and fixed sentences that a document does not write.

use document::model::{CitedAs, CrossReference, Id};
use document::resolve::{Resolved, SentenceClass, Slot, resolve};
use document::source::parse;
use language::Lang;

fn numbered() -> Resolved {
    let parsed = parse(include_str!("texts/numbered.md"));
    assert!(parsed.findings.is_empty(), "{:?}", parsed.findings);
    resolve(&parsed.document)
}

fn refer(resolved: &Resolved, id: &str) -> Option<String> {
    let reference = CrossReference {
        target: Id::written(id),
        words: Vec::new(),
    };
    resolved.reference(&reference, document::model::TextLanguage::Zh)
}

#[test]
fn references_have_the_forms_of_the_rules() {
    let resolved = numbered();
    for (id, form) in [
        ("ch", "第5章"),
        ("general", "4.1"),
        ("u2", "4.2.2"),
        ("first", "4.1 a)"),
        ("inner", "4.1 b) 1)"),
        ("annex-a", "附录A"),
        ("a1", "A.1"),
        ("tb", "表1"),
        ("tb-a", "表A.1"),
        ("eq-intro", "公式（1）"),
        ("why", "0.1"),
        ("term-组件", "3.1"),
    ] {
        assert_eq!(refer(&resolved, id).as_deref(), Some(form), "{id}");
    }
    assert_eq!(refer(&resolved, "nothing"), None);
}

#[test]
fn notes_count_where_there_are_several() {
    let resolved = numbered();
    let caption = |id: &str| {
        resolved
            .label(&Id::written(id))
            .map(|label| label.caption(document::model::TextLanguage::Zh))
    };
    assert_eq!(caption("term-组件-n1").as_deref(), Some("注1："));
    assert_eq!(caption("general-n1").as_deref(), Some("注："));
    assert_eq!(caption("u2-ex1").as_deref(), Some("示例："));
}

#[test]
fn citations_are_normative_by_their_words() {
    let cited: Vec<(String, CitedAs)> = numbered()
        .citations
        .into_iter()
        .map(|used| (used.target, used.cited))
        .collect();
    let (normative, informative) = (CitedAs::Normative, CitedAs::Informative);
    let expected = [
        ("GB/T 2297—2018", informative),
        ("GB/T 9.2—2010", normative),
        ("GB/T 78", informative),
        ("GB/T 77", informative),
        ("GB/T 99", informative),
        ("GB/T 100", normative),
        ("GB/T 55", informative),
    ];
    assert_eq!(cited, expected.map(|(text, kind)| (text.to_owned(), kind)));
}

#[test]
fn lists_are_in_the_order_of_the_rules() {
    let resolved = numbered();
    let numbers = |list: &[document::resolve::ListedReference]| -> Vec<String> {
        list.iter()
            .map(|entry| {
                if entry.number.is_empty() {
                    document::model::plain_text(&entry.text)
                } else {
                    entry.number.clone()
                }
            })
            .collect()
    };
    assert_eq!(
        numbers(&resolved.references),
        [
            "GB/T 9.2—2010",
            "GB/T 10",
            "GB/T 100",
            "SB/T 11238—2023",
            "ISO 9001:2015",
            "某部公告第1号"
        ]
    );
    assert_eq!(
        numbers(&resolved.bibliography),
        ["某书", "GB/T 78", "GB/T 55", "GB/T 77", "GB/T 99", "GB/T 2297—2018"]
    );
}

#[test]
fn the_foreword_is_in_its_order() {
    let resolved = numbered();
    let slots: Vec<(Slot, bool)> = resolved
        .foreword
        .iter()
        .map(|part| (part.slot, part.generated))
        .collect();
    assert_eq!(
        slots,
        [
            (Slot::Rules, true),
            (Slot::Relations, false),
            (Slot::Replaces, true),
            (Slot::Replaces, true),
            (Slot::Patents, true),
            (Slot::Proposer, true),
            (Slot::Owner, true),
            (Slot::Organizations, true),
            (Slot::People, true),
        ]
    );
    insta::assert_json_snapshot!("foreword", resolved.foreword);
}

#[test]
fn the_cover_the_contents_and_the_index() {
    let resolved = numbered();
    insta::assert_json_snapshot!("cover", resolved.cover);
    insta::assert_json_snapshot!("contents", resolved.contents);
    insta::assert_json_snapshot!("index", resolved.index);
    insta::assert_json_snapshot!("lead_ins", resolved.lead_ins);
}

#[test]
fn the_cover_names_a_place_in_full() {
    let class = |front: &str| {
        resolve(&parse(&format!("+++\n{front}\n+++\n# 范围\n")).document)
            .cover
            .class
    };
    for (front, words) in [
        ("id = \"DB50/T 1—2026\"", "重庆市地方标准"),
        ("id = \"DB11/T 1—2026\"", "北京市地方标准"),
        ("id = \"DB32/T 1—2026\"", "江苏省地方标准"),
        ("id = \"DB45/T 1—2026\"", "广西壮族自治区地方标准"),
        ("id = \"DB15/T 1—2026\"", "内蒙古自治区地方标准"),
        // A city's number does not name the city.
        ("id = \"DB3201/T 1—2026\"", "地方标准"),
        ("id = \"DB3201/T 1—2026\"\nseries = \"南京市\"", "南京市地方标准"),
    ] {
        assert_eq!(class(front), words, "{front}");
    }
}

#[test]
fn a_clause_is_what_its_strongest_sentence_is() {
    let resolved = numbered();
    let class = |id: &str| resolved.class(&Id::written(id));
    assert_eq!(class("scope"), Some(SentenceClass::Statement));
    assert_eq!(class("general"), Some(SentenceClass::Requirement));
    assert_eq!(class("u2"), Some(SentenceClass::Permission));
    assert_eq!(class("ch"), Some(SentenceClass::Instruction));
    let items: Vec<SentenceClass> = resolved.sentences[&Id::written("general")]
        .iter()
        .take(5)
        .map(|sentence| sentence.class)
        .collect();
    assert_eq!(items, [SentenceClass::Requirement; 5]);
}

#[test]
fn a_reference_to_nothing_is_told() {
    let resolved = resolve(&parse("# 章\n# 节\n见[](#无)和[@某书]。\n").document);
    let told: Vec<(&str, u32, String)> = resolved
        .findings
        .iter()
        .map(|finding| (finding.rule, finding.span.start.column, finding.message.text(Lang::En)))
        .collect();
    assert_eq!(
        told.iter().map(|(rule, at, _)| (*rule, *at)).collect::<Vec<_>>(),
        [("SRC-15", 2), ("SRC-24", 9)]
    );
    assert!(told[0].2.contains("无"));
}
