//! Forms: what the shipped ones are, what a filled one breaks, and how both stand on paper.

use document::finding::Severity;
use document::form::{
    Filled, Form, FormFinding, Kind, blank, blank_json, blank_toml, check, document, explain, grounds, shipped,
};
use document::model::{BlockKind, DocumentKind, TextLanguage, plain_text};
use document::resolve::resolve;
use document::{docx, html, json, typeset};
use language::Lang;
use proptest::prelude::*;
use std::io::Read as _;
use std::path::PathBuf;

fn form(id: &str) -> Form {
    shipped().unwrap().into_iter().find(|form| form.id == id).unwrap()
}

/// The filled examples: their names and contents.
fn examples() -> Vec<(String, Filled)> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../examples/forms");
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    files
        .iter()
        .map(|file| {
            let text = std::fs::read_to_string(file).unwrap();
            let filled = match file.extension().unwrap().to_str() {
                Some("toml") => Filled::from_toml(&text),
                _ => Filled::from_json(&text),
            };
            (file.display().to_string(), filled.unwrap())
        })
        .collect()
}

fn found(id: &str, filled: &str) -> Vec<FormFinding> {
    check(&form(id), &Filled::from_json(filled).unwrap())
}

fn at<'a>(found: &'a [FormFinding], place: &str) -> Vec<(&'a str, String)> {
    found
        .iter()
        .filter(|finding| finding.place == place)
        .map(|finding| (finding.rule, finding.message.text(Lang::Zh)))
        .collect()
}

#[test]
fn savings_less_their_cost_are_the_net_benefit_to_the_fen() {
    let told = |net: &str| {
        let filled = format!("{{\"annual_saving\": 1200.50, \"annual_cost\": \"1500.75\", \"net\": {net}}}");
        at(&found("F10", &filled), "annual_saving").len()
    };
    assert_eq!((told("-300.25"), told("300.25"), told("-300.24")), (0, 1, 1));
    let wrong = found("F10", "{\"annual_saving\": 10, \"annual_cost\": 4, \"net\": 5.5}");
    let message = &at(&wrong, "annual_saving")[0].1;
    assert!(message.contains("9.5"), "{message}");
}

#[test]
fn each_dimension_of_an_evaluation_has_its_own_indicators() {
    let form = form("F9");
    let indicators: Vec<usize> = ["level", "process", "benefit"]
        .map(|table| {
            let part = form.table(table).unwrap();
            part.fields
                .iter()
                .find(|field| field.name == "indicator")
                .unwrap()
                .choices
                .len()
        })
        .to_vec();
    assert_eq!(indicators, [7, 7, 3]);
    let told = found("F9", "{\"benefit\": [{\"indicator\": \"规范性\"}]}");
    assert_eq!(at(&told, "benefit[1].indicator")[0].0, "FRM-04");
}

/// A file of a packed document.
fn part(file: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(file)).unwrap();
    let mut text = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

#[test]
fn every_form_says_what_it_rests_on_and_how_it_is_filled() {
    let forms = shipped().unwrap();
    let ids: Vec<&str> = forms.iter().map(|form| form.id.as_str()).collect();
    assert_eq!(
        ids,
        [
            "F1", "F2", "F3", "F4", "F5", "F6", "F7", "F8", "F9", "F10", "F11", "F12.1", "F12.2", "F12.3", "F12.4",
            "F12.5", "F12.6", "F12.7"
        ]
    );
    for form in &forms {
        assert!(!grounds(form).is_empty(), "{}", form.id);
        for field in explain(form) {
            for words in [&field.label, &field.demand, &field.contents] {
                assert!(!words.zh.is_empty() && !words.en.is_empty(), "{} {field:?}", form.id);
            }
        }
    }
}

#[test]
fn every_example_is_clean_and_goes_into_every_format() {
    let examples = examples();
    assert_eq!(examples.len(), shipped().unwrap().len());
    for (file, filled) in examples {
        let form = form(filled.form().unwrap());
        assert_eq!(check(&form, &filled), [], "{file}");
        for language in [TextLanguage::Zh, TextLanguage::En] {
            let paper = document(&form, &filled, language);
            let resolved = resolve(&paper);
            assert_eq!(resolved.findings, [], "{file}");
            let program = typeset::program(&paper, &resolved, &typeset::Options::default());
            let page = html::page(&paper, &resolved, &html::Options::default());
            assert!(docx::file(&paper, &resolved, &docx::Options::default()).is_ok());
            assert!(json::print(&paper, &resolved).is_ok());
            // None of the parts of a standard.
            for word in ["前言", "本文件按照"] {
                assert!(!page.contains(word), "{file}: {word}");
                assert!(!program.rsplit("#let").next().unwrap().contains(word), "{file}: {word}");
            }
        }
    }
}

