//! Totals, grades, gates, bonuses, absence.

use crate::support::{row, standard};
use indicator::{Note, Settings, UnitResult, run, understand};

fn text(rules: &str, rows: &str) -> String {
    format!(
        "## 4 指标\n```指标\n| 代号 | 权重 | 单位 | 取数或公式 | 计分 | 缺失 |\n|--|--|--|--|--|--|\n{rows}\n```\n## 5 规则\n```规则\n{rules}\n```\n"
    )
}

const TWO: &str =
    "| A | 0.5 | 分 | 填报 | 线性(0→0, 100→100) | 失败 |\n| B | 0.5 | 分 | 填报 | 线性(0→0, 100→100) | 剔除重分 |";

const GRADES: &str =
    "[汇总]\n截断 = [0, 100]\n[修约]\n总分 = 0.1\n[等级]\n甲 = \"总分 ≥ 85\"\n乙 = \"总分 ≥ 60\"\n丙 = \"其余\"\n";

fn results(text: &str, rows: &[(&str, &[(&str, &str)])]) -> Vec<UnitResult> {
    let standard = standard(text);
    let raw: Vec<_> = rows.iter().map(|(id, inputs)| row(id, None, inputs)).collect();
    let (units, findings) = understand(&standard, &raw);
    assert_eq!(findings, []);
    run(&standard, &units, Settings::default())
}

fn one(text: &str, inputs: &[(&str, &str)]) -> UnitResult {
    results(text, &[("u", inputs)]).remove(0)
}

fn total(result: &UnitResult) -> Option<String> {
    result.total.as_ref().map(formula::Number::exact_text)
}

#[test]
fn the_full_value_decides_unless_the_standard_says_otherwise() {
    let full = text(GRADES, TWO);
    let result = one(&full, &[("A", "84.96"), ("B", "84.96")]);
    assert_eq!(result.grade.as_deref(), Some("乙"));
    assert_eq!(result.rounded.as_ref().unwrap().exact_text(), "85");
    assert!(matches!(&result.notes[..], [Note::FullValueDecides { grade, .. }] if grade == "甲"));

    let rounded = text(
        &GRADES.replace("总分 = 0.1", "总分 = 0.1\n极限值判定 = \"修约值比较法\""),
        TWO,
    );
    let result = one(&rounded, &[("A", "84.96"), ("B", "84.96")]);
    assert_eq!(result.grade.as_deref(), Some("甲"));
    assert_eq!(result.notes, []);
}

#[test]
fn absence_does_what_the_standard_says() {
    let standard = text(GRADES, TWO);
    let dropped = one(&standard, &[("A", "90")]);
    assert_eq!(total(&dropped).as_deref(), Some("90"));
    assert_eq!(dropped.coverage.as_ref().unwrap().exact_text(), "0.5");
    assert!(matches!(&dropped.notes[..], [Note::Dropped { code, .. }] if code == "B"));

    let failed = one(&standard, &[("B", "90")]);
    assert_eq!((total(&failed), failed.grade.clone(), failed.rank), (None, None, None));
    assert!(matches!(&failed.notes[..], [Note::Failed { code, .. }] if code == "A"));

    let zero = text(GRADES, &TWO.replace("剔除重分", "计零"));
    let zeroed = one(&zero, &[("A", "90")]);
    assert_eq!(total(&zeroed).as_deref(), Some("45"));
    assert_eq!(zeroed.coverage.as_ref().unwrap().exact_text(), "0.5");
    assert!(matches!(&zeroed.notes[..], [Note::Zeroed { code, .. }] if code == "B"));
}

#[test]
fn what_cannot_be_computed_never_falls_under_a_policy() {
    let rows = "| A | 1 | % | a ÷ b | 线性(0→0, 100 %→100) | 计零 |";
    let result = one(&text("", rows), &[("a", "1"), ("b", "0")]);
    assert_eq!(total(&result), None);
    assert!(matches!(&result.notes[..], [Note::Failed { .. }]));
}

#[test]
fn gates_hold_back_or_lower_the_grade() {
    let gate = |otherwise: &str| {
        let rules = format!("{GRADES}[[门槛]]\n条件 = \"B ≥ 50\"\n否则 = \"{otherwise}\"\n条款 = \"6.4\"\n");
        one(&text(&rules, TWO), &[("A", "100"), ("B", "40")])
    };
    assert_eq!(gate("不予评级").grade.as_deref(), Some("不予评级"));
    assert_eq!(gate("丙").grade.as_deref(), Some("丙"));
    assert!(matches!(&gate("丙").notes[..], [Note::Gate { clause, .. }] if clause == "6.4"));
}

