//! Texts of standards on the command line: what is written where, with which status.

use crate::run::run;
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    io::BufRead,
    path::Path,
};

const FAULTY: &str = "# 范围\n本文件规定了外观。\n# 5 要求 {#need}\n::: 框\n见[](#无)。\n:::\n";

/// What it breaks: rule, line, column.
const BROKEN: &[(&str, u64, u64)] = &[
    ("COV-01", 1, 1),
    ("COV-02", 2, 6),
    ("NAM-02", 4, 9),
    ("NAM-03", 4, 9),
    ("COV-06", 4, 42),
    ("FWD-05", 7, 12),
    ("FWD-06", 8, 1),
    ("FWD-07", 8, 1),
    ("FWD-04", 16, 30),
    ("SCP-03", 18, 3),
    ("CIT-01", 20, 1),
    ("PUN-01", 20, 18),
    ("SCP-02", 20, 31),
    ("REF-05", 24, 1),
    ("REF-03", 24, 27),
    ("TRM-06", 28, 28),
    ("TRM-05", 29, 1),
    ("STR-09", 34, 1),
    ("MOD-01", 38, 7),
    ("MOD-02", 38, 12),
    ("MOD-03", 38, 19),
    ("MOD-05", 40, 5),
    ("MOD-06", 40, 10),
    ("LST-04", 44, 1),
    ("LST-02", 44, 9),
    ("LST-04", 45, 1),
    ("LST-01", 45, 9),
    ("NOT-01", 47, 1),
    ("MOD-08", 49, 5),
    ("NUM-02", 53, 8),
    ("NUM-01", 53, 15),
    ("CIT-03", 53, 25),
    ("CIT-02", 53, 26),
    ("TAB-01", 53, 33),
    ("FIG-02", 55, 1),
    ("TAB-03", 58, 8),
    ("TAB-03", 59, 7),
    ("REF-09", 62, 6),
    ("EQN-01", 64, 1),
    ("EQN-02", 65, 5),
    ("ANX-01", 70, 6),
];

/// Breaks thirty rules, each once or a few times.
const THIRTY: &str = include_str!("texts/thirty.md");

/// Every text under `examples/`.
fn examples() -> Vec<String> {
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples")];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|kind| kind == "md") {
                files.push(path.display().to_string());
            }
        }
    }
    files.sort();
    files
}

fn service() -> String {
    let file = examples()
        .into_iter()
        .find(|file| file.ends_with("appliance-recycling/service.md"));
    file.unwrap()
}

/// A file of this text in a folder of its own.
fn file(text: &str) -> (tempfile::TempDir, String) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.md").display().to_string();
    fs::write(&file, text).unwrap();
    (folder, file)
}

#[test]
fn findings_name_file_line_column_rule_and_mend() {
    let (_folder, file) = file(FAULTY);
    let told = run(["check", &file]);
    assert_eq!(told.status, 1);
    for start in [
        "3:3: warning SRC-13 ",
        "4:5: error SRC-07 ",
        "5:2: error SRC-15 ",
        "3:5: error STR-03 ",
    ] {
        let line = format!("{file}:{start}");
        assert!(
            told.out.lines().any(|told| told.starts_with(&line)),
            "{start}: {}",
            told.out
        );
    }

    let json = run(["check", &file, "--format", "json"]).json();
    let found = |rule: &str| {
        json.as_array()
            .unwrap()
            .iter()
            .find(|found| found["rule"] == rule)
            .unwrap()
    };
    let typed = found("SRC-13");
    assert_eq!((&typed["line"], &typed["column"]), (&3.into(), &3.into()));
    assert_eq!(typed["severity"], "warning");
    assert!(typed["fix"]["edits"].is_array() && found("SRC-07")["fix"].is_null());
    assert_eq!(typed["file"], file.as_str());
    assert_eq!(found("STR-03")["clause"], "2");
}

/// Rule, line and column of each finding, as often as it stands there.
fn places(file: &str) -> Vec<(String, u64, u64)> {
    let json = run(["check", file, "--format", "json"]).json();
    let found = json.as_array().unwrap().iter();
    found
        .map(|found| {
            let number = |key: &str| found[key].as_u64().unwrap();
            (
                found["rule"].as_str().unwrap().to_owned(),
                number("line"),
                number("column"),
            )
        })
        .collect()
}

#[test]
fn thirty_rules_are_told_where_each_is_broken() {
    let (_folder, file) = file(THIRTY);
    let told = places(&file);
    let expected: Vec<(String, u64, u64)> = BROKEN
        .iter()
        .map(|(rule, line, column)| ((*rule).to_owned(), *line, *column))
        .collect();
    assert_eq!(told, expected);
    let rules: BTreeSet<&str> = BROKEN.iter().map(|(rule, _, _)| *rule).collect();
    assert!(rules.len() >= 30, "{}", rules.len());
}

