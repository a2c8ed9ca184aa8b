//! A text as PDF: its program, its pictures and the faces of a profile go to the press.

use super::files::{Picture, Text};
use crate::{
    failure::{Failure, Result},
    output,
};
use document::{model::Document, resolve::Resolved, typeset};
use language::{Lang, t};
use press::{Fonts, Job, Profile, is_sound_picture, picture_name, print, raster};
use std::path::Path;

/// The press of one call: faces are looked for when the first text needs them.
pub struct Press {
    profile: Profile,
    lang: Lang,
    fonts: Option<Fonts>,
}

impl Press {
    /// Looks for nothing yet.
    pub fn new(profile: Profile, lang: Lang) -> Self {
        Self {
            profile,
            lang,
            fonts: None,
        }
    }

    /// The language of what it says.
    pub fn lang(&self) -> Lang {
        self.lang
    }

    /// An SVG as PNG; `None` where the machine lacks the faces, or where it is no SVG.
    pub fn raster(&mut self, svg: &[u8]) -> Option<Vec<u8>> {
        if self.fonts.is_none() {
            self.fonts = find(self.profile, self.lang).ok();
        }
        raster(svg, self.fonts.as_ref()?)
    }

    /// The text's PDF. Says on stderr what could not be shown.
    pub fn print(&mut self, text: &Text, resolved: &Resolved) -> Result<Vec<u8>> {
        self.page(&text.name(), &text.document, resolved, text.pictures())
    }

    /// The PDF of a document that may have come from no file, with the pictures that it names.
    pub fn page(
        &mut self,
        name: &str,
        document: &Document,
        resolved: &Resolved,
        pictures: impl IntoIterator<Item = (String, Picture)>,
    ) -> Result<Vec<u8>> {
        let lang = self.lang;
        let fonts = match &mut self.fonts {
            Some(fonts) => fonts,
            none => none.insert(find(self.profile, lang)?),
        };
        let mut job = Job::default();
        let mut options = typeset::Options::default();
        for (path, picture) in pictures {
            if is_sound_picture(&picture.bytes, fonts) {
                options.pictures.insert(path, picture_name(job.pictures.len()));
                job.pictures.push(picture.bytes);
            } else {
                output::say(t!(lang, "cli-text-picture", file = name, picture = path));
            }
        }
        job.program = typeset::program(document, resolved, &options);
        let printed = print(&job, fonts).map_err(|fault| Failure::environment(name, fault))?;
        if !printed.missing.is_empty() {
            let characters: Vec<String> = printed
                .missing
                .iter()
                .map(|c| format!("{c} (U+{:04X})", u32::from(*c)))
                .collect();
            let characters = characters.join(", ");
            output::say(t!(lang, "cli-text-no-face", file = name, characters = characters));
        }
        Ok(printed.bytes)
    }
}

/// The faces of a profile on this machine.
pub fn find(profile: Profile, lang: Lang) -> Result<Fonts> {
    let home = std::env::var_os("HOME");
    Fonts::find(profile, &press::folders(home.as_deref().map(Path::new))).map_err(|lacking| {
        let families = lacking.families.join(", ");
        Failure::Environment(match profile.package() {
            Some(package) => t!(lang, "cli-no-faces-install", families = families, package = package),
            None => t!(lang, "cli-no-faces", families = families, profile = profile.name()),
        })
    })
}
