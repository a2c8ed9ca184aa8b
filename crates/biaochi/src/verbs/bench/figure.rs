//! A figure, what it must reach, and durations of the same work done often.

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
    /// A figure without budget or peer.
    pub fn new(name: impl Into<String>, value: f64, unit: &'static str) -> Self {
        Self {
            name: name.into(),
            value: rounded(value),
            unit,
            peer: None,
            ratio: None,
            budget: None,
        }
    }

    /// With what it must reach.
    pub fn budget(mut self, budget: f64) -> Self {
        self.budget = Some(rounded(budget));
        self
    }

    /// Beside a peer of the same run.
    pub fn beside(mut self, peer: impl Into<String>, value: f64) -> Self {
        self.peer = Some(peer.into());
        self.ratio = (value > 0.0).then(|| rounded(self.value / value));
        self
    }

    /// Whether it misses its budget.
    pub fn misses(&self) -> bool {
        self.budget.is_some_and(|budget| {
            if self.unit == "/s" {
                self.value < budget
            } else {
                self.value > budget
            }
        })
    }

    /// As a line for people.
    pub fn line(&self) -> String {
        let budget = self.budget.map_or_else(String::new, |budget| {
            let relation = if self.unit == "/s" { "≥" } else { "≤" };
            let mark = if self.misses() { "✗" } else { "✓" };
            format!("  [{mark} {relation} {budget}]")
        });
        let peer = match (&self.peer, self.ratio) {
            (Some(peer), Some(ratio)) => format!("  = {ratio} × {peer}"),
            _ => String::new(),
        };
        format!("{:>12} {:<4} {}{budget}{peer}", self.value, self.unit, self.name)
    }
}

/// Three decimals are more than a measurement holds.
pub fn rounded(value: f64) -> f64 {
    (value * 1000.0).round() / 1000.0
}

/// How many a second.
pub fn per_second(count: usize, took: Duration) -> f64 {
    count as f64 / took.as_secs_f64().max(1e-9)
}

/// How time grows with size: 1 where ten times as much takes ten times as long.
pub fn exponent(sizes: (usize, usize), times: (Duration, Duration)) -> f64 {
    let ratio = times.1.as_secs_f64().max(1e-9) / times.0.as_secs_f64().max(1e-9);
    ratio.ln() / (sizes.1 as f64 / sizes.0 as f64).ln()
}

/// Durations of the same work, done often.
#[derive(Debug, Default, Clone)]
pub struct Durations(Vec<Duration>);

impl Durations {
    /// Adds one.
    pub fn push(&mut self, duration: Duration) {
        self.0.push(duration);
    }

    /// Adds the time since an instant.
    pub fn push_since(&mut self, from: Instant) {
        self.push(from.elapsed());
    }

    /// Adds those of another.
    pub fn join(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.0.len()
    }

    /// The duration that this share of them does not exceed, in milliseconds.
    pub fn percentile(&self, share: f64) -> f64 {
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
    pub fn rate(&self) -> f64 {
        let whole: Duration = self.0.iter().sum();
        if whole.is_zero() {
            0.0
        } else {
            per_second(self.0.len(), whole)
        }
    }
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

    #[test]
    fn a_rate_misses_from_below_and_a_time_from_above() {
        let rate = |value| Figure::new("commits", value, "/s").budget(50.0).misses();
        let time = |value| Figure::new("page", value, "ms").budget(20.0).misses();
        assert_eq!([rate(49.0), rate(50.0)], [true, false]);
        assert_eq!([time(20.0), time(21.0)], [false, true]);
    }

    #[test]
    fn an_exponent_of_one_is_growth_in_step() {
        let seconds = Duration::from_secs;
        assert_eq!(rounded(exponent((10, 100), (seconds(1), seconds(10)))), 1.0);
        assert_eq!(rounded(exponent((10, 100), (seconds(1), seconds(100)))), 2.0);
    }
}
