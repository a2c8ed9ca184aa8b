//! Blocks → HTML.

use super::Page;
use super::write::escape;
use crate::model::{Block, BlockKind, Clause, Figure, Formula, List, ListStyle, Term};
use crate::resolve::{ListDepth, item_marker, printed};

impl Page<'_> {
    pub(super) fn blocks(&mut self, blocks: &[Block]) {
        self.blocks_at(blocks, ListDepth::default());
    }

    /// The blocks of a clause whose list is printed from what is resolved.
    pub(super) fn other_blocks(&mut self, clause: &Clause) {
        for block in &clause.blocks {
            if !matches!(block.kind, BlockKind::References(_)) {
                self.block(block, ListDepth::default());
            }
        }
    }

    fn blocks_at(&mut self, blocks: &[Block], lists: ListDepth) {
        for block in blocks {
            self.block(block, lists);
        }
    }

    fn block(&mut self, block: &Block, lists: ListDepth) {
        let id = self.id(block.id.as_str());
        match &block.kind {
            BlockKind::Paragraph(text) => {
                let text = self.text(text);
                self.put(&format!("<p{id}>{text}</p>\n"));
            }
            BlockKind::List(list) => self.list(&id, list, lists),
            BlockKind::Note(note) => self.labelled("note", block, &note.blocks),
            BlockKind::Example(example) => self.labelled("example", block, &example.blocks),
            BlockKind::Warning(inner) => {
                self.put(&format!("<div class=\"warning\"{id} role=\"note\">\n"));
                self.blocks(inner);
                self.put("</div>\n");
            }
            BlockKind::Table(table) => self.table(block, table),
            BlockKind::Data(fence) => self.data(block, fence),
            BlockKind::Figure(figure) => self.figure(block, figure),
            BlockKind::Formula(formula) => self.formula(block, formula),
            BlockKind::Term(term) => self.term(block, term),
            BlockKind::References(list) => {
                self.put(&format!("<ul class=\"references\"{id}>\n"));
                for entry in &list.entries {
                    let text = self.text(&entry.text);
                    self.put(&format!("<li>{} {text}</li>\n", escape(&entry.written)));
                }
                self.put("</ul>\n");
            }
            BlockKind::Listing { text, .. } => {
                self.put(&format!("<pre{id}><code>{}</code></pre>\n", escape(text)));
            }
            BlockKind::Translation(translation) => {
                let around = self.tongue;
                self.tongue = self.document.front.language.other();
                let language = self.tongue.tag();
                self.put(&format!("<div class=\"translation\" lang=\"{language}\"{id}>\n"));
                self.blocks(&translation.blocks);
                self.put("</div>\n");
                self.tongue = around;
            }
            BlockKind::Change(change) => {
                self.put(&format!(
                    "<div class=\"change\"{id}>\n<p class=\"place\">{}{}</p>\n",
                    escape(&change.place),
                    change.action.printed()
                ));
                self.blocks(&change.blocks);
                self.put("</div>\n");
            }
            BlockKind::Comment(_) => {}
            BlockKind::Unplaced(unplaced) => {
                self.put(&format!(
                    "<div class=\"unplaced\"{id}><p>{}</p><pre>{}</pre></div>\n",
                    escape(&unplaced.origin),
                    escape(&unplaced.text)
                ));
            }
        }
    }

    fn list(&mut self, id: &str, list: &List, around: ListDepth) {
        let (depth, inside) = around.open(list.style);
        self.put(&format!("<ul class=\"items\"{id}>\n"));
        for (index, item) in list.items.iter().enumerate() {
            let marker = item_marker(list.style, depth, index);
            self.put(&format!(
                "<li{}><span class=\"marker\">{}</span><div>\n",
                self.id(item.id.as_str()),
                escape(&marker)
            ));
            self.blocks_at(&item.blocks, inside);
            self.put("</div></li>\n");
        }
        self.put("</ul>\n");
    }

    fn labelled(&mut self, class: &str, block: &Block, blocks: &[Block]) {
        let label = match self.resolved.caption(&block.id, self.tongue) {
            label if !label.is_empty() => label,
            _ if class == "note" => printed::note(self.tongue).to_owned(),
            _ => printed::example(self.tongue).to_owned(),
        };
        self.put(&format!(
            "<div class=\"{class}\"{}><span class=\"label\">{}</span><div>\n",
            self.id(block.id.as_str()),
            escape(&label)
        ));
        self.blocks(blocks);
        self.put("</div></div>\n");
    }

    fn figure(&mut self, block: &Block, figure: &Figure) {
        self.put(&format!("<figure{}>\n", self.id(block.id.as_str())));
        if let Some(unit) = &figure.unit {
            let unit = printed::unit(self.tongue, unit);
            self.put(&format!("<p class=\"unit\">{}</p>\n", escape(&unit)));
        }
        for image in &figure.images {
            let picture = self.picture(&image.file, &image.words);
            self.put(&format!("{picture}\n"));
        }
        for (index, part) in figure.parts.iter().enumerate() {
            self.put(&format!("<figure class=\"part\"{}>\n", self.id(part.id.as_str())));
            for image in &part.images {
                let picture = self.picture(&image.file, &image.words);
                self.put(&format!("{picture}\n"));
            }
            let caption = part.caption.as_ref().map(|text| self.text(text)).unwrap_or_default();
            let mark = item_marker(ListStyle::Ordered, 0, index);
            self.put(&format!("<figcaption>{mark} {caption}</figcaption>\n</figure>\n"));
        }
        if !figure.keys.is_empty() {
            let opening = printed::key(self.tongue);
            self.put(&format!("<p class=\"label\">{opening}</p>\n<dl class=\"keys\">\n"));
            for key in &figure.keys {
                let text = self.text(&key.text);
                self.put(&format!("<div><dt>{}</dt><dd>——{text}</dd></div>\n", escape(&key.mark)));
            }
            self.put("</dl>\n");
        }
        self.blocks(&figure.below);
        self.own_footnotes(&figure.footnotes);
        let caption = figure.caption.as_ref().map(|text| self.text(text)).unwrap_or_default();
        self.caption(block, &caption, figure.caption_other.as_deref());
        self.put("</figure>\n");
    }

    fn formula(&mut self, block: &Block, formula: &Formula) {
        let number = self.resolved.caption(&block.id, self.tongue);
        let math = self.formulas.block(&formula.latex);
        self.put(&format!(
            "<div class=\"formula\"{}><div class=\"wide\" tabindex=\"0\">{math}</div><span class=\"number\">{}</span></div>\n",
            self.id(block.id.as_str()),
            escape(&number)
        ));
        if formula.symbols.is_empty() {
            return;
        }
        let opening = printed::where_(self.tongue);
        self.put(&format!("<p class=\"where\">{opening}</p>\n<dl class=\"symbols\">\n"));
        for symbol in &formula.symbols {
            let name = self.formulas.inline(&symbol.symbol);
            let text = self.text(&symbol.text);
            self.put(&format!("<div><dt>{name}</dt><dd>——{text}</dd></div>\n"));
        }
        self.put("</dl>\n");
    }

    fn term(&mut self, block: &Block, term: &Term) {
        let number = self.resolved.number(&block.id).to_owned();
        self.put(&format!(
            "<div class=\"term\"{}>\n<p class=\"number\">{}</p>\n<p class=\"word\"><dfn>{}</dfn> <span lang=\"en\">{}</span></p>\n",
            self.id(block.id.as_str()),
            escape(&number),
            escape(&term.preferred.text),
            escape(&term.english.join("; "))
        ));
        for word in &term.admitted {
            self.put(&format!("<p class=\"admitted\">{}</p>\n", escape(&word.text)));
        }
        for word in &term.deprecated {
            let word = printed::deprecated(self.tongue, &word.text);
            self.put(&format!("<p class=\"deprecated\">{}</p>\n", escape(&word)));
        }
        for symbol in &term.symbols {
            let symbol = self.formulas.inline(symbol);
            self.put(&format!("<p class=\"symbol\">{symbol}</p>\n"));
        }
        if let Some(domain) = &term.domain {
            self.put(&format!("<p class=\"domain\">〈{}〉</p>\n", escape(domain)));
        }
        self.blocks(&term.blocks);
        if let Some(source) = &term.source {
            let source = printed::source(self.tongue, &source.written);
            self.put(&format!("<p class=\"source\">{}</p>\n", escape(&source)));
        }
        self.put("</div>\n");
    }
}
