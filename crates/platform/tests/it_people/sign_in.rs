//! Passwords, lockout, sessions, keys, invitations and resets.

use crate::kit::{Kit, PASSWORD, each, origin, refused};
use jiff::SignedDuration;
use platform::{
    context::PersonId,
    people::{
        actor_by_key, actor_by_session,
        command::{NewPerson, invite},
        invitation, key, operator,
        profile::Profile,
        session,
        sign_in::{SignedIn, change_password},
    },
    refusal::Manner,
    rights::{Action, Object, Role, may},
};

const HOUR: SignedDuration = SignedDuration::from_hours(1);

async fn analyst(kit: &Kit) -> PersonId {
    let role = kit.membership("mofcom", Role::MinistryAnalyst, &[]);
    kit.person("analyst", vec![role]).await
}

#[tokio::test]
async fn the_right_password_opens_and_a_wrong_one_says_the_same_as_an_unknown_login() {
    each(async |kit| {
        let person = analyst(kit).await;
        let actor = kit.actor("ＡＮＡＬＹＳＴ ").await;
        assert_eq!(actor.person, person);
        assert_eq!(actor.grants.len(), 1);
        assert_eq!(actor.grants[0].role, Role::MinistryAnalyst);
        let wrong = refused(kit.attempt("analyst", "Another-9-Lanterns", None).await);
        let unknown = refused(kit.attempt("nobody", PASSWORD, None).await);
        assert_eq!(wrong, unknown);
        assert_eq!(wrong.manner, Manner::Anonymous);
    })
    .await;
}

#[tokio::test]
async fn after_five_failures_even_the_right_password_waits_and_so_does_an_unknown_login() {
    each(async |kit| {
        analyst(kit).await;
        for login in ["analyst", "nobody"] {
            for _ in 0..5 {
                let refusal = refused(kit.attempt(login, "Another-9-Lanterns", None).await);
                assert_eq!(refusal.rule, "people/sign_in");
            }
            let refusal = refused(kit.attempt(login, PASSWORD, None).await);
            assert_eq!((refusal.rule, refusal.manner), ("people/wait", Manner::TooMany));
        }
        kit.wait(SignedDuration::from_secs(61));
        kit.session("analyst").await;
        // Success wipes the slate: four more failures do not lock.
        for _ in 0..4 {
            refused(kit.attempt("analyst", "Another-9-Lanterns", None).await);
        }
        kit.session("analyst").await;
    })
    .await;
}

#[tokio::test]
async fn a_session_ends_when_idle_when_old_when_revoked_and_when_signed_out() {
    each(async |kit| {
        analyst(kit).await;
        let idle = kit.session("analyst").await;
        kit.wait(HOUR * 11);
        assert!(kit.standing(&idle).await.is_some());
        kit.wait(HOUR * 11);
        assert!(kit.standing(&idle).await.is_some(), "use keeps it");
        kit.wait(HOUR * 12);
        assert!(kit.standing(&idle).await.is_none());

        let old = kit.session("analyst").await;
        for _ in 0..16 {
            kit.wait(HOUR * 10);
            assert!(kit.standing(&old).await.is_some());
        }
        kit.wait(HOUR * 10);
        assert!(kit.standing(&old).await.is_none(), "seven days are over");

        let kept = kit.session("analyst").await;
        let lost = kit.session("analyst").await;
        let context = kit.acting(&kit.standing(&kept).await.unwrap());
        let listed = session::own(&kit.platform, &context).await.unwrap();
        assert_eq!(listed.len(), 2);
        assert_eq!(listed[0].agent, "Firefox · Windows");
        let id = lost.token.digest().short();
        session::revoke(&kit.platform, &context, &id).await.unwrap();
        assert!(kit.standing(&lost).await.is_none());
        assert!(kit.standing(&kept).await.is_some());
        let again = refused(session::revoke(&kit.platform, &context, &id).await);
        assert_eq!(again.manner, Manner::Unseen);

        session::sign_out(&kit.platform, kept.token.expose()).await.unwrap();
        assert!(kit.standing(&kept).await.is_none());
        kit.wait(HOUR * 24 * 8);
        assert!(session::sweep(&kit.platform).await.unwrap() > 0);
        assert_eq!(session::sweep(&kit.platform).await.unwrap(), 0);
    })
    .await;
}

