//! Uncertainty that a standard declares: what it does to ranks, grades and accounts, and what is refused.

use crate::index::{asem_units, shelf};
use crate::support::{row, rules, standard};
use indicator::{
    ImportOptions, RawUnit, Sensitivity, SensitivitySettings, Settings, Standard, run, sensitivity, understand,
};

fn sensitive(standard: &Standard, rows: &[RawUnit], settings: SensitivitySettings) -> Sensitivity {
    let (units, _) = understand(standard, rows);
    let nominal = run(standard, &units, settings.run);
    sensitivity(standard, &units, &nominal, settings, &mut |_| {}).unwrap()
}

const INDEX: &str = "```规则\n[标准]\n模式 = \"指数\"\n[标准化]\n方法 = \"极差\"\n范围 = [1, 100]\n[汇总]\n方法 = \"算术\"\n[等级]\n高 = \"总分 ≥ 50\"\n低 = \"其余\"\n[不确定性]\nN = 16384\n改变 = { 权重 = \"±25 %\", 汇总 = [\"算术\", \"几何\"], 标准化 = [\"极差\", \"z分\"] }\n报告 = [\"名次区间90 %\", \"等级翻转概率\", \"Sobol S1 ST\"]\n```\n```指标\n| 代号 | 权重 | 方向 |\n|--|--|--|\n| A | 0.5 | 正向 |\n| B | 0.3 | 正向 |\n| C | 0.2 | 逆向 |\n```\n";

fn cities() -> Vec<RawUnit> {
    [
        ("甲", "10", "80", "3"),
        ("乙", "40", "60", "2"),
        ("丙", "70", "20", "9"),
        ("丁", "55", "50", "5"),
        ("戊", "90", "95", "1"),
    ]
    .map(|(id, a, b, c)| row(id, None, &[("A", a), ("B", b), ("C", c)]))
    .to_vec()
}

#[test]
fn ranks_and_grades_have_intervals() {
    let standard = standard(INDEX);
    let told = sensitive(&standard, &cities(), SensitivitySettings::default());
    assert_eq!(told.target, "rank_shift");
    let best = told.units.iter().find(|unit| unit.id == "戊").unwrap();
    let rank = best.rank.unwrap();
    // Best in everything: no choice takes its rank.
    assert_eq!(
        (rank.nominal, rank.p5, rank.p95, best.grade_flip),
        (1.0, 1.0, 1.0, Some(0.0))
    );
    for unit in &told.units {
        let rank = unit.rank.unwrap();
        assert!(rank.p5 <= rank.p50 && rank.p50 <= rank.p95, "{unit:?}");
        assert!(unit.grade_flip.is_some_and(|flip| (0.0..=1.0).contains(&flip)));
    }
    assert!(told.units.iter().any(|unit| unit.grade_flip > Some(0.05)), "{told:?}");
    let factors: Vec<&str> = told.sobol.iter().map(|index| index.factor.as_str()).collect();
    assert_eq!(factors, ["权重", "汇总", "标准化"]);
    for index in &told.sobol {
        assert!(index.s1 <= index.st + index.s1_ci + index.st_ci, "{index:?}");
    }
}

#[test]
fn the_same_seed_gives_the_same_digits_on_any_number_of_threads() {
    let standard = standard(INDEX);
    let told = |seed, threads| {
        let settings = SensitivitySettings {
            seed,
            threads,
            until: 0.1,
            ..SensitivitySettings::default()
        };
        sensitive(&standard, &cities(), settings)
    };
    assert_eq!(told(5, 1), told(5, 2));
    assert_ne!(told(5, 1).sobol, told(6, 1).sobol);
}

