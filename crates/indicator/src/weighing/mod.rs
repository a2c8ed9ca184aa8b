//! Weights from data and from judgements, and what tells whether indicators belong together. Pure arithmetic over
//! columns and matrices; what a standard makes of it stands in its rules (赋权, 层次分析, 最优最劣).

mod balance;
mod data;
mod eigen;
mod inequality;
mod judgement;
mod loss;
mod read;
mod taken;

pub(crate) use data::correlations;
pub use data::{critic, cronbach_alpha, deviation, entropy, principal, variation};
pub(crate) use eigen::eigenvalues;
pub use inequality::{angle, gini, lopcow};
pub use judgement::{Hierarchy, best_worst, hierarchy};
pub use loss::{cilos, idocriw, merec};
pub use read::{Weighing, WeighingMethod};
pub use taken::weighed;
pub(crate) use taken::{faults, weights_by_scores};
