//! The published text, damaged in ways that no copy shows: every line is accounted for all the same.

use crate::any_text::lost_lines;
use ::fuzz::Fuzz;
use std::collections::BTreeSet;
use tasklist::{Places, read, read_places, topics};

const PUBLISHED: &str = include_str!("../../../../catalog/policy/mofcom-2024-314.txt");
const WORDS: &[&str] = &[
    "一、",
    "（一）",
    "13.",
    "28.",
    "（成都）",
    "(各试点示范省市)",
    "（",
    "）",
    "(",
    ")",
    "\n",
    "\n\n",
    "— 7 —\n",
    "第7页\n",
    "任务清单（首批）\n",
    "支持",
    "应",
    "鼓励",
    "探索",
    "。",
    "；",
    "试点示范省市",
    "商务部",
    "有意愿的",
    "等",
    "、",
    "商资发〔2024〕314号",
    "总体要求",
    "组织保障",
];

/// The text in windows of some lines, so that a damage is a large part of what is read.
fn windows() -> Vec<String> {
    let lines: Vec<&str> = PUBLISHED.lines().collect();
    lines.chunks(40).map(|some| some.join("\n")).collect()
}

#[test]
fn no_line_of_a_damaged_text_is_lost() {
    let windows = windows();
    let corpus: Vec<&str> = windows.iter().map(String::as_str).collect();
    Fuzz::new("list text").rounds(1_500).text(&corpus, WORDS, |text| {
        assert_eq!(lost_lines(text), BTreeSet::new());
        let reading = read(text, &Places::default());
        serde_json::to_string(&reading).unwrap();
    });
}

#[test]
fn places_and_topics_are_read_from_anything() {
    let corpus = [
        "北京、天津、上海",
        "重庆、海南，各试点示范省市",
        "各试点示范省市",
        "有意愿的试点示范省市",
        "成都(参与)、武汉",
        "绿色供应链、循环经济和再制造等系列标准",
    ];
    Fuzz::new("places").rounds(4_000).text(&corpus, WORDS, |text| {
        let read = read_places(text, &Places::default());
        for claim in &read.claims {
            let codes: BTreeSet<&str> = claim.places.iter().map(|p| p.as_str()).collect();
            assert_eq!(codes.len(), claim.places.len(), "a place is named twice: {claim:?}");
        }
        for topic in topics(text) {
            assert!(!topic.trim().is_empty());
        }
    });
}
