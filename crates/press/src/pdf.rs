//! A job → PDF/A.

use crate::{Fonts, world};
use std::collections::BTreeSet;
use thiserror::Error;
use typst::{
    WorldExt,
    diag::SourceDiagnostic,
    foundations::{Bytes, Smart},
};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

/// What stands for a character that no face has.
pub const GETA: char = '〓';

/// A program and what it shows.
#[derive(Debug, Clone, Default)]
pub struct Job {
    /// The program.
    pub program: String,
    /// Pictures (PNG, JPEG, GIF, WebP, SVG); the program has them by [`picture_name`].
    pub pictures: Vec<Vec<u8>>,
}

/// The name of the picture of this place, from 0.
pub fn picture_name(index: usize) -> String {
    format!("picture-{}", index + 1)
}

/// What was printed.
#[derive(Debug, Clone)]
pub struct Printed {
    /// The file: PDF/A-2a, tagged, with bookmarks.
    pub bytes: Vec<u8>,
    /// How many pages it has, the cover and blank ones counted.
    pub pages: usize,
    /// Characters that no face has, each once; 〓 stands for them.
    pub missing: Vec<char>,
}

/// Why nothing was printed.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{message}{}", .line.map(|line| format!(" (line {line} of the program)")).unwrap_or_default())]
pub struct Fault {
    /// What the typesetter says.
    pub message: String,
    /// Where in the program, from 1.
    pub line: Option<usize>,
}

/// Prints a job.
pub fn print(job: &Job, fonts: &Fonts) -> Result<Printed, Fault> {
    let (program, missing) = shown(&job.program, fonts);
    let pictures: Vec<Bytes> = job.pictures.iter().map(|picture| Bytes::new(picture.clone())).collect();
    let printed = set(program, &pictures, fonts);
    // Results are kept between jobs, and grow with every page: those of this job may serve the next, no others.
    typst::comemo::evict(1);
    printed.map(|(bytes, pages)| Printed { bytes, pages, missing })
}

/// Forgets what was kept of earlier jobs.
pub fn forget() {
    typst::comemo::evict(0);
}

/// Whether a picture can be printed at all.
pub fn is_sound_picture(picture: &[u8], fonts: &Fonts) -> bool {
    let program = format!(
        "#set document(title:\"p\",date:datetime(year:2000,month:1,day:1))\n#image(\"{}\",alt:\"p\",width:10pt)",
        picture_name(0)
    );
    set(program, &[Bytes::new(picture.to_vec())], fonts).is_ok()
}

fn set(program: String, pictures: &[Bytes], fonts: &Fonts) -> Result<(Vec<u8>, usize), Fault> {
    let told = |message: &str| Fault {
        message: message.to_owned(),
        line: None,
    };
    let world = world::Job::new(fonts, program, pictures).ok_or_else(|| told("a picture has no name"))?;
    let document = typst::compile::<PagedDocument>(&world)
        .output
        .map_err(|faults| first(&faults, &world))?;
    let standards = PdfStandards::new(&[PdfStandard::A_2a]).map_err(|fault| told(fault.message()))?;
    let options = PdfOptions {
        ident: Smart::Auto,
        creator: Smart::Custom(Some("Biaochi".to_owned())),
        standards,
        ..PdfOptions::default()
    };
    let bytes = typst_pdf::pdf(&document, &options).map_err(|faults| first(&faults, &world))?;
    Ok((bytes, document.pages().len()))
}

fn first(faults: &[SourceDiagnostic], world: &world::Job<'_>) -> Fault {
    faults.first().map_or_else(
        || Fault {
            message: "the typesetter failed".to_owned(),
            line: None,
        },
        |fault| Fault {
            message: fault.message.to_string(),
            line: world.range(fault.span).map(|range| world.line(range.start)),
        },
    )
}

/// The program with 〓 for what no face has, and what that was. One character takes the place of one, so a literal
/// stays a literal.
fn shown(program: &str, fonts: &Fonts) -> (String, Vec<char>) {
    let distinct: BTreeSet<char> = program.chars().filter(|c| !c.is_ascii()).collect();
    let missing: Vec<char> = distinct
        .into_iter()
        .filter(|c| !is_invisible(*c) && !fonts.has(*c))
        .collect();
    if missing.is_empty() {
        return (program.to_owned(), missing);
    }
    let shown = program
        .chars()
        .map(|c| if missing.contains(&c) { GETA } else { c })
        .collect();
    (shown, missing)
}

/// What needs no glyph: spaces, joiners, variation selectors.
fn is_invisible(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}' | '\u{fe00}'..='\u{fe0f}')
}
