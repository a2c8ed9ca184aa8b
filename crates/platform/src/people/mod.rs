//! People: bodies and their desks, persons and their memberships, sign-in, sessions, keys.
//!
//! # Words
//! - **organization** 机构: a ministry, a body of a place, a committee, an association, an enterprise, an institute.
//! - **desk** 处室/秘书处: a part of a body that can hold work; a person may take it from there.
//! - **membership** 任职: a person holds a role in a body, from a day, perhaps until a day.
//! - **substitute** 代办: another person who acts for one, between two days.

pub mod event;
pub mod rows;
