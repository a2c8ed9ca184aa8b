//! What is found in a standard: for each finding a text that has it, and the mended text that has it not.

use std::cell::RefCell;
use std::collections::BTreeSet;

use crate::support::rules;

const HEAD: &str =
    "## 4 指标\n```指标\n| 代号 | 权重 | 单位 | 取数或公式 | 计分 | 缺失 | 方向 |\n|--|--|--|--|--|--|--|\n";

fn table(rows: &str) -> String {
    format!("{HEAD}{rows}\n```\n")
}

const SOUND: &str =
    "| A | 0.5 | % | 填报 | 线性(0→0, 100 %→100) | 失败 | |\n| B | 0.5 | 是否 | 填报 | 等级({是:100, 否:0}) | 失败 | |";

fn with(rows: &str, more: &str) -> String {
    format!(
        "{}## 5 规则\n```规则\n{more}\n```\n```例\n名 = \"例\"\n```\n",
        table(rows)
    )
}

thread_local! {
    /// The rules of which both cases were seen.
    static SHOWN: RefCell<BTreeSet<&'static str>> = RefCell::default();
}

/// Goes through all cases of this file; the rules that they show.
pub fn shown() -> BTreeSet<&'static str> {
    weights();
    codes_and_columns();
    units_and_formulas();
    directions_and_ladders();
    grades_and_gates();
    parameters_and_tables();
    keys_choices_and_kinds();
    examples();
    SHOWN.take()
}

#[track_caller]
fn mended(rule: &'static str, wrong: &str, right: &str) {
    let found = rules(wrong);
    assert!(found.contains(&rule), "{rule} not among {found:?} of\n{wrong}");
    let found = rules(right);
    assert!(!found.contains(&rule), "{rule} still among {found:?} of\n{right}");
    SHOWN.with_borrow_mut(|shown| shown.insert(rule));
}

#[track_caller]
fn mended_rows(rule: &'static str, wrong: &str, right: &str) {
    mended(rule, &with(wrong, ""), &with(right, ""));
}

#[track_caller]
fn mended_rules(rule: &'static str, wrong: &str, right: &str) {
    mended(rule, &with(SOUND, wrong), &with(SOUND, right));
}

#[test]
fn a_sound_standard_has_no_finding() {
    let grades = "[汇总]\n截断 = [0, 100]\n[等级]\n甲 = \"总分 ≥ 85 且 A.值 ≥ 60 %\"\n乙 = \"其余\"\n[[门槛]]\n条件 = \"B = 是\"";
    assert_eq!(rules(&with(SOUND, grades)), [""; 0]);
}

#[test]
fn weights() {
    mended_rows("indicator-weight-sum", &SOUND.replace("| B | 0.5", "| B | 0.6"), SOUND);
    mended_rows("indicator-weight-missing", &SOUND.replace("| B | 0.5", "| B | "), SOUND);
    mended_rows("indicator-no-weights", &SOUND.replace("| 0.5 |", "| |"), SOUND);
    mended_rows("indicator-weight", &SOUND.replace("| B | 0.5", "| B | 一半"), SOUND);
    mended_rules(
        "indicator-unknown-code",
        "[权重.\"2024\"]\nA = 0.5\nB = 0.5\nZ = 1",
        "[权重.\"2024\"]\nA = 0.5\nB = 0.5",
    );
    let dated = |weights: &str| format!("[权重.\"2022\"]\nA = 0.2\nB = 0.8\n[权重.\"2024\"]\n{weights}");
    let sound = dated("A = 0.3\nB = 0.7");
    mended_rules("indicator-weight-sum", &dated("A = 0.3\nB = 0.8"), &sound);
    mended_rules("indicator-weight", &dated("A = 1.3\nB = -0.3"), &sound);
    let by_period = |weights: &str| with(&SOUND.replace("| 0.5 |", "| |"), &dated(weights));
    mended(
        "indicator-weight-missing",
        &by_period("A = 1"),
        &by_period("A = 0.3\nB = 0.7"),
    );
    mended(
        "indicator-weight-missing",
        &by_period(""),
        &by_period("A = 0.3\nB = 0.7"),
    );
    mended(
        "indicator-no-weights",
        &with(&SOUND.replace("| 0.5 |", "| |"), ""),
        &by_period("A = 0.3\nB = 0.7"),
    );
}

