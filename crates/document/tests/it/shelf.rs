//! Every text under `examples/` is clean under its profile and canonical.

use document::finding::Finding;
use document::lint::{Profile, lint};
use document::resolve::resolve;
use document::source::{parse, print};
use language::Lang;
use std::path::{Path, PathBuf};

/// Every source below a folder.
fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|kind| kind == "md") {
            found.push(path);
        }
    }
}

pub fn texts() -> Vec<(PathBuf, String)> {
    let mut paths = Vec::new();
    sources(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples"),
        &mut paths,
    );
    paths.sort();
    paths
        .into_iter()
        .filter_map(|path| std::fs::read_to_string(&path).ok().map(|text| (path, text)))
        .collect()
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
