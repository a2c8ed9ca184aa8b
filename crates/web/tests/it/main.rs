//! The server from outside: one binary, a module for each subject.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod admin;
mod calendar;
mod changes;
mod contract;
mod copied;
mod editing;
mod evidence;
mod filters;
mod first_administrator;
mod follows;
mod frame;
mod fuzz;
mod holding;
mod hostile;
mod leaks;
mod links;
mod ownership;
mod personal_data;
mod places;
mod policy;
mod problems;
mod proxies;
mod reading;
mod reports;
mod rights;
mod routes;
mod signing_in;
mod tables;
mod time;
mod unwelcome;
mod walk;
mod words;
mod work;
mod workbooks;
