//! Texts of standards on the command line: what is written where, with which status.

use crate::run::run;
use std::{fs, path::Path};

const FAULTY: &str = "# 范围\n本文件规定了外观。\n# 5 要求 {#need}\n::: 框\n见[](#无)。\n:::\n";

fn examples() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples");
    let mut files: Vec<String> = ["appliance-recycling/service.md", "logistics-park/evaluation.md"]
        .iter()
        .map(|file| folder.join(file).display().to_string())
        .collect();
    files.sort();
    files
}

#[test]
fn findings_name_file_line_column_rule_and_mend() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.md").display().to_string();
    fs::write(&file, FAULTY).unwrap();
    let told = run(["check", &file]);
    assert_eq!(told.status, 1);
    let lines: Vec<&str> = told.out.lines().collect();
    assert!(
        lines[0].starts_with(&format!("{file}:3:3: warning SRC-13 ")),
        "{}",
        told.out
    );
    assert!(
        lines[1].starts_with(&format!("{file}:4:5: error SRC-07 ")),
        "{}",
        told.out
    );
    assert!(
        lines[2].starts_with(&format!("{file}:5:2: error SRC-15 ")),
        "{}",
        told.out
    );

    let json = run(["check", &file, "--format", "json"]).json();
    assert_eq!(json[0]["line"], 3);
    assert_eq!(json[0]["rule"], "SRC-13");
    assert_eq!(json[0]["severity"], "warning");
    assert!(json[0]["fix"]["edits"].is_array() && json[1]["fix"].is_null());
    assert_eq!(json[1]["file"], file.as_str());
}

#[test]
fn a_fix_mends_what_it_may_and_says_what_is_left() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.md").display().to_string();
    fs::write(&file, FAULTY).unwrap();
    let fixed = run(["fix", &file]);
    assert_eq!(fixed.status, 1, "{}", fixed.err);
    assert!(fixed.out.contains("1 fix applied"), "{}", fixed.out);
    assert!(fs::read_to_string(&file).unwrap().contains("# 要求 {#need}"));
    assert!(!run(["check", &file]).out.contains("SRC-13"));
}

#[test]
fn fmt_writes_the_canonical_source_and_leaves_a_text_with_errors() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.md").display().to_string();
    fs::write(&file, "# 范围\n本文件规定了\n外观。\n").unwrap();
    assert_eq!(run(["fmt", &file, "--check"]).status, 1);
    assert_eq!(run(["fmt", &file]).status, 0);
    assert_eq!(fs::read_to_string(&file).unwrap(), "# 范围\n\n本文件规定了外观。\n");
    assert_eq!(run(["fmt", &file, "--check"]).status, 0);

    fs::write(&file, FAULTY).unwrap();
    let refused = run(["fmt", &file]);
    assert_eq!(refused.status, 2);
    assert!(refused.err.contains("SRC-07"), "{}", refused.err);
    assert_eq!(fs::read_to_string(&file).unwrap(), FAULTY);
}

#[test]
fn one_bad_file_does_not_stop_the_others() {
    let folder = tempfile::tempdir().unwrap();
    let good = folder.path().join("good.md");
    fs::write(&good, "# 范围\n\n本文件规定了外观。\n").unwrap();
    let missing = folder.path().join("missing.md").display().to_string();
    let built = run(["build", &missing, &good.display().to_string(), "--to", "html"]);
    assert_eq!(built.status, 2);
    assert!(built.err.contains("missing.md"), "{}", built.err);
    assert!(
        fs::read_to_string(folder.path().join("good.html"))
            .unwrap()
            .contains("本文件规定了外观。")
    );
}

#[test]
fn pictures_come_from_the_folder_and_from_nowhere_else() {
    let folder = tempfile::tempdir().unwrap();
    let inner = folder.path().join("text");
    fs::create_dir(&inner).unwrap();
    fs::write(folder.path().join("secret.svg"), "<svg>secret</svg>").unwrap();
    fs::write(inner.join("own.svg"), "<svg/>").unwrap();
    let file = inner.join("a.md");
    fs::write(
        &file,
        "# 图\n\n![甲](own.svg)\n\n![乙](../secret.svg)\n\n![丙](/etc/hostname)\n\n# 尾\n",
    )
    .unwrap();
    let built = run(["build", &file.display().to_string(), "--to", "html"]);
    assert_eq!(built.status, 0, "{}", built.err);
    let page = fs::read_to_string(inner.join("a.html")).unwrap();
    assert!(page.contains("src=\"data:image/svg+xml;base64,PHN2Zy8+\""), "{page}");
    assert!(!page.contains("secret") && !page.contains("hostname"), "{page}");
}

#[test]
fn the_examples_are_clean_and_canonical_and_build() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().display().to_string();
    let files = examples();
    assert!(files.len() >= 2);
    let with = |words: &[&str]| -> Vec<String> {
        words
            .iter()
            .map(|word| (*word).to_owned())
            .chain(files.clone())
            .collect()
    };
    let checked = run(with(&["check"]));
    assert_eq!((checked.status, checked.out.as_str()), (0, ""));
    let canonical = run(with(&["fmt", "--check"]));
    assert_eq!((canonical.status, canonical.out.as_str()), (0, ""));
    let built = run(with(&["build", "-o", &out, "--timings"]));
    assert_eq!(built.status, 0, "{}", built.err);
    assert!(built.err.contains("resolve"));
    let again = run(with(&["build", "-o", &out]));
    assert_eq!(again.status, 0);
    for file in fs::read_dir(folder.path()).unwrap() {
        let path = file.unwrap().path();
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.len() > 10_000, "{} is short", path.display());
    }
}
