//! HTML and JSON of documents.

use document::html::{Options, page};
use document::json;
use document::resolve::resolve;
use document::source::{parse, parse_bytes};
use proptest::prelude::*;

fn html(source: &str) -> String {
    let document = parse(source).document;
    page(&document, &resolve(&document), &Options::default())
}

fn body(page: &str) -> &str {
    page.split_once("</head>").map_or("", |(_, body)| body)
}

#[test]
fn every_form_has_its_place_on_the_page() {
    insta::assert_snapshot!(body(&html(include_str!("texts/every_form.md"))));
}

#[test]
fn the_numbered_document_reads_as_a_standard() {
    insta::assert_snapshot!(body(&html(include_str!("texts/numbered.md"))));
}

#[test]
fn an_executable_text_shows_its_data_as_tables() {
    let page = html(include_str!("texts/typed_numbers.md"));
    assert!(page.contains("生产区域5G覆盖率"));
    assert!(page.contains("折标系数_电 · 单位"));
    assert!(page.contains("<span class=\"number\">表1</span>"));
}

#[test]
fn what_stands_below_the_lists_is_shown() {
    let page = html(crate::LISTS_WITH_CLAUSES);
    for words in [
        "<section id=\"national\">\n<h3>",
        ">前一组的说明。</p>",
        "<section id=\"online\">\n<h3>",
        ">后一组的说明。</p>",
    ] {
        assert!(body(&page).contains(words), "{words}: {}", body(&page));
    }
}

#[test]
fn canonical_json_has_no_places() {
    let text = |source: &str| {
        let document = parse(source).document;
        json::print(&document, &resolve(&document)).unwrap_or_default()
    };
    let spaced = text("# 范围\n\n\n本文件规定了\n外观。\n");
    assert_eq!(spaced, text("# 范围\n本文件规定了外观。"));
    assert!(spaced.starts_with("{\n  \"form\": 1,"));
}

/// The first tag that runs, loads or reaches out. Text is escaped, so every `<` begins a tag of the page's own.
fn harmful(page: &str) -> Option<String> {
    const HARMLESS: &str = " a body br code dd details dfn div dl dt em figcaption figure h1 h2 h3 h4 h5 h6 header hr html \
        img li main mark nav ol p pre section span strong sub summary sup table tbody td tfoot th thead tr ul var \
        math semantics annotation merror mfrac mi mmultiscripts mn mo mover mpadded mphantom mprescripts mroot mrow ms \
        mspace msqrt mstyle msub msubsup msup mtable mtd mtext mtr munder munderover none ";
    body(page)
        .split('<')
        .skip(1)
        .map(|rest| rest.split('>').next().unwrap_or(rest).to_lowercase())
        .find(|tag| {
            let name = tag.trim_start_matches('/').split([' ', '/']).next().unwrap_or_default();
            let reaches = [
                "href=\"javascript:",
                "href=\"data:",
                "src=\"http",
                "src=\"/",
                "src=\"..",
                "src=\"file:",
            ]
            .iter()
            .any(|way| tag.contains(way));
            let outside_values: String = tag.split('"').step_by(2).collect();
            let runs = outside_values.split_whitespace().any(|word| word.starts_with("on"));
            !HARMLESS.contains(&format!(" {name} ")) || reaches || runs
        })
}

#[test]
fn hostile_texts_stay_text() {
    for source in [
        "# <script>alert(1)</script>\n<img src=x onerror=alert(1)>\n",
        "# 章\n[甲](javascript:alert(1)) [乙](https://a.cn/\"onclick=alert(1)) ![丙](//evil/x.png) ![丁](../x.png)\n",
        "# 章 {#a\"onclick=\"x}\n::: 表 <b onclick=x> {#t 单位=\"<script>\"}\n| <script> |\n|---|\n:::\n",
        "# 章\n$</math><script>alert(1)</script>$\n\n$$\n\\text{<script>}\\href{javascript:x}{y}\n$$\n",
        "+++\nid = \"<script>\"\ntitle = \"</title><script>\"\npublisher = \"<iframe>\"\nforeword.owner = \"<script>\"\n+++\n# 章\n",
        "# 术语和定义\n::: 术语 <script> {en=\"<script>\" 符号=\"</math><script>\" 领域=\"<script>\"}\n来源：<script>\n:::\n",
        "# 章\n::: 未归位 <script>\n<script>\n:::\n```<script>\n<script>\n```\n```参数\n\"<script>\" = \"<script>\"\n```\n",
    ] {
        let page = html(source);
        assert_eq!(harmful(&page), None, "{source}\n{page}");
    }
}

proptest! {
    #![proptest_config(crate::cases(400))]

    #[test]
    fn any_bytes_become_a_harmless_page(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let document = parse_bytes(&bytes).document;
        let resolved = resolve(&document);
        prop_assert_eq!(harmful(&page(&document, &resolved, &Options::default())), None);
        prop_assert!(json::print(&document, &resolved).is_ok());
    }

    #[test]
    fn any_formula_becomes_a_harmless_page(latex in "(\\\\[a-z]{1,8}|[{}^_&<>/a-z0-9 \\[\\]+=]){0,40}") {
        let page = html(&format!("# 章\n\n::: 公式\n{}\n:::\n\n# 尾\n", latex.replace('\n', " ")));
        prop_assert_eq!(harmful(&page), None);
    }
}
