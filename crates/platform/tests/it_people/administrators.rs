//! The three administrators: how the first ones come to be, and why nobody is two of them.

use crate::kit::{Kit, PASSWORD, each, each_empty, refused};
use jiff::{SignedDuration, ToSpan};
use platform::{
    context::{Actor, PersonId},
    people::{
        OPERATOR,
        command::{NewPerson, end_membership, grant_membership, invite, leave},
        first_administrator::{first_administrator_token, opens, redeem},
        invitation,
        profile::Profile,
    },
    refusal::{Manner, Result},
    rights::{Action, Object, Role, may},
};

fn somebody(kit: &Kit, login: &str, role: Role) -> NewPerson {
    NewPerson {
        profile: Profile::read("某人", login, None).unwrap(),
        memberships: vec![kit.membership(OPERATOR, role, &[])],
    }
}

async fn first(kit: &Kit) -> Result<PersonId> {
    let token = first_administrator_token(&kit.platform).await?.unwrap();
    let profile = Profile::read("系统员", "sys", None).unwrap();
    redeem(&kit.platform, &kit.system(), token.expose(), &profile, PASSWORD).await
}

#[tokio::test]
async fn the_first_administrator_is_made_once_by_the_token_from_the_terminal() {
    each_empty(async |kit| {
        let earlier = first_administrator_token(&kit.platform).await.unwrap().unwrap();
        let token = first_administrator_token(&kit.platform).await.unwrap().unwrap();
        assert!(!opens(&kit.platform, earlier.expose()).await.unwrap());
        let profile = Profile::read("系统员", "sys", None).unwrap();
        let context = kit.system();
        let used = |token: String| {
            let (kit, profile, context) = (&kit, &profile, &context);
            async move { redeem(&kit.platform, context, &token, profile, PASSWORD).await }
        };
        let old = refused(used(earlier.expose().to_owned()).await);
        assert_eq!(old.rule, "people/token_over");
        used(token.expose().to_owned()).await.unwrap();
        let actor = kit.actor("sys").await;
        assert_eq!(actor.grants[0].role, Role::SystemAdministrator);
        let again = refused(used(token.expose().to_owned()).await);
        assert_eq!(again.rule, "people/token_over");
        assert!(first_administrator_token(&kit.platform).await.unwrap().is_none());
        assert!(kit.log().await.contains("\"basis\":\"first_administrator\""));
    })
    .await;
}

#[tokio::test]
async fn the_token_ends_after_a_day() {
    each_empty(async |kit| {
        let token = first_administrator_token(&kit.platform).await.unwrap().unwrap();
        kit.wait(SignedDuration::from_hours(24));
        assert!(!opens(&kit.platform, token.expose()).await.unwrap());
    })
    .await;
}

#[tokio::test]
async fn the_system_administrator_invites_one_security_administrator_and_nobody_else() {
    each_empty(async |kit| {
        first(kit).await.unwrap();
        let system = kit.actor("sys").await;
        let analyst = somebody(kit, "analyst", Role::MinistryAnalyst);
        let refusal = refused(invite(&kit.platform, &kit.acting(&system), &analyst).await);
        assert_eq!(refusal.manner, Manner::Forbidden);

        let security = somebody(kit, "sec", Role::SecurityAdministrator);
        let invited = invite(&kit.platform, &kit.acting(&system), &security).await.unwrap();
        assert!(kit.log().await.contains("\"basis\":\"bootstrap\""));
        let another = somebody(kit, "sec2", Role::SecurityAdministrator);
        let refusal = refused(invite(&kit.platform, &kit.acting(&system), &another).await);
        assert_eq!(refusal.rule, "people/bootstrap_used");

        // The letter went astray: it is sent again until that person has come, and not afterwards.
        let person = PersonId(invited.done.id);
        let letter = invitation::issue_again(&kit.platform, &kit.acting(&system), &person)
            .await
            .unwrap();
        invitation::set_password(&kit.platform, letter.token.expose(), PASSWORD)
            .await
            .unwrap();
        let late = invitation::issue_again(&kit.platform, &kit.acting(&system), &person).await;
        assert_eq!(refused(late).manner, Manner::Forbidden);

        let security = kit.actor("sec").await;
        invite(&kit.platform, &kit.acting(&security), &analyst).await.unwrap();
    })
    .await;
}

async fn trio(kit: &Kit) -> (PersonId, Actor, PersonId) {
    let (security, actor) = kit.with_role("sec", "mofcom", Role::SecurityAdministrator).await;
    let (system, _) = kit.with_role("sys", "mofcom", Role::SystemAdministrator).await;
    (security, actor, system)
}

#[tokio::test]
async fn one_person_is_never_two_of_the_three_administrators() {
    each(async |kit| {
        let (_, security, system) = trio(kit).await;
        let context = kit.acting(&security);
        for role in [Role::SecurityAdministrator, Role::AuditAdministrator] {
            let wanted = kit.membership("nanjing-commerce", role, &[]);
            let refusal = refused(grant_membership(&kit.platform, &context, &system, &wanted).await);
            assert_eq!(refusal.rule, "people/three_administrators");
            assert_eq!(refusal.source, "GB/T 22239—2019 (三员分立)");
        }
        // Any other role beside it is no matter of this rule.
        let wanted = kit.membership("mofcom", Role::MinistryAnalyst, &[]);
        grant_membership(&kit.platform, &context, &system, &wanted)
            .await
            .unwrap();
    })
    .await;
}

