//! Statistical disclosure control of tables: which totals may be shown so that nobody learns, or can work out within a
//! narrow interval, what a single respondent reported. Pure and exact.
//!
//! # Words
//! - **contribution**: what one respondent reported for one measure and period. A row that was mended is another
//!   contribution of the same respondent.
//! - **total**: a sum of contributions, named by which it sums: a cell, a margin, a cell of another table or of an earlier
//!   definition. Since totals are sets, margins, linked tables and differences between definitions need no rules of their
//!   own: whatever follows from them by adding and subtracting is one system of equations.
//! - **group** (atom): contributions that stand in exactly the same totals. Nobody can tell them apart, so a group is the
//!   least that an attacker may work out.
//! - **unsafe**: too few respondents, or a few of them dominate ([`Rule`]).
//! - **primary** suppression: the total is unsafe. **Secondary**: it is safe, but with it an unsafe one could be worked out.
//! - **attacker**: an outsider, who knows every total shown and who reported; or an **insider**, one of the few in an
//!   unsafe group, who knows their own contribution besides.
//! - **exposure**: an unsafe total or group whose deducible interval is narrower than the rule demands.
//!
//! # What is proved
//! [`exposures`] computes for every unsafe total that is not shown, and for every unsafe group, the least and greatest
//! value that an attacker can deduce: two linear programs over exact fractions ([`bounds`]). [`protect`] hides totals until
//! it finds none. So the interval is proved for outsiders and single insiders; attackers who pool what they know, or who
//! know more of somebody than what is shown, are not met.
//!
//! # Sources
//! 中华人民共和国统计法 (2024) articles 17 and 28; 统计法实施条例 (2017) article 29 (3): aggregates from which a respondent can
//! be inferred count as identifying. A. Hundepool et al., Statistical Disclosure Control, Wiley 2012, chapter 4: rules of
//! sensitivity, protection levels, the problem of singletons, cell suppression.
//!
//! # Example
//! ```
//! use formula::Number;
//! use indicator::disclosure::{Contribution, Fate, Rule, protect};
//!
//! let contributions: Vec<_> = [40, 50, 60, 30, 20, 35, 45, 25]
//!     .into_iter()
//!     .enumerate()
//!     .map(|(respondent, value)| Contribution { respondent, value: Number::from(value) })
//!     .collect();
//! // Three in the first place, two in the second, three in the third, and all together.
//! let offered = [vec![0, 1, 2], vec![3, 4], vec![5, 6, 7], vec![0, 1, 2, 3, 4, 5, 6, 7]];
//! let protected = protect(&contributions, &[], &offered, &Rule::default())?;
//! assert!(matches!(protected.fates[1], Fate::Primary(_)));
//! // With both other places and the total, the second would follow: one of them goes, too.
//! assert_eq!(protected.fates[0], Fate::Secondary);
//! assert_eq!(protected.fates[2..], [Fate::Shown, Fate::Shown]);
//! # Ok::<(), indicator::disclosure::Failure>(())
//! ```

mod attack;
mod bounds;
mod group;
mod rule;
mod suppress;

pub use attack::{Attacker, Exposure, exposures};
pub use bounds::{Bound, Interval, System};
pub use rule::{Contribution, Dominance, Rule, Unsafe};
pub use suppress::{Fate, Protected, protect};

/// Why a publication could not be judged. Then nothing of it may be shown.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// A number grew beyond what is carried.
    #[error("a number of the publication has too many digits: {0}")]
    Number(#[from] formula::NumberError),
    /// A total names a contribution that is not there.
    #[error("a total names contribution {contribution} of {of}")]
    NoContribution {
        /// Which.
        contribution: usize,
        /// How many there are.
        of: usize,
    },
    /// More than is judged exactly.
    #[error("{contributions} contributions in {totals} totals are more than are judged at once; publish fewer cells")]
    TooMuch {
        /// How many contributions.
        contributions: usize,
        /// How many totals.
        totals: usize,
    },
}
