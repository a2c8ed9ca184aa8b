//! Texts and data that nobody meant: read or refused, never a panic.

use indicator::{Given, Place, RawUnit, Settings, blocks, check, explain, outline, read, run, understand};
use language::Lang;
use proptest::prelude::*;

const SHELF: [&str; 4] = [
    include_str!("../../../../examples/5g-factory.md"),
    include_str!("../../../../examples/nursing-home-credit.md"),
    include_str!("../../../../examples/services-openness.md"),
    include_str!("../../../../examples/appliance-recovery.md"),
];

/// A standard with a piece taken out and another put in.
fn damaged() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "", "|", "```\n", "\"", "[", "]", "= ", "0", "-1", "1e300", "线性(", "→", " % ", "总分", "A1", "{", "}", "\n",
        "其余", "期",
    ]);
    (
        prop::sample::select(SHELF.to_vec()),
        any::<prop::sample::Index>(),
        0_usize..40,
        piece,
    )
        .prop_map(|(text, at, length, piece)| {
            let characters: Vec<char> = text.chars().collect();
            let start = at.index(characters.len());
            let end = (start + length).min(characters.len());
            let before: String = characters[..start].iter().collect();
            let after: String = characters[end..].iter().collect();
            format!("{before}{piece}{after}")
        })
}

fn cell() -> impl Strategy<Value = Given> {
    prop_oneof![
        any::<f64>().prop_map(|number| Given::Text(number.to_string())),
        "[0-9.%a-z是否高 ;；-]{0,12}".prop_map(Given::Text),
        any::<String>().prop_map(Given::Text),
        Just(Given::List(Vec::new())),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn a_damaged_standard_is_read_checked_and_said(text in damaged()) {
        let reading = read(&blocks(&text));
        let findings = check(&reading.standard);
        for finding in reading.findings.iter().chain(&findings) {
            prop_assert!(!finding.message(Lang::Zh).is_empty() && !finding.mend(Lang::En).is_empty());
        }
    }

    #[test]
    fn any_cells_are_understood_or_named(which in 0_usize..SHELF.len(), cells in prop::collection::vec(cell(), 12)) {
        let standard = read(&blocks(SHELF[which])).standard;
        let names: Vec<String> = standard.nodes.iter().map(|node| node.code.clone())
            .chain(standard.inputs.iter().map(|input| input.name.clone()))
            .collect();
        let inputs = names.into_iter().zip(cells.into_iter().cycle())
            .map(|(name, given)| (name, given, Place::default()))
            .collect();
        let row = RawUnit { id: "u".to_owned(), period: Some("2025".to_owned()), inputs, place: Place::default() };
        let (units, _) = understand(&standard, &[row]);
        let results = run(&standard, &units, Settings::default());
        for (unit, result) in units.iter().zip(&results) {
            let _ = outline(&explain(&standard, unit, result, None, Lang::Zh));
        }
    }
}
