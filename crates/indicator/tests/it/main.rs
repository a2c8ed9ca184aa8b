//! Executable standards as their users meet them.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod checking;
mod data;
mod factory;
mod hostile;
mod index;
mod judging;
mod park;
mod shelf;
mod support;
mod telling;