/// 柴油 + 电: a sum of two independent parts has the shares of their variances, in closed form.
#[test]
fn an_account_has_its_closed_form() {
    let text = "```规则\n[标准]\n模式 = \"核算\"\n[输入]\n柴油量 = \"t\"\n用电量 = \"kWh\"\n[核算]\n柴油 = \"柴油量 × 3.1 tCO2/t\"\n电 = \"用电量 × EF\"\n排放 = \"柴油 + 电 [tCO2]\"\n[不确定度]\n柴油量 = \"正态(±10 %)\"\nEF = \"均匀(±5 %)\"\n```\n```参数\n[EF]\n单位 = \"kgCO2/kWh\"\n值 = 0.5\n```\n";
    let standard = standard(text);
    let rows = [row("园", None, &[("柴油量", "100"), ("用电量", "1240000")])];
    let settings = SensitivitySettings {
        until: 0.005,
        ..SensitivitySettings::default()
    };
    let told = sensitive(&standard, &rows, settings);
    assert!(told.converged && told.target == "排放", "{told:?}");
    let diesel = (310.0 * 0.1 / 1.959_963_984_540_054_f64).powi(2);
    let power = (620.0 * 0.05_f64).powi(2) / 3.0;
    for (index, own) in told.sobol.iter().zip([diesel, power]) {
        let share = own / (diesel + power);
        assert!(
            (index.s1 - share).abs() < 0.01 && (index.st - share).abs() < 0.01,
            "{index:?} {share}"
        );
    }
    let value = told.units[0].value.unwrap();
    assert!(
        (value.nominal - 930.0).abs() < 1e-9 && (value.p50 - 930.0).abs() < 1.0,
        "{value:?}"
    );
    assert!(
        value.p5 > 880.0 && value.p5 < 910.0 && value.p95 > 950.0 && value.p95 < 980.0,
        "{value:?}"
    );
    assert_eq!(told.units[0].rank, None);
}

/// 量 × 系数: of a product of two independent factors around 1 with variances a and b, a·b of (1 + a)(1 + b) − 1 is theirs
/// only together.
#[test]
fn a_pair_is_told_where_the_report_asks_for_it_and_has_its_closed_form() {
    let text = "```规则\n[标准]\n模式 = \"核算\"\n[输入]\n量 = \"t\"\n[核算]\n排放 = \"量 × EF\"\n[不确定性]\n报告 = [\"Sobol S1 ST\", \"Sobol S2\"]\n[不确定度]\n量 = \"均匀(±90 %)\"\nEF = \"均匀(±60 %)\"\n```\n```参数\n[EF]\n单位 = \"tCO2/t\"\n值 = 2\n```\n";
    let rows = [row("园", None, &[("量", "100")])];
    let settings = SensitivitySettings {
        until: 0.01,
        ..SensitivitySettings::default()
    };
    let told = sensitive(&standard(text), &rows, settings);
    let (a, b) = (0.9_f64.powi(2) / 3.0, 0.6_f64.powi(2) / 3.0);
    let [pair] = told.sobol2.as_slice() else {
        panic!("{told:?}")
    };
    assert_eq!(pair.factors, ["量", "EF"]);
    let wanted = a * b / ((1.0 + a) * (1.0 + b) - 1.0);
    assert!(wanted > 0.05 && (pair.s2 - wanted).abs() <= 0.02, "{pair:?} {wanted}");
    // The parts of all orders are the whole.
    let whole: f64 = told.sobol.iter().map(|index| index.s1).sum::<f64>() + pair.s2;
    assert!((whole - 1.0).abs() < 0.03, "{whole}");
    let silent = standard(&text.replace(", \"Sobol S2\"", ""));
    let plain = sensitive(&silent, &rows, settings);
    assert!(plain.sobol2.is_empty() && !serde_json::to_string(&plain).unwrap().contains("sobol2"));
    let pairs = SensitivitySettings {
        pairs: true,
        ..settings
    };
    assert_eq!(sensitive(&silent, &rows, pairs).sobol2, told.sobol2);
}

#[test]
fn a_way_to_join_that_looks_at_all_units_can_be_one_of_the_choices() {
    for methods in [
        "TOPSIS\", \"Copeland",
        "VIKOR\", \"PROMETHEE(20)\", \"MABAC\", \"灰色关联",
    ] {
        let standard = standard(&INDEX.replace(
            "汇总 = [\"算术\", \"几何\"]",
            &format!("汇总 = [\"算术\", \"{methods}\"]"),
        ));
        let told = sensitive(&standard, &cities(), SensitivitySettings::default());
        let best = told.units.iter().find(|unit| unit.id == "戊").unwrap();
        assert_eq!(best.rank.map(|rank| (rank.p5, rank.p95)), Some((1.0, 1.0)));
        assert!(told.sobol[1].st > 0.1, "{told:?}");
    }
}

