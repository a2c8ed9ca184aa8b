//! Silencing a rule, with a reason: `<!-- 不查 MOD-01，MOD-02：外部约束 -->`, `<!-- no-lint MOD-01: reason -->`.

use crate::finding::{Finding, message};
use crate::model::{Block, BlockKind, Clause, Document, Span};

/// A wish not to hear of some rules within a stretch of the source.
struct Silence {
    rules: Vec<String>,
    within: Option<Span>,
}

/// The findings that nobody has silenced; and one for each silence without a reason, which silences nothing.
pub(super) fn apply(document: &Document, found: Vec<Finding>) -> Vec<Finding> {
    let mut silences = Vec::new();
    let mut faults = Vec::new();
    read(&document.lead, None, &mut silences, &mut faults);
    for element in &document.elements {
        clause(&element.clause, &mut silences, &mut faults);
    }
    let mut left: Vec<Finding> = found
        .into_iter()
        .filter(|finding| !silences.iter().any(|silence| silence.covers(finding)))
        .collect();
    left.extend(faults);
    left
}

impl Silence {
    fn covers(&self, finding: &Finding) -> bool {
        let place = finding.span.start;
        self.rules.iter().any(|rule| rule == finding.rule)
            && self
                .within
                .is_none_or(|within| within.start <= place && place < within.end)
    }
}

fn clause(one: &Clause, silences: &mut Vec<Silence>, faults: &mut Vec<Finding>) {
    read(&one.blocks, Some(one.span), silences, faults);
    for below in &one.clauses {
        clause(below, silences, faults);
    }
}

fn read(blocks: &[Block], within: Option<Span>, silences: &mut Vec<Silence>, faults: &mut Vec<Finding>) {
    for block in blocks {
        let BlockKind::Comment(text) = &block.kind else {
            continue;
        };
        let Some((rules, reason)) = wish(text) else { continue };
        if reason.is_empty() {
            faults.push(Finding::error("LNT-01", block.span, message!("lint-silence-reason")));
        } else {
            silences.push(Silence { rules, within });
        }
    }
}

/// The rules and the reason of a comment that silences.
fn wish(text: &str) -> Option<(Vec<String>, &str)> {
    let text = text.trim();
    let rest = text.strip_prefix("不查").or_else(|| text.strip_prefix("no-lint"))?;
    let (rules, reason) = rest.split_once(['：', ':']).unwrap_or((rest, ""));
    let rules = rules
        .split(['，', ',', '、', ' '])
        .map(str::trim)
        .filter(|rule| !rule.is_empty())
        .map(str::to_owned)
        .collect();
    Some((rules, reason.trim()))
}