#[test]
fn too_little_coverage_gives_no_grade() {
    let rules = GRADES
        .replace("[修约]", "覆盖率下限 = 80 %\n[修约]")
        .replace("80 %", "0.8");
    let result = one(&text(&rules, TWO), &[("A", "100")]);
    assert_eq!(result.grade.as_deref(), Some("不予评级"));
    assert!(result.notes.iter().any(|note| matches!(note, Note::Coverage { .. })));
}

#[test]
fn bonuses_and_deductions_keep_their_limits_and_the_ends_of_points() {
    let rules = format!(
        "{GRADES}[加减分]\n加分上限 = 3\n[[加分]]\n名称 = \"创新\"\n条件 = \"B ≥ 90\"\n分 = \"5\"\n[[扣分]]\n条件 = \"A < 50\"\n分 = \"B ÷ 10\"\n"
    );
    let standard = text(&rules, TWO);
    assert_eq!(
        total(&one(&standard, &[("A", "80"), ("B", "90")])).as_deref(),
        Some("88")
    );
    assert_eq!(
        total(&one(&standard, &[("A", "100"), ("B", "100")])).as_deref(),
        Some("100")
    );
    assert_eq!(
        total(&one(&standard, &[("A", "40"), ("B", "60")])).as_deref(),
        Some("44")
    );
}

#[test]
fn every_way_to_join_gives_its_mean() {
    let mean = |method: &str| {
        let rules = format!("[汇总]\n方法 = \"{method}\"");
        let result = one(&text(&rules, TWO), &[("A", "20"), ("B", "80")]);
        result.total.unwrap().with_places(6)
    };
    assert_eq!(mean("加权算术"), "50.000000");
    assert_eq!(mean("几何"), "40.000000");
    assert_eq!(mean("调和"), "32.000000");
    assert_eq!(mean("最小"), "20.000000");
    assert_eq!(mean("广义(2)"), "58.309519");
    assert_eq!(mean("广义(-1)"), "32.000000");
}

#[test]
fn methods_are_set_by_level_and_by_indicator() {
    let rows = "| A | 0.5 | | | | |\n| A1 | 0.5 | 分 | 填报 | | 失败 |\n| A2 | 0.5 | 分 | 填报 | | 失败 |\n| B | 0.5 | 分 | 填报 | | 失败 |";
    let inputs = [("A1", "20"), ("A2", "80"), ("B", "10")];
    let total = |rules: &str| one(&text(rules, rows), &inputs).total.unwrap().with_places(4);
    assert_eq!(total("[汇总]\n一级 = \"几何\"\n其余 = \"算术\""), "22.3607");
    assert_eq!(total("[汇总]\n节点 = { A = \"最小\" }"), "15.0000");
    assert_eq!(total("[汇总]\n二级 = \"几何\""), "25.0000");
}

#[test]
fn ranks_are_exact_and_shared() {
    let standard = text("", TWO);
    let rows: [(&str, &[(&str, &str)]); 4] = [
        ("a", &[("A", "80"), ("B", "80")]),
        ("b", &[("A", "90"), ("B", "70.0000000000001")]),
        ("c", &[("A", "80"), ("B", "80")]),
        ("d", &[("A", "10"), ("B", "10")]),
    ];
    let ranks: Vec<_> = results(&standard, &rows).iter().map(|result| result.rank).collect();
    assert_eq!(ranks, [Some(2), Some(1), Some(2), Some(4)]);
}

#[test]
fn a_panel_looks_back_upon_its_own_unit() {
    let rows = "| A | 1 | % | 同比(产值) | 线性(0→0, 100 %→100) | 剔除重分 |\n";
    let standard = standard(&text("[输入]\n产值 = \"万元\"", rows));
    let raw = [
        row("甲", Some("2023"), &[("产值", "100")]),
        row("甲", Some("2024"), &[("产值", "150")]),
        row("乙", Some("2024"), &[("产值", "1 亿元")]),
    ];
    let (units, findings) = understand(&standard, &raw);
    assert_eq!(findings, []);
    let results = run(&standard, &units, Settings::default());
    assert_eq!(total(&results[1]).as_deref(), Some("50"));
    // The first year has nothing to grow from.
    assert_eq!((total(&results[0]), total(&results[2])), (None, None));
}

#[test]
fn weights_may_change_with_the_period() {
    let rules = "[权重.\"2022\"]\nA = 0.5\nB = 0.5\n[权重.\"2024\"]\nA = 0.8\nB = 0.2";
    let standard = standard(&text(rules, TWO));
    let inputs = [("A", "100"), ("B", "0")];
    let raw = [row("u", Some("2023"), &inputs), row("u", Some("2024"), &inputs)];
    let (units, _) = understand(&standard, &raw);
    let totals: Vec<_> = run(&standard, &units, Settings::default()).iter().map(total).collect();
    assert_eq!(totals, [Some("50".to_owned()), Some("80".to_owned())]);
}