#[test]
fn a_scored_input_moves_the_total_through_its_ladder() {
    let text = "```规则\n[输入]\n设备数 = \"\"\n联网数 = \"\"\n[等级]\n好 = \"总分 ≥ 75\"\n差 = \"其余\"\n[不确定度]\n联网数 = \"±10 %\"\n```\n```指标\n| 代号 | 权重 | 单位 | 取数或公式 | 计分 |\n|--|--|--|--|--|\n| A | 0.5 | % | 联网数 ÷ 设备数 | 线性(0→0, 80 %→100) |\n| B | 0.5 | 级 | | 等级({低: 40, 高: 70}) |\n```\n";
    let standard = standard(text);
    let rows = [row("厂", None, &[("设备数", "100"), ("联网数", "64"), ("B", "高")])];
    let told = sensitive(&standard, &rows, SensitivitySettings::default());
    // 64 % gives 80 points, 75 in all: half of the draws fall below.
    let flip = told.units[0].grade_flip.unwrap();
    assert!((flip - 0.5).abs() < 0.01, "{told:?}");
    assert!((told.sobol[0].s1 - 1.0).abs() < 0.01, "{told:?}");
}

#[test]
fn what_is_declared_and_cannot_be_varied_is_refused_with_its_place() {
    let with = |line: &str| INDEX.replace("N = 16384", line);
    assert!(rules(&with("改动 = 1")).contains(&"indicator-uncertain-unknown"));
    let vary = |what: &str| {
        let from = INDEX.find("改变 = ").unwrap();
        let to = from + INDEX[from..].find('\n').unwrap();
        format!("{}改变 = {{ {what} }}{}", &INDEX[..from], &INDEX[to..])
    };
    for (what, rule) in [
        ("权重 = \"25\"", "indicator-unknown-choice"),
        ("汇总 = [\"算术\", \"差不多\"]", "indicator-unknown-choice"),
        ("汇总 = [\"算术\"]", "indicator-uncertain-one"),
        ("五级汇总 = [\"算术\", \"几何\"]", "indicator-uncertain-unknown"),
        ("三级汇总 = [\"算术\", \"几何\"]", "indicator-uncertain-idle"),
        ("电价 = \"±5 %\"", "indicator-uncertain-unknown"),
        ("插补 = [\"组均值\", \"剔除\"]", "indicator-unknown-choice"),
    ] {
        let findings = crate::support::findings(&vary(what));
        let finding = findings.iter().find(|finding| finding.rule == rule);
        let finding = finding.unwrap_or_else(|| panic!("{what}: {findings:?}"));
        assert_eq!(finding.place.line, 14, "{what}");
        for lang in [language::Lang::Zh, language::Lang::En] {
            assert!(!finding.message(lang).is_empty() && !finding.mend(lang).is_empty());
        }
    }
    let accounts = "```规则\n[标准]\n模式 = \"核算\"\n[输入]\n量 = \"t\"\n[核算]\n排放 = \"量 × 2\"\n[不确定性]\n改变 = { 标准化 = [\"极差\", \"名次\"] }\n```\n";
    assert!(rules(accounts).contains(&"indicator-uncertain-idle"));
}

#[test]
fn lists_cannot_be_varied_and_say_so() {
    let text = "```规则\n[输入]\n清单 = { 类型 = \"清单\", 词 = [\"甲\", \"乙\"] }\n系数 = \"\"\n[不确定度]\n系数 = \"±5 %\"\n```\n```指标\n| 代号 | 权重 | 取数或公式 | 计分 |\n|--|--|--|--|\n| A | 1 | 计数(清单) × 系数 | 线性(0→0, 5→100) |\n```\n";
    let standard = standard(text);
    let (units, _) = understand(&standard, &[row("x", None, &[("清单", "甲；乙"), ("系数", "1")])]);
    let nominal = run(&standard, &units, Settings::default());
    let refused = sensitivity(&standard, &units, &nominal, SensitivitySettings::default(), &mut |_| {}).unwrap_err();
    assert_eq!(refused[0].rule, "indicator-uncertain-beyond");
    assert_eq!(refused[0].place.line, 6);
}

