//! The index of the analyst's walk (`docs/walks/analyst.md`) on its 36 cities: what the page shows is what comes out. With
//! `--nocapture` the test prints it.

use crate::support::standard;
use indicator::{
    Given, Place, RawUnit, SensitivitySettings, Settings, Standard, UnitData, UnitResult, explain, outline, run,
    sensitivity, understand,
};
use language::Lang;

const FOLDER: &str = "../../docs/walks/analyst";

fn text() -> String {
    std::fs::read_to_string(format!("{FOLDER}/city-index.md")).unwrap()
}

fn cities(standard: &Standard) -> Vec<UnitData> {
    let table = std::fs::read_to_string(format!("{FOLDER}/cities.csv")).unwrap();
    let mut lines = table.lines().map(|line| line.split(',').collect::<Vec<_>>());
    let heads = lines.next().unwrap();
    let rows: Vec<RawUnit> = lines
        .map(|cells| RawUnit {
            id: cells[0].to_owned(),
            period: Some(cells[1].to_owned()),
            inputs: heads[2..]
                .iter()
                .zip(&cells[2..])
                .filter(|(_, cell)| !cell.is_empty())
                .map(|(head, cell)| ((*head).to_owned(), Given::Text((*cell).to_owned()), Place::default()))
                .collect(),
            place: Place::default(),
        })
        .collect();
    let (units, findings) = understand(standard, &rows);
    assert_eq!(findings, []);
    units
}

const SETTINGS: Settings = Settings {
    at: Some(jiff::civil::date(2018, 6, 1)),
};

/// Cities with their totals, the best first.
fn ranking(text: &str) -> Vec<(String, f64)> {
    let standard = standard(text);
    let mut results: Vec<UnitResult> = run(&standard, &cities(&standard), SETTINGS);
    results.retain(|result| result.rank.is_some());
    results.sort_by_key(|result| result.rank);
    let told = |result: &UnitResult| (result.id.clone(), result.rounded.as_ref().unwrap().to_f64());
    results.iter().map(told).collect()
}

#[test]
fn the_cities_rank_as_the_page_says() {
    let text = text();
    let found = ranking(&text);
    let first: Vec<(&str, f64)> = found
        .iter()
        .take(5)
        .map(|(city, total)| (city.as_str(), *total))
        .collect();
    assert_eq!(
        first,
        [
            ("深圳", 67.9),
            ("北京", 60.7),
            ("上海", 56.0),
            ("广州", 54.3),
            ("厦门", 48.7)
        ]
    );
    // 拉萨 has a gross product alone, and no total.
    assert_eq!(found.len(), 35);
    let topsis = ranking(&text.replace("一级 = \"几何\"\n", "一级 = \"TOPSIS\"\n"));
    let entropy = ranking(&text.replace("[汇总]\n", "[赋权]\n方法 = \"熵权\"\n[汇总]\n"));
    let place = |of: &[(String, f64)], city: &str| 1 + of.iter().position(|(other, _)| other == city).unwrap();
    for (rank, (city, total)) in (1..).zip(&found) {
        println!(
            "{rank}\t{city}\t{total}\t{}\t{}",
            place(&topsis, city),
            place(&entropy, city)
        );
    }
    assert_ne!(found, topsis);
    assert_eq!(topsis.len(), 35);
}

#[test]
fn an_explanation_tells_how_a_figure_became_points() {
    let standard = standard(&text());
    let units = cities(&standard);
    let results = run(&standard, &units, SETTINGS);
    let at = units.iter().position(|unit| unit.id == "成都").unwrap();
    let told = outline(&explain(&standard, &units[at], &results[at], None, Lang::Zh));
    println!("{told}");
    assert_eq!(told.matches("按极差标准化得").count(), 10, "{told}");
}

#[test]
fn grades_are_judged_on_one_scale_in_every_draw() {
    let standard = standard(&text());
    let units = cities(&standard);
    let nominal = run(&standard, &units, SETTINGS);
    let settings = SensitivitySettings {
        run: SETTINGS,
        until: 0.1,
        ..SensitivitySettings::default()
    };
    let told = sensitivity(&standard, &units, &nominal, settings, &mut |_| {}).unwrap();
    println!("{}", serde_json::to_string(&told).unwrap());
    assert!(told.converged && told.sobol2.len() == 6, "{:?}", told.sobol2);
    // The first city keeps its grade where ranks stand on the scale of the grades; with ranks from 1 to 35, none of which
    // reaches 60, a third of all draws took it away.
    let flips = |city: &str| {
        told.units
            .iter()
            .find(|unit| unit.id == city)
            .unwrap()
            .grade_flip
            .unwrap()
    };
    assert!(flips("深圳") < 0.02, "{}", flips("深圳"));
    // What the grades hang on all the same: the middle of z分 and 名次 lies above the limit of 良好.
    assert!(flips("天津") > 0.4, "{}", flips("天津"));
}
