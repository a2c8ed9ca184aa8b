//! The file store in a folder and in a bucket, and what kinds of files are taken.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    missing_docs,
    reason = "tests: a failure is a panic, a skipped test says so"
)]

mod address;
mod media;
mod s3_server;
mod store;