/// An index of 51 countries and 49 indicators, every step of its making varied: the largest indices are those that a
/// prototype of 786,432 replications gave (aggregation 0.55 and 0.72, weights 0.13 and 0.22), whatever the seed.
#[test]
fn the_asem_index_hangs_on_how_it_is_joined() {
    let folder = shelf();
    if !folder.exists() {
        println!(
            "SKIPPED: {} is absent; set BIAOCHI_SHELF to the folder that holds asem_index",
            folder.display()
        );
        return;
    }
    let options = ImportOptions {
        impute: "group:EurAsia_group".to_owned(),
        normalise: "minmax:1:100".to_owned(),
        ..ImportOptions::default()
    };
    let (standard, units) = asem_units(&folder, &options);
    let nominal = run(&standard, &units, Settings::default());
    let settings = SensitivitySettings {
        until: 0.1,
        ..SensitivitySettings::default()
    };
    let told = sensitivity(&standard, &units, &nominal, settings, &mut |_| {}).unwrap();
    assert_eq!(told.units.len(), 51);
    let of = |name: &str| told.sobol.iter().find(|index| index.factor == name).unwrap();
    assert!(of("汇总").st > of("极端值").st, "{told:?}");
    let swiss = told.units.iter().find(|unit| unit.id == "CHE").unwrap();
    assert!(
        swiss.rank.is_some_and(|rank| rank.p5 < 1.5 && rank.p95 <= 5.0),
        "{swiss:?}"
    );
}

/// By table x would be first to third; by its data B hardly differs, and A decides.
#[test]
fn weights_that_the_data_give_are_what_is_varied() {
    let text = |vary: &str| {
        format!(
            "```规则\n[标准]\n模式 = \"指数\"\n[标准化]\n方法 = \"极差\"\n[赋权]\n方法 = \"熵权\"\n[不确定性]\nN = 1024\n改变 = {{ {vary} }}\n```\n```指标\n| 代号 | 权重 | 方向 |\n|--|--|--|\n| A | 1 | 正向 |\n| B | 1 | 正向 |\n```\n"
        )
    };
    let rows: Vec<RawUnit> = [
        ("x", "0", "10"),
        ("y", "1", "8"),
        ("z", "0", "7"),
        ("w", "10", "0"),
        ("v", "1", "9"),
    ]
    .map(|(id, a, b)| row(id, None, &[("A", a), ("B", b)]))
    .to_vec();
    let told = sensitive(
        &standard(&text("权重 = \"±1 %\"")),
        &rows,
        SensitivitySettings::default(),
    );
    for unit in &told.units {
        let rank = unit.rank.unwrap();
        assert!(rank.p5 <= rank.nominal && rank.nominal <= rank.p95, "{unit:?}");
    }
    // Each way to prepare has the weights of its own scores, as a run in that way has them.
    let rank_of = |method: &str| -> Vec<f64> {
        let standard = standard(&text("权重 = \"±1 %\"").replace("极差", method));
        let (units, _) = understand(&standard, &rows);
        let results = run(&standard, &units, Settings::default());
        results.iter().map(|result| result.rank.unwrap() as f64).collect()
    };
    let ways = [rank_of("极差"), rank_of("名次")];
    assert_ne!(ways[0], ways[1]);
    let told = sensitive(
        &standard(&text("标准化 = [\"极差\", \"名次\"]")),
        &rows,
        SensitivitySettings::default(),
    );
    for (unit, told) in told.units.iter().enumerate() {
        let rank = told.rank.unwrap();
        let (low, high) = (ways[0][unit].min(ways[1][unit]), ways[0][unit].max(ways[1][unit]));
        assert!((rank.p5, rank.p95) == (low, high), "{told:?} {ways:?}");
    }
}
