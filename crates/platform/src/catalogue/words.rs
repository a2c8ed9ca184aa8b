//! Words by id in both languages, as `catalog/vocabulary.toml` has them.

use crate::{
    bilingual::{Bilingual, Origin},
    refusal::Error,
};
use serde::Deserialize;
use std::collections::BTreeMap;

/// How the catalogue says where an English text comes from.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OriginWord {
    /// The name by which a body is commonly known.
    Customary,
    /// Made by a machine.
    Machine,
    /// Made by a person.
    Person,
}

impl From<OriginWord> for Origin {
    fn from(word: OriginWord) -> Self {
        match word {
            OriginWord::Customary | OriginWord::Person => Self::Person,
            OriginWord::Machine => Self::Machine,
        }
    }
}

/// A word, and what it means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// Id.
    pub id: String,
    /// The word.
    pub name: Bilingual,
    /// What it means, for the help page.
    pub note: Option<Bilingual>,
}

/// The vocabulary: kinds of words (`tier`, `state`, `evidence` …), each a list in order.
#[derive(Debug, Clone, Default)]
pub struct Vocabulary {
    kinds: BTreeMap<String, Vec<Word>>,
}

impl Vocabulary {
    /// Reads the file.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let table: toml::Table = super::files::parse("vocabulary.toml", text)?;
        let bad = |reason: String| Error::Data {
            what: "catalog/vocabulary.toml".to_owned(),
            reason,
        };
        let mut kinds = BTreeMap::new();
        for (kind, value) in &table {
            let Some(rows) = value.as_array() else {
                continue;
            };
            let mut words = Vec::new();
            for row in rows {
                let get = |key: &str| {
                    row.get(key)
                        .map(|v| v.as_str().map_or_else(|| v.to_string(), str::to_owned))
                };
                let id = get("id")
                    .or_else(|| get("code"))
                    .ok_or_else(|| bad(format!("a {kind} has no id")))?;
                let zh = get("zh").ok_or_else(|| bad(format!("{kind} {id} has no zh")))?;
                let en = get("en").ok_or_else(|| bad(format!("{kind} {id} has no en")))?;
                let pair = |zh: String, en: Option<String>| Bilingual {
                    en_origin: if en.is_some() { Origin::Machine } else { Origin::None },
                    zh,
                    en,
                };
                let note = get("note_zh").map(|zh| pair(zh, get("note_en")));
                words.push(Word {
                    id,
                    name: pair(zh, Some(en)),
                    note,
                });
            }
            kinds.insert(kind.clone(), words);
        }
        Ok(Self { kinds })
    }

    /// The words of a kind, in order.
    pub fn words(&self, kind: &str) -> &[Word] {
        self.kinds.get(kind).map_or(&[], Vec::as_slice)
    }

    /// A word by kind and id; the id itself where it is not known.
    pub fn name(&self, kind: &str, id: &str) -> Bilingual {
        self.words(kind)
            .iter()
            .find(|w| w.id == id)
            .map_or_else(|| Bilingual::zh(id), |w| w.name.clone())
    }
}
