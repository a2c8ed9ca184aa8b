//! Names from one edition to the next: what a comment, a link or an obligation on an old clause means in the new text.

use super::piece::Piece;
use crate::model::Id;
use std::collections::BTreeMap;

/// What became of each name of the old text.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Anchors {
    carried: BTreeMap<String, Carried>,
}

/// Where an old name leads.
#[derive(Debug, Clone, PartialEq)]
pub struct Carried {
    /// The name in the new text.
    pub id: String,
    /// How sure that is, 0 to 1: 1 where the author wrote the name or the words are the same.
    pub confidence: f64,
}

impl Anchors {
    /// Where a name of the old text leads; nothing where what it named is gone.
    pub fn carry(&self, id: &str) -> Option<&Carried> {
        self.carried.get(id)
    }

    /// All of them, by the old name.
    pub fn all(&self) -> impl Iterator<Item = (&str, &Carried)> {
        self.carried.iter().map(|(id, carried)| (id.as_str(), carried))
    }

    /// The first that is said of a name holds.
    pub(super) fn put(&mut self, old: &Id, new: &Id, confidence: f64) {
        if !old.is_empty() && !new.is_empty() {
            self.carried.entry(old.as_str().to_owned()).or_insert_with(|| Carried {
                id: new.as_str().to_owned(),
                confidence: (confidence * 100.0).round() / 100.0,
            });
        }
    }

    pub(super) fn carry_pieces(&mut self, old: &Piece<'_>, new: &Piece<'_>) {
        let confidence = if old.keyed == new.keyed { 1.0 } else { old.sureness(new) };
        for (from, to) in old.ids.iter().zip(&new.ids) {
            self.put(from, to, confidence);
        }
    }
}
