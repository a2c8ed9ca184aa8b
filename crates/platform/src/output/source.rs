//! Where an output is written, as readers of a language know the source.

use crate::catalogue::{OUTPUTS, files};
use language::Lang;
use std::sync::OnceLock;

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
    static KNOWN: OnceLock<Option<(String, String)>> = OnceLock::new();
    let known = KNOWN.get_or_init(|| {
        let file: files::Outputs = files::parse("outputs.toml", OUTPUTS).ok()?;
        Some((file.source.zh, file.source.en))
    });
    match (lang, known) {
        (Lang::En, Some((zh, en))) if zh == citation => format!("{en} ({zh})"),
        _ => citation.to_owned(),
    }
}
