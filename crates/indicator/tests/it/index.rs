//! Index mode, and an index that others published.

use std::path::{Path, PathBuf};

use crate::support::{row, standard};
use indicator::{Given, ImportOptions, Place, RawUnit, Settings, UnitResult, import_index, run, understand};

fn text(rules: &str, rows: &str) -> String {
    format!(
        "```规则\n[标准]\n模式 = \"指数\"\n{rules}\n```\n```指标\n| 代号 | 权重 | 方向 | 下柱 | 上柱 | 分母 |\n|--|--|--|--|--|--|\n{rows}\n```\n"
    )
}

fn totals(text: &str, rows: &[RawUnit]) -> Vec<Option<f64>> {
    let standard = standard(text);
    let (units, _) = understand(&standard, rows);
    let results = run(&standard, &units, Settings::default());
    results
        .iter()
        .map(|result| result.total.as_ref().map(formula::Number::to_f64))
        .collect()
}

fn close(found: &[Option<f64>], wanted: &[f64]) {
    assert_eq!(found.len(), wanted.len());
    for (found, wanted) in found.iter().zip(wanted) {
        assert!(
            found.is_some_and(|found| (found - wanted).abs() < 1e-9),
            "{found:?} {wanted}"
        );
    }
}

fn three(a: [&str; 3]) -> Vec<RawUnit> {
    let ids = ["x", "y", "z"];
    ids.iter().zip(a).map(|(id, a)| row(id, None, &[("A", a)])).collect()
}

#[test]
fn each_way_of_normalising_gives_its_scores() {
    let scores = |method: &str, rest: &str, rows: &str| {
        totals(
            &text(&format!("[标准化]\n方法 = \"{method}\"\n{rest}"), rows),
            &three(["10", "20", "40"]),
        )
    };
    close(
        &scores("极差", "", "| A | 1 | 正向 | | | |"),
        &[0.0, 100.0 / 3.0, 100.0],
    );
    close(
        &scores("极差", "范围 = [1, 10]", "| A | 1 | 逆向 | | | |"),
        &[10.0, 7.0, 1.0],
    );
    let plain = text("[标准化]\n范围 = [1, 10]", "| A | 1 | 逆向 | | | |");
    close(&totals(&plain, &three(["10", "20", "40"])), &[10.0, 7.0, 1.0]);
    close(
        &scores("目标柱", "截断 = true", "| A | 1 | 正向 | 0 | 25 | |"),
        &[40.0, 80.0, 100.0],
    );
    close(
        &scores("目标柱", "", "| A | 1 | 逆向 | 0 | 50 | |"),
        &[80.0, 60.0, 20.0],
    );
    close(&scores("名次", "", "| A | 1 | 正向 | | | |"), &[1.0, 2.0, 3.0]);
    close(
        &scores("名次", "范围 = [0, 100]", "| A | 1 | 逆向 | | | |"),
        &[100.0, 50.0, 0.0],
    );
    let deviation = (700.0_f64 / 3.0).sqrt();
    let z = [
        (10.0 - 70.0 / 3.0) / deviation,
        (20.0 - 70.0 / 3.0) / deviation,
        (40.0 - 70.0 / 3.0) / deviation,
    ];
    close(&scores("z分", "范围 = [0, 1]", "| A | 1 | 正向 | | | |"), &z);
}

#[test]
fn an_explanation_says_what_normalising_gave() {
    use language::Lang;
    let standard = standard(&text("[标准化]\n方法 = \"极差\"", "| A | 1 | 正向 | | | |"));
    let (units, _) = understand(&standard, &three(["10", "20", "40"]));
    let results = run(&standard, &units, Settings::default());
    for (lang, words) in [(Lang::Zh, "按极差标准化得 33.333333"), (Lang::En, "33.333333")] {
        let told = indicator::outline(&indicator::explain(&standard, &units[1], &results[1], None, lang));
        assert!(told.contains(words), "{told}");
    }
}

