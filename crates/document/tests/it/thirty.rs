//! A text that breaks thirty rules. Where each is broken stands in the text itself, marked by hand: `⟦MOD-01⟧必须`.

use document::finding::{Finding, apply};
use document::lint::{Profile, lint, rule_of};
use document::resolve::resolve;
use document::source::parse;

const MARKED: &str = include_str!("texts/thirty_rules.md");

/// A place: rule, line and column.
type Mark = (String, u32, u32);

/// The text without its marks, and the marks with their places in that text.
fn unmarked() -> (String, Vec<Mark>) {
    let (mut text, mut marks) = (String::new(), Vec::new());
    for (line, marked) in (1..).zip(MARKED.lines()) {
        let mut pieces = marked.split('⟦');
        let mut plain = pieces.next().unwrap_or_default().to_owned();
        for piece in pieces {
            let (rule, rest) = piece.split_once('⟧').unwrap();
            marks.push((rule.to_owned(), line, plain.chars().count() as u32 + 1));
            plain.push_str(rest);
        }
        text.push_str(&plain);
        text.push('\n');
    }
    (text, marks)
}

fn found(source: &str) -> Vec<Finding> {
    let parsed = parse(source);
    let resolved = resolve(&parsed.document);
    let mut found = parsed.findings;
    found.extend(resolved.findings.clone());
    found.extend(lint(&parsed.document, &resolved, Profile::default()));
    found
}

fn places(found: &[Finding]) -> Vec<Mark> {
    let mut places: Vec<Mark> = found
        .iter()
        .map(|finding| {
            (
                finding.rule.to_owned(),
                finding.span.start.line,
                finding.span.start.column,
            )
        })
        .collect();
    places.sort();
    places
}

#[test]
fn thirty_broken_rules_are_thirty_findings_each_at_its_place() {
    let (text, mut marks) = unmarked();
    marks.sort();
    assert_eq!(marks.len(), 30);
    assert!(
        marks.windows(2).all(|pair| pair[0].0 != pair[1].0),
        "a rule is marked twice"
    );
    assert_eq!(places(&found(&text)), marks);
}

#[test]
fn what_is_left_after_mending_is_for_a_person() {
    let (mut text, marks) = unmarked();
    for _ in 0..8 {
        let told = found(&text);
        text = apply(&text, told.iter().filter_map(|finding| finding.fix.as_ref())).0;
    }
    let left = found(&text);
    assert!(left.iter().all(|finding| finding.fix.is_none()), "{left:?}");
    let mut rules: Vec<&str> = left.iter().map(|finding| finding.rule).collect();
    rules.sort_unstable();
    let mut expected: Vec<&str> = marks
        .iter()
        .map(|(rule, _, _)| rule.as_str())
        .filter(|id| !rule_of(id).is_some_and(|rule| rule.fixable))
        .collect();
    expected.sort_unstable();
    assert_eq!(rules, expected, "{text}");
}
