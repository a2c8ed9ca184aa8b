//! Every projection and every table of state, in one list: what the ledger is opened with.

use ledger::{Projection, migration::StateMigration};
use std::sync::Arc;

/// The projections of all features.
pub fn all() -> Vec<Arc<dyn Projection>> {
    vec![
        Arc::new(crate::place::rows::PlaceRows),
        Arc::new(crate::people::rows::OrganizationRows),
        Arc::new(crate::people::rows::PersonRows),
        Arc::new(crate::list::rows::ListRows),
        Arc::new(crate::obligation::rows::ObligationRows),
        Arc::new(crate::output::rows::OutputRows),
        Arc::new(crate::proposal::rows::ProposalRows),
        Arc::new(crate::text::rows::TextRows),
        Arc::new(crate::system::rows::SystemRows),
        Arc::new(crate::assessment::rows::AssessmentRows),
        Arc::new(crate::assessment::rows::CertificateRows),
        Arc::new(crate::survey::rows::SurveyRows),
        Arc::new(crate::history::rows::EntryRows),
        Arc::new(crate::notice::rows::FollowRows),
    ]
}

/// The tables that hold state beside the log, of all features; the list only grows.
pub fn state() -> Vec<StateMigration> {
    let mut list = Vec::new();
    list.extend_from_slice(crate::people::tables::MIGRATIONS);
    list.extend_from_slice(crate::notice::tables::MIGRATIONS);
    list.extend_from_slice(crate::upload::tables::MIGRATIONS);
    list.extend_from_slice(crate::survey::tables::MIGRATIONS);
    list
}
