//! Word files that other programs made of texts that are none of ours (tests/foreign/README.md), against what their
//! sources say.

use crate::import::{around, bald, said, shown};
use document::import::{Imported, docx};
use document::model::{Block, BlockKind, Clause, Document, Visit, plain_text, walk_document};
use document::resolve::resolve;
use document::source::{parse, print};
use std::path::{Path, PathBuf};

/// A file, and the lines of its truth.
pub struct Foreign {
    pub name: String,
    pub bytes: Vec<u8>,
    pub truth: Vec<Vec<String>>,
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/foreign")
}

pub fn files() -> Vec<Foreign> {
    let mut names: Vec<String> = std::fs::read_dir(folder().join("truth"))
        .unwrap()
        .flatten()
        .filter_map(|entry| {
            entry
                .file_name()
                .to_string_lossy()
                .strip_suffix(".tsv")
                .map(str::to_owned)
        })
        .collect();
    names.sort();
    names
        .into_iter()
        .map(|name| {
            let truth = std::fs::read_to_string(folder().join(format!("truth/{name}.tsv"))).unwrap();
            let parts = |line: &str| line.split('\t').map(str::to_owned).collect();
            Foreign {
                bytes: std::fs::read(folder().join(format!("files/{name}.docx"))).unwrap(),
                truth: truth.lines().map(parts).collect(),
                name,
            }
        })
        .collect()
}

pub fn read(file: &Foreign) -> Imported {
    let imported = docx(&file.bytes, "甲.files").unwrap();
    if let Some(to) = std::env::var_os("BIAOCHI_SHOW") {
        let to = Path::new(&to);
        std::fs::write(to.join(format!("{}.md", file.name)), &imported.source).unwrap();
        let report = serde_json::to_string_pretty(&imported.report.json(language::Lang::Zh)).unwrap();
        std::fs::write(to.join(format!("{}.json", file.name)), report).unwrap();
    }
    imported
}

/// Levels and titles, in both languages where there are two.
fn headings(document: &Document) -> Vec<(usize, String)> {
    struct Headings(Vec<(usize, String)>);
    impl<'a> Visit<'a> for Headings {
        fn clause(&mut self, clause: &'a Clause, depth: usize) {
            if let Some(heading) = &clause.heading {
                let other = heading.other.clone().unwrap_or_default();
                self.0.push((depth, bald(&(plain_text(&heading.title) + &other))));
            }
        }
    }
    let mut headings = Headings(Vec::new());
    walk_document(document, &mut headings);
    headings.0
}

/// The cells of each table.
fn tables(document: &Document) -> Vec<Vec<String>> {
    struct Tables(Vec<Vec<String>>);
    impl<'a> Visit<'a> for Tables {
        fn block(&mut self, block: &'a Block) {
            if let BlockKind::Table(table) = &block.kind {
                let cells = table.rows().flat_map(|row| &row.cells);
                self.0.push(cells.map(|cell| bald(&plain_text(&cell.text))).collect());
            }
        }
    }
    let mut tables = Tables(Vec::new());
    walk_document(document, &mut tables);
    tables.0
}

/// An element without number is called as its kind is, in whichever language.
fn title(words: &str) -> String {
    match words {
        "Introduction" => "引言".to_owned(),
        "Bibliography" => "参考文献".to_owned(),
        _ => bald(words),
    }
}

/// What follows a number, a mark or a label that is made anew.
fn unlabelled(text: &str) -> &str {
    // Of the publisher the cover says 发布 for itself.
    let text = text.trim_start().trim_end_matches("发布").trim_end();
    let blank = |c: char| c.is_whitespace() || c == '\u{3000}';
    let number = |c: char| c.is_ascii_digit() || "ABC.-一二三四五六七八九十百第条章节表图".contains(c);
    for sign in ["——", "注：", "示例：", "NOTE：", "NOTE:", "EXAMPLE:"] {
        if let Some(rest) = text.strip_prefix(sign) {
            return rest.trim_start_matches(blank);
        }
    }
    let marked = text.strip_prefix(['（', '[']).unwrap_or(text);
    let marked = ["注", "NOTE "]
        .iter()
        .find_map(|word| marked.strip_prefix(word))
        .unwrap_or(marked);
    let mark = marked.trim_start_matches(|c: char| number(c) || c.is_ascii_lowercase());
    let is_short = marked.chars().count() - mark.chars().count() <= 3;
    if let Some(rest) = mark.strip_prefix(['）', ')', ']', '：', ':']).filter(|_| is_short) {
        return rest.trim_start_matches(blank);
    }
    let bare = text.trim_start_matches(number);
    // 3.1 alone.
    if bare.is_empty() {
        return bare;
    }
    if bare.starts_with(blank) {
        bare.trim_start_matches(blank)
    } else {
        text
    }
}

