//! What a program can reach: itself, the job's pictures, the faces. Nothing else.

use crate::{Fonts, pdf::picture_name};
use typst::{
    Library, LibraryExt, World,
    diag::{FileError, FileResult},
    foundations::{Bytes, Datetime, Duration},
    syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot},
    text::{Font, FontBook},
    utils::LazyHash,
};

/// One job's world.
pub(crate) struct Job<'a> {
    library: LazyHash<Library>,
    fonts: &'a Fonts,
    program: Source,
    pictures: Vec<(FileId, Bytes)>,
}

impl<'a> Job<'a> {
    /// `None` if a name is no path, which none of ours is.
    pub fn new(fonts: &'a Fonts, program: String, pictures: &[Bytes]) -> Option<Self> {
        // Names of files are kept for ever by the typesetter, so they are few and always the same.
        let file = |name: &str| {
            let path = VirtualPath::new(name).ok()?;
            Some(FileId::new(RootedPath::new(VirtualRoot::Project, path)))
        };
        let mut named = Vec::new();
        for (index, picture) in pictures.iter().enumerate() {
            named.push((file(&picture_name(index))?, picture.clone()));
        }
        Some(Self {
            library: LazyHash::new(Library::default()),
            fonts,
            program: Source::new(file("program.typ")?, program),
            pictures: named,
        })
    }

    /// The line of a place in the program, from 1.
    pub fn line(&self, byte: usize) -> usize {
        self.program
            .text()
            .get(..byte)
            .map_or(0, |before| before.matches('\n').count())
            + 1
    }
}

impl World for Job<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.fonts.book
    }

    fn main(&self) -> FileId {
        self.program.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.program.id() {
            Ok(self.program.clone())
        } else {
            Err(FileError::AccessDenied)
        }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        self.pictures
            .iter()
            .find_map(|(file, bytes)| (*file == id).then(|| bytes.clone()))
            .ok_or(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.faces.get(index).cloned()
    }

    /// There is no clock.
    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        None
    }
}
