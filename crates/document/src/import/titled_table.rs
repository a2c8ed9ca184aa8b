//! Tables with their titles: above or below them, in both languages, and gone on with under 表1（续）.

use super::blocks::{Maker, paragraph};
use super::grid::table;
use super::line::{Grid, Line};
use super::links::Of;
use super::title::drop_start;
use super::words::{caption, is_continued};
use crate::finding::message;
use crate::model::{Block, BlockKind, InlineKind, Row, Table};

impl Maker<'_> {
    /// Gives its title to the table before, if that has none.
    pub(super) fn title_below(&mut self, line: &Line) -> bool {
        if self.title.is_some() || self.figure.is_some() || !self.items.is_empty() {
            return false;
        }
        let untitled = |block: &mut Block| matches!(&block.kind, BlockKind::Table(table) if table.caption.is_none());
        if !self.last().is_some_and(untitled) {
            return false;
        }
        let label = caption(&line.text, '表').map(|(number, _)| format!("表{number}"));
        let id = self.links.labelled(&line.bookmarks, Of::Block, label);
        let Some(block) = self.last() else { return false };
        let BlockKind::Table(table) = &mut block.kind else {
            return false;
        };
        let mut line = line.clone();
        strip_caption(&mut line, '表');
        table.caption_other = other_caption(&mut line, '表');
        table.caption = (!line.inlines.is_empty()).then_some(line.inlines);
        table.unnumbered = false;
        if block.id.is_empty() {
            block.id = id;
        }
        true
    }

    /// A title for which no table came stays a paragraph.
    pub(super) fn untitled_table(&mut self) {
        let left: Vec<Line> = [self.title.take(), self.unit.take()].into_iter().flatten().collect();
        for line in left {
            self.reader
                .warn(line.place, message!("import-title-alone", title = &line.text));
            let block = paragraph(line.inlines);
            match &mut self.term {
                Some((_, _, blocks)) => blocks.push(block),
                None => self.out.push(block),
            }
        }
    }

    pub(super) fn grid(&mut self, grid: Grid) {
        self.end_list();
        self.end_figure();
        let title = self.title.take();
        let unit = self.unit.take();
        let marks = grid.bookmarks.clone();
        let Some(mut made) = table(self.reader, self.links, grid) else {
            self.title = title;
            self.unit = unit;
            return;
        };
        if let Some(line) = &title
            && is_continued(&line.text)
            && let Some((number, _)) = caption(&line.text, '表')
            && self.goes_on(number, &mut made)
        {
            return;
        }
        let mut bookmarks = marks;
        let mut label = None;
        if let Some(mut line) = title {
            label = caption(&line.text, '表').map(|(number, _)| format!("表{number}"));
            strip_caption(&mut line, '表');
            made.caption_other = other_caption(&mut line, '表');
            bookmarks.append(&mut line.bookmarks);
            if !line.inlines.is_empty() {
                made.caption = Some(line.inlines);
            }
        } else {
            made.unnumbered = true;
        }
        if let Some(line) = unit {
            let words = line
                .text
                .trim_start_matches("单位为")
                .trim_start_matches("单位：")
                .trim();
            made.unit = Some(words.to_owned());
        }
        let mut block = Block::new(BlockKind::Table(made));
        block.id = self.links.labelled(&bookmarks, Of::Block, label.clone());
        self.put(block);
        if let (Some(label), None) = (label, &self.term) {
            self.tables.push((label, self.out.len() - 1));
        }
    }

    /// 表1（续）: the rows go to the table of that number, without the head that is repeated. `false` where there is no
    /// such table in the clause, or one of other columns.
    fn goes_on(&mut self, number: &str, more: &mut Table) -> bool {
        let label = format!("表{number}");
        let found = self.tables.iter().rev().find(|(known, _)| *known == label);
        let Some(block) = found.and_then(|(_, at)| self.out.get_mut(*at)) else {
            return false;
        };
        let BlockKind::Table(table) = &mut block.kind else {
            return false;
        };
        if table.columns.len() != more.columns.len() {
            return false;
        }
        // A head that is another one is rows.
        let words = |rows: &[Row]| -> Vec<String> {
            rows.iter()
                .flat_map(|row| &row.cells)
                .map(|cell| super::run::plain(&cell.text))
                .collect()
        };
        if words(&more.head) != words(&table.head) {
            table.body.append(&mut more.head);
        }
        table.body.append(&mut more.body);
        table.below.append(&mut more.below);
        table.footnotes.append(&mut more.footnotes);
        true
    }
}

pub(super) fn strip_caption(line: &mut Line, word: char) {
    if let Some((_, title)) = caption(&line.text, word) {
        let text = line.text.trim_end();
        let characters = text.chars().count() - title.trim_end().chars().count();
        drop_start(&mut line.inlines, characters);
    }
}

/// The title in the other language, on a line of its own below: taken out of the line.
pub(super) fn other_caption(line: &mut Line, word: char) -> Option<String> {
    let (_, below) = line.text.split_once('\n')?;
    let below = below.trim();
    let title = caption(below, word).map_or(below, |(_, title)| title.trim());
    let latin = title.chars().any(|c| c.is_ascii_lowercase()) && !title.chars().any(|c| c > '\u{2e80}');
    let at = line
        .inlines
        .iter()
        .position(|inline| matches!(inline.kind, InlineKind::Break))
        .filter(|_| latin && !below.contains('\n'))?;
    line.inlines.truncate(at);
    Some(title.to_owned())
}
