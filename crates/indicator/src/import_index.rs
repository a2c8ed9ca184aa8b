//! Indices of COINr and the COIN Tool as executable standards: iMeta gives indicators, tree, weights, directions and
//! denominators, iData the names of what is measured.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use crate::finding::{Finding, Place};

/// How an imported index is computed, in the words of the rules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportOptions {
    /// `none`, `mean`, `median` or `group:COLUMN`.
    pub impute: String,
    /// `none` or `skew-kurt`.
    pub treat: String,
    /// `minmax:0:100`, `zscore`, `zscore:CENTRE:WIDTH` or `rank`.
    pub normalise: String,
    /// `arithmetic`, `geometric`, `harmonic`.
    pub aggregate: String,
}

impl Default for ImportOptions {
    fn default() -> Self {
        let word = str::to_owned;
        Self {
            impute: word("none"),
            treat: word("skew-kurt"),
            normalise: word("minmax:0:100"),
            aggregate: word("arithmetic"),
        }
    }
}

struct Row<'a> {
    code: &'a str,
    name: &'a str,
    direction: &'a str,
    weight: &'a str,
    unit: &'a str,
    denominator: &'a str,
    parent: &'a str,
    leaf: bool,
}

/// The text of a standard from iMeta (head, rows) and the head of iData. Findings name the line of iMeta.
pub fn import_index(
    meta_head: &[String],
    meta: &[(u32, Vec<String>)],
    data_head: &[String],
    options: &ImportOptions,
) -> Result<String, Vec<Finding>> {
    let mut findings = Vec::new();
    let column = |name: &str| meta_head.iter().position(|head| head == name);
    for name in ["iCode", "Parent", "Weight", "Direction"] {
        if column(name).is_none() {
            findings.push(Finding::error("indicator-key-missing", &place(1), &[("key", &name)]));
        }
    }
    if !findings.is_empty() {
        return Err(findings);
    }
    let mut rows = Vec::new();
    for (line, cells) in meta {
        let cell = |name: &str| column(name).and_then(|at| cells.get(at)).map_or("", |cell| cell.trim());
        let kind = cell("Type");
        let code = cell("iCode");
        if code.is_empty() || !matches!(kind, "" | "Indicator" | "Aggregate") {
            continue;
        }
        if rows.iter().any(|row: &Row<'_>| row.code == code) {
            findings.push(Finding::error(
                "indicator-code-twice",
                &place(*line),
                &[("code", &code)],
            ));
        }
        let leaf = kind == "Indicator" || (kind.is_empty() && data_head.iter().any(|head| head == code));
        if leaf && !data_head.iter().any(|head| head == code) {
            findings.push(Finding::error(
                "indicator-import-no-data",
                &place(*line),
                &[("code", &code)],
            ));
        }
        rows.push(Row {
            code,
            name: cell("iName"),
            direction: cell("Direction"),
            weight: cell("Weight"),
            unit: cell("Unit"),
            denominator: cell("Denominator"),
            parent: cell("Parent"),
            leaf,
        });
    }
    for row in &rows {
        if !row.parent.is_empty() && !rows.iter().any(|above| above.code == row.parent) {
            findings.push(Finding::error(
                "indicator-no-parent",
                &Place::default(),
                &[("code", &row.code), ("parent", &row.parent)],
            ));
        }
    }
    let rules = match rules(options) {
        Ok(rules) => rules,
        Err(finding) => {
            findings.push(finding);
            String::new()
        }
    };
    if findings.is_empty() {
        Ok(text(&rows, data_head, &rules))
    } else {
        Err(findings)
    }
}

fn place(line: u32) -> Place {
    Place {
        line: line as usize,
        column: 1,
        clause: String::new(),
    }
}

