//! A version as PDF, and its drawings as dots: by the press, with the faces of this machine.

use super::compile::{Pictures, compile};
use document::typeset;
use press::{Fonts, Job, Lacking, Profile, is_sound_picture, picture_name};
use std::{path::Path, sync::OnceLock};

/// Why there is no PDF.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoPdf {
    /// The machine lacks these families of faces.
    Faces(String),
    /// What the typesetter says.
    Failed(String),
}

/// The faces, read once they have been found; a machine that lacks them may get them while the server runs.
fn fonts() -> Result<&'static Fonts, Lacking> {
    static FOUND: OnceLock<Fonts> = OnceLock::new();
    if let Some(fonts) = FOUND.get() {
        return Ok(fonts);
    }
    let home = std::env::var_os("HOME");
    let fonts = Fonts::find(Profile::Screen, &press::folders(home.as_deref().map(Path::new)))?;
    Ok(FOUND.get_or_init(|| fonts))
}

/// The PDF of a source.
pub fn file(source: &str, pictures: &Pictures) -> Result<Vec<u8>, NoPdf> {
    let fonts = fonts().map_err(|lacking| NoPdf::Faces(lacking.families.join(", ")))?;
    let compiled = compile(source);
    let mut job = Job::default();
    let mut options = typeset::Options::default();
    for (path, picture) in pictures {
        if is_sound_picture(&picture.bytes, fonts) {
            options.pictures.insert(path.clone(), picture_name(job.pictures.len()));
            job.pictures.push(picture.bytes.clone());
        }
    }
    job.program = typeset::program(&compiled.document, &compiled.resolved, &options);
    let printed = press::print(&job, fonts).map_err(|fault| NoPdf::Failed(fault.to_string()))?;
    Ok(printed.bytes)
}

/// A drawing in dots; nothing where the machine lacks the faces, or where it is none.
pub fn raster(svg: &[u8]) -> Option<Vec<u8>> {
    press::raster(svg, fonts().ok()?)
}