#[test]
fn what_a_machine_may_mend_is_gone_after_a_fix() {
    let (_folder, file) = file(THIRTY);
    let before = run(["check", &file, "--format", "json"]).json();
    let fixable = before
        .as_array()
        .unwrap()
        .iter()
        .filter(|found| !found["fix"].is_null())
        .count();
    assert!(fixable >= 12, "{fixable}");
    assert_eq!(run(["fix", &file]).status, 1);
    let after = run(["check", &file, "--format", "json"]).json();
    let left: Vec<_> = after
        .as_array()
        .unwrap()
        .iter()
        .filter(|found| !found["fix"].is_null())
        .collect();
    assert!(left.is_empty(), "{left:#?}");
    assert!(after.as_array().unwrap().len() + fixable <= before.as_array().unwrap().len());
    // A second time there is nothing to do.
    let again = run(["fix", &file, "--format", "json"]).json();
    assert_eq!(again[0]["applied"], 0);
}

#[test]
fn a_profile_says_which_rules_hold_and_a_level_when_a_check_fails() {
    let (_folder, file) = file("+++\nprofile = \"gbt1.1-2009\"\n+++\n\n# 要求\n\n组件不得破损。\n");
    assert!(!run(["check", &file]).out.contains("MOD-02"));
    let strict = run(["check", &file, "--profile", "gbt1.1-2020"]);
    assert!(strict.out.contains(":7:3: error MOD-02 "), "{}", strict.out);
    assert_eq!(run(["check", &file, "--profile", "2009"]).status, 2);

    let clean = fs::read_to_string(service()).unwrap();
    let (_folder, warned) = self::file(&clean.replacen("回收机构应公示", "回收机构应该公示", 1));
    let told = run(["check", &warned]);
    assert!(told.out.contains("MOD-03"), "{}", told.out);
    assert_eq!(told.status, 1);
    assert_eq!(run(["check", &warned, "--fail-level", "error"]).status, 0);
}

#[test]
fn a_catalogue_says_what_is_no_longer_in_force() {
    let service = service();
    let folder = tempfile::tempdir().unwrap();
    let catalogue = folder.path().join("standards.csv").display().to_string();
    fs::write(
        &catalogue,
        "number,status,replaced_by\nSB/T 11238—2023,被代替,SB/T 11238—2027\n?,,\n",
    )
    .unwrap();
    let told = run(["check", &service, "--catalog", &catalogue]);
    assert_eq!(told.status, 1);
    assert!(
        told.out.contains("warning REF-08") && told.out.contains("SB/T 11238—2027"),
        "{}",
        told.out
    );
    assert!(told.err.contains("line 3"), "{}", told.err);
    fs::write(&catalogue, "name\n").unwrap();
    assert_eq!(run(["check", &service, "--catalog", &catalogue]).status, 2);
}

#[test]
fn a_text_becomes_the_xml_of_standards() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().display().to_string();
    let built = run(["build", &service(), "--to", "xml", "-o", &out]);
    assert_eq!(built.status, 0, "{}", built.err);
    let xml = fs::read_to_string(folder.path().join("service.xml")).unwrap();
    assert!(xml.starts_with("<?xml") && xml.contains("dtd-version=\"1.2\""), "{xml}");
    assert!(
        xml.contains("<std-ref type=\"dated\">SB/T 11238—2023</std-ref>"),
        "{xml}"
    );
}

