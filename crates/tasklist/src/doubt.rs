//! What a reader could not be sure of, with the lines where a person should look.

use serde::{Deserialize, Serialize};

/// First and last line, from 1, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct LineRange(pub u32, pub u32);

impl LineRange {
    /// Whether a line lies inside.
    pub fn contains(self, line: u32) -> bool {
        self.0 <= line && line <= self.1
    }
}

/// Why a title may not be what was published.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TitleFault {
    /// Nothing is left between number and places.
    Empty,
    /// A bracket inside speaks of places: two rows may have run together.
    PlacesInside,
    /// A number and its point stand inside: two rows may have run together.
    NumberInside,
    /// A line of digits alone lay inside and was taken for a page number: it may have been part of the title.
    BareNumberInside,
    /// Longer than any title of the kind (over 100 characters).
    TooLong,
    /// A character that titles do not use.
    OddCharacter,
    /// Text follows the places on the same line, or stands unread next to this row.
    TextAround,
}

/// One doubt. `line` is where to look.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Doubt {
    /// The row has no number; if one is given it was inferred from its neighbours.
    NumberMissing {
        /// First line of the row.
        line: u32,
    },
    /// The number stands twice, in this row or in two rows.
    NumberRepeated {
        /// The number.
        number: u32,
        /// First line of the row.
        line: u32,
    },
    /// The number written does not fit between its neighbours; the one given was inferred.
    NumberOutOfOrder {
        /// As written.
        written: u32,
        /// First line of the row.
        line: u32,
    },
    /// Numbers are missing between two rows; the earlier may have swallowed a row.
    GapInNumbers {
        /// Last number before the gap, 0 at the start.
        after: u32,
        /// First number behind it.
        before: u32,
        /// Line where the gap lies.
        line: u32,
    },
    /// No bracket of places was found at the end.
    PlacesUnread {
        /// Last line of the row.
        line: u32,
    },
    /// A name that the table of places does not hold.
    UnknownPlace {
        /// As written.
        name: String,
        /// Last line of the row.
        line: u32,
    },
    /// A bracket or quotation mark without its partner.
    BracketUnbalanced {
        /// First line of the row.
        line: u32,
    },
    /// The title may be damaged.
    TitleSuspicious {
        /// Why.
        why: TitleFault,
        /// Where.
        line: u32,
    },
    /// The part above the row tells no tier.
    TierUnread {
        /// First line of the row.
        line: u32,
    },
    /// The heading above the row may be cut at the wrong place, missing, or out of order.
    HeadingUncertain {
        /// Line of the heading, or of the row if there is none.
        line: u32,
    },
    /// A measure's number is missing or repeated.
    MeasureOutOfOrder {
        /// As written.
        written: u32,
        /// Its first line.
        line: u32,
    },
    /// A line of digits alone inside running text, taken for a page number.
    BareNumberInside {
        /// The line.
        line: u32,
    },
    /// The text holds no list of tasks.
    NoTasks,
    /// The text holds no measures.
    NoMeasures,
}
