//! Who knows whom, by `cargo metadata`.

use super::{Faults, rooms::Rooms};
use serde_json::Value;
use std::collections::BTreeSet;

/// A package of the workspace: its name, and the packages it is built with. What only its tests use is no arrow.
fn rooms_of(metadata: &Value) -> Vec<(&str, Vec<&str>)> {
    let members: BTreeSet<&str> = array(&metadata["workspace_members"])
        .filter_map(Value::as_str)
        .collect();
    array(&metadata["packages"])
        .filter(|package| package["id"].as_str().is_some_and(|id| members.contains(id)))
        .filter_map(|package| {
            let uses = array(&package["dependencies"])
                .filter(|dependency| dependency["kind"].as_str() != Some("dev"))
                .filter_map(|dependency| dependency["name"].as_str())
                .collect();
            Some((package["name"].as_str()?, uses))
        })
        .collect()
}

fn array(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

/// Arrows that the table does not allow, and rooms that it does not know.
pub fn upward(rooms: &Rooms, metadata: &Value) -> Faults {
    let house = rooms_of(metadata);
    let names: BTreeSet<&str> = house.iter().map(|(name, _)| *name).collect();
    let mut faults = Faults::new();
    for (name, uses) in &house {
        let Some(allowed) = rooms.knows.get(*name) else {
            faults.push(format!(
                "{name} is not in the table: draw it in ARCHITECTURE.md and enter it"
            ));
            continue;
        };
        for used in uses.iter().filter(|used| names.contains(**used)) {
            if !allowed.iter().any(|a| a == used) {
                faults.push(format!("{name} knows {used}"));
            }
        }
    }
    faults
}

/// Heavy libraries outside their room.
pub fn kept(rooms: &Rooms, metadata: &Value) -> Faults {
    let mut faults = Faults::new();
    for (name, uses) in rooms_of(metadata) {
        if rooms.tests.iter().any(|tests| tests == name) {
            continue;
        }
        for used in uses {
            if let Some(keeper) = rooms.kept.get(used).filter(|keeper| *keeper != name) {
                faults.push(format!("{name} uses {used}, which is {keeper}'s alone"));
            }
        }
    }
    faults
}

/// Pure rooms that are built with a library of the outer world.
pub fn impure(rooms: &Rooms, metadata: &Value) -> Faults {
    let mut faults = Faults::new();
    for (name, uses) in rooms_of(metadata) {
        if rooms.pure.iter().any(|pure| pure == name) {
            let outer = uses
                .into_iter()
                .filter(|used| rooms.pure_libraries.iter().any(|l| l == used));
            faults.extend(outer.map(|used| format!("{name} uses {used}")));
        }
    }
    faults
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    fn house() -> Value {
        serde_json::json!({
            "workspace_members": ["a", "b"],
            "packages": [
                { "id": "a", "name": "designation", "dependencies": [
                    { "name": "ledger", "kind": null }, { "name": "tokio", "kind": null }, { "name": "axum", "kind": null } ] },
                { "id": "b", "name": "ledger", "dependencies": [
                    { "name": "designation", "kind": null }, { "name": "web", "kind": "dev" } ] },
                { "id": "c", "name": "axum", "dependencies": [] },
            ],
        })
    }

    #[test]
    fn an_arrow_upwards_is_named() {
        let rooms = Rooms::read().unwrap();
        assert_eq!(upward(&rooms, &house()), ["designation knows ledger"]);
        assert_eq!(kept(&rooms, &house()), ["designation uses axum, which is web's alone"]);
        assert_eq!(
            impure(&rooms, &house()),
            ["designation uses tokio", "designation uses axum"]
        );
    }

    #[test]
    fn a_room_that_is_not_drawn_is_named() {
        let mut house = house();
        house["packages"][1]["name"] = "attic".into();
        let faults = upward(&Rooms::read().unwrap(), &house);
        assert!(
            faults
                .iter()
                .any(|fault| fault.starts_with("attic is not in the table")),
            "{faults:?}"
        );
    }
}