#[test]
fn gaps_are_left_out_or_filled_as_declared_and_never_count_as_covered() {
    let rows = "| A | 0.5 | 正向 | | | |\n| B | 0.5 | 正向 | | | |";
    let data = [
        row("x", None, &[("A", "0"), ("B", "0"), ("区", "东")]),
        row("y", None, &[("A", "10"), ("B", "4"), ("区", "东")]),
        row("z", None, &[("A", "10"), ("B", "10"), ("区", "西")]),
        row("w", None, &[("A", "10"), ("区", "东")]),
    ];
    let of = |rules: &str| {
        totals(
            &text(&format!("{rules}\n[输入]\n区 = {{ 类型 = \"词\" }}"), rows),
            &data,
        )
    };
    close(&of("[标准化]"), &[0.0, 70.0, 100.0, 100.0]);
    close(&of("[插补]\n方法 = \"均值\""), &[0.0, 70.0, 100.0, 50.0 + 140.0 / 6.0]);
    close(&of("[插补]\n方法 = \"中位数\""), &[0.0, 70.0, 100.0, 70.0]);
    close(&of("[插补]\n方法 = \"组均值\"\n组 = \"区\""), &[0.0, 70.0, 100.0, 60.0]);
    let standard = standard(&text("[插补]\n方法 = \"均值\"\n[输入]\n区 = { 类型 = \"词\" }", rows));
    let (units, _) = understand(&standard, &data);
    let results = run(&standard, &units, Settings::default());
    assert_eq!(results[3].coverage.as_ref().unwrap().exact_text(), "0.5");
}

#[test]
fn a_base_year_freezes_the_scale() {
    let rows: Vec<RawUnit> = [
        ("x", "2020", "0"),
        ("y", "2020", "10"),
        ("x", "2021", "5"),
        ("y", "2021", "20"),
    ]
    .map(|(id, period, a)| row(id, Some(period), &[("A", a)]))
    .to_vec();
    let frozen = text("[标准化]\n基年 = 2020", "| A | 1 | 正向 | | | |");
    close(&totals(&frozen, &rows), &[0.0, 100.0, 50.0, 200.0]);
    let free = text("[标准化]\n方法 = \"极差\"", "| A | 1 | 正向 | | | |");
    close(&totals(&free, &rows), &[0.0, 100.0, 0.0, 100.0]);
}

/// What the base year is treated with, all years are: the same value has the same score.
#[test]
fn a_base_year_freezes_the_treatment_of_outliers() {
    use indicator::{WideSettings, index::frozen, told};
    use language::Lang;
    let rows_of = |year: &str, values: &[u32]| -> Vec<RawUnit> {
        let row_of = |value: &u32| row(&format!("u{value}"), Some(year), &[("A", &value.to_string())]);
        values.iter().map(row_of).collect()
    };
    let small: Vec<u32> = (1..=100).collect();
    let few: Vec<u32> = (1..=10).chain([30, 100]).collect();
    let outliers: Vec<u32> = small.iter().copied().chain((1..=6).map(|at| at * 100_000)).collect();
    for (of_base, later, what) in [
        (&outliers, &small, "对数"),
        (&few, &small, "不高于 = 30"),
        (&small, &few, ""),
    ] {
        let rows: Vec<RawUnit> = [rows_of("2023", of_base), rows_of("2024", later)].concat();
        let treated = "[标准化]\n极端值 = \"偏度2且峰度3.5\"\n基年 = 2023";
        let text_of = |rules: &str| text(rules, "| A | 1 | 正向 | | | |");
        let found = totals(&text_of(treated), &rows);
        for (row, total) in rows.iter().zip(&found) {
            let first = rows.iter().position(|other| other.id == row.id).unwrap();
            assert_eq!(*total, found[first], "{what} {}", row.id);
        }
        let standard = standard(&text_of(treated));
        let (units, _) = understand(&standard, &rows);
        let wide = told(&standard, &units, WideSettings::default(), Lang::Zh);
        let wide: Vec<_> = (0..rows.len()).map(|row| wide.unit(row).unwrap().total).collect();
        for (wide, exact) in wide.iter().zip(&found) {
            assert!((wide.unwrap() - exact.unwrap()).abs() < 1e-9, "{wide:?} {exact:?}");
        }
        // Kept, it holds for a year without the base.
        let kept = frozen(&standard, &units, Settings::default()).unwrap();
        assert!(
            kept.contains(what) && (what.is_empty() || kept.contains("柱 = [")),
            "{kept}"
        );
        let alone = totals(
            &text_of(&format!(
                "[标准化]\n方法 = \"目标柱\"\n极端值 = \"偏度2且峰度3.5\"\n{kept}"
            )),
            &rows[of_base.len()..],
        );
        close(
            &alone,
            &found[of_base.len()..]
                .iter()
                .map(|total| total.unwrap())
                .collect::<Vec<_>>(),
        );
    }
}

#[test]
fn a_denominator_divides_and_its_absence_is_no_zero() {
    let rows: Vec<RawUnit> = [("x", "10", "1"), ("y", "10", "2"), ("z", "40", "1")]
        .map(|(id, a, d)| row(id, None, &[("A", a), ("人口", d)]))
        .to_vec();
    let system = text(
        "[标准化]\n[输入]\n人口 = { 类型 = \"数量\" }",
        "| A | 1 | 正向 | | | 人口 |",
    );
    close(&totals(&system, &rows), &[100.0 / 7.0, 0.0, 100.0]);
    let mut gap = rows;
    gap[0].inputs.retain(|(name, _, _)| name == "A");
    assert_eq!(totals(&system, &gap)[0], None);
}

