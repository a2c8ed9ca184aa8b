//! Verbs of executable standards: `run`, `explain`.

use crate::run::run;
use std::path::{Path, PathBuf};

fn example(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples").join(name)
}

/// A file of units in a folder of its own.
fn units(folder: &tempfile::TempDir, name: &str, text: &str) -> PathBuf {
    let file = folder.path().join(name);
    std::fs::write(&file, text).unwrap();
    file
}

const HEAD: &str = "unit,A1.1,A2.1,设备数,设备数[联网=5G],B1.2,B2.1,C1.1,C2.2,D1.1,D1.2\n";

fn call(verb: &str, standard: &Path, data: &Path, more: &[&str]) -> crate::run::Ended {
    let mut words = vec![verb.to_owned(), standard.display().to_string()];
    words.extend(["--data".to_owned(), data.display().to_string()]);
    words.extend(more.iter().map(|word| (*word).to_owned()));
    run(words)
}

#[test]
fn the_factory_and_its_variant_get_the_grades_of_the_text() {
    let folder = tempfile::tempdir().unwrap();
    let rows = format!(
        "{HEAD}甲,91.2 %,混合专网,640,412,34 ms,4,7,12.5 %,是,0 次/a\n乙,90.8,混合专网,640,412,34,4,7,12.5,是,0\n"
    );
    let data = units(&folder, "plants.csv", &rows);
    let ended = call(
        "run",
        &example("5g-factory.md"),
        &data,
        &["--at", "2025-03-01", "--format", "json"],
    );
    assert_eq!(ended.status, 0, "{}", ended.err);
    let json = ended.json();
    assert_eq!(json["at"], "2025-03-01");
    let of = |at: usize, key: &str| json["units"][at][key].clone();
    assert_eq!(
        (of(0, "total"), of(0, "grade"), of(0, "rank")),
        (85.1.into(), "标杆".into(), 1.into())
    );
    assert_eq!(
        (of(1, "total"), of(1, "grade"), of(1, "rank")),
        (85.0.into(), "特色".into(), 2.into())
    );
    assert_eq!(of(1, "exact"), "84.9690625");
    assert!(of(1, "notes").to_string().contains("84.9690625"), "{}", of(1, "notes"));

    let told = call("explain", &example("5g-factory.md"), &data, &["--unit", "乙"]);
    assert_eq!(told.status, 0, "{}", told.err);
    assert!(
        told.out.contains("rounded to 85.0") && told.out.contains("clause 5.2 (line 75)"),
        "{}",
        told.out
    );
    let node = ["--unit", "乙", "--node", "B1.1", "--format", "json"];
    let json = call("explain", &example("5g-factory.md"), &data, &node).json();
    assert_eq!(json["explanations"][0]["substituted"], "412 / 640");
    assert_eq!(json["explanations"][0]["points"], "80.46875");
}

#[test]
fn the_park_takes_the_factor_that_was_known() {
    let folder = tempfile::tempdir().unwrap();
    let text = r#"[{"id":"园","period":2023,"inputs":{"柴油量":36.2,"气量":"12.4 万Nm3","总用电":"6562 MWh","光伏自用":700000,"货物吞吐量":1850000}}]"#;
    let data = units(&folder, "park.json", text);
    let value = |at: &str| {
        let ended = call(
            "run",
            &example("low-carbon-park.md"),
            &data,
            &["--at", at, "--format", "json"],
        );
        assert_eq!(ended.status, 0, "{}", ended.err);
        ended.json()["units"][0]["nodes"]["外购电"]["value"].clone()
    };
    assert_eq!(
        (value("2025-03-01"), value("2026-03-01")),
        (3145.55.into(), 3110.38.into())
    );
}

#[test]
fn wrong_cells_and_wrong_standards_are_refused_with_their_places() {
    let folder = tempfile::tempdir().unwrap();
    let data = units(
        &folder,
        "plants.csv",
        &format!("{HEAD}甲,91.2 t,混合,640,412,34 ms,4,7,12.5 %,是,0\n"),
    );
    let ended = call("run", &example("5g-factory.md"), &data, &[]);
    assert_eq!((ended.status, ended.out.as_str()), (2, ""));
    assert!(
        ended.err.contains("plants.csv:2:2: indicator-cell-wrong-unit"),
        "{}",
        ended.err
    );
    assert!(
        ended.err.contains("plants.csv:2:3: indicator-cell-unknown-word"),
        "{}",
        ended.err
    );

    let text = std::fs::read_to_string(example("5g-factory.md")).unwrap();
    let broken = units(&folder, "broken.md", &text.replace("95 %→100", "95 斗→100"));
    let ended = call("run", &broken, &data, &[]);
    assert_eq!(ended.status, 2);
    assert!(
        ended.err.contains("broken.md:70:") && ended.err.contains("formula-unknown-unit (5.2)"),
        "{}",
        ended.err
    );
}

