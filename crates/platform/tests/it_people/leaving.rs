//! Leaving, and what the log never holds.

use crate::kit::{Kit, PASSWORD, each, refused};
use platform::{
    context::{PersonId, Reader},
    people::{
        actor_by_key,
        command::{NewPerson, change_profile, invite, leave},
        erasure::erase,
        event::Ground,
        facts, key, operator,
        profile::Profile,
        query::{Display, display_names, members},
    },
    rights::{Action, Role},
};

async fn people(kit: &Kit) -> (PersonId, platform::context::Actor) {
    let role = kit.membership("nanjing-commerce", Role::CommerceOfficer, &["320100"]);
    let officer = kit.person("officer", vec![role]).await;
    let (_, security) = kit.with_role("sec", "mofcom", Role::SecurityAdministrator).await;
    (officer, security)
}

#[tokio::test]
async fn whoever_leaves_is_out_at_once() {
    each(async |kit| {
        let (officer, security) = people(kit).await;
        let session = kit.session("officer").await;
        let context = kit.acting(&kit.standing(&session).await.unwrap());
        let made = key::make(&kit.platform, &context, "报表", &[Action::MakeReport], None)
            .await
            .unwrap();
        let today = kit.today();
        assert_eq!(
            members(&kit.platform, "nanjing-commerce", today).await.unwrap().len(),
            1
        );

        let done = leave(&kit.platform, &kit.acting(&security), &officer).await.unwrap();
        assert!(kit.standing(&session).await.is_none());
        assert!(actor_by_key(&kit.platform, made.key.expose()).await.unwrap().is_none());
        assert_eq!(
            refused(kit.attempt("officer", PASSWORD, None).await).rule,
            "people/sign_in"
        );
        assert!(
            members(&kit.platform, "nanjing-commerce", today)
                .await
                .unwrap()
                .is_empty()
        );
        let held = facts::memberships_on(&kit.platform, &officer, today).await;
        assert!(held.unwrap().is_empty());
        let event = kit.platform.ledger().event(done.position).await.unwrap().unwrap();
        assert_eq!(event.kind, "person.left");
        assert_eq!(event.stream.id(), officer.0);
        let again = refused(leave(&kit.platform, &kit.acting(&security), &officer).await);
        assert_eq!(again.rule, "people/left");
    })
    .await;
}

#[tokio::test]
async fn the_log_never_holds_a_name_a_login_or_an_address() {
    each(async |kit| {
        let (_, security) = people(kit).await;
        let profile = Profile::read("欧阳雪中红", "qzxkvj-login", Some("wvbnmq@example.org"));
        let new = NewPerson {
            profile: profile.unwrap(),
            memberships: vec![kit.membership("mofcom", Role::Expert, &[])],
        };
        let invited = invite(&kit.platform, &kit.acting(&security), &new).await.unwrap();
        let person = PersonId(invited.done.id);
        operator::set_password(&kit.platform, &person, PASSWORD, false)
            .await
            .unwrap();
        kit.session("qzxkvj-login").await;
        let renamed = Profile::read("司马雪中白", "qzxkvj-second", Some("plokij@example.org"));
        change_profile(&kit.platform, &kit.acting(&security), &person, &renamed.unwrap())
            .await
            .unwrap();
        refused(kit.attempt("qzxkvj-login", PASSWORD, None).await);
        kit.session("qzxkvj-second").await;
        erase(&kit.platform, &kit.acting(&security), &person, Ground::ConsentWithdrawn)
            .await
            .unwrap();
        let log = kit.log().await;
        assert!(log.contains(&person.0) && log.contains("person.profile_changed"));
        for word in ["雪中", "qzxkvj", "wvbnmq", "plokij", "example.org", PASSWORD] {
            assert!(!log.contains(word), "{word} stands in the log");
        }
        let token = invited.token.unwrap();
        assert!(!log.contains(token.expose()));
    })
    .await;
}

#[tokio::test]
async fn names_are_for_colleagues_and_for_whoever_manages_people() {
    each(async |kit| {
        let (officer, security) = people(kit).await;
        let (_, colleague) = kit
            .with_role("colleague", "nanjing-commerce", Role::CommitteeSecretary)
            .await;
        // Belonging to the body is not enough.
        let (_, member) = kit.with_role("member", "nanjing-commerce", Role::Citizen).await;
        let (_, stranger) = kit
            .with_role("stranger", "foreign-firm", Role::OrganizationRepresentative)
            .await;
        let named = Display::Name("姓名officer".to_owned());
        let role = Display::Role {
            role: Role::CommerceOfficer,
            organization: "nanjing-commerce".to_owned(),
        };
        for (actor, expected) in [
            (Some(colleague), &named),
            (Some(security), &named),
            (Some(kit.actor("officer").await), &named),
            (Some(stranger), &role),
            (Some(member), &role),
            (None, &role),
        ] {
            let reader = Reader {
                actor,
                ..Reader::public(kit.today())
            };
            let asked = vec![officer.clone(); 40];
            let names = display_names(&kit.platform, &reader, &asked);
            let (names, statements) = ledger::counted(names).await;
            assert_eq!(&names.unwrap()[&officer], expected);
            assert!(statements <= 2);
        }
    })
    .await;
}
