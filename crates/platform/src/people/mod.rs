//! People: bodies and their desks, persons and their memberships, sign-in, sessions, keys.
//!
//! # Words
//! - **organization** 机构: a ministry, a body of a place, a committee, an association, an enterprise, an institute.
//! - **desk** 处室/秘书处: a part of a body that can hold work; a person may take it from there.
//! - **membership** 任职: a person holds a role in a body, from a day, perhaps until a day.
//! - **substitute** 代办: another person who acts for one, between two days.
//! - **profile**: name, login and address of a person, sealed under the person's key outside the log.
//! - **erasure** 删除个人信息: the key and everything under it are destroyed; the log keeps an opaque id.
//! - **session**: a signed-in browser; ends 12 hours after its last use and 7 days after its beginning.
//! - **key** of a person: lets a program act for the person, within the actions to which it is bound.
//!
//! Passkeys and single sign-on (OIDC) find their door in [`session::issue`]: whoever proves who somebody is, by whatever
//! means, ends there (`docs/decisions/0006-sign-in.md`). What erasing a person means stands in [`erasure`].

pub mod command;
pub mod demo;
pub mod erasure;
pub mod event;
pub mod facts;
pub mod first_administrator;
pub mod invitation;
pub mod key;
pub mod operator;
pub mod organization;
pub mod own_data;
mod password;
pub mod profile;
pub mod query;
pub mod rows;
pub mod second_factor;
pub mod session;
pub mod sign_in;
pub mod state;
pub mod succession;
pub mod tables;
pub mod workbook;
mod write;

pub use first_administrator::first_administrator_token;
pub use key::actor_by_key;
pub use session::actor_by_session;
pub use write::{Done, OPERATOR};
