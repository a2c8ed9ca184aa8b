//! Obligations: all of them, one of them, what its officers do with it, and lines pasted from elsewhere.

mod act;
pub(crate) mod desk;
mod evidence;
mod form;
mod links;
mod list;
mod page;
mod paste;
mod rows;

pub(crate) use act::{act, form as act_page};
pub(crate) use evidence::take as take_evidence;
pub(crate) use list::{list, order};
pub(crate) use page::page;
pub(crate) use paste::{box_of as paste_box, confirm, page as paste_page, read as paste};
pub(crate) use rows::{Rows, whose};
