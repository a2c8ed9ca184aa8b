//! Forms on the command line: listed, explained, empty, checked, printed.

use crate::run::run;
use std::{fs, path::Path, process::Command};

fn example(name: &str) -> String {
    let file = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../examples/forms")
        .join(name);
    file.display().to_string()
}

#[test]
fn forms_are_listed_and_explained() {
    let listed = run(["form", "--lang", "zh"]);
    assert_eq!(listed.status, 0, "{}", listed.err);
    assert!(listed.out.contains("F3\t征求意见汇总处理表\n"), "{}", listed.out);
    let told = run(["form", "f3", "--lang", "zh"]);
    assert!(
        told.out
            .contains("opinions[].reason\t处理理由\t“处理意见”不是“采纳”时必填\t文字\n"),
        "{}",
        told.out
    );
    let json = run(["form", "F4", "--format", "json"]);
    let fields: serde_json::Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!(fields[0]["label"]["zh"], "标准名称");
    let unknown = run(["form", "F99", "--lang", "zh"]);
    assert_eq!(unknown.status, 2);
    assert!(unknown.err.contains("F11"), "{}", unknown.err);
}

#[test]
fn an_empty_form_comes_back_with_what_it_lacks() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("F3.toml").display().to_string();
    assert_eq!(run(["form", "F3", "--empty", "-o", &file]).status, 0);
    let checked = run(["form", "F3", "-i", &file, "--format", "json", "--lang", "zh"]);
    assert_eq!(checked.status, 1, "{}", checked.err);
    let findings: serde_json::Value = serde_json::from_str(&checked.out).unwrap();
    let of = |field: &str| {
        findings
            .as_array()
            .unwrap()
            .iter()
            .find(|f| f["field"] == field)
            .cloned()
    };
    assert_eq!(of("sent").unwrap()["rule"], "FRM-01");
    assert_eq!(of("opinions[1].clause").unwrap()["severity"], "warning");
    assert_eq!(of("opinions[1].reason"), None);
    let paper = folder.path().join("F3.html");
    let name = paper.display().to_string();
    assert_eq!(run(["form", "F3", "--empty", "-o", &name, "--lang", "zh"]).status, 0);
    assert!(fs::read_to_string(paper).unwrap().contains("填写说明"));
    let odd = folder.path().join("F3.odt").display().to_string();
    assert_eq!(run(["form", "F3", "--empty", "-o", &odd]).status, 2);
    fs::write(folder.path().join("bad.json"), "{").unwrap();
    let bad = folder.path().join("bad.json").display().to_string();
    assert_eq!(run(["form", "F3", "-i", &bad]).status, 2);
}

#[test]
fn a_filled_form_is_printed_with_its_pages_counted_and_its_head_on_each() {
    let folder = tempfile::tempdir().unwrap();
    let word = folder.path().join("F3.docx").display().to_string();
    let printed = run(["form", "F3", "-i", &example("F3.json"), "-o", &word]);
    assert_eq!(printed.status, 0, "{}", printed.err);
    assert!(fs::read(&word).unwrap().starts_with(b"PK"));

    let file = folder.path().join("F3.pdf").display().to_string();
    let printed = run(["form", "F3", "-i", &example("F3.json"), "-o", &file, "--lang", "zh"]);
    if printed.status == 3 && printed.err.contains("fonts-noto-cjk") {
        eprintln!("skipped: {}", printed.err);
        return;
    }
    assert_eq!(printed.status, 0, "{}", printed.err);
    let read = Command::new("pdftotext")
        .args(["-layout", "-enc", "UTF-8", &file, "-"])
        .output();
    let Ok(read) = read else {
        eprintln!("skipped: no pdftotext; install poppler-utils");
        return;
    };
    let text = String::from_utf8(read.stdout).unwrap();
    let pages: Vec<&str> = text.trim_end_matches('\u{c}').split('\u{c}').collect();
    assert!(pages.len() > 1, "{text}");
    for (index, page) in pages.iter().enumerate() {
        let counted = format!("共{}页第{}页", pages.len(), index + 1);
        let close: String = page.chars().filter(|c| !c.is_whitespace()).collect();
        assert!(close.contains(&counted), "{counted}: {page}");
        // The last one may hold only what stands below the table.
        assert!(index + 1 == pages.len() || page.contains("处理意见"), "{page}");
    }
}

#[test]
fn what_a_filled_form_lacks_is_said_and_stops_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.json");
    fs::write(
        &file,
        "{\"form\": \"F4\", \"standard\": \"甲\", \"vote\": [\"同意\", \"弃权\"]}",
    )
    .unwrap();
    let paper = folder.path().join("a.html");
    let printed = run([
        "form",
        "F4",
        "-i",
        &file.display().to_string(),
        "-o",
        &paper.display().to_string(),
        "--lang",
        "zh",
    ]);
    assert_eq!(printed.status, 1);
    assert!(printed.err.contains("vote: 错误 FRM-05"), "{}", printed.err);
    assert!(paper.exists());
}
