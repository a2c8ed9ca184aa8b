//! Runs of a paragraph → inlines: text and its look, links, fields, formulas, pictures, notes, comments, changes.

use super::Reader;
use super::line::Line;
use super::omml::latex;
use super::style::Look;
use super::tree::Node;
use crate::finding::message;
use crate::model::{CrossReference, Footnote, Id, Inline, InlineKind};

/// How a piece of text is set off from its paragraph.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Set {
    strong: bool,
    dotted: bool,
    code: bool,
    italic: bool,
    script: i8,
}

#[derive(Debug, Clone)]
pub(super) enum Bit {
    Text(String, Set),
    Inline(Inline),
}

/// A field that is open.
#[derive(Debug, Clone, Default)]
pub(super) struct Field {
    code: String,
    shows: bool,
    /// What it shows, if it refers to a bookmark.
    from: usize,
}

/// A bookmark that something refers to, until it is known what stands there.
pub(super) const BOOKMARK: &str = "bookmark:";

/// What is read of one paragraph.
pub(super) struct Runs<'a> {
    pub(super) bits: Vec<Bit>,
    pub(super) line: &'a mut Line,
    pub(super) boxes: &'a mut Vec<Node>,
    pub(super) look: Option<Look>,
    /// Bits before this one are whole: what follows is a piece of its own, a link or a change.
    pub(super) whole: usize,
}

impl Runs<'_> {
    /// Where something of its own begins.
    fn begin(&mut self) -> usize {
        self.whole = self.bits.len();
        self.whole
    }

    fn put(&mut self, text: &str, set: Set) {
        let whole = self.whole;
        put(&mut self.bits, whole, text, set);
    }
}

impl Reader {
    /// The runs of a paragraph; text boxes that hang on it go to `boxes`.
    pub(super) fn runs_of(&mut self, node: &Node, base: Look, line: &mut Line, boxes: &mut Vec<Node>) {
        let mut runs = Runs {
            bits: Vec::new(),
            line,
            boxes,
            look: None,
            whole: 0,
        };
        let contents = |fields: &[Field]| fields.iter().any(|field| field.code.trim_start().starts_with("TOC"));
        runs.line.contents |= contents(&self.fields);
        self.inside(node, &mut runs);
        runs.line.contents |= contents(&self.fields);
        // Only contents go over several paragraphs.
        self.fields.retain(|field| field.code.trim_start().starts_with("TOC"));
        let Runs { bits, line, look, .. } = runs;
        line.look = look.unwrap_or_default().over(base);
        finish(bits, line);
    }

    fn inside(&mut self, node: &Node, runs: &mut Runs<'_>) {
        for child in node.nodes() {
            match child.name.as_str() {
                "w:r" => self.run(child, runs),
                "w:hyperlink" => self.link(child, runs),
                "w:fldSimple" => {
                    let code = child.get("w:instr").unwrap_or_default().to_owned();
                    let from = runs.begin();
                    self.inside(child, runs);
                    refer(&code, from, runs);
                }
                "w:ins" | "w:moveTo" => {
                    let from = runs.begin();
                    self.inside(child, runs);
                    let text = words(runs.bits.get(from..).unwrap_or_default());
                    self.changed(child, "插入", &text, from, runs);
                }
                "w:del" | "w:moveFrom" => {
                    let text: String = deleted(child);
                    let from = runs.bits.len();
                    self.changed(child, "删除", &text, from, runs);
                }
                "w:sdt" => {
                    let from = runs.begin();
                    if let Some(content) = child.child("w:sdtContent") {
                        self.inside(content, runs);
                    }
                    if let Some(tag) = child.way(&["w:sdtPr", "w:tag"]) {
                        let text = words(runs.bits.get(from..).unwrap_or_default());
                        runs.line.controls.push((tag.value().to_owned(), text));
                    }
                }
                "w:smartTag" | "w:customXml" | "w:dir" | "w:bdo" => self.inside(child, runs),
                "m:oMath" => math(child, runs),
                "m:oMathPara" => child
                    .nodes()
                    .filter(|part| part.name == "m:oMath")
                    .for_each(|part| math(part, runs)),
                "w:bookmarkStart" => runs.line.bookmarks.extend(child.get("w:name").map(str::to_owned)),
                "mc:AlternateContent" => self.alternative(child, runs),
                _ => {}
            }
        }
    }

