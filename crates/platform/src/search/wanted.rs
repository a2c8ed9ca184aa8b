//! The words that somebody asks for: without regard to case, and an English word in the plural as in the singular.

use crate::bilingual::Bilingual;

/// What stands beside the number of a document in English, besides the number.
const BESIDE: [&str; 4] = ["no", "nr", "document", "mofcom"];

/// Words as they are compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Wanted {
    /// As they were typed, in lower case.
    pub whole: String,
    /// The same with the last word in the singular: what texts are looked through for.
    pub stem: String,
}

impl Wanted {
    pub(super) fn new(words: &str) -> Self {
        let whole = words.trim().to_lowercase();
        Self {
            stem: singular(&whole).to_owned(),
            whole,
        }
    }

    /// Whether a code is these words, whole.
    pub(super) fn is(&self, code: &str) -> bool {
        !code.is_empty() && code.to_lowercase() == self.whole
    }

    pub(super) fn stands_in(&self, text: &str) -> bool {
        text.to_lowercase().contains(&self.stem)
    }

    pub(super) fn names(&self, text: &Bilingual) -> bool {
        self.stands_in(&text.zh) || text.en.as_ref().is_some_and(|en| self.stands_in(en))
    }

    /// Whether this is the number of a document, in full or in part: its last figures, and of the rest no word but those
    /// by which documents are numbered.
    pub(super) fn numbers(&self, document: &str) -> bool {
        let document = document.to_lowercase();
        let (asked, figures) = (digits(&self.whole), digits(&document));
        let said = |word: &str| document.contains(word) || BESIDE.contains(&word);
        !asked.is_empty()
            && asked.last() == figures.last()
            && asked.iter().all(|number| figures.contains(number))
            && self
                .whole
                .split(|c: char| !c.is_alphabetic())
                .filter(|word| !word.is_empty())
                .all(said)
    }
}

fn digits(text: &str) -> Vec<&str> {
    text.split(|c: char| !c.is_ascii_digit())
        .filter(|number| !number.is_empty())
        .collect()
}

/// The words with an English plural at their end taken off; what is looked for contains the singular either way.
fn singular(words: &str) -> &str {
    let last = words.rsplit(' ').next().unwrap_or_default();
    let plain = last.len() > 3 && last.bytes().all(|b| b.is_ascii_lowercase());
    if !plain || ["ss", "us", "is"].iter().any(|end| last.ends_with(end)) {
        return words;
    }
    // The y of the singular is no ending of the plural: what both begin with is looked for.
    words
        .strip_suffix("ies")
        .or_else(|| words.strip_suffix('s'))
        .unwrap_or(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plural_is_looked_for_as_its_singular() {
        for (typed, stem) in [
            ("Supply chains", "supply chain"),
            ("bodies", "bod"),
            ("standards system", "standards system"),
            ("process", "process"),
            ("gas", "gas"),
            ("DB3201", "db3201"),
            ("供应链", "供应链"),
        ] {
            assert_eq!(Wanted::new(typed).stem, stem, "{typed}");
        }
    }

    #[test]
    fn the_number_of_a_document_is_known_however_it_is_written() {
        let document = "商资发〔2024〕314号";
        for typed in [
            "314",
            "No. 314",
            "no 314",
            "商资发〔2024〕314号",
            "商资发[2024]314号",
            "MOFCOM document [2024] No. 314",
            "314号",
        ] {
            assert!(Wanted::new(typed).numbers(document), "{typed}");
        }
        for typed in ["2024", "31", "task 314", "315", "号", ""] {
            assert!(!Wanted::new(typed).numbers(document), "{typed}");
        }
    }
}
