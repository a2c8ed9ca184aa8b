//! Assessments 评估: an organisation is assessed by a system that is in force, from filling in to the certificate.
//!
//! What an organisation fills in and what it shows for it is for itself and its assessors alone; the log's entries of an
//! assessment are in no history and no feed. What everybody sees is the certificate: a stream of its own.
//!
//! # Words
//! - **assessment** 评估: one unit of an organisation, for one period, by one edition of a system.
//! - **item** 评估项: an indicator without others below it; the assessor accepts or refuses what was given for it.
//! - **evidence** 证据: a file that shows it, with its kind, its day, how long it is valid and how it was sampled.
//! - **assessor** 评估员: whoever answers for the system, and is none of the assessed organisation.
//! - **certificate** 证书: the result of the accepted items, signed; its number is the beginning of its digest, so that the
//!   same grounds have the same certificate.

pub mod certificate;
pub mod command;
pub mod decide;
pub mod demo;
pub mod event;
pub mod moves;
pub mod outcome;
pub mod query;
pub mod rows;
pub mod state;
pub mod workbook;
