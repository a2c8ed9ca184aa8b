//! Pages: a program of the typesetter → PDF; pictures for programs that draw none. The only room that names typst; it knows nothing of standards.
//!
//! A [`Job`] is a program and the pictures that it shows; [`Fonts`] are the faces of a [`Profile`], found once. What a
//! program may reach is in the job: no file, no package, no network, no clock. The same job and the same faces give the
//! same bytes.
//!
//! # Words
//!
//! - **profile**: which faces stand for 宋体 and 黑体.
//! - **face**: one font of a font file. A program asks for faces by what they are for ([`ROLES`]), never by name.

mod font;
mod pdf;
mod raster;
mod world;

pub use font::{Fonts, Lacking, Profile, ROLES, folders};
pub use pdf::{Fault, Job, Printed, forget, is_sound_picture, picture_name, print};
pub use raster::raster;
