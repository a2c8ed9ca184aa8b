//! Lint: what GB/T 1.1—2020 asks of a text, rule by rule. Pure.
//!
//! Each family has a file; each rule an id (`MOD-02`), the clause of GB/T 1.1 that it rests on, and a weight ([`rule`]).
//! A **profile** says which rules hold: texts under the edition of 2009, or of engineering construction, keep other
//! words. A rule is **silenced** in the source with a reason ([`silence`]): `<!-- 不查 MOD-01：外部约束，见…… -->`, in the
//! clause where it stands or, before the first heading, in the whole text.

mod catalogue;
mod code;
mod cover;
mod foreword;
mod formula;
mod list;
mod modal;
mod note;
mod number;
mod profile;
mod reference;
mod rule;
mod scope;
mod silence;
mod structure;
mod subject;
mod symbol;
mod table;
mod term;
mod title;
mod typed_reference;
mod typing;
mod wording;

pub use catalogue::{Catalogue, MissingColumn, Unread};
pub use profile::Profile;
pub use rule::{RULES, Rule, of as rule_of};

use crate::finding::{Finding, Fix, Message, Severity, sort};
use crate::model::{Clause, Document, Position, Span};
use crate::resolve::Resolved;

/// Every finding of the profile's rules, in the order of their places.
///
/// ```
/// use document::{lint::{Profile, lint}, resolve::resolve, source::parse};
///
/// let document = parse("# 范围\n本文件规定了要求。本文件适用于组件。\n# 要求\n组件必须完好。\n").document;
/// let found = lint(&document, &resolve(&document), Profile::default());
/// assert!(found.iter().any(|finding| finding.rule == "MOD-01"));
/// ```
pub fn lint(document: &Document, resolved: &Resolved, profile: Profile) -> Vec<Finding> {
    lint_against(document, resolved, profile, &Catalogue::default())
}

/// The same, where something is known of other standards: what is cited and no longer in force is told, too.
pub fn lint_against(document: &Document, resolved: &Resolved, profile: Profile, catalogue: &Catalogue) -> Vec<Finding> {
    let mut check = Check {
        document,
        resolved,
        profile,
        catalogue,
        found: Vec::new(),
    };
    profile::check(&mut check);
    title::check(&mut check);
    cover::check(&mut check);
    foreword::check(&mut check);
    structure::check(&mut check);
    scope::check(&mut check);
    list::check(&mut check);
    note::check(&mut check);
    modal::check(&mut check);
    wording::check(&mut check);
    typing::check(&mut check);
    typed_reference::check(&mut check);
    table::check(&mut check);
    reference::check(&mut check);
    catalogue::check(&mut check);
    term::check(&mut check);
    symbol::check(&mut check);
    number::check(&mut check);
    subject::check(&mut check);
    let mut found = check.found;
    for finding in &mut found {
        if finding.clause.is_empty() {
            finding.clause = clause_at(document, resolved, finding.span.start);
        }
    }
    let mut found = silence::apply(document, found);
    sort(&mut found);
    found
}

/// What the families are handed, and where they put what they find.
struct Check<'a> {
    document: &'a Document,
    resolved: &'a Resolved,
    profile: Profile,
    catalogue: &'a Catalogue,
    found: Vec<Finding>,
}

impl Check<'_> {
    /// A finding of a rule with the rule's own weight, unless the profile leaves the rule out.
    fn tell(&mut self, rule: &'static str, span: Span, message: Message) {
        self.put(rule, span, message, None);
    }

    /// The same, with what mends it.
    fn tell_with(&mut self, rule: &'static str, span: Span, message: Message, fix: Fix) {
        self.put(rule, span, message, Some(fix));
    }

    fn put(&mut self, rule: &'static str, span: Span, message: Message, fix: Option<Fix>) {
        let Some(severity) = self.profile.weight(rule) else {
            return;
        };
        self.found.push(Finding {
            severity,
            fix,
            ..Finding::error(rule, span, message)
        });
    }
}

/// The number of the innermost clause that holds a place; its title where it has no number.
fn clause_at(document: &Document, resolved: &Resolved, place: Position) -> String {
    let holds = |clause: &Clause| clause.span.start <= place && place < clause.span.end;
    let mut inner: Option<&Clause> = None;
    let mut level: Vec<&Clause> = document.elements.iter().map(|element| &element.clause).collect();
    // They stand in the order of the source: the last that begins before the place is the one that may hold it.
    loop {
        let after = level.partition_point(|clause| clause.span.start <= place);
        let before = after.checked_sub(1).and_then(|index| level.get(index).copied());
        let Some(clause) = before.filter(|clause| holds(clause)) else {
            break;
        };
        inner = Some(clause);
        level = clause.clauses.iter().collect();
    }
    inner.map_or_else(String::new, |clause| resolved.number(&clause.id).to_owned())
}

/// Whether a finding of this weight is one that the caller must look at, at this level.
pub fn fails(severity: Severity, level: Severity) -> bool {
    severity >= level
}
