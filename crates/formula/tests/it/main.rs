//! The language as its users meet it.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod checking;
mod evaluating;
mod faults;
mod fuzz;
mod laws;
mod reading;
mod rounding;
mod support;
mod units;
