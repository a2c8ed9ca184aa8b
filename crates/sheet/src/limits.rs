//! What an upload may weigh. An archive is measured by its directory and again while it is inflated,
//! so that neither a bomb nor a lying header reaches the reader of sheets.

use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::ZipReadOptions;

/// The most an upload may hold; each is a count that is still accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// The file, in bytes.
    pub file_bytes: u64,
    /// Parts of the archive.
    pub entries: u64,
    /// All parts inflated, in bytes.
    pub inflated_bytes: u64,
    /// Inflated bytes to one packed byte, measured on parts of more than 1 MiB.
    pub ratio: u64,
    /// The last row that may hold something, as the sheet numbers it.
    pub rows: u64,
    /// The last column that may hold something, counted from 1.
    pub columns: u64,
    /// Filled cells over all sheets.
    pub cells: u64,
    /// The text of one cell, in UTF-16 units as sheets count.
    pub cell_text: u64,
    /// The text of all cells, in bytes: a short file may repeat a long text often.
    pub total_text: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            file_bytes: 20 << 20,
            entries: 2_000,
            inflated_bytes: 256 << 20,
            ratio: 200,
            rows: 200_000,
            columns: 256,
            cells: 4_000_000,
            cell_text: 32_767,
            total_text: 128 << 20,
        }
    }
}

/// Parts smaller than this may pack as well as they like.
const RATIO_FROM: u64 = 1 << 20;

/// Which limit an upload exceeded.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LimitError {
    /// The file is too large.
    #[error("the file has {found} bytes, at most {limit} are accepted: split it into several uploads")]
    FileBytes {
        /// Accepted.
        limit: u64,
        /// Found.
        found: u64,
    },
    /// The archive has too many parts.
    #[error("the workbook is made of {found} parts, at most {limit} are accepted")]
    Entries {
        /// Accepted.
        limit: u64,
        /// Found.
        found: u64,
    },
    /// The parts inflate to too much.
    #[error(
        "the workbook inflates to {found} bytes or more, at most {limit} are accepted: split it into several uploads"
    )]
    InflatedBytes {
        /// Accepted.
        limit: u64,
        /// What had been counted, or what the directory declares.
        found: u64,
    },
    /// A part inflates to many times its packed size.
    #[error("the part {entry} inflates {found}-fold, at most {limit}-fold is accepted: save the workbook anew")]
    Ratio {
        /// The part's name.
        entry: String,
        /// Accepted.
        limit: u64,
        /// Found so far.
        found: u64,
    },
    /// A part is larger or smaller than the archive's directory says.
    #[error("the part {entry} declares {declared} bytes and holds {found}: save the workbook anew")]
    LyingHeader {
        /// The part's name.
        entry: String,
        /// What the directory says.
        declared: u64,
        /// What was counted; the count stops one byte after the declared size.
        found: u64,
    },
    /// A part is an archive itself.
    #[error("the part {entry} is an archive itself: take embedded files out of the workbook")]
    NestedArchive {
        /// The part's name.
        entry: String,
    },
    /// Two parts share a name or the same bytes.
    #[error("parts of the workbook share a name or their bytes: save the workbook anew")]
    OverlappingEntries,
    /// A filled cell below the last row accepted.
    #[error("sheet {sheet}: row {found} holds something, rows up to {limit} are accepted")]
    Rows {
        /// The sheet's name.
        sheet: String,
        /// Accepted.
        limit: u64,
        /// Found.
        found: u64,
    },
    /// A filled cell to the right of the last column accepted.
    #[error("sheet {sheet}: column {found} holds something, columns up to {limit} are accepted")]
    Columns {
        /// The sheet's name.
        sheet: String,
        /// Accepted.
        limit: u64,
        /// Found.
        found: u64,
    },
    /// Too many filled cells.
    #[error("more than {limit} cells are filled: split the file into several uploads")]
    Cells {
        /// Accepted.
        limit: u64,
        /// What had been counted.
        found: u64,
    },
    /// A cell's text is longer than a sheet allows.
    #[error("sheet {sheet}, row {row}, column {column}: {found} characters, at most {limit} are accepted")]
    CellText {
        /// The sheet's name.
        sheet: String,
        /// The row as the sheet numbers it.
        row: u64,
        /// The column counted from 1.
        column: u64,
        /// Accepted.
        limit: u64,
        /// Found.
        found: u64,
    },
    /// All texts together are too long.
    #[error("the cells hold more than {limit} bytes of text: split the file into several uploads")]
    TotalText {
        /// Accepted.
        limit: u64,
        /// What had been counted.
        found: u64,
    },
}

