//! Pieces → document: what each is taken for, which clause it belongs to.

use super::blocks::{Held, blocks};
use super::kept::{Kept, Restored};
use super::line::{Line, Piece};
use super::links::{Links, Of, settle};
use super::mentions::label_of;
use super::report::BlockReport;
use super::restore::{settle_notes, tell_restored};
use super::role::{Context, Role, Taken, is_sentence, take};
use super::survey::{Habits, survey};
use super::title::{heading_words, is_extra, last_line, other_title, split_languages, strip_number};
use super::words::{annex_mark, attachment, bare_element, folded, nature};
use super::{Reader, cover};
use crate::model::{
    AnnexNature, Clause, Document, Element, ElementKind, Heading, Inline, InlineKind, Span, plain_text,
};
use crate::source::element_of_title;

/// The document that the pieces make.
pub(super) fn document(reader: &mut Reader, mut pieces: Vec<Piece>, kept: Option<&Kept>) -> Document {
    let habits = survey(&mut pieces);
    let mut links = Links::of(&pieces, kept);
    let covered = cover_ends(&pieces);
    let mut restored = kept.map(|kept| kept.restored(&pieces)).unwrap_or_default();
    let mut document = Document::default();
    let mut pieces = pieces.into_iter();
    let first: Vec<Piece> = pieces.by_ref().take(covered).collect();
    match kept {
        Some(kept) if kept.has_cover(&first) => {
            document.front = kept.document.front.clone();
            for piece in &first {
                tell_restored(reader, piece, "cover");
            }
        }
        Some(kept) => {
            document.lead = cover::read(reader, &mut links, &mut document.front, first);
            cover::complete(&mut document.front, &kept.document.front);
        }
        None => document.lead = cover::read(reader, &mut links, &mut document.front, first),
    }
    let mut text = Text {
        reader,
        links: &mut links,
        document,
        open: Vec::new(),
        held: Vec::new(),
        context: Context::default(),
        levels: Vec::new(),
        habits,
        attached: false,
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
                    Role::Clause(0) => taken.by != "look" || line.told.is_some(),
                    Role::Clause(_) | Role::Untitled(_) if line.told.is_some() => true,
                    Role::Clause(_) => taken.by == "style",
                    _ => false,
                }
        }
    };
    pieces.iter().position(begins).unwrap_or(0)
}

pub(super) struct Text<'a> {
    pub(super) reader: &'a mut Reader,
    pub(super) links: &'a mut Links,
    pub(super) document: Document,
    /// Clauses that are open, from the element down.
    pub(super) open: Vec<Open>,
    /// Pieces of the innermost clause.
    pub(super) held: Vec<Held>,
    pub(super) context: Context,
    /// Headings that are open: the level that the evidence says, and the one at which each stands.
    pub(super) levels: Vec<(usize, usize)>,
    pub(super) habits: Habits,
    /// Whether the annex that is open is an attachment.
    pub(super) attached: bool,
    /// Sentences that are made anew.
    pub(super) lead_ins: Vec<String>,
}

pub(super) struct Open {
    pub(super) kind: Option<ElementKind>,
    pub(super) clause: Clause,
}

impl Text<'_> {
    pub(super) fn piece(&mut self, piece: Piece) {
        let mut line = match piece {
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
        if self.is_term(&line, taken.role) {
            taken.role = Role::TermWords;
            strip_number(&mut line);
        }
        if let Role::Clause(level) = taken.role {
            taken.role = Role::Clause(self.level(level, &line, taken.by));
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
            _ if self.nature_of_annex(&line, taken) => {}
            Role::Text if self.held.is_empty() && self.open.len() == 1 && self.lead_ins.contains(&line.text) => {}
            _ => self.held.push(Held::Line(line, taken)),
        }
    }

    /// A heading 3.1 词 word in the chapter of terms is a term.
    fn is_term(&self, line: &Line, role: Role) -> bool {
        let terms = self
            .open
            .first()
            .is_some_and(|open| open.kind == Some(ElementKind::Terms));
        terms
            && matches!(role, Role::Clause(level) if level > 0)
            && split_languages(&line.text).is_some()
            && !folded(&line.text).contains("术语")
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
    fn level(&mut self, said: usize, line: &Line, by: &str) -> usize {
        let said = match self.levels.last() {
            // A look for itself says no level: it is that of the heading before.
            Some((before, _)) if by == "look" && line.told.is_none() => *before,
            _ => said,
        };
        // What counts by 一、 is no part of a foreword.
        let foreword = self.open.first().is_some_and(|open| {
            matches!(
                open.kind,
                Some(
                    ElementKind::Foreword | ElementKind::Introduction | ElementKind::Bibliography | ElementKind::Index
                )
            )
        });
        if line.told.is_some() && foreword {
            self.levels.clear();
        }
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
    pub(super) fn titled(&self) -> usize {
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
    pub(super) fn close(&mut self, depth: usize) {
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
        let other = other_title(&mut title, self.habits.bilingual);
        let words = plain_text(&title);
        let terms = kind == Some(ElementKind::Terms) || folded(&words).contains("术语");
        // Clauses below 术语和定义 are groups of terms.
        self.context.terms = terms || (depth > 0 && self.context.terms && !folded(&words).contains("缩略语"));
        self.context.level = depth;
        self.context.begun = true;
        let clause = Clause {
            id: self.links.labelled(&line.bookmarks, Of::Clause, label_of(line)),
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
        if let Some((_, english)) = split_languages(&line.text)
            && let Some(heading) = self.open.last_mut().and_then(|open| open.clause.heading.as_mut())
        {
            heading.other = Some(english.to_owned());
        }
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
        other_title(&mut chinese, self.habits.bilingual);
        if let Some(kind) = bare_element(&plain_text(&chinese)) {
            self.element(line, kind);
            return;
        }
        let kind = element_of_title(&plain_text(&chinese)).unwrap_or(ElementKind::Chapter);
        self.begin(0, Some(kind), &line, title);
    }

    fn clause(&mut self, line: Line, level: usize) {
        let title = heading_words(&line);
        self.begin(level, None, &line, title);
    }

    /// 无标题条: its words are its first paragraph.
    pub(super) fn untitled(&mut self, mut line: Line, taken: Taken, level: usize) {
        let label = label_of(&line);
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
            if open.clause.id.is_empty() {
                open.clause.id = self.links.labelled(&[], Of::Clause, label);
            }
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
        self.attached = attachment(&line.text);
        let words = line.text.replace('\n', "\u{3000}");
        let mut rest = match annex_mark(&words) {
            Some((_, rest)) => rest,
            None if attachment(&words) => "",
            None => words.as_str(),
        };
        let mut kind = AnnexNature::Unsaid;
        if let Some((normative, after)) = nature(rest) {
            kind = said(normative);
            rest = after;
        }
        // 附录A（规范性）方法 Annex A (normative) Methods
        let both = split_languages(rest).filter(|(_, english)| annex_mark(english).is_some());
        let both = both.map(|(chinese, english)| {
            let english = annex_mark(english).map_or(english, |(_, rest)| rest);
            let english = nature(english).map_or(english, |(_, rest)| rest);
            format!("{chinese}\u{3000}{}", english.trim_start_matches(['—', '–', ' ']))
        });
        let rest = both
            .as_deref()
            .unwrap_or(rest)
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
    fn nature_of_annex(&mut self, line: &Line, taken: Taken) -> bool {
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
        // The title of an attachment may stand at the margin.
        let named = self.attached && taken.role == Role::Text && taken.by != "text" && !is_sentence(&line.text);
        if untitled && (line.centred || named) && !line.inlines.is_empty() {
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
