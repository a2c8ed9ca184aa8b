//! What a user of the platform would notice, on a fresh database each.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    missing_docs,
    reason = "tests"
)]

mod asking;
mod desk;
mod entering;
mod folding;
mod forgetting;
mod fuzz;
mod guiding;
mod history;
mod importing;
mod letters;
mod links;
mod opened;
mod post_office;
mod progress;
mod proposals;
mod report;
mod signed_in;
mod succession;
mod surveys;
mod tasks;
mod texts;
mod uploads;
mod workbooks;
