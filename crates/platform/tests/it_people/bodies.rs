//! Bodies and desks with their history, and how the public reaches them.

use crate::kit::{body, each, refused};
use jiff::{ToSpan, civil::date};
use ledger::{AsOf, Version};
use platform::{
    bilingual::Bilingual,
    people::{
        organization::{Command, carry_out, manage},
        query::{OrganizationFilter, contacts_of_place, desks, organization, organization_history, organizations},
    },
    refusal::Manner,
    rights::Role,
};

#[tokio::test]
async fn a_ministry_renamed_has_its_name_of_each_day() {
    each(async |kit| {
        let (_, system) = kit.with_role("sys", "mofcom", Role::SystemAdministrator).await;
        let mut renamed = body("mofcom", "ministry", None, None);
        renamed.name = Bilingual::new("商务和贸易部", "Ministry of Commerce and Trade");
        let first = date(2027, 3, 20);
        manage(
            &kit.platform,
            &kit.acting(&system),
            "mofcom",
            Command::Change(renamed),
            Some(first),
            Some(Version(1)),
        )
        .await
        .unwrap();
        let name = async |day| {
            let found = organization(&kit.platform, "mofcom", AsOf::day(day)).await;
            found.unwrap().unwrap().name.zh
        };
        assert_eq!(name(first.yesterday().unwrap()).await, "mofcom");
        assert_eq!(name(first).await, "商务和贸易部");
        let (known, _) = kit.platform.ledger().head().await.unwrap();
        let history = organization_history(&kit.platform, "mofcom", known).await.unwrap();
        assert_eq!(history.len(), 2);
        assert_eq!((history[0].to, history[1].to), (Some(first), None));

        let stale = manage(
            &kit.platform,
            &kit.acting(&system),
            "mofcom",
            Command::End {
                successor: None,
                reason: "机构改革".to_owned(),
            },
            None,
            Some(Version(1)),
        )
        .await;
        assert_eq!(refused(stale).manner, Manner::Stale);
    })
    .await;
}

#[tokio::test]
async fn only_the_system_administrator_changes_bodies() {
    each(async |kit| {
        for (login, role) in [
            ("analyst", Role::MinistryAnalyst),
            ("sec", Role::SecurityAdministrator),
            ("firm", Role::OrganizationRepresentative),
        ] {
            let (_, actor) = kit.with_role(login, "mofcom", role).await;
            let command = Command::Enter(body("new-body", "ministry", None, None));
            let context = kit.acting(&actor);
            let done = manage(&kit.platform, &context, "new-body", command, None, None).await;
            assert_eq!(refused(done).manner, Manner::Forbidden, "{login}");
        }
    })
    .await;
}

#[tokio::test]
async fn desks_open_and_close_and_their_ids_are_unique() {
    each(async |kit| {
        let open = |desk: &str| Command::OpenDesk {
            desk: desk.to_owned(),
            name: Bilingual::zh("标准处"),
            contact: None,
        };
        let taken = refused(kit.manage("mofcom", open("nanjing-desk")).await);
        assert_eq!(taken.rule, "people/desk_taken");
        kit.manage("mofcom", open("list-desk")).await.unwrap();
        let twice = refused(kit.manage("mofcom", open("list-desk")).await);
        assert_eq!(twice.rule, "people/desk_taken");
        let close = |desk: &str, successor: Option<&str>| Command::CloseDesk {
            desk: desk.to_owned(),
            successor: successor.map(str::to_owned),
        };
        let elsewhere = kit.manage("mofcom", close("list-desk", Some("nanjing-desk"))).await;
        assert_eq!(refused(elsewhere).rule, "people/successor_unknown");
        kit.manage("mofcom", close("list-desk", None)).await.unwrap();
        let now = AsOf::day(kit.today());
        assert!(desks(&kit.platform, "mofcom", now).await.unwrap().is_empty());
        let gone = refused(kit.manage("mofcom", close("list-desk", None)).await);
        assert_eq!(gone.manner, Manner::Unseen);
    })
    .await;
}

