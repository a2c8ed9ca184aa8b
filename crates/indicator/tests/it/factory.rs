//! The worked example of the 5G factory: every figure as the standard says.

use crate::support::{findings, standard};
use indicator::{Severity, try_example};

pub const FACTORY: &str = include_str!("../../../../examples/5g-factory.md");

#[test]
fn every_expected_figure_and_the_variant_come_out_exactly() {
    let standard = standard(FACTORY);
    let tried = try_example(&standard, &standard.examples[0]);
    for try_ in &tried {
        assert_eq!(try_.findings, []);
    }
    let [base, variant] = tried.as_slice() else { panic!() };
    let exact = |result: &indicator::UnitResult| result.total.as_ref().unwrap().exact_text();
    assert_eq!(exact(&base.result), "1907147/22400");
    assert_eq!(base.result.grade.as_deref(), Some("标杆"));
    assert_eq!(exact(&variant.result), "84.9690625");
    assert_eq!(variant.result.grade.as_deref(), Some("特色"));
}

#[test]
fn the_checker_has_no_error_and_names_what_is_not_declared() {
    let found = findings(FACTORY);
    let errors: Vec<_> = found
        .iter()
        .filter(|finding| finding.severity == Severity::Error)
        .collect();
    assert!(errors.is_empty(), "{errors:#?}");
    let rules: std::collections::BTreeSet<_> = found.iter().map(|finding| finding.rule).collect();
    assert_eq!(
        Vec::from_iter(rules),
        ["indicator-evidence-undated", "indicator-undeclared-input"]
    );
}
