//! The flat sequence of headings and blocks → elements and clauses.

use super::attributes::Attributes;
use super::block::{Item, Scanner, push_block};
use super::inline;
use super::line::Line;
use super::number::{TypedNumber, typed_number};
use super::reference;
use super::words::{ELEMENT_CLASSES, element_of_title};
use crate::finding::{Finding, Fix, message};
use crate::model::{AnnexNature, Clause, Document, Element, ElementKind, FrontMatter, Heading, Span, plain_text};

/// A heading with all that it says.
struct Headed {
    level: usize,
    kind: Option<ElementKind>,
    clause: Clause,
}

/// Builds the tree.
pub(super) fn build(scanner: &mut Scanner, mut front: FrontMatter, items: Vec<Item<'_>>) -> Document {
    let shift = title_above(&items, &front);
    let mut lead = Vec::new();
    let mut builder = Builder {
        elements: Vec::new(),
        way: Vec::new(),
        titled: 0,
    };
    for item in items {
        match item {
            Item::Heading(1, line) if shift == 1 => {
                let (line, attributes) = Attributes::at_end(line);
                scanner.report_unknown(&attributes, "#");
                if front.title.zh.is_empty() {
                    front.title.zh = title_elements(&plain_text(&inline::read_line(line, &mut scanner.findings)));
                    front.places.push(("title".to_owned(), line.span()));
                }
            }
            Item::Heading(level, line) => {
                let headed = headed(scanner, level - shift.min(level - 1), line);
                builder.open(scanner, headed);
            }
            Item::Untitled(strokes, id, span) => builder.untitled(scanner, strokes, id, span),
            Item::Block(block) => match builder.current() {
                Some(clause) => {
                    clause.span = clause.span.to(block.span);
                    push_block(&mut clause.blocks, *block);
                }
                None => push_block(&mut lead, *block),
            },
        }
    }
    let mut elements = builder.finish();
    for element in &mut elements {
        if matches!(element.kind, ElementKind::References | ElementKind::Bibliography) {
            reference::read_clause(&mut element.clause);
        }
    }
    Document {
        front,
        lead,
        elements,
        ..Document::default()
    }
}

