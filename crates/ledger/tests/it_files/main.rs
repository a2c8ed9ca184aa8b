//! The file store in a folder and in a bucket, what kinds of files are taken, and backups.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    missing_docs,
    reason = "tests: a failure is a panic, a skipped test says so"
)]

mod address;
mod backup;
mod backup_damage;
mod backup_world;
mod fuzz;
mod media;
mod s3_server;
mod store;
mod sweep;
#[path = "../it/testkit.rs"]
#[allow(dead_code, reason = "shared with the other test binary, which uses all of it")]
mod testkit;
