//! Printing and reading again gives the same document, and the same text.

use document::source::{parse, print};
use proptest::prelude::*;

fn holds(source: &str) -> Result<(), String> {
    let first = parse(source).document;
    let printed = print(&first);
    let second = parse(&printed).document;
    let (a, b) = (
        serde_json::to_string_pretty(&first).map_err(|e| e.to_string())?,
        serde_json::to_string_pretty(&second).map_err(|e| e.to_string())?,
    );
    if a != b {
        let line = a.lines().zip(b.lines()).position(|(a, b)| a != b).unwrap_or(0);
        let near = |text: &str| {
            text.lines()
                .skip(line.saturating_sub(6))
                .take(12)
                .collect::<Vec<_>>()
                .join("\n")
        };
        return Err(format!(
            "source {source:?}\nprinted {printed:?}\nfirst\n{}\nsecond\n{}",
            near(&a),
            near(&b)
        ));
    }
    let again = print(&second);
    if again != printed {
        return Err(format!("source {source:?}\nprinted {printed:?}\nagain   {again:?}"));
    }
    Ok(())
}

#[test]
fn every_form_comes_back() {
    for source in [
        include_str!("texts/every_form.md"),
        include_str!("texts/typed_numbers.md"),
        "# 规范性引用文件\n- @![图](a.png)\n$$\n",
        include_str!("texts/numbered.md"),
        "$$<!--$$-->",
        "```表 限值",
        "::: 公式 {#e\n::: 术语 词 {en=\"word\"}\n式中：\nR：金属回收率\n",
        "::: 图 甲\n<!--\n标引序号说明：\n\n乙 -->\n",
    ] {
        if let Err(difference) = holds(source) {
            panic!("{difference}");
        }
    }
}

#[test]
fn the_canonical_source_of_every_form() {
    insta::assert_snapshot!(print(&parse(include_str!("texts/every_form.md")).document));
}

/// Pieces of the dialect, put together at random: more than letters at random, these meet its corners.
pub const PIECES: &[&str] = &[
    "甲",
    "乙 ",
    "字",
    "x",
    "1",
    "2.5",
    " ",
    "\n",
    "\n",
    "\n\n",
    "\n\n",
    "# ",
    "\n# ",
    "\n## ",
    "\n### ",
    "- ",
    "\n- ",
    "\n  - ",
    "\n1. ",
    "\na) ",
    "\n1) ",
    "\n—— ",
    "\n·",
    "*",
    "**",
    "***",
    "~",
    "^",
    "`",
    "``",
    "$",
    "$$",
    "\n$$\n",
    "[",
    "]",
    "(",
    ")",
    "](#a)",
    "](https://e.cn)",
    "[@GB/T 1.1—2020, 5.2]",
    "[@",
    "[^1]",
    "\n[^1]: ",
    "\n\n[^1]: ",
    "{",
    "}",
    "{-}",
    "\n{-} ",
    "{#a}",
    "\n{#b}\n",
    "{#c} ",
    "\\",
    "\\\\",
    "|",
    "\n| 甲 | 乙 |\n|---|---|\n| 丙 | < |\n",
    "\n| ^ |",
    "\n|---|\n",
    "<",
    "<br>",
    "<!--",
    "-->",
    "\n<!-- 丁 -->\n",
    "\n::: ",
    "\n:::\n",
    "\n::: 表 题 {#t}\n",
    "\n::: 注\n",
    "\n::: 示例\n",
    "\n::: 图 图题\n",
    "![图](a.png)",
    "\n::: 公式 {#q}\nS = w_i\n式中：\nS：得分\n:::\n",
    "\n::: 术语 词 {en=\"word\"}\n",
    "\n来源：GB/T 1—2020，3.1\n",
    "注：",
    "\n注：",
    "\n示例：",
    "\n```规则\n[汇总]\n方法 = \"x\"\n```\n",
    "\n```\n",
    "\n```表\n甲,乙\n1,<\n```\n",
    "\n+++\n",
    "title = \"题\"\n",
    "id = \"T/ABC 1—2026\"\n",
    "\n# 附录 ",
    "\n# 规范性引用文件\n",
    "\n# 参考文献\n",
    "\n- @GB/T 2912.1—2009 题",
    "\n- GB/T 3102（所有部分）",
    "\n# 术语和定义\n",
    "\n# 范围\n",
    "5.2 ",
    "第4章 ",
    "附录A（规范性） ",
    "\n> ",
    "\n---\n",
    "\n===\n",
    "\t",
    "\u{3000}",
    "：",
    ":",
    "；",
    ";",
    "[10 mm]{.量}",
    "[v]{.变量}",
    "{.规范性}",
    "!",
    "。",
    "\r\n",
    "（表1）",
    "\n::: 修改 5.2 {做法=\"删除\"}\n",
    "\n::: 未归位 x\n",
    "\n标引序号说明：\n",
    "\n::: 分图 甲 {#f}\n",
    "\n::: 译文\n",
    "\n::: 框\n",
    "\"",
    "=",
    "#",
    "@",
    "—",
    "——",
];

proptest! {
    #![proptest_config(crate::cases(3_000))]

    #[test]
    fn pieces_come_back(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..24)) {
        let source: String = pieces.concat();
        if let Err(difference) = holds(&source) {
            return Err(TestCaseError::fail(difference));
        }
    }

    #[test]
    fn any_text_comes_back(source in "\\PC{0,60}") {
        if let Err(difference) = holds(&source) {
            return Err(TestCaseError::fail(difference));
        }
    }
}

/// A formula asks for a table by the words behind the fence's mark.
#[test]
fn the_name_of_a_fence_of_data_is_never_changed() {
    let titled = |fence: &str| format!("# 评价\n\n::: 表 题甲 {{#t}}\n```{fence}\n甲,乙\n1,2\n```\n:::\n");
    for fence in ["表 名乙", "表", "表 题甲"] {
        let source = titled(fence);
        let printed = print(&parse(&source).document);
        assert!(printed.contains(&format!("```{fence}\n")), "{printed}");
        assert!(printed.contains("::: 表 题甲 {#t}\n"), "{printed}");
        holds(&source).unwrap();
        // And through STS.
        let document = parse(&source).document;
        let carried = document::sts::print(&document, &document::resolve::resolve(&document));
        let back = print(&document::import::sts(carried.as_bytes()).unwrap().document);
        assert!(back.contains(&format!("```{fence}\n")), "{back}");
    }
}
