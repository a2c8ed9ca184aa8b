//! Two hundred damaged copies: each row is right or carries a doubt, none is wrong in silence.

use std::collections::BTreeMap;

use tasklist::{Doubt, Places, Reading, read};

use crate::damage::damage;
use crate::truth::{Row, Truth, as_row, truth};

/// How many copies, seeds 1 to this; `BIAOCHI_COPIES` raises it for a long run.
fn copies() -> u64 {
    std::env::var("BIAOCHI_COPIES")
        .ok()
        .and_then(|copies| copies.parse().ok())
        .unwrap_or(200)
}

/// The rows that are wrong and say nothing, each with what was read.
fn silent_faults(truth: &Truth, reading: &Reading) -> Vec<String> {
    let rows: BTreeMap<u32, &Row> = truth.rows.iter().map(|row| (row.number, row)).collect();
    let mut faults = Vec::new();
    for task in reading.tasks.iter().filter(|task| task.doubts.is_empty()) {
        let read = as_row(task);
        if read.as_ref() != task.number.and_then(|number| rows.get(&number).copied()) {
            faults.push(format!("silently wrong: {read:?}\n  from {:?}", task.original));
        }
    }
    for row in &truth.rows {
        let missing = reading.tasks.iter().all(|task| task.number != Some(row.number));
        let said = reading.doubts.iter().any(
            |doubt| matches!(doubt, Doubt::GapInNumbers { after, before, .. } if *after < row.number && row.number < *before),
        );
        if missing && !said {
            faults.push(format!("silently missing: {row:?}"));
        }
    }
    faults
}

#[test]
fn no_row_of_200_damaged_copies_is_wrong_in_silence() {
    let Some(truth) = truth("no_row_of_200_damaged_copies_is_wrong_in_silence") else {
        return;
    };
    let (places, copies) = (Places::default(), copies());
    let (mut right, mut doubted, mut total) = (0, 0, 0);
    for seed in 1..=copies {
        let damaged = damage(&truth.text, seed);
        let reading = read(&damaged.text, &places);
        let faults = silent_faults(&truth, &reading);
        assert!(faults.is_empty(), "seed {seed}:\n{}\n", faults.join("\n"));
        let covered = reading.lines_covered();
        let lost: Vec<_> = damaged
            .text
            .lines()
            .zip(1..)
            .filter(|(line, number)| !line.trim().is_empty() && !covered.contains(number))
            .collect();
        assert!(lost.is_empty(), "seed {seed}: lines lost: {lost:?}");
        for number in damaged.numbers_lost {
            let title = &truth.rows[number as usize - 1].title;
            let silent = reading
                .tasks
                .iter()
                .find(|task| task.title == *title && task.doubts.is_empty());
            assert!(
                silent.is_none(),
                "seed {seed}: task {number} lost its number and nobody says so: {silent:?}"
            );
        }
        for row in &truth.rows {
            total += 1;
            right += usize::from(reading.tasks.iter().any(|task| as_row(task).as_ref() == Some(row)));
        }
        doubted += reading.tasks.iter().filter(|task| !task.doubts.is_empty()).count();
    }
    eprintln!("seeds 1..={copies}: {right} of {total} rows right, {doubted} carry a doubt");
    // A reader that doubts everything would be safe and useless.
    assert!(right * 100 >= total * 98, "{right} of {total} rows are right");
    assert!(doubted * 100 <= total * 12, "{doubted} of {total} rows carry a doubt");
}

#[test]
fn the_measures_of_200_damaged_copies_are_whole_or_in_doubt() {
    let Some(truth) = truth("the_measures_of_200_damaged_copies_are_whole_or_in_doubt") else {
        return;
    };
    let (places, copies) = (Places::default(), copies());
    let words = |reading: &Reading| -> Vec<(String, String, String)> {
        reading
            .measures
            .iter()
            .map(|measure| (measure.key.to_string(), measure.title.clone(), measure.text.clone()))
            .collect()
    };
    let expected = words(&read(&truth.text, &places));
    let mut whole = 0;
    for seed in 1..=copies {
        let reading = read(&damage(&truth.text, seed).text, &places);
        if words(&reading) == expected {
            whole += 1;
        } else {
            assert!(!reading.doubts.is_empty(), "seed {seed}: {:#?}", words(&reading));
        }
    }
    eprintln!("seeds 1..={copies}: the measures are whole in {whole} copies");
    assert!(whole * 100 >= copies * 80, "{whole} of {copies}");
}