#[test]
fn what_must_be_looked_at_gives_status_one() {
    let folder = tempfile::tempdir().unwrap();
    let data = units(&folder, "plants.csv", "unit,A1.1,备注\n甲,91.2 %,好\n");
    let ended = call("run", &example("5g-factory.md"), &data, &["--format", "json"]);
    assert_eq!(ended.status, 1, "{}", ended.err);
    assert!(ended.err.contains("indicator-unused-column"), "{}", ended.err);
    assert_eq!(ended.json()["units"][0]["total"], serde_json::Value::Null);

    let text = std::fs::read_to_string(example("5g-factory.md")).unwrap();
    let failing = units(&folder, "failing.md", &text.replace("总分 = 85.1 ", "总分 = 91.1 "));
    let rows = format!("{HEAD}甲,91.2 %,混合专网,640,412,34 ms,4,7,12.5 %,是,0\n");
    let ended = call("run", &failing, &units(&folder, "all.csv", &rows), &[]);
    assert_eq!(ended.status, 1, "{}", ended.err);
    assert!(ended.err.contains("indicator-example-fails"), "{}", ended.err);
}

#[test]
fn an_index_is_imported_and_runs() {
    let folder = tempfile::tempdir().unwrap();
    let meta = units(
        &folder,
        "iMeta.csv",
        "Level,iCode,iName,Direction,Weight,Unit,Denominator,Parent,Type\n1,A,Roads,1,1,km,Pop,Index,Indicator\n1,B,Delay,-1,1,h,,Index,Indicator\n2,Index,Transport,1,1,,,,Aggregate\n,Pop,People,,,,,,Denominator\n",
    );
    let data = units(
        &folder,
        "iData.csv",
        "uName,uCode,Pop,A,B\nEx,X,10,20,1\nWy,Y,10,40,3\nZed,Z,20,120,\n",
    );
    let system = folder.path().join("index.md");
    let words: Vec<std::ffi::OsString> = vec![
        "import-index".into(),
        meta.into(),
        data.clone().into(),
        "-o".into(),
        system.clone().into(),
    ];
    let ended = run(words);
    assert_eq!(ended.status, 0, "{}", ended.err);
    let ended = call("run", &system, &data, &["--format", "json"]);
    assert_eq!(ended.status, 0, "{}", ended.err);
    let units = ended.json()["units"].clone();
    let totals: Vec<_> = (0..3).map(|at| units[at]["total"].as_f64().unwrap()).collect();
    assert_eq!(totals, [50.0, 25.0, 100.0]);
    assert_eq!(units[2]["rank"], 1);
    assert_eq!(units[0]["exact"], serde_json::Value::Null);
}

const INDEX: &str = "```规则\n[标准]\n编号 = \"DB11/T 1\"\n模式 = \"指数\"\n[标准化]\n范围 = [1, 100]\n[等级]\n高 = \"总分 ≥ 50\"\n低 = \"其余\"\n[不确定性]\n改变 = { 权重 = \"±25 %\", 汇总 = [\"算术\", \"几何\"] }\n```\n```指标\n| 代号 | 权重 | 方向 |\n|--|--|--|\n| A | 0.6 | 正向 |\n| B | 0.4 | 正向 |\n```\n";
const CITIES: &str = "unit,A,B\n甲,10,80\n乙,40,60\n丙,70,20\n丁,90,95\n";

