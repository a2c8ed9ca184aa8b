//! Cuts the run of the list into headings and rows, before anything is read from them.
//!
//! A row ends at the bracket of places that closes its line; a heading ends where the next mark or row begins.

use crate::glyph::{Run, Span};
use crate::mark::{Mark, mark_at};
use crate::place::{Places, speaks_of_places};

/// The longest bracket that can hold places; also bounds the work on hostile text.
const LONGEST_BRACKET: usize = 200;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PieceKind {
    Part(u32),
    Section(u32),
    /// A row and its number, if it has one.
    Row(Option<u32>),
}

#[derive(Debug, Clone, Copy)]
pub(crate) struct Piece {
    pub(crate) kind: PieceKind,
    /// Everything, mark included.
    pub(crate) span: Span,
    /// Where the words behind the mark begin.
    pub(crate) body: usize,
    /// The words between the last brackets, if they speak of places.
    pub(crate) places: Option<Span>,
    /// The place where this piece was cut from its heading is a guess.
    pub(crate) cut_uncertain: bool,
}

/// Cuts `span` into pieces that cover it without a hole.
pub(crate) fn cut(run: &Run<'_>, span: Span, places: &Places) -> Vec<Piece> {
    let mut cutter = Cutter {
        run,
        places,
        end: span.to,
        pieces: Vec::new(),
        open: None,
        task: 0,
        part: 0,
        section: 0,
    };
    let mut at = span.from;
    let mut brackets: Vec<usize> = Vec::new();
    let mut boundary = true;
    while at < span.to {
        if boundary || run.starts_line(at) {
            if let Some((mark, body)) = mark_at(run, at).filter(|&(mark, body)| body <= span.to && cutter.fits(mark)) {
                cutter.flush(at, None);
                cutter.start(mark, at, body);
                brackets.clear();
                (at, boundary) = (body, false);
                continue;
            }
            if cutter.open.is_none() {
                cutter.open = Some((PieceKind::Row(None), at, at));
                brackets.clear();
            }
        }
        boundary = false;
        match run.c(at) {
            Some('（') => brackets.push(at),
            Some('）') => {
                if let Some(inner) = brackets.pop().map(|open| Span { from: open + 1, to: at })
                    && let Some(after) = cutter.row_ends(inner)
                {
                    cutter.flush(after, Some(inner));
                    (at, boundary) = (after, true);
                    continue;
                }
            }
            _ => {}
        }
        at += 1;
    }
    cutter.flush(span.to, None);
    cutter.pieces
}

struct Cutter<'a> {
    run: &'a Run<'a>,
    places: &'a Places,
    end: usize,
    pieces: Vec<Piece>,
    open: Option<(PieceKind, usize, usize)>,
    task: u32,
    part: u32,
    section: u32,
}

impl Cutter<'_> {
    /// Inside a row whose places have not come, only a mark that continues the count is one; else it is a title's own.
    fn fits(&self, mark: Mark) -> bool {
        if !matches!(self.open, Some((PieceKind::Row(_), ..))) {
            return true;
        }
        match mark {
            Mark::Task(number) => (self.task + 1..=self.task + 4).contains(&number),
            Mark::Part(number) => number == self.part + 1,
            Mark::Section(number) => number == self.section + 1,
        }
    }

    fn start(&mut self, mark: Mark, at: usize, body: usize) {
        let kind = match mark {
            Mark::Part(number) => {
                (self.part, self.section) = (number, 0);
                PieceKind::Part(number)
            }
            Mark::Section(number) => {
                self.section = number;
                PieceKind::Section(number)
            }
            Mark::Task(number) => {
                self.task = number;
                PieceKind::Row(Some(number))
            }
        };
        self.open = Some((kind, at, body));
    }

    /// If these bracketed words close a row: where the next piece may begin.
    fn row_ends(&self, inner: Span) -> Option<usize> {
        if inner.to - inner.from > LONGEST_BRACKET || !speaks_of_places(&self.run.text(inner), self.places) {
            return None;
        }
        let mut after = inner.to + 1;
        while after < self.end && !self.run.starts_line(after) && matches!(self.run.c(after), Some('。' | '；' | '.'))
        {
            after += 1;
        }
        let next = after >= self.end || self.run.starts_line(after) || mark_at(self.run, after).is_some();
        next.then_some(after)
    }

    fn flush(&mut self, to: usize, places: Option<Span>) {
        let Some((kind, from, body)) = self.open.take() else {
            return;
        };
        if matches!(kind, PieceKind::Row(_)) || places.is_none() {
            if matches!(kind, PieceKind::Row(None)) && places.is_some() {
                self.task += 1;
            }
            self.pieces.push(Piece {
                kind,
                span: Span { from, to },
                body,
                places,
                cut_uncertain: false,
            });
            return;
        }
        // A heading that ends in places has swallowed a row that lost its number: cut at the bullet, the empty line or the wrap.
        let breaks: Vec<usize> = (body + 1..to).filter(|&at| self.run.starts_line(at)).collect();
        let of = |wanted: fn(&crate::glyph::Glyph) -> bool| -> Vec<usize> {
            breaks
                .iter()
                .copied()
                .filter(|&at| self.run.glyphs.get(at).is_some_and(wanted))
                .collect()
        };
        let (bullets, blanks) = (of(|glyph| glyph.bullet), of(|glyph| glyph.after_blank));
        let (cut, sure) = match (bullets.as_slice(), blanks.as_slice(), breaks.as_slice()) {
            (&[only], _, _) => (only, true),
            (_, _, &[only]) => (only, true),
            (_, &[first, ..], _) => (first, false),
            (_, _, &[first, ..]) => (first, false),
            (_, _, &[]) => (to, false),
        };
        self.pieces.push(Piece {
            kind,
            span: Span { from, to: cut },
            body,
            places: None,
            cut_uncertain: !sure,
        });
        if cut < to {
            self.task += 1;
            self.pieces.push(Piece {
                kind: PieceKind::Row(None),
                span: Span { from: cut, to },
                body: cut,
                places,
                cut_uncertain: !sure,
            });
        }
    }
}
