//! Words: every id that the source names is in the catalogue, in both languages, and refusals have sentences.

use regex::Regex;
use std::{
    fs,
    path::{Path, PathBuf},
};

/// The Rust sources of this crate: name and text.
pub fn sources() -> Vec<(String, String)> {
    below(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"))
}

fn below(folder: &Path) -> Vec<(String, String)> {
    let mut folders: Vec<PathBuf> = vec![folder.to_owned()];
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "rs") {
                found.push((path.display().to_string(), fs::read_to_string(&path).unwrap()));
            }
        }
    }
    found
}

#[test]
fn every_id_in_the_source_is_in_the_catalogue() {
    let literal = Regex::new(r#"(?:t!\(\s*[^,()]+(?:\(\))?,\s*|(?:language::)?text\(\s*[^,()]+,\s*|\bfault\([^,()]+,\s*)"([a-z][a-z0-9-]+)""#).unwrap();
    let mut named = 0;
    for (file, text) in sources() {
        let code: String = text
            .lines()
            .filter(|l| !l.trim_start().starts_with("//"))
            .collect::<Vec<_>>()
            .join("\n");
        for found in literal.captures_iter(&code) {
            assert!(language::ids().contains(&found[1]), "{file} names {}", &found[1]);
            named += 1;
        }
    }
    assert!(named > 100, "only {named} ids were found: the pattern is blunt");
}

#[test]
fn every_refusal_of_the_platform_has_a_sentence_and_every_fault_too() {
    let rule = Regex::new(r#"Refusal::(?:rule|wrong)\(\s*"([a-z_/]+)""#).unwrap();
    let fault = Regex::new(r#""(fault-[a-z0-9-]+)""#).unwrap();
    let platform = Path::new(env!("CARGO_MANIFEST_DIR")).join("../platform/src");
    let mut missing = Vec::new();
    for (file, text) in below(&platform).into_iter().chain(sources()) {
        for found in rule.captures_iter(&text) {
            let id = format!("refusal-{}", found[1].replace(['/', '_'], "-"));
            if !language::ids().contains(&id) {
                missing.push(format!("{id} ({file})"));
            }
        }
        for found in fault.captures_iter(&text) {
            if !language::ids().contains(&found[1]) {
                missing.push(format!("{} ({file})", &found[1]));
            }
        }
    }
    missing.sort();
    missing.dedup();
    assert!(missing.is_empty(), "no words in locales/ for:\n{}", missing.join("\n"));
}

#[test]
fn every_right_has_a_name() {
    for action in platform::rights::Action::ALL {
        for lang in language::Lang::ALL {
            assert_ne!(web::problem::right_name(lang, action.id()), action.id());
        }
    }
}
