//! The files of messages that the program carries. A new file is one line here.

/// One `.ftl` file in both languages.
#[derive(Clone, Copy)]
pub(crate) struct Source {
    /// The file's name without `.ftl`.
    #[cfg(test)]
    pub(crate) name: &'static str,
    /// The Chinese text.
    pub(crate) zh: &'static str,
    /// The English text.
    pub(crate) en: &'static str,
}

macro_rules! sources {
    ($($name:literal),+ $(,)?) => {
        [$(Source {
            #[cfg(test)]
            name: $name,
            zh: include_str!(concat!("../../../locales/zh/", $name, ".ftl")),
            en: include_str!(concat!("../../../locales/en/", $name, ".ftl")),
        }),+]
    };
}

/// Every file of `locales/zh` and `locales/en`, in alphabetical order; a test compares this with the folders.
#[rustfmt::skip]
pub(crate) const SOURCES: &[Source] = &sources![
    "account",
    "admin",
    "api",
    "assessment",
    "change",
    "cli",
    "desk",
    "difference",
    "document",
    "feed",
    "form",
    "formula",
    "history",
    "indicator",
    "layout",
    "lint",
    "list",
    "measure",
    "notice",
    "obligation",
    "output",
    "people",
    "place",
    "refusals-list",
    "refusals-obligation",
    "refusals",
    "report",
    "survey",
    "system",
    "text",
    "upload",
    "words",
    "workbook",
];
