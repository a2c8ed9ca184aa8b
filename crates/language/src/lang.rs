//! The two languages, and where a reader's choice is found.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// A language of the product. Chinese is the source and prevails.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// Chinese, simplified.
    #[default]
    Zh,
    /// English.
    En,
}

/// A language code that is neither `zh` nor `en`.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("`{found}` is not a language of this product; write `zh` or `en`")]
pub struct UnknownLang {
    /// What was written.
    pub found: String,
}

impl Lang {
    /// Both languages, the source first.
    pub const ALL: [Self; 2] = [Self::Zh, Self::En];

    /// The short code, as in folder names, API fields and addresses.
    ///
    /// ```
    /// assert_eq!(language::Lang::En.code(), "en");
    /// ```
    pub const fn code(self) -> &'static str {
        match self {
            Self::Zh => "zh",
            Self::En => "en",
        }
    }

    /// The value of the `lang` attribute.
    pub const fn html_lang(self) -> &'static str {
        match self {
            Self::Zh => "zh-Hans",
            Self::En => "en",
        }
    }

    /// The other one, for the switch in the top bar.
    pub const fn other(self) -> Self {
        match self {
            Self::Zh => Self::En,
            Self::En => Self::Zh,
        }
    }

    /// The language of an address, and the address without its language.
    ///
    /// ```
    /// use language::Lang;
    /// assert_eq!(Lang::of_path("/en/tasks/28"), (Lang::En, "/tasks/28"));
    /// assert_eq!(Lang::of_path("/en"), (Lang::En, "/"));
    /// assert_eq!(Lang::of_path("/entry"), (Lang::Zh, "/entry"));
    /// ```
    pub fn of_path(path: &str) -> (Self, &str) {
        match path.strip_prefix("/en") {
            Some("") => (Self::En, "/"),
            Some(rest) if rest.starts_with('/') => (Self::En, rest),
            _ => (Self::Zh, path),
        }
    }

    /// The address of `path` (written without a language) in this language.
    ///
    /// ```
    /// use language::Lang;
    /// assert_eq!(Lang::Zh.path("/tasks"), "/tasks");
    /// assert_eq!(Lang::En.path("/"), "/en/");
    /// ```
    pub fn path(self, path: &str) -> String {
        match self {
            Self::Zh => path.to_owned(),
            Self::En => format!("/en{path}"),
        }
    }

    /// The language that an `Accept-Language` header prefers; `None` if it names neither.
    ///
    /// ```
    /// use language::Lang;
    /// assert_eq!(Lang::of_accept_language("fr, en-GB;q=0.8, zh;q=0.5"), Some(Lang::En));
    /// assert_eq!(Lang::of_accept_language("fr"), None);
    /// ```
    pub fn of_accept_language(header: &str) -> Option<Self> {
        let mut best: Option<(f32, Self)> = None;
        for part in header.split(',') {
            let mut pieces = part.split(';');
            let Some(lang) = pieces.next().and_then(Self::of_tag) else {
                continue;
            };
            let quality = pieces
                .find_map(|piece| piece.trim().strip_prefix("q="))
                .map_or(1.0, |q| q.trim().parse::<f32>().unwrap_or(0.0));
            if quality > 0.0 && best.is_none_or(|(seen, _)| quality > seen) {
                best = Some((quality, lang));
            }
        }
        best.map(|(_, lang)| lang)
    }

    /// The language of a `LANG` or `LC_ALL` value such as `zh_CN.UTF-8`; `None` for `C` and strangers.
    ///
    /// ```
    /// use language::Lang;
    /// assert_eq!(Lang::of_environment("en_GB.UTF-8"), Some(Lang::En));
    /// assert_eq!(Lang::of_environment("C.UTF-8"), None);
    /// ```
    pub fn of_environment(value: &str) -> Option<Self> {
        Self::of_tag(value)
    }

    fn of_tag(tag: &str) -> Option<Self> {
        let primary = tag.trim().split(['-', '_', '.', '@']).next()?;
        if primary.eq_ignore_ascii_case("zh") {
            Some(Self::Zh)
        } else if primary.eq_ignore_ascii_case("en") {
            Some(Self::En)
        } else {
            None
        }
    }
}

impl FromStr for Lang {
    type Err = UnknownLang;

    fn from_str(code: &str) -> Result<Self, UnknownLang> {
        match code {
            "zh" => Ok(Self::Zh),
            "en" => Ok(Self::En),
            _ => Err(UnknownLang {
                found: code.chars().take(40).collect(),
            }),
        }
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}
