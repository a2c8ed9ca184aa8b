//! Figures: pictures, parts, keys and notes, then the title.

use super::blocks::{Maker, paragraph};
use super::line::Line;
use super::links::Of;
use super::role::{Role, Taken};
use super::run::plain;
use super::title::drop_start;
use super::titled_table::{other_caption, strip_caption};
use super::words::{caption, item};
use crate::finding::message;
use crate::model::{Block, BlockKind, Figure, Footnote, Image, Inline, InlineKind, KeyEntry, Span, SubFigure};

impl Maker<'_> {
    /// Pictures, parts, keys, notes, then the title.
    pub(super) fn at_figure(&mut self, mut line: Line, taken: Taken) {
        if taken.role == Role::ObjectNote && self.figure.is_none() {
            let note = object_note(line);
            if let Some(BlockKind::Table(table)) = self.last().map(|last| &mut last.kind) {
                table.footnotes.push(note);
            } else {
                self.put(paragraph(note.text));
            }
            return;
        }
        let figure = self.figure.get_or_insert_with(Figure::default);
        let images = pictures(&line.inlines);
        match taken.role {
            Role::Picture => figure.images.extend(images),
            Role::PartTitle => {
                if let Some((_, _, rest)) = item(&line.text) {
                    let characters = line.text.chars().count() - rest.chars().count();
                    drop_start(&mut line.inlines, characters);
                }
                figure.parts.push(SubFigure {
                    id: self.links.id(&line.bookmarks, Of::Block),
                    span: Span::NOWHERE,
                    caption: (!line.inlines.is_empty()).then_some(line.inlines),
                    images: std::mem::take(&mut figure.images),
                });
            }
            Role::Key => {
                if let Some((mark, _)) = line.text.split_once("——") {
                    let mark = mark.trim().to_owned();
                    drop_start(&mut line.inlines, mark.chars().count() + 2);
                    figure.keys.push(KeyEntry {
                        span: Span::NOWHERE,
                        mark,
                        text: line.inlines,
                    });
                }
            }
            Role::ObjectNote => figure.footnotes.push(object_note(line)),
            _ => {
                figure.images.extend(images);
                line.inlines
                    .retain(|inline| !matches!(inline.kind, InlineKind::Picture { .. }));
                let label = caption(&line.text, '图').map(|(number, _)| format!("图{number}"));
                strip_caption(&mut line, '图');
                figure.caption_other = other_caption(&mut line, '图');
                figure.caption = (!line.inlines.is_empty()).then_some(line.inlines);
                if figure.images.is_empty() && figure.parts.is_empty() {
                    self.reader
                        .warn(line.place, message!("import-no-picture", title = &line.text));
                }
                let mut figure = self.figure.take().unwrap_or_default();
                if let Some(unit) = self.unit.take() {
                    figure.unit = Some(unit.text.trim_start_matches("单位为").trim().to_owned());
                }
                let mut block = Block::new(BlockKind::Figure(figure));
                block.id = self.links.labelled(&line.bookmarks, Of::Block, label);
                self.put(block);
            }
        }
    }

    /// Pictures without a title.
    pub(super) fn end_figure(&mut self) {
        let Some(mut figure) = self.figure.take() else { return };
        figure.unnumbered = true;
        if figure.images.is_empty() && figure.parts.is_empty() && figure.keys.is_empty() {
            for note in figure.footnotes {
                self.put(paragraph(note.text));
            }
            return;
        }
        self.put(Block::new(BlockKind::Figure(figure)));
    }
}

/// The mark at the start is the note's label.
pub(super) fn object_note(mut line: Line) -> Footnote {
    let mut label = String::new();
    if let Some(InlineKind::Superscript(inner)) = line.inlines.first().map(|first| &first.kind) {
        plain(inner).trim().clone_into(&mut label);
        line.inlines.remove(0);
        drop_start(&mut line.inlines, 0);
        if let Some(InlineKind::Text(run)) = line.inlines.first_mut().map(|first| &mut first.kind) {
            run.text = run.text.trim_start_matches(['\u{a0}', ' ', ')']).to_owned();
        }
    }
    Footnote {
        label,
        span: Span::NOWHERE,
        text: line.inlines,
    }
}

fn pictures(inlines: &[Inline]) -> Vec<Image> {
    inlines
        .iter()
        .filter_map(|inline| match &inline.kind {
            InlineKind::Picture { words, file } => Some(Image {
                span: Span::NOWHERE,
                file: file.clone(),
                words: words.clone(),
            }),
            _ => None,
        })
        .collect()
}
