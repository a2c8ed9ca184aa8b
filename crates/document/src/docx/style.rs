//! The styles: named as those of the drafting template (`标准文件_…`), so that who drafts in Word finds what is known.

/// The paragraph styles that have no levels, by what they are for.
pub(super) const TEXT: &str = "Duan";
pub(super) const FRONT_TITLE: &str = "QianYan";
pub(super) const CONTENTS_TITLE: &str = "MuCi";
pub(super) const BODY_TITLE: &str = "BiaoZhunMingCheng";
pub(super) const ANNEX_TITLE: &str = "FuLuBiaoShi";
pub(super) const BACK_TITLE: &str = "CanKaoWenXian";
pub(super) const TERM_NUMBER: &str = "ShuYuTiao";
pub(super) const TERM_WORDS: &str = "ShuYu";
pub(super) const NOTE: &str = "Zhu";
pub(super) const NOTE_NUMBERED: &str = "ZhuN";
pub(super) const NOTE_TEXT: &str = "ZhuXu";
pub(super) const EXAMPLE: &str = "ShiLi";
pub(super) const EXAMPLE_NUMBERED: &str = "ShiLiN";
pub(super) const EXAMPLE_TEXT: &str = "ShiLiXu";
pub(super) const ITEM_TEXT: &str = "LieXiangXu";
pub(super) const TABLE_TITLE: &str = "BiaoTi";
pub(super) const ANNEX_TABLE_TITLE: &str = "FuLuBiaoTi";
pub(super) const FIGURE_TITLE: &str = "TuTi";
pub(super) const ANNEX_FIGURE_TITLE: &str = "FuLuTuTi";
pub(super) const PART_TITLE: &str = "FenTuTi";
pub(super) const UNIT: &str = "DanWei";
pub(super) const CELL: &str = "BiaoGe";
pub(super) const CELL_TEXT: &str = "BiaoGeDuan";
pub(super) const OBJECT_NOTE: &str = "TuBiaoJiaoZhu";
pub(super) const PICTURE: &str = "Tu";
pub(super) const KEY: &str = "BiaoYin";
pub(super) const FORMULA: &str = "GongShi";
pub(super) const WHERE: &str = "ShiZhong";
pub(super) const SYMBOL: &str = "ShiWen";
pub(super) const WARNING: &str = "ZhongYaoTiShi";
pub(super) const REFERENCE: &str = "YinYongWenJian";
pub(super) const BIBLIOGRAPHY: &str = "CanKaoTiaoMu";
pub(super) const INDEX_LETTER: &str = "SuoYinZiMu";
pub(super) const INDEX: &str = "SuoYin";
pub(super) const LISTING: &str = "DaiMa";
pub(super) const CHANGE: &str = "XiuGai";
pub(super) const UNPLACED: &str = "WeiGuiWei";
pub(super) const END_LINE: &str = "ZhongJieXian";
pub(super) const AFTER: &str = "KongHang";
pub(super) const FOOTNOTE: &str = "JiaoZhu";
pub(super) const HEADER_ODD: &str = "ShuMeiJi";
pub(super) const HEADER_EVEN: &str = "ShuMeiOu";
pub(super) const FOOTER_ODD: &str = "ShuJiaoJi";
pub(super) const FOOTER_EVEN: &str = "ShuJiaoOu";
pub(super) const COMMENT: &str = "PiZhu";
/// The cover's.
pub(super) const COVER_CODES: &str = "FMFenLei";
pub(super) const COVER_EMBLEM: &str = "FMBiaoZhi";
pub(super) const COVER_CLASS: &str = "FMChengWei";
pub(super) const COVER_NUMBER: &str = "FMBianHao";
pub(super) const COVER_REPLACES: &str = "FMDaiTi";
pub(super) const COVER_LINE: &str = "FMXian";
pub(super) const COVER_TITLE: &str = "FMMingCheng";
pub(super) const COVER_TITLE_EN: &str = "FMYingWen";
pub(super) const COVER_ADOPTION: &str = "FMYiZhi";
pub(super) const COVER_DRAFT: &str = "FMWenGao";
pub(super) const COVER_DRAFT_DATE: &str = "FMWanCheng";
pub(super) const COVER_CALL: &str = "FMZhuanLi";
pub(super) const COVER_PUBLISHED: &str = "FMFaBuRi";
pub(super) const COVER_IMPLEMENTED: &str = "FMShiShiRi";
pub(super) const COVER_PUBLISHER: &str = "FMFaBu";
/// By level from 1.
pub(super) const CLAUSES: [&str; 6] = ["Zhang", "Tiao1", "Tiao2", "Tiao3", "Tiao4", "Tiao5"];
pub(super) const UNTITLED: [&str; 5] = ["Wu1", "Wu2", "Wu3", "Wu4", "Wu5"];
pub(super) const ANNEX_CLAUSES: [&str; 5] = ["FuTiao1", "FuTiao2", "FuTiao3", "FuTiao4", "FuTiao5"];
pub(super) const ANNEX_UNTITLED: [&str; 5] = ["FuWu1", "FuWu2", "FuWu3", "FuWu4", "FuWu5"];
pub(super) const DASHES: [&str; 2] = ["PoZheHao", "YuanDian"];
pub(super) const LETTERS: [&str; 2] = ["ZiMu", "ShuZi"];
pub(super) const CONTENTS: [&str; 2] = ["TOC1", "TOC2"];
/// Within a line.
pub(super) const STRONG: &str = "ZhuoZhong";
pub(super) const EMPHASIS: &str = "QiangDiao";
pub(super) const CODE: &str = "DaiMaZi";
pub(super) const VARIABLE: &str = "BianLiang";
pub(super) const LINK: &str = "LianJie";
pub(super) const NOTE_MARK: &str = "JiaoZhuHao";
pub(super) const TABLE: &str = "Biao";

