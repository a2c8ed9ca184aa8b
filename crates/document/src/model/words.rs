//! Words in both languages.

use super::TextLanguage;
use serde::Deserialize;

/// What people read, in Chinese and in English.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Words {
    /// Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

impl Words {
    /// Both.
    pub fn new(zh: &str, en: &str) -> Self {
        Self {
            zh: zh.to_owned(),
            en: en.to_owned(),
        }
    }

    /// In one of them.
    pub fn of(&self, language: TextLanguage) -> &str {
        match language {
            TextLanguage::Zh => &self.zh,
            TextLanguage::En => &self.en,
        }
    }
}
