//! Printed pages: what a reader finds on which of them.

use crate::run::run;
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// A text whose table goes over pages, with signs that mean something to programs.
fn source() -> String {
    let rows: String = (1..=90).map(|row| format!("| 第{row}项 | {row} |\n")).collect();
    format!(
        "+++\nid = \"DB50/T 1234—2026\"\ndraft = \"征求意见稿\"\n\
         title = {{ zh = [\"物流园区\", \"评价指南\"], en = [\"Logistics parks\", \"Guidelines\"] }}\n\
         ics = [\"03.220.01\"]\nccs = [\"A87\"]\ndates = {{ draft = 2026-10-15 }}\npublisher = [\"某局\"]\n\
         foreword.owner = \"某局\"\n+++\n\n# 前言\n\n# 引言\n\n引言的文字。\n\n# 范围\n\n\
         本文件规定了#a \\$b\\$ \\*c\\* \\\\d @e `f` \"g\"的要求[^1]。\n\n[^1]: 脚注的文字。\n\n\
         # 要求 {{#need}}\n\n## 外观 {{#look}}\n\n见[](#tb)和[](#eq)。\n\n::: 表 外观要求 {{#tb 单位=\"毫米\"}}\n\
         | 项目 | 限值 |\n|---|---|\n{rows}\n注：不测。\n:::\n\n::: 公式 {{#eq}}\nS = \\frac{{a}}{{b}}\n式中：\nS：得分\n:::\n\n\
         # 附录 试验 {{#ax .规范性}}\n\n## 一般 {{#ax-1}}\n\n文字。\n\n# 参考文献\n\n- GB/T 18354—2021　物流术语\n"
    )
}

/// The text of each page as `pdftotext` reads it; nothing, and said, where the machine has none.
fn pages(file: &Path) -> Option<Vec<String>> {
    let read = Command::new("pdftotext")
        .args(["-layout", "-enc", "UTF-8"])
        .arg(file)
        .arg("-")
        .output();
    match read {
        Ok(read) if read.status.success() => {
            let text = String::from_utf8(read.stdout).unwrap();
            Some(
                text.trim_end_matches('\u{c}')
                    .split('\u{c}')
                    .map(str::to_owned)
                    .collect(),
            )
        }
        _ => {
            eprintln!("skipped: no pdftotext; install poppler-utils");
            None
        }
    }
}

/// Builds a source as PDF; nothing, and said, where the machine lacks faces.
fn built(folder: &Path, source: &str) -> Option<PathBuf> {
    let file = folder.join("a.md");
    fs::write(&file, source).unwrap();
    let built = run(["build", &file.display().to_string(), "--to", "pdf"]);
    if built.status == 3 && built.err.contains("fonts-noto-cjk") {
        eprintln!("skipped: {}", built.err);
        return None;
    }
    assert_ne!(built.status, 3, "{}", built.err);
    Some(folder.join("a.pdf"))
}