/// A style as it is printed.
struct Style {
    id: &'static str,
    name: &'static str,
    based_on: &'static str,
    paragraph: &'static str,
    run: &'static str,
}

const fn style(
    id: &'static str,
    name: &'static str,
    based_on: &'static str,
    paragraph: &'static str,
    run: &'static str,
) -> Style {
    Style {
        id,
        name,
        based_on,
        paragraph,
        run,
    }
}

const HEI: &str = "<w:rFonts w:ascii=\"Times New Roman\" w:hAnsi=\"Times New Roman\" w:eastAsia=\"黑体\"/>";
const CENTRE: &str = "<w:ind w:firstLine=\"0\"/><w:jc w:val=\"center\"/>";
const FLUSH: &str = "<w:ind w:firstLine=\"0\"/>";

macro_rules! numbered {
    ($level:literal, $list:literal, $space:literal) => {
        concat!(
            "<w:keepNext/><w:numPr><w:ilvl w:val=\"",
            $level,
            "\"/><w:numId w:val=\"",
            $list,
            "\"/></w:numPr><w:spacing w:before=\"",
            $space,
            "\" w:after=\"",
            $space,
            "\"/><w:ind w:left=\"0\" w:firstLine=\"0\"/><w:outlineLvl w:val=\"",
            $level,
            "\"/>"
        )
    };
}

macro_rules! untitled {
    ($level:literal, $list:literal) => {
        concat!(
            "<w:numPr><w:ilvl w:val=\"",
            $level,
            "\"/><w:numId w:val=\"",
            $list,
            "\"/></w:numPr><w:ind w:left=\"0\" w:firstLine=\"0\"/>"
        )
    };
}

