//! The paragraph styles of the cover.

use super::style::{CENTRE, FLUSH, Style, style};
use super::style_name::{
    COVER_ADOPTION, COVER_CALL, COVER_CLASS, COVER_CODES, COVER_DRAFT, COVER_DRAFT_DATE, COVER_EMBLEM,
    COVER_IMPLEMENTED, COVER_LINE, COVER_NUMBER, COVER_PUBLISHED, COVER_PUBLISHER, COVER_REPLACES, COVER_TITLE,
    COVER_TITLE_EN,
};

pub(super) const COVER: [Style; 15] = [
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
