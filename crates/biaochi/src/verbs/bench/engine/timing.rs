//! How long work takes: the best of several times, so that what else the machine does tells least; and numbers to work on.

use std::time::{Duration, Instant};

/// Threads of this machine.
pub fn threads() -> usize {
    std::thread::available_parallelism().map_or(1, std::num::NonZero::get)
}

/// The best of so many times, in milliseconds, after one that is not counted.
pub fn best<T>(times: usize, mut work: impl FnMut() -> T) -> f64 {
    std::hint::black_box(work());
    (0..times.max(1))
        .map(|_| {
            let from = Instant::now();
            std::hint::black_box(work());
            from.elapsed()
        })
        .min()
        .unwrap_or_default()
        .as_secs_f64()
        * 1000.0
}

/// The same for work of this thread alone, by the processor's time where the system tells it: what others do beside it
/// does not count.
pub fn best_alone<T>(times: usize, mut work: impl FnMut() -> T) -> f64 {
    std::hint::black_box(work());
    let one = |work: &mut dyn FnMut() -> T| {
        let (wall, before) = (Instant::now(), on_processor());
        std::hint::black_box(work());
        match (before, on_processor()) {
            (Some(before), Some(after)) => after.saturating_sub(before),
            _ => wall.elapsed(),
        }
    };
    (0..times.max(1))
        .map(|_| one(&mut work))
        .min()
        .unwrap_or_default()
        .as_secs_f64()
        * 1000.0
}

/// How long this thread has been on a processor.
fn on_processor() -> Option<Duration> {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    Some(Duration::from_nanos(told.split_whitespace().next()?.parse().ok()?))
}

/// Numbers within [low, high) that look drawn, the same in every run.
#[derive(Debug)]
pub struct Draws(u64);

impl Draws {
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub fn within(&mut self, low: f64, high: f64) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        let unit = ((z ^ (z >> 31)) >> 11) as f64 / 9_007_199_254_740_992.0;
        low + (high - low) * unit
    }

    /// A column of so many.
    pub fn column(&mut self, rows: usize, low: f64, high: f64) -> Vec<f64> {
        (0..rows).map(|_| self.within(low, high)).collect()
    }
}
