//! Sources → documents: what people would see, and where what is wrong stands.

use document::finding::Finding;
use document::model::{BlockKind, DataKind, ElementKind, Plain, Position};
use document::source::{Parsed, parse, parse_bytes};
use language::Lang;

fn told(findings: &[Finding]) -> Vec<String> {
    findings
        .iter()
        .map(|finding| {
            format!(
                "{} {} {}",
                finding.span.start,
                finding.rule,
                finding.message.text(Lang::Zh)
            )
        })
        .collect()
}

fn rules(parsed: &Parsed) -> Vec<(&'static str, u32, u32)> {
    parsed
        .findings
        .iter()
        .map(|finding| (finding.rule, finding.span.start.line, finding.span.start.column))
        .collect()
}

#[test]
fn every_form_of_the_dialect_is_read() {
    let parsed = parse(include_str!("texts/every_form.md"));
    insta::assert_json_snapshot!(parsed.document);
    insta::assert_snapshot!("every_form_findings", told(&parsed.findings).join("\n"));
}

#[test]
fn every_message_stands_in_both_languages() {
    let parsed = parse(include_str!("texts/every_form.md"));
    let before = language::missing_count();
    for finding in &parsed.findings {
        assert!(!finding.message.text(Lang::Zh).contains("{$"));
        assert!(!finding.message.text(Lang::En).contains("{$"));
    }
    assert_eq!(language::missing_count(), before);
}

#[test]
fn a_title_typed_as_heading_and_typed_numbers_are_accepted() {
    let parsed = parse(include_str!("texts/typed_numbers.md"));
    assert_eq!(parsed.document.front.title.zh(), "5G全连接工厂评估指南");
    let titles: Vec<(Option<&str>, String)> = parsed
        .document
        .elements
        .iter()
        .map(|element| {
            let title = element
                .clause
                .heading
                .as_ref()
                .map(|heading| Plain::of(&heading.title).text);
            (element.clause.typed_number.as_deref(), title.unwrap_or_default())
        })
        .collect();
    assert_eq!(
        titles,
        [(Some("5"), "评估指标".to_owned()), (Some("6"), "评估方法".to_owned())]
    );
    let kinds: Vec<DataKind> = parsed
        .document
        .elements
        .iter()
        .flat_map(|element| std::iter::once(&element.clause).chain(&element.clause.clauses))
        .flat_map(|clause| &clause.blocks)
        .filter_map(|block| match &block.kind {
            BlockKind::Data(fence) => Some(fence.kind),
            _ => None,
        })
        .collect();
    assert_eq!(
        kinds,
        [
            DataKind::Rules,
            DataKind::Indicators,
            DataKind::Parameters,
            DataKind::Rules,
            DataKind::Example
        ]
    );
    assert!(
        parsed
            .findings
            .iter()
            .all(|finding| finding.rule == "SRC-13" && finding.fix.is_some())
    );
    let caption = parsed
        .findings
        .iter()
        .find(|finding| finding.message.text(Lang::Zh).contains("（表1）"));
    assert_eq!(caption.map(|finding| finding.span.start), Some(Position::new(11, 15)));
}

/// What people see of rules is all that stands in them, a matrix line by line.
#[test]
fn a_matrix_and_mixed_choices_are_shown_whole() {
    use document::model::plain_text;
    let source = "# 方法\n\n```规则\n[层次分析.总分]\n矩阵 = [[1, 3], [\"1/3\", 1]]\n[不确定性]\n改变 = { 标准化 = [{ 方法 = \"名次\", 范围 = [1, 100] }, \"极差\"] }\n```\n";
    let parsed = parse(source);
    let BlockKind::Data(fence) = &parsed.document.elements[0].clause.blocks[0].kind else {
        panic!("a data fence");
    };
    let table = document::data::table(fence, &mut Vec::new());
    let rows: Vec<String> = table
        .body
        .iter()
        .map(|row| {
            let cells: Vec<String> = row.cells.iter().map(|cell| plain_text(&cell.text)).collect();
            cells.join(" | ")
        })
        .collect();
    assert_eq!(
        rows,
        [
            "层次分析 · 总分 · 矩阵 · 1 | 1，3",
            "层次分析 · 总分 · 矩阵 · 2 | 1/3，1",
            "不确定性 · 改变 · 标准化 · 方法 | 名次",
            "不确定性 · 改变 · 标准化 · 范围 | 1，100",
            "不确定性 · 改变 · 标准化 | 极差",
        ]
    );
}