#[test]
fn editions_are_compared_in_three_forms() {
    let service = service();
    let new = fs::read_to_string(&service)
        .unwrap()
        .replacen("| 用户满意率 | ≥ 90% |", "| 用户满意率 | ≥ 95% |", 1)
        .replacen("铃响20 s内接听", "铃响15 s内接听", 1);
    let (folder, newer) = file(&new);
    let json = run(["diff", &service, &newer, "--to", "json"]);
    assert_eq!(json.status, 0, "{}", json.err);
    let json = json.json();
    let changed: Vec<&serde_json::Value> = json["pairs"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|pair| pair["change"] != "same")
        .collect();
    assert_eq!(changed.len(), 2, "{changed:#?}");
    assert_eq!(changed[0]["inside"][0]["place"], "a)");
    assert_eq!(changed[1]["inside"][0]["place"], "表2 用户满意率 / 要求");
    assert!(
        json["foreword"][0].as_str().unwrap().contains("主要技术变化如下："),
        "{}",
        json["foreword"]
    );
    let text = run(["diff", &service, &newer]);
    assert!(text.out.contains("[-90-]{+95+}"), "{}", text.out);
    let page = folder.path().join("d.html");
    assert_eq!(
        run([
            "diff",
            &service,
            &newer,
            "--to",
            "html",
            "-o",
            &page.display().to_string()
        ])
        .status,
        0
    );
    assert!(fs::read_to_string(page).unwrap().contains("<del>90</del><ins>95</ins>"));
    assert_eq!(run(["diff", &service, "/no/such"]).status, 2);
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
fn a_picture_that_nothing_can_show_is_an_error_with_its_line() {
    let (folder, file) =
        file("# 图\n\n::: 图 流程 {#fig}\n![甲](flow.wmf)\n:::\n\n见[](#fig)和![乙](no-such-file.png)。\n");
    fs::write(folder.path().join("flow.wmf"), [0xd7, 0xcd]).unwrap();
    for verb in ["check", "build"] {
        let mut words = vec![verb, &file];
        words.extend(["--to", "html"].iter().filter(|_| verb == "build"));
        let told = run(words);
        assert_eq!(told.status, 1, "{verb}: {}", told.err);
        let all = format!("{}{}", told.out, told.err);
        assert!(all.contains(":4:1: error SRC-25 ") && all.contains("flow.wmf"), "{all}");
        assert!(
            all.contains(":7:11: error SRC-25 ") && all.contains("no-such-file.png"),
            "{all}"
        );
    }
}

#[test]
fn fix_says_what_it_changed_and_shows_it_before() {
    let (_folder, file) = file(THIRTY);
    let shown = run(["fix", &file, "--dry-run"]);
    assert!(
        shown.out.contains("\n-- GB/T 29353—2012　养老机构基本规范。\n"),
        "{}",
        shown.out
    );
    assert!(
        shown.out.contains("\n+- GB/T 29353—2012　养老机构基本规范\n"),
        "{}",
        shown.out
    );
    assert!(shown.out.contains("MOD-01 1"), "{}", shown.out);
    assert_eq!(fs::read_to_string(&file).unwrap(), THIRTY);

    let one = run(["fix", &file, "--only", "MOD-01", "--format", "json"]).json();
    assert_eq!((&one[0]["applied"], &one[0]["rules"]["MOD-01"]), (&1.into(), &1.into()));
    assert_eq!(fs::read_to_string(&file).unwrap(), THIRTY.replacen("必须", "应", 1));

    let rest = run(["fix", &file, "--skip", "CIT-01,PUN-01"]);
    assert!(
        rest.out.lines().nth(1).is_some_and(|line| line.contains("MOD-02 1")),
        "{}",
        rest.out
    );
    assert!(
        fs::read_to_string(&file)
            .unwrap()
            .contains("本标准规定了养老机构康复服务的要求,")
    );

    let checked = run(["check", &file]);
    let last = checked.err.lines().last().unwrap_or_default().to_owned();
    assert!(last.contains("CIT-01 1") && last.contains("PUN-01 1"), "{last}");
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
    assert_eq!(built.status, 1, "{}", built.err);
    for line in ["a.md:5:1: error SRC-25 ", "a.md:7:1: error SRC-25 "] {
        assert!(built.err.contains(line), "{}", built.err);
    }
    assert!(!built.err.contains("own.svg"), "{}", built.err);
    let page = fs::read_to_string(inner.join("a.html")).unwrap();
    assert!(page.contains("src=\"data:image/svg+xml;base64,PHN2Zy8+\""), "{page}");
    assert!(!page.contains("secret") && !page.contains("hostname"), "{page}");
}

#[test]
fn the_examples_are_clean_and_canonical_and_build() {
    let folder = tempfile::tempdir().unwrap();
    let files = examples();
    assert!(files.len() >= 12, "{files:?}");
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
    // Two of them are called service.md: each folder of texts has a folder of results.
    let mut folders: BTreeMap<&Path, Vec<&str>> = BTreeMap::new();
    for file in &files {
        folders.entry(Path::new(file).parent().unwrap()).or_default().push(file);
    }
    let mut results = 0;
    for (place, texts) in folders {
        let out = folder.path().join(place.file_name().unwrap());
        let out_name = out.display().to_string();
        let with = |words: &[&str]| -> Vec<String> {
            let all = words.iter().chain(&texts);
            all.map(|word| (*word).to_owned()).collect()
        };
        let built = run(with(&["build", "--to", "html,json,docx", "-o", &out_name, "--timings"]));
        assert_eq!(built.status, 0, "{}", built.err);
        assert!(built.err.contains("resolve"));
        let again = run(with(&["build", "--to", "html,json", "-o", &out_name]));
        assert_eq!(again.status, 0);
        for file in fs::read_dir(&out).unwrap() {
            let path = file.unwrap().path();
            let text = fs::read(&path).unwrap();
            assert!(text.len() > 2_000, "{} is short", path.display());
            results += 1;
        }
    }
    assert_eq!(results, 3 * files.len());
}

#[test]
fn results_of_one_name_do_not_overwrite_each_other() {
    let folder = tempfile::tempdir().unwrap();
    let text = |place: &str, words: &str| {
        let path = folder.path().join(place);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, format!("# 范围\n\n本文件规定了{words}。\n")).unwrap();
        path.display().to_string()
    };
    let (first, second) = (text("a/service.md", "外观"), text("b/service.md", "尺寸"));
    let other = text("b/other.md", "颜色");
    let out = folder.path().join("out");
    let out_name = out.display().to_string();
    let built = run([
        "build", &first, &second, &other, &first, "--to", "html", "-o", &out_name,
    ]);
    assert_eq!(built.status, 2, "{}", built.err);
    assert!(
        built.err.contains(&first) && built.err.contains(&second) && built.err.contains("-o"),
        "{}",
        built.err
    );
    let page = |path: &Path| fs::read_to_string(path).unwrap();
    assert!(page(&out.join("service.html")).contains("外观"));
    assert!(page(&out.join("other.html")).contains("颜色"));
    // Beside their sources they are in nobody's way.
    let built = run(["build", &first, &second, "--to", "html"]);
    assert_eq!(built.status, 0, "{}", built.err);
    assert!(page(&folder.path().join("b/service.html")).contains("尺寸"));
}

