//! Where everything that is built in comes from, against the list of `deny.toml`; and that its version is pinned.

use super::{Faults, deny::Deny, licence::built_in};
use anyhow::{Context, Result};
use serde_json::Value;
use std::collections::BTreeSet;

/// The one registry of npm packages.
const NPM: &str = "https://registry.npmjs.org/";

/// Crates from a registry, repository or folder that is not on the list, and dependencies of the house without a version.
pub fn crates(deny: &Deny, metadata: &Value) -> Faults {
    let members: BTreeSet<&str> = metadata["workspace_members"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    let mut faults = Faults::new();
    for package in built_in(metadata) {
        let text = |key: &str| package[key].as_str().unwrap_or_default();
        let (name, source) = (text("name"), text("source"));
        let is_own = members.contains(text("id"));
        let known = match source.split_once('+') {
            Some(("registry" | "sparse", address)) => deny.registries.iter().any(|r| r == address),
            Some(("git", address)) => {
                let repository = address.split(['?', '#']).next().unwrap_or(address);
                deny.repositories.iter().any(|r| r == repository)
            }
            Some(_) => false,
            // A folder of this machine is no source, unless it is a room.
            None => is_own,
        };
        if !known {
            let from = if source.is_empty() {
                "a folder outside the workspace"
            } else {
                source
            };
            faults.push(format!("{name}: {from}"));
        }
        if is_own {
            let dependencies = package["dependencies"].as_array().into_iter().flatten();
            faults.extend(
                dependencies
                    .filter(|d| d["req"] == "*" && d["path"].is_null())
                    .map(|d| format!("{name}: {} has no version", d["name"].as_str().unwrap_or_default())),
            );
        }
    }
    faults
}

/// Packages of npm from elsewhere than its registry, or without a digest.
pub fn packages(files: &[(String, String)]) -> Result<Faults> {
    let mut faults = Faults::new();
    for (path, text) in files.iter().filter(|(path, _)| path.ends_with("package-lock.json")) {
        let lock: Value = serde_json::from_str(text).with_context(|| path.clone())?;
        for (name, package) in lock["packages"].as_object().into_iter().flatten() {
            // The house's own package stands under the empty name.
            let Some(name) = name.rsplit_once("node_modules/").map(|(_, name)| name) else {
                continue;
            };
            // Without an address it comes from the registry by name and digest.
            let from = package["resolved"].as_str().unwrap_or(NPM);
            if !from.starts_with(NPM) {
                faults.push(format!("{path}: {name}: {from}"));
            } else if package["integrity"].as_str().is_none_or(str::is_empty) {
                faults.push(format!("{path}: {name} has no digest"));
            }
        }
    }
    Ok(faults)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const INDEX: &str = "registry+https://github.com/rust-lang/crates.io-index";

    #[test]
    fn what_comes_from_elsewhere_is_found() {
        let deny = Deny::read().expect("deny.toml");
        let metadata = json!({
            "workspace_members": ["own"],
            "resolve": { "nodes": [{ "id": "own" }, { "id": "a" }, { "id": "b" }, { "id": "c" }, { "id": "d" }] },
            "packages": [
                { "id": "own", "name": "own", "source": null, "dependencies": [
                    { "name": "pinned", "req": "^1" },
                    { "name": "loose", "req": "*" },
                    { "name": "room", "req": "*", "path": "/house/room" },
                ] },
                { "id": "a", "name": "usual", "source": INDEX },
                { "id": "b", "name": "forked", "source": "git+https://example.org/forked?branch=main#0123" },
                { "id": "c", "name": "mirrored", "source": "registry+https://example.org/index" },
                { "id": "d", "name": "lying-about", "source": null },
                { "id": "e", "name": "not-built-in", "source": "git+https://example.org/other#4567" },
            ],
        });
        assert_eq!(
            crates(&deny, &metadata),
            [
                "own: loose has no version",
                "forked: git+https://example.org/forked?branch=main#0123",
                "mirrored: registry+https://example.org/index",
                "lying-about: a folder outside the workspace",
            ]
        );
    }

    #[test]
    fn a_page_package_is_pinned_to_its_digest() {
        let lock = json!({ "packages": {
            "": { "name": "ui" },
            "node_modules/fine": { "resolved": "https://registry.npmjs.org/fine/-/fine-1.0.0.tgz", "integrity": "sha512-x" },
            "node_modules/by-name": { "integrity": "sha512-x" },
            "node_modules/loose": { "resolved": "https://registry.npmjs.org/loose/-/loose-1.0.0.tgz" },
            "node_modules/fine/node_modules/odd": { "resolved": "git+ssh://git@example.org/odd.git#1", "integrity": "sha512-x" },
        } });
        let files = [("ui/package-lock.json".to_owned(), lock.to_string())];
        assert_eq!(
            packages(&files).expect("a lock file"),
            [
                "ui/package-lock.json: odd: git+ssh://git@example.org/odd.git#1",
                "ui/package-lock.json: loose has no digest",
            ]
        );
    }
}
