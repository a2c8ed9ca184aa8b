//! Every finding that reading, checking, data and sampling can make has a case that has it and a mended one that has it
//! not. A finding without either fails this test.

use std::collections::BTreeSet;

use crate::support::{findings, row, standard};
use indicator::{
    ImportOptions, RawUnit, SensitivitySettings, Settings, import_index, index::frozen, run, sensitivity, understand,
};

fn of_text(text: &str) -> Vec<&'static str> {
    findings(text).iter().map(|finding| finding.rule).collect()
}

fn of_data(text: &str, rows: &[RawUnit]) -> Vec<&'static str> {
    let (_, findings) = understand(&standard(text), rows);
    findings.iter().map(|finding| finding.rule).collect()
}

fn of_sampling(text: &str, rows: &[RawUnit]) -> Vec<&'static str> {
    let standard = standard(text);
    let (units, _) = understand(&standard, rows);
    let nominal = run(&standard, &units, Settings::default());
    let settings = SensitivitySettings {
        until: 0.5,
        ..SensitivitySettings::default()
    };
    match sensitivity(&standard, &units, &nominal, settings, &mut |_| {}) {
        Ok(_) => Vec::new(),
        Err(findings) => findings.iter().map(|finding| finding.rule).collect(),
    }
}

fn of_freezing(text: &str, values: &[u32]) -> Vec<&'static str> {
    let standard = standard(text);
    let rows: Vec<RawUnit> = values
        .iter()
        .enumerate()
        .map(|(at, value)| row(&format!("u{at}"), None, &[("A", &value.to_string())]))
        .collect();
    let (units, _) = understand(&standard, &rows);
    match frozen(&standard, &units, Settings::default()) {
        Ok(_) => Vec::new(),
        Err(findings) => findings.iter().map(|finding| finding.rule).collect(),
    }
}

fn of_import(meta: &[&str], data: &[&str]) -> Vec<&'static str> {
    let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
    let head = words(&["iCode", "Parent", "Weight", "Direction", "Type"]);
    match import_index(&head, &[(2, words(meta))], &words(data), &ImportOptions::default()) {
        Ok(_) => Vec::new(),
        Err(findings) => findings.iter().map(|finding| finding.rule).collect(),
    }
}

