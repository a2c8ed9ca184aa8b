//! The engine: standards over many units, indices, sampling, weights; each figure beside numpy, SALib or pymcdm of the
//! same run, where a Python with them is found (`BIAOCHI_PEERS`, else `python3`; benches/peers/environment.sh makes one).

mod footprint;
mod index;
mod peer;
mod rules;
mod sampling;
mod timing;
mod weights;

use super::Report;
use crate::failure::Result;
use peer::Peers;

/// Measures what the engine's page promises (docs/bench-engine.md), in its order.
pub fn measure(report: &mut Report) -> Result<()> {
    let peers = Peers::find();
    report.heading(&format!("the engine, {} threads", timing::threads()));
    if let Some(lacking) = peers.lacking() {
        report.skipped(&lacking);
    }
    index::measure(&peers, report)?;
    sampling::measure(&peers, report)?;
    weights::measure(&peers, report)?;
    rules::measure(&peers, report)?;
    footprint::measure(&peers, report)
}