/// In floats it is 54.99999999999999.
#[test]
fn a_round_number_of_an_index_is_met_and_shown_as_one() {
    use indicator::{WideSettings, report, told, try_example};
    use language::Lang;
    let text = |wanted: &str| {
        format!(
            "{}```例\n名 = \"甲\"\n输入 = {{ A = 7 }}\n期望 = {{ 总分 = {wanted}, \"A.得分\" = \"55.00…\" }}\n```\n",
            text(
                "[标准化]\n方法 = \"目标柱\"\n范围 = [1, 100]",
                "| A | 1 | 正向 | 1 | 12 | |"
            )
        )
    };
    let tried = |wanted: &str| {
        let standard = standard(&text(wanted));
        try_example(&standard, &standard.examples[0]).remove(0).findings
    };
    assert_eq!(tried("55"), []);
    assert_eq!(tried("55.00000001").len(), 1);
    assert_eq!(tried("54.99999999").len(), 1);
    let standard = standard(&text("55"));
    let (units, _) = understand(&standard, &[row("x", None, &[("A", "7")])]);
    let results = run(&standard, &units, Settings::default());
    let own = |unit: &indicator::UnitReport| {
        (
            unit.total.unwrap().to_string(),
            unit.nodes["A"].score.unwrap().to_string(),
        )
    };
    let round = ("55".to_owned(), "55".to_owned());
    assert_eq!(own(&report(&standard, &results, None, Lang::Zh).units[0]), round);
    let wide = told(&standard, &units, WideSettings::default(), Lang::Zh);
    assert_eq!(own(&wide.unit(0).unwrap()), round);
}

#[test]
fn a_denominator_divides_in_the_unit_that_is_declared_for_it() {
    let system = text(
        "[标准化]\n方法 = \"目标柱\"\n[输入]\n路 = \"km\"",
        "| A | 1 | 正向 | 0 | 10 | 路 |",
    );
    let rows = [
        row("x", None, &[("A", "10"), ("路", "2")]),
        row("y", None, &[("A", "10"), ("路", "4000 m")]),
    ];
    close(&totals(&system, &rows), &[50.0, 25.0]);
    // By columns alike.
    let standard = standard(&system);
    let km = formula::Unit::parse("km").unwrap();
    let frame = indicator::Frame::of_floats(2, None)
        .with("A", &formula::Unit::none(), vec![10.0, 10.0])
        .with("路", &km, vec![2.0, 4.0]);
    let wide = indicator::run_wide(&standard, &frame, indicator::WideSettings::default());
    assert!((wide.total[0] - 50.0).abs() < 1e-9 && (wide.total[1] - 25.0).abs() < 1e-9);
}

#[test]
fn constant_indicators_give_no_score_and_say_so() {
    let system = text("[标准化]", "| A | 1 | 正向 | | | |");
    assert_eq!(totals(&system, &three(["5", "5", "5"])), [None, None, None]);
}

/// The folder of the ASEM tables, beside the project or where BIAOCHI_SHELF says.
pub fn shelf() -> PathBuf {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    std::env::var_os("BIAOCHI_SHELF")
        .map_or(beside, PathBuf::from)
        .join("asem_index")
}

fn csv(text: &str) -> Vec<Vec<String>> {
    let cells = |line: &str| {
        let (mut cells, mut quoted) = (vec![String::new()], false);
        for c in line.chars() {
            match c {
                '"' => quoted = !quoted,
                ',' if !quoted => cells.push(String::new()),
                c => cells.last_mut().unwrap().push(c),
            }
        }
        cells
    };
    text.lines().map(cells).collect()
}

/// The index as imported and run, by country.
fn asem(folder: &Path, options: &ImportOptions) -> (indicator::Standard, Vec<UnitResult>) {
    let (standard, units) = asem_units(folder, options);
    let results = run(&standard, &units, Settings::default());
    (standard, results)
}

