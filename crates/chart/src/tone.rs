//! What a colour means. There are few, and each goes with a shape or a word.

/// The meaning of a mark, bar or flag.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Tone {
    /// The plain one: reached, done, counted.
    #[default]
    Plain,
    /// Under way: the same colour, half strength.
    Light,
    /// Nothing known: no fill, a dashed line.
    Unknown,
    /// A deadline is near.
    Soon,
    /// Stopped by something that somebody named.
    Blocked,
    /// Past a date that somebody set.
    Overdue,
}

impl Tone {
    pub(crate) const fn class(self) -> &'static str {
        match self {
            Self::Plain => "chart-plain",
            Self::Light => "chart-light",
            Self::Unknown => "chart-unknown",
            Self::Soon => "chart-soon",
            Self::Blocked => "chart-blocked",
            Self::Overdue => "chart-overdue",
        }
    }

    pub(crate) const fn fill(self) -> &'static str {
        match self {
            Self::Plain => "#0b6b64",
            Self::Light => "#7fb5ae",
            Self::Unknown => "#ffffff",
            Self::Soon => "#a85b00",
            Self::Blocked => "#1a2026",
            Self::Overdue => "#b3261e",
        }
    }

    /// Text that can be read on this fill: class and colour.
    pub(crate) const fn on(self) -> (&'static str, &'static str) {
        match self {
            Self::Light | Self::Unknown => ("chart-on-light", "#1a2026"),
            _ => ("chart-on-dark", "#ffffff"),
        }
    }
}

/// How far something has come, for tiles and matrix cells: nothing known, then four strengths.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Nothing is reported.
    #[default]
    Zero,
    /// A beginning.
    One,
    /// Under way.
    Two,
    /// Far.
    Three,
    /// Done.
    Four,
}

impl Level {
    /// All five, weakest first.
    pub const ALL: [Self; 5] = [Self::Zero, Self::One, Self::Two, Self::Three, Self::Four];

    pub(crate) const fn class(self) -> &'static str {
        match self {
            Self::Zero => "chart-level-0",
            Self::One => "chart-level-1",
            Self::Two => "chart-level-2",
            Self::Three => "chart-level-3",
            Self::Four => "chart-level-4",
        }
    }

    pub(crate) const fn fill(self) -> &'static str {
        match self {
            Self::Zero => "#ffffff",
            Self::One => "#d3e6e3",
            Self::Two => "#9cc9c3",
            Self::Three => "#2f7d75",
            Self::Four => "#0b544f",
        }
    }

    pub(crate) const fn on(self) -> (&'static str, &'static str) {
        match self {
            Self::Zero | Self::One | Self::Two => ("chart-on-low", "#1a2026"),
            Self::Three | Self::Four => ("chart-on-high", "#ffffff"),
        }
    }
}
