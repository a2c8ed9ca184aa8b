//! Accounts, rights and sign-in, as people would notice them: on SQLite, and on PostgreSQL where
//! `BIAOCHI_TEST_POSTGRES` holds the URL of a server on which databases can be created.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    missing_docs,
    reason = "tests"
)]

mod administrators;
mod bodies;
mod demonstration;
mod erasure;
mod kit;
mod leaving;
mod rights;
mod second_factor;
mod sign_in;
mod substitutes;
mod workbook;
