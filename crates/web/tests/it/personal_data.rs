//! What is kept about somebody: taken along, corrected, erased; and what the pages say afterwards.

use axum::http::Method;
use platform::obligation::{
    command::{self, Command},
    event::Audience,
};
use testkit::World;

/// Somebody records something that everybody may see.
async fn recorded(world: &World, login: &str) -> i64 {
    let note = Command::Note {
        text: "公开的进展".to_owned(),
        audience: Audience::Public,
    };
    let context = world.context(login, "recorded").await;
    command::run(&world.platform, &context, "first-26-320100", None, &note)
        .await
        .unwrap()
        .last
        .0
}

#[tokio::test]
async fn one_takes_along_and_corrects_what_is_kept_about_oneself() {
    let world = World::with_list().await;
    let answer = world.get_as("nanjing", "/account/data.json").await;
    answer.is(200);
    assert!(answer.header("content-disposition").starts_with("attachment"));
    assert_eq!(answer.header("cache-control"), "no-store");
    let data = answer.json();
    assert_eq!(data["login"], "nanjing");
    assert_eq!(data["memberships"][0]["organization"], "nanjing-commerce");
    assert!(!data["sessions"].as_array().unwrap().is_empty());
    assert!(!answer.text.contains("argon2"), "no credential is among it");

    world
        .get_as("nanjing", "/account/profile")
        .await
        .is(200)
        .says("value=\"nanjing\"");
    let wrong = [("name", ""), ("login", "a b"), ("email", "none")];
    world
        .post_form_as("nanjing", "/account/profile", &wrong)
        .await
        .is(422)
        .says("name-fault")
        .says("login-fault")
        .says("email-fault");
    let right = [("name", "更正后"), ("login", "nanjing"), ("email", "right@example.org")];
    world.post_form_as("nanjing", "/account/profile", &right).await.is(303);
    let data = world.get_as("nanjing", "/account/data.json").await.json();
    assert_eq!(
        (&data["name"], &data["email"]),
        (&"更正后".into(), &"right@example.org".into())
    );
    // A key of the person's does not open it, and somebody else's login is not taken over.
    world.person("chengdu").await;
    let taken = [("name", "更正后"), ("login", "chengdu"), ("email", "")];
    world
        .post_form_as("nanjing", "/account/profile", &taken)
        .await
        .is(422)
        .says("login-fault");
}

#[tokio::test]
async fn an_erased_person_is_named_nowhere_and_the_place_says_by_which_rule() {
    let world = World::with_list().await;
    let position = recorded(&world, "nanjing").await;
    let event = format!("/events/{position}");
    world.get_as("sector", &event).await.is(200).says("nanjing");
    let person = world.person("nanjing").await;
    let page = format!("/admin/people/{}", person.0);
    let erase = format!("{page}/erase");
    for login in ["chengdu", "security"] {
        world.person(login).await;
    }
    let head = world.platform.ledger().head().await.unwrap();

    world
        .post_form_as("chengdu", &erase, &[("ground", "unlawful"), ("sure", "1")])
        .await
        .is(403);
    for unsure in [&[("ground", "unlawful")][..], &[("ground", "why not"), ("sure", "1")]] {
        let answer = world.post_form_as("security", &erase, unsure).await;
        assert!((400..500).contains(&answer.status), "{}", answer.status);
    }
    assert_eq!(world.platform.ledger().head().await.unwrap(), head, "nothing was done");

    world
        .get_as("security", &page)
        .await
        .is(200)
        .says("value=\"consent_withdrawn\"");
    world
        .post_form_as("security", &erase, &[("ground", "consent_withdrawn"), ("sure", "1")])
        .await
        .is(303);
    platform::clockwork::round(&world.platform).await.unwrap();
    for login in ["sector", "security", "audit", "citizen"] {
        for (path, rule) in [
            (event.as_str(), "第四十七条第一款第（三）项"),
            ("/en/history/obligation/first-26-320100", "Article 47"),
        ] {
            world
                .get_as(login, path)
                .await
                .is(200)
                .says(rule)
                .keeps_quiet_about(">nanjing<");
        }
    }
    world
        .get_as("security", &page)
        .await
        .is(200)
        .says("2026年11月23日")
        .says("第四十七条")
        .keeps_quiet_about("name=\"sure\"");
    let history = world
        .ask(Method::GET, "/api/v1/obligations/first-26-320100/history")
        .send()
        .await
        .json();
    let who = &history["items"][0]["who"];
    assert_eq!(who["removed"]["on"], "2026-11-23");
    assert!(who["removed"]["rule"].as_str().unwrap().contains("第四十七条"));
    assert_eq!(who["organization"], "nanjing-commerce");
    let verification = world.platform.ledger().verify().await.unwrap();
    assert!(verification.ok, "{:?}", verification.problems);
}