/// 上位 goes first: where it cannot be told the answer cannot either, where it holds nobody asks for the key.
#[test]
fn an_exception_that_is_not_known_is_no_refusal() {
    let rules = "[表.限制]\n行 = [\"≤ 50 % → 1\", \"> 50 % → 0\"]\n上位 = { 若 = \"完全禁止 = 是\", 则 = 7 }\n[输入]\n股比 = \"%\"\n完全禁止 = \"是否\"";
    let standard = text(rules, "| A | 1 | 分 | 查(限制, 股比) | | 失败 |");
    let points = |inputs: &[(&str, &str)]| total(&one(&standard, inputs));
    assert_eq!(points(&[("股比", "60"), ("完全禁止", "否")]), Some("0".to_owned()));
    assert_eq!(points(&[("股比", "60"), ("完全禁止", "是")]), Some("7".to_owned()));
    assert_eq!(points(&[("完全禁止", "是")]), Some("7".to_owned()));
    assert_eq!(points(&[("完全禁止", "否")]), None);
    let unknown = one(&standard, &[("股比", "60")]);
    assert_eq!(total(&unknown), None);
    let absence = unknown.nodes[0].computed.value.absence().unwrap();
    assert!(matches!(absence.why, formula::Why::Missing(_)), "{absence:?}");
    assert_eq!(absence.of.as_deref(), Some("完全禁止"));
}

/// Without grades there is still 不予评级.
#[test]
fn too_little_coverage_and_a_gate_withhold_what_they_say_without_grades() {
    let judged = |rules: &str, inputs: &[(&str, &str)]| {
        let standard = standard(&text(rules, TWO));
        let (units, _) = understand(&standard, &[row("u", None, inputs)]);
        let result = run(&standard, &units, Settings::default()).remove(0);
        let wide = indicator::run_wide(
            &standard,
            &indicator::Frame::of_units(&units),
            indicator::WideSettings::default(),
        );
        let ungraded = result.grade.as_deref() == Some("不予评级");
        assert_eq!(wide.grade[0], ungraded.then_some(indicator::WideGrade::Ungraded));
        (result.grade, result.notes.len())
    };
    let (half, whole) = ([("A", "90")], [("A", "90"), ("B", "90")]);
    let least = "[汇总]\n覆盖率下限 = 0.9";
    assert_eq!(judged(least, &half), (Some("不予评级".to_owned()), 2));
    assert_eq!(judged(least, &whole), (None, 0));
    let gate = "[[门槛]]\n条件 = \"A ≥ 95\"";
    assert_eq!(judged(gate, &whole), (Some("不予评级".to_owned()), 1));
    assert_eq!(judged("[[门槛]]\n条件 = \"A ≥ 80\"", &whole), (None, 0));
}

/// As the services trade restrictiveness index bundles what is worth something only together.
#[test]
fn a_bundle_is_open_only_if_all_of_it_is() {
    let rules = |bundle: &str| {
        format!(
            "[表.限制]\n行 = [\"< 100 % → 0.5\", \"≥ 100 % → 0\"]\n上位 = {{ 若 = \"完全禁止 = 是\", 则 = 1 }}\n捆绑 = {{ {bundle} }}\n[输入]\n股比 = \"%\"\n完全禁止 = \"是否\"\n时限公开 = \"是否\"\n费用公开 = \"是否\""
        )
    };
    let points = |bundle: &str, share: &str, closed: &str, open: [&str; 2]| {
        let standard = text(&rules(bundle), "| A | 1 | 分 | 查(限制, 股比) | | 失败 |");
        let mut inputs = vec![("股比", share), ("完全禁止", closed)];
        let named = ["时限公开", "费用公开"].into_iter().zip(open);
        inputs.extend(named.filter(|(_, open)| !open.is_empty()));
        total(&one(&standard, &inputs))
    };
    let bundle = "组 = [\"时限公开\", \"费用公开\"], 规则 = \"全开放才为0\"";
    let is = |points: Option<String>, wanted: &str| assert_eq!(points.as_deref(), Some(wanted));
    is(points(bundle, "100", "否", ["是", "是"]), "0");
    is(points(bundle, "100", "否", ["是", "否"]), "1");
    // What is known to be closed decides; else what is not known leaves no answer.
    is(points(bundle, "100", "否", ["", "否"]), "1");
    assert_eq!(points(bundle, "100", "否", ["", "是"]), None);
    // An answer that is not 0, and an exception, do not ask.
    is(points(bundle, "60", "否", ["否", ""]), "0.5");
    is(points(bundle, "100", "是", ["是", "是"]), "1");
    is(
        points("组 = [\"时限公开\"], 否则 = 0.75", "100", "否", ["否", "是"]),
        "0.75",
    );
}

