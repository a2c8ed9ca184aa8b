//! The rules by id: weight, and the clause of GB/T 1.1—2020 that each rests on.

use crate::finding::Severity::{self, Error, Warning};

/// A rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    /// Its id: family and number.
    pub id: &'static str,
    /// What it weighs.
    pub severity: Severity,
    /// Where GB/T 1.1—2020 has it.
    pub clause: &'static str,
    /// Whether some of its findings are mended by a machine.
    pub fixable: bool,
}

const fn rule(id: &'static str, severity: Severity, clause: &'static str) -> Rule {
    Rule {
        id,
        severity,
        clause,
        fixable: false,
    }
}

const fn mended(id: &'static str, severity: Severity, clause: &'static str) -> Rule {
    Rule {
        fixable: true,
        ..rule(id, severity, clause)
    }
}

/// Every rule that is checked, by id.
pub const RULES: &[Rule] = &[
    rule("ABB-01", Warning, "9.4.3"),
    rule("ANX-01", Error, "9.6.2"),
    rule("ANX-02", Error, "9.6.1.2"),
    rule("ANX-03", Error, "9.6.3.2"),
    rule("BIB-01", Error, "8.13"),
    rule("BIB-02", Warning, "8.13"),
    mended("CIT-01", Error, "9.5.2"),
    rule("CIT-02", Error, "9.5.3, 9.5.5.2"),
    mended("CIT-03", Warning, "9.5.5.2"),
    rule("COV-01", Error, "8.1"),
    mended("COV-02", Error, "8.1"),
    rule("COV-03", Error, "8.1"),
    rule("COV-04", Error, "8.1"),
    mended("COV-05", Error, "附录D D.1"),
    mended("COV-06", Warning, "10.3.1.2"),
    rule("EQN-01", Warning, "9.9.2"),
    rule("EQN-02", Error, "9.9.3.1"),
    rule("FIG-01", Warning, "9.7.2, 9.8.2"),
    rule("FIG-02", Error, "9.7.1.2, 9.8.1.2"),
    rule("FWD-01", Error, "8.3"),
    mended("FWD-02", Error, "8.3 a)"),
    mended("FWD-03", Error, "8.3"),
    mended("FWD-04", Warning, "附录D D.2"),
    rule("FWD-05", Warning, "8.3 c)"),
    rule("FWD-06", Error, "8.3 f)"),
    rule("FWD-07", Warning, "8.3 h)"),
    rule("INT-01", Error, "8.4"),
    rule("INT-02", Error, "8.4"),
    rule("LEG-01", Warning, "5.5.3"),
    mended("LST-01", Error, "7.5.1"),
    mended("LST-02", Error, "7.5.1"),
    rule("LST-03", Warning, "7.5.2"),
    mended("LST-04", Warning, "7.5.3"),
    mended("MOD-01", Error, "附录C C.1"),
    mended("MOD-02", Error, "附录C C.1"),
    rule("MOD-03", Warning, "9.1"),
    rule("MOD-04", Warning, "附录C C.4—C.6"),
    rule("MOD-05", Error, "9.4.2.2, 9.4.2.3"),
    rule("MOD-06", Warning, "附录C C.1"),
    rule("MOD-07", Warning, "9.4.2.1"),
    rule("MOD-08", Error, "9.2"),
    rule("MOD-09", Warning, "8.10, 8.11"),
    rule("NAM-01", Error, "6.1.1"),
    rule("NAM-02", Error, "6.1.4.1"),
    rule("NAM-03", Warning, "6.1.4.2"),
    rule("NAM-04", Error, "7.1.3"),
    mended("NOT-01", Error, "9.10.2, 9.11.2"),
    rule("NUM-01", Error, "9.4.5"),
    mended("NUM-02", Warning, "10.4.6"),
    mended("PUN-01", Warning, "9.4.1"),
    rule("REF-01", Error, "8.6.1"),
    mended("REF-02", Error, "8.6.2"),
    mended("REF-03", Error, "8.6.3.1, 10.3.4"),
    mended("REF-04", Error, "8.6.3.2"),
    rule("REF-05", Error, "9.5.4.2.1"),
    rule("REF-06", Error, "9.5.4.1.1"),
    rule("REF-07", Error, "9.5.4.1"),
    rule("REF-08", Warning, "9.5.4.4.2"),
    rule("REF-09", Error, "9.5.4.4.3"),
    rule("REF-10", Warning, "9.5.4.4.1"),
    rule("REF-11", Warning, "8.6.3.1"),
    rule("SCP-01", Error, "8.5.2"),
    rule("SCP-02", Error, "8.5.3"),
    rule("SCP-03", Warning, "8.5.3"),
    rule("STR-01", Error, "6.2.2.3"),
    rule("STR-02", Error, "6.2.2.3"),
    rule("STR-03", Error, "7.2"),
    rule("STR-04", Error, "7.3.1"),
    rule("STR-05", Error, "7.3.1"),
    rule("STR-06", Error, "7.3.3"),
    rule("STR-07", Warning, "7.3.3"),
    rule("STR-08", Error, "7.3.4"),
    mended("STR-09", Warning, "7.4"),
    rule("STR-10", Warning, "9.3"),
    mended("SYM-01", Warning, "8.8.2"),
    rule("TAB-01", Error, "9.8.1.3"),
    rule("TAB-02", Error, "9.8.4"),
    mended("TAB-03", Error, "10.4.2.2"),
    rule("TRD-01", Warning, "9.13.1"),
    rule("TRM-01", Error, "8.7.2"),
    rule("TRM-02", Error, "8.7.3.1"),
    rule("TRM-03", Error, "8.7.3.1"),
    rule("TRM-04", Warning, "8.7.3.2"),
    mended("TRM-05", Error, "8.7.3.3"),
    mended("TRM-06", Warning, "10.3.5"),
    rule("TRM-07", Error, "8.7.3.4, 9.5.4.3"),
];

/// The rule of an id.
pub fn of(id: &str) -> Option<&'static Rule> {
    RULES
        .binary_search_by(|rule| rule.id.cmp(id))
        .ok()
        .and_then(|index| RULES.get(index))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_stand_by_id_and_once() {
        assert!(RULES.windows(2).all(|pair| pair[0].id < pair[1].id));
        assert_eq!(of("MOD-02").map(|rule| rule.clause), Some("附录C C.1"));
        assert_eq!(of("MOD-99"), None);
    }
}
