//! Signing in and out, and one's own account, as a browser does it.

use axum::http::Method;
use testkit::{Answer, PASSWORD, World};

async fn enter(world: &World, login: &str, password: &str, next: &str) -> Answer {
    world
        .post_form("/sign-in", &[("login", login), ("password", password), ("next", next)])
        .await
}

fn with<'a>(world: &'a World, method: Method, path: &str, token: &str) -> testkit::Asker<'a> {
    let asker = testkit::Asker::new(world, method, path);
    asker
        .header("cookie", &format!("bc_session={token}"))
        .header("sec-fetch-site", "same-origin")
}

#[tokio::test]
async fn whoever_has_the_password_comes_in_and_goes_where_they_wanted() {
    let world = World::with_list().await;
    world.person("citizen").await;
    let answer = enter(&world, "citizen", PASSWORD, "/words?x=1").await;
    answer.is(303);
    assert_eq!(answer.location(), "/words?x=1");
    let cookie = answer.header("set-cookie");
    assert!(
        cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"),
        "{cookie}"
    );
    let token = answer.cookie("bc_session").unwrap();
    with(&world, Method::GET, "/account", &token)
        .send()
        .await
        .is(200)
        .says("citizen")
        .says("个人密钥");
}

#[tokio::test]
async fn nobody_is_sent_to_another_site_after_signing_in() {
    let world = World::with_list().await;
    world.person("citizen").await;
    for next in [
        "https://elsewhere.example/",
        "//elsewhere.example",
        "/\\elsewhere.example",
    ] {
        assert_eq!(enter(&world, "citizen", PASSWORD, next).await.location(), "/");
    }
}

#[tokio::test]
async fn a_wrong_password_shows_the_door_again_and_keeps_the_login() {
    let world = World::with_list().await;
    world.person("nanjing").await;
    let answer = enter(&world, "nanjing", "not the password", "/").await;
    assert!((400..500).contains(&answer.status), "{}", answer.status);
    answer
        .says("error-summary")
        .says("value=\"nanjing\"")
        .keeps_quiet_about("not the password");
    assert_eq!(answer.cookie("bc_session"), None);
}

#[tokio::test]
async fn the_way_out_ends_the_session() {
    let world = World::with_list().await;
    let token = world.session("nanjing").await;
    let out = with(&world, Method::POST, "/sign-out", &token).form(&[]).send().await;
    out.is(303);
    assert_eq!(out.cookie("bc_session").unwrap(), "");
    let after = with(&world, Method::GET, "/account", &token).send().await;
    after.is(303);
    assert_eq!(after.location(), "/sign-in?next=%2Faccount");
}

#[tokio::test]
async fn a_personal_key_is_shown_once_and_opens_the_api() {
    let world = World::with_list().await;
    let token = world.session("nanjing").await;
    let fields = [
        ("name", "daily reports"),
        ("scope.obligation.report", "1"),
        ("expires", ""),
    ];
    let made = with(&world, Method::POST, "/account/keys/new", &token)
        .form(&fields)
        .send()
        .await;
    made.is(200);
    let key = made
        .text
        .split("<strong>")
        .last()
        .unwrap()
        .split("</strong>")
        .next()
        .unwrap()
        .to_owned();
    let asked = world
        .ask(Method::GET, "/api/v1/openapi.json")
        .header("authorization", &format!("Bearer {key}"))
        .send()
        .await;
    asked.is(200);
    with(&world, Method::GET, "/account", &token)
        .send()
        .await
        .says("daily reports")
        .keeps_quiet_about(&key);
}

#[tokio::test]
async fn a_key_without_actions_is_asked_for_again() {
    let world = World::with_list().await;
    let token = world.session("nanjing").await;
    let answer = with(&world, Method::POST, "/account/keys/new", &token)
        .form(&[("name", "reports")])
        .send()
        .await;
    answer.is(422).says("error-summary").says("value=\"reports\"");
}

#[tokio::test]
async fn another_password_ends_the_other_sessions() {
    let world = World::with_list().await;
    let (here, elsewhere) = (world.session("nanjing").await, world.session("nanjing").await);
    let differ = [
        ("old", PASSWORD),
        ("new", "one two three four"),
        ("again", "five six seven eight"),
    ];
    with(&world, Method::POST, "/account/password", &here)
        .form(&differ)
        .send()
        .await
        .is(422)
        .says("两次输入的密码不一致");
    let fields = [
        ("old", PASSWORD),
        ("new", "another horse battery"),
        ("again", "another horse battery"),
    ];
    let changed = with(&world, Method::POST, "/account/password", &here)
        .form(&fields)
        .send()
        .await;
    changed.is(303);
    with(&world, Method::GET, "/account", &elsewhere).send().await.is(303);
    with(&world, Method::GET, "/account", &changed.cookie("bc_session").unwrap())
        .send()
        .await
        .is(200);
}

#[tokio::test]
async fn a_second_factor_is_set_up_and_then_asked_for() {
    let world = World::with_list().await;
    let token = world.session("nanjing").await;
    let offered = with(&world, Method::POST, "/account/second-factor", &token)
        .form(&[])
        .send()
        .await;
    offered.is(200).says("otpauth://");
    with(&world, Method::POST, "/account/second-factor/confirm", &token)
        .form(&[("code", "000000")])
        .send()
        .await
        .is(422);
    assert!(offered.header("cache-control").contains("no-store"));
}

#[tokio::test]
async fn a_letter_that_is_used_up_opens_nothing() {
    let world = World::with_list().await;
    world.get("/join/bci_nonsense").await.is(404).says("该链接已使用");
}

#[tokio::test]
async fn whoever_forgot_the_password_is_told_the_same_whether_they_are_known_or_not() {
    let mail = platform::notice::sending::MailSettings {
        server: "smtp.biaochi.test".to_owned(),
        port: 587,
        protection: platform::notice::sending::Protection::StartTls,
        credentials: None,
        from: "biaochi@biaochi.test".to_owned(),
    };
    let world = World::with_settings(platform::Settings {
        light_passwords: true,
        mail: Some(mail),
        ..platform::Settings::default()
    })
    .await;
    world.enter_catalogue().await;
    world.person("nanjing").await;
    world.get("/sign-in").await.says("/sign-in/forgotten");
    let told = async |login: &str| {
        let answer = world.post_form("/sign-in/forgotten", &[("login", login)]).await;
        answer.is(200).says("邮件即将送达");
        answer.text.replace(login, "")
    };
    let (known, unknown) = (told("nanjing").await, told("nobody").await);
    let without_request = |text: &str| text.lines().filter(|l| !l.contains("request")).collect::<String>();
    assert_eq!(without_request(&known), without_request(&unknown));
    // Where no letter can leave, the page says whom to ask.
    let world = World::with_list().await;
    world
        .get("/sign-in/forgotten")
        .await
        .is(200)
        .says("安全管理员")
        .keeps_quiet_about("<input id=\"f-login\"");
}
