//! Faces: which a profile needs, where they are, what is lacking.

use std::{
    fs,
    path::{Path, PathBuf},
};
use thiserror::Error;
use typst::{
    foundations::Bytes,
    text::{Font, FontBook, FontInfo},
    utils::LazyHash,
};

/// What a program may ask for: 宋体 and 黑体 of the profile, and the same Latin, fixed and mathematical faces everywhere.
pub const ROLES: [&str; 5] = ["宋体", "黑体", "西文", "等宽", "数学"];

/// Which faces stand for 宋体 and 黑体.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Profile {
    /// Noto Serif CJK SC and Noto Sans CJK SC: free, the same wherever they are installed.
    #[default]
    Screen,
    /// SimSun and SimHei, where the machine has them.
    Office,
}

/// A face that a profile needs.
struct Need {
    role: &'static str,
    /// The family's name in the file.
    family: &'static str,
    bold: bool,
    /// Names of its file.
    files: &'static [&'static str],
}

const SCREEN: [Need; 3] = [
    Need {
        role: "宋体",
        family: "Noto Serif CJK SC",
        bold: false,
        files: &["NotoSerifCJK-Regular.ttc", "NotoSerifCJKsc-Regular.otf"],
    },
    Need {
        role: "黑体",
        family: "Noto Sans CJK SC",
        bold: false,
        files: &["NotoSansCJK-Regular.ttc", "NotoSansCJKsc-Regular.otf"],
    },
    Need {
        role: "黑体",
        family: "Noto Sans CJK SC",
        bold: true,
        files: &["NotoSansCJK-Bold.ttc", "NotoSansCJKsc-Bold.otf"],
    },
];

const OFFICE: [Need; 2] = [
    Need {
        role: "宋体",
        family: "SimSun",
        bold: false,
        files: &["simsun.ttc", "SimSun.ttf"],
    },
    Need {
        role: "黑体",
        family: "SimHei",
        bold: false,
        files: &["simhei.ttf", "SimHei.ttf"],
    },
];

impl Profile {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Screen, Self::Office];

    /// Its name on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Screen => "screen",
            Self::Office => "office",
        }
    }

    /// Debian's package of its faces; `None` where there is none.
    pub const fn package(self) -> Option<&'static str> {
        match self {
            Self::Screen => Some("fonts-noto-cjk"),
            Self::Office => None,
        }
    }

    /// The families of its faces.
    pub fn families(self) -> Vec<&'static str> {
        let mut families: Vec<&str> = self.needs().iter().map(|need| need.family).collect();
        families.dedup();
        families
    }

    fn needs(self) -> &'static [Need] {
        match self {
            Self::Screen => &SCREEN,
            Self::Office => &OFFICE,
        }
    }
}

/// Faces that were not found.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("no file of the faces {} was found", .families.join(", "))]
pub struct Lacking {
    /// The profile that needs them.
    pub profile: Profile,
    /// The names of their families.
    pub families: Vec<String>,
}

/// The faces of a profile, read. Nothing else on the machine is looked at.
pub struct Fonts {
    pub(crate) book: LazyHash<FontBook>,
    pub(crate) faces: Vec<Font>,
    infos: Vec<FontInfo>,
}

impl Fonts {
    /// Finds the faces of a profile in these folders and those below.
    pub fn find(profile: Profile, folders: &[PathBuf]) -> Result<Self, Lacking> {
        let mut fonts = Self {
            book: LazyHash::new(FontBook::new()),
            faces: Vec::new(),
            infos: Vec::new(),
        };
        let mut lacking = Vec::new();
        let mut files = Vec::new();
        for folder in folders {
            list(folder, 0, &mut files);
        }
        files.sort();
        for need in profile.needs() {
            match face(need, &files) {
                Some(face) => fonts.add(need.role, face),
                None => lacking.push(need.family.to_owned()),
            }
        }
        if !lacking.is_empty() {
            lacking.dedup();
            return Err(Lacking {
                profile,
                families: lacking,
            });
        }
        fonts.add_own();
        let book = FontBook::from_infos(fonts.infos.iter().cloned());
        fonts.book = LazyHash::new(book);
        Ok(fonts)
    }

    /// Whether some face has this character.
    pub fn has(&self, c: char) -> bool {
        self.infos.iter().any(|info| info.coverage.contains(u32::from(c)))
    }

    fn add(&mut self, role: &str, face: Font) {
        let mut info = face.info().clone();
        role.clone_into(&mut info.family);
        self.infos.push(info);
        self.faces.push(face);
    }

    /// Latin, fixed and mathematical faces come with the program.
    fn add_own(&mut self) {
        for data in typst_assets::fonts() {
            for face in Font::iter(Bytes::new(data)) {
                let role = match face.info().family.as_str() {
                    "Libertinus Serif" => "西文",
                    "DejaVu Sans Mono" => "等宽",
                    "New Computer Modern Math" => "数学",
                    _ => continue,
                };
                self.add(role, face);
            }
        }
    }
}

fn face(need: &Need, files: &[PathBuf]) -> Option<Font> {
    let named = |path: &&PathBuf| {
        path.file_name()
            .and_then(|name| name.to_str())
            .is_some_and(|name| need.files.iter().any(|file| file.eq_ignore_ascii_case(name)))
    };
    files.iter().filter(named).find_map(|path| {
        let data = Bytes::new(fs::read(path).ok()?);
        Font::iter(data).find(|face| {
            let info = face.info();
            info.family == need.family && (info.variant.weight.to_number() >= 600) == need.bold
        })
    })
}

/// Files below a folder, not deeper than fonts are kept.
fn list(folder: &Path, depth: usize, files: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let path = entry.path();
        if path.is_dir() {
            if depth < 6 {
                list(&path, depth + 1, files);
            }
        } else {
            files.push(path);
        }
    }
}

/// Where systems keep fonts; `home` is the person's own folder.
pub fn folders(home: Option<&Path>) -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> = [
        "/usr/share/fonts",
        "/usr/local/share/fonts",
        "/Library/Fonts",
        "/System/Library/Fonts",
        "C:\\Windows\\Fonts",
    ]
    .iter()
    .map(PathBuf::from)
    .collect();
    if let Some(home) = home {
        folders.extend([".local/share/fonts", ".fonts", "Library/Fonts"].map(|below| home.join(below)));
    }
    folders
}