/// Sizes in half points: 26 pt 一号, 16 三号, 14 四号, 10.5 五号 (the default), 9 小五.
const YI: &str = "<w:sz w:val=\"52\"/><w:szCs w:val=\"52\"/>";
const SAN: &str = "<w:sz w:val=\"32\"/><w:szCs w:val=\"32\"/>";
const SI: &str = "<w:sz w:val=\"28\"/><w:szCs w:val=\"28\"/>";
const XIAOWU: &str = "<w:sz w:val=\"18\"/><w:szCs w:val=\"18\"/>";

const PARAGRAPHS: [Style; 78] = [
    style(TEXT, "标准文件_段", "Normal", "<w:ind w:firstLine=\"420\"/>", ""),
    style(
        FRONT_TITLE,
        "标准文件_前言、引言标题",
        "Normal",
        "<w:keepNext/><w:pageBreakBefore/><w:spacing w:before=\"0\" w:after=\"360\"/><w:jc w:val=\"center\"/><w:outlineLvl w:val=\"0\"/>",
        "HEI SAN",
    ),
    style(
        CONTENTS_TITLE,
        "标准文件_目录标题",
        "Normal",
        "<w:keepNext/><w:pageBreakBefore/><w:spacing w:before=\"0\" w:after=\"360\"/><w:jc w:val=\"center\"/>",
        "HEI SAN",
    ),
    style(
        BODY_TITLE,
        "标准文件_正文标准名称",
        "Normal",
        "<w:keepNext/><w:spacing w:before=\"0\" w:after=\"480\"/><w:jc w:val=\"center\"/>",
        "HEI SAN",
    ),
    style("Zhang", "标准文件_章标题", TEXT, numbered!("0", "1", "312"), "HEI"),
    style("Tiao1", "标准文件_一级条标题", TEXT, numbered!("1", "1", "156"), "HEI"),
    style("Tiao2", "标准文件_二级条标题", TEXT, numbered!("2", "1", "156"), "HEI"),
    style("Tiao3", "标准文件_三级条标题", TEXT, numbered!("3", "1", "156"), "HEI"),
    style("Tiao4", "标准文件_四级条标题", TEXT, numbered!("4", "1", "156"), "HEI"),
    style("Tiao5", "标准文件_五级条标题", TEXT, numbered!("5", "1", "156"), "HEI"),
    style("Wu1", "标准文件_一级无标题", TEXT, untitled!("1", "1"), ""),
    style("Wu2", "标准文件_二级无标题", TEXT, untitled!("2", "1"), ""),
    style("Wu3", "标准文件_三级无标题", TEXT, untitled!("3", "1"), ""),
    style("Wu4", "标准文件_四级无标题", TEXT, untitled!("4", "1"), ""),
    style("Wu5", "标准文件_五级无标题", TEXT, untitled!("5", "1"), ""),
    style(
        ANNEX_TITLE,
        "标准文件_附录标识",
        TEXT,
        "<w:keepNext/><w:pageBreakBefore/><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"2\"/></w:numPr><w:spacing w:before=\"0\" w:after=\"312\"/><w:ind w:left=\"0\" w:firstLine=\"0\"/><w:jc w:val=\"center\"/><w:outlineLvl w:val=\"0\"/>",
        "HEI",
    ),
    style(
        "FuTiao1",
        "标准文件_附录一级条标题",
        TEXT,
        numbered!("1", "2", "156"),
        "HEI",
    ),
    style(
        "FuTiao2",
        "标准文件_附录二级条标题",
        TEXT,
        numbered!("2", "2", "156"),
        "HEI",
    ),
    style(
        "FuTiao3",
        "标准文件_附录三级条标题",
        TEXT,
        numbered!("3", "2", "156"),
        "HEI",
    ),
    style(
        "FuTiao4",
        "标准文件_附录四级条标题",
        TEXT,
        numbered!("4", "2", "156"),
        "HEI",
    ),
    style(
        "FuTiao5",
        "标准文件_附录五级条标题",
        TEXT,
        numbered!("5", "2", "156"),
        "HEI",
    ),
    style("FuWu1", "标准文件_附录一级无标题", TEXT, untitled!("1", "2"), ""),
    style("FuWu2", "标准文件_附录二级无标题", TEXT, untitled!("2", "2"), ""),
    style("FuWu3", "标准文件_附录三级无标题", TEXT, untitled!("3", "2"), ""),
    style("FuWu4", "标准文件_附录四级无标题", TEXT, untitled!("4", "2"), ""),
    style("FuWu5", "标准文件_附录五级无标题", TEXT, untitled!("5", "2"), ""),
    style(
        BACK_TITLE,
        "标准文件_参考文献、索引标题",
        "Normal",
        "<w:keepNext/><w:pageBreakBefore/><w:spacing w:before=\"0\" w:after=\"312\"/><w:jc w:val=\"center\"/><w:outlineLvl w:val=\"0\"/>",
        "HEI",
    ),
    style(
        TERM_NUMBER,
        "标准文件_术语条",
        TEXT,
        "<w:keepNext/><w:spacing w:before=\"156\"/><w:ind w:left=\"0\" w:firstLine=\"0\"/>",
        "HEI",
    ),
    style(TERM_WORDS, "标准文件_术语", TEXT, "<w:keepNext/>", "HEI"),
    style(
        "PoZheHao",
        "标准文件_破折号列项（一级）",
        TEXT,
        "<w:ind w:left=\"840\" w:hanging=\"420\"/>",
        "",
    ),
    style(
        "YuanDian",
        "标准文件_圆点列项（二级）",
        TEXT,
        "<w:ind w:left=\"1260\" w:hanging=\"420\"/>",
        "",
    ),
    style(
        "ZiMu",
        "标准文件_字母编号列项（一级）",
        TEXT,
        "<w:ind w:left=\"840\" w:hanging=\"420\"/>",
        "",
    ),
    style(
        "ShuZi",
        "标准文件_数字编号列项（二级）",
        TEXT,
        "<w:ind w:left=\"1260\" w:hanging=\"420\"/>",
        "",
    ),
    style(
        ITEM_TEXT,
        "标准文件_列项续段",
        TEXT,
        "<w:ind w:left=\"840\" w:firstLine=\"0\"/>",
        "",
    ),
    style(
        NOTE,
        "标准文件_注：",
        TEXT,
        "<w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"4\"/></w:numPr><w:ind w:left=\"780\" w:hanging=\"360\"/>",
        "XIAOWU",
    ),
    style(
        NOTE_NUMBERED,
        "标准文件_注×：",
        TEXT,
        "<w:ind w:left=\"870\" w:hanging=\"450\"/>",
        "XIAOWU",
    ),
    style(
        NOTE_TEXT,
        "标准文件_注续段",
        TEXT,
        "<w:ind w:left=\"780\" w:firstLine=\"0\"/>",
        "XIAOWU",
    ),
    style(
        EXAMPLE,
        "标准文件_示例：",
        TEXT,
        "<w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"5\"/></w:numPr><w:ind w:left=\"420\" w:firstLine=\"0\"/>",
        "XIAOWU",
    ),
    style(
        EXAMPLE_NUMBERED,
        "标准文件_示例×：",
        TEXT,
        "<w:ind w:left=\"420\" w:firstLine=\"0\"/>",
        "XIAOWU",
    ),
    style(
        EXAMPLE_TEXT,
        "标准文件_示例续段",
        TEXT,
        "<w:ind w:firstLineChars=\"200\" w:firstLine=\"360\"/>",
        "XIAOWU",
    ),
    style(
        TABLE_TITLE,
        "标准文件_正文表标题",
        "Normal",
        "<w:keepNext/><w:spacing w:before=\"156\" w:after=\"78\"/><w:jc w:val=\"center\"/>",
        "HEI",
    ),
    style(ANNEX_TABLE_TITLE, "标准文件_附录表标题", TABLE_TITLE, "", ""),
    style(
        FIGURE_TITLE,
        "标准文件_正文图标题",
        "Normal",
        "<w:spacing w:before=\"78\" w:after=\"156\"/><w:jc w:val=\"center\"/>",
        "HEI",
    ),
    style(ANNEX_FIGURE_TITLE, "标准文件_附录图标题", FIGURE_TITLE, "", ""),
    style(
        PART_TITLE,
        "标准文件_分图标题",
        "Normal",
        "<w:keepNext/><w:jc w:val=\"center\"/>",
        "HEI XIAOWU",
    ),
    style(
        UNIT,
        "标准文件_单位陈述",
        "Normal",
        "<w:keepNext/><w:jc w:val=\"right\"/>",
        "XIAOWU",
    ),
    style(
        CELL,
        "标准文件_表格",
        "Normal",
        "<w:spacing w:before=\"40\" w:after=\"40\" w:line=\"240\" w:lineRule=\"auto\"/><w:jc w:val=\"center\"/>",
        "XIAOWU",
    ),
    style(
        CELL_TEXT,
        "标准文件_表格段",
        TEXT,
        "<w:spacing w:before=\"40\" w:after=\"40\" w:line=\"240\" w:lineRule=\"auto\"/><w:ind w:firstLineChars=\"200\" w:firstLine=\"360\"/>",
        "XIAOWU",
    ),
    style(
        OBJECT_NOTE,
        "标准文件_图表脚注",
        TEXT,
        "<w:ind w:left=\"540\" w:hanging=\"180\"/>",
        "XIAOWU",
    ),
    style(
        PICTURE,
        "标准文件_图",
        "Normal",
        "<w:keepNext/><w:spacing w:before=\"156\" w:line=\"240\" w:lineRule=\"auto\"/><w:jc w:val=\"center\"/>",
        "",
    ),
    style(
        KEY,
        "标准文件_标引序号说明",
        TEXT,
        "<w:keepNext/><w:ind w:left=\"1080\" w:hanging=\"720\"/>",
        "XIAOWU",
    ),
    style(
        FORMULA,
        "标准文件_正文公式",
        "Normal",
        "<w:tabs><w:tab w:val=\"center\" w:pos=\"4677\"/><w:tab w:val=\"right\" w:leader=\"middleDot\" w:pos=\"9354\"/></w:tabs><w:spacing w:before=\"78\" w:after=\"78\" w:line=\"240\" w:lineRule=\"auto\"/>",
        "",
    ),
    style(WHERE, "标准文件_式中", TEXT, "<w:keepNext/>", ""),
    style(
        SYMBOL,
        "标准文件_公式释文",
        TEXT,
        "<w:ind w:left=\"1260\" w:hanging=\"840\"/>",
        "",
    ),
    style(WARNING, "标准文件_重要提示", TEXT, "", "HEI"),
    style(REFERENCE, "标准文件_引用文件清单", TEXT, "", ""),
    style(BIBLIOGRAPHY, "标准文件_参考文献条目", TEXT, "", ""),
    style(
        INDEX_LETTER,
        "标准文件_索引字母",
        "Normal",
        "<w:keepNext/><w:spacing w:before=\"312\" w:after=\"156\"/><w:jc w:val=\"center\"/>",
        "HEI",
    ),
    style(
        INDEX,
        "标准文件_索引条目",
        "Normal",
        "<w:tabs><w:tab w:val=\"right\" w:leader=\"dot\" w:pos=\"9354\"/></w:tabs>",
        "",
    ),
    style(
        LISTING,
        "标准文件_代码",
        "Normal",
        "<w:ind w:left=\"420\"/><w:jc w:val=\"left\"/>",
        "MONO XIAOWU",
    ),
    style(CHANGE, "标准文件_修改", TEXT, "<w:keepNext/>", "HEI"),
    style(
        UNPLACED,
        "标准文件_未归位",
        "Normal",
        "<w:pBdr><w:top w:val=\"dashed\" w:sz=\"4\" w:space=\"2\" w:color=\"808080\"/><w:left w:val=\"dashed\" w:sz=\"4\" w:space=\"2\" w:color=\"808080\"/><w:bottom w:val=\"dashed\" w:sz=\"4\" w:space=\"2\" w:color=\"808080\"/><w:right w:val=\"dashed\" w:sz=\"4\" w:space=\"2\" w:color=\"808080\"/></w:pBdr>",
        "XIAOWU",
    ),
    style(
        END_LINE,
        "标准文件_终结线",
        "Normal",
        "<w:pBdr><w:bottom w:val=\"single\" w:sz=\"12\" w:space=\"1\" w:color=\"auto\"/></w:pBdr><w:ind w:left=\"3508\" w:right=\"3508\"/>",
        "",
    ),
    style(
        AFTER,
        "标准文件_空行",
        "Normal",
        "<w:spacing w:line=\"120\" w:lineRule=\"exact\"/>",
        "SMALL",
    ),
    style(
        FOOTNOTE,
        "标准文件_条文脚注",
        "Normal",
        "<w:ind w:left=\"780\" w:hanging=\"360\"/>",
        "XIAOWU",
    ),
    style(COMMENT, "annotation text", "Normal", "<w:jc w:val=\"left\"/>", ""),
    style(
        HEADER_ODD,
        "标准文件_页眉奇数页",
        "Normal",
        "<w:jc w:val=\"right\"/>",
        "HEI",
    ),
    style(
        HEADER_EVEN,
        "标准文件_页眉偶数页",
        "Normal",
        "<w:jc w:val=\"left\"/>",
        "HEI",
    ),
    style(
        FOOTER_ODD,
        "标准文件_页脚奇数页",
        "Normal",
        "<w:jc w:val=\"right\"/>",
        "XIAOWU",
    ),
    style(
        FOOTER_EVEN,
        "标准文件_页脚偶数页",
        "Normal",
        "<w:jc w:val=\"left\"/>",
        "XIAOWU",
    ),
    style(
        "TOC1",
        "toc 1",
        "Normal",
        "<w:tabs><w:tab w:val=\"right\" w:leader=\"dot\" w:pos=\"9354\"/></w:tabs>",
        "",
    ),
    style(
        "TOC2",
        "toc 2",
        "Normal",
        "<w:tabs><w:tab w:val=\"right\" w:leader=\"dot\" w:pos=\"9354\"/></w:tabs><w:ind w:left=\"210\"/>",
        "",
    ),
    style(COVER_CODES, "标准文件_文献分类号", "Normal", FLUSH, "HEI"),
    style(
        COVER_EMBLEM,
        "标准文件_标准标志",
        "Normal",
        "<w:spacing w:line=\"240\" w:lineRule=\"auto\"/><w:jc w:val=\"center\"/>",
        "EMBLEM",
    ),
    style(
        COVER_CLASS,
        "标准文件_标准称谓",
        "Normal",
        "<w:spacing w:line=\"240\" w:lineRule=\"auto\"/><w:jc w:val=\"center\"/>",
        "CLASS",
    ),
    style(
        COVER_NUMBER,
        "标准文件_文件编号",
        "Normal",
        "<w:jc w:val=\"right\"/>",
        "HEI SI",
    ),
    style(
        COVER_REPLACES,
        "标准文件_代替信息",
        "Normal",
        "<w:jc w:val=\"right\"/>",
        "HEI",
    ),
    style(
        COVER_LINE,
        "标准文件_封面线",
        "Normal",
        "<w:pBdr><w:top w:val=\"single\" w:sz=\"8\" w:space=\"1\" w:color=\"auto\"/></w:pBdr>",
        "",
    ),
];

