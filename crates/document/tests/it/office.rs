//! Word files opened by another program: LibreOffice counts the lists itself, and must come to the text's own numbers.
//! Skipped where it is not installed.

use document::docx::{Options, Picture, file};
use document::model::{Clause, Visit, plain_text, walk_document};
use document::resolve::{LabelKind, resolve};
use document::source::parse;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A folder of this run alone.
fn folder(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("biaochi-office-{name}-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

/// What LibreOffice makes of files; `None` where there is none.
pub fn convert(folder: &Path, to: &str, files: &[PathBuf]) -> Option<()> {
    let home = format!("-env:UserInstallation=file://{}/profile", folder.display());
    let run = Command::new("soffice")
        .args([&home, "--headless", "--convert-to", to, "--outdir"])
        .arg(folder)
        .args(files)
        .output();
    match run {
        Ok(run) if run.status.success() => Some(()),
        Ok(run) => panic!("soffice: {}", String::from_utf8_lossy(&run.stderr)),
        Err(_) => {
            println!("SKIPPED: soffice is not installed (apt-get install libreoffice-writer)");
            None
        }
    }
}

/// The pictures of a source, as PNG or SVG.
fn pictures(path: &Path) -> Options {
    let mut options = Options::default();
    for entry in std::fs::read_dir(path.parent().unwrap()).unwrap().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if let Some((_, ending)) = name.rsplit_once('.')
            && ["png", "svg", "jpg"].contains(&ending)
        {
            let picture = Picture {
                ending: ending.to_owned(),
                bytes: std::fs::read(entry.path()).unwrap(),
                raster: None,
            };
            options.pictures.insert(name, picture);
        }
    }
    options
}

#[test]
fn another_program_reads_the_same_numbers_and_texts() {
    let folder = folder("numbers");
    let mut files = Vec::new();
    let mut expected = Vec::new();
    for (index, (path, source)) in crate::shelf::texts().into_iter().enumerate() {
        let document = parse(&source).document;
        let resolved = resolve(&document);
        let bytes = file(&document, &resolved, &pictures(&path)).unwrap();
        let name = folder.join(format!("{index}.docx"));
        std::fs::write(&name, bytes).unwrap();
        files.push(name);
        struct Lines<'a>(Vec<String>, &'a document::resolve::Resolved);
        impl<'a> Visit<'a> for Lines<'_> {
            fn clause(&mut self, clause: &'a Clause, _depth: usize) {
                let label = self.1.label(&clause.id).unwrap();
                if let Some(heading) = &clause.heading {
                    match label.kind {
                        LabelKind::Chapter | LabelKind::Clause => {
                            self.0.push(format!("{}　{}", label.number, plain_text(&heading.title)));
                        }
                        _ => self.0.push(plain_text(&heading.title)),
                    }
                }
            }
        }
        let mut lines = Lines(Vec::new(), &resolved);
        walk_document(&document, &mut lines);
        expected.push((path, lines.0));
    }
    if convert(&folder, "txt:Text (encoded):UTF8", &files).is_none() {
        return;
    }
    for (index, (path, lines)) in expected.into_iter().enumerate() {
        let text = std::fs::read_to_string(folder.join(format!("{index}.txt"))).unwrap();
        let mut rest = text.as_str();
        for line in lines {
            let at = rest
                .find(&line)
                .unwrap_or_else(|| panic!("{}: {line:?} is missing", path.display()));
            rest = &rest[at + line.len()..];
        }
    }
    std::fs::remove_dir_all(&folder).unwrap();
}

/// Saved by another program, which writes everything its own way, a file is still the same text.
#[test]
fn what_another_program_saved_comes_back() {
    let folder = folder("saved");
    let mut files = Vec::new();
    // Every other text: the program takes its time.
    let texts: Vec<(PathBuf, String)> = crate::shelf::texts().into_iter().step_by(2).collect();
    for (index, (path, source)) in texts.iter().enumerate() {
        let document = parse(source).document;
        let bytes = file(&document, &resolve(&document), &pictures(path)).unwrap();
        let name = folder.join(format!("{index}.docx"));
        std::fs::write(&name, bytes).unwrap();
        files.push(name);
    }
    let saved = folder.join("saved");
    std::fs::create_dir_all(&saved).unwrap();
    let home = format!("-env:UserInstallation=file://{}/profile", folder.display());
    let run = Command::new("soffice")
        .args([&home, "--headless", "--convert-to", "docx:MS Word 2007 XML", "--outdir"])
        .arg(&saved)
        .args(&files)
        .output();
    if run.is_err() {
        println!("SKIPPED: soffice is not installed (apt-get install libreoffice-writer)");
        return;
    }
    for (index, (path, source)) in texts.iter().enumerate() {
        let bytes = std::fs::read(saved.join(format!("{index}.docx"))).unwrap();
        let imported = document::import::docx(&bytes, "").unwrap();
        let lines = |text: &str| -> Vec<String> {
            text.lines()
                .filter(|line| line.starts_with('#') || line.starts_with("::: 术语"))
                .map(str::to_owned)
                .collect()
        };
        assert_eq!(lines(&imported.source), lines(source), "{}", path.display());
    }
    std::fs::remove_dir_all(&folder).unwrap();
}