#[tokio::test]
async fn nobody_ends_the_session_of_another() {
    each(async |kit| {
        analyst(kit).await;
        let mine = kit.session("analyst").await;
        let (_, other) = kit
            .with_role("firm", "foreign-firm", Role::OrganizationRepresentative)
            .await;
        let id = mine.token.digest().short();
        let refusal = refused(session::revoke(&kit.platform, &kit.acting(&other), &id).await);
        assert_eq!(refusal.manner, Manner::Unseen);
        assert!(kit.standing(&mine).await.is_some());
    })
    .await;
}

#[tokio::test]
async fn an_actor_is_loaded_in_at_most_three_statements() {
    each(async |kit| {
        analyst(kit).await;
        let session = kit.session("analyst").await;
        kit.wait(HOUR);
        let load = actor_by_session(&kit.platform, session.token.expose());
        let (actor, statements) = ledger::counted(load).await;
        assert!(actor.unwrap().is_some());
        assert!(statements <= 3, "{statements} statements");
    })
    .await;
}

#[tokio::test]
async fn a_key_does_what_it_is_bound_to_and_no_more() {
    each(async |kit| {
        analyst(kit).await;
        let context = kit.acting(&kit.actor("analyst").await);
        let scopes = [Action::MakeReport, Action::ManageOwn];
        let made = key::make(&kit.platform, &context, "月报", &scopes, None).await.unwrap();
        let actor = actor_by_key(&kit.platform, made.key.expose()).await.unwrap().unwrap();
        let table = kit.platform.rights();
        let anything = Object::default();
        assert!(may(table, &actor, Action::MakeReport, &anything));
        assert!(!may(table, &actor, Action::ImportList, &anything));
        let whole = context.actor.clone().unwrap();
        assert!(may(table, &whole, Action::ImportList, &anything));

        let by_key = kit.acting(&actor);
        let refusal = refused(key::make(&kit.platform, &by_key, "wider", Action::ALL, None).await);
        assert_eq!(refusal.rule, "people/not_by_key");
        let old = refused(change_password(&kit.platform, &by_key, PASSWORD, "Brand-new-8-Lanterns", origin()).await);
        assert_eq!(old.rule, "people/not_by_key");

        let listed = key::own(&kit.platform, &context).await.unwrap();
        assert_eq!((listed.len(), listed[0].name.as_str()), (1, "月报"));
        assert!(listed[0].last_used.is_some());
        key::revoke(&kit.platform, &context, &made.id).await.unwrap();
        assert!(actor_by_key(&kit.platform, made.key.expose()).await.unwrap().is_none());

        let until = kit.now().checked_add(HOUR).unwrap();
        let short = key::make(&kit.platform, &context, "短期", &scopes, Some(until))
            .await
            .unwrap();
        kit.wait(HOUR);
        assert!(actor_by_key(&kit.platform, short.key.expose()).await.unwrap().is_none());
    })
    .await;
}