#[test]
fn sensitivity_tells_intervals_flips_and_indices() {
    let folder = tempfile::tempdir().unwrap();
    let (system, data) = (units(&folder, "index.md", INDEX), units(&folder, "cities.csv", CITIES));
    let options = ["--until", "0.1", "--seed", "7", "--format", "json"];
    let ended = call("sensitivity", &system, &data, &options);
    assert_eq!((ended.status, ended.err.as_str()), (0, ""), "{}", ended.out);
    let json = ended.json();
    assert_eq!(
        (json["seed"].as_u64(), json["converged"].as_bool()),
        (Some(7), Some(true))
    );
    assert!(json["replications"].as_u64() > Some(1000), "{json}");
    assert_eq!(json["units"][3]["id"], "丁");
    assert_eq!(json["units"][3]["rank"]["nominal"], 1.0);
    assert!(json["units"][0]["rank"]["p95"].as_f64() >= json["units"][0]["rank"]["p5"].as_f64());
    assert!(json["units"][1]["grade_flip"].is_number(), "{json}");
    for (factor, name) in json["sobol"].as_array().unwrap().iter().zip(["权重", "汇总"]) {
        assert_eq!(factor["factor"], name);
        for key in ["s1", "s1_ci", "st", "st_ci"] {
            assert!(factor[key].is_number(), "{factor}");
        }
    }
    assert_eq!(call("sensitivity", &system, &data, &options).out, ended.out);

    for (lang, words) in [("zh", ["名次", "权重", "收敛"]), ("en", ["rank", "权重", "converged"])] {
        let told = call("sensitivity", &system, &data, &["--until", "0.1", "--lang", lang]);
        assert_eq!(told.status, 0, "{}", told.err);
        for word in words {
            assert!(told.out.contains(word), "{lang} {word}: {}", told.out);
        }
    }
}

#[test]
fn sensitivity_refuses_what_it_does_not_vary_and_says_when_it_is_not_sure() {
    let folder = tempfile::tempdir().unwrap();
    let data = units(&folder, "cities.csv", CITIES);
    let strange = units(
        &folder,
        "strange.md",
        &INDEX.replace("权重 = \"±25 %\"", "随缘 = \"±25 %\""),
    );
    let ended = call("sensitivity", &strange, &data, &[]);
    assert_eq!((ended.status, ended.out.as_str()), (2, ""));
    assert!(
        ended.err.contains("strange.md:11:") && ended.err.contains("indicator-uncertain-unknown"),
        "{}",
        ended.err
    );
    let from = INDEX.find("[不确定性]").unwrap();
    let to = INDEX.find("```\n```指标").unwrap();
    let silent = units(&folder, "silent.md", &format!("{}{}", &INDEX[..from], &INDEX[to..]));
    let ended = call("sensitivity", &silent, &data, &[]);
    assert!(
        ended.status == 2 && ended.err.contains("indicator-uncertain-none"),
        "{}",
        ended.err
    );
    let hasty = units(&folder, "hasty.md", &INDEX.replace("改变", "N = 1024\n改变"));
    let ended = call(
        "sensitivity",
        &hasty,
        &data,
        &["--until", "0.000001", "--format", "json"],
    );
    assert_eq!(ended.status, 1, "{}", ended.err);
    assert_eq!(ended.json()["converged"], false);
    assert!(ended.err.contains("0.000001"), "{}", ended.err);
    assert_eq!(call("sensitivity", &hasty, &data, &["--until", "2"]).status, 2);
}

