//! Figures and formulas.

use super::Writer;
use super::block::{Around, Place};
use super::inline::{BREAK, TAB, plain, run};
use super::paragraph::Paragraph;
use super::style_name::{
    ANNEX_FIGURE_TITLE, ANNEX_TABLE_TITLE, FIGURE_TITLE, FORMULA, KEY, NOTE_MARK, OBJECT_NOTE, PART_TITLE, PICTURE,
    SYMBOL, TABLE_TITLE, UNIT, WHERE,
};
use crate::model::{Block, Figure, Footnote, Formula, Image, Inline, ListStyle, TextLanguage};
use crate::resolve::{item_marker, printed, small_letter};

/// What a title stands at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Object {
    Table,
    Figure,
}

impl Writer<'_> {
    /// 表1 or 图1 and the title; nothing where there is neither.
    pub(super) fn object_title(
        &mut self,
        object: Object,
        block: &Block,
        caption: Option<&[Inline]>,
        other: Option<&str>,
        own: &[&str],
    ) {
        let resolved = self.resolved;
        let label = resolved.label(&block.id);
        if label.is_none() && caption.is_none() {
            return;
        }
        // The name of what is counted; what is printed is in the language of the text.
        let word = if object == Object::Table { "表" } else { "图" };
        let shown = match (self.tongue, object) {
            (TextLanguage::Zh, _) => word,
            (TextLanguage::En, Object::Table) => "Table ",
            (TextLanguage::En, Object::Figure) => "Figure ",
        };
        let mut runs = String::new();
        let mut annex = false;
        if let Some(label) = label {
            let (before, count) = Self::sequence(label, word);
            annex = !before.is_empty();
            let count = self.marked_count(&block.id, &(plain(&before) + &count));
            let number = plain(shown) + &count;
            runs = self.marked_number(&block.id, &number);
        }
        if let Some(caption) = caption {
            if !runs.is_empty() {
                runs.push_str(&plain("　"));
            }
            runs.push_str(&self.text_with(caption, own));
        }
        if let Some(other) = other {
            runs.push_str(BREAK);
            runs.push_str(&self.title_elsewhere(block, other));
        }
        let style = match (object, annex) {
            (Object::Table, false) => TABLE_TITLE,
            (Object::Table, true) => ANNEX_TABLE_TITLE,
            (Object::Figure, false) => FIGURE_TITLE,
            (Object::Figure, true) => ANNEX_FIGURE_TITLE,
        };
        self.put(&Paragraph::of(style), &runs);
    }

    fn pictures(&mut self, images: &[Image]) {
        for image in images {
            let runs = self.picture(&image.file, &image.words);
            self.pages.lines(10.0);
            self.put(&Paragraph::of(PICTURE), &runs);
        }
    }

    pub(super) fn unit(&mut self, unit: Option<&str>) {
        if let Some(unit) = unit {
            self.put(&Paragraph::of(UNIT), &plain(&printed::unit(self.tongue, unit)));
        }
    }

    pub(super) fn figure(&mut self, block: &Block, figure: &Figure) {
        let own: Vec<&str> = figure.footnotes.iter().map(|note| note.label.as_str()).collect();
        self.unit(figure.unit.as_deref());
        self.pictures(&figure.images);
        for (index, part) in figure.parts.iter().enumerate() {
            self.pictures(&part.images);
            let mark = item_marker(ListStyle::Ordered, 0, index);
            let title = part
                .caption
                .as_ref()
                .map(|text| self.text_with(text, &own))
                .unwrap_or_default();
            let runs = self.marked(&part.id, &(plain(&format!("{mark}　")) + &title));
            self.put(&Paragraph::of(PART_TITLE), &runs);
        }
        if !figure.keys.is_empty() {
            self.put(&Paragraph::of(KEY), &plain(printed::key(self.tongue)));
            for key in &figure.keys {
                let words = self.text_with(&key.text, &own);
                self.put(&Paragraph::of(KEY), &(plain(&format!("{}——", key.mark)) + &words));
            }
        }
        self.scoped(&figure.below, Around::at(Place::Cell));
        self.own_footnotes(&figure.footnotes);
        self.object_title(
            Object::Figure,
            block,
            figure.caption.as_deref(),
            figure.caption_other.as_deref(),
            &own,
        );
    }

    /// Footnotes of a table or a figure.
    pub(super) fn own_footnotes(&mut self, notes: &[Footnote]) {
        for (index, note) in notes.iter().enumerate() {
            let mark = format!("<w:rPr><w:rStyle w:val=\"{NOTE_MARK}\"/></w:rPr>");
            let text = self.text(&note.text);
            let runs = run(&mark, &small_letter(index)) + &plain("\u{a0}") + &text;
            self.put(&Paragraph::of(OBJECT_NOTE), &runs);
        }
    }

    /// In the middle between tabs, the number at the right with its leader.
    pub(super) fn formula(&mut self, block: &Block, formula: &Formula) {
        let math = self.math(&formula.latex, true);
        let resolved = self.resolved;
        let mut runs = format!("{TAB}{math}");
        if let Some(label) = resolved.label(&block.id) {
            let (before, count) = Self::sequence(label, "公式");
            let (open, close) = match self.tongue {
                TextLanguage::Zh => ("（", "）"),
                TextLanguage::En => ("(", ")"),
            };
            let count = self.marked_count(&block.id, &(plain(&before) + &count));
            let number = plain(open) + &count + &plain(close);
            let number = self.marked_number(&block.id, &number);
            runs.push_str(TAB);
            runs.push_str(&number);
        }
        self.pages.lines(1.5);
        self.put(&Paragraph::of(FORMULA), &runs);
        if formula.symbols.is_empty() {
            return;
        }
        self.put(&Paragraph::of(WHERE), &plain(printed::where_(self.tongue)));
        for symbol in &formula.symbols {
            let name = self.math(&symbol.symbol, false);
            let text = self.text(&symbol.text);
            self.put(&Paragraph::of(SYMBOL), &(name + &plain("——") + &text));
        }
    }
}
