//! 代办: whoever is away names a colleague on their own account; both see it; it is ended again.

use testkit::World;

async fn section(world: &World, login: &str) -> String {
    let page = world.get_as(login, "/account").await;
    page.is(200);
    let from = page.text.find("id=\"substitutes\"").unwrap();
    page.text[from..].split("</section>").next().unwrap().to_owned()
}

#[tokio::test]
async fn one_names_a_colleague_both_see_it_and_it_is_ended() {
    let world = World::with_list().await;
    let (away, here) = (world.person("nanjing").await, world.person("sector").await);
    world.person("chengdu").await;
    assert!(section(&world, "nanjing").await.contains("目前没有人为您代办"));
    let form = world.get_as("nanjing", "/account/substitute").await;
    form.is(200)
        .says(&format!("value=\"{}\"", here.0))
        .keeps_quiet_about("chengdu");
    let name = |substitute: &str, from: &str, until: &str| {
        [("substitute", substitute), ("from", from), ("until", until)].map(|(n, v)| (n.to_owned(), v.to_owned()))
    };
    let chengdu = world.person("chengdu").await;
    for (fields, field) in [
        (name(&here.0, "2026-11-30", "2026-11-24"), "until"),
        (name(&here.0, "2026-11-24", ""), "until"),
        (name(&here.0, "tomorrow", "2026-11-24"), "from"),
        (name("", "2026-11-24", "2026-11-30"), "substitute"),
        (name(&away.0, "2026-11-24", "2026-11-30"), "substitute"),
    ] {
        let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        let answer = world.post_form_as("nanjing", "/account/substitute", &fields).await;
        answer.is(422).says(&format!("{field}-fault"));
    }
    let elsewhere = [
        ("substitute", chengdu.0.as_str()),
        ("from", "2026-11-24"),
        ("until", "2026-11-30"),
    ];
    let answer = world.post_form_as("nanjing", "/account/substitute", &elsewhere).await;
    answer.is(409).says("代办人须是同一机构的在职人员");

    let fields = [
        ("substitute", here.0.as_str()),
        ("from", "2026-11-23"),
        ("until", "2026-11-30"),
    ];
    let named = world.post_form_as("nanjing", "/account/substitute", &fields).await;
    named.is(303);
    assert_eq!(named.location(), "/account#substitutes");
    let mine = section(&world, "nanjing").await;
    assert!(
        mine.contains("为您代办：") && mine.contains("sector") && mine.contains("2026年11月30日"),
        "{mine}"
    );
    let theirs = section(&world, "sector").await;
    assert!(theirs.contains("您代办：") && theirs.contains("nanjing"), "{theirs}");
    assert!(
        !theirs.contains("/account/substitute/end"),
        "whoever stands in does not end it"
    );
    assert!(section(&world, "chengdu").await.contains("目前没有人为您代办"));

    let end = [("substitute", here.0.as_str())];
    world
        .post_form_as("sector", "/account/substitute/end", &end)
        .await
        .is(404);
    world
        .post_form_as("nanjing", "/account/substitute/end", &end)
        .await
        .is(303);
    assert!(section(&world, "nanjing").await.contains("目前没有人为您代办"));
    assert!(section(&world, "sector").await.contains("目前没有人为您代办"));
    world.end().await;
}

#[tokio::test]
async fn when_its_days_are_over_it_is_shown_to_nobody() {
    let world = World::with_list().await;
    world.person("nanjing").await;
    let here = world.person("sector").await;
    let fields = [
        ("substitute", here.0.as_str()),
        ("from", "2026-11-23"),
        ("until", "2026-11-24"),
    ];
    world
        .post_form_as("nanjing", "/account/substitute", &fields)
        .await
        .is(303);
    world.pass(24);
    assert!(section(&world, "sector").await.contains("nanjing"));
    world.pass(24);
    assert!(!section(&world, "sector").await.contains("nanjing"));
    world.end().await;
}
