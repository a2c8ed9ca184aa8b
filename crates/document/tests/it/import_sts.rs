//! NISO STS comes back as a source.

use document::import::sts;
use document::model::{Clause, Document, Visit, plain_text, walk_document};
use document::resolve::resolve;
use document::source::{parse, print};
use proptest::prelude::*;

fn xml(source: &str) -> String {
    let document = parse(source).document;
    document::sts::print(&document, &resolve(&document))
}

/// Lines of one text that the other has not, comments left aside: STS has no place for them.
fn different(one: &str, other: &str) -> Vec<String> {
    let lines = |text: &str| -> Vec<String> {
        text.lines()
            .filter(|line| !line.starts_with("<!--") && !line.trim().is_empty())
            .map(str::to_owned)
            .collect()
    };
    let (one, other) = (lines(one), lines(other));
    let gone = one
        .iter()
        .filter(|line| !other.contains(line))
        .map(|line| format!("- {line}"));
    let come = other
        .iter()
        .filter(|line| !one.contains(line))
        .map(|line| format!("+ {line}"));
    gone.chain(come).collect()
}

/// Clauses with their numbers and titles.
fn outline(document: &Document) -> Vec<String> {
    struct Lines<'a>(Vec<String>, &'a document::resolve::Resolved);
    impl<'a> Visit<'a> for Lines<'_> {
        fn clause(&mut self, clause: &'a Clause, depth: usize) {
            // A foreword that says nothing of its own is made anew.
            if clause.id.as_str() == "foreword" {
                return;
            }
            let title = clause.heading.as_ref().map(|heading| plain_text(&heading.title));
            self.0
                .push(format!("{depth} {} {} {title:?}", clause.id, self.1.number(&clause.id)));
        }
    }
    let resolved = resolve(document);
    let mut lines = Lines(Vec::new(), &resolved);
    walk_document(document, &mut lines);
    lines.0
}

#[test]
fn what_was_written_comes_back() {
    let (mut all, mut same) = (0, 0);
    for (path, text) in crate::shelf::texts() {
        let imported = sts(xml(&text).as_bytes()).unwrap();
        let lines = different(&text, &imported.source);
        let total = text.lines().filter(|line| !line.trim().is_empty()).count();
        println!("{}: {} of {total} lines otherwise", path.display(), lines.len());
        lines.iter().for_each(|line| println!("  {line}"));
        all += total;
        same += total.saturating_sub(lines.iter().filter(|line| line.starts_with('-')).count());
        assert_eq!(
            outline(&imported.document),
            outline(&parse(&text).document),
            "{}",
            path.display()
        );
        // Written again, it is the same XML.
        assert_eq!(print(&imported.document), imported.source);
    }
    println!("{same} of {all} lines came back as they were");
    assert!(same * 100 >= all * 98, "{same} of {all}");
}

#[test]
fn other_xml_is_refused() {
    let refused = |text: &str| sts(text.as_bytes()).unwrap_err().message().id();
    assert_eq!(refused("<article/>"), "import-not-sts");
    assert_eq!(refused("<standard>"), "import-broken-part");
    assert_eq!(refused(&"<a>".repeat(5_000)), "import-too-large");
}

#[test]
fn what_has_no_counterpart_stands_where_it_stood() {
    let imported = sts(b"<standard><body><sec><title>\xe8\xa6\x81\xe6\xb1\x82</title><p>a</p><speech><p>b</p></speech><p>c</p></sec></body></standard>").unwrap();
    insta::assert_snapshot!(imported.source);
}

proptest! {
    #![proptest_config(crate::cases(200))]

    #[test]
    fn any_text_comes_back_canonical(
        pieces in prop::collection::vec(prop::sample::select(crate::round_trip::PIECES), 0..30)
    ) {
        let imported = sts(xml(&pieces.concat()).as_bytes());
        if let Ok(imported) = imported {
            prop_assert_eq!(print(&parse(&imported.source).document), imported.source);
        }
    }
}
