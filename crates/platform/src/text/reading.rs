//! A version as people read it: its text with an anchor for every clause, its tree of clauses, its findings with their
//! places. Pure.

use super::compile::{Compiled, Pictures, addresses, compile};
use document::{
    finding::Finding,
    html,
    model::{Block, Clause, Document, Position, TextLanguage, Visit, walk_document},
    resolve::Entry,
};
use std::collections::BTreeSet;

/// What stands before the name of every anchor of the text.
pub const ANCHORS: &str = "c-";

/// A version as it is read.
#[derive(Debug, Clone)]
pub struct Reading {
    /// The text.
    pub html: String,
    /// The tag of its language, as a page marks it.
    pub tag: &'static str,
    /// Its titles, in order; their ids are anchors without [`ANCHORS`].
    pub contents: Vec<Entry>,
    /// What is wrong with it, each with the anchor at which it stands.
    pub findings: Vec<(Finding, String)>,
}

/// Reads a source.
pub fn reading(source: &str, pictures: &Pictures) -> Reading {
    of_compiled(compile(source), pictures)
}

/// The same of what was compiled.
pub fn of_compiled(compiled: Compiled, pictures: &Pictures) -> Reading {
    let options = html::Options {
        pictures: addresses(pictures),
        anchors: ANCHORS.to_owned(),
    };
    let html = html::body(&compiled.document, &compiled.resolved, &options);
    let anchors = anchors(&html);
    let places = Places::of(&compiled.document);
    let found = compiled.findings.into_iter().map(|finding| {
        let anchor = places
            .at(finding.span.start)
            .map(|name| format!("{ANCHORS}{name}"))
            .find(|anchor| anchors.contains(anchor.as_str()))
            .unwrap_or_else(|| format!("{ANCHORS}{}", html::COVER));
        (finding, anchor)
    });
    let findings = found.collect();
    let tag = match compiled.document.front.language {
        TextLanguage::Zh => "zh-Hans",
        TextLanguage::En => "en",
    };
    Reading {
        tag,
        findings,
        contents: compiled.resolved.contents,
        html,
    }
}

/// The names that the text has as anchors.
fn anchors(html: &str) -> BTreeSet<&str> {
    html.split(" id=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .collect()
}

/// Where clauses and blocks stand in the source, in reading order.
#[derive(Default)]
struct Places<'a>(Vec<(Position, Position, &'a str)>);

impl<'a> Places<'a> {
    fn of(document: &'a Document) -> Self {
        let mut places = Self::default();
        walk_document(document, &mut places);
        places
    }

    /// The names of what holds a place, the innermost first.
    fn at(&self, place: Position) -> impl Iterator<Item = &'a str> {
        let after = self.0.partition_point(|(start, _, _)| *start <= place);
        let before = self.0.get(..after).unwrap_or_default();
        before
            .iter()
            .rev()
            .filter(move |(start, end, _)| *start <= place && place < *end)
            .map(|(_, _, name)| *name)
    }
}

impl<'a> Visit<'a> for Places<'a> {
    fn clause(&mut self, clause: &'a Clause, _depth: usize) {
        self.0.push((clause.span.start, clause.span.end, clause.id.as_str()));
    }

    fn block(&mut self, block: &'a Block) {
        self.0.push((block.span.start, block.span.end, block.id.as_str()));
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    #[test]
    fn every_title_and_every_finding_leads_to_an_anchor_of_the_text() {
        let source =
            "# 范围\n本文件规定了要求。本文件适用于组件。\n# 要求 {#main}\n## 外观\n组件必须完好，见[](#main)。\n";
        let read = reading(source, &Pictures::new());
        let anchors = anchors(&read.html);
        for entry in &read.contents {
            assert!(
                anchors.contains(format!("{ANCHORS}{}", entry.id.as_str()).as_str()),
                "{entry:?}"
            );
        }
        assert!(!anchors.contains("main") && read.html.contains("href=\"#c-main\""));
        let (_, place) = read.findings.iter().find(|(f, _)| f.rule == "MOD-01").unwrap();
        let after = read.html.split(&format!("id=\"{place}\"")).nth(1).unwrap();
        assert!(after.starts_with(">组件必须完好"), "{place}");
        assert!(read.findings.iter().all(|(_, place)| anchors.contains(place.as_str())));
    }
}