#[test]
fn a_fence_keeps_its_text_and_its_place() {
    let parsed = parse("# 甲\n\n```规则\n[汇总]\n方法 = \"加权算术\"   # 说明\n```\n");
    let BlockKind::Data(fence) = &parsed.document.elements[0].clause.blocks[0].kind else {
        panic!("a data fence");
    };
    assert_eq!(fence.text, "[汇总]\n方法 = \"加权算术\"   # 说明\n");
    assert_eq!((fence.body.line, fence.body.column), (4, 1));
}

#[test]
fn several_errors_are_told_together_each_at_its_place() {
    let parsed = parse(
        "+++\nid = \"什么\"\ncolour = 1\ndates = { publish = \"明天\" }\n+++\n# 章\n::: 框\n正文[](#)。\n:::\n### 跳级\n[^x]\n:::\n```指标\n乱\n```\n",
    );
    assert_eq!(
        rules(&parsed),
        [
            ("SRC-06", 2, 6),
            ("SRC-05", 3, 1),
            ("SRC-06", 4, 21),
            ("SRC-07", 7, 5),
            ("SRC-24", 8, 3),
            ("SRC-19", 10, 5),
            ("SRC-16", 11, 1),
            ("SRC-11", 12, 1),
            ("SRC-20", 14, 1),
            ("SRC-21", 14, 1),
        ]
    );
}

#[test]
fn broken_toml_is_told_at_its_character() {
    let parsed = parse("# 章\n\n```参数\n[系数]\n单位 = \"千克\n值 = 1\n名 ＝ 2\n```\n");
    assert_eq!(
        rules(&parsed)
            .iter()
            .map(|(rule, line, _)| (*rule, *line))
            .collect::<Vec<_>>(),
        [("SRC-21", 5), ("SRC-21", 7)]
    );
}

#[test]
fn text_knows_the_place_of_each_character() {
    let parsed = parse("# 章\n\n甲\\*乙**必\n须**丙\n");
    let BlockKind::Paragraph(text) = &parsed.document.elements[0].clause.blocks[0].kind else {
        panic!("a paragraph");
    };
    let plain = Plain::of(text);
    assert_eq!(plain.text, "甲*乙必须丙");
    let places: Vec<(u32, u32)> = (0..6)
        .map(|index| plain.place_of_character(index))
        .map(|place| (place.line, place.column))
        .collect();
    assert_eq!(places, [(3, 1), (3, 3), (3, 4), (3, 7), (4, 1), (4, 4)]);
}

#[test]
fn chinese_needs_no_blanks_around_emphasis() {
    let parsed = parse("# 章\n\n组件**（含边框）**应*完好*。w_i与w_j，2*3*4。\n");
    let BlockKind::Paragraph(text) = &parsed.document.elements[0].clause.blocks[0].kind else {
        panic!("a paragraph");
    };
    insta::assert_json_snapshot!(text);
}

#[test]
fn an_unclosed_container_ends_before_the_next_heading() {
    let parsed = parse("# 范围\n::: 示例\n甲\n## 条\n乙\n");
    assert_eq!(rules(&parsed), [("SRC-10", 2, 1)]);
    assert_eq!(parsed.document.elements[0].clause.clauses.len(), 1);
}

#[test]
fn elements_are_known_by_their_titles() {
    let kinds: Vec<ElementKind> = parse("# 前言\n# 引 言\n# Scope\n# 符号和缩略语\n# 要求\n# 索引\n")
        .document
        .elements
        .iter()
        .map(|element| element.kind)
        .collect();
    assert_eq!(
        kinds,
        [
            ElementKind::Foreword,
            ElementKind::Introduction,
            ElementKind::Scope,
            ElementKind::Symbols,
            ElementKind::Chapter,
            ElementKind::Index
        ]
    );
}

#[test]
fn bytes_that_are_no_text_are_told_with_their_place() {
    let parsed = parse_bytes(
        "# 范围\n\n规定了"
            .as_bytes()
            .iter()
            .copied()
            .chain([0xb9, 0xfe])
            .collect::<Vec<_>>()
            .as_slice(),
    );
    assert_eq!(rules(&parsed), [("SRC-01", 3, 4)]);
    assert_eq!(parsed.document.elements.len(), 1);
}
