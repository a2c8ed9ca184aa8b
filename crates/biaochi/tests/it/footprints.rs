//! `footprint`: from tables to figures, and an inventory that others published.

use crate::run::run;
use std::{
    collections::BTreeMap,
    fmt::Write as _,
    path::{Path, PathBuf},
    process::Command,
};

fn put(folder: &Path, name: &str, text: &str) -> String {
    let file = folder.join(name);
    std::fs::write(&file, text).unwrap();
    file.display().to_string()
}

/// The call over tables of a folder.
fn call(folder: &Path, tables: [&str; 3], more: &[&str]) -> crate::run::Ended {
    let [a, b, c] = tables;
    let mut words = vec!["footprint".to_owned()];
    for (flag, name, text) in [
        ("--technosphere", "A.csv", a),
        ("--biosphere", "B.csv", b),
        ("--factors", "C.csv", c),
    ] {
        words.extend([flag.to_owned(), put(folder, name, text)]);
    }
    words.extend(more.iter().map(|word| (*word).to_owned()));
    run(words)
}

const POWER: [&str; 3] = [
    "product,process,amount\nkWh,plant,1\ncoal,plant,-0.4\ncoal,mine,1\nkWh,mine,-0.1\n",
    "flow,process,amount\nCO2,plant,1\nCO2,mine,0.2\ndust,mine,3\n",
    "flow,factor\nCO2,1\n",
];

#[test]
fn a_demand_is_followed_through_all_it_needs() {
    let folder = tempfile::tempdir().unwrap();
    let demand = put(folder.path(), "D.csv", "product,amount\nkWh,8\n");
    let ended = call(folder.path(), POWER, &["--demand", &demand, "--format", "json"]);
    assert_eq!(ended.status, 0, "{}", ended.err);
    let json = ended.json();
    let result = &json["results"][0];
    assert!((result["score"].as_f64().unwrap() - 9.0).abs() < 1e-12, "{result}");
    assert_eq!(
        (&result["product"], &result["solver"]),
        (&"kWh".into(), &"gauss-seidel".into())
    );
    assert!(result["residual"].as_f64().unwrap() < 1e-12);
    assert_eq!(result["contributions"][0]["of"], "plant");
    assert!(json["notes"][0].as_str().unwrap().contains("dust"), "{json}");

    let all = call(folder.path(), POWER, &["--all"]);
    assert_eq!(all.status, 0, "{}", all.err);
    assert!(all.out.contains("kWh 1: footprint 1.125 "), "{}", all.out);
    assert!(all.err.contains("1 flows") && all.err.contains("dust"), "{}", all.err);
}

#[test]
fn a_footprint_says_how_sure_it_is_and_what_it_hangs_on() {
    let folder = tempfile::tempdir().unwrap();
    let demand = put(folder.path(), "D.csv", "product,amount\nkWh,8\n");
    let spread = "product,process,amount,uncertainty\nkWh,plant,1,\ncoal,plant,-0.4,对数正态(×1.5)\ncoal,mine,1,\nkWh,mine,-0.1,±20 %\n";
    let tables = [spread, POWER[1], POWER[2]];
    let call = |more: &[&str]| {
        let words = [&["--demand", &demand, "--samples", "500", "--seed", "7"], more].concat();
        call(folder.path(), tables, &words)
    };
    let ended = call(&["--format", "json"]);
    assert_eq!(ended.status, 0, "{}", ended.err);
    let json = ended.json();
    let found = &json["results"][0]["uncertainty"];
    let of = |name: &str| found[name].as_f64().unwrap();
    assert_eq!(
        (found["draws"].as_u64(), found["failed"].as_u64()),
        (Some(500), Some(0))
    );
    assert!(of("p5") < of("p50") && of("p50") < of("p95"), "{found}");
    assert!((of("mean") - 9.0).abs() < 0.2 && of("mean_ci") < 0.05, "{found}");
    assert_eq!(
        (&found["from"][0]["of"], &found["from"][0]["process"]),
        (&"coal".into(), &"plant".into())
    );
    // Not as sure as was asked.
    assert_eq!(call(&["--until", "0.000001"]).status, 1);
    let ended = call(&["--lang", "en"]);
    assert!(
        ended.out.contains("of 500 draws") && ended.out.contains("% of the variance: coal · plant"),
        "{}",
        ended.out
    );
}

#[test]
fn what_is_wrong_is_named_with_file_and_line() {
    let folder = tempfile::tempdir().unwrap();
    let [a, b, c] = POWER;
    // A comma for the point: a cell too many, never another number.
    let ended = call(folder.path(), [a, &b.replace("0.2", "0,2"), c], &["--all"]);
    assert_eq!(ended.status, 2);
    assert!(ended.err.contains("B.csv:3:4: footprint-stray-cell"), "{}", ended.err);
    let ended = call(folder.path(), [a, &b.replace(",0.2", ",0.2 kg"), c], &["--all"]);
    assert_eq!(ended.status, 2);
    assert!(ended.err.contains("B.csv:3:3: footprint-not-a-number"), "{}", ended.err);
    let greedy = a.replace("-0.4", "-40");
    let ended = call(folder.path(), [&greedy, b, c], &["--all"]);
    assert_eq!(ended.status, 2);
    assert!(ended.err.contains("footprint-unproductive"), "{}", ended.err);
}

