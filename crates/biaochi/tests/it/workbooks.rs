//! A run as a workbook: what LibreOffice computes from its cells is what the engine gave.

use crate::run::run;
use indicator::{BookCell, BookSheet, Given, Place, RawUnit, Settings, blocks, read, understand, workbook};
use language::Lang;
use sheet::{Cell, Column, Kind, TableLayout, write_with};
use std::{
    path::{Path, PathBuf},
    process::Command,
};

/// What stands in a formula's cell until it is computed: nothing that a run gives.
const NEVER: &str = "-987654321";

fn examples() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples");
    let files = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
    let mut files: Vec<PathBuf> = files
        .filter(|file| file.extension().is_some_and(|kind| kind == "md"))
        .collect();
    files.sort();
    files
}

/// Each worked example, and each of them with each of its inputs gone in every way.
fn units(standard: &indicator::Standard) -> Vec<RawUnit> {
    let mut rows = Vec::new();
    for (at, example) in standard.examples.iter().enumerate() {
        let whole = RawUnit {
            id: format!("e{at}"),
            period: example.period.map(|period| period.to_string()),
            inputs: example.inputs.clone(),
            place: Place::default(),
        };
        for input in 0..whole.inputs.len() {
            let mut without = whole.clone();
            without.id = format!("e{at}-{input}-none");
            without.inputs.remove(input);
            rows.push(without);
            for (what, why) in [("na", formula_why("不适用")), ("open", formula_why("未核验"))] {
                let mut absent = whole.clone();
                absent.id = format!("e{at}-{input}-{what}");
                absent.inputs[input].1 = why;
                rows.push(absent);
            }
        }
        rows.push(whole);
    }
    rows
}

/// An absence as the data of JSON say it.
fn formula_why(reason: &str) -> Given {
    Given::of_json(&serde_json::json!({ reason: "" })).unwrap()
}

fn uncomputed(sheet: &BookSheet) -> (TableLayout, Vec<Vec<Cell>>) {
    let column = |(at, head): (usize, &String)| Column::new(&format!("c{at}"), head, Kind::Text);
    let columns = sheet.heads.iter().enumerate().map(column).collect();
    let mut layout = TableLayout::new("run", &sheet.name, "2026-01-01".parse().unwrap(), columns);
    layout.notes = vec![sheet.about.clone()];
    let cell = |cell: &BookCell| match cell {
        BookCell::Empty => Cell::Empty,
        BookCell::Text(text) => Cell::Text(text.clone()),
        BookCell::Number(text) => Cell::Decimal(text.parse().unwrap()),
        BookCell::Live { formula, .. } => Cell::Formula {
            formula: formula.clone(),
            value: NEVER.to_owned(),
        },
    };
    (
        layout,
        sheet.rows.iter().map(|row| row.iter().map(cell).collect()).collect(),
    )
}

/// The first sheet as LibreOffice computes it.
fn computed(folder: &Path, workbook: &Path) -> Vec<Vec<String>> {
    let profile = folder.join("profile/user");
    std::fs::create_dir_all(&profile).unwrap();
    let always = r#"<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>"#;
    std::fs::write(profile.join("registrymodifications.xcu"), always).unwrap();
    let done = Command::new("soffice")
        .arg(format!(
            "-env:UserInstallation=file://{}",
            folder.join("profile").display()
        ))
        .args(["--headless", "--convert-to"])
        // Commas, quotes, UTF-8, full precision, the first sheet alone.
        .arg("csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,1")
        .arg("--outdir")
        .arg(folder)
        .arg(workbook)
        .output()
        .unwrap();
    let made = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
    let csv = made
        .filter(|file| file.extension().is_some_and(|kind| kind == "csv"))
        .last();
    let csv = csv.unwrap_or_else(|| panic!("{}", String::from_utf8_lossy(&done.stderr)));
    let text = std::fs::read_to_string(csv).unwrap();
    text.lines().map(cells).collect()
}