fn rules(options: &ImportOptions) -> Result<String, Finding> {
    let choice = |found: &str, known: &str| {
        Finding::error(
            "indicator-unknown-choice",
            &Place::default(),
            &[("found", &found), ("known", &known)],
        )
    };
    let mut parts = options.normalise.split(':');
    let method = parts.next().unwrap_or_default();
    let ends: Vec<&str> = parts.collect();
    let sound = ends.iter().all(|end| formula::Number::parse(end).is_some());
    let (method, range) = match (method, ends.as_slice()) {
        ("minmax", []) => ("极差", "[0, 100]".to_owned()),
        ("minmax", [low, high]) if sound => ("极差", format!("[{low}, {high}]")),
        ("zscore", []) => ("z分", "[0, 1]".to_owned()),
        ("zscore", [centre, width]) if sound => ("z分", format!("[{centre}, {width}]")),
        ("rank", []) => ("名次", String::new()),
        _ => return Err(choice(&options.normalise, "minmax:LOW:HIGH, zscore:CENTRE:WIDTH, rank")),
    };
    // Ranks have no ends of their own.
    let range = if range.is_empty() {
        range
    } else {
        format!("范围 = {range}\n")
    };
    let treat = match options.treat.as_str() {
        "none" => "无",
        "skew-kurt" => "偏度2且峰度3.5",
        other => return Err(choice(other, "none, skew-kurt")),
    };
    let (impute, group) = match options.impute.split_once(':') {
        None => match options.impute.as_str() {
            "none" => ("无", ""),
            "mean" => ("均值", ""),
            "median" => ("中位数", ""),
            other => return Err(choice(other, "none, mean, median, group:COLUMN")),
        },
        Some(("group", column)) if !column.is_empty() => ("组均值", column),
        Some(_) => return Err(choice(&options.impute, "none, mean, median, group:COLUMN")),
    };
    let aggregate = match options.aggregate.as_str() {
        "arithmetic" => "算术",
        "geometric" => "几何",
        "harmonic" => "调和",
        other => return Err(choice(other, "arithmetic, geometric, harmonic")),
    };
    let group = if group.is_empty() {
        String::new()
    } else {
        format!("组 = {}\n", quoted(group))
    };
    Ok(format!(
        "[标准化]\n方法 = \"{method}\"\n{range}极端值 = \"{treat}\"\n[插补]\n方法 = \"{impute}\"\n{group}[汇总]\n方法 = \"{aggregate}\"\n{UNCERTAIN}"
    ))
}

/// What `sensitivity` varies until the author says otherwise: the choices of the Handbook's seventh step. Scores from 1
/// upwards, so that a geometric mean is not decided by one least value.
const UNCERTAIN: &str = "[不确定性]\n改变 = { 极端值 = [\"偏度2且峰度3.5\", \"无\"], 标准化 = [{ 方法 = \"极差\", 范围 = [1, 100] }, \"名次\"], 权重 = \"±25 %\", 汇总 = [\"算术\", \"几何\"] }\n";

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

fn text(rows: &[Row<'_>], data_head: &[String], rules: &str) -> String {
    let title = rows
        .iter()
        .find(|row| row.parent.is_empty() && !row.leaf)
        .map_or("Index", |row| if row.name.is_empty() { row.code } else { row.name });
    let mut out = format!(
        "# {title}\n\n```规则\n[标准]\n编号 = {}\n模式 = \"指数\"\n{rules}[输入]\n",
        quoted(title)
    );
    let codes: BTreeSet<&str> = rows.iter().map(|row| row.code).collect();
    let divisors: BTreeSet<&str> = rows.iter().map(|row| row.denominator).collect();
    let identity = crate::data::UNIT_HEADS.iter().chain(&crate::data::PERIOD_HEADS);
    let reserved: BTreeSet<&str> = identity.copied().collect();
    for head in data_head {
        let head = head.as_str();
        if head.is_empty() || codes.contains(head) || reserved.contains(head) {
            continue;
        }
        // Denominators are numbers; whatever else the data holds (names, groups) is let in as it is.
        let kind = if divisors.contains(head) { "数量" } else { "任意" };
        let _ = writeln!(out, "{} = {{ 类型 = \"{kind}\" }}", quoted(head));
    }
    out.push_str(
        "```\n\n```指标\n| 代号 | 名称 | 上级 | 权重 | 方向 | 分母 |\n| --- | --- | --- | --- | --- | --- |\n",
    );
    for row in rows {
        let name = match (row.name, row.unit) {
            ("", _) => row.code.to_owned(),
            (name, unit) if unit.is_empty() || !row.leaf => name.to_owned(),
            (name, unit) => format!("{name} ({unit})"),
        };
        let falls = row.direction.trim_start().starts_with(['-', '−']);
        let direction = match (row.leaf, falls) {
            (false, _) => "",
            (true, true) => "逆向",
            (true, false) => "正向",
        };
        let cells = [row.code, &name, row.parent, row.weight, direction, row.denominator];
        let escaped: Vec<String> = cells.iter().map(|cell| cell.replace('|', "\\|")).collect();
        let _ = writeln!(out, "| {} |", escaped.join(" | "));
    }
    out.push_str("```\n");
    out
}
