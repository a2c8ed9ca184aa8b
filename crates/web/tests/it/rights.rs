//! Every row of the table of routes by everybody of the cast, and by nobody.

use crate::walk::{NOBODY, Walk};
use platform::{
    context::{Actor, PersonId},
    rights::{Action, Grant, Object, RightsTable, Role, may},
};
use std::collections::{BTreeMap, BTreeSet};
use testkit::{Answer, CAST};
use web::route::{Access, Kind, Row, Verb};

/// Rows whose sample leads nowhere for everybody: what they show is opened by a secret or a digest.
const OPENED_BY_A_SECRET: [&str; 4] = [
    "/join/{token}",
    "/letters/stop/{token}",
    "/events/{position}/files/{digest}",
    "/assets/{hash}/{*name}",
];

/// What kind of answer it is.
fn class(answer: &Answer) -> &'static str {
    match answer.status {
        200..=299 => "answered",
        303 if answer.location().contains("/sign-in?next=") => "sent to the door",
        300..=399 => "sent on",
        401 => "asked for a name",
        403 => "refused",
        404 => "unseen",
        400..=499 => "not so",
        _ => "broken",
    }
}

/// Why the answer breaks what the row promises, if it does.
fn breach(row: &Row, role: Option<Role>, rights: &RightsTable, answer: &Answer) -> Option<String> {
    let class = class(answer);
    let at_the_door = matches!(class, "sent to the door" | "asked for a name");
    match (row.access, role) {
        _ if class == "broken" => Some("breaks".to_owned()),
        (Access::Public, _) if at_the_door => Some("is public, and asks for a name".to_owned()),
        (Access::Public, _) => None,
        (_, None) => {
            let wanted = if row.verb == Verb::Get && matches!(row.kind, Kind::Page | Kind::File) {
                "sent to the door"
            } else {
                "asked for a name"
            };
            (class != wanted).then(|| format!("nobody should be {wanted}"))
        }
        (_, Some(_)) if at_the_door => Some("does not know who is signed in".to_owned()),
        (Access::SignedIn, Some(_)) => None,
        (Access::Right(action), Some(role)) if rights.scopes(action, role).is_empty() => {
            let name = web::problem::right_name(language::Lang::Zh, action.id());
            let says = answer.text.contains(&name) || answer.text.contains(action.id());
            (class != "refused" || !says).then(|| format!("must be refused, naming {}", action.id()))
        }
        (Access::Right(_), Some(_)) => (class == "refused"
            && answer.text.contains("rights/missing")
            && row.verb == Verb::Get
            && !row.path.contains('{'))
        .then(|| "is refused although the role has the right".to_owned()),
    }
}

#[tokio::test]
async fn every_route_and_every_role() {
    let walk = Walk::new("改一改", "餐饮业油烟污染物排放规范").await;
    let readers = walk.readers().await;
    let mut breaches = Vec::new();
    let mut text = String::new();
    for row in web::routes::matrix() {
        let address = walk.address(&row);
        let mut classes: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for (login, token) in &readers {
            let role = CAST.iter().find(|c| c.login == *login).map(|c| c.role);
            let answer = match row.verb {
                Verb::Get => walk.read(token.as_deref(), &address).await,
                _ => walk.write(login, &row).await,
            };
            if let Some(breach) = breach(&row, role, walk.world.platform.rights(), &answer) {
                breaches.push(format!(
                    "{} {} by {login} ({}): {breach}",
                    row.verb.method(),
                    row.path,
                    answer.status
                ));
            }
            classes.entry(class(&answer)).or_default().push(login);
        }
        if row.verb == Verb::Get
            && classes.len() == 1
            && classes.contains_key("unseen")
            && !OPENED_BY_A_SECRET.contains(&row.path)
        {
            breaches.push(format!(
                "{}: nobody finds {address}: name a sample for its parameter in `walk.rs`",
                row.path
            ));
        }
        text.push_str(&line(&row, &classes));
    }
    assert!(breaches.is_empty(), "{}", breaches.join("\n"));
    insta::with_settings!({
        description => "Who gets what kind of answer from each route. Whoever adds or changes a row looks at the difference and \
                        accepts it: INSTA_UPDATE=always cargo test -p web --test it rights::",
        omit_expression => true,
    }, {
        insta::assert_snapshot!("routes_by_roles", text);
    });
}

/// One row of the snapshot: the answers, the most frequent without its names.
fn line(row: &Row, classes: &BTreeMap<&str, Vec<&str>>) -> String {
    let access = match row.access {
        Access::Public => "public".to_owned(),
        Access::SignedIn => "signed in".to_owned(),
        Access::Right(action) => action.id().to_owned(),
    };
    let most = classes.values().map(Vec::len).max().unwrap_or_default();
    let mut rest_named = false;
    let answers: Vec<String> = classes
        .iter()
        .map(|(class, logins)| {
            if logins.len() == most && !rest_named {
                rest_named = true;
                return format!(
                    "    {class}: {}",
                    if classes.len() == 1 { "everybody" } else { "all others" }
                );
            }
            format!("    {class}: {}", logins.join(" "))
        })
        .collect();
    format!(
        "{} {} [{access}]\n{}\n",
        row.verb.method(),
        row.path,
        answers.join("\n")
    )
}

fn actor(role: Role) -> Actor {
    let grant = Grant {
        role,
        organization: "own-body".to_owned(),
        desk: None,
        places: vec!["320100".to_owned()],
        membership: "m1".to_owned(),
        standing_in_for: None,
    };
    Actor {
        person: PersonId("p1".to_owned()),
        grants: vec![grant],
        second_factor: true,
        scopes: None,
    }
}

#[test]
fn an_action_that_no_row_allows_is_refused() {
    let nothing = RightsTable::default();
    let shipped = RightsTable::parse(platform::catalogue::RIGHTS).unwrap();
    let own = Object {
        place: Some("320100".to_owned()),
        organization: Some("own-body".to_owned()),
        person: Some("p1".to_owned()),
        guiding: Some("own-body".to_owned()),
    };
    for action in Action::ALL {
        for role in Role::ALL {
            assert!(
                !may(&nothing, &actor(*role), *action, &own),
                "{} by {} without a table",
                action.id(),
                role.id()
            );
            let listed = !shipped.scopes(*action, *role).is_empty();
            assert_eq!(
                may(&shipped, &actor(*role), *action, &own),
                listed,
                "{} by {}",
                action.id(),
                role.id()
            );
        }
    }
}

#[test]
fn everybody_of_the_cast_is_asked() {
    let roles: BTreeSet<_> = CAST.iter().map(|c| c.role).collect();
    assert_eq!(roles.len(), Role::ALL.len(), "a role has nobody in the cast");
    assert!(CAST.iter().all(|c| c.login != NOBODY));
}