    /// What a change was, where it was: the text stays as it is now. `from` is where its text begins.
    fn changed(&mut self, node: &Node, what: &str, text: &str, from: usize, runs: &mut Runs<'_>) {
        if text.trim().is_empty() {
            return;
        }
        let who = node.get("w:author").unwrap_or_default();
        let when = node.get("w:date").unwrap_or_default();
        let head = format!("修订 {what} {who} {when}：");
        // One change may be cut into several, as its letters change.
        let before = from.checked_sub(1).and_then(|at| match runs.bits.get(at) {
            Some(Bit::Inline(inline)) => match &inline.kind {
                InlineKind::Comment(note) => note.strip_prefix(&head).map(|said| (at, said.to_owned())),
                _ => None,
            },
            _ => None,
        });
        let said = match before {
            Some((at, said)) => {
                runs.bits.remove(at);
                said
            }
            None => {
                self.report.changes += 1;
                String::new()
            }
        };
        runs.bits.push(comment(&format!("{head}{said}{text}")));
    }

    fn link(&mut self, node: &Node, runs: &mut Runs<'_>) {
        let from = runs.begin();
        self.inside(node, runs);
        let address = node
            .get("r:id")
            .and_then(|id| self.relations.get(id))
            .map(|(target, _)| target.clone());
        let anchor = node.get("w:anchor").map(str::to_owned);
        if runs.line.contents {
            return;
        }
        let inner = runs.bits.split_off(from.min(runs.bits.len()));
        let sound = |address: &String| {
            ["http://", "https://", "mailto:"]
                .iter()
                .any(|way| address.starts_with(way))
        };
        match (address.filter(sound), anchor) {
            (Some(address), _) => {
                let shown = fold(inner);
                let words = if plain(&shown) == address { Vec::new() } else { shown };
                runs.bits
                    .push(Bit::Inline(Inline::new(InlineKind::Link { words, address })));
            }
            (None, Some(name)) => runs.bits.push(reference(&name, fold(inner))),
            (None, None) => runs.bits.extend(inner),
        }
    }

    pub(super) fn run(&mut self, node: &Node, runs: &mut Runs<'_>) {
        let properties = node.child("w:rPr");
        let style = properties
            .and_then(|properties| properties.child("w:rStyle"))
            .and_then(|style| self.styles.get(style.value()))
            .cloned()
            .unwrap_or_default();
        let look = properties.map(Look::of).unwrap_or_default().over(style.look);
        if look.hidden == Some(true) && !runs.line.contents {
            self.warn(runs.line.place, message!("import-hidden"));
        }
        let set = Set {
            strong: look.bold == Some(true) || look.hei == Some(true),
            dotted: look.dotted == Some(true),
            code: look.mono == Some(true),
            italic: look.italic == Some(true),
            script: look.script.unwrap_or(0),
        };
        for child in node.nodes() {
            match child.name.as_str() {
                "w:t" if self.is_shown() => {
                    runs.look.get_or_insert(look);
                    runs.put(&child.text(), set);
                }
                "w:tab" | "w:ptab" if self.is_shown() => runs.put(" ", set),
                "w:br" if matches!(child.get("w:type"), Some("page" | "column")) => {}
                "w:br" | "w:cr" => runs.bits.push(Bit::Inline(Inline::new(InlineKind::Break))),
                "w:noBreakHyphen" => runs.put("-", set),
                "w:sym" => {
                    let code = child.get("w:char").and_then(|code| u32::from_str_radix(code, 16).ok());
                    let sign = code.map(|code| if code >= 0xf000 { code - 0xf000 } else { code });
                    let sign = sign.and_then(char::from_u32).filter(|c| !c.is_control()).unwrap_or('□');
                    runs.put(&sign.to_string(), set);
                    let shown = format!("{} {sign}", child.get("w:font").unwrap_or_default());
                    self.warn(runs.line.place, message!("import-symbol", sign = shown));
                }
                "w:fldChar" => self.field(child, runs),
                "w:instrText" => {
                    if let Some(field) = self.fields.last_mut() {
                        field.code.push_str(&child.text());
                    }
                }
                "w:footnoteReference" => self.note(child, "footnotes", runs),
                "w:endnoteReference" => self.note(child, "endnotes", runs),
                "w:commentReference" => {
                    let id = child.get("w:id").unwrap_or_default();
                    if let Some(text) = self.comments.get(id).cloned() {
                        self.report.comments += 1;
                        runs.bits.push(comment(&text));
                    }
                }
                "w:drawing" | "w:pict" | "w:object" => self.object(child, runs),
                "mc:AlternateContent" => self.alternative(child, runs),
                "w:ruby" => {
                    if let Some(base) = child.child("w:rubyBase") {
                        runs.put(&base.text(), set);
                    }
                }
                _ => {}
            }
        }
    }

