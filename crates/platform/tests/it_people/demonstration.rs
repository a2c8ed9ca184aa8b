//! The sample accounts of the demonstration, on the shipped catalogue.

use crate::kit::{each_empty, origin};
use platform::{
    catalogue::DEMO,
    people::{
        actor_by_key, actor_by_session,
        demo::{enter, password_of},
        query::persons,
        sign_in::{Attempt, SignedIn, sign_in},
    },
    rights::{Action, Object, Role, may},
};

#[tokio::test]
async fn every_sample_account_signs_in_and_its_key_works() {
    each_empty(async |kit| {
        platform::list::entering::enter(&kit.platform, &kit.system())
            .await
            .unwrap();
        let accounts = enter(&kit.platform, &kit.system(), DEMO, password_of).await.unwrap();
        let clicks: Vec<_> = accounts
            .iter()
            .filter(|a| a.one_click)
            .map(|a| a.login.as_str())
            .collect();
        assert_eq!(clicks, ["analyst", "nanjing", "secretary", "manager"]);
        for account in &accounts {
            let attempt = Attempt {
                login: &account.login,
                password: &account.password,
                code: None,
                origin: origin(),
            };
            let signed = sign_in(&kit.platform, &kit.system(), attempt).await.unwrap();
            let SignedIn::Whole { session, .. } = signed else {
                panic!("{} has a second factor", account.login)
            };
            let token = session.token.expose();
            let actor = actor_by_session(&kit.platform, token).await.unwrap().unwrap();
            assert_eq!(actor.grants.len(), 1);
            assert_eq!(actor.grants[0].role, account.role);
            let by_key = actor_by_key(&kit.platform, &account.key).await.unwrap().unwrap();
            assert_eq!(by_key.grants, actor.grants);
            if account.role == Role::CommerceOfficer {
                let place = Object::of_place(&actor.grants[0].places[0]);
                assert!(may(kit.platform.rights(), &by_key, Action::ReportProgress, &place));
            }
        }
        let before = persons(&kit.platform, None, 200).await.unwrap();
        assert!(before.iter().all(|p| p.demo));
        let again = enter(&kit.platform, &kit.system(), DEMO, password_of).await.unwrap();
        let after = persons(&kit.platform, None, 200).await.unwrap();
        assert_eq!(before, after);
        assert_ne!(accounts[0].key, again[0].key);
        assert!(actor_by_key(&kit.platform, &accounts[0].key).await.unwrap().is_none());
        let line = serde_json::to_value(&again[0]).unwrap();
        let mut fields: Vec<_> = line.as_object().unwrap().keys().cloned().collect();
        fields.sort();
        assert_eq!(fields, ["key", "login", "password", "role"]);
    })
    .await;
}
