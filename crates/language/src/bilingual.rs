//! Content in two languages, with the origin of its English.

use serde::{Deserialize, Serialize};

use crate::Lang;

/// Who made the English text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Origin {
    /// A person wrote or checked it.
    Person,
    /// A machine drafted it and nobody has checked it.
    Machine,
    /// There is none.
    #[default]
    None,
}

/// What a reader must be told beside a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Mark {
    /// The source text; nothing to say.
    Original,
    /// An English text without standing: "unofficial translation".
    Unofficial,
    /// An English text drafted by a machine: unofficial, and marked 机器.
    Machine,
    /// No English exists; the Chinese is shown and its absence is said.
    Absent,
}

impl Mark {
    /// The message id of the words shown beside the text; `None` for the source text.
    pub const fn message_id(self) -> Option<&'static str> {
        match self {
            Self::Original => None,
            Self::Unofficial => Some("mark-unofficial"),
            Self::Machine => Some("mark-machine-translation"),
            Self::Absent => Some("mark-no-english"),
        }
    }
}

/// A text in Chinese, with its English if there is one. As JSON: `{"zh","en","en_origin"}`.
///
/// ```
/// use language::{Bilingual, Lang, Mark, Origin};
/// let title = Bilingual::new("动力电池回收", "Recycling of traction batteries", Origin::Person);
/// assert_eq!(title.in_lang(Lang::En), ("Recycling of traction batteries", Mark::Unofficial));
/// assert_eq!(Bilingual::zh_only("动力电池回收").in_lang(Lang::En), ("动力电池回收", Mark::Absent));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(from = "Written", into = "Written")]
pub struct Bilingual {
    zh: String,
    en: Option<String>,
    origin: Origin,
}

/// The JSON shape; reading it drops an English text that says it has no origin, and an origin that has no text.
#[derive(Clone, Serialize, Deserialize)]
struct Written {
    zh: String,
    #[serde(default)]
    en: Option<String>,
    #[serde(default)]
    en_origin: Origin,
}

impl From<Written> for Bilingual {
    fn from(written: Written) -> Self {
        match written.en {
            Some(en) => Self::new(written.zh, en, written.en_origin),
            None => Self::zh_only(written.zh),
        }
    }
}

impl From<Bilingual> for Written {
    fn from(text: Bilingual) -> Self {
        Self {
            zh: text.zh,
            en: text.en,
            en_origin: text.origin,
        }
    }
}

impl Bilingual {
    /// A text in both languages. Blank English, or one of [`Origin::None`], is no English.
    pub fn new(zh: impl Into<String>, en: impl Into<String>, origin: Origin) -> Self {
        let en = en.into();
        if origin == Origin::None || en.trim().is_empty() {
            return Self::zh_only(zh);
        }
        Self {
            zh: zh.into(),
            en: Some(en),
            origin,
        }
    }

    /// A text that exists in Chinese alone.
    pub fn zh_only(zh: impl Into<String>) -> Self {
        Self {
            zh: zh.into(),
            en: None,
            origin: Origin::None,
        }
    }

    /// The Chinese text, which prevails.
    pub fn zh(&self) -> &str {
        &self.zh
    }

    /// The English text, if there is one.
    pub fn en(&self) -> Option<&str> {
        self.en.as_deref()
    }

    /// Where the English comes from; [`Origin::None`] if and only if there is none.
    pub fn origin(&self) -> Origin {
        self.origin
    }

    /// The text for a reader of `lang`, and what to say beside it.
    pub fn in_lang(&self, lang: Lang) -> (&str, Mark) {
        match (lang, &self.en, self.origin) {
            (Lang::Zh, _, _) => (&self.zh, Mark::Original),
            (Lang::En, Some(en), Origin::Machine) => (en, Mark::Machine),
            (Lang::En, Some(en), _) => (en, Mark::Unofficial),
            (Lang::En, None, _) => (&self.zh, Mark::Absent),
        }
    }
}
