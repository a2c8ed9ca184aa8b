//! Every text under `examples/` is clean under its profile and canonical.

use document::finding::Finding;
use document::lint::{Profile, lint};
use document::resolve::resolve;
use document::source::{parse, print};
use language::Lang;
use std::path::{Path, PathBuf};

fn texts() -> Vec<(PathBuf, String)> {
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples")];
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|kind| kind == "md") {
                let text = std::fs::read_to_string(&path).unwrap();
                found.push((path, text));
            }
        }
    }
    found.sort();
    found
}

#[test]
fn the_shelf_is_clean() {
    let texts = texts();
    assert!(texts.len() >= 12, "{}", texts.len());
    let mut told = Vec::new();
    for (path, text) in &texts {
        let parsed = parse(text);
        let resolved = resolve(&parsed.document);
        let mut found: Vec<Finding> = parsed.findings.clone();
        found.extend(resolved.findings.clone());
        found.extend(lint(
            &parsed.document,
            &resolved,
            Profile::of_text(&parsed.document.front),
        ));
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        told.extend(found.iter().map(|finding| {
            format!(
                "{name}:{} {} {}",
                finding.span.start,
                finding.rule,
                finding.message.text(Lang::Zh)
            )
        }));
    }
    assert!(told.is_empty(), "{told:#?}");
}

#[test]
fn the_shelf_is_canonical() {
    for (path, text) in texts() {
        assert_eq!(print(&parse(&text).document), text, "{}", path.display());
    }
}
