//! Styles, fonts and numbering of official documents. Sizes after GB/T 9704—2012: body 三号 (16 pt) 仿宋, title 二号 (22 pt)
//! 小标宋, headings 黑体 and 楷体, page numbers 四号 (14 pt) 宋体; 22 lines to a page.

/// A paragraph style: id, name, Latin and Chinese font, size in half points, further properties of paragraph and run.
struct Style {
    id: &'static str,
    name: &'static str,
    font: &'static str,
    half_points: u32,
    paragraph: &'static str,
    run: &'static str,
}

const BODY_FONT: &str = "仿宋";
const TITLE_FONT: &str = "方正小标宋简体";
const TWO_CHARACTERS: &str = r#"<w:ind w:firstLineChars="200" w:firstLine="640"/><w:jc w:val="both"/>"#;

const STYLES: &[Style] = &[
    Style {
        id: "Mark",
        name: "发文机关标志",
        font: TITLE_FONT,
        half_points: 72,
        paragraph: r#"<w:spacing w:before="0" w:after="240" w:line="900" w:lineRule="exact"/><w:jc w:val="center"/>"#,
        run: r#"<w:color w:val="FF0000"/>"#,
    },
    Style {
        id: "DocumentNumber",
        name: "发文字号",
        font: BODY_FONT,
        half_points: 32,
        paragraph: r#"<w:jc w:val="center"/>"#,
        run: "",
    },
    Style {
        id: "RedRule",
        name: "红色分隔线",
        font: BODY_FONT,
        half_points: 12,
        paragraph: r#"<w:pBdr><w:top w:val="single" w:sz="16" w:space="4" w:color="FF0000"/></w:pBdr><w:spacing w:before="80" w:after="400" w:line="240" w:lineRule="exact"/>"#,
        run: "",
    },
    Style {
        id: "Title",
        name: "Title",
        font: TITLE_FONT,
        half_points: 44,
        paragraph: r#"<w:spacing w:before="0" w:after="579" w:line="640" w:lineRule="exact"/><w:jc w:val="center"/>"#,
        run: "",
    },
    Style {
        id: "Addressee",
        name: "主送机关",
        font: BODY_FONT,
        half_points: 32,
        paragraph: r#"<w:jc w:val="left"/>"#,
        run: "",
    },
    Style {
        id: "Heading1",
        name: "heading 1",
        font: "黑体",
        half_points: 32,
        paragraph: r#"<w:keepNext/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:ind w:left="0" w:firstLineChars="200" w:firstLine="640"/><w:outlineLvl w:val="0"/>"#,
        run: "",
    },
    Style {
        id: "Heading2",
        name: "heading 2",
        font: "楷体",
        half_points: 32,
        paragraph: r#"<w:keepNext/><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr><w:ind w:left="0" w:firstLineChars="200" w:firstLine="640"/><w:outlineLvl w:val="1"/>"#,
        run: "",
    },
    Style {
        id: "BodyText",
        name: "Body Text",
        font: BODY_FONT,
        half_points: 32,
        paragraph: TWO_CHARACTERS,
        run: "",
    },
    Style {
        id: "TableHead",
        name: "表头",
        font: "黑体",
        half_points: 21,
        paragraph: r#"<w:spacing w:before="40" w:after="40" w:line="300" w:lineRule="atLeast"/><w:jc w:val="center"/>"#,
        run: "",
    },
    Style {
        id: "TableText",
        name: "表文",
        font: BODY_FONT,
        half_points: 21,
        paragraph: r#"<w:spacing w:before="20" w:after="20" w:line="280" w:lineRule="atLeast"/>"#,
        run: "",
    },
    Style {
        id: "AfterTable",
        name: "表后",
        font: BODY_FONT,
        half_points: 12,
        paragraph: r#"<w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="exact"/>"#,
        run: "",
    },
    Style {
        id: "Annex",
        name: "附件说明",
        font: BODY_FONT,
        half_points: 32,
        paragraph: r#"<w:spacing w:before="579" w:after="0" w:line="579" w:lineRule="exact"/><w:ind w:firstLineChars="200" w:firstLine="640"/>"#,
        run: "",
    },
    Style {
        id: "AnnexNext",
        name: "附件说明续",
        font: BODY_FONT,
        half_points: 32,
        paragraph: r#"<w:ind w:leftChars="500" w:left="1600"/>"#,
        run: "",
    },
    Style {
        id: "Signature",
        name: "Signature",
        font: BODY_FONT,
        half_points: 32,
        paragraph: r#"<w:keepNext/><w:spacing w:before="1158" w:after="0" w:line="579" w:lineRule="exact"/><w:ind w:rightChars="200" w:right="640"/><w:jc w:val="right"/>"#,
        run: "",
    },
    Style {
        id: "IssueDay",
        name: "成文日期",
        font: BODY_FONT,
        half_points: 32,
        paragraph: r#"<w:ind w:rightChars="400" w:right="1280"/><w:jc w:val="right"/>"#,
        run: "",
    },
    Style {
        id: "Note",
        name: "附注",
        font: BODY_FONT,
        half_points: 21,
        paragraph: r#"<w:spacing w:before="240" w:after="0" w:line="320" w:lineRule="atLeast"/>"#,
        run: "",
    },
    Style {
        id: "Header",
        name: "header",
        font: "黑体",
        half_points: 21,
        paragraph: r#"<w:spacing w:line="240" w:lineRule="auto"/><w:jc w:val="right"/>"#,
        run: "",
    },
    Style {
        id: "Footer",
        name: "footer",
        font: "宋体",
        half_points: 28,
        paragraph: r#"<w:spacing w:line="240" w:lineRule="auto"/>"#,
        run: "",
    },
];

