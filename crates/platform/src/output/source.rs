//! Where an output is written, as readers of a language know the source.

use crate::catalogue::english::named;
use language::Lang;

/// A citation: English readers meet the English name of a source that the catalogue knows, with the Chinese beside it.
///
/// ```
/// use language::Lang;
/// use platform::output::source::cited;
/// let shipped = "《人民日报》2025-07-09";
/// assert_eq!(cited(Lang::En, shipped), format!("People's Daily, 9 July 2025 ({shipped})"));
/// assert_eq!(cited(Lang::Zh, shipped), shipped);
/// assert_eq!(cited(Lang::En, "another source"), "another source");
/// ```
pub fn cited(lang: Lang, citation: &str) -> String {
    named(lang, citation)
}
