//! Weights from data and from judgements, and what tells whether indicators belong together. Pure arithmetic over
//! columns and matrices; what a standard makes of it stands in its rules (赋权, 层次分析, 最优最劣).

mod data;
mod eigen;
mod judgement;
mod read;

pub(crate) use data::correlations;
pub use data::{critic, cronbach_alpha, deviation, entropy, principal, variation};
pub(crate) use eigen::eigenvalues;
pub use judgement::{Hierarchy, best_worst, hierarchy};
pub(crate) use read::weights_by_scores;
pub use read::{Weighing, weighed};
