//! The published text and its hand-checked rows, where they are at hand.

use std::fs;
use std::path::PathBuf;

use tasklist::Task;

pub struct Truth {
    pub text: String,
    pub rows: Vec<Row>,
}

#[derive(Debug, PartialEq, Eq, Clone)]
pub struct Row {
    pub number: u32,
    pub part: String,
    pub tier: String,
    pub section: String,
    pub title: String,
    pub places: String,
}

/// The policy folder beside the workspace; `None`, said aloud, where it is absent.
pub fn truth(test: &str) -> Option<Truth> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/policy");
    let (Ok(text), Ok(csv)) = (
        fs::read_to_string(folder.join("mofcom-2024-314.txt")),
        fs::read_to_string(folder.join("tasks.csv")),
    ) else {
        eprintln!("SKIPPED {test}: no policy text in {}", folder.display());
        return None;
    };
    let rows: Vec<Row> = csv.lines().skip(1).filter(|line| !line.is_empty()).map(row).collect();
    assert_eq!(rows.len(), 104);
    Some(Truth { text, rows })
}

fn row(line: &str) -> Row {
    assert!(!line.contains('"'), "a quoted cell needs a real CSV reader: {line}");
    let cells: Vec<&str> = line.split(',').collect();
    let [number, part, tier, section, title, places] = cells[..] else {
        panic!("six cells: {line}")
    };
    Row {
        number: number.parse().unwrap(),
        part: alike(part),
        tier: tier.to_owned(),
        section: alike(section),
        title: alike(title),
        places: alike(places),
    }
}

/// Blanks and bracket width aside.
fn alike(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_whitespace())
        .map(|c| match c {
            '(' => '（',
            ')' => '）',
            c => c,
        })
        .collect()
}

/// A task as the truth writes it.
pub fn as_row(task: &Task) -> Option<Row> {
    Some(Row {
        number: task.number?,
        part: alike(&task.part),
        tier: serde_json::to_value(task.tier?).unwrap().as_str()?.to_owned(),
        section: alike(&task.section),
        title: alike(&task.title),
        places: alike(&task.places_as_written),
    })
}