/// Why an archive was not accepted.
#[derive(Debug, thiserror::Error)]
pub enum ArchiveError {
    /// It exceeds a limit.
    #[error(transparent)]
    Limit(#[from] LimitError),
    /// It is no sound archive.
    #[error("the workbook is damaged ({0}): open it, save it anew and upload it again")]
    Damaged(String),
    /// A part is encrypted.
    #[error("the workbook is protected by a password: remove the password and upload it again")]
    Encrypted,
    /// The workbook carries macros.
    #[error("the workbook carries macros: save it as .xlsx without macros")]
    Macros,
}

impl Limits {
    /// Measures a file's size.
    pub fn check_size(&self, bytes: &[u8]) -> Result<(), LimitError> {
        let found = bytes.len() as u64;
        if found > self.file_bytes {
            return Err(LimitError::FileBytes {
                limit: self.file_bytes,
                found,
            });
        }
        Ok(())
    }

    /// Measures an archive: by its directory first, then by inflating every part and counting, holding no
    /// more than 64 KiB of it at a time.
    pub fn check_archive(&self, bytes: &[u8]) -> Result<(), ArchiveError> {
        self.check_size(bytes)?;
        let damaged = |e: zip::result::ZipError| ArchiveError::Damaged(e.to_string());
        let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
        let entries = archive.len() as u64;
        if entries > self.entries {
            return Err(LimitError::Entries {
                limit: self.entries,
                found: entries,
            }
            .into());
        }
        if archive.has_duplicate_names() || archive.has_overlapping_entries().map_err(damaged)? {
            return Err(LimitError::OverlappingEntries.into());
        }
        let mut declared_total = 0_u64;
        for index in 0..archive.len() {
            let entry = archive.by_index_raw(index).map_err(damaged)?;
            let name = String::from_utf8_lossy(entry.name_raw()).into_owned();
            if entry.encrypted() {
                return Err(ArchiveError::Encrypted);
            }
            if name.to_ascii_lowercase().ends_with("vbaproject.bin") {
                return Err(ArchiveError::Macros);
            }
            if is_archive_name(&name) {
                return Err(LimitError::NestedArchive { entry: name }.into());
            }
            self.check_ratio(&name, entry.size(), entry.compressed_size())?;
            declared_total = declared_total.saturating_add(entry.size());
        }
        self.check_inflated(declared_total)?;

        let mut counted_total = 0_u64;
        for index in 0..archive.len() {
            counted_total = self.inflate(&mut archive, index, counted_total)?;
        }
        Ok(())
    }