const COVER: [Style; 9] = [
    style(
        COVER_TITLE,
        "标准文件_文件名称",
        "Normal",
        "<w:spacing w:after=\"120\" w:line=\"240\" w:lineRule=\"auto\"/><w:jc w:val=\"center\"/>",
        "HEI YI",
    ),
    style(
        COVER_TITLE_EN,
        "标准文件_英文名称",
        "Normal",
        "<w:spacing w:before=\"240\" w:line=\"240\" w:lineRule=\"auto\"/><w:jc w:val=\"center\"/>",
        "HEI SI",
    ),
    style(
        COVER_ADOPTION,
        "标准文件_一致性程度标识",
        "Normal",
        "<w:spacing w:before=\"240\"/><w:jc w:val=\"center\"/>",
        "HEI SI",
    ),
    style(
        COVER_DRAFT,
        "标准文件_文稿类别",
        "Normal",
        "<w:spacing w:before=\"360\"/><w:jc w:val=\"center\"/>",
        "HEI SI",
    ),
    style(
        COVER_DRAFT_DATE,
        "标准文件_文稿完成日期",
        "Normal",
        "<w:spacing w:before=\"120\"/><w:jc w:val=\"center\"/>",
        "HEI SI",
    ),
    style(COVER_CALL, "标准文件_专利征集", "Normal", CENTRE, "HEI"),
    style(
        COVER_PUBLISHED,
        "标准文件_发布日期",
        "Normal",
        "<w:jc w:val=\"left\"/>",
        "HEI SI",
    ),
    style(
        COVER_IMPLEMENTED,
        "标准文件_实施日期",
        "Normal",
        "<w:jc w:val=\"right\"/>",
        "HEI SI",
    ),
    style(
        COVER_PUBLISHER,
        "标准文件_发布机构",
        "Normal",
        "<w:spacing w:line=\"240\" w:lineRule=\"auto\"/><w:jc w:val=\"center\"/>",
        "PUBLISHER",
    ),
];