#[test]
fn an_empty_form_can_be_filled_and_lacks_all_that_is_required() {
    for form in shipped().unwrap() {
        for filled in [
            Filled::from_toml(&blank_toml(&form, TextLanguage::Zh)).unwrap(),
            Filled::from_json(&blank_json(&form)).unwrap(),
        ] {
            let found = check(&form, &filled);
            assert!(
                found.iter().all(|finding| ["FRM-01", "FRM-02"].contains(&finding.rule)),
                "{}: {found:?}",
                form.id
            );
            let singles = form.parts.iter().filter(|part| part.name.is_empty());
            let required = singles
                .flat_map(|part| &part.fields)
                .filter(|field| field.required && field.kind != Kind::Tally)
                .count();
            assert!(found.len() >= required, "{}", form.id);
        }
        let paper = blank(&form, TextLanguage::Zh);
        let page = html::page(&paper, &resolve(&paper), &html::Options::default());
        assert!(page.contains("填写说明"), "{}", form.id);
    }
}

#[test]
fn what_is_refused_needs_a_reason_and_what_is_accepted_none() {
    let found = found(
        "F3",
        r#"{"opinions": [
            {"clause": "1", "opinion": "甲", "from": "乙", "outcome": "采纳"},
            {"clause": "2", "opinion": "甲", "from": "乙", "outcome": "refused"},
            {"clause": "3", "opinion": "甲", "from": "乙", "outcome": "不采纳", "reason": "丙"}]}"#,
    );
    assert_eq!(at(&found, "opinions[1].reason"), []);
    assert_eq!(
        at(&found, "opinions[2].reason"),
        [(
            "FRM-02",
            "意见第2行“处理理由”未填：“处理意见”为“不采纳”时应填写".to_owned()
        )]
    );
    assert_eq!(at(&found, "opinions[3].reason"), []);
}

#[test]
fn counts_that_do_not_add_up_are_told() {
    let found = found(
        "F3",
        r#"{"sent": 40, "replied": "30", "replied_with_opinions": 31, "silent": 9}"#,
    );
    assert_eq!(
        at(&found, "sent"),
        [(
            "FRM-06",
            "“发送征求意见稿的单位数”为40，而收到征求意见稿后回函的单位数 30 + 没有回函的单位数 9 = 39：请核对"
                .to_owned()
        )]
    );
    assert_eq!(at(&found, "replied_with_opinions")[0].0, "FRM-06");
    let found = self::found(
        "F3",
        r#"{"accepted": 2, "opinions": [{"number": 2, "clause": "1", "opinion": "甲", "from": "乙", "outcome": "采纳"}]}"#,
    );
    assert_eq!(at(&found, "accepted")[0].0, "FRM-06");
    assert_eq!(at(&found, "opinions[1].number")[0].0, "FRM-07");
}