/// The tables of COINr's own example, where the repository's data lie beside the project.
#[test]
fn the_asem_index_is_imported_and_its_sensitivity_told() {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    let shelf = std::env::var_os("BIAOCHI_SHELF")
        .map_or(beside, PathBuf::from)
        .join("asem_index");
    if !shelf.exists() {
        println!(
            "SKIPPED: {} is absent; set BIAOCHI_SHELF to the folder that holds asem_index",
            shelf.display()
        );
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let (meta, data) = (shelf.join("ASEM_iMeta.csv"), shelf.join("ASEM_iData.csv"));
    let system = folder.path().join("asem.md");
    let words: Vec<std::ffi::OsString> = vec![
        "import-index".into(),
        meta.into(),
        data.clone().into(),
        "-o".into(),
        system.clone().into(),
    ];
    let ended = run(words);
    assert_eq!(ended.status, 0, "{}", ended.err);
    let ended = call("sensitivity", &system, &data, &["--until", "0.2", "--format", "json"]);
    assert_eq!(ended.status, 0, "{}", ended.err);
    let json = ended.json();
    assert_eq!(json["units"].as_array().unwrap().len(), 51);
    let names: Vec<_> = json["sobol"]
        .as_array()
        .unwrap()
        .iter()
        .map(|index| index["factor"].clone())
        .collect();
    assert_eq!(names, ["极端值", "标准化", "权重", "汇总"]);
}

#[test]
fn many_units_run_by_columns_and_give_what_the_exact_run_gives() {
    let folder = tempfile::tempdir().unwrap();
    let mut rows = "unit,period,A1,A2,持证护理员数,护理员数,在住老人数,床位数,按期公示项,应公示项,满意份数,有效问卷份数,投诉件数,失信被执行,志愿服务\n".to_owned();
    for at in 0..4_200 {
        // Some without a value, some with a bonus, some behind a gate.
        let licensed = if at % 50 == 0 {
            String::new()
        } else {
            (20 + at % 31).to_string()
        };
        let hours = if at % 60 == 0 { 750 } else { 100 };
        rows.push_str(&format!(
            "院{at},2025,已备案,{},{licensed},50,{},300,{},20,{},100,{},{},{hours} h\n",
            usize::from(at % 40 == 0),
            180 + at % 97,
            12 + at % 9,
            60 + at % 40,
            at % 13,
            if at % 70 == 0 { "是" } else { "否" }
        ));
    }
    let data = units(&folder, "homes.csv", &rows);
    let run = |more: &[&str]| {
        let mut words = vec!["--at", "2026-03-01", "--format", "json"];
        words.extend(more);
        let ended = call("run", &example("nursing-home-credit.md"), &data, &words);
        assert_eq!(ended.status, 0, "{}", ended.err);
        ended.json()
    };
    let (wide, exact) = (run(&[]), run(&["--exact"]));
    let (wide, exact) = (wide["units"].as_array().unwrap(), exact["units"].as_array().unwrap());
    assert_eq!(wide.len(), exact.len());
    let mut by_columns = 0;
    for (wide, exact) in wide.iter().zip(exact) {
        for key in ["id", "total", "coverage", "grade", "rank", "notes"] {
            assert_eq!(wide[key], exact[key], "{key} of {}", exact["id"]);
        }
        let score = |of: &serde_json::Value| of["nodes"]["B1"]["score"].as_f64().unwrap();
        assert!((score(wide) - score(exact)).abs() < 1e-9);
        by_columns += usize::from(wide["exact"].is_null());
    }
    assert!(by_columns > 2_500, "{by_columns}");
}

#[test]
fn a_certificate_holds_with_nothing_but_its_file_and_fails_when_a_digit_is_altered() {
    let folder = tempfile::tempdir().unwrap();
    let (system, data) = (units(&folder, "index.md", INDEX), units(&folder, "cities.csv", CITIES));
    let path = |name: &str| folder.path().join(name);
    let words = |file: &Path| file.display().to_string();
    let (file, own, other) = (path("run.json"), path("own.key"), path("other.key"));
    let certify = |file: &Path, key: &Path| {
        let options = [
            "--at",
            "2025-03-01",
            "--certificate",
            &words(file),
            "--key-file",
            &words(key),
        ];
        call("run", &system, &data, &options)
    };
    let verify = |file: &Path, key: &Path| {
        let ended = run(["verify", &words(file), "--key-file", &words(key), "--format", "json"]
            .map(str::to_owned)
            .to_vec());
        (ended.status, ended.json())
    };
    assert_eq!(certify(&file, &own).status, 0);
    let (status, told) = verify(&file, &own);
    assert_eq!((status, told["ok"].as_bool()), (0, Some(true)), "{told}");
    // Without any keys at hand: what the file says of itself.
    let (status, told) = verify(&file, &path("absent.key"));
    assert_eq!((status, told["key_id"].as_str().map(str::len)), (0, Some(16)), "{told}");
    // The same run has the same certificate; another installation's is not ours.
    let text = std::fs::read_to_string(&file).unwrap();
    assert_eq!(certify(&path("again.json"), &own).status, 0);
    assert_eq!(std::fs::read_to_string(path("again.json")).unwrap(), text);
    assert_eq!(certify(&path("theirs.json"), &other).status, 0);
    assert_eq!(verify(&path("theirs.json"), &own).0, 1);
    // Any digit of the results, one at a time.
    let results = text.find("\"results\"").unwrap()..text.find("\"keys\"").unwrap();
    let digits: Vec<usize> = results.filter(|at| text.as_bytes()[*at].is_ascii_digit()).collect();
    assert!(digits.len() > 100, "{}", digits.len());
    for at in digits.iter().step_by(digits.len() / 12) {
        let digit = if &text[*at..=*at] == "7" { "3" } else { "7" };
        let altered = format!("{}{digit}{}", &text[..*at], &text[at + 1..]);
        std::fs::write(path("altered.json"), altered).unwrap();
        let (status, told) = verify(&path("altered.json"), &own);
        assert_eq!((status, told["ok"].as_bool()), (1, Some(false)), "{at} {told}");
    }
}

#[test]
fn a_ranking_is_printed_in_its_order_and_drawn() {
    let folder = tempfile::tempdir().unwrap();
    let (system, data) = (units(&folder, "index.md", INDEX), units(&folder, "cities.csv", CITIES));
    let ended = call(
        "run",
        &system,
        &data,
        &["--by-rank", "--lang", "en", "--at", "2025-03-01"],
    );
    let ranks: Vec<&str> = ended
        .out
        .lines()
        .filter_map(|line| line.split("rank ").nth(1))
        .collect();
    let mut sorted = ranks.clone();
    sorted.sort_unstable();
    assert!(ranks.len() > 2 && ranks == sorted, "{}", ended.out);
    let words = |name: &str| folder.path().join(name).display().to_string();
    let ended = call(
        "run",
        &system,
        &data,
        &["-o", &words("totals.svg"), "--at", "2025-03-01"],
    );
    assert_eq!(ended.status, 0, "{}", ended.err);
    let svg = std::fs::read_to_string(words("totals.svg")).unwrap();
    assert!(svg.starts_with("<svg ") && svg.contains("丁"), "{svg}");
    let ended = call(
        "sensitivity",
        &system,
        &data,
        &["--until", "0.1", "-o", &words("ranks.svg")],
    );
    assert_eq!((ended.status, ended.out.as_str()), (0, ""), "{}", ended.err);
    assert!(std::fs::read_to_string(words("ranks.svg")).unwrap().contains("丁"));
    let more = ["--until", "0.1", "--second-order", "--format", "json"];
    let told = call("sensitivity", &system, &data, &more).json();
    assert_eq!(
        told["sobol2"].as_array().map(Vec::len),
        Some(
            told["sobol"]
                .as_array()
                .map_or(0, |all| all.len() * (all.len() - 1) / 2)
        )
    );
}

#[test]
fn another_edition_tells_who_moves_and_why() {
    let folder = tempfile::tempdir().unwrap();
    let (older, data) = (units(&folder, "index.md", INDEX), units(&folder, "cities.csv", CITIES));
    let same = call(
        "run",
        &older,
        &data,
        &[
            "--at",
            "2025-03-01",
            "--against",
            &older.display().to_string(),
            "--format",
            "json",
        ],
    );
    let told = same.json();
    assert_eq!(
        (same.status, told["rules"].as_array().map(Vec::len)),
        (0, Some(0)),
        "{told}"
    );
    let standard = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/5g-factory.md");
    let text = std::fs::read_to_string(&standard).unwrap();
    let stricter = units(&folder, "stricter.md", &text.replace("95 %→100", "99 %→100"));
    let example = indicator::read(&indicator::blocks(&text)).standard.examples.remove(0);
    let cells: Vec<(String, String)> = example
        .inputs
        .iter()
        .filter_map(|(name, given, _)| match given {
            indicator::Given::Text(text) => Some((name.clone(), text.clone())),
            _ => None,
        })
        .collect();
    let inputs: serde_json::Map<String, serde_json::Value> =
        cells.into_iter().map(|(name, text)| (name, text.into())).collect();
    let data = units(
        &folder,
        "factory.json",
        &serde_json::json!([{ "id": "甲", "inputs": inputs }]).to_string(),
    );
    let ended = call(
        "run",
        &stricter,
        &data,
        &[
            "--at",
            "2025-03-01",
            "--against",
            &standard.display().to_string(),
            "--lang",
            "en",
        ],
    );
    assert_eq!(ended.status, 1, "{} {}", ended.out, ended.err);
    assert!(ended.out.contains("1 rules differ; of 1 units 1 move"), "{}", ended.out);
    assert!(ended.out.contains("scoring of A1.1:"), "{}", ended.out);
    assert!(
        ended.out.contains("标杆 → 特色") && ended.out.contains(" A1.1 "),
        "{}",
        ended.out
    );
}

#[test]
fn what_stands_behind_a_ranking_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let (system, data) = (units(&folder, "index.md", INDEX), units(&folder, "cities.csv", CITIES));
    let ended = call("analyse", &system, &data, &["--at", "2025-03-01", "--format", "json"]);
    let told = ended.json();
    assert!(told["units"].as_u64().is_some_and(|units| units > 2), "{told}");
    let indicators = told["indicators"].as_array().unwrap();
    let codes: Vec<&str> = indicators.iter().filter_map(|one| one["code"].as_str()).collect();
    let standard = indicator::read(&indicator::blocks(INDEX)).standard;
    let wanted: Vec<&str> = standard.nodes.iter().map(|node| node.code.as_str()).collect();
    assert_eq!(codes, wanted);
    let against = indicators.iter().any(|one| one["against"] == true);
    assert_eq!(ended.status, i32::from(against));
    let shown = call("analyse", &system, &data, &["--at", "2025-03-01", "--lang", "en"]);
    assert_eq!(
        shown.out.lines().filter(|line| line.contains("with the total")).count(),
        wanted.len()
    );
}
