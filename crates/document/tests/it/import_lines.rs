//! Word files in which paragraphs are not what they look like: lines of a program, items within a sentence, tables that go on.

use crate::import::with_body;
use document::import::docx;
use document::model::{Block, BlockKind, Document, ListStyle, Visit, walk_document};

fn line(text: &str) -> String {
    format!(
        "<w:p><w:r><w:t xml:space=\"preserve\">{}</w:t></w:r></w:p>",
        text.replace('&', "&amp;").replace('<', "&lt;")
    )
}

fn lines(texts: &[&str]) -> String {
    texts.iter().map(|text| line(text)).collect()
}

fn table(rows: &[&[&str]]) -> String {
    let cell = |text: &&str| format!("<w:tc>{}</w:tc>", line(text));
    let row = |cells: &&[&str]| format!("<w:tr>{}</w:tr>", cells.iter().map(cell).collect::<String>());
    format!("<w:tbl>{}</w:tbl>", rows.iter().map(row).collect::<String>())
}

fn read(body: &str) -> (Document, String) {
    let imported = docx(&with_body(body), "甲.files").unwrap();
    (imported.document, imported.source)
}

/// What the blocks are, in order: a word and what they say.
fn told(document: &Document) -> Vec<String> {
    struct Told(Vec<String>);
    impl<'a> Visit<'a> for Told {
        fn block(&mut self, block: &'a Block) {
            match &block.kind {
                BlockKind::Listing { text, .. } => self.0.push(format!("listing\n{}", text.trim_end())),
                BlockKind::List(list) => {
                    let word = if list.style == ListStyle::Ordered {
                        "ordered"
                    } else {
                        "dash"
                    };
                    self.0.push(format!("{word} {}", list.items.len()));
                }
                BlockKind::Table(table) => self.0.push(format!("table {}", table.body.len())),
                BlockKind::Paragraph(text) => {
                    self.0.push(document::model::plain_text(text));
                }
                _ => {}
            }
        }
    }
    let mut told = Told(Vec::new());
    walk_document(document, &mut told);
    told.0
}

#[test]
fn lines_of_a_program_are_one_listing() {
    let (document, source) = read(&lines(&[
        "1 结构",
        "1.1 标签头",
        "标签头的ASN.1定义为：",
        "SFL_Head::= SEQUENCE{",
        "  labelID    UTF8String,    --标志",
        "  creator    INTEGER    --创建者",
        "}",
        "其中：",
        "labelID：固定为“@SFL”；",
        "1.2 标识",
        "实际数据结构定义：",
        "typedef struct tagAttr",
        "{",
        "    char  szFileNo[32];",
        "}Attr;",
        "返回值见下。",
        "1.3 接口",
        "函数的声明：",
        "int SFF_Open(IN const char *name, OUT HSFL *handle);",
        "打开后应关闭。",
    ]));
    assert_eq!(
        told(&document),
        [
            "标签头的ASN.1定义为：",
            "listing\nSFL_Head::= SEQUENCE{\n  labelID    UTF8String,    --标志\n  creator    INTEGER    --创建者\n}",
            "其中：",
            "labelID：固定为“@SFL”；",
            "实际数据结构定义：",
            "listing\ntypedef struct tagAttr\n{\n    char  szFileNo[32];\n}Attr;",
            "返回值见下。",
            "函数的声明：",
            "listing\nint SFF_Open(IN const char *name, OUT HSFL *handle);",
            "打开后应关闭。",
        ],
        "{source}"
    );
}

#[test]
fn a_fixed_width_over_whole_paragraphs_is_a_listing() {
    let code = |text: &str| {
        format!(
            "<w:p><w:r><w:rPr><w:rFonts w:ascii=\"Consolas\" w:hAnsi=\"Consolas\"/></w:rPr><w:t xml:space=\"preserve\">{text}</w:t></w:r></w:p>"
        )
    };
    let body = [
        line("1 示例"),
        line("命令如下："),
        code("git status"),
        code("  git commit"),
        line("提交后应推送。"),
    ]
    .concat();
    let (document, source) = read(&body);
    assert_eq!(
        told(&document),
        ["命令如下：", "listing\ngit status\n  git commit", "提交后应推送。"],
        "{source}"
    );
}

#[test]
fn prose_with_braces_and_latin_words_stays_prose() {
    for texts in [
        &["1 要求", "集合{甲，乙}应完备。", "struct 是关键字。", "见表1；"][..],
        &["1 要求", "typedef 用于定义类型，见下。", "后续应编号。"],
        &["1 要求", "A::=B表示定义。"],
        &["1 要求", "Biaochi;", "标准应公开。"],
    ] {
        let (document, source) = read(&lines(texts));
        assert!(
            told(&document).iter().all(|told| !told.starts_with("listing")),
            "{source}"
        );
    }
}

#[test]
fn items_within_a_sentence_are_a_list() {
    let (document, source) = read(&lines(&[
        "1 要求",
        "1.1 人员",
        "人员应满足下列要求：1）持有证书；2）身体健康；3）经过培训。",
        "1.2 步骤",
        "描述：1）判断用户权限；",
        "2）解密密文数据。",
        "1.3 其他",
        "包括：（1）甲，（2）乙。",
        "单独的一项：1）甲。",
        "按4.2的a)和b)执行，误差1)不计。",
    ]));
    assert_eq!(
        told(&document),
        [
            "人员应满足下列要求：",
            "ordered 3",
            "持有证书；",
            "身体健康；",
            "经过培训。",
            "描述：",
            "ordered 2",
            "判断用户权限；",
            "解密密文数据。",
            "包括：",
            "ordered 2",
            "甲，",
            "乙。",
            "单独的一项：1）甲。",
            "按4.2的a)和b)执行，误差1)不计。",
        ],
        "{source}"
    );
}

#[test]
fn what_stands_in_an_item_stays_in_it() {
    let body = line("1 要求")
        + "<w:p><w:r><w:t>应：1）</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>甲</w:t></w:r><w:r><w:t>一；2）乙</w:t></w:r>\
           <w:ins w:author=\"丙\"><w:r><w:t>二</w:t></w:r></w:ins><w:r><w:t>。</w:t></w:r></w:p>";
    let (_, source) = read(&body);
    assert!(
        source.contains("应：\n\n1. **甲**一；\n1. 乙") && source.contains("二"),
        "{source}"
    );
}

#[test]
fn a_table_that_goes_on_is_one() {
    let head: &[&str] = &["项目", "限值"];
    let body = [
        line("1 要求"),
        line("限值应符合表1的规定。"),
        line("表1 限值"),
        table(&[head, &["甲", "1"], &["乙", "2"]]),
        line("表1（续）"),
        table(&[head, &["丙", "3"]]),
        line("续表1 限值"),
        table(&[&["丁", "4"], &["戊", "5"]]),
        line("表2 其他（续）"),
        table(&[head, &["己", "6"]]),
    ]
    .concat();
    let (document, source) = read(&body);
    let tables: Vec<String> = told(&document)
        .into_iter()
        .filter(|told| told.starts_with("table"))
        .collect();
    assert_eq!(tables, ["table 5", "table 1"], "{source}");
    for row in ["| 甲 | 1 |", "| 丙 | 3 |", "| 丁 | 4 |", "| 戊 | 5 |", "| 己 | 6 |"] {
        assert!(source.contains(row), "{row}: {source}");
    }
    assert_eq!(source.matches("| 项目 | 限值 |").count(), 2, "{source}");
}
