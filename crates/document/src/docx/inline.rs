//! Inlines → runs.

use super::Writer;
use super::math::omml;
use super::page::field;
use super::picture::{BLANK, drawing, extent};
use super::style_name::{CODE, EMPHASIS, FOOTNOTE, LINK, NOTE_MARK, STRONG, VARIABLE};
use crate::model::{Block, Citation, CrossReference, Id, Inline, InlineKind, TextLanguage};
use crate::resolve::{Label, LabelKind, printed, small_letter};
use crate::xml::escape;

/// How letters look.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Look {
    strong: bool,
    emphasis: bool,
    code: bool,
    variable: bool,
    link: bool,
    /// `subscript` or `superscript`.
    script: &'static str,
    /// The language, where it is not the text's own.
    tongue: Option<&'static str>,
}

impl Look {
    /// `w:rPr`, whole; empty where there is nothing to say. The last style said is the run's.
    pub fn properties(self) -> String {
        let style = [
            (self.variable, VARIABLE),
            (self.code, CODE),
            (self.emphasis, EMPHASIS),
            (self.strong, STRONG),
            (self.link, LINK),
        ]
        .into_iter()
        .find_map(|(is, style)| is.then_some(style));
        let mut inside = style.map_or_else(String::new, |id| format!("<w:rStyle w:val=\"{id}\"/>"));
        match (self.code, self.strong) {
            (true, true) => {
                inside.push_str("<w:rFonts w:ascii=\"Consolas\" w:hAnsi=\"Consolas\" w:eastAsia=\"黑体\"/>");
            }
            (false, true) if style != Some(STRONG) => inside.push_str("<w:rFonts w:eastAsia=\"黑体\"/>"),
            _ => {}
        }
        if !self.script.is_empty() {
            inside.push_str(&format!("<w:vertAlign w:val=\"{}\"/>", self.script));
        }
        if self.emphasis && style != Some(EMPHASIS) {
            inside.push_str("<w:em w:val=\"dot\"/>");
        }
        if let Some(tongue) = self.tongue {
            inside.push_str(&format!("<w:lang w:val=\"{tongue}\"/>"));
        }
        if inside.is_empty() {
            inside
        } else {
            format!("<w:rPr>{inside}</w:rPr>")
        }
    }
}

/// A run of text.
pub(super) fn run(properties: &str, text: &str) -> String {
    if text.is_empty() {
        return String::new();
    }
    format!(
        "<w:r>{properties}<w:t xml:space=\"preserve\">{}</w:t></w:r>",
        escape(text)
    )
}

/// A run of text as the paragraph has it.
pub(super) fn plain(text: &str) -> String {
    run("", text)
}

pub(super) const BREAK: &str = "<w:r><w:br/></w:r>";
pub(super) const TAB: &str = "<w:r><w:tab/></w:r>";

