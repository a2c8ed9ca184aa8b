//! The built binary, as a caller meets it: what it prints where, and with which status it ends.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod configuration;
mod factor;
mod footprints;
mod forms;
mod help;
mod installation;
mod mailing;
mod pdf;
mod reading;
mod redaction;
mod run;
mod server;
mod serving;
mod smtp;
mod standards;
mod texts;
mod workbooks;