fn without_blanks(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

#[test]
fn pages_are_those_of_a_standard() {
    let folder = tempfile::tempdir().unwrap();
    let Some(file) = built(folder.path(), &source()) else {
        return;
    };
    let first = fs::read(&file).unwrap();
    built(folder.path(), &source());
    assert!(first == fs::read(&file).unwrap(), "two builds differ");

    let Some(pages) = pages(&file) else { return };
    let plain: Vec<String> = pages.iter().map(|page| without_blanks(page)).collect();
    for words in [
        "ICS03.220.01",
        "CCSA87",
        "重庆市地方标准",
        "DB50/T1234—2026",
        "（征求意见稿）",
        "某局",
        "××××-××-××发布",
    ] {
        assert!(plain[0].contains(words), "{words}: {}", pages[0]);
    }
    assert_eq!(plain[1], "", "the cover's back");
    assert!(
        plain[2].starts_with("DB50/T1234—2026目次") && plain[2].ends_with('Ⅰ'),
        "{}",
        pages[2]
    );
    assert!(plain[2].contains("前言") && plain[2].contains("附录A（规范性）试验"));
    assert!(plain[3].contains("前言") && plain[3].ends_with('Ⅱ'), "{}", pages[3]);
    assert!(
        plain[4].contains("引言的文字。") && plain[4].ends_with('Ⅲ'),
        "{}",
        pages[4]
    );
    assert_eq!(plain[5], "", "the body begins on an odd page");
    assert!(plain[6].contains("物流园区评价指南1范围"), "{}", pages[6]);
    assert!(plain[6].contains("#a$b$*c*\\d@ef\"g\""), "{}", pages[6]);
    assert!(
        plain[6].contains("脚注的文字。") && plain[6].ends_with('1'),
        "{}",
        pages[6]
    );
    // The table goes on over pages, under its own head.
    assert!(plain[6].contains("表1外观要求") && plain[7].contains("表1（续）") && plain[8].contains("表1（续）"));
    for page in &plain[6..=8] {
        assert!(page.contains("单位为毫米") && page.contains("项目限值"), "{page}");
    }
    // Odd pages have their number at the right, even ones at the left.
    let margin = |page: &str| {
        page.lines()
            .find(|line| line.contains("DB50/T 1234"))
            .map_or(0, |line| line.len() - line.trim_start().len())
    };
    assert!(
        margin(&pages[6]) > 40 && margin(&pages[7]) < 10,
        "{}\n{}",
        pages[6],
        pages[7]
    );
    let rest = plain[9..].concat();
    let tail = plain[8..].concat();
    assert!(
        ["（1）", "式中：", "——得分"].iter().all(|words| tail.contains(words)),
        "{tail}"
    );
    assert!(rest.contains("附录A（规范性）试验A.1一般"), "{rest}");
    assert!(rest.contains("参考文献[1]GB/T18354—2021物流术语"), "{rest}");
}

#[test]
fn what_cannot_be_shown_is_said_and_the_rest_is_printed() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("bad.png"), "no picture").unwrap();
    let source = "# 图\n\n::: 图 流程 {#f}\n![流程的文字](bad.png)\n:::\n\n甲\u{10fffd}乙，$\\nonsense{x}$。\n\n# 尾\n";
    let file = folder.path().join("a.md");
    fs::write(&file, source).unwrap();
    let built = run(["build", &file.display().to_string(), "--to", "pdf"]);
    if built.status == 3 && built.err.contains("fonts-noto-cjk") {
        eprintln!("skipped: {}", built.err);
        return;
    }
    assert!(
        built.err.contains("bad.png") && built.err.contains("U+10FFFD"),
        "{}",
        built.err
    );
    let Some(pages) = pages(&folder.path().join("a.pdf")) else {
        return;
    };
    let all = without_blanks(&pages.concat());
    assert!(
        all.contains("流程的文字") && all.contains("甲〓乙") && all.contains("\\nonsense{x}"),
        "{all}"
    );
}

#[test]
fn the_examples_are_printed_with_all_formats() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().display().to_string();
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/logistics-park/evaluation.md");
    let built = run(["build", &example.display().to_string(), "-o", &out, "--timings"]);
    if built.status == 3 && built.err.contains("fonts-noto-cjk") {
        eprintln!("skipped: {}", built.err);
        return;
    }
    assert_eq!(built.status, 0, "{}", built.err);
    for name in ["evaluation.pdf", "evaluation.html", "evaluation.json"] {
        assert!(folder.path().join(name).exists(), "{name}");
        assert!(built.out.contains(name), "{}", built.out);
    }
    assert!(built.err.contains("\tpdf\t"), "{}", built.err);
    let Some(pages) = pages(&folder.path().join("evaluation.pdf")) else {
        return;
    };
    let all = without_blanks(&pages.concat());
    assert!(
        all.contains("清洁能源车辆占比") && all.contains("[来源：GB/T18354—2021，3.20，有修改]"),
        "{all}"
    );
}
