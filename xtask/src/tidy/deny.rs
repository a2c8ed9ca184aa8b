//! What may be built in: licences, and places that packages come from (`deny.toml`, which cargo deny reads too).

use crate::process::{cargo, find, succeeds};
use anyhow::{Context, Result};
use toml::{Table, Value};

/// What is allowed.
#[derive(Debug, Default)]
pub struct Deny {
    /// Licences, by their SPDX ids.
    pub licences: Vec<String>,
    /// Addresses of the indexes of registries of crates.
    pub registries: Vec<String>,
    /// Addresses of repositories.
    pub repositories: Vec<String>,
}

impl Deny {
    /// The table of this house.
    pub fn read() -> Result<Self> {
        Self::parse(include_str!("../../../deny.toml"))
    }

    /// Reads a table.
    pub fn parse(text: &str) -> Result<Self> {
        let table: Table = text.parse().context("deny.toml")?;
        Ok(Self {
            licences: strings(&table, "licenses", "allow")?,
            registries: strings(&table, "sources", "allow-registry")?,
            repositories: strings(&table, "sources", "allow-git")?,
        })
    }
}

fn strings(table: &Table, section: &str, key: &str) -> Result<Vec<String>> {
    let list = table.get(section).and_then(|s| s.get(key)).and_then(Value::as_array);
    list.with_context(|| format!("deny.toml lacks [{section}] {key}"))?
        .iter()
        .map(|item| {
            let text = item.as_str().map(str::to_owned);
            text.with_context(|| format!("deny.toml: [{section}] {key} is a list of strings"))
        })
        .collect()
}

/// Whether `cargo deny` knows of no advisory against what is built in; nothing where it is not installed.
pub fn advisories() -> Result<Option<bool>> {
    match find("cargo-deny", &[]) {
        Some(_) => succeeds(&mut cargo(&["deny", "--all-features", "check", "advisories"])).map(Some),
        None => Ok(None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_of_the_house_has_no_licence_of_the_gpl() {
        let deny = Deny::read().expect("deny.toml");
        assert!(deny.licences.iter().any(|l| l == "Apache-2.0"));
        assert!(!deny.licences.iter().any(|l| l.contains("GPL")), "{:?}", deny.licences);
        assert!(deny.repositories.is_empty());
    }

    #[test]
    fn a_table_that_lacks_a_list_is_refused_with_its_name() {
        let lacking = Deny::parse("[licenses]\nallow = [\"MIT\"]\n").expect_err("no sources");
        assert_eq!(lacking.to_string(), "deny.toml lacks [sources] allow-registry");
    }
}