/// The index as imported, with more rules, and its countries.
pub fn asem_units(folder: &Path, options: &ImportOptions) -> (indicator::Standard, Vec<indicator::UnitData>) {
    let read = |name: &str| csv(&std::fs::read_to_string(folder.join(name)).unwrap());
    let (meta, data) = (read("ASEM_iMeta.csv"), read("ASEM_iData.csv"));
    let rows: Vec<(u32, Vec<String>)> = (2..).zip(meta[1..].iter().cloned()).collect();
    let text = import_index(&meta[0], &rows, &data[0], options).unwrap();
    let standard = standard(&text);
    let units: Vec<RawUnit> = data[1..]
        .iter()
        .map(|cells| RawUnit {
            id: cells[1].clone(),
            period: None,
            inputs: data[0]
                .iter()
                .zip(cells)
                .enumerate()
                .filter(|(at, (_, cell))| *at != 1 && !cell.is_empty())
                .map(|(_, (head, cell))| (head.clone(), Given::Text(cell.clone()), Place::default()))
                .collect(),
            place: Place::default(),
        })
        .collect();
    let (units, findings) = understand(&standard, &units);
    assert_eq!(findings, []);
    (standard, units)
}

/// Figures of `benches/peers/asem.py`, the steps in plain Python; those with gaps filled by group are the ones that
/// COINr publishes to two places (CHE 68.38, NLD 64.82, DNK 64.80, NOR 64.47, BEL 63.54, SWE 63.00).
#[test]
fn the_asem_index_is_reproduced() {
    let folder = shelf();
    if !folder.exists() {
        println!(
            "SKIPPED: {} is absent; set BIAOCHI_SHELF to the folder that holds asem_index",
            folder.display()
        );
        return;
    }
    let option = |impute: &str, normalise: &str, aggregate: &str| ImportOptions {
        impute: impute.to_owned(),
        normalise: normalise.to_owned(),
        aggregate: aggregate.to_owned(),
        ..ImportOptions::default()
    };
    let cases: [(ImportOptions, [(&str, f64); 3]); 4] = [
        (
            option("none", "minmax:0:100", "arithmetic"),
            [
                ("CHE", 68.621_403_668_318),
                ("NLD", 65.165_135_896_348),
                ("CHN", 38.219_950_530_377),
            ],
        ),
        (
            option("none", "minmax:1:100", "geometric"),
            [
                ("CHE", 58.179_092_502_232),
                ("DNK", 57.092_744_512_299),
                ("CHN", 18.697_958_131_662),
            ],
        ),
        (
            option("none", "zscore", "arithmetic"),
            [
                ("CHE", 0.630_310_125_632),
                ("DNK", 0.491_860_520_495),
                ("CHN", -0.522_471_305_984),
            ],
        ),
        (
            option("group:EurAsia_group", "minmax:0:100", "arithmetic"),
            [
                ("CHE", 68.383_724_238_342),
                ("NLD", 64.819_516_169_818),
                ("CHN", 37.768_547_534_840),
            ],
        ),
    ];
    for (options, wanted) in cases {
        let (_, results) = asem(&folder, &options);
        assert_eq!(results.len(), 51);
        for (rank, (country, total)) in wanted.into_iter().enumerate() {
            let result = results.iter().find(|result| result.id == country).unwrap();
            let found = result.total.as_ref().unwrap().to_f64();
            assert!((found - total).abs() < 1e-9, "{options:?} {country}: {found} {total}");
            if rank < 2 {
                assert_eq!(result.rank, Some(rank + 1), "{country}");
            }
        }
    }
}

#[test]
fn units_that_differ_by_the_noise_of_floats_alone_share_a_rank() {
    let text = "```规则\n[标准]\n模式 = \"指数\"\n[插补]\n方法 = \"均值\"\n[标准化]\n方法 = \"目标柱\"\n[目标值]\nA = [0, 1]\n```\n\
        ```指标\n| 代号 | 权重 | 方向 |\n|--|--|--|\n| A | 1 | 正向 |\n```\n";
    let standard = standard(text);
    // The mean of three tenths is a tenth; in floats it is not.
    assert_ne!((0.1_f64 + 0.1 + 0.1) / 3.0, 0.1);
    let rows = [
        row("x", None, &[("A", "0.1")]),
        row("y", None, &[("A", "0.1")]),
        row("z", None, &[("A", "0.1")]),
        row("gap", None, &[]),
        row("less", None, &[("A", "0.09")]),
    ];
    let of = |rows: &[RawUnit]| {
        let (units, _) = understand(&standard, rows);
        let exact: Vec<Option<usize>> = run(&standard, &units, Settings::default())
            .iter()
            .map(|result| result.rank)
            .collect();
        let wide = indicator::run_wide(
            &standard,
            &indicator::Frame::of_units(&units),
            indicator::WideSettings::default(),
        );
        (exact, wide.rank)
    };
    // Without the last one: its value would be in the mean.
    assert_eq!(of(&rows[..4]), (vec![Some(1); 4], vec![1; 4]));
    let (exact, wide) = of(&rows);
    assert_eq!((exact[4], wide[4]), (Some(5), 5));
}
