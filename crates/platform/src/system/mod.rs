//! Systems 评价体系: executable standards that are offered, so that anybody can try them and organisations be assessed.
//!
//! The program of a system is a version of a text, by its digest; the log holds no rule of it. What is read from the source,
//! and every run, is computed when somebody asks, off the threads that answer ([`run`]), and a trial stores nothing.
//!
//! # Words
//! - **system** 评价体系: all editions of one executable standard; it bears the id of its text.
//! - **edition** 版次: a version of the text as it is offered, from the day on which it is in force; numbered from 1.
//! - **offered** 启用: the edition may be tried, and from its day on be assessed by.
//! - **trial** 试算: a run that changes the standard's own worked example.

pub mod command;
mod decide;
pub mod demo;
pub mod event;
pub mod executable;
pub mod query;
pub mod rows;
pub mod run;
pub mod state;
