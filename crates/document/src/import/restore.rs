//! What comes back from the source that a file carries: blocks, titles, elements, footnotes.

use super::Reader;
use super::assemble::Text;
use super::blocks::Held;
use super::kept::Kept;
use super::line::Piece;
use super::report::BlockReport;
use super::role::{Context, Role, Taken, take};
use crate::model::{Block, Document, Element, Footnote, Heading, Inline, InlineKind, Visit, walk_document};

impl Text<'_> {
    /// Blocks that are as they were; the piece may begin a clause, too.
    pub(super) fn restore(&mut self, piece: Piece, blocks: Vec<Block>) {
        tell_restored(self.reader, &piece, "paragraph");
        if let Piece::Line(line) = piece
            && let Role::Untitled(level) = take(&line, self.context).role
            && !self.open.is_empty()
        {
            let level = level.clamp(1, self.titled().max(1));
            let taken = Taken {
                role: Role::Text,
                confidence: 100,
                by: "kept",
            };
            self.untitled(line, taken, level);
            // Its first paragraph is among what comes back.
            self.held.clear();
        }
        self.held.extend(blocks.into_iter().map(Held::Kept));
    }

    /// A title that is as it was, on whichever level it stands now.
    pub(super) fn restore_heading(&mut self, piece: Piece, heading: Heading, comments: Vec<Block>) {
        self.held.extend(comments.into_iter().map(Held::Kept));
        let Piece::Line(mut line) = piece else { return };
        line.inlines
            .retain(|inline| !matches!(inline.kind, InlineKind::Comment(_)));
        self.piece(Piece::Line(line));
        if let Some(open) = self.open.last_mut()
            && self.held.is_empty()
            && open.clause.heading.is_some()
        {
            open.clause.heading = Some(heading);
        }
    }

    pub(super) fn restore_element(&mut self, element: Element) {
        self.close(0);
        self.levels = vec![(0, 0)];
        self.context = Context {
            begun: true,
            annex: self.context.annex,
            ..Context::default()
        };
        self.document.elements.push(element);
    }
}

/// A piece whose block comes back as it was.
pub(super) fn tell_restored(reader: &mut Reader, piece: &Piece, what: &'static str) {
    let (place, text) = match piece {
        Piece::Line(line) if line.inlines.is_empty() => return,
        Piece::Line(line) => (line.place, line.text.chars().take(40).collect()),
        Piece::Grid(grid) => (grid.place, String::new()),
    };
    reader.report.blocks.push(BlockReport {
        place,
        what,
        level: None,
        text,
        confidence: 100,
        by: "kept",
    });
}

/// The footnotes that are mentioned, those of blocks that came back under their own labels.
pub(super) fn settle_notes(reader: &mut Reader, document: &mut Document, kept: Option<&Kept>) {
    struct Marks(Vec<String>);
    impl<'a> Visit<'a> for Marks {
        fn inline(&mut self, inline: &'a Inline) {
            if let InlineKind::FootnoteMark(label) = &inline.kind {
                self.0.push(label.clone());
            }
        }
    }
    let own = std::mem::take(&mut reader.footnotes);
    let Some(kept) = kept else {
        document.footnotes = own;
        return;
    };
    let mut marks = Marks(Vec::new());
    walk_document(document, &mut marks);
    let mut known: Vec<Footnote> = Vec::new();
    for label in marks.0 {
        let note = own
            .iter()
            .chain(&kept.document.footnotes)
            .find(|note| note.label == label);
        if let Some(note) = note.filter(|_| known.iter().all(|note| note.label != label)) {
            known.push(note.clone());
        }
    }
    document.footnotes = known;
}
