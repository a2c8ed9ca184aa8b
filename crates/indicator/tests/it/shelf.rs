//! Every standard under `examples/`: no error, every worked example holds, and the units of its annexes come to what the
//! text says of them.

use std::path::PathBuf;

use formula::Number;
use indicator::{
    BlockKind, Blocks, Given, Place, RawUnit, Settings, Severity, blocks, check, read, run, try_example, understand,
};

fn texts() -> Vec<(PathBuf, Blocks)> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples");
    let files = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
    let mut files: Vec<PathBuf> = files
        .filter(|file| file.extension().is_some_and(|kind| kind == "md"))
        .collect();
    files.sort();
    let read = |file: PathBuf| {
        let text = std::fs::read_to_string(&file).unwrap();
        (file, blocks(&text))
    };
    files.into_iter().map(read).collect()
}

#[test]
fn every_standard_on_the_shelf_runs_its_examples() {
    let texts = texts();
    for (path, blocks) in &texts {
        let reading = read(blocks);
        let findings: Vec<_> = reading.findings.into_iter().chain(check(&reading.standard)).collect();
        let wrong: Vec<_> = findings
            .iter()
            .filter(|finding| finding.severity != Severity::Info)
            .collect();
        assert!(wrong.is_empty(), "{}: {wrong:#?}", path.display());
        assert!(!reading.standard.examples.is_empty(), "{}", path.display());
        for example in &reading.standard.examples {
            for tried in try_example(&reading.standard, example) {
                assert!(!example.expected.is_empty(), "{} {}", path.display(), tried.name);
            }
        }
    }
    assert!(texts.len() >= 19, "{}", texts.len());
}

/// The rows of the tables whose names end so, each cell with its head without its unit.
fn rows(blocks: &Blocks, ending: &str) -> Vec<Vec<(String, String)>> {
    let tables = blocks
        .blocks
        .iter()
        .filter(|block| block.kind == BlockKind::Table && block.label.ends_with(ending));
    let mut rows = Vec::new();
    for table in tables {
        let mut lines = table.text.lines().filter(|line| !line.is_empty());
        let heads: Vec<&str> = lines.next().unwrap().split(',').collect();
        let heads = heads.iter().map(|head| head.split(" [").next().unwrap().to_owned());
        let heads: Vec<String> = heads.collect();
        rows.extend(lines.map(|line| {
            let cells = line.split(',').map(str::to_owned);
            heads.iter().cloned().zip(cells).collect()
        }));
    }
    rows
}

fn cell<'a>(row: &'a [(String, String)], head: &str) -> Option<&'a str> {
    let found = row.iter().find(|(known, _)| known == head);
    found.map(|(_, text)| text.as_str())
}

/// What compares units cannot be told by an example of one. Tables that end in 的数据 hold several units, those in 的结果
/// what another program made of them.
#[test]
fn the_units_of_an_annex_come_to_what_the_text_says() {
    let (mut standards, mut told) = (0, 0);
    for (path, blocks) in texts() {
        let data = rows(&blocks, "的数据");
        if data.is_empty() {
            continue;
        }
        standards += 1;
        let standard = read(&blocks).standard;
        let unit = |row: &Vec<(String, String)>| RawUnit {
            id: row[0].1.clone(),
            period: cell(row, "期").map(str::to_owned),
            inputs: row[1..]
                .iter()
                .filter(|(head, text)| head != "期" && !text.is_empty())
                .map(|(head, text)| (head.clone(), Given::Text(text.clone()), Place::default()))
                .collect(),
            place: Place::default(),
        };
        let (units, findings) = understand(&standard, &data.iter().map(unit).collect::<Vec<_>>());
        assert_eq!(findings, [], "{}", path.display());
        let at = standard.examples.iter().filter_map(|example| example.at).max();
        let results = run(&standard, &units, Settings { at });
        let said = rows(&blocks, "的结果");
        assert_eq!(said.len(), units.len(), "{}", path.display());
        for row in said {
            let (id, period) = (&row[0].1, cell(&row, "期").unwrap());
            let is_it = |result: &&indicator::UnitResult| {
                result.id == *id && result.period.is_some_and(|own| own.to_string() == period)
            };
            let result = results.iter().find(is_it).unwrap();
            let place = format!("{} {id} {period}", path.display());
            assert_eq!(result.rounded, Number::parse(cell(&row, "总分").unwrap()), "{place}");
            assert_eq!(result.rank.unwrap().to_string(), cell(&row, "名次").unwrap(), "{place}");
            if let Some(grade) = cell(&row, "等级") {
                assert_eq!(result.grade.as_deref(), Some(grade), "{place}");
            }
            if let Some(coverage) = cell(&row, "覆盖率") {
                assert_eq!(result.coverage, Number::parse(coverage), "{place}");
            }
            told += 1;
        }
    }
    assert!(standards >= 4 && told >= 37, "{standards} {told}");
}
