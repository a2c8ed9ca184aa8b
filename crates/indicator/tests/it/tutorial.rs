//! The standard of the tutorial (`docs/tutorial.md`): what the page shows is what comes out.

use crate::support::{row, standard};
use indicator::{Settings, editions, run, understand};

const FOLDER: &str = "../../docs";

fn page(name: &str) -> String {
    std::fs::read_to_string(format!("{FOLDER}/{name}")).unwrap()
}

#[test]
fn the_halls_stand_as_the_page_says() {
    let (text, table, page) = (
        page("tutorial/lobby.md"),
        page("tutorial/halls.csv"),
        page("tutorial.md"),
    );
    let standards = [standard(&text), standard(&text.replace("80 %→0", "85 %→0"))];
    let mut lines = table.lines().map(|line| line.split(',').collect::<Vec<_>>());
    let heads = lines.next().unwrap();
    let rows: Vec<_> = lines
        .map(|cells| {
            let inputs = heads.iter().copied().zip(cells.iter().copied()).skip(1);
            let given: Vec<(&str, &str)> = inputs.filter(|(_, cell)| !cell.is_empty()).collect();
            row(cells[0], None, &given)
        })
        .collect();
    let settings = Settings {
        at: Some(jiff::civil::date(2025, 7, 1)),
    };
    let [results, stricter] = standards.each_ref().map(|standard| {
        let (units, findings) = understand(standard, &rows);
        assert_eq!(findings, []);
        run(standard, &units, settings)
    });
    for result in &results {
        let total = result.rounded.as_ref().unwrap().to_f64();
        let line = format!(
            "{}：总分 {total:.1}，等级 {}，",
            result.id,
            result.grade.as_deref().unwrap_or_default()
        );
        assert!(page.contains(&line), "{line}");
    }
    let found = editions((&standards[0], &results), (&standards[1], &stricter));
    let moved: Vec<&str> = found
        .units
        .iter()
        .filter(|unit| unit.moved())
        .map(|unit| unit.id.as_str())
        .collect();
    assert_eq!(moved, ["甲", "丙"]);
    for unit in found.units.iter().filter(|unit| unit.moved()) {
        let line = format!(
            "{}：总分 {:.4} → {:.4}",
            unit.id,
            unit.total.before.unwrap(),
            unit.total.after.unwrap()
        );
        assert!(page.contains(&line), "{line}");
    }
}