    /// Inflates one part and counts; gives the running total.
    fn inflate(
        &self,
        archive: &mut ZipArchive<Cursor<&[u8]>>,
        index: usize,
        mut total: u64,
    ) -> Result<u64, ArchiveError> {
        let damaged = |e: String| ArchiveError::Damaged(e);
        // Only sizes are of interest here; the checksum is the reader's affair.
        let options = ZipReadOptions::new().ignore_crc32(true);
        let mut entry = archive
            .by_index_with_options(index, options)
            .map_err(|e| damaged(e.to_string()))?;
        let name = String::from_utf8_lossy(entry.name_raw()).into_owned();
        let declared = entry.size();
        let packed = entry.compressed_size();
        let mut found = 0_u64;
        let mut buffer = vec![0_u8; 64 << 10];
        loop {
            let read = match entry.read(&mut buffer) {
                Ok(read) => read,
                // The archive reader itself stops at the declared size.
                Err(e) if e.to_string().contains("declared uncompressed size") => {
                    return Err(LimitError::LyingHeader {
                        entry: name,
                        declared,
                        found: declared.saturating_add(1),
                    }
                    .into());
                }
                Err(e) => return Err(damaged(format!("{name}: {e}"))),
            };
            if read == 0 {
                break;
            }
            if found == 0 && is_archive(&buffer[..read]) {
                return Err(LimitError::NestedArchive { entry: name }.into());
            }
            found += read as u64;
            total = total.saturating_add(read as u64);
            self.check_inflated(total)?;
            self.check_ratio(&name, found, packed)?;
            if found > declared {
                return Err(LimitError::LyingHeader {
                    entry: name,
                    declared,
                    found: declared.saturating_add(1),
                }
                .into());
            }
        }
        if found != declared {
            return Err(LimitError::LyingHeader {
                entry: name,
                declared,
                found,
            }
            .into());
        }
        Ok(total)
    }

    fn check_inflated(&self, found: u64) -> Result<(), LimitError> {
        if found > self.inflated_bytes {
            return Err(LimitError::InflatedBytes {
                limit: self.inflated_bytes,
                found,
            });
        }
        Ok(())
    }

    fn check_ratio(&self, entry: &str, inflated: u64, packed: u64) -> Result<(), LimitError> {
        let found = inflated / packed.max(1);
        if inflated > RATIO_FROM && found > self.ratio {
            return Err(LimitError::Ratio {
                entry: entry.to_owned(),
                limit: self.ratio,
                found,
            });
        }
        Ok(())
    }
}

/// What has been counted over the sheets of one upload.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    cells: u64,
    text: u64,
}

impl Tally {
    /// Counts a filled cell, `row` and `column` from 0.
    pub(crate) fn cell(
        &mut self,
        limits: &Limits,
        sheet: &str,
        (row, column): (u32, u32),
        text: Option<&str>,
    ) -> Result<(), LimitError> {
        let (row, column) = (u64::from(row) + 1, u64::from(column) + 1);
        if row > limits.rows {
            return Err(LimitError::Rows {
                sheet: sheet.to_owned(),
                limit: limits.rows,
                found: row,
            });
        }
        if column > limits.columns {
            return Err(LimitError::Columns {
                sheet: sheet.to_owned(),
                limit: limits.columns,
                found: column,
            });
        }
        self.cells += 1;
        if self.cells > limits.cells {
            return Err(LimitError::Cells {
                limit: limits.cells,
                found: self.cells,
            });
        }
        if let Some(text) = text {
            let found = text.encode_utf16().count() as u64;
            if found > limits.cell_text {
                return Err(LimitError::CellText {
                    sheet: sheet.to_owned(),
                    row,
                    column,
                    limit: limits.cell_text,
                    found,
                });
            }
            self.text += text.len() as u64;
            if self.text > limits.total_text {
                return Err(LimitError::TotalText {
                    limit: limits.total_text,
                    found: self.text,
                });
            }
        }
        Ok(())
    }
}

/// Whether a name says that the part is an archive.
fn is_archive_name(name: &str) -> bool {
    const ENDINGS: [&str; 14] = [
        ".zip", ".xlsx", ".xlsm", ".xlsb", ".docx", ".pptx", ".jar", ".gz", ".tgz", ".7z", ".rar", ".xz", ".bz2",
        ".zst",
    ];
    let name = name.to_ascii_lowercase();
    ENDINGS.iter().any(|ending| name.ends_with(ending))
}

/// Whether bytes begin as an archive does.
fn is_archive(bytes: &[u8]) -> bool {
    const MAGICS: [&[u8]; 7] = [
        b"PK\x03\x04",
        b"PK\x05\x06",
        b"\x1f\x8b",
        b"7z\xbc\xaf\x27\x1c",
        b"Rar!\x1a\x07",
        b"\xfd7zXZ\x00",
        b"\x28\xb5\x2f\xfd",
    ];
    MAGICS.iter().any(|magic| bytes.starts_with(magic))
}
