//! Data as people see them: tables.

use super::csv;
use super::toml_text::{Node, Value, read_toml};
use crate::finding::{Finding, message};
use crate::model::{Cell, Column, DataFence, DataKind, Inline, Position, Row, Span, Table};
use crate::source::rows::{RawCell, RawRow, merge, read_pipes};

/// Looks whether a fence can be read at all; what it means is not asked.
pub fn check(fence: &DataFence, findings: &mut Vec<Finding>) {
    let _ = table(fence, findings);
}

/// The table that people see: pipe tables and 表 as they are; parameters and rules with names in the first column and
/// values in the second; an example with what goes in and what must come out.
pub fn table(fence: &DataFence, findings: &mut Vec<Finding>) -> Table {
    match fence.kind {
        DataKind::Indicators => {
            let (table, others) = read_pipes(&fence.text, fence.body, findings);
            for span in others {
                findings.push(Finding::error("SRC-21", span, message!("doc-not-a-row")));
            }
            table
        }
        DataKind::Table => own_table(fence, findings),
        DataKind::Parameters | DataKind::Rules | DataKind::Example => {
            let node = toml(fence, findings);
            shown(&node)
        }
    }
}

fn toml(fence: &DataFence, findings: &mut Vec<Finding>) -> Node {
    let (node, faults) = read_toml(&fence.text, fence.body);
    for fault in faults {
        findings.push(Finding::error(
            "SRC-21",
            fault.span,
            message!("doc-toml", block = fence.kind.words().0, reason = fault.reason),
        ));
    }
    node
}

/// 表: TOML with `head` and `rows`, pipes, or CSV whose first record is the head.
fn own_table(fence: &DataFence, findings: &mut Vec<Finding>) -> Table {
    let first = fence.text.lines().map(str::trim).find(|line| !line.is_empty());
    if first.is_some_and(|line| line.starts_with('|')) {
        return read_pipes(&fence.text, fence.body, findings).0;
    }
    let is_toml = first.is_some_and(|line| {
        line.starts_with('#')
            || line.starts_with('[')
            || line
                .split_once('=')
                .is_some_and(|(key, _)| !key.contains([',', '"', '，']) && !key.trim().is_empty())
    });
    if !is_toml {
        let rows: Vec<RawRow> = csv::records(&fence.text, fence.body)
            .into_iter()
            .map(|record| RawRow {
                span: record.iter().fold(Span::NOWHERE, |span, field| span.to(field.span)),
                cells: record
                    .iter()
                    .map(|field| RawCell::written(&field.text, field.span.start, findings))
                    .collect(),
            })
            .collect();
        let head = rows.len().min(1);
        return merge(findings, rows, head, fence.span);
    }
    let node = toml(fence, findings);
    let mut rows = Vec::new();
    let mut head = 0;
    let mut table = Table::default();
    let (mut unit, mut caption) = (None, None);
    for entry in node.entries() {
        match entry.key.as_str() {
            "head" | "表头" => {
                let nested = entry.node.members().iter().any(|row| !row.members().is_empty());
                let lines: Vec<&Node> = if nested {
                    entry.node.members().iter().collect()
                } else {
                    vec![&entry.node]
                };
                head = lines.len();
                let lines: Vec<RawRow> = lines.into_iter().map(|row| toml_row(row, findings)).collect();
                rows.splice(0..0, lines);
            }
            "rows" | "行" => rows.extend(entry.node.members().iter().map(|row| toml_row(row, findings))),
            "unit" | "单位" => unit = entry.node.as_text().map(str::to_owned),
            "title" | "标题" => {
                caption = entry.node.as_text().map(|text| vec![Inline::text(text)]);
            }
            _ => findings.push(Finding::error(
                "SRC-08",
                entry.key_span,
                message!("doc-unknown-attribute", name = &entry.key, block = "表"),
            )),
        }
    }
    if !rows.is_empty() {
        table = merge(findings, rows, head, fence.span);
    }
    Table { caption, unit, ..table }
}

fn toml_row(row: &Node, findings: &mut Vec<Finding>) -> RawRow {
    RawRow {
        span: row.span,
        cells: row
            .members()
            .iter()
            .map(|cell| RawCell::written(&short(cell), inside(cell), findings))
            .collect(),
    }
}

/// Where the text of a string begins: behind its quote.
fn inside(node: &Node) -> Position {
    match node.value {
        Value::Text(_) => node.span.start.right(1),
        _ => node.span.start,
    }
}

/// Names and values, one row each; a table in a table shows its way in, `折标系数_电 · 单位`.
fn shown(node: &Node) -> Table {
    let mut rows = Vec::new();
    flatten("", node, &mut rows);
    Table {
        columns: vec![Column::default(); 2],
        head: Vec::new(),
        body: rows,
        ..Table::default()
    }
}

fn flatten(way: &str, node: &Node, rows: &mut Vec<Row>) {
    for entry in node.entries() {
        let name = if way.is_empty() {
            entry.key.clone()
        } else {
            format!("{way} · {}", entry.key)
        };
        let below = entry.node.members().iter().any(|member| !member.entries().is_empty());
        match &entry.node.value {
            Value::Table(_) if is_small(&entry.node) => rows.push(row(&name, &entry.node)),
            Value::Table(_) => flatten(&name, &entry.node, rows),
            // A matrix is shown line by line.
            Value::Array(lines) if lines.iter().any(|line| matches!(line.value, Value::Array(_))) => {
                for (at, line) in (1..).zip(lines) {
                    rows.push(row(&format!("{name} · {at}"), line));
                }
            }
            Value::Array(members) if below => {
                for member in members {
                    if is_small(member) || member.entries().is_empty() {
                        rows.push(row(&name, member));
                    } else {
                        flatten(&name, member, rows);
                    }
                }
            }
            _ => rows.push(row(&name, &entry.node)),
        }
    }
}

/// A table that fits a cell: a few plain values.
fn is_small(node: &Node) -> bool {
    let entries = node.entries();
    !entries.is_empty()
        && entries.len() <= 4
        && entries
            .iter()
            .all(|entry| !matches!(entry.node.value, Value::Table(_) | Value::Array(_)))
        && short(node).chars().count() <= 60
}

fn row(name: &str, node: &Node) -> Row {
    Row {
        span: node.span,
        cells: vec![
            Cell::new(vec![Inline::text(name)]),
            Cell {
                span: node.span,
                ..Cell::new(vec![Inline::text(short(node))])
            },
        ],
    }
}

/// A value on one line.
fn short(node: &Node) -> String {
    match &node.value {
        Value::Text(text) | Value::Number(text) | Value::Date(text) => text.clone(),
        Value::Flag(true) => "是".to_owned(),
        Value::Flag(false) => "否".to_owned(),
        Value::Array(members) => {
            let inner = |member: &Node| match &member.value {
                Value::Array(_) => format!("[{}]", short(member)),
                _ => short(member),
            };
            members.iter().map(inner).collect::<Vec<_>>().join("，")
        }
        Value::Table(entries) => entries
            .iter()
            .map(|entry| format!("{}：{}", entry.key, short(&entry.node)))
            .collect::<Vec<_>>()
            .join("；"),
    }
}