#[test]
fn a_word_file_comes_back_as_the_text_it_was_built_from() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().display().to_string();
    for file in examples() {
        let built = run(["build", &file, "--to", "docx", "-o", &out]);
        assert_eq!(built.status, 0, "{}", built.err);
        let word = Path::new(&out)
            .join(Path::new(&file).file_name().unwrap())
            .with_extension("docx");
        let (word, back) = (word.display().to_string(), folder.path().join("back/text.md"));
        let report = folder.path().join("report.json").display().to_string();
        let imported = run(["import", &word, "-o", &back.display().to_string(), "--report", &report]);
        assert_eq!(imported.status, 0, "{}", imported.err);
        assert_eq!(fs::read_to_string(&back).unwrap(), fs::read_to_string(&file).unwrap());
        let report: serde_json::Value = serde_json::from_slice(&fs::read(&report).unwrap()).unwrap();
        assert_eq!(report["origin"], "kept");
        assert!(report["blocks"].as_array().unwrap().len() > 10);
        fs::remove_dir_all(folder.path().join("back")).unwrap();
    }
    // NISO STS comes back, too.
    let park = examples()
        .into_iter()
        .find(|file| file.ends_with("low-carbon-park.md"))
        .unwrap();
    assert_eq!(run(["build", &park, "--to", "xml", "-o", &out]).status, 0);
    let (xml, back) = (format!("{out}/low-carbon-park.xml"), format!("{out}/park.md"));
    assert_eq!(run(["import", &xml, "-o", &back]).status, 0);
    // The XML has no place for comments.
    let said = |file: &str| -> Vec<String> {
        let text = fs::read_to_string(file).unwrap();
        let lines = text
            .lines()
            .filter(|line| !line.is_empty() && !line.starts_with("<!--"));
        lines.map(str::to_owned).collect()
    };
    assert_eq!(said(&back), said(&park));
    let nothing = run(["import", &examples()[0], "-o", &format!("{out}/a.md")]);
    assert_eq!(nothing.status, 2);
    assert!(nothing.err.contains(".docx"), "{}", nothing.err);
}

#[test]
fn a_watched_text_is_built_again_when_it_changes() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("指南.md");
    fs::write(&file, "# 范围\n\n本文件规定了评价的要求。\n").unwrap();
    let mut watching = crate::run::command(["build", "--to", "html", "--watch"])
        .arg(&file)
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    let mut built = std::io::BufReader::new(watching.stdout.take().unwrap()).lines();
    let mut said = std::io::BufReader::new(watching.stderr.take().unwrap()).lines();
    assert!(built.next().unwrap().unwrap().starts_with("Built "));
    assert!(said.any(|line| line.unwrap().starts_with("Watching one text")));
    fs::write(&file, "# 范围\n\n本文件规定了评价和复核的要求。\n").unwrap();
    assert!(built.next().unwrap().unwrap().starts_with("Built "));
    assert!(
        fs::read_to_string(folder.path().join("指南.html"))
            .unwrap()
            .contains("复核")
    );
    watching.kill().unwrap();
    watching.wait().unwrap();
}

#[test]
fn a_text_is_built_under_a_profile_that_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("guide.md");
    fs::write(&file, "# 范围\n\n本标准规定了评价的要求。\n").unwrap();
    let file = file.display().to_string();
    let plain = run(["build", "--to", "json", &file]);
    let held = run(["build", "--to", "json", "--profile", "gbt1.1-2020", &file]);
    assert!(
        !plain.err.contains("本标准") && held.err.contains("本标准"),
        "{}\n{}",
        plain.err,
        held.err
    );
}
