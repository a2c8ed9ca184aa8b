//! Uploads 上传: files on their way to the event that refers to them.
//!
//! A file is stored and registered before the event; whoever sent it may then name it in a command, by its digest. What no
//! event refers to within a day is removed ([`sweep`]), on the person's behalf as from the store.
//!
//! # Words
//! - **upload** 上传: a file that somebody sent, with the name under which they sent it.
//! - **attachment** 附件: a file of an entry: digest, name, size and media type, as they stand in the event.

pub mod attachment;
pub mod query;
pub mod sweep;
pub mod tables;
pub mod take;

pub use attachment::Attachment;