#[tokio::test]
async fn anybody_finds_the_contact_of_a_place() {
    each(async |kit| {
        let today = AsOf::day(kit.today());
        let found = contacts_of_place(&kit.platform, "320100", today).await.unwrap();
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].contact, "025-0000 0000");
        assert_eq!(found[0].desk_name.zh, "服务业开放处");
        let none = contacts_of_place(&kit.platform, "500000", today).await.unwrap();
        assert!(none.is_empty());
        let before = AsOf::day(kit.today().checked_sub(1.days()).unwrap());
        let none = contacts_of_place(&kit.platform, "320100", before).await.unwrap();
        assert!(none.is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_body_says_itself_what_its_desk_is_called_and_how_it_is_reached() {
    each(async |kit| {
        let change = |name: &str, contact: &str| Command::ChangeDesk {
            desk: "nanjing-desk".to_owned(),
            name: Bilingual::zh(name),
            contact: Some(contact.to_owned()),
        };
        let held = kit.membership("nanjing-commerce", Role::CommerceOfficer, &["320100"]);
        kit.person("own", vec![held]).await;
        let own = kit.actor("own").await;
        let (_, other) = kit.with_role("other", "mofcom", Role::MinistryAnalyst).await;
        let by = async |actor, command, day| {
            manage(
                &kit.platform,
                &kit.acting(actor),
                "nanjing-commerce",
                command,
                day,
                None,
            )
            .await
        };
        let foreign = by(&other, change("别处", "x"), None).await;
        assert_eq!(refused(foreign).manner, Manner::Forbidden);
        let long = by(&own, change("服务业开放处", &"长".repeat(301)), None).await;
        assert_eq!(refused(long).rule, "people/desk");
        // From a day on: before it, the old name and the old number hold.
        let first = kit.today().checked_add(3.days()).unwrap();
        by(&own, change("服务业开放处（外资联络）", "025-1111 1111"), Some(first))
            .await
            .unwrap();
        let again = by(&own, change("服务业开放处（外资联络）", "025-1111 1111"), Some(first)).await;
        assert_eq!(refused(again).rule, "any/nothing_to_do");
        let contact = async |day| {
            let found = contacts_of_place(&kit.platform, "320100", AsOf::day(day))
                .await
                .unwrap();
            (found[0].desk_name.zh.clone(), found[0].contact.clone())
        };
        let before = contact(first.yesterday().unwrap()).await;
        assert_eq!(before, ("服务业开放处".to_owned(), "025-0000 0000".to_owned()));
        let after = contact(first).await;
        assert_eq!(
            after,
            ("服务业开放处（外资联络）".to_owned(), "025-1111 1111".to_owned())
        );
        // Without a contact it is reached no more; its name and its work stay.
        by(&own, change("服务业开放处", " "), Some(first)).await.unwrap();
        assert!(
            contacts_of_place(&kit.platform, "320100", AsOf::day(first))
                .await
                .unwrap()
                .is_empty()
        );
        assert!(kit.platform.ledger().rebuild_check().await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test]
async fn bodies_are_listed_by_kind_and_page() {
    each(async |kit| {
        let today = AsOf::day(kit.today());
        let filter = OrganizationFilter {
            kind: Some("enterprise".to_owned()),
            ..OrganizationFilter::default()
        };
        let first = organizations(&kit.platform, &filter, today, 1).await.unwrap();
        assert_eq!(first[0].id, "foreign-firm");
        let filter = OrganizationFilter {
            after: Some(first[0].id.clone()),
            ..filter
        };
        let rest = organizations(&kit.platform, &filter, today, 50).await.unwrap();
        let ids: Vec<_> = rest.iter().map(|o| o.id.as_str()).collect();
        assert_eq!(ids, ["state-firm"]);

        kit.manage(
            "state-firm",
            Command::End {
                successor: Some("foreign-firm".to_owned()),
                reason: "机构改革".to_owned(),
            },
        )
        .await
        .unwrap();
        assert!(
            organizations(&kit.platform, &filter, today, 50)
                .await
                .unwrap()
                .is_empty()
        );
        let bad = Command::End {
            successor: Some("nowhere".to_owned()),
            reason: "机构改革".to_owned(),
        };
        let context = kit.system();
        let unknown = carry_out(&kit.platform, &context, "mofcom", &bad, None, None).await;
        assert_eq!(refused(unknown).rule, "people/organization_unknown");
    })
    .await;
}
