//! The ledger on real databases.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "tests"
)]
#![allow(missing_docs, reason = "tests")]

mod commit;
mod contention;
mod killed;
mod open;
mod queue;
mod rebuild;
mod redaction;
mod tamper;
mod testkit;
mod timeline;
mod together;