#[derive(Default)]
struct Shown(BTreeSet<&'static str>);

impl Shown {
    #[track_caller]
    fn case(&mut self, rule: &'static str, wrong: &[&'static str], right: &[&'static str]) {
        assert!(wrong.contains(&rule), "{rule} not among {wrong:?}");
        assert!(!right.contains(&rule), "{rule} still among {right:?}");
        self.0.insert(rule);
    }

    #[track_caller]
    fn text(&mut self, rule: &'static str, wrong: &str, right: &str) {
        self.case(rule, &of_text(wrong), &of_text(right));
    }
}

const POINTS: &str = "```指标\n| 代号 | 权重 | 单位 | 取数或公式 | 计分 | 缺失 | 证据 |\n|--|--|--|--|--|--|--|\n| A | 0.5 | % | 填报 | 线性(0→0, 100 %→100) | 失败 | 台账≤12月 |\n| B | 0.5 | 级 | 填报 | 等级({高:100, 低:0}) | 失败 | |\n```\n";

fn with(rules: &str) -> String {
    format!("```规则\n[输入]\n合格 = \"是否\"\n{rules}\n```\n{POINTS}```例\n```\n")
}

const INDICES: &str =
    "```指标\n| 代号 | 权重 | 方向 |\n|--|--|--|\n| A | 1 | 正向 |\n| B | 1 | 正向 |\n```\n```例\n```\n";

fn index(rules: &str) -> String {
    format!("```规则\n[标准]\n模式 = \"指数\"\n{rules}\n```\n{INDICES}")
}

/// What stands in a standard beyond the cases of `checking`.
fn of_standards(shown: &mut Shown) {
    let uncertain = |factors: &str| index(&format!("[标准化]\n[不确定性]\n改变 = {{ {factors} }}"));
    let sound = uncertain("权重 = \"±25 %\"");
    shown.text("indicator-uncertainty-declared", &sound, &index("[标准化]"));
    shown.text("indicator-uncertain-unknown", &uncertain("电价 = \"±5 %\""), &sound);
    shown.text("indicator-uncertain-one", &uncertain("汇总 = [\"几何\"]"), &sound);
    shown.text(
        "indicator-uncertain-idle",
        &uncertain("三级汇总 = [\"几何\", \"算术\"]"),
        &sound,
    );
    let judged = |matrix: &str| index(&format!("[层次分析.总分]\n矩阵 = {matrix}"));
    shown.text(
        "indicator-judgements",
        &judged("[[1, 3], [3, 1]]"),
        &judged("[[1, 3], [\"1/3\", 1]]"),
    );
    let three = |matrix: &str| judged(matrix).replace("| B | 1 | 正向 |", "| B | 1 | 正向 |\n| C | 1 | 正向 |");
    shown.text(
        "indicator-inconsistent",
        &three("[[1, 9, \"1/9\"], [\"1/9\", 1, 9], [9, \"1/9\", 1]]"),
        &three("[[1, 2, 4], [\"1/2\", 1, 2], [\"1/4\", \"1/2\", 1]]"),
    );
    let valid = |span: &str| with(&format!("[标准]\n有效期 = \"{span}\""));
    shown.text("indicator-validity", &valid("三年"), &valid("3年"));
    let undeclared = POINTS.replacen("填报", "按时率", 1);
    let declared = format!("```规则\n[输入]\n按时率 = \"%\"\n```\n{undeclared}");
    shown.text("indicator-undeclared-input", &undeclared, &declared);
    shown.text(
        "indicator-evidence-undated",
        &POINTS.replace("台账≤12月", "台账"),
        POINTS,
    );
}

/// What is declared and would do nothing.
fn of_what_is_idle(shown: &mut Shown) {
    for rules in [
        "[标准化]\n方法 = \"极差\"",
        "[插补]\n方法 = \"均值\"",
        "[赋权]\n方法 = \"熵权\"",
        "[目标值]\nA = [0, 40]",
        "[汇总]\n方法 = \"TOPSIS\"",
        "[不确定性]\n改变 = { 汇总 = [\"几何\", \"Copeland\"] }",
    ] {
        let assessed = index(rules).replace("指数", "评估");
        shown.text("indicator-needs-index", &assessed, &index(rules));
    }
    let divided = INDICES
        .replace("| 方向 |\n|--|--|--|", "| 分母 |\n|--|--|--|")
        .replace("正向", "人口");
    shown.text("indicator-needs-index", &divided, INDICES);
    let accounts = |rules: &str| {
        format!("```规则\n[标准]\n模式 = \"核算\"\n[核算]\n排放 = \"2 t + 3 t\"\n{rules}\n```\n```例\n```\n")
    };
    for rules in [
        "[汇总]\n方法 = \"几何\"",
        "[等级]\n好 = \"其余\"",
        "[[门槛]]\n条件 = \"排放 < 1 t\"",
        "[[加分]]\n分 = 1",
        "[权重.\"2024\"]\n排放 = 1",
    ] {
        shown.text(
            "indicator-idle-in-accounts",
            &accounts(rules),
            &accounts("[修约]\n排放 = 0.1"),
        );
    }
    let ratios = |method: &str| index(&format!("[标准化]\n方法 = \"z分\"\n[汇总]\n方法 = \"{method}\""));
    shown.text("indicator-join-ratio", &ratios("COPRAS"), &ratios("MABAC"));
    let joined = |level: &str| index(&format!("[汇总]\n{level} = \"几何\""));
    shown.text("indicator-idle-level", &joined("二级"), &joined("一级"));
    let scored = |scoring: &str| {
        format!(
            "```规则\n[标准]\n模式 = \"指数\"\n[标准化]\n```\n```指标\n| 代号 | 权重 | 方向 | 计分 |\n|--|--|--|--|\n| A | 1 | 正向 | {scoring} |\n```\n"
        )
    };
    shown.text("indicator-idle-scoring", &scored("线性(0→0, 1→100)"), &scored(""));
    let posts = |method: &str, low: &str, high: &str| {
        format!(
            "```规则\n[标准]\n模式 = \"指数\"\n[标准化]\n方法 = {method}\n```\n```指标\n| 代号 | 权重 | 方向 | 下柱 | 上柱 |\n|--|--|--|--|--|\n| A | 1 | 正向 | {low} | {high} |\n```\n"
        )
    };
    let sound = posts("\"目标柱\"", "0", "40");
    shown.text("indicator-idle-posts", &posts("\"极差\"", "0", "40"), &sound);
    let varied = posts(
        "\"极差\"\n[不确定性]\n改变 = { 标准化 = [\"极差\", \"目标柱\"] }",
        "0",
        "40",
    );
    shown.text("indicator-idle-posts", &posts("\"极差\"", "0", "40"), &varied);
    for (low, high) in [("0", ""), ("", "40"), ("40", "0")] {
        shown.text("indicator-posts", &posts("\"目标柱\"", low, high), &sound);
    }
    // Keys and words that nobody reads.
    let key = "indicator-unknown-key";
    shown.text(
        key,
        &index("[插补]\n方法 = \"均值\"\n期 = 3"),
        &index("[插补]\n方法 = \"均值\""),
    );
    shown.text(
        key,
        &index("[赋权]\n方法 = \"熵权\"\n级 = 2"),
        &index("[赋权]\n方法 = \"熵权\""),
    );
    shown.text(key, &with("[加减分]\n上限 = 3"), &with("[加减分]\n加分上限 = 3"));
    shown.text(
        key,
        &with("[说明]\n文 = \"{代号}\""),
        &with("[说明]\n模板 = \"{代号}\""),
    );
    let table = |more: &str| with(&format!("[表.限制]\n行 = [\"< 1 → 0.5\", \"≥ 1 → 0\"]\n{more}"));
    let sound = table("捆绑 = { 组 = [\"合格 = 是\"], 规则 = \"全开放才为0\" }");
    shown.text(key, &table("捆邦 = { 组 = [\"合格\"] }"), &sound);
    shown.text(key, &table("上位 = { 若 = \"合格\", 则 = 1, 否则 = 0 }"), &sound);
    shown.text(key, &table("捆绑 = { 组 = [\"合格\"], 规 = \"全\" }"), &sound);
    shown.text(
        key,
        &with("[表.名单]\n词 = [\"甲\"]\n捆绑 = { 组 = [\"合格\"] }"),
        &sound,
    );
    shown.text(
        "indicator-key-missing",
        &table("捆绑 = { 规则 = \"全开放才为0\" }"),
        &sound,
    );
    shown.text("indicator-key-missing", &with("[表.限制]\n列 = [1]"), &sound);
    shown.text(
        "indicator-unknown-choice",
        &table("捆绑 = { 组 = [\"合格\"], 规则 = \"一半\" }"),
        &sound,
    );
    let held = |word: &str| index(&format!("[标准化]\n截断 = {word}"));
    shown.text("indicator-unknown-choice", &held("\"或许\""), &held("否"));
}

fn of_cells(shown: &mut Shown) {
    let text = with("样本 = { 类型 = \"清单\", 单位 = \"ms\" }");
    let of = |name: &str, cell: &str| of_data(&text, &[row("u", None, &[(name, cell)])]);
    for (rule, name, wrong, right) in [
        ("indicator-cell-wrong-unit", "A", "5 t", "5 %"),
        ("indicator-cell-not-a-number", "A", "约5", "5"),
        ("indicator-cell-unreadable", "A", "1,234", "1234"),
        ("indicator-cell-unknown-word", "B", "中", "高"),
        ("indicator-cell-not-a-word", "B", "3", "低"),
        ("indicator-cell-not-a-truth", "合格", "也许", "是"),
    ] {
        shown.case(rule, &of(name, wrong), &of(name, right));
    }
    shown.case("indicator-unused-column", &of("丙", "3"), &of("A", "3"));
    let ids = |one: &str, other: &str| of_data(&text, &[row(one, None, &[]), row(other, None, &[])]);
    shown.case("indicator-unit-twice", &ids("u", "u"), &ids("u", "v"));
    shown.case("indicator-unit-without-id", &ids("u", ""), &ids("u", "v"));
}

fn of_what_samples_and_keeps(shown: &mut Shown) {
    let pair = [
        row("x", None, &[("A", "1"), ("B", "2")]),
        row("y", None, &[("A", "2"), ("B", "1")]),
    ];
    let certain = index("[标准化]");
    let uncertain = index("[标准化]\n[不确定性]\nN = 1024\n改变 = { 权重 = \"±25 %\" }");
    shown.case(
        "indicator-uncertain-none",
        &of_sampling(&certain, &pair),
        &of_sampling(&uncertain, &pair),
    );
    let counted = |formula: &str| {
        format!(
            "```规则\n[输入]\n清单 = {{ 类型 = \"清单\", 词 = [\"甲\", \"乙\"] }}\n系数 = \"\"\n[不确定性]\nN = 1024\n[不确定度]\n系数 = \"±5 %\"\n```\n```指标\n| 代号 | 权重 | 取数或公式 | 计分 |\n|--|--|--|--|\n| A | 1 | {formula} | 线性(0→0, 5→100) |\n```\n"
        )
    };
    let data = [row("x", None, &[("清单", "甲；乙"), ("系数", "1")])];
    shown.case(
        "indicator-uncertain-beyond",
        &of_sampling(&counted("计数(清单) × 系数"), &data),
        &of_sampling(&counted("2 × 系数"), &data),
    );
    let kept = index("[标准化]\n极端值 = \"偏度2且峰度3.5\"");
    let calm: Vec<u32> = (1..=12).collect();
    shown.case(
        "indicator-freeze-no-index",
        &of_freezing(POINTS, &calm),
        &of_freezing(&kept, &calm),
    );
    let weighed = |low: u8| index(&format!("[标准化]\n范围 = [{low}, 100]\n[赋权]\n方法 = \"MEREC\""));
    shown.case(
        "indicator-weights-beyond",
        &of_data(&weighed(0), &pair),
        &of_data(&weighed(1), &pair),
    );
    let balanced = |weight: u8| {
        index("[标准化]\n[赋权]\n方法 = \"均衡\"").replace(
            "| B | 1 | 正向 |",
            &format!("| B | 1 | 正向 |\n| C | {weight} | 逆向 |"),
        )
    };
    let six = [
        ("10", "80", "3"),
        ("40", "60", "2"),
        ("70", "20", "9"),
        ("55", "50", "5"),
        ("90", "95", "1"),
        ("25", "70", "8"),
    ];
    let six: Vec<RawUnit> = ["u", "v", "w", "x", "y", "z"]
        .iter()
        .zip(six)
        .map(|(id, (a, b, c))| row(id, None, &[("A", a), ("B", b), ("C", c)]))
        .collect();
    shown.case(
        "indicator-balance-beyond",
        &of_data(&balanced(2), &six),
        &of_data(&balanced(1), &six),
    );
    let meta = ["A1", "", "1", "1", "Indicator"];
    shown.case(
        "indicator-import-no-data",
        &of_import(&meta, &["uCode", "A2"]),
        &of_import(&meta, &["uCode", "A1"]),
    );
}

/// The rules of findings that the sources name.
fn named() -> BTreeSet<String> {
    let mut named = BTreeSet::new();
    let mut folders = vec![std::path::PathBuf::from("src")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            for word in std::fs::read_to_string(path).unwrap().split('"') {
                let rule = word.starts_with("indicator-") && !word.starts_with("indicator-note-");
                if rule && word.bytes().all(|b| b.is_ascii_lowercase() || b == b'-') {
                    named.insert(word.to_owned());
                }
            }
        }
    }
    named
}

#[test]
fn every_finding_has_a_failing_and_a_passing_case() {
    let mut shown = Shown(crate::checking::shown());
    of_standards(&mut shown);
    of_what_is_idle(&mut shown);
    of_cells(&mut shown);
    of_what_samples_and_keeps(&mut shown);
    let shown: BTreeSet<String> = shown
        .0
        .into_iter()
        .filter(|rule| rule.starts_with("indicator-"))
        .map(str::to_owned)
        .collect();
    let named = named();
    assert!(named.len() >= 65, "{}", named.len());
    assert_eq!(named.difference(&shown).collect::<Vec<_>>(), [""; 0], "without a case");
    assert_eq!(shown.difference(&named).collect::<Vec<_>>(), [""; 0], "of no finding");
    println!(
        "{} findings, each with a case that has it and one that has it not",
        named.len()
    );
}