    /// Whether text is shown: that of a field's code is not.
    fn is_shown(&self) -> bool {
        self.fields.iter().all(|field| field.shows)
    }

    fn field(&mut self, node: &Node, runs: &mut Runs<'_>) {
        match node.get("w:fldCharType") {
            Some("begin") if self.fields.len() < 64 => self.fields.push(Field::default()),
            Some("separate") => {
                if let Some(field) = self.fields.last_mut() {
                    field.shows = true;
                    field.from = runs.begin();
                    if field.code.trim_start().starts_with("TOC") {
                        runs.line.contents = true;
                    }
                }
            }
            Some("end") => {
                if let Some(field) = self.fields.pop()
                    && field.shows
                {
                    refer(&field.code, field.from, runs);
                }
            }
            _ => {}
        }
    }

    fn note(&mut self, node: &Node, part: &'static str, runs: &mut Runs<'_>) {
        let id = node.get("w:id").unwrap_or_default();
        let label = if part == "footnotes" {
            format!("{}{id}", self.note_prefix)
        } else {
            format!("e{id}")
        };
        let known = self.footnotes.iter().any(|note| note.label == label);
        if !known && let Some(content) = self.notes.get(label.trim_start_matches('w')).cloned() {
            let mut text = Vec::new();
            for paragraph in content.nodes().filter(|node| node.name == "w:p") {
                let mut line = Line {
                    place: runs.line.place,
                    ..Line::default()
                };
                let mut boxes = Vec::new();
                let fields = std::mem::take(&mut self.fields);
                // A note in a note would have no end.
                if self.depth < 3 {
                    self.depth += 1;
                    self.runs_of(paragraph, Look::default(), &mut line, &mut boxes);
                    self.depth -= 1;
                }
                self.fields = fields;
                if !text.is_empty() {
                    text.push(Inline::new(InlineKind::Break));
                }
                text.extend(line.inlines);
            }
            strip_mark(&mut text);
            self.footnotes.push(Footnote {
                label: label.clone(),
                span: crate::model::Span::NOWHERE,
                text,
            });
        }
        runs.bits
            .push(Bit::Inline(Inline::new(InlineKind::FootnoteMark(label))));
    }
}

/// `)` and a blank that are typed behind the mark of a note.
fn strip_mark(text: &mut [Inline]) {
    if let Some(InlineKind::Text(run)) = text.first_mut().map(|first| &mut first.kind) {
        let rest = run.text.trim_start_matches([' ', '\u{a0}', '\u{3000}']);
        let rest = rest.strip_prefix([')', '）']).unwrap_or(rest);
        run.text = rest.trim_start_matches([' ', '\u{a0}', '\u{3000}']).to_owned();
    }
}

fn math(node: &Node, runs: &mut Runs<'_>) {
    let latex = latex(node);
    if !latex.is_empty() {
        runs.line.formulas.push(latex.clone());
        runs.bits.push(Bit::Inline(Inline::new(InlineKind::Math(latex))));
    }
}

pub(super) fn comment(text: &str) -> Bit {
    let text = text.replace("-->", "－－>").trim().to_owned();
    Bit::Inline(Inline::new(InlineKind::Comment(text)))
}

fn reference(bookmark: &str, words: Vec<Inline>) -> Bit {
    Bit::Inline(Inline::new(InlineKind::CrossReference(CrossReference {
        target: Id::written(&format!("{BOOKMARK}{bookmark}")),
        words,
    })))
}

/// A field that refers to a bookmark: what it shows becomes a reference.
fn refer(code: &str, from: usize, runs: &mut Runs<'_>) {
    let mut parts = code.split_whitespace();
    if matches!(parts.next(), Some("REF"))
        && !runs.line.contents
        && let Some(name) = parts.next()
        && from < runs.bits.len()
    {
        let shown = fold(runs.bits.split_off(from));
        runs.bits.push(reference(name, shown));
    }
}

