//! Questions about people: the only place beside `rows.rs` where this feature speaks SQL.

pub(crate) mod account;
mod names;
mod organization;
mod person;
mod substitution;

pub use account::Erasure;
pub use names::{Display, display_names};
pub use organization::{
    Contact, Desk, Organization, OrganizationFilter, OrganizationKey, contacts_of, contacts_of_place, desk, desks,
    organization, organization_history, organizations, work_of,
};
pub use person::{
    FactorRemoved, Member, PersonRow, Removed, factor_removed, holders, members, members_from, memberships_of, person,
    persons,
};
pub use substitution::{Substitution, substitutions_of};
