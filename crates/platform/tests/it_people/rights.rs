//! The table of rights as a whole, and the laws that hold for every row.

use crate::kit::each;
use platform::{
    catalogue::RIGHTS,
    context::{Actor, PersonId},
    rights::{Action, Grant, Object, RightsTable, Role, Scope, may},
};
use proptest::prelude::*;
use std::fmt::Write as _;

fn table() -> RightsTable {
    RightsTable::parse(RIGHTS).unwrap()
}

fn grant(role: Role) -> Grant {
    Grant {
        role,
        organization: "own-body".to_owned(),
        desk: None,
        places: vec!["320100".to_owned()],
        membership: "m1".to_owned(),
        standing_in_for: None,
    }
}

fn actor(grants: Vec<Grant>, scopes: Option<Vec<String>>) -> Actor {
    Actor {
        person: PersonId("p1".to_owned()),
        grants,
        second_factor: false,
        scopes,
    }
}

#[test]
fn the_whole_matrix() {
    let table = table();
    let mut text = String::new();
    for action in Action::ALL {
        writeln!(text, "{}", action.id()).unwrap();
        for role in Role::ALL {
            let scopes = table.scopes(*action, *role);
            if !scopes.is_empty() {
                writeln!(text, "    {:<28} {scopes:?}", role.id()).unwrap();
            }
        }
    }
    insta::assert_snapshot!(text);
}

#[test]
fn the_three_administrators_decide_nothing_of_the_list() {
    let table = table();
    let about_people = [
        Action::ManageOrganizations,
        Action::ChangeDesk,
        Action::ManagePeople,
        Action::GrantRole,
        Action::ManageOwn,
        Action::ReadAudit,
        Action::RunSystem,
        Action::ReadLateness,
        Action::ReadParticipants,
    ];
    for role in Role::ALL.iter().filter(|r| r.is_administrator()) {
        for action in Action::ALL.iter().filter(|a| !about_people.contains(a)) {
            assert!(
                table.scopes(*action, *role).is_empty(),
                "{} may {}",
                role.id(),
                action.id()
            );
        }
    }
    assert!(table.scopes(Action::GrantRole, Role::SystemAdministrator).is_empty());
    assert!(table.scopes(Action::RunSystem, Role::SecurityAdministrator).is_empty());
}

#[test]
fn a_table_without_a_row_for_some_action_is_refused() {
    let short = RIGHTS.replace("\"list.import\"", "\"task.assign\"");
    assert!(RightsTable::parse(&short).is_err());
}

fn any_action() -> impl Strategy<Value = Action> {
    proptest::sample::select(Action::ALL)
}

fn any_role() -> impl Strategy<Value = Role> {
    proptest::sample::select(Role::ALL)
}

fn any_object() -> impl Strategy<Value = Object> {
    let part = |values: &'static [&'static str]| {
        proptest::option::of(proptest::sample::select(values).prop_map(str::to_owned))
    };
    (
        part(&["320100", "500000"]),
        part(&["own-body", "other-body"]),
        part(&["p1", "p2"]),
        part(&["own-body", "other-body"]),
    )
        .prop_map(|(place, organization, person, guiding)| Object {
            place,
            organization,
            person,
            guiding,
        })
}

proptest! {
    #[test]
    fn without_a_grant_nothing_may_be_done(action in any_action(), object in any_object()) {
        prop_assert!(!may(&table(), &actor(Vec::new(), None), action, &object));
    }

    #[test]
    fn a_role_that_no_row_names_may_nothing(
        role in any_role(), action in any_action(), object in any_object()
    ) {
        let table = table();
        let allowed = may(&table, &actor(vec![grant(role)], None), action, &object);
        if table.scopes(action, role).is_empty() {
            prop_assert!(!allowed);
        }
        let own_place = object.place.as_deref() == Some("320100");
        if table.scopes(action, role) == [Scope::Place] {
            prop_assert_eq!(allowed, own_place);
        }
    }

    #[test]
    fn a_key_never_widens(
        role in any_role(), action in any_action(), object in any_object(),
        bound in proptest::collection::vec(any_action(), 0..5)
    ) {
        let table = table();
        let scopes = bound.iter().map(|a| a.id().to_owned()).collect();
        let by_key = may(&table, &actor(vec![grant(role)], Some(scopes)), action, &object);
        let in_person = may(&table, &actor(vec![grant(role)], None), action, &object);
        prop_assert_eq!(by_key, in_person && bound.contains(&action));
    }

    #[test]
    fn one_more_role_takes_nothing_away(
        roles in proptest::collection::vec(any_role(), 1..4), more in any_role(),
        action in any_action(), object in any_object()
    ) {
        let table = table();
        let mut grants: Vec<Grant> = roles.into_iter().map(grant).collect();
        let before = may(&table, &actor(grants.clone(), None), action, &object);
        grants.push(grant(more));
        prop_assert!(!before || may(&table, &actor(grants, None), action, &object));
    }
}

#[tokio::test]
async fn enterprises_that_differ_only_in_ownership_have_the_same_rights() {
    each(async |kit| {
        let role = Role::OrganizationRepresentative;
        let (_, foreign) = kit.with_role("foreign", "foreign-firm", role).await;
        let (_, state) = kit.with_role("state", "state-firm", role).await;
        let table = kit.platform.rights();
        let mut allowed = 0;
        for action in Action::ALL {
            let ask = |actor: &Actor, own: &str, other: &str| {
                [
                    Object::default(),
                    Object::of_place("320100"),
                    Object::of_organization(own),
                    Object::of_organization(other),
                    Object::of_person(&actor.person.0),
                    Object::of_person("somebody-else"),
                ]
                .map(|object| may(table, actor, *action, &object))
            };
            let of_foreign = ask(&foreign, "foreign-firm", "state-firm");
            let of_state = ask(&state, "state-firm", "foreign-firm");
            assert_eq!(of_foreign, of_state, "{}", action.id());
            allowed += of_foreign.iter().filter(|a| **a).count();
        }
        assert!(allowed > 0, "they may something");
    })
    .await;
}

#[test]
fn no_file_of_the_rights_speaks_of_ownership_but_to_say_that_none_may() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/rights");
    let mut seen = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let text = std::fs::read_to_string(&path).unwrap();
        seen += 1;
        for (number, line) in text.lines().enumerate() {
            let comment = line.trim_start().starts_with("//");
            assert!(
                comment || !line.to_lowercase().contains("ownership"),
                "{}:{}: {line}",
                path.display(),
                number + 1
            );
        }
    }
    assert!(seen >= 3);
    for line in RIGHTS.lines().filter(|l| !l.trim_start().starts_with('#')) {
        assert!(!line.to_lowercase().contains("ownership"), "{line}");
    }
}
