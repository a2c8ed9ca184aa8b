//! The words of one of the two texts: as printed, and as compared. Compared, a reference to a clause is the clause, not
//! its number: 见5.2 that became 见5.3 since a clause was put in before it says the same.

use crate::model::{Block, CrossReference, Id, Inline, TextLanguage, spell, spell_block};
use crate::resolve::Resolved;
use std::collections::HashMap;

/// One of the two texts.
#[derive(Clone, Copy)]
pub(super) struct Side<'a> {
    pub resolved: &'a Resolved,
    /// For the old text: what its names became.
    pub became: Option<&'a HashMap<String, String>>,
}

impl Side<'_> {
    pub fn shown(&self, inlines: &[Inline]) -> String {
        let mut text = String::new();
        spell(inlines, &|to| self.printed(to), &mut text);
        text.trim().to_owned()
    }

    pub fn keyed(&self, inlines: &[Inline]) -> String {
        let mut text = String::new();
        spell(inlines, &|to| self.meant(to), &mut text);
        text.trim().to_owned()
    }

    pub fn shown_block(&self, block: &Block) -> String {
        let mut text = String::new();
        spell_block(block, &|to| self.printed(to), &mut text);
        text.trim().to_owned()
    }

    pub fn keyed_block(&self, block: &Block) -> String {
        let mut text = String::new();
        spell_block(block, &|to| self.meant(to), &mut text);
        text.trim().to_owned()
    }

    /// 表1, 图A.2, 公式（3）; empty for what has no number.
    pub fn number(&self, id: &Id) -> String {
        self.resolved
            .label(id)
            .map(|label| label.reference(TextLanguage::Zh))
            .unwrap_or_default()
    }

    fn printed(&self, to: &CrossReference) -> String {
        self.resolved.reference(to, TextLanguage::Zh).unwrap_or_default()
    }

    fn meant(&self, to: &CrossReference) -> String {
        let name = to.target.as_str();
        let name = self
            .became
            .and_then(|became| became.get(name))
            .map_or(name, String::as_str);
        format!("\u{2192}{name}\u{2192}")
    }
}