/// `word/styles.xml`.
pub(super) fn styles() -> String {
    let mut xml = format!(
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:styles xmlns:w="{W}"><w:docDefaults><w:rPrDefault><w:rPr>{}<w:sz w:val="32"/><w:szCs w:val="32"/><w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:before="0" w:after="0" w:line="579" w:lineRule="exact"/></w:pPr></w:pPrDefault></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style><w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont"><w:name w:val="Default Paragraph Font"/></w:style><w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:left w:w="85" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>"#,
        fonts(BODY_FONT)
    );
    for style in STYLES {
        xml.push_str(&format!(
            r#"<w:style w:type="paragraph" w:styleId="{}"><w:name w:val="{}"/><w:basedOn w:val="Normal"/><w:qFormat/><w:pPr>{}</w:pPr><w:rPr>{}{}<w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr></w:style>"#,
            style.id,
            style.name,
            style.paragraph,
            fonts(style.font),
            style.run,
            size = style.half_points,
        ));
    }
    xml.push_str(
        r#"<w:style w:type="character" w:styleId="Hyperlink"><w:name w:val="Hyperlink"/><w:rPr><w:color w:val="1F4E79"/><w:u w:val="single"/></w:rPr></w:style><w:style w:type="table" w:styleId="ReportTable"><w:name w:val="报表"/><w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders><w:top w:val="single" w:sz="8" w:space="0" w:color="000000"/><w:left w:val="single" w:sz="4" w:space="0" w:color="000000"/><w:bottom w:val="single" w:sz="8" w:space="0" w:color="000000"/><w:right w:val="single" w:sz="4" w:space="0" w:color="000000"/><w:insideH w:val="single" w:sz="4" w:space="0" w:color="000000"/><w:insideV w:val="single" w:sz="4" w:space="0" w:color="000000"/></w:tblBorders></w:tblPr></w:style></w:styles>"#,
    );
    xml
}

/// The namespace of WordprocessingML.
pub(super) const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

fn fonts(chinese: &str) -> String {
    format!(
        r#"<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="{chinese}" w:cs="Times New Roman"/>"#
    )
}

/// `word/fontTable.xml`: what may stand in where a font is not installed; SimSun everywhere.
pub(super) fn font_table() -> String {
    let mut xml = format!(r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:fonts xmlns:w="{W}">"#);
    for (name, others) in [
        (BODY_FONT, "FangSong,仿宋_GB2312,FangSong_GB2312,宋体,SimSun"),
        (TITLE_FONT, "FZXiaoBiaoSong-B05S,宋体,SimSun"),
        ("黑体", "SimHei,宋体,SimSun"),
        ("楷体", "KaiTi,楷体_GB2312,宋体,SimSun"),
        ("宋体", "SimSun"),
    ] {
        xml.push_str(&format!(r#"<w:font w:name="{name}"><w:altName w:val="{others}"/><w:charset w:val="86"/><w:family w:val="auto"/><w:pitch w:val="variable"/></w:font>"#));
    }
    xml.push_str("</w:fonts>");
    xml
}

/// `word/numbering.xml`: 一、 and （一）.
pub(super) fn numbering() -> String {
    let level = |level: u8, text: &str, style: &str| {
        format!(
            r#"<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:pStyle w:val="{style}"/><w:suff w:val="nothing"/><w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/></w:lvl>"#
        )
    };
    format!(
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="multilevel"/>{}{}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>"#,
        level(0, "%1、", "Heading1"),
        level(1, "（%2）", "Heading2"),
    )
}
