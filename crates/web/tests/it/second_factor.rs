//! The second factor that is demanded of staff: nothing before it, everything after it, and what becomes of a lost one.

use axum::http::Method;
use platform::{
    people::{
        self,
        session::{Origin, Proof},
    },
    rights::{Demand, Role},
};
use testkit::{Answer, CAST, PASSWORD, World};
use web::route::{Access, Kind, Verb};

/// A session that one factor has begun.
async fn by_password(world: &World, login: &str) -> String {
    let person = world.person(login).await;
    let origin = Origin::default();
    let (issued, change) =
        people::session::issue(&world.platform, &person, Proof::OneFactor, origin, world.now()).unwrap();
    world.platform.ledger().state(vec![change]).await.unwrap();
    issued.token.expose().to_owned()
}

fn with<'a>(world: &'a World, method: Method, path: &str, token: &str) -> testkit::Asker<'a> {
    testkit::Asker::new(world, method, path)
        .header("cookie", &format!("bc_session={token}"))
        .header("sec-fetch-site", "same-origin")
}

/// What may be reached without it.
const OPEN: [&str; 5] = [
    "/account",
    "/account/password",
    "/account/second-factor",
    "/account/second-factor/confirm",
    "/account/sessions/end",
];

/// A code of the secret that a page offers.
fn code_of(page: &Answer, world: &World) -> String {
    let shown = page
        .text
        .split("<strong>")
        .nth(1)
        .unwrap()
        .split("</strong>")
        .next()
        .unwrap();
    let (mut bits, mut count, mut bytes) = (0_u64, 0, Vec::new());
    for letter in shown.bytes().filter(|b| b.is_ascii_alphanumeric()) {
        let value = if letter.is_ascii_uppercase() {
            letter - b'A'
        } else {
            letter - b'2' + 26
        };
        bits = bits << 5 | u64::from(value);
        count += 5;
        if count >= 8 {
            count -= 8;
            bytes.push((bits >> count & 0xff) as u8);
        }
    }
    let secret = testkit::TotpSecret::from_bytes(bytes.try_into().unwrap());
    secret.code_at(world.now().as_microsecond())
}

#[tokio::test]
async fn every_route_is_closed_to_staff_without_it_but_their_account_and_the_way_out() {
    let world = World::with_list().await;
    let mut breaches = Vec::new();
    for cast in CAST {
        let token = by_password(&world, cast.login).await;
        for row in web::routes::matrix()
            .into_iter()
            .filter(|row| row.access != Access::Public)
        {
            let address = [
                "{id}",
                "{number}",
                "{code}",
                "{position}",
                "{action}",
                "{kind}",
                "{version}",
            ]
            .iter()
            .fold(row.path.to_owned(), |path, parameter| path.replace(parameter, "1"));
            // Doing something would end the session, or begin another.
            if OPEN.contains(&row.path) && row.verb != Verb::Get {
                continue;
            }
            let asked = with(&world, row.verb.method(), &address, &token);
            let answer = if row.verb == Verb::Get { asked } else { asked.form(&[]) }.send().await;
            let refused = answer.status == 403 && answer.text.contains("people/second_factor_demanded");
            let wanted = cast.role.is_staff() && !OPEN.contains(&row.path);
            if refused != wanted {
                breaches.push(format!(
                    "{} {} by {}: {}",
                    row.verb.method(),
                    row.path,
                    cast.login,
                    answer.status
                ));
            }
            if wanted && row.kind == Kind::Api {
                assert_eq!(answer.json()["rule"]["source"], "GB/T 22239—2019 8.1.4.1 d)");
            }
        }
    }
    assert!(breaches.is_empty(), "{}", breaches.join("\n"));
    world.end().await;
}

