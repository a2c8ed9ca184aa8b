//! Sources that mean no good: no panic, no hang, no flood of memory.

use document::source::{LONGEST, parse, parse_bytes, print};
use proptest::prelude::*;

/// What makes a reader slow or deep that looks back or nests.
fn repeated() -> Vec<String> {
    let n = 20_000;
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
        format!("|{}|\n{}", "a|".repeat(20_000), "|\n".repeat(20_000)),
    ])
    .collect()
}

#[test]
fn repetition_is_read_and_printed() {
    for source in repeated() {
        let parsed = parse(&source);
        let _ = print(&parsed.document);
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
    }
}