#[tokio::test]
async fn one_after_the_other_is_allowed() {
    each(async |kit| {
        let (_, security, _) = trio(kit).await;
        let context = kit.acting(&security);
        let mut until = kit.membership("mofcom", Role::AuditAdministrator, &[]);
        until.until = Some(kit.today().checked_add(30.days()).unwrap());
        let person = kit.person("auditor", vec![until]).await;
        let mut after = kit.membership("mofcom", Role::SystemAdministrator, &[]);
        after.from = kit.today().checked_add(30.days()).unwrap();
        let same_day = grant_membership(&kit.platform, &context, &person, &after).await;
        assert_eq!(refused(same_day).rule, "people/three_administrators");
        after.from = kit.today().checked_add(31.days()).unwrap();
        grant_membership(&kit.platform, &context, &person, &after)
            .await
            .unwrap();
    })
    .await;
}

#[tokio::test]
async fn nobody_gives_a_role_to_themselves_and_only_the_security_administrator_gives_any() {
    each(async |kit| {
        let (own, security, system) = trio(kit).await;
        let wanted = kit.membership("mofcom", Role::MinistryAnalyst, &[]);
        let refusal = refused(grant_membership(&kit.platform, &kit.acting(&security), &own, &wanted).await);
        assert_eq!(refusal.rule, "people/own_role");
        let runs = kit.actor("sys").await;
        let refusal = refused(grant_membership(&kit.platform, &kit.acting(&runs), &system, &wanted).await);
        assert_eq!((refusal.rule, refusal.manner), ("rights/missing", Manner::Forbidden));
        let nobody = refused(grant_membership(&kit.platform, &kit.system(), &system, &wanted).await);
        assert_eq!(nobody.manner, Manner::Anonymous);
    })
    .await;
}

#[tokio::test]
async fn the_last_administrator_stays_until_there_is_another() {
    each(async |kit| {
        let (_, security, system) = trio(kit).await;
        let context = kit.acting(&security);
        let refusal = refused(leave(&kit.platform, &context, &system).await);
        assert_eq!(refusal.rule, "people/last_administrator");
        let ended = end_membership(&kit.platform, &context, &system, "m1", kit.today()).await;
        assert_eq!(refused(ended).rule, "people/last_administrator");
        kit.with_role("sys2", "mofcom", Role::SystemAdministrator).await;
        leave(&kit.platform, &context, &system).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_membership_names_what_exists() {
    each(async |kit| {
        let (_, security, _) = trio(kit).await;
        let context = kit.acting(&security);
        let person = kit.person("officer", Vec::new()).await;
        let officer = Role::CommerceOfficer;
        let mut desk = kit.membership("nanjing-commerce", officer, &["320100"]);
        desk.desk = Some("chongqing-desk".to_owned());
        let mut backwards = kit.membership("nanjing-commerce", officer, &["320100"]);
        backwards.until = Some(kit.today().yesterday().unwrap());
        for (wanted, field) in [
            (kit.membership("nowhere", officer, &["320100"]), "organization"),
            (kit.membership("a/b", officer, &["320100"]), "organization"),
            (kit.membership("nanjing-commerce", officer, &["999999"]), "places"),
            (kit.membership("nanjing-commerce", officer, &[]), "places"),
            (desk, "desk"),
            (backwards, "until"),
        ] {
            let refusal = refused(grant_membership(&kit.platform, &context, &person, &wanted).await);
            assert_eq!(refusal.faults[0].field, field, "{refusal:?}");
        }
        let mut good = kit.membership("nanjing-commerce", officer, &["320100"]);
        good.desk = Some("nanjing-desk".to_owned());
        let done = grant_membership(&kit.platform, &context, &person, &good).await.unwrap();
        let held = refused(grant_membership(&kit.platform, &context, &person, &good).await);
        assert_eq!(held.rule, "people/membership_held");

        let actor = kit.actor("officer").await;
        let table = kit.platform.rights();
        let report = Action::ReportProgress;
        assert!(may(table, &actor, report, &Object::of_place("320100")));
        assert!(!may(table, &actor, report, &Object::of_place("500000")));
        end_membership(&kit.platform, &context, &person, &done.id, kit.today())
            .await
            .unwrap();
        assert!(!kit.actor("officer").await.grants.is_empty(), "to the end of the day");
        kit.wait(SignedDuration::from_hours(24));
        assert!(kit.actor("officer").await.grants.is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_request_that_is_repeated_is_done_once() {
    each(async |kit| {
        let (_, security, _) = trio(kit).await;
        let person = kit.person("officer", Vec::new()).await;
        let wanted = kit.membership("nanjing-commerce", Role::CommerceOfficer, &["320100"]);
        let mut context = kit.acting(&security);
        context.idempotency = Some(("key-1".to_owned(), "digest".to_owned()));
        let once = grant_membership(&kit.platform, &context, &person, &wanted)
            .await
            .unwrap();
        let twice = grant_membership(&kit.platform, &context, &person, &wanted)
            .await
            .unwrap();
        assert!(!once.repeated && twice.repeated);
        assert_eq!((once.id, once.position), (twice.id, twice.position));
        assert_eq!(kit.actor("officer").await.grants.len(), 1);

        context.idempotency = Some(("key-2".to_owned(), "digest".to_owned()));
        let new = somebody(kit, "new", Role::Citizen);
        let new = NewPerson {
            memberships: vec![kit.membership("mofcom", Role::Evaluator, &[])],
            ..new
        };
        let first = invite(&kit.platform, &context, &new).await.unwrap();
        let second = invite(&kit.platform, &context, &new).await.unwrap();
        assert_eq!(first.done.id, second.done.id);
        assert!(first.token.is_some() && second.token.is_none());
    })
    .await;
}
