//! Whatever the text, the reader answers, soon, and keeps every line.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use proptest::prelude::*;
use tasklist::{Places, read};

/// Lines of which nothing was read nor kept.
pub fn lost_lines(text: &str) -> BTreeSet<u32> {
    let reading = read(text, &Places::default());
    let blank =
        |c: char| c.is_whitespace() || matches!(c, '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' | '\u{00AD}');
    let written: BTreeSet<u32> = text
        .lines()
        .zip(1..)
        .filter(|(line, _)| !line.chars().all(blank))
        .map(|(_, number)| number)
        .collect();
    let covered = reading.lines_covered();
    written.difference(&covered).copied().collect()
}

fn accounted(text: &str) -> Result<(), TestCaseError> {
    let lost = lost_lines(text);
    prop_assert!(lost.is_empty(), "lines {lost:?} of {text:?}");
    serde_json::to_string(&read(text, &Places::default())).map_err(|error| TestCaseError::fail(error.to_string()))?;
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_string_is_read_and_every_line_kept(text in any::<String>()) {
        accounted(&text)?;
    }

    #[test]
    fn any_mix_of_the_texts_own_pieces_is_read_and_every_line_kept(
        pieces in proptest::collection::vec(proptest::sample::select(vec![
            "一、", "二、", "三、先行制定地方标准", "（一）", "(二) ", "13.", "14.", "1", "28.5G", "规范", "（成都）", "(各试点示范省市)",
            "（", "）", "(重", "庆)", "\n", "\n\n", "- ", "• ", "— 7 —\n", "第7页\n", "任务清单（首批）\n", "支持", "应", "。", "；", "，",
            "试点示范省市", "商务部", "推动", "“", "”", "《", "》", "商资发〔2024〕314号", "总体要求",
        ]), 0..60)
    ) {
        accounted(&pieces.concat())?;
    }
}

#[test]
fn hostile_texts_of_a_megabyte_take_seconds_at_most() {
    for piece in [
        "（",
        "1.\n",
        "1.甲（成都）\n",
        "（一）",
        "一、\n",
        "任务清单",
        "7\n",
        "（（成都）",
        "支持，",
        "探索",
        "甲（成都）乙\n",
        "1.一、",
    ] {
        let text = piece.repeat(1_000_000 / piece.len());
        for text in [format!("一、总体要求\n\n（一）甲。{text}"), text] {
            let start = Instant::now();
            let reading = read(&text, &Places::default());
            assert!(
                start.elapsed() < Duration::from_secs(20),
                "{piece:?}: {:?}",
                start.elapsed()
            );
            drop(reading);
        }
    }
}