#[test]
fn codes_and_columns() {
    mended_rows("indicator-code-twice", &SOUND.replace("| B |", "| A |"), SOUND);
    mended_rows("indicator-row-without-code", &SOUND.replace("| B |", "| |"), SOUND);
    let parent = |parent: &str| {
        format!(
            "```指标\n| 代号 | 上级 | 单位 | 计分 | 缺失 |\n|--|--|--|--|--|\n| A | | | | |\n| B | {parent} | 分 | | 失败 |\n```\n```例\n```\n"
        )
    };
    mended("indicator-no-parent", &parent("Z"), &parent("A"));
    mended("indicator-ring", &parent("B"), &parent("A"));
    mended(
        "indicator-unknown-column",
        &table(SOUND).replace("| 方向 |", "| 备注 |"),
        &table(SOUND),
    );
    mended("indicator-nothing-to-run", "# 空\n", &table(SOUND));
}

#[test]
fn units_and_formulas() {
    mended_rows(
        "formula-wrong-unit",
        "| A | 1 | t | 5 万元 × 数量 ÷ 数量 + 3 万元 | | 失败 | |",
        "| A | 1 | 万元 | 5 万元 + 3 万元 | 线性(0→0, 10→100) | 失败 | |",
    );
    mended_rows("formula-unknown-unit", &SOUND.replace("| % |", "| 斗 |"), SOUND);
    mended_rows("formula-unit-mismatch", &SOUND.replace("100 %→100", "100 t→100"), SOUND);
    mended_rows(
        "formula-rung-order",
        &SOUND.replace("0→0, 100 %→100", "0→0, 50 %→50, 20 %→100"),
        SOUND,
    );
    mended_rows(
        "indicator-no-scoring",
        &SOUND.replace("线性(0→0, 100 %→100)", ""),
        SOUND,
    );
    mended_rows("indicator-ring", &SOUND.replacen("填报", "B + A", 1), SOUND);
    let undeclared = |name: &str| with(&SOUND.replacen("填报", name, 1), "[输入]\n按时率 = \"%\"");
    mended("formula-unknown-name", &undeclared("按实率"), &undeclared("按时率"));
    mended_rules(
        "formula-unknown-word",
        "[[门槛]]\n条件 = \"B = \\\"或许\\\"\"",
        "[[门槛]]\n条件 = \"B = 是\"",
    );
    mended_rules(
        "formula-not-a-truth",
        "[[门槛]]\n条件 = \"A + 1\"",
        "[[门槛]]\n条件 = \"A ≥ 10 %\"",
    );
}

#[test]
fn directions_and_ladders() {
    let down = SOUND.replacen("| 失败 | |", "| 失败 | 逆向 |", 1);
    mended_rows(
        "indicator-ladder-direction",
        &down,
        &down.replace("0→0, 100 %→100", "0→100, 100 %→0"),
    );
    mended_rows(
        "indicator-ladder-turns",
        &SOUND.replace("0→0, 100 %→100", "0→0, 50 %→100, 100 %→0"),
        SOUND,
    );
    mended_rows(
        "indicator-table-gap",
        &SOUND.replace("线性(0→0, 100 %→100)", "阶梯(<50→0, >50→100)"),
        SOUND,
    );
    mended_rows("indicator-missing-unstated", &SOUND.replacen("失败", "", 1), SOUND);
    let index = |direction: &str| {
        format!(
            "{}```规则\n[标准]\n模式 = \"指数\"\n```\n",
            table(&format!("| A | 1 | 分 | | | | {direction} |"))
        )
    };
    mended("indicator-no-direction", &index(""), &index("正向"));
}

