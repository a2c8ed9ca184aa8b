//! Terms as TBX entries.

use super::Writer;
use super::tree::Node;
use crate::model::{Block, BlockKind, Term, spell_block};

impl Writer<'_> {
    pub(super) fn term(&self, block: &Block, term: &Term) -> Node {
        let number = self.resolved.number(&block.id).to_owned();
        let mut entry =
            Node::new("tbx:termEntry").with("id", format!("entry-{}", super::tree::xml_id(block.id.as_str())));
        let mut own = Node::new("tbx:langSet").with("xml:lang", self.language());
        let mut other = Node::new("tbx:langSet").with("xml:lang", self.other_language());
        let mut definition = Node::new("tbx:definition");
        let mut translated = Node::new("tbx:definition");
        let mut after: Vec<Node> = Vec::new();
        for inner in &term.blocks {
            match &inner.kind {
                BlockKind::Paragraph(text) if after.is_empty() => {
                    if !definition.is_empty() {
                        definition.put_text("\n");
                    }
                    self.inlines(text, &mut definition, &[]);
                }
                BlockKind::Note(note) => after.push(Node::new("tbx:note").text(words(&note.blocks))),
                BlockKind::Example(example) => after.push(Node::new("tbx:example").text(words(&example.blocks))),
                BlockKind::Translation(translation) => translated.put_text(words(&translation.blocks)),
                BlockKind::Comment(_) => {}
                _ => after.push(Node::new("tbx:note").text(words(std::slice::from_ref(inner)))),
            }
        }
        if let Some(domain) = &term.domain {
            own.put(Node::of("tbx:subjectField", domain.as_str()));
        }
        if !definition.is_empty() {
            own.put(definition);
        }
        own.put_all(after);
        if let Some(source) = &term.source {
            own.put(Node::of("tbx:source", source.written.as_str()));
        }
        own.put(group(&term.preferred.text, "preferredTerm"));
        for word in &term.admitted {
            own.put(group(&word.text, "admittedTerm"));
        }
        for word in &term.deprecated {
            own.put(group(&word.text, "deprecatedTerm"));
        }
        for symbol in &term.symbols {
            own.put(group(symbol, "admittedTerm"));
        }
        if !translated.is_empty() {
            other.put(translated);
        }
        for word in &term.english {
            other.put(group(word, "preferredTerm"));
        }
        entry.put(own);
        if !other.is_empty() {
            entry.put(other);
        }
        let mut section = Node::new("term-sec").id(block.id.as_str());
        if !number.is_empty() {
            section.put(Node::of("label", number));
        }
        section.child(entry)
    }
}

fn group(term: &str, authorization: &'static str) -> Node {
    Node::new("tbx:tig")
        .child(Node::of("tbx:term", term))
        .child(Node::new("tbx:normativeAuthorization").with("value", authorization))
}

/// The words of some blocks: TBX has text here, and no blocks.
fn words(blocks: &[Block]) -> String {
    let mut text = String::new();
    for block in blocks {
        spell_block(block, &|_| String::new(), &mut text);
    }
    text.trim_end().replace('\n', " ")
}