#[tokio::test]
async fn an_invitation_sets_the_password_once_and_within_seven_days() {
    each(async |kit| {
        let (_, security) = kit.with_role("security", "mofcom", Role::SecurityAdministrator).await;
        let new = |login: &str| NewPerson {
            profile: Profile::read("新人", login, Some("new@example.org")).unwrap(),
            memberships: vec![kit.membership("nanjing-commerce", Role::CommerceOfficer, &["320100"])],
        };
        let invited = invite(&kit.platform, &kit.acting(&security), &new("first"))
            .await
            .unwrap();
        let token = invited.token.unwrap();
        let before = refused(kit.attempt("first", PASSWORD, None).await);
        assert_eq!(before.rule, "people/sign_in");
        let weak = refused(invitation::set_password(&kit.platform, token.expose(), "short").await);
        assert_eq!(weak.faults[0].fault, "fault-password-short");
        invitation::set_password(&kit.platform, token.expose(), PASSWORD)
            .await
            .unwrap();
        let actor = kit.actor("first").await;
        assert_eq!(actor.grants[0].places, ["320100"]);
        let twice = refused(invitation::set_password(&kit.platform, token.expose(), PASSWORD).await);
        assert_eq!(twice.rule, "people/token_over");

        let late = invite(&kit.platform, &kit.acting(&security), &new("second"))
            .await
            .unwrap();
        kit.wait(HOUR * 24 * 7);
        let token = late.token.unwrap();
        let refusal = refused(invitation::set_password(&kit.platform, token.expose(), PASSWORD).await);
        assert_eq!(refusal.rule, "people/token_over");
        let again = kit.actor("security").await;
        let letter = invitation::issue_again(&kit.platform, &kit.acting(&again), &PersonId(late.done.id))
            .await
            .unwrap();
        invitation::set_password(&kit.platform, letter.token.expose(), PASSWORD)
            .await
            .unwrap();
        kit.session("second").await;
    })
    .await;
}

#[tokio::test]
async fn a_login_belongs_to_one_person_however_it_is_typed() {
    each(async |kit| {
        analyst(kit).await;
        let new = NewPerson {
            profile: Profile::read("同名", "Analyst", None).unwrap(),
            memberships: Vec::new(),
        };
        let refusal = refused(operator::add(&kit.platform, &kit.system(), &new).await);
        assert_eq!(refusal.rule, "people/login_taken");
        assert!(!format!("{refusal:?}").to_lowercase().contains("analyst"));
    })
    .await;
}

#[tokio::test]
async fn the_link_of_a_letter_sets_a_password_and_ends_sessions() {
    each(async |kit| {
        analyst(kit).await;
        let open = kit.session("analyst").await;
        let person = kit.actor("analyst").await.person;
        let letter = invitation::for_letter(&kit.platform, &person, invitation::Kind::Reset);
        let letter = letter.await.unwrap().unwrap();
        assert_eq!(letter.profile.email.as_deref(), Some("analyst@example.org"));
        let joined = invitation::for_letter(&kit.platform, &person, invitation::Kind::Invitation);
        assert!(joined.await.unwrap().is_none(), "who has joined is not invited");
        let new = "Brand-new-8-Lanterns";
        invitation::set_password(&kit.platform, letter.token.expose(), new)
            .await
            .unwrap();
        assert!(kit.standing(&open).await.is_none(), "a reset ends sessions");
        refused(kit.attempt("analyst", PASSWORD, None).await);
        assert!(matches!(
            kit.attempt("analyst", new, None).await,
            Ok(SignedIn::Whole { .. })
        ));
    })
    .await;
}

#[tokio::test]
async fn a_forgotten_password_posts_letters_and_nobodys_letter_box_is_filled_by_asking() {
    each(async |kit| {
        analyst(kit).await;
        let before = kit.letters().await;
        invitation::forgotten(&kit.platform, &kit.system(), "nobody")
            .await
            .unwrap();
        assert_eq!(kit.letters().await, before);
        for _ in 0..5 {
            invitation::forgotten(&kit.platform, &kit.system(), "Analyst@Example.org")
                .await
                .unwrap();
        }
        assert!((1..=3).contains(&(kit.letters().await - before)));
    })
    .await;
}

#[tokio::test]
async fn a_new_password_needs_the_old_one_and_ends_other_sessions() {
    each(async |kit| {
        analyst(kit).await;
        let other = kit.session("analyst").await;
        let context = kit.acting(&kit.actor("analyst").await);
        let new = "Brand-new-8-Lanterns";
        let wrong = refused(change_password(&kit.platform, &context, "no", new, origin()).await);
        assert_eq!(wrong.rule, "people/password_old");
        let issued = change_password(&kit.platform, &context, PASSWORD, new, origin())
            .await
            .unwrap();
        assert!(kit.standing(&other).await.is_none());
        assert!(kit.standing(&issued).await.is_some());
        refused(kit.attempt("analyst", PASSWORD, None).await);
    })
    .await;
}
