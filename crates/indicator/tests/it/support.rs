//! Standards of the tests, and short ways to read and run them.

use indicator::{Finding, Given, Place, RawUnit, Severity, Standard, blocks, read, structure};

/// The standard of a text that must have no error.
pub fn standard(text: &str) -> Standard {
    let reading = read(&blocks(text));
    let findings: Vec<Finding> = reading
        .findings
        .into_iter()
        .chain(structure(&reading.standard))
        .collect();
    let errors: Vec<_> = findings
        .iter()
        .filter(|finding| finding.severity == Severity::Error)
        .collect();
    assert!(errors.is_empty(), "{errors:#?}");
    reading.standard
}

/// All findings of a text.
pub fn findings(text: &str) -> Vec<Finding> {
    let reading = read(&blocks(text));
    let found = indicator::check(&reading.standard);
    reading.findings.into_iter().chain(found).collect()
}

/// The rules of all findings that are no mere information.
pub fn rules(text: &str) -> Vec<&'static str> {
    findings(text)
        .into_iter()
        .filter(|finding| finding.severity != Severity::Info)
        .map(|finding| finding.rule)
        .collect()
}

pub fn row(id: &str, period: Option<&str>, inputs: &[(&str, &str)]) -> RawUnit {
    RawUnit {
        id: id.to_owned(),
        period: period.map(str::to_owned),
        inputs: inputs
            .iter()
            .map(|(name, text)| ((*name).to_owned(), Given::Text((*text).to_owned()), Place::default()))
            .collect(),
        place: Place::default(),
    }
}