/// Whether the only heading of the first level is the document's title: then all others stand one level higher.
fn title_above(items: &[Item<'_>], front: &FrontMatter) -> usize {
    let mut levels = items.iter().filter_map(|item| match item {
        Item::Heading(level, line) => Some((*level, *line)),
        _ => None,
    });
    let Some((1, first)) = levels.next() else { return 0 };
    let mut rest = levels.peekable();
    if rest.peek().is_none() || rest.any(|(level, _)| level == 1) {
        return 0;
    }
    let (line, attributes) = Attributes::at_end(first);
    let title: String = line.text.split("<!--").next().unwrap_or_default().trim().to_owned();
    let is_element = element_of_title(&title).is_some()
        || ELEMENT_CLASSES.iter().any(|(_, names)| attributes.class(names))
        || !matches!(typed_number(&title), TypedNumber::None);
    let folded = |text: &str| -> String { text.chars().filter(|c| !c.is_whitespace()).collect() };
    let same = folded(&front.title.zh.concat()) == folded(&title);
    let bare = !attributes.span.is_somewhere();
    usize::from(bare && !is_element && (front.title.zh.is_empty() || same))
}

/// A title in one line → its elements, parted by a blank of a character's width.
fn title_elements(title: &str) -> Vec<String> {
    title
        .split('\u{3000}')
        .map(|part| part.trim().to_owned())
        .filter(|part| !part.is_empty())
        .collect()
}

fn headed(scanner: &mut Scanner, level: usize, line: Line<'_>) -> Headed {
    let whole = line.span();
    let (line, attributes) = Attributes::at_end(line);
    let mut title = line;
    let mut number = None;
    let mut annex = None;
    match typed_number(title.text) {
        TypedNumber::None => {}
        TypedNumber::Clause(typed, bytes) => {
            number = Some(typed.to_owned());
            tell_number(scanner, title.before(bytes), typed);
            title = title.after(bytes).trimmed();
        }
        TypedNumber::Annex { letter, nature, bytes } if level == 1 => {
            annex = Some(nature);
            // 附录 alone is how the dialect says it; a letter is a number that somebody typed.
            if !letter.is_empty() {
                number = Some(format!("附录{letter}"));
                // Only the letter goes: the rest says that it is an annex, and which kind.
                let word = if title.text.starts_with("附录") {
                    "附录"
                } else {
                    "Annex"
                };
                let at = title.text.get(word.len()..).and_then(|rest| rest.find(letter));
                let typed = title.after(word.len() + at.unwrap_or(0)).before(letter.len());
                tell_number(scanner, typed, letter);
            }
            title = title.after(bytes).trimmed();
        }
        TypedNumber::Annex { .. } => {}
    }
    let caption = title.text.rfind('（').filter(|at| *at > 0).filter(|at| {
        title.text.get(*at..).is_some_and(|tail| {
            tail.strip_prefix("（表")
                .and_then(|tail| tail.strip_suffix('）'))
                .is_some_and(|digits| !digits.is_empty() && digits.chars().all(|c| c.is_ascii_digit()))
        })
    });
    if let Some(at) = caption {
        let typed = title.after(at);
        scanner.findings.push(
            Finding::warning(
                "SRC-13",
                typed.span(),
                message!("doc-typed-number", number = typed.text),
            )
            .mended_by(Fix::delete(typed.span())),
        );
        title = title.before(at).trimmed();
    }
    let given = attributes.value(&["title", "标题"]);
    let text = match &given {
        Some(given) => {
            let line = Line {
                text: given,
                at: attributes.span.start,
            };
            inline::read_line(line, &mut scanner.findings)
        }
        None => inline::read_line(title, &mut scanner.findings),
    };
    let plain = plain_text(&text);
    let kind = (level == 1).then(|| {
        let class = ELEMENT_CLASSES
            .iter()
            .find_map(|(kind, names)| attributes.class(names).then_some(*kind));
        let kind = match annex {
            Some(nature) => ElementKind::Annex(nature),
            None => class
                .or_else(|| element_of_title(&plain))
                .unwrap_or(ElementKind::Chapter),
        };
        match kind {
            ElementKind::Annex(nature) => ElementKind::Annex(if attributes.class(&["规范性", "normative"]) {
                AnnexNature::Normative
            } else if attributes.class(&["资料性", "informative"]) {
                AnnexNature::Informative
            } else {
                nature
            }),
            kind => kind,
        }
    });
    let heading = Heading {
        title: text,
        other: attributes.value(&["en", "英文"]),
        span: title.span(),
    };
    scanner.report_unknown(&attributes, "#");
    if heading.title.is_empty() && !matches!(kind, Some(ElementKind::Annex(_))) {
        scanner
            .findings
            .push(Finding::error("SRC-22", whole, message!("doc-empty-heading")));
    }
    Headed {
        level,
        kind,
        clause: Clause {
            id: attributes.id,
            span: whole,
            heading: Some(heading),
            typed_number: number,
            ..Clause::default()
        },
    }
}

fn tell_number(scanner: &mut Scanner, marks: Line<'_>, number: &str) {
    scanner.findings.push(
        Finding::warning(
            "SRC-13",
            marks.trimmed().span(),
            message!("doc-typed-number", number = number),
        )
        .mended_by(Fix::delete(marks.span())),
    );
}

/// Elements so far, and the way from the last of them down to the clause at hand.
struct Builder {
    elements: Vec<Element>,
    /// The open clauses, outermost first; the first is the element's own.
    way: Vec<(ElementKind, Clause)>,
    /// How many of them have headings: untitled clauses hang below the last.
    titled: usize,
}

impl Builder {
    fn current(&mut self) -> Option<&mut Clause> {
        self.way.last_mut().map(|(_, clause)| clause)
    }

    fn open(&mut self, scanner: &mut Scanner, headed: Headed) {
        let reachable = self.titled.min(self.way.len());
        let level = if headed.level > reachable + 1 {
            scanner.findings.push(Finding::error(
                "SRC-19",
                headed.clause.span,
                message!("doc-skipped-level", level = headed.level, expected = reachable + 1),
            ));
            reachable + 1
        } else {
            headed.level
        };
        self.close_to(level - 1);
        let kind = match (headed.kind, self.way.first()) {
            (_, Some((kind, _))) => *kind,
            (Some(kind), None) => kind,
            // A heading below the first level with nothing above it is a chapter.
            (None, None) => ElementKind::Chapter,
        };
        self.way.push((kind, headed.clause));
        self.titled = self.way.len();
    }

    fn untitled(&mut self, scanner: &mut Scanner, strokes: usize, id: crate::model::Id, span: Span) {
        if self.way.is_empty() {
            scanner
                .findings
                .push(Finding::error("SRC-19", span, message!("doc-untitled-nowhere")));
            return;
        }
        let depth = (self.titled + strokes - 1).min(self.way.len());
        self.close_to(depth);
        let kind = self.way.first().map_or(ElementKind::Chapter, |(kind, _)| *kind);
        self.way.push((
            kind,
            Clause {
                id,
                span,
                ..Clause::default()
            },
        ));
    }

    /// Closes clauses until so many are open.
    fn close_to(&mut self, depth: usize) {
        while self.way.len() > depth {
            let Some((kind, clause)) = self.way.pop() else { return };
            match self.way.last_mut() {
                Some((_, above)) => {
                    above.span = above.span.to(clause.span);
                    above.clauses.push(clause);
                }
                None => self.elements.push(Element { kind, clause }),
            }
        }
        self.titled = self.titled.min(depth);
    }

    fn finish(mut self) -> Vec<Element> {
        self.close_to(0);
        self.elements
    }
}