fn deleted(node: &Node) -> String {
    let mut text = String::new();
    for child in node.nodes() {
        match child.name.as_str() {
            "w:delText" | "w:t" => text.push_str(&child.text()),
            "w:tab" => text.push(' '),
            _ => text.push_str(&deleted(child)),
        }
    }
    text
}

/// Text goes to the text before it, if that is set off alike and not whole.
fn put(bits: &mut Vec<Bit>, whole: usize, text: &str, set: Set) {
    // The bracket behind a note's mark is the mark's.
    if let (Some(Bit::Inline(last)), ")" | "）") = (bits.last(), text)
        && set.script == 1
        && matches!(last.kind, InlineKind::FootnoteMark(_))
    {
        return;
    }
    let open = bits.len() > whole;
    match bits.last_mut() {
        Some(Bit::Text(before, same)) if open && *same == set => before.push_str(text),
        _ => bits.push(Bit::Text(text.to_owned(), set)),
    }
}

fn words(bits: &[Bit]) -> String {
    bits.iter()
        .map(|bit| match bit {
            Bit::Text(text, _) => text.clone(),
            Bit::Inline(inline) => match &inline.kind {
                InlineKind::Break => "\n".to_owned(),
                InlineKind::Math(latex) => latex.clone(),
                InlineKind::CrossReference(reference) => plain(&reference.words),
                InlineKind::Link { words, address } if words.is_empty() => address.clone(),
                InlineKind::Link { words, .. } => plain(words),
                _ => String::new(),
            },
        })
        .collect()
}

pub(super) fn plain(inlines: &[Inline]) -> String {
    crate::model::plain_text(inlines)
}

/// The inlines of a paragraph. What is set off as a whole is not set off from anything.
fn finish(mut bits: Vec<Bit>, line: &mut Line) {
    line.text = words(&bits);
    let sets = || -> Vec<Set> {
        bits.iter()
            .filter_map(|bit| match bit {
                Bit::Text(text, set) if !text.trim().is_empty() => Some(*set),
                _ => None,
            })
            .collect()
    };
    let sets = sets();
    let all = |is: fn(&Set) -> bool| !sets.is_empty() && sets.iter().all(is);
    let (strong, italic, dotted) = (all(|set| set.strong), all(|set| set.italic), all(|set| set.dotted));
    for bit in &mut bits {
        if let Bit::Text(_, set) = bit {
            set.strong &= !strong;
            set.italic &= !italic;
            set.dotted &= !dotted;
        }
    }
    let base = line.look.bold == Some(true) || line.look.hei == Some(true);
    line.heavy = strong || (base && !sets.iter().any(|set| set.strong));
    line.inlines = fold(bits);
}

fn fold(bits: Vec<Bit>) -> Vec<Inline> {
    let mut merged: Vec<Bit> = Vec::new();
    for bit in bits {
        match bit {
            Bit::Text(text, set) => put(&mut merged, 0, &text, set),
            inline @ Bit::Inline(_) => merged.push(inline),
        }
    }
    merged
        .into_iter()
        .filter_map(|bit| match bit {
            Bit::Inline(inline) => Some(inline),
            Bit::Text(text, _) if text.is_empty() => None,
            Bit::Text(text, set) => Some(set_off(text, set)),
        })
        .collect()
}

fn set_off(text: String, set: Set) -> Inline {
    // Blanks alone are set off from nothing.
    if text.trim().is_empty() {
        return Inline::text(text);
    }
    let symbol = text.len() <= 3 && text.chars().all(|c| c.is_ascii_alphabetic());
    let mut inline = if set.code {
        Inline::new(InlineKind::Code(text))
    } else if set.italic && symbol && set.script == 0 {
        Inline::new(InlineKind::Variable(text))
    } else {
        Inline::text(text)
    };
    if set.script > 0 {
        inline = Inline::new(InlineKind::Superscript(vec![inline]));
    } else if set.script < 0 {
        inline = Inline::new(InlineKind::Subscript(vec![inline]));
    }
    if set.dotted {
        inline = Inline::new(InlineKind::Emphasis(vec![inline]));
    }
    if set.strong {
        inline = Inline::new(InlineKind::Strong(vec![inline]));
    }
    inline
}