#[test]
fn grades_and_gates() {
    let grades = |rows: &str| format!("[汇总]\n截断 = [0, 100]\n[等级]\n{rows}");
    let sound = grades("甲 = \"总分 ≥ 85\"\n乙 = \"其余\"");
    mended_rules(
        "indicator-grade-gap",
        &grades("甲 = \"总分 ≥ 85\"\n乙 = \"总分 ≥ 60 且 总分 < 85\""),
        &sound,
    );
    mended_rules(
        "indicator-grade-gap",
        &grades("甲 = \"总分 > 60\"\n乙 = \"总分 < 60\""),
        &grades("甲 = \"总分 > 60\"\n乙 = \"总分 ≤ 60\""),
    );
    mended_rules("indicator-grade-gap", &grades("甲 = \"总分 ≥ 0 且 A ≥ 50 %\""), &sound);
    mended_rules(
        "indicator-grade-unreachable",
        &grades("乙 = \"总分 ≥ 60\"\n甲 = \"总分 ≥ 85\"\n丙 = \"其余\""),
        &sound,
    );
    mended_rules(
        "indicator-grade-unreachable",
        &grades("甲 = \"总分 > 100\"\n乙 = \"其余\""),
        &sound,
    );
    let gate = |condition: &str| format!("{sound}\n[[门槛]]\n条件 = \"{condition}\"");
    mended_rules("indicator-gate-idle", &gate("A.得分 ≥ 0"), &gate("A.得分 ≥ 10"));
    mended_rules("indicator-gate-shut", &gate("总分 > 100"), &gate("总分 > 10"));
    let otherwise = |grade: &str| format!("{sound}\n[[门槛]]\n条件 = \"A.得分 ≥ 10\"\n否则 = \"{grade}\"");
    mended_rules("indicator-gate-otherwise", &otherwise("丁"), &otherwise("乙"));
}

#[test]
fn parameters_and_tables() {
    let parameter = |values: &str| format!("[参数.EF]\n单位 = \"kgCO2/kWh\"\n值 = [{values}]");
    let sound = parameter("{期=2022, 发布=2024-12-20, 值=0.5366}");
    let twice = parameter("{期=2022, 发布=2024-12-20, 值=0.5366}, {期=2022, 发布=2024-12-20, 值=0.6}");
    mended_rules("indicator-parameter-twice", &twice, &sound);
    mended_rules(
        "indicator-parameter-unpublished",
        &parameter("{期=2022, 值=0.5366}"),
        &sound,
    );
    mended_rules("indicator-period", &parameter("{期=\"去年\", 值=0.5366}"), &sound);
    mended_rules(
        "indicator-cell-unit",
        &parameter("{期=2022, 发布=2024-12-20, 值=\"5 t\"}"),
        &sound,
    );
    let example = |day: &str| format!("{}```例\n报告日 = {day}\n```\n", with(SOUND, &sound));
    mended(
        "indicator-parameter-no-value",
        &example("2024-01-01"),
        &example("2025-01-01"),
    );
    let rows = |rows: &str| format!("[表.T]\n行 = [{rows}]");
    mended_rules(
        "indicator-table-gap",
        &rows("\"(0, 1) → 1\", \"(1, 2) → 2\""),
        &rows("\"(0, 1] → 1\", \"(1, 2) → 2\""),
    );
    mended_rules(
        "indicator-table-overlap",
        &rows("\"[0, 1] → 1\", \"[1, 2] → 2\""),
        &rows("\"[0, 1) → 1\", \"[1, 2] → 2\""),
    );
}

#[test]
fn keys_choices_and_kinds() {
    mended_rules(
        "indicator-unknown-key",
        "[等极]\n甲 = \"其余\"",
        "[等级]\n甲 = \"其余\"",
    );
    mended_rules(
        "indicator-unknown-choice",
        "[汇总]\n方法 = \"差不多\"",
        "[汇总]\n方法 = \"几何\"",
    );
    mended_rules(
        "indicator-unknown-choice",
        "[修约]\n时机 = \"每步\"",
        "[修约]\n时机 = \"仅结果\"",
    );
    mended_rules("indicator-interval", "[修约]\n总分 = 0.3", "[修约]\n总分 = 0.5");
    mended_rules(
        "indicator-wrong-kind",
        "[汇总]\n截断 = [100, 0]",
        "[汇总]\n截断 = [0, 100]",
    );
    mended_rules(
        "indicator-key-missing",
        "[[门槛]]\n否则 = \"不予评级\"",
        "[[门槛]]\n条件 = \"B = 是\"",
    );
    mended_rules("indicator-toml", "[汇总\n", "[汇总]\n");
    mended("indicator-table-empty", "```指标\n```\n", &table(SOUND));
}

