//! Workbooks in and out, with an answer for every row.
//!
//! A table leaves as an XLSX (or CSV) that people fill in with Excel or WPS, and the same file is taken back: rows
//! are recognised by a hidden key, columns by a hidden sheet, and each cell that cannot be accepted comes back in
//! its place with its reason. The room knows sheets, cells and faults; it knows nothing of lists, measures or
//! people, and it says nothing in words: faults and notes are values, for the caller to put into a language.
//!
//! Its words: a **layout** says which columns a table has; a **row** is a vector of [`Cell`]s in that order; an
//! **upload** is a file that came back; a **fault** is what is wrong with one cell of it; a **note** is what a
//! reader should know though nothing is wrong; a **stamp** is what a workbook says of itself; to **mark** is to
//! give an upload back with its faults.
//!
//! Files are hostile until shown otherwise: [`Limits`] are checked by the archive's directory and again while
//! inflating, before a sheet is looked at; text is never written as a formula, formulas are never trusted.
//!
//! ```
//! use jiff::civil::date;
//! use sheet::{Cell, CellValue, Column, FaultKind, Kind, Limits, TableLayout, mark, read, write};
//!
//! let layout = TableLayout::new("outcomes", "成果台账", date(2025, 6, 30), vec![
//!     Column::key(),
//!     Column::new("task", "任务", Kind::Text),
//!     Column::new("status", "进展", Kind::Choice(vec!["已启动".into(), "已完成".into()])).editable(),
//!     Column::new("done", "完成日期", Kind::Date).editable(),
//! ]);
//! let bytes = write(&layout, &[vec![
//!     Cell::Text("t-1".into()),
//!     Cell::Text("=不是公式".into()),
//!     Cell::Text("已完成".into()),
//!     Cell::Date(date(2025, 3, 1)),
//! ]])?;
//! let upload = read(&bytes, &layout, &Limits::default())?;
//! assert_eq!(upload.rows[0].key.as_deref(), Some("t-1"));
//! assert_eq!(upload.rows[0].cells["task"], CellValue::Text("=不是公式".into()));
//! assert_eq!(upload.rows[0].cells["done"], CellValue::Date(date(2025, 3, 1)));
//!
//! // Somebody sends a CSV with a status that is none.
//! let csv = "任务,进展,完成日期\n甲,快了,2025年3月1日\n";
//! let upload = read(csv.as_bytes(), &layout, &Limits::default())?;
//! let faults: Vec<_> = upload.faults().cloned().collect();
//! assert!(matches!(faults[0].kind, FaultKind::NotAChoice { .. }));
//! let returned = mark(&upload, &layout, &faults, "原因", |fault| format!("“{}”不在选项中", fault.found))?;
//! assert!(returned.starts_with(b"PK"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod address;
mod cell;
mod column;
mod csv;
mod date_text;
mod diff;
mod fault;
mod grid;
mod head;
mod limits;
mod look;
mod marked;
mod number_text;
mod plain;
mod read;
mod stamp;
mod understand;
mod workbook_in;
mod write;

pub use cell::{Cell, CellValue};
pub use column::{Column, ColumnId, KEY, Kind, Paper, TableLayout};
pub use csv::{CsvError, write_csv};
pub use date_text::{Day, read_day};
pub use diff::{Change, CurrentRow, diff};
pub use fault::{Expected, Fault, FaultKind, Note, UnknownColumn};
pub use limits::{ArchiveError, LimitError, Limits};
pub use marked::mark;
pub use number_text::read_number;
pub use plain::{PlainTable, read_plain};
pub use read::{Upload, UploadError, UploadedRow, read};
pub use stamp::Stamp;
pub use write::{WriteError, write, write_with};