#[test]
fn a_value_that_cannot_be_is_told_with_what_can() {
    let found = found(
        "F4",
        r#"{"vote": ["同意", "弃权"], "closes": "明天", "date": "2026-02-30", "colour": "red"}"#,
    );
    assert_eq!(at(&found, "vote")[0].0, "FRM-05");
    assert_eq!(at(&found, "closes")[0].0, "FRM-04");
    assert_eq!(at(&found, "date")[0].0, "FRM-04");
    assert_eq!(at(&found, "colour")[0].0, "FRM-03");
    let found = self::found("F4", r#"{"form": "F3", "vote": "yes"}"#);
    assert_eq!(at(&found, "form")[0].0, "FRM-03");
    assert_eq!(
        at(&found, "vote"),
        [(
            "FRM-04",
            "“表决意见”没有“yes”这一选项；可选：同意、不同意、弃权".to_owned()
        )]
    );
    let late = self::found("F4", r#"{"closes": "2026-01-01", "date": "2026-01-02"}"#);
    assert_eq!(at(&late, "closes")[0].0, "FRM-06");
}

#[test]
fn what_was_not_read_only_warns() {
    let found = found("F5", "{}");
    let weight = |place: &str| found.iter().find(|finding| finding.place == place).unwrap().severity;
    assert_eq!(weight("conclusion"), Severity::Error);
    assert_eq!(weight("level"), Severity::Warning);
}

#[test]
fn a_mandatory_standard_explains_more() {
    let voluntary = found("F2", r#"{"track": "gbt"}"#);
    assert_eq!(at(&voluntary, "supervision"), []);
    let mandatory = found("F2", r#"{"track": "gb"}"#);
    assert_eq!(at(&mandatory, "supervision")[0].0, "FRM-02");
    let broken = found("F2", r#"{"task": "::: 框\n甲\n:::"}"#);
    assert_eq!(at(&broken, "task")[0].0, "FRM-08");
}

#[test]
fn a_report_has_chapters_in_chinese_numbers_and_a_form_its_rows() {
    let example = |id: &str| {
        let filled = examples().into_iter().find(|(_, filled)| filled.form() == Some(id));
        filled.unwrap().1
    };
    let paper = document(&form("F2"), &example("F2"), TextLanguage::Zh);
    let resolved = resolve(&paper);
    assert_eq!(paper.kind, DocumentKind::Report);
    let program = typeset::program(&paper, &resolved, &typeset::Options::default());
    assert!(program.contains(",\"一、\",[#\"工作简况\"],gap-behind:\"\")"));
    assert!(program.contains("\"（二）\",[#\"制定背景\"]"));
    assert!(program.contains("#paper-title((\"《物流园区低碳运行 评价指南》（送审稿）编制说明\","));

    // A value stands at the left though it spans others; the head of a table in the middle.
    let paper = document(&form("F6"), &example("F6"), TextLanguage::Zh);
    let program = typeset::program(&paper, &resolve(&paper), &typeset::Options::default());
    assert!(program.contains("table.cell(colspan:3,align:left+horizon,[#\"不涉及专利\"])"));

    let paper = document(&form("F3"), &example("F3"), TextLanguage::Zh);
    let program = typeset::program(&paper, &resolve(&paper), &typeset::Options::default());
    assert!(program.contains(",[#\"意见内容\"],"));
    let BlockKind::Table(rows) = &paper.lead[1].kind else {
        panic!("{:?}", paper.lead[1]);
    };
    assert_eq!(rows.body.len(), 14);
    assert_eq!(plain_text(&rows.body[4].cells[5].text), "不采纳");
    let resolved = resolve(&paper);
    let file = docx::file(&paper, &resolved, &docx::Options::default()).unwrap();
    let text = part(&file, "word/document.xml");
    assert!(text.contains("w:orient=\"landscape\""));
    assert!(text.contains("<w:tblHeader/>"));
    assert!(part(&file, "word/header-odd.xml").contains("NUMPAGES"));
    assert!(text.contains("其中采纳：10条"));
}

#[test]
fn running_texts_are_one_report() {
    let found = found(
        "F2",
        r##"{"task": "甲[^1]。\n\n[^1]: 一", "law": "乙[^1]，见[](#nowhere)。\n\n[^1]: 二", "supervision": "丙"}"##,
    );
    assert_eq!(at(&found, "law"), [("FRM-08", "标识“1”已用过：请换一个".to_owned())]);
    assert_eq!(at(&found, "").len(), 1, "{found:?}");
    // What the track does not ask for is printed where somebody wrote it.
    let filled = Filled::from_json(r#"{"track": "gbt", "supervision": "由某局监督。"}"#).unwrap();
    let paper = document(&form("F2"), &filled, TextLanguage::Zh);
    let page = html::page(&paper, &resolve(&paper), &html::Options::default());
    assert!(page.contains("由某局监督。"));
}

proptest! {
    #![proptest_config(crate::cases(24))]

    #[test]
    fn whatever_is_filled_in_gives_findings_and_a_paper(picks in prop::collection::vec(0_usize..9, 64)) {
        let mut picks = picks.iter().cycle();
        let mut value = |name: &str| match picks.next().unwrap() {
            0 => serde_json::json!(null),
            1 => serde_json::json!(true),
            2 => serde_json::json!(-3.5),
            3 => serde_json::json!(18_446_744_073_709_551_615_u64),
            4 => serde_json::json!("采纳"),
            5 => serde_json::json!("# 甲\n::: 表\n| a |\n{+ [](#x) $\\frac"),
            6 => serde_json::json!(["同意", 1, {"a": []}]),
            7 => serde_json::json!({ name: "2026-13-01" }),
            _ => serde_json::json!("2026-03-01"),
        };
        for form in shipped().unwrap() {
            let mut filled = serde_json::Map::new();
            for part in &form.parts {
                let mut row = serde_json::Map::new();
                for field in &part.fields {
                    row.insert(field.name.clone(), value(&field.name));
                }
                if part.name.is_empty() {
                    filled.extend(row);
                } else {
                    filled.insert(part.name.clone(), serde_json::json!([row, 5, {}]));
                }
            }
            let filled = Filled::from_json(&serde_json::Value::Object(filled).to_string()).unwrap();
            check(&form, &filled);
            let paper = document(&form, &filled, TextLanguage::Zh);
            let resolved = resolve(&paper);
            typeset::program(&paper, &resolved, &typeset::Options::default());
            prop_assert!(docx::file(&paper, &resolved, &docx::Options::default()).is_ok());
        }
    }
}

#[test]
fn a_form_that_refers_to_nothing_is_no_form() {
    let good = "id = 'X'\npage = 'portrait'\ntitle = { zh = '表', en = 'form' }\n[[source]]\ntitle = '法'\nverified = true\n\
        [[part]]\nlayout = 'grid'\n[[part.field]]\nname = 'a'\nzh = '甲'\nen = 'A'\nkind = 'count'\n";
    assert!(Form::read(good).is_ok());
    for bad in [
        "[[rule]]\nsum = { total = 'a', of = ['b'] }\n",
        "[[part.field]]\nname = 'a'\nzh = '乙'\nen = 'B'\n",
        "[[part.field]]\nname = 'b'\nzh = '乙'\nen = 'B'\nkind = 'choice'\n",
        "[[part.field]]\nname = 'b'\nzh = '乙'\nen = 'B'\nrequired_when = { field = 'c', is = ['d'] }\n",
        "[[part.field]]\nname = 'b'\nzh = '乙'\nen = 'B'\ncolour = 'red'\n",
    ] {
        assert!(Form::read(&format!("{good}{bad}")).is_err(), "{bad}");
    }
}
