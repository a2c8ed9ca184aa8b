//! The English of names that ship with the platform: bodies, sources, and what the demonstration calls its people and
//! days. What somebody else wrote in Chinese stays as it was written.

use super::{DEMO, ORGANIZATIONS, OUTPUTS, files};
use language::Lang;
use std::{collections::BTreeMap, sync::OnceLock};
use toml::{Table, Value};

/// The English by which the catalogue knows a Chinese name.
///
/// ```
/// use platform::catalogue::english::english;
/// assert_eq!(english("南京市商务局（演示）"), Some("Nanjing Bureau of Commerce (demo)"));
/// assert_eq!(english("商务部"), Some("Ministry of Commerce"));
/// assert_eq!(english("某个处室"), None);
/// ```
pub fn english(chinese: &str) -> Option<&'static str> {
    static KNOWN: OnceLock<BTreeMap<String, String>> = OnceLock::new();
    let known = KNOWN.get_or_init(|| {
        let mut known = BTreeMap::new();
        // The demonstration first: of two that say the same name, the catalogue's own has the last word.
        for (name, text) in [
            ("demo.toml", DEMO),
            ("outputs.toml", OUTPUTS),
            ("organizations.toml", ORGANIZATIONS),
        ] {
            if let Ok(table) = files::parse::<Table>(name, text) {
                gather(&table, &mut known);
            }
        }
        known
    });
    known.get(chinese).map(String::as_str)
}

/// Every `zh` beside an `en`, every `…_zh` or bare name beside its `…_en`, and short names.
fn gather(table: &Table, known: &mut BTreeMap<String, String>) {
    for (key, value) in table {
        match value {
            Value::Table(inner) => gather(inner, known),
            Value::Array(items) => items.iter().filter_map(Value::as_table).for_each(|t| gather(t, known)),
            Value::String(chinese) => {
                let english = match key.as_str() {
                    "zh" | "short" => table.get("en"),
                    other => table.get(&format!("{}_en", other.strip_suffix("_zh").unwrap_or(other))),
                };
                if let Some(english) = english.and_then(Value::as_str) {
                    known.insert(chinese.clone(), english.to_owned());
                }
            }
            _ => {}
        }
    }
}

/// A name as readers of a language know it: English readers meet the English that the catalogue knows, with the Chinese
/// beside it.
pub fn named(lang: Lang, chinese: &str) -> String {
    match (lang, english(chinese)) {
        (Lang::En, Some(english)) => format!("{english} ({chinese})"),
        _ => chinese.to_owned(),
    }
}