/// By 修约值比较法 a gate compares the value as the standard rounds that indicator; by 全数值比较法 as it is.
#[test]
fn gates_compare_values_as_their_limits_are_judged() {
    let judged = |limit: &str, value: &str| {
        let rules = format!(
            "[修约]\nA = 0.1\n极限值判定 = {limit}\n[[门槛]]\n条件 = \"A ≥ 90 %\"\n[等级]\n甲 = \"A ≥ 95 %\"\n乙 = \"其余\""
        );
        let standard = standard(&text(&rules, "| A | 1 | % | 填报 | 线性(0→0, 100 %→100) | 失败 |"));
        let (units, _) = understand(&standard, &[row("u", None, &[("A", value)])]);
        let wide = indicator::told(
            &standard,
            &units,
            indicator::WideSettings::default(),
            language::Lang::Zh,
        );
        let grade = run(&standard, &units, Settings::default()).remove(0).grade.unwrap();
        assert_eq!(wide.unit(0).unwrap().grade.as_deref(), Some(&*grade));
        grade
    };
    let (rounded, full) = ("\"修约值比较法\"", "\"全数值比较法\"");
    let apart = "{ 总分 = \"修约值比较法\", 其余 = \"全数值比较法\" }";
    assert_eq!(judged(apart, "89.96"), "不予评级");
    assert_eq!(judged(rounded, "89.96"), "乙");
    assert_eq!(judged(full, "89.96"), "不予评级");
    assert_eq!(judged(rounded, "89.94"), "不予评级");
    assert_eq!(judged(rounded, "94.94"), "乙");
    assert_eq!(judged(rounded, "94.96"), "甲");
    assert_eq!(judged(full, "94.96"), "乙");
    // A half goes to the even one, by columns too.
    assert_eq!(judged(rounded, "89.95"), "乙");
}

#[test]
fn weights_given_by_period_alone_give_a_total_from_then_on() {
    let rows = TWO.replace("| 0.5 |", "| |");
    let standard = standard(&text("[权重.\"2024\"]\nA = 0.8\nB = 0.2", &rows));
    let inputs = [("A", "100"), ("B", "0")];
    let raw = [row("u", Some("2023"), &inputs), row("u", Some("2024"), &inputs)];
    let (units, _) = understand(&standard, &raw);
    let results = run(&standard, &units, Settings::default());
    let totals: Vec<_> = results.iter().map(total).collect();
    // Before the first of them nothing weighs, and that is said.
    assert_eq!(totals, [None, Some("80".to_owned())]);
    assert!(!results[0].notes.is_empty());
    let wide = indicator::told(
        &standard,
        &units,
        indicator::WideSettings::default(),
        language::Lang::Zh,
    );
    let totals: Vec<_> = (0..2).map(|row| wide.unit(row).unwrap().total).collect();
    assert_eq!(totals, [None, Some(80.0)]);
    // Of an index too, which scores nothing else.
    let index = crate::support::standard(
        "```规则\n[标准]\n模式 = \"指数\"\n[标准化]\n[权重.\"2024\"]\nA = 0.8\nB = 0.2\n```\n```指标\n| 代号 | 方向 |\n|--|--|\n| A | 正向 |\n| B | 正向 |\n```\n",
    );
    let raw = [
        row("u", Some("2024"), &inputs),
        row("v", Some("2024"), &[("A", "0"), ("B", "9")]),
    ];
    let (units, _) = understand(&index, &raw);
    let totals: Vec<_> = run(&index, &units, Settings::default()).iter().map(total).collect();
    assert_eq!(totals, [Some("80".to_owned()), Some("20".to_owned())]);
}

#[test]
fn tables_are_asked_with_their_exceptions() {
    let rules = "[表.限制]\n命中 = \"唯一\"\n行 = [\"0 % → 1\", \"(0 %, 50 %) → 0.5\", \"[50 %, 100 %) → 0.25\", \"100 % → 0\"]\n上位 = { 若 = \"完全禁止 = 是\", 则 = 1 }\n[表.附录A]\n词 = [\"甲\", \"乙\"]\n[输入]\n股比 = \"%\"\n完全禁止 = \"是否\"\n清单 = { 类型 = \"清单\" }";
    let rows = "| A | 0.5 | 分 | 查(限制, 股比) | | 失败 |\n| B | 0.5 | 个 | 计数(清单 ∩ 附录A) | | 失败 |";
    let standard = text(rules, rows);
    let points = |share: &str, closed: &str| {
        let inputs = [("股比", share), ("完全禁止", closed), ("清单", "甲；丙；乙")];
        total(&one(&standard, &inputs)).unwrap()
    };
    assert_eq!(points("0", "否"), "1.5");
    assert_eq!(points("49", "否"), "1.25");
    assert_eq!(points("50 %", "否"), "1.125");
    assert_eq!(points("100", "否"), "1");
    assert_eq!(points("100", "是"), "1.5");
}
