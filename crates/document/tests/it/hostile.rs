//! Sources that mean no good: no panic, no hang, no flood of memory.

use document::diff::{Change, Edition, diff};
use document::lint::{Profile, lint};
use document::resolve::resolve;
use document::source::{LONGEST, parse, parse_bytes, print};
use document::sts;
use proptest::prelude::*;

/// What makes a reader slow or deep that looks back or nests.
fn repeated(n: usize) -> Vec<String> {
    [
        "[",
        "![",
        "[](",
        "[@",
        "*",
        "**a ",
        "* ",
        "~a",
        "^",
        "`",
        "``a`",
        "$",
        "$a ",
        "$a$",
        "<!--",
        "\n<!--",
        "\n$$",
        "|",
        "\n|",
        "\n||",
        ">",
        "\n> ",
        "- ",
        "\n- ",
        "\n  - ",
        "a) ",
        "{#a}",
        "{-}",
        "\n{-} a",
        "注：",
        "\n注：a",
        "\n::: 注",
        "\n::: 表\n",
        "\n:::",
        "\n```\n",
        "\n# ",
        "\n#",
        "{",
        "}",
        "\"",
        "\n[^a]: b",
        "[^a]",
        "\\",
        "\n::: 框 {",
        "\n+++",
        "\n—— a",
        "<br>",
        "]",
        "(#",
        "\n![a](b)",
        "\n1. a\n1) b",
    ]
    .iter()
    .map(|piece| piece.repeat(n))
    .chain([
        format!("+++\n{}", "a = [".repeat(n)),
        format!("+++\na = {}\n+++\n", "[".repeat(n)),
        format!("```规则\n{}\n```", "a = { b = ".repeat(n)),
        format!("```表\n{}\n```", "\"".repeat(n)),
        (0..500).fold(String::new(), |text, depth| text + &"  ".repeat(depth) + "- a\n"),
        format!("|{}|\n{}", "a|".repeat(n), "|\n".repeat(n)),
    ])
    .collect()
}

#[test]
fn repetition_is_read_and_printed() {
    for source in repeated(20_000) {
        let parsed = parse(&source);
        let _ = print(&parsed.document);
    }
}

/// Headings, terms, formulas, references and items: what rules and comparisons look up in one another.
fn many(n: usize) -> Vec<String> {
    let each = |make: &dyn Fn(usize) -> String| -> String { (0..n).map(make).collect() };
    vec![
        each(&|i| format!("# 章{i}\n\n应{i}。\n")),
        each(&|i| format!("# 附录 甲{i} {{#a{i} .资料性}}\n\n应符合[](#a{})。\n", n - i)),
        format!(
            "# 术语和定义\n{}",
            each(&|i| format!("::: 术语 词{i}\n词{}。\n:::\n", n - i))
        ),
        format!("# 要求\n{}", each(&|i| format!("::: 公式 {{#e{i}}}\nS = x_{i}\n:::\n"))),
        format!(
            "# 要求\n{}",
            each(&|i| format!("按[@GB/T {i}—2020]和[](#x{i})，必须{i}mm。\n\n"))
        ),
        format!(
            "# 要求\n\n| 甲 | 乙 |\n|---|---|\n{}",
            each(&|i| format!("| {i} | {} |\n", n - i))
        ),
        format!("# 要求\n\n{}\n", each(&|i| format!("甲{i}乙"))),
    ]
}

#[test]
fn rules_comparisons_and_formats_take_what_repeats() {
    let mut before = parse("# 要求\n\n应完好。\n").document;
    for source in repeated(300).into_iter().chain(many(400)) {
        let document = parse(&source).document;
        let resolved = resolve(&document);
        let _ = lint(&document, &resolved, Profile::default());
        let _ = sts::print(&document, &resolved);
        let new = Edition {
            document: &document,
            resolved: &resolved,
        };
        let older = resolve(&before);
        let old = Edition {
            document: &before,
            resolved: &older,
        };
        let _ = diff(old, new);
        let same = diff(new, new);
        let other = same.pairs.iter().find(|pair| pair.change != Change::Same);
        assert!(other.is_none(), "{source:.60}: {other:?}");
        before = document;
    }
}

#[test]
fn a_source_beyond_the_limit_is_refused_and_said() {
    let parsed = parse(&"甲".repeat(LONGEST / 3 + 1));
    assert_eq!(parsed.findings.len(), 1);
    assert_eq!(parsed.findings[0].rule, "SRC-02");
    assert!(parsed.document.elements.is_empty());
}

proptest! {
    #![proptest_config(crate::cases(600))]

    #[test]
    fn any_bytes_are_read(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let parsed = parse_bytes(&bytes);
        let _ = print(&parsed.document);
        for finding in &parsed.findings {
            prop_assert!(finding.span.start <= finding.span.end);
        }
    }

    #[test]
    fn any_characters_are_read(source in "(\\PC|[\\n\\t|:#`$*\\-\\[\\]{}~^<>+@!\\\\]){0,200}") {
        let parsed = parse(&source);
        let _ = print(&parsed.document);
        let resolved = resolve(&parsed.document);
        for finding in lint(&parsed.document, &resolved, Profile::default()) {
            prop_assert!(finding.span.start <= finding.span.end, "{finding:?}");
        }
        let _ = sts::print(&parsed.document, &resolved);
    }
}