/// Run properties by words, in the order of the schema.
fn run_properties(words: &str) -> String {
    words
        .split_whitespace()
        .map(|word| match word {
            "HEI" => HEI,
            "YI" => YI,
            "SAN" => SAN,
            "SI" => SI,
            "XIAOWU" => XIAOWU,
            "SMALL" => "<w:sz w:val=\"8\"/><w:szCs w:val=\"8\"/>",
            "MONO" => "<w:rFonts w:ascii=\"Consolas\" w:hAnsi=\"Consolas\" w:eastAsia=\"宋体\"/>",
            "EMBLEM" => "<w:rFonts w:ascii=\"Times New Roman\" w:hAnsi=\"Times New Roman\" w:eastAsia=\"黑体\"/><w:b/><w:sz w:val=\"96\"/><w:szCs w:val=\"96\"/>",
            "CLASS" => "<w:rFonts w:ascii=\"Times New Roman\" w:hAnsi=\"Times New Roman\" w:eastAsia=\"黑体\"/><w:b/><w:spacing w:val=\"60\"/><w:sz w:val=\"48\"/><w:szCs w:val=\"48\"/>",
            "PUBLISHER" => "<w:rFonts w:ascii=\"Times New Roman\" w:hAnsi=\"Times New Roman\" w:eastAsia=\"黑体\"/><w:b/><w:sz w:val=\"32\"/><w:szCs w:val=\"32\"/>",
            _ => "",
        })
        .collect()
}

