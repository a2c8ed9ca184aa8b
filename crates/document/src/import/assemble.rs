//! Pieces → document: what each is taken for, which clause it belongs to.

use super::blocks::{Held, blocks};
use super::kept::{Kept, Restored};
use super::line::{Line, Piece};
use super::links::{Links, settle};
use super::report::BlockReport;
use super::role::{Context, Role, Taken, take};
use super::words::{annex_mark, annex_number, bare_element, folded, nature, typed_number};
use super::{Reader, cover};
use crate::model::{
    AnnexNature, Block, Clause, Document, Element, ElementKind, Footnote, Heading, Inline, InlineKind, Span, Visit,
    plain_text, walk_document,
};
use crate::source::element_of_title;

/// The document that the pieces make.
pub(super) fn document(reader: &mut Reader, pieces: Vec<Piece>, kept: Option<&Kept>) -> Document {
    let mut links = Links::of(&pieces, kept);
    let covered = cover_ends(&pieces);
    let mut restored = kept.map(|kept| kept.restored(&pieces)).unwrap_or_default();
    let mut document = Document::default();
    let mut pieces = pieces.into_iter();
    let first: Vec<Piece> = pieces.by_ref().take(covered).collect();
    match kept {
        Some(kept) if kept.has_cover(&first) => {
            document.front = kept.document.front.clone();
            first.iter().for_each(|piece| tell_restored(reader, piece, "cover"));
        }
        Some(kept) => {
            document.lead = cover::read(reader, &mut document.front, first);
            cover::complete(&mut document.front, &kept.document.front);
        }
        None => document.lead = cover::read(reader, &mut document.front, first),
    }
    let mut text = Text {
        reader,
        links: &mut links,
        document,
        open: Vec::new(),
        held: Vec::new(),
        context: Context::default(),
        levels: Vec::new(),
        lead_ins: kept.map(|kept| kept.lead_ins.clone()).unwrap_or_default(),
    };
    let mut skipped = covered;
    for (at, piece) in pieces.enumerate().map(|(at, piece)| (at + covered, piece)) {
        if at < skipped {
            tell_restored(text.reader, &piece, "paragraph");
            continue;
        }
        match restored.remove(&at) {
            Some(Restored::Element(element, end)) => {
                tell_restored(text.reader, &piece, "element");
                skipped = end;
                text.restore_element(element);
            }
            Some(Restored::Blocks(blocks, end)) => {
                skipped = end;
                text.restore(piece, blocks);
            }
            Some(Restored::Nothing(end)) => {
                tell_restored(text.reader, &piece, "element");
                skipped = end;
            }
            Some(Restored::Heading(heading, comments)) => text.restore_heading(piece, heading, comments),
            None => text.piece(piece),
        }
    }
    text.close(0);
    let mut document = text.document;
    settle_notes(reader, &mut document, kept);
    settle(&mut document, &links);
    document
}

/// How many pieces stand before the contents, the foreword or the first chapter: the cover.
fn cover_ends(pieces: &[Piece]) -> usize {
    let begins = |piece: &Piece| match piece {
        Piece::Grid(_) => false,
        Piece::Line(line) => {
            let taken = take(line, Context::default());
            let contents = matches!(folded(&line.text).as_str(), "目次" | "目录");
            contents
                || match taken.role {
                    Role::Contents | Role::Element(_) | Role::Annex | Role::Title => true,
                    Role::Clause(0) => taken.by != "look",
                    Role::Clause(_) => taken.by == "style",
                    _ => false,
                }
        }
    };
    pieces.iter().position(begins).unwrap_or(0)
}

