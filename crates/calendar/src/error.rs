//! What can be wrong with a calendar file or a count.

use jiff::civil::Date;

/// Why a calendar could not be read or a day not be reached.
#[derive(Debug, thiserror::Error)]
pub enum CalendarError {
    /// The file is no TOML of the expected shape. Mend: compare it with another year's file.
    #[error("{file}: not a calendar file: {cause}")]
    Shape {
        /// The name under which the text was given, such as `2026.toml`.
        file: String,
        /// Line, column and reason, as the TOML reader gives them.
        cause: Box<toml::de::Error>,
    },
    /// A day is written twice in one file. Mend: remove one of the two rows.
    #[error("{file}: {date} is listed twice; remove one of the two rows")]
    DoubledDay {
        /// The name under which the text was given.
        file: String,
        /// The day in question.
        date: Date,
    },
    /// A day lies outside the year of its notice (late December of the year before is allowed).
    #[error("{file}: {date} does not belong to the notice of {year}; move it to the file of its year")]
    StrayDay {
        /// The name under which the text was given.
        file: String,
        /// The day in question.
        date: Date,
        /// The year the file declares.
        year: i16,
    },
    /// Two files declare the same year. Mend: keep one.
    #[error("{file}: the calendar of {year} was already read; keep one file for each year")]
    DoubledYear {
        /// The name of the second file.
        file: String,
        /// The year both declare.
        year: i16,
    },
    /// The count leaves the years that dates can express. Mend: give fewer days.
    #[error("{days} days from {start} is beyond the last date that can be written; give fewer days")]
    OutOfRange {
        /// Where the count began.
        start: Date,
        /// How many days were asked for.
        days: u32,
    },
}
