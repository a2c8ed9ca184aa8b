//! Text in two languages, with the origin of its English. Chinese prevails.

use serde::{Deserialize, Serialize};

/// Where an English text comes from (contract: `"en_origin"`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// Written or checked by a person; unofficial all the same.
    Person,
    /// Made by a machine, not checked.
    Machine,
    /// There is none.
    #[default]
    None,
}

impl Origin {
    /// The id that stands in rows and answers.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Machine => "machine",
            Self::None => "none",
        }
    }

    /// By id; anything unknown is none.
    pub fn parse(id: &str) -> Self {
        match id {
            "person" => Self::Person,
            "machine" => Self::Machine,
            _ => Self::None,
        }
    }
}

/// A text in Chinese, and in English where somebody has put it so.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Bilingual {
    /// Chinese, which prevails.
    pub zh: String,
    /// English; absent where nobody has put it so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub en: Option<String>,
    /// Where the English comes from.
    #[serde(default)]
    pub en_origin: Origin,
}

impl Bilingual {
    /// A text with its English by a person.
    pub fn new(zh: &str, en: &str) -> Self {
        Self {
            zh: zh.to_owned(),
            en: Some(en.to_owned()),
            en_origin: Origin::Person,
        }
    }

    /// A text in Chinese alone.
    pub fn zh(zh: &str) -> Self {
        Self {
            zh: zh.to_owned(),
            en: None,
            en_origin: Origin::None,
        }
    }

    /// As a form says it: English that nobody changed keeps its origin, else a person wrote it.
    pub fn typed(zh: &str, en: &str, before: Option<&Self>) -> Self {
        let en = Some(en.trim().to_owned()).filter(|text| !text.is_empty());
        let en_origin = match (&en, before) {
            (None, _) => Origin::None,
            (Some(text), Some(before)) if before.en.as_ref() == Some(text) => before.en_origin,
            (Some(_), _) => Origin::Person,
        };
        Self {
            zh: zh.trim().to_owned(),
            en,
            en_origin,
        }
    }

    /// From the three columns of a row.
    pub fn from_row(row: &ledger::Row, zh: &str, en: &str, origin: &str) -> Result<Self, ledger::LedgerError> {
        Ok(Self {
            zh: row.text(zh)?,
            en: row.text_or_null(en)?,
            en_origin: Origin::parse(&row.text(origin)?),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn english_that_nobody_touched_keeps_its_origin() {
        let before = Bilingual {
            zh: "工业和信息化部".to_owned(),
            en: Some("Ministry of Industry".to_owned()),
            en_origin: Origin::Machine,
        };
        let renamed = Bilingual::typed("工业和数字化部", "Ministry of Industry ", Some(&before));
        assert_eq!(renamed.en_origin, Origin::Machine);
        let checked = Bilingual::typed("工业和数字化部", "Ministry of Digital Industry", Some(&before));
        assert_eq!(checked.en_origin, Origin::Person);
        assert_eq!(Bilingual::typed("部", " ", Some(&before)), Bilingual::zh("部"));
        assert_eq!(
            Bilingual::typed("部", "Ministry", None),
            Bilingual::new("部", "Ministry")
        );
    }
}