impl Writer<'_> {
    /// Running text.
    pub(super) fn text(&mut self, text: &[Inline]) -> String {
        self.text_with(text, &[])
    }

    /// Running text in which `own` are the labels of the table's or figure's footnotes, in order.
    pub(super) fn text_with(&mut self, text: &[Inline], own: &[&str]) -> String {
        let look = Look {
            tongue: self.other_tongue(),
            ..Look::default()
        };
        self.inlines(text, own, look)
    }

    fn inlines(&mut self, text: &[Inline], own: &[&str], look: Look) -> String {
        let mut out = String::new();
        for inline in text {
            out.push_str(&self.inline(inline, own, look));
        }
        out
    }

    fn inline(&mut self, inline: &Inline, own: &[&str], look: Look) -> String {
        match &inline.kind {
            InlineKind::Text(text) => run(&look.properties(), &text.text),
            InlineKind::Emphasis(inner) => self.inlines(inner, own, Look { emphasis: true, ..look }),
            InlineKind::Strong(inner) => self.inlines(inner, own, Look { strong: true, ..look }),
            InlineKind::Subscript(inner) => self.inlines(
                inner,
                own,
                Look {
                    script: "subscript",
                    ..look
                },
            ),
            InlineKind::Superscript(inner) => self.inlines(
                inner,
                own,
                Look {
                    script: "superscript",
                    ..look
                },
            ),
            InlineKind::Code(code) => run(&Look { code: true, ..look }.properties(), code),
            InlineKind::Variable(symbol) => run(&Look { variable: true, ..look }.properties(), symbol),
            InlineKind::Math(latex) => self.math(latex, false),
            InlineKind::Citation(citation) => self.citation(citation, look),
            InlineKind::CrossReference(reference) => self.cross_reference(reference, own, look),
            InlineKind::Link { words, address } => {
                let look = Look { link: true, ..look };
                let shown = if words.is_empty() {
                    run(&look.properties(), address)
                } else {
                    self.inlines(words, own, look)
                };
                let sound = ["http://", "https://", "mailto:"]
                    .iter()
                    .any(|scheme| address.starts_with(scheme) && address.len() > scheme.len());
                if sound {
                    let id = self.relations.outside("hyperlink", address);
                    format!("<w:hyperlink r:id=\"{id}\">{shown}</w:hyperlink>")
                } else {
                    shown
                }
            }
            InlineKind::FootnoteMark(label) => self.footnote_mark(label, own),
            // A quarter of a character stands between them, and they stay on one line.
            InlineKind::Quantity { value, unit } => run(&look.properties(), &format!("{value}\u{a0}{unit}")),
            InlineKind::Break => BREAK.to_owned(),
            InlineKind::Comment(words) => {
                let id = self.new_comment(words);
                comment_mark(id)
            }
            InlineKind::Picture { words, file } => self.picture(file, words),
        }
    }

    /// The language of what is being written, where it is not the text's own.
    fn other_tongue(&self) -> Option<&'static str> {
        let other = self.tongue != self.document.front.language;
        other.then(|| match self.tongue {
            TextLanguage::Zh => "zh-CN",
            TextLanguage::En => "en-US",
        })
    }

    /// A formula; what cannot be converted is shown as it was written.
    pub(super) fn math(&mut self, latex: &str, display: bool) -> String {
        match self.formulas.tree(latex, display).and_then(|tree| omml(&tree)) {
            Some(math) => math,
            None => run(
                &Look {
                    code: true,
                    ..Look::default()
                }
                .properties(),
                latex,
            ),
        }
    }

    /// A picture, or its words where there is none.
    pub(super) fn picture(&mut self, file: &str, words: &str) -> String {
        let options = self.options;
        let Some(picture) = options.pictures.get(file) else {
            return plain(&format!("[{}]", if words.is_empty() { file } else { words }));
        };
        let own = self.media(file, &picture.ending, &picture.bytes);
        let (raster, vector) = match (&picture.raster, picture.ending.as_str()) {
            (Some(raster), _) => (self.media(&format!("{file}#"), "png", raster), Some(own)),
            // Word wants a raster beside an SVG, be it an empty one.
            (None, "svg") => (self.media("blank", "png", &BLANK), Some(own)),
            (None, _) => (own, None),
        };
        self.drawings += 1;
        drawing(self.drawings, words, file, &raster, vector.as_deref(), extent(picture))
    }

    fn citation(&mut self, citation: &Citation, look: Look) -> String {
        let properties = look.properties();
        let Some(designation) = &citation.designation else {
            // By key: its place in the bibliography.
            let place = self
                .resolved
                .bibliography
                .iter()
                .position(|entry| entry.key.as_str() == citation.target);
            let words = place.map_or_else(|| citation.target.clone(), |index| format!("[{}]", index + 1));
            let target = self.go(&citation.target, &run(&properties, &words));
            let place = printed::cited(self.tongue, "", citation.locator.as_deref());
            return target + &run(&properties, &place);
        };
        let words = printed::cited(self.tongue, &designation.to_string(), citation.locator.as_deref());
        run(&properties, &words)
    }

    /// A link to something of this text.
    pub(super) fn go(&mut self, id: &str, runs: &str) -> String {
        match self.bookmarks.name(id) {
            Some(name) => {
                let link = format!("<w:hyperlink w:anchor=\"{name}\">{runs}</w:hyperlink>");
                self.wanted.insert(name);
                link
            }
            None => runs.to_owned(),
        }
    }

    /// Bookmarks to which something leads and which stand nowhere: of blocks that print nothing.
    pub(super) fn missing_bookmarks(&mut self) -> String {
        let missing: Vec<String> = self.wanted.difference(&self.marked).cloned().collect();
        missing.iter().map(|name| self.named(name, "")).collect()
    }

    /// Fields where Word can compute what is printed, else a link.
    fn cross_reference(&mut self, reference: &CrossReference, own: &[&str], look: Look) -> String {
        let id = reference.target.as_str();
        if !reference.words.is_empty() {
            let words = self.inlines(&reference.words, own, look);
            return self.go(id, &words);
        }
        let properties = look.properties();
        let (Some(label), Some(name)) = (self.resolved.label(&reference.target), self.bookmarks.name(id)) else {
            return run(&properties, &format!("[{id}]"));
        };
        let counted = self.counted.contains(id);
        let elsewhere = self.tongue != self.document.front.language;
        self.wanted.insert(match label.kind {
            LabelKind::Table | LabelKind::Figure | LabelKind::Formula if elsewhere => format!("{name}c"),
            LabelKind::Table | LabelKind::Figure | LabelKind::Formula => format!("{name}n"),
            _ => name.clone(),
        });
        let number =
            |code: &str, shown: &str| field(&format!("REF {name}{code}"), &properties, &run(&properties, shown));
        let words = |text: &str| run(&properties, text);
        let shown = label.reference(self.tongue);
        // What stands around the number, where Word knows the number alone.
        let (before, after) = shown.split_once(label.number.as_str()).unwrap_or_default();
        match label.kind {
            LabelKind::Chapter if counted => [words(before), number(" \\r \\h", &label.number), words(after)].concat(),
            LabelKind::Table | LabelKind::Figure | LabelKind::Formula if elsewhere => {
                [words(before), number("c \\h", &label.number), words(after)].concat()
            }
            // Word's own number of an annex is in the language of the text.
            LabelKind::Annex if elsewhere => self.go(id, &words(&shown)),
            LabelKind::Clause | LabelKind::Term | LabelKind::Annex if counted => number(" \\r \\h", &shown),
            LabelKind::Item if counted => {
                let before = shown.strip_suffix(&label.number).unwrap_or_default();
                words(before) + &number(" \\n \\h", &label.number)
            }
            LabelKind::Table | LabelKind::Figure => number("n \\h", &shown),
            LabelKind::Formula => {
                let caption = label.caption(self.tongue);
                words(shown.strip_suffix(&caption).unwrap_or_default()) + &number("n \\h", &caption)
            }
            _ => self.go(id, &words(&shown)),
        }
    }

    fn footnote_mark(&mut self, label: &str, own: &[&str]) -> String {
        let mark = format!("<w:rPr><w:rStyle w:val=\"{NOTE_MARK}\"/></w:rPr>");
        if let Some(index) = own.iter().position(|note| *note == label) {
            return run(&mark, &small_letter(index));
        }
        let Some(number) = self.resolved.footnotes.get(label).copied() else {
            return run(&mark, label);
        };
        let document = self.document;
        let note = number.checked_sub(1).and_then(|index| document.footnotes.get(index));
        let Some(note) = note else {
            return run(&mark, &format!("{number})"));
        };
        if !self.noted.insert(number) {
            return field(
                &format!("NOTEREF _bcf{number} \\h"),
                &mark,
                &run(&mark, &number.to_string()),
            ) + &run(&mark, ")");
        }
        let text = self.text(&note.text);
        self.notes.push_str(&format!(
            "<w:footnote w:id=\"{number}\"><w:p><w:pPr><w:pStyle w:val=\"{FOOTNOTE}\"/></w:pPr><w:r>{mark}<w:footnoteRef/></w:r>{}\
             {text}</w:p></w:footnote>",
            run("", ")\u{a0}")
        ));
        let id = self.next_mark();
        format!(
            "<w:bookmarkStart w:id=\"{id}\" w:name=\"_bcf{number}\"/><w:r>{mark}<w:footnoteReference w:id=\"{number}\"/></w:r>\
             <w:bookmarkEnd w:id=\"{id}\"/>{}",
            run(&mark, ")")
        )
    }

    /// The runs within a bookmark of the id; as they are where it has none.
    pub(super) fn marked(&mut self, id: &Id, runs: &str) -> String {
        match self.bookmarks.name(id.as_str()) {
            Some(name) => self.named(&name, runs),
            None => runs.to_owned(),
        }
    }

    /// What carries the number of a table, a figure or a formula, as fields refer to it.
    pub(super) fn marked_number(&mut self, id: &Id, runs: &str) -> String {
        match self.bookmarks.name(id.as_str()) {
            Some(name) => self.named(&format!("{name}n"), runs),
            None => runs.to_owned(),
        }
    }

    /// The count alone, as the other language refers to it.
    pub(super) fn marked_count(&mut self, id: &Id, runs: &str) -> String {
        match self.bookmarks.name(id.as_str()) {
            Some(name) if self.counts.contains(id.as_str()) => self.named(&format!("{name}c"), runs),
            _ => runs.to_owned(),
        }
    }

    /// A title in the other language, its number before it.
    pub(super) fn title_elsewhere(&mut self, block: &Block, title: &str) -> String {
        let language = self.document.front.language.other();
        let properties = "<w:rPr><w:lang w:val=\"en-US\"/></w:rPr>";
        let number = self.resolved.label(&block.id).map(|label| label.number.clone());
        let whole = printed::titled(language, &self.resolved.caption(&block.id, language), title);
        let name = self.bookmarks.name(block.id.as_str());
        let parted = number.as_deref().and_then(|number| whole.split_once(number));
        match (name, number.as_deref(), parted) {
            (Some(name), Some(number), Some((before, after))) => {
                let count = field(&format!("REF {name}c \\h"), properties, &run(properties, number));
                self.wanted.insert(format!("{name}c"));
                run(properties, before) + &count + &run(properties, after)
            }
            _ => run(properties, &whole),
        }
    }

    fn named(&mut self, name: &str, runs: &str) -> String {
        // Each name once: Word drops a second one.
        if !self.marked.insert(name.to_owned()) {
            return runs.to_owned();
        }
        let id = self.next_mark();
        format!("<w:bookmarkStart w:id=\"{id}\" w:name=\"{name}\"/>{runs}<w:bookmarkEnd w:id=\"{id}\"/>")
    }

    /// 表1, 图A.1, （3）: the count is a field.
    pub(super) fn sequence(label: &Label, word: &str) -> (String, String) {
        let (before, count) = match label.number.rsplit_once('.') {
            Some((letter, count)) => (format!("{letter}."), count),
            None => (String::new(), label.number.as_str()),
        };
        let name = format!("{word}{}", before.trim_end_matches('.'));
        (before, field(&format!("SEQ {name} \\* ARABIC"), "", &plain(count)))
    }
}

/// Where a comment is anchored.
pub(super) fn comment_mark(id: usize) -> String {
    format!(
        "<w:commentRangeStart w:id=\"{id}\"/><w:commentRangeEnd w:id=\"{id}\"/><w:r><w:commentReference w:id=\"{id}\"/></w:r>"
    )
}