/// A piece whose block comes back as it was.
fn tell_restored(reader: &mut Reader, piece: &Piece, what: &'static str) {
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
fn settle_notes(reader: &mut Reader, document: &mut Document, kept: Option<&Kept>) {
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

struct Text<'a> {
    reader: &'a mut Reader,
    links: &'a mut Links,
    document: Document,
    /// Clauses that are open, from the element down.
    open: Vec<Open>,
    /// Pieces of the innermost clause.
    held: Vec<Held>,
    context: Context,
    /// Headings that are open: the level that the evidence says, and the one at which each stands.
    levels: Vec<(usize, usize)>,
    /// Sentences that are made anew.
    lead_ins: Vec<String>,
}

struct Open {
    kind: Option<ElementKind>,
    clause: Clause,
}

impl Text<'_> {
    /// Blocks that are as they were; the piece may begin a clause, too.
    fn restore(&mut self, piece: Piece, blocks: Vec<Block>) {
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
    fn restore_heading(&mut self, piece: Piece, heading: Heading, comments: Vec<Block>) {
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

    fn restore_element(&mut self, element: Element) {
        self.close(0);
        self.levels = vec![(0, 0)];
        self.context = Context {
            begun: true,
            annex: self.context.annex,
            ..Context::default()
        };
        self.document.elements.push(element);
    }

    fn piece(&mut self, piece: Piece) {
        let line = match piece {
            Piece::Grid(grid) => {
                self.reader.report.blocks.push(BlockReport {
                    place: grid.place,
                    what: "table",
                    level: None,
                    text: String::new(),
                    confidence: 90,
                    by: "style",
                });
                self.held.push(Held::Grid(grid));
                return;
            }
            Piece::Line(line) => line,
        };
        let mut taken = take(&line, self.context);
        // A second 目次 by its word alone.
        if matches!(folded(&line.text).as_str(), "目次" | "目录") && !self.context.begun {
            taken.role = Role::Contents;
        }
        if let Role::Clause(level) = taken.role {
            taken.role = Role::Clause(self.level(level, taken.by));
        } else if taken.role.level().is_some() {
            self.levels = vec![(0, 0)];
        }
        if let Role::Untitled(level) = taken.role {
            taken.role = Role::Untitled(level.clamp(1, self.titled().max(1)));
            if self.open.is_empty() {
                taken.role = Role::Text;
            }
        }
        self.tell(&line, taken);
        match taken.role {
            Role::Contents => {}
            Role::Title => self.title(line, taken),
            Role::Element(kind) => self.element(line, kind),
            Role::Annex => self.annex(line),
            Role::Clause(0) => self.chapter(line),
            Role::Clause(level) => self.clause(line, level),
            Role::Untitled(level) => self.untitled(line, taken, level),
            Role::EndLine if line.inlines.is_empty() => {}
            _ if self.nature_of_annex(&line) => {}
            Role::Text if self.held.is_empty() && self.open.len() == 1 && self.lead_ins.contains(&line.text) => {}
            _ => self.held.push(Held::Line(line, taken)),
        }
    }

    fn tell(&mut self, line: &Line, taken: Taken) {
        if line.inlines.is_empty() && taken.role != Role::TermNumber {
            return;
        }
        self.reader.report.blocks.push(BlockReport {
            place: line.place,
            what: taken.role.word(),
            level: taken.role.level(),
            text: line.text.chars().take(40).collect(),
            confidence: taken.confidence,
            by: taken.by,
        });
    }

    /// The level at which a heading stands whose evidence says `said`: none is left out, and what is said alike stands
    /// alike.
    fn level(&mut self, said: usize, by: &str) -> usize {
        let said = match self.levels.last() {
            // A look says no level: it is that of the heading before.
            Some((before, _)) if by == "look" => *before,
            _ => said,
        };
        while self.levels.last().is_some_and(|(before, _)| *before >= said) {
            self.levels.pop();
        }
        let level = match self.levels.last() {
            Some((_, above)) => said.min(above + 1).min(6),
            None => 0,
        };
        self.levels.push((said, level));
        level
    }

    /// The deepest level that a clause may have here: those without title are not divided.
    fn titled(&self) -> usize {
        self.open
            .iter()
            .filter(|open| open.clause.heading.is_some())
            .count()
            .min(6)
    }

    /// The document's title once more, or, where the cover had none, the title.
    fn title(&mut self, line: Line, taken: Taken) {
        let parts: Vec<String> = line
            .text
            .split(['\n', '\u{3000}'])
            .map(|part| part.trim().to_owned())
            .filter(|part| !part.is_empty())
            .collect();
        // What follows stands before the first chapter, not in the foreword.
        if line.own_style || self.context.begun {
            self.close(0);
            self.context.terms = false;
        }
        let title = &mut self.document.front.title;
        let said = folded(&title.zh.concat());
        if title.zh.is_empty() && parts.len() <= 3 && line.inlines.iter().all(is_plain) {
            title.zh = parts;
        } else if folded(&line.text) != said && folded(&line.text) != folded(&title.en.concat()) {
            self.held.push(Held::Line(
                line,
                Taken {
                    role: Role::Text,
                    ..taken
                },
            ));
        }
    }

    /// Closes the clauses from this depth on: 0 is the element.
    fn close(&mut self, depth: usize) {
        let held = std::mem::take(&mut self.held);
        let kind = self.open.first().and_then(|open| open.kind);
        let made = blocks(self.reader, self.links, held, kind, self.context.terms);
        match self.open.last_mut() {
            Some(open) => open.clause.blocks.extend(made),
            None => self.document.lead.extend(made),
        }
        while self.open.len() > depth {
            let Some(closed) = self.open.pop() else { break };
            match self.open.last_mut() {
                Some(parent) => parent.clause.clauses.push(closed.clause),
                None => self.document.elements.push(Element {
                    kind: closed.kind.unwrap_or(ElementKind::Chapter),
                    clause: closed.clause,
                }),
            }
        }
    }

    fn begin(&mut self, depth: usize, kind: Option<ElementKind>, line: &Line, mut title: Vec<Inline>) {
        self.close(depth);
        let other = other_title(&mut title);
        let words = plain_text(&title);
        let terms = kind == Some(ElementKind::Terms) || folded(&words).contains("术语");
        // Clauses below 术语和定义 are groups of terms.
        self.context.terms = terms || (depth > 0 && self.context.terms && !folded(&words).contains("缩略语"));
        self.context.level = depth;
        self.context.begun = true;
        let clause = Clause {
            id: self.links.id(&line.bookmarks),
            heading: Some(Heading {
                title,
                other,
                span: Span::NOWHERE,
            }),
            ..Clause::default()
        };
        self.open.push(Open { kind, clause });
    }

    fn element(&mut self, line: Line, kind: ElementKind) {
        let title = vec![Inline::text(
            kind.fixed_title().map_or_else(|| line.text.clone(), str::to_owned),
        )];
        self.begin(0, Some(kind), &line, title);
        self.more(&line);
    }

    /// What stands in a heading and is no text of it: notes, comments, pictures.
    fn more(&mut self, line: &Line) {
        let more: Vec<Inline> = line.inlines.iter().filter(|inline| is_extra(inline)).cloned().collect();
        if !more.is_empty() {
            let line = Line {
                place: line.place,
                inlines: more,
                ..Line::default()
            };
            let taken = Taken {
                role: Role::Text,
                confidence: 60,
                by: "place",
            };
            self.held.push(Held::Line(line, taken));
        }
    }

    fn chapter(&mut self, line: Line) {
        if annex_mark(&line.text).is_some() {
            self.annex(line);
            return;
        }
        if let Some(kind) = bare_element(&line.text) {
            self.element(line, kind);
            return;
        }
        let title = heading_words(&line);
        let mut chinese = title.clone();
        other_title(&mut chinese);
        let kind = element_of_title(&plain_text(&chinese)).unwrap_or(ElementKind::Chapter);
        self.begin(0, Some(kind), &line, title);
    }

    fn clause(&mut self, line: Line, level: usize) {
        let title = heading_words(&line);
        self.begin(level, None, &line, title);
    }

    /// 无标题条: its words are its first paragraph.
    fn untitled(&mut self, mut line: Line, taken: Taken, level: usize) {
        strip_number(&mut line);
        let terms = self.context.terms;
        let depth = level.min(self.open.len());
        let title = Vec::new();
        let level = self.context.level;
        self.begin(depth, None, &line, title);
        self.context.level = level;
        self.context.terms = terms;
        if let Some(open) = self.open.last_mut() {
            open.clause.heading = None;
        }
        line.bookmarks.clear();
        self.held.push(Held::Line(
            line,
            Taken {
                role: Role::Text,
                ..taken
            },
        ));
    }

    /// 附录A, （规范性）, the title: in one paragraph or in three.
    fn annex(&mut self, line: Line) {
        self.context.annex = true;
        let words = line.text.replace('\n', "\u{3000}");
        let mut rest = annex_mark(&words).map_or(words.as_str(), |(_, rest)| rest);
        let mut kind = AnnexNature::Unsaid;
        if let Some((normative, after)) = nature(rest) {
            kind = said(normative);
            rest = after;
        }
        let rest = rest
            .trim_matches(|c: char| c.is_whitespace() || c == '\u{3000}')
            .to_owned();
        let title = match line.text.rsplit_once('\n') {
            _ if rest.is_empty() => Vec::new(),
            // The title as it is, where it is a line of its own.
            Some((_, last)) if last.trim() == rest => last_line(&line.inlines),
            None if rest == line.text => line
                .inlines
                .iter()
                .filter(|inline| !is_extra(inline))
                .cloned()
                .collect(),
            _ => vec![Inline::text(rest)],
        };
        self.begin(0, Some(ElementKind::Annex(kind)), &line, title);
        self.more(&line);
    }

    /// （资料性附录） and the title, on lines of their own behind 附录A.
    fn nature_of_annex(&mut self, line: &Line) -> bool {
        if !self.held.is_empty() || line.pictures > 0 || self.open.len() != 1 {
            return false;
        }
        let Some(open) = self.open.last_mut() else { return false };
        let Some(ElementKind::Annex(kind)) = open.kind else {
            return false;
        };
        let untitled = open
            .clause
            .heading
            .as_ref()
            .is_none_or(|heading| heading.title.is_empty());
        if let Some((normative, rest)) = nature(&line.text)
            && kind == AnnexNature::Unsaid
        {
            open.kind = Some(ElementKind::Annex(said(normative)));
            let rest = rest.trim();
            if untitled && !rest.is_empty() {
                open.clause.heading = Some(Heading {
                    title: vec![Inline::text(rest)],
                    ..Heading::default()
                });
            }
            return untitled || rest.is_empty();
        }
        if untitled && line.centred && !line.inlines.is_empty() {
            open.clause.heading = Some(Heading {
                title: line.inlines.clone(),
                ..Heading::default()
            });
            return true;
        }
        false
    }
}

fn said(normative: bool) -> AnnexNature {
    if normative {
        AnnexNature::Normative
    } else {
        AnnexNature::Informative
    }
}

fn is_plain(inline: &Inline) -> bool {
    matches!(inline.kind, InlineKind::Text(_) | InlineKind::Break)
}

fn is_extra(inline: &Inline) -> bool {
    matches!(
        inline.kind,
        InlineKind::Comment(_) | InlineKind::FootnoteMark(_) | InlineKind::Picture { .. }
    )
}

/// The inlines behind the last break.
fn last_line(inlines: &[Inline]) -> Vec<Inline> {
    let from = inlines
        .iter()
        .rposition(|inline| matches!(inline.kind, InlineKind::Break))
        .map_or(0, |at| at + 1);
    inlines
        .get(from..)
        .unwrap_or_default()
        .iter()
        .filter(|inline| !is_extra(inline))
        .cloned()
        .collect()
}

/// A typed number is none of the title.
fn strip_number(line: &mut Line) {
    let text = line.text.trim_start().to_owned();
    let rest = typed_number(&text)
        .map(|(_, _, rest)| rest)
        .or_else(|| annex_number(&text).map(|(_, _, rest)| rest));
    if let Some(rest) = rest {
        let characters = text.chars().count() - rest.chars().count();
        drop_start(&mut line.inlines, characters);
    }
}

fn heading_words(line: &Line) -> Vec<Inline> {
    let mut line = line.clone();
    strip_number(&mut line);
    for inline in &mut line.inlines {
        if matches!(inline.kind, InlineKind::Break) {
            *inline = Inline::text(" ");
        }
    }
    line.inlines
}

/// English words behind a Chinese title are the title in the other language.
fn other_title(title: &mut [Inline]) -> Option<String> {
    let InlineKind::Text(run) = &mut title.last_mut()?.kind else {
        return None;
    };
    let at = run
        .text
        .char_indices()
        .rev()
        .take_while(|(_, c)| c.is_ascii() || matches!(c, '\u{2019}' | '—' | '\u{3000}'))
        .filter(|(_, c)| *c == '\u{3000}')
        .last()?
        .0;
    let (chinese, english) = run.text.split_at(at);
    let english = english
        .trim_matches(|c: char| c.is_whitespace() || c == '\u{3000}')
        .to_owned();
    let is_words = english.len() > 3 && english.chars().any(|c| c.is_ascii_lowercase());
    if !is_words || !chinese.chars().any(|c| c > '\u{2e80}' && c != '\u{3000}') {
        return None;
    }
    run.text = chinese
        .trim_end_matches(|c: char| c.is_whitespace() || c == '\u{3000}')
        .to_owned();
    Some(english)
}

/// Takes so many characters away at the start, and the blanks behind them.
pub(super) fn drop_start(inlines: &mut Vec<Inline>, characters: usize) {
    let mut left = characters;
    while left > 0 {
        let Some(first) = inlines.first_mut() else { return };
        match &mut first.kind {
            InlineKind::Text(run) => {
                let count = run.text.chars().count();
                let taken = count.min(left);
                run.text = run.text.chars().skip(taken).collect();
                left -= taken;
                if run.text.is_empty() {
                    inlines.remove(0);
                }
            }
            InlineKind::Strong(inner)
            | InlineKind::Emphasis(inner)
            | InlineKind::Superscript(inner)
            | InlineKind::Subscript(inner) => {
                let before = plain_text(inner).chars().count();
                drop_start(inner, left);
                let after = plain_text(inner).chars().count();
                left = left.saturating_sub(before - after);
                if inner.is_empty() {
                    inlines.remove(0);
                } else if before == after {
                    return;
                }
            }
            InlineKind::Break => {
                left -= 1;
                inlines.remove(0);
            }
            _ => return,
        }
    }
    if let Some(InlineKind::Text(run)) = inlines.first_mut().map(|first| &mut first.kind) {
        run.text = run
            .text
            .trim_start_matches(|c: char| c.is_whitespace() || c == '\u{3000}')
            .to_owned();
        if run.text.is_empty() {
            inlines.remove(0);
        }
    }
}

/// A paragraph of these inlines.
pub(super) fn paragraph(inlines: Vec<Inline>) -> Block {
    Block::new(crate::model::BlockKind::Paragraph(inlines))
}
