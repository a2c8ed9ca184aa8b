//! A document's folder into values: the source, and the pictures it names. Nothing outside of the folder is read.

use crate::failure::{Failure, Result};
use base64::{Engine, engine::general_purpose::STANDARD};
use document::{
    docx,
    finding::Finding,
    model::Document,
    resolve::{PictureFault, pictures},
    source::{LONGEST, parse_bytes},
};
use language::{Lang, t};
use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

/// No picture is larger, in bytes.
const LARGEST_PICTURE: u64 = 20 * 1024 * 1024;

/// A source that was read.
pub struct Text {
    pub path: PathBuf,
    pub source: String,
    pub document: Document,
    pub findings: Vec<Finding>,
}

impl Text {
    /// Reads a file; fails only if there is none, or if it is no file of a standard's size.
    pub fn read(path: &Path, lang: Lang) -> Result<Self> {
        let unreadable = |reason: String| {
            Failure::Input(t!(
                lang,
                "cli-unreadable",
                file = path.display().to_string(),
                reason = reason
            ))
        };
        let size = fs::metadata(path).map_err(|fault| unreadable(fault.to_string()))?;
        if !size.is_file() || size.len() > LONGEST as u64 {
            let limit = language::file_size(lang, LONGEST as u64);
            return Err(unreadable(t!(lang, "cli-no-source", limit = limit)));
        }
        let bytes = fs::read(path).map_err(|fault| unreadable(fault.to_string()))?;
        let parsed = parse_bytes(&bytes);
        Ok(Self {
            path: path.to_owned(),
            source: String::from_utf8_lossy(&bytes).into_owned(),
            document: parsed.document,
            findings: parsed.findings,
        })
    }

    /// The file's name as the caller wrote it.
    pub fn name(&self) -> String {
        self.path.display().to_string()
    }

    /// Where the pictures of the document should be.
    pub fn picture_files(&self) -> Vec<PathBuf> {
        let folder = self.folder();
        pictures(&self.document)
            .into_iter()
            .map(|named| folder.join(named.file))
            .collect()
    }

    /// The pictures of the document that can be shown, by the paths that it names.
    pub fn pictures(&self) -> BTreeMap<String, Picture> {
        let folder = self.folder();
        pictures(&self.document)
            .into_iter()
            .filter_map(|named| Some((named.file.to_owned(), picture(folder, named.file)?)))
            .collect()
    }

    /// What is said of the others.
    pub fn unshown_pictures(&self) -> Vec<Finding> {
        let folder = self.folder();
        pictures(&self.document)
            .into_iter()
            .filter_map(|named| Some(named.unshown(find(folder, named.file).err()?)))
            .collect()
    }

    fn folder(&self) -> &Path {
        self.path
            .parent()
            .filter(|parent| !parent.as_os_str().is_empty())
            .unwrap_or(Path::new("."))
    }
}

/// A picture that was read.
pub struct Picture {
    ending: String,
    kind: &'static str,
    pub bytes: Vec<u8>,
}

impl Picture {
    /// As Word keeps it.
    pub fn for_word(self) -> docx::Picture {
        docx::Picture {
            ending: self.ending,
            bytes: self.bytes,
            raster: None,
        }
    }

    /// A `data:` address that holds it.
    pub fn address(&self) -> String {
        format!("data:{};base64,{}", self.kind, STANDARD.encode(&self.bytes))
    }
}

/// A picture below the folder: where it is, its ending and its kind.
fn find(folder: &Path, name: &str) -> std::result::Result<(PathBuf, String, &'static str), PictureFault> {
    let ending = Path::new(name)
        .extension()
        .and_then(|ending| ending.to_str())
        .map(str::to_lowercase)
        .unwrap_or_default();
    let folder = folder.canonicalize().map_err(|_| PictureFault::Missing)?;
    let path = folder.join(name).canonicalize().map_err(|_| PictureFault::Missing)?;
    let size = fs::metadata(&path).map_err(|_| PictureFault::Missing)?;
    if !path.starts_with(&folder) || !size.is_file() {
        return Err(PictureFault::Missing);
    }
    let kind = match ending.as_str() {
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "svg" => "image/svg+xml",
        _ => return Err(PictureFault::Kind),
    };
    if size.len() > LARGEST_PICTURE {
        return Err(PictureFault::Larger(LARGEST_PICTURE));
    }
    Ok((path, ending, kind))
}

/// The same, read.
fn picture(folder: &Path, name: &str) -> Option<Picture> {
    let (path, ending, kind) = find(folder, name).ok()?;
    Some(Picture {
        ending,
        kind,
        bytes: fs::read(path).ok()?,
    })
}
