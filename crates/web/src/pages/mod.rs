//! The pages, one file for each noun.

pub(crate) mod account;
pub(crate) mod admin;
pub(crate) mod api;
pub(crate) mod assign;
pub(crate) mod change;
pub(crate) mod desk;
pub(crate) mod export;
pub(crate) mod file;
pub(crate) mod first_administrator;
pub(crate) mod history;
pub(crate) mod home;
pub(crate) mod list;
pub(crate) mod measure;
pub(crate) mod notice;
pub(crate) mod obligation;
pub(crate) mod output;
pub(crate) mod place;
pub(crate) mod published;
pub(crate) mod report;
pub(crate) mod search;
pub(crate) mod sign_in;
pub(crate) mod statement;
pub(crate) mod task;
pub(crate) mod unassigned;
pub(crate) mod words;
pub(crate) mod workbook;
