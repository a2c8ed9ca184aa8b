//! Pictures as SVG: rulers, tiles, bars, spans of time. The same picture stands in a page, in print, in Word and in a
//! feed.
//!
//! The room is pure and knows nothing of what the data mean: labels come formatted, links come as addresses, and the
//! same values give the same bytes. A picture holds no `style` attribute and no `<style>`: where no style sheet is, its
//! presentation attributes give ink on white paper; in a page its classes take the tokens of the theme. All text is
//! escaped.
//!
//! Every picture has a name (`<title>` and `aria-label`) and may have a `<desc>`. One with links is a group whose links
//! can be reached; one without is an image.
//!
//! # Words
//!
//! - **ruler**: the mark of the house; filled to where a thing stands.
//! - **flag**: the next date on a ruler.
//! - **tone**: what a colour means ([`Tone`]); **level**: how far, in five steps ([`Level`]).
//!
//! # Example
//!
//! ```
//! use chart::{Flag, Ruler, STAGES, Tone};
//!
//! let svg = chart::ruler(&Ruler {
//!     title: "征求意见阶段，3月1日截止",
//!     desc: "",
//!     ticks: &STAGES,
//!     reached: Some(3.5),
//!     tone: Tone::Plain,
//!     flag: Some(Flag { at: 4.0, label: "3月1日", tone: Tone::Soon }),
//! });
//! assert!(svg.starts_with("<svg ") && !svg.contains("style"));
//! ```

mod bars;
mod gantt;
mod ruler;
mod sparkline;
mod svg;
#[cfg(test)]
mod tests;
mod tiles;
mod tone;

pub use bars::{Bar, Series, Stack, bars, stacked_bars};
pub use gantt::{AxisMark, Gantt, Span, gantt};
pub use ruler::{Flag, Ruler, STAGES, ruler, ruler_short};
pub use sparkline::sparkline;
pub use tiles::{Tile, swatch, tile_grid};
pub use tone::{Level, Tone};
