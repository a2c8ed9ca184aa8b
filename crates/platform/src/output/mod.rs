//! Outputs 成果: what came out, inside the list or outside it (清单外产出), each on its source.
//!
//! An output of a task is also evidence of its obligations, entered in the same commit. An output outside the list serves
//! measures alone.

pub mod command;
pub mod event;
pub mod query;
pub mod rows;
pub mod source;
pub mod state;
