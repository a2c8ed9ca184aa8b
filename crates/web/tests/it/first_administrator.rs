//! The way in on a fresh installation.

use testkit::World;

#[tokio::test]
async fn the_token_of_the_terminal_makes_one_system_administrator() {
    let world = World::with_list().await;
    let token = platform::people::first_administrator_token(&world.platform)
        .await
        .unwrap()
        .unwrap();
    world.get("/first-administrator").await.is(200);
    const NEW: &str = "一把很长的新钥匙2026";
    let send = async |token: &str, again: &str| {
        let fields = [
            ("token", token),
            ("name", "张三"),
            ("login", "root-of-trust"),
            ("new", NEW),
            ("again", again),
        ];
        world.post_form("/first-administrator", &fields).await
    };
    let wrong = send(token.expose(), "另一把很长的新钥匙").await;
    wrong.is(422).says("张三").keeps_quiet_about(token.expose());
    assert!(send("bc_admin_wrong", NEW).await.status >= 400);
    let made = send(token.expose(), NEW).await;
    assert_eq!((made.status, made.location()), (303, "/sign-in"));
    assert!(
        platform::people::first_administrator_token(&world.platform)
            .await
            .unwrap()
            .is_none(),
        "there is one now"
    );
    let again = send(token.expose(), NEW).await;
    assert!(again.status >= 400, "a token works once");
}