#[test]
fn examples() {
    let example = |wanted: &str| {
        format!(
            "{}```例\n名 = \"甲\"\n[输入]\nA = 80\nB = true\n[期望]\n总分 = {wanted}\n```\n",
            table(SOUND)
        )
    };
    mended("indicator-example-fails", &example("91"), &example("90"));
    mended("indicator-example-fails", &example("\"90.1…\""), &example("\"90.0…\""));
    mended("indicator-no-example", &table(SOUND), &example("90"));
}

#[test]
fn a_finding_says_line_column_clause_and_mend_in_both_languages() {
    use language::Lang;
    let text = with(&SOUND.replace("100 %→100", "100 t→100"), "");
    let findings = crate::support::findings(&text);
    let finding = findings
        .iter()
        .find(|finding| finding.rule == "formula-unit-mismatch")
        .unwrap();
    assert_eq!((finding.place.line, finding.place.clause.as_str()), (5, "4"));
    let line = text.lines().nth(4).unwrap();
    let before: String = line.chars().take(finding.place.column - 1).collect();
    assert!(before.ends_with("线性(0→0, "), "{before}");
    assert!(
        finding.message(Lang::Zh).contains("量纲"),
        "{}",
        finding.message(Lang::Zh)
    );
    assert!(finding.mend(Lang::En).contains("unit"), "{}", finding.mend(Lang::En));
}

#[test]
fn comments_in_front_and_in_data_and_what_stands_before_the_chapters_are_not_counted() {
    let text = "+++\n# 示例文本\ntitle = { zh = [\"物流园区\", \"评价指南\"] }\n+++\n# 前言\n# 引言\n## 背景\n\
                ```表\n# 甲\n```\n# 范围\n```参数\n# 电\n```\n# 评价\n## 指标\n```指标\n```\n";
    let found = indicator::blocks(text);
    assert_eq!(found.title, "物流园区评价指南");
    let clauses: Vec<(&str, usize)> = found
        .blocks
        .iter()
        .map(|block| (block.clause.as_str(), block.first_line))
        .collect();
    assert_eq!(clauses, [("0.1", 9), ("1", 13), ("2.1", 18)]);
    // One title above the chapters, and a comment in the data beside it.
    let found = indicator::blocks("# 指南\n## 范围\n```参数\n# 电\n```\n## 评价\n```指标\n```\n");
    assert_eq!(found.title, "指南");
    assert_eq!(found.blocks[1].clause, "2");
    // What stands in braces is no word of a title, nor of a table's name.
    let found = indicator::blocks("# 指南 {#guide .x}\n```表 限值 {#t}\n甲,乙\n```\n");
    assert_eq!((found.title.as_str(), found.blocks[0].label.as_str()), ("指南", "限值"));
}

#[test]
fn annexes_count_by_letters_and_lists_at_the_end_not_at_all() {
    let block = "```表\n甲,乙\n```\n";
    let text = format!(
        "# 范围\n# 评价\n{block}# 附录 试验 {{#ax .规范性}}\n{block}## 一般\n{block}### 环境\n{block}\
         # 数据 {{.annex}}\n## 因子\n{block}# 附录的编写\n{block}# 参考文献\n## 网上\n{block}"
    );
    let found = indicator::blocks(&text);
    let clauses: Vec<&str> = found.blocks.iter().map(|block| block.clause.as_str()).collect();
    assert_eq!(clauses, ["2", "A", "A.1", "A.1.1", "B.1", "3", ""]);
}