#[test]
fn tables_go_to_openlca_and_come_back_with_the_same_footprint() {
    let folder = tempfile::tempdir().unwrap();
    let demand = put(folder.path(), "D.csv", "product,amount\nkWh,8\n");
    let first = call(folder.path(), POWER, &["--demand", &demand, "--format", "json"]);
    let path = |name: &str| folder.path().join(name).display().to_string();
    let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
    let (a, b, c, package, tables) = (
        path("A.csv"),
        path("B.csv"),
        path("C.csv"),
        path("system.zip"),
        path("tables"),
    );
    let given = ["--technosphere", &a, "--biosphere", &b, "--factors", &c, "-o", &package];
    let ended = run(words(&[&["export-openlca"], &given[..]].concat()));
    assert_eq!(ended.status, 0, "{}", ended.err);
    let ended = run(words(&["import-openlca", &package, "-o", &tables, "--lang", "en"]));
    assert_eq!(ended.status, 0, "{} {}", ended.out, ended.err);
    assert!(
        ended.out.contains("4 amounts") && ended.out.contains("1 impact categories"),
        "{}",
        ended.out
    );
    let of = |name: &str| std::fs::read_to_string(folder.path().join("tables").join(name)).unwrap();
    let (a, b, c) = (of("A.csv"), of("B.csv"), of("C.csv"));
    let demand = put(folder.path(), "D.csv", "product,amount\nkWh [Item(s)],8\n");
    let again = call(folder.path(), [&a, &b, &c], &["--demand", &demand, "--format", "json"]);
    assert_eq!(again.status, 0, "{}", again.err);
    let score = |ended: &crate::run::Ended| ended.json()["results"][0]["score"].as_f64().unwrap();
    assert!((score(&again) - score(&first)).abs() < 1e-12);
    // What is no package is refused.
    let wrong = put(folder.path(), "wrong.zip", "no zip");
    assert_eq!(run(words(&["import-openlca", &wrong, "-o", &tables])).status, 2);
}

/// The rows of a packed table by the names of its columns.
fn packed(file: &Path) -> Option<Vec<BTreeMap<String, String>>> {
    let done = Command::new("gzip").arg("-dc").arg(file).output().ok()?;
    let table = sheet::read_plain(&done.stdout, &sheet::Limits::default()).ok()?;
    let named = |cells: &Vec<String>| table.head.iter().cloned().zip(cells.iter().cloned()).collect();
    Some(table.rows.iter().map(|(_, cells)| named(cells)).collect())
}

#[test]
fn the_inventory_of_the_united_states_is_solved_and_both_ways_agree() {
    let shelf = std::env::var("BIAOCHI_SHELF").unwrap_or_else(|_| "../../../shared/data".to_owned());
    let file = PathBuf::from(shelf).join("lca_uslci/exchanges.csv.gz");
    let Some(rows) = packed(&file) else {
        eprintln!(
            "SKIPPED: {} is absent or unreadable; set BIAOCHI_SHELF to the folder that holds lca_uslci",
            file.display()
        );
        return;
    };
    let of = |row: &BTreeMap<String, String>, key: &str| row[key].clone();
    // The first process that makes a flow as its reference is its maker; what nobody makes is cut off.
    let mut maker: BTreeMap<String, String> = BTreeMap::new();
    for row in rows.iter().filter(|row| row["is_reference"] == "1") {
        maker.entry(of(row, "flow_id")).or_insert_with(|| of(row, "process_id"));
    }
    let kept: std::collections::BTreeSet<&String> = maker.values().collect();
    let (mut a, mut b) = (
        "product,process,amount\n".to_owned(),
        "flow,process,amount\n".to_owned(),
    );
    for row in rows.iter().filter(|row| kept.contains(&row["process_id"])) {
        let (flow, process) = (&row["flow_id"], &row["process_id"]);
        let amount: f64 = row["amount"].parse().unwrap();
        match (row["flow_type"].as_str(), row["direction"].as_str()) {
            ("PRODUCT_FLOW", "out") if row["is_reference"] == "1" => writeln!(a, "{flow},{process},{amount}").unwrap(),
            ("PRODUCT_FLOW", "in") if maker.contains_key(flow) => writeln!(a, "{flow},{process},{}", -amount).unwrap(),
            ("ELEMENTARY_FLOW", "out") if row["flow_name"].starts_with("Carbon dioxide") => {
                writeln!(b, "CO2,{process},{amount}").unwrap();
            }
            _ => {}
        }
    }
    let folder = tempfile::tempdir().unwrap();
    let all = call(
        folder.path(),
        [&a, &b, "flow,factor\nCO2,1\n"],
        &["--all", "--format", "json"],
    );
    assert_eq!(all.status, 0, "{}", all.err);
    let all = all.json();
    let results = all["results"].as_array().unwrap();
    assert!(results.len() > 500, "{}", results.len());
    let mut demand = "product,amount\n".to_owned();
    let wanted: Vec<&serde_json::Value> = results.iter().step_by(40).collect();
    for one in &wanted {
        writeln!(demand, "{},1", one["product"].as_str().unwrap()).unwrap();
    }
    let demand = put(folder.path(), "D.csv", &demand);
    let one_by_one = call(
        folder.path(),
        [&a, &b, "flow,factor\nCO2,1\n"],
        &["--demand", &demand, "--format", "json"],
    );
    assert_eq!(one_by_one.status, 0, "{}", one_by_one.err);
    let one_by_one = one_by_one.json();
    for (adjoint, forward) in wanted.iter().zip(one_by_one["results"].as_array().unwrap()) {
        let (adjoint, score) = (adjoint["score"].as_f64().unwrap(), forward["score"].as_f64().unwrap());
        assert!(
            (adjoint - score).abs() <= 1e-8 * (1e-6 + score.abs()),
            "{forward}: {adjoint}"
        );
    }
}
