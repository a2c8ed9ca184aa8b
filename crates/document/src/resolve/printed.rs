//! Words that a text prints by itself, in the language of what stands around them.

use crate::model::TextLanguage;

/// What opens the explanations of a formula's symbols.
pub(crate) fn where_(language: TextLanguage) -> &'static str {
    match language {
        TextLanguage::Zh => "式中：",
        TextLanguage::En => "where",
    }
}

/// What opens the explanations of a figure's marks.
pub(crate) fn key(language: TextLanguage) -> &'static str {
    match language {
        TextLanguage::Zh => "标引序号说明：",
        TextLanguage::En => "Key",
    }
}

/// The line above a table or a figure that names the unit of all.
pub(crate) fn unit(language: TextLanguage, unit: &str) -> String {
    match language {
        TextLanguage::Zh => format!("单位为{unit}"),
        TextLanguage::En => format!("Unit: {unit}"),
    }
}

/// Behind a number from the second page on.
pub(crate) fn continued(language: TextLanguage) -> &'static str {
    match language {
        TextLanguage::Zh => "（续）",
        TextLanguage::En => " (continued)",
    }
}

/// Where a definition comes from.
pub(crate) fn source(language: TextLanguage, written: &str) -> String {
    match language {
        TextLanguage::Zh => format!("[来源：{written}]"),
        TextLanguage::En => format!("[SOURCE: {written}]"),
    }
}

/// A word that is no longer to be used for a concept.
pub(crate) fn deprecated(language: TextLanguage, word: &str) -> String {
    match language {
        TextLanguage::Zh => format!("拒用：{word}"),
        TextLanguage::En => format!("DEPRECATED: {word}"),
    }
}

/// What precedes a note that has no number.
pub(crate) fn note(language: TextLanguage) -> &'static str {
    match language {
        TextLanguage::Zh => "注：",
        TextLanguage::En => "NOTE: ",
    }
}

/// What precedes an example that has no number.
pub(crate) fn example(language: TextLanguage) -> &'static str {
    match language {
        TextLanguage::Zh => "示例：",
        TextLanguage::En => "EXAMPLE: ",
    }
}

/// A cited document with the place in it, or all of its parts.
pub(crate) fn cited(language: TextLanguage, number: &str, locator: Option<&str>) -> String {
    match (language, locator) {
        (_, None) => number.to_owned(),
        (TextLanguage::Zh, Some("所有部分")) => format!("{number}（所有部分）"),
        (TextLanguage::En, Some("所有部分")) => format!("{number} (all parts)"),
        (TextLanguage::Zh, Some(locator)) => format!("{number}，{locator}"),
        (TextLanguage::En, Some(locator)) => format!("{number}, {locator}"),
    }
}

/// The number of a table or a figure and its title, as one line.
pub(crate) fn titled(language: TextLanguage, number: &str, title: &str) -> String {
    match (language, number) {
        (_, "") => title.to_owned(),
        (TextLanguage::Zh, number) => format!("{number}　{title}"),
        (TextLanguage::En, number) => format!("{number} — {title}"),
    }
}

/// What is read out for the way from a footnote back to its mark.
pub(crate) fn back(language: TextLanguage) -> &'static str {
    match language {
        TextLanguage::Zh => "返回正文",
        TextLanguage::En => "Back to the text",
    }
}

/// The title of the contents.
pub(crate) fn contents(language: TextLanguage) -> &'static str {
    match language {
        TextLanguage::Zh => "目次",
        TextLanguage::En => "Contents",
    }
}

/// The title of the foreword.
pub(crate) fn foreword(language: TextLanguage) -> &'static str {
    match language {
        TextLanguage::Zh => "前言",
        TextLanguage::En => "Foreword",
    }
}

/// The title of the bibliography.
pub(crate) fn bibliography(language: TextLanguage) -> &'static str {
    match language {
        TextLanguage::Zh => "参考文献",
        TextLanguage::En => "Bibliography",
    }
}
