//! Explanations, and that every message has its words.

use std::collections::BTreeSet;

use crate::factory::FACTORY;
use crate::support::{row, standard};
use indicator::{Settings, explain, outline, report, run, understand};
use language::Lang;

const INPUTS: [(&str, &str); 11] = [
    ("A1.1", "90.8 %"),
    ("A2.1", "混合专网"),
    ("设备数", "640"),
    ("设备数[联网=5G]", "412"),
    ("B1.2", "34 ms"),
    ("B2.1", "4"),
    ("C1.1", "7"),
    ("C2.2", "12.5 %"),
    ("D1.1", "是"),
    ("D1.2", "0 次/a"),
    ("时延样本", "30"),
];

#[test]
fn the_derivation_names_formula_values_points_weight_and_clause() {
    let standard = standard(FACTORY);
    let (units, _) = understand(&standard, &[row("甲", None, &INPUTS)]);
    let results = run(&standard, &units, Settings::default());
    let whole = explain(&standard, &units[0], &results[0], None, Lang::Zh);
    let told = outline(&whole);
    for part in [
        "总分 = ",
        "84.9690625，修约为 85.0",
        "未达“标杆”",
        "按全数值比较法",
        "5G联网设备占比得80.5分(权重12.6%):412 ÷ 640 = 64.375 %，线性(0→0, 80 %→100)。依据5.2。",
        "等级：特色（条款 7.1）",
        "C2.1 单位产值能耗下降率；缺失（未提供），剔除重分",
    ] {
        assert!(told.contains(part), "{part} not in\n{told}");
    }
    let english = outline(&explain(&standard, &units[0], &results[0], None, Lang::En));
    for part in [
        "rounded to 85.0",
        "the full value decides",
        "clause 5.2 (line 75)",
        "absent (not given), left out",
    ] {
        assert!(english.contains(part), "{part} not in\n{english}");
    }
    let node = standard.node("B1.1");
    let one = explain(&standard, &units[0], &results[0], node, Lang::Zh);
    assert_eq!(one[0].points.as_deref(), Some("80.46875"));
    assert_eq!(one[0].weight.as_deref(), Some("0.126"));
    assert_eq!(one[0].inputs.len(), 2);
    assert_eq!(language::missing_count(), 0, "{:?}", language::missing());
}

#[test]
fn the_report_has_the_shape_of_the_contract() {
    let standard = standard(FACTORY);
    let (units, _) = understand(&standard, &[row("甲", None, &INPUTS)]);
    let results = run(&standard, &units, Settings::default());
    let json = serde_json::to_value(report(&standard, &results, None, Lang::En)).unwrap();
    let unit = &json["units"][0];
    assert_eq!(json["system"], "DB50/T XXXX-2025");
    assert_eq!(
        (unit["total"].as_f64(), unit["grade"].as_str()),
        (Some(85.0), Some("特色"))
    );
    assert_eq!(unit["coverage"], 0.94);
    let node = &unit["nodes"]["B1.1"];
    assert_eq!(
        (node["value"].as_f64(), node["unit"].as_str()),
        (Some(64.375), Some("%"))
    );
    assert_eq!(
        (node["score"].as_f64(), node["exact"].as_str()),
        (Some(80.46875), Some("80.46875"))
    );
    assert_eq!(unit["nodes"]["C2.1"]["missing"], "not given");
    assert_eq!(unit["nodes"]["C2.1"]["value"], serde_json::Value::Null);
    assert_eq!(unit["nodes"]["A2.1"]["value"], "混合专网");
}

/// Every id that the rooms name has its words, and every one of a rule its mend.
#[test]
fn every_message_that_is_named_is_there() {
    let mut named = BTreeSet::new();
    for folder in ["src", "src/check", "src/index", "../formula/src"] {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
        for file in std::fs::read_dir(folder).unwrap() {
            let path = file.unwrap().path();
            if path.extension().is_none_or(|kind| kind != "rs") {
                continue;
            }
            for word in std::fs::read_to_string(path).unwrap().split('"') {
                let ours = ["indicator-", "formula-", "absence-", "explain-"]
                    .iter()
                    .any(|start| word.starts_with(start));
                if ours && word.bytes().all(|b| b.is_ascii_lowercase() || b == b'-') {
                    named.insert(word.to_owned());
                }
            }
        }
    }
    assert!(named.len() > 100, "{}", named.len());
    let known = language::ids();
    for id in &named {
        assert!(known.contains(id), "{id}");
        let is_rule =
            (id.starts_with("indicator-") && !id.starts_with("indicator-note-")) || id.starts_with("formula-");
        if is_rule {
            assert!(known.contains(&format!("{id}-mend")), "{id}-mend");
        }
    }
}
