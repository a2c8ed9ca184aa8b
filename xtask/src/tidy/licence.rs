//! Licences of everything that is built in, against the list of `deny.toml`.

use super::{Faults, deny::Deny};
use anyhow::{Context, Result};
use serde_json::Value;
use std::collections::BTreeSet;

/// Crates whose licence is not on the list, or that name none.
pub fn crates(deny: &Deny, metadata: &Value) -> Faults {
    built_in(metadata)
        .filter_map(|package| {
            let licence = package["license"].as_str().unwrap_or_default();
            let name = package["name"].as_str().unwrap_or_default();
            (!allowed(licence, &deny.licences)).then(|| format!("{name}: {}", named(licence)))
        })
        .collect()
}

/// The packages that a build of the workspace takes in, of all that the lock file names.
pub fn built_in(metadata: &Value) -> impl Iterator<Item = &Value> {
    let resolved: BTreeSet<&str> = metadata["resolve"]["nodes"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|node| node["id"].as_str())
        .collect();
    let packages = metadata["packages"].as_array().into_iter().flatten();
    packages.filter(move |package| package["id"].as_str().is_some_and(|id| resolved.contains(&id)))
}

/// Packages of the lock files of npm.
pub fn packages(deny: &Deny, files: &[(String, String)]) -> Result<Faults> {
    let mut faults = Faults::new();
    for (path, text) in files.iter().filter(|(path, _)| path.ends_with("package-lock.json")) {
        let lock: Value = serde_json::from_str(text).with_context(|| path.clone())?;
        for (name, package) in lock["packages"].as_object().into_iter().flatten() {
            let licence = package["license"].as_str().unwrap_or_default();
            if !allowed(licence, &deny.licences) {
                faults.push(format!(
                    "{path}: {}: {}",
                    name.trim_start_matches("node_modules/"),
                    named(licence)
                ));
            }
        }
    }
    Ok(faults)
}

fn named(licence: &str) -> &str {
    if licence.is_empty() {
        "names no licence"
    } else {
        licence
    }
}

/// Whether an SPDX expression can be met from the list. `A/B` is the older way to write `A OR B`.
fn allowed(expression: &str, list: &[String]) -> bool {
    let spaced = expression.replace('(', " ( ").replace(')', " ) ").replace('/', " OR ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut rest = words.as_slice();
    !rest.is_empty() && any(&mut rest, list) && rest.is_empty()
}

fn any(rest: &mut &[&str], list: &[String]) -> bool {
    let mut holds = all(rest, list);
    while let Some((&"OR", after)) = rest.split_first() {
        *rest = after;
        holds |= all(rest, list);
    }
    holds
}

fn all(rest: &mut &[&str], list: &[String]) -> bool {
    let mut holds = one(rest, list);
    while let Some((&"AND", after)) = rest.split_first() {
        *rest = after;
        holds &= one(rest, list);
    }
    holds
}

fn one(rest: &mut &[&str], list: &[String]) -> bool {
    let Some((first, after)) = rest.split_first() else {
        return false;
    };
    *rest = after;
    if *first == "(" {
        let holds = any(rest, list);
        if let Some((&")", after)) = rest.split_first() {
            *rest = after;
        }
        return holds;
    }
    // An exception only grants more.
    if let ["WITH", _, after @ ..] = *rest {
        *rest = after;
    }
    list.iter().any(|allowed| allowed == first)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_licence_of_the_gpl_is_found_where_it_is_built_in() {
        let deny = Deny::read().expect("deny.toml");
        let metadata = json!({
            "resolve": { "nodes": [{ "id": "a" }, { "id": "b" }, { "id": "c" }] },
            "packages": [
                { "id": "a", "name": "fine", "license": "MIT OR Apache-2.0" },
                { "id": "b", "name": "copyleft", "license": "GPL-3.0-only" },
                { "id": "c", "name": "silent", "license": null },
                { "id": "d", "name": "for-another-system", "license": "AGPL-3.0" },
            ],
        });
        assert_eq!(
            crates(&deny, &metadata),
            ["copyleft: GPL-3.0-only", "silent: names no licence"]
        );
        let lock = json!({ "packages": {
            "node_modules/fine": { "license": "ISC" },
            "node_modules/copyleft": { "license": "AGPL-3.0-or-later" },
        } });
        let files = [("ui/package-lock.json".to_owned(), lock.to_string())];
        assert_eq!(
            packages(&deny, &files).expect("a lock file"),
            ["ui/package-lock.json: copyleft: AGPL-3.0-or-later"]
        );
    }

    #[test]
    fn an_expression_is_met_from_the_list_or_refused() {
        let list = ["MIT", "Apache-2.0", "Unicode-3.0"].map(str::to_owned);
        for good in [
            "MIT",
            "GPL-3.0 OR MIT",
            "MIT/Apache-2.0",
            "(MIT OR Apache-2.0) AND Unicode-3.0",
            "Apache-2.0 WITH LLVM-exception",
        ] {
            assert!(allowed(good, &list), "{good}");
        }
        for bad in [
            "",
            "GPL-3.0",
            "MIT AND OpenSSL",
            "(MIT OR Apache-2.0) AND GPL-3.0",
            "MIT nonsense",
        ] {
            assert!(!allowed(bad, &list), "{bad}");
        }
    }
}