/// The cells of a line of CSV.
fn cells(line: &str) -> Vec<String> {
    let (mut cells, mut quoted) = (vec![String::new()], false);
    for c in line.chars() {
        match c {
            '"' => quoted = !quoted,
            ',' if !quoted => cells.push(String::new()),
            c => cells.last_mut().unwrap().push(c),
        }
    }
    cells
}

fn same(found: &str, wanted: &str) -> bool {
    match (found.parse::<f64>(), wanted.parse::<f64>()) {
        (Ok(found), Ok(wanted)) => (found - wanted).abs() <= 1e-9 * (1.0 + wanted.abs()),
        // Which error it is, sheets tell each in their own way.
        _ if wanted.starts_with('#') => found.starts_with('#') || found.starts_with("Err"),
        _ => found == wanted,
    }
}

#[test]
fn what_a_sheet_computes_is_what_the_engine_gave() {
    if Command::new("soffice").arg("--version").output().is_err() {
        eprintln!("SKIPPED: no soffice (apt-get install libreoffice-calc-nogui)");
        return;
    }
    for file in examples() {
        let standard = read(&blocks(&std::fs::read_to_string(&file).unwrap())).standard;
        let (units, _) = understand(&standard, &units(&standard));
        let settings = Settings {
            at: standard.examples.iter().filter_map(|example| example.at).max(),
        };
        let results = indicator::run(&standard, &units, settings);
        let book = workbook(&standard, &units, &results, settings, Lang::Zh);
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("run.xlsx");
        let mut tables: Vec<_> = book.sheets.iter().map(uncomputed).collect();
        let (layout, rows) = tables.remove(0);
        std::fs::write(&path, write_with(&layout, &rows, &tables).unwrap()).unwrap();
        let computed = computed(folder.path(), &path);
        let first = indicator::FIRST_ROW as usize - 1;
        let mut live = 0;
        for (row, cells) in book.sheets[0].rows.iter().enumerate() {
            for (column, cell) in cells.iter().enumerate() {
                let BookCell::Live { formula, value } = cell else {
                    continue;
                };
                live += 1;
                let found = &computed[first + row][column];
                let place = format!("{}, row {row}: {}", file.display(), book.sheets[0].heads[column]);
                assert!(same(found, value), "{place}: {found}, not {value}, by {formula}");
            }
        }
        assert!(live > 0, "{}", file.display());
    }
}

#[test]
fn run_writes_a_workbook_and_says_what_stands_still_in_it() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("plants.csv");
    let head = "unit,A1.1,A2.1,设备数,设备数[联网=5G],时延样本,B2.1,C1.1,C2.2,D1.1,D1.2\n";
    std::fs::write(
        &data,
        format!("{head}甲,91.2 %,混合专网,640,412,34 ms,4,7,12.5 %,是,0 次/a\n"),
    )
    .unwrap();
    let out = folder.path().join("run.xlsx");
    let standard = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/5g-factory.md");
    let words = [
        "run",
        &standard.display().to_string(),
        "--data",
        &data.display().to_string(),
    ]
    .map(str::to_owned);
    let output = ["-o", &out.display().to_string(), "--at", "2025-03-01"].map(str::to_owned);
    let ended = run(words.into_iter().chain(output));
    assert_eq!(ended.status, 0, "{}", ended.err);
    // A quantile of a list of samples is beyond a cell's formula.
    assert!(ended.err.contains("B1.2"), "{}", ended.err);
    let sheet = sheet::read_plain(&std::fs::read(&out).unwrap(), &sheet::Limits::default()).unwrap();
    let cells: Vec<&String> = sheet.rows.iter().flat_map(|(_, cells)| cells).collect();
    for wanted in ["甲", "混合专网", "标杆"] {
        assert!(cells.iter().any(|cell| *cell == wanted), "{wanted} not in {cells:?}");
    }
}
