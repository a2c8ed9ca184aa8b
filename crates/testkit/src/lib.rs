//! For tests alone: a small world in which the platform runs whole, within the process of the test.
//!
//! Each [`World`] has its own database (SQLite, or with `BIAOCHI_TEST_WORLDS=postgres` PostgreSQL, where `BIAOCHI_TEST_POSTGRES` holds the URL of a server on
//! which databases can be created), its own keys, and a clock that stands at 2026-11-23 09:00 in Shanghai until it is set.
//! Requests go through the same router as in production; no port is opened.
//!
//! # Words
//! - **reader**: whoever sends a request: nobody, somebody with a session cookie, or a program with a personal key.
//! - **answer**: status, headers and body of what came back ([`Answer`]).
//! - **cast**: persons whom a world can have, one for each role that a test is likely to need ([`CAST`]).
//!
//! # Example
//! ```
//! # tokio::runtime::Runtime::new().unwrap().block_on(async {
//! let world = testkit::World::new().await;
//! let answer = world.get("/healthz").await;
//! assert_eq!((answer.status, answer.text.as_str()), (200, "ok\n"));
//! # });
//! ```
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod answer;
mod asking;
mod cast;
mod database;
mod world;

pub use answer::Answer;
pub use asking::{Asker, form};
pub use cast::{CAST, Cast, PASSWORD};
pub use identity::{statement::SignedStatement, totp::TotpSecret};
pub use world::World;
