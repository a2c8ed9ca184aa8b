//! Which rules a text is held to.

use super::{Check, rule::of};
use crate::finding::{Finding, Severity, message};
use crate::model::{FrontMatter, Tier};

/// A set of rules. Default: GB/T 1.1—2020.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Profile {
    /// `gbt1.1-2020`.
    #[default]
    Gbt2020,
    /// `gbt1.1-2009`: texts written under the edition before: 本标准, 不得, the longer sentence on patents.
    Gbt2009,
    /// `group`: group and enterprise standards, whose covers and forewords follow rules of their own.
    Group,
    /// `construction`: engineering construction, where 必须 and 严禁 are words of requirement (住房和城乡建设部).
    Construction,
}

impl Profile {
    /// All, with their names.
    pub const ALL: [(Self, &'static str); 4] = [
        (Self::Gbt2020, "gbt1.1-2020"),
        (Self::Gbt2009, "gbt1.1-2009"),
        (Self::Group, "group"),
        (Self::Construction, "construction"),
    ];

    /// By name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .find_map(|(profile, known)| (*known == name).then_some(*profile))
    }

    /// The one that a text asks for; else by whose standard it is.
    pub fn of_text(front: &FrontMatter) -> Self {
        let said = front.profile.as_deref().and_then(Self::parse);
        said.unwrap_or(match front.tier() {
            Some(Tier::Group | Tier::Enterprise) => Self::Group,
            _ => Self::default(),
        })
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        Self::ALL
            .iter()
            .find_map(|(profile, name)| (*profile == self).then_some(*name))
            .unwrap_or_default()
    }

    /// What a rule weighs under this profile; nothing where it does not hold.
    pub fn weight(self, rule: &str) -> Option<Severity> {
        let left_out: &[&str] = match self {
            Self::Gbt2020 => &[],
            Self::Gbt2009 => &["CIT-01", "MOD-02", "FWD-02", "FWD-04"],
            Self::Group => &["COV-04"],
            Self::Construction => &["MOD-01", "MOD-02", "STR-06", "STR-07"],
        };
        if left_out.contains(&rule) {
            return None;
        }
        let severity = of(rule).map_or(Severity::Error, |rule| rule.severity);
        // 归口 and 备案 of group and enterprise standards are their own business.
        let softened = self == Self::Group && matches!(rule, "FWD-06" | "COV-01");
        Some(if softened {
            severity.min(Severity::Warning)
        } else {
            severity
        })
    }
}

/// A text that asks for a profile that there is not.
pub(super) fn check(check: &mut Check<'_>) {
    let front = &check.document.front;
    let Some(name) = front.profile.as_deref().filter(|name| Profile::parse(name).is_none()) else {
        return;
    };
    let known = Profile::ALL.map(|(_, name)| name).join("、");
    let finding = Finding::error(
        "LNT-02",
        front.place("profile"),
        message!("lint-profile-unknown", name = name, known = known),
    );
    check.found.push(finding);
}