/// Sentences that are made anew.
fn made(document: &Document) -> String {
    resolve(document).lead_ins.values().map(|words| bald(words)).collect()
}

/// The words around mentions of attachments and articles: 附件2 is 附录B, 第五条 is 2.2.
fn numbered_anew(text: &str) -> Vec<&str> {
    text.split("本办法第")
        .map(|part| part.split_once("条的规定").map_or(part, |(_, rest)| rest))
        .flat_map(|part| around(part, "附件"))
        .collect()
}

/// Of all that a kind of line says, how much there is.
#[derive(Default)]
struct Figure {
    kept: usize,
    all: usize,
}

impl Figure {
    fn count(&mut self, kept: bool) {
        self.kept += usize::from(kept);
        self.all += 1;
    }

    fn of(&self) -> String {
        format!("{}/{}", self.kept, self.all)
    }
}

#[test]
fn files_of_other_programs_come_in_with_their_headings_texts_and_cells() {
    let files = files();
    assert_eq!(files.len(), 12);
    let mut failed = Vec::new();
    for file in &files {
        let imported = read(file);
        let (mut right, mut texts, mut cells) = (Figure::default(), Figure::default(), Figure::default());
        let mut told: Vec<String> = Vec::new();
        // Headings in their order.
        let found = headings(&imported.document);
        let terms: Vec<String> = file
            .truth
            .iter()
            .filter(|line| line[0] == "term")
            .map(|line| bald(line.last().unwrap()))
            .collect();
        let (mut next, mut matched) = (0, Vec::new());
        for line in file.truth.iter().filter(|line| line[0] == "heading") {
            let (level, words) = (line[1].parse::<usize>().unwrap(), title(&line[3]));
            let at = found
                .iter()
                .skip(next)
                .position(|(_, found)| *found == words)
                .map(|at| at + next);
            let taken = at.map(|at| found[at].0);
            right.count(taken == Some(level));
            if taken != Some(level) {
                told.push(format!("heading {level} {words}: {taken:?}"));
            }
            if let Some(at) = at {
                matched.push(at);
                next = at + 1;
            }
        }
        let invented: Vec<&(usize, String)> = found
            .iter()
            .enumerate()
            .filter(|(at, (_, words))| !matched.contains(at) && !terms.contains(words))
            .map(|(_, found)| found)
            .collect();
        told.extend(invented.iter().map(|heading| format!("no heading: {heading:?}")));
        // All that is said, in lines as they are broken, once with what hangs on words and once without.
        let all = said(&imported.document) + &bald(&shown(&imported)) + &made(&imported.document);
        for line in &file.truth {
            if matches!(line[0].as_str(), "heading" | "cell") {
                continue;
            }
            let words = line.last().unwrap();
            let kept = words
                .split('⏎')
                .flat_map(|part| part.split("——"))
                .flat_map(numbered_anew)
                .flat_map(|part| part.split(if line[0] == "cover" { "\u{3000}" } else { "⏎" }))
                .all(|part| all.contains(&bald(part)) || all.contains(&bald(unlabelled(part))));
            texts.count(kept);
            if !kept {
                told.push(format!("{} lost: {words}", line[0]));
            }
        }
        let found = tables(&imported.document);
        let mut of_truth: Vec<Vec<String>> = Vec::new();
        for line in file.truth.iter().filter(|line| line[0] == "cell") {
            let table = line[1].parse::<usize>().unwrap();
            of_truth.resize(table.max(of_truth.len()), Vec::new());
            of_truth[table - 1].push(bald(&line[2].replace('⏎', "")));
        }
        for (at, table) in of_truth.iter().enumerate() {
            let mut left = found.get(at).cloned().unwrap_or_default();
            for cell in table {
                let place = left.iter().position(|found| found == cell);
                cells.count(place.is_some());
                match place {
                    Some(place) => drop(left.remove(place)),
                    None => told.push(format!("cell lost of table {}: {cell}", at + 1)),
                }
            }
            told.extend(left.iter().map(|cell| format!("no cell of table {}: {cell}", at + 1)));
        }
        println!(
            "{}: headings {} ({} taken for headings that are none), texts {}, cells {}",
            file.name,
            right.of(),
            invented.len(),
            texts.of(),
            cells.of()
        );
        told.iter().for_each(|line| println!("  {line}"));
        let sound = right.kept * 100 >= right.all * 95
            && invented.len() * 100 <= right.all * 5
            && texts.kept == texts.all
            && cells.kept == cells.all
            && found.len() == of_truth.len();
        if !sound {
            failed.push(&file.name);
        }
        assert_eq!(
            print(&parse(&imported.source).document),
            imported.source,
            "{}",
            file.name
        );
    }
    assert!(failed.is_empty(), "{failed:?}");
}
