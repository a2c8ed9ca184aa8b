//! What goes wrong from outside: the process is killed while many people write.
//!
//! `BIAOCHI_LONG=1` kills two hundred times on each database instead of twenty; `BIAOCHI_SEED` repeats a run.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod database;
mod killed;
mod work;
mod writers;