const CHARACTERS: [(&str, &str, &str); 6] = [
    (STRONG, "标准文件_着重", HEI),
    (EMPHASIS, "标准文件_强调", "<w:em w:val=\"dot\"/>"),
    (
        CODE,
        "标准文件_代码字",
        "<w:rFonts w:ascii=\"Consolas\" w:hAnsi=\"Consolas\"/>",
    ),
    (VARIABLE, "标准文件_变量", "<w:i/>"),
    (LINK, "Hyperlink", ""),
    (NOTE_MARK, "标准文件_脚注号", "<w:vertAlign w:val=\"superscript\"/>"),
];

/// The part `word/styles.xml`.
pub(super) fn styles(language: &str) -> String {
    let mut out = format!(
        "{}<w:styles xmlns:w=\"{}\"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii=\"Times New Roman\" \
         w:hAnsi=\"Times New Roman\" w:eastAsia=\"宋体\" w:cs=\"Times New Roman\"/><w:sz w:val=\"21\"/><w:szCs \
         w:val=\"21\"/><w:lang w:val=\"en-US\" w:eastAsia=\"{language}\" w:bidi=\"ar-SA\"/></w:rPr></w:rPrDefault>\
         <w:pPrDefault/></w:docDefaults><w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name \
         w:val=\"Normal\"/><w:qFormat/><w:pPr><w:widowControl w:val=\"0\"/><w:spacing w:line=\"320\" \
         w:lineRule=\"atLeast\"/><w:jc w:val=\"both\"/></w:pPr></w:style><w:style w:type=\"character\" w:default=\"1\" \
         w:styleId=\"DefaultFont\"><w:name w:val=\"Default Paragraph Font\"/></w:style><w:style w:type=\"table\" \
         w:default=\"1\" w:styleId=\"TableNormal\"><w:name w:val=\"Normal Table\"/><w:tblPr><w:tblCellMar><w:left \
         w:w=\"80\" w:type=\"dxa\"/><w:right w:w=\"80\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr></w:style>",
        super::package::HEAD,
        super::page::WORD
    );
    for style in PARAGRAPHS.iter().chain(&COVER) {
        let run = run_properties(style.run);
        let run = if run.is_empty() {
            run
        } else {
            format!("<w:rPr>{run}</w:rPr>")
        };
        let custom = if style.name.starts_with("标准文件_") {
            " w:customStyle=\"1\""
        } else {
            ""
        };
        let next = if style.paragraph.contains("outlineLvl") {
            format!("<w:next w:val=\"{TEXT}\"/>")
        } else {
            String::new()
        };
        out.push_str(&format!(
            "<w:style w:type=\"paragraph\"{custom} w:styleId=\"{}\"><w:name w:val=\"{}\"/><w:basedOn w:val=\"{}\"/>{next}\
             <w:qFormat/><w:pPr>{}</w:pPr>{run}</w:style>",
            style.id, style.name, style.based_on, style.paragraph
        ));
    }
    for (id, name, run) in CHARACTERS {
        let custom = if name.starts_with("标准文件_") {
            " w:customStyle=\"1\""
        } else {
            ""
        };
        out.push_str(&format!(
            "<w:style w:type=\"character\"{custom} w:styleId=\"{id}\"><w:name w:val=\"{name}\"/><w:rPr>{run}</w:rPr></w:style>"
        ));
    }
    out.push_str(&format!(
        "<w:style w:type=\"table\" w:customStyle=\"1\" w:styleId=\"{TABLE}\"><w:name w:val=\"标准文件_表\"/><w:basedOn \
         w:val=\"TableNormal\"/><w:tblPr><w:jc w:val=\"center\"/><w:tblBorders><w:top w:val=\"single\" w:sz=\"8\" w:space=\"0\" \
         w:color=\"auto\"/><w:left w:val=\"single\" w:sz=\"8\" w:space=\"0\" w:color=\"auto\"/><w:bottom w:val=\"single\" \
         w:sz=\"8\" w:space=\"0\" w:color=\"auto\"/><w:right w:val=\"single\" w:sz=\"8\" w:space=\"0\" w:color=\"auto\"/>\
         <w:insideH w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"auto\"/><w:insideV w:val=\"single\" w:sz=\"4\" \
         w:space=\"0\" w:color=\"auto\"/></w:tblBorders></w:tblPr></w:style></w:styles>"
    ));
    out
}
