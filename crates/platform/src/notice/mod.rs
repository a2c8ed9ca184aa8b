//! Notices 提醒: what happens to the things that a person follows.
//!
//! # Words
//! - **follow** 关注: a person wants to know of an object or of everything of a place, task or measure; of all, or of what
//!   is significant (`catalog/significant.toml`).
//! - **notice** 提醒: an entry of the history that matches a follow, was recorded after it, and that the person may see. It is
//!   asked for, never copied: so each is there exactly once, and none before the right to see it.
//! - **read mark**: up to which entry a person has seen notices.
//! - **digest** 摘要邮件: one letter an hour at most, put into the outbox in the transaction that remembers it; of what not
//!   everybody may see it holds a count and a link, no word.
//! - **letter** 信件: a digest, or the link by which somebody sets a password ([`outgoing`]).
//!
//! A letter is marked `handed` before its last byte goes out ([`sending`]); one whose fate is unknown is never sent again by
//! itself, and is listed to the operator.

pub mod digest;
pub mod event;
pub mod feed;
pub mod follow;
pub mod letter;
pub mod outgoing;
pub mod query;
pub mod rows;
pub mod sending;
pub mod significant;
pub mod stopping;
pub mod tables;
