//! `biaochi bench`: the project's own figures, each beside its budget, and beside a peer of the same run where there is
//! one. Everything runs on data of its own in a temporary folder.

mod cold_start;
mod ledger;
mod list;

use crate::{
    cli::BenchName,
    config::Config,
    failure::{Failure, Outcome, Result},
    output,
};
use serde::Serialize;
use std::time::{Duration, Instant};

/// One figure.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Figure {
    /// What was measured; of writes, on which settings of durability.
    name: String,
    value: f64,
    unit: &'static str,
    /// What it is compared with.
    peer: Option<String>,
    /// Value by the peer's value.
    ratio: Option<f64>,
    /// What it must reach, in the same unit: at most for times and counts, at least for rates.
    budget: Option<f64>,
}

impl Figure {
    fn new(name: impl Into<String>, value: f64, unit: &'static str) -> Self {
        Self {
            name: name.into(),
            value: rounded(value),
            unit,
            peer: None,
            ratio: None,
            budget: None,
        }
    }

    fn budget(mut self, budget: f64) -> Self {
        self.budget = Some(budget);
        self
    }

    fn beside(mut self, peer: impl Into<String>, value: f64) -> Self {
        self.peer = Some(peer.into());
        self.ratio = (value > 0.0).then(|| rounded(self.value / value));
        self
    }
}

/// Three decimals are more than a measurement holds.
fn rounded(value: f64) -> f64 {
    (value * 1000.0).round() / 1000.0
}

/// Runs one bench or all.
pub async fn run(config: &Config, name: Option<BenchName>, json: bool) -> Result<Outcome> {
    let mut figures = Vec::new();
    if name.is_none_or(|name| name == BenchName::List) {
        figures.extend(list::measure(config).await?);
    }
    if name.is_none_or(|name| name == BenchName::Ledger) {
        figures.extend(ledger::measure().await?);
    }
    if json || config.is_json() {
        output::json(&figures)?;
    } else {
        for figure in &figures {
            let budget = figure.budget.map(|budget| format!("  [{budget}]")).unwrap_or_default();
            let peer = match (&figure.peer, figure.ratio) {
                (Some(peer), Some(ratio)) => format!("  = {ratio} × {peer}"),
                _ => String::new(),
            };
            output::line(format!(
                "{:>12} {:<4} {}{budget}{peer}",
                figure.value, figure.unit, figure.name
            ))?;
        }
    }
    Ok(Outcome::Clean)
}

/// Durations of the same work, done often.
#[derive(Debug, Default)]
struct Durations(Vec<Duration>);

impl Durations {
    fn push_since(&mut self, from: Instant) {
        self.0.push(from.elapsed());
    }

    /// The duration that this share of them does not exceed, in milliseconds.
    fn percentile(&self, share: f64) -> f64 {
        let mut sorted = self.0.clone();
        sorted.sort_unstable();
        let last = sorted.len().saturating_sub(1);
        let index = ((sorted.len() as f64 * share).ceil() as usize)
            .saturating_sub(1)
            .min(last);
        sorted
            .get(index)
            .map_or(0.0, |duration| duration.as_secs_f64() * 1000.0)
    }

    /// How many a second, one after the other.
    fn rate(&self) -> f64 {
        let whole: Duration = self.0.iter().sum();
        if whole.is_zero() {
            0.0
        } else {
            self.0.len() as f64 / whole.as_secs_f64()
        }
    }
}

/// A folder that goes with the measurement.
fn folder() -> Result<tempfile::TempDir> {
    tempfile::tempdir().map_err(|fault| Failure::environment(std::env::temp_dir().display(), fault))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_percentile_is_a_duration_that_was_measured() {
        let durations = Durations((1..=100).map(Duration::from_millis).collect());
        assert_eq!(
            [0.5, 0.95, 1.0].map(|share| durations.percentile(share)),
            [50.0, 95.0, 100.0]
        );
        assert_eq!(Durations::default().percentile(0.95), 0.0);
    }

    #[test]
    fn a_figure_stands_beside_its_peer() {
        let figure = Figure::new("commits", 500.0, "/s")
            .beside("fsyncs", 1000.0)
            .budget(50.0);
        assert_eq!(
            serde_json::to_value(&figure).ok(),
            serde_json::from_str(
                r#"{"name":"commits","value":500.0,"unit":"/s","peer":"fsyncs","ratio":0.5,"budget":50.0}"#,
            )
            .ok()
        );
    }
}
