//! The list (清单): its versions, its tasks, and the measures with their actions, as published and as changed since.
//!
//! # Words
//! - **list** 清单: the published list of tasks; `first` is 首批. **version**: the list as issued on a day, citable for good.
//! - **task** 任务: one numbered line. **measure** 措施: (一)–(十七). **action**: one sentence of a measure.
//! - **link**: a task serves a measure; officers propose, analysts confirm.
//!
//! What a place undertook of a task or action is an obligation, and lives in [`crate::obligation`].

pub mod assignment_workbook;
pub mod command;
pub mod difference;
pub mod edition;
pub mod entering;
pub mod event;
pub mod facts;
pub mod import;
pub mod place_workbook;
pub mod query;
pub mod row_commands;
pub mod rows;
mod since_download;
pub mod state;
pub mod workbook;
