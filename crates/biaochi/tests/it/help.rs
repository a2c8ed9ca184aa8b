//! Help of every verb, in both languages.

use crate::run::run;

const VERBS: &[&[&str]] = &[
    &["serve"],
    &["list", "read"],
    &["list", "import"],
    &["list", "show"],
    &["list", "export"],
    &["list", "diff"],
    &["number"],
    &["run"],
    &["explain"],
    &["sensitivity"],
    &["analyse"],
    &["import-openlca"],
    &["export-openlca"],
    &["footprint"],
    &["import-index"],
    &["build"],
    &["check"],
    &["fmt"],
    &["fix"],
    &["import"],
    &["diff"],
    &["form"],
    &["search"],
    &["verify"],
    &["redact"],
    &["rebuild"],
    &["backup"],
    &["restore"],
    &["bench"],
    &["user", "add"],
    &["user", "passwd"],
    &["user", "factor"],
    &["user", "erase"],
    &["user", "role"],
    &["user", "key"],
    &["doctor"],
    &["completions"],
    &["man"],
];

#[test]
fn every_verb_has_an_example_and_no_word_is_missing() {
    for (lang, example) in [("zh", "例："), ("en", "Example:")] {
        for verb in VERBS {
            let words: Vec<&str> = verb.iter().copied().chain(["--help", "--lang", lang]).collect();
            let ended = run(words);
            assert_eq!(ended.status, 0, "{verb:?}: {}", ended.err);
            assert!(
                ended.out.contains(example),
                "{verb:?} in {lang} has no example:\n{}",
                ended.out
            );
            assert!(
                ended.out.contains(&format!("  biaochi {}", verb.join(" "))),
                "{verb:?}: {}",
                ended.out
            );
            assert!(
                !ended.out.contains("cli-"),
                "{verb:?} in {lang} lacks words:\n{}",
                ended.out
            );
        }
    }
}

#[test]
fn the_whole_has_help_and_every_listed_verb_is_tried_above() {
    let help = run(["--help"]);
    assert!(
        !help.out.contains("cli-") && help.out.contains("Example:"),
        "{}",
        help.out
    );
    let listed = help.out.lines().skip_while(|line| !line.starts_with("Verbs:")).skip(1);
    let named = listed
        .take_while(|line| !line.is_empty())
        .filter(|line| !line.starts_with("   "));
    for line in named {
        let verb = line.split_whitespace().next().unwrap();
        assert!(VERBS.iter().any(|known| known[0] == verb), "{verb} is not tried");
    }
}

#[test]
fn completion_and_man_pages_are_generated() {
    let script = run(["completions", "bash"]);
    assert!(script.status == 0 && script.out.contains("_biaochi"));
    let folder = tempfile::tempdir().unwrap();
    let man = run(["man".as_ref(), folder.path().as_os_str()]);
    assert_eq!(man.status, 0, "{}", man.err);
    assert!(folder.path().join("biaochi.1").exists());
    assert!(folder.path().join("biaochi-list-read.1").exists());
}
