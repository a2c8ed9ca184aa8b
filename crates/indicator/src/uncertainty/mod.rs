//! How far a result hangs on choices that could have been made otherwise and on figures known only nearly: intervals of
//! ranks, the chance that a grade flips, and Sobol's indices, sampled until they are as sure as was asked for.

mod declared;
mod dense;
mod indices;
mod replica;
mod sequence;

use formula::Number;
use serde::Serialize;

pub use declared::{Factor, Uncertainty, Varies};
pub use indices::{BATCHES, Estimate, Index, Model, Pair, Plan, estimate, estimate_pairs};
pub use sequence::Sequence;
pub(crate) use sequence::mixed;

use crate::data::UnitData;
use crate::finding::{Finding, Place};
use crate::outcome::UnitResult;
use crate::run::Settings;
use crate::standard::Standard;
use replica::{Replica, Shared};

/// What sampling is told beside the data.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SensitivitySettings {
    /// As of every run.
    pub run: Settings,
    /// The half width of 95 % confidence of every index at which to stop.
    pub until: f64,
    /// The same seed gives the same digits.
    pub seed: u64,
    /// Threads.
    pub threads: usize,
    /// Whether pairs of factors are looked at even where the standard does not ask for them.
    pub pairs: bool,
}

impl Default for SensitivitySettings {
    fn default() -> Self {
        Self {
            run: Settings::default(),
            until: 0.02,
            seed: 1,
            threads: std::thread::available_parallelism().map_or(1, std::num::NonZero::get),
            pairs: false,
        }
    }
}

/// Points drawn at most where the standard does not say N.
pub const MOST_POINTS: u64 = 65_536;

/// A result's sensitivity.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Sensitivity {
    /// The seed.
    pub seed: u64,
    /// How often the standard was computed.
    pub replications: u64,
    /// Whether every index is as sure as was asked for.
    pub converged: bool,
    /// What the indices take apart: `rank_shift`, `total`, or the code of an account.
    pub target: String,
    /// By unit, in the order of the data.
    pub units: Vec<UnitSensitivity>,
    /// By factor, in the order of the text.
    pub sobol: Vec<FactorIndex>,
    /// By pair of factors, where they were asked for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sobol2: Vec<PairIndex>,
}

/// What may become of one unit.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct UnitSensitivity {
    /// Its id.
    pub id: String,
    /// Its rank.
    pub rank: Option<Interval>,
    /// Its value of the target account.
    pub value: Option<Interval>,
    /// The share of replications that give another grade, or none.
    pub grade_flip: Option<f64>,
}

/// Quantiles beside the nominal figure.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Interval {
    /// As `run` gives it.
    pub nominal: f64,
    /// 5 % of replications lie below.
    pub p5: f64,
    /// The median.
    pub p50: f64,
    /// 95 % lie below.
    pub p95: f64,
}

/// The indices of a factor, each with the half width of its 95 % confidence.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FactorIndex {
    /// As it is declared.
    pub factor: String,
    /// First order: its share alone.
    pub s1: f64,
    /// Its confidence.
    pub s1_ci: f64,
    /// Total: with all interactions.
    pub st: f64,
    /// Its confidence.
    pub st_ci: f64,
}

/// The index of second order of two factors: what they do only together, with its confidence.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PairIndex {
    /// As they are declared.
    pub factors: [String; 2],
    /// Second order.
    pub s2: f64,
    /// The half width of its 95 % confidence.
    pub s2_ci: f64,
}

/// Varies what the standard declares as uncertain. `nominal` are the results of `run` over the same units; of several
/// periods the latest is looked at. `told` hears how far sampling has come.
pub fn sensitivity(
    standard: &Standard,
    units: &[UnitData],
    nominal: &[UnitResult],
    settings: SensitivitySettings,
    told: &mut dyn FnMut(&Estimate),
) -> Result<Sensitivity, Vec<Finding>> {
    let declared = standard
        .uncertainty
        .as_ref()
        .filter(|declared| !declared.factors.is_empty());
    let Some(declared) = declared else {
        return Err(vec![Finding::error("indicator-uncertain-none", &Place::default(), &[])]);
    };
    let shared = Shared::new(standard, declared, units, nominal, settings)?;
    let plan = Plan {
        factors: shared.dimensions(),
        dimensions: shared.dimension_count(),
        seed: settings.seed,
        until: settings.until,
        most: declared.most.unwrap_or(MOST_POINTS),
        threads: settings.threads,
    };
    let models = || Replica::new(&shared);
    let (found, replicas) = if settings.pairs || declared.pairs {
        estimate_pairs(&plan, models, told)
    } else {
        estimate(&plan, models, told)
    };
    let sobol = declared
        .factors
        .iter()
        .zip(&found.indices)
        .map(|(factor, index)| FactorIndex {
            factor: factor.name.clone(),
            s1: index.s1,
            s1_ci: index.s1_ci,
            st: index.st,
            st_ci: index.st_ci,
        });
    let name = |at: usize| {
        declared
            .factors
            .get(at)
            .map(|factor| factor.name.clone())
            .unwrap_or_default()
    };
    let sobol2 = found.pairs.iter().map(|pair| PairIndex {
        factors: [name(pair.of.0), name(pair.of.1)],
        s2: pair.s2,
        s2_ci: pair.s2_ci,
    });
    Ok(Sensitivity {
        seed: settings.seed,
        replications: found.replications,
        converged: found.converged,
        target: shared.target_name(),
        units: shared.told(replicas),
        sobol: sobol.collect(),
        sobol2: sobol2.collect(),
    })
}

/// The totals of a standard with nothing varied, as sampling computes them: NaN where there is none. What the exact and
/// the wide run give, to nine digits.
pub fn sampled_nominal(standard: &Standard, units: &[UnitData], nominal: &[UnitResult]) -> Vec<f64> {
    let nothing = Uncertainty::default();
    Shared::new(standard, &nothing, units, nominal, SensitivitySettings::default())
        .map(|shared| Replica::new(&shared).totals(&[]))
        .unwrap_or_default()
}

fn float(number: Option<&Number>) -> f64 {
    number.map_or(f64::NAN, Number::to_f64)
}