#[tokio::test]
async fn staff_set_it_up_after_the_first_sign_in_and_have_their_rights_at_once() {
    let world = World::with_list().await;
    world.person("nanjing").await;
    let fields = [("login", "nanjing"), ("password", PASSWORD), ("next", "/desk")];
    let entered = world.post_form("/sign-in", &fields).await;
    assert_eq!((entered.status, entered.location()), (303, "/account/second-factor"));
    let token = entered.cookie("bc_session").unwrap();
    let elsewhere = by_password(&world, "nanjing").await;
    // What anybody may read is read as anybody reads it.
    let public = with(&world, Method::GET, "/obligations/first-26-320100", &token)
        .send()
        .await;
    public
        .is(200)
        .keeps_quiet_about("/obligations/first-26-320100/actions/");
    let desk = with(&world, Method::GET, "/en/desk", &token).send().await;
    desk.is(403)
        .says("people/second_factor_demanded")
        .says("/en/account/second-factor");
    with(&world, Method::GET, "/account", &token)
        .send()
        .await
        .is(200)
        .says("工作人员须先设置二次验证");
    // Not by making a key, which would open without it.
    with(&world, Method::POST, "/account/keys/new", &token)
        .form(&[("name", "key"), ("scope.obligation.report", "1")])
        .send()
        .await
        .is(403);
    let offered = with(&world, Method::POST, "/account/second-factor", &token)
        .form(&[])
        .send()
        .await;
    offered.is(200);
    let code = code_of(&offered, &world);
    let confirmed = with(&world, Method::POST, "/account/second-factor/confirm", &token)
        .form(&[("code", &code)])
        .send()
        .await;
    let whole = confirmed.is(200).cookie("bc_session").unwrap();
    with(&world, Method::GET, "/desk", &whole).send().await.is(200);
    for over in [&token, &elsewhere] {
        with(&world, Method::GET, "/account", over).send().await.is(303);
    }
    // From now on it is asked for.
    let entered = world.post_form("/sign-in", &fields).await;
    assert!(
        entered.location().starts_with("/sign-in/code"),
        "{}",
        entered.location()
    );
    world.end().await;
}

#[tokio::test]
async fn whoever_is_no_staff_and_whoever_an_operator_spares_come_in_by_a_password() {
    let world = World::with_list().await;
    let token = by_password(&world, "citizen").await;
    with(&world, Method::GET, "/account/keys/new", &token)
        .send()
        .await
        .is(200);
    let spared = World::with_list_and(platform::Settings {
        light_passwords: true,
        demo: true,
        second_factor: Demand::Optional,
        ..platform::Settings::default()
    })
    .await;
    let token = by_password(&spared, "nanjing").await;
    with(&spared, Method::GET, "/desk", &token).send().await.is(200);
    spared
        .get("/sign-in")
        .await
        .is(200)
        .says("演示环境不要求工作人员二次验证");
    spared
        .get("/en/sign-in")
        .await
        .says("no second factor is asked of staff");
    spared.end().await;
    world.end().await;
}

#[tokio::test]
async fn a_lost_one_is_taken_away_for_a_reason_and_the_person_is_told() {
    let world = World::with_list().await;
    let token = world.session("nanjing").await;
    let offered = with(&world, Method::POST, "/account/second-factor", &token)
        .form(&[])
        .send()
        .await;
    let code = code_of(&offered, &world);
    let confirmed = with(&world, Method::POST, "/account/second-factor/confirm", &token)
        .form(&[("code", &code)])
        .send()
        .await;
    let whole = confirmed.is(200).cookie("bc_session").unwrap();
    let person = world.person("nanjing").await;
    let page = format!("/admin/people/{}", person.0);
    let remove = format!("{page}/second-factor");
    world.get_as("security", &page).await.is(200).says("解除二次验证");
    let sure = [("reason", "手机遗失，已当面核实"), ("sure", "1")];
    for (login, fields, status) in [
        ("security", &[][..], 422),
        ("security", &[("reason", "手机遗失")][..], 422),
        ("security", &[("sure", "1")][..], 422),
        ("system", &sure[..], 403),
        ("nanjing", &sure[..], 403),
    ] {
        let answer = world.post_form_as(login, &remove, fields).await;
        assert_eq!(answer.status, status, "{login} {fields:?}");
    }
    with(&world, Method::GET, "/desk", &whole).send().await.is(200);
    world.post_form_as("security", &remove, &sure).await.is(303);
    with(&world, Method::GET, "/desk", &whole).send().await.is(303);
    world
        .get_as("security", &page)
        .await
        .is(200)
        .keeps_quiet_about("解除二次验证");
    for path in ["/account", "/account/second-factor"] {
        world.get_as("nanjing", path).await.is(200).says("手机遗失，已当面核实");
    }
    world
        .get_as("audit", "/admin/audit")
        .await
        .is(200)
        .says("person.second_factor_removed");
    let own = world.person("security").await;
    let answer = world
        .post_form_as("security", &format!("/admin/people/{}/second-factor", own.0), &sure)
        .await;
    answer.is(409).says("people/own_factor");
    assert!(Role::SecurityAdministrator.is_staff());
    world.end().await;
}
