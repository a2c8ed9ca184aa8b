//! Whole texts through the public door: the published one, damaged copies of it, excerpts, anything at all.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "tests: a failed expectation is the finding; skips and seeds are printed"
)]

mod any_text;
mod damage;
mod damaged;
mod excerpts;
mod fuzz;
mod published;
mod truth;
