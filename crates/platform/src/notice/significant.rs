//! Which kinds of events are significant: data.

use crate::{catalogue::files::parse, refusal::Result};
use serde::Deserialize;

/// The shipped file.
pub const SHIPPED: &str = include_str!("../../../../catalog/significant.toml");

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Significant {
    kinds: Vec<String>,
}

/// The kinds of events that the shipped file calls significant.
pub fn kinds() -> Result<Vec<String>> {
    read(SHIPPED)
}

/// The kinds of events that a file calls significant.
pub fn read(text: &str) -> Result<Vec<String>> {
    Ok(parse::<Significant>("significant.toml", text)?.kinds)
}
