//! Every enterprise has the same rights (外商投资法 art. 15): who owns it makes no difference to what its account reads.

use crate::walk::{Walk, lasting, lasting_of};
use platform::{
    bilingual::Bilingual,
    catalogue::RIGHTS,
    people::{
        command::{NewPerson, invite},
        event::Body,
        invitation, organization,
        profile::Profile,
        session::{self, Origin, Proof},
        state::Membership,
    },
    rights::Role,
};
use std::collections::BTreeMap;
use testkit::PASSWORD;

/// What the representative of an enterprise of this class reads, by address.
async fn read_by_representative(ownership: &str) -> BTreeMap<String, String> {
    let walk = Walk::new("改一改", "餐饮业油烟污染物排放规范").await;
    let platform = &walk.world.platform;
    let body = Body {
        name: Bilingual::zh("某某有限公司"),
        short: "某某公司".to_owned(),
        kind: "enterprise".to_owned(),
        place: Some("320100".to_owned()),
        parent: None,
        ownership: Some(ownership.to_owned()),
        codes: Vec::new(),
        addressed: false,
        demo: false,
    };
    let administrator = walk.world.context("system", "enterprise").await;
    organization::manage(
        platform,
        &administrator,
        "enterprise-1",
        organization::Command::Enter(body),
        None,
        None,
    )
    .await
    .unwrap();
    let new = NewPerson {
        profile: Profile::read("representative", "representative", None).unwrap(),
        memberships: vec![Membership {
            organization: "enterprise-1".to_owned(),
            desk: None,
            role: Role::OrganizationRepresentative,
            places: Vec::new(),
            from: platform.today(),
            until: None,
        }],
    };
    let invited = invite(platform, &walk.world.context("security", "representative").await, &new)
        .await
        .unwrap();
    let person = invitation::set_password(platform, invited.token.unwrap().expose(), PASSWORD)
        .await
        .unwrap();
    let origin = Origin {
        address: "192.0.2.1",
        agent: "testkit",
    };
    let (issued, change) = session::issue(platform, &person, Proof::TwoFactors, origin, platform.now()).unwrap();
    platform.ledger().state(vec![change]).await.unwrap();
    let mut read = BTreeMap::new();
    for address in walk.reads() {
        let answer = walk.read(Some(issued.token.expose()), &address).await;
        // The sample proposal has another id in each world.
        read.insert(lasting_of(&address), lasting(&answer));
    }
    read
}

#[tokio::test]
async fn accounts_that_differ_in_ownership_alone_read_the_same() {
    let state = read_by_representative("state").await;
    assert!(
        state.values().any(|text| text.contains("representative")),
        "the account is signed in"
    );
    for other in ["foreign", "private"] {
        let read = read_by_representative(other).await;
        assert_eq!(read.len(), state.len());
        for (address, text) in &read {
            assert_eq!(
                Some(text),
                state.get(address),
                "{address} differs between state and {other}"
            );
        }
    }
}

#[test]
fn no_right_speaks_of_ownership() {
    let rows = RIGHTS.lines().filter(|line| !line.starts_with('#'));
    assert!(rows.clone().count() > 100);
    for line in rows {
        assert!(!line.contains("owner") && !line.contains("foreign"), "{line}");
    }
}
