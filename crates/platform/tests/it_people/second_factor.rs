//! The second factor: enrolled, shown, replayed, lost.

use crate::kit::{Kit, PASSWORD, each, origin, refused};
use identity::totp::{RecoveryCode, TotpSecret};
use jiff::SignedDuration;
use platform::{
    context::{Actor, PersonId},
    people::{
        self, second_factor,
        session::Issued,
        sign_in::{SignedIn, show_second_factor},
    },
    refusal::Manner,
    rights::Role,
};

/// The 20 bytes of a secret in base 32.
fn secret(base32: &str) -> TotpSecret {
    let mut bits = 0_u64;
    let mut count = 0;
    let mut bytes = Vec::new();
    for letter in base32.bytes().filter(|b| *b != b'=') {
        let value = match letter {
            b'A'..=b'Z' => letter - b'A',
            _ => letter - b'2' + 26,
        };
        bits = bits << 5 | u64::from(value);
        count += 5;
        if count >= 8 {
            count -= 8;
            bytes.push((bits >> count & 0xff) as u8);
        }
    }
    TotpSecret::from_bytes(bytes.try_into().unwrap())
}

async fn enrolled(kit: &Kit) -> (PersonId, TotpSecret, Vec<RecoveryCode>) {
    let (person, actor) = kit.with_role("analyst", "mofcom", Role::MinistryAnalyst).await;
    let context = kit.acting(&actor);
    let offered = second_factor::enrol(&kit.platform, &context).await.unwrap();
    assert!(offered.uri.starts_with("otpauth://totp/"));
    let secret = secret(&offered.base32);
    // Offered is not yet in force.
    kit.session("analyst").await;
    let wrong = refused(second_factor::confirm(&kit.platform, &context, "000", origin()).await);
    assert_eq!(wrong.rule, "people/second_factor");
    let code = secret.code_at(kit.now().as_microsecond());
    let before = kit.session("analyst").await;
    let confirmed = second_factor::confirm(&kit.platform, &context, &code, origin())
        .await
        .unwrap();
    assert!(
        kit.standing(&before).await.is_none(),
        "a session that one factor began is over"
    );
    assert!(kit.standing(&confirmed.session).await.unwrap().second_factor);
    let codes = confirmed.codes;
    kit.wait(SignedDuration::from_secs(60));
    (person, secret, codes)
}

async fn half(kit: &Kit) -> Issued {
    match kit.attempt("analyst", PASSWORD, None).await.unwrap() {
        SignedIn::Half { session } => session,
        SignedIn::Whole { .. } => panic!("the second factor was not asked for"),
    }
}

async fn show(kit: &Kit, half: &Issued, code: &str) -> platform::refusal::Result<SignedIn> {
    let token = half.token.expose();
    show_second_factor(&kit.platform, &kit.system(), token, code, origin()).await
}

#[tokio::test]
async fn a_password_alone_is_half_a_session_that_opens_nothing() {
    each(async |kit| {
        let (_, secret, _) = enrolled(kit).await;
        let half = half(kit).await;
        assert!(kit.standing(&half).await.is_none());
        let code = secret.code_at(kit.now().as_microsecond());
        let SignedIn::Whole { session, .. } = show(kit, &half, &code).await.unwrap() else {
            panic!("still half")
        };
        assert!(kit.standing(&session).await.unwrap().second_factor);
        assert_ne!(session.token.expose(), half.token.expose());
        let over = refused(show(kit, &half, &code).await);
        assert_eq!(over.rule, "people/session_over");
    })
    .await;
}

#[tokio::test]
async fn half_a_session_waits_ten_minutes() {
    each(async |kit| {
        let (_, secret, _) = enrolled(kit).await;
        let half = half(kit).await;
        kit.wait(SignedDuration::from_mins(10));
        let code = secret.code_at(kit.now().as_microsecond());
        let over = refused(show(kit, &half, &code).await);
        assert_eq!((over.rule, over.manner), ("people/session_over", Manner::Anonymous));
    })
    .await;
}

#[tokio::test]
async fn a_code_works_once() {
    each(async |kit| {
        let (_, secret, _) = enrolled(kit).await;
        let code = secret.code_at(kit.now().as_microsecond());
        assert!(matches!(
            kit.attempt("analyst", PASSWORD, Some(&code)).await,
            Ok(SignedIn::Whole { .. })
        ));
        let replayed = refused(kit.attempt("analyst", PASSWORD, Some(&code)).await);
        assert_eq!(replayed.rule, "people/second_factor");
        kit.wait(SignedDuration::from_secs(30));
        let next = secret.code_at(kit.now().as_microsecond());
        assert!(kit.attempt("analyst", PASSWORD, Some(&next)).await.is_ok());
    })
    .await;
}

#[tokio::test]
async fn guessing_codes_is_locked_like_guessing_passwords() {
    each(async |kit| {
        let (_, secret, _) = enrolled(kit).await;
        let half = half(kit).await;
        let right = secret.code_at(kit.now().as_microsecond());
        let wrong = if right == "123456" { "654321" } else { "123456" };
        for _ in 0..5 {
            assert_eq!(refused(show(kit, &half, wrong).await).rule, "people/second_factor");
        }
        let locked = refused(show(kit, &half, &right).await);
        assert_eq!(locked.manner, Manner::TooMany);
    })
    .await;
}

#[tokio::test]
async fn a_recovery_code_replaces_the_telephone_once() {
    each(async |kit| {
        let (_, _, codes) = enrolled(kit).await;
        let code = codes[3].expose();
        assert!(kit.attempt("analyst", PASSWORD, Some(code)).await.is_ok());
        refused(kit.attempt("analyst", PASSWORD, Some(code)).await);
        assert!(kit.attempt("analyst", PASSWORD, Some(codes[4].expose())).await.is_ok());
    })
    .await;
}

#[tokio::test]
async fn a_lost_second_factor_is_taken_away_by_the_security_administrator_alone() {
    each(async |kit| {
        let (person, _, _) = enrolled(kit).await;
        let (_, colleague) = kit.with_role("colleague", "mofcom", Role::MinistryAnalyst).await;
        let remove = async |by: &Actor, whose: &PersonId, reason: &str| {
            second_factor::remove(&kit.platform, &kit.acting(by), whose, reason).await
        };
        let refusal = refused(remove(&colleague, &person, "telephone lost").await);
        assert_eq!(refusal.manner, Manner::Forbidden);
        let (own, security) = kit.with_role("security", "mofcom", Role::SecurityAdministrator).await;
        assert_eq!(
            refused(remove(&security, &person, " ").await).rule,
            "people/factor_reason"
        );
        assert_eq!(refused(remove(&security, &own, "mine").await).rule, "people/own_factor");
        assert_eq!(
            refused(remove(&security, &colleague.person, "none").await).rule,
            "people/no_second_factor"
        );
        let half = half(kit).await;
        remove(&security, &person, "telephone lost").await.unwrap();
        assert!(kit.standing(&half).await.is_none());
        kit.session("analyst").await;
        let told = people::query::factor_removed(&kit.platform, &person)
            .await
            .unwrap()
            .unwrap();
        assert_eq!((told.at, told.reason.as_str()), (kit.now(), "telephone lost"));
        let stream = ledger::StreamName::parse(&format!("person/{}", person.0)).unwrap();
        let events = kit.platform.ledger().stream(&stream).await.unwrap();
        let last = events.last().unwrap();
        assert_eq!(
            (last.kind.as_str(), last.actor.0.as_str()),
            ("person.second_factor_removed", own.0.as_str())
        );
    })
    .await;
}
