//! 代办: a colleague acts for one, between two days.

use crate::kit::{Kit, each, refused};
use jiff::{SignedDuration, ToSpan};
use platform::{
    context::PersonId,
    people::command::{grant_membership, leave, name_substitute, withdraw_substitute},
    refusal::Manner,
    rights::{Action, Object, Role, may},
};

const DAY: SignedDuration = SignedDuration::from_hours(24);

/// An officer of Nanjing, and a colleague who has no right there.
async fn colleagues(kit: &Kit) -> (PersonId, PersonId) {
    let officer = kit.membership("nanjing-commerce", Role::CommerceOfficer, &["320100"]);
    let away = kit.person("away", vec![officer]).await;
    let colleague = kit.membership("nanjing-commerce", Role::Expert, &[]);
    let here = kit.person("here", vec![colleague]).await;
    (away, here)
}

async fn may_report(kit: &Kit) -> bool {
    let actor = kit.actor("here").await;
    let place = Object::of_place("320100");
    may(kit.platform.rights(), &actor, Action::ReportProgress, &place)
}

#[tokio::test]
async fn a_substitute_has_the_rights_on_those_days_and_on_no_other() {
    each(async |kit| {
        let (away, here) = colleagues(kit).await;
        let context = kit.acting(&kit.actor("away").await);
        let from = kit.today().checked_add(1.days()).unwrap();
        let until = kit.today().checked_add(2.days()).unwrap();
        name_substitute(&kit.platform, &context, &away, &here, from, until)
            .await
            .unwrap();
        let mut seen = Vec::new();
        for _ in 0..4 {
            seen.push(may_report(kit).await);
            kit.wait(DAY);
        }
        assert_eq!(seen, [false, true, true, false]);
    })
    .await;
}

#[tokio::test]
async fn what_is_done_for_another_is_marked_as_such() {
    each(async |kit| {
        let (away, here) = colleagues(kit).await;
        let context = kit.acting(&kit.actor("away").await);
        let today = kit.today();
        name_substitute(&kit.platform, &context, &away, &here, today, today)
            .await
            .unwrap();
        let actor = kit.actor("here").await;
        let instead: Vec<_> = actor
            .grants
            .iter()
            .map(|g| (g.role, g.standing_in_for.clone()))
            .collect();
        assert_eq!(
            instead,
            [(Role::Expert, None), (Role::CommerceOfficer, Some(away.0.clone()))]
        );
        withdraw_substitute(&kit.platform, &context, &away, &here)
            .await
            .unwrap();
        assert!(!may_report(kit).await);
    })
    .await;
}

#[tokio::test]
async fn a_substitute_is_a_colleague_and_not_oneself_and_not_in_the_past() {
    each(async |kit| {
        let (away, here) = colleagues(kit).await;
        let (stranger, other) = kit
            .with_role("stranger", "foreign-firm", Role::OrganizationRepresentative)
            .await;
        let context = kit.acting(&kit.actor("away").await);
        let today = kit.today();
        let name = async |who: &PersonId, until| {
            refused(name_substitute(&kit.platform, &context, &away, who, today, until).await).rule
        };
        assert_eq!(name(&stranger, today).await, "people/substitute_elsewhere");
        assert_eq!(name(&away, today).await, "people/substitute_itself");
        let yesterday = today.yesterday().unwrap();
        assert_eq!(name(&here, yesterday).await, "people/term");
        let meddling = name_substitute(&kit.platform, &kit.acting(&other), &away, &stranger, today, today).await;
        assert_eq!(refused(meddling).manner, Manner::Forbidden);
    })
    .await;
}

#[tokio::test]
async fn standing_in_makes_nobody_two_of_the_three_administrators() {
    each(async |kit| {
        let (system, acts) = kit.with_role("sys", "mofcom", Role::SystemAdministrator).await;
        let (security, gives) = kit.with_role("sec", "mofcom", Role::SecurityAdministrator).await;
        let (today, context) = (kit.today(), kit.acting(&acts));
        let direct = name_substitute(&kit.platform, &context, &system, &security, today, today).await;
        assert_eq!(refused(direct).rule, "people/three_administrators");

        // A colleague who stands in for the one cannot become the other meanwhile.
        let (third, _) = kit.with_role("third", "mofcom", Role::Expert).await;
        let until = today.checked_add(5.days()).unwrap();
        name_substitute(&kit.platform, &context, &system, &third, today, until)
            .await
            .unwrap();
        let mut audit = kit.membership("mofcom", Role::AuditAdministrator, &[]);
        let context = kit.acting(&gives);
        let meanwhile = grant_membership(&kit.platform, &context, &third, &audit).await;
        assert_eq!(refused(meanwhile).rule, "people/three_administrators");
        audit.from = until.tomorrow().unwrap();
        grant_membership(&kit.platform, &context, &third, &audit).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_substitution_ends_with_the_person_who_named_it() {
    each(async |kit| {
        let (away, here) = colleagues(kit).await;
        let context = kit.acting(&kit.actor("away").await);
        let today = kit.today();
        name_substitute(&kit.platform, &context, &away, &here, today, today)
            .await
            .unwrap();
        assert!(may_report(kit).await);
        let (_, security) = kit.with_role("sec", "mofcom", Role::SecurityAdministrator).await;
        leave(&kit.platform, &kit.acting(&security), &away).await.unwrap();
        assert!(!may_report(kit).await);
    })
    .await;
}
