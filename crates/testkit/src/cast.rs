//! Who there may be in a world.

use platform::rights::Role;

/// The password of everybody.
pub const PASSWORD: &str = "correct horse battery staple";

/// A person whom a world can have.
#[derive(Debug, Clone, Copy)]
pub struct Cast {
    /// The name to sign in with.
    pub login: &'static str,
    /// The role.
    pub role: Role,
    /// The body in which it is held, of the shipped catalogue.
    pub organization: &'static str,
    /// The places for which the body acts.
    pub places: &'static [&'static str],
}

const fn person(login: &'static str, role: Role, organization: &'static str, places: &'static [&'static str]) -> Cast {
    Cast {
        login,
        role,
        organization,
        places,
    }
}

/// One for each role.
pub const CAST: &[Cast] = &[
    person("analyst", Role::MinistryAnalyst, "mofcom", &[]),
    person("guiding", Role::GuidingOfficer, "miit", &[]),
    person("nanjing", Role::CommerceOfficer, "nanjing-commerce", &["320100"]),
    person("market", Role::MarketRegulationOfficer, "nanjing-market", &["320100"]),
    person("chengdu", Role::CommerceOfficer, "chengdu-commerce", &["510100"]),
    person("sector", Role::SectorOfficer, "nanjing-commerce", &["320100"]),
    person("secretary", Role::CommitteeSecretary, "mofcom", &[]),
    person("member", Role::CommitteeMember, "mofcom", &[]),
    person("expert", Role::Expert, "mofcom", &[]),
    person("manager", Role::OrganizationRepresentative, "mofcom", &[]),
    person("citizen", Role::Citizen, "mofcom", &[]),
    person("evaluator", Role::Evaluator, "mofcom", &[]),
    person("statistician", Role::Statistician, "mofcom", &[]),
    person("auditor", Role::Auditor, "mofcom", &[]),
    person("system", Role::SystemAdministrator, "mofcom", &[]),
    person("security", Role::SecurityAdministrator, "mofcom", &[]),
    person("audit", Role::AuditAdministrator, "mofcom", &[]),
];
